//! Imports: facts staged in a file of their own, and made part of the store by one frame of the log.

use std::sync::Arc;

use facts::{Fact, Timestamp};

use crate::{
    Added, Appended, Duplicate, StoreError, Watch,
    commit::{Inner, Staging, Ticket, lock},
    derive::Deriver,
    disk::OpenFile,
    frame::Payload,
    ids::IdHash,
    ledger::Ledger,
    log::FACTS_FOLDER,
    records::{Imported, Parsed, STAGED, Told, imported_payload, push_fact},
    staged::{each_imported, import_name, summary_of_import},
    state::Entry,
    summary::Summary,
};

/// Facts are written to the file in pieces of about this size.
const PIECE: usize = 256 << 10;

/// One import being staged in its own file; dropped before [`ImportWriter::commit`], it leaves nothing behind.
pub struct ImportWriter {
    inner: Arc<Inner>,
    file: OpenFile,
    number: u32,
    told: Told,
    hash: IdHash,
    body: Vec<u8>,
    framed: Vec<u8>,
    length: u64,
    crc: crc32fast::Hasher,
    summary: Summary,
    given: u64,
    duplicates: Vec<Duplicate>,
    /// Nobody is erased while a file is being imported.
    gone: Arc<Ledger>,
    erased: Vec<u64>,
    /// Whether the file is the store's now, or may be.
    kept: bool,
}

impl ImportWriter {
    pub(crate) fn begin(
        inner: Arc<Inner>,
        source: &str,
        label: &str,
        at: Timestamp,
    ) -> Result<ImportWriter, StoreError> {
        let (number, gone) = {
            let mut order = inner.order();
            order.check()?;
            let number = order.next_import;
            order.next_import += 1;
            order.staging.insert(number, Staging::default());
            (number, order.erased.clone())
        };
        let file = inner.folder.create(&import_name(number)).inspect_err(|_| {
            lock(&inner.order).staging.remove(&number);
        })?;
        let told = Told {
            batch: 0,
            first_seq: 0,
            rows: 0,
            received_at: at,
            old: true,
            source: source.into(),
            label: label.into(),
        };
        Ok(ImportWriter {
            inner,
            file,
            number,
            told,
            hash: IdHash::of(source),
            body: vec![],
            framed: vec![],
            length: 0,
            crc: crc32fast::Hasher::new(),
            summary: Summary::default(),
            given: 0,
            duplicates: vec![],
            gone,
            erased: vec![],
            kept: false,
        })
    }

    /// Stages one fact.
    ///
    /// # Errors
    /// When the disk refuses; the import is then of no use any more and should be dropped.
    pub fn add(&mut self, fact: &Fact) -> Result<Added, StoreError> {
        self.given += 1;
        if !self.gone.is_empty() && self.gone.has(fact.customer.as_str()) {
            self.erased.push(self.given - 1);
            return Ok(Added::Erased);
        }
        if let Some(id) = &fact.id {
            let hash = self.hash.hash(id);
            let mut order = self.inner.order();
            let found = order.find(hash)?;
            let own = order.staging.entry(self.number).or_default();
            if let Some(batch) = found.or((!own.ids.insert(hash)).then_some(0)) {
                let row = self.given - 1;
                drop(order);
                self.duplicates.push(Duplicate { row, batch });
                return Ok(Added::Duplicate);
            }
        }
        let rest = push_fact(&mut self.body, fact);
        let parsed = Parsed::read(&self.body[rest]);
        assert!(parsed.is_some(), "what was packed a moment ago can be read");
        if let Some(parsed) = parsed {
            self.summary.add(fact.customer.as_str(), &parsed);
        }
        if PIECE <= self.body.len() {
            self.write_piece()?;
        }
        Ok(Added::New)
    }

    fn write_piece(&mut self) -> Result<(), StoreError> {
        let payload = Payload::new(STAGED, std::mem::take(&mut self.body));
        self.framed.clear();
        let crc = payload.push(&mut self.framed, 0);
        self.crc.update(&crc.to_le_bytes());
        self.length += self.framed.len() as u64;
        self.file.append(&self.framed)
    }

