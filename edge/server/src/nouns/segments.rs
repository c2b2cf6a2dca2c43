//! Segments: the list, one of them, and writing, retiring and restoring them.

use ::segments::{Golden, SegmentDraft, SegmentFault, check_all};
use axum::extract::State;
use axum::http::StatusCode;
use condition::{Draft, Language, Said, SegmentId, say_condition};
use registry::{NewDefinition, Origin};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

use crate::{
    host::{
        App, Live, Scope,
        catalogue::{Catalogue, Known, SEGMENT},
        speaking,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault, fault_said, speak},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{segment_uses::Uses, wire::Instant},
};

/// All segments, with how many are in each.
#[derive(Serialize, ToSchema)]
pub(crate) struct Segments {
    as_of: Instant,
    segments: Vec<SegmentRow>,
}

/// One segment in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct SegmentRow {
    id: String,
    name: String,
    /// The condition as a sentence.
    sentence: String,
    /// Whom it is about: `customers`.
    about: &'static str,
    /// How many are in, of those the caller may see. Exact.
    count: u64,
    version: i32,
    golden: Option<GoldenName>,
    purpose: Option<String>,
    next_action: Option<String>,
    /// Who answers for it.
    owner: Option<String>,
    /// The day by which it is to be looked at again, such as `2027-03-01`.
    review_on: Option<String>,
    /// The day on which it was looked at last.
    reviewed_on: Option<String>,
    /// Whether the day by which it is to be looked at again is over.
    review_overdue: bool,
    origin: OriginName,
    /// When its current version was written.
    changed_at: Instant,
    /// Who wrote it: the name of a person; null for files and programs.
    changed_by: Option<String>,
    /// The segments that refer to this one.
    used_by: Vec<String>,
    /// How many are in now who were not seven days before.
    entered_7d: u64,
    /// How many were in seven days before who are not now.
    left_7d: u64,
    /// How many were in at the end of each of the last 14 days, oldest first, and now. Null until that is counted, and
    /// for those who see own customers only.
    sparkline: Option<Vec<u64>>,
    /// Why it is not evaluated, if it is not.
    faults: Vec<Fault>,
    retired: bool,
}

/// One segment with its condition.
#[derive(Serialize, ToSchema)]
pub(crate) struct SegmentDetail {
    #[serde(flatten)]
    row: SegmentRow,
    names: Names,
    #[schema(value_type = Object)]
    condition: Draft,
    as_of: Instant,
    created_at: Instant,
}

/// A name in both languages.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Names {
    #[serde(default)]
    ja: String,
    #[serde(default)]
    en: String,
}

impl Names {
    /// The names without blanks around them.
    pub(crate) fn said(&self) -> Said {
        Said::new(self.ja.trim(), self.en.trim())
    }

    pub(crate) fn of(name: &Said) -> Names {
        Names { ja: name.ja.clone(), en: name.en.clone() }
    }
}

/// The four golden segments.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GoldenName {
    Loyal,
    HighPotential,
    AtRisk,
    Lookalike,
}

/// Where a definition came from.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OriginName {
    File,
    Api,
    Page,
    BuiltIn,
}

/// A segment to write.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SegmentBody {
    /// Made from the name when left out.
    #[serde(default)]
    id: Option<String>,
    names: Names,
    #[serde(default)]
    purpose: Option<String>,
    #[serde(default)]
    next_action: Option<String>,
    #[serde(default)]
    golden: Option<GoldenName>,
    /// Who answers for it: a person or a team.
    #[serde(default)]
    owner: Option<String>,
    /// The day by which it is to be looked at again, such as `2027-03-01`.
    #[serde(default)]
    review_on: Option<String>,
    /// The condition, in the language of conditions.
    #[schema(value_type = Object)]
    condition: Draft,
    /// The version that was changed; needed for a change only.
    #[serde(default)]
    version: Option<i32>,
}

