//! Offers (提案・商材): the catalogue, one of them, and writing, switching off and bringing back offers.

use ::offers::{
    Amount, Criterion, Fault as OfferFault, Need, Offer, OfferDraft, OfferFile, Source,
};
use axum::{extract::State, http::StatusCode};
use condition::{Condition, Language, Said, say_condition};
use registry::{NewDefinition, Origin};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

use crate::{
    host::{App, catalogue::Catalogue, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault, speak},
        language::Spoken,
        take::{Json, Path, Text},
    },
    nouns::{
        segment_files,
        segments::{Authors, OriginName},
        wire::Instant,
    },
    offers::{Book, Known, KnownOffer, NEED, OFFER},
};

/// All offers.
#[derive(Serialize, ToSchema)]
pub(crate) struct Offers {
    offers: Vec<OfferRow>,
}

/// One offer.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferRow {
    id: String,
    name: String,
    summary: String,
    products: Vec<String>,
    amount: Option<AmountShown>,
    state: OfferState,
    version: i32,
    origin: OriginName,
    /// To whom it can be offered, as a sentence; null: to everybody.
    requires: Option<String>,
    /// Who has it already, as a sentence.
    has: Option<String>,
    /// What makes it fit; needs come first.
    criteria: Vec<CriterionRow>,
    variants: Vec<VariantRow>,
    /// Why it cannot be asked, if so.
    faults: Vec<Fault>,
}

/// What an offer costs, in yen.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct AmountShown {
    /// As a decimal.
    from: Option<String>,
    /// As a decimal.
    to: Option<String>,
}

/// Where an offer stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OfferState {
    InForce,
    Off,
    /// It cannot be asked.
    Faulty,
}

/// What makes an offer fit.
#[derive(Serialize, ToSchema)]
pub(crate) struct CriterionRow {
    id: String,
    name: String,
    kind: CriterionKind,
    weight: u8,
    /// How many points of a hundred it is worth.
    points: u8,
    sentence: String,
    /// What to change in the proposal where it does not hold; may be empty.
    arrange: String,
}

/// What a criterion is.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CriterionKind {
    /// A need that the offer meets.
    Need,
    /// A condition.
    Condition,
    /// An attribute of the customer that suits a trait of the offer.
    Pair,
}

/// How an offer can be changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct VariantRow {
    id: String,
    name: String,
    change: String,
    amount: Option<AmountShown>,
}

/// One offer with its definition.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferShown {
    #[serde(flatten)]
    row: OfferRow,
    /// The offer as it is written in a file.
    #[schema(value_type = Object)]
    definition: OfferDraft,
    changed_at: Instant,
    changed_by: Option<String>,
}

/// An offer to write.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfferBody {
    /// The offer as it is written in a file.
    #[schema(value_type = Object)]
    definition: OfferDraft,
    /// The version that was changed; needed for a change only.
    #[serde(default)]
    version: Option<i32>,
}

/// The versions of an offer.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferVersions {
    /// Newest first.
    versions: Vec<OfferVersion>,
}

/// One version of an offer.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferVersion {
    version: i32,
    at: Instant,
    by: Option<String>,
    origin: OriginName,
    /// Whether it was switched off as of this version.
    retired: bool,
    /// The offer as it was written; null when it can no longer be read.
    #[schema(value_type = Option<Object>)]
    definition: Option<OfferDraft>,
}

/// What became of a file of offers and needs.
#[derive(Serialize, ToSchema)]
pub(crate) struct OffersTaken {
    added: usize,
    changed: usize,
    unchanged: usize,
}

impl AmountShown {
    pub(crate) fn of(amount: &Amount) -> AmountShown {
        let text = |end: Option<facts::Decimal>| end.map(|end| end.normalize().to_string());
        AmountShown { from: text(amount.from), to: text(amount.to) }
    }
}

impl CriterionKind {
    pub(crate) fn of(source: &Source) -> CriterionKind {
        match source {
            Source::Need(_) => CriterionKind::Need,
            Source::Condition => CriterionKind::Condition,
            Source::Pair(_) => CriterionKind::Pair,
        }
    }
}

/// A text, and in its place something else where it is empty.
pub(crate) fn or<'t>(text: &'t str, other: &'t str) -> &'t str {
    if text.is_empty() { other } else { text }
}

