//! The leaves: one question each about one history at one moment.

mod attributes;
pub(crate) mod counting;
pub(crate) mod habits;
pub(crate) mod order;
mod sequence;
mod status;
pub(crate) mod succession;

pub(crate) use counting::{Quantity, times};

use condition::Leaf;
use facts::{Event, Reading};

use crate::{because::Found, moment::Moment};

/// A leaf's answer and what it found.
pub(crate) struct Answer {
    pub(crate) reading: Reading<bool>,
    pub(crate) found: Found,
}

/// Takes note of the records that count; evaluation without reasons takes none.
pub(crate) enum Notes {
    None,
    Events(Vec<Event>),
}

impl Notes {
    /// What was taken.
    pub(crate) fn into_events(self) -> Vec<Event> {
        match self {
            Notes::None => vec![],
            Notes::Events(taken) => taken,
        }
    }

    pub(crate) fn take(&mut self, events: &[Event]) {
        if let Notes::Events(taken) = self {
            taken.extend_from_slice(events);
        }
    }
}

impl Moment<'_> {
    /// Answers one leaf. What needs other segments is answered by the plan, not here.
    pub(crate) fn answer(&self, leaf: &Leaf, notes: &mut Notes) -> Answer {
        match leaf {
            Leaf::Attribute { key, test } => self.attribute(key, test),
            Leaf::Held { key, value, at_least, length } => {
                self.held(key, value, *at_least, *length)
            }
            Leaf::Count { events, test, window } => self.count(events, test, window, notes),
            Leaf::Measure { measured, test, window } => self.measure(measured, test, window, notes),
            Leaf::First { events, window, if_none } => self.first(events, window, *if_none, notes),
            Leaf::Last { name, has, window, if_none } => {
                self.last(name, has, window, *if_none, notes)
            }
            Leaf::Trend(trend) => self.trend(trend, notes),
            Leaf::Rhythm(rhythm) => self.rhythm(rhythm, notes),
            Leaf::Sequence(sequence) => self.sequence(sequence, notes),
            Leaf::Regularly(regularly) => self.regularly(regularly, notes),
            Leaf::Ratio(ratio) => self.ratio(ratio, notes),
            Leaf::Status(status) => self.status(status),
            Leaf::Tagged(name) => self.marked(&format!("tag:{name}")),
            Leaf::Listed(name) => self.marked(&format!("list:{name}")),
            Leaf::Mentioned(mention) => self.mentioned(mention, notes),
            Leaf::Random(share) => self.random(share),
            Leaf::Score { id, test } => self.score(id, test),
            Leaf::Known(length) => self.known(*length),
            Leaf::Segment(_) | Leaf::Stayed(_) | Leaf::Rank(_) => {
                Answer { reading: Reading::for_ever(false), found: Found::Parts }
            }
        }
    }
}
