//! Lists drawn from customers of a known kind: those of the kind who are not listed stand first.

use kizashi_forecast::{
    chance::Chance,
    lookalike::{Among, prospecting},
    propensity::{Entry, Gathering, Table, auc},
};

/// Customers; of the kind are cafes in Osaka that order much. Half of the kind are listed.
fn customers(n: usize) -> (Table, Vec<bool>, Vec<bool>) {
    let mut chance = Chance::new(3, 0);
    let mut gathering =
        Gathering::new(["key", "trade", "city", "orders", "colour"].map(str::to_owned));
    let (mut kind, mut listed) = (Vec::new(), Vec::new());
    for number in 0..n {
        let of_kind = chance.share() < 0.2;
        let trade = if of_kind && chance.share() < 0.9 {
            "cafe"
        } else {
            ["bar", "shop", "cafe"][chance.below(3)]
        };
        let city = if of_kind && chance.share() < 0.8 {
            "Osaka"
        } else {
            ["Kyoto", "Osaka", "Kobe"][chance.below(3)]
        };
        let orders = chance.share() * 10.0 + if of_kind { 6.0 } else { 0.0 };
        let colour = ["red", "blue"][chance.below(2)];
        gathering.row([
            Entry::Words(&format!("K{number}")),
            Entry::Words(trade),
            Entry::Words(city),
            Entry::Number(orders),
            Entry::Words(colour),
        ]);
        kind.push(of_kind);
        listed.push(of_kind && chance.share() < 0.5);
    }
    (gathering.finish(), kind, listed)
}

#[test]
fn the_unlisted_of_the_kind_stand_first_and_it_is_said_why() {
    let (table, kind, listed) = customers(2_000);
    let n_listed = listed.iter().filter(|one| **one).count();
    let made = prospecting(table, listed.clone(), &["key".to_owned()], &[], 1).unwrap();
    let tried = made.prepared().trials().iter().map(|trial| trial.run()).collect();
    let prospects = made.conclude(tried).unwrap();
    assert_eq!(prospects.ranked.len(), 2_000 - n_listed);
    assert!(prospects.ranked.iter().all(|prospect| !listed[prospect.row]));
    let scores: Vec<f64> = prospects.ranked.iter().map(|prospect| prospect.score).collect();
    let right: Vec<bool> = prospects.ranked.iter().map(|prospect| kind[prospect.row]).collect();
    assert!(auc(&scores, &right) > 0.85, "{}", auc(&scores, &right));
    assert!(scores.windows(2).all(|pair| pair[1] <= pair[0]));
    let alike = prospects.alike();
    let first = prospects.ranked[0].row;
    let points = alike.in_common(first, 3);
    assert!(!points.is_empty());
    for point in &points {
        assert!(point.column != "colour" && 0.0 < point.worth, "{point:?}");
        if let Among::Share { listed, rest } = point.among {
            assert!(rest < listed, "{point:?}");
        }
    }
    let near = alike.nearest(first, 3);
    assert_eq!(near.len(), 3);
    assert!(near.iter().all(|row| listed[*row]));
}

#[test]
fn a_list_of_a_few_is_refused() {
    let (table, _, _) = customers(300);
    let listed: Vec<bool> = (0..300).map(|row| row < 5).collect();
    assert!(prospecting(table, listed, &["key".to_owned()], &[], 1).is_err());
}
