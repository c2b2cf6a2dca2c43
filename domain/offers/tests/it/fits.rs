//! How well offers fit: hand counts, variants, and the ranking held against asking each customer alone.

use std::collections::BTreeMap;

use condition::Said;
use kizashi_offers::{
    Asked, Judged, MatchLevel, Met, Missing, Need, NeedDraft, Offer, OfferDraft, Ranked,
};
use roaring::RoaringBitmap;
use serde_json::{Value as Json, json};

use crate::{Told, asked, now, unknown::Dice};

fn needs() -> BTreeMap<String, Need> {
    let draft: NeedDraft = serde_json::from_value(json!({
        "id": "visitors", "name": {"ja": "来客対応の手間", "en": "work with visitors"},
        "latent_when": {"event": "help_searched", "count": {"at_least": 2}},
    }))
    .unwrap();
    BTreeMap::from([(draft.id.clone(), draft.check().unwrap())])
}

fn draft() -> OfferDraft {
    serde_json::from_value(json!({
        "id": "gate", "name": {"ja": "入退室ゲート", "en": "Gate"},
        "products": ["gate"],
        "amount": {"from": "300000", "to": 900000},
        "traits": {"sites": {"from": 2}, "trades": {"one_of": ["factory", "school"]}},
        "requires": {"attribute": "kind", "is": "company"},
        "needs": [{"need": "visitors", "weight": 40}],
        "criteria": [
            {"id": "budget", "name": {"ja": "予算", "en": "Budget"}, "weight": 20,
             "pair": {"attribute": "budget", "trait": "amount"}},
            {"id": "sites", "name": {"ja": "拠点", "en": "Sites"}, "weight": 20,
             "pair": {"attribute": "sites", "trait": "sites"},
             "arrange": {"ja": "1拠点から始める", "en": "Begin with one site"}},
            {"id": "trade", "name": {"ja": "業種", "en": "Trade"}, "weight": 15,
             "pair": {"attribute": "trade", "trait": "trades"}},
            {"id": "active", "name": {"ja": "利用", "en": "Use"}, "weight": 5,
             "condition": {"event": "login", "count": {"at_least": 2}, "last": "30d"}},
        ],
        "variants": [
            {"id": "small", "name": {"ja": "小規模", "en": "Small"}, "amount": {"from": 100000},
             "traits": {"sites": {"from": 1}}},
            {"id": "rent", "name": {"ja": "月額", "en": "Rent"}, "settles": ["budget"]},
        ],
    }))
    .unwrap()
}

fn offer() -> Offer {
    draft().check(&needs()).unwrap()
}

fn judged(asking: &Asked, version: usize, told: &Told) -> Judged {
    let answers = asked(&asking.conditions, &told.history());
    asking.judge(version, |n| answers[n])
}

fn levels(level: MatchLevel) -> (u8, u8) {
    (level.level, level.at_most)
}

#[test]
fn a_prospect_with_public_attributes_alone_has_a_level_and_a_range() {
    let (offer, told) = (offer(), Told::default().is("kind", "company").is("trade", "factory"));
    let asking = offer.asked(&|_| false);
    let Judged { states, level } = judged(&asking, 0, &told);
    let expected = [Met::Unknown, Met::Unknown, Met::Unknown, Met::Met, Met::Unmet];
    assert_eq!(states, expected);
    // 15 of 100, and 40 + 20 + 20 that are open.
    assert_eq!(levels(level), (15, 95));
    let helpful = offer.helpful(&states, &told.history(), now(), &|_| false);
    let named: Vec<(Missing, u8)> = helpful.into_iter().map(|one| (one.fact, one.points)).collect();
    let attribute = |key: &str| Missing::Attribute(key.into());
    assert_eq!(
        named,
        [
            (Missing::Need("visitors".into()), 40),
            (attribute("budget"), 20),
            (attribute("sites"), 20)
        ]
    );
}

#[test]
fn needs_count_when_they_were_recorded_or_are_shown_and_not_when_they_were_denied() {
    let offer = offer();
    let asking = offer.asked(&|_| false);
    let need = |told: Told| judged(&asking, 0, &told).states[0];
    let empty = Told::default().known();
    let searched = empty.clone().did("help_searched", &[]).did("help_searched", &[]);
    assert_eq!(need(empty.clone()), Met::Unknown);
    assert_eq!(need(empty.clone().is("need:visitors", "stated")), Met::Met);
    assert_eq!(need(empty.clone().is("need:visitors", "latent")), Met::Met);
    assert_eq!(need(searched.clone()), Met::Met);
    assert_eq!(need(searched.is("need:visitors", "absent")), Met::Unmet);
}

#[test]
fn the_variant_that_fits_better_is_found() {
    let offer = offer();
    let asking = offer.asked(&|_| false);
    let told = Told::default().is("budget", 150_000).is("sites", 1).is("trade", "bank");
    let best = |told: &Told| {
        let answers = asked(&asking.conditions, &told.history());
        asking.best(|n| answers[n])
    };
    assert_eq!(levels(judged(&asking, 0, &told).level), (0, 40));
    assert_eq!(levels(judged(&asking, 1, &told).level), (40, 80), "100,000 yen for one site");
    assert_eq!(levels(judged(&asking, 2, &told).level), (20, 60), "the budget is settled");
    assert_eq!(judged(&asking, 2, &told).states[1], Met::Settled);
    assert_eq!(best(&told), 1);
    let rich = Told::default().is("budget", 2_000_000).is("sites", 9).is("trade", "school");
    assert_eq!(best(&rich), 0, "where all fit alike, the offer itself");
    // Both amounts and both numbers of sites are asked; what is the same for all is asked once.
    assert_eq!(asking.conditions.len(), 2 + 2 * 4 + 1 + 2 * 2);
}

