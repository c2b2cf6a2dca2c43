//! Doing it and taking it back: a batch for some customers at a time, all of them or, stopped or failed, none.
//!
//! ```text
//!   written down ─▶ at work ─▶ done ─▶ (undo) ─▶ undone        stopped, failed or killed: what was done is taken back
//! ```

use condition::Said;
use facts::{CustomerKey, Fact, History, HistoryBuilder, Timestamp, What};
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use store::CustomerNo;

use crate::{
    host::{
        App, Workspace,
        works::{Work, Works, cancelled},
    },
    http::error::{Answer, ApiError},
    nouns::customer_edits::change::Change,
};

/// Settings that hold edits are called so, with the id of the edit.
const KEPT_UNDER: &str = "customer-edit/";
/// Batches of edits have sources that begin so.
const SOURCES: &str = "edits:";
/// A work of so many pieces shows how far it is.
const PIECES: u64 = 50;
/// The fewest and the most customers of one piece: each is one write to the disk.
const PIECE: (u64, u64) = (200, 20_000);

/// What is kept of an edit. Instants are milliseconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    /// The caller's name for machines.
    pub(super) by: String,
    /// What people call the caller.
    pub(super) by_name: String,
    pub(super) at: i64,
    /// What is done, in words: Japanese and English.
    pub(super) said: (String, String),
    /// How many customers it is about.
    pub(super) customers: u64,
    pub(super) state: Kept,
}

/// How far an edit came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kept {
    /// It was begun.
    Begun,
    /// It was done.
    Done(Edited),
    /// It was done and taken back.
    Undone(Edited),
    /// It was begun and not done; nothing of it is left.
    Dropped,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Edited {
    /// How many customers were changed; the others were so before.
    pub(super) changed: u64,
    batches: Vec<u32>,
}

impl Record {
    pub(super) fn said(&self) -> Said {
        Said::new(self.said.0.clone(), self.said.1.clone())
    }

    pub(super) async fn find(app: &App, id: &str) -> Answer<Option<Record>> {
        let json = app.registry.setting(&format!("{KEPT_UNDER}{id}")).await?;
        json.map(|json| read(&json)).transpose()
    }

    /// All of them with their ids, newest first.
    pub(super) async fn all(app: &App) -> Answer<Vec<(String, Record)>> {
        let kept = app.registry.settings_under(KEPT_UNDER).await?;
        let one = |(key, json): (String, String)| {
            Ok((key.strip_prefix(KEPT_UNDER).unwrap_or(&key).to_owned(), read(&json)?))
        };
        let mut all = kept.into_iter().map(one).collect::<Answer<Vec<_>>>()?;
        all.sort_by_key(|(_, record)| std::cmp::Reverse(record.at));
        Ok(all)
    }

    pub(super) async fn write(&self, app: &App, id: &str) -> Answer<()> {
        let json = serde_json::to_string(self).map_err(|why| ApiError::ours("an edit", why))?;
        let now = app.clock.real_now().millis();
        Ok(app.registry.put_setting(&format!("{KEPT_UNDER}{id}"), &json, now).await?)
    }
}

fn read(json: &str) -> Answer<Record> {
    serde_json::from_str(json).map_err(|why| ApiError::ours("an edit", why))
}

pub(super) fn works(app: &Workspace) -> &Works<Edited> {
    &app.edits
}

/// The name of the work that takes an edit back.
pub(super) fn undoing(id: &str) -> String {
    format!("{id}/undo")
}

/// Begins an edit that is written down.
pub(super) fn begin(app: &App, id: &str, record: Record, change: Change, who: RoaringBitmap) {
    let (name, label, source) = (id.to_owned(), id.to_owned(), source(&record));
    app.begin_work(
        works,
        id,
        move |app, work| {
            let task = Task { source: &source, label: &label, change: &change };
            task.run(app, work, &who)
        },
        move |app, edited| async move {
            let state = Kept::Done((*edited).clone());
            Record { state, ..record }.write(&app, &name).await
        },
    );
}

fn source(record: &Record) -> String {
    format!("{SOURCES}{}", record.by)
}

