//! The card of a model: what it was learnt from, how good it is, and what moves it.

use condition::Language;
use forecast::propensity::{Card, Figure};
use lessons::{Gaze, report};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    models::{Found, ModelCard},
    nouns::wire::Instant,
};

/// What is known of the last run.
#[derive(Serialize, ToSchema)]
pub(crate) struct CardBody {
    learnt_at: Instant,
    as_of: Instant,
    customers: u64,
    /// Of how many of them lessons were taken.
    drawn: u64,
    lessons: Vec<Instant>,
    scored: u64,
    written: u64,
    took_ms: [u64; 3],
    /// The card as sentences.
    lines: Vec<String>,
    /// What was noticed: leaks, drifts.
    warnings: Vec<String>,
    rows: u64,
    positives: u64,
    learners: Vec<LearnerRow>,
    /// Which one won, and why.
    why: String,
    rule: Option<RuleRow>,
    tenths: Vec<TenthRow>,
    importance: Vec<ImportanceRow>,
    value: Option<ValueBody>,
    members: Option<u64>,
}

/// How a learner did on what was held back.
#[derive(Serialize, ToSchema)]
pub(crate) struct LearnerRow {
    name: String,
    won: bool,
    n: u64,
    positives: u64,
    auc: FigureBody,
    lift: FigureBody,
    brier: FigureBody,
    calibration_error: FigureBody,
}

/// A figure with its 95 % interval.
#[derive(Serialize, ToSchema)]
pub(crate) struct FigureBody {
    value: f64,
    low: f64,
    high: f64,
}

/// The plainest rule beside the models.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleRow {
    name: String,
    auc: f64,
}

/// A tenth of what was held back, by score.
#[derive(Serialize, ToSchema)]
pub(crate) struct TenthRow {
    n: u64,
    score: f64,
    share: FigureBody,
}

/// How much a feature moves scores on average.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportanceRow {
    name: String,
    worth: f64,
}

/// The value model, held against the last days of the past.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValueBody {
    ln_likelihood: f64,
    parameters: Vec<ImportanceRow>,
    checked_days: Option<u32>,
    foretold: Option<f64>,
    came: Option<f64>,
    error: Option<f64>,
    error_of_rate: Option<f64>,
}

impl From<&Figure> for FigureBody {
    fn from(figure: &Figure) -> FigureBody {
        FigureBody { value: figure.value, low: figure.low, high: figure.high }
    }
}

pub(super) fn card_body(
    card: &ModelCard,
    learnt_at: i64,
    gaze: &Gaze,
    language: Language,
) -> CardBody {
    let mut body = CardBody {
        learnt_at: Instant::of_millis(learnt_at),
        as_of: Instant::of_millis(card.as_of),
        customers: card.customers,
        drawn: card.drawn,
        lessons: card.lessons.iter().map(|at| Instant::of_millis(*at)).collect(),
        scored: card.scored,
        written: card.written,
        took_ms: card.took,
        lines: vec![],
        warnings: vec![],
        rows: 0,
        positives: 0,
        learners: vec![],
        why: String::new(),
        rule: None,
        tenths: vec![],
        importance: vec![],
        value: None,
        members: None,
    };
    match &card.found {
        Found::Propensity { card } => fill(&mut body, &gaze.named(card, language), language),
        Found::Lookalike { card, members, .. } => {
            fill(&mut body, &gaze.named(card, language), language);
            body.members = Some(*members);
        }
        Found::Value { model, spend, ln_likelihood, check } => {
            let mut parameters =
                vec![("r", model.r), ("alpha", model.alpha), ("a", model.a), ("b", model.b)];
            parameters.extend(
                spend.iter().flat_map(|spend| [("p", spend.p), ("q", spend.q), ("v", spend.v)]),
            );
            let parameters = parameters.into_iter();
            body.value = Some(ValueBody {
                ln_likelihood: *ln_likelihood,
                parameters: parameters
                    .map(|(name, worth)| ImportanceRow { name: name.to_owned(), worth })
                    .collect(),
                checked_days: check.map(|check| check.days),
                foretold: check.map(|check| check.purchases.0),
                came: check.map(|check| check.purchases.1),
                error: check.map(|check| check.error),
                error_of_rate: check.map(|check| check.error_of_rate),
            });
        }
    }
    body
}

fn fill(body: &mut CardBody, card: &Card, language: Language) {
    let count = |n: usize| n as u64;
    body.rows = count(card.label.rows);
    body.positives = count(card.label.positives);
    body.lines = report::card(card, language);
    body.warnings = card.warnings.iter().map(|one| report::warning(one, language)).collect();
    body.why = report::winner(card, language);
    body.rule = card.rule.as_ref().map(|(name, auc)| RuleRow { name: name.clone(), auc: *auc });
    body.learners = card
        .outcomes
        .iter()
        .map(|one| LearnerRow {
            name: report::learner(one.learner, language).to_owned(),
            won: one.learner == card.winner.learner,
            n: count(one.measures.n),
            positives: count(one.measures.positives),
            auc: (&one.measures.auc).into(),
            lift: (&one.measures.lift_of_tenth).into(),
            brier: (&one.measures.brier).into(),
            calibration_error: (&one.measures.calibration_error).into(),
        })
        .collect();
    let tenth = |one: &forecast::propensity::Tenth| TenthRow {
        n: count(one.n),
        score: one.score,
        share: (&one.share).into(),
    };
    body.tenths = card.tenths.iter().map(tenth).collect();
    let moving = card.importance.iter().filter(|(_, worth)| 0.0 < *worth).take(20);
    body.importance =
        moving.map(|(name, worth)| ImportanceRow { name: name.clone(), worth: *worth }).collect();
}
