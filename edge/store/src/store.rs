//! The store as its users see it.

use std::{borrow::Borrow, io::Write, path::Path, sync::Arc, thread::JoinHandle};

use facts::{ContactKey, CustomerKey, History, HistoryBuilder, Timestamp};
use roaring::RoaringBitmap;

use crate::{
    Appended, BackedUp, Batch, BatchRecord, Beside, ChangeLog, CustomerNo, Erased, ImportWriter,
    Names, Opened, Options, Person, Report, StoreError, ToldChanges, Undone, Watch,
    append::{Packed, Sifted},
    commit::{Inner, lock},
    disk::Folder,
    erase::Whom,
    frame::MOST,
    ledger::Ledger,
    log::LogEnd,
    open,
    records::Told,
    staged::{find_batch, summary_at},
    summary::{Spot, address_key},
    verify,
};

/// Facts kept for ever in one folder. Share it behind an `Arc`; all calls take `&self` and may block on the disk.
pub struct Store {
    inner: Arc<Inner>,
    opened: Opened,
    tidying: Option<JoinHandle<()>>,
}

/// A moment in the life of a store, see [`Store::mark`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub(crate) end: LogEnd,
    events: u64,
    customers: u64,
}

impl Store {
    /// Opens a folder for this process alone, making it when it is not there.
    ///
    /// # Errors
    /// When another process has it, a newer version wrote it, its facts are damaged, or the disk refuses.
    pub fn open(folder: &Path, options: Options, watch: &Watch<'_>) -> Result<Store, StoreError> {
        let (inner, opened) = open::open(folder, &options, watch)?;
        let inner = Arc::new(inner);
        let mut tidying = None;
        if !options.read_only && !options.tidy_by_hand {
            let inner = inner.clone();
            let thread = std::thread::Builder::new().name("tidy".to_owned());
            let thread = thread.spawn(move || inner.tidy_until_stopped());
            tidying = Some(thread.map_err(|source| StoreError::Disk {
                doing: "start a thread to tidy",
                path: folder.to_owned(),
                source,
            })?);
        }
        Ok(Store { inner, opened, tidying })
    }

    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// What opening found and did.
    pub fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Takes in a batch; on disk and visible when it returns.
    ///
    /// # Errors
    /// After any error nothing of the batch was acknowledged; when the disk failed, nothing more is taken in until
    /// the folder is opened again.
    pub fn append(&self, batch: impl Borrow<Batch>) -> Result<Appended, StoreError> {
        self.inner.relieve()?;
        let batch = batch.borrow();
        let packed = Packed::of(batch);
        if MOST < packed.body.len() + 1024 {
            let (bytes, most) = (packed.body.len() as u64, MOST as u64 - 1024);
            return Err(StoreError::TooLarge { bytes, most });
        }
        let mut order = self.inner.order();
        order.check()?;
        let Sifted { new: accepted, duplicates, erased } = packed.sift(&order)?;
        let first_seq = order.next_seq;
        if accepted.is_empty() {
            let earlier = order.last_ticket();
            drop(order);
            // What they are duplicates of may still be on its way to the disk.
            earlier.map(|ticket| self.inner.commit(&ticket)).transpose()?;
            return Ok(Appended { first_seq, duplicates, erased, ..Appended::default() });
        }
        let told = Told {
            batch: order.next_batch,
            first_seq,
            rows: accepted.len() as u64,
            received_at: batch.received_at,
            old: batch.old,
            source: batch.source.clone(),
            label: batch.label.clone(),
        };
        let number = told.batch;
        let ticket = packed.queue(&mut order, told, &accepted)?;
        drop(order);
        let customers = self.inner.heads(&self.inner.commit(&ticket)?);
        let accepted = accepted.len() as u64;
        Ok(Appended { batch: Some(number), first_seq, accepted, duplicates, erased, customers })
    }

    /// Begins an import of old records. Several may be open at once; of an id in two, the first committed wins.
    ///
    /// # Errors
    /// When nothing is taken in, or the disk refuses.
    pub fn begin_import(
        &self,
        source: &str,
        label: &str,
        at: Timestamp,
    ) -> Result<ImportWriter, StoreError> {
        ImportWriter::begin(self.inner.clone(), source, label, at)
    }

