//! Habits, belonging and place, said plainly.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use condition::{
    Mention, NumberTest, Rank, Ratio, Regularly, SegmentId, Status, StatusTest, StayTest, Stayed,
};
use facts::{Decimal, Timestamp, Value, What};
use kernel::RankKey;

use super::{Obvious, values};

/// Every instant at which a membership could change, and who was in then. One past is of one list of facts.
#[derive(Default)]
pub(crate) struct Pasts {
    pub(crate) instants: Vec<Timestamp>,
    seen: RefCell<BTreeMap<SegmentId, Rc<Vec<bool>>>>,
}

impl Pasts {
    pub(crate) fn new(instants: Vec<Timestamp>) -> Pasts {
        Pasts { instants, ..Pasts::default() }
    }

    /// Forgets who was in, when the segments have changed.
    pub(crate) fn forget(&self) {
        self.seen.borrow_mut().clear();
    }

    /// The instants at which membership of a segment changed, as far as it was asked for.
    pub(crate) fn changes(&self) -> Vec<Timestamp> {
        let mut changes = vec![];
        for members in self.seen.borrow().values() {
            for (place, pair) in members.windows(2).enumerate() {
                if pair[0] != pair[1] {
                    changes.push(self.instants[place + 1]);
                }
            }
        }
        changes
    }
}

