//! Leaves about attributes, about how long a customer is known, and about what others keep as attributes: tags, lists
//! and the scores of models.

use condition::{Length, NumberTest, RandomShare, Test};
use facts::{Change, Decimal, Reading, Timestamp, Value, ValueRef};

use super::Answer;
use crate::{
    because::Found,
    moment::{Moment, same},
};

impl Moment<'_> {
    pub(super) fn attribute(&self, key: &str, test: &Test) -> Answer {
        let so_far = self.changes_so_far(key);
        let value =
            so_far.last().map_or(facts::ValueRef::Missing, |change| self.history.value(change));
        let reading = self.test(value, test);
        let holds_until = [reading.holds_until, self.next_change(key)].into_iter().flatten().min();
        let since = self.unbroken_since(so_far);
        Answer {
            reading: Reading::until(reading.value, holds_until),
            found: Found::Value { value: value.to_owned(), since },
        }
    }

    pub(super) fn held(&self, key: &str, wanted: &Value, at_least: bool, length: Length) -> Answer {
        let so_far = self.changes_so_far(key);
        let value =
            so_far.last().map_or(facts::ValueRef::Missing, |change| self.history.value(change));
        let since = self.unbroken_since(so_far);
        let found = Found::Value { value: value.to_owned(), since };
        let next = self.next_change(key);
        let (true, Some(since)) = (same(value, wanted.borrowed()), since) else {
            return Answer { reading: Reading::until(false, next), found };
        };
        let ripe = since.plus(length.millis);
        let is_ripe = ripe <= self.at;
        let holds_until = [next, (!is_ripe).then_some(ripe)].into_iter().flatten().min();
        Answer { reading: Reading::until(is_ripe == at_least, holds_until), found }
    }

    pub(super) fn known(&self, length: Length) -> Answer {
        let since = match self.contact {
            Some(contact) => Some(contact.known_since),
            None => self.history.known_since(),
        };
        let reading = match since.map(|since| since.plus(length.millis)) {
            Some(ripe) if ripe <= self.at => Reading::for_ever(true),
            ripe => Reading::until(false, ripe),
        };
        Answer { reading, found: Found::Known(since) }
    }

    /// Whether a tag or a list, kept as an attribute, is true.
    pub(super) fn marked(&self, key: &str) -> Answer {
        let since = self.unbroken_since(self.changes_so_far(key));
        let value = self.value_of(key);
        Answer {
            reading: Reading::until(same(value, ValueRef::Bool(true)), self.next_change(key)),
            found: Found::Value { value: value.to_owned(), since },
        }
    }

    /// What a model says, kept as an attribute; the strengths of signs are answered by the plan.
    pub(super) fn score(&self, id: &str, test: &NumberTest<Decimal>) -> Answer {
        let key = format!("score:{id}");
        let score = self.value_of(&key).as_number();
        let holds = score.is_some_and(|score| test.holds(&score));
        Answer {
            reading: Reading::until(holds, self.next_change(&key)),
            found: Found::Measure(score),
        }
    }

    /// Whether the customer falls into a random share; somebody without a key falls into none.
    pub(super) fn random(&self, share: &RandomShare) -> Answer {
        let key = self.history.customer();
        let place = key.map(|key| Decimal::new(i64::from(share.place(key)), 4));
        Answer {
            reading: Reading::for_ever(key.is_some_and(|key| share.holds(key))),
            found: Found::Random { percent: place },
        }
    }

    pub(super) fn changes_so_far(&self, key: &str) -> &[Change] {
        let changes = self.changes(key);
        &changes[..changes.partition_point(|change| change.stamp.at <= self.at)]
    }

    /// Since when the latest value is unbroken: sending it again does not restart the clock.
    pub(super) fn unbroken_since(&self, so_far: &[Change]) -> Option<Timestamp> {
        let latest = self.history.value(so_far.last()?);
        let run = so_far.iter().rev().take_while(|change| same(self.history.value(change), latest));
        run.last().map(|change| change.stamp.at)
    }
}
