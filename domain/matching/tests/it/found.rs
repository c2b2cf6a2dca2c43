//! How many of the doubles of a list with known truth are found, and how many that are none.

use std::collections::{BTreeMap, BTreeSet};

use kizashi_matching::{RowNo, Verdict};
use sample::{DoubledList, ListKind, doubled_list};

use crate::tables::{Found, dedupe, link};

type Pairs = BTreeSet<(RowNo, RowNo)>;

fn true_pairs(truth: &[u32]) -> Pairs {
    let mut rows: BTreeMap<u32, Vec<RowNo>> = BTreeMap::new();
    for (row, customer) in truth.iter().enumerate() {
        rows.entry(*customer).or_default().push(row as RowNo);
    }
    let mut pairs = Pairs::new();
    for rows in rows.values() {
        for (place, a) in rows.iter().enumerate() {
            pairs.extend(rows[place + 1..].iter().map(|b| (*a, *b)));
        }
    }
    pairs
}

fn linked(found: &Found) -> Pairs {
    let auto = found.matches.links.iter().filter(|link| link.verdict == Verdict::Auto);
    auto.map(|link| (link.a, link.b)).collect()
}

/// Precision, recall and F1.
fn measured(found: &Pairs, truth: &Pairs) -> (f64, f64, f64) {
    let both = found.intersection(truth).count() as f64;
    let (precision, recall) = (both / found.len() as f64, both / truth.len() as f64);
    (precision, recall, 2.0 * precision * recall / (precision + recall))
}

#[test]
fn doubles_are_found_in_lists_of_every_kind_and_little_else() {
    for kind in [ListKind::Persons, ListKind::Companies, ListKind::Contacts] {
        for seed in [11, 12] {
            let DoubledList { headers, rows, truth } = doubled_list(kind, 1_500, seed);
            let found = dedupe(&(headers, rows));
            let truth = true_pairs(&truth);
            assert!(200 < truth.len(), "the list has doubles");
            let (precision, recall, f1) = measured(&linked(&found), &truth);
            assert!(
                0.995 <= precision && 0.97 <= f1,
                "{kind:?} seed {seed}: precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}"
            );
        }
    }
}

#[test]
fn two_lists_are_linked_and_pairs_inside_one_are_not_listed() {
    let DoubledList { headers, rows, truth } = doubled_list(ListKind::Persons, 1_500, 13);
    let (first, second) = rows.split_at(700);
    let all = true_pairs(&truth);
    let across: Pairs = all.into_iter().filter(|(a, b)| *a < 700 && 700 <= *b).collect();
    let found = link(&(headers.clone(), first.to_vec()), &(headers, second.to_vec()));
    assert!(found.matches.links.iter().all(|link| link.a < 700 && 700 <= link.b));
    let (precision, _, f1) = measured(&linked(&found), &across);
    assert!(0.995 <= precision && 0.97 <= f1, "precision {precision:.4}, F1 {f1:.4}");
}

#[test]
fn a_list_without_doubles_gives_no_links() {
    let list = doubled_list(ListKind::Companies, 1_500, 14);
    let mut seen = BTreeSet::new();
    let once: Vec<Vec<String>> = list
        .rows
        .into_iter()
        .zip(&list.truth)
        .filter(|(_, customer)| seen.insert(**customer))
        .map(|(row, _)| row)
        .collect();
    assert!(700 < once.len());
    let found = dedupe(&(list.headers, once));
    let wrong = linked(&found).len();
    assert!(wrong <= 2, "{wrong} links where there is none");
}

/// Threads change nothing: pieces in reverse give the same links.
#[test]
fn the_order_of_the_work_does_not_matter() {
    use kizashi_matching::{Apart, Blocks, Plan, Records, Side, Thresholds, guess, matches, rules};
    let list = doubled_list(ListKind::Contacts, 600, 15);
    let columns = guess(&list.headers, &list.rows);
    let backwards = |n: usize, piece: &(dyn Fn(usize) + Sync)| (0..n).rev().for_each(piece);
    let run = |spread: kizashi_matching::Spread<'_>| {
        let mut records = Records::new(Plan::of_one(&columns));
        records.extend(Side::First, &list.rows, spread);
        let rules = rules(&records, 1, spread);
        let blocks = Blocks::new(&records, &rules, spread);
        let apart = Apart::new();
        matches(&mut records, &blocks, 1, Thresholds::default(), &apart, spread).0
    };
    let forwards = run(&kizashi_matching::one_by_one);
    assert!(50 < forwards.links.len());
    assert_eq!(forwards, run(&backwards));
}
