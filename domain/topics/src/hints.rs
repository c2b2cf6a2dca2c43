//! Days, sums and numbers of things that a report names: a hint for who reads it, not a fact.

use std::ops::Range;

use crate::Normal;

/// A hint at a place of the written text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// Bytes of the written text.
    pub span: Range<usize>,
    /// What it says.
    pub says: Says,
}

/// What a hint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Yen: 「300万円」.
    Yen(u64),
    /// A number of things with its unit: 「20本」.
    Count(u64, String),
    /// A month or a day of it: 「4月」「3月10日」.
    Day {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: Option<u8>,
        /// Whether from then on, until then, or just then.
        when: When,
    },
    /// A time told from the day of the report: 「来月」「来期」, as it was written.
    Relative(String, When),
}

/// How a time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Then.
    At,
    /// 以降, から.
    From,
    /// まで, までに.
    Until,
}

const UNITS: [&str; 26] = [
    "ライセンス",
    "アカウント",
    "ユーザー",
    "拠点",
    "店舗",
    "部署",
    "セット",
    "か所",
    "箇所",
    "本",
    "台",
    "名",
    "人",
    "席",
    "枚",
    "個",
    "件",
    "社",
    "基",
    "式",
    "冊",
    "id",
    "users",
    "seats",
    "licenses",
    "licences",
];
const RELATIVE: [&str; 22] = [
    "再来月",
    "再来週",
    "再来年",
    "来月末",
    "今月末",
    "来月",
    "今月",
    "先月",
    "来週",
    "今週",
    "来年度",
    "今年度",
    "来年",
    "今年",
    "来期",
    "今期",
    "来春",
    "年内",
    "年度末",
    "next month",
    "next week",
    "next year",
];

impl Hint {
    /// The days, sums and numbers that a written text names, in order.
    pub fn of(written: &str) -> Vec<Hint> {
        hints(&Normal::of(written))
    }
}

/// The hints of a text, in order.
pub(crate) fn hints(normal: &Normal) -> Vec<Hint> {
    let text = normal.text();
    let mut hints = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let found = number(rest).or_else(|| relative(rest));
        match found {
            Some((length, says)) => {
                if let Some(says) = says {
                    hints.push(Hint { span: normal.written(at..at + length), says });
                }
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    hints
}

/// A number and what it counts; the length is that of the digits when it counts nothing known.
fn number(text: &str) -> Option<(usize, Option<Says>)> {
    let (figure, length) = figure(text)?;
    let after = &text[length..];
    if let Some(rest) = after.strip_prefix('月').filter(|rest| !rest.starts_with('曜')) {
        let month = u8::try_from(figure).ok().filter(|month| (1..=12).contains(month));
        let Some(month) = month else { return Some((length, None)) };
        let (day, day_length) = day(rest);
        let length = length + "月".len() + day_length;
        let (when, suffix) = when(&text[length..]);
        return Some((length + suffix, Some(Says::Day { month, day, when })));
    }
    let (figure, scaled) = scaled(figure, after);
    let length = length + scaled;
    let after = &text[length..];
    if after.starts_with('円') {
        return Some((length + "円".len(), Some(Says::Yen(figure))));
    }
    let spaced = after.len() - after.trim_start_matches(' ').len();
    let unit = UNITS.iter().find(|unit| after[spaced..].starts_with(**unit));
    Some(match unit {
        Some(unit) => (length + spaced + unit.len(), Some(Says::Count(figure, (*unit).to_owned()))),
        None => (length, None),
    })
}

fn figure(text: &str) -> Option<(u64, usize)> {
    let length =
        text.find(|letter: char| !letter.is_ascii_digit() && letter != ',').unwrap_or(text.len());
    let length = text[..length].trim_end_matches(',').len();
    let digits: String = text[..length].chars().filter(|letter| *letter != ',').collect();
    digits.parse().ok().map(|figure| (figure, length))
}

/// 「3千」「1億2000万」 and the length of what made it so.
fn scaled(figure: u64, after: &str) -> (u64, usize) {
    let mut total: u64 = 0;
    let (mut current, mut length) = (figure, 0);
    loop {
        let rest = &after[length..];
        let Some(letter) = rest.chars().next() else { break };
        let scale: u64 = match letter {
            '千' => 1_000,
            '万' => 10_000,
            '億' => 100_000_000,
            _ => break,
        };
        length += letter.len_utf8();
        current = current.saturating_mul(scale);
        match self::figure(&after[length..]) {
            Some((next, digits)) if letter != '千' => {
                total = total.saturating_add(current);
                current = next;
                length += digits;
            }
            _ if letter == '千' => {}
            _ => break,
        }
    }
    (total.saturating_add(current), length)
}

fn day(text: &str) -> (Option<u8>, usize) {
    let Some((day, length)) = figure(text) else { return (None, 0) };
    match u8::try_from(day).ok().filter(|day| (1..=31).contains(day)) {
        Some(day) if text[length..].starts_with('日') => (Some(day), length + "日".len()),
        _ => (None, 0),
    }
}

fn when(text: &str) -> (When, usize) {
    for (word, when) in [
        ("以降", When::From),
        ("から", When::From),
        ("までに", When::Until),
        ("まで", When::Until),
        ("末まで", When::Until),
    ] {
        if text.starts_with(word) {
            return (when, word.len());
        }
    }
    (When::At, 0)
}

fn relative(text: &str) -> Option<(usize, Option<Says>)> {
    let word = RELATIVE.iter().find(|word| text.starts_with(**word))?;
    let (when, suffix) = when(&text[word.len()..]);
    Some((word.len() + suffix, Some(Says::Relative((*word).to_owned(), when))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Vec<(String, Says)> {
        let normal = Normal::of(text);
        hints(&normal).into_iter().map(|hint| (text[hint.span].to_owned(), hint.says)).collect()
    }

    #[test]
    fn sums_things_and_days_are_named_with_their_place() {
        assert_eq!(
            says("来月までに２０本、予算は300万円。4月以降、3月10日に1億2,000万円"),
            [
                ("来月までに".to_owned(), Says::Relative("来月".to_owned(), When::Until)),
                ("２０本".to_owned(), Says::Count(20, "本".to_owned())),
                ("300万円".to_owned(), Says::Yen(3_000_000)),
                ("4月以降".to_owned(), Says::Day { month: 4, day: None, when: When::From }),
                ("3月10日".to_owned(), Says::Day { month: 3, day: Some(10), when: When::At }),
                ("1億2,000万円".to_owned(), Says::Yen(120_000_000)),
            ]
        );
        assert_eq!(
            says("add 20 seats"),
            [("20 seats".to_owned(), Says::Count(20, "seats".to_owned()))]
        );
    }

    #[test]
    fn odd_numbers_say_nothing_and_break_nothing() {
        for text in ["99月", "12345678901234567890123円", "第3", "1,,2", "9月曜", "万円", "億"]
        {
            assert!(says(text).len() <= 1, "{text}");
        }
    }
}
