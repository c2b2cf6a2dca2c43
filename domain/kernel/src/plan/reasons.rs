//! Why a reading is what it is: the tree of a condition, asked again with what was found at every leaf.

use condition::{Condition, Leaf, Rank, SegmentId};
use facts::{Event, Reading, ValueRef};

use super::{Plan, for_some, known, points, ranked, strength};
use crate::{
    Because, Found, RankKey, contacts,
    leaves::Notes,
    moment::{Bound, Moment},
};

/// What one node has to tell, beside its question.
struct Told {
    reading: Reading<bool>,
    found: Found,
    evidence: Vec<Event>,
    children: Vec<Because>,
}

impl Told {
    /// A branch: nothing was found but its parts.
    fn parts(reading: Reading<bool>, children: Vec<Because>) -> Told {
        Told { reading, found: Found::Parts, evidence: vec![], children }
    }

    fn found(reading: Reading<bool>, found: Found, children: Vec<Because>) -> Told {
        Told { reading, found, evidence: vec![], children }
    }
}

impl Plan {
    pub(super) fn because(&self, condition: &Condition, moment: Moment<'_>) -> Because {
        let Told { reading, found, mut evidence, children } = self.tell(condition, moment);
        evidence.sort_by_key(|event| std::cmp::Reverse((event.stamp.at, event.stamp.seq)));
        evidence.dedup_by_key(|event| event.stamp.seq);
        let evidence_total = evidence.len();
        evidence.truncate(Because::MOST_EVIDENCE);
        Because { condition: condition.clone(), reading, found, evidence, evidence_total, children }
    }

    fn tell(&self, condition: &Condition, moment: Moment<'_>) -> Told {
        match condition {
            Condition::All(parts) => {
                let children = self.each(parts, moment);
                let readings = children.iter().map(|child| child.reading);
                Told::parts(readings.fold(Reading::for_ever(true), Reading::and), children)
            }
            Condition::Any(parts) => {
                let children = self.each(parts, moment);
                let readings = children.iter().map(|child| child.reading);
                Told::parts(readings.fold(Reading::for_ever(false), Reading::or), children)
            }
            Condition::Not(inner) => {
                let inner = self.because(inner, moment);
                Told::parts(inner.reading.negated(), vec![inner])
            }
            Condition::Some { property, of, satisfies } => {
                let inner = |moment: Moment<'_>| self.because(satisfies, moment).reading;
                let (reading, value) = for_some(property, of.as_ref(), moment, inner);
                let shown = value.unwrap_or(ValueRef::Missing);
                let bound = Bound { property, value: shown, outer: moment.bound };
                let inner = self.because(satisfies, Moment { bound: Some(&bound), ..moment });
                Told::found(reading, Found::Some(value.map(ValueRef::to_owned)), vec![inner])
            }
            Condition::Contacts { how_many, satisfies } => {
                let inner = |one: Moment<'_>| self.because(satisfies, one).reading;
                let asked = contacts::ask(*how_many, moment, inner);
                let shown = asked.shown.map(|contact| Moment { contact: Some(contact), ..moment });
                let inner = shown.map(|one| self.because(satisfies, one));
                Told::found(asked.reading, asked.found, inner.into_iter().collect())
            }
            Condition::Company(inner) => {
                let inner = self.because(inner, Moment { contact: None, ..moment });
                Told::parts(inner.reading, vec![inner])
            }
            Condition::Points { parts, test } => {
                let children: Vec<Because> =
                    parts.iter().map(|(_, part)| self.because(part, moment)).collect();
                let weights = parts.iter().map(|(weight, _)| *weight);
                let readings = children.iter().map(|child| child.reading);
                let (reading, sum) = points(weights.zip(readings), i32::MAX, test);
                Told::found(reading, Found::Measure(Some(sum)), children)
            }
            Condition::Leaf(leaf) => self.tell_leaf(leaf, moment),
        }
    }

    fn each(&self, parts: &[Condition], moment: Moment<'_>) -> Vec<Because> {
        parts.iter().map(|part| self.because(part, moment)).collect()
    }

    fn tell_leaf(&self, leaf: &Leaf, moment: Moment<'_>) -> Told {
        match leaf {
            Leaf::Segment(id) => match self.because_of(id, moment) {
                Some(inner) => Told::parts(inner.reading, vec![inner]),
                None => Told::parts(Reading::for_ever(false), vec![]),
            },
            Leaf::Stayed(stayed) => match self.number(&stayed.segment) {
                Some(number) => {
                    let (reading, found) = self.stayed(number, &stayed.test, moment);
                    let inner = self.because_of(&stayed.segment, moment);
                    Told::found(reading, found, inner.into_iter().collect())
                }
                None => Told::parts(Reading::for_ever(false), vec![]),
            },
            Leaf::Score { id, test } if self.given.strengths.contains_key(id) => {
                let of = &self.given.strengths[id];
                let children: Vec<Because> =
                    of.segments().filter_map(|id| self.because_of(id, moment)).collect();
                let mut readings = children.iter().map(|child| child.reading);
                let means_something = of.requires.as_ref().and_then(|_| readings.next());
                let weighed = of.parts.iter().map(|(weight, _)| *weight).zip(readings);
                let (reading, sum) = strength(means_something, weighed.collect(), of.most, test);
                Told::found(reading, Found::Measure(Some(sum)), children)
            }
            Leaf::Rank(rank) => self.tell_rank(rank, moment),
            _ => {
                let mut notes = Notes::Events(vec![]);
                let answer = moment.answer(leaf, &mut notes);
                let evidence = notes.into_events();
                Told { reading: answer.reading, found: answer.found, evidence, children: vec![] }
            }
        }
    }

    fn tell_rank(&self, rank: &Rank, moment: Moment<'_>) -> Told {
        let among = rank.among.as_ref().and_then(|id| self.because_of(id, moment));
        let base = among.as_ref().map_or(Reading::for_ever(true), |base| base.reading);
        let cut = self.given.cuts.get(&RankKey::of(rank)).copied();
        let mut notes = Notes::Events(vec![]);
        let (reading, found) = ranked(rank, cut, base, moment, &mut notes);
        let children = among.into_iter().collect();
        Told { reading, found, evidence: notes.into_events(), children }
    }

    /// Why the customer is in another segment or not.
    fn because_of(&self, id: &SegmentId, moment: Moment<'_>) -> Option<Because> {
        let mut inner = self.because(&self.segments[self.number(id)?].1, moment.whole());
        inner.reading = known(moment.history, moment.at).and(inner.reading);
        Some(inner)
    }
}
