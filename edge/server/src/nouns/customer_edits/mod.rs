//! Changing many customers at once: whom, what, how far it is, and taking all of it back. One customer is many, too.

mod change;
mod export;
mod work;

use axum::{extract::State, http::StatusCode};
use condition::Language;
use facts::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;

use crate::{
    host::{App, works::End},
    http::{
        access::Permission,
        caller::Caller,
        error::{Answer, ApiError, speak},
        language::Spoken,
        take::{Json as Body, Path},
    },
    nouns::{chosen::Chosen, session::rep_name, wire::Instant, work_state::WorkProgress},
};

use change::Change;
use work::{Kept, Record, undoing, works};

pub(crate) use export::*;
pub(crate) use work::{Edited, tidy_after_restart};

/// For so long an edit can be taken back.
const UNDO_FOR: i64 = 30 * Timestamp::DAY;
/// So many edits are listed.
const LISTED: usize = 100;

/// Whom to change, and what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EditBody {
    /// The edit's own name, made by the client: sending it twice does it once. Letters, digits and `-`.
    id: String,
    who: Chosen,
    /// `rep`, `industry`, `tag:NAME`, `list:NAME` or any other.
    attribute: String,
    /// The new value: a text, a number, true or false; null takes the value away. Of a tag or list, true or null.
    value: Json,
}

/// Edits, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Edits {
    edits: Vec<EditTold>,
}

/// One edit.
#[derive(Serialize, ToSchema)]
pub(crate) struct EditTold {
    id: String,
    at: Instant,
    by: String,
    /// What is done, in words.
    said: String,
    state: EditState,
    /// While it is at work or being taken back.
    progress: Option<WorkProgress>,
    /// How many customers it is about.
    customers: u64,
    /// How many were changed; the others were so before. Null until it is done.
    changed: Option<u64>,
    /// Until when it can be taken back.
    undo_until: Option<Instant>,
    /// Why it failed.
    error: Option<String>,
}

/// Where an edit stands.
#[derive(Clone, Copy, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EditState {
    Running,
    Done,
    /// It is being taken back.
    Undoing,
    Undone,
    /// It was stopped; nothing of it is left.
    Stopped,
    /// It could not be done; nothing of it is left.
    Failed,
}

/// Begins to change customers, in the background. Whoever is so already is left as they are.
#[utoipa::path(post, path = "/api/v1/customer-edits", tag = "customers", request_body = EditBody,
    responses((status = 202, body = EditTold)))]
pub(crate) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Body(given): Body<EditBody>,
) -> Answer<(StatusCode, axum::Json<EditTold>)> {
    let id = id_of(&given.id)?;
    if let Some(known) = Record::find(&app, &id).await? {
        return match known.by == caller.name() {
            true => Ok((StatusCode::ACCEPTED, axum::Json(told(&app, &id, &known, language)))),
            false => Err(ApiError::conflict("この id はもう使われています", "this id is in use")),
        };
    }
    let EditBody { who, attribute, value, .. } = given;
    let who = who.of(&app, &caller)?;
    let (by, customers) = (caller.clone(), who.len());
    let change =
        app.blocking(move |app| Change::read(app, &by, (&attribute, value), customers)).await?;
    let said = change.said();
    let record = Record {
        by: caller.name(),
        by_name: rep_name(&caller),
        at: app.clock.now().millis(),
        said: (said.ja, said.en),
        customers,
        state: Kept::Begun,
    };
    record.write(&app, &id).await?;
    let detail = format!("{} × {customers}", change.attribute);
    audit(&app, &caller, "customers_edited", &id, Some(&detail)).await?;
    work::begin(&app, &id, record.clone(), change, who);
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, &id, &record, language))))
}

/// The caller's own edits, or everybody's for those who see all customers.
#[utoipa::path(get, path = "/api/v1/customer-edits", tag = "customers", responses((status = 200, body = Edits)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Edits>> {
    let all = Record::all(&app).await?;
    let own = all.iter().filter(|(_, record)| may_see(&caller, record)).take(LISTED);
    let edits = own.map(|(id, record)| told(&app, id, record, language)).collect();
    Ok(axum::Json(Edits { edits }))
}

/// One edit.
#[utoipa::path(get, path = "/api/v1/customer-edits/{id}", tag = "customers",
    responses((status = 200, body = EditTold)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<EditTold>> {
    let record = find(&app, &caller, &id).await?;
    Ok(axum::Json(told(&app, &id, &record, language)))
}

/// Stops an edit that is at work; what it did is taken back.
#[utoipa::path(delete, path = "/api/v1/customer-edits/{id}", tag = "customers",
    responses((status = 200, body = EditTold)))]
