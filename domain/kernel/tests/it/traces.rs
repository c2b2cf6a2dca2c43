//! Traces against histories: the same questions, the same answers, and none held too long.

use facts::{History, Stamp, Timestamp};
use kernel::{Plan, Questions, Scratch, Tracing, known};

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
