//! Trying a condition out: exact counts for the whole and for each leaf, and who comes and goes by time alone.

use axum::extract::State;
use condition::{Condition, Draft, Language, SegmentId, say_condition};
use engine::Rules;
use facts::{History, Timestamp};
use kernel::{Plan, PlanFault, Scratch};
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

use crate::{
    host::{App, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault},
        language::Spoken,
        take::Json,
    },
    nouns::{
        segments::faults_of_one,
        wire::{CustomerName, Instant},
    },
};

/// A condition to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trial {
    #[schema(value_type = Object)]
    condition: Draft,
}

/// What a condition comes to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Preview {
    as_of: Instant,
    /// How many are in. Exact.
    count: u64,
    /// How many customers there are.
    total: u64,
    sentence: String,
    sample: Vec<CustomerName>,
    leaves: Vec<LeafCount>,
    coming: Vec<Coming>,
    /// Always empty: a condition with faults is answered 422.
    faults: Vec<Fault>,
}

/// How many fit one leaf alone.
#[derive(Serialize, ToSchema)]
pub(crate) struct LeafCount {
    /// A JSON pointer into the draft.
    path: String,
    sentence: String,
    count: u64,
}

/// Who comes and goes by time alone.
#[derive(Serialize, ToSchema)]
pub(crate) struct Coming {
    /// So many days from now.
    days: i64,
    enters: u64,
    leaves: u64,
}

/// The days from now that are looked at.
const AHEAD: [i64; 3] = [1, 3, 7];

/// A condition ready to be tried: a plan whose last segments are the whole and then each leaf.
struct Try {
    plan: Plan,
    whole: usize,
    leaves: Vec<(String, Condition)>,
    rules: Arc<Rules>,
    now: Timestamp,
}

/// What one thread has counted.
struct Tally {
    scratch: Scratch,
    total: u64,
    members: RoaringBitmap,
    leaves: Vec<u64>,
    coming: [(u64, u64); 3],
}

/// Tries a condition on all customers.
#[utoipa::path(post, path = "/api/v1/preview", tag = "segments", request_body = Trial,
    responses((status = 200, body = Preview)))]
pub(crate) async fn preview(
    State(app): State<App>,
    _caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<Trial>,
) -> Answer<axum::Json<Preview>> {
    let (catalogue, rules, now) = {
        let live = app.live()?;
        (live.catalogue.clone(), live.rules.clone(), live.at)
    };
    let draft = ::segments::SegmentDraft {
        id: "preview_".to_owned(),
        name: condition::Said::default(),
        purpose: None,
        next_action: None,
        golden: None,
        condition: given.condition,
    };
    let others = catalogue.conditions();
    let checked = ::segments::check_all(&[draft], &others).map_err(faults_of_one)?;
    let condition = checked.into_iter().map(|one| one.condition).next();
    let condition = condition.ok_or_else(|| ApiError::ours("a preview", "no condition"))?;
    let sentence = speaking(&catalogue, &app.calendar, now, language, |speaker| {
        say_condition(&condition, language, &speaker.words)
    });
    let trial = Try::new(condition, others, rules, now)?;
    let found = {
        let _turn = app.scans.acquire().await;
        app.blocking(move |app| trial.run(app)).await?
    };
    Ok(axum::Json(found.told(&app, sentence, language)?))
}

impl Try {
    fn new(
        condition: Condition,
        others: Vec<(SegmentId, Condition)>,
        rules: Arc<Rules>,
        now: Timestamp,
    ) -> Answer<Try> {
        let mut leaves = vec![];
        collect_leaves(&condition, String::new(), &mut leaves);
        let mut all = others;
        let whole = all.len();
        all.push((SegmentId::hidden("preview/whole"), condition));
        for (place, (_, leaf)) in leaves.iter().enumerate() {
            all.push((SegmentId::hidden(&format!("preview/{place}")), leaf.clone()));
        }
        let plan = Plan::new(all).map_err(|faults: Vec<PlanFault>| {
            ApiError::ours("a preview's plan", format!("{faults:?}"))
        })?;
        Ok(Try { plan, whole, leaves, rules, now })
    }

