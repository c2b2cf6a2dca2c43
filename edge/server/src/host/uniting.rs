//! The same customer once: what people and the threshold decided about pairs, how histories are looked at because of it,
//! and the job that finds pairs.
//!
//! ```text
//!   attributes ──▶ matching ──▶ pairs ──▶ people: the same, different, later ─┐
//!                                 └─────▶ sure enough: the same, by rule ──────┤
//!                                                                              ▼
//!                      registry: decisions, each with who and when ──▶ United ──▶ store, engine, mentions
//! ```
//! A decision is a record in the registry. Taking it back parts the histories again: facts stay under the key by which
//! they were told.

pub(crate) mod at_once;
mod desk;
mod finding;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use registry::{NewDefinition, Origin, Registry};
use serde::{Deserialize, Serialize};
use store::{CustomerNo, United};

use crate::{
    host::{App, checkpoint::Changes},
    http::error::{Answer, ApiError},
};

pub(crate) use finding::{FoundPair, begin, found};

/// The kind under which the registry keeps decisions about pairs.
const PAIR: &str = "pair";

/// With this the keys of visitors of a website begin, who are looked for under the customer they turn out to be.
pub(crate) const VISITOR: &str = "web:";

/// What was decided of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// They are one customer.
    Same,
    /// They are not, and are never taken to be.
    Different,
    /// Nobody knows yet.
    Later,
}

/// A decision as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) what: What,
    /// Whether the threshold decided, and nobody looked.
    pub(crate) by_rule: bool,
    /// What was known of the pair when it was decided.
    pub(crate) pair: Option<FoundPair>,
}

/// A decision that stands.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub(crate) kept: Kept,
    pub(crate) by: String,
    pub(crate) at: i64,
    pub(crate) version: i32,
}

/// Two customers, the earlier one first.
pub(crate) type Pair = (u32, u32);

/// The job that finds pairs.
#[derive(Default)]
pub(crate) struct Pairs {
    far: Mutex<Option<Far>>,
    pub(crate) cancel: AtomicBool,
    pub(crate) at_once: at_once::AtOnce,
}

/// How far the job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Far {
    pub(crate) phase: Phase,
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// What the job is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Reading,
    Comparing,
    Uniting,
}

