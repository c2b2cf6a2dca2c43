//! Local days, weeks, months and years by counting them, one record and one instant at a time.

use condition::Window;
use facts::{Period, Timestamp};
use jiff::{
    civil::{Date, DateTime, Time},
    tz::{TimeZone, TimeZoneDatabase},
};

/// A time zone, a first weekday (0 is Monday) and a first fiscal month.
pub(crate) struct Almanac {
    pub(crate) zone: TimeZone,
    pub(crate) first_weekday: i64,
    pub(crate) first_fiscal_month: i64,
}

impl Almanac {
    pub(crate) fn new(zone: &str, first_weekday: i64, first_fiscal_month: i64) -> Almanac {
        let zone = TimeZoneDatabase::bundled().get(zone).expect("a zone of the bundled database");
        Almanac { zone, first_weekday, first_fiscal_month }
    }

    pub(crate) fn local(&self, at: Timestamp) -> DateTime {
        let at = jiff::Timestamp::from_millisecond(at.millis()).expect("an instant of our range");
        at.to_zoned(self.zone.clone()).datetime()
    }

    /// The local date; a day that has begun does not end again, even where the clock goes back over midnight.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        let date = self.local(at).date();
        let next = date.tomorrow().expect("a day before the end of time");
        if self.instant(next.to_datetime(Time::midnight())) <= at { next } else { date }
    }

    /// The instant of a local date and time; the later side of a gap, the first of two.
    pub(crate) fn instant(&self, local: DateTime) -> Timestamp {
        let at = self.zone.to_ambiguous_timestamp(local).compatible().expect("in range");
        Timestamp::from_millis(at.as_millisecond())
    }

    /// Whether what happened at `a` lies in a window as seen at `t`.
    pub(crate) fn lies_in(&self, a: Timestamp, window: &Window, t: Timestamp) -> bool {
        let age = t.since(a);
        let happened = 0 <= age;
        happened
            && match window {
                Window::Always => true,
                Window::Last(length) => age < length.millis,
                Window::Ago { from, to } => to.millis <= age && age < from.millis,
                Window::OlderThan(length) => length.millis <= age,
                Window::Calendar(named) => {
                    let period = |at| self.number_of(named.period, self.date(at));
                    period(a) == period(t) - i64::from(named.back)
                }
                Window::LastDays(n) => {
                    day_number(self.date(t)) - day_number(self.date(a)) <= i64::from(*n)
                }
                Window::LastMonths(n) => self.months_back(t, i64::from(*n)) < a,
                Window::Days { from, to } => *from <= self.date(a) && self.date(a) <= *to,
            }
    }

    /// The number of the period a day lies in, counted from some period long ago.
    fn number_of(&self, period: Period, date: Date) -> i64 {
        let months = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
        let fiscal_months = months - (self.first_fiscal_month - 1);
        match period {
            Period::Day => day_number(date),
            // Day 0, 1970-01-01, was a Thursday.
            Period::Week => (day_number(date) + 3 - self.first_weekday).div_euclid(7),
            Period::Month => months,
            Period::Quarter => fiscal_months.div_euclid(3),
            Period::Half => fiscal_months.div_euclid(6),
            Period::FiscalYear => fiscal_months.div_euclid(12),
            Period::Year => i64::from(date.year()),
        }
    }

    /// The same local time of day some months ago; the last day where that month is too short.
    pub(crate) fn months_back(&self, t: Timestamp, n: i64) -> Timestamp {
        let local = self.local(t);
        let months = i64::from(local.year()) * 12 + i64::from(local.month()) - 1 - n;
        let (year, month) = (months.div_euclid(12) as i16, months.rem_euclid(12) as i8 + 1);
        let last = days_in(year, month);
        let date = Date::new(year, month, local.day().min(last)).expect("a day of that month");
        self.instant(date.to_datetime(local.time()))
    }
}

/// How many days lie between 1970-01-01 and a date.
pub(crate) fn day_number(date: Date) -> i64 {
    let epoch = Date::new(1970, 1, 1).expect("a date");
    i64::from((date - epoch).get_days())
}

pub(crate) fn days_in(year: i16, month: i8) -> i8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

pub(crate) fn is_leap(year: i16) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}
