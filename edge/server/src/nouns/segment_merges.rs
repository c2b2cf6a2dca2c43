//! Two segments become one: one stays, the other goes out of use, and what referred to it refers to the one that stays.
//!
//! ```text
//!   a ◀── x       merge a into b        b ◀── x
//!   b ◀── y      ───────────────▶       b ◀── y        a is out of use; nothing is lost, and it can be undone
//! ```

use ::segments::{SegmentDraft, check_all};
use axum::extract::State;
use condition::{Language, SegmentId};
use registry::NewDefinition;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use signs::SignDraft;
use utoipa::ToSchema;

use crate::{
    host::{
        App, Live,
        catalogue::{Catalogue, Known, SEGMENT},
        known_signs::SIGN,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        segment_files::{Comparing, FileRow, faults_of_file},
        segment_uses::Uses,
        segments::{definition, edit},
        sign_edits,
        why::SegmentName,
        wire::{Instant, Moved},
    },
};

/// Which segment stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MergeInto {
    /// The id of the segment that stays.
    into: String,
}

/// What merging a segment into another would change.
#[derive(Serialize, ToSchema)]
pub(crate) struct MergeCompared {
    as_of: Instant,
    /// The one that goes out of use.
    gone: SegmentName,
    /// The one that stays.
    kept: SegmentName,
    /// How many are in both.
    both: u64,
    /// Who is only in the one that goes, and is in neither afterwards.
    only_gone: Moved,
    /// Who is only in the one that stays.
    only_kept: Moved,
    /// The segments that refer to the one that goes, and those that refer to these, with who comes and goes in each.
    segments: Vec<FileRow>,
    /// The signs that refer to it.
    signs: Vec<SegmentName>,
}

/// A merge that was done, by which it can be undone.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Merged {
    /// The one that went out of use.
    gone: Rewritten,
    /// The segments that refer to the other now.
    segments: Vec<Rewritten>,
    /// The signs that refer to the other now.
    signs: Vec<Rewritten>,
}

/// A definition with a new version.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rewritten {
    id: String,
    /// The version it had.
    before: i32,
    /// The version it has.
    version: i32,
}

/// Says what merging a segment into another would change, and changes nothing.
#[utoipa::path(post, path = "/api/v1/segments/{id}/merge/compare", tag = "segments",
    request_body = MergeInto, responses((status = 200, body = MergeCompared)))]
pub(crate) async fn compare(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<MergeInto>,
) -> Answer<axum::Json<MergeCompared>> {
    let (merge, comparing, members, names) = {
        let live = app.live()?;
        let merge = Merge::of(&live.catalogue, &id, &given.into)?;
        let scope = live.scope(&caller);
        let members = [&merge.gone, &merge.kept].map(|id| {
            let number = live.rules.segment(id);
            number.map_or_else(RoaringBitmap::new, |number| scope.of(live.engine.members(number)))
        });
        let drafts = merge.segments.iter().map(|(draft, _)| draft.clone()).collect();
        let comparing = Comparing::new(&live, drafts, (scope, live.at, language))?;
        let names = merge.names(&live, language);
        (merge, comparing, members, names)
    };
    let ((gone, kept), [in_gone, in_kept]) = (names, members);
    let signs = merge.signs.iter().map(|(draft, _)| SegmentName {
        id: draft.id.clone(),
        name: draft.name.get(language).to_owned(),
    });
    let signs = signs.collect();
    let compared = app.ask(move |app, gone| comparing.run(app, gone)).await?;
    Ok(axum::Json(MergeCompared {
        as_of: compared.as_of,
        gone,
        kept,
        both: in_gone.intersection_len(&in_kept),
        only_gone: Moved::of(&app, &(&in_gone - &in_kept))?,
        only_kept: Moved::of(&app, &(in_kept - in_gone))?,
        segments: compared.rows,
        signs,
    }))
}

/// Merges a segment into another: what refers to it refers to the other from now on, and it goes out of use.
#[utoipa::path(post, path = "/api/v1/segments/{id}/merge", tag = "segments",
    request_body = MergeInto, responses((status = 200, body = Merged)))]
