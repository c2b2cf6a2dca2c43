//! From older rules to newer ones: what both ask keeps its answers, and only the rest is asked.

use std::collections::BTreeMap;

use facts::Timestamp;
use kernel::{Question, Working};
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
    /// The same for signs.
    signs: Vec<Option<usize>>,
}

impl Handover {
    /// Compares two sets of rules. Rules that read another calendar have nothing in common.
    pub fn new(older: &Rules, newer: &Rules) -> Handover {
        let alike = older.calendar() == newer.calendar();
        let known: BTreeMap<String, Question> = (0..newer.questions().n() as u32)
            .map(|question| (newer.questions().spelt(newer.plan(), question), question))
            .collect();
        let questions: Vec<Option<Question>> = (0..older.questions().n() as u32)
            .map(|question| older.questions().spelt(older.plan(), question))
            .map(|spelt| known.get(&spelt).copied().filter(|_| alike))
            .collect();
        let mut kept: Vec<Question> = questions.iter().flatten().copied().collect();
        kept.sort_unstable();
        let fresh = (0..newer.questions().n() as u32)
            .filter(|question| kept.binary_search(question).is_err())
            .collect();
        let roots: BTreeMap<String, usize> =
            (0..older.segments().len()).map(|n| (older.segment_spelt(n), n)).collect();
        let segment = |n: usize| roots.get(&newer.segment_spelt(n)).copied().filter(|_| alike);
        let segments = (0..newer.segments().len()).map(segment).collect();
        let sign = |n: usize| {
            let sign = &newer.signs()[n].sign;
            let same = |m: &usize| {
                older.signs()[*m].sign == *sign && older.sign_spelt(*m) == newer.sign_spelt(n)
            };
            (0..older.signs().len()).find(same).filter(|_| alike)
        };
        let signs = (0..newer.signs().len()).map(sign).collect();
        Handover { questions, fresh, segments, signs }
    }

    /// What must be asked of everyone.
    pub fn fresh(&self) -> Wanted {
        Wanted::These(self.fresh.clone())
    }

    /// The segments of the newer rules that the older ones did not have in this form, by number.
    pub fn changed_segments(&self) -> impl Iterator<Item = usize> {
        self.segments.iter().enumerate().filter(|(_, same)| same.is_none()).map(|(n, _)| n)
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
                newer.segments[segment].clone_from(&self.segments[*same]);
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
            let answer = |question: Question| self.rows.get(customer, question);
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
            self.segments[segment] = members;
        }
    }
}

impl Handover {
    /// The lapses of the questions that stay, by their new numbers.
    fn lapses(&self, older: &Lapses) -> Lapses {
        let (near, beyond) = older.all();
        let near = near.iter().filter_map(|lapse| match lapse.question {
            LOOK => Some(*lapse),
            question => Some(Lapse { question: self.questions[question as usize]?, ..*lapse }),
        });
        Lapses::anew(near.collect(), beyond)
    }
}