    fn run(self, app: &App) -> Answer<Found> {
        let begin = || Tally {
            scratch: Scratch::default(),
            total: 0,
            members: RoaringBitmap::new(),
            leaves: vec![0; self.leaves.len()],
            coming: [(0, 0); 3],
        };
        let each = |tally: &mut Tally, number: store::CustomerNo, history: &History| {
            tally.add(&self, number.0, history);
        };
        let mut all = begin();
        for tally in app.each_history(begin, each)? {
            all.total += tally.total;
            all.members |= tally.members;
            all.leaves.iter_mut().zip(tally.leaves).for_each(|(all, some)| *all += some);
            for (all, some) in all.coming.iter_mut().zip(tally.coming) {
                *all = (all.0 + some.0, all.1 + some.1);
            }
        }
        Ok(Found { tried: self, tally: all })
    }
}

impl Tally {
    fn add(&mut self, tried: &Try, customer: u32, history: &History) {
        if history.known_since().is_none_or(|since| tried.now < since) {
            return;
        }
        self.total += 1;
        let calendar = tried.rules.calendar();
        let (plan, whole) = (&tried.plan, tried.whole);
        let scratch = &mut self.scratch;
        let now = plan.evaluate_one(whole, history, tried.now, calendar, scratch);
        if now.value {
            self.members.insert(customer);
        }
        for (place, count) in self.leaves.iter_mut().enumerate() {
            let leaf = plan.evaluate_one(whole + 1 + place, history, tried.now, calendar, scratch);
            *count += u64::from(leaf.value);
        }
        for (days, (enters, leaves)) in AHEAD.iter().zip(&mut self.coming) {
            let at = tried.now.plus(days * Timestamp::DAY);
            if now.holds_until.is_none_or(|until| at < until) {
                continue;
            }
            let then = plan.evaluate_one(whole, history, at, calendar, scratch);
            *enters += u64::from(then.value && !now.value);
            *leaves += u64::from(!then.value && now.value);
        }
    }
}

/// A condition that was tried, and what was counted.
struct Found {
    tried: Try,
    tally: Tally,
}

impl Found {
    fn told(self, app: &App, sentence: String, language: Language) -> Answer<Preview> {
        let Found { tried, tally } = self;
        let live = app.live()?;
        let named = |(path, leaf): (String, Condition), count: u64| LeafCount {
            path,
            sentence: speaking(&live.catalogue, &app.calendar, tried.now, language, |speaker| {
                say_condition(&leaf, language, &speaker.words)
            }),
            count,
        };
        let leaves = tried.leaves.into_iter().zip(tally.leaves);
        let leaves = leaves.map(|(leaf, count)| named(leaf, count)).collect();
        let sample = tally.members.iter().take(10);
        let sample: Vec<(u32, _)> =
            sample.filter_map(|one| Some((one, live.cards.get(one)?.clone()))).collect();
        drop(live);
        let coming = AHEAD.into_iter().zip(tally.coming);
        Ok(Preview {
            as_of: tried.now.into(),
            count: tally.members.len(),
            total: tally.total,
            sentence,
            sample: sample
                .into_iter()
                .map(|(one, card)| CustomerName::of(app.key_text(one), &card))
                .collect(),
            leaves,
            coming: coming
                .map(|(days, (enters, leaves))| Coming { days, enters, leaves })
                .collect(),
            faults: vec![],
        })
    }
}

/// The leaves of a condition, each with its path in the draft.
fn collect_leaves(condition: &Condition, path: String, leaves: &mut Vec<(String, Condition)>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            let head = if matches!(condition, Condition::All(_)) { "all" } else { "any" };
            for (place, part) in parts.iter().enumerate() {
                collect_leaves(part, format!("{path}/{head}/{place}"), leaves);
            }
        }
        Condition::Not(inner) => collect_leaves(inner, format!("{path}/not"), leaves),
        // What stands inside "for some value" means nothing alone.
        Condition::Some { .. } | Condition::Leaf(_) => leaves.push((path, condition.clone())),
    }
}
