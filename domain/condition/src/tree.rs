//! A condition that can be evaluated: a tree with logic inside and leaves at its ends.

use std::fmt;

use facts::{Decimal, Value};

use crate::{
    DefaultGap, Filter, HowMany, Length, Mention, NumberTest, RandomShare, Rank, Ratio, Regularly,
    Status, Stayed, Test, Window,
};

/// The name of a segment, as files and addresses spell it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentId(String);

impl SegmentId {
    /// Lower-case letters, digits, `-` and `_`, 1 to 80 of them; `None` for anything else.
    pub fn new(text: &str) -> Option<SegmentId> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        ((1..=80).contains(&text.len()) && text.chars().all(fits))
            .then(|| SegmentId(text.to_owned()))
    }

    /// An id for a condition of our own, which no file and no address can spell.
    pub fn hidden(text: &str) -> SegmentId {
        SegmentId(format!("~{text}"))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SegmentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a customer is in: two-valued, total, sound in every part.
///
/// Invariant: `All` and `Any` are never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every node is a leaf, so a box would only add a hop"
)]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The exact complement over known customers.
    Not(Box<Condition>),
    /// For some one value of an event property, the inner condition holds when every event leaf in it is limited
    /// to the events with that value: "the same product was due, and looked at three times".
    Some {
        /// The property whose values are tried in turn.
        property: String,
        /// Only values found on these events are tried; all events when none is given.
        of: Option<EventPattern>,
        /// What must hold for one value.
        satisfies: Box<Condition>,
    },
    /// For so many contacts of the customer, the inner condition holds when every event and attribute in it is the
    /// contact's own.
    Contacts {
        /// How many of them.
        how_many: HowMany,
        /// What must hold for a contact.
        satisfies: Box<Condition>,
    },
    /// Inside a condition about a contact: back to the whole customer.
    Company(Box<Condition>),
    /// The weights of the parts that hold, added up and compared.
    Points {
        /// Each part with its weight, which may be negative.
        parts: Vec<(i32, Condition)>,
        /// The test of the sum.
        test: NumberTest<Decimal>,
    },
    /// One question about the history.
    Leaf(Leaf),
}

/// One question about one customer's history at an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaf {
    /// An attribute's value passes a test.
    Attribute {
        /// The attribute.
        key: String,
        /// The test.
        test: Test,
    },
    /// An attribute is this value and has been so, unbroken, for at least (or less than) a time.
    Held {
        /// The attribute.
        key: String,
        /// The value it has.
        value: Value,
        /// True: held at least so long; false: held less than so long.
        at_least: bool,
        /// How long.
        length: Length,
    },
    /// The number of matching events in a window.
    Count {
        /// Which events.
        events: Events,
        /// The test of their number.
        test: NumberTest<u32>,
        /// Where to look.
        window: Window,
    },
    /// A measure over the matching events in a window.
    Measure {
        /// What is measured.
        measured: Measured,
        /// The test of it.
        test: NumberTest<Decimal>,
        /// Where to look.
        window: Window,
    },
    /// The first matching event of all lies in the window.
    First {
        /// Which events.
        events: Events,
        /// Where it must lie.
        window: Window,
        /// The answer where there is no such event at all.
        if_none: bool,
    },
    /// The last event of this name has these properties, and lies in the window.
    Last {
        /// The name.
        name: EventPattern,
        /// What it must have.
        has: Vec<Filter>,
        /// Where it must lie.
        window: Window,
        /// The answer where there is no event of this name at all.
        if_none: bool,
    },
    /// A measure now against the same measure before.
    Trend(Trend),
    /// The customer's own rhythm is overdue.
    Rhythm(Rhythm),
    /// Steps one after another.
    Sequence(Sequence),
    /// Something done in most of the last periods.
    Regularly(Regularly),
    /// One measure as a share of another.
    Ratio(Ratio),
    /// Member of another segment, by its definition at the same instant.
    Segment(SegmentId),
    /// Since when the customer is in another segment, or out of it again.
    Stayed(Stayed),
    /// Where the customer stands in an order of statuses, or moved in it.
    Status(Status),
    /// A tag the customer carries.
    Tagged(String),
    /// A fixed list the customer is on.
    Listed(String),
    /// Topics that came up in reports and messages.
    Mentioned(Mention),
    /// A stable random share of all customers.
    Random(RandomShare),
    /// The strength of a sign, or what a model says.
    Score {
        /// The sign or the model.
        id: String,
        /// The test of it.
        test: NumberTest<Decimal>,
    },
    /// Among the first by a measure.
    Rank(Rank),
    /// Known for at least so long.
    Known(Length),
}

