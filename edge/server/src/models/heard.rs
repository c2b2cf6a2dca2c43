//! Scores those who are heard of: a new lead has its scores within a second, without waiting for the next learning.
//!
//! ```text
//!   facts from outside ─▶ heard of ─▶ a moment later: history, row, score ─▶ score:ID facts, where they changed
//!                            ▲                                                   │
//!                            └── once an hour at most, whoever has scores ◀──────┘ (our own facts are not heard)
//! ```

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use facts::{Decimal, HistoryBuilder, Timestamp};
use forecast::propensity::Gathering;
use lessons::Cell;
use store::CustomerNo;
use tokio::sync::Notify;

use crate::{
    host::{App, checkpoint::Changes},
    http::error::Answer,
    models::{
        CARD, Found, Learn, MODEL, ModelCard, ModelDraft, Weights,
        scoring::{attribute, fact, thousandths},
        weights_of,
    },
};

/// So many are scored together.
const AT_ONCE: usize = 1_024;
/// An import of more customers than this is no news of leads; they are scored when the model is learnt again.
const HEARD_MOST: usize = 20_000;
/// Whoever was scored waits so long for the next time (ms).
const AGAIN_AFTER: i64 = Timestamp::HOUR;
/// So long what comes is gathered.
const GATHER: Duration = Duration::from_millis(300);

/// Who waits for scores.
#[derive(Default)]
pub(crate) struct Heard {
    state: Mutex<State>,
    bell: Notify,
    /// Whether there is a model to ask.
    has_models: AtomicBool,
}

#[derive(Default)]
struct State {
    /// By customer, when the turn comes.
    waiting: BTreeMap<u32, Timestamp>,
    /// When those were scored who were scored within the last hour.
    scored: HashMap<u32, Timestamp>,
}

/// A model that can be asked.
struct Ready {
    draft: ModelDraft,
    weights: Weights,
    /// What a score of a member is like, for likeness.
    of_listed: f64,
}

/// Models by id, with the version of the card they belong to.
type Known = BTreeMap<String, (i32, Arc<Ready>)>;

impl Heard {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it is worth hearing of anybody.
    pub(crate) fn is_of_use(&self) -> bool {
        self.has_models.load(Ordering::Relaxed)
    }

    /// There is a model to ask, or none any more.
    pub(super) fn set_of_use(&self, has_models: bool) {
        self.has_models.store(has_models, Ordering::Relaxed);
    }

    /// Somebody outside said something of these.
    pub(crate) fn of(&self, customers: impl ExactSizeIterator<Item = u32>, now: Timestamp) {
        if !self.is_of_use() || HEARD_MOST < customers.len() {
            return;
        }
        let mut state = self.state();
        for customer in customers {
            let again = state.scored.get(&customer).map(|at| at.plus(AGAIN_AFTER));
            state.waiting.entry(customer).or_insert(again.map_or(now, |again| again.max(now)));
        }
        drop(state);
        self.bell.notify_one();
    }

    /// Those whose turn it is.
    fn due(&self, now: Timestamp) -> Vec<u32> {
        let mut state = self.state();
        state.scored.retain(|_, at| now.since(*at) < AGAIN_AFTER);
        let due = state.waiting.iter().filter(|(_, at)| **at <= now);
        let due: Vec<u32> = due.map(|(customer, _)| *customer).take(AT_ONCE).collect();
        for customer in &due {
            state.waiting.remove(customer);
            state.scored.insert(*customer, now);
        }
        due
    }
}

