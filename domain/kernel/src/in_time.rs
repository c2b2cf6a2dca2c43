//! Things in time order, of which only the instants matter: events of a history, or the bare times of a trace.

use std::ops::Range;

use facts::{Event, Timestamp};

/// A list in time order.
pub(crate) trait InTime: Copy {
    /// How many there are.
    fn n(self) -> usize;

    /// When the one at a place happened; the place must be there.
    fn at(self, place: usize) -> Timestamp;

    /// Those at some places.
    fn part(self, places: Range<usize>) -> Self;

    /// How many happened before an instant.
    fn before(self, instant: Timestamp) -> usize;

    /// How many happened up to an instant, that one included.
    fn up_to(self, instant: Timestamp) -> usize;

    fn first(self) -> Option<Timestamp> {
        (0 < self.n()).then(|| self.at(0))
    }

    fn last(self) -> Option<Timestamp> {
        self.n().checked_sub(1).map(|last| self.at(last))
    }
}

impl InTime for &[Event] {
    fn n(self) -> usize {
        self.len()
    }

    fn at(self, place: usize) -> Timestamp {
        self[place].stamp.at
    }

    fn part(self, places: Range<usize>) -> Self {
        &self[places]
    }

    fn before(self, instant: Timestamp) -> usize {
        self.partition_point(|event| event.stamp.at < instant)
    }

    fn up_to(self, instant: Timestamp) -> usize {
        self.partition_point(|event| event.stamp.at <= instant)
    }
}

/// Bare instants in time order, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times<'a>(&'a [i64]);

impl<'a> Times<'a> {
    pub(crate) fn of(millis: &'a [i64]) -> Times<'a> {
        Times(millis)
    }
}

impl InTime for Times<'_> {
    fn n(self) -> usize {
        self.0.len()
    }

    fn at(self, place: usize) -> Timestamp {
        Timestamp::from_millis(self.0[place])
    }

    fn part(self, places: Range<usize>) -> Self {
        Times(&self.0[places])
    }

    fn before(self, instant: Timestamp) -> usize {
        from_the_end(self.0, |at| at < instant.millis())
    }

    fn up_to(self, instant: Timestamp) -> usize {
        from_the_end(self.0, |at| at <= instant.millis())
    }
}

/// How many of `times` are early, which the first ones are. Most questions are about the latest: steps of doubling length
/// from the end (Bentley & Yao 1976) look at memory that other questions have looked at before.
fn from_the_end(times: &[i64], is_early: impl Fn(i64) -> bool) -> usize {
    let (mut end, mut step) = (times.len(), 1);
    while step < end && !is_early(times[end - step]) {
        end -= step;
        step *= 2;
    }
    let start = end.saturating_sub(step);
    start + times[start..end].partition_point(|at| is_early(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_from_the_end_finds_what_halving_finds() {
        for n in 0..40_i64 {
            let times: Vec<i64> = (0..n).map(|at| at / 3 * 2).collect();
            for at in -2..60 {
                let instant = Timestamp::from_millis(at);
                assert_eq!(Times(&times).before(instant), times.partition_point(|one| *one < at));
                assert_eq!(Times(&times).up_to(instant), times.partition_point(|one| *one <= at));
            }
        }
    }
}