pub(crate) async fn merge(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(given): Json<MergeInto>,
) -> Answer<axum::Json<Merged>> {
    let (tell, told) = tokio::sync::oneshot::channel();
    edit(&app, async move |app| {
        let merge = Merge::of(&app.live()?.catalogue, &id, &given.into)?;
        merge.check(&app).await?;
        let _ = tell.send(merge.write(&app, &caller).await?);
        Ok(())
    })
    .await?;
    told.await.map(axum::Json).map_err(|why| ApiError::ours("a merge", why))
}

/// Undoes a merge: everything says again what it said before. Refused when one of them was changed since.
#[utoipa::path(post, path = "/api/v1/segments/merges/undo", tag = "segments",
    request_body = Merged, responses((status = 204)))]
pub(crate) async fn undo(
    State(app): State<App>,
    caller: Caller,
    Json(merged): Json<Merged>,
) -> Answer<axum::http::StatusCode> {
    edit(&app, async move |app| {
        let mut new = vec![];
        for one in merged.segments.iter().chain([&merged.gone]) {
            new.push(as_before(&app, &caller, SEGMENT, one).await?);
        }
        for one in &merged.signs {
            new.push(as_before(&app, &caller, SIGN, one).await?);
        }
        let now = app.clock.now();
        app.registry.put_definitions(new, now.millis()).await?;
        audit(&app, &caller, "segment_merge_undone", &merged.gone.id, None).await
    })
    .await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}

/// What a definition said before, as its newest version.
async fn as_before(
    app: &App,
    caller: &Caller,
    kind: &str,
    one: &Rewritten,
) -> Answer<NewDefinition> {
    let before = app.registry.definition_at(kind, &one.id, one.before).await?;
    let body = before.ok_or_else(ApiError::not_found)?.body;
    Ok(NewDefinition {
        kind: kind.to_owned(),
        id: one.id.clone(),
        body,
        expected: Some(one.version),
        origin: caller.origin(),
        by: caller.name(),
    })
}

async fn audit(app: &App, caller: &Caller, what: &str, id: &str, into: Option<&str>) -> Answer<()> {
    let (now, on) = (app.clock.real_now().millis(), format!("segment:{id}"));
    app.registry.audit(&caller.name(), what, &on, into, now).await?;
    Ok(())
}

/// A merge that may be done: the drafts that refer to the one that stays, each with the version it has.
struct Merge {
    gone: SegmentId,
    kept: SegmentId,
    out_of_use: (SegmentDraft, i32),
    segments: Vec<(SegmentDraft, i32)>,
    signs: Vec<(SignDraft, i32)>,
}

impl Merge {
    fn of(catalogue: &Catalogue, gone: &str, kept: &str) -> Answer<Merge> {
        let (at_gone, at_kept) = (in_use(catalogue, gone)?, in_use(catalogue, kept)?);
        let gone = SegmentId::new(gone).ok_or_else(ApiError::not_found)?;
        let kept = SegmentId::new(kept).ok_or_else(ApiError::not_found)?;
        if gone == kept {
            return Err(ApiError::invalid(
                "同じセグメントです。別のセグメントを選んでください",
                "these are the same segment; choose another",
            ));
        }
        if at_kept.draft.condition.segment_paths().iter().any(|(_, id)| *id == gone) {
            return Err(built_on(catalogue, &kept, &gone));
        }
        let refers = |known: &&Known| {
            let paths = known.draft.condition.segment_paths();
            !known.retired && paths.iter().any(|(_, id)| *id == gone)
        };
        let segments = catalogue.all.values().filter(refers).map(|known| {
            let condition = known.draft.condition.about(&gone, &kept);
            (SegmentDraft { condition, ..known.draft.clone() }, known.version)
        });
        let mut signs = vec![];
        for sign in catalogue.signs.iter().filter(|one| !one.retired && 0 < one.version) {
            let draft = sign_about(&sign.draft, &gone, &kept);
            if draft != sign.draft {
                signs.push((draft, sign.version));
            }
        }
        Ok(Merge {
            segments: segments.collect(),
            signs,
            out_of_use: (at_gone.draft.clone(), at_gone.version),
            gone,
            kept,
        })
    }

