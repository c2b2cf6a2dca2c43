//! Proposals (提案の記録): written down with the level as it was, answered later, and held against what was foretold.

use ::offers::{
    ANSWERED, CRITERION, PROPOSED, Proposal, ProposalResult, Review, Told, Won, proposals, told_by,
};
use axum::extract::State;
use facts::{EventName, Fact, Properties, Value, What};
use kernel::Scratch;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{App, asking::Gone},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        fits::{Fit, MetName, in_force, version_of},
        offers::{Saying, note, or},
        outcomes::UNDO_FOR,
        session::rep_name,
        wire::{Instant, short_text},
    },
    offers::Book,
};

/// A proposal to write down.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposalBody {
    offer: String,
    /// The variant that was proposed; the offer itself when left out.
    #[serde(default)]
    variant: Option<String>,
    /// How it was arranged for this customer; asked for where the workspace wants a sheet before each proposal.
    #[serde(default)]
    arrangement: Option<String>,
    /// The proposal's own name, made by the client: sending it twice counts once.
    id: String,
}

/// What came of a proposal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerBody {
    result: ProposalResultName,
    #[serde(default)]
    reason: Option<String>,
    /// The answer's own name, made by the client.
    id: String,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProposalResultName {
    Open,
    Won,
    Lost,
}

/// What was written down.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalTaken {
    /// By this number it can be undone.
    batch: u32,
    undo_until: Instant,
    level: u8,
    at_most: u8,
}

/// An answer that is on disk.
#[derive(Serialize, ToSchema)]
pub(crate) struct AnswerTaken {
    /// By this number it can be undone.
    batch: u32,
    undo_until: Instant,
}

/// The proposals to a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct Proposals {
    as_of: Instant,
    /// Newest first.
    proposals: Vec<ProposalRow>,
    /// Whether a proposal must say how it is arranged.
    sheet_required: bool,
}

/// A proposal.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProposalRow {
    id: String,
    offer: String,
    /// The offer's name now.
    name: String,
    variant: Option<String>,
    at: Instant,
    /// As it was when it was proposed.
    level: u8,
    at_most: u8,
    /// How each criterion stood then.
    criteria: Vec<CriterionThen>,
    rep: Option<String>,
    arrangement: Option<String>,
    result: ProposalResultName,
    answered_at: Option<Instant>,
}

/// How a criterion stood.
#[derive(Serialize, ToSchema)]
pub(crate) struct CriterionThen {
    id: String,
    /// Its name now, or its id where the offer has no such criterion any more.
    name: String,
    state: MetName,
}

/// What came of the proposals of an offer, by what was foretold.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferReview {
    as_of: Instant,
    proposed: u64,
    all: WonShown,
    /// By level: 0 to 19, 20 to 39, and so on.
    bands: Vec<WonShown>,
    criteria: Vec<CriterionReview>,
}

/// How often something was won, of those that were answered.
#[derive(Serialize, ToSchema)]
pub(crate) struct WonShown {
    won: u64,
    of: u64,
    /// With its exact interval of 95 %; null where nothing was answered.
    share: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

/// How often it was won where a criterion was met, not met, and not known.
#[derive(Serialize, ToSchema)]
pub(crate) struct CriterionReview {
    id: String,
    name: String,
    met: WonShown,
    unmet: WonShown,
    unknown: WonShown,
    told: ToldName,
}

/// Whether a criterion told anything beforehand.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ToldName {
    /// Fewer than ten answers on one side.
    TooLittle,
    /// More is won where it is met.
    Right,
    Unclear,
    /// Less is won where it is met.
    Wrong,
}

/// How proposals are written down.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposalRules {
    /// Whether a proposal must say how it is arranged for the customer.
    sheet_required: bool,
}

/// What the sources of proposals that people wrote here begin with.
pub(crate) const SOURCES: &str = "proposals:";
/// Under which it is kept whether a sheet is asked for.
const RULES: &str = "proposal-rules";

