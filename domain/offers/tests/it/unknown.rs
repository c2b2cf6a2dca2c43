//! What is unknown: the two conditions of a condition, held against every way in which the unknown could turn out.

use condition::{Condition, Draft};
use kizashi_offers::{Met, Missing, Twofold, missing, twofold};
use serde_json::{Value as Json, json};

use crate::{Told, asked, now};

fn condition(draft: Json) -> Condition {
    Draft(draft).check().unwrap()
}

fn no_sign(_: &str) -> bool {
    false
}

fn state(draft: &Json, told: &Told) -> Met {
    let Twofold { surely, possibly } = twofold(&condition(draft.clone()), &no_sign);
    match asked(&[surely, possibly], &told.history())[..] {
        [true, true] => Met::Met,
        [false, true] => Met::Unknown,
        [false, false] => Met::Unmet,
        _ => panic!("{draft} surely holds and cannot hold"),
    }
}

#[test]
fn a_missing_attribute_is_unknown_and_not_failed() {
    let shop = json!({"attribute": "industry", "is": "shop"});
    let not_shop = json!({"attribute": "industry", "is_not": "shop"});
    let empty = Told::default().known();
    let (is, other) = (empty.clone().is("industry", "shop"), empty.clone().is("industry", "bank"));
    assert_eq!(
        [&empty, &is, &other].map(|told| state(&shop, told)),
        [Met::Unknown, Met::Met, Met::Unmet]
    );
    assert_eq!(
        [&empty, &is, &other].map(|told| state(&not_shop, told)),
        [Met::Unknown, Met::Unmet, Met::Met]
    );
    // Whether something is there is always known.
    let there = json!({"attribute": "industry", "exists": true});
    assert_eq!([&empty, &is].map(|told| state(&there, told)), [Met::Unmet, Met::Met]);
}

#[test]
fn what_was_not_done_is_known_and_what_nobody_wrote_about_is_not() {
    let empty = Told::default().known();
    assert_eq!(state(&json!({"event": "purchased"}), &empty), Met::Unmet);
    let rival = json!({"mentions": ["rival"]});
    assert_eq!(state(&rival, &empty), Met::Unknown);
    assert_eq!(state(&rival, &empty.clone().did("reported", &[])), Met::Unmet);
    let came = empty.did("mentioned", &[("topic", "rival".into()), ("negated", false.into())]);
    assert_eq!(state(&rival, &came), Met::Met);
}

#[test]
fn contacts_and_what_models_say_may_be_unknown() {
    let decider = json!({"contacts": "any", "satisfies": {"attribute": "role", "is": "decides"}});
    let empty = Told::default().known();
    assert_eq!(state(&decider, &empty), Met::Unknown);
    assert_eq!(state(&decider, &empty.clone().contact("P1", "name", "A")), Met::Unknown);
    assert_eq!(state(&decider, &empty.clone().contact("P1", "role", "uses")), Met::Unmet);
    assert_eq!(state(&decider, &empty.clone().contact("P1", "role", "decides")), Met::Met);
    let none = json!({"contacts": "none", "satisfies": {"attribute": "role", "is": "decides"}});
    assert_eq!(state(&none, &empty), Met::Unknown);
    assert_eq!(state(&none, &empty.clone().contact("P1", "role", "uses")), Met::Met);
    let likely = json!({"score": "buys", "is": {"at_least": "0.5"}});
    assert_eq!(state(&likely, &empty), Met::Unknown);
    assert_eq!(state(&likely, &empty.is("score:buys", 0)), Met::Unmet);
    let sign = twofold(&condition(likely), &|id| id == "buys");
    assert_eq!(sign.surely, sign.possibly, "a sign is known of everybody");
}

#[test]
fn the_missing_facts_are_named() {
    let draft = json!({"all": [
        {"attribute": "employees", "at_least": "50"},
        {"any": [{"attribute": "industry", "is": "shop"}, {"mentions": ["rival"]}]},
        {"contacts": "any", "satisfies": {"attribute": "role", "is": "decides"}},
    ]});
    let told = Told::default().is("employees", 80).contact("P1", "name", "A");
    let found = missing(&condition(draft), &told.history(), now(), &no_sign);
    let (industry, role) =
        (Missing::Attribute("industry".into()), Missing::OfContact("role".into()));
    assert_eq!(found, [industry, role, Missing::Texts]);
}

/// Chance from a seed (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % n
    }
}

const KEYS: [&str; 3] = ["a", "b", "c"];

/// Any condition over three attributes that are 0, 1 or 2.
fn any_condition(dice: &mut Dice, depth: u32) -> Json {
    let key = KEYS[dice.below(3) as usize];
    let other = KEYS[dice.below(3) as usize];
    let kinds = if depth == 0 { 4 } else { 8 };
    let parts = |dice: &mut Dice| -> Vec<Json> {
        (0..1 + dice.below(3)).map(|_| any_condition(dice, depth - 1)).collect()
    };
    match dice.below(kinds) {
        0 => json!({"attribute": key, "is": dice.below(3)}),
        1 => json!({"attribute": key, "at_least": {"attribute": other}}),
        2 => json!({"attribute": key, "is_not": dice.below(3)}),
        3 => json!({"attribute": key, "exists": true}),
        4 => json!({"all": parts(dice)}),
        5 => json!({"any": parts(dice)}),
        6 => json!({"not": any_condition(dice, depth - 1)}),
        _ => json!({"points": parts(dice).into_iter().map(|part| {
            json!({"weight": dice.below(5) as i64 - 2, "when": part})
        }).collect::<Vec<Json>>(), "is": {"at_least": "1"}}),
    }
}

#[test]
fn however_the_unknown_turns_out_what_is_sure_stays() {
    let mut dice = Dice(7);
    let (mut unknown, mut sure) = (0, 0);
    for _ in 0..400 {
        let draft = any_condition(&mut dice, 2);
        let plain = condition(draft.clone());
        // Asking whether a value is there would tell apart what is filled in below.
        let asks_existence = draft.to_string().contains("exists");
        let mut told = Told::default().known();
        let mut open = vec![];
        for key in KEYS {
            match dice.below(2) {
                0 => open.push(key),
                _ => told = told.is(key, dice.below(3) as i64),
            }
        }
        let state = state(&draft, &told);
        let whole = |n: usize| {
            let values = open.iter().enumerate();
            values.fold(told.clone(), |told, (place, key)| {
                told.is(key, (n / 3_usize.pow(place as u32) % 3) as i64)
            })
        };
        let ways: Vec<bool> = (0..3_usize.pow(open.len() as u32))
            .map(|n| asked(std::slice::from_ref(&plain), &whole(n).history())[0])
            .collect();
        if open.is_empty() {
            assert_eq!(state == Met::Met, ways[0], "{draft}");
            assert_ne!(state, Met::Unknown, "{draft}: everything is known");
        } else if !asks_existence {
            match state {
                Met::Met => assert!(ways.iter().all(|holds| *holds), "{draft}"),
                Met::Unmet => assert!(ways.iter().all(|holds| !*holds), "{draft}"),
                Met::Unknown | Met::Settled => unknown += 1,
            }
            sure += usize::from(state != Met::Unknown);
        }
    }
    assert!(30 < unknown && 30 < sure, "{unknown} unknown and {sure} sure: the test was idle");
}
