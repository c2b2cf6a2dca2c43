//! Which pairs are worth comparing: those that share a key. A rule makes keys of one comparison or of two together;
//! which rules are used is decided by how many pairs each would bring.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    chance::Chance,
    records::{Records, RowNo},
    shape::Shape,
    spread::{Spread, gather},
};

/// How much of a shape makes the key.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub(crate) enum Grain {
    /// All of it.
    Whole,
    /// Its beginning.
    Front,
    /// Its end.
    Back,
}

const GRAINS: [Grain; 3] = [Grain::Whole, Grain::Front, Grain::Back];

/// One rule: the comparisons whose keys must all be equal.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Rule {
    parts: Vec<(usize, Grain)>,
}

/// What a rule brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFigures {
    /// The labels of its comparisons, each with `…` where only the beginning or end counts.
    pub label: String,
    /// Blocks of at least two rows.
    pub blocks: u64,
    /// Pairs in them; a pair may be in many blocks.
    pub pairs: u64,
    /// Blocks that were left out because they have too many rows.
    pub too_large: u64,
    /// The rows of the largest block.
    pub largest: u64,
}

/// The blocks of all rules.
#[derive(Debug)]
pub struct Blocks {
    members: Vec<RowNo>,
    /// Where each block ends in `members`.
    ends: Vec<u32>,
    /// Of each row the blocks it is in.
    of_row: Vec<u32>,
    starts: Vec<u32>,
    figures: Vec<RuleFigures>,
}

/// The keys of a shape at a grain; several for several telephone numbers, none when there is too little of it.
pub(crate) fn keys(shape: &Shape, grain: Grain, out: &mut Vec<u64>) {
    match shape {
        Shape::Word(key) => out.extend(cut(key, grain, if ascii(key) { 4 } else { 2 })),
        Shape::Person(name) => {
            let words: Vec<&[char]> = name.words.iter().map(|word| &word[..]).collect();
            match (grain, words.as_slice()) {
                (Grain::Whole, _) | (_, []) => {
                    out.extend(cut(&name.whole, grain, if name.kana.is_some() { 3 } else { 2 }))
                }
                (Grain::Front, [first, ..]) => out.extend(cut(first, Grain::Whole, 4)),
                (Grain::Back, [.., last]) => out.extend(cut(last, Grain::Whole, 4)),
            }
        }
        Shape::Company(name) => {
            out.extend(cut(&name.core, grain, if ascii(&name.core) { 5 } else { 3 }))
        }
        Shape::Code(key) => out.extend(cut(key, grain, (key.len() / 2).max(3))),
        Shape::Date(key) => out.extend(cut(key, grain, 6)),
        Shape::Phones(all) => all.iter().for_each(|(key, _)| out.extend(cut(key, grain, 7))),
        Shape::Emails(all) => {
            for (email, _) in all {
                match grain {
                    Grain::Whole => out.push(hash(&[&email.local, &email.domain])),
                    Grain::Front => {
                        out.extend((2 < email.local.len()).then(|| hash(&[&email.local])))
                    }
                    Grain::Back => out.extend((!email.free).then(|| hash(&[&email.domain]))),
                }
            }
        }
        Shape::Place(place) => match grain {
            Grain::Whole => {
                out.extend((!place.number.is_empty()).then(|| hash(&[&place.town, &place.number])))
            }
            Grain::Front => {
                out.extend((!place.town.is_empty()).then(|| hash(&[&place.city, &place.town])))
            }
            Grain::Back => {
                out.extend((3 < place.number.len()).then(|| hash(&[&place.city, &place.number])))
            }
        },
    }
}

fn ascii(key: &[char]) -> bool {
    key.iter().all(char::is_ascii)
}

/// The whole, or so many characters of its beginning or end when it has more.
fn cut(key: &[char], grain: Grain, length: usize) -> Option<u64> {
    match grain {
        Grain::Whole => (!key.is_empty()).then(|| hash(&[key])),
        _ if key.len() <= length => (2 <= key.len()).then(|| hash(&[key])),
        Grain::Front => Some(hash(&[&key[..length]])),
        Grain::Back => Some(hash(&[&key[key.len() - length..]])),
    }
}