    /// Takes a batch back, an import or any other; its ids are free again. Returns the customers touched, ascending.
    ///
    /// # Errors
    /// When there is no such batch, it was undone before, or the disk refuses.
    pub fn undo(&self, batch: u32, at: Timestamp, by: &str) -> Result<Vec<CustomerNo>, StoreError> {
        let _ground = self.inner.ground();
        let known = self.inner.read().batches.find(batch);
        let place = match known {
            Some((BatchRecord { undone: Some(_), .. }, _)) => {
                return Err(StoreError::UndoneBefore(batch));
            }
            Some((_, place)) => place,
            None => self.find_in_log(batch)?.ok_or(StoreError::NoSuchBatch(batch))?.2,
        };
        let summary = Arc::new(summary_at(&self.inner.folder, place)?);
        self.inner.take_back(batch, at, by, summary)
    }

    fn find_in_log(
        &self,
        batch: u32,
    ) -> Result<Option<(Told, bool, crate::batches::Place)>, StoreError> {
        if batch == 0 || self.inner.read().next_batch <= batch {
            return Ok(None);
        }
        find_batch(&self.inner.folder, batch)
    }

    /// Erases customers: everything ever told of them leaves the disk, also what was undone, and what comes in of
    /// them later is refused. Writers wait, readers go on. All of it happens or nothing: broken off after it was
    /// decided, it is finished when the folder is opened next. Of whom nothing is known is noted only.
    ///
    /// # Errors
    /// [`StoreError::Importing`] while a file is being imported; when facts are damaged, the disk refuses, or the
    /// flag goes up before it is decided.
    pub fn erase(
        &self,
        customers: &[CustomerKey],
        at: Timestamp,
        watch: &Watch<'_>,
    ) -> Result<Erased, StoreError> {
        self.inner.erase(&Whom::Keys(customers), at, watch)
    }

    /// Erases all whom a ledger names: the content of `facts/erased` of another folder, say of the one that an older
    /// backup was made of.
    ///
    /// # Errors
    /// Those of [`Store::erase`]; [`StoreError::NoLedger`] when the bytes are something else.
    pub fn erase_again(
        &self,
        ledger: &[u8],
        at: Timestamp,
        watch: &Watch<'_>,
    ) -> Result<Erased, StoreError> {
        let ledger = Ledger::unframe(ledger).ok_or(StoreError::NoLedger)?;
        self.inner.erase(&Whom::Ledger(&ledger), at, watch)
    }

    /// Writes everything that is kept for ever into one stream, as it is at one instant; facts go on coming in
    /// meanwhile. All that was acknowledged before the call is in it. What is derived is not: it is made anew when the
    /// restored folder is opened. Erasing waits until the backup is done.
    ///
    /// # Errors
    /// When something cannot be read or written, or the flag goes up; what was written then is no whole backup, and
    /// says so when it is read.
    pub fn backup(
        &self,
        at: Timestamp,
        beside: &[Beside],
        out: &mut dyn Write,
        watch: &Watch<'_>,
    ) -> Result<BackedUp, StoreError> {
        self.inner.backup(at, beside, out, watch)
    }

    /// Whether a customer was erased.
    pub fn is_erased(&self, key: &CustomerKey) -> bool {
        lock(&self.inner.order).erased.has(key.as_str())
    }

    /// The number of a customer of whom anything was ever told, undone or not, and not erased.
    pub fn number_ever_of(&self, key: &CustomerKey) -> Option<CustomerNo> {
        self.inner.read().directory.number_of(key.as_str()).map(CustomerNo)
    }

    /// All imports and the latest 1,000 other batches, newest first.
    pub fn batches(&self) -> Vec<BatchRecord> {
        self.inner.read().batches.list()
    }

    /// One batch, however old.
    ///
    /// # Errors
    /// When the log must be looked through and cannot be read.
    pub fn batch(&self, batch: u32) -> Result<Option<BatchRecord>, StoreError> {
        if let Some((record, _)) = self.inner.read().batches.find(batch) {
            return Ok(Some(record));
        }
        let _ground = self.inner.ground();
        let Some((told, import, _)) = self.find_in_log(batch)? else { return Ok(None) };
        let undone: Option<Undone> = self.inner.read().batches.undone(batch).cloned();
        Ok(Some(BatchRecord {
            batch,
            source: told.source,
            label: told.label,
            at: told.received_at,
            rows: told.rows,
            import,
            undone,
        }))
    }

