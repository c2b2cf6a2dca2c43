//! What is to come of one customer: what each model says and why, how much they will buy, and when the next time is due.

use axum::extract::State;
use condition::Language;
use facts::{History, Timestamp};
use forecast::{
    propensity::Gathering,
    purchases::{Purchase, summarise},
};
use lessons::Cell;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{caller::Caller, error::Answer, language::Spoken, take::Path},
    models::{
        Found, Learn, ModelCard, ModelDraft, ValueOf, Weights, card_of, purchases_of, weights_of,
    },
    nouns::{
        models::drafts,
        wire::{Day, Instant},
    },
};

/// What is to come of a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerOutlook {
    as_of: Instant,
    scores: Vec<ScoreRow>,
    values: Vec<ValueRow>,
    /// The next purchase by the customer's own median gap; null for fewer than two purchases.
    next: Option<NextPurchase>,
}

/// What a model says of a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScoreRow {
    model: String,
    name: String,
    /// 0 to 1, as it was written; null when the customer was not asked about.
    score: Option<f64>,
    /// Since when it is that.
    since: Option<Instant>,
    /// What moves it most now, the most first.
    reasons: Vec<ReasonRow>,
}

/// What moves a score.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonRow {
    name: String,
    value: String,
    /// What it adds to the logit; below 0 it takes away.
    worth: f64,
}

/// How much a customer will buy.
#[derive(Serialize, ToSchema)]
pub(crate) struct ValueRow {
    model: String,
    name: String,
    horizon_days: u32,
    purchases: f64,
    /// Four times of five it lies between these.
    purchases_low: f64,
    purchases_high: f64,
    /// Null where no amounts are known.
    value: Option<f64>,
    value_low: Option<f64>,
    value_high: Option<f64>,
    /// The probability of any purchase in the horizon.
    any: f64,
    /// The day on which that falls below a half if nothing is bought; null when it is below now, or far away.
    half_on: Option<Day>,
}

/// When the next purchase is due.
#[derive(Serialize, ToSchema)]
pub(crate) struct NextPurchase {
    last: Day,
    median_gap_days: i32,
    due: Day,
    /// So many days ago it was due; below 0 it is yet to come.
    overdue_days: i32,
    purchases: u64,
}

/// Reasons told of each score.
const REASONS: usize = 5;
/// A day further away than this is none.
const FAR: f64 = 3_650.0;

/// A model with what is needed to ask it of one customer.
type Learnt = (ModelDraft, ModelCard, Option<Weights>);

