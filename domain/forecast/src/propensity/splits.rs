//! Which rows are learnt from and which are held back, when a model is tried: later rows, given parts, or parts drawn.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Column, Table, table::word};
use crate::chance::Chance;

/// How rows were held back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum HeldBack {
    /// The rows from an instant on, learnt from those before.
    Later {
        /// The column of the time.
        column: String,
        /// The first time that is held back, as text.
        from: String,
    },
    /// Each part in turn, as a column says.
    Given {
        /// The column.
        column: String,
        /// How many parts.
        parts: usize,
    },
    /// The rows that a column calls a test.
    Test {
        /// The column.
        column: String,
    },
    /// Each of some parts in turn, drawn by the seed; rows about the same customer in the same part.
    Drawn {
        /// How many parts.
        parts: usize,
        /// The column that says whom rows are about, where they are about somebody more than once.
        whom: Option<String>,
    },
}

/// Rows to learn from, and rows held back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Learnt from.
    pub learn: Vec<usize>,
    /// Held back.
    pub held: Vec<usize>,
}

/// Why no split can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoSplit {
    /// A column is the same in all rows, so nothing can be held back by it.
    #[error("column `{0}` is the same in all rows, so no rows can be held back by it")]
    OneValue(String),
    /// A column of parts has too many different values to be one.
    #[error("column `{column}` has {values} different values; a column of folds has at most 50")]
    TooManyFolds {
        /// The column.
        column: String,
        /// How many values.
        values: usize,
    },
    /// One side would be without positive rows, or without others.
    #[error("held back like this, one side has fewer than {LEAST_OF_KIND} rows of one kind")]
    TooFew,
}

/// Each side of a split has at least so many rows of both kinds.
pub const LEAST_OF_KIND: usize = 10;
const MOST_FOLDS: usize = 50;
const DRAWN: usize = 5;
/// Times that are this few are cut-offs, of which the last is held back.
const MOST_CUTOFFS: usize = 24;

/// Later rows are held back: those of the last cut-off, or the last quarter.
pub(super) fn later(
    table: &Table,
    name: &str,
    (rows, positive): (&[usize], &[bool]),
) -> Result<(HeldBack, Vec<Split>), NoSplit> {
    let times = order_of(table, name);
    let mut sorted: Vec<u32> = rows.iter().map(|row| times[*row]).collect();
    sorted.sort_unstable();
    let mut different = sorted.clone();
    different.dedup();
    if different.len() < 2 {
        return Err(NoSplit::OneValue(name.to_owned()));
    }
    let mut at = if different.len() <= MOST_CUTOFFS {
        different.len() - 1
    } else {
        let quarter = sorted[sorted.len() * 3 / 4];
        different.partition_point(|time| *time < quarter).max(1)
    };
    loop {
        let from = different[at];
        let side = |later: bool| {
            let on_it = |row: &&usize| (from <= times[**row]) == later;
            rows.iter().filter(on_it).copied().collect::<Vec<usize>>()
        };
        let split = Split { learn: side(false), held: side(true) };
        if enough(&split, rows, positive) {
            let row = split.held.iter().min_by_key(|row| times[**row]).copied().unwrap_or(0);
            let from = table.column(name).map_or_else(String::new, |column| column.text(row));
            return Ok((HeldBack::Later { column: name.to_owned(), from }, vec![split]));
        }
        // The last time may be too thin: more is held back.
        at = at.checked_sub(1).filter(|at| 0 < *at).ok_or(NoSplit::TooFew)?;
    }
}

/// Parts as a column gives them.
pub(super) fn given(
    table: &Table,
    name: &str,
    (rows, positive): (&[usize], &[bool]),
) -> Result<(HeldBack, Vec<Split>), NoSplit> {
    let parts = order_of(table, name);
    let mut different: Vec<u32> = rows.iter().map(|row| parts[*row]).collect();
    different.sort_unstable();
    different.dedup();
    if different.len() < 2 {
        return Err(NoSplit::OneValue(name.to_owned()));
    }
    if MOST_FOLDS < different.len() {
        return Err(NoSplit::TooManyFolds { column: name.to_owned(), values: different.len() });
    }
    let split = |part: u32| {
        let (held, learn) = rows.iter().partition(|row| parts[**row] == part);
        Split { learn, held }
    };
    if let Some(part) = test_part(table, name, &parts, rows) {
        let split = split(part);
        let told = HeldBack::Test { column: name.to_owned() };
        return if enough(&split, rows, positive) {
            Ok((told, vec![split]))
        } else {
            Err(NoSplit::TooFew)
        };
    }
    let splits: Vec<Split> = different.iter().map(|part| split(*part)).collect();
    // A thin part is no harm as long as the others are enough to learn from.
    if splits.iter().any(|split| !both_kinds(&split.learn, rows, positive)) {
        return Err(NoSplit::TooFew);
    }
    let told = HeldBack::Given { column: name.to_owned(), parts: splits.len() };
    Ok((told, splits))
}