#[test]
fn owners_and_those_it_is_not_for_are_left_out() {
    let asking = offer().asked(&|_| false);
    let company = Told::default().is("kind", "company");
    let owner = company.clone().did("purchased", &[("product", "gate".into())]);
    let person = Told::default().is("kind", "person");
    let told = [company, owner, person];
    let answers: Vec<Vec<bool>> =
        told.iter().map(|one| asked(&asking.conditions, &one.history())).collect();
    let members = turned(&answers, asking.conditions.len());
    let everybody = RoaringBitmap::from_iter(0..3);
    assert_eq!(asking.open(&everybody, &members).iter().collect::<Vec<u32>>(), [0]);
    assert_eq!(asking.owners(&members).iter().collect::<Vec<u32>>(), [1]);
    assert!(asking.has(|n| answers[1][n]) && !asking.can_be_offered(|n| answers[2][n]));
}

/// For each condition those for whom it holds.
fn turned(answers: &[Vec<bool>], n: usize) -> Vec<RoaringBitmap> {
    let of = |condition: usize| {
        let customers = answers.iter().enumerate().filter(|(_, holds)| holds[condition]);
        customers.map(|(customer, _)| customer as u32).collect()
    };
    (0..n).map(of).collect()
}

#[test]
fn the_ranking_of_everybody_is_what_asking_each_gives() {
    let offer = offer();
    let asking = offer.asked(&|_| false);
    let mut dice = Dice(3);
    let told: Vec<Told> = (0..300)
        .map(|_| {
            let mut told = Told::default().known();
            for (key, value) in
                [("budget", 250_000 * dice.below(4) as i64), ("sites", dice.below(4) as i64)]
            {
                if dice.below(2) == 0 {
                    told = told.is(key, value);
                }
            }
            let trade = ["factory", "bank"][dice.below(2) as usize];
            let told = if dice.below(3) == 0 { told } else { told.is("trade", trade) };
            (0..dice.below(4)).fold(told, |told, _| told.did("login", &[]))
        })
        .collect();
    let answers: Vec<Vec<bool>> =
        told.iter().map(|one| asked(&asking.conditions, &one.history())).collect();
    let members = turned(&answers, asking.conditions.len());
    let who: RoaringBitmap = (0..300_u32).filter(|one| one % 7 != 0).collect();
    for version in 0..asking.versions() {
        let mut slow: Vec<Ranked> = who
            .iter()
            .map(|customer| {
                let level = asking.judge(version, |n| answers[customer as usize][n]).level;
                Ranked { customer, level }
            })
            .collect();
        slow.sort_by_key(|one| {
            (u8::MAX - one.level.level, u8::MAX - one.level.at_most, one.customer)
        });
        let ranked = asking.rank(version, &who, &members);
        assert_eq!(ranked, slow, "version {version}");
        assert_ne!(ranked.first().unwrap().level, ranked.last().unwrap().level);
        assert!(ranked.iter().all(|one| one.level.level <= one.level.at_most));
    }
}

#[test]
fn every_fault_is_told_with_its_place() {
    let mut draft = draft();
    draft.id = "No".into();
    draft.name = Said::default();
    draft.needs[0].need = "unheard".into();
    draft.criteria[0].weight = 0;
    draft.criteria[1].pair.as_mut().unwrap().of = "colour".into();
    draft.criteria[2].id = "budget".into();
    draft.criteria[3].condition = None;
    draft.variants[1].settles = vec!["nothing".into()];
    let faults = draft.check(&needs()).unwrap_err();
    let mut paths: Vec<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(
        paths,
        [
            "/criteria/0/weight",
            "/criteria/1/pair/trait",
            "/criteria/2/id",
            "/criteria/3",
            "/id",
            "/name",
            "/needs/0/need",
            "/variants/1/settles/0"
        ]
    );
    assert!(faults.iter().all(|fault| !fault.said.ja.is_empty() && !fault.said.en.is_empty()));
    let nothing: OfferDraft =
        serde_json::from_value(json!({"id": "x", "name": {"ja": "x", "en": "x"}})).unwrap();
    assert_eq!(nothing.check(&needs()).unwrap_err()[0].path, "/criteria");
}

#[test]
fn an_offer_that_was_written_reads_as_it_was() {
    let written: Json = serde_json::to_value(draft()).unwrap();
    let again: OfferDraft = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(again, draft());
    assert_eq!(serde_json::to_value(again).unwrap(), written);
    assert_eq!(written["amount"]["to"], "900000");
}

#[test]
fn halves_are_rounded_up_and_nothing_is_above_a_hundred() {
    assert_eq!(levels(MatchLevel::of(1, 1, 8)), (13, 25));
    assert_eq!(levels(MatchLevel::of(0, 0, 40)), (0, 0));
    assert_eq!(levels(MatchLevel::of(40, 0, 40)), (100, 100));
}
