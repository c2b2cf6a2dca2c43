//! Why a reading is what it is: the tree of a condition with what was found at every leaf.

use condition::Condition;
use facts::{Decimal, Event, Millis, Reading, Timestamp, Value};

/// One node of the reasons behind a reading.
#[derive(Debug, Clone)]
pub struct Because {
    /// What was asked here.
    pub condition: Condition,
    /// The answer here, and until when it holds.
    pub reading: Reading<bool>,
    /// What was found.
    pub found: Found,
    /// The records that count, newest first; at most [`Because::MOST_EVIDENCE`].
    pub evidence: Vec<Event>,
    /// How many records count in all.
    pub evidence_total: usize,
    /// The reasons of the parts.
    pub children: Vec<Because>,
}

impl Because {
    /// How many records are listed; the rest are only counted.
    pub const MOST_EVIDENCE: usize = 20;
}

/// What a leaf found, beside the records.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A branch, or nothing worth saying.
    Parts,
    /// So many events.
    Count(u32),
    /// A measure; `None` when there is nothing to measure.
    Measure(Option<Decimal>),
    /// The measure now and before; `None` when there is nothing to measure.
    Trend {
        /// In the window of now.
        now: Option<Decimal>,
        /// In the window of before.
        before: Option<Decimal>,
    },
    /// An attribute's value, and since when it is unbroken.
    Value {
        /// The value.
        value: Value,
        /// Since when; `None` when it was never set.
        since: Option<Timestamp>,
    },
    /// When the deciding event happened, if there is one.
    When(Option<Timestamp>),
    /// The last event and the customer's own gap.
    Rhythm {
        /// The last event.
        last: Option<Timestamp>,
        /// The median gap, or the default one.
        gap: Option<Millis>,
    },
    /// The value for which "for some" holds, if any does.
    Some(Option<Value>),
    /// In how many periods the count passed.
    Regularly {
        /// How many.
        periods: u32,
    },
    /// The measures above and below the line; `None` when there is nothing to measure.
    Ratio {
        /// Above the line.
        above: Option<Decimal>,
        /// Below the line.
        below: Option<Decimal>,
    },
    /// Since when the customer is in another segment, or out of it; `None` when that never changed.
    Stay {
        /// Whether the customer is in now.
        is_in: bool,
        /// Since when.
        since: Option<Timestamp>,
    },
    /// For which contacts the inner condition holds, and how many are known.
    Contacts {
        /// Their keys, in order.
        satisfying: Vec<String>,
        /// How many there are in all.
        known: usize,
    },
    /// The customer's place in the draw, from 0 to 100; `None` for somebody without a key.
    Random {
        /// The place.
        percent: Option<Decimal>,
    },
    /// The customer's measure, and the cut with the instant at which it was taken; `None` without one.
    Rank {
        /// The measure.
        value: Option<Decimal>,
        /// The least measure that is in.
        cut: Option<Decimal>,
        /// When the cut was taken.
        taken_at: Option<Timestamp>,
    },
    /// Since when the customer is known.
    Known(Option<Timestamp>),
}
