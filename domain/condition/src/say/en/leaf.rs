//! One leaf in English, or its complement.

use facts::{Decimal, Value};

use super::deed::{self, When};
use super::standing;
use super::test::{self, Of, listed, number};
use super::window::{adverb, spaced};
use crate::say::Language::En;
use crate::say::Words;
use crate::say::figures::{say_amount, say_length};
use crate::say::polar::{self, Deed, HowOften, flipped, how_often, is_total, wants_absence, whole};
use crate::{
    DefaultGap, EventPattern, Events, Filter, Leaf, Length, Measure, Measured, NumberTest, Rhythm,
    Sequence, Trend, TrendTest, Window,
};

/// The leaf when `yes`, its complement otherwise.
pub(crate) fn one(leaf: &Leaf, yes: bool, words: &Words<'_>) -> String {
    match leaf {
        Leaf::Attribute { key, test } => test::say(Of::Attribute, key, test, yes),
        Leaf::Held { key, value, at_least, length } => held(key, value, *at_least, *length, yes),
        Leaf::Count { events, test, window } => {
            deed::count(&polar::deed(events), how_often(*test, yes), &When::within(window))
        }
        Leaf::Measure { measured, test, window } => measure(measured, test, window, yes),
        Leaf::First { events, window, if_none } => {
            let said = first(events, window, yes);
            with_none(said, *if_none, yes, &polar::deed(events))
        }
        Leaf::Last { name, has, window, if_none } => {
            let said = last(name, has, window, yes);
            with_none(said, *if_none, yes, &polar::plain_deed(name))
        }
        Leaf::Trend(trend) => trended(trend, yes),
        Leaf::Rhythm(rhythm) => overdue(rhythm, yes),
        Leaf::Sequence(sequence) => in_order(sequence, yes),
        Leaf::Segment(id) => {
            let name = (words.segment)(id).unwrap_or_else(|| id.to_string());
            format!("is {} {}", if yes { "in" } else { "not in" }, test::quoted(&name))
        }
        Leaf::Regularly(_)
        | Leaf::Ratio(_)
        | Leaf::Stayed(_)
        | Leaf::Status(_)
        | Leaf::Tagged(_)
        | Leaf::Listed(_)
        | Leaf::Mentioned(_)
        | Leaf::Random(_)
        | Leaf::Score { .. }
        | Leaf::Rank(_) => standing::one(leaf, yes, words),
        Leaf::Known(length) => {
            let length = say_length(*length, En);
            match yes {
                true => format!("has been known for at least {length}"),
                false => format!("has been known for less than {length}"),
            }
        }
    }
}

/// What is asked for, without what it is asked of.
pub(crate) fn threshold(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Attribute { key, test } => test::alone(Of::Attribute, key, test, true),
        Leaf::Held { at_least, length, .. } => {
            format!(
                "{} {}",
                if *at_least { "at least" } else { "less than" },
                say_length(*length, En)
            )
        }
        Leaf::Count { test, .. } => match how_often(*test, true) {
            HowOften::Never => "never".to_owned(),
            HowOften::Ever => "at least once".to_owned(),
            HowOften::Number(test, yes) => deed::times(test, yes),
        },
        Leaf::Measure { measured, test, .. } => numbered(measured, test),
        Leaf::First { window, .. } => adverb(window),
        Leaf::Last { has, window, .. } => last_parts(has, window).join(" and "),
        Leaf::Trend(trend) => compared(trend),
        Leaf::Rhythm(rhythm) => format!("more than {}", usual_gap(rhythm)),
        Leaf::Sequence(sequence) => in_order(sequence, true),
        Leaf::Segment(_) => "is in it".to_owned(),
        Leaf::Regularly(_)
        | Leaf::Ratio(_)
        | Leaf::Stayed(_)
        | Leaf::Status(_)
        | Leaf::Tagged(_)
        | Leaf::Listed(_)
        | Leaf::Mentioned(_)
        | Leaf::Random(_)
        | Leaf::Score { .. }
        | Leaf::Rank(_) => standing::threshold(leaf),
        Leaf::Known(length) => format!("at least {}", say_length(*length, En)),
    }
}

/// What is said of those without any such event, where they are in.
fn with_none(said: String, if_none: bool, yes: bool, done: &Deed<'_>) -> String {
    let which = if yes { "including" } else { "leaving out" };
    match if_none {
        true => format!("{said} ({which} those without any {})", deed::noun(done)),
        false => said,
    }
}

