//! The closed lists of words that stand in columns, and what each of them means.

use crate::error::{Error, Result};

/// Declares an enum whose values are stored as the given words.
macro_rules! words {
    ($(#[$note:meta])* $name:ident, $column:literal { $($(#[$value_note:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$note])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$value_note])* $value),+ }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word that is stored, and that the HTTP API shows.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// The value that `word` stands for.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$value),)+ _ => None }
            }

            pub(crate) fn read(word: &str) -> Result<Self> {
                Self::from_word(word).ok_or_else(|| Error::UnknownWord { column: $column, word: word.to_owned() })
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a person, or an API key, may do; the server turns it into permissions.
    Role, "role" {
        /// Runs the workspace; there is always at least one who can sign in.
        Owner = "owner",
        /// Sees all customers and defines segments (manager in sales, 営業マネージャー).
        Manager = "manager",
        /// Sees the customers of one sales rep (営業担当者).
        Rep = "rep",
        /// Looks and changes nothing.
        Viewer = "viewer",
    }
}

words! {
    /// The language in which someone is spoken to.
    Language, "language" {
        /// 日本語
        Ja = "ja",
        /// English
        En = "en",
    }
}

words! {
    /// Where a version of a definition came from.
    Origin, "origin" {
        /// From a segments file.
        File = "file",
        /// From a program with an API key.
        Api = "api",
        /// From the web page.
        Page = "page",
        /// Comes with Kizashi.
        BuiltIn = "built_in",
    }
}

words! {
    /// How far an import has come.
    ///
    /// ```text
    /// read ─▶ checking ─▶ checked ─▶ committing ─▶ committed ─▶ undone
    ///   └──────────┴─────────┴────▶ cancelled │ failed
    /// ```
    ImportState, "state" {
        /// The file is here and its columns were guessed.
        Read = "read",
        /// Every row is being looked at.
        Checking = "checking",
        /// Every row was looked at; nothing has been taken in yet.
        Checked = "checked",
        /// The rows are being taken in.
        Committing = "committing",
        /// The rows are facts now.
        Committed = "committed",
        /// The facts of this import no longer count.
        Undone = "undone",
        /// It ended with an error; nothing of it counts.
        Failed = "failed",
        /// Someone stopped it before it was taken in.
        Cancelled = "cancelled",
    }
}
