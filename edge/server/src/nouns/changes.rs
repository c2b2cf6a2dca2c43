//! Who entered and left segments, when and why, as it was told: of one segment backwards for people, and of all of them
//! onwards for programs that hand changes on.

use std::time::Duration;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{ChangeCause, ChangeRecord};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{App, Live, telling::sign_in_log},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::{Path, Query},
    },
    nouns::wire::{CustomerName, Instant, page_length},
};

/// A page of changes, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Changes {
    as_of: Instant,
    rows: Vec<ChangeRow>,
    /// What to pass as `after` for older ones; null when there are none. A page may be empty and still have one.
    next: Option<String>,
}

/// One change.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangeRow {
    /// Its place among all changes of the workspace, from 1.
    seq: u64,
    /// The id of the segment.
    segment: String,
    customer: CustomerName,
    /// True: entered; false: left.
    entered: bool,
    /// When it became true.
    at: Instant,
    /// When it was noticed.
    noticed_at: Instant,
    /// The version of the segment's definition.
    version: u32,
    cause: CauseName,
}

/// What brought a change about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CauseName {
    /// A new fact.
    Fact,
    /// Time alone.
    Time,
    /// The segment was defined anew, came, or went.
    Edit,
    /// The past was changed: an import, or something was taken back.
    Past,
}

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesPage {
    /// The `next` of the page before.
    after: Option<u64>,
    /// How many rows at most, 1 to 500.
    limit: Option<usize>,
}

/// The changes of a segment, newest first.
#[utoipa::path(get, path = "/api/v1/segments/{id}/changes", tag = "segments", params(ChangesPage),
    responses((status = 200, body = Changes)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(page): Query<ChangesPage>,
) -> Answer<axum::Json<Changes>> {
    if !app.live()?.catalogue.all.contains_key(&id) {
        return Err(ApiError::not_found());
    }
    let limit = page_length(page.limit, 100);
    let found = app.changes_of(id, page.after, limit).await?;
    let live = app.live()?;
    let scope = live.scope(&caller);
    let rows = found.changes.into_iter().filter(|one| scope.contains(one.change.customer.0));
    let next = found.before.map(|before| before.to_string());
    let rows = rows.filter_map(|record| ChangeRow::of(&app, &live, record)).collect();
    Ok(axum::Json(Changes { as_of: live.at.into(), rows, next }))
}

impl ChangeRow {
    /// None for a customer who was erased.
    fn of(app: &App, live: &Live, record: ChangeRecord) -> Option<ChangeRow> {
        let number = record.change.customer.0;
        let customer = match (live.cards.get(number), app.key_text(number)) {
            (Some(card), key) => CustomerName::of(key, card),
            (None, key) if key.is_empty() => return None,
            (None, key) => CustomerName::unknown(key),
        };
        Some(ChangeRow {
            seq: record.seq,
            segment: record.change.segment.id.to_string(),
            customer,
            entered: record.change.entered,
            at: record.change.at.into(),
            noticed_at: record.noticed.into(),
            version: record.change.segment.version,
            cause: record.change.cause.into(),
        })
    }
}

/// Changes in the order in which they were told.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangesOnwards {
    as_of: Instant,
    /// Oldest first. A row that was given once keeps its `seq` for ever.
    rows: Vec<ChangeRow>,
    /// What to pass as `after` for the next ones. It moves on also past rows that the caller may not see.
    last: u64,
    /// Whether there are more already.
    more: bool,
}

/// From where on, and how many.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Onwards {
    /// The `last` of the answer before; 0, and when left out, from the beginning.
    after: Option<u64>,
    /// How many rows at most, 1 to 500.
    limit: Option<usize>,
    /// Only changes of this segment.
    segment: Option<String>,
    /// So many seconds to wait for a change when there is none, 30 at most.
    wait: Option<u64>,
}

/// The longest wait for a change, in seconds.
const WAIT_MOST: u64 = 30;

/// The changes of all segments, onwards: a program that keeps the last `seq` hands each one on once.
#[utoipa::path(get, path = "/api/v1/changes", tag = "segments", params(Onwards),
    responses((status = 200, body = ChangesOnwards)))]
pub(crate) async fn onwards(
    State(app): State<App>,
    caller: Caller,
    Query(asked): Query<Onwards>,
) -> Answer<axum::Json<ChangesOnwards>> {
    if let Some(id) = &asked.segment
        && !app.live()?.catalogue.all.contains_key(id)
    {
        return Err(ApiError::not_found());
    }
    let until = Duration::from_secs(asked.wait.unwrap_or(0).min(WAIT_MOST));
    let until = tokio::time::Instant::now() + until;
    let (mut news, mut stop) = (app.listen(), app.stop.subscribe());
    loop {
        let told = look_onwards(&app, &caller, &asked).await?;
        if !told.rows.is_empty() || told.more {
            return Ok(axum::Json(told));
        }
        tokio::select! {
            _ = news.recv() => {}
            () = tokio::time::sleep_until(until) => return Ok(axum::Json(told)),
            _ = stop.wait_for(|stop| *stop) => return Ok(axum::Json(told)),
        }
    }
}

async fn look_onwards(app: &App, caller: &Caller, asked: &Onwards) -> Answer<ChangesOnwards> {
    let after = asked.after.unwrap_or(0);
    let limit = page_length(asked.limit, 100);
    let found = app.changes_after(after, limit + 1).await?;
    let more = limit < found.len();
    let found = &found[..found.len().min(limit)];
    let last = found.last().map_or(after, |record| record.seq);
    let live = app.live()?;
    let scope = live.scope(caller);
    let wanted = |record: &&ChangeRecord| {
        let segment = asked.segment.as_deref();
        segment.is_none_or(|id| *id == *record.change.segment.id)
            && sign_in_log(&record.change.segment.id).is_none()
            && scope.contains(record.change.customer.0)
    };
    let rows = found.iter().filter(wanted).cloned();
    let rows = rows.filter_map(|record| ChangeRow::of(app, &live, record)).collect();
    Ok(ChangesOnwards { as_of: live.at.into(), rows, last, more })
}

impl From<ChangeCause> for CauseName {
    fn from(cause: ChangeCause) -> CauseName {
        match cause {
            ChangeCause::Fact => CauseName::Fact,
            ChangeCause::Time => CauseName::Time,
            ChangeCause::Edit => CauseName::Edit,
            ChangeCause::Past => CauseName::Past,
        }
    }
}
