//! How segments lie to each other: what they share, and who went from one to another between two instants.

use axum::extract::State;
use condition::{Condition, SegmentId};
use engine::PairKind;
use facts::Timestamp;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App, Scope,
        asking::{Background, Questions},
        catalogue::Catalogue,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Query,
    },
    nouns::{
        segments::GoldenName,
        why::SegmentName,
        wire::{CustomerName, Instant, Page, names, read_instant},
    },
};

/// What all segments in force share with each other.
#[derive(Serialize, ToSchema)]
pub(crate) struct Relations {
    as_of: Instant,
    segments: Vec<RelatedSegment>,
    /// Row `i` holds how many are in both segment `i` and segment `j`, for `j` from `i` on.
    both: Vec<Vec<u64>>,
    /// The pairs most alike, 200 at most.
    pairs: Vec<RelatedPair>,
}

/// One segment of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct RelatedSegment {
    id: String,
    name: String,
    count: u64,
    golden: Option<GoldenName>,
}

/// Two segments with members in common.
#[derive(Serialize, ToSchema)]
pub(crate) struct RelatedPair {
    a: String,
    b: String,
    both: u64,
    /// Members of both among members of either, in whole percent.
    alike_percent: u64,
    kind: RelationKind,
}

/// How two segments lie to each other.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum RelationKind {
    /// They have the same members.
    Same,
    /// All of `a` are in `b`.
    Inside,
    /// They share some.
    Overlap,
}

/// Which flows.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Between {
    /// The instant before.
    from: String,
    /// The instant after; not after now.
    to: String,
    /// The ids of segments, with commas between; each customer is in the first of them that holds.
    ids: String,
    /// In the list of customers: the segment before; left out for those who were in none.
    a: Option<String>,
    /// In the list of customers: the segment after; left out for those who are in none.
    b: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// How many rows; 100 when not said, at most 500.
    limit: Option<usize>,
}

/// Who went from which segment to which.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowTable {
    as_of: Instant,
    from: Instant,
    to: Instant,
    segments: Vec<SegmentName>,
    /// Largest first; everybody known at `to` is in exactly one.
    cells: Vec<FlowCell>,
}

/// How many went from one to another.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowCell {
    /// The segment before; null: in none of them, or not known yet.
    a: Option<String>,
    /// The segment after; null: in none of them.
    b: Option<String>,
    count: u64,
}

/// Those who went from one to another.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowCustomers {
    as_of: Instant,
    count: u64,
    rows: Vec<CustomerName>,
    /// `after` of the next page; null on the last one.
    next: Option<String>,
}

/// By which flows are found again.
#[derive(PartialEq)]
pub(crate) struct FlowsKey {
    conditions: Vec<(SegmentId, Condition)>,
    between: (Timestamp, Timestamp),
    scope: Scope,
}

/// Flows, by what was known at an instant.
pub(crate) struct Flows {
    as_of: Timestamp,
    flows: Vec<engine::Flow>,
}

/// So many pairs are told of.
const PAIRS: usize = 200;
/// Between so many segments flows are counted at most.
const GROUPS_MOST: usize = 50;

/// What all segments in force share with each other.
#[utoipa::path(get, path = "/api/v1/relations", tag = "segments",
    responses((status = 200, body = Relations)))]
