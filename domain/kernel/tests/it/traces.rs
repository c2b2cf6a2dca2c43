//! Traces against histories: the same questions, the same answers, and none held too long.

use condition::{Draft, SegmentId};
use facts::{
    Calendar, CustomerKey, EventName, Fact, History, Properties, Reading, Stamp, Timestamp, Value,
    What,
};
use kernel::{Plan, Questions, Scratch, Trace, Tracing, known};
use serde_json::json;

use crate::agreement::Trial;

/// How often a trace had to pass a question on, and how often it answered; of those, how often with yes.
#[derive(Default)]
struct Told {
    passed_on: usize,
    answered: usize,
    yes: usize,
    lapses: usize,
}

/// Asks every question of a trace and of the history at every instant from `cut` on, the latest first: the answers must be
/// the same, and until an answer lapses the history must say the same at every instant of the trial.
fn compare(trial: &Trial, plan: &Plan, (history, cut): (&History, Timestamp), told: &mut Told) {
    let calendar = &trial.world.calendar;
    let questions = Questions::of(plan);
    let tracing = Tracing::of(plan, &questions, calendar);
    let trace = tracing.trace(history, cut);
    let mut scratch = Scratch::default();
    let instants = trial.instants.iter().rev().copied();
    let instants: Vec<_> = instants.filter(|at| cut <= *at && known(history, *at).value).collect();
    for question in 0..questions.n() as u32 {
        let mut later: Vec<(Timestamp, bool)> = vec![];
        for at in instants.iter().copied() {
            let said = questions.ask(plan, question, (history, at), calendar, &mut scratch).value;
            match tracing.look(&trace, (at, calendar)).answer((plan, &questions), question) {
                None => told.passed_on += 1,
                Some(reading) => {
                    told.answered += 1;
                    told.yes += usize::from(reading.value);
                    told.lapses += usize::from(reading.holds_until.is_some());
                    assert_eq!(reading.value, said, "{}", trial.shown(at));
                    let until = reading.holds_until.unwrap_or(Timestamp::MAX);
                    assert!(at < until, "{}", trial.shown(at));
                    let held = later.iter().rev().take_while(|(at, _)| *at < until);
                    for (then, said_then) in held {
                        assert_eq!(
                            *said_then,
                            said,
                            "held from {at} to {until}, not at {then}\n{}",
                            trial.shown(at)
                        );
                    }
                }
            }
            later.push((at, said));
        }
    }
}

/// A plan of drafts that are conditions.
fn plan_of(drafts: &[serde_json::Value]) -> Plan {
    let checked = |(n, draft): (usize, &serde_json::Value)| {
        let id = SegmentId::new(&format!("s{n}")).expect("an id");
        (id, Draft(draft.clone()).check().expect("a condition"))
    };
    Plan::new(drafts.iter().enumerate().map(checked).collect()).expect("a plan")
}

#[test]
fn traces_say_what_histories_say() {
    let mut told = Told::default();
    for seed in 90_000..90_300 {
        let trial = Trial::new(seed);
        let (plan, history) = (trial.plan(), trial.history());
        let mut instants = trial.instants.clone();
        instants.sort_unstable();
        for cut in [instants[0], instants[instants.len() / 2]] {
            compare(&trial, &plan, (&history, cut), &mut told);
        }
    }
    let Told { passed_on, answered, yes, lapses } = told;
    assert!(
        passed_on < answered && answered / 5 < yes && answered / 5 < lapses,
        "{passed_on} passed on, {answered} answered, {yes} with yes, {lapses} lapse"
    );
}

#[test]
fn a_trace_learns_what_it_would_be_made_of() {
    let mut n_compared = 0;
    for seed in 91_000..91_100 {
        let trial = Trial::new(seed);
        let plan = trial.plan();
        let calendar = &trial.world.calendar;
        let questions = Questions::of(&plan);
        let tracing = Tracing::of(&plan, &questions, calendar);
        let mut history = History::default();
        let mut trace = tracing.trace(&history, Timestamp::MIN);
        let mut latest = Timestamp::MIN;
        for (seq, told) in trial.told().into_iter().enumerate() {
            let stamp = Stamp { at: told.fact.at, known: told.received, seq: seq as u64, batch: 0 };
            history.learn(&told.fact, stamp);
            tracing.learn(&mut trace, &told.fact, stamp);
            latest = latest.max(told.received);
        }
        let whole = tracing.trace(&history, Timestamp::MIN);
        for at in &trial.instants {
            let [learnt, whole] = [&trace, &whole].map(|one| tracing.look(one, (*at, calendar)));
            for question in 0..questions.n() as u32 {
                let [learnt, whole] =
                    [&learnt, &whole].map(|look| look.answer((&plan, &questions), question));
                if latest <= *at || learnt.is_some() {
                    assert_eq!(learnt, whole, "{}", trial.shown(*at));
                    n_compared += 1;
                }
            }
        }
    }
    assert!(10_000 < n_compared, "{n_compared}");
}

