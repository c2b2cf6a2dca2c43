//! What was read other than it was written.

use crate::{Said, said::said};

/// A remark about a cell; counted per column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Note {
    AfterEraEnd,
    BeforeEraStart,
    ExcelDay,
    UnixTime,
    TwoDigitYear,
    AsAbove,
    PerCent,
    Range,
    LostZero,
    PhoneAsWritten,
    EmailAsWritten,
    PostalPadded,
    PostalAsWritten,
    UnknownWord,
    NameTranslated,
    Midnight,
    OtherThanColumn,
    TypedError,
    LengthAsText,
    SaysNothing,
    FilledByPostal,
    SharedAddress,
}

impl Note {
    /// The sentence for people.
    pub(crate) fn said(self) -> Said {
        match self {
            Note::AfterEraEnd => said!(
                "元号の終わりより後の日付でした(平成31年5月1日など)。西暦に直しました",
                "a date lay after the end of its era (such as Heisei 31-5-1) and was put into the western calendar"
            ),
            Note::BeforeEraStart => said!(
                "元号の始まりより前の日付でした。西暦に直しました",
                "a date lay before the beginning of its era and was put into the western calendar"
            ),
            Note::ExcelDay => said!(
                "Excelの日付番号(45748など)を日付として読みました",
                "an Excel day number (such as 45748) was read as a date"
            ),
            Note::UnixTime => said!(
                "1970年からの秒数(ミリ秒数)を日時として読みました",
                "seconds (or milliseconds) since 1970 were read as a time"
            ),
            Note::TwoDigitYear => said!(
                "2桁の年を4桁に補いました(69〜99は1900年代)",
                "a year of two digits was completed (69 to 99 are the 1900s)"
            ),
            Note::AsAbove => said!(
                "「〃」「同上」を上の行の値に置き換えました",
                "a ditto mark was replaced by the value of the row above"
            ),
            Note::PerCent => {
                said!("%を割合に直しました(85% → 0.85)", "per cent became a share (85% → 0.85)")
            }
            Note::Range => said!(
                "範囲や「以上」などは、書かれている最初の数として読みました",
                "a range, or words such as `以上`, was read as the first number in it"
            ),
            Note::LostZero => said!(
                "Excelで消えた電話番号の先頭の0を補いました",
                "the leading 0 of a telephone number, lost in Excel, was put back"
            ),
            Note::PhoneAsWritten => said!(
                "電話番号として読めないため、書かれたまま残しました",
                "this is no telephone number we know; it was kept as written"
            ),
            Note::EmailAsWritten => said!(
                "メールアドレスとして読めないため、書かれたまま残しました",
                "this is no e-mail address; it was kept as written"
            ),
            Note::PostalPadded => said!(
                "郵便番号の先頭の0を補いました",
                "the leading 0 of a postal code was put back"
            ),
            Note::PostalAsWritten => said!(
                "郵便番号として読めないため、書かれたまま残しました",
                "this is no postal code; it was kept as written"
            ),
            Note::UnknownWord => said!(
                "決まった言葉に当てはまらないため、書かれたまま残しました",
                "this is none of the known words; it was kept as written"
            ),
            Note::NameTranslated => said!(
                "イベント名を標準の名前に直しました(ログイン → login など)",
                "an event name was put into its standard form (such as ログイン → login)"
            ),
            Note::Midnight => said!(
                "時刻がないため、その日の0時としました",
                "there is no time of day; the beginning of the day was taken"
            ),
            Note::OtherThanColumn => said!(
                "列のほかの値と種類が違うため、文字のまま残しました",
                "this is of another kind than the rest of the column; it was kept as text"
            ),
            Note::TypedError => said!(
                "数式のエラー(#REF!など)は空として扱いました",
                "an error of a formula (such as #REF!) was taken for an empty cell"
            ),
            Note::LengthAsText => said!(
                "時間の長さ(36:00など)は文字として残しました",
                "a length of time (such as 36:00) was kept as text"
            ),
            Note::SaysNothing => said!(
                "「なし」「未定」「—」などは空にしました",
                "words for nothing (such as N/A or a dash) became an empty cell"
            ),
            Note::SharedAddress => said!(
                "代表アドレス(info@など)や複数の名前で使われるアドレスでは顧客を区別せず、名前で区別しました",
                "an address of an office (such as info@) or of several names tells no customers apart; the name was taken"
            ),
            Note::FilledByPostal => said!(
                "空の住所を郵便番号から補いました",
                "an empty address was filled in by its postal code"
            ),
        }
    }
}
