//! Why a draft is no condition, in the writer's words.

use std::fmt;

use crate::check::HEADS;

/// One fault of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, as a JSON pointer into the draft: `/all/0/event`.
    pub path: String,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong with a part of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// It must be an object, a list, a text ...; the words name what.
    Shape(&'static str),
    /// Not exactly one of the keys that begin a condition.
    Head,
    /// A key that does not belong here.
    UnknownKey(String),
    /// A needed key is missing.
    Needs(&'static str),
    /// No comparison, or more than one.
    OneComparison,
    /// More than one window.
    OneWindow,
    /// A length of time that cannot be read.
    Length(String),
    /// A window that holds nothing: zero long, or its ends the wrong way round.
    EmptyWindow,
    /// A word that is none of the allowed ones.
    Word {
        /// What was written.
        written: String,
        /// What may be written.
        allowed: String,
    },
    /// A number that cannot be read or is out of range.
    Number(String),
    /// A date that cannot be read.
    Date(String),
    /// An `all`, `any`, `in` or sequence with nothing in it.
    Empty,
    /// A value that stands twice in an order.
    Twice(String),
    /// A random share of nothing, or one that reaches beyond everybody.
    EmptyShare,
    /// A name that cannot be an event, attribute or property.
    Name(String),
    /// A name that cannot be a segment's.
    SegmentName(String),
    /// No segment has this id.
    UnknownSegment(String),
    /// Segments that refer to each other in a circle, written out.
    Cycle(String),
    /// A part of a sign that is to grow with more records, without one count that tells how many there are.
    NoGrowth,
    /// A part of a sign that is to fade, without a count in the last so long that is longer than its half-life.
    NoFading,
    /// Nested deeper than can be read.
    TooDeep,
}

impl FaultKind {
    /// The fault as a sentence in Japanese.
    pub fn ja(&self) -> String {
        match self {
            FaultKind::Shape(what) => format!("ここには{}を書いてください", shape_ja(what)),
            FaultKind::Head => {
                format!("条件の種類（{}）を一つだけ書いてください", HEADS.join(", "))
            }
            FaultKind::UnknownKey(key) => {
                format!("`{key}` はここでは使えません。綴りを確かめるか、取り除いてください")
            }
            FaultKind::Needs(key) => format!("`{key}` が足りません"),
            FaultKind::OneComparison => {
                "比べ方（is, at_least など）を一つだけ書いてください".into()
            }
            FaultKind::OneWindow => "期間は一つだけ書いてください".into(),
            FaultKind::Length(text) => format!(
                "`{text}` は長さとして読めません。`30d`、`12h`、`2w` のように書いてください"
            ),
            FaultKind::EmptyWindow => {
                "この期間には何も入りません。1以上の長さで、始まりを終わりより前にしてください"
                    .into()
            }
            FaultKind::Word { written, allowed } => {
                format!("`{written}` は使えません。使えるのは {allowed} です")
            }
            FaultKind::Number(text) => format!("`{text}` は数として使えません"),
            FaultKind::Date(text) => {
                format!("`{text}` は日付として読めません。`2026-11-21` のように書いてください")
            }
            FaultKind::Empty => "少なくとも一つ入れてください".into(),
            FaultKind::Twice(text) => {
                format!("`{text}` が二度あります。順番の値は一度ずつ書いてください")
            }
            FaultKind::EmptyShare => {
                "割合は0より大きく、`from_percent` と合わせて100までにしてください".into()
            }
            FaultKind::Name(text) => format!(
                "`{text}` は名前として使えません。1～100バイトで、改行などを含まない名前にしてください"
            ),
            FaultKind::SegmentName(text) => format!(
                "`{text}` はセグメントのIDに使えません。英小文字・数字・`-`・`_` だけで書いてください"
            ),
            FaultKind::UnknownSegment(id) => format!("セグメント `{id}` はありません"),
            FaultKind::Cycle(path) => format!("セグメントが互いを参照して輪になっています: {path}"),
            FaultKind::NoGrowth => "記録の数で点数を増やせるのは、条件に「n回以上」の出来事が一つだけあるときです".into(),
            FaultKind::NoFading => "時とともに点数を減らせるのは、条件に「直近◯日でn回以上」の出来事があり、その期間が半減期より長いときです".into(),
            FaultKind::TooDeep => "入れ子が深すぎます（50段まで）".into(),
        }
    }

    /// The fault as a sentence in English.
    pub fn en(&self) -> String {
        match self {
            FaultKind::Shape(what) => format!("write {what} here"),
            FaultKind::Head => format!("write exactly one kind of condition: {}", HEADS.join(", ")),
            FaultKind::UnknownKey(key) => {
                format!("`{key}` has no meaning here; check its spelling or take it out")
            }
            FaultKind::Needs(key) => format!("`{key}` is missing"),
            FaultKind::OneComparison => "write exactly one comparison (is, at_least, ...)".into(),
            FaultKind::OneWindow => "write at most one window of time".into(),
            FaultKind::Length(text) => {
                format!("`{text}` is no length of time; write it like `30d`, `12h` or `2w`")
            }
            FaultKind::EmptyWindow => {
                "this window holds nothing; make it at least 1 long, its beginning before its end"
                    .into()
            }
            FaultKind::Word { written, allowed } => {
                format!("`{written}` cannot be used here; use one of {allowed}")
            }
            FaultKind::Number(text) => format!("`{text}` is no number that can be used here"),
            FaultKind::Date(text) => format!("`{text}` is no date; write it like `2026-11-21`"),
            FaultKind::Empty => "put at least one thing in here".into(),
            FaultKind::Twice(text) => {
                format!("`{text}` stands here twice; write each value of an order once")
            }
            FaultKind::EmptyShare => {
                "the share must be above 0, and with `from_percent` at most 100".into()
            }
            FaultKind::Name(text) => {
                format!("`{text}` cannot be a name; use 1 to 100 bytes without line breaks")
            }
            FaultKind::SegmentName(text) => format!(
                "`{text}` cannot be a segment's id; use lower-case letters, digits, `-` and `_`"
            ),
            FaultKind::UnknownSegment(id) => format!("there is no segment `{id}`"),
            FaultKind::Cycle(path) => {
                format!("these segments refer to each other in a circle: {path}")
            }
            FaultKind::NoGrowth => {
                "to add more with each record, have exactly one count of at least so many in the condition".into()
            }
            FaultKind::NoFading => {
                "to fade, have a count of at least so many in the last so long in the condition, longer than the half-life".into()
            }
            FaultKind::TooDeep => "nested too deep; at most 50 levels".into(),
        }
    }
}

fn shape_ja(what: &str) -> &'static str {
    match what {
        "an object" => "オブジェクト（{…}）",
        "a list" => "リスト（[…]）",
        "a text" => "文字列",
        "a number" => "数",
        "a text, a number or true/false" => "文字列・数・true/false",
        "a list of two" => "2つの値のリスト",
        "true or false" => "true か false",
        "a length or an object" => "長さ（`30d` など）かオブジェクト（{…}）",
        "a word or an object" => "決まった語かオブジェクト（{…}）",
        _ => "正しい形の値",
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", if self.path.is_empty() { "/" } else { &self.path }, self.kind.en())
    }
}

impl std::error::Error for Fault {}
