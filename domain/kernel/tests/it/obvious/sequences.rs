//! Steps one after another, by trying every choice of events.

use condition::Sequence;
use facts::Timestamp;

use super::{Happened, Obvious};

impl Obvious<'_> {
    pub(super) fn sequence(&self, sequence: &Sequence) -> bool {
        let mut steps = vec![(self.inside(&sequence.first, &sequence.window), None)];
        for step in &sequence.then {
            let within = step.within.map(|length| length.millis);
            steps.push((self.inside(&step.events, &sequence.window), within));
        }
        self.some_choice(sequence, &steps, &mut vec![])
    }

    /// Whether the steps not chosen yet can be chosen so that all that was asked for is so.
    fn some_choice(
        &self,
        sequence: &Sequence,
        steps: &[(Vec<Happened<'_>>, Option<i64>)],
        chosen: &mut Vec<(Timestamp, usize)>,
    ) -> bool {
        let Some((events, within)) = steps.get(chosen.len()) else {
            return self.is_left_alone(sequence, chosen[0].0, chosen[chosen.len() - 1].0);
        };
        for event in events {
            if chosen.iter().any(|(_, seq)| *seq == event.seq) {
                continue;
            }
            if let Some((before, _)) = chosen.last() {
                let passed = event.at.since(*before);
                if passed < 0 || within.is_some_and(|within| within < passed) {
                    continue;
                }
            }
            chosen.push((event.at, event.seq));
            let fits = self.some_choice(sequence, steps, chosen);
            chosen.pop();
            if fits {
                return true;
            }
        }
        false
    }

    /// Whether nothing came that must not, given the first and the last step.
    fn is_left_alone(&self, sequence: &Sequence, first: Timestamp, last: Timestamp) -> bool {
        let came = |events, fits: &dyn Fn(Timestamp) -> bool| {
            self.matching(events).iter().any(|event| fits(event.at))
        };
        let between = sequence.never_between.as_ref();
        let since = sequence.never_since.as_ref();
        !between.is_some_and(|events| came(events, &|at| first < at && at < last))
            && !since.is_some_and(|events| came(events, &|at| last < at))
            && sequence.then_no.as_ref().is_none_or(|(events, length)| {
                let over = last.plus(length.millis);
                over <= self.at && !came(events, &|at| last < at && at <= over)
            })
    }
}
