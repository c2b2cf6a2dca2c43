//! From older rules to newer ones: what both ask keeps its answers, and only the rest is asked.

use std::collections::BTreeMap;

use condition::SegmentId;
use facts::Timestamp;
use kernel::{Likenesses, Question, Working};
use roaring::RoaringBitmap;

use crate::{
    Answers, Carrying, Engine, Rules, Wanted,
    lapses::{LOOK, Lapse, Lapses},
};

/// What newer rules have in common with older ones.
#[derive(Debug)]
pub struct Handover {
    /// For each question of the older rules its number in the newer ones.
    questions: Vec<Option<Question>>,
    /// The questions only the newer rules ask, rising.
    fresh: Vec<Question>,
    /// For each segment of the newer rules the one of the older rules that is defined alike.
    segments: Vec<Option<usize>>,
    /// For each segment of the newer rules whether the one that had its id was defined alike.
    same_id: Vec<bool>,
    /// For each sign of the newer rules the one of the older rules that is defined alike.
    signs: Vec<Option<usize>>,
}

impl Handover {
    /// Compares two sets of rules. Rules that read another calendar have nothing in common.
    pub fn new(older: &Rules, newer: &Rules) -> Handover {
        let alike = older.calendar() == newer.calendar();
        let mut likenesses = Likenesses::default();
        let before = likenesses.read(older.plan());
        let after = likenesses.read(newer.plan());
        let known: BTreeMap<u32, Question> = (0..newer.questions().n() as u32)
            .map(|question| (newer.questions().likeness(&after, question), question))
            .collect();
        let questions: Vec<Option<Question>> = (0..older.questions().n() as u32)
            .map(|question| older.questions().likeness(&before, question))
            .map(|likeness| known.get(&likeness).copied().filter(|_| alike))
            .collect();
        let mut kept: Vec<Question> = questions.iter().flatten().copied().collect();
        kept.sort_unstable();
        let fresh = (0..newer.questions().n() as u32)
            .filter(|question| kept.binary_search(question).is_err())
            .collect();
        let defined: BTreeMap<u32, usize> =
            (0..older.segments().len()).map(|n| (before.of_segment(n), n)).collect();
        let segment = |n: usize| defined.get(&after.of_segment(n)).copied().filter(|_| alike);
        let segments = (0..newer.segments().len()).map(segment).collect();
        let ids: BTreeMap<&SegmentId, usize> =
            older.segments().iter().zip(0..).map(|((id, _), n)| (id, n)).collect();
        let same_id = |(n, (id, _)): (usize, &(SegmentId, _))| {
            let same = |then: &usize| before.of_segment(*then) == after.of_segment(n);
            alike && ids.get(id).is_some_and(same)
        };
        let same_id = newer.segments().iter().enumerate().map(same_id).collect();
        let sign = |n: usize| {
            let sign = &newer.signs()[n].sign;
            let same = |m: &usize| {
                older.signs()[*m].sign == *sign
                    && older.sign_likeness(&before, *m) == newer.sign_likeness(&after, n)
            };
            (0..older.signs().len()).find(same).filter(|_| alike)
        };
        let signs = (0..newer.signs().len()).map(sign).collect();
        Handover { questions, fresh, segments, same_id, signs }
    }

    /// What must be asked of everyone.
    pub fn fresh(&self) -> Wanted {
        Wanted::These(self.fresh.clone())
    }

    /// The segments of the newer rules that the older ones did not have in this form, by number.
    pub fn changed_segments(&self) -> impl Iterator<Item = usize> {
        self.segments.iter().enumerate().filter(|(_, same)| same.is_none()).map(|(n, _)| n)
    }

    /// Whether a segment of the newer rules is defined as the segment of its id was.
    pub fn is_same(&self, newer: usize) -> bool {
        self.same_id[newer]
    }

    /// Whether the older rules have a sign that is defined like this one of the newer rules.
    pub fn has_sign(&self, newer: usize) -> bool {
        self.signs[newer].is_some()
    }

    /// The segment of the older rules that is defined like this one of the newer rules.
    pub fn same_segment(&self, newer: usize) -> Option<usize> {
        self.segments[newer]
    }
}

