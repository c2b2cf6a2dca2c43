//! Tests of offers over real histories, asked of the real kernel.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod fits;
mod next;
mod proposals;
mod unknown;

use facts::{
    Calendar, ContactKey, CustomerKey, EventName, Fact, History, Properties, Timestamp, Value, What,
};
use kernel::{Plan, Scratch};

/// The instant everything is asked about.
pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T00:00:00+09:00").unwrap()
}

pub(crate) fn calendar() -> Calendar {
    Calendar::japan()
}

/// What is told of one customer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told(pub(crate) Vec<Fact>);

impl Told {
    fn add(mut self, contact: Option<&str>, what: What) -> Told {
        self.0.push(Fact {
            customer: CustomerKey::new("C-1").unwrap(),
            contact: contact.map(|key| ContactKey::new(key).unwrap()),
            at: now().minus(Timestamp::DAY),
            what,
            id: None,
        });
        self
    }

    pub(crate) fn known(self) -> Told {
        self.add(None, What::Became(Properties::default()))
    }

    pub(crate) fn is(self, key: &str, value: impl Into<Value>) -> Told {
        self.add(None, What::Became(Properties::new([(key, value.into())]).unwrap()))
    }

    pub(crate) fn contact(self, contact: &str, key: &str, value: impl Into<Value>) -> Told {
        self.add(Some(contact), What::Became(Properties::new([(key, value.into())]).unwrap()))
    }

    pub(crate) fn did(self, name: &str, properties: &[(&str, Value)]) -> Told {
        let properties = Properties::new(properties.iter().cloned()).unwrap();
        self.add(None, What::Happened { name: EventName::new(name).unwrap(), properties })
    }

    pub(crate) fn history(&self) -> History {
        History::of(self.0.iter().map(|fact| (fact, fact.at)))
    }
}

/// Which of some conditions hold for a history.
pub(crate) fn asked(conditions: &[condition::Condition], history: &History) -> Vec<bool> {
    let named = conditions.iter().enumerate();
    let named = named.map(|(n, one)| (condition::SegmentId::hidden(&n.to_string()), one.clone()));
    let plan = Plan::new(named.collect()).unwrap();
    let (calendar, mut scratch) = (calendar(), Scratch::default());
    let ask = |n| plan.evaluate_one(n, history, now(), &calendar, &mut scratch).value;
    (0..conditions.len()).map(ask).collect()
}