impl From<Golden> for GoldenName {
    fn from(golden: Golden) -> GoldenName {
        match golden {
            Golden::Loyal => GoldenName::Loyal,
            Golden::HighPotential => GoldenName::HighPotential,
            Golden::AtRisk => GoldenName::AtRisk,
            Golden::Lookalike => GoldenName::Lookalike,
        }
    }
}

impl From<GoldenName> for Golden {
    fn from(golden: GoldenName) -> Golden {
        match golden {
            GoldenName::Loyal => Golden::Loyal,
            GoldenName::HighPotential => Golden::HighPotential,
            GoldenName::AtRisk => Golden::AtRisk,
            GoldenName::Lookalike => Golden::Lookalike,
        }
    }
}

impl From<Origin> for OriginName {
    fn from(origin: Origin) -> OriginName {
        match origin {
            Origin::File => OriginName::File,
            Origin::Api => OriginName::Api,
            Origin::Page => OriginName::Page,
            Origin::BuiltIn => OriginName::BuiltIn,
        }
    }
}

/// All segments, retired ones too.
#[utoipa::path(get, path = "/api/v1/segments", tag = "segments", responses((status = 200, body = Segments)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Segments>> {
    let authors = Authors::read(&app).await?;
    let live = app.live()?;
    let rows = live
        .catalogue
        .all
        .iter()
        .map(|(id, known)| row(&app, &live, (&caller, &authors), (id, known), language));
    Ok(axum::Json(Segments { as_of: live.at.into(), segments: rows.collect() }))
}

/// The names of those who wrote definitions.
pub(crate) struct Authors(HashMap<String, String>);

impl Authors {
    pub(crate) async fn read(app: &App) -> Answer<Authors> {
        let people = app.registry.people().await?.into_iter();
        Ok(Authors(people.map(|one| (format!("person:{}", one.id), one.name)).collect()))
    }

    /// The name of a person; none for programs and files.
    pub(crate) fn person(&self, by: &str) -> Option<String> {
        self.0.get(by).cloned()
    }
}

fn row(
    app: &App,
    live: &Live,
    (caller, authors): (&Caller, &Authors),
    (id, known): (&str, &Known),
    language: Language,
) -> SegmentRow {
    let scope = live.scope(caller);
    let number = SegmentId::new(id).and_then(|id| live.rules.segment(&id));
    let (mut count, mut entered, mut left) = (0, 0, 0);
    if let Some(number) = number {
        let members = scope.of(live.engine.members(number));
        let before = live.week_ago.segments.get(number).map(|before| scope.of(before));
        let before = before.unwrap_or_default();
        count = members.len();
        entered = members.difference_len(&before);
        left = before.difference_len(&members);
    }
    let sentence = known.segment.as_ref().map_or_else(String::new, |segment| {
        speaking(&live.catalogue, &app.calendar, app.clock.now(), language, |speaker| {
            say_condition(&segment.condition, language, &speaker.words)
        })
    });
    let faults = known.faults.iter().map(|fault| {
        let (path, message) = fault_said(fault);
        Fault { path, message: speak(&message, language) }
    });
    let name = known.draft.name.get(language);
    SegmentRow {
        id: id.to_owned(),
        name: if name.is_empty() { id.to_owned() } else { name.to_owned() },
        sentence,
        about: "customers",
        count,
        version: known.version,
        golden: known.draft.golden.map(GoldenName::from),
        purpose: known.draft.purpose.clone(),
        next_action: known.draft.next_action.clone(),
        owner: known.draft.owner.clone(),
        review_overdue: known.draft.is_overdue(app.calendar.date(app.clock.now())),
        review_on: known.draft.review_on.clone(),
        reviewed_on: known.draft.reviewed_on.clone(),
        origin: known.origin.into(),
        changed_at: Instant::of_millis(known.changed_at),
        changed_by: authors.person(&known.by),
        used_by: live.catalogue.used_by(id),
        entered_7d: entered,
        left_7d: left,
        sparkline: number.filter(|_| matches!(scope, Scope::All)).and_then(|number| {
            let counted = app.recent_sizes(&live.rules, app.clock.now())?;
            Some(counted.of(number).iter().copied().chain([count]).collect())
        }),
        faults: faults.collect(),
        retired: known.retired,
    }
}

