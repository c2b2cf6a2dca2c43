//! What the sample promises, checked by slow and obvious code over its facts.

mod checks;
mod contents;
mod planted;

use std::{collections::BTreeMap, sync::OnceLock};

use facts::{Fact, Timestamp};
use kizashi_sample::Firm;

/// The seeds and instants tried: a Sunday morning, a Monday evening after the new year, a Friday in August.
const TRIED: [(u64, &str); 3] = [
    (kizashi_sample::DEMO_SEED, "2026-11-21T22:50:07.314Z"),
    (7, "2026-01-12T09:30:00Z"),
    (99, "2026-08-28T03:00:00Z"),
];

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap_or_else(|error| panic!("{error}"))
}

/// Each firm is grown once for all tests.
fn firms() -> &'static [(Firm, Timestamp)] {
    static FIRMS: OnceLock<Vec<(Firm, Timestamp)>> = OnceLock::new();
    FIRMS.get_or_init(|| {
        TRIED.iter().map(|(seed, now)| (Firm::generate(*seed, at(now)), at(now))).collect()
    })
}

/// Each customer's facts in time order.
fn by_customer(firm: &Firm) -> BTreeMap<&str, Vec<&Fact>> {
    let mut customers: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in firm.facts() {
        customers.entry(fact.customer.as_str()).or_default().push(fact);
    }
    customers
}
