//! Numbers spelled with 億, 万, 千 and kanji digits.

use rust_decimal::Decimal;

/// Reads `1.2億`, `3万5千`, `十二`, `2千3百`, `一二三`. The text holds digits, a point, kanji digits and units only.
pub(crate) fn spelled(text: &str) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    let mut section = Decimal::ZERO;
    let mut number: Option<Decimal> = None;
    let mut rest = text;
    // Units must fall: 3千5百2千 is a slip of the pen.
    let (mut last_small, mut last_big) = (u64::MAX, u64::MAX);
    while let Some(c) = rest.chars().next() {
        if c.is_ascii_digit() {
            if number.is_some() {
                return None;
            }
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
            number = Some(rest[..end].parse().ok()?);
            rest = &rest[end..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if let Some(digit) = digit(c) {
            let so_far = number.unwrap_or(Decimal::ZERO);
            number = Some(so_far.checked_mul(Decimal::TEN)?.checked_add(digit.into())?);
        } else if let Some(unit) = small_unit(c).filter(|unit| *unit < last_small) {
            let many = number.take().unwrap_or(Decimal::ONE);
            section = section.checked_add(many.checked_mul(unit.into())?)?;
            last_small = unit;
        } else if let Some(unit) = big_unit(c).filter(|unit| *unit < last_big) {
            let many = section.checked_add(number.take().unwrap_or(Decimal::ZERO))?;
            if many.is_zero() {
                return None;
            }
            total = total.checked_add(many.checked_mul(unit.into())?)?;
            section = Decimal::ZERO;
            (last_small, last_big) = (u64::MAX, unit);
        } else {
            return None;
        }
    }
    total.checked_add(section)?.checked_add(number.unwrap_or(Decimal::ZERO))
}

fn digit(c: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|known| known == c).map(|place| place as u32)
}

fn small_unit(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

fn big_unit(c: char) -> Option<u64> {
    match c {
        '万' => Some(10_000),
        '億' => Some(100_000_000),
        '兆' => Some(1_000_000_000_000),
        _ => None,
    }
}
