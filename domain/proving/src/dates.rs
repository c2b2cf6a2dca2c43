//! The dates at which a sign is asked.

use facts::{Calendar, Millis, Timestamp};
use jiff::ToSpan;

/// Past dates, oldest first, after each of which the whole horizon is known.
///
/// Invariant: rising, never empty, and the last one lies at least a horizon before the instant they were made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    at: Vec<Timestamp>,
    horizon: Millis,
    step_days: u16,
}

impl Dates {
    /// So many dates are asked at most.
    pub const MOST: usize = 400;

    /// Local midnights `step_days` apart, from the last one that leaves a whole horizon before `now` back over
    /// `back_days`, at most [`Dates::MOST`] of them. The horizon and the step are at least a day.
    pub fn before(
        now: Timestamp,
        calendar: &Calendar,
        horizon_days: u16,
        step_days: u16,
        back_days: u16,
    ) -> Dates {
        let horizon = i64::from(horizon_days.max(1)) * Timestamp::DAY;
        let step = step_days.max(1);
        let last = calendar.date(now.minus(horizon));
        let n = usize::from(back_days / step) + 1;
        let back = |n: usize| last.saturating_sub((i64::from(step) * n as i64).days());
        let mut at: Vec<Timestamp> =
            (0..n.min(Dates::MOST)).map(|n| calendar.start_of(back(n))).collect();
        at.reverse();
        at.dedup();
        Dates { at, horizon, step_days: step }
    }

    /// The dates, oldest first.
    pub fn all(&self) -> &[Timestamp] {
        &self.at
    }

    /// The first date of the last quarter: from there on it is lately.
    pub fn lately(&self) -> Timestamp {
        self.at[self.at.len() - self.at.len().div_ceil(4)]
    }

    /// How long after a date an outcome counts (ms).
    pub fn horizon(&self) -> Millis {
        self.horizon
    }

    /// How many days lie between two dates.
    pub fn step_days(&self) -> u16 {
        self.step_days
    }

    /// From the first date to the end of the last horizon.
    pub(crate) fn stretch(&self) -> (Timestamp, Timestamp) {
        let (first, last) = (self.at.first(), self.at.last());
        let last = last.map_or(Timestamp::MIN, |last| last.plus(self.horizon));
        (first.copied().unwrap_or(Timestamp::MIN), last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_horizon_ends_before_now_and_dates_lie_a_step_apart() {
        let now = Timestamp::parse("2026-11-21T09:00:00+09:00").unwrap();
        let dates = Dates::before(now, &Calendar::japan(), 30, 7, 21);
        let said: Vec<String> = dates.all().iter().map(ToString::to_string).collect();
        // Midnight in Tokyo is 15:00 of the day before in UTC; 2026-10-22 is thirty days before.
        assert_eq!(
            said,
            [
                "2026-09-30T15:00:00.000Z",
                "2026-10-07T15:00:00.000Z",
                "2026-10-14T15:00:00.000Z",
                "2026-10-21T15:00:00.000Z"
            ]
        );
        let (first, end) = dates.stretch();
        assert_eq!(first, dates.all()[0]);
        assert!(end <= now);
    }
}