pub(crate) async fn relations(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Relations>> {
    let (as_of, segments, groups) = {
        let live = app.live()?;
        let scope = live.scope(&caller);
        let numbered = 0..live.rules.segments().len();
        let groups: Vec<RoaringBitmap> =
            numbered.map(|number| scope.of(live.engine.members(number))).collect();
        let named = live.rules.segments().iter().zip(&groups);
        let segments: Vec<RelatedSegment> = named
            .map(|((id, _), members)| RelatedSegment {
                id: id.to_string(),
                name: live.catalogue.name(id, language).unwrap_or_else(|| id.to_string()),
                count: members.len(),
                golden: golden(&live.catalogue, id),
            })
            .collect();
        (live.at.into(), segments, groups)
    };
    let both = app.blocking(move |_| Ok(engine::shared(&groups))).await?;
    let pairs = engine::most_alike(&both, PAIRS).into_iter().map(|pair| RelatedPair {
        a: segments[pair.a].id.clone(),
        b: segments[pair.b].id.clone(),
        both: pair.both,
        alike_percent: pair.alike_percent(),
        kind: match pair.kind {
            PairKind::Same => RelationKind::Same,
            PairKind::Inside => RelationKind::Inside,
            PairKind::Overlap => RelationKind::Overlap,
        },
    });
    let pairs = pairs.collect();
    Ok(axum::Json(Relations { as_of, segments, both, pairs }))
}

fn golden(catalogue: &Catalogue, id: &SegmentId) -> Option<GoldenName> {
    catalogue.all.get(id.as_str())?.draft.golden.map(GoldenName::from)
}

/// A question about flows, ready to be asked.
struct Asked {
    ids: Vec<SegmentId>,
    questions: Questions,
    key: FlowsKey,
    catalogue: Arc<Catalogue>,
    now: Timestamp,
}

impl Asked {
    fn read(app: &App, caller: &Caller, between: &Between) -> Answer<Asked> {
        let live = app.live()?;
        let (from, to) = (read_instant(&between.from)?, read_instant(&between.to)?);
        if to < from || live.at < to {
            return Err(ApiError::invalid(
                "`from` を `to` より前に、`to` を現在以前にしてください",
                "`from` must not be after `to`, and `to` not after now",
            ));
        }
        let mut ids = vec![];
        for id in between.ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
            let id = SegmentId::new(id).filter(|id| live.rules.segment(id).is_some());
            let id = id.ok_or_else(ApiError::not_found)?;
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        if ids.is_empty() || GROUPS_MOST < ids.len() {
            return Err(ApiError::invalid(
                format!("`ids` にセグメントを 1〜{GROUPS_MOST} 個、カンマ区切りで指定してください"),
                format!("name 1 to {GROUPS_MOST} segments in `ids`, with commas between"),
            ));
        }
        let segments = live.rules.segments();
        let condition = |id: &SegmentId| Some(segments[live.rules.segment(id)?].1.clone());
        let asked = ids.iter().filter_map(condition).collect();
        let questions = Questions::new(asked, &Background::of(&live))?;
        let key = FlowsKey {
            conditions: questions.conditions().to_vec(),
            between: (from, to),
            scope: live.scope(caller),
        };
        Ok(Asked { ids, questions, key, catalogue: live.catalogue.clone(), now: live.at })
    }

    /// The answer, made now.
    async fn answer(self, app: &App) -> Answer<Arc<Flows>> {
        let Asked { questions, key, now, .. } = self;
        app.ask(move |app, gone| {
            let questions = app.ready(questions, now, gone)?;
            let (from, to) = key.between;
            let asked = [(from, questions.all()), (to, questions.all())];
            let census = app.census(&questions, &asked, &key.scope, gone)?;
            let [before, after] = census.as_slice() else {
                return Err(ApiError::ours("flows", "two instants were asked"));
            };
            let flows = engine::flows(&before.members, &after.members, &after.known);
            Ok(app.flows.put(key, now, Flows { as_of: now, flows }))
        })
        .await
    }

    /// The answer that was given a moment ago, or one made now.
    async fn answer_again(self, app: &App) -> Answer<Arc<Flows>> {
        match app.flows.find(&self.key, self.now) {
            Some(flows) => Ok(flows),
            None => self.answer(app).await,
        }
    }

    /// The place of a segment among those that are asked about.
    fn place(&self, id: Option<&str>) -> Answer<Option<usize>> {
        let Some(id) = id else { return Ok(None) };
        let place = self.ids.iter().position(|known| known.as_str() == id);
        place.map(Some).ok_or_else(ApiError::not_found)
    }
}

/// Who went from which segment to which between two instants, by what is known now.
#[utoipa::path(get, path = "/api/v1/flows", tag = "segments", params(Between),
    responses((status = 200, body = FlowTable)))]
pub(crate) async fn flows(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Query(between): Query<Between>,
) -> Answer<axum::Json<FlowTable>> {
    let asked = Asked::read(&app, &caller, &between)?;
    let (from, to) = asked.key.between;
    let segments: Vec<SegmentName> = asked
        .ids
        .iter()
        .map(|id| SegmentName {
            id: id.to_string(),
            name: asked.catalogue.name(id, language).unwrap_or_else(|| id.to_string()),
        })
        .collect();
    let answer = asked.answer(&app).await?;
    let id = |place: Option<usize>| place.map(|place| segments[place].id.clone());
    let cells = answer.flows.iter().map(|flow| FlowCell {
        a: id(flow.before),
        b: id(flow.after),
        count: flow.customers.len(),
    });
    let cells = cells.collect();
    let as_of = answer.as_of.into();
    Ok(axum::Json(FlowTable { as_of, from: from.into(), to: to.into(), segments, cells }))
}

/// Those who went from one segment to another between two instants.
#[utoipa::path(get, path = "/api/v1/flows/customers", tag = "segments", params(Between),
    responses((status = 200, body = FlowCustomers)))]
pub(crate) async fn customers(
    State(app): State<App>,
    caller: Caller,
    Query(between): Query<Between>,
) -> Answer<axum::Json<FlowCustomers>> {
    let asked = Asked::read(&app, &caller, &between)?;
    let (a, b) = (asked.place(between.a.as_deref())?, asked.place(between.b.as_deref())?);
    let page = Page { after: between.after, limit: between.limit, q: None };
    let answer = asked.answer_again(&app).await?;
    let nobody = RoaringBitmap::new();
    let flow = answer.flows.iter().find(|flow| (flow.before, flow.after) == (a, b));
    let who = flow.map_or(&nobody, |flow| &flow.customers);
    let (rows, next) = page.of(who)?;
    let rows = names(&app, rows.into_iter())?;
    Ok(axum::Json(FlowCustomers { as_of: answer.as_of.into(), count: who.len(), rows, next }))
}
