//! The workspace's calendar: its time zone, first weekday and first fiscal month.
//!
//! Local days are not always 24 hours, and where a zone jumps over the date line a day may be missing altogether.

use jiff::{
    ToSpan,
    civil::{Date, DateTime},
    tz::{Disambiguation, TimeZone, TimeZoneDatabase},
};

use crate::{Millis, Timestamp};

pub use jiff::civil::Weekday;

/// How a workspace counts days, weeks, months and years.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    zone: TimeZone,
    first_weekday: Weekday,
    first_fiscal_month: i8,
}

/// A calendar unit that has a first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A local day.
    Day,
    /// A week from the workspace's first weekday.
    Week,
    /// A calendar month.
    Month,
    /// Three months of the fiscal year.
    Quarter,
    /// Six months of the fiscal year (上期・下期).
    Half,
    /// Twelve months from the first fiscal month (年度).
    FiscalYear,
    /// A calendar year.
    Year,
}

/// No time zone has this name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time zone we know; name one like `Asia/Tokyo`")]
pub struct UnknownZone(pub String);

impl Calendar {
    /// A calendar for a zone of the IANA database, weeks from Monday, fiscal years from April.
    ///
    /// # Errors
    /// [`UnknownZone`] when the database has no such name.
    pub fn new(zone: &str) -> Result<Calendar, UnknownZone> {
        // The database inside the program, not the machine's: the same answer everywhere.
        let zone =
            TimeZoneDatabase::bundled().get(zone).map_err(|_| UnknownZone(zone.to_owned()))?;
        Ok(Calendar { zone, first_weekday: Weekday::Monday, first_fiscal_month: 4 })
    }

