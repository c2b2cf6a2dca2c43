//! "viewed the pricing page at least 3 times": what a customer does, in English.

use std::borrow::Cow;

use super::test::{self, Of, listed, quoted};
use super::window::{adverb, reaches_now, spaced};
use crate::say::events::{self, EventWords, Object};
use crate::say::figures::{say_amount, say_count};
use crate::say::polar::{Deed, DeedKind, HowOften};
use crate::say::{Language, words};
use crate::{Filter, Measure, NumberTest, Window};

/// When something happened or not, which chooses the tense: "logged in last month", "has not logged in this month".
#[derive(Debug)]
pub(super) struct When {
    /// Something that happened is said in the perfect.
    pub(super) has: bool,
    /// How the perfect of something that did not happen begins; without it the plain past says it.
    pub(super) has_not: Option<&'static str>,
    pub(super) phrase: String,
}

impl When {
    /// In a window.
    pub(super) fn within(window: &Window) -> When {
        let has = matches!(window, Window::Always);
        let has_not = if has { "has never" } else { "has not" };
        When { has, has_not: reaches_now(window).then_some(has_not), phrase: adverb(window) }
    }

    /// At some moment the sentence names elsewhere.
    pub(super) const THEN: When = When { has: false, has_not: None, phrase: String::new() };
    /// From a moment the sentence names elsewhere up to now.
    pub(super) const UP_TO_NOW: When =
        When { has: true, has_not: Some("has not"), phrase: String::new() };
}

/// How often the customer did it.
pub(super) fn count(done: &Deed<'_>, how: HowOften, when: &When) -> String {
    match how {
        HowOften::Never => never(done, when),
        HowOften::Ever => did(done, "", when),
        HowOften::Number(test, yes) => did(done, &times(test, yes), when),
    }
}

/// "logged in at least 3 times in the last 30 days"; over the whole history "has logged in".
pub(super) fn did(done: &Deed<'_>, how: &str, when: &When) -> String {
    let (begins, verb) = match &done.kind {
        DeedKind::Known(words, _) if when.has => ("has".to_owned(), words.en.participle),
        DeedKind::Known(words, _) => (String::new(), words.en.past),
        DeedKind::Named(_) | DeedKind::Begins(_) if when.has => (subject(done), "has happened"),
        DeedKind::Named(_) | DeedKind::Begins(_) => (subject(done), "happened"),
    };
    spaced(&[&begins, verb, &object(done), how, &when.phrase])
}

/// "has not logged in during the last 30 days", "did not log in last month", "has never logged in".
pub(super) fn never(done: &Deed<'_>, when: &When) -> String {
    let (begins, verb, object) = match (&done.kind, when.has_not) {
        (DeedKind::Known(words, _), Some(has_not)) => {
            (has_not.to_owned(), words.en.participle, any_object(words, done))
        }
        (DeedKind::Known(words, _), None) => {
            (String::new(), words.en.past_not, any_object(words, done))
        }
        (DeedKind::Named(_), Some(has_not)) => (subject(done), has_not, "happened".to_owned()),
        (DeedKind::Named(_), None) => (subject(done), "did not happen", String::new()),
        (DeedKind::Begins(prefix), has_not) => {
            let subject = format!("no event beginning with {}", quoted(prefix));
            let happened = if has_not.is_some() { "has happened" } else { "happened" };
            (spaced(&[&subject, &with(&done.rest)]), happened, String::new())
        }
    };
    spaced(&[&begins, verb, &object, &when.phrase])
}

/// "first made a purchase", "was first approached".
pub(super) fn did_at(order: &str, done: &Deed<'_>, when: &When) -> String {
    let begins = match &done.kind {
        DeedKind::Known(words, _) => match words.en.past.strip_prefix("was ") {
            Some(rest) => format!("was {order} {rest}"),
            None => format!("{order} {}", words.en.past),
        },
        DeedKind::Named(_) | DeedKind::Begins(_) => format!("{} {order} happened", subject(done)),
    };
    spaced(&[&begins, &object(done), &when.phrase])
}

/// "purchase", as in "the last purchase", with all filters.
pub(super) fn noun(done: &Deed<'_>) -> String {
    let bare = match &done.kind {
        DeedKind::Known(words, _) => words.label.en.to_owned(),
        DeedKind::Named(name) => quoted(name),
        DeedKind::Begins(prefix) => format!("event beginning with {}", quoted(prefix)),
    };
    spaced(&[&bare, &with(&done.all)])
}

/// "purchases with category “cosmetics”", "pricing page views".
pub(super) fn plural(done: &Deed<'_>) -> String {
    let (bare, rest) = match &done.kind {
        DeedKind::Known(words, objects) => match plural_of(words, objects) {
            Some(bare) => (bare, &done.rest),
            None => (words.plural.to_owned(), &done.all),
        },
        DeedKind::Named(name) => (quoted(name), &done.all),
        DeedKind::Begins(prefix) => {
            (format!("events beginning with {}", quoted(prefix)), &done.all)
        }
    };
    spaced(&[&bare, &with(rest)])
}