/// The part called a test, where the other is called training.
fn test_part(table: &Table, name: &str, parts: &[u32], rows: &[usize]) -> Option<u32> {
    const TEST: [&str; 7] = ["test", "testing", "holdout", "valid", "validation", "テスト", "検証"];
    const TRAIN: [&str; 6] = ["train", "training", "learn", "fit", "学習", "訓練"];
    let Some(Column::Words { codes, words }) = table.column(name) else { return None };
    let called = |names: &[&str]| {
        let named = |row: &&usize| {
            word(codes, words, **row)
                .is_some_and(|word| names.contains(&word.to_lowercase().as_str()))
        };
        rows.iter().find(named).map(|row| parts[*row])
    };
    called(&TRAIN)?;
    called(&TEST)
}

/// Parts drawn by the seed. `whom` has a number for each row of the table.
pub(super) fn drawn(
    whom: &[u32],
    named: Option<&str>,
    (rows, positive): (&[usize], &[bool]),
    seed: u64,
) -> Result<(HeldBack, Vec<Split>), NoSplit> {
    // Those with a positive row and those without are dealt out one after the other, so that parts are alike.
    let mut kinds: BTreeMap<u32, bool> = BTreeMap::new();
    for (row, yes) in rows.iter().zip(positive) {
        *kinds.entry(whom[*row]).or_default() |= *yes;
    }
    let mut part_of: BTreeMap<u32, usize> = BTreeMap::new();
    let mut next = 0;
    for kind in [true, false] {
        let mut of_kind: Vec<u32> =
            kinds.iter().filter(|(_, yes)| **yes == kind).map(|(one, _)| *one).collect();
        Chance::new(seed, u64::from(kind) + 2).shuffle(&mut of_kind);
        for one in of_kind {
            part_of.insert(one, next % DRAWN);
            next += 1;
        }
    }
    let split = |part: usize| {
        let (held, learn) = rows.iter().partition(|row| part_of.get(&whom[**row]) == Some(&part));
        Split { learn, held }
    };
    let splits: Vec<Split> = (0..DRAWN).map(split).collect();
    if splits.iter().any(|split| !both_kinds(&split.learn, rows, positive)) {
        return Err(NoSplit::TooFew);
    }
    Ok((HeldBack::Drawn { parts: DRAWN, whom: named.map(str::to_owned) }, splits))
}

/// For each row a number that says whom it is about: the same for rows with the same name in the column.
pub(super) fn whom(table: &Table, name: Option<&str>) -> Vec<u32> {
    match name.and_then(|name| table.column(name)) {
        Some(Column::Words { codes, .. }) => {
            // Rows without a name are about somebody of their own.
            let mut next = u32::MAX;
            let one = |code: &u32| {
                next -= u32::from(*code == 0);
                if *code == 0 { next } else { *code }
            };
            codes.iter().map(one).collect()
        }
        Some(Column::Numbers(_) | Column::Days(_)) => order_of(table, name.unwrap_or_default()),
        Some(Column::Empty) | None => (0..).take(table.rows()).collect(),
    }
}

/// For each row the place of its value among the different values in order: numbers and days by size, words by the
/// alphabet.
fn order_of(table: &Table, name: &str) -> Vec<u32> {
    let rank = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    match table.column(name) {
        Some(Column::Numbers(values) | Column::Days(values)) => {
            let mut sorted: Vec<f64> = values.clone();
            sorted.sort_by(f64::total_cmp);
            sorted.dedup();
            let of = |value: &f64| sorted.partition_point(|one| one.total_cmp(value).is_lt());
            values.iter().map(|value| rank(of(value))).collect()
        }
        Some(Column::Words { codes, words }) => {
            let mut sorted: Vec<&String> = words.iter().collect();
            sorted.sort();
            let ranks: Vec<u32> = words
                .iter()
                .map(|word| rank(sorted.partition_point(|one| *one < word) + 1))
                .collect();
            codes
                .iter()
                .map(|code| if *code == 0 { 0 } else { ranks[*code as usize - 1] })
                .collect()
        }
        Some(Column::Empty) | None => vec![0; table.rows()],
    }
}

fn enough(split: &Split, rows: &[usize], positive: &[bool]) -> bool {
    both_kinds(&split.learn, rows, positive) && both_kinds(&split.held, rows, positive)
}

/// Whether there are enough rows of both kinds among some, all of which stand in order in `rows`.
fn both_kinds(some: &[usize], rows: &[usize], positive: &[bool]) -> bool {
    let yes = some
        .iter()
        .filter(|row| rows.binary_search(row).is_ok_and(|place| positive[place]))
        .count();
    LEAST_OF_KIND <= yes && LEAST_OF_KIND <= some.len() - yes
}
