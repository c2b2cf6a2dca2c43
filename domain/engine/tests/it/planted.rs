//! The built-in signs, run on the sample firm, find the customers in whom they were planted.

use std::collections::{BTreeMap, BTreeSet};

use facts::{Calendar, Fact, History, Timestamp};
use kernel::Scratch;
use kizashi_engine::Rules;
use sample::{Firm, SignName};

fn histories(facts: &[Fact]) -> BTreeMap<&str, History> {
    let mut by_customer: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        by_customer.entry(fact.customer.as_str()).or_default().push(fact);
    }
    by_customer
        .into_iter()
        .map(|(key, facts)| (key, History::of(facts.into_iter().map(|fact| (fact, fact.at)))))
        .collect()
}

#[test]
fn planted_signs_are_found_today() {
    let now = Timestamp::parse("2026-11-21T12:00:00+09:00").unwrap();
    let firm = Firm::generate(sample::DEMO_SEED, now);
    let rules = Rules::new(vec![], signs::built_in().unwrap(), Calendar::japan()).unwrap();
    let mut scratch = Scratch::default();
    let mut carriers: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); rules.signs().len()];
    let histories = histories(firm.facts());
    for (key, history) in &histories {
        for (sign, _, _) in rules.judge(history, now, &mut scratch).signs {
            carriers[sign as usize].insert(key);
        }
    }
    let names = [
        SignName::Purchase,
        SignName::Upsell,
        SignName::Churn,
        SignName::Replenishment,
        SignName::FollowUp,
    ];
    for (found, name) in carriers.iter().zip(names) {
        let planted = firm.truth.of(name).unwrap();
        let n = planted.carriers_now.len();
        let hit = planted
            .carriers_now
            .iter()
            .filter(|carrier| found.contains(carrier.customer.as_str()))
            .count();
        println!("{name:?}: {hit} of {n} planted found, {} carriers in all", found.len());
        assert!(9 * n <= 10 * hit, "{name:?}: only {hit} of {n} planted carriers are found");
        assert!(
            found.len() <= histories.len() / 8,
            "{name:?}: {} carriers are too many",
            found.len()
        );
    }
}

#[test]
fn since_when_a_sign_is_carried_is_the_same_however_far_back_one_has_to_look() {
    let now = Timestamp::parse("2026-11-21T12:00:00+09:00").unwrap();
    let firm = Firm::generate(2, now);
    let rules = Rules::new(vec![], signs::built_in().unwrap(), Calendar::japan()).unwrap();
    let mut scratch = Scratch::default();
    // How far back one has to look, in steps that grow eightfold.
    let mut rounds = BTreeSet::new();
    for (_, history) in histories(firm.facts()) {
        for (number, rule) in rules.signs().iter().enumerate() {
            let horizon = i64::from(rule.sign.horizon_days) * Timestamp::DAY;
            let all = (now.minus(2 * horizon), now);
            let stays = rules.sign_stays(number, &history, all, &mut scratch);
            let expected = stays.last().filter(|stay| stay.left.is_none()).map(|stay| stay.entered);
            let since = rules.carried_since(number, &history, now, &mut scratch);
            assert_eq!(since, expected, "{}", rule.sign.id.0);
            let ago = since.map(|since| now.since(since));
            rounds
                .extend(ago.map(|ago| [256, 32, 4].iter().filter(|n| horizon / **n < ago).count()));
        }
    }
    assert!(2 <= rounds.len(), "too much alike: {rounds:?}");
}
