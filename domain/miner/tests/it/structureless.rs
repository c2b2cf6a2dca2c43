//! Behaviour and outcomes that have nothing to do with each other: nothing is proposed.

use condition::Draft;
use facts::{CustomerKey, EventName, Fact, History, Properties, Timestamp, Value, What};
use signs::Foretold;

use crate::planted::mined;

/// Whole numbers below a bound, from a seed (splitmix: Steele and others 2014).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most) as i64
    }
}

const DAYS: u64 = 420;

fn day(n: i64) -> Timestamp {
    Timestamp::parse("2025-09-01T10:00:00+09:00").unwrap().plus(n * Timestamp::DAY)
}

fn fact(customer: usize, at: Timestamp, what: What) -> Fact {
    let customer = CustomerKey::new(&format!("C{customer}")).unwrap();
    Fact { customer, contact: None, at, what, id: None }
}

fn happened(customer: usize, at: i64, name: &str, kind: i64) -> Fact {
    let kind = Value::from(["a", "b", "c"][kind as usize]);
    let properties = Properties::new([("kind", kind)]).unwrap();
    let name = EventName::new(name).unwrap();
    fact(customer, day(at), What::Happened { name, properties })
}

/// Customers who do some things often or seldom, each in their own way, and to whom the outcome comes often or seldom: what
/// they do and what comes to them is drawn apart.
fn firm(seed: u64) -> Vec<History> {
    let mut dice = Dice(seed);
    let mut histories = vec![];
    for customer in 0..70 {
        let colour = Value::from(["red", "green", "blue"][dice.below(3) as usize]);
        let known = Properties::new([("colour", colour)]).unwrap();
        let mut facts = vec![fact(customer, day(0), What::Became(known))];
        for name in ["seen", "asked", "opened"] {
            for _ in 0..dice.below(24) {
                facts.push(happened(customer, dice.below(DAYS), name, dice.below(3)));
            }
        }
        for _ in 0..dice.below(5) {
            facts.push(happened(customer, dice.below(DAYS), "bought", 0));
        }
        facts.sort_by_key(|fact| fact.at);
        histories.push(History::of(facts.iter().map(|fact| (fact, fact.at))));
    }
    histories
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    let outcome = Draft::from_json(r#"{"event": "bought"}"#).unwrap().check().unwrap();
    let foretold = Foretold { outcome, among: None };
    let (mut proposed, mut searched) = (0, 0);
    for seed in 0..100 {
        let (asked, patterns, _) = mined(&firm(seed), &foretold, (day(DAYS as i64), 30), vec![]);
        searched = asked.len();
        proposed += usize::from(!patterns.is_empty());
    }
    println!("{proposed} of 100, {searched} searched");
    assert!(60 < searched);
    assert!(proposed <= 5, "something was proposed in {proposed} of 100 firms");
}