/// What is to come of a customer: scores with their reasons, value with its range, and the next purchase.
#[utoipa::path(get, path = "/api/v1/customers/{key}/outlook", tag = "models",
    responses((status = 200, body = CustomerOutlook)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<CustomerOutlook>> {
    let (customer, _) = app.find(&caller, &key)?;
    let now = app.live()?.at;
    let mut learnt: Vec<Learnt> = vec![];
    for (draft, _) in drafts(&app).await? {
        if let Some((card, _)) = card_of(&app, &draft.id).await? {
            let weights = weights_of(&app, &draft.id).await?;
            learnt.push((draft, card, weights));
        }
    }
    let app_of = app.clone();
    let outlook = app
        .with_history(customer, move |history| outlook(&app_of, &learnt, history, now, language))
        .await?;
    Ok(axum::Json(outlook))
}

fn outlook(
    app: &App,
    learnt: &[Learnt],
    history: &History,
    now: Timestamp,
    language: Language,
) -> CustomerOutlook {
    let scores = learnt.iter().filter_map(|(draft, _, weights)| {
        let weights = weights.as_ref()?;
        Some(score(draft, weights, history, now, language))
    });
    let values = learnt
        .iter()
        .filter_map(|(draft, card, _)| value(app, draft, card, history, now, language));
    let of_value = learnt.iter().find_map(|(draft, ..)| match &draft.learn {
        Learn::Value { event, amount } => Some((event.as_str(), amount.as_str())),
        Learn::Propensity { .. } | Learn::Lookalike { .. } => None,
    });
    let names = of_value.unwrap_or(("purchased", "amount"));
    let mut purchases = purchases_of(history, names, (now, &app.calendar));
    CustomerOutlook {
        as_of: now.into(),
        scores: scores.collect(),
        values: values.collect(),
        next: next(app, &mut purchases, now),
    }
}

fn named(draft: &ModelDraft, language: Language) -> String {
    let name = draft.name.get(language);
    if name.is_empty() { draft.id.clone() } else { name.to_owned() }
}

fn score(
    draft: &ModelDraft,
    weights: &Weights,
    history: &History,
    now: Timestamp,
    language: Language,
) -> ScoreRow {
    let key = format!("score:{}", draft.id);
    let mut latest = history.changes(&key).iter().rev().filter(|change| change.stamp.at <= now);
    let since = latest.next().map(|change| change.stamp.at.into());
    let score = history.attribute(&key, now).as_number();
    let row = weights.gaze.row(history, now);
    let mut gathering = Gathering::new(weights.gaze.columns());
    gathering.row(row.iter().map(Cell::entry));
    let table = gathering.finish();
    let explaining = weights.model.explaining(weights.model.frame(&table));
    let reasons = explaining.most(0, REASONS).into_iter().map(|worth| {
        let feature = &weights.model.features[worth.feature];
        let look = weights.gaze.look(&feature.column);
        ReasonRow {
            name: look.map_or_else(|| feature.name(), |look| look.said(language)),
            value: short(&feature.said(&table, 0)),
            worth: (worth.worth * 100.0).round() / 100.0,
        }
    });
    let written = score.and_then(|score| score.to_string().parse().ok());
    ScoreRow {
        model: draft.id.clone(),
        name: named(draft, language),
        since: if written.is_some() { since } else { None },
        reasons: if written.is_some() { reasons.collect() } else { vec![] },
        score: written,
    }
}

/// A number without the digits that nobody reads.
fn short(value: &str) -> String {
    match value.parse::<f64>() {
        Ok(number) if number.fract() != 0.0 => format!("{number:.1}"),
        _ => value.to_owned(),
    }
}

fn value(
    app: &App,
    draft: &ModelDraft,
    card: &ModelCard,
    history: &History,
    now: Timestamp,
    language: Language,
) -> Option<ValueRow> {
    let Learn::Value { event, amount } = &draft.learn else { return None };
    let Found::Value { model, spend, .. } = &card.found else { return None };
    let mut purchases = purchases_of(history, (event, amount), (now, &app.calendar));
    let today = crate::models::today(&app.calendar, now);
    let summary = summarise(&mut purchases, today, 7.0, 0)?;
    let of = ValueOf { model: *model, spend: *spend, horizon_days: draft.horizon_days };
    let told = of.outlook(&summary);
    let with = |worth: f64| spend.is_some().then_some(worth.round());
    let half = of.falls_below(&summary, 0.5);
    let half_on = (0.0 < half && half < FAR)
        .then(|| app.calendar.date(now.plus((half * Timestamp::DAY as f64) as i64)).into());
    let tenths = |number: f64| (number * 10.0).round() / 10.0;
    Some(ValueRow {
        model: draft.id.clone(),
        name: named(draft, language),
        horizon_days: draft.horizon_days,
        purchases: tenths(told.purchases),
        purchases_low: told.purchases_range.low,
        purchases_high: told.purchases_range.high,
        value: with(told.value),
        value_low: with(told.value_range.low),
        value_high: with(told.value_range.high),
        any: (of.any(&summary) * 1000.0).round() / 1000.0,
        half_on,
    })
}

/// The next purchase by the median of the gaps between the days of purchases.
fn next(app: &App, purchases: &mut [Purchase], now: Timestamp) -> Option<NextPurchase> {
    let mut days: Vec<i32> = purchases.iter().map(|purchase| purchase.day).collect();
    days.sort_unstable();
    days.dedup();
    let mut gaps: Vec<i32> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
    gaps.sort_unstable();
    let gap = *gaps.get(gaps.len() / 2)?;
    let today = crate::models::today(&app.calendar, now);
    let last = *days.last()?;
    let on = |day: i32| -> Day {
        app.calendar.date(now.plus(i64::from(day - today) * Timestamp::DAY)).into()
    };
    Some(NextPurchase {
        last: on(last),
        median_gap_days: gap,
        due: on(last.saturating_add(gap)),
        overdue_days: today - last.saturating_add(gap),
        purchases: days.len() as u64,
    })
}
