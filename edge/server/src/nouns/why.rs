//! Members of a segment, since when, until when, and why.

use ::segments::{Reason, ReasonKind};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use condition::{Language, SegmentId};
use engine::Rules;
use facts::{Calendar, History, HistoryBuilder, Reading, Timestamp};
use kernel::{Because, Plan, Scratch, timeline};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;
use store::CustomerNo;
use utoipa::ToSchema;

use crate::{
    host::{
        App,
        cards::{Card, fold},
        catalogue::Catalogue,
        speaking,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Path, Query},
    },
    nouns::{
        customer_edits::customers_csv,
        wire::{CustomerKind, CustomerName, Instant, Page},
    },
};

/// Members of a segment.
#[derive(Serialize, ToSchema)]
pub(crate) struct Members {
    as_of: Instant,
    /// How many there are, of those the caller may see.
    count: u64,
    rows: Vec<Member>,
    /// `after` of the next page; null on the last one.
    next: Option<String>,
}

/// One member.
#[derive(Serialize, ToSchema)]
pub(crate) struct Member {
    key: String,
    name: String,
    kind: CustomerKind,
    rep: Option<String>,
    /// Since when without a break; null when longer than a year.
    since: Option<Instant>,
    /// When this may turn if nothing happens.
    may_change_at: Option<Instant>,
    /// Why, in short.
    reason: String,
}

/// Why a customer is in a segment or not.
#[derive(Serialize, ToSchema)]
pub(crate) struct Why {
    customer: CustomerName,
    segment: SegmentName,
    as_of: Instant,
    member: bool,
    since: Option<Instant>,
    may_change_at: Option<Instant>,
    tree: ReasonNode,
}

/// A segment by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SegmentName {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// One node of the reasons.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonNode {
    kind: ReasonNodeKind,
    /// What was asked.
    sentence: String,
    holds: bool,
    /// What was found.
    found: Option<String>,
    /// What was asked for.
    threshold: Option<String>,
    /// The records that count, newest first, at most 20.
    evidence: Vec<EvidenceRow>,
    /// How many records count in all.
    evidence_total: usize,
    may_change_at: Option<Instant>,
    #[schema(no_recursion)]
    children: Vec<ReasonNode>,
}

/// The kinds of node.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ReasonNodeKind {
    All,
    Any,
    Not,
    Leaf,
    Segment,
    Some,
}

/// A record that counts.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct EvidenceRow {
    pub(crate) at: Instant,
    pub(crate) text: String,
}

impl From<::segments::Evidence> for EvidenceRow {
    fn from(evidence: ::segments::Evidence) -> EvidenceRow {
        EvidenceRow { at: evidence.at.into(), text: evidence.text }
    }
}

impl From<Reason> for ReasonNode {
    fn from(reason: Reason) -> ReasonNode {
        ReasonNode {
            kind: match reason.kind {
                ReasonKind::All => ReasonNodeKind::All,
                ReasonKind::Any => ReasonNodeKind::Any,
                ReasonKind::Not => ReasonNodeKind::Not,
                ReasonKind::Leaf => ReasonNodeKind::Leaf,
                ReasonKind::Segment => ReasonNodeKind::Segment,
                ReasonKind::Some => ReasonNodeKind::Some,
            },
            sentence: reason.sentence,
            holds: reason.holds,
            found: reason.found,
            threshold: reason.threshold,
            evidence: reason.evidence.into_iter().map(EvidenceRow::from).collect(),
            evidence_total: reason.evidence_total,
            may_change_at: reason.may_change_at.map(Instant::from),
            children: reason.children.into_iter().map(ReasonNode::from).collect(),
        }
    }
}

/// Whether a customer is in, until when, and since when without a break, looking back a year at most.
pub(crate) fn stay(
    (plan, calendar): (&Plan, &Calendar),
    segment: usize,
    history: &History,
    now: Timestamp,
    scratch: &mut Scratch,
) -> (Reading<bool>, Option<Timestamp>) {
    let reading = plan.evaluate_one(segment, history, now, calendar, scratch);
    if !reading.value {
        return (reading, None);
    }
    let year_ago = now.minus(365 * Timestamp::DAY);
    let known = history.known_since().unwrap_or(now);
    let from = year_ago.max(known.min(now));
    let stays = timeline(plan, segment, history, calendar, (from, now), scratch);
    let since = stays.last().filter(|stay| stay.left.is_none()).map(|stay| stay.entered);
    (reading, since.filter(|since| *since != from || from == known))
}

/// The number of a segment in force, with what is needed to speak of it.
fn segment_in_force(app: &App, id: &str) -> Answer<(usize, Arc<Rules>, Arc<Catalogue>, Timestamp)> {
    let live = app.live()?;
    let id = SegmentId::new(id).ok_or_else(ApiError::not_found)?;
    let number = live.rules.segment(&id).ok_or_else(ApiError::not_found)?;
    Ok((number, live.rules.clone(), live.catalogue.clone(), live.at))
}

/// The members of a segment, in the order in which they became known.
#[utoipa::path(get, path = "/api/v1/segments/{id}/members", tag = "segments", params(Page),
    responses((status = 200, body = Members)))]
pub(crate) async fn members(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Query(page): Query<Page>,
) -> Answer<axum::Json<Members>> {
    let (number, rules, catalogue, now) = segment_in_force(&app, &id)?;
    let (count, chosen, next) = chosen(&app, &caller, number, &page)?;
    let rows = app
        .blocking(move |app| {
            let row = |(customer, card): (u32, Card)| {
                member(app, (&rules, &catalogue), number, (customer, card), (now, language))
            };
            chosen.into_par_iter().map(row).collect::<Answer<Vec<Member>>>()
        })
        .await?;
    Ok(axum::Json(Members { as_of: now.into(), count, rows, next }))
}