/// How many points of a hundred a criterion is worth.
pub(crate) fn points(offer: &Offer, criterion: &Criterion) -> u8 {
    ::offers::MatchLevel::of(criterion.weight.into(), 0, offer.total()).level
}

/// Says conditions in a language, by the names in force.
pub(crate) struct Saying {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) now: facts::Timestamp,
    pub(crate) language: Language,
}

impl Saying {
    pub(crate) fn new(app: &App, language: Language) -> Answer<Saying> {
        let live = app.live()?;
        Ok(Saying { catalogue: live.catalogue.clone(), now: live.at, language })
    }

    pub(crate) fn condition(&self, app: &App, condition: &Condition) -> String {
        speaking(&self.catalogue, &app.calendar, self.now, self.language, |speaker| {
            say_condition(condition, self.language, &speaker.words)
        })
    }

    pub(crate) fn said<'s>(&self, said: &'s Said) -> &'s str {
        said.get(self.language)
    }

    /// What a criterion asks: of a need it is its name, of which the condition says only where it is recorded.
    pub(crate) fn criterion(&self, app: &App, criterion: &Criterion) -> String {
        match (&criterion.source, self.language) {
            (Source::Need(need), Language::Ja) => {
                format!("ニーズ「{}」がある", or(self.said(&need.name), &need.id))
            }
            (Source::Need(need), Language::En) => {
                format!("has the need “{}”", or(self.said(&need.name), &need.id))
            }
            (Source::Condition | Source::Pair(_), _) => self.condition(app, &criterion.condition),
        }
    }
}

pub(crate) fn faults_said(faults: &[OfferFault], language: Language) -> Vec<Fault> {
    let said = faults
        .iter()
        .map(|fault| Fault { path: fault.path.clone(), message: speak(&fault.said, language) });
    said.collect()
}

pub(crate) fn refused(faults: Vec<OfferFault>) -> ApiError {
    let faults = faults.into_iter().map(|fault| (fault.path, fault.said)).collect();
    ApiError::faults_of("定義に誤りがあります", "the definition has faults", faults)
}

fn row(app: &App, known: &KnownOffer, saying: &Saying) -> OfferRow {
    let draft = &known.draft;
    let offer = known.checked.as_ref().ok();
    let criteria = offer.into_iter().flat_map(|offer| {
        offer.criteria.iter().map(move |one| CriterionRow {
            id: one.id.clone(),
            name: or(saying.said(&one.name), &one.id).to_owned(),
            kind: CriterionKind::of(&one.source),
            weight: one.weight,
            points: points(offer, one),
            sentence: saying.criterion(app, one),
            arrange: saying.said(&one.arrange).to_owned(),
        })
    });
    let say =
        |condition: &Option<Condition>| condition.as_ref().map(|one| saying.condition(app, one));
    let faults = known.checked.as_ref().err();
    OfferRow {
        id: draft.id.clone(),
        name: or(saying.said(&draft.name), &draft.id).to_owned(),
        summary: saying.said(&draft.summary).to_owned(),
        products: draft.products.clone(),
        amount: draft.amount.as_ref().map(AmountShown::of),
        state: match known {
            one if one.retired => OfferState::Off,
            one if one.checked.is_ok() => OfferState::InForce,
            _ => OfferState::Faulty,
        },
        version: known.version,
        origin: known.origin.into(),
        requires: offer.and_then(|offer| say(&offer.requires)),
        has: offer.and_then(|offer| say(&offer.has)),
        criteria: criteria.collect(),
        variants: draft
            .variants
            .iter()
            .map(|one| VariantRow {
                id: one.id.clone(),
                name: or(saying.said(&one.name), &one.id).to_owned(),
                change: saying.said(&one.change).to_owned(),
                amount: one.amount.as_ref().or(draft.amount.as_ref()).map(AmountShown::of),
            })
            .collect(),
        faults: faults.map_or_else(Vec::new, |faults| faults_said(faults, saying.language)),
    }
}

/// All offers, those switched off too.
#[utoipa::path(get, path = "/api/v1/offers", tag = "offers", responses((status = 200, body = Offers)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Offers>> {
    let (book, saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    let offers = book.offers.iter().map(|known| row(&app, known, &saying)).collect();
    Ok(axum::Json(Offers { offers }))
}