/// Scores whoever is heard of, until the workspace is to stop.
pub(crate) async fn score_whoever_is_heard_of(app: App) {
    const LOOK_EVERY: Duration = Duration::from_secs(60);
    let mut stop = app.stop.subscribe();
    let mut known = Known::new();
    if let Err(why) = refresh(&app, &mut known).await {
        tracing::error!(?why, "models could not be read");
    }
    loop {
        tokio::select! {
            () = app.heard.bell.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        tokio::time::sleep(GATHER).await;
        loop {
            let due = app.heard.due(app.clock.now());
            if due.is_empty() || *stop.borrow() {
                break;
            }
            if let Err(why) = score(&app, &mut known, due).await {
                tracing::error!(?why, "whoever was heard of could not be scored");
            }
        }
    }
}

async fn score(app: &App, known: &mut Known, customers: Vec<u32>) -> Answer<()> {
    refresh(app, known).await?;
    let customers = Arc::new(customers);
    for (_, ready) in known.values() {
        let (ready, customers) = (ready.clone(), customers.clone());
        app.blocking(move |app| ready.score(app, &customers)).await?;
    }
    Ok(())
}

/// Reads the models that were learnt since, and lets go of those that are no longer there.
async fn refresh(app: &App, known: &mut Known) -> Answer<()> {
    let mut there = Known::new();
    for definition in app.registry.definitions(MODEL).await? {
        if definition.retired {
            continue;
        }
        let Ok(draft) = serde_json::from_str::<ModelDraft>(&definition.body) else { continue };
        let Some(card) = app.registry.definition(CARD, &draft.id).await? else { continue };
        let id = draft.id.clone();
        if let Some((_, ready)) = known
            .remove(&id)
            .filter(|(version, ready)| *version == card.version && ready.draft == draft)
        {
            there.insert(id, (card.version, ready));
            continue;
        }
        let found = serde_json::from_str::<ModelCard>(&card.body).ok().map(|card| card.found);
        let of_listed = match found {
            Some(Found::Lookalike { of_listed, .. }) => of_listed,
            Some(Found::Propensity { .. }) => 1.0,
            Some(Found::Value { .. }) | None => continue,
        };
        if let Some(weights) = weights_of(app, &id).await? {
            there.insert(id, (card.version, Arc::new(Ready { draft, weights, of_listed })));
        }
    }
    app.heard.set_of_use(!there.is_empty());
    *known = there;
    Ok(())
}

impl Ready {
    /// Scores some customers as of now, and writes the scores that changed.
    fn score(&self, app: &App, customers: &[u32]) -> Answer<()> {
        let Ready { draft, weights, of_listed } = self;
        let now = app.clock.now();
        let key = attribute(&draft.id);
        let listed = match &draft.learn {
            Learn::Lookalike { segment } => {
                let live = app.live()?;
                let number = condition::SegmentId::new(segment);
                let number = number.and_then(|id| live.rules.segment(&id));
                number.map(|number| live.engine.members(number).clone()).unwrap_or_default()
            }
            Learn::Propensity { .. } | Learn::Value { .. } => roaring::RoaringBitmap::new(),
        };
        let mut gathering = Gathering::new(weights.gaze.columns());
        let mut rows: Vec<(u32, Option<Decimal>)> = vec![];
        for customer in customers {
            let mut builder = HistoryBuilder::new();
            app.store.history(CustomerNo(*customer), &mut builder)?;
            let history = builder.finish();
            let is_asked = match &draft.learn {
                Learn::Propensity { outcome } => outcome.is_asked(history, now),
                _ => history.known_since().is_some_and(|since| since <= now),
            };
            if is_asked {
                let row = weights.gaze.row(history, now);
                gathering.row(row.iter().map(Cell::entry));
                rows.push((*customer, history.attribute(&key, now).as_number()));
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
        let scores = weights.model.scores(&weights.model.frame(&gathering.finish()));
        let mut facts = vec![];
        for ((customer, before), score) in rows.into_iter().zip(scores) {
            let shown = if listed.contains(customer) { 1.0 } else { score / of_listed };
            let new = thousandths(shown.min(1.0));
            if before != Some(new)
                && let Some(of) = app.store.key_of(CustomerNo(customer))
            {
                facts.push(fact(&of, &key, Some(new), now)?);
            }
        }
        if facts.is_empty() {
            return Ok(());
        }
        let batch = store::Batch {
            source: format!("model:{}", draft.id).into(),
            label: format!("{} scores", facts.len()).into(),
            received_at: now,
            old: false,
            facts,
        };
        let writing = app.writing(Changes::Facts);
        let appended = app.store.append(&batch)?;
        app.judge_facts(writing, &batch, &appended);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_scored_waits_an_hour_and_a_new_one_does_not() {
        let heard = Heard::default();
        heard.set_of_use(true);
        let at = |minutes: i64| Timestamp::from_millis(minutes * 60_000);
        heard.of([1, 2].into_iter(), at(0));
        assert_eq!(heard.due(at(0)), [1, 2]);
        heard.of([2, 3].into_iter(), at(10));
        assert_eq!(heard.due(at(10)), [3]);
        assert_eq!(heard.due(at(59)), [] as [u32; 0]);
        assert_eq!(heard.due(at(60)), [2]);
        heard.of((0..20_001).collect::<Vec<u32>>().into_iter(), at(61));
        assert!(heard.due(at(200)).is_empty(), "a large import is no news of leads");
    }
}
