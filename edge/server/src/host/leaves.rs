//! Who fits each leaf of the conditions that are being tried, kept while people edit: who changes one leaf asks about one.
//!
//! ```text
//!   condition ──▶ leaves ──▶ kept? ──no──▶ columns ──▶ kept
//!                              └──yes──▶ and, or, not over bitmaps ──▶ who is in
//! ```
//! What is kept holds at one instant and for what was known then. It is let go when the instant is some seconds old, or
//! when anything was learnt or defined since: a preview is exact at the instant that it names.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
};

use condition::Condition;
use engine::Rules;
use facts::{Millis, Timestamp};
use roaring::RoaringBitmap;
use store::Mark;

use crate::{
    host::{
        Now, Scope, Workspace,
        asking::{Background, Gone, Questions},
    },
    http::error::Answer,
};

/// An instant serves for so long.
const SERVES: Millis = 10 * Timestamp::SECOND;
/// When more than so many bytes are kept, those nobody asked for lately are let go.
const MOST_BYTES: usize = 64 << 20;

/// What is kept.
#[derive(Default)]
pub(crate) struct Leaves(Mutex<State>);

#[derive(Default)]
struct State {
    of: Option<Of>,
    kept: HashMap<Key, Kept>,
    /// Rises with every question.
    round: u64,
}

/// Under what the kept answers hold.
struct Of {
    rules: Arc<Rules>,
    mark: Mark,
    at: Timestamp,
}

/// A leaf as it is written, at an instant; of no leaf it is everybody who is known.
type Key = (Option<String>, Timestamp);

struct Kept {
    who: Arc<RoaringBitmap>,
    /// The question that looked at it last.
    used: u64,
}

/// A condition at an instant.
pub(crate) type Tried<'c> = (&'c Condition, Timestamp);

/// Who fits leaves at instants.
#[derive(Default)]
pub(crate) struct Fitting(HashMap<Key, Arc<RoaringBitmap>>);

impl Leaves {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fitting {
    /// Everybody who is known at an instant.
    pub(crate) fn known(&self, at: Timestamp) -> &RoaringBitmap {
        self.who(&(None, at))
    }

    /// Who is in a condition at an instant; its leaves must have been asked for.
    pub(crate) fn members(&self, condition: &Condition, at: Timestamp) -> RoaringBitmap {
        match condition {
            Condition::All(parts) => {
                let mut left = self.known(at).clone();
                parts.iter().for_each(|part| left &= self.members(part, at));
                left
            }
            Condition::Any(parts) => {
                let mut found = RoaringBitmap::new();
                parts.iter().for_each(|part| found |= self.members(part, at));
                found
            }
            Condition::Not(inner) => self.known(at) - self.members(inner, at),
            Condition::Some { .. }
            | Condition::Contacts { .. }
            | Condition::Company(_)
            | Condition::Points { .. }
            | Condition::Leaf(_) => self.who(&(Some(written(condition)), at)).clone(),
        }
    }

    fn who(&self, key: &Key) -> &RoaringBitmap {
        static NOBODY: LazyLock<RoaringBitmap> = LazyLock::new(RoaringBitmap::new);
        self.0.get(key).map_or(&NOBODY, |who| who)
    }
}

impl State {
    /// What is kept of some leaves, and of which nothing is.
    fn look_up(&mut self, keys: &[Key], mark: Mark) -> (Fitting, Vec<Key>) {
        self.round += 1;
        let (mut found, mut missing) = (Fitting::default(), vec![]);
        let holds = self.of.as_ref().is_some_and(|of| of.mark == mark);
        for key in keys {
            match self.kept.get_mut(key).filter(|_| holds) {
                Some(kept) => {
                    kept.used = self.round;
                    found.0.insert(key.clone(), kept.who.clone());
                }
                None => missing.push(key.clone()),
            }
        }
        (found, missing)
    }

