//! Models learnt from the workspace's own facts, in the background: what is foretold, what was learnt, and how far it is.
//!
//! ```text
//!   ModelDraft ──▶ reading ──▶ learning ──▶ scoring ──▶ writing          one at a time, each can be stopped
//!   (registry)     lessons     trials       everybody   score:ID facts
//!                                 │
//!                                 └──▶ ModelCard (registry, a version a run), Weights (registry)
//! ```
//! A score is a fact: an attribute `score:ID` with its past, so conditions ask it like any other. Only scores that
//! changed are written.

mod heard;
mod learning;
mod reading;
mod scoring;
mod value;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use condition::Said;
use facts::{Calendar, Timestamp};
use forecast::{
    propensity::{Card, Model, NoModel},
    purchases::{GammaGamma, Geometric},
};
use lessons::{Gaze, Outcome};
use registry::{NewDefinition, Origin};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, Semaphore};

use crate::{
    host::{
        App,
        asking::Gone,
        news::{Changed, News},
    },
    http::error::{Answer, ApiError},
};

pub(crate) use heard::{Heard, score_whoever_is_heard_of};
pub(crate) use reading::{day_number, everybody_at, gaze_of};
pub(crate) use value::{ValueOf, purchases_of};

/// The kind under which the registry keeps what is to be foretold.
pub(crate) const MODEL: &str = "model";
/// The kind under which the registry keeps what is known of each run.
const CARD: &str = "model_card";
/// The form of what is kept; another one is learnt anew.
const FORM: u32 = 1;

/// What is to be foretold, as somebody wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModelDraft {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) name: Said,
    pub(crate) learn: Learn,
    /// For how many days ahead.
    pub(crate) horizon_days: u32,
    pub(crate) seed: u64,
}

/// What is learnt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Learn {
    /// How likely something happens.
    Propensity { outcome: Outcome },
    /// Who is like the members of a segment.
    Lookalike { segment: String },
    /// How much customers will buy.
    Value { event: String, amount: String },
}

impl Learn {
    /// The segment from whose members it is learnt.
    pub(crate) fn segment(&self) -> Option<&str> {
        match self {
            Learn::Lookalike { segment } => Some(segment),
            Learn::Propensity { .. } | Learn::Value { .. } => None,
        }
    }
}

/// What is known of one run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ModelCard {
    pub(crate) form: u32,
    /// As of when everybody was scored (ms).
    pub(crate) as_of: i64,
    /// How many customers there were.
    pub(crate) customers: u64,
    /// How many of them lessons were taken from.
    pub(crate) drawn: u64,
    /// The instants of the lessons (ms).
    pub(crate) lessons: Vec<i64>,
    /// How many have a score now.
    pub(crate) scored: u64,
    /// How many scores were different from before.
    pub(crate) written: u64,
    /// How long it took (ms): reading, learning, scoring.
    pub(crate) took: [u64; 3],
    /// The batch in which scores were written, by which they can be taken back.
    pub(crate) batch: Option<u32>,
    pub(crate) found: Found,
}

/// What was found.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Found {
    Propensity {
        card: Card,
    },
    Lookalike {
        card: Card,
        members: u64,
        of_listed: f64,
        prospects: Vec<ProspectKept>,
    },
    Value {
        model: Geometric,
        spend: Option<GammaGamma>,
        ln_likelihood: f64,
        check: Option<ValueCheck>,
    },
}

/// How the value model did on the last days of the past, which it had not seen.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct ValueCheck {
    /// So many days were held back.
    pub(crate) days: u32,
    pub(crate) customers: u64,
    /// Purchases foretold, and those that came.
    pub(crate) purchases: (f64, f64),
    /// The mean distance for one customer.
    pub(crate) error: f64,
    /// The same of "as often as before".
    pub(crate) error_of_rate: f64,
}

/// A customer who is like the members.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ProspectKept {
    pub(crate) customer: u32,
    pub(crate) likeness: f64,
    /// Column, value, what it is among the members and among the rest, and whether that is a share.
    pub(crate) shared: Vec<SharedKept>,
    pub(crate) nearest: Vec<u32>,
}

