//! How large a segment was at the end of each local day, and who came and went: counted from stays, so that each
//! history is walked once however many days are asked for.
//!
//! ```text
//!                 day 0          day 1          day 2 (today)
//!          │──────────────│──────────────│────────┤ now
//!   stay       ▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄              day 0: entered, in    day 1: left
//!   stay   ▄▄▄▄▄▄                            before: in            day 0: left
//! ```

use facts::{Calendar, Timestamp};
use jiff::{ToSpan, civil::Date};

use crate::Stay;

/// Local days that follow each other, the last one perhaps cut off at now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    dates: Vec<Date>,
    /// The first instant of each day, and that of the day after the last one.
    edges: Vec<Timestamp>,
    /// The last instant that is looked at, in.
    until: Timestamp,
}

impl Days {
    /// The local days from `first` to `last`, both in, that have begun by `now`. A day that the zone jumped over is
    /// none. `None` when no day is left.
    pub fn new(calendar: &Calendar, first: Date, last: Date, now: Timestamp) -> Option<Days> {
        let (mut dates, mut edges) = (vec![], vec![calendar.start_of(first)]);
        let mut date = first;
        while date <= last && calendar.start_of(date) <= now {
            let tomorrow = date.saturating_add(1.day());
            let (start, end) = (calendar.start_of(date), calendar.start_of(tomorrow));
            if start < end {
                dates.push(date);
                edges.push(end);
            }
            if tomorrow == date {
                break;
            }
            date = tomorrow;
        }
        let end = *edges.last().filter(|_| !dates.is_empty())?;
        Some(Days { dates, edges, until: end.minus(1).min(now) })
    }

    /// The days.
    pub fn dates(&self) -> &[Date] {
        &self.dates
    }

    /// The stretch over which stays are to be taken: it begins one millisecond before the first day, so that who was in
    /// before can be told from who entered at its first instant.
    pub fn stretch(&self) -> (Timestamp, Timestamp) {
        (self.edges[0].minus(1), self.until)
    }

    /// Whether a stay began before the first day.
    pub fn is_before(&self, stay: &Stay) -> bool {
        stay.entered < self.edges[0]
    }

    fn day_of(&self, at: Timestamp) -> usize {
        self.edges.partition_point(|edge| *edge <= at) - 1
    }
}

/// How many were in before the first of some days, and how many came and went on each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sizes {
    /// How many were in just before the first day.
    pub before: u64,
    /// How many stays began on each day.
    pub entered: Vec<u64>,
    /// How many stays ended on each day.
    pub left: Vec<u64>,
}

impl Sizes {
    /// Nobody yet.
    pub fn new(days: &Days) -> Sizes {
        let none = vec![0; days.dates.len()];
        Sizes { before: 0, entered: none.clone(), left: none }
    }

    /// Counts the stays of one customer over [`Days::stretch`].
    pub fn add(&mut self, days: &Days, stays: &[Stay]) {
        for stay in stays {
            match days.is_before(stay) {
                true => self.before += 1,
                false => self.entered[days.day_of(stay.entered)] += 1,
            }
            if let Some(left) = stay.left {
                self.left[days.day_of(left)] += 1;
            }
        }
    }

    /// Adds what was counted of other customers over the same days.
    pub fn merge(&mut self, other: &Sizes) {
        self.before += other.before;
        let pairs = self.entered.iter_mut().zip(&other.entered);
        for (all, some) in pairs.chain(self.left.iter_mut().zip(&other.left)) {
            *all += some;
        }
    }

    /// How many were in at the end of each day; now, for a day that has not ended.
    pub fn members(&self) -> Vec<u64> {
        let mut members = self.before;
        let each = self.entered.iter().zip(&self.left);
        each.map(|(entered, left)| {
            members = members + entered - left;
            members
        })
        .collect()
    }
}
