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
    /// Since when the customer is known.
    Known(Option<Timestamp>),
}