    /// Makes the import part of the store, all of it or nothing: durable and visible at return.
    ///
    /// Cancelled before it is committed, nothing stays. Cancelled, or failed, while the facts are being sorted, the
    /// import is taken back as if undone.
    ///
    /// # Errors
    /// When the disk refuses, or the flag goes up.
    pub fn commit(mut self, watch: &Watch<'_>) -> Result<Appended, StoreError> {
        if !self.body.is_empty() {
            self.write_piece()?;
        }
        if self.summary.rows == 0 {
            let duplicates = std::mem::take(&mut self.duplicates);
            let erased = std::mem::take(&mut self.erased);
            return Ok(Appended { duplicates, erased, ..Appended::default() });
        }
        self.file.sync()?;
        self.inner.folder.sync_folder(&format!("{FACTS_FOLDER}/imports"))?;
        let inner = self.inner.clone();
        let mut deriver = lock(&inner.tidying);
        watch.check()?;
        let (imported, summary, ticket) = self.enter()?;
        let committed = inner.commit(&ticket);
        // Without room the frame is not in the log, and never will be.
        self.kept = !matches!(committed, Err(StoreError::NoRoom));
        let numbers = committed?;
        let batch = imported.told.batch;
        if let Err(error) = self.derive(&mut deriver, &imported, &summary, &numbers, watch) {
            // Readers never saw its facts; taking it back makes that so for good.
            let at = imported.told.received_at;
            inner.take_back(batch, at, "", summary).inspect_err(|why| {
                // It can be neither sorted nor taken back; the next start sorts it.
                lock(&inner.order).failed.get_or_insert(why.to_string());
            })?;
            drop(deriver);
            lock(&inner.order).deriving.retain(|(other, _)| *other != batch);
            return Err(error);
        }
        // A failed flush costs nothing but time: everything is kept in memory and in the log.
        let _ = inner.flush(&mut deriver);
        drop(deriver);
        inner.tidy.want();
        let mut duplicates = std::mem::take(&mut self.duplicates);
        for duplicate in duplicates.iter_mut().filter(|duplicate| duplicate.batch == 0) {
            duplicate.batch = batch;
        }
        Ok(Appended {
            batch: Some(batch),
            first_seq: imported.told.first_seq,
            accepted: imported.told.rows,
            duplicates,
            erased: std::mem::take(&mut self.erased),
            customers: self.inner.heads(&numbers),
        })
    }

    /// Numbers the import and queues its frame.
    fn enter(&mut self) -> Result<(Imported, Arc<Summary>, Ticket), StoreError> {
        let mut order = self.inner.order();
        order.check()?;
        let staging = order.staging.remove(&self.number).unwrap_or_default();
        let mut imported = Imported {
            told: self.told.clone(),
            file: self.number,
            length: self.length,
            crc: self.crc.clone().finalize(),
            skipped: vec![],
        };
        imported.told.batch = order.next_batch;
        imported.told.first_seq = order.next_seq;
        imported.told.rows = self.summary.rows;
        let mut taken = vec![];
        for hash in &staging.taken {
            if order.find(*hash)?.is_some() {
                taken.push(*hash);
            }
        }
        if !taken.is_empty() {
            imported.skipped = self.rows_of(&imported, &taken)?;
            imported.told.rows -= imported.skipped.len() as u64;
            self.summary = summary_of_import(&self.inner.folder, &imported)?;
        }
        for (_, other) in order.staging.iter_mut() {
            other.taken.extend(other.ids.intersection(&staging.ids));
        }
        let first_batch = order.next_batch;
        order.next_batch += 1;
        order.next_seq += imported.told.rows;
        order.deriving.push((first_batch, Arc::new(staging.ids)));
        let summary = Arc::new(std::mem::take(&mut self.summary));
        let entry = Entry::Imported(imported.clone(), summary.clone());
        // From here on the log decides whether the file counts.
        self.kept = true;
        let ticket = order.push(imported_payload(&imported), entry, first_batch);
        Ok((imported, summary, ticket))
    }

    /// The rows of our file with the given ids, ascending.
    fn rows_of(&self, imported: &Imported, taken: &[u128]) -> Result<Vec<u64>, StoreError> {
        let (mut rows, mut row) = (vec![], 0);
        let mut hash = IdHash::of(&imported.told.source);
        each_imported(&self.inner.folder, imported, |_, parsed| {
            if parsed.and_then(|parsed| parsed.id).is_some_and(|id| taken.contains(&hash.hash(id)))
            {
                rows.push(row);
            }
            row += 1;
            Ok(())
        })?;
        Ok(rows)
    }

    fn derive(
        &self,
        deriver: &mut Deriver,
        imported: &Imported,
        summary: &Summary,
        numbers: &[u32],
        watch: &Watch<'_>,
    ) -> Result<(), StoreError> {
        let runs = deriver.derive_import(imported, summary, numbers, watch)?;
        let mut order = lock(&self.inner.order);
        let mut state = self.inner.write();
        state.runs.extend(runs.iter().cloned());
        order.runs.extend(runs);
        order.deriving.retain(|(batch, _)| *batch != imported.told.batch);
        Ok(())
    }
}

impl Drop for ImportWriter {
    fn drop(&mut self) {
        lock(&self.inner.order).staging.remove(&self.number);
        if !self.kept {
            // What cannot be removed now is removed at the next start.
            let _ = self.inner.folder.remove(&import_name(self.number));
        }
    }
}