/// An edit as it is worked off.
struct Task<'a> {
    source: &'a str,
    label: &'a str,
    change: &'a Change,
}

impl Task<'_> {
    fn run(&self, app: &App, work: &Work<Edited>, who: &RoaringBitmap) -> Answer<Edited> {
        let mut edited = Edited::default();
        let done = self.pieces(app, work, who, &mut edited);
        let done = done.and_then(|()| if work.seal() { Ok(()) } else { Err(cancelled()) });
        if done.is_err() {
            for batch in edited.batches.iter().rev() {
                app.undo_here(*batch, "")?;
            }
        }
        done.map(|()| edited)
    }

    fn pieces(
        &self,
        app: &App,
        work: &Work<Edited>,
        who: &RoaringBitmap,
        edited: &mut Edited,
    ) -> Answer<()> {
        let total = who.len();
        let piece = (total / PIECES).clamp(PIECE.0, PIECE.1) as usize;
        let mut rest = who.iter();
        let mut done = 0;
        work.tell(done, total);
        loop {
            let customers: Vec<u32> = rest.by_ref().take(piece).collect();
            if customers.is_empty() {
                return Ok(());
            }
            let facts = self.facts(app, &customers)?;
            if work.is_cancelled() {
                return Err(cancelled());
            }
            if !facts.is_empty() {
                let appended = app.take_here(self.source, self.label, facts)?;
                edited.changed += appended.accepted;
                edited.batches.extend(appended.batch);
            }
            done += customers.len() as u64;
            work.tell(done, total);
        }
    }

    /// What these customers become; whoever is so already is left as they are.
    fn facts(&self, app: &App, customers: &[u32]) -> Answer<Vec<Fact>> {
        let now = app.clock.now();
        let what = What::Became(self.change.properties()?);
        let mut builder = HistoryBuilder::new();
        let mut facts = vec![];
        for no in customers.iter().copied().map(CustomerNo) {
            builder.clear();
            app.store.history(no, &mut builder)?;
            let Some(customer) = app.store.key_of(no) else { continue };
            facts.extend(self.fact(customer, builder.finish(), now, &what));
        }
        Ok(facts)
    }

    fn fact(
        &self,
        customer: CustomerKey,
        history: &History,
        now: Timestamp,
        what: &What,
    ) -> Option<Fact> {
        let is_so = history.attribute(&self.change.attribute, now) == self.change.value.borrowed();
        (!is_so).then(|| Fact { customer, contact: None, at: now, what: what.clone(), id: None })
    }
}

/// Begins to take an edit back that was done.
pub(super) fn undo(app: &App, id: &str, record: Record, edited: Edited, by: String) {
    let (name, batches) = (id.to_owned(), edited.batches.clone());
    app.begin_work(
        works,
        &undoing(id),
        move |app, work| {
            if !work.seal() {
                return Err(cancelled());
            }
            let total = batches.len() as u64;
            for (batch, done) in batches.iter().rev().zip(0..) {
                work.tell(done, total);
                app.undo_here(*batch, &by)?;
            }
            app.forget_past();
            Ok(edited)
        },
        move |app, edited| async move {
            let state = Kept::Undone((*edited).clone());
            Record { state, ..record }.write(&app, &name).await
        },
    );
}

/// At the start: what a killed server had begun and not done is taken back.
pub(crate) async fn tidy_after_restart(app: &App) -> Answer<()> {
    for (id, record) in Record::all(app).await? {
        if record.state != Kept::Begun {
            continue;
        }
        let (label, source) = (id.clone(), source(&record));
        app.blocking(move |app| {
            let batches = app.store.batches();
            let own = batches
                .iter()
                .filter(|batch| *batch.label == *label && *batch.source == *source)
                .filter(|batch| batch.undone.is_none());
            for batch in own {
                app.store.undo(batch.batch, app.clock.now(), "")?;
            }
            Ok(())
        })
        .await?;
        Record { state: Kept::Dropped, ..record }.write(app, &id).await?;
    }
    Ok(())
}
