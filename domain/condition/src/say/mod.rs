//! A condition says itself, in Japanese and in English.
//!
//! The same sentence stands in the interface, the API, mails, exports and the log of changes, so it is made here,
//! once. A NOT is pushed inward until it stands on a leaf, where each language has a natural negative
//! (「一度もログインしていない」, "has not logged in"). Sentences are built by a grammar per language, never by
//! joining translated words. Texts of customers stay as they were written.
//!
//! Read in this order: `polar`, `words`, then `ja` and `en`.

mod en;
mod events;
mod figures;
mod ja;
mod polar;
mod words;

use facts::PropertiesRef;

use crate::{
    Condition, EventPattern, Events, Filter, Leaf, Measured, Operand, SegmentId, Test, Window,
};

pub use figures::{say_amount, say_count, say_duration, say_length, say_moment};

/// A language people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Japanese.
    Ja,
    /// English.
    En,
}

/// How the caller names things that have a name of their own.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The name of a segment in the language that is spoken; its id stands in when there is none.
    pub segment: &'a dyn Fn(&SegmentId) -> Option<String>,
    /// The name of a sign in the language that is spoken; its id stands in when there is none.
    pub sign: &'a dyn Fn(&str) -> Option<String>,
}

impl Words<'static> {
    /// No names: segments and signs are called by their ids.
    pub fn plain() -> Words<'static> {
        Words { segment: &|_| None, sign: &|_| None }
    }
}

/// The condition as a sentence, without a full stop: 「直近30日間に一度もログインしていない」.
pub fn say_condition(condition: &Condition, language: Language, words: &Words<'_>) -> String {
    let said = polar::polar(condition, true);
    match language {
        Language::Ja => ja::condition(&said, words),
        Language::En => en::condition(&said, words),
    }
}

/// One leaf as a sentence.
pub fn say_leaf(leaf: &Leaf, language: Language, words: &Words<'_>) -> String {
    match language {
        Language::Ja => ja::leaf(leaf, true, words),
        Language::En => en::leaf(leaf, true, words),
    }
}

/// What a leaf asks for, without what it asks about: 「3回以上」, "at least 3 times".
pub fn say_threshold(leaf: &Leaf, language: Language) -> String {
    match language {
        Language::Ja => ja::threshold(leaf),
        Language::En => en::threshold(leaf),
    }
}

/// A test of an attribute's value, with its subject: 「プランがスタンダード」, "plan is Standard".
pub fn say_test(attribute: &str, test: &Test, language: Language) -> String {
    match language {
        Language::Ja => ja::test(attribute, test),
        Language::En => en::test(attribute, test),
    }
}

/// What is measured: 「購入金額の合計」, "total purchase amount".
pub fn say_measured(measured: &Measured, language: Language) -> String {
    match language {
        Language::Ja => ja::measured(measured),
        Language::En => en::measured(measured),
    }
}

/// A window: 「直近30日間」, "the last 30 days".
pub fn say_window(window: &Window, language: Language) -> String {
    match language {
        Language::Ja => ja::window(window),
        Language::En => en::window(window),
    }
}

/// An event as it happened, with the particulars people look for: 「料金ページを見た」, 「購入した（金額: 12,000円）」.
pub fn say_event(name: &str, properties: PropertiesRef<'_>, language: Language) -> String {
    /// What is worth saying of an event, in this order; the rest is on its own page.
    const DETAILS: [&str; 12] = [
        "page",
        "product",
        "category",
        "amount",
        "quantity",
        "deal_name",
        "used",
        "limit",
        "issue",
        "temperature",
        "reason",
        "store",
    ];
    let name = EventPattern::Exact(name.to_owned());
    let filters = properties.iter().filter(|(_, value)| !value.is_missing());
    let filters = filters.map(|(property, value)| Filter {
        property: property.to_owned(),
        test: Test::Is(Operand::Value(value.to_owned())),
    });
    let events = Events { name, filters: filters.collect() };
    let mut deed = polar::deed(&events);
    // What made the object is said already.
    let left = std::mem::take(&mut deed.rest);
    let mut details = Vec::new();
    for key in DETAILS {
        let Some(filter) = left.iter().find(|filter| filter.property == key) else { continue };
        let Test::Is(Operand::Value(value)) = &filter.test else { continue };
        details.push(match language {
            Language::Ja => ja::detail(key, value),
            Language::En => en::detail(key, value),
        });
    }
    let (said, comma, open, close) = match language {
        Language::Ja => (ja::event(&deed), "、", "（", "）"),
        Language::En => (en::event(&deed), ", ", " (", ")"),
    };
    match details.is_empty() {
        true => said,
        false => format!("{said}{open}{}{close}", details.join(comma)),
    }
}

/// The outcome of an approach: 「応答なし」, "No answer"; as written when it is none of ours.
pub fn say_outcome(outcome: &str, language: Language) -> String {
    label_of_value("outcome", outcome, language)
}

/// What an event is called: 「料金ページ」 is viewed, this is 「ページ閲覧」. A name of the firm's own stays as written.
pub fn label_of_event(name: &str, language: Language) -> String {
    label(events::event(name).map(|words| words.label), name, language)
}

/// What an attribute is called: 「従業員数」, "Number of employees".
pub fn label_of_attribute(key: &str, language: Language) -> String {
    label(words::attribute(key), key, language)
}

/// What a property of an event is called: 「金額」, "Amount".
pub fn label_of_property(key: &str, language: Language) -> String {
    label(words::property(key), key, language)
}

/// What a value of an attribute or property is called: `decides` is 「決裁者」, "Decision maker".
pub fn label_of_value(key: &str, value: &str, language: Language) -> String {
    label(words::value(key, value), value, language)
}

fn label(word: Option<words::Word>, written: &str, language: Language) -> String {
    word.map_or_else(|| written.to_owned(), |word| words::capitalised(word.of(language)))
}
