//! Outcomes: how an approach went, written back as facts, and taken back while the mistake is fresh.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::{extract::State, http::StatusCode};
use facts::Timestamp;
use scenarios::{Outcome, Report};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;

use crate::{
    host::{App, trust},
    http::{
        access::Permission,
        caller::Caller,
        error::{Answer, ApiError},
        take::{Json, Path},
    },
    nouns::{
        judgements, needs, proposals, reports,
        session::rep_name,
        wire::{Instant, short_text},
    },
};

/// For so long an outcome can be taken back.
pub(crate) const UNDO_FOR: i64 = Timestamp::HOUR;

/// How an approach went.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeBody {
    /// The sign that led to it.
    sign: String,
    outcome: OutcomeName,
    #[serde(default)]
    note: Option<String>,
    /// Until when to leave the customer alone; needed to put off.
    #[serde(default)]
    until: Option<Instant>,
    /// The report's own name, made by the client: sending it twice counts once.
    id: String,
}

/// What came of an approach.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OutcomeName {
    Connected,
    NoAnswer,
    Callback,
    Meeting,
    Lost,
    WrongPerson,
    Snooze,
}

/// A report that is on disk.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutcomeTaken {
    /// By this number it can be undone.
    batch: u32,
    /// Until when the customer stays off the list.
    rests_until: Option<Instant>,
    undo_until: Instant,
}

/// What was taken back.
#[derive(Serialize, ToSchema)]
pub(crate) struct Undone {
    undone: bool,
}

impl From<OutcomeName> for Outcome {
    fn from(name: OutcomeName) -> Outcome {
        match name {
            OutcomeName::Connected => Outcome::Connected,
            OutcomeName::NoAnswer => Outcome::NoAnswer,
            OutcomeName::Callback => Outcome::Callback,
            OutcomeName::Meeting => Outcome::Meeting,
            OutcomeName::Lost => Outcome::Lost,
            OutcomeName::WrongPerson => Outcome::WrongPerson,
            OutcomeName::Snooze => Outcome::Snooze,
        }
    }
}

/// Reports how an approach went. The customer leaves today's list for a while.
#[utoipa::path(post, path = "/api/v1/today/{customer}/outcome", tag = "today", request_body = OutcomeBody,
    responses((status = 200, body = OutcomeTaken)))]
pub(crate) async fn report(
    State(app): State<App>,
    caller: Caller,
    Path(customer): Path<String>,
    Json(given): Json<OutcomeBody>,
) -> Answer<axum::Json<OutcomeTaken>> {
    let (number, key) = app.find(&caller, &customer)?;
    let (rep_of_customer, known) = {
        let live = app.live()?;
        let rep = live.cards.get(number).and_then(|card| card.rep.clone());
        (rep, live.rules.signs().iter().any(|rule| rule.sign.id.0 == given.sign))
    };
    if !known {
        return Err(ApiError::invalid("この兆しはありません", "there is no such sign"));
    }
    let until = given.until.as_ref().map(Instant::read).transpose()?;
    let outcome = Outcome::from(given.outcome);
    let now = app.clock.now();
    let report = Report {
        customer: key,
        contact: None,
        sign: given.sign,
        outcome,
        note: given.note,
        until,
        rep: rep_name(&caller),
        id: short_text(&given.id, 100)?,
    };
    let facts = report.facts(now).map_err(|fault| {
        ApiError::invalid(format!("記録できません: {fault}"), fault.to_string())
    })?;
    let rep = rep_of_customer.as_deref().unwrap_or("");
    let label = format!("{} {rep}", outcome.word());
    let appended = app.take(source_of(&caller), label, facts).await?;
    let before = appended.duplicates.first().map(|duplicate| duplicate.batch);
    let batch = appended.batch.or(before);
    let batch = batch.ok_or_else(|| ApiError::ours("an outcome", "no batch"))?;
    if appended.batch.is_some() {
        app.tally.add(batch, now, rep);
    }
    Ok(axum::Json(OutcomeTaken {
        batch,
        rests_until: Some(until.unwrap_or_else(|| outcome.rests_until(now, &app.calendar)).into()),
        undo_until: now.plus(UNDO_FOR).into(),
    }))
}

