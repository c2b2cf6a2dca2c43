//! The same customer once: learning from everybody, and comparing one more record with all others at once.
//!
//! The records are those of the sample's generator of doubled lists, whose truth is known. They lie in a real store; a
//! new record is read from it, and so is everybody it is compared with, as the server does it.

use std::{path::Path, time::Instant};

use ::matching::{
    Apart, Blocks, Column, Directory, Kind, Learned, Plan, Records, Side, Thresholds, matches,
    rules,
};
use facts::{CustomerKey, Fact, HistoryBuilder, Properties, Timestamp, Value, What};
use sample::{DoubledList, ListKind, doubled_list};
use store::{CustomerNo, Options, Store, Watch, on_all_cores};

use crate::{
    figures::{Figure, Times, short},
    load::told,
    machine,
};

/// So many records come one by one at the end.
const COMING: usize = 2_000;
/// Rows that are taken apart together.
const TOGETHER: usize = 40_000;
const THRESHOLDS: Thresholds = Thresholds { auto: 0.99, review: 0.5 };

/// Measures it with so many records of persons in `folder`, which is emptied before and after.
pub(crate) fn measure(folder: &Path, rows: usize) -> Result<Vec<Figure>, String> {
    let _ = std::fs::remove_dir_all(folder);
    let list = doubled_list(ListKind::Persons, rows + COMING, 1);
    let columns = columns(&list);
    let plan = Plan::of_one(&columns);
    let there = list.rows.len() - COMING;
    let store = stored(folder, &list)?;
    let began = Instant::now();
    let mut directory = learned(&plan, &list.rows[..there]);
    let learning = began.elapsed();
    let (bytes, peak) = (directory.bytes(), machine::peak_memory("self"));
    let mut times = Times::default();
    let (mut compared, mut right, mut wrong) = (0, 0, 0);
    for row in there..list.rows.len() {
        let began = Instant::now();
        let (found, others) = one_more(&store, &mut directory, number(row)?)?;
        times.push(began.elapsed());
        compared += others;
        for other in found {
            let same = list.truth[other as usize] == list.truth[row];
            *(if same { &mut right } else { &mut wrong }) += 1;
        }
    }
    let due: usize = (there..list.rows.len())
        .map(|row| list.truth[..row].iter().filter(|one| **one == list.truth[row]).count())
        .sum();
    drop(store);
    std::fs::remove_dir_all(folder).map_err(told)?;
    Ok(vec![
        Figure {
            what: format!("everybody compared with everybody, {there} persons"),
            value: short(learning),
            how: format!(
                "keys, learning, all candidate pairs judged twice; peak {peak} MB of this process, which also holds the list"
            ),
        },
        Figure {
            what: format!("one more record compared with {there} others"),
            value: times.told(),
            how: format!(
                "{COMING} records one by one: read from the store with everybody who shares a key ({} each), judged, put in; \
                 {right} of {due} doubles found, {wrong} pairs besides",
                compared / COMING
            ),
        },
        Figure {
            what: "memory for that, each customer".into(),
            value: format!("{} bytes", bytes / there),
            how: "keys of all rules and how frequent terms are; the server has four bytes more"
                .into(),
        },
    ])
}

fn number(row: usize) -> Result<u32, String> {
    u32::try_from(row).map_err(told)
}

/// The columns that the server compares persons by.
fn columns(list: &DoubledList) -> Vec<Column> {
    let kinds = [
        Kind::Id,
        Kind::Person,
        Kind::Reading,
        Kind::Birth,
        Kind::Postal,
        Kind::Address,
        Kind::Phone,
        Kind::Email,
    ];
    let headers = list.headers.iter().zip(kinds);
    headers.map(|(header, kind)| Column { header: header.clone(), kind }).collect()
}

/// A store in which every row is a customer with its cells.
fn stored(folder: &Path, list: &DoubledList) -> Result<Store, String> {
    let store = Store::open(folder, Options::default(), &Watch::NONE).map_err(told)?;
    let at = Timestamp::parse("2026-01-01T00:00:00Z").map_err(told)?;
    let mut import = store.begin_import("bench", "rows", at).map_err(told)?;
    let names: Vec<String> = (0..list.headers.len()).map(|place| format!("c{place}")).collect();
    for (row, cells) in list.rows.iter().enumerate() {
        let pairs = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        let pairs = pairs.map(|(name, cell)| (name.as_str(), Value::text(cell.as_str())));
        let fact = Fact {
            customer: CustomerKey::new(&format!("C{row:08}")).map_err(told)?,
            contact: None,
            at,
            what: What::Became(Properties::new(pairs).map_err(told)?),
            id: None,
        };
        import.add(&fact).map_err(told)?;
    }
    import.commit(&Watch::NONE).map_err(told)?;
    store.flush().map_err(told)?;
    Ok(store)
}

fn learned(plan: &Plan, rows: &[Vec<String>]) -> Directory {
    let mut records = Records::new(plan.clone());
    for some in rows.chunks(TOGETHER) {
        records.extend(Side::First, some, &on_all_cores);
    }
    let numbers: Vec<u32> = (0..records.len()).collect();
    let all = rules(&records, 1, &on_all_cores);
    let blocks = Blocks::new(&records, &all, &on_all_cores);
    let apart = Apart::new();
    let (_, model) = matches(&mut records, &blocks, 1, THRESHOLDS, &apart, &on_all_cores);
    drop(blocks);
    Directory::of(Learned::of(&records, &all, &model), &records, &numbers)
}

/// Compares a record with all others and puts it in; whom it may be one with, and with how many it was compared.
fn one_more(
    store: &Store,
    directory: &mut Directory,
    row: u32,
) -> Result<(Vec<u32>, usize), String> {
    let cells = cells(store, row)?;
    let others = directory.others(row, &cells);
    let read = |other: &u32| Ok((*other, self::cells(store, *other)?));
    let others: Vec<(u32, Vec<String>)> = others.iter().map(read).collect::<Result<_, String>>()?;
    let found = directory.compare(&cells, &others, THRESHOLDS);
    directory.insert(row, &cells);
    Ok((found.iter().map(|one| one.row).collect(), others.len()))
}

fn cells(store: &Store, row: u32) -> Result<Vec<String>, String> {
    let mut builder = HistoryBuilder::new();
    store.history(CustomerNo(row), &mut builder).map_err(told)?;
    let history = builder.finish();
    let cell = |place: usize| {
        let value = history.attribute(&format!("c{place}"), Timestamp::MAX);
        if value.is_missing() { String::new() } else { value.to_string() }
    };
    Ok((0..8).map(cell).collect())
}
