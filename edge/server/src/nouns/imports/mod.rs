//! Imports: files come in, are looked at, checked, taken in and, if need be, taken back.
//!
//! ```text
//!   upload ──▶ read ──(people choose)──▶ checking ──▶ checked ──▶ committing ──▶ committed ──▶ undone
//! ```
//! The file lies in the data folder until it is taken in, so that a restart forgets nothing.

mod becoming;
mod counting;
mod forgetting;
mod jobs;
mod kept;
mod mending;
mod told;
mod upload;
mod watching;

use std::path::PathBuf;

use axum::{extract::State, http::StatusCode, response::Response};
use facts::Timestamp;
use registry::{Import as Row, ImportState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::wire::double,
};

pub(crate) use forgetting::forget_rows;
pub(crate) use jobs::{Jobs, tidy_after_restart, wait_for_jobs};
use kept::Kept;
pub(crate) use told::ImportProgress;
pub(crate) use told::{Import, Imports};
pub(crate) use upload::__path_upload;
pub(crate) use upload::upload;
pub(crate) use watching::{
    __path_put_folder, __path_show_folder, Watching, put_folder, run as watch_folder, set_folder,
    show_folder,
};

/// For so long an import can be taken back.
const UNDO_FOR: i64 = 30 * Timestamp::DAY;

/// What to read differently; what is left out is guessed again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportPatch {
    #[serde(default)]
    kind: Option<KindName>,
    /// The field of a column by its index; null is not imported.
    #[serde(default)]
    fields: Option<BTreeMap<String, Option<String>>>,
    #[serde(default)]
    sheet: Option<String>,
    #[serde(default, deserialize_with = "double")]
    #[schema(value_type = Option<String>)]
    encoding: Option<Option<String>>,
    #[serde(default)]
    header_row: Option<u32>,
    /// The character between cells.
    #[serde(default)]
    delimiter: Option<char>,
    /// Whether hidden rows of the sheet are taken too.
    #[serde(default)]
    take_hidden: Option<bool>,
    /// The year of dates written without one; null for none.
    #[serde(default, deserialize_with = "double")]
    #[schema(value_type = Option<i16>)]
    base_year: Option<Option<i16>>,
    /// Cells to put right, of those that were told as problems.
    #[serde(default)]
    mend: Vec<mending::Mend>,
    /// Rows to leave out, or to take in again.
    #[serde(default)]
    leave_out: Vec<mending::LeaveOut>,
}

impl ImportPatch {
    /// Whether the file has to be looked at again.
    fn looks_again(&self) -> bool {
        self.sheet.is_some()
            || self.encoding.is_some()
            || self.header_row.is_some()
            || self.delimiter.is_some()
            || self.take_hidden.is_some()
    }
}

/// What the rows of a file are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KindName {
    Customers,
    Contacts,
    Events,
    Purchases,
    Deals,
    Reports,
    PageViews,
    Mails,
    Letters,
    Inquiries,
    Surveys,
    Cards,
    Usage,
}

impl From<intake::Kind> for KindName {
    fn from(kind: intake::Kind) -> KindName {
        match kind {
            intake::Kind::Customers => KindName::Customers,
            intake::Kind::Contacts => KindName::Contacts,
            intake::Kind::Events => KindName::Events,
            intake::Kind::Purchases => KindName::Purchases,
            intake::Kind::Deals => KindName::Deals,
            intake::Kind::Reports => KindName::Reports,
            intake::Kind::PageViews => KindName::PageViews,
            intake::Kind::Mails => KindName::Mails,
            intake::Kind::Letters => KindName::Letters,
            intake::Kind::Inquiries => KindName::Inquiries,
            intake::Kind::Surveys => KindName::Surveys,
            intake::Kind::Cards => KindName::Cards,
            intake::Kind::Usage => KindName::Usage,
        }
    }
}

impl From<KindName> for intake::Kind {
    fn from(kind: KindName) -> intake::Kind {
        match kind {
            KindName::Customers => intake::Kind::Customers,
            KindName::Contacts => intake::Kind::Contacts,
            KindName::Events => intake::Kind::Events,
            KindName::Purchases => intake::Kind::Purchases,
            KindName::Deals => intake::Kind::Deals,
            KindName::Reports => intake::Kind::Reports,
            KindName::PageViews => intake::Kind::PageViews,
            KindName::Mails => intake::Kind::Mails,
            KindName::Letters => intake::Kind::Letters,
            KindName::Inquiries => intake::Kind::Inquiries,
            KindName::Surveys => intake::Kind::Surveys,
            KindName::Cards => intake::Kind::Cards,
            KindName::Usage => intake::Kind::Usage,
        }
    }
}

/// Where uploads lie until they are taken in.
fn uploads(app: &App) -> PathBuf {
    app.folder.join("uploads")
}

fn file_of(app: &App, id: i64) -> PathBuf {
    uploads(app).join(format!("{id}.file"))
}

fn problems_of(app: &App, id: i64) -> PathBuf {
    uploads(app).join(format!("{id}.problems"))
}

async fn find(app: &App, id: i64) -> Answer<Row> {
    app.registry.import(id).await?.ok_or_else(ApiError::not_found)
}

/// The newest imports.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", responses((status = 200, body = Imports)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Imports>> {
    let rows = app.registry.imports(100).await?;
    Ok(axum::Json(Imports { imports: told::all(&app, rows, language).await? }))
}

/// One import.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports", responses((status = 200, body = Import)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<i64>,
) -> Answer<axum::Json<Import>> {
    told::one(&app, find(&app, id).await?, language).await
}