    /// Puts one customer's history into the builder, which is cleared before; `builder.finish()` gives it. That of a
    /// customer who is one with an earlier one is empty.
    ///
    /// # Errors
    /// When a run is damaged or the disk refuses.
    pub fn history(&self, no: CustomerNo, builder: &mut HistoryBuilder) -> Result<(), StoreError> {
        let united = self.united();
        let numbers = match united.is_member(no.0) {
            true => vec![],
            false => [&[no.0], united.members(no.0)].concat(),
        };
        self.put_together(no, &numbers, builder)
    }

    /// [`Store::history`] of what was told by this customer's own key, whoever it is one with.
    ///
    /// # Errors
    /// Those of [`Store::history`].
    pub fn history_as_told(
        &self,
        no: CustomerNo,
        builder: &mut HistoryBuilder,
    ) -> Result<(), StoreError> {
        self.put_together(no, &[no.0], builder)
    }

    fn put_together(
        &self,
        about: CustomerNo,
        numbers: &[u32],
        builder: &mut HistoryBuilder,
    ) -> Result<(), StoreError> {
        builder.clear();
        let (runs, frozen, undone) = {
            let state = self.inner.read();
            if let Some(key) = state.directory.key_of(about.0) {
                builder.about(key);
            }
            for no in numbers {
                state.tail.learn(*no, builder, |batch| state.undone.contains(batch));
            }
            (state.runs.clone(), state.frozen.clone(), state.undone.clone())
        };
        for no in numbers {
            for tail in &frozen {
                tail.learn(*no, builder, |batch| undone.contains(batch));
            }
            for run in &runs {
                run.read(*no, |piece| {
                    let learnt = builder.absorb(piece, |batch| undone.contains(batch));
                    learnt.map_err(|_| run.damaged())
                })?;
            }
        }
        Ok(())
    }

