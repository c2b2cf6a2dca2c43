//! Conditions in English.
//!
//! The customer is the subject and is left out; parts are joined by "and" and "or", and a group inside another
//! stands in brackets.

mod deed;
mod leaf;
mod standing;
mod test;
mod window;

use super::Words;
use super::polar::{self, Deed, Polar};
use crate::{Measured, Test};

pub(super) use leaf::{one as leaf, threshold};
pub(super) use window::noun as window;

/// The whole condition.
pub(super) fn condition(said: &Polar<'_>, words: &Words<'_>) -> String {
    match said {
        Polar::All(parts) => group(parts, "and", words),
        Polar::Any(parts) => group(parts, "or", words),
        Polar::Leaf(one, yes) => leaf(one, *yes, words),
        Polar::Contacts { how_many, yes, inner } => {
            format!("{} ({})", standing::contacts(*how_many, *yes), condition(inner, words))
        }
        Polar::Company(inner) => format!("for the company: {}", condition(inner, words)),
        Polar::Points { parts, test, yes } => {
            let part = |(weight, part): &(i32, Polar<'_>)| {
                format!("{weight} for {}", condition(part, words))
            };
            let parts: Vec<String> = parts.iter().map(part).collect();
            standing::points(&parts.join("; "), test, *yes)
        }
        Polar::Same { property, of, every, inner } => {
            let label = test::Of::Property.label(property);
            let among = of.map_or_else(String::new, |pattern| {
                format!(" found in {}", deed::plural(&polar::plain_deed(pattern)))
            });
            let which = if *every { "every" } else { "one and the same" };
            format!("for {which} {label}{among}: {}", condition(inner, words))
        }
    }
}

/// A test of an attribute, with its subject.
pub(super) fn test(attribute: &str, test: &Test) -> String {
    test::say(test::Of::Attribute, attribute, test, true)
}

/// A measure of events.
pub(super) fn measured(measured: &Measured) -> String {
    deed::measured(measured.measure, &measured.of, &polar::deed(&measured.events))
}

/// One event that happened.
pub(super) fn event(done: &Deed<'_>) -> String {
    deed::did(done, "", &deed::When::THEN)
}

/// A property of an event that happened: "amount: 12,000 yen".
pub(super) fn detail(key: &str, value: &facts::Value) -> String {
    let said = match value {
        facts::Value::Text(text) if super::words::value(key, text).is_none() => text.to_string(),
        other => test::plain_value(key, other),
    };
    format!("{}: {said}", test::Of::Property.label(key))
}

fn group(parts: &[Polar<'_>], word: &str, words: &Words<'_>) -> String {
    let mut text = String::new();
    let mut after_bracket = false;
    for part in parts {
        if !text.is_empty() {
            text.push_str(if after_bracket { " " } else { ", " });
            text.push_str(word);
            text.push(' ');
        }
        after_bracket = part.needs_brackets();
        let said = condition(part, words);
        text.push_str(&if after_bracket { format!("({said})") } else { said });
    }
    text
}
