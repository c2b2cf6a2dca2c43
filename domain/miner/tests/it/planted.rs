//! What was planted in the sample firm is among the first twenty patterns; leaks are in none, noise is not in the first ten.

use std::collections::BTreeMap;

use condition::{Draft, Language, Words, say_condition};
use facts::{Calendar, Fact, History, Timestamp};
use kernel::Scratch;
use kizashi_miner::{Candidate, Panel, Pattern, Survey, candidates, mine};
use proving::Dates;
use sample::{Firm, SignName};
use signs::{Foretold, ForetoldDraft, SignKind};

pub(crate) fn histories(facts: &[Fact]) -> Vec<History> {
    let mut by_customer: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for fact in facts {
        by_customer.entry(fact.customer.as_str()).or_default().push(fact);
    }
    let of = |facts: Vec<&Fact>| History::of(facts.into_iter().map(|fact| (fact, fact.at)));
    by_customer.into_values().map(of).collect()
}

pub(crate) fn mined(
    histories: &[History],
    foretold: &Foretold,
    (now, horizon): (Timestamp, u16),
    more: Vec<Candidate>,
) -> (Vec<Candidate>, Vec<Pattern>, Vec<kizashi_miner::Rows>) {
    let calendar = Calendar::japan();
    let mut survey = Survey::default();
    histories.iter().for_each(|history| survey.add(history));
    let mut asked = candidates(&survey, foretold);
    let n = asked.len();
    asked.extend(more);
    let dates = Dates::before(now, &calendar, horizon, 28, 28 * 20);
    let panel = Panel::new(&asked, foretold, dates, vec![]).unwrap();
    let mut scratch = Scratch::default();
    let rows: Vec<_> = histories
        .iter()
        .filter_map(|history| panel.ask(history, &calendar, &mut scratch))
        .collect();
    let patterns = mine(&rows, n, panel.n_dates(), 1, 20);
    (asked, patterns, rows)
}

fn said(asked: &[Candidate], pattern: &Pattern) -> String {
    let parts = pattern.candidates.iter().map(|n| &asked[*n].condition);
    let parts: Vec<String> =
        parts.map(|one| say_condition(one, Language::En, &Words::plain())).collect();
    parts.join(" & ")
}

/// What was found of one planted sign: its sign, whether it was found, and what else was.
fn look(name: SignName, kind: SignKind, horizon: u16) {
    let now = Timestamp::parse("2026-11-21T09:00:00+09:00").unwrap();
    let firm = Firm::generate(sample::DEMO_SEED, now);
    let histories = histories(firm.facts());
    let planted = firm.truth.of(name).unwrap();
    let usual = ForetoldDraft::of_kind(kind).unwrap();
    let outcome = Draft::from_json(&planted.outcome_draft.to_string()).unwrap();
    let foretold = ForetoldDraft { outcome, ..usual }.check().unwrap();
    // The planted sign itself is asked beside the candidates, to compare with; it is not searched.
    let draft = Draft::from_json(&planted.draft.to_string()).unwrap();
    let condition = draft.check().unwrap();
    let truth = Candidate { text: String::new(), draft, condition };
    let (asked, patterns, rows) = mined(&histories, &foretold, (now, horizon), vec![truth]);
    for pattern in &patterns {
        println!(
            "{:5.1} p {:.3} lift {:4.1} right {:.2} coverage {:.2} lead {:2} {}",
            pattern.sureness,
            pattern.by_chance,
            pattern.lift.times,
            pattern.right.share,
            pattern.coverage.share,
            pattern.median_lead,
            said(&asked, pattern)
        );
    }
    // Found: where the planted sign holds, the pattern does too, and it is right at least twice as often as not looking.
    let carries = |pattern: &Pattern| {
        let share = share_within(&rows, asked.len() - 1, &pattern.candidates);
        2.0 <= pattern.lift.times && 0.6 <= share
    };
    assert!(patterns.iter().any(carries), "{name:?} was not found");
    for pattern in &patterns {
        let text: Vec<&str> = pattern.candidates.iter().map(|n| asked[*n].text.as_str()).collect();
        for leak in &firm.truth.leaks {
            let quoted = format!("\"{}\"", leak.name);
            assert!(text.iter().all(|text| !text.contains(&quoted)), "{text:?} is a leak");
        }
    }
    let noisy = ["季節の壁紙", "\"visited\"", "survey_answered", "ledger_colour"];
    for pattern in patterns.iter().take(10) {
        for n in &pattern.candidates {
            let text = &asked[*n].text;
            assert!(noisy.iter().all(|noise| !text.contains(noise)), "{text} is noise");
        }
    }
}

/// Of the dates at which one candidate holds, the share at which all of the others hold too.
fn share_within(rows: &[kizashi_miner::Rows], of: usize, others: &[usize]) -> f64 {
    let (mut held, mut both) = (0, 0);
    for row in rows {
        let here = row.held_at(of);
        held += here.count_ones();
        both += others.iter().fold(here, |bits, other| bits & row.held_at(*other)).count_ones();
    }
    f64::from(both) / f64::from(held.max(1))
}

#[test]
fn purchase_is_found() {
    look(SignName::Purchase, SignKind::Purchase, 60);
}

#[test]
fn upsell_is_found() {
    look(SignName::Upsell, SignKind::Upsell, 45);
}

#[test]
fn churn_is_found() {
    look(SignName::Churn, SignKind::Churn, 60);
}

#[test]
fn follow_up_is_found() {
    look(SignName::FollowUp, SignKind::FollowUp, 14);
}
