//! Reading past texts again, so that what histories say of mentions is what the dictionary in force finds: after a
//! dictionary was changed, after imports came or went, and once at every start.
//!
//! A batch of mentions in which nothing is wrong stays. One in which anything is wrong is replaced as a whole, since only
//! whole batches can be taken back: what is right in it is written anew with what was missing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use facts::HistoryBuilder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use store::{CustomerNo, StoreError, Watch};

use crate::host::{
    App, Workspace,
    checkpoint::Changes,
    mentions::{
        Far, SOURCE,
        examine::{By, Examined, examine},
        label, texts,
    },
    news::{Changed, News},
};

/// The setting that says up to where everything was read.
pub(super) const READ_UNTIL: &str = "texts-read";
/// So many customers are read before what was found is put down.
const AT_ONCE: usize = 256;
/// So often all is read again while it turns out not to agree: facts come in meanwhile.
const ROUNDS: usize = 4;

/// Up to which place in the order of arrival everything was read by which dictionary.
#[derive(Serialize, Deserialize)]
pub(super) struct ReadUntil {
    pub(super) version: i32,
    pub(super) seq: u64,
}

/// What a round found.
#[derive(Default)]
struct Round {
    /// For each batch of mentions: how many were seen, and whether any is wrong.
    batches: BTreeMap<u32, (u64, bool)>,
    missing: u64,
    last_seq: u64,
}

/// Whose texts a round looks at.
#[derive(Debug, Clone, Copy)]
enum Whose {
    /// Everybody's.
    All,
    /// Those of some.
    Some,
}

/// How a round ended.
enum Ended {
    /// Everything agrees.
    Agreed,
    /// Something was put right.
    Changed,
    /// Batches reach beyond the customers that were looked at.
    NeedsAll,
}

