//! What customers and reps write is read for topics, and what it mentions becomes facts like any other: `mentioned`, in
//! batches of the source [`SOURCE`]. Conditions and signs ask those; nothing else is stored.
//!
//! ```text
//!   a report ──▶ on disk ──▶ read by the dictionary ──▶ mentioned, mentioned ──▶ on disk ──▶ judged
//!   the dictionary changes, an import comes or goes ──▶ read again: what differs is written, what it replaces undone
//! ```
//! Read in this order: `texts` (what is read), `examine` (what a history should say and what it says), `reread` (making
//! both agree), `index` (which texts there are).

mod examine;
mod index;
mod reread;
mod texts;

use std::sync::{
    Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard,
    atomic::{AtomicBool, Ordering},
};

use facts::{Fact, Timestamp, What};
use store::{Appended, Batch};
use tokio::sync::Notify;
use topics::{Cut, Dictionary, DictionaryDraft, Letters, Token};
use words::Words;

use crate::host::{App, Workspace, checkpoint::Changes};

pub(crate) use index::{Index, Wrote};
pub(crate) use reread::run as read_again_when_told;
pub(crate) use texts::{FIELDS, MENTIONED, is_mention};

/// The source of the batches that hold mentions.
pub(crate) const SOURCE: &str = "topics";

/// A dictionary in force.
pub(crate) struct InForce {
    /// The registry's version; 0 for the one that comes with the program.
    pub(crate) version: i32,
    pub(crate) draft: DictionaryDraft,
    pub(crate) dictionary: Dictionary,
}

/// How far the reading of past texts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Far {
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// The reading of past texts, as it stands.
#[derive(Debug, Default)]
struct Reading {
    far: Option<Far>,
    /// Whether all is to be read once more, whatever is being read now.
    is_wanted: bool,
}

/// Everything about mentions that a workspace holds.
pub(crate) struct Mentions {
    in_force: RwLock<Arc<InForce>>,
    cut: WordsWhenNeeded,
    index: RwLock<Index>,
    /// Held while past texts are read: one at a time.
    reading: Mutex<()>,
    far: Mutex<Reading>,
    /// Rung when all past texts are to be read again.
    again: Notify,
    /// Up to which place in the order of arrival everything was read by the dictionary in force, at the start.
    trusted: Mutex<Option<u64>>,
    cancel: AtomicBool,
}

impl Mentions {
    pub(crate) fn new(in_force: InForce, trusted: Option<u64>) -> Mentions {
        Mentions {
            in_force: RwLock::new(Arc::new(in_force)),
            cut: WordsWhenNeeded::default(),
            index: RwLock::default(),
            reading: Mutex::default(),
            far: Mutex::default(),
            again: Notify::new(),
            trusted: Mutex::new(trusted),
            cancel: AtomicBool::new(false),
        }
    }