impl From<ProposalResult> for ProposalResultName {
    fn from(result: ProposalResult) -> ProposalResultName {
        match result {
            ProposalResult::Open => ProposalResultName::Open,
            ProposalResult::Won => ProposalResultName::Won,
            ProposalResult::Lost => ProposalResultName::Lost,
        }
    }
}

impl From<ProposalResultName> for ProposalResult {
    fn from(name: ProposalResultName) -> ProposalResult {
        match name {
            ProposalResultName::Open => ProposalResult::Open,
            ProposalResultName::Won => ProposalResult::Won,
            ProposalResultName::Lost => ProposalResult::Lost,
        }
    }
}

impl From<Won> for WonShown {
    fn from(won: Won) -> WonShown {
        let share = won.share();
        WonShown {
            won: won.won,
            of: won.of,
            share: share.map(|(share, ..)| share),
            low: share.map(|(_, low, _)| low),
            high: share.map(|(.., high)| high),
        }
    }
}

impl From<Told> for ToldName {
    fn from(told: Told) -> ToldName {
        match told {
            Told::TooLittle => ToldName::TooLittle,
            Told::Right => ToldName::Right,
            Told::Unclear => ToldName::Unclear,
            Told::Wrong => ToldName::Wrong,
        }
    }
}

async fn rules(app: &App) -> Answer<ProposalRules> {
    let kept = app.registry.setting(RULES).await?;
    let kept = kept.and_then(|json| serde_json::from_str(&json).ok());
    Ok(kept.unwrap_or(ProposalRules { sheet_required: false }))
}

/// How proposals are written down.
#[utoipa::path(get, path = "/api/v1/proposal-rules", tag = "offers", responses((status = 200, body = ProposalRules)))]
pub(crate) async fn show_rules(State(app): State<App>) -> Answer<axum::Json<ProposalRules>> {
    rules(&app).await.map(axum::Json)
}

/// Says how proposals are to be written down.
#[utoipa::path(put, path = "/api/v1/proposal-rules", tag = "offers", request_body = ProposalRules,
    responses((status = 200, body = ProposalRules)))]
pub(crate) async fn put_rules(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<ProposalRules>,
) -> Answer<axum::Json<ProposalRules>> {
    let json = serde_json::to_string(&given).map_err(|why| ApiError::ours("rules", why))?;
    app.registry.put_setting(RULES, &json, app.clock.real_now().millis()).await?;
    note(&app, &caller.name(), "proposal_rules_changed", RULES).await?;
    Ok(axum::Json(given))
}

/// The proposals to a customer.
#[utoipa::path(get, path = "/api/v1/customers/{key}/proposals", tag = "offers",
    responses((status = 200, body = Proposals)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<Proposals>> {
    let (customer, _) = app.find(&caller, &key)?;
    let (book, saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    let sheet_required = rules(&app).await?.sheet_required;
    app.with_history(customer, move |history| {
        let made = proposals(history, saying.now).into_iter().rev();
        Proposals {
            as_of: saying.now.into(),
            proposals: made.map(|one| row(one, &book, &saying)).collect(),
            sheet_required,
        }
    })
    .await
    .map(axum::Json)
}

fn row(proposal: Proposal, book: &Book, saying: &Saying) -> ProposalRow {
    let known = book.offer(&proposal.offer);
    let name = known
        .map_or(proposal.offer.as_str(), |one| or(saying.said(&one.draft.name), &one.draft.id));
    let offer = known.and_then(|one| one.checked.as_ref().ok());
    let criteria = proposal.criteria.iter().map(|(id, state)| {
        let now = offer.and_then(|offer| offer.criteria.iter().find(|one| one.id == *id));
        let name = now.map_or(id.as_str(), |one| or(saying.said(&one.name), id)).to_owned();
        CriterionThen { id: id.clone(), name, state: (*state).into() }
    });
    ProposalRow {
        name: name.to_owned(),
        criteria: criteria.collect(),
        id: proposal.id,
        offer: proposal.offer,
        variant: proposal.variant,
        at: proposal.at.into(),
        level: proposal.level.level,
        at_most: proposal.level.at_most,
        rep: proposal.rep,
        arrangement: proposal.note,
        result: proposal.result.into(),
        answered_at: proposal.answered_at.map(Instant::from),
    }
}

/// Writes down that an offer was proposed, with the level as it is now. It can be taken back for an hour.
#[utoipa::path(post, path = "/api/v1/customers/{key}/proposals", tag = "offers", request_body = ProposalBody,
    responses((status = 200, body = ProposalTaken)))]