fn held(key: &str, value: &Value, at_least: bool, length: Length, yes: bool) -> String {
    let label = Of::Attribute.label(key);
    let value = test::plain_value(key, value);
    let length = say_length(length, En);
    match (yes, at_least) {
        (true, true) => format!("{label} has been {value} for at least {length}"),
        (true, false) => format!("{label} has been {value} for less than {length}"),
        (false, true) => format!("{label} is not {value}, or has been so for less than {length}"),
        (false, false) => format!("{label} is not {value}, or has been so for at least {length}"),
    }
}

fn measure(measured: &Measured, test: &NumberTest<Decimal>, window: &Window, yes: bool) -> String {
    let done = polar::deed(&measured.events);
    let Measured { measure, of, .. } = measured;
    let (test, yes) = if is_total(*measure) { flipped(*test, yes) } else { (*test, yes) };
    let when = When::within(window);
    match (measure, whole(&test)) {
        (Measure::Count, Some(test)) => return deed::count(&done, how_often(test, yes), &when),
        (Measure::Days, Some(days)) => match how_often(days, yes) {
            HowOften::Never => return deed::never(&done, &when),
            HowOften::Ever => return deed::did(&done, "", &when),
            HowOften::Number(days, true) => {
                return deed::did(&done, &format!("on {}", so_many_days(days)), &when);
            }
            HowOften::Number(_, false) => {}
        },
        _ => {}
    }
    let is = if yes { "is" } else { "is not" };
    let subject = deed::measured(*measure, of, &done);
    spaced(&[&subject, &adverb(window), is, &numbered(measured, &test)])
}

fn so_many_days(days: NumberTest<u32>) -> String {
    let said = match days {
        NumberTest::LessThan(n) => format!("fewer than {n}"),
        NumberTest::AtLeast(_)
        | NumberTest::AtMost(_)
        | NumberTest::MoreThan(_)
        | NumberTest::Exactly(_)
        | NumberTest::Between(..) => number(&days, |n| say_amount(&Decimal::from(*n))),
    };
    let unit = if said.ends_with(" 1") { "day" } else { "days" };
    format!("{said} {unit}")
}

fn numbered(measured: &Measured, test: &NumberTest<Decimal>) -> String {
    let unit = deed::unit(measured.measure, &measured.of);
    number(test, |n| format!("{}{unit}", say_amount(n)))
}

fn first(events: &Events, window: &Window, yes: bool) -> String {
    let done = polar::deed(events);
    let when = When::within(window);
    match (window, yes) {
        (Window::Always, true) => deed::did(&done, "", &when),
        (Window::Always, false) => deed::never(&done, &when),
        (_, true) => deed::did_at("first", &done, &when),
        (_, false) => spaced(&["the first", &deed::noun(&done), "was not", &adverb(window)]),
    }
}

fn last(name: &EventPattern, has: &[Filter], window: &Window, yes: bool) -> String {
    let done = polar::plain_deed(name);
    let always = matches!(window, Window::Always);
    let when = When::within(window);
    match (has, yes) {
        ([], true) if always => return deed::did(&done, "", &when),
        ([], false) if always => return deed::never(&done, &when),
        ([], true) => return deed::did_at("last", &done, &when),
        _ => {}
    }
    let subject = format!("the last {}", deed::noun(&done));
    if yes {
        return format!("{subject} {}", last_parts(has, window).join(" and "));
    }
    let mut parts = Vec::new();
    if !always {
        parts.push(spaced(&["was not", &adverb(window)]));
    }
    let properties = properties(has);
    match properties.as_slice() {
        [] => {}
        [one] => parts.push(format!("did not have {one}")),
        several => parts.push(format!("did not have all of {}", listed(several, "and"))),
    }
    format!("{subject} {}", parts.join(" or "))
}

/// What the last event was and had.
fn last_parts(has: &[Filter], window: &Window) -> Vec<String> {
    let mut parts = Vec::new();
    if !matches!(window, Window::Always) {
        parts.push(spaced(&["was", &adverb(window)]));
    }
    if !has.is_empty() {
        parts.push(format!("had {}", listed(&properties(has), "and")));
    }
    parts
}

fn properties(has: &[Filter]) -> Vec<String> {
    has.iter().map(|filter| test::with(&filter.property, &filter.test, true)).collect()
}

fn trended(trend: &Trend, yes: bool) -> String {
    let Measured { measure, of, events } = &trend.measured;
    let subject = deed::measured(*measure, of, &polar::deed(events));
    let is = if yes { "is" } else { "is not" };
    let said = spaced(&[&subject, &adverb(&trend.now), is, &compared(trend)]);
    if trend.base_at_least <= Decimal::ZERO {
        return said;
    }
    let base = format!("{}{}", say_amount(&trend.base_at_least), deed::unit(*measure, of));
    match yes {
        true => format!("{said} (when that was at least {base})"),
        false => format!("{said} (or that was less than {base})"),
    }
}