    fn keep(&mut self, key: Key, who: Arc<RoaringBitmap>, mark: Mark) {
        if self.of.as_ref().is_none_or(|of| of.mark != mark) {
            return;
        }
        self.kept.insert(key, Kept { who, used: self.round });
        let bytes = |kept: &Kept| kept.who.serialized_size();
        if MOST_BYTES < self.kept.values().map(bytes).sum() {
            let round = self.round;
            self.kept.retain(|_, kept| kept.used == round);
        }
    }
}

impl Workspace {
    /// The instant at which conditions are tried: that of the last time while it is young and nothing has changed.
    pub(crate) fn trying_at(&self, live: &Now<'_>) -> Timestamp {
        let mut state = self.leaves.state();
        let mark = self.store.mark();
        let serves = |of: &Of| {
            Arc::ptr_eq(&of.rules, &live.rules)
                && of.mark == mark
                && of.at <= live.at
                && live.at.since(of.at) < SERVES
        };
        match state.of.as_ref().filter(|of| serves(of)) {
            Some(of) => of.at,
            None => {
                state.kept.clear();
                state.of = Some(Of { rules: live.rules.clone(), mark, at: live.at });
                live.at
            }
        }
    }

    /// Who fits the leaves of conditions: what is not kept is asked of everybody.
    ///
    /// # Errors
    /// What the store says, or that nobody waits any more.
    pub(crate) fn fitting(
        &self,
        tried: &[Tried<'_>],
        background: &Background,
        gone: &Gone,
    ) -> Answer<Fitting> {
        let (mut leaves, mut keys) = (BTreeMap::new(), vec![]);
        for (condition, at) in tried {
            keys.push((None, *at));
            each_leaf(condition, &mut |leaf| {
                let written = written(leaf);
                keys.push((Some(written.clone()), *at));
                leaves.insert(written, leaf);
            });
        }
        keys.sort_unstable();
        keys.dedup();
        let count = |keys: &[Key]| self.count(keys, &leaves, background, gone);
        let mark = self.store.mark();
        let (mut fitting, missing) = self.leaves.state().look_up(&keys, mark);
        let mut counted = count(&missing)?;
        if self.store.mark() != mark && !fitting.0.is_empty() {
            // What was learnt meanwhile may be in what was counted, and is not in what was kept.
            (fitting, counted) = (Fitting::default(), count(&keys)?);
        }
        let mut state = self.leaves.state();
        for (key, who) in counted {
            let who = Arc::new(who);
            if self.store.mark() == mark {
                state.keep(key.clone(), who.clone(), mark);
            }
            fitting.0.insert(key, who);
        }
        Ok(fitting)
    }

    /// Asks everybody, all at one moment of the store.
    fn count(
        &self,
        keys: &[Key],
        leaves: &BTreeMap<String, &Condition>,
        background: &Background,
        gone: &Gone,
    ) -> Answer<Vec<(Key, RoaringBitmap)>> {
        let wanted: BTreeSet<&String> = keys.iter().filter_map(|(leaf, _)| leaf.as_ref()).collect();
        let wanted: Vec<&String> = wanted.into_iter().collect();
        let mut asked: BTreeMap<Timestamp, Vec<usize>> = BTreeMap::new();
        for (leaf, at) in keys {
            let asked = asked.entry(*at).or_default();
            asked.extend(leaf.as_ref().and_then(|leaf| wanted.binary_search(&leaf).ok()));
        }
        let Some(now) = asked.keys().next().copied() else { return Ok(vec![]) };
        let conditions = wanted.iter().filter_map(|leaf| leaves.get(*leaf).copied());
        let questions = Questions::new(conditions.cloned().collect(), background)?;
        let questions = self.ready(questions, now, gone)?;
        let asked: Vec<(Timestamp, Vec<usize>)> = asked.into_iter().collect();
        let census = self.census(&questions, &asked, &Scope::All, gone)?;
        let mut counted = vec![];
        for ((at, leaves), found) in asked.into_iter().zip(census) {
            let keys = leaves.into_iter().map(|leaf| (Some(wanted[leaf].clone()), at));
            counted.extend(keys.zip(found.members));
            counted.push(((None, at), found.known));
        }
        Ok(counted)
    }
}

/// A leaf as a key.
fn written(leaf: &Condition) -> String {
    format!("{leaf:?}")
}

/// The parts that stand under "and", "or" and "not".
fn each_leaf<'c>(condition: &'c Condition, each: &mut impl FnMut(&'c Condition)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| each_leaf(part, each));
        }
        Condition::Not(inner) => each_leaf(inner, each),
        Condition::Some { .. }
        | Condition::Contacts { .. }
        | Condition::Company(_)
        | Condition::Points { .. }
        | Condition::Leaf(_) => each(condition),
    }
}