pub(crate) async fn propose(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
    Json(given): Json<ProposalBody>,
) -> Answer<axum::Json<ProposalTaken>> {
    let (number, customer) = app.find(&caller, &key)?;
    let (book, mut saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    let offer = in_force(&book, &given.offer)?;
    let arrangement = given.arrangement.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let arrangement = arrangement.map(|text| short_text(text, 1_000)).transpose()?;
    if rules(&app).await?.sheet_required && arrangement.is_none() {
        return Err(ApiError::invalid(
            "この相手に合わせて提案をどう組み立てるかを `arrangement` に書いてください",
            "say in `arrangement` how the proposal is arranged for this customer",
        ));
    }
    let version = version_of(&offer, given.variant.as_deref())
        .ok_or_else(|| ApiError::invalid("この変更案はありません", "there is no such variant"))?;
    let now = app.clock.now();
    saying.now = now;
    let criteria: Vec<String> = offer.criteria.iter().map(|one| one.id.clone()).collect();
    let judged = app
        .ask(move |app, gone: &Gone| {
            let asking = book.asking(app, vec![offer], now, gone)?;
            let history = app.history_of(number)?;
            let answers = asking.answers(app, &history, now, &mut Scratch::default());
            Ok(Fit::of(&asking, &asking.offers[0], &answers).version(version).clone())
        })
        .await?;
    let proposal = short_text(&given.id, 90)?;
    let (level, at_most) = (judged.level.level, judged.level.at_most);
    let names: Vec<String> = criteria.iter().map(|id| format!("{CRITERION}{id}")).collect();
    let mut said = vec![
        ("proposal", Value::from(proposal.as_str())),
        ("offer", Value::from(given.offer.as_str())),
        ("level", Value::from(i64::from(level))),
        ("at_most", Value::from(i64::from(at_most))),
        ("rep", Value::from(rep_name(&caller).as_str())),
    ];
    said.extend(given.variant.as_deref().map(|id| ("variant", Value::from(id))));
    said.extend(arrangement.map(|text| ("note", Value::from(text))));
    let states = names.iter().zip(&judged.states);
    said.extend(states.map(|(name, state)| (name.as_str(), Value::from(state.word()))));
    let fact = Event { name: PROPOSED, said, id: proposal };
    let batch = fact.take(&app, &caller, customer, given.offer).await?;
    let undo_until = now.plus(UNDO_FOR).into();
    Ok(axum::Json(ProposalTaken { batch, undo_until, level, at_most }))
}

/// Says what came of a proposal; the last answer counts. It can be taken back for an hour.
#[utoipa::path(post, path = "/api/v1/customers/{key}/proposals/{proposal}/answer", tag = "offers",
    request_body = AnswerBody, responses((status = 200, body = AnswerTaken)))]
pub(crate) async fn answer(
    State(app): State<App>,
    caller: Caller,
    Path((key, proposal)): Path<(String, String)>,
    Json(given): Json<AnswerBody>,
) -> Answer<axum::Json<AnswerTaken>> {
    let (number, customer) = app.find(&caller, &key)?;
    let now = app.clock.now();
    let wanted = proposal.clone();
    let made = app
        .with_history(number, move |history| {
            proposals(history, now).into_iter().find(|one| one.id == wanted)
        })
        .await?;
    let made = made.ok_or_else(ApiError::not_found)?;
    let result = ProposalResult::from(given.result);
    let mut said = vec![
        ("proposal", Value::from(proposal.as_str())),
        ("offer", Value::from(made.offer.as_str())),
        ("result", Value::from(result.word())),
        ("rep", Value::from(rep_name(&caller).as_str())),
    ];
    if let Some(text) = given.reason.as_deref().filter(|text| !text.trim().is_empty()) {
        said.push(("reason", Value::from(short_text(text, 1_000)?)));
    }
    let fact = Event { name: ANSWERED, said, id: short_text(&given.id, 90)? };
    let batch = fact.take(&app, &caller, customer, made.offer.clone()).await?;
    Ok(axum::Json(AnswerTaken { batch, undo_until: now.plus(UNDO_FOR).into() }))
}

