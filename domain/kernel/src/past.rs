//! Since when a customer is in another segment, by its definition at every instant of the past.
//!
//! ```text
//!   begin      in       out          in                     t
//!   ──●────────●━━━━━━━━○────────────●━━━━━━━━━━━━━━━━━━━━━━●──▶
//!     └ far enough back that nothing earlier matters        └ since: the last change before t
//! ```
//! The walk goes from one lapse to the next, as a timeline does, so it sees every change to the millisecond.

use condition::StayTest;
use facts::{Reading, Timestamp};

use crate::{Found, moment::Moment, span::Span};

/// The unbroken stretch of one answer that reaches up to now.
struct Stretch {
    is_in: bool,
    /// Since when; `None` when it was so already where the walk began.
    since: Option<Timestamp>,
    holds_until: Option<Timestamp>,
}

/// Answers a stay. `read` says whether the customer is in the other segment at an instant, and how long that holds.
pub(crate) fn stayed(
    test: &StayTest,
    moment: Moment<'_>,
    read: impl FnMut(Timestamp) -> Reading<bool>,
) -> (Reading<bool>, Found) {
    let at = moment.at;
    let Some(known) = moment.history.known_since().filter(|since| *since <= at) else {
        let reading = Reading::until(false, moment.history.known_since());
        return (reading, Found::Stay { is_in: false, since: None });
    };
    let far_enough = match test {
        StayTest::AtLeast(length) | StayTest::LessThan(length) => at.minus(length.millis),
        StayTest::Entered(window) | StayTest::Left(window) => {
            Span::new(window, moment.calendar, at).from.minus(Span::MOST_STEPPED_BACK + 1)
        }
    };
    let begin = known.max(far_enough);
    let Stretch { is_in, mut since, holds_until } = stretch(begin, at, read);
    if is_in && since.is_none() && begin == known {
        // Nobody is in before being known.
        since = Some(known);
    }
    let ripe = |length: &condition::Length| match since.map(|since| since.plus(length.millis)) {
        Some(ripe) if at < ripe => Reading::until(false, Some(ripe)),
        _ => Reading::for_ever(true),
    };
    let moved = |window| moment.some_inside(window, since.as_slice());
    let reading = match (test, is_in) {
        (StayTest::Entered(window), true) | (StayTest::Left(window), false) => moved(window),
        (StayTest::AtLeast(length), true) => ripe(length),
        (StayTest::LessThan(length), true) => ripe(length).negated(),
        (StayTest::Entered(_) | StayTest::AtLeast(_) | StayTest::LessThan(_), false)
        | (StayTest::Left(_), true) => Reading::for_ever(false),
    };
    let holds_until = [reading.holds_until, holds_until].into_iter().flatten().min();
    (Reading::until(reading.value, holds_until), Found::Stay { is_in, since })
}

fn stretch(
    begin: Timestamp,
    end: Timestamp,
    mut read: impl FnMut(Timestamp) -> Reading<bool>,
) -> Stretch {
    let mut reading = read(begin);
    let mut since = None;
    while let Some(next) = reading.holds_until.filter(|next| *next <= end) {
        let before = reading.value;
        reading = read(next);
        if reading.value != before {
            since = Some(next);
        }
    }
    Stretch { is_in: reading.value, since, holds_until: reading.holds_until }
}