/// One segment.
#[utoipa::path(get, path = "/api/v1/segments/{id}", tag = "segments",
    responses((status = 200, body = SegmentDetail)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SegmentDetail>> {
    detail(&app, &caller, &id, language).await
}

pub(crate) async fn detail(
    app: &App,
    caller: &Caller,
    id: &str,
    language: Language,
) -> Answer<axum::Json<SegmentDetail>> {
    let authors = Authors::read(app).await?;
    let history = app.registry.definition_history(SEGMENT, id).await?;
    let first = history.last().ok_or_else(ApiError::not_found)?.created_at;
    let live = app.live()?;
    let known = live.catalogue.all.get(id).ok_or_else(ApiError::not_found)?;
    Ok(axum::Json(SegmentDetail {
        row: row(app, &live, (caller, &authors), (id, known), language),
        names: Names::of(&known.draft.name),
        condition: known.draft.condition.clone(),
        as_of: live.at.into(),
        created_at: Instant::of_millis(first),
    }))
}

/// Makes a segment.
#[utoipa::path(post, path = "/api/v1/segments", tag = "segments", request_body = SegmentBody,
    responses((status = 201, body = SegmentDetail)))]
pub(crate) async fn make(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<SegmentBody>,
) -> Answer<(StatusCode, axum::Json<SegmentDetail>)> {
    let names = Said::new(given.names.ja.trim(), given.names.en.trim());
    let id = match &given.id {
        Some(id) => id.clone(),
        None => free_id(&app.live()?.catalogue, &names),
    };
    write(&app, &caller, id.clone(), given, None).await?;
    Ok((StatusCode::CREATED, detail(&app, &caller, &id, language).await?))
}

/// Changes a segment.
#[utoipa::path(put, path = "/api/v1/segments/{id}", tag = "segments", request_body = SegmentBody,
    responses((status = 200, body = SegmentDetail)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<SegmentBody>,
) -> Answer<axum::Json<SegmentDetail>> {
    if !app.live()?.catalogue.all.contains_key(&id) {
        return Err(ApiError::not_found());
    }
    let seen = given.version.ok_or_else(|| {
        ApiError::invalid("`version` がありません", "`version` is missing: the version you changed")
    })?;
    write(&app, &caller, id.clone(), given, Some(seen)).await?;
    detail(&app, &caller, &id, language).await
}

async fn write(
    app: &App,
    caller: &Caller,
    id: String,
    given: SegmentBody,
    expected: Option<i32>,
) -> Answer<()> {
    let SegmentBody { names, purpose, next_action, golden, owner, review_on, condition, .. } =
        given;
    let said = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let mut draft = SegmentDraft {
        id,
        name: Said::new(names.ja.trim(), names.en.trim()),
        purpose: said(purpose),
        next_action: said(next_action),
        golden: golden.map(Golden::from),
        owner: said(owner),
        review_on: said(review_on),
        reviewed_on: None,
        condition,
    };
    let origin = caller.origin();
    let by = caller.name();
    edit(app, async move |app| {
        let others = {
            let live = app.live()?;
            let known = live.catalogue.all.get(&draft.id);
            draft.reviewed_on = known.and_then(|known| known.draft.reviewed_on.clone());
            live.catalogue.conditions()
        };
        check_all(std::slice::from_ref(&draft), &others).map_err(faults_of_one)?;
        let new = definition(&draft, expected, origin, &by)?;
        app.registry.put_definition(new, app.clock.now().millis()).await?;
        note(&app, &by, "segment_written", &draft.id).await
    })
    .await
}

/// One version for the registry.
pub(crate) fn definition(
    draft: &SegmentDraft,
    expected: Option<i32>,
    origin: Origin,
    by: &str,
) -> Answer<NewDefinition> {
    let body = serde_json::to_string(draft).map_err(|why| ApiError::ours("a segment", why))?;
    let (kind, id) = (SEGMENT.to_owned(), draft.id.clone());
    Ok(NewDefinition { kind, id, body, expected, origin, by: by.to_owned() })
}