/// A name of events, or the beginning of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventPattern {
    /// Exactly this name.
    Exact(String),
    /// Every name that begins so; the empty prefix is any event.
    Prefix(String),
}

/// Which events count: a name and what their properties must be. All filters bind to the same event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    /// The name.
    pub name: EventPattern,
    /// The filters, all of which must pass.
    pub filters: Vec<Filter>,
}

/// What is measured over events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// How many events.
    Count,
    /// The sum of a property; exact.
    Sum,
    /// Its average; compared without dividing.
    Average,
    /// Its least value; with no value at all the test fails.
    Least,
    /// Its greatest value; with no value at all the test fails.
    Most,
    /// How many different values it has.
    Distinct,
    /// On how many local days there was a matching event.
    Days,
}

/// A measure of a property over some events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// How.
    pub measure: Measure,
    /// Of which property; empty for `Count` and `Days`.
    pub of: String,
    /// Over which events.
    pub events: Events,
}

/// A measure in one window compared with the same measure in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trend {
    /// What is measured in both.
    pub measured: Measured,
    /// The window of now.
    pub now: Window,
    /// The window of before.
    pub before: Window,
    /// How they compare.
    pub test: TrendTest,
    /// The least measure before; below it the trend says nothing and fails.
    pub base_at_least: Decimal,
}

/// How a measure compares with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrendTest {
    /// now <= share x before
    AtMost(Share),
    /// now >= share x before
    AtLeast(Share),
    /// now <= before + difference
    AtMostPlus(Decimal),
    /// now >= before + difference
    AtLeastPlus(Decimal),
}

/// Percent, kept as written so that comparing never divides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// 50 is a half.
    pub percent: Decimal,
}

/// More time has passed since the last matching event than the customer's own rhythm allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// Which events.
    pub events: Events,
    /// Overdue when the time since the last one is more than this times the median gap.
    pub overdue_by: Decimal,
    /// With fewer gaps than this the default gap stands in.
    pub gaps_at_least: u32,
    /// The gap assumed for those with too few; none: they are not overdue.
    pub default_gap: Option<DefaultGap>,
}

/// Events one after another, all inside the window; steps are distinct events and may have equal times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    /// The first step.
    pub first: Events,
    /// The steps after it.
    pub then: Vec<Step>,
    /// Where all steps must lie.
    pub window: Window,
    /// None of these strictly between the first and the last step.
    pub never_between: Option<Events>,
    /// None of these after the last step up to now.
    pub never_since: Option<Events>,
    /// None of these within so long after the last step, and that time has passed.
    pub then_no: Option<(Events, Length)>,
}

/// A further step of a sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which event.
    pub events: Events,
    /// At most so long after the step before; any time when none is given.
    pub within: Option<Length>,
}

impl Condition {
    /// The ids of all segments this one refers to.
    pub fn segments(&self) -> Vec<&SegmentId> {
        let mut found = vec![];
        self.each_leaf(&mut |leaf| match leaf {
            Leaf::Segment(id) => found.push(id),
            Leaf::Stayed(stayed) => found.push(&stayed.segment),
            Leaf::Rank(rank) => found.extend(&rank.among),
            _ => {}
        });
        found
    }

    /// The ids of all signs and models whose score this one asks for.
    pub fn scores(&self) -> Vec<&str> {
        let mut found = vec![];
        self.each_leaf(&mut |leaf| {
            if let Leaf::Score { id, .. } = leaf {
                found.push(id.as_str());
            }
        });
        found
    }

    /// Shows every leaf, in the order in which they are written.
    pub fn each_leaf<'a>(&'a self, show: &mut impl FnMut(&'a Leaf)) {
        match self {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.each_leaf(show));
            }
            Condition::Points { parts, .. } => {
                parts.iter().for_each(|(_, part)| part.each_leaf(show));
            }
            Condition::Not(inner)
            | Condition::Company(inner)
            | Condition::Some { satisfies: inner, .. }
            | Condition::Contacts { satisfies: inner, .. } => inner.each_leaf(show),
            Condition::Leaf(leaf) => show(leaf),
        }
    }
}

impl EventPattern {
    /// Whether a name fits.
    pub fn fits(&self, name: &str) -> bool {
        match self {
            EventPattern::Exact(exact) => exact == name,
            EventPattern::Prefix(prefix) => name.starts_with(prefix.as_str()),
        }
    }
}
