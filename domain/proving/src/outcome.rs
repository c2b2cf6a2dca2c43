//! When what a sign foretells came about.

use condition::{Condition, Leaf, Length, NumberTest, SegmentId, Window};
use facts::{Calendar, History, Timestamp};
use kernel::{Plan, PlanFault, Scratch, timeline};

/// What counts as an outcome, ready to be looked for.
///
/// A plain event ("bought") comes about each time it happens; any other condition at each instant at which it turns
/// true.
#[derive(Debug)]
pub struct Outcomes {
    plan: Plan,
}

impl Outcomes {
    /// Compiles an outcome with the segments it may refer to.
    ///
    /// # Errors
    /// References to segments that are not there.
    pub fn new(
        outcome: &Condition,
        others: Vec<(SegmentId, Condition)>,
    ) -> Result<Outcomes, Vec<PlanFault>> {
        let own = (SegmentId::hidden("outcome"), each_time(outcome));
        Ok(Outcomes { plan: Plan::new(std::iter::once(own).chain(others).collect())? })
    }

    /// The instants in `(from, until]` at which it came about, rising.
    pub fn instants(
        &self,
        history: &History,
        calendar: &Calendar,
        (from, until): (Timestamp, Timestamp),
        scratch: &mut Scratch,
    ) -> Vec<Timestamp> {
        let stays = timeline(&self.plan, 0, history, calendar, (from, until), scratch);
        stays.into_iter().map(|stay| stay.entered).filter(|at| from < *at).collect()
    }
}

/// An event at any time becomes the event just now, so that each one is an instant of its own; any other condition
/// stays as it is.
pub fn each_time(outcome: &Condition) -> Condition {
    const NOW: Window = Window::Last(Length { millis: 1, n: 1, unit: 's' });
    match outcome {
        Condition::Any(parts) => Condition::Any(parts.iter().map(each_time).collect()),
        Condition::Leaf(Leaf::Count { events, test, window: Window::Always })
            if *test == NumberTest::AtLeast(1) =>
        {
            let (events, test) = (events.clone(), *test);
            Condition::Leaf(Leaf::Count { events, test, window: NOW })
        }
        other => other.clone(),
    }
}
