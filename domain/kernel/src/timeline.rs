//! Membership over a stretch of the past: when a customer was in.

use facts::{Calendar, History, Reading, Timestamp};

use crate::{Plan, Scratch};

/// One unbroken stay in a segment: in at `entered`, out at `left`; still in when there is no `left`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    /// The first instant in; the beginning of the stretch for one who was in before it.
    pub entered: Timestamp,
    /// The first instant out again.
    pub left: Option<Timestamp>,
}

/// All stays of one customer in one segment between `from` and `until`, both in, by what is known now.
pub fn timeline(
    plan: &Plan,
    segment: usize,
    history: &History,
    calendar: &Calendar,
    range: (Timestamp, Timestamp),
    scratch: &mut Scratch,
) -> Vec<Stay> {
    stays(range, |at| plan.evaluate_one(segment, history, at, calendar, scratch))
}

/// All stays in whatever `read` answers: walks from one lapse to the next.
///
/// A record that is known and lies ahead lapses every reading that it could turn, so nothing else needs to be
/// looked at, and of a customer whose records do not matter to the question the walk is one step.
pub fn stays(
    (from, until): (Timestamp, Timestamp),
    mut read: impl FnMut(Timestamp) -> Reading<bool>,
) -> Vec<Stay> {
    let mut stays: Vec<Stay> = vec![];
    let mut at = from;
    loop {
        let reading = read(at);
        let open = stays.last().is_some_and(|stay| stay.left.is_none());
        match (open, reading.value) {
            (false, true) => stays.push(Stay { entered: at, left: None }),
            (true, false) => {
                if let Some(stay) = stays.last_mut() {
                    stay.left = Some(at);
                }
            }
            (true, true) | (false, false) => {}
        }
        let Some(next) = reading.holds_until.filter(|next| *next <= until) else { return stays };
        assert!(at < next, "a reading that holds for no time would keep us here for ever");
        at = next;
    }
}
