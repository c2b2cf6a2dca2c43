//! What speaks for a sign and against it: right and wrong clicks of those who know the customers, and whether its past
//! says that it is no longer as good.
//!
//! A click is a fact in the store, like an outcome, so that conditions can ask it. What is counted is written into the
//! registry as well, by the batch that brought it: however many batches come, none is forgotten.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use condition::Said;
use facts::Timestamp;
use proving::{Counts, Regard};
use registry::Registry;
use serde::{Deserialize, Serialize};

use crate::{
    host::Workspace,
    http::error::{Answer, ApiError},
};

/// Batches of clicks have sources that begin so.
pub(crate) const SOURCES: &str = "judgements:";
/// Settings that hold clicks are called so, with the number of the batch.
const KEPT_UNDER: &str = "judged/";

/// One click: whether a sign was right about a customer. Instants are kept in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Click {
    pub(crate) sign: String,
    /// By number.
    pub(crate) customer: u32,
    /// Since when the sign had been carried.
    pub(crate) since: i64,
    pub(crate) right: bool,
    /// When it was clicked.
    pub(crate) at: i64,
}

/// What is known for and against each sign.
#[derive(Default)]
pub(crate) struct Trust(Mutex<State>);

#[derive(Default)]
struct State {
    /// By batch, and so in the order in which they came.
    clicks: BTreeMap<u32, Click>,
    /// The signs that are no longer as good, and how that is said.
    fell: BTreeMap<String, Said>,
}

impl Click {
    /// Whether it is about the time for which the sign has been carried since an instant. That instant may be told a
    /// little earlier after a restart, when it is looked up in the history.
    fn is_about(&self, since: Timestamp) -> bool {
        since.millis() <= self.at && self.since <= since.millis() + Timestamp::MINUTE
    }
}

impl Trust {
    /// What the registry knows of clicks.
    pub(crate) async fn read(&self, registry: &Registry) -> Answer<()> {
        let kept = registry.settings_under(KEPT_UNDER).await?;
        let mut clicks = BTreeMap::new();
        for (key, json) in kept {
            let batch = key.strip_prefix(KEPT_UNDER).and_then(|batch| batch.parse().ok());
            // One that was taken back is null.
            let click = serde_json::from_str::<Option<Click>>(&json)
                .map_err(|why| ApiError::ours("a click", why))?;
            clicks.extend(batch.zip(click));
        }
        self.state().clicks = clicks;
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, batch: u32, click: Click) {
        self.state().clicks.insert(batch, click);
    }

    /// Whether the click that a batch brought is kept.
    pub(crate) fn has(&self, batch: u32) -> bool {
        self.state().clicks.contains_key(&batch)
    }

    fn remove(&self, batch: u32) -> bool {
        self.state().clicks.remove(&batch).is_some()
    }

    /// Says whether a sign is no longer as good as it was.
    pub(crate) fn set_fallen(&self, sign: &str, said: Option<Said>) {
        let fell = &mut self.state().fell;
        match said {
            Some(said) => fell.insert(sign.to_owned(), said),
            None => fell.remove(sign),
        };
    }

    /// How it is said that a sign is no longer as good as it was, if it is not.
    pub(crate) fn fallen(&self, sign: &str) -> Option<Said> {
        self.state().fell.get(sign).cloned()
    }

    /// The last click on a sign of a customer for as long as it has been carried since an instant.
    pub(crate) fn of(&self, sign: &str, customer: u32, since: Timestamp) -> Option<bool> {
        let state = self.state();
        let own = |click: &&Click| {
            click.customer == customer && click.sign == sign && click.is_about(since)
        };
        state.clicks.values().rev().find(own).map(|click| click.right)
    }

    /// The clicks on each sign: of each time a customer carried it the last one.
    pub(crate) fn counts(&self) -> BTreeMap<String, Counts> {
        count(self.state().clicks.values())
    }

    /// The signs against which people or the past speak.
    pub(crate) fn doubted(&self) -> BTreeSet<String> {
        let state = self.state();
        let counts = count(state.clicks.values());
        let by_people =
            counts.into_iter().filter(|(_, counts)| Regard::of(counts) == Regard::Doubted);
        by_people.map(|(sign, _)| sign).chain(state.fell.keys().cloned()).collect()
    }
}

impl Workspace {
    /// Keeps a click that a batch brought.
    pub(crate) async fn keep_click(&self, batch: u32, click: Click) -> Answer<()> {
        self.write_click(batch, Some(&click)).await?;
        self.trust.add(batch, click);
        Ok(())
    }

    /// Lets go of the click that a batch brought, if it brought one.
    pub(crate) async fn forget_click(&self, batch: u32) -> Answer<()> {
        if self.trust.remove(batch) {
            self.write_click(batch, None).await?;
        }
        Ok(())
    }

    async fn write_click(&self, batch: u32, click: Option<&Click>) -> Answer<()> {
        let json = serde_json::to_string(&click).map_err(|why| ApiError::ours("a click", why))?;
        let now = self.clock.real_now().millis();
        self.registry.put_setting(&format!("{KEPT_UNDER}{batch}"), &json, now).await?;
        Ok(())
    }
}

fn count<'a>(clicks: impl Iterator<Item = &'a Click>) -> BTreeMap<String, Counts> {
    // By sign and customer; what was clicked again while the sign was still carried replaces the click before.
    let mut last: BTreeMap<(&str, u32), Vec<&Click>> = BTreeMap::new();
    for click in clicks {
        let own = last.entry((&click.sign, click.customer)).or_default();
        own.retain(|before| !before.is_about(Timestamp::from_millis(click.since)));
        own.push(click);
    }
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for ((sign, _), clicks) in last {
        let right = clicks.iter().filter(|click| click.right).count();
        counts.entry(sign.to_owned()).or_default().add_customer(right as u64, clicks.len() as u64);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn click(customer: u32, since: i64, right: bool, at: i64) -> Click {
        Click { sign: "churn".into(), customer, since, right, at }
    }

    #[test]
    fn of_each_time_a_sign_was_carried_the_last_click_counts() {
        let trust = Trust::default();
        trust.add(1, click(1, 1_000_000, true, 1_500_000));
        trust.add(2, click(1, 1_000_000, false, 1_600_000));
        trust.add(3, click(1, 9_000_000, true, 9_100_000));
        trust.add(4, click(2, 1_000_000, true, 1_100_000));
        let counts = trust.counts()["churn"];
        assert_eq!((counts.hits, counts.of, counts.customers), (2, 3, 2));
        let of = |since| trust.of("churn", 1, Timestamp::from_millis(since));
        assert_eq!((of(1_000_000), of(9_000_000), of(20_000_000)), (Some(false), Some(true), None));
        assert!(trust.remove(2) && !trust.remove(2));
        assert_eq!(of(1_000_000), Some(true), "the one before stands again");
    }

    #[test]
    fn people_and_the_past_can_speak_against_a_sign() {
        let trust = Trust::default();
        (0..12).for_each(|n| trust.add(n, click(n, 0, false, 1)));
        assert_eq!(trust.doubted(), BTreeSet::from(["churn".to_owned()]));
        trust.set_fallen("upsell", Some(Said::new("a", "a")));
        assert_eq!(trust.doubted().len(), 2);
        trust.set_fallen("upsell", None);
        (0..12).for_each(|n| assert!(trust.remove(n)));
        assert_eq!(trust.doubted().len(), 0);
    }
}
