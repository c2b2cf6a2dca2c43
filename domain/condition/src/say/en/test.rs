//! "is at least 100": what is asked of a value, in English.

use facts::{Decimal, Value};

use super::window;
use crate::say::Language::En;
use crate::say::figures::{as_day, month, say_amount, say_day, say_length};
use crate::say::polar::peeled;
use crate::say::words;
use crate::{AgeTest, DayTest, MonthTest, NumberTest, Operand, Test};

/// Whose value is tested, which decides what keys are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Attribute,
    Property,
}

impl Of {
    /// "plan"; a name of the firm's own in quotation marks.
    pub(super) fn label(self, key: &str) -> String {
        let word = match self {
            Of::Attribute => words::attribute(key),
            Of::Property => words::property(key),
        };
        word.map_or_else(|| quoted(key), |word| word.en.to_owned())
    }
}

/// A customer's text as it was written.
pub(super) fn quoted(text: &str) -> String {
    format!("“{text}”")
}

/// A value's own word, or the text as it was written.
pub(super) fn spoken(key: &str, text: &str) -> String {
    words::value(key, text).map_or_else(|| quoted(text), |word| word.en.to_owned())
}

/// The test with its subject: "plan is Standard".
pub(super) fn say(of: Of, key: &str, test: &Test, yes: bool) -> String {
    let (test, yes) = peeled(test, yes);
    let subject = match (of, key, test) {
        (Of::Attribute, "consent_mail", Test::Is(Operand::Value(Value::Bool(given)))) => {
            return match (given, yes) {
                (true, true) => "has agreed to receive mail",
                (true, false) => "has not agreed to receive mail",
                (false, true) => "has declined to receive mail",
                (false, false) => "has not declined to receive mail",
            }
            .to_owned();
        }
        (Of::Attribute, "birthday", Test::Age(_)) => return alone(of, key, test, yes),
        (Of::Attribute, "birthday", Test::Month(_)) => "birthday".to_owned(),
        (Of::Attribute, "birthday", Test::Anniversary(days)) => {
            return format!("birthday {} {}", if yes { "is" } else { "is not" }, ahead(*days));
        }
        _ => of.label(key),
    };
    format!("{subject} {}", alone(of, key, test, yes))
}

/// The test as a verb without its subject: "is Standard", "is not at least 100".
pub(super) fn alone(of: Of, key: &str, test: &Test, yes: bool) -> String {
    let (test, yes) = peeled(test, yes);
    let is = if yes { "is" } else { "is not" };
    let verb = |does: &str, bare: &str, text: &str| match yes {
        true => format!("{does} {}", quoted(text)),
        false => format!("does not {bare} {}", quoted(text)),
    };
    match test {
        Test::Is(Operand::Value(value)) => format!("{is} {}", plain_value(key, value)),
        Test::Is(Operand::Attribute { key: other, times }) => {
            format!("{is} the same as {}", times_of(of, other, times))
        }
        Test::In(values) => one_of(key, values, yes),
        Test::Contains(text) => verb("contains", "contain", text),
        Test::StartsWith(text) => verb("begins with", "begin with", text),
        Test::EndsWith(text) => verb("ends in", "end in", text),
        Test::Number(test) => format!("{is} {}", ordered(of, key, test)),
        Test::Exists => format!("{is} known"),
        Test::Day(_) | Test::DayIn(_) | Test::DayInNext(_) | Test::Month(_) => {
            format!("{is} {}", date(test))
        }
        Test::Anniversary(days) => {
            let has = if yes { "has" } else { "does not have" };
            format!("{has} its yearly day {}", ahead(*days))
        }
        Test::Age(test) => format!("{is} {}", age(*test)),
        Test::Not(inner) => alone(of, key, inner, !yes),
    }
}

