//! Short ways to write histories and signs.

use condition::Said;
use facts::{Calendar, CustomerKey, EventName, Fact, History, Properties, Timestamp, What};
use kernel::Scratch;
use kizashi_proving::{Dates, Proving, Tally};
use signs::{Foretold, PartDraft, Sign, SignDraft, SignKind};

/// Local noon of a day counted from the first of March 2026 in Tokyo, which is day 0.
pub(crate) fn noon(day: i64) -> Timestamp {
    let first = Timestamp::parse("2026-03-01T12:00:00+09:00").unwrap();
    first.plus(day * Timestamp::DAY)
}

/// An event at noon of a day.
pub(crate) fn event(name: &str, day: i64) -> Fact {
    Fact {
        customer: CustomerKey::new("C1").unwrap(),
        contact: None,
        at: noon(day),
        what: What::Happened {
            name: EventName::new(name).unwrap(),
            properties: Properties::default(),
        },
        id: None,
    }
}

/// A history of events told as they happened, of a customer known from day 0.
pub(crate) fn history(events: &[(&str, i64)]) -> History {
    let mut facts = vec![event("met", 0)];
    facts.extend(events.iter().map(|(name, day)| event(name, *day)));
    History::of(facts.iter().map(|fact| (fact, fact.at)))
}

fn draft(text: &str) -> condition::Draft {
    condition::Draft::from_json(text).unwrap()
}

/// Carried with a complaint or two views within ten days; the complaint weighs more. Not for who has cancelled.
pub(crate) fn sign() -> Sign {
    let part = |text: &str, weight| PartDraft::plain(Said::default(), draft(text), weight);
    let draft = SignDraft {
        id: "s".into(),
        kind: SignKind::Churn,
        name: Said::default(),
        explanation: Said::default(),
        next_action: Said::default(),
        script: Said::default(),
        horizon_days: 14,
        threshold: 50,
        draft: false,
        urgent: false,
        requires: Some(draft(r#"{"not": {"event": "cancelled"}}"#)),
        outcome: None,
        parts: vec![
            part(r#"{"event": "complained", "last": "10d"}"#, 60),
            part(r#"{"event": "viewed", "last": "10d", "count": {"at_least": 2}}"#, 50),
        ],
    };
    draft.check().unwrap()
}

/// The sign with what it foretells: midnights of days 15, 22 and 29, each with 14 days after it.
pub(crate) fn proving() -> Proving {
    let dates = Dates::before(noon(43), &Calendar::japan(), 14, 7, 14);
    let cancelled = draft(r#"{"event": "cancelled"}"#).check().unwrap();
    let foretold = Foretold { outcome: cancelled, among: None };
    Proving::new(sign(), &foretold, dates, vec![], Default::default()).unwrap()
}

pub(crate) fn tally(proving: &Proving, histories: &[History]) -> Tally {
    let (mut tally, mut scratch) = (Tally::new(proving.dates()), Scratch::default());
    for history in histories {
        proving.add(history, &Calendar::japan(), &mut scratch, &mut tally);
    }
    tally
}