/// An engine on its way from older rules to newer ones: answers are still missing, and what hangs on them.
///
/// Whoever is placed in the older engine meanwhile must be asked everything and placed anew in the newer one.
#[derive(Debug)]
pub struct Moving {
    newer: Engine,
}

impl Engine {
    /// Begins to move to newer rules: takes over every answer and lapse that both sets of rules know, and the
    /// segments and signs that are defined alike.
    pub fn begin_move(&self, rules: &Rules, handover: &Handover) -> Moving {
        let mut newer = Engine::new(rules);
        newer.known = self.known.clone();
        for customer in &self.known {
            for older in self.rows.ones(customer) {
                if let Some(question) = handover.questions[older as usize] {
                    newer.rows.set(customer, question, true);
                }
            }
        }
        for (customer, lapses) in self.lapses.iter().enumerate() {
            newer.put_lapses(customer as u32, handover.lapses(lapses));
        }
        for (segment, same) in handover.segments.iter().enumerate() {
            if let Some(same) = same {
                newer.settle(segment, self.segments[*same].clone());
            }
        }
        for (sign, same) in handover.signs.iter().enumerate() {
            if let Some(same) = same {
                newer.carriers[sign].clone_from(&self.carriers[*same]);
            }
        }
        Moving { newer }
    }
}

impl Moving {
    /// Takes over the answers of a customer to [`Handover::fresh`].
    pub fn fill(&mut self, handover: &Handover, customer: u32, answers: &Answers) {
        if !self.newer.known.contains(customer) || !answers.known.value {
            return;
        }
        for (question, reading) in &answers.read {
            self.newer.rows.set(customer, *question, reading.value);
        }
        let coming = answers.read.iter().filter_map(|(question, reading)| {
            Some(Lapse { at: reading.holds_until?, question: *question })
        });
        self.newer.exchange_lapses(customer, &handover.fresh, coming);
    }

    /// Works out the segments and signs that are defined anew. A sign that is new to a customer is carried since `at`.
    #[must_use]
    pub fn arrive(mut self, rules: &Rules, handover: &Handover, at: Timestamp) -> Engine {
        self.newer.work_out(rules, handover, at);
        self.newer
    }
}

impl Engine {
    /// Segments and signs that are defined anew, from the answers.
    fn work_out(&mut self, rules: &Rules, handover: &Handover, at: Timestamp) {
        let changed: Vec<usize> = handover.changed_segments().collect();
        let mut members = vec![RoaringBitmap::new(); changed.len()];
        let fresh_signs: Vec<usize> =
            (0..rules.signs().len()).filter(|n| handover.signs[*n].is_none()).collect();
        let mut working = Working::default();
        for customer in &self.known {
            let row = self.rows.of(customer);
            let answer = |question: Question| row.get(question);
            working.begin(rules.plan());
            let mut holds =
                |root: u32| rules.questions().holds(rules.plan(), root, &answer, &mut working);
            for (segment, members) in changed.iter().zip(&mut members) {
                if holds(*segment as u32) {
                    members.insert(customer);
                }
            }
            for sign in &fresh_signs {
                if let Some(strength) = rules.signs()[*sign].carried(&mut holds) {
                    self.carriers[*sign].insert(customer, Carrying { strength, since: at });
                }
            }
        }
        for (segment, members) in changed.into_iter().zip(members) {
            self.settle(segment, members);
        }
    }

    /// Says who is in a segment of which nothing was said yet.
    fn settle(&mut self, segment: usize, members: RoaringBitmap) {
        for customer in &members {
            self.memberships.set(customer, segment as u32, true);
        }
        self.segments[segment] = members;
    }
}

impl Handover {
    /// The lapses of the questions that stay, by their new numbers.
    fn lapses(&self, older: &Lapses) -> Lapses {
        let (near, beyond) = older.all();
        let near = near.iter().filter_map(|lapse| match lapse.question() {
            LOOK => Some(*lapse),
            question => Some(Lapse { question: self.questions[question as usize]?, ..*lapse }),
        });
        let mut near: Vec<Lapse> = near.collect();
        near.sort_unstable_by_key(|lapse| lapse.question());
        Lapses::anew(near, beyond)
    }
}