/// Reads a file differently: another kind, other columns, another sheet.
#[utoipa::path(patch, path = "/api/v1/imports/{id}", tag = "imports", request_body = ImportPatch,
    responses((status = 200, body = Import)))]
pub(crate) async fn change(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<i64>,
    Json(mut given): Json<ImportPatch>,
) -> Answer<axum::Json<Import>> {
    let mut row = find(&app, id).await?;
    let was = at_rest(&row)?;
    let mut kept = Kept::read(&row)?;
    let (mend, left_out) = (std::mem::take(&mut given.mend), std::mem::take(&mut given.leave_out));
    if !mend.is_empty() || !left_out.is_empty() {
        let rows = mend.iter().map(|one| one.row).collect();
        let found = move |app: &App| told::problems_in(&problems_of(app, id), &rows);
        let problems = app.blocking(found).await?;
        kept.mend(mend, left_out, &problems)?;
    }
    let source = intake::Source::file_named(file_of(&app, id), row.file.clone());
    let changed = move |app: &App| {
        let mut kept = kept.changed(&source, given)?;
        becoming::show(app, &mut kept, &source)?;
        Ok(kept)
    };
    let kept = app.blocking(changed).await?;
    kept.write(&mut row)?;
    row.state = ImportState::Read;
    row.counts = None;
    row.problems = None;
    app.registry.update_import(&row, was).await?;
    told::one(&app, row, language).await
}

/// Looks at every row without taking anything in; in the background.
#[utoipa::path(post, path = "/api/v1/imports/{id}/check", tag = "imports",
    responses((status = 202, body = Import)))]
pub(crate) async fn check(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<i64>,
) -> Answer<(StatusCode, axum::Json<Import>)> {
    let row = find(&app, id).await?;
    let row = jobs::begin(&app, row, ImportState::Checking).await?;
    Ok((StatusCode::ACCEPTED, told::one(&app, row, language).await?))
}

/// Takes the rows in, all of them or none; in the background.
#[utoipa::path(post, path = "/api/v1/imports/{id}/commit", tag = "imports",
    responses((status = 202, body = Import)))]
pub(crate) async fn commit(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<i64>,
) -> Answer<(StatusCode, axum::Json<Import>)> {
    let row = find(&app, id).await?;
    let row = jobs::begin(&app, row, ImportState::Committing).await?;
    note(&app, &caller, "import_committed", id).await?;
    Ok((StatusCode::ACCEPTED, told::one(&app, row, language).await?))
}

/// Stops an import before it is taken in.
#[utoipa::path(post, path = "/api/v1/imports/{id}/cancel", tag = "imports",
    responses((status = 200, body = Import)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<i64>,
) -> Answer<axum::Json<Import>> {
    let mut row = find(&app, id).await?;
    if app.jobs.cancel(id) {
        // The job marks it cancelled itself, as soon as it has stopped.
        app.jobs.ended(id).await;
        row = find(&app, id).await?;
    } else {
        let was = at_rest(&row)?;
        row.state = ImportState::Cancelled;
        app.registry.update_import(&row, was).await?;
        jobs::remove_file(&file_of(&app, id));
    }
    note(&app, &caller, "import_cancelled", id).await?;
    told::one(&app, row, language).await
}

/// Takes an import back: its facts no longer count.
#[utoipa::path(post, path = "/api/v1/imports/{id}/undo", tag = "imports",
    responses((status = 200, body = Import)))]
pub(crate) async fn undo(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<i64>,
) -> Answer<axum::Json<Import>> {
    let mut row = find(&app, id).await?;
    if row.state != ImportState::Committed {
        return Err(wrong_state());
    }
    let now = app.clock.now();
    if row.committed_at.is_none_or(|at| at + UNDO_FOR < now.millis()) {
        return Err(ApiError::conflict(
            "取り込みから 30 日を過ぎたため、取り消せません",
            "this was imported more than 30 days ago and can no longer be undone",
        ));
    }
    if let Some(batch) = row.batch.and_then(|batch| u32::try_from(batch).ok()) {
        app.undo(batch, caller.name()).await?;
        app.forget_past();
    }
    row.state = ImportState::Undone;
    row.undone_at = Some(now.millis());
    app.registry.update_import(&row, ImportState::Committed).await?;
    note(&app, &caller, "import_undone", id).await?;
    app.tell(crate::host::news::News::Import(id));
    told::one(&app, row, language).await
}

/// Every row that was left out, as a file for spreadsheets.
#[utoipa::path(get, path = "/api/v1/imports/{id}/problems.csv", tag = "imports",
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn problems_csv(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<i64>,
) -> Answer<Response> {
    find(&app, id).await?;
    let text = app.blocking(move |app| told::problems_csv(&problems_of(app, id), language)).await?;
    Ok(crate::nouns::why::csv_file(&format!("problems-{id}.csv"), text))
}

/// The state of an import that nobody is at work on and that is not taken in yet.
fn at_rest(row: &Row) -> Answer<ImportState> {
    match row.state {
        ImportState::Read | ImportState::Checked => Ok(row.state),
        _ => Err(wrong_state()),
    }
}

fn wrong_state() -> ApiError {
    ApiError::conflict(
        "この取り込みは今その操作をできる状態ではありません。読み直してください",
        "this import is not in a state for that; read it again",
    )
}

async fn note(app: &App, caller: &Caller, what: &str, id: i64) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), what, &format!("import:{id}"), None, now).await?;
    Ok(())
}