    fn names(&self, live: &Live, language: Language) -> (SegmentName, SegmentName) {
        let name = |id: &SegmentId| SegmentName {
            id: id.to_string(),
            name: live.catalogue.name(id, language).unwrap_or_else(|| id.to_string()),
        };
        (name(&self.gone), name(&self.kept))
    }

    /// Whether everything can still be evaluated afterwards.
    async fn check(&self, app: &App) -> Answer<()> {
        let drafts: Vec<SegmentDraft> =
            self.segments.iter().map(|(draft, _)| draft.clone()).collect();
        let mut others = app.live()?.catalogue.conditions();
        others.retain(|(id, _)| *id != self.gone);
        check_all(&drafts, &others).map_err(faults_of_file)?;
        let signs: Vec<SignDraft> = self.signs.iter().map(|(draft, _)| draft.clone()).collect();
        signs.iter().try_for_each(|sign| sign_edits::check(app, sign, &signs))?;
        // What a model has learnt of one segment cannot be learnt of another by renaming it.
        Uses::read(app).await?.refuse(self.gone.as_str())
    }

    async fn write(self, app: &App, caller: &Caller) -> Answer<Merged> {
        let (by, origin, now) = (caller.name(), caller.origin(), app.clock.now());
        let mut new = vec![];
        for (draft, version) in &self.segments {
            new.push(definition(draft, Some(*version), origin, &by)?);
        }
        for (draft, version) in &self.signs {
            new.push(sign_edits::definition(draft, Some(*version), origin, &by)?);
        }
        let gone = definition(&self.out_of_use.0, Some(self.out_of_use.1), origin, &by)?;
        let versions = app.registry.replace_definitions(new, vec![gone], now.millis()).await?;
        let (id, into) = (self.gone.as_str(), self.kept.as_str());
        audit(app, caller, "segment_merged", id, Some(into)).await?;
        let mut versions = versions.into_iter();
        let mut rewritten = |id: &str, before: i32| {
            let version = versions.next();
            let version = version.ok_or_else(|| ApiError::ours("a merge", "a version is missing"));
            version.map(|version| Rewritten { id: id.to_owned(), before, version })
        };
        let mut segments = vec![];
        for (draft, before) in &self.segments {
            segments.push(rewritten(&draft.id, *before)?);
        }
        let mut signs = vec![];
        for (draft, before) in &self.signs {
            signs.push(rewritten(&draft.id, *before)?);
        }
        let gone = rewritten(self.gone.as_str(), self.out_of_use.1)?;
        Ok(Merged { gone, segments, signs })
    }
}

/// A segment that is in use.
fn in_use<'c>(catalogue: &'c Catalogue, id: &str) -> Answer<&'c Known> {
    catalogue.all.get(id).filter(|known| !known.retired).ok_or_else(ApiError::not_found)
}

fn built_on(catalogue: &Catalogue, kept: &SegmentId, gone: &SegmentId) -> ApiError {
    let name = |id, language| catalogue.name(id, language).unwrap_or_default();
    let (ja, en) = (Language::Ja, Language::En);
    ApiError::conflict(
        format!(
            "「{}」の条件は「{}」を使っています。残す方を逆にするか、先に条件を変えてください",
            name(kept, ja),
            name(gone, ja)
        ),
        format!(
            "“{}” is built on “{}”; let the other stay, or change its condition first",
            name(kept, en),
            name(gone, en)
        ),
    )
}

/// A sign with all it says of one segment said of another.
fn sign_about(draft: &SignDraft, one: &SegmentId, other: &SegmentId) -> SignDraft {
    let mut draft = draft.clone();
    let parts = draft.parts.iter_mut().map(|part| &mut part.condition);
    for condition in parts.chain(&mut draft.requires).chain(&mut draft.outcome) {
        *condition = condition.about(one, other);
    }
    draft
}
