//! Learning without answers: how often cells of one customer agree, how often by chance, and how many pairs there are
//! of each relation.
//!
//! Chance comes from pairs drawn at random, never from the blocks, where everything agrees too often. Agreement of one
//! customer is found by expectation and maximisation (Dempster, Laird and Rubin 1977) over the patterns of all
//! candidate pairs; pairs that share no key are taken to be unrelated. What was expected beforehand counts as much as
//! a few pairs more, so that a list of ten rows is judged sensibly too.

use std::collections::HashMap;

use crate::{
    block::Blocks,
    chance::Chance,
    measure::ONLY_DIGITS,
    model::{Model, NAMESAKES, Role, Table, usual},
    records::{Records, RowNo},
    spread::{Spread, gather},
};

/// Pairs drawn at random.
const DRAWN: u32 = 240_000;
/// Candidate pairs that are looked at; when there are more, whole rows are left out.
const LOOKED_AT: f64 = 3_000_000.0;
/// As how many pairs the usual levels of one customer count.
const BELIEF: f64 = 12.0;
/// As how many pairs of namesakes counts what is expected of their addresses.
const BELIEF_NAMESAKES: f64 = 50.0;
/// As how many pairs every relation is expected.
const EXPECTED: f64 = 1.0;
/// Rounds at most, and the change below which they end.
const ROUNDS: usize = 60;
const SETTLED: f64 = 1e-4;

/// How often each pattern of levels was seen, in the order of the patterns.
type Patterns = Vec<(u64, f64)>;

/// The patterns from which is learned: those of pairs drawn at random, and those of candidates.
pub(crate) struct Seen {
    drawn: Patterns,
    candidates: Patterns,
}

impl Seen {
    /// Looks at the pairs.
    pub(crate) fn new(records: &Records, blocks: &Blocks, seed: u64, spread: Spread<'_>) -> Seen {
        if records.pairs() < 1.0 {
            return Seen { drawn: Patterns::new(), candidates: Patterns::new() };
        }
        Seen {
            drawn: drawn(records, seed, spread),
            candidates: candidates(records, blocks, spread),
        }
    }

    /// Learns from them.
    pub(crate) fn learn(&self, records: &Records) -> Model {
        let mut model = Model::expected(records);
        let all = records.pairs();
        if all < 1.0 || records.plan().comparisons().is_empty() {
            return model;
        }
        begin(&mut model, records, all);
        for round in 0..ROUNDS {
            chance(&mut model, records, &self.drawn);
            let change = round_of(&mut model, &self.candidates, all);
            if change < SETTLED && 4 < round {
                break;
            }
        }
        model
    }
}

/// The first guess of how many pairs there are of each relation.
fn begin(model: &mut Model, records: &Records, all: f64) {
    let guess = f64::from(records.leading()) * 0.2;
    for class in &mut model.classes {
        class.share = match class.relation {
            crate::Relation::Same => guess / all,
            crate::Relation::Unrelated => 1.0,
            _ => 0.1 * guess / all,
        }
        .min(0.5);
    }
    if let Some(last) = model.classes.last_mut() {
        last.share = 0.5;
    }
}

fn levels(pattern: u64) -> impl Iterator<Item = usize> {
    (0..crate::plan::MOST).map(move |place| (pattern >> (4 * place) & 15) as usize)
}

fn level_in(pattern: u64) -> impl Fn(usize) -> u8 + Copy {
    move |place| (pattern >> (4 * place) & 15) as u8
}

fn drawn(records: &Records, seed: u64, spread: Spread<'_>) -> Patterns {
    const PIECES: u32 = 16;
    let draws = DRAWN.min((records.pairs() * 4.0).min(f64::from(DRAWN)) as u32).max(1_000);
    let found = gather(spread, PIECES as usize, &|piece| {
        let mut chance = Chance::new(seed ^ (0x51ed_u64 << 20) ^ piece as u64);
        let mut patterns: HashMap<u64, f64> = HashMap::new();
        for _ in 0..draws / PIECES {
            let a = chance.below(records.leading());
            let b = if records.plan().links_two() {
                records.leading() + chance.below(records.len() - records.leading())
            } else {
                chance.below(records.len())
            };
            if a != b {
                *patterns.entry(records.agreement(a, b).pattern()).or_insert(0.0) += 1.0;
            }
        }
        patterns
    });
    merged(found)
}

fn candidates(records: &Records, blocks: &Blocks, spread: Spread<'_>) -> Patterns {
    let pairs: u64 = blocks.figures().iter().map(|rule| rule.pairs).sum();
    let every = (pairs as f64 / LOOKED_AT).ceil().max(1.0);
    let step = every as u32;
    let pieces = 64;
    let length = records.leading().div_ceil(pieces);
    let found = gather(spread, pieces as usize, &|piece| {
        let (from, to) = (piece as u32 * length, (piece as u32 + 1) * length);
        let mut patterns: HashMap<u64, f64> = HashMap::new();
        let rows = (from..to.min(records.leading())).filter(|row| mixed(*row).is_multiple_of(step));
        blocks.each_pairs(records, rows, |pairs| {
            for (a, b) in pairs {
                let pattern = records.agreement(*a, *b).pattern();
                *patterns.entry(pattern).or_insert(0.0) += f64::from(step);
            }
        });
        patterns
    });
    merged(found)
}