/// What is measured: "total purchase amount", "number of logins".
pub(super) fn measured(measure: Measure, of: &str, done: &Deed<'_>) -> String {
    let label = Of::Property.label(of);
    let what = match &done.kind {
        DeedKind::Known(words, _) if words.name == "purchased" && of == "amount" => {
            spaced(&["purchase amount", &with(&done.all)])
        }
        DeedKind::Known(..) | DeedKind::Named(_) | DeedKind::Begins(_) => {
            format!("{label} of {}", plural(done))
        }
    };
    match measure {
        Measure::Count => format!("number of {}", plural(done)),
        Measure::Days => format!("number of days with {}", plural(done)),
        Measure::Sum => format!("total {what}"),
        Measure::Average => format!("average {what}"),
        Measure::Least => format!("lowest {what}"),
        Measure::Most => format!("highest {what}"),
        Measure::Distinct => format!("number of different {} in {}", several(of), plural(done)),
    }
}

/// The unit a measure is counted in.
pub(super) fn unit(measure: Measure, of: &str) -> &'static str {
    match measure {
        Measure::Count | Measure::Days | Measure::Distinct => "",
        Measure::Sum | Measure::Average | Measure::Least | Measure::Most => words::unit(of).en,
    }
}

/// "at least 3 times", "exactly once".
pub(super) fn times(test: NumberTest<u32>, yes: bool) -> String {
    let said = |n: u32| say_count(n.into(), Language::En);
    match (test, yes) {
        (NumberTest::AtLeast(n), _) => format!("at least {}", said(n)),
        (NumberTest::AtMost(n), _) => format!("at most {}", said(n)),
        (NumberTest::MoreThan(n), _) => format!("more than {}", said(n)),
        (NumberTest::LessThan(n), _) => format!("fewer than {} times", say_amount(&n.into())),
        (NumberTest::Exactly(n), true) => format!("exactly {}", said(n)),
        (NumberTest::Exactly(n), false) => {
            format!("a number of times other than {}", say_amount(&n.into()))
        }
        (NumberTest::Between(a, b), true) => format!("{a} to {b} times"),
        (NumberTest::Between(a, b), false) => format!("a number of times other than {a} to {b}"),
    }
}

/// "with category “cosmetics” and amount of at least 10,000 yen"
pub(super) fn with(filters: &[&Filter]) -> String {
    if filters.is_empty() {
        return String::new();
    }
    let said: Vec<String> =
        filters.iter().map(|filter| test::with(&filter.property, &filter.test, true)).collect();
    format!("with {}", listed(&said, "and"))
}

/// What it is done to, with the filters that are left: "a purchase with amount of …".
fn object(done: &Deed<'_>) -> String {
    let DeedKind::Known(words, objects) = &done.kind else { return String::new() };
    let said: Vec<String> = objects
        .iter()
        .map(|(object, value)| {
            object.words.en.replacen("{}", &test::marked(object.property, value), 1)
        })
        .collect();
    let object = if said.is_empty() { words.en.object.to_owned() } else { listed(&said, "or") };
    spaced(&[&object, &with(&done.rest)])
}

/// The object after a "not".
fn any_object(words: &EventWords, done: &Deed<'_>) -> String {
    let any = if words.name == events::ANY.name { "any " } else { "" };
    format!("{any}{}", object(done))
}

/// Who does what has no verb: “foo” with its filters.
fn subject(done: &Deed<'_>) -> String {
    let bare = match &done.kind {
        DeedKind::Known(words, _) => words.label.en.to_owned(),
        DeedKind::Named(name) => quoted(name),
        DeedKind::Begins(prefix) => format!("an event beginning with {}", quoted(prefix)),
    };
    spaced(&[&bare, &with(&done.rest)])
}

/// "pricing page views", "won deals": where one object has a plural of its own.
fn plural_of(words: &EventWords, objects: &[(&Object, Cow<'_, str>)]) -> Option<String> {
    let [(object, value)] = objects else { return None };
    if object.property == "page_type" {
        let page = words::value("page_type", value)?;
        return Some(format!("{} views", page.en));
    }
    let is_thing = words.en.past == "had" || words.en.past == "sent";
    let one = object.words.en.strip_prefix("a ").filter(|_| is_thing)?;
    (!one.contains('{')).then(|| format!("{one}s"))
}

/// "products", "categories".
fn several(property: &str) -> String {
    let Some(word) = words::property(property) else {
        return format!("values of {}", quoted(property));
    };
    match word.en.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{}s", word.en),
    }
}
