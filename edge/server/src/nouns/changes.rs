//! Who entered and left a segment, when and why, as it was told.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use store::{ChangeCause, ChangeRecord};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::{Path, Query},
    },
    nouns::wire::{CustomerName, Instant, ROWS_MOST},
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
    let limit = page.limit.unwrap_or(100).clamp(1, ROWS_MOST);
    let found = app.changes_of(id, page.after, limit).await?;
    let live = app.live()?;
    let scope = live.scope(&caller);
    let rows = found.changes.into_iter().filter(|one| scope.contains(one.change.customer.0));
    let row = |record: ChangeRecord| {
        let number = record.change.customer.0;
        let card = live.cards.get(number)?;
        Some(ChangeRow {
            seq: record.seq,
            customer: CustomerName::of(app.key_text(number), card),
            entered: record.change.entered,
            at: record.change.at.into(),
            noticed_at: record.noticed.into(),
            version: record.change.segment.version,
            cause: record.change.cause.into(),
        })
    };
    let next = found.before.map(|before| before.to_string());
    Ok(axum::Json(Changes { as_of: live.at.into(), rows: rows.filter_map(row).collect(), next }))
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