    /// Reads every history as it is now: pieces of the number line in `threads` threads, customers ascending within
    /// a piece; one `T` for each piece, in order. Customers of whom nothing is known (any more) are left out.
    ///
    /// # Errors
    /// When a run is damaged, the disk refuses, or the flag goes up.
    pub fn scan<T: Send>(
        &self,
        threads: usize,
        watch: &Watch<'_>,
        begin: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, CustomerNo, &History) + Sync,
    ) -> Result<Vec<T>, StoreError> {
        self.inner.scan(threads, watch, begin, each)
    }

    /// [`Store::scan`] without results; with one thread strictly in the order of numbers.
    ///
    /// # Errors
    /// Those of [`Store::scan`].
    pub fn for_each_history(
        &self,
        threads: usize,
        watch: &Watch<'_>,
        each: impl Fn(CustomerNo, &History) + Sync,
    ) -> Result<(), StoreError> {
        self.inner.scan(threads, watch, || (), |(), no, history| each(no, history)).map(drop)
    }

    /// The number of a customer with at least one fact that is not undone; of those who are one, that of the first.
    pub fn number_of(&self, key: &CustomerKey) -> Option<CustomerNo> {
        let state = self.inner.read();
        let no = state.directory.number_of(key.as_str())?;
        state.directory.live.contains(no).then(|| CustomerNo(state.united.head(no)))
    }

    /// The key of a number ever given.
    pub fn key_of(&self, no: CustomerNo) -> Option<CustomerKey> {
        CustomerKey::new(self.inner.read().directory.key_of(no.0)?).ok()
    }

    /// The customer a contact belongs to; of several the one known first.
    pub fn find_contact(&self, contact: &ContactKey) -> Option<CustomerNo> {
        let state = self.inner.read();
        let spot = state.directory.contact(contact.as_str())?;
        Some(CustomerNo(state.united.head(spot.customer)))
    }

    /// Whom an e-mail address (attribute `email`, any case) belongs to; of several the one known first.
    pub fn find_email(&self, address: &str) -> Option<Person> {
        let state = self.inner.read();
        let Spot { customer, contact, .. } = state.directory.email(&address_key(address))?;
        let contact = contact.as_deref().and_then(|key| ContactKey::new(key).ok());
        Some(Person { customer: CustomerNo(state.united.head(*customer)), contact })
    }

    /// The numbers of all customers with at least one fact that is not undone.
    pub fn customers(&self) -> RoaringBitmap {
        let state = self.inner.read();
        state.united.looked_for(&state.directory.live)
    }

    /// How many those are.
    pub fn customers_n(&self) -> u64 {
        self.customers().len()
    }

    /// Equal marks: nothing was learnt, taken back or erased between.
    pub fn mark(&self) -> Mark {
        let state = self.inner.read();
        Mark { end: state.end, events: state.events, customers: state.directory.live.len() }
    }

    /// How many events there are, without undone ones.
    pub fn events_n(&self) -> u64 {
        self.inner.read().events
    }

    /// One more than the highest number ever given.
    pub fn numbers_end(&self) -> u32 {
        self.inner.read().directory.numbers_end()
    }

    /// The names in use, for offering them in forms.
    pub fn names(&self) -> Names {
        self.inner.read().names.told()
    }

    /// Opens the log of changes of this folder, and gives what it says was told; `None` when nothing ever was: then the
    /// caller begins it with who is where. Open it once.
    ///
    /// # Errors
    /// When the folder was opened for reading, the disk refuses, or what was written is damaged.
    pub fn open_changes(&self) -> Result<(ChangeLog, Option<ToldChanges>), StoreError> {
        self.inner.check_writable()?;
        ChangeLog::open(&self.inner.folder)
    }

    /// Why nothing more is taken in, if that is so.
    pub fn failed(&self) -> Option<String> {
        lock(&self.inner.order).failed.clone()
    }

    /// A fingerprint of all derived content, independent of how runs are cut.
    ///
    /// # Errors
    /// Those of [`Store::scan`].
    pub fn digest(&self, watch: &Watch<'_>) -> Result<u128, StoreError> {
        self.inner.digest(watch)
    }

    /// Drops the derived state and makes it anew from the facts. Writers wait, readers go on.
    ///
    /// # Errors
    /// When facts are damaged, the disk refuses, or the flag goes up; the old state then stays.
    pub fn rebuild(&self, watch: &Watch<'_>) -> Result<(), StoreError> {
        self.inner.rebuild(watch)
    }

    /// Writes what is in memory only to a run, so that the next start is quick.
    ///
    /// # Errors
    /// When the disk refuses; nothing is lost then.
    pub fn flush(&self) -> Result<(), StoreError> {
        self.inner.check_writable()?;
        self.inner.flush(&mut lock(&self.inner.tidying))
    }

    /// Merges runs where there are many of about the same size, and lays histories out in columns where they are not.
    ///
    /// # Errors
    /// When the disk refuses, or the flag goes up; nothing is lost then.
    pub fn tidy(&self, watch: &Watch<'_>) -> Result<(), StoreError> {
        self.inner.check_writable()?;
        let mut deriver = lock(&self.inner.tidying);
        self.inner.flush(&mut deriver)?;
        self.inner.merge(&mut deriver, watch)?;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        self.inner.renew_columns(&mut deriver, threads, watch)
    }

    /// Flushes and lets go of the folder.
    ///
    /// # Errors
    /// When the disk refuses; nothing is lost then.
    pub fn close(self) -> Result<(), StoreError> {
        if self.inner.log_is_open() { self.flush() } else { Ok(()) }
    }

    /// Checks every byte of a folder, open or not; `Err` only when it cannot be read at all.
    ///
    /// # Errors
    /// When the disk refuses, or the flag goes up.
    pub fn verify(folder: &Path, watch: &Watch<'_>) -> Result<Report, StoreError> {
        Store::verify_on(&Options::default(), folder, watch)
    }

    /// [`Store::verify`] on the disk of the given options.
    ///
    /// # Errors
    /// Those of [`Store::verify`].
    pub fn verify_on(
        options: &Options,
        folder: &Path,
        watch: &Watch<'_>,
    ) -> Result<Report, StoreError> {
        let folder = Folder { disk: options.disk.clone(), path: folder.to_owned() };
        verify::verify(&folder, watch)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.inner.tidy.stop();
        if let Some(tidying) = self.tidying.take() {
            // Its panic, if any, was printed when it happened.
            let _ = tidying.join();
        }
    }
}
