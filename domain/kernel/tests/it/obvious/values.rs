//! Tests of one value, said plainly.

use std::cmp::Ordering;

use condition::{AgeTest, DayTest, MonthTest, NumberTest, Operand, Test};
use facts::{Decimal, Timestamp, Value};
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
};

use super::{
    Obvious,
    almanac::{day_number, is_leap},
};

/// The same value: a number equals the text that spells it, and missing equals nothing.
pub(super) fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Missing, _) | (_, Value::Missing) => false,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Number(_), Value::Bool(_)) | (Value::Bool(_), Value::Number(_)) => false,
        (Value::Bool(_), Value::Text(_)) | (Value::Text(_), Value::Bool(_)) => {
            a.to_string() == b.to_string()
        }
        (Value::Number(_), _) | (_, Value::Number(_)) => {
            number(a).is_some() && number(a) == number(b)
        }
    }
}

pub(super) fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Missing | Value::Bool(_) => None,
    }
}

impl Obvious<'_> {
    pub(super) fn passes(&self, value: &Value, test: &Test) -> bool {
        let text = |holds: &dyn Fn(&str) -> bool| match value {
            Value::Text(text) => holds(text),
            Value::Missing | Value::Bool(_) | Value::Number(_) => false,
        };
        match test {
            Test::Is(right) => equal(value, &self.right(right)),
            Test::In(values) => values.iter().any(|one| equal(value, one)),
            Test::Contains(part) => text(&|text| text.contains(part.as_str())),
            Test::StartsWith(part) => text(&|text| text.starts_with(part.as_str())),
            Test::EndsWith(part) => text(&|text| text.ends_with(part.as_str())),
            Test::Number(test) => self.ordered(value, test),
            Test::Exists => *value != Value::Missing,
            Test::Day(day) => self.date_of(value).is_some_and(|date| {
                let today = day_number(self.almanac.date(self.at));
                let wanted = match day {
                    DayTest::Today => today,
                    DayTest::Yesterday => today - 1,
                    DayTest::Tomorrow => today + 1,
                };
                day_number(date) == wanted
            }),
            Test::DayIn(window) => {
                self.instant_of(value).is_some_and(|named| self.lies_in(named, window))
            }
            Test::DayInNext(length) => self.instant_of(value).is_some_and(|named| {
                let ahead = named.since(self.at);
                0 < ahead && ahead <= length.millis
            }),
            Test::Month(month) => self.date_of(value).is_some_and(|date| {
                let this = self.almanac.date(self.at).month();
                let wanted = match month {
                    MonthTest::Named(month) => *month as i8,
                    MonthTest::This => this,
                    MonthTest::Next if this == 12 => 1,
                    MonthTest::Next => this + 1,
                };
                date.month() == wanted
            }),
            Test::Anniversary(days) => self.date_of(value).is_some_and(|date| {
                // Each of the coming days in turn: is it the yearly day, some year after the date itself?
                let today = self.almanac.date(self.at);
                (0..=i32::from(*days)).any(|ahead| {
                    let day = today.saturating_add(ahead.days());
                    let wanted = if date.month() == 2 && date.day() == 29 && !is_leap(day.year()) {
                        28
                    } else {
                        date.day()
                    };
                    date.year() < day.year() && (day.month(), day.day()) == (date.month(), wanted)
                })
            }),
            Test::Age(wanted) => {
                self.date_of(value).is_some_and(|born| self.is_aged(born, *wanted))
            }
            Test::Not(inner) => !self.passes(value, inner),
        }
    }

    fn right(&self, operand: &Operand) -> Value {
        match operand {
            Operand::Value(value) => value.clone(),
            Operand::Attribute { key, times } if *times == Decimal::ONE => self.attribute(key),
            Operand::Attribute { key, times } => {
                number(&self.attribute(key)).map_or(Value::Missing, |n| Value::Number(n * times))
            }
        }
    }

    fn ordered(&self, value: &Value, test: &NumberTest<Operand>) -> bool {
        let is = |right: &Operand, wanted: &[Ordering]| {
            self.order(value, &self.right(right)).is_some_and(|order| wanted.contains(&order))
        };
        use Ordering::{Equal, Greater, Less};
        match test {
            NumberTest::AtLeast(right) => is(right, &[Greater, Equal]),
            NumberTest::AtMost(right) => is(right, &[Less, Equal]),
            NumberTest::MoreThan(right) => is(right, &[Greater]),
            NumberTest::LessThan(right) => is(right, &[Less]),
            NumberTest::Exactly(right) => is(right, &[Equal]),
            NumberTest::Between(low, high) => {
                is(low, &[Greater, Equal]) && is(high, &[Less, Equal])
            }
        }
    }

    /// Numbers have an order, and so have dates and instants; nothing else has one.
    fn order(&self, left: &Value, right: &Value) -> Option<Ordering> {
        match (number(left), number(right)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => Some(self.instant_of(left)?.cmp(&self.instant_of(right)?)),
        }
    }

    fn date_of(&self, value: &Value) -> Option<Date> {
        let Value::Text(text) = value else { return None };
        match Timestamp::parse(text) {
            Ok(at) => Some(self.almanac.date(at)),
            Err(_) => text.trim().parse().ok(),
        }
    }

    /// An instant names itself, a local date and time the instant of it, a date the beginning of its day.
    fn instant_of(&self, value: &Value) -> Option<Timestamp> {
        let Value::Text(text) = value else { return None };
        match Timestamp::parse(text) {
            Ok(at) => Some(at),
            Err(_) => text.trim().parse::<DateTime>().ok().map(|local| self.almanac.instant(local)),
        }
    }

    /// Whole years since birth; February 29 is February 28 in common years.
    fn is_aged(&self, born: Date, wanted: AgeTest) -> bool {
        let today = self.almanac.date(self.at);
        let on_leap_day = born.month() == 2 && born.day() == 29;
        let day = if on_leap_day && !is_leap(today.year()) { 28 } else { born.day() };
        let had_birthday = (born.month(), day) <= (today.month(), today.day());
        let age = i64::from(today.year()) - i64::from(born.year()) - i64::from(!had_birthday);
        0 <= age
            && wanted.at_least.is_none_or(|least| i64::from(least) <= age)
            && wanted.at_most.is_none_or(|most| age <= i64::from(most))
    }
}