/// Runs an edit of definitions alone, and then judges everyone by the new ones.
pub(crate) async fn edit<F>(app: &App, change: impl FnOnce(App) -> F) -> Answer<()>
where
    F: Future<Output = Answer<()>>,
{
    let _alone = app.edit().await;
    change(app.clone()).await?;
    app.replace().await
}

pub(crate) async fn note(app: &App, by: &str, what: &str, id: &str) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(by, what, &format!("segment:{id}"), None, now).await?;
    Ok(())
}

/// Takes a segment out of use. Nothing is lost: it can be restored.
#[utoipa::path(delete, path = "/api/v1/segments/{id}", tag = "segments",
    responses((status = 200, body = SegmentDetail)))]
pub(crate) async fn retire(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SegmentDetail>> {
    let (origin, by, gone) = (caller.origin(), caller.name(), id.clone());
    edit(&app, async move |app| {
        refuse_used(&app, &gone)?;
        Uses::read(&app).await?.refuse(&gone)?;
        let now = app.clock.now().millis();
        app.registry.retire_definition(SEGMENT, &gone, origin, &by, now).await?;
        note(&app, &by, "segment_retired", &gone).await
    })
    .await?;
    detail(&app, &caller, &id, language).await
}

fn refuse_used(app: &App, id: &str) -> Answer<()> {
    let live = app.live()?;
    let used_by = live.catalogue.used_by(id);
    if used_by.is_empty() && live.catalogue.signs_using(id, Language::En).is_empty() {
        return Ok(());
    }
    let names = |language| {
        let ids = used_by.iter().filter_map(|id| SegmentId::new(id));
        let names = ids.filter_map(|id| live.catalogue.name(&id, language));
        let signs = live.catalogue.signs_using(id, language);
        names.chain(signs).collect::<Vec<String>>().join(", ")
    };
    Err(ApiError::conflict(
        format!("このセグメントは次のところで使われています: {}", names(Language::Ja)),
        format!("these refer to this segment: {}; change them first", names(Language::En)),
    ))
}

/// Takes a retired segment into use again.
#[utoipa::path(post, path = "/api/v1/segments/{id}/restore", tag = "segments",
    responses((status = 200, body = SegmentDetail)))]
pub(crate) async fn restore(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SegmentDetail>> {
    let (origin, by, back) = (caller.origin(), caller.name(), id.clone());
    edit(&app, async move |app| {
        let (draft, others) = {
            let live = app.live()?;
            let known = live.catalogue.all.get(&back).ok_or_else(ApiError::not_found)?;
            (known.draft.clone(), live.catalogue.conditions())
        };
        check_all(&[draft], &others).map_err(faults_of_one)?;
        let now = app.clock.now().millis();
        app.registry.restore_definition(SEGMENT, &back, origin, &by, now).await?;
        note(&app, &by, "segment_restored", &back).await
    })
    .await?;
    detail(&app, &caller, &id, language).await
}

/// The faults of the only segment that was written, with paths that begin at its condition.
pub(crate) fn faults_of_one(faults: Vec<SegmentFault>) -> ApiError {
    let told = faults.into_iter().map(|fault| {
        let (path, said) = fault_said(&fault.fault);
        (path.strip_prefix("/condition").map_or(path.clone(), str::to_owned), said)
    });
    ApiError::faults(told.collect())
}

/// An id made from a name: its Latin letters and digits, or else a number.
fn free_id(catalogue: &Catalogue, names: &Said) -> String {
    let plain = names.get(Language::En).to_ascii_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<&str>>().join("-");
    slug.truncate(60);
    if slug.is_empty() {
        slug = "segment".to_owned();
    }
    if !catalogue.all.contains_key(&slug) && slug != "segment" {
        return slug;
    }
    let numbered = (1_u32..).map(|n| format!("{slug}-{n}"));
    numbered.into_iter().find(|id| !catalogue.all.contains_key(id)).unwrap_or(slug)
}
