//! One more row at once finds what a full match finds.

use std::collections::BTreeSet;

use kizashi_matching::{
    Apart, Blocks, Directory, Figures, Learned, Plan, Records, RowNo, Side, Thresholds, Verdict,
    matches, one_by_one, rules,
};
use sample::{ListKind, doubled_list};

use crate::tables::columns;

type Rows = Vec<Vec<String>>;

/// What a full match learned, and the pairs it found directly.
fn full(plan: &Plan, rows: &Rows) -> (Learned, BTreeSet<(RowNo, RowNo)>) {
    let mut records = Records::new(plan.clone());
    records.extend(Side::First, rows, &one_by_one);
    let rules = rules(&records, 1, &one_by_one);
    let blocks = Blocks::new(&records, &rules, &one_by_one);
    let apart = Apart::new();
    let (found, model) =
        matches(&mut records, &blocks, 1, Thresholds::default(), &apart, &one_by_one);
    let direct = found.links.iter().filter(|link| !link.through_others);
    (Learned::of(&records, &rules, &model), direct.map(|link| (link.a, link.b)).collect())
}

fn filled(learned: Learned, rows: &Rows) -> Directory {
    let mut directory = Directory::new(learned);
    directory.fill((0..).zip(rows.iter().map(Vec::as_slice)));
    directory
}

fn compared(directory: &Directory, rows: &Rows, row: RowNo) -> Vec<(RowNo, Verdict, String)> {
    let cells = &rows[row as usize];
    let others = directory.others(row, cells);
    let others: Vec<(RowNo, Vec<String>)> =
        others.into_iter().map(|other| (other, rows[other as usize].clone())).collect();
    let found = directory.compare(cells, &others, Thresholds::default());
    found
        .into_iter()
        .map(|one| (one.row, one.verdict, format!("{:.6}", one.waterfall.judged.weight)))
        .collect()
}

#[test]
fn one_more_row_finds_what_a_full_match_finds() {
    for (kind, seed) in
        [(ListKind::Persons, 21), (ListKind::Companies, 22), (ListKind::Contacts, 23)]
    {
        let list = doubled_list(kind, 1_500, seed);
        let plan = Plan::of_one(&columns(&(list.headers, list.rows.clone())));
        let (learned, expected) = full(&plan, &list.rows);
        // The last third comes one by one, when the others are there.
        let (there, coming) = list.rows.split_at(1_000);
        let mut directory = filled(learned, &there.to_vec());
        let mut found = BTreeSet::new();
        for (row, cells) in (1_000..).zip(coming) {
            found.extend(compared(&directory, &list.rows, row).into_iter().map(|one| (one.0, row)));
            directory.insert(row, cells);
        }
        let expected: BTreeSet<_> = expected.into_iter().filter(|(_, b)| 1_000 <= *b).collect();
        assert!(100 < expected.len(), "{kind:?}: the last third has doubles");
        // A full match also takes back a link that stands alone against others; nothing else may differ.
        let missed: Vec<_> = expected.difference(&found).collect();
        let more: Vec<_> = found.difference(&expected).collect();
        assert!(missed.is_empty(), "{kind:?}: missed {missed:?}");
        assert!(
            more.len() * 50 <= expected.len(),
            "{kind:?}: more {more:?} than {}",
            expected.len()
        );
    }
}

#[test]
fn what_was_learned_comes_back_from_numbers() {
    let list = doubled_list(ListKind::Persons, 800, 24);
    let plan = Plan::of_one(&columns(&(list.headers, list.rows.clone())));
    let (learned, _) = full(&plan, &list.rows);
    let json = serde_json::to_string(&learned.figures()).unwrap();
    let figures: Figures = serde_json::from_str(&json).unwrap();
    let again = Learned::from_figures(plan, figures.clone()).unwrap();
    let (one, other) = (filled(learned, &list.rows), filled(again, &list.rows));
    let mut pairs = 0;
    for row in 0..800 {
        let found = compared(&one, &list.rows, row);
        assert_eq!(found, compared(&other, &list.rows, row));
        pairs += found.len();
    }
    assert!(200 < pairs);
    let other_plan = Plan::of_one(&[]);
    assert!(Learned::from_figures(other_plan, figures).is_none());
}

#[test]
fn rows_come_in_any_way_and_a_key_that_many_have_tells_nothing() {
    let list = doubled_list(ListKind::Companies, 900, 25);
    let plan = Plan::of_one(&columns(&(list.headers, list.rows.clone())));
    let (learned, _) = full(&plan, &list.rows);
    let at_once = filled(learned.clone(), &list.rows);
    let mut one_by_one = Directory::new(learned);
    for (row, cells) in (0..).zip(&list.rows) {
        one_by_one.insert(row, cells);
        one_by_one.insert(row, cells);
    }
    let mut others = 0;
    for (row, cells) in (0..).zip(&list.rows) {
        assert_eq!(at_once.others(row, cells), one_by_one.others(row, cells));
        others += at_once.others(row, cells).len();
    }
    assert!(900 < others);
    let mut crowded = at_once.clone();
    let cells = &list.rows[0];
    for row in 10_000..12_000 {
        crowded.insert(row, cells);
    }
    assert!(crowded.others(20_000, cells).len() <= 300, "however many have the same keys");
    assert!(0 < crowded.bytes());
}
