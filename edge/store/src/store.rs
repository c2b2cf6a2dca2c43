//! The store as its users see it.
#![expect(
    unused_variables,
    clippy::unimplemented,
    reason = "the interface first; bodies follow within the hour"
)]

use std::path::Path;

use facts::{ContactKey, CustomerKey, Fact, History, HistoryBuilder, Timestamp};
use roaring::RoaringBitmap;

use crate::{
    Added, Appended, Batch, BatchRecord, CustomerNo, Names, Opened, Person, Report, StoreError,
    Watch,
};

/// How to open a folder. `Options::default()` is right for a server.
#[derive(Default)]
pub struct Options {
    /// Opens without the lock and writes nothing; for looking at a folder another process may have open.
    pub read_only: bool,
}

/// Facts kept for ever in one folder. Share it behind an `Arc`; all calls take `&self` and may block on the disk.
pub struct Store {}

/// One import being staged in its own file; dropped before [`ImportWriter::commit`], it leaves nothing behind.
pub struct ImportWriter {}

impl ImportWriter {
    /// Stages one fact.
    pub fn add(&mut self, fact: &Fact) -> Result<Added, StoreError> {
        unimplemented!()
    }
    /// Makes the import part of the store, all of it or nothing: durable and visible at return.
    /// Cancelled before the commit, nothing stays; cancelled while sorting, the import is undone.
    pub fn commit(self, watch: &Watch<'_>) -> Result<Appended, StoreError> {
        unimplemented!()
    }
}

impl Store {
    /// Opens a folder for this process alone, making it when it is not there.
    pub fn open(folder: &Path, options: Options, watch: &Watch<'_>) -> Result<Store, StoreError> {
        unimplemented!()
    }
    /// What opening found and did.
    pub fn opened(&self) -> &Opened {
        unimplemented!()
    }
    /// Takes in a batch; on disk and visible when it returns.
    pub fn append(&self, batch: Batch) -> Result<Appended, StoreError> {
        unimplemented!()
    }
    /// Begins an import of old records. Several may be open at once.
    pub fn begin_import(
        &self,
        source: &str,
        label: &str,
        at: Timestamp,
    ) -> Result<ImportWriter, StoreError> {
        unimplemented!()
    }
    /// Takes a batch back; its ids are free again. Returns the customers touched, ascending.
    pub fn undo(&self, batch: u32, at: Timestamp, by: &str) -> Result<Vec<CustomerNo>, StoreError> {
        unimplemented!()
    }
    /// All imports and the latest other batches, newest first.
    pub fn batches(&self) -> Vec<BatchRecord> {
        unimplemented!()
    }
    /// One batch, however old.
    pub fn batch(&self, batch: u32) -> Result<Option<BatchRecord>, StoreError> {
        unimplemented!()
    }
    /// Puts one customer's history into the (cleared) builder; `builder.finish()` gives it.
    pub fn history(&self, no: CustomerNo, builder: &mut HistoryBuilder) -> Result<(), StoreError> {
        unimplemented!()
    }
    /// Reads every history: pieces of the number line in `threads` threads, customers ascending within a piece;
    /// one `T` for each piece, in order. Customers of whom nothing is known (any more) are left out.
    pub fn scan<T: Send>(
        &self,
        threads: usize,
        watch: &Watch<'_>,
        begin: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, CustomerNo, &History) + Sync,
    ) -> Result<Vec<T>, StoreError> {
        unimplemented!()
    }
    /// [`Store::scan`] without results.
    pub fn for_each_history(
        &self,
        threads: usize,
        watch: &Watch<'_>,
        each: impl Fn(CustomerNo, &History) + Sync,
    ) -> Result<(), StoreError> {
        unimplemented!()
    }
    /// The number of a customer with at least one fact that is not undone.
    pub fn number_of(&self, key: &CustomerKey) -> Option<CustomerNo> {
        unimplemented!()
    }
    /// The key of a number ever given.
    pub fn key_of(&self, no: CustomerNo) -> Option<CustomerKey> {
        unimplemented!()
    }
    /// The customer a contact belongs to; of several the one known first.
    pub fn find_contact(&self, contact: &ContactKey) -> Option<CustomerNo> {
        unimplemented!()
    }
    /// Whom an e-mail address (attribute `email`, any case) belongs to; of several the one known first.
    pub fn find_email(&self, address: &str) -> Option<Person> {
        unimplemented!()
    }
    /// The numbers of all customers with at least one fact that is not undone.
    pub fn customers(&self) -> RoaringBitmap {
        unimplemented!()
    }
    /// How many those are.
    pub fn customers_n(&self) -> u64 {
        unimplemented!()
    }
    /// How many events there are, without undone ones.
    pub fn events_n(&self) -> u64 {
        unimplemented!()
    }
    /// One more than the highest number ever given.
    pub fn numbers_end(&self) -> u32 {
        unimplemented!()
    }
    /// The names in use, for offering them in forms.
    pub fn names(&self) -> Names {
        unimplemented!()
    }
    /// A fingerprint of all derived content, independent of how runs are cut.
    pub fn digest(&self, watch: &Watch<'_>) -> Result<u128, StoreError> {
        unimplemented!()
    }
    /// Drops the derived state and makes it anew from the facts. Writers wait, readers go on.
    pub fn rebuild(&self, watch: &Watch<'_>) -> Result<(), StoreError> {
        unimplemented!()
    }
    /// Writes what is in memory only to a run, so that the next start is quick.
    pub fn flush(&self) -> Result<(), StoreError> {
        unimplemented!()
    }
    /// Flushes and lets go of the folder.
    pub fn close(self) -> Result<(), StoreError> {
        unimplemented!()
    }
    /// Checks every byte of a folder, open or not; `Err` only when it cannot be read at all.
    pub fn verify(folder: &Path, watch: &Watch<'_>) -> Result<Report, StoreError> {
        unimplemented!()
    }
}