/// The source of a caller's own reports, so that nobody else's ids can stand in their way.
fn source_of(caller: &Caller) -> String {
    format!("outcomes:{}", caller.name())
}

/// Takes an outcome or a report back: one's own, or anyone's for those who see all customers.
#[utoipa::path(post, path = "/api/v1/batches/{batch}/undo", tag = "today",
    responses((status = 200, body = Undone)))]
pub(crate) async fn undo(
    State(app): State<App>,
    caller: Caller,
    Path(batch): Path<u32>,
) -> Answer<axum::Json<Undone>> {
    let record = app.blocking(move |app| Ok(app.store.batch(batch)?)).await?;
    let record = record.ok_or_else(ApiError::not_found)?;
    let is_report = record.source.starts_with(reports::SOURCES);
    let own = [
        source_of(&caller),
        reports::source_of(&caller),
        judgements::source_of(&caller),
        needs::source_of(&caller),
        proposals::source_of(&caller),
    ];
    let is_own = own.iter().any(|own| **own == *record.source);
    let is_judgement = record.source.starts_with(trust::SOURCES);
    let is_need = record.source.starts_with(needs::SOURCES);
    let is_proposal = record.source.starts_with(proposals::SOURCES);
    let is_ours = is_report
        || is_judgement
        || is_need
        || is_proposal
        || record.source.starts_with("outcomes:");
    let may_undo = is_own || (is_ours && caller.may(Permission::SeeAllCustomers));
    if !may_undo {
        return Err(ApiError::not_found());
    }
    if record.undone.is_some() {
        return Err(ApiError::conflict("すでに取り消されています", "this has been undone already"));
    }
    let now = app.clock.now();
    if record.at.plus(UNDO_FOR) < now {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "too_late",
            "取り消せる時間を過ぎました。正しい結果をもう一度記録してください",
            "it is too late to undo this; report the right outcome instead",
        ));
    }
    app.undo(batch, caller.name()).await?;
    app.tally.remove(batch);
    app.forget_click(batch).await?;
    let real_now = app.clock.real_now().millis();
    let on = format!("batch:{batch}");
    let what = match () {
        () if is_report => "report_undone",
        () if is_judgement => "judgement_undone",
        () if is_need => "need_undone",
        () if is_proposal => "proposal_undone",
        () => "outcome_undone",
    };
    app.registry.audit(&caller.name(), what, &on, None, real_now).await?;
    Ok(axum::Json(Undone { undone: true }))
}

/// The outcomes reported lately, for "done today".
pub(crate) struct Tally(Mutex<BTreeMap<u32, (Timestamp, String)>>);

impl Tally {
    /// What the store's list of batches knows of them.
    pub(crate) fn read(store: &Store) -> Tally {
        let batches = store.batches().into_iter();
        let outcomes =
            batches.filter(|batch| batch.source.starts_with("outcomes:") && batch.undone.is_none());
        let rep = |label: &str| label.split_once(' ').map_or("", |(_, rep)| rep).to_owned();
        Tally(Mutex::new(
            outcomes.map(|batch| (batch.batch, (batch.at, rep(&batch.label)))).collect(),
        ))
    }

    fn done(&self) -> MutexGuard<'_, BTreeMap<u32, (Timestamp, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, batch: u32, at: Timestamp, rep: &str) {
        let mut done = self.done();
        // Nobody asks for more than a local day.
        done.retain(|_, (then, _)| at.since(*then) < 2 * Timestamp::DAY);
        done.insert(batch, (at, rep.to_owned()));
    }

    fn remove(&self, batch: u32) {
        self.done().remove(&batch);
    }

    /// How many were reported since an instant, about the customers of one rep or of all.
    pub(crate) fn count(&self, since: Timestamp, rep: Option<&str>) -> usize {
        let fits = |(at, of): &&(Timestamp, String)| {
            since <= *at && rep.is_none_or(|rep| rep == of.as_str())
        };
        self.done().values().filter(fits).count()
    }
}
