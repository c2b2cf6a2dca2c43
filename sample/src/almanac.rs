//! Two years of days in Japan: which are worked, how busy offices and shoppers are, and at what hour things happen.

use facts::{Calendar, Millis, Timestamp};
use jiff::civil::{Date, Weekday};

use crate::dice::Dice;

/// How many days back the sample goes.
pub(crate) const DAYS: i64 = 730;

/// One local day.
#[derive(Debug, Clone)]
pub(crate) struct Day {
    pub(crate) date: Date,
    pub(crate) start: Timestamp,
    /// Neither a weekend nor a holiday.
    pub(crate) worked: bool,
    /// How busy offices are; 1 is a usual working day.
    pub(crate) office: f64,
    /// How much people shop at home; 1 is a usual day.
    pub(crate) shop: f64,
}

/// The days from two years ago until today, and the clock.
#[derive(Debug)]
pub(crate) struct Almanac {
    pub(crate) now: Timestamp,
    pub(crate) days: Vec<Day>,
    calendar: Calendar,
}

/// Public holidays as month and day, by year.
#[rustfmt::skip] // one year, two lines
const HOLIDAYS: [(i16, &[(i8, i8)]); 4] = [
    (
        2024,
        &[
            (1, 1), (1, 8), (2, 11), (2, 12), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6),
            (7, 15), (8, 11), (8, 12), (9, 16), (9, 22), (9, 23), (10, 14), (11, 3), (11, 4), (11, 23),
        ],
    ),
    (
        2025,
        &[
            (1, 1), (1, 13), (2, 11), (2, 23), (2, 24), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6),
            (7, 21), (8, 11), (9, 15), (9, 23), (10, 13), (11, 3), (11, 23), (11, 24),
        ],
    ),
    (
        2026,
        &[
            (1, 1), (1, 12), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6), (7, 20),
            (8, 11), (9, 21), (9, 22), (9, 23), (10, 12), (11, 3), (11, 23),
        ],
    ),
    (
        2027,
        &[
            (1, 1), (1, 11), (2, 11), (2, 23), (3, 21), (3, 22), (4, 29), (5, 3), (5, 4), (5, 5), (7, 19),
            (8, 11), (9, 20), (9, 23), (10, 11), (11, 3), (11, 23),
        ],
    ),
];

/// The hour at which something happens in an office, and how likely each hour is.
#[rustfmt::skip]
const OFFICE_HOURS: [(i64, u32); 13] = [
    (8, 4), (9, 14), (10, 15), (11, 12), (12, 5), (13, 11), (14, 13), (15, 12), (16, 12), (17, 9), (18, 4),
    (19, 2), (21, 1),
];

/// The same at home.
#[rustfmt::skip]
const HOME_HOURS: [(i64, u32); 16] = [
    (7, 3), (8, 4), (9, 5), (10, 6), (11, 6), (12, 8), (13, 5), (15, 4), (16, 4), (17, 5), (18, 6), (19, 8),
    (20, 11), (21, 13), (22, 10), (23, 5),
];

impl Almanac {
    pub(crate) fn until(now: Timestamp) -> Almanac {
        let calendar = Calendar::japan();
        let mut days = Vec::with_capacity(DAYS as usize + 1);
        let mut start = calendar.start_of(calendar.date(now.minus(DAYS * Timestamp::DAY)));
        while start <= now {
            days.push(day(calendar.date(start), start));
            start = calendar.next_midnight(start);
        }
        Almanac { now, days, calendar }
    }

    /// The first instant of the first day.
    pub(crate) fn start(&self) -> Timestamp {
        self.days.first().map_or(self.now, |day| day.start)
    }

    /// The instant so many days before now; half days count.
    pub(crate) fn days_ago(&self, days: f64) -> Timestamp {
        self.now.minus((days * Timestamp::DAY as f64) as Millis)
    }

    /// The local date of an instant.
    pub(crate) fn date(&self, at: Timestamp) -> Date {
        self.calendar.date(at)
    }

    /// The day an instant lies in, the nearest one when it lies outside.
    pub(crate) fn day_of(&self, at: Timestamp) -> &Day {
        let place = self.days.partition_point(|day| day.start <= at);
        &self.days[place.saturating_sub(1)]
    }

    /// An instant in office hours of a day.
    pub(crate) fn office_hour(&self, dice: &mut Dice, day: &Day) -> Timestamp {
        instant(dice, day, &OFFICE_HOURS)
    }

    /// An instant at which people shop.
    pub(crate) fn home_hour(&self, dice: &mut Dice, day: &Day) -> Timestamp {
        instant(dice, day, &HOME_HOURS)
    }

