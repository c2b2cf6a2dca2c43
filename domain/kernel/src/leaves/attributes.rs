//! Leaves about attributes, and about how long a customer is known.

use condition::{Length, Test};
use facts::{Change, Reading, Timestamp, Value};

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
        let since = self.history.known_since();
        let reading = match since.map(|since| since.plus(length.millis)) {
            Some(ripe) if ripe <= self.at => Reading::for_ever(true),
            ripe => Reading::until(false, ripe),
        };
        Answer { reading, found: Found::Known(since) }
    }

    fn changes_so_far(&self, key: &str) -> &[Change] {
        let changes = self.history.changes(key);
        &changes[..changes.partition_point(|change| change.stamp.at <= self.at)]
    }

    /// Since when the latest value is unbroken: sending it again does not restart the clock.
    fn unbroken_since(&self, so_far: &[Change]) -> Option<Timestamp> {
        let latest = self.history.value(so_far.last()?);
        let run = so_far.iter().rev().take_while(|change| same(self.history.value(change), latest));
        run.last().map(|change| change.stamp.at)
    }
}
