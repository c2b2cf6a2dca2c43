//! Windows of time: which past a leaf looks at.

use std::fmt;

use facts::{Millis, Period, Timestamp};
use jiff::civil::Date;

/// A positive length of time as it was written: a number and a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Length {
    /// In milliseconds; days are 24 hours.
    pub millis: Millis,
    /// How many units were written.
    pub n: u32,
    /// Which unit was written: `s`, `m`, `h`, `d` or `w`.
    pub unit: char,
}

impl Length {
    /// Reads `30d`, `12h`, `90m`, `500s`, `2w`; `None` when it is none of these or longer than 1,000 years.
    pub fn parse(text: &str) -> Option<Length> {
        let unit = text.chars().last()?;
        let n: u32 = text.strip_suffix(unit)?.trim().parse().ok()?;
        let each = match unit {
            's' => Timestamp::SECOND,
            'm' => Timestamp::MINUTE,
            'h' => Timestamp::HOUR,
            'd' => Timestamp::DAY,
            'w' => 7 * Timestamp::DAY,
            _ => return None,
        };
        let millis = i64::from(n) * each;
        (millis <= 366_000 * Timestamp::DAY).then_some(Length { millis, n, unit })
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.n, self.unit)
    }
}

/// Which records count at an instant `t`, by the time they happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// The whole history up to and at `t`.
    Always,
    /// `(t - W, t]`: what happened exactly W ago is out.
    Last(Length),
    /// `(t - from, t - to]`.
    Ago {
        /// The farther end, which is out.
        from: Length,
        /// The nearer end, which is in.
        to: Length,
    },
    /// `(-inf, t - W]`.
    OlderThan(Length),
    /// A local calendar period, by the workspace's calendar.
    Calendar(CalendarWindow),
    /// The N whole local days before today, and today so far.
    LastDays(u32),
    /// `(t - N calendar months, t]`; a month back from the 31st may be the 28th.
    LastMonths(u32),
    /// Whole local days, both in.
    Days {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
    },
}

/// This or the last one of a calendar period; "this" ends now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarWindow {
    /// The unit.
    pub period: Period,
    /// 0 is the one `t` lies in, 1 the one before it.
    pub back: u8,
}

impl CalendarWindow {
    /// Every calendar window by the word that names it.
    pub const NAMES: [(&'static str, CalendarWindow); 14] = {
        const fn of(period: Period, back: u8) -> CalendarWindow {
            CalendarWindow { period, back }
        }
        [
            ("today", of(Period::Day, 0)),
            ("yesterday", of(Period::Day, 1)),
            ("this_week", of(Period::Week, 0)),
            ("last_week", of(Period::Week, 1)),
            ("this_month", of(Period::Month, 0)),
            ("last_month", of(Period::Month, 1)),
            ("this_quarter", of(Period::Quarter, 0)),
            ("last_quarter", of(Period::Quarter, 1)),
            ("this_half", of(Period::Half, 0)),
            ("last_half", of(Period::Half, 1)),
            ("this_fiscal_year", of(Period::FiscalYear, 0)),
            ("last_fiscal_year", of(Period::FiscalYear, 1)),
            ("this_year", of(Period::Year, 0)),
            ("last_year", of(Period::Year, 1)),
        ]
    };

    /// The window a word names.
    pub fn named(name: &str) -> Option<CalendarWindow> {
        Self::NAMES.iter().find(|(word, _)| *word == name).map(|(_, window)| *window)
    }
}