/// The test after "with": "category “cosmetics”", "amount of at least 10,000 yen".
pub(super) fn with(key: &str, test: &Test, yes: bool) -> String {
    let (test, yes) = peeled(test, yes);
    let of = Of::Property;
    // “menu” “color” would read as one name after another.
    let being = if words::property(key).is_none() && is_equality(test) { " being" } else { "" };
    let label = format!("{}{being}", of.label(key));
    let not = if yes { "" } else { "not " };
    let other = if yes { "" } else { "other than " };
    match test {
        Test::Is(Operand::Value(value)) => format!("{label} {other}{}", marked_value(key, value)),
        Test::Is(Operand::Attribute { key: right, times }) => {
            format!("{label} {not}equal to {}", times_of(of, right, times))
        }
        Test::In(values) => {
            let said: Vec<String> = values.iter().map(|value| marked_value(key, value)).collect();
            format!("{label} {other}{}", listed(&said, "or"))
        }
        Test::Contains(text) => format!("{label} {not}containing {}", quoted(text)),
        Test::StartsWith(text) => format!("{label} {not}beginning with {}", quoted(text)),
        Test::EndsWith(text) => format!("{label} {not}ending in {}", quoted(text)),
        Test::Number(test) => {
            let said = ordered(of, key, test);
            let of_it =
                if yes && said.contains("than") | said.starts_with("at ") { "of " } else { "" };
            format!("{label} {not}{of_it}{said}")
        }
        Test::Exists => format!("{} {label}", if yes { "some" } else { "no" }),
        Test::Day(_) | Test::DayIn(_) | Test::DayInNext(_) | Test::Month(_) => {
            format!("{label} {not}{}", date(test))
        }
        Test::Anniversary(days) => {
            format!("{label} whose yearly day is {not}{}", ahead(*days))
        }
        Test::Age(test) => format!("{label} {not}{}", age(*test)),
        Test::Not(inner) => with(key, inner, !yes),
    }
}

/// A value as a noun: “Tokyo” in quotation marks, Standard, 100, May 1, 2026.
pub(super) fn plain_value(key: &str, value: &Value) -> String {
    match value {
        Value::Missing => "empty".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => format!("{}{}", say_amount(number), words::unit(key).en),
        Value::Text(text) => match as_day(text) {
            Some(day) => say_day(day, En),
            None => spoken(key, text),
        },
    }
}

/// The same where no verb parts it from its label: "outcome “no answer”", but "required plan Premium".
fn marked_value(key: &str, value: &Value) -> String {
    match value {
        Value::Text(text) => marked(key, text),
        Value::Missing | Value::Bool(_) | Value::Number(_) => plain_value(key, value),
    }
}

/// A value's own word in quotation marks unless it is a name, or the text as it was written.
pub(super) fn marked(key: &str, text: &str) -> String {
    match words::value(key, text) {
        Some(word) if word.en.starts_with(char::is_uppercase) => word.en.to_owned(),
        Some(word) => quoted(word.en),
        None => as_day(text).map_or_else(|| quoted(text), |day| say_day(day, En)),
    }
}

fn is_equality(test: &Test) -> bool {
    matches!(test, Test::Is(Operand::Value(_)) | Test::In(_))
}

/// "a, b or c"
pub(super) fn listed(said: &[String], word: &str) -> String {
    match said.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} {word} {last}", first.join(", ")),
        _ => said.concat(),
    }
}

fn one_of(key: &str, values: &[Value], yes: bool) -> String {
    let said: Vec<String> = values.iter().map(|value| plain_value(key, value)).collect();
    match (said.as_slice(), yes) {
        ([one], false) => format!("is not {one}"),
        (_, true) => format!("is {}", listed(&said, "or")),
        ([one, other], false) => format!("is neither {one} nor {other}"),
        (_, false) => format!("is none of {}", listed(&said, "and")),
    }
}

