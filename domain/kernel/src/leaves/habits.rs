//! Leaves about habits: regularly, ratios and topics.

use condition::{EventPattern, Events, Mention, Ratio, Regularly};
use facts::{Decimal, Event, Reading, Timestamp, ValueRef};

use super::{
    Answer, Notes,
    counting::{Quantity, times},
};
use crate::{
    because::Found,
    in_time::InTime,
    moment::{Moment, same},
    span::Span,
};

/// How many movements a habit is followed into the future before it says "look again then".
const MOST_STEPS: usize = 64;

impl Moment<'_> {
    pub(super) fn regularly(&self, regularly: &Regularly, notes: &mut Notes) -> Answer {
        let every = regularly.every.millis;
        let whole = every.saturating_mul(i64::from(regularly.periods));
        let matching = self.matching(&regularly.events, self.at.minus(whole));
        let events = matching.all();
        let n = periods_that_pass(regularly, events, self.at);
        if let Notes::Events(_) = notes {
            let past = events.partition_point(|event| event.stamp.at <= self.at.minus(whole));
            let so_far = events.partition_point(|event| event.stamp.at <= self.at);
            notes.take(&events[past..so_far]);
        }
        let reading = regular(regularly, events, self.at);
        let holds_until =
            [reading.holds_until, matching.filters_hold_until].into_iter().flatten().min();
        Answer {
            reading: Reading::until(reading.value, holds_until),
            found: Found::Regularly { periods: n },
        }
    }

    pub(super) fn ratio(&self, ratio: &Ratio, notes: &mut Notes) -> Answer {
        let (above, above_until) = self.quantity(&ratio.above, &ratio.window, notes);
        let (below, below_until) = self.quantity(&ratio.below, &ratio.window, notes);
        let holds = above.zip(below).is_some_and(|(above, below)| ratio_holds(ratio, above, below));
        Answer {
            reading: Reading::until(holds, [above_until, below_until].into_iter().flatten().min()),
            found: Found::Ratio {
                above: above.and_then(Quantity::shown),
                below: below.and_then(Quantity::shown),
            },
        }
    }

    /// Mentions of a topic that were not denied.
    pub(super) fn mentioned(&self, mention: &Mention, notes: &mut Notes) -> Answer {
        let span = Span::new(&mention.window, self.calendar, self.at);
        let about =
            Events { name: EventPattern::Exact(Mention::EVENT.to_owned()), filters: vec![] };
        let matching = self.matching(&about, self.earliest(&span));
        let counts = |event: &&Event| {
            let topic = self.property(event, Mention::TOPIC);
            let denied = self.property(event, Mention::NEGATED);
            mention.topics.iter().any(|named| same(topic, ValueRef::Text(named)))
                && !same(denied, ValueRef::Bool(true))
        };
        let counting: Vec<Event> = matching.all().iter().filter(counts).copied().collect();
        let inside = span.of(counting.as_slice());
        notes.take(inside);
        let n = inside.len() as u32;
        Answer {
            reading: Reading::until(mention.test.holds(&n), span.next_change(counting.as_slice())),
            found: Found::Count(n),
        }
    }
}

/// Whether one measure as a share of another passes.
pub(crate) fn ratio_holds(ratio: &Ratio, above: Quantity, below: Quantity) -> bool {
    below.order(ratio.base_at_least).is_ge()
        && Decimal::ZERO < below.sum
        && ratio.percent.holds_by(|percent| share(above, below, *percent))
}

/// How the share of one measure in another stands to a percentage, multiplied out: nothing is divided.
fn share(above: Quantity, below: Quantity, percent: Decimal) -> std::cmp::Ordering {
    let left = times(times(above.sum, below.parts.into()), Decimal::ONE_HUNDRED);
    left.cmp(&times(times(below.sum, above.parts.into()), percent))
}

/// Whether something was done in enough of the last periods, and until when. `events` reach back that far at least.
pub(crate) fn regular(regularly: &Regularly, events: impl InTime, now: Timestamp) -> Reading<bool> {
    let holds_at =
        |at: Timestamp| regularly.in_at_least <= periods_that_pass(regularly, events, at);
    let holds = holds_at(now);
    // An event moves from a period into the one before it a whole number of periods after it happened.
    let mut at = now;
    let mut flips = None;
    for _ in 0..MOST_STEPS {
        flips = next_movement(regularly, events, at);
        let Some(next) = flips else { break };
        if holds_at(next) != holds {
            break;
        }
        at = next;
    }
    Reading::until(holds, flips)
}

/// In how many of the periods before `at` the count passes.
fn periods_that_pass(regularly: &Regularly, events: impl InTime, at: Timestamp) -> u32 {
    let every = regularly.every.millis;
    let until = |i: u32| events.up_to(at.minus(every.saturating_mul(i64::from(i))));
    let mut end = until(0);
    let mut n = 0;
    for i in 1..=regularly.periods {
        let begin = until(i);
        n += u32::from(regularly.count.holds(&((end - begin) as u32)));
        end = begin;
    }
    n
}

/// When an event next comes in, moves to another period, or goes out.
fn next_movement(regularly: &Regularly, events: impl InTime, at: Timestamp) -> Option<Timestamp> {
    let every = regularly.every.millis;
    let place_after = |instant: Timestamp| {
        let place = events.up_to(instant);
        (place < events.n()).then(|| events.at(place))
    };
    let mut next = place_after(at);
    for i in 1..=regularly.periods {
        let back = every.saturating_mul(i64::from(i));
        // The first event of the period is the first to move on.
        let first = place_after(at.minus(back));
        let moves = first.map(|first| first.plus(back)).filter(|moves| at < *moves);
        next = [next, moves].into_iter().flatten().min();
    }
    next
}
