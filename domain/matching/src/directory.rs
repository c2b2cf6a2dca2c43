//! Matching one more row at once: what was learned of a list, and under which keys its rows stand, without the rows.
//!
//! ```text
//!   a full match ──▶ Learned (weights, rules, how frequent terms are) ──┐
//!   every row once ──▶ keys of each rule ─────────────────────────────┤
//!                                                                      ▼
//!   one more row ──▶ keys ──▶ rows that share some ──cells from the caller──▶ judged, with reasons
//! ```
//! A row stands in it as one key and its number for each rule: eight bytes. Rows that have changed leave their old keys
//! behind, which bring a row to compare too many, and never one too few.

use std::collections::BTreeSet;

use crate::{
    block::{Rule, largest_of},
    explain::{Waterfall, explain},
    matches::{Thresholds, Verdict},
    model::{Figures as ModelFigures, Model},
    plan::{Plan, Side},
    records::{Records, TermCounts},
    spread::one_by_one,
};

/// As many rows are compared with a new one at most: those that share the most keys.
const COMPARED_MOST: usize = 300;
/// New keys of a rule are put among the others when there are so many, or a sixteenth of them.
const NEW_LEAST: usize = 4_096;

/// What was learned of a list: enough to judge any two rows that are compared by the same plan.
#[derive(Debug, Clone)]
pub struct Learned {
    plan: Plan,
    rules: Vec<Rule>,
    model: Model,
    terms: Vec<TermCounts>,
    rows: u32,
}

/// [`Learned`] as numbers, to be kept and read again. The plan is not in it: it follows from the columns.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Figures {
    rules: Vec<Rule>,
    model: ModelFigures,
    terms: Vec<TermCounts>,
    rows: u32,
}

impl Learned {
    /// What a full match of one list learned.
    pub fn of(records: &Records, rules: &[Rule], model: &Model) -> Learned {
        Learned {
            plan: records.plan().clone(),
            rules: rules.to_vec(),
            model: model.clone(),
            terms: records.term_counts(),
            rows: records.len(),
        }
    }

    /// As numbers.
    pub fn figures(&self) -> Figures {
        Figures {
            rules: self.rules.clone(),
            model: self.model.figures(),
            terms: self.terms.clone(),
            rows: self.rows,
        }
    }

    /// From numbers; `None` when they are of another plan.
    pub fn from_figures(plan: Plan, figures: Figures) -> Option<Learned> {
        let n = plan.comparisons().len();
        let Figures { rules, model, terms, rows } = figures;
        let fits = terms.len() == n && rules.iter().all(|rule| rule.is_within(n));
        let model = Model::from_figures(&plan, model)?;
        fits.then_some(Learned { plan, rules, model, terms, rows })
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// From how many rows it was learned.
    pub fn rows(&self) -> u32 {
        self.rows
    }
}

/// The rows of a list by their keys. What a row is called is up to the caller.
#[derive(Debug, Clone)]
pub struct Directory {
    learned: Learned,
    keys: Vec<Keys>,
    rows: u32,
}

/// The keys of one rule, with the rows they stand for.
#[derive(Debug, Clone, Default)]
struct Keys {
    /// In order.
    sorted: Vec<(u32, u32)>,
    /// Those that came since.
    new: BTreeSet<(u32, u32)>,
}

/// A row that was compared with a new one.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// What the caller calls it.
    pub row: u32,
    /// How likely they are one, and why.
    pub waterfall: Waterfall,
    /// What is to be done.
    pub verdict: Verdict,
}

impl Directory {
    /// An empty one.
    pub fn new(learned: Learned) -> Directory {
        let keys = vec![Keys::default(); learned.rules.len()];
        Directory { learned, keys, rows: 0 }
    }

    /// One of all rows that something was learned of, each with what the caller calls it.
    pub fn of(learned: Learned, records: &Records, rows: &[u32]) -> Directory {
        let mut directory = Directory::new(learned);
        let mut found = Vec::new();
        for (rule, keys) in directory.learned.rules.iter().zip(&mut directory.keys) {
            for (place, row) in (0..records.len()).zip(rows) {
                rule.keys(records, records.row(place), &mut found);
                keys.sorted.extend(found.iter().map(|key| (half(*key), *row)));
            }
        }
        directory.rows = records.len();
        directory.settle();
        directory
    }

    /// What it judges by.
    pub fn learned(&self) -> &Learned {
        &self.learned
    }

