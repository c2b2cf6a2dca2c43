//! Pairs of customers that may be one: found in the background, decided by people, taken back when they were wrong.

use std::collections::{BTreeMap, BTreeSet};

use axum::{extract::State, http::StatusCode};
use condition::{Language, label_of_attribute, label_of_value};
use facts::{CustomerKey, History, HistoryBuilder, Timestamp};
use serde::{Deserialize, Serialize};
use store::CustomerNo;
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App,
        uniting::{
            self, Decision, FoundPair, Kept, Pair, Phase, What,
            at_once::{self, Mode},
        },
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path, Query},
    },
    nouns::wire::{Instant, page_length},
};

/// Which pairs.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PairsWanted {
    /// Those that wait for people when left out.
    #[param(inline)]
    show: Option<Show>,
    /// `next` of the page before.
    after: Option<usize>,
    /// How many rows; 50 when not said, at most 500.
    limit: Option<usize>,
}

/// Which pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Show {
    Open,
    Later,
    Same,
    Different,
}

/// Pairs, the likeliest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairList {
    /// When they were last looked for; null when they never were.
    found_at: Option<Instant>,
    /// How many customers were compared with each other then.
    customers: u64,
    /// How many pairs were compared then.
    compared: u64,
    /// How many pairs were put together by the threshold then.
    by_rule: u64,
    /// How many more waited than are kept.
    more: u64,
    counts: PairCounts,
    total: u64,
    rows: Vec<PairRow>,
    next: Option<usize>,
    /// What the job is at; null when it does not run.
    finding: Option<PairsFar>,
    at_once: AtOnceFar,
}

/// New records are compared with all others as they come.
#[derive(Serialize, ToSchema)]
pub(crate) struct AtOnceFar {
    mode: AtOnceMode,
    /// How many wait to be compared.
    waiting: u64,
    /// How many were compared since the server started.
    compared: u64,
    /// How many pairs were found of them.
    found: u64,
    /// Whether everybody must be compared once before: the firm has many customers.
    needs_everybody: bool,
    /// From how many customers it was learned what tells them apart.
    learned_from: u64,
    /// The memory that takes, in bytes.
    bytes: u64,
}

/// What is done with new records: nothing; every pair is left to people; or pairs that are sure are made one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AtOnceMode {
    Off,
    Ask,
    Unite,
}

/// What is to be done with new records.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AtOnceBody {
    mode: AtOnceMode,
}

/// How many pairs stand where.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairCounts {
    open: u64,
    later: u64,
    same: u64,
    different: u64,
}

/// How far the job is.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairsFar {
    phase: PhaseName,
    done: u64,
    total: u64,
}

/// What the job is at.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PhaseName {
    Reading,
    Comparing,
    Uniting,
}

/// Two customers that may be one.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairRow {
    a: Party,
    b: Party,
    probability: Option<f64>,
    /// In bits: each doubles the odds.
    weight: Option<f64>,
    /// The sum behind it, step by step.
    steps: Vec<PairStep>,
    fields: Vec<PairField>,
    decided: Option<PairDecided>,
}

/// One of the two.
#[derive(Serialize, ToSchema)]
pub(crate) struct Party {
    key: String,
    name: String,
    rep: Option<String>,
    events: u64,
    last_event_at: Option<Instant>,
}

/// A step of the sum.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairStep {
    said: String,
    bits: f64,
}

/// What is known of both.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairField {
    label: String,
    a: Option<String>,
    b: Option<String>,
    /// Whether both say the very same.
    same: bool,
}

/// What was decided.
#[derive(Serialize, ToSchema)]
pub(crate) struct PairDecided {
    what: WhatName,
    /// Whether the threshold decided, and nobody looked.
    by_rule: bool,
    by: String,
    at: Instant,
    /// Whether it has no effect, because it would put two together of whom it was decided that they are different.
    held_back: bool,
}

/// What was decided of a pair.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhatName {
    Same,
    Different,
    Later,
}

/// A decision.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionBody {
    /// Null takes the decision back.
    decision: Option<WhatName>,
}

/// A decision that is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionKept {
    decision: Option<WhatName>,
    /// The keys of all who are one customer with the first now, the first one first.
    one: Vec<String>,
}

/// How to look for pairs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FindBody {
    /// Whether pairs that are sure enough are put together at once; each can be taken back.
    #[serde(default = "yes")]
    auto: bool,
}

