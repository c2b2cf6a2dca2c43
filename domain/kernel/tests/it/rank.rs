//! Ranks: the cut is taken over many customers, and each is then asked alone against it.

use std::collections::{BTreeMap, BTreeSet};

use condition::{Draft, SegmentId};
use facts::{
    Calendar, CustomerKey, Decimal, EventName, Fact, History, Properties, Timestamp, Value, What,
};
use kernel::{Cut, Given, Plan, RankKey, Scratch, Standing};
use serde_json::{Value as Json, json};

use crate::dice::Dice;

/// Customers with some purchases in the 60 days before `now`; every third has a login.
fn customers(dice: &mut Dice, now: Timestamp) -> Vec<(History, Vec<(Timestamp, i64)>)> {
    let one = |n: usize, dice: &mut Dice| {
        let customer = CustomerKey::new(&format!("c{n}")).unwrap();
        let fact = |name: &str, at: Timestamp, amount: i64| {
            let name = EventName::new(name).unwrap();
            let properties = Properties::new([("amount", Value::from(amount))]).unwrap();
            let what = What::Happened { name, properties };
            Fact { customer: customer.clone(), contact: None, at, what, id: None }
        };
        let bought: Vec<(Timestamp, i64)> = (0..dice.below(6))
            .map(|_| (now.minus(dice.between(0, 60) * Timestamp::DAY), dice.between(1, 9)))
            .collect();
        let mut facts: Vec<Fact> =
            bought.iter().map(|(at, amount)| fact("bought", *at, *amount)).collect();
        facts.push(fact(if n.is_multiple_of(3) { "login" } else { "called" }, now, 0));
        (History::of(facts.iter().map(|fact| (fact, fact.at))), bought)
    };
    (0..60).map(|n| one(n, dice)).collect()
}

fn segments(rank: Json) -> Vec<(SegmentId, condition::Condition)> {
    [("best", rank), ("base", json!({ "event": "login" }))]
        .map(|(id, draft)| (SegmentId::new(id).unwrap(), Draft(draft).check().unwrap()))
        .to_vec()
}

#[test]
fn the_first_by_a_measure_are_in_with_all_who_stand_as_high() {
    let now = Timestamp::parse("2026-06-15T12:00:00Z").unwrap();
    let calendar = Calendar::japan();
    let mut n_members = 0;
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let customers = customers(&mut dice, now);
        let measure = dice.pick(&["sum", "average", "most"]);
        let (top, wanted) = match dice.below(2) {
            0 => (json!({ "top": 5 }), 5),
            // A quarter of the 20 members of the base, or of all 60.
            _ => (json!({ "top_percent": 25 }), 0),
        };
        let among = dice.once_in(2);
        let mut rank = json!({
            "rank": { "measure": measure, "of": "amount", "event": "bought" }, "last": "30d",
        });
        rank.as_object_mut().unwrap().extend(top.as_object().unwrap().clone());
        if among {
            rank["among"] = json!("base");
        }
        let wanted = if wanted == 0 { if among { 5 } else { 15 } } else { wanted };
        let plan = Plan::new(segments(rank.clone())).unwrap();
        let mut scratch = Scratch::default();
        let [rank_asked] = plan.ranks()[..] else { panic!("one rank is asked") };
        let mut standings = vec![];
        let mut n_base = 0;
        for (history, _) in &customers {
            if let Some(standing) = plan.standing(rank_asked, history, now, &calendar, &mut scratch)
            {
                n_base += 1;
                standings.extend(standing);
            }
        }
        assert_eq!(n_base, if among { 20 } else { 60 });
        let cut = Cut::of(rank_asked, standings, n_base, now).unwrap();
        let cuts = BTreeMap::from([(RankKey::of(rank_asked), cut)]);
        let plan = Plan::given(segments(rank), Given { cuts, ..Given::default() }).unwrap();
        let is_in = |history: &History, at: Timestamp, scratch: &mut Scratch| {
            plan.evaluate_one(0, history, at, &calendar, scratch).value
        };
        let members: BTreeSet<usize> = (customers.iter().enumerate())
            .filter(|(_, (history, _))| is_in(history, now, &mut scratch))
            .map(|(n, _)| n)
            .collect();
        assert_eq!(members, highest(&customers, measure, among, wanted, now), "seed {seed}");
        n_members += members.len();
        // A month later everything has left the window: with nothing to sum up nobody stands as high.
        let later = now.plus(31 * Timestamp::DAY);
        assert!(customers.iter().all(|(history, _)| !is_in(history, later, &mut scratch)));
    }
    assert!(300 <= n_members, "too few: {n_members}");
}

/// The highest by counting: sorted from the highest, cut after so many, with all who equal the last of them.
fn highest(
    customers: &[(History, Vec<(Timestamp, i64)>)],
    measure: &str,
    among: bool,
    wanted: usize,
    now: Timestamp,
) -> BTreeSet<usize> {
    let mut measured: Vec<(Decimal, usize)> = vec![];
    for (n, (_, bought)) in customers.iter().enumerate() {
        let inside = bought.iter().filter(|(at, _)| now.since(*at) < 30 * Timestamp::DAY);
        let amounts: Vec<i64> = inside.map(|(_, amount)| *amount).collect();
        let sum: i64 = amounts.iter().sum();
        let of_one = match measure {
            "sum" => Some(Decimal::from(sum)),
            "most" => amounts.iter().max().map(|most| Decimal::from(*most)),
            _ => (!amounts.is_empty()).then(|| Decimal::from(sum) / Decimal::from(amounts.len())),
        };
        if let Some(of_one) = of_one.filter(|_| !among || n % 3 == 0) {
            measured.push((of_one, n));
        }
    }
    measured.sort_by(|a, b| b.cmp(a));
    let least = measured[wanted.min(measured.len()) - 1].0;
    measured.into_iter().filter(|(of_one, _)| least <= *of_one).map(|(_, n)| n).collect()
}

#[test]
fn a_cut_needs_somebody_who_has_a_measure() {
    let draft = json!({ "rank": { "event": "bought" }, "top": 3 });
    let plan = Plan::new(segments(draft)).unwrap();
    let [rank] = plan.ranks()[..] else { panic!("one rank is asked") };
    let now = Timestamp::from_millis(0);
    let standing = |n: i64| Standing::of(Decimal::from(n));
    assert_eq!(Cut::of(rank, vec![], 7, now), None);
    let cut = Cut::of(rank, vec![standing(1), standing(5)], 7, now).unwrap();
    assert_eq!(cut.least.shown(), Some(Decimal::ONE), "with fewer than three all are in");
}