/// FNV-1a over the characters, mixed at the end.
fn hash(parts: &[&[char]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for c in part.iter().copied().chain(['\u{1f}']) {
            hash = (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
        }
    }
    mix(hash)
}

fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

impl Rule {
    /// The keys of a row.
    pub(crate) fn keys(&self, records: &Records, row: &[u32], out: &mut Vec<u64>) {
        let mut next: Vec<u64> = Vec::new();
        out.clear();
        for (place, (comparison, grain)) in self.parts.iter().enumerate() {
            next.clear();
            if let Some(shape) = records.shape(*comparison, row[*comparison]) {
                keys(shape, *grain, &mut next);
            }
            join(place, &next, out);
        }
        out.sort_unstable();
        out.dedup();
    }

    /// The keys of a row, from those of its shapes: one table for each part.
    fn keys_from(&self, parts: &[&Hashed], row: &[u32], out: &mut Vec<u64>) {
        out.clear();
        for (place, ((comparison, _), hashed)) in self.parts.iter().zip(parts).enumerate() {
            join(place, hashed.of(row[*comparison]), out);
        }
        if 1 < out.len() {
            out.sort_unstable();
            out.dedup();
        }
    }

    /// Whether it speaks of the first `n` comparisons only.
    pub(crate) fn is_within(&self, n: usize) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|(place, _)| *place < n)
    }

    fn label(&self, records: &Records) -> String {
        let part = |(place, grain): &(usize, Grain)| {
            let label = &records.plan().comparisons()[*place].label;
            match grain {
                Grain::Whole => label.clone(),
                Grain::Front => format!("{label}…"),
                Grain::Back => format!("…{label}"),
            }
        };
        self.parts.iter().map(part).collect::<Vec<_>>().join(" × ")
    }
}

/// Each of the keys so far together with each of the next part.
fn join(place: usize, next: &[u64], out: &mut Vec<u64>) {
    let both = |key: u64, other: u64| mix(key.rotate_left(7) ^ other);
    match (place, out.as_mut_slice(), next) {
        (0, _, next) => out.extend_from_slice(next),
        (_, [key], [other]) => *key = both(*key, *other),
        (_, [], _) | (_, _, []) => out.clear(),
        (_, keys, next) => {
            let all = keys.iter().flat_map(|key| next.iter().map(|other| both(*key, *other)));
            *out = all.collect();
        }
    }
}

/// The keys of all shapes of a comparison at one grain, so that each is made once, however many rules ask for it.
struct Hashed {
    /// Where the keys of each shape end; its number is the place.
    ends: Vec<u32>,
    keys: Vec<u64>,
}

impl Hashed {
    fn new(records: &Records, comparison: usize, grain: Grain) -> Hashed {
        let mut hashed = Hashed { ends: vec![0], keys: Vec::new() };
        for shape in records.shapes(comparison) {
            keys(shape, grain, &mut hashed.keys);
            hashed.ends.push(u32::try_from(hashed.keys.len()).unwrap_or(u32::MAX));
        }
        hashed
    }

    fn of(&self, number: u32) -> &[u64] {
        let number = number as usize;
        let Some(before) = number.checked_sub(1) else { return &[] };
        &self.keys[self.ends[before] as usize..self.ends[number] as usize]
    }
}

/// The parts of rules, each once, with the keys of their shapes.
type Parts = BTreeMap<(usize, Grain), Hashed>;

fn parts_of(records: &Records, rules: &[Rule], spread: Spread<'_>) -> Parts {
    let parts: BTreeSet<(usize, Grain)> =
        rules.iter().flat_map(|rule| rule.parts.iter().copied()).collect();
    let parts: Vec<(usize, Grain)> = parts.into_iter().collect();
    let hashed = gather(spread, parts.len(), &|place| {
        let (comparison, grain) = parts[place];
        Hashed::new(records, comparison, grain)
    });
    parts.into_iter().zip(hashed).collect()
}

/// Rows that are looked at to see how many pairs a rule brings.
const SAMPLE: u32 = 20_000;

