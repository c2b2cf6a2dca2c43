//! Looking at a segment again: it was found good as it is, and when it is to be looked at next.

use ::segments::{SegmentDraft, check_all};
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::segments::{SegmentDetail, definition, detail, edit, faults_of_one, note},
};

/// That somebody looked at a segment and found it good.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reviewed {
    /// The version that was looked at.
    version: i32,
    /// The day by which it is to be looked at again, such as `2027-03-01`; none when left out.
    #[serde(default)]
    next_on: Option<String>,
}

/// Says that a segment was looked at today and is good as it is. That becomes a version of its own.
#[utoipa::path(post, path = "/api/v1/segments/{id}/review", tag = "segments",
    request_body = Reviewed, responses((status = 200, body = SegmentDetail)))]
pub(crate) async fn review(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<Reviewed>,
) -> Answer<axum::Json<SegmentDetail>> {
    let (origin, by, at) = (caller.origin(), caller.name(), id.clone());
    edit(&app, async move |app| {
        let now = app.clock.now();
        let (draft, others) = {
            let live = app.live()?;
            let known = live.catalogue.all.get(&at).filter(|known| !known.retired);
            let known = known.ok_or_else(ApiError::not_found)?;
            let draft = SegmentDraft {
                review_on: given.next_on.filter(|day| !day.trim().is_empty()),
                reviewed_on: Some(app.calendar.date(now).to_string()),
                ..known.draft.clone()
            };
            (draft, live.catalogue.conditions())
        };
        check_all(std::slice::from_ref(&draft), &others).map_err(faults_of_one)?;
        let new = definition(&draft, Some(given.version), origin, &by)?;
        app.registry.put_definition(new, now.millis()).await?;
        note(&app, &by, "segment_reviewed", &draft.id).await
    })
    .await?;
    detail(&app, &caller, &id, language).await
}
