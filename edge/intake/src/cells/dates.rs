//! Dates and times as people and systems write them.

use std::fmt;

use jiff::civil::Date;

use super::{notes::Note, plain, trimmed};
use crate::DateOrder;

mod eras;
mod scanner;

use scanner::Scanner;

const DAY: i64 = 86_400_000;

/// A date, perhaps a time of day, perhaps an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct When {
    /// The local day.
    pub(crate) date: Date,
    /// Milliseconds from the day's midnight; may go beyond the day (26:30).
    pub(crate) time: Option<i64>,
    /// Seconds east of UTC.
    pub(crate) offset: Option<i32>,
}

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// It does not look like one.
    NotOne,
    /// 4月1日: the year is missing.
    NoYear,
    /// 9:30: the day is missing.
    NoDay,
    /// There is no such day (2月30日; Excel's 1900-02-29).
    Impossible,
    /// 11/12/2026: the column has not decided which is the month.
    OrderUnknown,
    /// A spreadsheet has thrown digits away.
    DigitsLost,
}

/// What the column has decided about its dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DateRules {
    /// The order of short dates.
    pub(crate) order: Option<DateOrder>,
    /// The year of dates without one.
    pub(crate) base_year: Option<i16>,
}

type Read = Result<(When, Option<Note>), NoDate>;

/// Reads a date in any of the known forms.
pub(crate) fn date(text: &str, rules: DateRules) -> Read {
    let text = trimmed(text);
    if let Some(when) = iso(text.as_bytes()) {
        return Ok((when, None));
    }
    if super::lost_digits(text) {
        return Err(NoDate::DigitsLost);
    }
    let text = plain(text).to_ascii_lowercase();
    let text = without_weekday(&text);
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && let Some(read) = digits_only(&text)
    {
        return read;
    }
    let mut scanner = Scanner::new(&text);
    let (date, note) = day(&mut scanner, rules)?;
    let time = scanner.time().ok_or(NoDate::NotOne)?;
    let (time, offset) = time.map_or((None, None), |(time, offset)| (Some(time), offset));
    Ok((When { date, time, offset }, note))
}

/// The three numbers of a short date, and whether the last has four digits; `None` for every other form.
pub(crate) fn short_form(text: &str) -> Option<([i64; 3], bool)> {
    let text = trimmed(text);
    if iso(text.as_bytes()).is_some() {
        return None;
    }
    let text = plain(text);
    let text = without_weekday(&text);
    let mut scanner = Scanner::new(&text);
    let (numbers, lengths) = scanner.three_numbers()?;
    (lengths[0] <= 2 && lengths[1] <= 2 && (lengths[2] == 2 || lengths[2] == 4))
        .then_some((numbers, lengths[2] == 4))
}

/// An Excel day number: days since 1899-12-30 in the calendar of 1900, in which 1900 was a leap year.
pub(crate) fn serial(days: f64) -> Result<When, NoDate> {
    if !days.is_finite() || !(0.0..2_958_466.0).contains(&days) {
        return Err(NoDate::NotOne);
    }
    let millis = (days * DAY as f64).round() as i64;
    let (whole, time) = (millis.div_euclid(DAY), millis.rem_euclid(DAY));
    let since_epoch = match whole {
        0 => return Err(NoDate::NoDay),
        1..=59 => whole - 25_568,
        60 => return Err(NoDate::Impossible),
        _ => whole - 25_569,
    };
    let date = day_number(since_epoch).ok_or(NoDate::NotOne)?;
    Ok(When { date, time: (time != 0).then_some(time), offset: None })
}

fn day_number(since_epoch: i64) -> Option<Date> {
    use jiff::ToSpan;
    jiff::civil::date(1970, 1, 1).checked_add(i32::try_from(since_epoch).ok()?.days()).ok()
}

