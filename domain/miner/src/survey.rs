//! What there is to ask about: names of events, values of their properties, and attributes.

use std::collections::{BTreeMap, BTreeSet};

use condition::Mention;
use facts::{History, ValueRef};

/// What was seen in histories, counted by customers; those of several threads are merged.
#[derive(Debug, Clone, Default)]
pub struct Survey {
    /// At how many customers an event was seen.
    pub(crate) events: BTreeMap<String, u64>,
    /// Text values of a property of an event: at how many customers.
    pub(crate) values: BTreeMap<(String, String), BTreeMap<String, u64>>,
    /// Text values of an attribute.
    pub(crate) attributes: BTreeMap<String, BTreeMap<String, u64>>,
    /// Attributes with numbers.
    pub(crate) numbers: BTreeMap<String, u64>,
    /// Text values of an attribute of contacts.
    pub(crate) contacts: BTreeMap<String, BTreeMap<String, u64>>,
}

/// A property with more values than this names things, and no kind of them.
const VALUES_MOST: usize = 200;

impl Survey {
    /// Adds one customer.
    pub fn add(&mut self, history: &History) {
        let mut seen: BTreeSet<(String, String, String)> = BTreeSet::new();
        for track in history.tracks() {
            let name = history.name(track);
            *self.events.entry(name.to_owned()).or_default() += 1;
            for event in history.events_of(track) {
                for (key, value) in history.particulars(event).iter() {
                    match value {
                        ValueRef::Text(text) if tells(name, key) => {
                            seen.insert((name.to_owned(), key.to_owned(), text.to_owned()));
                        }
                        _ => {}
                    }
                }
            }
        }
        for (name, key, text) in seen {
            count(self.values.entry((name, key)).or_default(), &text);
        }
        let (mut texts, mut of_contacts, mut numbers) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for (contact, key, change) in history.all_changes() {
            match (history.value(change), contact) {
                (ValueRef::Text(text), None) => drop(texts.insert((key, text))),
                (ValueRef::Text(text), Some(_)) => drop(of_contacts.insert((key, text))),
                (value, None) if value.as_number().is_some() => drop(numbers.insert(key)),
                _ => {}
            }
        }
        for (key, text) in texts {
            count(self.attributes.entry(key.to_owned()).or_default(), text);
        }
        for (key, text) in of_contacts {
            count(self.contacts.entry(key.to_owned()).or_default(), text);
        }
        for key in numbers {
            *self.numbers.entry(key.to_owned()).or_default() += 1;
        }
    }

    /// Adds what was seen of other customers.
    pub fn merge(&mut self, other: Survey) {
        for (name, n) in other.events {
            *self.events.entry(name).or_default() += n;
        }
        for (name, n) in other.numbers {
            *self.numbers.entry(name).or_default() += n;
        }
        merge(&mut self.values, other.values);
        merge(&mut self.attributes, other.attributes);
        merge(&mut self.contacts, other.contacts);
    }
}

/// Of a mention it counts what came up; by which rule and where it was found tells of us, and not of the customer.
fn tells(event: &str, property: &str) -> bool {
    event != Mention::EVENT || matches!(property, Mention::TOPIC | "term")
}

fn count(values: &mut BTreeMap<String, u64>, text: &str) {
    if values.len() <= VALUES_MOST || values.contains_key(text) {
        *values.entry(text.to_owned()).or_default() += 1;
    }
}

fn merge<K: Ord>(
    own: &mut BTreeMap<K, BTreeMap<String, u64>>,
    other: BTreeMap<K, BTreeMap<String, u64>>,
) {
    for (key, values) in other {
        let here = own.entry(key).or_default();
        for (text, n) in values {
            *here.entry(text).or_default() += n;
        }
    }
}

/// The values that name kinds of things: few of them, the commonest first.
pub(crate) fn kinds(values: &BTreeMap<String, u64>, least: u64, most: usize) -> Vec<&str> {
    if VALUES_MOST < values.len() {
        return vec![];
    }
    let mut common: Vec<(&str, u64)> = values
        .iter()
        .filter(|(text, n)| least <= **n && !text.is_empty() && text.chars().count() <= 40)
        .map(|(text, n)| (text.as_str(), *n))
        .collect();
    common.sort_by_key(|(text, n)| (std::cmp::Reverse(*n), *text));
    common.into_iter().take(most).map(|(text, _)| text).collect()
}
