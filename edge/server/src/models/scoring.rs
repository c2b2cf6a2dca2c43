//! Scores everybody as of now, and writes the scores that changed as facts.

use std::sync::atomic::{AtomicU64, Ordering};

use facts::{CustomerKey, Decimal, Fact, History, Properties, Timestamp, Value, What};
use forecast::propensity::{Gathering, Model};
use lessons::{Cell, Gaze};
use store::{CustomerNo, Watch};

use crate::{
    host::{App, checkpoint::Changes},
    http::error::ApiError,
    models::{Run, Stage, Stop, everybody_at},
};

/// So many are scored together: enough for the model to be read once, few enough to be forgotten soon.
const AT_ONCE: usize = 4_096;
/// More new scores than this are brought in like a file, and set nothing off.
const AS_THEY_HAPPEN: usize = 20_000;

/// A model and whom it is asked about.
pub(super) struct Scoring<'a> {
    pub(super) app: &'a App,
    pub(super) run: &'a Run,
    pub(super) gaze: &'a Gaze,
    pub(super) model: &'a Model,
    pub(super) id: &'a str,
}

/// What came of it.
pub(super) struct Scores {
    pub(super) as_of: Timestamp,
    pub(super) scored: u64,
    pub(super) written: u64,
    pub(super) batch: Option<u32>,
}

/// The name of the attribute that holds a model's score.
pub(crate) fn attribute(id: &str) -> String {
    format!("score:{id}")
}

/// A new score of a customer; none takes the old one away.
pub(super) type Score = (u32, Option<Decimal>);

/// Rows that wait to be scored together.
#[derive(Default)]
struct Waiting {
    rows: Vec<(u32, Option<Decimal>, Vec<Cell>)>,
    changed: Vec<Score>,
    scored: u64,
}

impl Scoring<'_> {
    /// Scores those about whom it is asked; of others an older score is taken away.
    pub(super) fn everybody(
        &self,
        is_asked: impl Fn(&History, Timestamp) -> bool + Sync,
        shown: impl Fn(u32, f64) -> f64 + Sync,
    ) -> Result<Scores, Stop> {
        let (customers, now) = everybody_at(self.app)?;
        let key = attribute(self.id);
        self.run.at(Stage::Scoring, 0, customers);
        let read = AtomicU64::new(0);
        let pieces = self.app.over_everybody(
            &self.run.gone(),
            Waiting::default,
            |waiting, customer, history| {
                let before = history.attribute(&key, now).as_number();
                if is_asked(history, now) {
                    waiting.rows.push((customer, before, self.gaze.row(history, now)));
                } else if before.is_some() {
                    waiting.changed.push((customer, None));
                }
                if AT_ONCE <= waiting.rows.len() {
                    self.flush(waiting, &shown);
                }
                let n = read.fetch_add(1, Ordering::Relaxed) + 1;
                if n.is_multiple_of(1_000) {
                    self.run.at(Stage::Scoring, n, customers);
                }
            },
        )?;
        self.run.check()?;
        let (mut changed, mut scored) = (vec![], 0);
        for mut piece in pieces {
            self.flush(&mut piece, &shown);
            changed.append(&mut piece.changed);
            scored += piece.scored;
        }
        let written = changed.len() as u64;
        let batch = write(self.app, self.run, self.id, (&key, changed), now)?;
        Ok(Scores { as_of: now, scored, written, batch })
    }

    fn flush(&self, waiting: &mut Waiting, shown: &impl Fn(u32, f64) -> f64) {
        if waiting.rows.is_empty() {
            return;
        }
        let mut gathering = Gathering::new(self.gaze.columns());
        for (_, _, row) in &waiting.rows {
            gathering.row(row.iter().map(Cell::entry));
        }
        let scores = self.model.scores(&self.model.frame(&gathering.finish()));
        waiting.scored += scores.len() as u64;
        for ((customer, before, _), score) in waiting.rows.drain(..).zip(scores) {
            let new = thousandths(shown(customer, score));
            if before != Some(new) {
                waiting.changed.push((customer, Some(new)));
            }
        }
    }
}

/// A probability as it is written: finer would change with every run and say no more.
pub(super) fn thousandths(score: f64) -> Decimal {
    Decimal::new((score.clamp(0.0, 1.0) * 1000.0).round() as i64, 3).normalize()
}

/// Writes new scores as facts of now: a few as they happen, many like a file.
pub(super) fn write(
    app: &App,
    run: &Run,
    id: &str,
    (key, changed): (&str, Vec<Score>),
    now: Timestamp,
) -> Result<Option<u32>, Stop> {
    if changed.is_empty() {
        return Ok(None);
    }
    let n = changed.len();
    run.at(Stage::Writing, 0, n as u64);
    let facts = changed.into_iter().filter_map(|(customer, score)| {
        let of = app.store.key_of(CustomerNo(customer))?;
        Some(fact(&of, key, score, now))
    });
    let source = format!("model:{id}");
    let label = format!("{n} scores");
    if n <= AS_THEY_HAPPEN {
        let facts: Vec<Fact> = facts.collect::<Result<_, ApiError>>()?;
        let batch = store::Batch {
            source: source.into(),
            label: label.into(),
            received_at: now,
            old: false,
            facts,
        };
        let writing = app.writing(Changes::Facts);
        let appended = app.store.append(&batch).map_err(stored)?;
        app.judge_facts(writing, &batch, &appended);
        return Ok(appended.batch);
    }
    let mut writer = app.store.begin_import(&source, &label, now).map_err(stored)?;
    for (place, fact) in facts.enumerate() {
        writer.add(&fact?).map_err(stored)?;
        if place.is_multiple_of(10_000) {
            run.check()?;
            run.at(Stage::Writing, place as u64, n as u64);
        }
    }
    let stop = run.gone();
    let watch = Watch { progress: None, cancel: Some(stop.flag()) };
    let writing = app.writing(Changes::Facts);
    let appended = writer.commit(&watch).map_err(stored)?;
    app.judge_touched(writing, &appended.customers);
    app.forget_past();
    Ok(appended.batch)
}

pub(super) fn fact(
    customer: &CustomerKey,
    key: &str,
    score: Option<Decimal>,
    now: Timestamp,
) -> Result<Fact, ApiError> {
    let value = score.map_or(Value::Missing, Value::from);
    let properties =
        Properties::new([(key, value)]).map_err(|why| ApiError::ours("a score", why))?;
    Ok(Fact {
        customer: customer.clone(),
        contact: None,
        at: now,
        what: What::Became(properties),
        id: None,
    })
}

fn stored(why: store::StoreError) -> Stop {
    match why {
        store::StoreError::Cancelled => Stop::Cancelled,
        why => Stop::Failed(why.into()),
    }
}