/// What stands on the right: the other attribute, whole, by percent or by times.
fn times_of(of: Of, other: &str, times: &Decimal) -> String {
    let label = match of {
        Of::Attribute => Of::Attribute.label(other),
        // Inside a filter the plain word would mean the event's own property.
        Of::Property => format!("the customer's {}", Of::Attribute.label(other)),
    };
    match *times {
        times if times == Decimal::ONE => label,
        times if Decimal::ZERO < times && times < Decimal::ONE => {
            format!("{}% of {label}", say_amount(&(times * Decimal::ONE_HUNDRED)))
        }
        times => format!("{} times {label}", say_amount(&times)),
    }
}

fn ordered(of: Of, key: &str, test: &NumberTest<Operand>) -> String {
    let mut is_day = false;
    let said = test.map(|operand| match operand {
        Operand::Attribute { key: other, times } => times_of(of, other, times),
        Operand::Value(Value::Text(text)) => match (as_day(text), text.trim().parse::<Decimal>()) {
            (Some(day), _) => {
                is_day = true;
                say_day(day, En)
            }
            (None, Ok(number)) => format!("{}{}", say_amount(&number), words::unit(key).en),
            (None, Err(_)) => quoted(text),
        },
        Operand::Value(value) => plain_value(key, value),
    });
    if !is_day {
        return compared(&said);
    }
    match said {
        NumberTest::AtLeast(day) => format!("on or after {day}"),
        NumberTest::AtMost(day) => format!("on or before {day}"),
        NumberTest::MoreThan(day) => format!("after {day}"),
        NumberTest::LessThan(day) => format!("before {day}"),
        NumberTest::Exactly(day) => format!("on {day}"),
        NumberTest::Between(a, b) => format!("from {a} to {b}"),
    }
}

/// A number compared: "at least 50,000 yen".
pub(super) fn number<N>(test: &NumberTest<N>, say: impl Fn(&N) -> String) -> String {
    compared(&test.map(say))
}

fn compared(said: &NumberTest<String>) -> String {
    match said {
        NumberTest::AtLeast(n) => format!("at least {n}"),
        NumberTest::AtMost(n) => format!("at most {n}"),
        NumberTest::MoreThan(n) => format!("more than {n}"),
        NumberTest::LessThan(n) => format!("less than {n}"),
        NumberTest::Exactly(n) => format!("exactly {n}"),
        NumberTest::Between(a, b) => format!("between {a} and {b}"),
    }
}

fn date(test: &Test) -> String {
    match test {
        Test::Day(DayTest::Today) => "today".to_owned(),
        Test::Day(DayTest::Yesterday) => "yesterday".to_owned(),
        Test::Day(DayTest::Tomorrow) => "tomorrow".to_owned(),
        Test::DayIn(window) => match window::adverb(window) {
            always if always.is_empty() => "in the past".to_owned(),
            adverb => adverb,
        },
        Test::DayInNext(length) => format!("within the next {}", say_length(*length, En)),
        Test::Month(MonthTest::Named(number)) => {
            format!("in {}", month(i8::try_from(*number).unwrap_or(1)))
        }
        Test::Month(MonthTest::This) => "this month".to_owned(),
        Test::Month(MonthTest::Next) => "next month".to_owned(),
        Test::Is(_)
        | Test::In(_)
        | Test::Contains(_)
        | Test::StartsWith(_)
        | Test::EndsWith(_)
        | Test::Number(_)
        | Test::Exists
        | Test::Anniversary(_)
        | Test::Age(_)
        | Test::Not(_) => String::new(),
    }
}

/// When a yearly day comes.
fn ahead(days: u16) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "today or tomorrow".to_owned(),
        days => format!("today or in the next {days} days"),
    }
}

fn age(test: AgeTest) -> String {
    match (test.at_least, test.at_most) {
        (Some(least), Some(most)) if least == most => format!("{least} years old"),
        (Some(least), Some(most)) => format!("{least} to {most} years old"),
        (Some(least), None) => format!("{least} or older"),
        (None, Some(most)) => format!("{most} or younger"),
        (None, None) => "0 or older".to_owned(),
    }
}
