//! What was heard of each tag, and how much more it may bring.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant as Monotonic},
};

use condition::{Language, Said};
use facts::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    host::App,
    http::error::{Answer, ApiError},
};

/// The setting that says when each was last heard of.
const SEEN: &str = "web-tags-seen";
/// So many events a tag may bring at once, and each second afterwards.
const BURST: f64 = 3_000.0;
const EACH_SECOND: f64 = 200.0;
/// Between two notes on disk of when a tag was last heard of.
const NOTED_EVERY: Duration = Duration::from_secs(60);

/// When a tag was last heard of.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) at: i64,
    pub(super) origin: String,
    pub(super) accepted: u64,
    /// The last that was refused, and why.
    pub(super) refused_at: Option<i64>,
    pub(super) refused: Option<(String, String)>,
}

/// What is known of tags while the server runs.
#[derive(Default)]
pub(crate) struct Tags {
    live: Mutex<Live>,
}

#[derive(Default)]
struct Live {
    /// By key: how many events it may bring now, and as of when.
    allowance: HashMap<String, (f64, Monotonic)>,
    seen: BTreeMap<String, Seen>,
    noted: Option<Monotonic>,
}

impl Tags {
    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a tag may bring so many events now; they are taken off what it may bring.
    pub(super) fn may_bring(&self, key: &str, n: usize) -> bool {
        let now = Monotonic::now();
        let mut live = self.live();
        let (allowed, as_of) = live.allowance.entry(key.to_owned()).or_insert((BURST, now));
        let since = now.duration_since(*as_of).as_secs_f64();
        let may = (*allowed + since * EACH_SECOND).min(BURST);
        let n = n as f64;
        (*allowed, *as_of) = (if n <= may { may - n } else { may }, now);
        n <= may
    }

    pub(super) fn refused(&self, key: &str, why: Said, at: Timestamp) {
        let mut live = self.live();
        let seen = live.seen.entry(key.to_owned()).or_default();
        seen.refused_at = Some(at.millis());
        let (ja, en) = (why.get(Language::Ja), why.get(Language::En));
        seen.refused = Some((ja.to_owned(), en.to_owned()));
    }

    pub(super) fn heard(&self, key: &str, origin: &str, accepted: u64, at: Timestamp) {
        let mut live = self.live();
        let seen = live.seen.entry(key.to_owned()).or_default();
        seen.at = at.millis();
        seen.origin = origin.to_owned();
        seen.accepted += accepted;
    }
}

/// When each tag was last heard of: what is on disk from before the start, and what was heard since.
pub(super) async fn seen(app: &App) -> Answer<BTreeMap<String, Seen>> {
    let json = app.registry.setting(SEEN).await?;
    let mut all: BTreeMap<String, Seen> =
        json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
    let live = app.tags.live();
    for (key, now) in &live.seen {
        let before = all.entry(key.clone()).or_default();
        if before.at <= now.at {
            (before.at, before.origin) = (now.at, now.origin.clone());
        }
        before.accepted += now.accepted;
        if now.refused_at.is_some() {
            (before.refused_at, before.refused) = (now.refused_at, now.refused.clone());
        }
    }
    Ok(all)
}

/// Notes now and then when tags were heard of.
pub(super) async fn note_seen(app: &App) -> Answer<()> {
    let due = app.tags.live().noted.is_none_or(|noted| NOTED_EVERY < noted.elapsed());
    if due { write_seen(app).await } else { Ok(()) }
}

/// Notes when tags were heard of.
pub(crate) async fn write_seen(app: &App) -> Answer<()> {
    let all = seen(app).await?;
    {
        let mut live = app.tags.live();
        live.noted = Some(Monotonic::now());
        live.seen.clear();
    }
    let json = serde_json::to_string(&all).map_err(|why| ApiError::ours("the tags", why))?;
    app.registry.put_setting(SEEN, &json, app.clock.real_now().millis()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_may_bring_a_burst_and_then_so_many_each_second() {
        let tags = Tags::default();
        assert!(tags.may_bring("a", 2_900));
        assert!(!tags.may_bring("a", 2_000));
        assert!(tags.may_bring("b", 2_900), "another tag has its own");
    }
}