/// One event that a caller writes.
struct Event<'a> {
    name: &'static str,
    said: Vec<(&'a str, Value)>,
    id: String,
}

impl Event<'_> {
    async fn take(
        self,
        app: &App,
        caller: &Caller,
        customer: facts::CustomerKey,
        offer: String,
    ) -> Answer<u32> {
        let ours = |why: &dyn std::fmt::Display| ApiError::ours("a proposal", why.to_string());
        let fact = Fact {
            customer,
            contact: None,
            at: app.clock.now(),
            id: Some(format!("{}/{}", self.name, self.id)),
            what: What::Happened {
                name: EventName::new(self.name).map_err(|why| ours(&why))?,
                properties: Properties::new(self.said).map_err(|why| ours(&why))?,
            },
        };
        let label = format!("{} {offer}", self.name);
        let appended = app.take(source_of(caller), label, vec![fact]).await?;
        if !appended.erased.is_empty() {
            return Err(ApiError::not_found());
        }
        let before = appended.duplicates.first().map(|duplicate| duplicate.batch);
        appended.batch.or(before).ok_or_else(|| ours(&"no batch"))
    }
}

/// The source of a caller's own proposals, so that nobody else's ids can stand in their way.
pub(crate) fn source_of(caller: &Caller) -> String {
    format!("{SOURCES}{}", caller.name())
}

/// What came of the proposals of an offer to customers the caller may see: by level, and by criterion.
#[utoipa::path(get, path = "/api/v1/offers/{id}/review", tag = "offers",
    responses((status = 200, body = OfferReview)))]
pub(crate) async fn review(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<OfferReview>> {
    let (book, saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    let offer = book.offer(&id).ok_or_else(ApiError::not_found)?;
    let criteria = offer.checked.as_ref().map_or_else(
        |_| vec![],
        |offer| {
            let named = offer.criteria.iter();
            named
                .map(|one| (one.id.clone(), or(saying.said(&one.name), &one.id).to_owned()))
                .collect()
        },
    );
    let scope = app.live()?.scope(&caller);
    let now = saying.now;
    app.ask(move |app, gone| {
        let pieces = app.over_everybody(gone, Review::default, |review, customer, history| {
            if scope.contains(customer) && history.track(PROPOSED).is_some() {
                let made = proposals(history, now).into_iter();
                made.filter(|one| one.offer == id).for_each(|one| review.add(&one));
            }
        })?;
        let mut review = Review::default();
        pieces.iter().for_each(|piece| review.merge(piece));
        Ok(OfferReview {
            as_of: now.into(),
            proposed: review.proposed,
            all: review.all.into(),
            bands: review.bands.into_iter().map(WonShown::from).collect(),
            criteria: reviewed(review, criteria),
        })
    })
    .await
    .map(axum::Json)
}

/// The criteria of the offer in its order, then those that it has no more.
fn reviewed(mut review: Review, named: Vec<(String, String)>) -> Vec<CriterionReview> {
    let one = |(id, name): (String, String), sides: [Won; 3]| {
        let [met, unmet, unknown] = sides.map(WonShown::from);
        CriterionReview { id, name, met, unmet, unknown, told: told_by(&sides).into() }
    };
    let mut rows = vec![];
    for (id, name) in named {
        let sides = review.criteria.remove(&id).unwrap_or_default();
        rows.push(one((id, name), sides));
    }
    rows.extend(review.criteria.into_iter().map(|(id, sides)| one((id.clone(), id), sides)));
    rows
}
