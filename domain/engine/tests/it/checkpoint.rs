//! An engine put together again from its pages is the engine that was packed, and goes on like it.

use std::collections::BTreeMap;

use condition::{Draft, SegmentId};
use facts::{Calendar, Fact, History, Timestamp, pack::Unpack};
use kernel::{Scratch, Working};
use kizashi_engine::{Engine, Look, Restoring, Rules, Wanted};
use sample::Firm;
use serde_json::{Value, json};

/// Far apart, so that there are pages without anybody and more than one block of a bitmap.
const APART: u32 = 41;

fn rules(segments: &[(&str, Value)]) -> Rules {
    let checked = segments
        .iter()
        .map(|(id, draft)| (SegmentId::new(id).unwrap(), Draft(draft.clone()).check().unwrap()));
    Rules::new(checked.collect(), signs::built_in().unwrap(), Calendar::japan()).unwrap()
}

fn some_rules() -> Rules {
    rules(&[
        ("bought", json!({ "event": "purchased", "last": "90d" })),
        ("quiet", json!({ "not": { "event": "login", "last": "30d" } })),
        ("both", json!({ "all": [{ "segment": "bought" }, { "segment": "quiet" }] })),
    ])
}

fn histories() -> (Vec<History>, Timestamp) {
    let now = Timestamp::parse("2026-11-21T12:00:00+09:00").unwrap();
    let firm = Firm::generate(5, now);
    let mut of: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in firm.facts() {
        of.entry(fact.customer.as_str()).or_default().push(fact);
    }
    let history = |facts: Vec<&Fact>| History::of(facts.into_iter().map(|fact| (fact, fact.at)));
    (of.into_values().map(history).collect(), now)
}

fn place(engine: &mut Engine, rules: &Rules, customer: u32, history: &History, at: Timestamp) {
    let (mut scratch, mut working) = (Scratch::default(), Working::default());
    let answers = rules.ask(history, at, &Wanted::Everything, &mut scratch);
    let placement = engine.decide(rules, customer, &answers, &mut working);
    engine.place(&placement, Look::At(Some(at.plus(7 + i64::from(customer)))));
}

fn pages(engine: &Engine) -> Vec<Vec<u8>> {
    let page = |page| {
        let mut bytes = vec![];
        engine.pack_page(page, &mut bytes);
        bytes
    };
    (0..engine.pages()).map(page).collect()
}

fn restored(rules: &Rules, pages: &[Vec<u8>]) -> Option<Engine> {
    let mut restoring = Restoring::new(rules);
    for page in pages {
        let mut rest = Unpack(page);
        restoring.add(&mut rest)?;
        rest.is_empty().then_some(())?;
    }
    Some(restoring.finish())
}

#[test]
fn what_is_put_together_again_is_what_was_packed() {
    let rules = some_rules();
    let (histories, now) = histories();
    let mut engine = Engine::new(&rules);
    for (n, history) in histories.iter().enumerate() {
        place(&mut engine, &rules, n as u32 * APART, history, now);
    }
    let packed = pages(&engine);
    let mut again = restored(&rules, &packed).unwrap();
    assert!(1 << 16 < engine.known().max().unwrap(), "more than one block");
    assert_eq!(pages(&again), packed);
    for later in [0, 40] {
        let at = now.plus(later * Timestamp::DAY);
        if later != 0 {
            for (n, history) in histories.iter().enumerate().filter(|(n, _)| n % 3 == 0) {
                place(&mut engine, &rules, n as u32 * APART, history, at);
                place(&mut again, &rules, n as u32 * APART, history, at);
            }
        }
        assert_eq!(again.known(), engine.known());
        assert_eq!(again.due(Timestamp::MAX, usize::MAX), engine.due(Timestamp::MAX, usize::MAX));
        for segment in 0..rules.segments().len() {
            assert!(!engine.members(segment).is_empty());
            assert_eq!(again.members(segment), engine.members(segment));
        }
        for sign in 0..rules.signs().len() {
            assert_eq!(again.carriers(sign), engine.carriers(sign));
        }
    }
}

#[test]
fn pages_that_are_something_else_are_refused() {
    let rules = some_rules();
    let (histories, now) = histories();
    let mut engine = Engine::new(&rules);
    for (n, history) in histories.iter().enumerate().take(1500) {
        place(&mut engine, &rules, n as u32, history, now);
    }
    let packed = pages(&engine);
    assert_eq!(packed.len(), 2);
    assert!(restored(&rules, &packed).is_some());
    let swapped = [packed[1].clone(), packed[0].clone()];
    assert!(restored(&rules, &swapped).is_none(), "in another order");
    for cut in (0..packed[0].len()).step_by(113) {
        let cut = [packed[0][..cut].to_vec(), packed[1].clone()];
        assert!(restored(&rules, &cut).is_none());
    }
    let more: Vec<(String, Value)> =
        (0..300).map(|n| (format!("s{n}"), json!({ "event": format!("e{n}") }))).collect();
    let more: Vec<(&str, Value)> = more.iter().map(|(id, one)| (&**id, one.clone())).collect();
    assert!(self::restored(&self::rules(&more), &packed).is_none(), "of other rules");
}
