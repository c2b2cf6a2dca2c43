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

/// Asks every question of a trace and of the history at every instant, the latest first: the answers must be the same,
/// and until an answer lapses the history must say the same at every instant of the trial.
fn compare(trial: &Trial, plan: &Plan, history: &History, told: &mut Told) {
    let calendar = &trial.world.calendar;
    let questions = Questions::of(plan);
    let tracing = Tracing::of(plan, &questions, calendar);
    let trace = tracing.trace(history);
    let mut scratch = Scratch::default();
    for question in 0..questions.n() as u32 {
        let mut later: Vec<(Timestamp, bool)> = vec![];
        for at in trial.instants.iter().rev().copied().filter(|at| known(history, *at).value) {
            let said = questions.ask(plan, question, (history, at), calendar, &mut scratch).value;
            match tracing.answer((plan, &questions), question, &trace, (at, calendar)) {
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

#[test]
fn traces_say_what_histories_say() {
    let mut told = Told::default();
    for seed in 90_000..90_300 {
        let trial = Trial::new(seed);
        compare(&trial, &trial.plan(), &trial.history(), &mut told);
    }
    let Told { passed_on, answered, yes, lapses } = told;
    assert!(
        passed_on < answered && answered / 5 < yes && answered / 5 < lapses,
        "{passed_on} passed on, {answered} answered, {yes} with yes, {lapses} lapse"
    );
}

#[test]
fn a_trace_learns_what_it_would_be_made_of() {
    for seed in 91_000..91_100 {
        let trial = Trial::new(seed);
        let plan = trial.plan();
        let calendar = &trial.world.calendar;
        let questions = Questions::of(&plan);
        let tracing = Tracing::of(&plan, &questions, calendar);
        let mut history = History::default();
        let mut trace = tracing.trace(&history);
        for (seq, told) in trial.told().into_iter().enumerate() {
            let stamp = Stamp { at: told.fact.at, known: told.received, seq: seq as u64, batch: 0 };
            history.learn(&told.fact, stamp);
            tracing.learn(&mut trace, &told.fact, stamp);
        }
        let whole = tracing.trace(&history);
        for question in 0..questions.n() as u32 {
            for at in &trial.instants {
                let ask =
                    |trace| tracing.answer((&plan, &questions), question, trace, (*at, calendar));
                assert_eq!(ask(&trace), ask(&whole), "{}", trial.shown(*at));
            }
        }
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
    let checked = |(n, draft): (usize, &serde_json::Value)| {
        let id = SegmentId::new(&format!("s{n}")).expect("an id");
        (id, Draft(draft.clone()).check().expect("a condition"))
    };
    let plan = Plan::new(drafts.iter().enumerate().map(checked).collect()).expect("a plan");
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

    let mut trace = tracing.trace(&History::default());
    tracing.learn(&mut trace, &plain, stamp);
    let ask = |trace: &Trace, question| {
        tracing.answer((&plan, &questions), question, trace, (at, &calendar))
    };
    let no = Some(Reading::for_ever(false));
    assert_eq!([0, 1].map(|question| ask(&trace, question)), [no, no]);
    tracing.learn(&mut trace, &named, Stamp { seq: 1, ..stamp });
    assert_eq!([0, 1].map(|question| ask(&trace, question)), [None, no]);
    tracing.learn(&mut trace, &fact("asked", &[]), Stamp { seq: 2, ..stamp });
    assert_eq!([0, 1].map(|question| ask(&trace, question)), [None, None]);
}
