//! Models: what is to be foretold, learning it in the background, the card of the last run, and who is like whom.

mod card;
pub(crate) mod prospects;

use axum::{extract::State, http::StatusCode};
use condition::{Language, Said, SegmentId, label_of_event};
use lessons::Outcome;
use registry::NewDefinition;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError, speak},
        language::Spoken,
        take::{Json, Path},
    },
    models::{Learn, MODEL, ModelDraft, Progress, Stage, begin, card_of, weights_of},
    nouns::segments::Names,
};

use self::card::{CardBody, card_body};

/// Every model.
#[derive(Serialize, ToSchema)]
pub(crate) struct Models {
    models: Vec<ModelRow>,
}

/// One model.
#[derive(Serialize, ToSchema)]
pub(crate) struct ModelRow {
    id: String,
    name: String,
    names: Names,
    learn: LearnBody,
    /// What is foretold, as a sentence.
    sentence: String,
    horizon_days: u32,
    seed: u64,
    version: i32,
    /// The condition leaf that asks for its score.
    score: String,
    progress: Option<ModelProgress>,
    /// Why the last run came to nothing.
    refused: Option<String>,
    card: Option<CardBody>,
}

/// How far a run is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ModelProgress {
    stage: StageName,
    done: u64,
    of: u64,
}

/// What a run is at.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StageName {
    Waiting,
    Reading,
    Learning,
    Scoring,
    Writing,
}

/// What is learnt.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum LearnBody {
    /// How likely an event of a name happens, with a property of a value where one is named.
    Happens {
        event: String,
        #[serde(default)]
        property: Option<String>,
        #[serde(default)]
        value: Option<String>,
    },
    /// How likely no event of a name happens, of those who had one in so many days.
    Stops { event: String, active_days: u32 },
    /// Who is like the members of a segment.
    Lookalike { segment: String },
    /// How much customers will buy.
    Value { event: String, amount: String },
}

/// A model to write.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelBody {
    #[serde(default)]
    names: Option<Names>,
    learn: LearnBody,
    /// For how many days ahead, 1 to 730.
    horizon_days: u32,
    #[serde(default)]
    seed: Option<u64>,
}

impl From<Progress> for ModelProgress {
    fn from(progress: Progress) -> ModelProgress {
        let stage = match progress.stage {
            Stage::Waiting => StageName::Waiting,
            Stage::Reading => StageName::Reading,
            Stage::Learning => StageName::Learning,
            Stage::Scoring => StageName::Scoring,
            Stage::Writing => StageName::Writing,
        };
        ModelProgress { stage, done: progress.done, of: progress.of }
    }
}

impl From<LearnBody> for Learn {
    fn from(body: LearnBody) -> Learn {
        match body {
            LearnBody::Happens { event, property, value } => {
                Learn::Propensity { outcome: Outcome::Happens { event, property, value } }
            }
            LearnBody::Stops { event, active_days } => {
                Learn::Propensity { outcome: Outcome::Stops { event, active_days } }
            }
            LearnBody::Lookalike { segment } => Learn::Lookalike { segment },
            LearnBody::Value { event, amount } => Learn::Value { event, amount },
        }
    }
}

impl From<&Learn> for LearnBody {
    fn from(learn: &Learn) -> LearnBody {
        match learn.clone() {
            Learn::Propensity { outcome: Outcome::Happens { event, property, value } } => {
                LearnBody::Happens { event, property, value }
            }
            Learn::Propensity { outcome: Outcome::Stops { event, active_days } } => {
                LearnBody::Stops { event, active_days }
            }
            Learn::Lookalike { segment } => LearnBody::Lookalike { segment },
            Learn::Value { event, amount } => LearnBody::Value { event, amount },
        }
    }
}