/// One offer with its definition.
#[utoipa::path(get, path = "/api/v1/offers/{id}", tag = "offers", responses((status = 200, body = OfferShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<OfferShown>> {
    shown(&app, &id, language).await.map(axum::Json)
}

async fn shown(app: &App, id: &str, language: Language) -> Answer<OfferShown> {
    let (book, authors) = (Book::read(app).await?, Authors::read(app).await?);
    let saying = Saying::new(app, language)?;
    let known = book.offer(id).ok_or_else(ApiError::not_found)?;
    Ok(OfferShown {
        row: row(app, known, &saying),
        definition: known.draft.clone(),
        changed_at: Instant::of_millis(known.changed_at),
        changed_by: authors.person(&known.by),
    })
}

/// Makes an offer.
#[utoipa::path(post, path = "/api/v1/offers", tag = "offers", request_body = OfferBody,
    responses((status = 201, body = OfferShown)))]
pub(crate) async fn make(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<OfferBody>,
) -> Answer<(StatusCode, axum::Json<OfferShown>)> {
    let id = given.definition.id.clone();
    let book = Book::read(&app).await?;
    if book.offer(&id).is_some() {
        return Err(ApiError::conflict(
            format!("提案 `{id}` はすでにあります"),
            format!("there is an offer `{id}` already"),
        ));
    }
    write(&app, &caller, &book, given.definition, None).await?;
    Ok((StatusCode::CREATED, axum::Json(shown(&app, &id, language).await?)))
}

/// Changes an offer: the version before stays.
#[utoipa::path(put, path = "/api/v1/offers/{id}", tag = "offers", request_body = OfferBody,
    responses((status = 200, body = OfferShown)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<OfferBody>,
) -> Answer<axum::Json<OfferShown>> {
    let book = Book::read(&app).await?;
    book.offer(&id).ok_or_else(ApiError::not_found)?;
    if given.definition.id != id {
        return Err(ApiError::invalid(
            "提案の `id` は変えられません",
            "the `id` of an offer stays",
        ));
    }
    let seen = given.version.ok_or_else(|| {
        ApiError::invalid("`version` がありません", "`version` is missing: the version you changed")
    })?;
    write(&app, &caller, &book, given.definition, Some(seen)).await?;
    shown(&app, &id, language).await.map(axum::Json)
}

async fn write(
    app: &App,
    caller: &Caller,
    book: &Book,
    draft: OfferDraft,
    expected: Option<i32>,
) -> Answer<()> {
    book.check_offer(&draft, &[]).map_err(refused)?;
    let (origin, by) = (caller.origin(), caller.name());
    let new = definition(OFFER, &draft.id, &draft, (expected, origin), &by)?;
    app.registry.put_definition(new, app.clock.now().millis()).await?;
    note(app, &by, "offer_written", &format!("offer:{}", draft.id)).await
}

/// A definition as the registry keeps it.
pub(crate) fn definition(
    kind: &str,
    id: &str,
    draft: &impl Serialize,
    (expected, origin): (Option<i32>, Origin),
    by: &str,
) -> Answer<NewDefinition> {
    let body = serde_json::to_string(draft).map_err(|why| ApiError::ours("a definition", why))?;
    let (kind, id, by) = (kind.to_owned(), id.to_owned(), by.to_owned());
    Ok(NewDefinition { kind, id, body, expected, origin, by })
}

/// Writes down who did what to a definition.
pub(crate) async fn note(app: &App, by: &str, what: &str, on: &str) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(by, what, on, None, now).await?;
    Ok(())
}

