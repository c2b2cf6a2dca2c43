//! New records are compared at once with all others, without looking at everybody.
//!
//! ```text
//!   facts about who somebody is ──▶ waiting ──▶ compared with those that share a key ──▶ pairs for people, or made one
//!   a full match ──▶ Learned ──▶ Directory (keys in memory) ─▲
//! ```
//! A burst waits as a set of numbers and is worked off a few at a time. Of every customer the hash of what was compared
//! is kept on disk with what was learned, so that after a stop, or a kill, exactly those are compared who have changed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use facts::{Fact, What as FactWhat};
use matching::Verdict;
use registry::Origin;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use store::CustomerNo;
use tokio::sync::Notify;

use crate::{
    host::{
        App,
        news::{Changed, News},
        uniting::{
            FoundPair, Kept, Pair, What, decide, decisions,
            desk::{Desk, NotLearned, hash_of},
            finding::{IDENTIFYING, THRESHOLDS, WAITING_MOST, cells_of, found},
        },
    },
    http::error::{Answer, ApiError},
};

/// The setting that says what is done with new records.
const MODE: &str = "pairs-at-once";
/// The setting under which pairs are kept that were found since everybody was last compared.
const SINCE: &str = "pairs-since";
/// So many customers are compared before what was found is put down.
const AT_ONCE: usize = 64;
/// Between two writes of who was compared, while there is work.
const NOTED_EVERY: Duration = Duration::from_secs(20);
/// The name under which decisions by the rule stand.
const BY_RULE: &str = "rule";

/// What is done with new records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mode {
    /// They are not compared before somebody looks for pairs.
    Off,
    /// Every pair is left to people.
    #[default]
    Ask,
    /// Pairs that are sure are made one; the others are left to people.
    Unite,
}

/// New records that are to be compared, and what is needed for it.
#[derive(Default)]
pub(crate) struct AtOnce {
    waiting: Mutex<RoaringBitmap>,
    bell: Notify,
    desk: Mutex<Option<Desk>>,
    figures: Mutex<Figures>,
}

/// What was done so far, since the start.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figures {
    /// Customers that were compared.
    pub(crate) compared: u64,
    /// Pairs that were found.
    pub(crate) found: u64,
    /// Whether it can be done at all: not before everybody was compared once, in a firm of many customers.
    pub(crate) needs_everybody: bool,
    /// From how many customers was learned what tells them apart.
    pub(crate) learned_from: u64,
    /// Customers who are being compared just now.
    in_hand: u64,
    /// Memory for the keys.
    pub(crate) bytes: u64,
}

/// What a batch found.
#[derive(Default)]
struct Round {
    /// Who was compared.
    compared: BTreeSet<u32>,
    pairs: Vec<(FoundPair, Verdict)>,
}

impl AtOnce {
    fn waiting(&self) -> MutexGuard<'_, RoaringBitmap> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn desk(&self) -> MutexGuard<'_, Option<Desk>> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many are not compared yet.
    pub(crate) fn waiting_n(&self) -> u64 {
        self.waiting().len() + self.figures().in_hand
    }

