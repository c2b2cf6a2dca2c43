//! Tables for the tests, and matching them from end to end.

use kizashi_matching::{
    Apart, Blocks, Column, Matches, Model, Plan, Records, Side, Thresholds, guess, matches,
    one_by_one, rules,
};

pub(crate) type Table = (Vec<String>, Vec<Vec<String>>);

/// A table written with `|` between the cells, the header first.
pub(crate) fn table(text: &str) -> Table {
    let mut lines = text.trim().lines().map(|line| {
        line.trim().split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<String>>()
    });
    (lines.next().unwrap(), lines.collect())
}

pub(crate) fn columns(table: &Table) -> Vec<Column> {
    guess(&table.0, &table.1)
}

pub(crate) struct Found {
    pub(crate) records: Records,
    pub(crate) model: Model,
    pub(crate) matches: Matches,
}

pub(crate) fn dedupe(table: &Table) -> Found {
    dedupe_apart(table, &Apart::new())
}

pub(crate) fn dedupe_apart(table: &Table, apart: &Apart) -> Found {
    let mut records = Records::new(Plan::of_one(&columns(table)));
    add(&mut records, Side::First, table);
    run(records, apart)
}

pub(crate) fn dedupe_as(plan: Plan, rows: &[Vec<String>]) -> Found {
    let mut records = Records::new(plan);
    records.extend(Side::First, rows, &one_by_one);
    run(records, &Apart::new())
}

pub(crate) fn link(first: &Table, second: &Table) -> Found {
    let mut records = Records::new(Plan::of_two(&columns(first), &columns(second)));
    add(&mut records, Side::First, first);
    add(&mut records, Side::Second, second);
    run(records, &Apart::new())
}

fn add(records: &mut Records, side: Side, table: &Table) {
    records.extend(side, &table.1, &one_by_one);
}

fn run(mut records: Records, apart: &Apart) -> Found {
    let rules = rules(&records, 1, &one_by_one);
    let blocks = Blocks::new(&records, &rules, &one_by_one);
    let (matches, model) =
        matches(&mut records, &blocks, 1, Thresholds::default(), apart, &one_by_one);
    Found { records, model, matches }
}
