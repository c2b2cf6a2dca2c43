//! Things in time order, of which only the instants matter: events of a history, or bare times.

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

impl InTime for &[Timestamp] {
    fn n(self) -> usize {
        self.len()
    }

    fn at(self, place: usize) -> Timestamp {
        self[place]
    }

    fn part(self, places: Range<usize>) -> Self {
        &self[places]
    }

    fn before(self, instant: Timestamp) -> usize {
        from_the_end(self, |at| at < instant)
    }

    fn up_to(self, instant: Timestamp) -> usize {
        from_the_end(self, |at| at <= instant)
    }
}

/// How many of `times` are early, which the first ones are. Most questions are about the latest: steps of doubling length
/// from the end (Bentley & Yao 1976) look at memory that other questions have looked at before.
fn from_the_end(times: &[Timestamp], is_early: impl Fn(Timestamp) -> bool) -> usize {
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
            let times: Vec<Timestamp> =
                (0..n).map(|at| Timestamp::from_millis(at / 3 * 2)).collect();
            for at in -2..60 {
                let at = Timestamp::from_millis(at);
                assert_eq!(
                    times.as_slice().before(at),
                    times.partition_point(|one| *one < at),
                    "{n} {at:?}"
                );
                assert_eq!(times.as_slice().up_to(at), times.partition_point(|one| *one <= at));
            }
        }
    }
}
