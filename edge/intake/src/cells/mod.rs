//! Cells become values: dates, numbers, words for nothing, addresses, as Japanese firms write them.

pub(crate) mod choices;
pub(crate) mod clock;
pub(crate) mod dates;
pub(crate) mod looks;
pub(crate) mod notes;
pub(crate) mod numbers;
pub(crate) mod reach;
mod spelled;

use std::borrow::Cow;

use cleansing::nfkc;

use crate::Cell;

pub(crate) use spelled::spelled;

/// The cell as text, the way a spreadsheet would show it.
pub fn written<'a>(cell: &Cell<'a>) -> Cow<'a, str> {
    match *cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) | Cell::Error(text) => Cow::Borrowed(text),
        Cell::Number(number) => Cow::Owned(number_text(number)),
        Cell::Whole(number) => Cow::Owned(number.to_string()),
        Cell::Bool(yes) => Cow::Borrowed(if yes { "TRUE" } else { "FALSE" }),
        Cell::At(millis) => Cow::Owned(facts::Timestamp::from_millis(millis).to_string()),
        Cell::Length(days) => Cow::Owned(length_text(days)),
        Cell::Serial(days) => Cow::Owned(match dates::serial(days) {
            Ok(when) => when.to_string(),
            Err(_) => number_text(days),
        }),
    }
}

/// A number with the 15 digits a spreadsheet keeps, so that 0.1 + 0.2 reads 0.3.
pub(crate) fn number_text(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

/// 1.5 days are 36:00.
fn length_text(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round().min(1e15) as u64;
    let sign = if days < 0.0 { "-" } else { "" };
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{sign}{hours}:{minutes:02}")
    } else {
        format!("{sign}{hours}:{minutes:02}:{rest:02}")
    }
}

/// Text without the white space around it, ideographic and zero-width blanks included.
pub(crate) fn trimmed(text: &str) -> &str {
    // Most cells have nothing to trim.
    if let ([first, ..], [.., last]) = (text.as_bytes(), text.as_bytes())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\0'))
}

/// The form in which digits and punctuation are read: NFKC, and every kind of dash as a hyphen.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let is_dash = |c| matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff70}');
    let text = nfkc(text);
    if text.contains(is_dash) {
        return Cow::Owned(text.replace(is_dash, "-"));
    }
    text
}

/// The form in which words are compared: NFKC, small letters, no blanks, no punctuation.
pub(crate) fn folded(text: &str) -> String {
    let keeps = |c: &char| {
        !c.is_whitespace()
            && !c.is_ascii_punctuation()
            && !matches!(
                c,
                '・' | '、' | '。' | '「' | '」' | '※' | '－' | '\u{2010}'
                    ..='\u{2015}' | '\u{2212}'
            )
            && !matches!(c, '\u{200b}' | '\u{feff}' | '【' | '】' | '〈' | '〉' | '■' | '●' | '★')
    };
    nfkc(text).chars().flat_map(char::to_lowercase).filter(keeps).collect()
}

/// Text to keep: as written, but a voiced mark that stands apart (か + ゛ of a Mac) is put together.
pub(crate) fn kept(text: &str) -> Cow<'_, str> {
    let text = trimmed(text);
    // Other compositions would change characters that names are written with on purpose.
    if !text.contains(['\u{3099}', '\u{309a}']) {
        return Cow::Borrowed(text);
    }
    let mut composed = String::with_capacity(text.len());
    for c in text.chars() {
        let last = composed.chars().next_back();
        let joined = match c {
            '\u{3099}' | '\u{309a}' => {
                last.and_then(|last| unicode_normalization::char::compose(last, c))
            }
            _ => None,
        };
        match joined {
            Some(joined) => {
                composed.pop();
                composed.push(joined);
            }
            None => composed.push(c),
        }
    }
    Cow::Owned(composed)
}

/// Whether a text is one of the words for nothing: なし, 未定, N/A, a dash.
pub(crate) fn says_nothing(text: &str) -> bool {
    let text = trimmed(text);
    if text.is_empty() {
        return true;
    }
    if text.is_ascii() {
        return NOTHING_ASCII.iter().any(|word| word.eq_ignore_ascii_case(text));
    }
    // Nearly every cell is told apart by its length and its first character.
    let may_begin = |c| {
        matches!(
            c,
            'な' | '無' | '未' | '不' | '空' | '該' | '非' | 'ー' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}'
        ) || matches!(c, '#' | 'N' | 'n' | '\u{ff00}'..='\u{ffef}')
    };
    if 15 < text.len() || !text.starts_with(may_begin) {
        return false;
    }
    let plain = plain(text);
    NOTHING_ASCII.iter().any(|word| word.eq_ignore_ascii_case(&plain)) || NOTHING.contains(&&*plain)
}

const NOTHING_ASCII: &[&str] =
    &["-", "--", "---", "n/a", "#n/a", "null", "(null)", "none", "nan", "nil"];

const NOTHING: &[&str] = &[
    "ー",
    "なし",
    "無し",
    "無",
    "未定",
    "不明",
    "空白",
    "該当なし",
    "未入力",
    "未設定",
    "未登録",
    "非公開",
    "非開示",
    "未公開",
];

/// Whether a text says "as above".
pub(crate) fn says_as_above(text: &str) -> bool {
    // The words have three bytes at least and none of them is ASCII.
    !text.is_ascii() && text.len() <= 30 && matches!(trimmed(text), "〃" | "同上" | "仝")
}

/// Whether a spreadsheet has shortened a long number: `9.01235E+09`.
pub(crate) fn lost_digits(text: &str) -> bool {
    let Some((head, tail)) = text.split_once(['E', 'e']) else { return false };
    let head = head.trim_start_matches('-');
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = head.split_once('.').unwrap_or((head, "0"));
    digits(whole) && digits(part) && tail.strip_prefix('+').is_some_and(digits)
}
