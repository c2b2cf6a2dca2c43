//! Which candidates foretell the outcome: surer than the surest of all candidates is by chance, and right again later.
//!
//! Chance is found by giving each customer the outcomes of another: behaviour stays whole and so do outcomes, only who did
//! what is broken up. The surest candidate of each such draw says how sure a candidate must be (Westfall and Young 1993).

use proving::{Counts, Rate, Ratio};

use crate::Rows;

/// A condition, or two at once, after which the outcome comes more often.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The numbers of the candidates that hold together: one or two.
    pub candidates: Vec<usize>,
    /// How often the outcome followed on the later dates.
    pub right: Rate,
    /// How often it followed whatever the pattern says, on the later dates.
    pub base: Rate,
    /// The first against the second.
    pub lift: Ratio,
    /// The share of the dates with an outcome ahead at which the pattern held.
    pub coverage: Rate,
    /// Half of the outcomes that followed came so many days later, or more.
    pub median_lead: u16,
    /// How many standard deviations above what chance gives.
    pub sureness: f64,
    /// How often chance alone gives anything as sure among all that was searched.
    pub by_chance: f64,
}

/// So many draws; the least chance that can be told is one in 200.
const DRAWS: usize = 199;
/// More often than this chance may not give anything as sure.
const BY_CHANCE_MOST: f64 = 0.01;
/// A pattern holds at so many customers, and the outcome follows so often, on all dates and on the later ones.
const CUSTOMERS_LEAST: u64 = 5;
const HITS_LEAST: u64 = 5;
/// Two patterns that share more than this part of what either holds at are one.
const ALIKE: f64 = 0.5;
/// So many single patterns are tried in twos.
const PAIRED_MOST: usize = 24;
/// A pattern of two is told when it is right so many times as often as the better of the two.
const PAIR_GAIN: f64 = 1.3;

/// Where something held: customer and dates.
type Held = Vec<(u32, u64)>;

/// The patterns, the surest first and each of its kind once, at most `most`. `n_dates` is [`crate::Panel::n_dates`]; the
/// later two fifths of the dates are kept apart to try what was found on the earlier ones.
pub fn mine(
    rows: &[Rows],
    n_candidates: usize,
    n_dates: usize,
    seed: u64,
    most: usize,
) -> Vec<Pattern> {
    let later = later_dates(n_dates);
    let mut held: Vec<Held> = vec![vec![]; n_candidates];
    for (customer, row) in (0_u32..).zip(rows) {
        for (candidate, bits) in &row.held {
            let bits = bits & row.eligible;
            // What is asked beside the candidates is not searched.
            if let Some(held) = held.get_mut(*candidate as usize).filter(|_| bits != 0) {
                held.push((customer, bits));
            }
        }
    }
    let searched: Vec<usize> =
        (0..n_candidates).filter(|n| is_enough(rows, &held[*n], u64::MAX)).collect();
    let sure = Sureness::of(rows, &held, &searched, seed);
    let mut found: Vec<(Pattern, Held)> = vec![];
    for (place, candidate) in searched.iter().enumerate() {
        let (sureness, by_chance) = sure.of_candidate(place);
        if by_chance <= BY_CHANCE_MOST {
            let of = vec![*candidate];
            let told = told(rows, &held[*candidate], later, (of, sureness, by_chance));
            found.extend(told.map(|pattern| (pattern, held[*candidate].clone())));
        }
    }
    sort(&mut found);
    let singles = folded(found);
    let mut all = singles.clone();
    pairs(rows, &singles, later, &mut all);
    sort(&mut all);
    folded(all).into_iter().map(|(pattern, _)| pattern).take(most).collect()
}

fn sort(found: &mut [(Pattern, Held)]) {
    found.sort_by(|(a, _), (b, _)| {
        b.sureness.total_cmp(&a.sureness).then_with(|| a.candidates.cmp(&b.candidates))
    });
}

