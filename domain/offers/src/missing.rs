//! Which facts are missing for one customer, so that the one to ask for first can be named.

use condition::{Condition, Leaf};
use facts::{History, Timestamp};

use crate::unsure::{TEXTS, attributes};

/// A fact that is not known of a customer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// Whether there is a need, by id.
    Need(String),
    /// An attribute.
    Attribute(String),
    /// An attribute of at least one of the contacts.
    OfContact(String),
    /// Who the people there are.
    Contacts,
    /// Anything that was written about the customer.
    Texts,
    /// What a model says.
    Score(String),
    /// What the criterion itself says must be known, by its place.
    Told(usize),
}

/// The facts a condition looks at that are not known of a customer, each once and in order.
pub fn missing(
    condition: &Condition,
    history: &History,
    at: Timestamp,
    is_sign: &dyn Fn(&str) -> bool,
) -> Vec<Missing> {
    let mut found = vec![];
    gather(condition, (history, at, is_sign), None, &mut found);
    found.sort();
    found.dedup();
    found
}

type Looked<'a> = (&'a History, Timestamp, &'a dyn Fn(&str) -> bool);

fn gather(
    condition: &Condition,
    looked: Looked<'_>,
    contact: Option<&str>,
    found: &mut Vec<Missing>,
) {
    let (history, at, is_sign) = looked;
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| gather(part, looked, contact, found));
        }
        Condition::Points { parts, .. } => {
            parts.iter().for_each(|(_, part)| gather(part, looked, contact, found));
        }
        Condition::Not(inner) => gather(inner, looked, contact, found),
        Condition::Company(inner) => gather(inner, looked, None, found),
        Condition::Contacts { satisfies, .. } => {
            let known = history.contacts_known_since().into_iter();
            let known: Vec<&str> =
                known.filter(|(_, since)| *since <= at).map(|one| one.0).collect();
            if known.is_empty() {
                found.push(Missing::Contacts);
            }
            known.into_iter().for_each(|one| gather(satisfies, looked, Some(one), found));
        }
        Condition::Some { .. } => {}
        Condition::Leaf(Leaf::Mentioned(_)) => {
            let wrote = |name: &&str| {
                let track = history.track(name);
                track.is_some_and(|track| {
                    history.events_of(track).first().is_some_and(|event| event.stamp.at <= at)
                })
            };
            if !TEXTS.iter().any(wrote) {
                found.push(Missing::Texts);
            }
        }
        Condition::Leaf(Leaf::Score { id, .. }) => {
            let key = format!("score:{id}");
            if !is_sign(id) && history.attribute(&key, at).is_missing() {
                found.push(Missing::Score(id.clone()));
            }
        }
        Condition::Leaf(leaf) => {
            let keys = attributes(leaf).into_iter();
            found.extend(keys.filter_map(|key| match contact {
                None if history.attribute(key, at).is_missing() => {
                    Some(Missing::Attribute(key.to_owned()))
                }
                Some(one) if history.contact_attribute(one, key, at).is_missing() => {
                    Some(Missing::OfContact(key.to_owned()))
                }
                _ => None,
            }));
        }
    }
}