    /// The dictionary in force.
    pub(crate) fn in_force(&self) -> Arc<InForce> {
        self.in_force.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts another dictionary in force; past texts are read again by it.
    pub(crate) fn put_in_force(&self, in_force: InForce) {
        *self.in_force.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(in_force);
        *self.trusted.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.read_all_again();
    }

    pub(crate) fn read_all_again(&self) {
        self.cancel.store(false, Ordering::SeqCst);
        let mut reading = self.reading_now();
        reading.is_wanted = true;
        reading.far.get_or_insert(Far { done: 0, total: 0 });
        drop(reading);
        self.again.notify_one();
    }

    fn reading_now(&self) -> MutexGuard<'_, Reading> {
        self.far.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a reading begins, which sees everything that was asked for until now.
    fn begins(&self) {
        self.reading_now().is_wanted = false;
    }

    /// Notes that a reading has ended. While another one is wanted, it does not look as if all were read.
    fn ends(&self) {
        let mut reading = self.reading_now();
        reading.far = reading.is_wanted.then_some(Far { done: 0, total: 0 });
    }

    /// Stops the reading that is under way; what was put right stays.
    pub(crate) fn stop_reading(&self) {
        if self.far().is_some() {
            self.cancel.store(true, Ordering::SeqCst);
        }
    }

    /// Which texts there are.
    pub(crate) fn index(&self) -> RwLockReadGuard<'_, Index> {
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change_index(&self, change: impl FnOnce(&mut Index)) {
        change(&mut self.index.write().unwrap_or_else(PoisonError::into_inner));
    }

    /// How far the reading of past texts is; none when nothing is being read.
    pub(crate) fn far(&self) -> Option<Far> {
        self.reading_now().far
    }

    fn set_far(&self, far: Far) {
        self.reading_now().far = Some(far);
    }

    /// Cuts texts into words.
    pub(crate) fn cut(&self) -> &(dyn Cut + Send + Sync) {
        &self.cut
    }
}

/// Words of which the dictionary is unpacked when the first Japanese text is cut: it takes more memory than many a firm.
#[derive(Default)]
struct WordsWhenNeeded(OnceLock<Box<dyn Cut + Send + Sync>>);

impl Cut for WordsWhenNeeded {
    fn cut(&self, text: &str) -> Vec<Token> {
        let words = self.0.get_or_init(|| match Words::unpack() {
            Ok(words) => Box::new(words),
            Err(why) => {
                tracing::error!(%why, "words cannot be told apart");
                Box::new(Letters)
            }
        });
        words.cut(text)
    }
}

impl Workspace {
    /// Reads the texts among facts that were just taken in, and takes in what they mention.
    ///
    /// The texts are on disk already: what cannot be written now is found when texts are read again.
    pub(super) fn read_texts(&self, facts: &[Fact], appended: &Appended, received_at: Timestamp) {
        let new = numbered(facts, appended);
        let texts: Vec<(&Fact, u64)> = new.filter(|(fact, _)| texts::has_text(fact)).collect();
        if texts.is_empty() {
            return;
        }
        let in_force = self.mentions.in_force();
        let read = |(fact, seq): &(&Fact, u64)| {
            texts::mentions_of_fact(&in_force.dictionary, self.mentions.cut(), fact, *seq)
        };
        let mentions: Vec<Fact> = texts.iter().flat_map(read).collect();
        self.mentions.change_index(|index| {
            for (fact, seq) in &texts {
                if let Some(customer) = self.store.number_of(&fact.customer) {
                    let wrote = texts::wrote(fact, *seq, &mentions, index.words());
                    if !wrote.told.is_empty() || texts::stands_alone(fact) {
                        index.add(customer.0, wrote);
                    }
                }
            }
        });
        if mentions.is_empty() {
            return;
        }
        let batch = Batch {
            source: SOURCE.into(),
            label: label(mentions.len()).into(),
            received_at,
            old: false,
            facts: mentions,
        };
        let writing = self.writing(Changes::Facts);
        match self.store.append(&batch) {
            Ok(appended) => drop(self.judge_facts(writing, &batch, &appended)),
            Err(why) => {
                tracing::error!(%why, "what texts mention could not be written");
                self.mentions.read_all_again();
            }
        }
    }
}

/// What people see of a batch of mentions.
fn label(n: usize) -> String {
    format!("{n} mentions")
}

/// The facts of a batch that were new, each with its place in the order of arrival.
fn numbered<'f>(
    facts: &'f [Fact],
    appended: &Appended,
) -> impl Iterator<Item = (&'f Fact, u64)> + use<'f> {
    let duplicates = appended.duplicates.iter().map(|one| one.row);
    let left_out: std::collections::BTreeSet<u64> =
        duplicates.chain(appended.erased.iter().copied()).collect();
    let first = appended.first_seq;
    let new = facts.iter().zip(0..).filter(move |(_, row)| !left_out.contains(row));
    new.zip(first..).map(|((fact, _), seq)| (fact, seq))
}

/// Whether a fact tells of a text that is read for topics.
pub(crate) fn has_text(fact: &Fact) -> bool {
    matches!(fact.what, What::Happened { .. }) && texts::has_text(fact)
}

/// The dictionary that the registry holds, or the one that comes with the program.
pub(crate) async fn open(
    registry: &registry::Registry,
) -> Result<Mentions, crate::http::error::ApiError> {
    let kept = registry.definition(DICTIONARY, DICTIONARY).await?;
    let in_force = match kept.filter(|kept| !kept.retired) {
        Some(kept) => read_kept(&kept.body, kept.version),
        None => None,
    };
    let in_force = match in_force {
        Some(in_force) => in_force,
        None => built_in()?,
    };
    let trusted = registry.setting(reread::READ_UNTIL).await?;
    let trusted = trusted.and_then(|json| serde_json::from_str::<reread::ReadUntil>(&json).ok());
    let trusted = trusted.filter(|until| until.version == in_force.version).map(|one| one.seq);
    Ok(Mentions::new(in_force, trusted))
}

/// The kind and the id under which the registry keeps the dictionary.
pub(crate) const DICTIONARY: &str = "dictionary";

fn read_kept(body: &str, version: i32) -> Option<InForce> {
    let draft = DictionaryDraft::read(body).ok()?;
    match draft.check() {
        Ok(dictionary) => Some(InForce { version, draft, dictionary }),
        Err(faults) => {
            let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
            tracing::error!(?places, "the firm's dictionary of topics cannot be used any more");
            None
        }
    }
}

/// The dictionary that comes with the program.
pub(crate) fn built_in() -> Result<InForce, crate::http::error::ApiError> {
    let ours = |why: String| crate::http::error::ApiError::ours("the dictionary of topics", why);
    let draft = DictionaryDraft::built_in().map_err(|fault| ours(fault.en))?;
    let dictionary = draft.check().map_err(|faults| ours(format!("{faults:?}")))?;
    Ok(InForce { version: 0, draft, dictionary })
}

/// Remembers up to where everything was read, so that the next start need not read it again.
pub(crate) async fn remember(app: &App) {
    let seq = *app.mentions.trusted.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(seq) = seq else { return };
    let seq = seq.max(app.mentions.index().last_seq());
    let until = reread::ReadUntil { version: app.mentions.in_force().version, seq };
    let Ok(json) = serde_json::to_string(&until) else { return };
    let now = app.clock.real_now().millis();
    if let Err(why) = app.registry.put_setting(reread::READ_UNTIL, &json, now).await {
        tracing::warn!(%why, "how far texts were read could not be noted");
    }
}