    /// An instant in `(from, to]`, in office hours where there are any.
    pub(crate) fn in_office(&self, dice: &mut Dice, from: Timestamp, to: Timestamp) -> Timestamp {
        for _ in 0..24 {
            let day = self.day_of(somewhere(dice, from, to));
            let at = self.office_hour(dice, day);
            if from < at && at <= to && dice.chance(day.office) {
                return at;
            }
        }
        somewhere(dice, from, to)
    }

    /// An instant in `(from, to]`, at hours at which people shop where there are any.
    pub(crate) fn at_home(&self, dice: &mut Dice, from: Timestamp, to: Timestamp) -> Timestamp {
        for _ in 0..12 {
            let day = self.day_of(somewhere(dice, from, to));
            let at = self.home_hour(dice, day);
            if from < at && at <= to && dice.chance(day.shop) {
                return at;
            }
        }
        somewhere(dice, from, to)
    }

    /// An instant in office hours on the first working day that begins after `at`. When that day is still to come,
    /// an instant after now: it has not happened yet.
    pub(crate) fn next_office(&self, dice: &mut Dice, at: Timestamp) -> Timestamp {
        let from = self.days.partition_point(|day| day.start < at);
        let worked = self.days[from..].iter().find(|day| day.worked);
        worked.map_or(self.now.plus(Timestamp::DAY), |day| self.office_hour(dice, day))
    }
}

/// An instant in `(from, to]`, every one as likely.
fn somewhere(dice: &mut Dice, from: Timestamp, to: Timestamp) -> Timestamp {
    let seconds = (to.since(from) / Timestamp::SECOND).max(1);
    from.plus(dice.between(1, seconds) * Timestamp::SECOND).min(to)
}

fn instant(dice: &mut Dice, day: &Day, hours: &[(i64, u32)]) -> Timestamp {
    let weights: [u32; 16] = std::array::from_fn(|place| hours.get(place).map_or(0, |hour| hour.1));
    let hour = hours[dice.weighted(&weights)].0;
    day.start.plus(hour * Timestamp::HOUR + dice.between(0, 3_599) * Timestamp::SECOND)
}

fn day(date: Date, start: Timestamp) -> Day {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let worked = !weekend && !is_holiday(date) && !is_new_year(date);
    let rhythm = match date.weekday() {
        Weekday::Monday => 1.1,
        Weekday::Friday => 0.9,
        Weekday::Saturday => 0.06,
        Weekday::Sunday => 0.03,
        _ => 1.0,
    };
    let office = if worked { rhythm * office_season(date) } else { f64::min(rhythm, 0.04) };
    let shop = if weekend { 1.25 } else { 0.95 } * shop_season(date);
    Day { date, start, worked, office, shop }
}

fn is_holiday(date: Date) -> bool {
    let year = HOLIDAYS.iter().find(|(year, _)| *year == date.year());
    year.is_some_and(|(_, days)| days.contains(&(date.month(), date.day())))
}

/// From December 29 to January 3 nearly everyone is away.
fn is_new_year(date: Date) -> bool {
    matches!((date.month(), date.day()), (12, 29..=31) | (1, 1..=3))
}

/// March and April are busy, as the fiscal year ends and begins; mid-August is quiet.
fn office_season(date: Date) -> f64 {
    match (date.month(), date.day()) {
        (8, 12..=16) => 0.5,
        (3, 15..=31) => 1.2,
        (3, _) | (4, _) => 1.12,
        (8, _) | (12, 25..=28) => 0.9,
        _ => 1.0,
    }
}

fn shop_season(date: Date) -> f64 {
    match (date.month(), date.day()) {
        (1, 1..=3) => 0.5,
        (3, _) => 1.35,
        (4, _) => 1.2,
        (8, 10..=17) => 0.7,
        (12, 1..=20) => 1.2,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holidays_and_weekends_are_not_worked() {
        let almanac = Almanac::until(Timestamp::parse("2026-11-21T22:50:00Z").unwrap());
        let worked = |text: &str| {
            almanac.day_of(Timestamp::parse(&format!("{text}T12:00:00+09:00")).unwrap()).worked
        };
        assert!(worked("2026-11-20") && worked("2025-12-26"));
        for day in ["2026-11-22", "2026-11-03", "2026-09-22", "2025-12-30", "2025-05-06"] {
            assert!(!worked(day), "{day}");
        }
        assert_eq!(almanac.days.len(), 731);
    }

    #[test]
    fn instants_stay_in_their_bounds() {
        let almanac = Almanac::until(Timestamp::parse("2026-11-21T22:50:00Z").unwrap());
        let mut dice = Dice::for_purpose(7, "test", 0);
        for days in 1..200 {
            let (from, to) = (almanac.days_ago(f64::from(days)), almanac.days_ago(0.02));
            for at in [almanac.in_office(&mut dice, from, to), almanac.at_home(&mut dice, from, to)]
            {
                assert!(from < at && at <= to);
            }
        }
    }
}
