//! Tests of one value at a moment: of an attribute, or of a property of an event.

use std::cmp::Ordering;

use condition::{AgeTest, DayTest, MonthTest, Operand, Test};
use facts::{Calendar, Decimal, Period, Reading, Timestamp, Value, ValueRef};
use jiff::{
    ToSpan,
    civil::{Date, DateTime},
    tz::Disambiguation,
};

use crate::{
    moment::{Moment, same},
    span::Span,
};

impl<'a> Moment<'a> {
    /// Whether a value passes, and how long that holds.
    pub(crate) fn test(&self, value: ValueRef<'_>, test: &Test) -> Reading<bool> {
        match test {
            Test::Is(operand) => self.is(value, operand),
            Test::In(values) => {
                Reading::for_ever(values.iter().any(|one| same(value, one.borrowed())))
            }
            Test::Contains(part) => text(value, |text| text.contains(part.as_str())),
            Test::StartsWith(part) => text(value, |text| text.starts_with(part.as_str())),
            Test::EndsWith(part) => text(value, |text| text.ends_with(part.as_str())),
            Test::Number(number) => {
                let mut until = None;
                let holds = number.holds_by_operand(|operand| {
                    let (right, holds_until) = self.operand(operand);
                    until = [until, holds_until].into_iter().flatten().min();
                    self.order(value, right.borrowed())
                });
                Reading::until(holds, until)
            }
            Test::Exists => Reading::for_ever(!value.is_missing()),
            Test::Day(day) => self.day(value, *day),
            Test::DayIn(window) => match instant(value, self.calendar) {
                Some(at) => {
                    let span = Span::new(window, self.calendar, self.at);
                    let holds = span.holds(at);
                    let next = if holds {
                        span.leaves(at)
                    } else {
                        [span.enters(at), span.may_return(at)]
                            .into_iter()
                            .flatten()
                            .filter(|next| self.at < *next)
                            .min()
                    };
                    Reading::until(holds, next)
                }
                None => Reading::for_ever(false),
            },
            Test::DayInNext(length) => match instant(value, self.calendar) {
                Some(at) => {
                    let opens = at.minus(length.millis);
                    let next =
                        if self.at < opens { Some(opens) } else { (self.at < at).then_some(at) };
                    Reading::until(opens <= self.at && self.at < at, next)
                }
                None => Reading::for_ever(false),
            },
            Test::Month(month) => self.month(value, *month),
            Test::Anniversary(days) => self.anniversary(value, *days),
            Test::Age(age) => self.age(value, *age),
            Test::Not(inner) => self.test(value, inner).negated(),
        }
    }

    fn is(&self, value: ValueRef<'_>, operand: &Operand) -> Reading<bool> {
        let (right, holds_until) = self.operand(operand);
        let holds = !value.is_missing() && same(value, right.borrowed());
        Reading::until(holds, holds_until)
    }

    /// The right side of a comparison, and until when it stays so.
    fn operand(&self, operand: &Operand) -> (Value, Option<Timestamp>) {
        match operand {
            Operand::Value(value) => (value.clone(), None),
            Operand::Attribute { key, times } => {
                let value = self.value_of(key);
                let next = self.next_change(key);
                if *times == Decimal::ONE {
                    return (value.to_owned(), next);
                }
                let product = value.as_number().and_then(|number| number.checked_mul(*times));
                (product.map_or(Value::Missing, Value::Number), next)
            }
        }
    }

