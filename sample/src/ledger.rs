//! Where the sample's facts are collected, and put in the order in which they happened.

use std::collections::BTreeMap;

use facts::{ContactKey, CustomerKey, EventName, Fact, Properties, Timestamp, Value, What};

/// Whom a fact is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Who<'a> {
    pub(crate) customer: &'a CustomerKey,
    pub(crate) contact: Option<&'a ContactKey>,
}

/// All facts so far, in no order.
#[derive(Debug)]
pub(crate) struct Ledger {
    now: Timestamp,
    facts: Vec<Fact>,
    names: BTreeMap<&'static str, EventName>,
}

impl Ledger {
    pub(crate) fn until(now: Timestamp) -> Ledger {
        Ledger { now, facts: Vec::with_capacity(300_000), names: BTreeMap::new() }
    }

    /// Notes an event. One after now has not happened yet and is left out.
    pub(crate) fn happened<'a>(
        &mut self,
        who: Who<'_>,
        at: Timestamp,
        name: &'static str,
        properties: impl IntoIterator<Item = (&'a str, Value)>,
    ) {
        let name = self
            .names
            .entry(name)
            .or_insert_with(|| sound(EventName::new(name), "our event names are names"))
            .clone();
        self.note(who, at, What::Happened { name, properties: packed(properties) });
    }

    /// Notes attributes that hold from `at` on. What will be after now is left out.
    pub(crate) fn became<'a>(
        &mut self,
        who: Who<'_>,
        at: Timestamp,
        attributes: impl IntoIterator<Item = (&'a str, Value)>,
    ) {
        self.note(who, at, What::Became(packed(attributes)));
    }

    fn note(&mut self, who: Who<'_>, at: Timestamp, what: What) {
        if self.now < at {
            return;
        }
        self.facts.push(Fact {
            customer: who.customer.clone(),
            contact: who.contact.cloned(),
            // Whole seconds, as files write them.
            at: at.minus(at.millis().rem_euclid(Timestamp::SECOND)),
            what,
            id: None,
        });
    }

    /// The facts in time order, numbered. Those of one instant keep the order in which they were noted.
    pub(crate) fn into_facts(self) -> Vec<Fact> {
        let mut facts = self.facts;
        facts.sort_by_key(|fact| fact.at);
        for (place, fact) in facts.iter_mut().enumerate() {
            fact.id = Some(format!("s-{:06}", place + 1));
        }
        facts
    }
}

fn packed<'a>(pairs: impl IntoIterator<Item = (&'a str, Value)>) -> Properties {
    sound(Properties::new(pairs), "our particulars are short and few")
}

/// A customer key of ours.
pub(crate) fn customer_key(text: &str) -> CustomerKey {
    sound(CustomerKey::new(text), "our customer keys are keys")
}

/// A contact key of ours.
pub(crate) fn contact_key(text: &str) -> ContactKey {
    sound(ContactKey::new(text), "our contact keys are keys")
}

/// What we made ourselves and know to be sound.
fn sound<T, E: std::fmt::Debug>(made: Result<T, E>, why: &str) -> T {
    match made {
        Ok(made) => made,
        Err(error) => unreachable!("{why}: {error:?}"),
    }
}
