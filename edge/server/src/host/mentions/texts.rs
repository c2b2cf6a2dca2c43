//! Which texts are read, and how what they mention is written as facts.

use std::sync::Arc;

use facts::{
    ContactKey, CustomerKey, EventName, Fact, Properties, PropertiesRef, Timestamp, Value,
    ValueRef, What,
};
use topics::{Cut, Dictionary, Mention};

use crate::host::mentions::index::{Told, Words, Wrote};

/// The properties of events that hold what somebody wrote, in the order in which they are shown.
pub(crate) const FIELDS: [&str; 5] = ["remark", "issue", "text", NOTE, "comment"];
const NOTE: &str = "note";
/// Events that hold our own words to a customer, or mentions themselves.
const NOT_READ: [&str; 3] = ["mentioned", "mail_written", "mail_sent"];
/// The event of a mention.
pub(crate) const MENTIONED: &str = "mentioned";
/// The longest quote that is kept beside a mention, in letters; the text itself has all of it.
const QUOTE_MOST: usize = 300;

/// Whether events of this name are read.
pub(crate) fn is_read(event: &str) -> bool {
    !NOT_READ.contains(&event)
}

/// Whether the event of a fact has a text that is read.
pub(super) fn has_text(fact: &Fact) -> bool {
    let What::Happened { name, properties } = &fact.what else { return false };
    is_read(name.as_str()) && texts(properties.borrowed()).next().is_some()
}

/// Whether the event of a fact is there for its text.
pub(super) fn stands_alone(fact: &Fact) -> bool {
    let What::Happened { properties, .. } = &fact.what else { return false };
    is_own_text(properties.borrowed())
}

/// Whether an event is there for its text: a note hangs on something else, and is listed only for what it mentions.
pub(super) fn is_own_text(values: PropertiesRef<'_>) -> bool {
    texts(values).any(|(field, _)| field != NOTE)
}

/// The texts of an event: the property and what it says.
pub(super) fn texts(values: PropertiesRef<'_>) -> impl Iterator<Item = (&'static str, &str)> {
    let said = move |field: &&'static str| match values.get(field) {
        ValueRef::Text(text) if !text.trim().is_empty() => Some((*field, text)),
        _ => None,
    };
    FIELDS.iter().filter_map(said)
}

/// Something that was written about a customer.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    pub(super) customer: &'a CustomerKey,
    pub(super) contact: Option<&'a str>,
    pub(super) at: Timestamp,
    /// Its place in the order of arrival: the name by which mentions refer to it.
    pub(super) seq: u64,
    pub(super) values: PropertiesRef<'a>,
}

pub(super) fn mentions_of_fact(
    dictionary: &Dictionary,
    cut: &dyn Cut,
    fact: &Fact,
    seq: u64,
) -> Vec<Fact> {
    let What::Happened { properties, .. } = &fact.what else { return vec![] };
    let text = Text {
        customer: &fact.customer,
        contact: fact.contact.as_ref().map(ContactKey::as_str),
        at: fact.at,
        seq,
        values: properties.borrowed(),
    };
    mentions_of(dictionary, cut, &text)
}

/// The mentions of an event as facts, in the order of its texts.
pub(super) fn mentions_of(dictionary: &Dictionary, cut: &dyn Cut, text: &Text<'_>) -> Vec<Fact> {
    let mut facts = vec![];
    for (field, written) in texts(text.values) {
        for mention in dictionary.read(written, cut).mentions(written) {
            facts.extend(fact(text, field, written, &mention));
        }
    }
    facts
}

fn fact(text: &Text<'_>, field: &str, written: &str, mention: &Mention) -> Option<Fact> {
    let letters = |bytes: usize| written.get(..bytes).map_or(0, |part| part.chars().count()) as i64;
    let quote = written.get(mention.sentence.clone()).unwrap_or_default();
    let quote: String = quote.trim().chars().take(QUOTE_MOST).collect();
    let number = |number: u64| Value::from(i64::try_from(number).unwrap_or(i64::MAX));
    let properties = Properties::new([
        ("topic", Value::from(mention.topic.as_str())),
        ("term", Value::from(mention.term.as_str())),
        ("negated", Value::from(!mention.counts)),
        ("polarity", Value::from(mention.polarity.word())),
        ("subject", Value::from(mention.subject.word())),
        ("grade", Value::from(mention.grade.word())),
        ("rule", Value::from(mention.rule.as_str())),
        ("rule_since", Value::from(i64::from(mention.rule_since))),
        ("quote", Value::from(quote)),
        ("field", Value::from(field)),
        ("begin", Value::from(letters(mention.span.start))),
        ("end", Value::from(letters(mention.span.end))),
        (REPORT, number(text.seq)),
    ]);
    let name = EventName::new(MENTIONED);
    let (Ok(properties), Ok(name)) = (properties, name) else {
        // A term with a sign that no value may hold: it cannot be told, and the text stays.
        return None;
    };
    Some(Fact {
        customer: text.customer.clone(),
        contact: text.contact.and_then(|key| ContactKey::new(key).ok()),
        at: text.at,
        what: What::Happened { name, properties },
        id: None,
    })
}

/// The property of a mention that names the text it was found in.
const REPORT: &str = "report";

/// The text that a mention of ours was found in, by its place in the order of arrival; none for mentions that a firm's
/// own programs tell of.
pub(crate) fn number_of(values: PropertiesRef<'_>) -> Option<u64> {
    let number = values.get(REPORT).as_number()?;
    values.get("rule").as_text()?;
    u64::try_from(number).ok()
}

/// Whether a mention was found in this text.
pub(crate) fn is_mention(values: PropertiesRef<'_>, report: u64) -> bool {
    number_of(values) == Some(report)
}

/// An event with a text, as the index keeps it, with what of `mentions` was found in it.
pub(super) fn wrote(fact: &Fact, seq: u64, mentions: &[Fact], words: &mut Words) -> Wrote {
    let (event, values) = match &fact.what {
        What::Happened { name, properties } => (name.as_str(), properties.borrowed()),
        What::Became(values) => ("", values.borrowed()),
    };
    let of_it = mentions.iter().filter_map(|fact| match &fact.what {
        What::Happened { properties, .. } => Some(properties.borrowed()),
        What::Became(_) => None,
    });
    let told = of_it.filter(|values| is_mention(*values, seq)).map(|values| told(values, words));
    let told = told.collect();
    Wrote {
        at: fact.at,
        seq,
        event: words.one(event),
        rep: values.get("rep").as_text().map(|rep| words.one(rep.trim())),
        told,
    }
}

/// A mention, as the index keeps it.
pub(super) fn told(values: PropertiesRef<'_>, words: &mut Words) -> Told {
    let mut word =
        |name: &str| -> Arc<str> { words.one(values.get(name).as_text().unwrap_or_default()) };
    Told {
        topic: word("topic"),
        term: word("term"),
        rule: word("rule"),
        counts: values.get("negated") != ValueRef::Bool(true),
    }
}
