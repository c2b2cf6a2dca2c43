//! Leaves about habits, belonging and place in English, or their complements.

use facts::{Decimal, Value};

use super::deed::{self, When};
use super::test::{self, Of, listed, number, quoted};
use super::window::{adverb, spaced};
use crate::say::Language::En;
use crate::say::Words;
use crate::say::figures::{say_amount, say_length};
use crate::say::polar::{self, HowOften, how_often};
use crate::{
    HowMany, Leaf, Measured, Mention, NumberTest, RandomShare, Rank, Ratio, Regularly, Status,
    StatusTest, StayTest, Stayed, Top,
};

/// The leaf when `yes`, its complement otherwise.
pub(super) fn one(leaf: &Leaf, yes: bool, words: &Words<'_>) -> String {
    match leaf {
        Leaf::Regularly(leaf) => regularly(leaf, yes),
        Leaf::Ratio(leaf) => ratio(leaf, yes),
        Leaf::Stayed(leaf) => stayed(leaf, yes, words),
        Leaf::Status(leaf) => status(leaf, yes),
        Leaf::Tagged(name) => {
            let carries = if yes { "carries" } else { "does not carry" };
            format!("{carries} the tag {}", quoted(name))
        }
        Leaf::Listed(name) => {
            format!("is {} the list {}", if yes { "on" } else { "not on" }, quoted(name))
        }
        Leaf::Mentioned(leaf) => mentioned(leaf, yes),
        Leaf::Random(share) => {
            let falls = if yes { "falls" } else { "does not fall" };
            format!("{falls} into {}", drawn(share))
        }
        Leaf::Score { id, test } => {
            let is = if yes { "is" } else { "is not" };
            let name = (words.sign)(id).unwrap_or_else(|| id.clone());
            format!("score {} {is} {}", quoted(&name), number(test, say_amount))
        }
        Leaf::Rank(leaf) => ranked(leaf, yes, words),
        _ => String::new(),
    }
}

/// What is asked for, without what it is asked of.
pub(super) fn threshold(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Regularly(leaf) => format!("in {}", so_many_periods(leaf, true)),
        Leaf::Ratio(leaf) => percent(&leaf.percent),
        Leaf::Stayed(leaf) => match &leaf.test {
            StayTest::Entered(window) => spaced(&["entered", &adverb(window)]),
            StayTest::Left(window) => spaced(&["left", &adverb(window)]),
            StayTest::AtLeast(length) => format!("at least {}", say_length(*length, En)),
            StayTest::LessThan(length) => format!("less than {}", say_length(*length, En)),
        },
        Leaf::Status(leaf) => match &leaf.test {
            StatusTest::Rose(window) => spaced(&["rose", &adverb(window)]),
            StatusTest::Fell(window) => spaced(&["fell", &adverb(window)]),
            StatusTest::AtLeast(value) => format!("at least {}", place(leaf, value)),
            StatusTest::AtMost(value) => format!("at most {}", place(leaf, value)),
        },
        Leaf::Tagged(_) => "carries it".to_owned(),
        Leaf::Listed(_) => "is on it".to_owned(),
        Leaf::Mentioned(leaf) => match how_often(leaf.test, true) {
            HowOften::Never => "never".to_owned(),
            HowOften::Ever => "at least once".to_owned(),
            HowOften::Number(test, yes) => deed::times(test, yes),
        },
        Leaf::Random(share) => drawn(share),
        Leaf::Score { test, .. } => number(test, say_amount),
        Leaf::Rank(leaf) => first(&leaf.top),
        _ => String::new(),
    }
}

/// "at least 2 contacts fit"
pub(super) fn contacts(how_many: HowMany, yes: bool) -> String {
    match (how_many, yes) {
        (HowMany::Any | HowMany::AtLeast(1), true) | (HowMany::None, false) => {
            "at least one contact fits".to_owned()
        }
        (HowMany::None, true) | (HowMany::Any, false) => "no contact fits".to_owned(),
        (HowMany::All, true) => "every contact fits".to_owned(),
        (HowMany::All, false) => "not every contact fits".to_owned(),
        (HowMany::AtLeast(n), true) => format!("at least {n} contacts fit"),
        (HowMany::AtLeast(n), false) => format!("fewer than {n} contacts fit"),
    }
}

/// "points (30 for …; 20 for …) come to at least 60"
pub(super) fn points(parts: &str, test: &NumberTest<Decimal>, yes: bool) -> String {
    let come = if yes { "come to" } else { "do not come to" };
    format!("points ({parts}) {come} {}", number(test, say_amount))
}

fn regularly(leaf: &Regularly, yes: bool) -> String {
    let done = polar::deed(&leaf.events);
    let count = deed::count(&done, how_often(leaf.count, true), &When::THEN);
    format!("{count} in {}", so_many_periods(leaf, yes))
}

/// "at least 6 of the last 8 periods of 1 week"
fn so_many_periods(leaf: &Regularly, yes: bool) -> String {
    let Regularly { periods, in_at_least, .. } = leaf;
    let each = say_length(leaf.every, En);
    match (yes, in_at_least == periods) {
        (true, true) => format!("each of the last {periods} periods of {each}"),
        (true, false) => format!("at least {in_at_least} of the last {periods} periods of {each}"),
        (false, _) => format!("fewer than {in_at_least} of the last {periods} periods of {each}"),
    }
}

fn measured(measured: &Measured) -> String {
    deed::measured(measured.measure, &measured.of, &polar::deed(&measured.events))
}