/// What a prospect has in common with the members.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SharedKept {
    pub(crate) column: String,
    pub(crate) value: String,
    pub(crate) members: f64,
    pub(crate) rest: f64,
    pub(crate) is_share: bool,
}

/// What is needed to ask a model again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Weights {
    form: u32,
    pub(crate) gaze: Gaze,
    pub(crate) model: Model,
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Progress {
    pub(crate) stage: Stage,
    pub(crate) done: u64,
    pub(crate) of: u64,
}

/// What a run is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Waiting,
    Reading,
    Learning,
    Scoring,
    Writing,
}

/// One run.
pub(crate) struct Run {
    cancel: Arc<AtomicBool>,
    progress: Mutex<Progress>,
}

/// Why a run came to no end.
pub(crate) enum Stop {
    Cancelled,
    /// Nothing can be learnt, and why.
    Refused(Said),
    Failed(ApiError),
}

impl From<ApiError> for Stop {
    fn from(why: ApiError) -> Stop {
        Stop::Failed(why)
    }
}

/// The runs of the models, and how the last of each ended when it came to nothing.
pub(crate) struct Runs {
    running: Mutex<HashMap<String, Arc<Run>>>,
    ended: Mutex<HashMap<String, Said>>,
    one_less: Notify,
    /// One at a time: it takes a core.
    turn: Semaphore,
}