pub(crate) async fn stop(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<EditTold>> {
    let record = find(&app, &caller, &id).await?;
    works(&app).cancel(&id);
    Ok(axum::Json(told(&app, &id, &record, language)))
}

/// Takes an edit back, in the background, for 30 days after it was made.
#[utoipa::path(post, path = "/api/v1/customer-edits/{id}/undo", tag = "customers",
    responses((status = 202, body = EditTold)))]
pub(crate) async fn undo(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<(StatusCode, axum::Json<EditTold>)> {
    let record = find(&app, &caller, &id).await?;
    let edited = match &record.state {
        Kept::Done(edited) => edited.clone(),
        Kept::Undone(_) => {
            return Err(ApiError::conflict(
                "すでに取り消されています",
                "this has been undone already",
            ));
        }
        Kept::Begun | Kept::Dropped => {
            return Err(ApiError::conflict(
                "まだ終わっていない変更は取り消せません。中止してください",
                "this is not done; stop it instead",
            ));
        }
    };
    if record.at + UNDO_FOR < app.clock.now().millis() {
        return Err(ApiError::conflict(
            "変更から 30 日を過ぎたため、取り消せません",
            "this was done more than 30 days ago and can no longer be undone",
        ));
    }
    audit(&app, &caller, "customers_edit_undone", &id, None).await?;
    work::undo(&app, &id, record.clone(), edited, caller.name());
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, &id, &record, language))))
}

async fn find(app: &App, caller: &Caller, id: &str) -> Answer<Record> {
    let record = Record::find(app, id).await?;
    record.filter(|record| may_see(caller, record)).ok_or_else(ApiError::not_found)
}

fn may_see(caller: &Caller, record: &Record) -> bool {
    record.by == caller.name() || caller.may(Permission::SeeAllCustomers)
}

/// An id that can stand in an address.
fn id_of(text: &str) -> Answer<String> {
    let fits = (8..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    match fits {
        true => Ok(text.to_owned()),
        false => Err(ApiError::invalid(
            "id は英数字と - の 8〜64 文字にしてください",
            "write an id of 8 to 64 letters, digits and -",
        )),
    }
}

/// How an edit stands: what is kept of it, and how its work is doing.
fn told(app: &App, id: &str, record: &Record, language: Language) -> EditTold {
    let (state, progress, error) = standing(app, id, record, language);
    let changed = match &record.state {
        Kept::Done(edited) | Kept::Undone(edited) => Some(edited.changed),
        Kept::Begun | Kept::Dropped => None,
    };
    let until = record.at + UNDO_FOR;
    let can_undo = state == EditState::Done && app.clock.now().millis() <= until;
    EditTold {
        id: id.to_owned(),
        at: Instant::of_millis(record.at),
        by: record.by_name.clone(),
        said: record.said().get(language).to_owned(),
        state,
        progress,
        customers: record.customers,
        changed,
        undo_until: can_undo.then(|| Instant::of_millis(until)),
        error,
    }
}

type Standing = (EditState, Option<WorkProgress>, Option<String>);

fn standing(app: &App, id: &str, record: &Record, language: Language) -> Standing {
    let (name, at_work) = match record.state {
        Kept::Begun => (id.to_owned(), EditState::Running),
        Kept::Done(_) => (undoing(id), EditState::Undoing),
        Kept::Undone(_) => return (EditState::Undone, None, None),
        Kept::Dropped => return (EditState::Stopped, None, None),
    };
    let at_rest = match record.state {
        Kept::Done(_) => EditState::Done,
        _ => EditState::Stopped,
    };
    let Some(work) = works(app).find(&name) else { return (at_rest, None, None) };
    match work.end() {
        None => (at_work, Some(WorkProgress::of(&work)), None),
        Some(End::Failed(why)) if at_rest == EditState::Done => {
            (at_rest, None, Some(speak(why.said(), language)))
        }
        Some(End::Failed(why)) => (EditState::Failed, None, Some(speak(why.said(), language))),
        Some(End::Cancelled) => (at_rest, None, None),
        // It ended after the record was read.
        Some(End::Done(_)) if at_rest == EditState::Done => (EditState::Undone, None, None),
        Some(End::Done(_)) => (EditState::Running, Some(WorkProgress::of(&work)), None),
    }
}

async fn audit(
    app: &App,
    caller: &Caller,
    what: &str,
    id: &str,
    detail: Option<&str>,
) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), what, &format!("customer_edit:{id}"), detail, now).await?;
    Ok(())
}