fn mixed(row: RowNo) -> u32 {
    row.wrapping_mul(0x9e37_79b1).rotate_left(15).wrapping_mul(0x85eb_ca6b) >> 3
}

fn merged(found: Vec<HashMap<u64, f64>>) -> Patterns {
    let mut all: HashMap<u64, f64> = HashMap::new();
    for (pattern, n) in found.into_iter().flatten() {
        *all.entry(pattern).or_insert(0.0) += n;
    }
    // Whole numbers are added exactly in any order; what is computed from them is not.
    let mut all: Patterns = all.into_iter().collect();
    all.sort_unstable_by_key(|(pattern, _)| *pattern);
    all
}

/// The share of each class for a pattern.
fn shares(model: &Model, pattern: u64, out: &mut Vec<f64>) {
    out.clear();
    for class in &model.classes {
        let mut likely = class.share;
        for (place, level) in levels(pattern).enumerate().take(class.roles.len()) {
            if level != 0 {
                likely *= match class.roles[place] {
                    Role::Same => model.same[place][level - 1],
                    Role::Chance if model.follows_from_name(place, level_in(pattern)) => {
                        model.namesakes
                    }
                    Role::Chance => model.chance[place][level - 1],
                    Role::Own(own) => model.own[own][level - 1],
                };
            }
        }
        out.push(likely);
    }
    let sum: f64 = out.iter().sum();
    if 0.0 < sum {
        out.iter_mut().for_each(|share| *share /= sum);
    }
}

/// How often cells agree by chance: as often as in the drawn pairs, those that are related left out. How often terms
/// are shared is known exactly from their frequencies.
fn chance(model: &mut Model, records: &Records, drawn: &Patterns) {
    let comparisons = records.plan().comparisons();
    let mut counts: Vec<Table> = model.chance.iter().map(|table| vec![0.0; table.len()]).collect();
    let mut shares_of = Vec::new();
    for (pattern, n) in drawn {
        shares(model, *pattern, &mut shares_of);
        let unrelated = shares_of.last().copied().unwrap_or(1.0);
        for (place, level) in levels(*pattern).enumerate().take(counts.len()) {
            if level != 0 {
                counts[place][level - 1] += n * unrelated;
            }
        }
    }
    for (place, comparison) in comparisons.iter().enumerate() {
        let levels = comparison.measure.levels();
        let known = usual(comparison.measure);
        let seen: f64 = counts[place].iter().sum::<f64>() + 1.0;
        let shared = |table: &[f64]| -> f64 {
            levels.iter().zip(table).filter(|(l, _)| l.shares_term).map(|(_, n)| *n).sum()
        };
        let (drawn_together, known_together) = (shared(&counts[place]), shared(&known).max(1e-6));
        let together = model.collisions[place].clamp(1e-9, 0.99);
        let last = levels.len() - 1;
        let mut table: Table = Vec::with_capacity(levels.len());
        for (at, level) in levels.iter().enumerate() {
            let n = counts[place][at];
            table.push(if level.shares_term {
                // Among those that share a term, as they were drawn, and as usual where too few were.
                together * (n + 3.0 * known[at] / known_together) / (drawn_together + 3.0)
            } else if at == last {
                0.0
            } else {
                (n + 0.2) / (seen + 0.2)
            });
        }
        let rest: f64 = table.iter().sum();
        table[last] = (1.0 - rest).max(0.001);
        model.chance[place] = table;
    }
}

/// One round of expectation and maximisation; gives the largest change of a table.
fn round_of(model: &mut Model, seen: &Patterns, all: f64) -> f64 {
    let mut same: Vec<Table> = model.same.iter().map(|table| vec![0.0; table.len()]).collect();
    let mut classes = vec![0.0; model.classes.len()];
    let mut shares_of = Vec::new();
    let mut namesakes = (BELIEF_NAMESAKES * NAMESAKES, BELIEF_NAMESAKES);
    for (pattern, n) in seen {
        shares(model, *pattern, &mut shares_of);
        let unrelated = n * shares_of.last().copied().unwrap_or(0.0);
        for level in model.addresses_of_namesakes(level_in(*pattern)) {
            namesakes.1 += unrelated;
            namesakes.0 += if level == ONLY_DIGITS { unrelated } else { 0.0 };
        }
        for (class, share) in shares_of.iter().enumerate() {
            classes[class] += n * share;
            if !model.classes[class].relation.is_same() {
                continue;
            }
            for (place, level) in levels(*pattern).enumerate().take(same.len()) {
                if level != 0 && model.classes[class].roles[place] == Role::Same {
                    same[place][level - 1] += n * share;
                }
            }
        }
    }
    let related: f64 = classes[..classes.len() - 1].iter().sum();
    let last = classes.len() - 1;
    for (class, n) in model.classes.iter_mut().zip(&classes).take(last) {
        class.share = ((n + EXPECTED) / (all + EXPECTED)).min(0.9);
    }
    model.classes[last].share = ((all - related) / all).clamp(0.01, 1.0);
    model.namesakes = namesakes.0 / namesakes.1;
    let mut change = 0.0_f64;
    for (place, counts) in same.iter().enumerate() {
        let sum: f64 = counts.iter().sum();
        let before = model.same[place].clone();
        let belief = model.expected_same(place).clone();
        for (level, n) in counts.iter().enumerate() {
            let now = (n + BELIEF * belief[level]) / (sum + BELIEF);
            change = change.max((now - before[level]).abs());
            model.same[place][level] = now;
        }
    }
    change
}
