//! Proposals: read back from facts as they were foretold, and held against what came of them.

use std::collections::BTreeMap;

use facts::Value;
use kizashi_offers::{
    MatchLevel, Met, Proposal, ProposalResult, Review, Told as Tells, Won, proposals, told_by,
};

use crate::{Told, now};

#[test]
fn a_proposal_keeps_what_was_foretold_and_the_last_answer_counts() {
    let made = |id: &str, level: i64| -> Vec<(&str, Value)> {
        vec![
            ("proposal", id.into()),
            ("offer", "gate".into()),
            ("level", level.into()),
            ("at_most", 90.into()),
            ("criterion:budget", "met".into()),
            ("criterion:sites", "unknown".into()),
        ]
    };
    let answered = |id: &str, result: &str| -> Vec<(&str, Value)> {
        vec![("proposal", id.into()), ("result", result.into())]
    };
    let told = Told::default()
        .did("proposed", &made("p1", 70))
        .did("proposed", &made("p2", 95))
        .did("proposal_answered", &answered("p1", "lost"))
        .did("proposal_answered", &answered("p1", "won"))
        .did("proposal_answered", &answered("p9", "won"));
    let found = proposals(&told.history(), now());
    let results: Vec<(&str, ProposalResult)> =
        found.iter().map(|one| (one.id.as_str(), one.result)).collect();
    assert_eq!(results, [("p1", ProposalResult::Won), ("p2", ProposalResult::Open)]);
    assert_eq!(found[0].level, MatchLevel { level: 70, at_most: 90 });
    assert_eq!(found[0].criteria["sites"], Met::Unknown);
    assert!(found[1].level.level <= found[1].level.at_most, "the most is never below the level");
}

fn proposal(level: u8, met: Met, result: ProposalResult) -> Proposal {
    Proposal {
        id: "p".into(),
        offer: "gate".into(),
        variant: None,
        at: now(),
        level: MatchLevel { level, at_most: level },
        criteria: BTreeMap::from([("budget".to_owned(), met)]),
        rep: None,
        note: None,
        result,
        answered_at: None,
    }
}

#[test]
fn what_came_is_counted_by_level_and_by_criterion() {
    let (won, lost) = (ProposalResult::Won, ProposalResult::Lost);
    let mut review = Review::default();
    for n in 0..20 {
        review.add(&proposal(85, Met::Met, if n < 15 { won } else { lost }));
        review.add(&proposal(39, Met::Unmet, if n < 2 { won } else { lost }));
    }
    review.add(&proposal(100, Met::Settled, ProposalResult::Open));
    assert_eq!((review.proposed, review.all), (41, Won { won: 17, of: 40 }));
    assert_eq!(review.bands[4], Won { won: 15, of: 20 });
    assert_eq!(review.bands[1], Won { won: 2, of: 20 });
    assert_eq!(told_by(&review.criteria["budget"]), Tells::Right);
    let [met, unmet, open] = review.criteria["budget"];
    assert_eq!(told_by(&[unmet, met, open]), Tells::Wrong);
    assert_eq!(told_by(&[met, met, open]), Tells::Unclear);
    assert_eq!(told_by(&[met, Won { won: 0, of: 9 }, open]), Tells::TooLittle);
    // Halves put together are the whole.
    let mut halves = review.clone();
    halves.merge(&review);
    assert_eq!((halves.all, halves.bands[4].of), (Won { won: 34, of: 80 }, 40));
}
