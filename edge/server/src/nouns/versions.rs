//! The versions of a segment: what each said, who is in by one and not by another, and taking an old one up again.

use ::segments::{SegmentDraft, check_all};
use axum::extract::State;
use condition::{Condition, Draft, Language, SegmentId, say_condition};
use registry::Definition;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App,
        asking::{Background, Gone, Questions},
        catalogue::{Catalogue, SEGMENT},
        speaking,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Path, Query},
    },
    nouns::{
        preview::{Difference, checked},
        segments::{
            Authors, GoldenName, Names, OriginName, SegmentDetail, definition, detail, edit,
            faults_of_one, note,
        },
        wire::Instant,
    },
};

/// All versions of a segment.
#[derive(Serialize, ToSchema)]
pub(crate) struct Versions {
    /// Newest first.
    versions: Vec<VersionRow>,
}

/// One version in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionRow {
    version: i32,
    at: Instant,
    /// The name of the person who wrote it; null for files and programs.
    by: Option<String>,
    origin: OriginName,
    /// Whether the segment was out of use as of this version.
    retired: bool,
    /// Whether this is the one that is evaluated.
    in_force: bool,
    /// The condition as a sentence; null when it can no longer be read.
    sentence: Option<String>,
}

/// One version with all it says.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionDetail {
    #[serde(flatten)]
    row: VersionRow,
    names: Names,
    purpose: Option<String>,
    next_action: Option<String>,
    golden: Option<GoldenName>,
    #[schema(value_type = Object)]
    condition: Draft,
}

/// Which two versions.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Two {
    /// The one before.
    a: i32,
    /// The one after.
    b: i32,
}

/// Who is in now by one version and not by another.
#[derive(Serialize, ToSchema)]
pub(crate) struct Comparison {
    as_of: Instant,
    a: VersionCount,
    b: VersionCount,
    #[serde(flatten)]
    difference: Difference,
}

/// How many are in now by a version.
#[derive(Serialize, ToSchema)]
pub(crate) struct VersionCount {
    version: i32,
    count: u64,
}

/// A version as it was written.
pub(crate) async fn version_of(app: &App, id: &str, version: i32) -> Answer<SegmentDraft> {
    let found = app.registry.definition_at(SEGMENT, id, version).await?;
    draft_of(&found.ok_or_else(ApiError::not_found)?)
}

fn draft_of(version: &Definition) -> Answer<SegmentDraft> {
    serde_json::from_str(&version.body).map_err(|why| ApiError::ours("a version", why))
}

/// The condition of a version, among the segments that are in force now.
pub(crate) fn condition_of(
    draft: &SegmentDraft,
    others: &[(SegmentId, Condition)],
) -> Answer<Condition> {
    checked(draft.condition.clone(), Some(&draft.id), others)
}

/// All versions of a segment, newest first.
#[utoipa::path(get, path = "/api/v1/segments/{id}/versions", tag = "segments",
    responses((status = 200, body = Versions)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<Versions>> {
    let versions = app.registry.definition_history(SEGMENT, &id).await?;
    if versions.is_empty() {
        return Err(ApiError::not_found());
    }
    let authors = Authors::read(&app).await?;
    let catalogue = app.live()?.catalogue.clone();
    let rows = versions.iter().map(|one| row(&app, &catalogue, &authors, one, language));
    Ok(axum::Json(Versions { versions: rows.collect() }))
}

fn row(
    app: &App,
    catalogue: &Catalogue,
    authors: &Authors,
    version: &Definition,
    language: Language,
) -> VersionRow {
    let condition = draft_of(version).ok().and_then(|draft| draft.condition.check().ok());
    let sentence = condition.map(|condition| {
        speaking(catalogue, &app.calendar, app.clock.now(), language, |speaker| {
            say_condition(&condition, language, &speaker.words)
        })
    });
    let known = catalogue.all.get(&version.id);
    let in_force =
        known.is_some_and(|known| known.version == version.version && known.segment.is_some());
    VersionRow {
        version: version.version,
        at: Instant::of_millis(version.created_at),
        by: authors.person(&version.by),
        origin: version.origin.into(),
        retired: version.retired,
        in_force,
        sentence,
    }
}

/// One version of a segment.
#[utoipa::path(get, path = "/api/v1/segments/{id}/versions/{version}", tag = "segments",
    responses((status = 200, body = VersionDetail)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path((id, version)): Path<(String, i32)>,
) -> Answer<axum::Json<VersionDetail>> {
    let found = app.registry.definition_at(SEGMENT, &id, version).await?;
    let version = found.ok_or_else(ApiError::not_found)?;
    let draft = draft_of(&version)?;
    let authors = Authors::read(&app).await?;
    let catalogue = app.live()?.catalogue.clone();
    Ok(axum::Json(VersionDetail {
        row: row(&app, &catalogue, &authors, &version, language),
        names: Names::of(&draft.name),
        purpose: draft.purpose,
        next_action: draft.next_action,
        golden: draft.golden.map(GoldenName::from),
        condition: draft.condition,
    }))
}

/// Who is in now by one version and not by another. What both refer to is taken as it is in force.
#[utoipa::path(get, path = "/api/v1/segments/{id}/compare", tag = "segments", params(Two),
    responses((status = 200, body = Comparison)))]
pub(crate) async fn compare(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(two): Query<Two>,
) -> Answer<axum::Json<Comparison>> {
    let (a, b) = (version_of(&app, &id, two.a).await?, version_of(&app, &id, two.b).await?);
    let (questions, scope, now) = {
        let live = app.live()?;
        let background = Background::of(&live);
        let others = background.segments();
        let asked = vec![condition_of(&a, others)?, condition_of(&b, others)?];
        (Questions::new(asked, &background)?, live.scope(&caller), live.at)
    };
    let compare = move |app: &App, gone: &Gone| {
        let questions = app.ready(questions, now, gone)?;
        let census = app.census(&questions, &[(now, questions.all())], &scope, gone)?;
        let members: Vec<_> = census.into_iter().flat_map(|census| census.members).collect();
        let [by_a, by_b] = members.as_slice() else {
            return Err(ApiError::ours("a comparison", "two were asked"));
        };
        Ok(Comparison {
            as_of: now.into(),
            a: VersionCount { version: two.a, count: by_a.len() },
            b: VersionCount { version: two.b, count: by_b.len() },
            difference: Difference::of(app, by_a, by_b)?,
        })
    };
    app.ask(compare).await.map(axum::Json)
}

/// Makes an old version the newest one: what it said is in force again.
#[utoipa::path(post, path = "/api/v1/segments/{id}/versions/{version}/restore", tag = "segments",
    responses((status = 200, body = SegmentDetail)))]
pub(crate) async fn restore(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path((id, version)): Path<(String, i32)>,
) -> Answer<axum::Json<SegmentDetail>> {
    let draft = version_of(&app, &id, version).await?;
    let (origin, by) = (caller.origin(), caller.name());
    edit(&app, async move |app| {
        let (others, seen) = {
            let live = app.live()?;
            let known = live.catalogue.all.get(&draft.id).ok_or_else(ApiError::not_found)?;
            (live.catalogue.conditions(), known.version)
        };
        check_all(std::slice::from_ref(&draft), &others).map_err(faults_of_one)?;
        let new = definition(&draft, Some(seen), origin, &by)?;
        app.registry.put_definition(new, app.clock.now().millis()).await?;
        note(&app, &by, "segment_version_restored", &draft.id).await
    })
    .await?;
    detail(&app, &caller, &id, language).await
}
