//! The planted signs are really there, and hardly anybody carries one by accident.

use std::collections::BTreeSet;

use facts::{Fact, Timestamp};
use kizashi_sample::{Firm, PlantedSign, SignName};

use crate::{at, by_customer, checks, firms};

fn holds(
    firm: &Firm,
    sign: SignName,
    facts: &[&Fact],
    at: Timestamp,
    product: Option<&str>,
) -> bool {
    match sign {
        SignName::Purchase => checks::purchase(facts, at),
        SignName::Upsell => checks::upsell(facts, at),
        SignName::Churn => checks::churn(facts, &firm.rivals, at),
        SignName::FollowUp => checks::follow_up(facts, at),
        SignName::Replenishment => {
            let products = checks::forgotten(facts, at);
            product.map_or(!products.is_empty(), |one| products.iter().any(|name| name == one))
        }
    }
}

fn companies(planted: &PlantedSign) -> usize {
    planted.carriers_now.iter().filter(|carrier| carrier.customer.starts_with("C-")).count()
}

#[test]
fn every_carrier_carries_its_sign_now() {
    for (firm, now) in firms() {
        let customers = by_customer(firm);
        for planted in &firm.truth.signs {
            assert!(12 <= companies(planted), "{:?}: too few companies", planted.sign);
            for carrier in &planted.carriers_now {
                let facts = &customers[carrier.customer.as_str()];
                assert!(
                    holds(firm, planted.sign, facts, *now, carrier.product.as_deref()),
                    "{:?} does not hold for {carrier:?}, seed {}",
                    planted.sign,
                    firm.truth.seed
                );
            }
        }
        let forgetful = firm.truth.of(SignName::Replenishment).unwrap().carriers_now.len();
        assert!((165..=330).contains(&forgetful), "5 to 10 % of customers, not {forgetful}");
    }
}

#[test]
fn few_carry_a_sign_by_accident() {
    for (firm, now) in firms() {
        let customers = by_customer(firm);
        for planted in &firm.truth.signs {
            let told: BTreeSet<&str> =
                planted.carriers_now.iter().map(|carrier| carrier.customer.as_str()).collect();
            let found: BTreeSet<&str> = customers
                .iter()
                .filter(|(_, facts)| holds(firm, planted.sign, facts, *now, None))
                .map(|(customer, _)| *customer)
                .collect();
            let accidents = found.difference(&told).count();
            println!("{:?}: {} told, {accidents} by accident", planted.sign, told.len());
            assert!(accidents * 4 < found.len(), "{:?}: {accidents} by accident", planted.sign);
        }
    }
}

#[test]
fn past_carriers_carried_it_and_mostly_got_the_outcome() {
    for (firm, now) in firms() {
        let customers = by_customer(firm);
        for planted in &firm.truth.signs {
            let (mut held, mut followed) = (0, 0);
            for carrier in &planted.past {
                let facts = &customers[carrier.customer.as_str()];
                let since = at(&carrier.at);
                let product = carrier.product.as_deref();
                held += usize::from(holds(firm, planted.sign, facts, since, product));
                let Some(outcome) = &carrier.outcome_at else { continue };
                let days = at(outcome).since(since) / Timestamp::DAY;
                let (least, most) = planted.lead_days;
                assert!((i64::from(least)..=i64::from(most)).contains(&days), "{carrier:?}");
                assert!(at(outcome) <= *now, "{carrier:?}");
                assert!(really_came(planted.sign, facts, at(outcome), product), "{carrier:?}");
                followed += 1;
            }
            let n = planted.past.len();
            println!("{:?}: {n} past, {held} held, {followed} followed", planted.sign);
            assert!(40 <= n, "{:?}: only {n} past carriers", planted.sign);
            assert!(n * 95 <= held * 100, "{:?}: {held} of {n} held", planted.sign);
            assert!(n * 60 <= followed * 100, "{:?}: {followed} of {n} followed", planted.sign);
            assert!(followed < n, "{:?}: nothing is certain", planted.sign);
        }
    }
}

fn really_came(sign: SignName, facts: &[&Fact], at: Timestamp, product: Option<&str>) -> bool {
    let (event, property, value) = match sign {
        SignName::Purchase => ("deal_moved", "stage", "won"),
        SignName::Upsell => ("plan_changed", "", ""),
        SignName::Churn => ("cancelled", "", ""),
        SignName::Replenishment => ("purchased", "product", product.unwrap_or_default()),
        SignName::FollowUp => ("meeting_set", "", ""),
    };
    checks::events(facts, event, at.minus(2 * Timestamp::SECOND), at)
        .any(|(_, found)| property.is_empty() || found.get(property).as_text() == Some(value))
}

/// Among those who do not carry a sign, the outcome is far rarer.
#[test]
fn outcomes_without_a_sign_are_the_fewer() {
    for (firm, _) in firms() {
        for sign in [SignName::Purchase, SignName::Upsell, SignName::Churn] {
            let planted = firm.truth.of(sign).unwrap();
            let foretold = planted.past.iter().filter(|one| one.outcome_at.is_some()).count();
            let without = planted.outcomes_without.len();
            assert!(5 < without && without < foretold, "{sign:?}: {without} against {foretold}");
        }
    }
}

#[test]
fn noise_is_as_frequent_with_a_sign_as_without() {
    let (firm, now) = &firms()[0];
    let customers = by_customer(firm);
    let all: Vec<&str> =
        customers.keys().copied().filter(|customer| customer.starts_with("C-")).collect();
    let visits = |customers_: &[&str]| -> f64 {
        let from = now.minus(90 * Timestamp::DAY);
        let seen: usize = customers_
            .iter()
            .map(|one| checks::events(&customers[one], "visited", from, *now).count())
            .sum();
        seen as f64 / customers_.len() as f64
    };
    for planted in &firm.truth.signs {
        let carriers: Vec<&str> = planted
            .carriers_now
            .iter()
            .map(|carrier| carrier.customer.as_str())
            .filter(|customer| customer.starts_with("C-"))
            .collect();
        let difference = (visits(&carriers) - visits(&all)).abs();
        assert!(difference < 0.7, "{:?}: {difference}", planted.sign);
    }
}