/// Ten thousand logins and as many amounts take no more memory than those that questions look at, also when they come one
/// by one; an instant before those is asked of the history.
#[test]
fn a_trace_keeps_what_questions_look_at() {
    let drafts = [
        json!({ "event": "login", "count": { "at_least": 5 }, "last": "90d" }),
        json!({ "measure": "sum", "of": "amount", "event": "bought", "is": { "at_least": "900" },
            "last": "30d" }),
        json!({ "first": "login", "last": "30d" }),
        json!({ "last": "login", "in_last": "30d" }),
    ];
    let plan = plan_of(&drafts);
    let calendar = Calendar::japan();
    let questions = Questions::of(&plan);
    let tracing = Tracing::of(&plan, &questions, &calendar);
    let mut history = History::default();
    let mut trace = tracing.trace(&history, Timestamp::MIN);
    let start = Timestamp::from_millis(1_700_000_000_000);
    let mut at = start;
    for seq in 0..20_000 {
        at = start.plus(seq as i64 * Timestamp::HOUR);
        let (name, properties) = match seq % 2 {
            0 => ("login", vec![]),
            _ => ("bought", vec![("amount", Value::from(7))]),
        };
        let properties = Properties::new(properties).expect("properties");
        let what = What::Happened { name: EventName::new(name).expect("a name"), properties };
        let customer = CustomerKey::new("c").expect("a key");
        let fact = Fact { customer, contact: None, at, what, id: None };
        let stamp = Stamp { at, known: at, seq, batch: 0 };
        history.learn(&fact, stamp);
        tracing.learn(&mut trace, &fact, stamp);
    }
    let whole = tracing.trace(&history, at);
    // Thirty days of amounts: an instant and a sum each.
    let most = 30 * 12 * 16 + 1_000;
    assert!(whole.size() < most, "{}", whole.size());
    assert!(trace.size() < 2 * most, "{}", trace.size());
    let mut scratch = Scratch::default();
    for question in 0..questions.n() as u32 {
        for days in 0..120 {
            let at = at.plus(days * Timestamp::DAY);
            let said = questions.ask(&plan, question, (&history, at), &calendar, &mut scratch);
            let look =
                |trace| tracing.look(trace, (at, &calendar)).answer((&plan, &questions), question);
            assert_eq!((look(&trace), look(&whole)), (Some(said), Some(said)), "{question} {days}");
        }
        let before = (at.minus(1), &calendar);
        assert_eq!(tracing.look(&whole, before).answer((&plan, &questions), question), None);
    }
}

/// "For some product …" of customers none of whose events names a product, and a sequence that never began: the trace
/// tells, and events without a product ask nothing.
#[test]
fn what_needs_an_event_that_never_came_is_no_without_the_history() {
    let drafts = [
        json!({ "some": "product", "of": "bought",
            "satisfies": { "event": "bought", "count": { "at_least": 2 }, "last": "30d" } }),
        json!({ "sequence": [{ "event": "asked" }, { "event": "bought" }], "last": "30d",
            "never_between": { "event": "answered" } }),
    ];
    let plan = plan_of(&drafts);
    let calendar = Calendar::japan();
    let questions = Questions::of(&plan);
    let tracing = Tracing::of(&plan, &questions, &calendar);
    let at = Timestamp::from_millis(1_700_000_000_000);
    let fact = |name: &str, properties: &[(&str, Value)]| {
        let properties = Properties::new(properties.to_vec()).expect("properties");
        let what = What::Happened { name: EventName::new(name).expect("a name"), properties };
        Fact { customer: CustomerKey::new("c").expect("a key"), contact: None, at, what, id: None }
    };
    let stamp = Stamp { at, known: at, seq: 0, batch: 0 };
    let touched = |fact: &Fact| {
        let mut touched = vec![];
        tracing.touched(fact, &|_| false, &mut touched);
        touched.sort_unstable();
        touched.dedup();
        touched
    };
    let (plain, named) = (fact("bought", &[]), fact("bought", &[("product", Value::text("a"))]));
    assert_eq!((touched(&plain), touched(&named)), (vec![1], vec![0, 1]), "0 tries products");

    let mut trace = tracing.trace(&History::default(), at);
    tracing.learn(&mut trace, &plain, stamp);
    let ask = |trace: &Trace, question| {
        tracing.look(trace, (at, &calendar)).answer((&plan, &questions), question)
    };
    let no = Some(Reading::for_ever(false));
    assert_eq!([0, 1].map(|question| ask(&trace, question)), [no, no]);
    tracing.learn(&mut trace, &named, Stamp { seq: 1, ..stamp });
    assert_eq!([0, 1].map(|question| ask(&trace, question)), [None, no]);
    tracing.learn(&mut trace, &fact("asked", &[]), Stamp { seq: 2, ..stamp });
    assert_eq!([0, 1].map(|question| ask(&trace, question)), [None, None]);
}
