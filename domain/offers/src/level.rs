//! The matching level (マッチング・レベル): how well an offer fits one customer, and everybody in order.
//!
//! ```text
//!   0 ├──────── met ────────┤┄┄┄ unknown ┄┄┄├──── not met ────┤ total of the weights
//!                         level           at_most
//! ```

use std::{cmp::Reverse, collections::BTreeMap};

use condition::Condition;
use facts::{History, Timestamp};
use roaring::RoaringBitmap;

use crate::{Criterion, Missing, Offer, Source, missing};

/// How a criterion stands for a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// It holds.
    Met,
    /// It does not.
    Unmet,
    /// It is not known.
    Unknown,
    /// It counts as met because the variant sees to it.
    Settled,
}

impl Met {
    /// The word for it in facts and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Met::Met => "met",
            Met::Unmet => "unmet",
            Met::Unknown => "unknown",
            Met::Settled => "settled",
        }
    }

    /// What a word says.
    pub fn from_word(word: &str) -> Option<Met> {
        [Met::Met, Met::Unmet, Met::Unknown, Met::Settled]
            .into_iter()
            .find(|met| met.word() == word)
    }

    /// Whether it adds its weight.
    pub fn counts(self) -> bool {
        matches!(self, Met::Met | Met::Settled)
    }
}

/// How well an offer fits a customer, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MatchLevel {
    /// By what is known.
    pub level: u8,
    /// If everything unknown should turn out well. Invariant: not below `level`.
    pub at_most: u8,
}

impl MatchLevel {
    /// Of so much weight met and unknown; halves are rounded up.
    pub fn of(met: u32, unknown: u32, total: u32) -> MatchLevel {
        let share = |part: u32| ((200 * part + total) / (2 * total.max(1))).min(100) as u8;
        MatchLevel { level: share(met), at_most: share(met + unknown) }
    }
}

/// What is asked of customers to know how well an offer fits: conditions, to be answered by the kernel.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is asked, each condition once.
    pub conditions: Vec<Condition>,
    has: Option<usize>,
    requires: Option<usize>,
    /// For the offer itself and each variant in order: what is asked of each criterion.
    versions: Vec<Vec<Answers>>,
    weights: Vec<u32>,
}

/// Where the answers to a criterion stand.
#[derive(Debug, Clone, Copy)]
enum Answers {
    Asked { surely: usize, possibly: usize },
    Settled,
}

/// How well an offer, or a variant of it, fits one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// How each criterion stands.
    pub states: Vec<Met>,
    /// The level.
    pub level: MatchLevel,
}

/// A customer in the order of a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked {
    /// The customer's number.
    pub customer: u32,
    /// The level.
    pub level: MatchLevel,
}

/// An unknown fact, and how much knowing it would settle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helpful {
    /// The fact.
    pub fact: Missing,
    /// The criteria it stands in, by place.
    pub criteria: Vec<usize>,
    /// Up to so many points of the level are open because of it, 1 to 100.
    pub points: u8,
}

impl Offer {
    /// What is asked of customers. `is_sign` tells the names of signs.
    pub fn asked(&self, is_sign: &dyn Fn(&str) -> bool) -> Asked {
        let mut conditions: Vec<Condition> = vec![];
        let mut place = |condition: Condition| {
            let known = conditions.iter().position(|one| *one == condition);
            known.unwrap_or_else(|| {
                conditions.push(condition);
                conditions.len() - 1
            })
        };
        let has = self.has.clone().map(&mut place);
        let requires = self.requires.clone().map(&mut place);
        let itself = std::iter::once(None);
        let versions = itself.chain(self.variants.iter().map(Some)).map(|variant| {
            let criteria = self.criteria.iter().enumerate();
            let answers = criteria.map(|(n, criterion)| {
                if variant.is_some_and(|one| one.settles.contains(&n)) {
                    return Answers::Settled;
                }
                let instead = variant.and_then(|one| one.instead.get(&n));
                let told = criterion.twofold(instead, is_sign);
                Answers::Asked { surely: place(told.surely), possibly: place(told.possibly) }
            });
            answers.collect()
        });
        let versions = versions.collect();
        let weights = self.criteria.iter().map(|one| u32::from(one.weight)).collect();
        Asked { conditions, has, requires, versions, weights }
    }

    /// The unknown facts of a customer, the one that would settle most first. A criterion that lacks several facts gives
    /// each of them an equal part.
    pub fn helpful(
        &self,
        states: &[Met],
        history: &History,
        at: Timestamp,
        is_sign: &dyn Fn(&str) -> bool,
    ) -> Vec<Helpful> {
        let mut open: BTreeMap<Missing, (f64, Vec<usize>)> = BTreeMap::new();
        for (place, criterion) in self.criteria.iter().enumerate() {
            if states.get(place) != Some(&Met::Unknown) {
                continue;
            }
            let facts = lacking(place, criterion, history, at, is_sign);
            let part = f64::from(criterion.weight) / facts.len() as f64;
            for fact in facts {
                let entry = open.entry(fact).or_default();
                entry.0 += part;
                entry.1.push(place);
            }
        }
        let total = f64::from(self.total());
        let mut found: Vec<(f64, Helpful)> = open
            .into_iter()
            .map(|(fact, (part, criteria))| {
                let points = (part * 100.0 / total).round().clamp(1.0, 100.0) as u8;
                (part, Helpful { fact, criteria, points })
            })
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.fact.cmp(&b.1.fact)));
        found.into_iter().map(|(_, helpful)| helpful).collect()
    }
}