type Chosen = (u64, Vec<(u32, Card)>, Option<String>);

/// The members on a page, with their cards.
fn chosen(app: &App, caller: &Caller, number: usize, page: &Page) -> Answer<Chosen> {
    let (first, limit) = (page.first_customer()?, page.limit());
    let sought = page.q.as_deref().map(fold).filter(|text| !text.is_empty());
    let live = app.live()?;
    let members = live.scope(caller).of(live.engine.members(number));
    let fits = |card: &&Card| sought.as_ref().is_none_or(|sought| card.has(sought));
    let mut rows = members
        .range(first..)
        .filter_map(|one| Some((one, live.cards.get(one).filter(|card| fits(card))?.clone())));
    let chosen: Vec<(u32, Card)> = rows.by_ref().take(limit).collect();
    let more = rows.next().is_some();
    let next = chosen.last().filter(|_| more).map(|(last, _)| last.to_string());
    let count = match &sought {
        None => members.len(),
        Some(_) => {
            let all = members.iter().filter_map(|one| live.cards.get(one));
            all.filter(fits).count() as u64
        }
    };
    Ok((count, chosen, next))
}

fn member(
    app: &App,
    (rules, catalogue): (&Rules, &Catalogue),
    number: usize,
    (customer, card): (u32, Card),
    (now, language): (Timestamp, Language),
) -> Answer<Member> {
    let mut builder = HistoryBuilder::new();
    app.store.history(CustomerNo(customer), &mut builder)?;
    let history = builder.finish();
    let asked = (rules.plan(), rules.calendar());
    let (reading, since) = stay(asked, number, history, now, &mut Scratch::default());
    let because = rules.explain(number, history, now);
    let reason =
        speaking(catalogue, &app.calendar, now, language, |speaker| speaker.in_short(&because));
    Ok(Member {
        key: app.key_text(customer),
        kind: CustomerKind::of(&card),
        rep: card.rep.as_deref().map(str::to_owned),
        name: card.name,
        since: since.map(Instant::from),
        may_change_at: reading.holds_until.map(Instant::from),
        reason,
    })
}

/// The members of a segment as a file for spreadsheets.
#[utoipa::path(get, path = "/api/v1/segments/{id}/members.csv", tag = "segments",
    responses((status = 200, body = String, content_type = "text/csv")))]
pub(crate) async fn members_csv(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<Response> {
    let (number, ..) = segment_in_force(&app, &id)?;
    let members = {
        let live = app.live()?;
        live.scope(&caller).of(live.engine.members(number))
    };
    let text = customers_csv(&app, &members, language)?;
    let now = app.clock.real_now().millis();
    let on = format!("segment:{id}");
    app.registry.audit(&caller.name(), "members_exported", &on, None, now).await?;
    Ok(csv_file(&format!("{id}.csv"), text))
}

/// A CSV file as an answer. `name` is plain ASCII.
pub(crate) fn csv_file(name: &str, text: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, text).into_response()
}

/// Why a customer is in a segment or not.
#[utoipa::path(get, path = "/api/v1/segments/{id}/why/{customer}", tag = "segments",
    responses((status = 200, body = Why)))]
pub(crate) async fn why(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path((id, customer)): Path<(String, String)>,
) -> Answer<axum::Json<Why>> {
    let (number, rules, catalogue, now) = segment_in_force(&app, &id)?;
    let name = SegmentId::new(&id).and_then(|id| catalogue.name(&id, language));
    let segment = SegmentName { name: name.unwrap_or_else(|| id.clone()), id };
    let found = Found::read(&app, &caller, &customer)?;
    found
        .explained(&app, segment, &catalogue, (now, language), move |history| {
            let asked = (rules.plan(), rules.calendar());
            let (reading, since) = stay(asked, number, history, now, &mut Scratch::default());
            (reading, since, rules.explain(number, history, now))
        })
        .await
        .map(axum::Json)
}

/// A customer whom the caller may see.
pub(crate) struct Found {
    number: u32,
    name: CustomerName,
}

impl Found {
    pub(crate) fn read(app: &App, caller: &Caller, key: &str) -> Answer<Found> {
        let (number, key) = app.find(caller, key)?;
        let card = app.live()?.cards.get(number).cloned().ok_or_else(ApiError::not_found)?;
        Ok(Found { number, name: CustomerName::of(key.to_string(), &card) })
    }

    /// The reasons that `asked` finds in the customer's history, said.
    pub(crate) async fn explained(
        self,
        app: &App,
        segment: SegmentName,
        catalogue: &Arc<Catalogue>,
        (now, language): (Timestamp, Language),
        asked: impl FnOnce(&History) -> (Reading<bool>, Option<Timestamp>, Because) + Send + 'static,
    ) -> Answer<Why> {
        let Found { number, name } = self;
        let (catalogue, calendar) = (catalogue.clone(), app.calendar.clone());
        app.with_history(number, move |history| {
            let (reading, since, because) = asked(history);
            let tree = speaking(&catalogue, &calendar, now, language, |speaker| {
                ReasonNode::from(speaker.reason(&because, history))
            });
            Why {
                customer: name,
                segment,
                as_of: now.into(),
                member: reading.value,
                since: since.map(Instant::from),
                may_change_at: reading.holds_until.map(Instant::from),
                tree,
            }
        })
        .await
    }
}