/// Reads all past texts whenever that is asked for, until the server stops.
pub(crate) async fn run(app: App) {
    let mut stop = app.stop.subscribe();
    app.mentions.read_all_again();
    loop {
        tokio::select! {
            () = app.mentions.again.notified() => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
        app.mentions.begins();
        let read = app.blocking(|app| Ok(app.read_all_texts()?)).await;
        if read.is_err() {
            tracing::error!(
                "past texts could not be read for topics; it is tried at the next start"
            );
        }
        app.mentions.cancel.store(false, Ordering::SeqCst);
        app.mentions.ends();
        app.tell(News::Changed(Changed::everything()));
    }
    super::remember(&app).await;
}

impl Workspace {
    /// Reads all texts until what is there agrees with the dictionary. Blocks on the disk.
    fn read_all_texts(&self) -> Result<(), StoreError> {
        let _reading = self.mentions.reading.lock().unwrap_or_else(PoisonError::into_inner);
        for round in 0..ROUNDS {
            let trusted = *self.mentions.trusted.lock().unwrap_or_else(PoisonError::into_inner);
            let version = self.mentions.in_force().version;
            let mut customers = self.customers_with_texts()?;
            customers.extend(self.mentions.index().customers());
            let customers: Vec<u32> = customers.into_iter().collect();
            let (ended, last_seq) = self.round((&customers, Whose::All), trusted)?;
            tracing::info!(round, customers = customers.len(), "texts were read for topics");
            if self.is_given_up() {
                return Ok(());
            }
            if version == self.mentions.in_force().version {
                let mut trusted =
                    self.mentions.trusted.lock().unwrap_or_else(PoisonError::into_inner);
                *trusted = (*trusted).max(Some(last_seq));
            }
            if matches!(ended, Ended::Agreed) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Reads the texts of some customers, who were touched by an import or by taking something back. Blocks on the disk.
    pub(crate) fn read_texts_of(&self, customers: &[CustomerNo]) {
        let customers: Vec<u32> = customers.iter().map(|one| one.0).collect();
        let Ok(reading) = self.mentions.reading.try_lock() else {
            // Who reads everything just now goes through it once more.
            self.mentions.read_all_again();
            return;
        };
        let read = self.round((&customers, Whose::Some), None);
        self.mentions.ends();
        drop(reading);
        match read {
            Ok((Ended::Agreed | Ended::Changed, _)) => {}
            Ok((Ended::NeedsAll, _)) => self.mentions.read_all_again(),
            Err(why) => {
                tracing::error!(%why, "texts could not be read for topics; all are read again");
                self.mentions.read_all_again();
            }
        }
    }

    fn is_given_up(&self) -> bool {
        *self.stop.borrow() || self.mentions.cancel.load(Ordering::SeqCst)
    }

    /// Those of whom anything was written or mentioned.
    fn customers_with_texts(&self) -> Result<BTreeSet<u32>, StoreError> {
        let names = self.store.names();
        let has_text = |event: &store::EventNames| {
            let is_text = |one: &store::PropertyName| texts::FIELDS.contains(&&*one.key);
            texts::is_read(event.name.as_str()) && event.properties.iter().any(is_text)
        };
        let asked: Vec<&str> = (names.events.iter())
            .filter(|event| has_text(event) || event.name.as_str() == texts::MENTIONED)
            .map(|event| event.name.as_str())
            .collect();
        if asked.is_empty() {
            return Ok(BTreeSet::new());
        }
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let pieces = self.store.scan(threads, &Watch::NONE, Vec::new, |found, no, history| {
            if asked.iter().any(|name| history.track(name).is_some()) {
                found.push(no.0);
            }
        })?;
        Ok(pieces.into_iter().flatten().collect())
    }

    /// Looks at the texts of some customers and puts right what does not agree; answers how far in the order of arrival
    /// it saw.
    fn round(
        &self,
        (customers, whose): (&[u32], Whose),
        trusted: Option<u64>,
    ) -> Result<(Ended, u64), StoreError> {
        let in_force = self.mentions.in_force();
        let by = By { dictionary: &in_force.dictionary, cut: self.mentions.cut(), trusted };
        let done = AtomicU64::new(0);
        let mut round = Round::default();
        self.each_examined(customers, by, &done, |customer, examined| {
            round.add(&examined);
            self.mentions.change_index(|index| {
                let wrote = examined.wrote(index.words());
                index.put(customer, wrote);
            });
            Ok(())
        })?;
        let wrong = self.wrong_batches(&round)?;
        if wrong.is_empty() && round.missing == 0 {
            return Ok((Ended::Agreed, round.last_seq));
        }
        if self.is_given_up() {
            return Ok((Ended::Changed, round.last_seq));
        }
        for batch in &wrong {
            let rows = self.store.batch(*batch)?.map_or(0, |record| record.rows);
            let seen = round.batches.get(batch).map_or(0, |(seen, _)| *seen);
            if seen < rows && matches!(whose, Whose::Some) {
                return Ok((Ended::NeedsAll, round.last_seq));
            }
        }
        self.replace_mentions(customers, by, &wrong)?;
        Ok((Ended::Changed, round.last_seq))
    }

    /// The batches of ours that hold anything wrong.
    fn wrong_batches(&self, round: &Round) -> Result<BTreeSet<u32>, StoreError> {
        let mut wrong = BTreeSet::new();
        for (batch, (_, is_wrong)) in &round.batches {
            let is_ours = || -> Result<bool, StoreError> {
                Ok(self.store.batch(*batch)?.is_some_and(|record| *record.source == *SOURCE))
            };
            if *is_wrong && is_ours()? {
                wrong.insert(*batch);
            }
        }
        Ok(wrong)
    }

    /// Writes what is missing and what is right in wrong batches, and takes those back.
    fn replace_mentions(
        &self,
        customers: &[u32],
        by: By<'_>,
        wrong: &BTreeSet<u32>,
    ) -> Result<(), StoreError> {
        let at = self.clock.now();
        let mut writer = self.store.begin_import(SOURCE, "mentions", at)?;
        let mut written = 0;
        let done = AtomicU64::new(0);
        self.each_examined(customers, by, &done, |_, examined| {
            for one in examined.texts.iter().flat_map(|(_, expected)| expected) {
                if one.batch.is_none_or(|batch| wrong.contains(&batch)) {
                    writer.add(&one.fact)?;
                    written += 1;
                }
            }
            Ok(())
        })?;
        if self.is_given_up() {
            return Ok(());
        }
        let writing = self.writing(Changes::Facts);
        let mut touched = BTreeSet::new();
        if 0 < written {
            touched.extend(writer.commit(&Watch::NONE)?.customers);
        }
        for batch in wrong {
            match self.store.undo(*batch, at, SOURCE) {
                Ok(customers) => touched.extend(customers),
                Err(StoreError::UndoneBefore(_)) => {}
                Err(why) => return Err(why),
            }
        }
        let touched: Vec<CustomerNo> = touched.into_iter().collect();
        tracing::info!(what = label(written), customers = touched.len(), "mentions were put right");
        self.judge_touched(writing, &touched);
        self.forget_past();
        Ok(())
    }

    /// Examines customers on all cores, and hands each over in their order.
    fn each_examined(
        &self,
        customers: &[u32],
        by: By<'_>,
        done: &AtomicU64,
        mut each: impl FnMut(u32, Examined) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for some in customers.chunks(AT_ONCE) {
            if self.is_given_up() {
                return Ok(());
            }
            let read = |customer: &u32| -> Result<(u32, Examined), StoreError> {
                let mut builder = HistoryBuilder::new();
                self.store.history(CustomerNo(*customer), &mut builder)?;
                Ok((*customer, examine(by, builder.finish())))
            };
            let examined: Result<Vec<(u32, Examined)>, StoreError> =
                some.par_iter().map(read).collect();
            for (customer, examined) in examined? {
                each(customer, examined)?;
            }
            let so_far = done.fetch_add(some.len() as u64, Ordering::Relaxed) + some.len() as u64;
            self.mentions.set_far(Far { done: so_far, total: customers.len() as u64 });
        }
        Ok(())
    }
}

impl Round {
    fn add(&mut self, examined: &Examined) {
        for (batch, is_right) in &examined.found {
            let seen = self.batches.entry(*batch).or_default();
            seen.0 += 1;
            seen.1 |= !is_right;
        }
        for (source, expected) in &examined.texts {
            self.last_seq = self.last_seq.max(source.seq);
            self.missing += expected.iter().filter(|one| one.batch.is_none()).count() as u64;
        }
    }
}
