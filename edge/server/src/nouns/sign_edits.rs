//! One sign with its definition, and writing, switching off and bringing back signs.

use axum::extract::State;
use axum::http::StatusCode;
use registry::{NewDefinition, Origin};
use serde::{Deserialize, Serialize};
use signs::{SignDraft, SignFile};
use utoipa::ToSchema;

use crate::{
    host::{
        App,
        known_signs::{self, SIGN},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError, fault_said},
        language::Spoken,
        take::{Json, Path, Text},
    },
    nouns::{
        segment_files,
        segments::{Authors, OriginName, edit},
        signs::{SignRow, row},
        wire::Instant,
    },
};

/// One sign with its definition.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignShown {
    #[serde(flatten)]
    row: SignRow,
    /// The sign as it is written in a file.
    #[schema(value_type = Object)]
    definition: SignDraft,
    changed_at: Option<Instant>,
    changed_by: Option<String>,
}

/// A sign to write.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignBody {
    /// The sign as it is written in a file.
    #[schema(value_type = Object)]
    definition: SignDraft,
    /// The version that was changed, 0 for a recipe as it comes; needed for a change only.
    #[serde(default)]
    version: Option<i32>,
}

/// The versions of a sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignVersions {
    /// Newest first.
    versions: Vec<SignVersion>,
}

/// One version of a sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignVersion {
    version: i32,
    at: Instant,
    by: Option<String>,
    origin: OriginName,
    /// Whether the sign was switched off as of this version.
    retired: bool,
    /// The sign as it was written; null when it can no longer be read.
    #[schema(value_type = Option<Object>)]
    definition: Option<SignDraft>,
}

/// What became of a file of signs.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignsTaken {
    added: usize,
    changed: usize,
    unchanged: usize,
}

/// One sign with its definition.
#[utoipa::path(get, path = "/api/v1/signs/{id}", tag = "signs", responses((status = 200, body = SignShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SignShown>> {
    shown(&app, &caller, &id, language).await.map(axum::Json)
}

async fn shown(
    app: &App,
    caller: &Caller,
    id: &str,
    language: condition::Language,
) -> Answer<SignShown> {
    let authors = Authors::read(app).await?;
    let live = app.live()?;
    let known = live.catalogue.sign(id).ok_or_else(ApiError::not_found)?;
    let by =
        (0 < known.version).then(|| authors.person(&known.by).unwrap_or_else(|| known.by.clone()));
    Ok(SignShown {
        row: row(app, &live, (caller, &app.trust.counts()), known, language),
        definition: known.draft.clone(),
        changed_at: known.changed_at.map(Instant::of_millis),
        changed_by: by,
    })
}

/// Makes a sign.
#[utoipa::path(post, path = "/api/v1/signs", tag = "signs", request_body = SignBody,
    responses((status = 201, body = SignShown)))]
pub(crate) async fn make(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<SignBody>,
) -> Answer<(StatusCode, axum::Json<SignShown>)> {
    let id = given.definition.id.clone();
    if app.live()?.catalogue.sign(&id).is_some() {
        return Err(ApiError::conflict(
            format!("兆し `{id}` はすでにあります"),
            format!("there is a sign `{id}` already"),
        ));
    }
    write(&app, &caller, given.definition, None).await?;
    Ok((StatusCode::CREATED, axum::Json(shown(&app, &caller, &id, language).await?)))
}

/// Changes a sign: the version before stays.
#[utoipa::path(put, path = "/api/v1/signs/{id}", tag = "signs", request_body = SignBody,
    responses((status = 200, body = SignShown)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<SignBody>,
) -> Answer<axum::Json<SignShown>> {
    if app.live()?.catalogue.sign(&id).is_none() {
        return Err(ApiError::not_found());
    }
    if given.definition.id != id {
        return Err(ApiError::invalid("兆しの `id` は変えられません", "the `id` of a sign stays"));
    }
    let seen = given.version.ok_or_else(|| {
        ApiError::invalid("`version` がありません", "`version` is missing: the version you changed")
    })?;
    write(&app, &caller, given.definition, Some(seen).filter(|seen| 0 < *seen)).await?;
    shown(&app, &caller, &id, language).await.map(axum::Json)
}

/// Refuses a sign with faults, with an id that no address can spell, or one that does not go with what is there.
pub(crate) fn check(app: &App, draft: &SignDraft, others: &[SignDraft]) -> Answer<()> {
    if condition::SegmentId::new(&draft.id).is_none() {
        return Err(ApiError::invalid(
            "`id` は 1〜80 文字の英小文字・数字・`-`・`_` にしてください",
            "write `id` with 1 to 80 lower-case letters, digits, `-` and `_`",
        ));
    }
    let sign = draft
        .check()
        .map_err(|faults| ApiError::faults(faults.iter().map(fault_said).collect()))?;
    let live = app.live()?;
    let all = live.catalogue.conditions();
    let mut signs: Vec<signs::Sign> = known_signs::in_force(&live.catalogue.signs);
    signs.retain(|one| one.id != sign.id && others.iter().all(|other| other.id != one.id.0));
    signs.push(sign);
    known_signs::compiles(&signs, &all).map_err(|faults| {
        ApiError::invalid(
            "この兆しが使うセグメントがないか、互いに参照し合っています",
            format!("segments this sign refers to are missing or refer to each other: {faults:?}"),
        )
    })
}

