//! From judged pairs to customers: which rows are one, which pairs people should look at.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    block::Blocks,
    model::{Judged, Model},
    records::{Records, RowNo},
    spread::{Spread, gather},
    train::Seen,
};

/// From which probability on what is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Linked without asking.
    pub auto: f64,
    /// Shown to people.
    pub review: f64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { auto: 0.9, review: 0.5 }
    }
}

/// What is done with a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// One customer.
    Auto,
    /// People decide.
    Review,
}

/// Two rows that are, or may be, one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The earlier row.
    pub a: RowNo,
    /// The later one.
    pub b: RowNo,
    /// How likely.
    pub judged: Judged,
    /// What is done.
    pub verdict: Verdict,
    /// Whether the two are one because both are one with a third.
    pub through_others: bool,
}

/// What came of matching.
#[derive(Debug, Clone, PartialEq)]
pub struct Matches {
    /// The links, in the order of their rows.
    pub links: Vec<Link>,
    /// Of each row the first row of its customer.
    pub customer_of: Vec<RowNo>,
    /// How many pairs were compared.
    pub compared: u64,
}

/// Pairs that are never the same, whatever their cells say.
pub type Apart = BTreeSet<(RowNo, RowNo)>;

/// A pair that is less likely at the first look does not become likely at the second.
const NEARLY_NOTHING: f64 = 1e-4;
/// All pairs of a customer with more rows than this are not listed; those that were found directly are.
const LISTED: usize = 40;

/// Judges all candidate pairs and gives those that may become of interest, and how many were compared.
fn judged(
    records: &Records,
    blocks: &Blocks,
    model: &Model,
    spread: Spread<'_>,
) -> (Vec<(RowNo, RowNo, Judged)>, u64) {
    let pieces = 128;
    let length = records.leading().div_ceil(pieces);
    let found = gather(spread, pieces as usize, &|piece| {
        let (from, to) = (piece as u32 * length, (piece as u32 + 1) * length);
        let (mut kept, mut compared) = (Vec::new(), 0_u64);
        blocks.each_pairs(records, from..to.min(records.leading()), |pairs| {
            compared += pairs.len() as u64;
            for (a, b) in pairs {
                let judged = model.judge(records, &records.agreement(*a, *b));
                if NEARLY_NOTHING <= judged.probability {
                    kept.push((*a, *b, judged));
                }
            }
        });
        (kept, compared)
    });
    let compared = found.iter().map(|(_, n)| n).sum();
    (found.into_iter().flat_map(|(kept, _)| kept).collect(), compared)
}

/// Judges the pairs that may be of interest once more.
fn judged_again(
    records: &Records,
    model: &Model,
    found: &[(RowNo, RowNo, Judged)],
    spread: Spread<'_>,
) -> Vec<(RowNo, RowNo, Judged)> {
    let pieces: Vec<_> = found.chunks(4_096).collect();
    let again = |(a, b, _): &(RowNo, RowNo, Judged)| {
        (*a, *b, model.judge(records, &records.agreement(*a, *b)))
    };
    let judged = gather(spread, pieces.len(), &|place| -> Vec<_> {
        pieces[place].iter().map(again).collect()
    });
    judged.concat()
}

/// Matches all rows: learns, judges, counts terms once for each customer, judges again and makes customers.
pub fn matches(
    records: &mut Records,
    blocks: &Blocks,
    seed: u64,
    thresholds: Thresholds,
    apart: &Apart,
    spread: Spread<'_>,
) -> (Matches, Model) {
    records.count_terms(&|_| 1.0);
    let seen = Seen::new(records, blocks, seed, spread);
    let first = seen.learn(records);
    let (found, compared) = judged(records, blocks, &first, spread);
    let rough = Joined::of(records.len(), found.iter().filter(|(.., j)| 0.9 <= j.probability));
    let weights = rough.weights();
    records.count_terms(&|row| weights[row as usize]);
    let model = seen.learn(records);
    let found = judged_again(records, &model, &found, spread);
    let (links, customer_of) = customers(records, &model, found, thresholds, apart);
    (Matches { links, customer_of, compared }, model)
}

/// Rows joined to sets, each known by its first row (Galler and Fischer 1964).
struct Joined(Vec<RowNo>);