fn yes() -> bool {
    true
}

impl From<AtOnceMode> for Mode {
    fn from(mode: AtOnceMode) -> Mode {
        match mode {
            AtOnceMode::Off => Mode::Off,
            AtOnceMode::Ask => Mode::Ask,
            AtOnceMode::Unite => Mode::Unite,
        }
    }
}

impl From<Mode> for AtOnceMode {
    fn from(mode: Mode) -> AtOnceMode {
        match mode {
            Mode::Off => AtOnceMode::Off,
            Mode::Ask => AtOnceMode::Ask,
            Mode::Unite => AtOnceMode::Unite,
        }
    }
}

impl From<WhatName> for What {
    fn from(name: WhatName) -> What {
        match name {
            WhatName::Same => What::Same,
            WhatName::Different => What::Different,
            WhatName::Later => What::Later,
        }
    }
}

impl From<What> for WhatName {
    fn from(what: What) -> WhatName {
        match what {
            What::Same => WhatName::Same,
            What::Different => WhatName::Different,
            What::Later => WhatName::Later,
        }
    }
}

/// A pair with what is known of it.
struct Standing {
    pair: Pair,
    found: Option<FoundPair>,
    decision: Option<Decision>,
}

impl Standing {
    fn show(&self) -> Show {
        match self.decision.as_ref().map(|decision| decision.kept.what) {
            None => Show::Open,
            Some(What::Later) => Show::Later,
            Some(What::Same) => Show::Same,
            Some(What::Different) => Show::Different,
        }
    }

    fn weight(&self) -> f64 {
        self.found.as_ref().map_or(0.0, |found| found.weight)
    }
}

/// Pairs of customers that may be one.
#[utoipa::path(get, path = "/api/v1/pairs", tag = "customers", params(PairsWanted),
    responses((status = 200, body = PairList)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
    Query(wanted): Query<PairsWanted>,
) -> Answer<axum::Json<PairList>> {
    let found = uniting::found(&app).await?;
    let decisions = uniting::decisions(&app.registry).await?;
    let (_, held_back) = uniting::united_by(&decisions, &BTreeSet::new());
    let show = wanted.show.unwrap_or(Show::Open);
    let first = wanted.after.unwrap_or(0);
    let limit = page_length(wanted.limit, 50);
    let mut list = PairList {
        found_at: found.as_ref().map(|found| Instant::of_millis(found.at)),
        customers: found.as_ref().map_or(0, |found| found.customers),
        compared: found.as_ref().map_or(0, |found| found.compared),
        by_rule: found.as_ref().map_or(0, |found| found.by_rule),
        more: found.as_ref().map_or(0, |found| found.more),
        counts: PairCounts { open: 0, later: 0, same: 0, different: 0 },
        total: 0,
        rows: vec![],
        next: None,
        finding: app.pairs.far().map(|far| PairsFar {
            phase: match far.phase {
                Phase::Reading => PhaseName::Reading,
                Phase::Comparing => PhaseName::Comparing,
                Phase::Uniting => PhaseName::Uniting,
            },
            done: far.done,
            total: far.total,
        }),
        at_once: at_once_far(&app).await?,
    };
    let mut standing = standing(&app, at_once::all_found(&app).await?, decisions);
    for one in &standing {
        match one.show() {
            Show::Open => list.counts.open += 1,
            Show::Later => list.counts.later += 1,
            Show::Same => list.counts.same += 1,
            Show::Different => list.counts.different += 1,
        }
    }
    standing.retain(|one| one.show() == show);
    list.total = standing.len() as u64;
    list.next = (first + limit < standing.len()).then_some(first + limit);
    let page: Vec<Standing> = standing.into_iter().skip(first).take(limit).collect();
    list.rows = app
        .blocking(move |app| {
            let row = |one: Standing| {
                let is_held = held_back.contains(&one.pair);
                row(app, one, is_held, language)
            };
            page.into_iter().map(row).collect()
        })
        .await?;
    Ok(axum::Json(list))
}

async fn at_once_far(app: &App) -> Answer<AtOnceFar> {
    let figures = app.pairs.at_once.figures();
    Ok(AtOnceFar {
        mode: at_once::mode(app).await?.into(),
        waiting: app.pairs.at_once.waiting_n(),
        compared: figures.compared,
        found: figures.found,
        needs_everybody: figures.needs_everybody,
        learned_from: figures.learned_from,
        bytes: figures.bytes,
    })
}