/// The later two fifths of the dates.
fn later_dates(n: usize) -> u64 {
    let first = n * 3 / 5;
    (first..n).fold(0, |bits, place| bits | 1 << place)
}

/// What followed where something held, at these dates: hits and looks, customer by customer.
fn counts(rows: &[Rows], held: &Held, dates: u64) -> Counts {
    let mut counts = Counts::default();
    for (customer, bits) in held {
        let row = &rows[*customer as usize];
        let looked = bits & dates & !row.too_soon;
        let hits = u64::from((looked & row.followed).count_ones());
        counts.add_customer(hits, u64::from(looked.count_ones()));
    }
    counts
}

fn is_enough(rows: &[Rows], held: &Held, dates: u64) -> bool {
    let counts = counts(rows, held, dates);
    let hit = held.iter().filter(|(customer, bits)| {
        bits & dates & rows[*customer as usize].followed & !rows[*customer as usize].too_soon != 0
    });
    CUSTOMERS_LEAST <= counts.customers && HITS_LEAST <= counts.hits && 3 <= hit.count()
}

/// What is told of a pattern on the later dates; nothing when it does not hold there.
fn told(
    rows: &[Rows],
    held: &Held,
    later: u64,
    (candidates, sureness, by_chance): (Vec<usize>, f64, f64),
) -> Option<Pattern> {
    if !is_enough(rows, held, !later) || !is_enough(rows, held, later) {
        return None;
    }
    let everybody: Held = (0_u32..).zip(rows).map(|(n, row)| (n, row.eligible)).collect();
    let (right, base) = (counts(rows, held, later), counts(rows, &everybody, later));
    let lift = Ratio::of(&right, &base).filter(|lift| 1.0 < lift.low)?;
    let earlier = Ratio::of(&counts(rows, held, !later), &counts(rows, &everybody, !later))?;
    if earlier.times <= 1.0 {
        return None;
    }
    let (mut coverage, mut leads) = (Counts::default(), vec![]);
    let at_customer: std::collections::BTreeMap<u32, u64> = held.iter().copied().collect();
    for (customer, row) in (0_u32..).zip(rows) {
        let ahead = row.eligible & row.followed & later;
        let bits = at_customer.get(&customer).copied().unwrap_or(0);
        let caught = ahead & bits;
        coverage.add_customer(u64::from(caught.count_ones()), u64::from(ahead.count_ones()));
        let dates = (0..64).filter(|place| row.followed >> place & 1 == 1);
        leads
            .extend(dates.zip(&row.leads).filter(|(at, _)| caught >> at & 1 == 1).map(|(_, n)| *n));
    }
    leads.sort_unstable();
    Some(Pattern {
        candidates,
        right: right.rate()?,
        base: base.rate()?,
        lift,
        coverage: coverage.rate()?,
        median_lead: leads.get(leads.len() / 2).copied().unwrap_or(0),
        sureness,
        by_chance,
    })
}

/// Each pattern that is not like a surer one.
fn folded(found: Vec<(Pattern, Held)>) -> Vec<(Pattern, Held)> {
    let mut kept: Vec<(Pattern, Held)> = vec![];
    for (pattern, held) in found {
        if kept.iter().all(|(_, other)| likeness(other, &held) <= ALIKE) {
            kept.push((pattern, held));
        }
    }
    kept
}

/// The part that two share of all that either holds at (Jaccard 1901).
fn likeness(a: &Held, b: &Held) -> f64 {
    let (mut both, mut either) = (0_u32, 0_u32);
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some((x, bits)), Some((y, others))) if x == y => {
                both += (bits & others).count_ones();
                either += (bits | others).count_ones();
                a.next();
                b.next();
            }
            (Some((x, bits)), Some((y, _))) if x < y => {
                either += bits.count_ones();
                a.next();
            }
            (_, Some((_, others))) => {
                either += others.count_ones();
                b.next();
            }
            (Some((_, bits)), None) => {
                either += bits.count_ones();
                a.next();
            }
            (None, None) => return f64::from(both) / f64::from(either.max(1)),
        }
    }
}

