//! Sequences that are found from their end, without walking over everything.
//!
//! When each step has a name of its own, no event can fill two steps, and the chain that ends last is found by looking
//! back from step to step. It also begins last, so that it is the last to leave the window.
//!
//! ```text
//!   A     a   a     a            a
//!   B       b     b       b        ·
//!                   └─ 2 ─┘ 1: the last b, 2: the last a before it; if it is too far, the last b that is near it
//! ```

use condition::{EventPattern, Sequence};
use facts::{Millis, Timestamp};

use crate::{in_time::InTime, moment::Matching, span::Span};

/// The events of one step inside the window, and how far the step before may be away.
pub(crate) type Step<T> = (T, Option<Millis>);

/// The first and the last instant of a chain.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) start: Timestamp,
    pub(crate) last: Timestamp,
}

/// Whether a sequence can be found so.
pub(crate) fn is_simple(sequence: &Sequence) -> bool {
    let steps =
        || std::iter::once(&sequence.first).chain(sequence.then.iter().map(|step| &step.events));
    let alone = |place: usize, name: &EventPattern| {
        matches!(name, EventPattern::Exact(_)) && steps().take(place).all(|step| step.name != *name)
    };
    sequence.never_between.is_none()
        && sequence.then_no.is_none()
        && steps().enumerate().all(|(place, step)| alone(place, &step.name))
}

/// The chain through all steps that ends last; it is also the one that begins last.
pub(crate) fn latest<T: InTime>(steps: &[Step<T>]) -> Option<Ends> {
    let (last, before) = steps.split_last()?;
    ending(*last, before, Timestamp::MAX)
}

/// The latest chain whose last step is not after `upto`.
fn ending<T: InTime>(
    (events, within): Step<T>,
    before: &[Step<T>],
    mut upto: Timestamp,
) -> Option<Ends> {
    loop {
        let at = events.at(events.up_to(upto).checked_sub(1)?);
        let Some((step, earlier)) = before.split_last() else {
            return Some(Ends { start: at, last: at });
        };
        let chain = ending(*step, earlier, at)?;
        match within {
            // The nearest step before is too far away, so this event ends no chain; one nearer to it may.
            Some(within) if within < at.since(chain.last) => upto = chain.last.plus(within),
            _ => return Some(Ends { start: chain.start, last: at }),
        }
    }
}

/// When the answer of a simple sequence turns by time alone, if nothing of it has yet to come in: the chain that begins
/// last leaves the window last, and none comes anew.
pub(crate) fn holds_until(found: Option<Ends>, span: &Span<'_>) -> Option<Timestamp> {
    span.leaves(found?.start)
}

/// Whether events of a step have yet to come into the window, or a filter may turn.
pub(super) fn is_settled(matching: &Matching<'_>, span: &Span<'_>) -> bool {
    matching.filters_hold_until.is_none() && span.after(matching.all()).n() == 0
}