/// Decides the rules for some rows.
pub fn rules(records: &Records, seed: u64, spread: Spread<'_>) -> Vec<Rule> {
    let sample = sample(records, seed);
    let n = records.plan().comparisons().len();
    let budget = budget(records);
    let mut singles: Vec<Vec<(Grain, f64)>> = Vec::new();
    for place in 0..n {
        let each = |grain| {
            let rule = Rule { parts: vec![(place, grain)] };
            (grain, expected(records, &rule, &sample))
        };
        singles.push(GRAINS.into_iter().map(each).collect());
    }
    let mut rules: Vec<Rule> = Vec::new();
    let mut alone: Vec<Vec<Grain>> = vec![Vec::new(); n];
    for (place, grains) in singles.iter().enumerate() {
        for (grain, pairs) in grains {
            if *pairs <= 2.0 * budget {
                rules.push(Rule { parts: vec![(place, *grain)] });
                alone[place].push(*grain);
            }
        }
    }
    let mut couples: Vec<(usize, usize)> = Vec::new();
    for one in 0..n {
        couples.extend((one + 1..n).map(|other| (one, other)));
    }
    let found = gather(spread, couples.len(), &|place| {
        couple(records, couples[place], &alone, &sample, budget)
    });
    rules.extend(found.into_iter().flatten());
    rules
}

/// The coarsest keys of two comparisons together that bring no more pairs than the budget; those that a rule of one
/// alone already covers are left out.
fn couple(
    records: &Records,
    (one, other): (usize, usize),
    alone: &[Vec<Grain>],
    sample: &[RowNo],
    budget: f64,
) -> Vec<Rule> {
    let mut kept: Vec<Rule> = Vec::new();
    let coarse = [Grain::Front, Grain::Back, Grain::Whole];
    for x in coarse {
        for y in coarse {
            let covered = alone[one].contains(&x)
                || alone[other].contains(&y)
                || kept.iter().any(|rule| {
                    let at = |place: usize, grain: Grain| {
                        rule.parts[place].1 == grain || grain == Grain::Whole
                    };
                    at(0, x) && at(1, y)
                });
            if covered {
                continue;
            }
            let rule = Rule { parts: vec![(one, x), (other, y)] };
            if expected(records, &rule, sample) <= budget {
                kept.push(rule);
            }
        }
    }
    kept
}

/// How many pairs one rule may bring.
fn budget(records: &Records) -> f64 {
    (f64::from(records.len()) * 2.0).clamp(40_000.0, 2_000_000.0)
}