/// Two patterns at once, where that is clearly more often right than either. Each of the two is no chance by itself.
fn pairs(rows: &[Rows], singles: &[(Pattern, Held)], later: u64, all: &mut Vec<(Pattern, Held)>) {
    let singles = &singles[..singles.len().min(PAIRED_MOST)];
    for (place, (one, held)) in singles.iter().enumerate() {
        for (other, others) in &singles[place + 1..] {
            let both = both(held, others);
            let candidates = vec![one.candidates[0], other.candidates[0]];
            let sureness = one.sureness.min(other.sureness);
            let by_chance = one.by_chance.max(other.by_chance);
            let Some(pair) = told(rows, &both, later, (candidates, sureness, by_chance)) else {
                continue;
            };
            if PAIR_GAIN * one.right.share.max(other.right.share) <= pair.right.share {
                all.push((pair, both));
            }
        }
    }
}

fn both(a: &Held, b: &Held) -> Held {
    let other: std::collections::BTreeMap<u32, u64> = b.iter().copied().collect();
    let shared = a.iter().filter_map(|(customer, bits)| {
        let bits = bits & other.get(customer)?;
        (bits != 0).then_some((*customer, bits))
    });
    shared.collect()
}

/// How sure each candidate is, against what chance gives.
struct Sureness {
    seen: Vec<f64>,
    /// Of each draw, the surest of all candidates.
    surest: Vec<f64>,
}

impl Sureness {
    fn of(rows: &[Rows], held: &[Held], searched: &[usize], seed: u64) -> Sureness {
        let mut dice = Dice(seed);
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        let observed: Vec<f64> = searched.iter().map(|n| excess(rows, &held[*n], &order)).collect();
        let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(DRAWS); searched.len()];
        for _ in 0..DRAWS {
            dice.shuffle(&mut order);
            for (hits, n) in drawn.iter_mut().zip(searched) {
                hits.push(excess(rows, &held[*n], &order));
            }
        }
        let scale: Vec<(f64, f64)> = drawn.iter().map(|hits| mean_and_spread(hits)).collect();
        let standard = |value: f64, (mean, spread): (f64, f64)| (value - mean) / spread.max(0.5);
        let surest = (0..DRAWS).map(|draw| {
            let all = drawn.iter().zip(&scale).map(|(hits, scale)| standard(hits[draw], *scale));
            all.fold(f64::MIN, f64::max)
        });
        let surest = surest.collect();
        let seen = observed.iter().zip(&scale).map(|(hits, scale)| standard(*hits, *scale));
        Sureness { seen: seen.collect(), surest }
    }

    /// How sure, and how often chance gives anything as sure.
    fn of_candidate(&self, place: usize) -> (f64, f64) {
        let sureness = self.seen[place];
        let as_sure = self.surest.iter().filter(|surest| sureness <= **surest).count();
        (sureness, (1 + as_sure) as f64 / (1 + DRAWS) as f64)
    }
}

/// How often the outcome followed where something held, with the outcomes of others in this order, each customer counting
/// with the root of its dates: one customer who carries everything must not decide.
fn excess(rows: &[Rows], held: &Held, order: &[u32]) -> f64 {
    let mut sum = 0.0;
    for (customer, bits) in held {
        let from = &rows[order[*customer as usize] as usize];
        if from.followed == 0 {
            continue;
        }
        let hits = (bits & from.followed & !from.too_soon).count_ones();
        sum += f64::from(hits).sqrt();
    }
    sum
}

fn mean_and_spread(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / n;
    (mean, variance.sqrt())
}

/// Whole numbers from a seed (splitmix: Steele and others 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Fisher and Yates.
    fn shuffle(&mut self, order: &mut [u32]) {
        for last in (1..order.len()).rev() {
            let other = (u128::from(self.next()) * (last as u128 + 1)) >> 64;
            order.swap(last, other as usize);
        }
    }
}