impl Joined {
    fn of<'a>(rows: u32, pairs: impl Iterator<Item = &'a (RowNo, RowNo, Judged)>) -> Joined {
        let mut joined = Joined((0..rows).collect());
        for (a, b, _) in pairs {
            joined.join(*a, *b);
        }
        joined
    }

    fn first(&mut self, mut row: RowNo) -> RowNo {
        while self.0[row as usize] != row {
            let parent = self.0[row as usize];
            self.0[row as usize] = self.0[parent as usize];
            row = parent;
        }
        row
    }

    fn join(&mut self, a: RowNo, b: RowNo) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b) as usize] = a.min(b);
    }

    /// One over the size of each row's set.
    fn weights(mut self) -> Vec<f32> {
        let rows = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        let firsts: Vec<RowNo> = (0..rows).map(|row| self.first(row)).collect();
        let mut sizes = vec![0_u32; self.0.len()];
        firsts.iter().for_each(|first| sizes[*first as usize] += 1);
        firsts.iter().map(|first| 1.0 / sizes[*first as usize] as f32).collect()
    }
}

/// What one pair tells about joining two sets, at most: no single pair outweighs all others.
const TELLS: f64 = 12.0;

/// Joins sets from the surest link on. Two sets are joined when the pairs between them together speak for it; a link
/// that is sure by itself but stands alone against the others (a bridge) goes to people.
fn customers(
    records: &Records,
    model: &Model,
    mut found: Vec<(RowNo, RowNo, Judged)>,
    thresholds: Thresholds,
    apart: &Apart,
) -> (Vec<Link>, Vec<RowNo>) {
    found.sort_by(|x, y| y.2.weight.total_cmp(&x.2.weight).then((x.0, x.1).cmp(&(y.0, y.1))));
    let mut joined = Joined((0..records.len()).collect());
    let mut members: BTreeMap<RowNo, Vec<RowNo>> = BTreeMap::new();
    let mut links: BTreeMap<(RowNo, RowNo), Link> = BTreeMap::new();
    for (a, b, judged) in found.iter().copied() {
        if judged.probability < thresholds.review || apart.contains(&(a, b)) {
            continue;
        }
        let sure = thresholds.auto <= judged.probability && 2 <= judged.witnesses;
        let (x, y) = (joined.first(a), joined.first(b));
        let verdict = if !sure {
            Verdict::Review
        } else if x == y {
            Verdict::Auto
        } else {
            let (left, right) = (set(&members, x), set(&members, y));
            let agree = together(records, model, &left, &right, apart);
            if agree {
                joined.join(x, y);
                let both: Vec<RowNo> = left.into_iter().chain(right).collect();
                members.remove(&x.max(y));
                members.insert(x.min(y), both);
                Verdict::Auto
            } else {
                Verdict::Review
            }
        };
        links.insert((a, b), Link { a, b, judged, verdict, through_others: false });
    }
    // What is one through others is said to be one; a doubt inside a customer is none.
    for rows in members.values().filter(|rows| rows.len() <= LISTED) {
        for (place, one) in rows.iter().enumerate() {
            for other in &rows[place + 1..] {
                let (a, b) = (*one.min(other), *one.max(other));
                if records.plan().links_two() && (records.leading() <= a || b < records.leading()) {
                    continue;
                }
                let judged = || model.judge(records, &records.agreement(a, b));
                let link = links.entry((a, b)).or_insert_with(|| Link {
                    a,
                    b,
                    judged: judged(),
                    verdict: Verdict::Review,
                    through_others: true,
                });
                if link.verdict == Verdict::Review {
                    link.verdict = Verdict::Auto;
                    link.through_others = true;
                }
            }
        }
    }
    let customer_of = (0..records.len()).map(|row| joined.first(row)).collect();
    (links.into_values().collect(), customer_of)
}

fn set(members: &BTreeMap<RowNo, Vec<RowNo>>, first: RowNo) -> Vec<RowNo> {
    members.get(&first).cloned().unwrap_or_else(|| vec![first])
}

/// Whether the pairs between two sets together say that they are one.
fn together(
    records: &Records,
    model: &Model,
    left: &[RowNo],
    right: &[RowNo],
    apart: &Apart,
) -> bool {
    if left.len() == 1 && right.len() == 1 {
        return true;
    }
    let mut sum = 0.0;
    for a in left {
        for b in right {
            let (a, b) = (*a.min(b), *a.max(b));
            if apart.contains(&(a, b)) {
                return false;
            }
            let judged = model.judge(records, &records.agreement(a, b));
            sum += judged.weight.clamp(-TELLS, TELLS);
        }
    }
    0.0 < sum
}