/// All pairs that were found or decided about, the likeliest first; those of whom somebody is gone are left out.
fn standing(
    app: &App,
    found: Vec<FoundPair>,
    mut decisions: BTreeMap<Pair, Decision>,
) -> Vec<Standing> {
    let united = app.store.united();
    let mut all: Vec<Standing> = vec![];
    for found in found {
        let pair = (found.a, found.b);
        let decision = decisions.remove(&pair);
        // Who became one through others is decided about already.
        if decision.is_none() && united.head(pair.0) == united.head(pair.1) {
            continue;
        }
        all.push(Standing { pair, found: Some(found), decision });
    }
    all.extend(decisions.into_iter().map(|(pair, decision)| Standing {
        pair,
        found: decision.kept.pair.clone(),
        decision: Some(decision),
    }));
    let is_there = |no: u32| app.store.key_of(CustomerNo(no)).is_some();
    all.retain(|one| is_there(one.pair.0) && is_there(one.pair.1));
    all.sort_by(|x, y| y.weight().total_cmp(&x.weight()).then(x.pair.cmp(&y.pair)));
    all
}

/// The attributes that are put beside each other, in this order.
const FIELDS: [&str; 12] = [
    "name",
    "name_kana",
    "corporate_number",
    "birthday",
    "phone",
    "email",
    "website",
    "postal_code",
    "prefecture",
    "city",
    "address",
    "industry",
];

fn row(app: &App, one: Standing, held_back: bool, language: Language) -> Answer<PairRow> {
    let now = app.clock.now();
    let mut builder = HistoryBuilder::new();
    let mut read = |no: u32| -> Answer<History> {
        app.store.history_as_told(CustomerNo(no), &mut builder)?;
        Ok(std::mem::take(&mut builder).into_history())
    };
    let (a, b) = (read(one.pair.0)?, read(one.pair.1)?);
    let said = |history: &History, key: &str| {
        let value = history.attribute(key, now);
        (!value.is_missing()).then(|| label_of_value(key, &value.to_string(), language))
    };
    let fields = FIELDS.iter().filter_map(|key| {
        let (a, b) = (said(&a, key), said(&b, key));
        let same = a.is_some() && a == b;
        let known = a.is_some() || b.is_some();
        known.then(|| PairField { label: label_of_attribute(key, language), a, b, same })
    });
    let fields = fields.collect();
    let found = one.found;
    let steps = found.iter().flat_map(|found| &found.steps).map(|(said, bits)| PairStep {
        said: match language {
            Language::Ja => said.ja.clone(),
            Language::En => said.en.clone(),
        },
        bits: *bits,
    });
    Ok(PairRow {
        a: party(app, one.pair.0, &a, now),
        b: party(app, one.pair.1, &b, now),
        steps: steps.collect(),
        probability: found.as_ref().map(|found| found.probability),
        weight: found.as_ref().map(|found| found.weight),
        fields,
        decided: one.decision.map(|decision| PairDecided {
            what: decision.kept.what.into(),
            by_rule: decision.kept.by_rule,
            by: decision.by,
            at: Instant::of_millis(decision.at),
            held_back,
        }),
    })
}

fn party(app: &App, no: u32, history: &History, now: Timestamp) -> Party {
    let key = app.key_text(no);
    let text = |name: &str| history.attribute(name, now).as_text().map(str::to_owned);
    let last = history.tracks().iter().filter_map(|track| {
        let events = history.events_of(track);
        let n = events.partition_point(|event| event.stamp.at <= now);
        events[..n].last().map(|event| event.stamp.at)
    });
    Party {
        name: text("name").unwrap_or_else(|| key.clone()),
        rep: text("rep"),
        events: history.n_events() as u64,
        last_event_at: last.max().map(Instant::from),
        key,
    }
}

/// Decides about a pair, or takes a decision back. Who is one has one history from then on; parted, each has its own
/// again.
#[utoipa::path(put, path = "/api/v1/pairs/{a}/{b}", tag = "customers", request_body = DecisionBody,
    responses((status = 200, body = DecisionKept)))]
