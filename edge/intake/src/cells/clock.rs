//! Local dates become instants, quickly: most days have 24 hours.

use std::collections::HashMap;

use facts::{Calendar, Timestamp};
use jiff::{ToSpan, civil::Date, tz::Disambiguation};

use super::dates::When;

/// The workspace's zone, with the days seen so far.
pub(crate) struct Clock<'a> {
    calendar: &'a Calendar,
    days: HashMap<Date, Option<Timestamp>>,
}

impl<'a> Clock<'a> {
    pub(crate) fn new(calendar: &'a Calendar) -> Clock<'a> {
        Clock { calendar, days: HashMap::new() }
    }

    /// The local day of an instant.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        self.calendar.date(at)
    }

    /// An instant as the firm's clocks show it: the day alone at midnight.
    pub(crate) fn said(&self, at: Timestamp) -> String {
        let local = self.calendar.local(at);
        let form = if local.time() == jiff::civil::Time::midnight() {
            "%Y-%m-%d"
        } else {
            "%Y-%m-%d %H:%M"
        };
        local.strftime(form).to_string()
    }

    /// The instant of a date and time; times beyond midnight run into the next day.
    pub(crate) fn instant(&mut self, when: &When) -> Timestamp {
        let time = when.time.unwrap_or(0);
        if let Some(offset) = when.offset {
            let days = i64::from((when.date - Date::constant(1970, 1, 1)).get_days());
            let local = days.saturating_mul(Timestamp::DAY).saturating_add(time);
            return Timestamp::from_millis(local - i64::from(offset) * 1000);
        }
        if when.time.is_none() {
            return self.calendar.start_of(when.date);
        }
        let (extra, time) = (time.div_euclid(Timestamp::DAY), time.rem_euclid(Timestamp::DAY));
        let date = when.date.saturating_add((extra as i32).days());
        match self.plain_day(date) {
            Some(start) => start.plus(time),
            None => {
                let clock = jiff::civil::Time::midnight().saturating_add(time.milliseconds());
                self.calendar.instant(date.to_datetime(clock), Disambiguation::Compatible)
            }
        }
    }

    /// The start of a day that has exactly 24 hours.
    fn plain_day(&mut self, date: Date) -> Option<Timestamp> {
        if let Some(known) = self.days.get(&date) {
            return *known;
        }
        let start = self.calendar.start_of(date);
        let next = self.calendar.start_of(date.saturating_add(1.days()));
        let plain = (next.since(start) == Timestamp::DAY).then_some(start);
        // A file of millions of different days is none of the files we know; forget rather than grow.
        if 100_000 < self.days.len() {
            self.days.clear();
        }
        self.days.insert(date, plain);
        plain
    }
}
