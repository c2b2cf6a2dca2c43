//! The built-in signs, tried on the sample firm's past, are believed; a thing that means nothing is not.

use std::collections::BTreeMap;

use condition::Said;
use facts::{Calendar, Fact, History, Timestamp};
use kernel::Scratch;
use kizashi_proving::{Dates, Proof, Proving, Tally, Verdict, say_proof};
use sample::Firm;
use signs::{ForetoldDraft, PartDraft, Sign, SignDraft, SignKind, built_in};

fn histories(facts: &[Fact]) -> Vec<History> {
    let mut by_customer: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        by_customer.entry(fact.customer.as_str()).or_default().push(fact);
    }
    by_customer
        .into_values()
        .map(|facts| History::of(facts.into_iter().map(|fact| (fact, fact.at))))
        .collect()
}

fn tried(sign: &Sign, histories: &[History], now: Timestamp) -> Proof {
    let calendar = Calendar::japan();
    let foretold = ForetoldDraft::of_kind(sign.kind).unwrap().check().unwrap();
    let dates = Dates::before(now, &calendar, sign.horizon_days, 7, 364);
    let proving = Proving::new(sign.clone(), &foretold, dates, vec![], BTreeMap::new()).unwrap();
    let (mut tally, mut scratch) = (Tally::new(proving.dates()), Scratch::default());
    for history in histories {
        proving.add(history, &calendar, &mut scratch, &mut tally);
    }
    Proof::of(&tally, proving.dates(), sign.parts.len())
}

fn noise(draft: &serde_json::Value) -> Sign {
    let condition = condition::Draft::from_json(&draft.to_string()).unwrap();
    let draft = SignDraft {
        id: "noise".into(),
        kind: SignKind::Churn,
        name: Said::default(),
        explanation: Said::default(),
        next_action: Said::default(),
        script: Said::default(),
        horizon_days: 60,
        threshold: 50,
        draft: false,
        urgent: false,
        requires: None,
        outcome: None,
        parts: vec![PartDraft::plain(Said::default(), condition, 100)],
    };
    draft.check().unwrap()
}

#[test]
fn planted_signs_are_believed_and_noise_is_not() {
    let now = Timestamp::parse("2026-11-21T09:00:00+09:00").unwrap();
    let firm = Firm::generate(sample::DEMO_SEED, now);
    let histories = histories(firm.facts());
    for sign in built_in().unwrap() {
        let proof = tried(&sign, &histories, now);
        let strong = proof.bands[4].rate.or(proof.bands[3].rate).unwrap().share;
        println!("{}: {}", sign.id.0, say_proof(&proof, condition::Language::En));
        assert_eq!(proof.verdict, Verdict::Foretells, "{}", sign.id.0);
        assert!(proof.base.unwrap().share < strong, "{}: stronger is surer", sign.id.0);
    }
    for noise_of in &firm.truth.noise {
        let proof = tried(&noise(&noise_of.draft), &histories, now);
        println!("{}: {}", noise_of.what.en, say_proof(&proof, condition::Language::En));
        assert_eq!(proof.verdict, Verdict::Unclear, "{}", noise_of.what.en);
    }
}

/// Seeds that nobody looked at when the weights were chosen (those were 11, 12 and 13).
#[test]
fn the_sign_of_leaving_says_more_than_its_weightiest_part() {
    let now = Timestamp::parse("2026-11-21T09:00:00+09:00").unwrap();
    let churn = built_in().unwrap().into_iter().find(|sign| sign.id.0 == "churn").unwrap();
    for seed in [21, 22] {
        let firm = Firm::generate(seed, now);
        let proof = tried(&churn, &histories(firm.facts()), now);
        println!("{seed}: {}", say_proof(&proof, condition::Language::En));
        let (right, caught) = (proof.right.unwrap(), proof.caught.unwrap());
        assert!(2.0 < proof.over_plain.unwrap().low, "{seed}: {:?}", proof.over_plain);
        assert!(0.4 < right.low && 0.6 < caught.share, "{seed}: {right:?} {caught:?}");
    }
}