impl Pairs {
    pub(crate) fn far(&self) -> Option<Far> {
        *self.far.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_far(&self, far: Option<Far>) {
        *self.far.lock().unwrap_or_else(PoisonError::into_inner) = far;
    }

    /// Begins, unless it is running already.
    fn start(&self) -> bool {
        let mut far = self.far.lock().unwrap_or_else(PoisonError::into_inner);
        if far.is_some() {
            return false;
        }
        self.cancel.store(false, Ordering::SeqCst);
        *far = Some(Far { phase: Phase::Reading, done: 0, total: 0 });
        true
    }
}

/// The name of a pair among decisions.
fn id_of((a, b): Pair) -> String {
    format!("{a}:{b}")
}

/// All decisions that stand, by pair.
pub(crate) async fn decisions(registry: &Registry) -> Answer<BTreeMap<Pair, Decision>> {
    let all = registry.definitions(PAIR).await?;
    let read = |one: registry::Definition| {
        let kept: Kept = serde_json::from_str(&one.body).ok()?;
        let (by, at, version) = (one.by, one.created_at, one.version);
        Some(((kept.a, kept.b), Decision { kept, by, at, version }))
    };
    Ok(all.into_iter().filter(|one| !one.retired).filter_map(read).collect())
}

/// Who is one by these decisions. A link that would put two into one group of whom it was decided that they are different
/// is held back, the latest first. Visitors give their number to nobody else.
pub(crate) fn united_by(
    decisions: &BTreeMap<Pair, Decision>,
    visitors: &BTreeSet<u32>,
) -> (United, BTreeSet<Pair>) {
    let apart: Vec<Pair> = of(decisions, What::Different).map(|(pair, _)| *pair).collect();
    let mut same: Vec<(&Pair, &Decision)> = of(decisions, What::Same).collect();
    same.sort_by_key(|(pair, decision)| (decision.kept.by_rule, decision.at, **pair));
    let mut groups: Vec<BTreeSet<u32>> = vec![];
    let mut held_back = BTreeSet::new();
    for (pair, _) in same {
        let touches = |group: &BTreeSet<u32>| group.contains(&pair.0) || group.contains(&pair.1);
        let (mut touched, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        let mut joined: BTreeSet<u32> = touched.iter().flatten().copied().collect();
        joined.extend([pair.0, pair.1]);
        groups = rest;
        if apart.iter().any(|(a, b)| joined.contains(a) && joined.contains(b)) {
            held_back.insert(*pair);
            groups.append(&mut touched);
        } else {
            groups.push(joined);
        }
    }
    let groups = groups.into_iter().map(|group| group.into_iter().map(CustomerNo).collect());
    (United::of_with_last(groups, |no| visitors.contains(&no)), held_back)
}

fn of(
    decisions: &BTreeMap<Pair, Decision>,
    what: What,
) -> impl Iterator<Item = (&Pair, &Decision)> {
    decisions.iter().filter(move |(_, decision)| decision.kept.what == what)
}

/// At the start: histories are looked at as was decided.
pub(crate) async fn look_as_decided(app: &App) -> Answer<()> {
    app.store.unite(standing(app).await?);
    Ok(())
}

/// Who is one by the decisions about customers who are still there.
async fn standing(app: &App) -> Answer<United> {
    let mut decisions = decisions(&app.registry).await?;
    let is_there = |no: u32| app.store.key_of(CustomerNo(no)).is_some();
    decisions.retain(|(a, b), _| is_there(*a) && is_there(*b));
    let visitors: BTreeSet<u32> = decisions
        .keys()
        .flat_map(|(a, b)| [*a, *b])
        .filter(|no| app.key_text(*no).starts_with(VISITOR))
        .collect();
    Ok(united_by(&decisions, &visitors).0)
}

/// Whether anything was ever decided of a pair, also when it was taken back.
pub(crate) async fn was_ever_decided(app: &App, pair: Pair) -> Answer<bool> {
    Ok(app.registry.definition(PAIR, &id_of(pair)).await?.is_some())
}

/// Looks at histories as is decided now; who is touched by the difference is judged anew, and what they wrote is read.
/// The caller holds [`crate::host::Workspace::edit`].
pub(crate) async fn look_again(app: &App) -> Answer<usize> {
    let united = standing(app).await?;
    app.blocking(move |app| {
        let writing = app.writing(Changes::Beside);
        let differing = app.store.united().differing(&united);
        app.store.unite(united);
        let touched: Vec<CustomerNo> = differing.iter().map(CustomerNo).collect();
        app.judge_touched(writing, &touched);
        app.read_texts_of(&touched);
        app.forget_past();
        Ok(touched.len())
    })
    .await
}

/// Decides about pairs, or takes decisions back, and looks at histories accordingly.
pub(crate) async fn decide(
    app: &App,
    decided: Vec<(Pair, Option<Kept>)>,
    (by, origin): (String, Origin),
) -> Answer<()> {
    let _edit = app.edit().await;
    let known = decisions(&app.registry).await?;
    let now = app.clock.real_now().millis();
    let mut new = vec![];
    for (pair, kept) in decided {
        let id = id_of(pair);
        let Some(kept) = kept else {
            if known.contains_key(&pair) {
                app.registry.retire_definition(PAIR, &id, origin, &by, now).await?;
            }
            continue;
        };
        let body = serde_json::to_string(&kept).map_err(|why| ApiError::ours("a decision", why))?;
        let expected = match known.get(&pair) {
            Some(decision) => Some(decision.version),
            None => app.registry.definition(PAIR, &id).await?.map(|retired| retired.version),
        };
        let kind = PAIR.to_owned();
        new.push(NewDefinition { kind, id, body, expected, origin, by: by.clone() });
    }
    app.registry.put_definitions(new, now).await?;
    look_again(app).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(all: &[(u32, u32, What, bool, i64)]) -> BTreeMap<Pair, Decision> {
        let one = |(a, b, what, by_rule, at): &(u32, u32, What, bool, i64)| {
            let kept = Kept { a: *a, b: *b, what: *what, by_rule: *by_rule, pair: None };
            ((*a, *b), Decision { kept, by: "me".into(), at: *at, version: 1 })
        };
        all.iter().map(one).collect()
    }

    #[test]
    fn who_is_different_is_never_put_together_through_others() {
        let (united, held_back) = united_by(
            &decided(&[
                (1, 2, What::Same, true, 1),
                (2, 3, What::Same, false, 2),
                (1, 3, What::Different, false, 3),
                (7, 8, What::Same, true, 4),
                (5, 6, What::Later, false, 5),
            ]),
            &BTreeSet::new(),
        );
        // What people decided goes before the rule.
        assert_eq!((united.head(3), united.head(2), united.head(1)), (2, 2, 1));
        assert_eq!(held_back.into_iter().collect::<Vec<_>>(), [(1, 2)]);
        assert_eq!((united.head(8), united.head(6)), (7, 6));
    }

    #[test]
    fn links_run_through_others() {
        let same = |a, b, at| (a, b, What::Same, false, at);
        let (united, held_back) =
            united_by(&decided(&[same(1, 5, 1), same(5, 9, 2), same(3, 9, 3)]), &BTreeSet::new());
        assert_eq!([1, 3, 5, 9].map(|no| united.head(no)), [1, 1, 1, 1]);
        assert!(held_back.is_empty());
        let (united, _) =
            united_by(&decided(&[same(1, 5, 1), same(5, 9, 2)]), &BTreeSet::from([1, 5]));
        assert_eq!([1, 5, 9].map(|no| united.head(no)), [9, 9, 9], "who visited gives no number");
        assert_eq!(united.members(9), [1, 5]);
    }
}