/// "at most 50% of that last month"
fn compared(trend: &Trend) -> String {
    let unit = deed::unit(trend.measured.measure, &trend.measured.of);
    let amount = |n: &Decimal| format!("{}{unit}", say_amount(&n.abs()));
    let that = match adverb(&trend.before) {
        always if always.is_empty() => "that of the whole history".to_owned(),
        before => format!("that {before}"),
    };
    match &trend.test {
        TrendTest::AtMost(share) => format!("at most {}% of {that}", say_amount(&share.percent)),
        TrendTest::AtLeast(share) => format!("at least {}% of {that}", say_amount(&share.percent)),
        TrendTest::AtMostPlus(d) if d.is_zero() => format!("at most {that}"),
        TrendTest::AtLeastPlus(d) if d.is_zero() => format!("at least {that}"),
        TrendTest::AtMostPlus(d) if d.is_sign_negative() => {
            format!("lower by at least {} than {that}", amount(d))
        }
        TrendTest::AtLeastPlus(d) if d.is_sign_positive() => {
            format!("higher by at least {} than {that}", amount(d))
        }
        TrendTest::AtMostPlus(d) => format!("at most {} above {that}", amount(d)),
        TrendTest::AtLeastPlus(d) => format!("at most {} below {that}", amount(d)),
    }
}

fn overdue(rhythm: &Rhythm, yes: bool) -> String {
    let done = polar::deed(&rhythm.events);
    let usual = usual_gap(rhythm);
    let least = rhythm.gaps_at_least;
    let said = match yes {
        true => format!("{} for more than {usual}", deed::never(&done, &When::UP_TO_NOW)),
        false => format!("is still within {usual} between {}", deed::plural(&done)),
    };
    let gaps = if least == 1 { "interval" } else { "intervals" };
    match (&rhythm.default_gap, yes) {
        (Some(gap), _) => {
            let gap = default_gap(gap, &rhythm.events);
            format!("{said} (taken as {gap} with fewer than {least} {gaps})")
        }
        (None, true) => format!("{said} (with at least {least} {gaps})"),
        (None, false) => format!("{said} (or has fewer than {least} {gaps})"),
    }
}

/// "30 days", or whose number of days stands in.
fn default_gap(gap: &DefaultGap, events: &Events) -> String {
    let (days, or) = match gap {
        DefaultGap::Length(length) => return say_length(*length, En),
        DefaultGap::Attribute { key, or } => {
            (format!("the days in {}", Of::Attribute.label(key)), or)
        }
        DefaultGap::Property { name, or } => {
            let last = deed::noun(&polar::plain_deed(&events.name));
            (format!("the days in {} of the last {last}", Of::Property.label(name)), or)
        }
    };
    match or {
        Some(length) => format!("{days} or else {}", say_length(*length, En)),
        None => days,
    }
}

fn usual_gap(rhythm: &Rhythm) -> String {
    if rhythm.overdue_by == Decimal::ONE {
        return "the usual interval".to_owned();
    }
    format!("{} times the usual interval", say_amount(&rhythm.overdue_by))
}

fn in_order(sequence: &Sequence, yes: bool) -> String {
    let past = |events: &Events| deed::did(&polar::deed(events), "", &When::THEN);
    let absent = |events: &Events, when: &When| deed::never(&polar::deed(events), when);
    let mut said = past(&sequence.first);
    for step in &sequence.then {
        said += &format!(", then {}", past(&step.events));
        if let Some(length) = step.within {
            said += &format!(" within {}", say_length(length, En));
        }
    }
    // After a single step the sentence needs no pause.
    let mut and = if sequence.then.is_empty() { " and" } else { ", and" };
    if let Some(events) = &sequence.never_between {
        said += &format!("{and} {} in between", absent(events, &When::THEN));
        and = ", and";
    }
    if let Some(events) = &sequence.never_since {
        said += &format!("{and} {} since", absent(events, &When::UP_TO_NOW));
        and = ", and";
    }
    if let Some((events, length)) = &sequence.then_no {
        let within = say_length(*length, En);
        said += &format!("{and} {} within {within} after that", absent(events, &When::THEN));
    }
    let when = adverb(&sequence.window);
    match (yes, wants_absence(sequence)) {
        (true, _) => spaced(&[&when, &said]),
        (false, false) => format!("{}: {said}", spaced(&["never did this in order", &when])),
        (false, true) => format!("{}: {said}", spaced(&["is not in this situation", &when])),
    }
}