fn ratio(leaf: &Ratio, yes: bool) -> String {
    let is = if yes { "is" } else { "is not" };
    let (above, below) = (measured(&leaf.above), measured(&leaf.below));
    let share = percent(&leaf.percent);
    let said = spaced(&[&above, &adverb(&leaf.window), is, &share, "of the", &below]);
    if leaf.base_at_least <= Decimal::ZERO {
        return said;
    }
    let unit = deed::unit(leaf.below.measure, &leaf.below.of);
    let base = format!("{}{unit}", say_amount(&leaf.base_at_least));
    match yes {
        true => format!("{said} (when that is at least {base})"),
        false => format!("{said} (or that is less than {base})"),
    }
}

fn percent(test: &NumberTest<Decimal>) -> String {
    number(test, |n| format!("{}%", say_amount(n)))
}

fn stayed(leaf: &Stayed, yes: bool, words: &Words<'_>) -> String {
    let name = (words.segment)(&leaf.segment).unwrap_or_else(|| leaf.segment.to_string());
    let name = quoted(&name);
    match (&leaf.test, yes) {
        (StayTest::Entered(window), true) => {
            format!("{} and is still in it", spaced(&["entered", &name, &adverb(window)]))
        }
        (StayTest::Entered(window), false) => {
            let came = spaced(&["did not enter it", &adverb(window)]);
            format!("is not in {name} or {came}")
        }
        (StayTest::Left(window), true) => {
            format!("{} and is not back in it", spaced(&["left", &name, &adverb(window)]))
        }
        (StayTest::Left(window), false) => {
            format!("is in {name} or {}", spaced(&["did not leave it", &adverb(window)]))
        }
        (StayTest::AtLeast(length), true) => {
            format!("has been in {name} for at least {}", say_length(*length, En))
        }
        (StayTest::LessThan(length), true) => {
            format!("has been in {name} for less than {}", say_length(*length, En))
        }
        (StayTest::AtLeast(length), false) => {
            format!("is not in {name}, or has been for less than {}", say_length(*length, En))
        }
        (StayTest::LessThan(length), false) => {
            format!("is not in {name}, or has been for at least {}", say_length(*length, En))
        }
    }
}

fn status(leaf: &Status, yes: bool) -> String {
    let label = Of::Attribute.label(&leaf.key);
    let moved = |past: &str, participle: &str, bare: &str, window| {
        let when = When::within(window);
        match (yes, when.has_not) {
            (true, _) => spaced(&[&label, past, &when.phrase]),
            (false, Some(has_not)) => spaced(&[&label, has_not, participle, &when.phrase]),
            (false, None) => spaced(&[&label, "did not", bare, &when.phrase]),
        }
    };
    let is = if yes { "is" } else { "is not" };
    let said = match &leaf.test {
        StatusTest::Rose(window) => moved("rose", "risen", "rise", window),
        StatusTest::Fell(window) => moved("fell", "fallen", "fall", window),
        StatusTest::AtLeast(value) => format!("{label} {is} at least {}", place(leaf, value)),
        StatusTest::AtMost(value) => format!("{label} {is} at most {}", place(leaf, value)),
    };
    let order: Vec<String> = leaf.order.iter().map(|value| place(leaf, value)).collect();
    format!("{said} (order: {})", order.join(" → "))
}

fn place(leaf: &Status, value: &Value) -> String {
    test::plain_value(&leaf.key, value)
}

fn mentioned(leaf: &Mention, yes: bool) -> String {
    let topics: Vec<String> = leaf.topics.iter().map(|topic| quoted(topic)).collect();
    let the = if topics.len() == 1 { "the topic" } else { "a topic of" };
    let topics = format!("{the} {}", listed(&topics, "or"));
    let when = When::within(&leaf.window);
    let came = if when.has { "has come up" } else { "came up" };
    match (how_often(leaf.test, yes), when.has_not) {
        (HowOften::Never, Some(has_not)) => spaced(&[&topics, has_not, "come up", &when.phrase]),
        (HowOften::Never, None) => spaced(&[&topics, "did not come up", &when.phrase]),
        (HowOften::Ever, _) => spaced(&[&topics, came, &when.phrase]),
        (HowOften::Number(test, yes), _) => {
            spaced(&[&topics, came, &deed::times(test, yes), &when.phrase])
        }
    }
}

/// "a random 10% by “spring”"
fn drawn(share: &RandomShare) -> String {
    let percent = |millionths: u32| say_amount(&Decimal::new(i64::from(millionths), 4));
    let said = format!("a random {}% by {}", percent(share.share), quoted(&share.salt));
    match share.from {
        0 => said,
        from => format!("{said} (from {}% on)", percent(from)),
    }
}

fn ranked(leaf: &Rank, yes: bool, words: &Words<'_>) -> String {
    let is = if yes { "is in" } else { "is not in" };
    let by = format!("by {}", measured(&leaf.measured));
    let among = leaf.among.as_ref().map_or_else(String::new, |id| {
        let name = (words.segment)(id).unwrap_or_else(|| id.to_string());
        format!("among {}", quoted(&name))
    });
    spaced(&[is, &first(&leaf.top), &by, &adverb(&leaf.window), &among])
}

fn first(top: &Top) -> String {
    match top {
        Top::Count(n) => format!("the top {}", say_amount(&Decimal::from(*n))),
        Top::Percent(percent) => format!("the top {}%", say_amount(percent)),
    }
}
