//! What a text looks like, for guessing what a column holds.

use super::{dates, numbers, plain, reach, trimmed};

pub(crate) fn email(text: &str) -> bool {
    reach::is_email(trimmed(text))
        || !text.is_ascii() && text.contains('＠') && !reach::emails(text).is_empty()
}

/// A number, a code of digits only included.
pub(crate) fn number(text: &str) -> bool {
    let text = trimmed(text);
    text.len() <= 40 && text.contains(|c: char| c.is_numeric()) && {
        let plain = plain(text);
        plain.bytes().any(|byte| byte.is_ascii_digit())
            && !plain.chars().any(|c| matches!(c, '人' | '名' | '個' | '月' | '日' | '年'))
            && numbers::number(text).is_ok()
    }
}

/// A whole date: year, month and day, in a form that nothing else has.
pub(crate) fn date(text: &str) -> bool {
    let text = trimmed(text);
    if !(6..=60).contains(&text.len()) || !text.contains(|c: char| c.is_numeric()) {
        return false;
    }
    let digits_only = plain(text).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    !digits_only
        && (dates::short_form(text).is_some()
            || dates::date(text, dates::DateRules::default()).is_ok())
}

/// A date, or digits that are one by their length and range.
pub(crate) fn date_of_digits(text: &str) -> bool {
    let text = trimmed(text);
    matches!(text.len(), 8 | 12 | 14)
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && dates::date(text, dates::DateRules::default()).is_ok()
}

pub(crate) fn phone(text: &str) -> bool {
    let plain = plain(trimmed(text));
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    (9..=13).contains(&digits)
        && (plain.starts_with('0') || plain.starts_with('+') || plain.starts_with('('))
        && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '(' | ')' | ' '))
}

pub(crate) fn postal_code(text: &str) -> bool {
    let plain = plain(trimmed(text));
    let bare = plain.strip_prefix('〒').unwrap_or(&plain).trim();
    match bare.split_once('-') {
        Some((a, b)) => {
            a.len() == 3
                && b.len() == 4
                && [a, b].iter().all(|t| t.bytes().all(|c| c.is_ascii_digit()))
        }
        None => plain.starts_with('〒') && bare.len() == 7,
    }
}

/// An amount of money by its marks.
pub(crate) fn money(text: &str) -> bool {
    let plain = plain(trimmed(text));
    (plain.starts_with(['¥', '$', '\\']) || plain.ends_with('円')) && numbers::number(text).is_ok()
}

pub(crate) fn url(text: &str) -> bool {
    let text = trimmed(text);
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")
}

pub(crate) fn prefecture(text: &str) -> bool {
    let text = trimmed(text);
    let n = text.chars().count();
    matches!(text, "北海道" | "東京都" | "大阪府" | "京都府")
        || ((3..=4).contains(&n) && text.ends_with('県'))
}

/// A month and a day without a year, with its signs: 4月1日.
pub(crate) fn month_and_day(text: &str) -> bool {
    let text = trimmed(text);
    text.ends_with('日')
        && text.contains('月')
        && dates::date(text, dates::DateRules { order: None, base_year: Some(2000) }).is_ok()
}

/// A number that no code looks like: with a sign, a currency, a unit, grouping commas or kanji.
pub(crate) fn amount(text: &str) -> bool {
    let plain = plain(trimmed(text));
    plain.starts_with(['¥', '$', '€', '£', '△', '▲', '-', '(', '+', '約'])
        || plain.ends_with(['円', '万', '億', '千', '%'])
        || plain.contains(',')
        || !plain.is_ascii()
}

/// One address or several.
pub(crate) fn emails(text: &str) -> bool {
    !reach::emails(text).is_empty()
}

/// An address: it begins with a prefecture, or has a city and a number.
pub(crate) fn address(text: &str) -> bool {
    let text = trimmed(text);
    let begins = ["北海道", "東京都", "大阪府", "京都府"].iter().any(|name| text.starts_with(name))
        || text.chars().skip(2).take(2).any(|c| c == '県');
    let long = 8 <= text.chars().count();
    let placed = text.contains(['市', '区', '町', '村', '郡']);
    (begins && placed) || (long && placed && (text.contains("丁目") || text.contains("番地")))
}

/// Kana and blanks only.
pub(crate) fn kana(text: &str) -> bool {
    let kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{ff65}'..='\u{ff9f}' | ' ' | '\u{3000}' | '(' | ')' | '（' | '）');
    text.chars().all(kana)
}