pub(crate) async fn decide(
    State(app): State<App>,
    caller: Caller,
    Path((a, b)): Path<(String, String)>,
    Json(given): Json<DecisionBody>,
) -> Answer<axum::Json<DecisionKept>> {
    app.live()?;
    let number = |key: &str| {
        let key = CustomerKey::new(key).map_err(|_| ApiError::not_found())?;
        app.store.number_ever_of(&key).ok_or_else(ApiError::not_found)
    };
    let (a, b) = (number(&a)?.0, number(&b)?.0);
    if a == b {
        return Err(ApiError::invalid(
            "同じ顧客を二つ選んでいます",
            "these two are the very same record",
        ));
    }
    let pair = (a.min(b), a.max(b));
    let found = at_once::all_found(&app).await?;
    let found = found.into_iter().find(|found| (found.a, found.b) == pair);
    let known = uniting::decisions(&app.registry).await?;
    let found = found.or_else(|| known.get(&pair)?.kept.pair.clone());
    let kept = given.decision.map(|what| Kept {
        a: pair.0,
        b: pair.1,
        what: what.into(),
        by_rule: false,
        pair: found,
    });
    if matches!(given.decision, Some(WhatName::Same)) {
        check_nobody_is_different(&app, pair, &known)?;
    }
    uniting::decide(&app, vec![(pair, kept)], (caller.name(), caller.origin())).await?;
    let now = app.clock.real_now().millis();
    let on = format!("customer_numbers:{}:{}", pair.0, pair.1);
    app.registry.audit(&caller.name(), "pair_decided", &on, None, now).await?;
    let united = app.store.united();
    let head = united.head(pair.0);
    let one = [&[head], united.members(head)].concat();
    let one = one.into_iter().map(|no| app.key_text(no)).collect();
    Ok(axum::Json(DecisionKept { decision: given.decision, one }))
}

fn check_nobody_is_different(
    app: &App,
    pair: Pair,
    known: &BTreeMap<Pair, Decision>,
) -> Answer<()> {
    let united = app.store.united();
    let heads = [united.head(pair.0), united.head(pair.1)];
    let different = known.iter().find(|((a, b), decision)| {
        let between = [united.head(*a), united.head(*b)];
        decision.kept.what == What::Different
            && (*a, *b) != pair
            && between.iter().all(|head| heads.contains(head))
    });
    let Some(((a, b), _)) = different else { return Ok(()) };
    let (a, b) = (app.key_text(*a), app.key_text(*b));
    Err(ApiError::conflict(
        format!("{a} と {b} は別の顧客と決められています。先にその決定を取り消してください"),
        format!("{a} and {b} were decided to be different; take that back first"),
    ))
}

/// Looks for pairs among all customers, in the background.
#[utoipa::path(post, path = "/api/v1/pairs/find", tag = "customers", request_body = FindBody,
    responses((status = 202)))]
pub(crate) async fn find(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<FindBody>,
) -> Answer<StatusCode> {
    app.live()?;
    if at_once::mode(&app).await? != Mode::Off {
        // New records are treated as everybody is.
        at_once::set_mode(&app, if given.auto { Mode::Unite } else { Mode::Ask }).await?;
    }
    if !uniting::begin(&app, given.auto, caller.name(), caller.origin()) {
        return Err(ApiError::conflict(
            "いま調べているところです",
            "pairs are being looked for already",
        ));
    }
    Ok(StatusCode::ACCEPTED)
}

/// Says what is done with new records. Customers who came while it was switched off are compared once it is on again.
#[utoipa::path(put, path = "/api/v1/pairs/at-once", tag = "customers", request_body = AtOnceBody,
    responses((status = 200, body = AtOnceFar)))]
pub(crate) async fn put_at_once(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<AtOnceBody>,
) -> Answer<axum::Json<AtOnceFar>> {
    at_once::set_mode(&app, given.mode.into()).await?;
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), "pairs_at_once_changed", "workspace", None, now).await?;
    Ok(axum::Json(at_once_far(&app).await?))
}

/// Stops looking for pairs; nothing is changed then.
#[utoipa::path(delete, path = "/api/v1/pairs/find", tag = "customers",
    responses((status = 204)))]
pub(crate) async fn stop(State(app): State<App>) -> StatusCode {
    app.pairs.cancel.store(true, std::sync::atomic::Ordering::SeqCst);
    StatusCode::NO_CONTENT
}