    /// The value of an attribute: its latest change by the time it happened.
    pub(crate) fn value_of(&self, key: &str) -> ValueRef<'a> {
        let changes = self.changes(key);
        let so_far = &changes[..changes.partition_point(|change| change.stamp.at <= self.at)];
        so_far.last().map_or(ValueRef::Missing, |change| self.history.value(change))
    }

    /// When the next known change of an attribute happens, if one lies in the future.
    pub(crate) fn next_change(&self, key: &str) -> Option<Timestamp> {
        let changes = self.changes(key);
        changes
            .get(changes.partition_point(|change| change.stamp.at <= self.at))
            .map(|change| change.stamp.at)
    }

    /// The order of two values, both numbers or both moments; `None` for anything else.
    fn order(&self, left: ValueRef<'_>, right: ValueRef<'_>) -> Option<Ordering> {
        if let Some((left, right)) = left.as_number().zip(right.as_number()) {
            return Some(left.cmp(&right));
        }
        let (left, right) = (instant(left, self.calendar)?, instant(right, self.calendar)?);
        Some(left.cmp(&right))
    }

    fn day(&self, value: ValueRef<'_>, day: DayTest) -> Reading<bool> {
        let Some(date) = date(value, self.calendar) else { return Reading::for_ever(false) };
        let away = match day {
            DayTest::Today => 0,
            DayTest::Yesterday => 1,
            DayTest::Tomorrow => -1,
        };
        // The local day on which the answer is yes.
        let day = self.calendar.shift(Period::Day, date, away);
        let (opens, closes) =
            (self.calendar.start_of(day), self.calendar.start_of(day.saturating_add(1.day())));
        self.between(opens, closes)
    }

    fn month(&self, value: ValueRef<'_>, month: MonthTest) -> Reading<bool> {
        let Some(date) = date(value, self.calendar) else { return Reading::for_ever(false) };
        let today = self.calendar.date(self.at);
        let wanted = match month {
            MonthTest::Named(month) => return Reading::for_ever(date.month() == month as i8),
            MonthTest::This => today.month(),
            MonthTest::Next => today.month() % 12 + 1,
        };
        let next = self.calendar.shift(Period::Month, today.first_of_month(), 1);
        Reading::until(date.month() == wanted, Some(self.calendar.start_of(next)))
    }

    /// Whether the yearly day of a date is today or at most so many local days ahead; the day itself is none.
    fn anniversary(&self, value: ValueRef<'_>, days: u16) -> Reading<bool> {
        let Some(date) = date(value, self.calendar) else { return Reading::for_ever(false) };
        let today = self.calendar.date(self.at);
        // The year of the next yearly day; of February 29 it is the 28th in common years.
        let yearly = |year: i16| date.saturating_add(i32::from(year - date.year()).years());
        let mut year = today.year().max(date.year().saturating_add(1));
        if yearly(year) < today {
            year = year.saturating_add(1);
        }
        let opens = |year| yearly(year).saturating_sub(i32::from(days).days());
        let holds = opens(year) <= today;
        // It turns when this one is over, or when the next one is near enough.
        let turns = if holds { yearly(year).saturating_add(1.day()) } else { opens(year) };
        Reading::until(holds, Some(self.calendar.start_of(turns)).filter(|turns| self.at < *turns))
    }

    fn age(&self, value: ValueRef<'_>, age: AgeTest) -> Reading<bool> {
        let Some(born) = date(value, self.calendar) else { return Reading::for_ever(false) };
        // Ages are counted in local years; born on February 29 means a birthday on the 28th in common years.
        let birthday = |years: i32| self.calendar.start_of(born.saturating_add(years.years()));
        let opens = birthday(i32::from(age.at_least.unwrap_or(0)));
        let closes = age.at_most.map_or(Timestamp::MAX, |most| birthday(i32::from(most) + 1));
        self.between(opens, closes)
    }

    /// True from `opens` until just before `closes`.
    fn between(&self, opens: Timestamp, closes: Timestamp) -> Reading<bool> {
        let next = [opens, closes]
            .into_iter()
            .filter(|edge| self.at < *edge && *edge < Timestamp::MAX)
            .min();
        Reading::until(opens <= self.at && self.at < closes, next)
    }
}

/// Lets a number test compare values that may have no order: then nothing holds, both ways round.
trait HoldsByOperand {
    fn holds_by_operand(&self, compare: impl FnMut(&Operand) -> Option<Ordering>) -> bool;
}

impl HoldsByOperand for condition::NumberTest<Operand> {
    fn holds_by_operand(&self, mut compare: impl FnMut(&Operand) -> Option<Ordering>) -> bool {
        let mut comparable = true;
        let holds = self.holds_by(|operand| {
            let order = compare(operand);
            comparable &= order.is_some();
            order.unwrap_or(Ordering::Equal)
        });
        comparable && holds
    }
}

fn text(value: ValueRef<'_>, holds: impl Fn(&str) -> bool) -> Reading<bool> {
    Reading::for_ever(value.as_text().is_some_and(holds))
}

/// The local day a value names: a date, or the day of an instant.
fn date(value: ValueRef<'_>, calendar: &Calendar) -> Option<Date> {
    let text = value.as_text()?.trim();
    if let Ok(at) = Timestamp::parse(text) {
        return Some(calendar.date(at));
    }
    text.parse().ok().filter(|date: &Date| (1..=9998).contains(&date.year()))
}

/// The instant a value names: an instant, a local date and time, or the beginning of a local day.
fn instant(value: ValueRef<'_>, calendar: &Calendar) -> Option<Timestamp> {
    let text = value.as_text()?.trim();
    if let Ok(at) = Timestamp::parse(text) {
        return Some(at);
    }
    let local: DateTime = text.parse().ok()?;
    (1..=9998).contains(&local.year()).then(|| calendar.instant(local, Disambiguation::Compatible))
}
