//! Conditions in Japanese.
//!
//! A leaf ends in the plain form; parts are joined by 「、かつ」 and 「、または」, and a group inside another stands
//! in （…）, after which the comma is left out.

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
        Polar::All(parts) => group(parts, "かつ", words),
        Polar::Any(parts) => group(parts, "または", words),
        Polar::Leaf(one, yes) => leaf(one, *yes, words),
        Polar::Contacts { how_many, yes, inner } => {
            standing::contacts(*how_many, *yes, &condition(inner, words))
        }
        Polar::Company(inner) => format!("会社について、{}", condition(inner, words)),
        Polar::Points { parts, test, yes } => {
            let part = |(weight, part): &(i32, Polar<'_>)| {
                format!("{}に{weight}点", test::quoted(&condition(part, words)))
            };
            let parts: Vec<String> = parts.iter().map(part).collect();
            standing::points(&parts.join("、"), test, *yes)
        }
        Polar::Same { property, of, every, inner } => {
            let label = test::Of::Property.label(property);
            let done = of.map(|pattern| deed::having(property, &polar::plain_deed(pattern)));
            let which = match (done, every) {
                (None, false) => format!("同じ{label}について"),
                (None, true) => format!("どの{label}についても"),
                (Some(done), false) => format!("{done}{label}のどれか1つについて"),
                (Some(done), true) => format!("{done}どの{label}についても"),
            };
            format!("{which}、{}", condition(inner, words))
        }
    }
}

/// A test of an attribute, with its subject.
pub(super) fn test(attribute: &str, test: &Test) -> String {
    test::say(test::Of::Attribute, attribute, test, true).end()
}

/// A measure of events.
pub(super) fn measured(measured: &Measured) -> String {
    deed::measured(measured.measure, &measured.of, &polar::deed(&measured.events))
}

/// One event that happened.
pub(super) fn event(done: &Deed<'_>) -> String {
    let clause = deed::clause(done);
    format!("{}{}", clause.head, clause.past)
}

/// A property of an event that happened: 「金額: 12,000円」.
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
            text.push_str(if after_bracket { "" } else { "、" });
            text.push_str(word);
        }
        after_bracket = part.needs_brackets();
        let said = condition(part, words);
        text.push_str(&if after_bracket { format!("（{said}）") } else { said });
    }
    text
}
