//! Numbers as people write them.

use rust_decimal::Decimal;

use super::{lost_digits, notes::Note, plain, spelled, trimmed};

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoNumber {
    /// Nothing of a number in it.
    NotOne,
    /// A spreadsheet has thrown digits away.
    DigitsLost,
}

/// Reads a number: full width, ¥ and 円, grouping commas, △ ▲ ( ) − for below zero, 億 万 千, kanji, per cent,
/// counting words, ranges by their lower end.
pub(crate) fn number(text: &str) -> Result<(Decimal, Option<Note>), NoNumber> {
    let text = trimmed(text);
    if let Some(number) = simple(text) {
        return Ok((number, None));
    }
    let text = plain(text);
    if lost_digits(&text) {
        return Err(NoNumber::DigitsLost);
    }
    let text: String = text.chars().filter(|c| *c != ' ').collect();
    let (text, below_zero) = sign(&text);
    let (text, currency) = without_currency(text);
    // ¥1,234- is how receipts close an amount; without the ¥ it would be SAP's minus.
    let text = if currency { text.strip_suffix('-').unwrap_or(text) } else { text };
    let (text, below_zero_inside) = sign(text);
    let below_zero = below_zero != below_zero_inside;
    let (number, note) = amount(text).ok_or(NoNumber::NotOne)?;
    Ok((if below_zero { -number } else { number }, note))
}

/// Digits with at most one sign and one point: by far the most numbers.
fn simple(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || 18 < digits.len() {
        return None;
    }
    let (mut mantissa, mut scale, mut point) = (0_i64, 0, false);
    for (place, byte) in digits.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + i64::from(byte - b'0');
                scale += u32::from(point);
            }
            b'.' if !point && 0 < place && place + 1 < digits.len() => point = true,
            _ => return None,
        }
    }
    Some(Decimal::new(if digits.len() < text.len() { -mantissa } else { mantissa }, scale))
}

/// Whether it is a whole number of a few digits without a zero in front: a quick yes.
pub(crate) fn is_short(text: &str) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes, [b'0'] | [b'1'..=b'9', ..])
        && bytes.len() <= 15
        && bytes.iter().all(u8::is_ascii_digit)
}

fn sign(text: &str) -> (&str, bool) {
    if let Some(rest) = text.strip_prefix(['△', '▲', '-']) {
        return (rest, true);
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (inner, true);
    }
    (text.strip_prefix('+').unwrap_or(text), false)
}

fn without_currency(text: &str) -> (&str, bool) {
    let mut rest = text;
    for mark in ["約", "およそ"] {
        rest = rest.strip_prefix(mark).unwrap_or(rest);
    }
    let bare = rest;
    for mark in ["¥", "\\", "$", "€", "£", "JPY", "jpy"] {
        rest = rest.strip_prefix(mark).unwrap_or(rest);
    }
    let begins = rest.len() < bare.len();
    let bare = rest;
    for mark in ["(税込)", "(税抜)", "(税別)", "税込", "税抜", "-", "JPY", "円", "ドル"]
    {
        let close = begins || mark != "-";
        rest = if close { rest.strip_suffix(mark).unwrap_or(rest) } else { rest };
    }
    (rest, begins || rest.len() < bare.len())
}

/// The number without sign and currency.
fn amount(text: &str) -> Option<(Decimal, Option<Note>)> {
    if let Some(percent) = text.strip_suffix('%') {
        let share = grouped(percent)?.checked_div(Decimal::ONE_HUNDRED)?;
        return Some((share, Some(Note::PerCent)));
    }
    if let Some(number) = grouped(text) {
        return Some((number, None));
    }
    let bare = without_counter(text);
    let (low, high) = match bare.split_once(['~', '〜', '-']) {
        // A minus behind is SAP's sign or a slip; which, nobody knows.
        Some((_, "")) => return None,
        Some((low, high)) => (without_counter(low), high),
        None => (bare, ""),
    };
    let number = grouped(low).or_else(|| in_words(low))?;
    let open_ended = bare.len() < text.len()
        && ["以上", "未満", "以下", "超", "~", "〜"].iter().any(|w| text.ends_with(w));
    let range = !high.is_empty() || open_ended;
    if !high.is_empty() {
        grouped(high).or_else(|| in_words(high))?;
    }
    Some((number, range.then_some(Note::Range)))
}

/// A number spelled with kanji: 1,200万.
fn in_words(text: &str) -> Option<Decimal> {
    let spells = |c: char| "〇一二三四五六七八九十百千万億兆".contains(c);
    if text.contains(spells) { spelled(&text.replace(',', "")) } else { None }
}

/// `1,234,567.8`: commas, if any, stand before every third digit.
fn grouped(text: &str) -> Option<Decimal> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = match groups.as_slice() {
        [] | [""] => false,
        [one] => digits(one),
        [first, rest @ ..] => {
            (1..=3).contains(&first.len())
                && digits(first)
                && rest.iter().all(|g| g.len() == 3 && digits(g))
        }
    };
    if !sound || !digits(part) || (part.is_empty() && text.ends_with('.')) {
        return None;
    }
    let number: String = text.chars().filter(|c| *c != ',').collect();
    number.parse().ok()
}

/// Words that count things, after a number.
fn without_counter(text: &str) -> &str {
    let mut rest = text;
    for word in ["以上", "未満", "以下", "超", "程度", "前後", "~", "〜"] {
        rest = rest.strip_suffix(word).unwrap_or(rest);
    }
    for word in [
        "人",
        "名",
        "個",
        "本",
        "件",
        "台",
        "枚",
        "社",
        "点",
        "回",
        "箱",
        "冊",
        "セット",
        "ヶ月",
        "か月",
        "カ月",
        "ヵ月",
        "歳",
        "才",
        "GB",
        "gb",
        "MB",
        "mb",
        "kg",
        "円",
        "ID",
        "ユーザー",
        "ライセンス",
        "日",
        "年",
        "時間",
        "分",
    ] {
        if let Some(bare) = rest.strip_suffix(word) {
            return bare;
        }
    }
    rest
}

/// The currency a text names, by its code.
pub(crate) fn currency(text: &str) -> Option<&'static str> {
    let plain = plain(text);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(&["¥", "円", "JPY", "\\"]) {
        Some("JPY")
    } else if has(&["$", "ドル", "USD"]) {
        Some("USD")
    } else if has(&["€", "ユーロ", "EUR"]) {
        Some("EUR")
    } else {
        None
    }
}
