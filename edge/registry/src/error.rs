//! What can go wrong, as one sentence to the one who can act on it, in English and in Japanese.

use std::path::PathBuf;

use sea_orm::{DbErr, SqlErr};

use crate::words::{ImportState, Language};

/// The answer of everything in this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Why the registry did not do what was asked. `Display` speaks English; see [`Error::sentence`].
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file was written by a newer Kizashi.
    #[error(
        "`{}` has format {found}, and this version of kizashi knows formats up to {known}; \
         open it with the newer version that wrote it", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format it has.
        found: i64,
        /// The newest format this version reads.
        known: i64,
    },
    /// The file is something else than a registry.
    #[error("`{}` is not a kizashi registry; name another file or move this one away", path.display())]
    NotARegistry {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be opened.
    #[error("`{}` could not be opened: {why}; check that the folder exists and may be written", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The database refused.
    #[error("the registry could not be read or written: {0}; check that the disk has room")]
    Database(#[source] DbErr),
    /// A stored word that this version does not know.
    #[error(
        "`{word}` in column `{column}` is not a word this version knows; open the folder with the version that wrote it"
    )]
    UnknownWord {
        /// The column.
        column: &'static str,
        /// What stands there.
        word: String,
    },
    /// The system gave no random numbers.
    #[error("the system gave no random numbers; try again")]
    NoRandom,
    /// A password could not be hashed.
    #[error("the password could not be hashed: {0}; try again")]
    Hashing(String),

    /// Not an e-mail address.
    #[error("`{email}` is not an e-mail address; write it like `name@example.com`")]
    EmailWrong {
        /// What was written.
        email: String,
    },
    /// The e-mail address belongs to someone.
    #[error("`{email}` belongs to someone already; use another address")]
    EmailTaken {
        /// The address, folded.
        email: String,
    },
    /// No name, or one that is too long.
    #[error("a name has 1 to 200 characters; write one")]
    NameWrong,
    /// The password is too short.
    #[error("the password has {has} characters; use at least {least}")]
    PasswordTooShort {
        /// Characters it has.
        has: usize,
        /// Characters it needs.
        least: usize,
    },
    /// The password is too long.
    #[error("the password has more than {most} characters; use a shorter one")]
    PasswordTooLong {
        /// Characters it may have.
        most: usize,
    },
    /// The password is among the first that anyone would try.
    #[error("this password is easy to guess; use several words that do not belong together")]
    PasswordCommon,

    /// Nobody has this id.
    #[error("there is no person `{0}`; look at the list of people")]
    NoSuchPerson(i64),
    /// The change would leave nobody who can run the workspace.
    #[error("this is the last active owner; make someone else an owner first")]
    LastOwner,
    /// There is an owner, so no setup link is needed.
    #[error("this workspace has an owner already; sign in, or ask an owner for an invitation")]
    AlreadySetUp,
    /// The person has a password, so no invitation is needed.
    #[error("`{email}` has joined already; use a link to reset the password instead")]
    AlreadyJoined {
        /// The address.
        email: String,
    },
    /// The person was deactivated.
    #[error("`{email}` is not active; activate this person first")]
    NotActive {
        /// The address.
        email: String,
    },
    /// The link is unknown, used, replaced by a newer one, or its time is over.
    #[error("this link was used or is no longer valid; ask for a new one")]
    LinkNotValid,

    /// Wrong e-mail, wrong password, or not active: which one is not told.
    #[error("the e-mail address or the password is wrong; try again")]
    SignInWrong,
    /// Too many wrong tries: the next one is taken at `until`.
    #[error("too many wrong tries; try again in {seconds} seconds")]
    SignInWait {
        /// The first instant (ms) at which a try is taken.
        until: i64,
        /// The same, counted from now and rounded up.
        seconds: i64,
    },
    /// So many wrong tries that only a new password helps.
    #[error(
        "sign-in for this address is locked after too many wrong tries; ask an owner for a link to reset the password"
    )]
    SignInLocked,

    /// API keys never have the role of an owner.
    #[error("an API key can't be an owner; choose manager, rep or viewer")]
    KeyForOwner,
    /// No such API key, or revoked already.
    #[error("there is no API key `{0}` in use; look at the list of keys")]
    NoSuchKey(i64),

    /// Someone changed the definition meanwhile.
    #[error("`{id}` was changed meanwhile: expected version {}, found {}; read it again and repeat the change",
        version_or_none(*expected), version_or_none(*current))]
    Conflict {
        /// Kind of the definition.
        kind: String,
        /// Its id.
        id: String,
        /// The version the writer had seen; `None`: it was to be new.
        expected: Option<i32>,
        /// The version that stands; `None`: there is none.
        current: Option<i32>,
    },
    /// No definition of this kind and id.
    #[error("there is no {kind} `{id}`; look at the list")]
    NoSuchDefinition {
        /// Kind of the definition.
        kind: String,
        /// Its id.
        id: String,
    },
    /// No such import.
    #[error("there is no import `{0}`; look at the list of imports")]
    NoSuchImport(i64),
    /// The import is in another state than the writer thought.
    #[error("import `{id}` is `{}` meanwhile; read it again", state.as_str())]
    ImportMoved {
        /// The import.
        id: i64,
        /// Its state now.
        state: ImportState,
    },
    /// A text that had to be JSON is none.
    #[error("{what} is not JSON: {why}; correct it and try again")]
    NotJson {
        /// Which text.
        what: &'static str,
        /// What the reader said.
        why: String,
    },
}