/// `2026-11-21`, `2026/1/5 9:30`, `2026-11-21T09:30:00.123+09:00`: by far the most dates.
fn iso(bytes: &[u8]) -> Option<When> {
    let number = |from: usize, to: usize| {
        bytes.get(from..to)?.iter().try_fold(0_i64, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'))
        })
    };
    let year = number(0, 4)?;
    let between = *bytes.get(4).filter(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    let second = (6..=7).find(|place| bytes.get(*place) == Some(&between))?;
    let month = number(5, second)?;
    let mut end = second + 1;
    while end < bytes.len() && end < second + 3 && bytes[end].is_ascii_digit() {
        end += 1;
    }
    let day = number(second + 1, end)?;
    let date = civil(year, month, day).ok()?;
    if end == bytes.len() {
        return Some(When { date, time: None, offset: None });
    }
    if !matches!(bytes[end], b'T' | b' ' | b't') {
        return None;
    }
    // Only the full form is quick; all others go the long way.
    let (hour, minute) = (number(end + 1, end + 3)?, number(end + 4, end + 6)?);
    if bytes.get(end + 3) != Some(&b':') || 59 < minute || 47 < hour {
        return None;
    }
    let mut time = (hour * 60 + minute) * 60_000;
    let mut at = end + 6;
    if bytes.get(at) == Some(&b':') {
        let second = number(at + 1, at + 3).filter(|second| *second < 61)?;
        time += second.min(59) * 1000;
        at += 3;
        if bytes.get(at) == Some(&b'.') {
            let (mut scale, mut from) = (100, at + 1);
            while let Some(byte) = bytes.get(from).filter(|byte| byte.is_ascii_digit()) {
                time += i64::from(byte - b'0') * scale;
                scale /= 10;
                from += 1;
            }
            at = from;
        }
    }
    let offset = match &bytes[at..] {
        [] => None,
        [b'Z' | b'z'] => Some(0),
        [sign @ (b'+' | b'-'), _, _, rest @ ..] => {
            let minutes = match rest {
                [] => 0,
                [b':', _, _] => number(at + 4, at + 6)?,
                [_, _] => number(at + 3, at + 5)?,
                _ => return None,
            };
            let seconds = i32::try_from(number(at + 1, at + 3)? * 3600 + minutes * 60).ok()?;
            Some(if *sign == b'-' { -seconds } else { seconds })
        }
        _ => return None,
    };
    Some(When { date, time: Some(time), offset })
}

/// `2026/11/21(土)` and `Sat, 21 Nov 2026` lose their weekday.
fn without_weekday(text: &str) -> String {
    let mut bare = text.to_owned();
    if let (Some(open), Some(close)) = (bare.find('('), bare.find(')'))
        && open < close
        && bare[open..close].chars().count() <= 5
    {
        bare.replace_range(open..=close, " ");
    }
    for name in ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] {
        if let Some(rest) = bare.strip_prefix(name) {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ',');
            return rest.trim().to_owned();
        }
    }
    bare.trim().to_owned()
}

/// 20250401, 202504010930, 20250401093000, day numbers of Excel, seconds and milliseconds since 1970.
fn digits_only(text: &str) -> Option<Read> {
    let at = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    if let Some(fraction) = text.split_once('.').map(|(whole, _)| whole.len()) {
        // 45748.5 is a day number; 2025.4.1 is not for us.
        let whole = (4..=5).contains(&fraction) && text.matches('.').count() == 1;
        return whole.then(|| excel(text));
    }
    let day = || civil(at(0, 4)?, at(4, 6)?, at(6, 8)?).ok();
    let with_time = |hour: i64, minute: i64, millis: i64| {
        (hour < 48 && minute < 60 && millis < 60_000)
            .then_some((hour * 60 + minute) * 60_000 + millis)
    };
    let when = match text.len() {
        5 => return Some(excel(text)),
        8 => day().map(|date| When { date, time: None, offset: None }),
        10 | 12 | 14 | 17 => {
            let time = with_time(
                at(8, 10)?,
                at(10, 12).unwrap_or(0),
                at(12, 14).unwrap_or(0) * 1000 + at(14, 17).unwrap_or(0),
            );
            // 1732147200 would be the 14th of a 73rd month, so seconds since 1970 are never taken for a day.
            day().zip(time).map(|(date, time)| When { date, time: Some(time), offset: None })
        }
        _ => None,
    };
    if let Some(when) = when {
        return Some(Ok((when, None)));
    }
    let millis = match text.len() {
        10 => text.parse::<i64>().ok()? * 1000,
        13 => text.parse::<i64>().ok()?,
        8 => return Some(Err(NoDate::Impossible)),
        _ => return None,
    };
    let date = day_number(millis.div_euclid(DAY))?;
    let when = When { date, time: Some(millis.rem_euclid(DAY)), offset: Some(0) };
    Some(Ok((when, Some(Note::UnixTime))))
}

