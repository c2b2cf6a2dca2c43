//! The persons at a company, and which of them to call about a sign.

use facts::{History, Timestamp};
use signs::SignKind;

/// A person at a company (or the customer, who is a person) as known at an instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// The contact's key; empty for a customer who is a person.
    pub key: String,
    /// The name.
    pub name: Option<String>,
    /// The role in a decision: `decides`, `influences`, `champions` or `uses`.
    pub role: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
}

/// All persons at a customer, in the order of their keys.
pub fn persons(history: &History, now: Timestamp) -> Vec<Person> {
    let of = |contact: &str| {
        let text =
            |key: &str| history.contact_attribute(contact, key, now).as_text().map(str::to_owned);
        Person {
            key: contact.to_owned(),
            name: text("name"),
            role: text("role"),
            title: text("title"),
            phone: text("phone"),
            email: text("email"),
        }
    };
    history.contacts().map(of).collect()
}

/// The person to call about a sign: by role, then who can be reached, then who was active last.
pub fn person_to_call(history: &History, kind: SignKind, now: Timestamp) -> Option<Person> {
    let roles = match kind {
        SignKind::Purchase | SignKind::FollowUp => ["champions", "decides", "influences", "uses"],
        SignKind::Upsell => ["decides", "champions", "influences", "uses"],
        SignKind::Churn => ["champions", "uses", "decides", "influences"],
        SignKind::Replenishment => ["uses", "champions", "influences", "decides"],
    };
    let rank = |person: &Person| {
        let role =
            person.role.as_deref().and_then(|role| roles.iter().position(|wanted| *wanted == role));
        (
            person.phone.is_none(),
            role.unwrap_or(roles.len()),
            std::cmp::Reverse(last_seen(history, &person.key, now)),
        )
    };
    let known = persons(history, now);
    known.into_iter().min_by_key(rank).or_else(|| the_customer(history, now))
}

/// A customer without contacts answers the telephone in person.
fn the_customer(history: &History, now: Timestamp) -> Option<Person> {
    let text = |key: &str| history.attribute(key, now).as_text().map(str::to_owned);
    let person = Person {
        name: text("name"),
        phone: text("phone"),
        email: text("email"),
        ..Person::default()
    };
    (person.phone.is_some() || person.email.is_some()).then_some(person)
}

fn last_seen(history: &History, contact: &str, now: Timestamp) -> Option<Timestamp> {
    let events = history.tracks().iter().flat_map(|track| history.events_of(track));
    let theirs =
        events.filter(|event| history.contact_of(event) == Some(contact) && event.stamp.at <= now);
    theirs.map(|event| event.stamp.at).max()
}
