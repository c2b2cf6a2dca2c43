//! A text for people, in both languages.

/// The same sentence or label in Japanese and English.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Said {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Said {
    /// Both texts at once.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Said {
        Said { ja: ja.into(), en: en.into() }
    }

    /// The text for a language tag: Japanese for `ja…`, English for every other.
    pub fn in_language(&self, language: &str) -> &str {
        if language.starts_with("ja") { &self.ja } else { &self.en }
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.en)
    }
}

/// Both texts, with the same arguments put in: `said!("{} 行", "{} rows"; n)`.
macro_rules! said {
    ($ja:literal, $en:literal) => { $crate::Said::new(format!($ja), format!($en)) };
    ($ja:literal, $en:literal; $($argument:expr),+) => {
        $crate::Said::new(format!($ja, $($argument),+), format!($en, $($argument),+))
    };
}
pub(crate) use said;