/// The models in use.
pub(crate) async fn drafts(app: &App) -> Answer<Vec<(ModelDraft, i32)>> {
    let all = app.registry.definitions(MODEL).await?.into_iter();
    let read = all.filter(|one| !one.retired).filter_map(|one| {
        let draft = serde_json::from_str(&one.body);
        draft
            .inspect_err(|why| tracing::error!(id = one.id, %why, "a model is unreadable"))
            .ok()
            .map(|draft| (draft, one.version))
    });
    Ok(read.collect())
}

async fn draft(app: &App, id: &str) -> Answer<(ModelDraft, i32)> {
    let all = drafts(app).await?.into_iter();
    all.into_iter().find(|(draft, _)| draft.id == id).ok_or_else(ApiError::not_found)
}

/// Every model with the card of its last run.
#[utoipa::path(get, path = "/api/v1/models", tag = "models", responses((status = 200, body = Models)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Models>> {
    let mut models = vec![];
    for one in drafts(&app).await? {
        models.push(row(&app, one, language).await?);
    }
    Ok(axum::Json(Models { models }))
}

/// One model.
#[utoipa::path(get, path = "/api/v1/models/{id}", tag = "models", responses((status = 200, body = ModelRow)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<ModelRow>> {
    let found = draft(&app, &id).await?;
    row(&app, found, language).await.map(axum::Json)
}

/// Writes a model, new or changed. It is learnt when it is asked to be.
#[utoipa::path(put, path = "/api/v1/models/{id}", tag = "models", request_body = ModelBody,
    responses((status = 200, body = ModelRow)))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<ModelBody>,
) -> Answer<axum::Json<ModelRow>> {
    if SegmentId::new(&id).is_none() {
        return Err(ApiError::invalid(
            "id は英小文字・数字・ハイフン・下線の 1〜80 文字にしてください",
            "write the id in 1 to 80 lower-case letters, digits, `-` and `_`",
        ));
    }
    let learn = Learn::from(given.learn);
    check(&app, &id, &learn, given.horizon_days)?;
    let names = given.names.map(|names| names.said()).unwrap_or_default();
    let draft = ModelDraft {
        id: id.clone(),
        name: names,
        learn,
        horizon_days: given.horizon_days,
        seed: given.seed.unwrap_or(1),
    };
    let expected =
        app.registry.definition_history(MODEL, &id).await?.first().map(|last| last.version);
    let body = serde_json::to_string(&draft).map_err(|why| ApiError::ours("a model", why))?;
    let (origin, by) = (caller.origin(), caller.name());
    let new = NewDefinition { kind: MODEL.to_owned(), id: id.clone(), body, expected, origin, by };
    app.registry.put_definition(new, app.clock.now().millis()).await?;
    note(&app, &caller, "model_written", &id).await?;
    show(State(app), Spoken(language), Path(id)).await
}

fn check(app: &App, id: &str, learn: &Learn, horizon_days: u32) -> Answer<()> {
    if !(1..=730).contains(&horizon_days) {
        return Err(ApiError::invalid(
            "予測する日数は 1〜730 にしてください",
            "write 1 to 730 days ahead",
        ));
    }
    let live = app.live()?;
    if live.rules.signs().iter().any(|rule| rule.sign.id.0 == id) {
        return Err(ApiError::invalid(
            "この id は兆しが使っています。別の id にしてください",
            "a sign has this id; choose another",
        ));
    }
    if let Learn::Lookalike { segment } = learn {
        let known = SegmentId::new(segment).and_then(|id| live.rules.segment(&id));
        known.ok_or_else(|| {
            ApiError::invalid("そのセグメントは使われていません", "this segment is not in use")
        })?;
    }
    Ok(())
}

async fn note(app: &App, caller: &Caller, what: &str, id: &str) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), what, &format!("model:{id}"), None, now).await?;
    Ok(())
}

/// Takes a model out of use. Its scores stay as facts of their time.
#[utoipa::path(delete, path = "/api/v1/models/{id}", tag = "models", responses((status = 204)))]
pub(crate) async fn retire(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    draft(&app, &id).await?;
    app.runs.cancel(&id);
    let (origin, by) = (caller.origin(), caller.name());
    let now = app.clock.now().millis();
    app.registry.retire_definition(MODEL, &id, origin, &by, now).await?;
    note(&app, &caller, "model_retired", &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins to learn a model and to score everybody, in the background.
#[utoipa::path(post, path = "/api/v1/models/{id}/learn", tag = "models",
    responses((status = 202, body = ModelRow)))]