impl Obvious<'_> {
    /// The keys of all contacts with a record received by now.
    pub(super) fn known_contacts(&self) -> BTreeSet<String> {
        let known = self.told.iter().filter(|told| told.received <= self.at);
        known.filter_map(|told| Some(told.fact.contact.as_ref()?.as_str().to_owned())).collect()
    }

    pub(super) fn regularly(&self, leaf: &Regularly) -> bool {
        let events = self.matching(&leaf.events);
        let mut n = 0;
        for i in 0..i64::from(leaf.periods) {
            let (near, far) = (i * leaf.every.millis, (i + 1) * leaf.every.millis);
            let inside = events.iter().filter(|event| {
                let age = self.at.since(event.at);
                near <= age && age < far
            });
            n += u32::from(leaf.count.holds(&(inside.count() as u32)));
        }
        leaf.in_at_least <= n
    }

    pub(super) fn ratio(&self, leaf: &Ratio) -> bool {
        let above = self.measured(&leaf.above, &leaf.window);
        let below = self.measured(&leaf.below, &leaf.window);
        let (Some(above), Some(below)) = (above, below) else { return false };
        if below.0 <= Decimal::ZERO || below.0 < leaf.base_at_least * below.1 {
            return false;
        }
        let left = above.0 * below.1 * Decimal::ONE_HUNDRED;
        leaf.percent.holds_by(|percent| left.cmp(&(*percent * below.0 * above.1)))
    }

    /// Every instant of the past is asked, from the first record on.
    pub(super) fn stayed(&self, leaf: &Stayed) -> bool {
        let is_in = self.is_in(&leaf.segment);
        let mut since = None;
        let members = self.past(&leaf.segment);
        for (at, was_in) in self.pasts.instants.iter().zip(members.iter()).rev() {
            if self.at <= *at {
                continue;
            }
            if *was_in != is_in {
                break;
            }
            since = Some(*at);
        }
        let never_changed = since == self.pasts.instants.first().copied();
        let since = if never_changed { None } else { since.or(Some(self.at)) };
        let long_enough = |length: i64| since.is_none_or(|since| length <= self.at.since(since));
        match &leaf.test {
            StayTest::Entered(window) => {
                is_in && since.is_some_and(|since| self.lies_in(since, window))
            }
            StayTest::Left(window) => {
                !is_in && since.is_some_and(|since| self.lies_in(since, window))
            }
            StayTest::AtLeast(length) => is_in && long_enough(length.millis),
            StayTest::LessThan(length) => is_in && !long_enough(length.millis),
        }
    }

    fn past(&self, segment: &SegmentId) -> Rc<Vec<bool>> {
        if let Some(known) = self.pasts.seen.borrow().get(segment) {
            return known.clone();
        }
        let asked = self.pasts.instants.iter();
        let members: Vec<bool> = asked.map(|at| self.whole_at(*at).is_in(segment)).collect();
        let members = Rc::new(members);
        self.pasts.seen.borrow_mut().insert(segment.clone(), members.clone());
        members
    }

    pub(super) fn status(&self, leaf: &Status) -> bool {
        let place = |value: &Value| leaf.order.iter().position(|known| values::equal(known, value));
        let now = place(&self.attribute(&leaf.key));
        let mut rises = vec![];
        let mut falls = vec![];
        let mut before: Option<usize> = None;
        for (at, value) in self.changes(&leaf.key) {
            let Some(place) = place(&value) else { continue };
            match before {
                Some(before) if before < place => rises.push(at),
                Some(before) if place < before => falls.push(at),
                _ => {}
            }
            before = Some(place);
        }
        match &leaf.test {
            StatusTest::Rose(window) => rises.iter().any(|at| self.lies_in(*at, window)),
            StatusTest::Fell(window) => falls.iter().any(|at| self.lies_in(*at, window)),
            StatusTest::AtLeast(wanted) => now.is_some_and(|now| place(wanted) <= Some(now)),
            StatusTest::AtMost(wanted) => now.is_some_and(|now| Some(now) <= place(wanted)),
        }
    }

    /// A tag or a list: the attribute is true.
    pub(super) fn is_true(&self, key: &str) -> bool {
        values::equal(&self.attribute(key), &Value::Bool(true))
    }

    pub(super) fn mentioned(&self, leaf: &Mention) -> bool {
        let mut n = 0;
        for told in self.told {
            let What::Happened { name, properties } = &told.fact.what else { continue };
            let property = |name: &str| properties.borrowed().get(name).to_owned();
            let is_topic = leaf
                .topics
                .iter()
                .any(|topic| values::equal(&property("topic"), &Value::from(topic.as_str())));
            let is_denied = values::equal(&property("negated"), &Value::Bool(true));
            let counts = name.as_str() == "mentioned" && is_topic && !is_denied;
            let is_bound = self.is_of_the_one_asked(told) && self.carries_what_is_tried(told);
            if counts && is_bound && self.lies_in(told.fact.at, &leaf.window) {
                n += 1;
            }
        }
        leaf.test.holds(&n)
    }

    /// The strength of a sign by its definition, or what a model said.
    pub(super) fn score(&self, id: &str, test: &NumberTest<Decimal>) -> bool {
        let Some(sign) = self.world.signs.iter().find(|sign| sign.id.0 == id) else {
            let score = values::number(&self.attribute(&format!("score:{id}")));
            return score.is_some_and(|score| test.holds(&score));
        };
        let whole = self.whole_at(self.at);
        let means_something =
            sign.requires.as_ref().is_none_or(|condition| whole.is_member(condition));
        let parts = sign.parts.iter().filter(|part| whole.is_member(&part.condition));
        let sum: i64 = parts.map(|part| i64::from(part.weight)).sum();
        let strength = if means_something { sum.min(100) } else { 0 };
        test.holds(&Decimal::from(strength))
    }

    /// The cut is a plain number here, as the trials give it.
    pub(super) fn rank(&self, rank: &Rank) -> bool {
        let whole = self.whole_at(self.at);
        let Some(cut) = self.world.cuts.get(&RankKey::of(rank)) else { return false };
        let least = cut.least.shown().expect("a plain number");
        let is_in_base = rank.among.as_ref().is_none_or(|id| self.is_in(id));
        let measure = whole.measured(&rank.measured, &rank.window);
        is_in_base && measure.is_some_and(|(top, bottom)| least * bottom <= top)
    }
}