    pub(crate) fn figures(&self) -> Figures {
        *self.figures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn change_figures(&self, change: impl FnOnce(&mut Figures)) {
        change(&mut self.figures.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// These customers may be somebody else now.
    pub(crate) fn changed(&self, customers: impl IntoIterator<Item = u32>) {
        let mut waiting = self.waiting();
        let before = waiting.len();
        waiting.extend(customers);
        let more = before < waiting.len();
        drop(waiting);
        if more {
            self.bell.notify_one();
        }
    }

    /// Has the work looked at again: the mode changed, or everybody was compared.
    pub(crate) fn look_again(&self) {
        self.bell.notify_one();
    }

    fn take_some(&self) -> Vec<u32> {
        let mut waiting = self.waiting();
        let some: Vec<u32> = waiting.iter().take(AT_ONCE).collect();
        for one in &some {
            waiting.remove(*one);
        }
        self.change_figures(|figures| figures.in_hand = some.len() as u64);
        some
    }

    fn note_desk(&self, desk: &Desk) {
        let (rows, bytes) = (desk.learned_from(), desk.bytes());
        self.change_figures(|figures| {
            figures.needs_everybody = false;
            figures.learned_from = rows;
            figures.bytes = bytes as u64;
        });
    }
}

/// Whether a fact tells who a customer is.
pub(crate) fn tells_who(fact: &Fact) -> bool {
    let FactWhat::Became(properties) = &fact.what else { return false };
    properties.borrowed().iter().any(|(name, _)| IDENTIFYING.contains(&name))
}

/// What is done with new records.
pub(crate) async fn mode(app: &App) -> Answer<Mode> {
    let json = app.registry.setting(MODE).await?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

/// Sets what is done with new records.
pub(crate) async fn set_mode(app: &App, mode: Mode) -> Answer<()> {
    let json = serde_json::to_string(&mode).map_err(|why| ApiError::ours("a setting", why))?;
    app.registry.put_setting(MODE, &json, app.clock.real_now().millis()).await?;
    app.pairs.at_once.look_again();
    Ok(())
}

/// Pairs found since everybody was last compared.
pub(crate) async fn since(app: &App) -> Answer<Vec<FoundPair>> {
    let json = app.registry.setting(SINCE).await?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

async fn put_since(app: &App, pairs: &[FoundPair]) -> Answer<()> {
    let json = serde_json::to_string(pairs).map_err(|why| ApiError::ours("the pairs", why))?;
    Ok(app.registry.put_setting(SINCE, &json, app.clock.real_now().millis()).await?)
}

/// Everybody was compared: what was found since the last time is in what was found now.
pub(super) async fn everybody_was_compared(app: &App, desk: Desk) -> Answer<()> {
    put_since(app, &[]).await?;
    app.pairs.at_once.note_desk(&desk);
    app.blocking(move |app| {
        desk.write(app)?;
        *app.pairs.at_once.desk() = Some(desk);
        Ok(())
    })
    .await?;
    app.pairs.at_once.look_again();
    Ok(())
}

/// Compares whoever waits, until the server stops.
pub(crate) async fn run(app: App) {
    let mut stop = app.stop.subscribe();
    let mut noted = Instant::now();
    loop {
        let worked = work(&app).await;
        if worked.is_err() {
            tracing::error!("new records could not be compared; it is tried with the next ones");
        }
        let goes_on = matches!(worked, Ok(true));
        if !goes_on || NOTED_EVERY < noted.elapsed() {
            noted = Instant::now();
            if app.blocking(note).await.is_err() {
                tracing::warn!("who was compared could not be noted");
            }
        }
        if *app.stop.borrow() {
            return;
        }
        if !goes_on {
            tokio::select! {
                () = app.pairs.at_once.bell.notified() => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }
}

/// Notes on disk who was compared.
fn note(app: &App) -> Answer<()> {
    match &mut *app.pairs.at_once.desk() {
        Some(desk) if desk.is_changed() => desk.write_compared(app),
        _ => Ok(()),
    }
}

/// Reads what was learned before and who has changed since, or learns it.
fn open(app: &App) -> Answer<()> {
    let opened = match Desk::open(app)? {
        Some((desk, changed)) => {
            app.pairs.at_once.changed(changed);
            Ok(desk)
        }
        None => Desk::learn(app),
    };
    keep(app, opened)
}

fn keep(app: &App, learned: Result<Desk, NotLearned>) -> Answer<()> {
    match learned {
        Ok(mut desk) => {
            // Who came while it was learned is to be compared all the same.
            app.pairs.at_once.waiting().iter().for_each(|no| desk.note(no, 0));
            desk.write(app)?;
            app.pairs.at_once.note_desk(&desk);
            *app.pairs.at_once.desk() = Some(desk);
        }
        Err(NotLearned::TooMany) => {
            // Whoever is there is compared when somebody looks for pairs.
            app.pairs.at_once.waiting().clear();
            tracing::info!("new records are compared once everybody was compared");
            app.pairs.at_once.change_figures(|figures| figures.needs_everybody = true);
        }
        Err(NotLearned::GivenUp) => {}
        Err(NotLearned::Failed(why)) => return Err(why),
    }
    Ok(())
}

/// Compares some of those who wait; whether there is more to do at once.
async fn work(app: &App) -> Answer<bool> {
    let at_once = &app.pairs.at_once;
    if app.pairs.far().is_some() || *app.stop.borrow() {
        return Ok(false);
    }
    let mode = mode(app).await?;
    if mode == Mode::Off || at_once.figures().needs_everybody {
        return Ok(false);
    }
    if at_once.desk().is_none() {
        app.blocking(open).await?;
    }
    if at_once.waiting().is_empty() {
        return Ok(false);
    }
    let worked = work_off_some(app, mode).await;
    at_once.change_figures(|figures| figures.in_hand = 0);
    worked?;
    Ok(!at_once.waiting().is_empty())
}

async fn work_off_some(app: &App, mode: Mode) -> Answer<()> {
    let at_once = &app.pairs.at_once;
    let round = app
        .blocking(|app| {
            learn_when_grown(app)?;
            let some = app.pairs.at_once.take_some();
            let compared = compare(app, &some);
            if compared.is_err() {
                app.pairs.at_once.waiting().extend(some);
            }
            compared
        })
        .await?;
    let pairs = round.pairs.len() as u64;
    let compared = round.compared.clone();
    let put = put_down(app, mode, round).await;
    if put.is_err() {
        if let Some(desk) = &mut *at_once.desk() {
            compared.iter().for_each(|no| desk.note(*no, 0));
        }
        at_once.waiting().extend(compared.iter());
    }
    let news = put?;
    at_once.change_figures(|figures| {
        figures.compared += compared.len() as u64;
        figures.found += pairs;
    });
    if news {
        app.tell(News::Changed(Changed { all: true, ..Changed::default() }));
    }
    Ok(())
}

/// A young firm has few doubles to learn from: it is learned again when there are twice as many customers.
fn learn_when_grown(app: &App) -> Answer<()> {
    let mut desk = app.pairs.at_once.desk();
    let Some(before) = desk.take_if(|desk| desk.is_outgrown(app.store.customers_n())) else {
        return Ok(());
    };
    drop(desk);
    match Desk::learn(app) {
        Ok(learned) => keep(app, Ok(learned.having_compared(&before))),
        Err(why) => {
            *app.pairs.at_once.desk() = Some(before);
            keep(app, Err(why))
        }
    }
}

fn compare(app: &App, some: &[u32]) -> Answer<Round> {
    let mut round = Round::default();
    let now = app.clock.now();
    let mut desk = app.pairs.at_once.desk();
    let Some(desk) = &mut *desk else { return Ok(round) };
    for no in some {
        let united = app.store.united();
        let no = united.head(*no);
        let cells = cells_of(app, no, now)?;
        let hash = hash_of(cells.sort, &cells.cells);
        if desk.was_compared(no, hash) {
            continue;
        }
        if cells.cells.iter().any(|cell| !cell.is_empty()) {
            let found = desk.compare(app, no, &cells, now, THRESHOLDS)?;
            round.pairs.extend(found);
            desk.insert(no, &cells);
        }
        desk.note(no, hash);
        round.compared.insert(no);
    }
    Ok(round)
}

/// Puts down what a batch found; whether anything is new to people.
async fn put_down(app: &App, mode: Mode, round: Round) -> Answer<bool> {
    if round.compared.is_empty() {
        return Ok(false);
    }
    let mut kept = since(app).await?;
    let before = kept.len();
    // What is not found of them any more is no pair any more.
    kept.retain(|pair| !round.compared.contains(&pair.a) && !round.compared.contains(&pair.b));
    if round.pairs.is_empty() && kept.len() == before {
        return Ok(false);
    }
    let known = decisions(&app.registry).await?;
    let (sure, asked) = apart(mode, round.pairs, |pair| known.contains_key(&pair));
    kept.extend(asked);
    kept.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    kept.dedup_by_key(|pair| (pair.a, pair.b));
    kept.truncate(WAITING_MOST);
    put_since(app, &kept).await?;
    if !sure.is_empty() {
        let decided = sure.into_iter().map(|pair| {
            let (a, b) = (pair.a, pair.b);
            let kept = Kept { a, b, what: What::Same, by_rule: true, pair: Some(pair) };
            ((a, b), Some(kept))
        });
        decide(app, decided.collect(), (BY_RULE.to_owned(), Origin::Api)).await?;
    }
    Ok(true)
}

/// Those that are made one, and those people are asked about. Whoever is surely one with two who are not one themselves
/// is for people to look at.
fn apart(
    mode: Mode,
    pairs: Vec<(FoundPair, Verdict)>,
    is_decided: impl Fn(Pair) -> bool,
) -> (Vec<FoundPair>, Vec<FoundPair>) {
    let mut sure_of: BTreeMap<u32, u32> = BTreeMap::new();
    for (pair, verdict) in &pairs {
        if *verdict == Verdict::Auto {
            *sure_of.entry(pair.a).or_default() += 1;
            *sure_of.entry(pair.b).or_default() += 1;
        }
    }
    let (mut sure, mut asked) = (vec![], vec![]);
    for (pair, verdict) in pairs {
        if is_decided((pair.a, pair.b)) {
            continue;
        }
        let alone = [pair.a, pair.b].iter().all(|one| sure_of.get(one) == Some(&1));
        match (mode, verdict) {
            (Mode::Unite, Verdict::Auto) if alone => sure.push(pair),
            _ => asked.push(pair),
        }
    }
    (sure, asked)
}

/// Pairs that wait for people or were decided: what was found when everybody was compared, and since.
pub(crate) async fn all_found(app: &App) -> Answer<Vec<FoundPair>> {
    let found = found(app).await?.map(|found| found.pairs).unwrap_or_default();
    let since = since(app).await?;
    let newer: BTreeSet<Pair> = since.iter().map(|pair| (pair.a, pair.b)).collect();
    let older = found.into_iter().filter(|pair| !newer.contains(&(pair.a, pair.b)));
    Ok(older.chain(since).collect())
}

/// The customers of facts that tell who they are.
pub(crate) fn who_changed<'f>(app: &App, facts: impl Iterator<Item = &'f Fact>) -> BTreeSet<u32> {
    let changed = facts.filter(|fact| tells_who(fact));
    changed
        .filter_map(|fact| app.store.number_of(&fact.customer))
        .map(|CustomerNo(no)| no)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(a: u32, b: u32, verdict: Verdict) -> (FoundPair, Verdict) {
        (FoundPair { a, b, probability: 0.995, weight: 8.0, steps: vec![] }, verdict)
    }

    fn numbers(pairs: &[FoundPair]) -> Vec<Pair> {
        pairs.iter().map(|pair| (pair.a, pair.b)).collect()
    }

    #[test]
    fn only_sure_pairs_that_stand_alone_are_made_one_without_asking() {
        use Verdict::{Auto, Review};
        let pairs = || {
            vec![
                pair(1, 2, Auto),
                pair(3, 9, Auto),
                pair(4, 9, Auto),
                pair(5, 6, Review),
                pair(7, 8, Auto),
            ]
        };
        let decided = |pair| pair == (7, 8);
        let (sure, asked) = apart(Mode::Unite, pairs(), decided);
        assert_eq!((numbers(&sure), numbers(&asked)), (vec![(1, 2)], vec![(3, 9), (4, 9), (5, 6)]));
        let (sure, asked) = apart(Mode::Ask, pairs(), decided);
        assert_eq!((sure.len(), asked.len()), (0, 4));
    }
}