/// Switches an offer off. Nothing is lost: it can be brought back.
#[utoipa::path(delete, path = "/api/v1/offers/{id}", tag = "offers", responses((status = 200, body = OfferShown)))]
pub(crate) async fn retire(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<OfferShown>> {
    let now = app.clock.now().millis();
    let (origin, by) = (caller.origin(), caller.name());
    app.registry.retire_definition(OFFER, &id, origin, &by, now).await?;
    note(&app, &by, "offer_switched_off", &format!("offer:{id}")).await?;
    shown(&app, &id, language).await.map(axum::Json)
}

/// Brings an offer back that was switched off.
#[utoipa::path(post, path = "/api/v1/offers/{id}/restore", tag = "offers", responses((status = 200, body = OfferShown)))]
pub(crate) async fn restore(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<OfferShown>> {
    let now = app.clock.now().millis();
    let (origin, by) = (caller.origin(), caller.name());
    app.registry.restore_definition(OFFER, &id, origin, &by, now).await?;
    note(&app, &by, "offer_switched_on", &format!("offer:{id}")).await?;
    shown(&app, &id, language).await.map(axum::Json)
}

/// The versions of an offer, newest first.
#[utoipa::path(get, path = "/api/v1/offers/{id}/versions", tag = "offers",
    responses((status = 200, body = OfferVersions)))]
pub(crate) async fn versions(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Answer<axum::Json<OfferVersions>> {
    let authors = Authors::read(&app).await?;
    let history = app.registry.definition_history(OFFER, &id).await?;
    if history.is_empty() {
        return Err(ApiError::not_found());
    }
    let versions = history.into_iter().map(|one| OfferVersion {
        version: one.version,
        at: Instant::of_millis(one.created_at),
        by: authors.person(&one.by),
        origin: one.origin.into(),
        retired: one.retired,
        definition: serde_json::from_str(&one.body).ok(),
    });
    Ok(axum::Json(OfferVersions { versions: versions.collect() }))
}

/// Takes in a file of offers and the needs they meet, YAML or JSON: all of it, or nothing.
#[utoipa::path(post, path = "/api/v1/offers/files", tag = "offers",
    request_body(content = String, description = "YAML or JSON", content_type = "text/plain"),
    responses((status = 200, body = OffersTaken)))]
pub(crate) async fn take_file(
    State(app): State<App>,
    caller: Caller,
    Text(text): Text,
) -> Answer<axum::Json<OffersTaken>> {
    let file: OfferFile = segment_files::read(&text)?;
    let book = Book::read(&app).await?;
    let (needs, by) = (check_file(&book, &file)?, caller.name());
    let mut taken = OffersTaken { added: 0, changed: 0, unchanged: 0 };
    let mut new = vec![];
    for (draft, need) in file.needs.iter().zip(&needs) {
        if let Some(expected) = taken.sort(book.need(&need.id), draft) {
            new.push(definition(NEED, &need.id, draft, (expected, Origin::File), &by)?);
        }
    }
    for draft in &file.offers {
        if let Some(expected) = taken.sort(book.offer(&draft.id), draft) {
            new.push(definition(OFFER, &draft.id, draft, (expected, Origin::File), &by)?);
        }
    }
    let n = new.len();
    app.registry.put_definitions(new, app.clock.now().millis()).await?;
    note(&app, &by, "offer_file_taken", &format!("offers:{n}")).await?;
    Ok(axum::Json(taken))
}

impl OffersTaken {
    /// Counts a draft; for one that is to be written, the version it takes the place of.
    fn sort<D: PartialEq, T>(
        &mut self,
        known: Option<&Known<D, T>>,
        draft: &D,
    ) -> Option<Option<i32>> {
        match known {
            Some(known) if known.draft == *draft && !known.retired => {
                self.unchanged += 1;
                None
            }
            Some(known) => {
                self.changed += 1;
                Some(Some(known.version))
            }
            None => {
                self.added += 1;
                Some(None)
            }
        }
    }
}

/// The needs of a file; every fault of it is told with its place.
fn check_file(book: &Book, file: &OfferFile) -> Answer<Vec<Need>> {
    let mut faults = vec![];
    let mut within = |kind: &str, place: usize, found: Vec<OfferFault>| {
        faults.extend(found.into_iter().map(|fault| OfferFault {
            path: format!("/{kind}/{place}{}", fault.path),
            said: fault.said,
        }));
    };
    let mut needs = vec![];
    for (place, draft) in file.needs.iter().enumerate() {
        match book.check_need(draft) {
            Ok(need) => needs.push(need),
            Err(found) => within("needs", place, found),
        }
    }
    for (place, draft) in file.offers.iter().enumerate() {
        if let Err(found) = book.check_offer(draft, &needs) {
            within("offers", place, found);
        }
    }
    if faults.is_empty() { Ok(needs) } else { Err(refused(faults)) }
}