    /// Puts many rows in, each with its cells. Quicker than one by one.
    pub fn fill<'r>(&mut self, rows: impl Iterator<Item = (u32, &'r [String])>) {
        for (row, cells) in rows {
            self.rows = self.rows.saturating_add(1);
            for (keys, found) in self.keys_of(cells).into_iter().enumerate() {
                self.keys[keys].sorted.extend(found.into_iter().map(|key| (key, row)));
            }
        }
        self.settle();
    }

    fn settle(&mut self) {
        for keys in &mut self.keys {
            keys.sorted.sort_unstable();
            keys.sorted.dedup();
            keys.sorted.shrink_to_fit();
        }
    }

    /// Puts one row in, or one more form of a row.
    pub fn insert(&mut self, row: u32, cells: &[String]) {
        self.rows = self.rows.saturating_add(1);
        for (place, found) in self.keys_of(cells).into_iter().enumerate() {
            let keys = &mut self.keys[place];
            for key in found {
                keys.insert((key, row));
            }
        }
    }

    /// The other rows that are worth comparing with a row, those that share the most keys first.
    pub fn others(&self, row: u32, cells: &[String]) -> Vec<u32> {
        let most = largest_of(self.rows);
        let mut found: Vec<u32> = Vec::new();
        for (keys, of_row) in self.keys.iter().zip(self.keys_of(cells)) {
            for key in of_row {
                keys.rows(key, most, &mut found);
            }
        }
        found.sort_unstable();
        let mut counted: Vec<(usize, u32)> =
            found.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
        counted.retain(|(_, other)| *other != row);
        counted.sort_unstable_by(|(n, row), (other_n, other)| other_n.cmp(n).then(row.cmp(other)));
        counted.truncate(COMPARED_MOST);
        counted.into_iter().map(|(_, row)| row).collect()
    }

    /// Compares a row with others; those that may be one customer with it, the likeliest first.
    pub fn compare(
        &self,
        cells: &[String],
        others: &[(u32, Vec<String>)],
        thresholds: Thresholds,
    ) -> Vec<Compared> {
        let mut records = Records::new(self.learned.plan.clone());
        let rows = std::iter::once(cells).chain(others.iter().map(|(_, cells)| &cells[..]));
        records.extend(Side::First, &rows.collect::<Vec<_>>(), &one_by_one);
        records.count_as(&self.learned.terms);
        let mut found = Vec::new();
        for ((row, _), place) in others.iter().zip(1..) {
            let judged = self.learned.model.judge(&records, &records.agreement(0, place));
            if judged.probability < thresholds.review {
                continue;
            }
            let sure = thresholds.auto <= judged.probability && 2 <= judged.witnesses;
            let verdict = if sure { Verdict::Auto } else { Verdict::Review };
            let waterfall = explain(&records, &self.learned.model, 0, place);
            found.push(Compared { row: *row, waterfall, verdict });
        }
        found.sort_by(|x, y| {
            let weight = |one: &Compared| one.waterfall.judged.weight;
            weight(y).total_cmp(&weight(x)).then(x.row.cmp(&y.row))
        });
        found
    }

    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        let pair = size_of::<(u32, u32)>();
        let keys = |keys: &Keys| keys.sorted.capacity() * pair + keys.new.len() * 2 * pair;
        let terms = |terms: &TermCounts| terms.bytes();
        self.keys.iter().map(keys).sum::<usize>()
            + self.learned.terms.iter().map(terms).sum::<usize>()
    }

    /// For each rule the keys of a row, half of their bits: two that meet by chance are compared and found different.
    fn keys_of(&self, cells: &[String]) -> Vec<Vec<u32>> {
        let mut records = Records::new(self.learned.plan.clone());
        records.extend(Side::First, &[cells], &one_by_one);
        let mut keys = Vec::new();
        let mut of = |rule: &Rule| {
            rule.keys(&records, records.row(0), &mut keys);
            keys.iter().map(|key| half(*key)).collect()
        };
        self.learned.rules.iter().map(&mut of).collect()
    }
}

fn half(key: u64) -> u32 {
    (key >> 32) as u32
}

impl Keys {
    fn insert(&mut self, entry: (u32, u32)) {
        if self.sorted.binary_search(&entry).is_err() {
            self.new.insert(entry);
        }
        if self.new.len() < NEW_LEAST.max(self.sorted.len() / 16) {
            return;
        }
        // Both are in order, so that sorting is one pass that merges them.
        self.sorted.extend(std::mem::take(&mut self.new));
        self.sorted.sort();
    }

    /// The rows under a key, unless there are so many that the key tells nothing.
    fn rows(&self, key: u32, most: usize, out: &mut Vec<u32>) {
        let first = self.sorted.partition_point(|(other, _)| *other < key);
        let same = self.sorted[first..].partition_point(|(other, _)| *other == key);
        let new = || self.new.range((key, 0)..=(key, u32::MAX)).map(|(_, row)| *row);
        if most < same + new().take(most + 1).count() {
            return;
        }
        out.extend(self.sorted[first..first + same].iter().map(|(_, row)| *row));
        out.extend(new());
    }
}