pub(crate) async fn learn(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<(StatusCode, axum::Json<ModelRow>)> {
    let found = draft(&app, &id).await?;
    app.live()?;
    begin(&app, found.0.clone(), caller.name());
    note(&app, &caller, "model_learnt", &id).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(row(&app, found, language).await?)))
}

/// Stops learning; what was there before stays.
#[utoipa::path(post, path = "/api/v1/models/{id}/cancel", tag = "models",
    responses((status = 200, body = ModelRow)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<ModelRow>> {
    let found = draft(&app, &id).await?;
    app.runs.cancel(&id);
    row(&app, found, language).await.map(axum::Json)
}

async fn row(
    app: &App,
    (draft, version): (ModelDraft, i32),
    language: Language,
) -> Answer<ModelRow> {
    let id = draft.id.clone();
    // Before the card: a run that has ended by now has written its card by then.
    let progress = app.runs.progress(&id).map(ModelProgress::from);
    let card = match card_of(app, &id).await? {
        Some((card, learnt_at)) => {
            let gaze = weights_of(app, &id).await?.map(|weights| weights.gaze).unwrap_or_default();
            Some(card_body(&card, learnt_at, &gaze, language))
        }
        None => None,
    };
    let sentence = sentence(app, &draft, language)?;
    let name = draft.name.get(language);
    Ok(ModelRow {
        name: if name.is_empty() { sentence.clone() } else { name.to_owned() },
        names: Names::of(&draft.name),
        learn: LearnBody::from(&draft.learn),
        sentence,
        horizon_days: draft.horizon_days,
        seed: draft.seed,
        version,
        score: format!("score:{id}"),
        progress,
        refused: app.runs.refused(&id).map(|said: Said| speak(&said, language)),
        card,
        id,
    })
}

fn sentence(app: &App, draft: &ModelDraft, language: Language) -> Answer<String> {
    let days = draft.horizon_days;
    let event = |name: &str| label_of_event(name, language);
    let segment = |id: &str| -> Answer<String> {
        let live = app.live()?;
        let name = SegmentId::new(id).and_then(|id| live.catalogue.name(&id, language));
        Ok(name.unwrap_or_else(|| id.to_owned()))
    };
    Ok(match (&draft.learn, language) {
        (Learn::Propensity { outcome: Outcome::Happens { event: name, value, .. } }, language) => {
            let which = value.as_ref().map(|value| match language {
                Language::Ja => format!("（{value}）"),
                Language::En => format!(" ({value})"),
            });
            let which = which.unwrap_or_default();
            match language {
                Language::Ja => format!("{days}日以内に{}{which}がある見込み", event(name)),
                Language::En => format!("“{}”{which} within {days} days", event(name)),
            }
        }
        (Learn::Propensity { outcome: Outcome::Stops { event: name, active_days } }, language) => {
            match language {
                Language::Ja => format!(
                    "直近{active_days}日に{}のあった方が、{days}日間一度もしない見込み",
                    event(name)
                ),
                Language::En => format!(
                    "no “{}” for {days} days, of those with one in the last {active_days}",
                    event(name)
                ),
            }
        }
        (Learn::Lookalike { segment: id }, Language::Ja) => {
            format!("「{}」に似ている度合い", segment(id)?)
        }
        (Learn::Lookalike { segment: id }, Language::En) => {
            format!("likeness to “{}”", segment(id)?)
        }
        (Learn::Value { event: name, .. }, Language::Ja) => {
            format!("{days}日間の{}の見込み額", event(name))
        }
        (Learn::Value { event: name, .. }, Language::En) => {
            format!("value of “{}” in {days} days", event(name))
        }
    })
}