impl Default for Runs {
    fn default() -> Runs {
        Runs {
            running: Mutex::default(),
            ended: Mutex::default(),
            one_less: Notify::new(),
            turn: Semaphore::new(1),
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Run {
    pub(crate) fn at(&self, stage: Stage, done: u64, of: u64) {
        *lock(&self.progress) = Progress { stage, done, of };
    }

    /// An end when it was asked to stop.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        if self.cancel.load(Ordering::Relaxed) { Err(Stop::Cancelled) } else { Ok(()) }
    }

    /// A question that ends when the run is to stop.
    pub(crate) fn gone(&self) -> Gone {
        Gone::by(self.cancel.clone())
    }
}

impl Runs {
    /// How far a model's run is, if one runs.
    pub(crate) fn progress(&self, id: &str) -> Option<Progress> {
        let run = lock(&self.running).get(id).cloned()?;
        let progress = *lock(&run.progress);
        Some(progress)
    }

    /// Why the last run came to nothing, if it did.
    pub(crate) fn refused(&self, id: &str) -> Option<Said> {
        lock(&self.ended).get(id).cloned()
    }

    /// Asks a run to stop; whether there was one.
    pub(crate) fn cancel(&self, id: &str) -> bool {
        let run = lock(&self.running).get(id).cloned();
        if let Some(run) = &run {
            run.cancel.store(true, Ordering::SeqCst);
        }
        run.is_some()
    }

    async fn until_none(&self) {
        loop {
            let mut less = std::pin::pin!(self.one_less.notified());
            less.as_mut().enable();
            if lock(&self.running).is_empty() {
                return;
            }
            less.await;
        }
    }
}

/// Stops all runs and waits for them.
pub(crate) async fn wait_for_runs(app: &App) {
    for run in lock(&app.runs.running).values() {
        run.cancel.store(true, Ordering::SeqCst);
    }
    app.runs.until_none().await;
}

/// Begins to learn in the background; nothing when it is at it already.
pub(crate) fn begin(app: &App, draft: ModelDraft, by: String) {
    let run = Arc::new(Run {
        cancel: Arc::default(),
        progress: Mutex::new(Progress { stage: Stage::Waiting, done: 0, of: 0 }),
    });
    {
        let mut running = lock(&app.runs.running);
        if running.contains_key(&draft.id) {
            return;
        }
        running.insert(draft.id.clone(), run.clone());
    }
    lock(&app.runs.ended).remove(&draft.id);
    tokio::spawn(work(app.clone(), draft, run, by));
}

async fn work(app: App, draft: ModelDraft, run: Arc<Run>, by: String) {
    let id = draft.id.clone();
    let came = {
        // The semaphore lives as long as the workspace and is never closed.
        let _turn = app.runs.turn.acquire().await;
        let (draft, run) = (draft.clone(), run.clone());
        app.blocking(move |app| Ok(learning::run(app, &draft, &run))).await
    };
    let ended = match came {
        Ok(Ok((card, weights))) => {
            keep(&app, &id, &card, weights.as_ref(), &by).await.err().map(internal)
        }
        Ok(Err(Stop::Cancelled)) => Some(Said::new("学習を中止しました", "learning was stopped")),
        Ok(Err(Stop::Refused(said))) => Some(said),
        // A question that was given up is a run that was stopped.
        Ok(Err(Stop::Failed(_))) if run.check().is_err() => {
            Some(Said::new("学習を中止しました", "learning was stopped"))
        }
        Ok(Err(Stop::Failed(why))) | Err(why) => Some(internal(why)),
    };
    if let Some(said) = ended {
        lock(&app.runs.ended).insert(id.clone(), said);
    }
    lock(&app.runs.running).remove(&id);
    app.runs.one_less.notify_waiters();
    app.tell(News::Changed(Changed::everything()));
}

fn internal(why: ApiError) -> Said {
    tracing::error!(?why, "a model's run failed");
    Said::new(
        "サーバーで問題が起きました。もう一度学習してください",
        "something went wrong in the server; learn again",
    )
}

fn weights_key(id: &str) -> String {
    format!("model_weights:{id}")
}

async fn keep(
    app: &App,
    id: &str,
    card: &ModelCard,
    weights: Option<&Weights>,
    by: &str,
) -> Answer<()> {
    let text = |why: serde_json::Error| ApiError::ours("a model", why);
    let now = app.clock.now().millis();
    if let Some(weights) = weights {
        let json = serde_json::to_string(weights).map_err(text)?;
        app.registry.put_setting(&weights_key(id), &json, now).await?;
        app.heard.set_of_use(true);
    }
    let expected =
        app.registry.definition_history(CARD, id).await?.first().map(|last| last.version);
    let body = serde_json::to_string(card).map_err(text)?;
    let new = NewDefinition {
        kind: CARD.to_owned(),
        id: id.to_owned(),
        body,
        expected,
        origin: Origin::Page,
        by: by.to_owned(),
    };
    app.registry.put_definition(new, now).await?;
    Ok(())
}

/// What is known of the last run of a model, and when that was written.
pub(crate) async fn card_of(app: &App, id: &str) -> Answer<Option<(ModelCard, i64)>> {
    let history = app.registry.definition_history(CARD, id).await?;
    let read = history.first().and_then(|last| {
        let card: ModelCard = serde_json::from_str(&last.body).ok()?;
        (card.form == FORM).then_some((card, last.created_at))
    });
    Ok(read)
}

/// What is needed to ask a model again; none when it was never learnt, or by another version.
pub(crate) async fn weights_of(app: &App, id: &str) -> Answer<Option<Weights>> {
    let Some(json) = app.registry.setting(&weights_key(id)).await? else { return Ok(None) };
    let weights = app.blocking(move |_| Ok(serde_json::from_str::<Weights>(&json).ok())).await?;
    Ok(weights.filter(|weights| weights.form == FORM))
}

/// Why nothing can be learnt, in both languages.
fn refused(why: &NoModel) -> Stop {
    let ja = match why {
        NoModel::TooFew { rows, positives } => format!(
            "学ぶには少なすぎます。{rows}件のうち当てはまるのは{positives}件でした。100件以上、どちらも20件以上が必要です。それまでは兆しとセグメントをお使いください"
        ),
        NoModel::NoPositive { .. } => "これまでに一度も起きていないので、学べません".to_owned(),
        NoModel::NotTwo { .. } => "これまでの結果がどれも同じなので、学べません".to_owned(),
        NoModel::NoFeatures => "手がかりになる属性や行動がありません".to_owned(),
        NoModel::NoSplit(_) | NoModel::NoColumn(_) => {
            "過去の日付が足りず、確かめながら学ぶことができません".to_owned()
        }
    };
    Stop::Refused(Said::new(ja, why.to_string()))
}

fn millis_since(begun: std::time::Instant) -> u64 {
    u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// The number of the local day of an instant since 1970.
pub(crate) fn today(calendar: &Calendar, now: Timestamp) -> i32 {
    reading::day_number(calendar, now)
}