/// What a criterion that is unknown lacks; never empty.
fn lacking(
    place: usize,
    criterion: &Criterion,
    history: &History,
    at: Timestamp,
    is_sign: &dyn Fn(&str) -> bool,
) -> Vec<Missing> {
    let facts = match (&criterion.source, &criterion.known_when) {
        (Source::Need(need), _) => vec![Missing::Need(need.id.clone())],
        (_, Some(_)) => vec![],
        (_, None) => missing(&criterion.condition, history, at, is_sign),
    };
    if facts.is_empty() { vec![Missing::Told(place)] } else { facts }
}

impl Asked {
    /// How many versions there are: the offer itself and its variants.
    pub fn versions(&self) -> usize {
        self.versions.len()
    }

    /// Whether a customer has the offer already, by the answers.
    pub fn has(&self, holds: impl Fn(usize) -> bool) -> bool {
        self.has.is_some_and(holds)
    }

    /// Whether it can be offered to a customer at all, by the answers.
    pub fn can_be_offered(&self, holds: impl Fn(usize) -> bool) -> bool {
        self.requires.is_none_or(holds)
    }

    /// How well a version fits: 0 is the offer itself, then its variants.
    pub fn judge(&self, version: usize, holds: impl Fn(usize) -> bool) -> Judged {
        let state = |answers: &Answers| match *answers {
            Answers::Settled => Met::Settled,
            Answers::Asked { surely, .. } if holds(surely) => Met::Met,
            Answers::Asked { possibly, .. } if holds(possibly) => Met::Unknown,
            Answers::Asked { .. } => Met::Unmet,
        };
        let states: Vec<Met> = self.versions[version].iter().map(state).collect();
        let of = |wanted: &dyn Fn(Met) -> bool| -> u32 {
            let both = states.iter().zip(&self.weights);
            both.filter(|(state, _)| wanted(**state)).map(|(_, weight)| *weight).sum()
        };
        let (met, unknown) = (of(&Met::counts), of(&|state| state == Met::Unknown));
        let level = MatchLevel::of(met, unknown, self.weights.iter().sum());
        Judged { states, level }
    }

    /// The version that fits best: the highest level, then the most it can be; the offer itself before its variants.
    pub fn best(&self, holds: impl Fn(usize) -> bool + Copy) -> usize {
        let level = |version: &usize| {
            let MatchLevel { level, at_most } = self.judge(*version, holds).level;
            (level, at_most, Reverse(*version))
        };
        (0..self.versions()).max_by_key(level).unwrap_or(0)
    }

    /// Those to whom the offer can be proposed: known, not refused, and without it.
    pub fn open(&self, known: &RoaringBitmap, members: &[RoaringBitmap]) -> RoaringBitmap {
        let mut open = known.clone();
        if let Some(requires) = self.requires {
            open &= &members[requires];
        }
        if let Some(has) = self.has {
            open -= &members[has];
        }
        open
    }

    /// Those who have it already.
    pub fn owners(&self, members: &[RoaringBitmap]) -> RoaringBitmap {
        self.has.map(|has| members[has].clone()).unwrap_or_default()
    }

    /// For each criterion of the offer itself: for whom it surely holds, and for whom it could.
    pub fn sides(&self, members: &[RoaringBitmap]) -> Vec<(RoaringBitmap, RoaringBitmap)> {
        let sides = self.versions.iter().take(1).flatten().map(|answers| match *answers {
            Answers::Settled => Default::default(),
            Answers::Asked { surely, possibly } => {
                (members[surely].clone(), members[possibly].clone())
            }
        });
        sides.collect()
    }

    /// Customers by how well a version fits them: the level, then the most it can be, then who became known first.
    /// `members` are those for whom each of [`Asked::conditions`] holds.
    pub fn rank(
        &self,
        version: usize,
        who: &RoaringBitmap,
        members: &[RoaringBitmap],
    ) -> Vec<Ranked> {
        let total: u32 = self.weights.iter().sum();
        let end = who.max().map_or(0, |last| last as usize + 1);
        let (mut met, mut possible) = (vec![0_u32; end], vec![0_u32; end]);
        let add = |to: &mut [u32], those: &RoaringBitmap, weight: u32| {
            for one in those {
                let Some(sum) = to.get_mut(one as usize) else { break };
                *sum += weight;
            }
        };
        let mut settled = 0;
        for (answers, weight) in self.versions[version].iter().zip(&self.weights) {
            match *answers {
                Answers::Settled => settled += weight,
                Answers::Asked { surely, possibly } => {
                    add(&mut met, &members[surely], *weight);
                    add(&mut possible, &members[possibly], *weight);
                }
            }
        }
        let ranked = who.iter().map(|customer| {
            let (met, possible) = (met[customer as usize], possible[customer as usize]);
            let level = MatchLevel::of(settled + met, possible.saturating_sub(met), total);
            Ranked { customer, level }
        });
        let mut ranked: Vec<Ranked> = ranked.collect();
        ranked.sort_by_key(|one| (Reverse((one.level.level, one.level.at_most)), one.customer));
        ranked
    }
}