impl Error {
    /// The sentence in the reader's language. Faults of the disk and the like keep the system's words.
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::En => self.to_string(),
            Language::Ja => self.japanese(),
        }
    }

    #[rustfmt::skip]
    fn japanese(&self) -> String {
        match self {
            Error::Newer { path, found, known } => format!("「{}」の形式は {found} です。このバージョンの kizashi が読めるのは {known} までです。書き込んだ新しいバージョンで開いてください", path.display()),
            Error::NotARegistry { path } => format!("「{}」は kizashi の台帳ではありません。別のファイルを指定するか、このファイルを移動してください", path.display()),
            Error::Open { path, why } => format!("「{}」を開けません ({why})。フォルダーがあり、書き込めることを確認してください", path.display()),
            Error::Database(why) => format!("台帳を読み書きできません ({why})。ディスクの空きを確認してください"),
            Error::UnknownWord { column, word } => format!("列「{column}」の「{word}」は、このバージョンにない値です。書き込んだバージョンで開いてください"),
            Error::NoRandom => "システムから乱数を得られません。もう一度お試しください".to_owned(),
            Error::Hashing(why) => format!("パスワードを処理できません ({why})。もう一度お試しください"),
            Error::EmailWrong { email } => format!("「{email}」はメールアドレスではありません。name@example.com の形で入力してください"),
            Error::EmailTaken { email } => format!("「{email}」はすでに使われています。別のアドレスを入力してください"),
            Error::NameWrong => "名前は 1〜200 文字で入力してください".to_owned(),
            Error::PasswordTooShort { has, least } => format!("パスワードが {has} 文字です。{least} 文字以上にしてください"),
            Error::PasswordTooLong { most } => format!("パスワードが長すぎます。{most} 文字以内にしてください"),
            Error::PasswordCommon => "推測されやすいパスワードです。関係のない言葉をいくつか組み合わせてください".to_owned(),
            Error::NoSuchPerson(id) => format!("メンバー「{id}」は見つかりません。一覧を確認してください"),
            Error::LastOwner => "最後のオーナーです。先に別の人をオーナーにしてください".to_owned(),
            Error::AlreadySetUp => "このワークスペースにはすでにオーナーがいます。サインインするか、オーナーに招待を依頼してください".to_owned(),
            Error::AlreadyJoined { email } => format!("「{email}」はすでに参加しています。パスワード再設定のリンクを使ってください"),
            Error::NotActive { email } => format!("「{email}」は停止中です。先に有効にしてください"),
            Error::LinkNotValid => "このリンクは使用済みか、無効です。新しいリンクを依頼してください".to_owned(),
            Error::SignInWrong => "メールアドレスまたはパスワードが違います。もう一度入力してください".to_owned(),
            Error::SignInWait { seconds, .. } => format!("失敗が続いています。{seconds} 秒後にもう一度お試しください"),
            Error::SignInLocked => "失敗が続いたため、このアドレスのサインインを止めています。オーナーにパスワード再設定のリンクを依頼してください".to_owned(),
            Error::KeyForOwner => "API キーをオーナーにすることはできません。マネージャー、営業担当者、閲覧者から選んでください".to_owned(),
            Error::NoSuchKey(id) => format!("使用中の API キー「{id}」は見つかりません。一覧を確認してください"),
            Error::Conflict { id, .. } => format!("「{id}」はほかの人が変更しました。読み直してから、もう一度変更してください"),
            Error::NoSuchDefinition { id, .. } => format!("「{id}」は見つかりません。一覧を確認してください"),
            Error::NoSuchImport(id) => format!("取り込み「{id}」は見つかりません。一覧を確認してください"),
            Error::ImportMoved { id, .. } => format!("取り込み「{id}」の状態が変わりました。読み直してください"),
            Error::NotJson { what, why } => format!("{what} が JSON ではありません ({why})。直してからもう一度お試しください"),
        }
    }

    /// `taken` when the database says that a unique value is there already, else the plain error.
    pub(crate) fn unless_taken(error: DbErr, taken: Error) -> Error {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => taken,
            _ => Error::Database(error),
        }
    }
}

impl Error {
    /// Whether the disk was full, so that the caller can say so plainly.
    pub fn is_disk_full(&self) -> bool {
        // SQLite's own words for its code SQLITE_FULL, the same since its first version.
        matches!(self, Error::Database(error) if error.to_string().contains("database or disk is full"))
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Error::Database(error)
    }
}

fn version_or_none(version: Option<i32>) -> String {
    version.map_or_else(|| "none".to_owned(), |version| version.to_string())
}