pub(crate) fn definition(
    draft: &SignDraft,
    expected: Option<i32>,
    origin: Origin,
    by: &str,
) -> Answer<NewDefinition> {
    let body = serde_json::to_string(draft).map_err(|why| ApiError::ours("a sign", why))?;
    let (kind, id) = (SIGN.to_owned(), draft.id.clone());
    Ok(NewDefinition { kind, id, body, expected, origin, by: by.to_owned() })
}

async fn note(app: &App, by: &str, what: &str, id: &str) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(by, what, &format!("sign:{id}"), None, now).await?;
    Ok(())
}

async fn write(app: &App, caller: &Caller, draft: SignDraft, expected: Option<i32>) -> Answer<()> {
    let (origin, by) = (caller.origin(), caller.name());
    edit(app, async move |app| {
        check(&app, &draft, &[])?;
        let new = definition(&draft, expected, origin, &by)?;
        app.registry.put_definition(new, app.clock.now().millis()).await?;
        note(&app, &by, "sign_written", &draft.id).await
    })
    .await
}

/// Switches a sign off. Nothing is lost: it can be brought back.
#[utoipa::path(delete, path = "/api/v1/signs/{id}", tag = "signs", responses((status = 200, body = SignShown)))]
pub(crate) async fn retire(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SignShown>> {
    switch(&app, &caller, &id, true).await?;
    shown(&app, &caller, &id, language).await.map(axum::Json)
}

/// Brings a sign back that was switched off.
#[utoipa::path(post, path = "/api/v1/signs/{id}/restore", tag = "signs", responses((status = 200, body = SignShown)))]
pub(crate) async fn restore(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SignShown>> {
    switch(&app, &caller, &id, false).await?;
    shown(&app, &caller, &id, language).await.map(axum::Json)
}

async fn switch(app: &App, caller: &Caller, id: &str, off: bool) -> Answer<()> {
    let (own, by, id) = (caller.origin(), caller.name(), id.to_owned());
    edit(app, async move |app| {
        let (draft, version, origin) = {
            let live = app.live()?;
            let known = live.catalogue.sign(&id).ok_or_else(ApiError::not_found)?;
            // A recipe that was only switched is still the recipe.
            let origin = if known.origin == Origin::BuiltIn { Origin::BuiltIn } else { own };
            (known.draft.clone(), known.version, origin)
        };
        let now = app.clock.now().millis();
        if !off {
            check(&app, &draft, &[])?;
        }
        if version == 0 {
            // A recipe that nobody has changed is not in the registry yet.
            let new = definition(&draft, None, origin, &by)?;
            app.registry.put_definition(new, now).await?;
        }
        match off {
            true => app.registry.retire_definition(SIGN, &id, origin, &by, now).await?,
            false => app.registry.restore_definition(SIGN, &id, origin, &by, now).await?,
        };
        note(&app, &by, if off { "sign_switched_off" } else { "sign_switched_on" }, &id).await
    })
    .await
}

/// The versions of a sign, newest first; none for a recipe that nobody has changed.
#[utoipa::path(get, path = "/api/v1/signs/{id}/versions", tag = "signs",
    responses((status = 200, body = SignVersions)))]
pub(crate) async fn versions(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Answer<axum::Json<SignVersions>> {
    if app.live()?.catalogue.sign(&id).is_none() {
        return Err(ApiError::not_found());
    }
    let authors = Authors::read(&app).await?;
    let history = app.registry.definition_history(SIGN, &id).await?.into_iter();
    let versions = history.map(|one| SignVersion {
        version: one.version,
        at: Instant::of_millis(one.created_at),
        by: authors.person(&one.by),
        origin: one.origin.into(),
        retired: one.retired,
        definition: serde_json::from_str(&one.body).ok(),
    });
    Ok(axum::Json(SignVersions { versions: versions.collect() }))
}

/// Takes in a file of signs, YAML or JSON: all of it, or nothing.
#[utoipa::path(post, path = "/api/v1/signs/files", tag = "signs",
    request_body(content = String, description = "YAML or JSON", content_type = "text/plain"),
    responses((status = 200, body = SignsTaken)))]
pub(crate) async fn take_file(
    State(app): State<App>,
    caller: Caller,
    Text(text): Text,
) -> Answer<axum::Json<SignsTaken>> {
    let file: SignFile = segment_files::read(&text)?;
    if !file.foretold.is_empty() {
        return Err(ApiError::invalid(
            "`foretold` は兆しのページか `PUT /foretold/{kind}` で変えてください",
            "change `foretold` on the page of a sign or by `PUT /foretold/{kind}`",
        ));
    }
    let (tell, told) = tokio::sync::oneshot::channel();
    let by = caller.name();
    edit(&app, async move |app| {
        let mut new = vec![];
        let mut taken = SignsTaken { added: 0, changed: 0, unchanged: 0 };
        for draft in &file.signs {
            check(&app, draft, &file.signs)?;
            let live = app.live()?;
            let expected = match live.catalogue.sign(&draft.id) {
                Some(known) if known.draft == *draft && !known.retired => {
                    taken.unchanged += 1;
                    continue;
                }
                Some(known) => {
                    taken.changed += 1;
                    Some(known.version).filter(|version| 0 < *version)
                }
                None => {
                    taken.added += 1;
                    None
                }
            };
            new.push(definition(draft, expected, Origin::File, &by)?);
        }
        let n = new.len();
        app.registry.put_definitions(new, app.clock.now().millis()).await?;
        note(&app, &by, "sign_file_taken", &n.to_string()).await?;
        let _ = tell.send(taken);
        Ok(())
    })
    .await?;
    told.await.map(axum::Json).map_err(|why| ApiError::ours("a file of signs", why))
}