fn sample(records: &Records, seed: u64) -> Vec<RowNo> {
    if records.len() <= SAMPLE {
        return (0..records.len()).collect();
    }
    let mut chance = Chance::new(seed);
    let mut rows: Vec<RowNo> = (0..SAMPLE).map(|_| chance.below(records.len())).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// How many pairs a rule is expected to bring over all rows.
fn expected(records: &Records, rule: &Rule, sample: &[RowNo]) -> f64 {
    let mut counts: HashMap<u64, u32> = HashMap::with_capacity(sample.len());
    let mut keys = Vec::new();
    for row in sample {
        rule.keys(records, records.row(*row), &mut keys);
        for key in &keys {
            *counts.entry(*key).or_insert(0) += 1;
        }
    }
    let pairs: f64 = counts.values().map(|n| f64::from(*n)).map(|n| n * (n - 1.0) / 2.0).sum();
    let share = f64::from(records.len()) / sample.len().max(1) as f64;
    // With no two alike in the sample, one pair in it may just have been missed.
    pairs.max(if share <= 1.0 { 0.0 } else { 0.5 }) * share * share
}

/// The rows of a block above which it is left out.
pub(crate) fn largest_of(rows: u32) -> usize {
    match rows {
        0..=20_000 => 1_000,
        20_001..=200_000 => 400,
        _ => 150,
    }
}

impl Blocks {
    /// Puts all rows into blocks.
    pub fn new(records: &Records, rules: &[Rule], spread: Spread<'_>) -> Blocks {
        let most = largest_of(records.len());
        let parts = parts_of(records, rules, spread);
        let found =
            gather(spread, rules.len(), &|place| blocks_of(records, &rules[place], &parts, most));
        drop(parts);
        let mut blocks = Blocks {
            members: Vec::new(),
            ends: Vec::new(),
            of_row: Vec::new(),
            starts: Vec::new(),
            figures: Vec::new(),
        };
        for (members, lengths, figures) in found {
            blocks.members.extend(members);
            let mut end = blocks.ends.last().copied().unwrap_or(0);
            for length in lengths {
                end += length;
                blocks.ends.push(end);
            }
            blocks.figures.push(figures);
        }
        blocks.index(records.len());
        blocks
    }

    /// What each rule brought.
    pub fn figures(&self) -> &[RuleFigures] {
        &self.figures
    }

    fn index(&mut self, rows: u32) {
        let mut starts = vec![0_u32; rows as usize + 1];
        for row in &self.members {
            starts[*row as usize + 1] += 1;
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut next = starts.clone();
        let mut of_row = vec![0_u32; self.members.len()];
        let mut from = 0;
        for (block, end) in self.ends.iter().enumerate() {
            for row in &self.members[from as usize..*end as usize] {
                let place = &mut next[*row as usize];
                of_row[*place as usize] = u32::try_from(block).unwrap_or(u32::MAX);
                *place += 1;
            }
            from = *end;
        }
        (self.of_row, self.starts) = (of_row, starts);
    }

    /// Hands over the pairs of some rows that are worth comparing, a few hundred at a time.
    pub(crate) fn each_pairs(
        &self,
        records: &Records,
        rows: impl Iterator<Item = RowNo>,
        mut take: impl FnMut(&[(RowNo, RowNo)]),
    ) {
        let (mut others, mut waiting) = (Vec::new(), Vec::new());
        for row in rows {
            self.others(records, row, &mut others);
            for other in &others {
                waiting.push((row, *other));
                if waiting.len() == TOGETHER {
                    records.fetch(&waiting);
                    take(&waiting);
                    waiting.clear();
                }
            }
        }
        records.fetch(&waiting);
        take(&waiting);
    }

    /// The rows to compare a row with, each once, in order.
    fn others(&self, records: &Records, row: RowNo, out: &mut Vec<RowNo>) {
        out.clear();
        let from = records.others_from(row);
        let (start, end) = (self.starts[row as usize], self.starts[row as usize + 1]);
        for block in &self.of_row[start as usize..end as usize] {
            let block = *block as usize;
            let start = if block == 0 { 0 } else { self.ends[block - 1] };
            let members = &self.members[start as usize..self.ends[block] as usize];
            let first = members.partition_point(|other| *other < from);
            out.extend_from_slice(&members[first..]);
        }
        out.sort_unstable();
        out.dedup();
    }
}

/// So many pairs are brought near together: what they are made of fits into the cache of a core.
const TOGETHER: usize = 128;

type Found = (Vec<RowNo>, Vec<u32>, RuleFigures);

fn blocks_of(records: &Records, rule: &Rule, parts: &Parts, most: usize) -> Found {
    let mut entries: Vec<(u64, RowNo)> = Vec::with_capacity(records.len() as usize);
    let hashed: Vec<&Hashed> = rule.parts.iter().filter_map(|part| parts.get(part)).collect();
    let mut keys = Vec::new();
    for row in 0..records.len() {
        rule.keys_from(&hashed, records.row(row), &mut keys);
        entries.extend(keys.iter().map(|key| (*key, row)));
    }
    entries.sort_unstable();
    let (mut members, mut lengths) = (Vec::new(), Vec::new());
    let mut figures =
        RuleFigures { label: rule.label(records), blocks: 0, pairs: 0, too_large: 0, largest: 0 };
    for block in entries.chunk_by(|a, b| a.0 == b.0) {
        figures.largest = figures.largest.max(block.len() as u64);
        let pairs = pairs_in(records, block);
        if pairs == 0 {
            continue;
        }
        if most < block.len() {
            figures.too_large += 1;
            continue;
        }
        figures.blocks += 1;
        figures.pairs += pairs;
        members.extend(block.iter().map(|(_, row)| *row));
        lengths.push(u32::try_from(block.len()).unwrap_or(u32::MAX));
    }
    (members, lengths, figures)
}

fn pairs_in(records: &Records, block: &[(u64, RowNo)]) -> u64 {
    let n = block.len() as u64;
    if !records.plan().links_two() {
        return n * (n - 1) / 2;
    }
    let first = block.partition_point(|(_, row)| *row < records.leading()) as u64;
    first * (n - first)
}
