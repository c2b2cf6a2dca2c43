//! What counts as an outcome for each kind of sign, and for whom it can come: the firm's own words, or the built-in ones.

use axum::extract::State;
use condition::{Condition, Draft, Language, SegmentId, say_condition};
use serde::{Deserialize, Serialize};
use signs::{Foretold, ForetoldDraft, SignKind};
use utoipa::ToSchema;

use crate::{
    host::{App, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError, fault_said},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::wire,
};

/// What signs foretell, kind by kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForetoldList {
    kinds: Vec<ForetoldRow>,
}

/// What signs of a kind foretell.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForetoldRow {
    kind: wire::SignKind,
    #[schema(value_type = Object)]
    outcome: Draft,
    /// For whom it can come; null for everyone.
    #[schema(value_type = Option<Object>)]
    among: Option<Draft>,
    said: ForetoldSaid,
    /// Whether nobody has changed it.
    is_built_in: bool,
}

/// What is foretold, as sentences.
#[derive(Serialize, ToSchema)]
pub(crate) struct ForetoldSaid {
    outcome: String,
    among: Option<String>,
}

/// What signs of a kind are to foretell.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ForetoldBody {
    /// A plain event comes about each time it happens, any other condition when it turns true.
    #[schema(value_type = Object)]
    outcome: Draft,
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    among: Option<Draft>,
}

fn key(kind: SignKind) -> String {
    format!("foretold/{}", kind.word())
}

fn built_in(kind: SignKind) -> Answer<ForetoldDraft> {
    ForetoldDraft::of_kind(kind).map_err(|why| ApiError::ours("a built-in outcome", why))
}

/// What signs of a kind foretell now, and whether nobody has changed it.
pub(crate) async fn draft_of(app: &App, kind: SignKind) -> Answer<(ForetoldDraft, bool)> {
    let kept = app.registry.setting(&key(kind)).await?;
    let own: Option<Option<ForetoldDraft>> = kept
        .map(|json| serde_json::from_str(&json))
        .transpose()
        .map_err(|why| ApiError::ours("an outcome", why))?;
    match own.flatten() {
        Some(own) => Ok((own, false)),
        None => Ok((built_in(kind)?, true)),
    }
}

/// A draft checked among the segments there are.
pub(crate) fn checked(
    draft: &ForetoldDraft,
    segments: &[(SegmentId, Condition)],
) -> Answer<Foretold> {
    let faulty =
        |faults: Vec<condition::Fault>| ApiError::faults(faults.iter().map(fault_said).collect());
    let foretold = draft.check().map_err(faulty)?;
    let conditions = std::iter::once(&foretold.outcome).chain(&foretold.among);
    for id in conditions.flat_map(Condition::segments) {
        if segments.iter().all(|(known, _)| known != id) {
            return Err(ApiError::invalid(
                format!("セグメント `{id}` はありません"),
                format!("there is no segment `{id}`"),
            ));
        }
    }
    Ok(foretold)
}

/// What is foretold, as sentences.
pub(crate) fn said(app: &App, foretold: &Foretold, language: Language) -> Answer<ForetoldSaid> {
    let live = app.live()?;
    let say = |condition: &Condition| {
        speaking(&live.catalogue, &app.calendar, live.at, language, |speaker| {
            say_condition(condition, language, &speaker.words)
        })
    };
    Ok(ForetoldSaid { outcome: say(&foretold.outcome), among: foretold.among.as_ref().map(say) })
}

async fn rows(app: &App, language: Language) -> Answer<ForetoldList> {
    let mut kinds = vec![];
    for kind in SignKind::ALL {
        let (draft, is_built_in) = draft_of(app, kind).await?;
        let segments = app.live()?.rules.segments().to_vec();
        let said = said(app, &checked(&draft, &segments)?, language)?;
        let ForetoldDraft { outcome, among } = draft;
        kinds.push(ForetoldRow { kind: kind.into(), outcome, among, said, is_built_in });
    }
    Ok(ForetoldList { kinds })
}

/// What signs of each kind foretell.
#[utoipa::path(get, path = "/api/v1/foretold", tag = "signs", responses((status = 200, body = ForetoldList)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<ForetoldList>> {
    Ok(axum::Json(rows(&app, language).await?))
}

pub(crate) fn kind_of(word: &str) -> Answer<SignKind> {
    SignKind::from_word(word).ok_or_else(ApiError::not_found)
}

/// Says what signs of a kind foretell. What was found by the outcome before is marked as out of date.
#[utoipa::path(put, path = "/api/v1/foretold/{kind}", tag = "signs", request_body = ForetoldBody,
    responses((status = 200, body = ForetoldList)))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(kind): Path<String>,
    Json(given): Json<ForetoldBody>,
) -> Answer<axum::Json<ForetoldList>> {
    let kind = kind_of(&kind)?;
    let draft = ForetoldDraft { outcome: given.outcome, among: given.among };
    let segments = app.live()?.rules.segments().to_vec();
    checked(&draft, &segments)?;
    keep(&app, &caller, kind, Some(&draft)).await?;
    Ok(axum::Json(rows(&app, language).await?))
}

/// Goes back to the built-in outcome of a kind.
#[utoipa::path(delete, path = "/api/v1/foretold/{kind}", tag = "signs",
    responses((status = 200, body = ForetoldList)))]
pub(crate) async fn reset(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(kind): Path<String>,
) -> Answer<axum::Json<ForetoldList>> {
    keep(&app, &caller, kind_of(&kind)?, None).await?;
    Ok(axum::Json(rows(&app, language).await?))
}

async fn keep(
    app: &App,
    caller: &Caller,
    kind: SignKind,
    draft: Option<&ForetoldDraft>,
) -> Answer<()> {
    let json = serde_json::to_string(&draft).map_err(|why| ApiError::ours("an outcome", why))?;
    let now = app.clock.real_now().millis();
    app.registry.put_setting(&key(kind), &json, now).await?;
    app.registry.audit(&caller.name(), "foretold_changed", &key(kind), None, now).await?;
    Ok(())
}