fn excel(text: &str) -> Read {
    let days: f64 = text.parse().map_err(|_| NoDate::NotOne)?;
    serial(days).map(|when| (when, Some(Note::ExcelDay)))
}

fn day(scanner: &mut Scanner<'_>, rules: DateRules) -> Result<(Date, Option<Note>), NoDate> {
    if let Some((era, year)) = eras::year(scanner) {
        let (month, day) = scanner.month_and_day().ok_or(NoDate::NotOne)?;
        let date = civil(era.western(year).ok_or(NoDate::NotOne)?, month, day)?;
        return Ok((date, era.note(date)));
    }
    if let Some((year, month, day)) = scanner.named_month() {
        let (year, note) = full_year(year.0, year.1);
        return Ok((civil(year, month, day)?, note));
    }
    if let Some(year) = scanner.year_sign() {
        let (month, day) = scanner.month_and_day().ok_or(NoDate::NotOne)?;
        let (year, note) = full_year(year.0, year.1);
        return Ok((civil(year, month, day)?, note));
    }
    if let Some((month, day)) = scanner.month_sign() {
        let year = rules.base_year.ok_or(NoDate::NoYear)?;
        return Ok((civil(year.into(), month, day)?, None));
    }
    if let Some((date, length)) = scanner.eight_digits() {
        debug_assert!(length == 8, "the scanner looked for eight digits");
        return Ok((civil(date / 10_000, date / 100 % 100, date % 100)?, None));
    }
    match scanner.three_numbers() {
        Some((numbers, lengths)) => short(numbers, lengths, rules.order),
        None if scanner.is_month_and_day() => {
            let (month, day) = scanner.month_and_day().ok_or(NoDate::NotOne)?;
            let year = rules.base_year.ok_or(NoDate::NoYear)?;
            Ok((civil(year.into(), month, day)?, None))
        }
        None if scanner.is_time() => Err(NoDate::NoDay),
        None => Err(NoDate::NotOne),
    }
}

fn short(
    [a, b, c]: [i64; 3],
    lengths: [usize; 3],
    order: Option<DateOrder>,
) -> Result<(Date, Option<Note>), NoDate> {
    if lengths[0] == 4 {
        return Ok((civil(a, b, c)?, None));
    }
    if 2 < lengths[0] || !(lengths[2] <= 2 || lengths[2] == 4) {
        return Err(NoDate::NotOne);
    }
    let (year, month, day) = match order.ok_or(NoDate::OrderUnknown)? {
        DateOrder::YearMonthDay if lengths[2] <= 2 => ((a, lengths[0]), b, c),
        DateOrder::YearMonthDay => return Err(NoDate::OrderUnknown),
        DateOrder::MonthDayYear => ((c, lengths[2]), a, b),
        DateOrder::DayMonthYear => ((c, lengths[2]), b, a),
    };
    let (year, note) = full_year(year.0, year.1);
    Ok((civil(year, month, day)?, note))
}

fn full_year(year: i64, length: usize) -> (i64, Option<Note>) {
    match (length, year) {
        (1 | 2, 0..=68) => (2000 + year, Some(Note::TwoDigitYear)),
        (1 | 2, _) => (1900 + year, Some(Note::TwoDigitYear)),
        _ => (year, None),
    }
}

fn civil(year: i64, month: i64, day: i64) -> Result<Date, NoDate> {
    let small = |number: i64| i8::try_from(number).map_err(|_| NoDate::Impossible);
    let year = i16::try_from(year).map_err(|_| NoDate::Impossible)?;
    if !(1000..=9998).contains(&year) {
        return Err(NoDate::Impossible);
    }
    Date::new(year, small(month)?, small(day)?).map_err(|_| NoDate::Impossible)
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        let seconds = time / 1000;
        write!(f, " {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    }
}