    /// Asia/Tokyo, weeks from Monday, fiscal years from April.
    pub fn japan() -> Calendar {
        let zone = TimeZoneDatabase::bundled()
            .get("Asia/Tokyo")
            .unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(9)));
        Calendar { zone, first_weekday: Weekday::Monday, first_fiscal_month: 4 }
    }

    /// The same calendar with weeks that begin on another day.
    #[must_use]
    pub fn with_first_weekday(mut self, day: Weekday) -> Calendar {
        self.first_weekday = day;
        self
    }

    /// The same calendar with fiscal years that begin in another month (1 to 12; others are wrapped into it).
    #[must_use]
    pub fn with_first_fiscal_month(mut self, month: u8) -> Calendar {
        self.first_fiscal_month = ((month.max(1) - 1) % 12) as i8 + 1;
        self
    }

    /// The zone's name in the IANA database.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The local date and time of day of an instant.
    pub fn local(&self, at: Timestamp) -> DateTime {
        self.zone.to_datetime(at.to_jiff())
    }

    /// The local date of an instant. A day that has begun does not end again: where clocks went back from just after
    /// midnight to the evening before (St. John's until 2011), the second evening belongs to the new day.
    pub fn date(&self, at: Timestamp) -> Date {
        /// No zone goes back by more than this over midnight; before this hour nothing needs a second look.
        const EVENING: i8 = 21;
        let local = self.local(at);
        if local.hour() < EVENING {
            return local.date();
        }
        let next = local.date().saturating_add(1.day());
        if self.start_of(next) <= at { next } else { local.date() }
    }

    /// The first instant of a local day; of the next one where the zone has no such day.
    pub fn start_of(&self, date: Date) -> Timestamp {
        self.instant(date.to_datetime(jiff::civil::Time::midnight()), Disambiguation::Compatible)
    }

    /// The instant of a local date and time. Where it is missing or doubled, `way` decides.
    pub fn instant(&self, local: DateTime, way: Disambiguation) -> Timestamp {
        self.zone
            .to_ambiguous_timestamp(local)
            .disambiguate(way)
            .map_or(Timestamp::MAX, |at| Timestamp::from_millis(at.as_millisecond()))
    }

    /// The first instant of the local day after the one `at` lies in.
    pub fn next_midnight(&self, at: Timestamp) -> Timestamp {
        let mut date = self.date(at);
        // A zone that jumps over a day gives the same start twice; go on until time has moved.
        for _ in 0..3 {
            date = date.saturating_add(1.day());
            let start = self.start_of(date);
            if at < start {
                return start;
            }
        }
        Timestamp::MAX
    }

    /// The first day of the period a date lies in.
    pub fn first_day(&self, period: Period, date: Date) -> Date {
        let months_back = |length: i8, first: i8| {
            let into = (date.month() - first).rem_euclid(length);
            date.first_of_month().saturating_sub(i32::from(into).months())
        };
        match period {
            Period::Day => date,
            Period::Week => {
                let into = date.weekday().since(self.first_weekday);
                date.saturating_sub(i32::from(into).days())
            }
            Period::Month => date.first_of_month(),
            Period::Quarter => months_back(3, self.first_fiscal_month),
            Period::Half => months_back(6, self.first_fiscal_month),
            Period::FiscalYear => months_back(12, self.first_fiscal_month),
            Period::Year => date.first_of_year(),
        }
    }

    /// The first day of the period `n` periods after the one that begins on `first` (before it when negative).
    pub fn shift(&self, period: Period, first: Date, n: i32) -> Date {
        match period {
            Period::Day => first.saturating_add(n.days()),
            Period::Week => first.saturating_add(n.weeks()),
            Period::Month => first.saturating_add(n.months()),
            Period::Quarter => first.saturating_add(n.saturating_mul(3).months()),
            Period::Half => first.saturating_add(n.saturating_mul(6).months()),
            Period::FiscalYear | Period::Year => first.saturating_add(n.years()),
        }
    }

    /// The instant `n` calendar months before `at`, at the same local time of day. Where the month is too short
    /// its last day stands in: March 31 less one month is the last day of February.
    pub fn months_before(&self, at: Timestamp, n: i32) -> Timestamp {
        let local = self.local(at);
        let moved = local.date().saturating_sub(n.months()).to_datetime(local.time());
        self.instant(moved, Disambiguation::Compatible)
    }

    /// The next instant at which the zone's clock is set; `None` where it never is again.
    pub fn next_clock_change(&self, at: Timestamp) -> Option<Timestamp> {
        let change = self.zone.following(at.to_jiff()).next()?;
        Some(Timestamp::from_millis(change.timestamp().as_millisecond()))
    }

    /// How far the zone's clock is from UTC at an instant.
    pub fn offset(&self, at: Timestamp) -> Millis {
        i64::from(self.zone.to_offset(at.to_jiff()).seconds()) * Timestamp::SECOND
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn local_days_begin_at_local_midnight() {
        let japan = Calendar::japan();
        assert_eq!(japan.next_midnight(at("2026-05-19T15:30:00Z")), at("2026-05-20T15:00:00Z"));
        assert_eq!(japan.date(at("2026-05-19T15:30:00Z")), date(2026, 5, 20));
        let york = Calendar::new("America/New_York").unwrap();
        assert_eq!(york.next_midnight(at("2026-03-08T06:00:00Z")), at("2026-03-09T04:00:00Z"));
        let apia = Calendar::new("Pacific/Apia").unwrap();
        assert_eq!(apia.next_midnight(at("2011-12-29T12:00:00Z")), at("2011-12-30T10:00:00Z"));
        assert!(Calendar::new("Asia/Edo").is_err());
    }

    #[test]
    fn a_day_that_has_begun_does_not_end_again() {
        let johns = Calendar::new("America/St_Johns").unwrap();
        // At 00:01 of November 7 the clock went back to 23:01 of November 6.
        for (instant, day) in [
            ("2010-11-07T02:29:59.999Z", 6),
            ("2010-11-07T02:30:00Z", 7),
            ("2010-11-07T02:31:00Z", 7),
            ("2010-11-07T03:30:00Z", 7),
        ] {
            assert_eq!(johns.date(at(instant)), date(2010, 11, day), "{instant}");
        }
        assert_eq!(johns.next_midnight(at("2010-11-07T03:00:00Z")), at("2010-11-08T03:30:00Z"));
    }

    #[test]
    fn periods_follow_the_workspace() {
        let japan = Calendar::japan();
        let day = date(2026, 11, 21);
        assert_eq!(japan.first_day(Period::Week, day), date(2026, 11, 16));
        assert_eq!(japan.first_day(Period::Quarter, day), date(2026, 10, 1));
        assert_eq!(japan.first_day(Period::Half, day), date(2026, 10, 1));
        assert_eq!(japan.first_day(Period::FiscalYear, date(2026, 3, 31)), date(2025, 4, 1));
        assert_eq!(japan.first_day(Period::Half, date(2026, 2, 1)), date(2025, 10, 1));
        let sunday = Calendar::japan().with_first_weekday(Weekday::Sunday);
        assert_eq!(sunday.first_day(Period::Week, day), date(2026, 11, 15));
    }

    #[test]
    fn a_month_back_ends_on_the_last_day_of_a_short_month() {
        let japan = Calendar::japan();
        assert_eq!(
            japan.months_before(at("2026-03-31T12:00:00+09:00"), 1),
            at("2026-02-28T12:00:00+09:00")
        );
        assert_eq!(
            japan.months_before(at("2026-05-15T12:00:00+09:00"), 3),
            at("2026-02-15T12:00:00+09:00")
        );
    }
}
