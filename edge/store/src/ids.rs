//! Which (source, id) pairs were seen: a set in memory for what is new, sorted pages in the runs for the rest.
//!
//! Ids are kept as 128-bit hashes. The pages of a run are found through one number each in memory, so ten million
//! ids cost 800 KB of memory and one short read to look one up; and a filter, for which no more is read where an id is new.

use std::{
    collections::{HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

use crate::{StoreError, disk::OpenFile, filter::IdFilter};

/// One id and the batch it came with.
pub(crate) type IdEntry = (u128, u32);

/// Hashes ids of one source.
pub(crate) struct IdHash {
    scratch: Vec<u8>,
    prefix: usize,
}

impl IdHash {
    pub(crate) fn of(source: &str) -> IdHash {
        let mut scratch = (source.len() as u32).to_le_bytes().to_vec();
        scratch.extend_from_slice(source.as_bytes());
        IdHash { prefix: scratch.len(), scratch }
    }

    pub(crate) fn hash(&mut self, id: &str) -> u128 {
        self.scratch.truncate(self.prefix);
        self.scratch.extend_from_slice(id.as_bytes());
        xxhash_rust::xxh3::xxh3_128(&self.scratch)
    }
}

/// Takes what is a hash already as its own hash.
#[derive(Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, number: u128) {
        self.0 = number as u64;
    }
}

pub(crate) type IdSet = HashSet<u128, BuildHasherDefault<AsItIs>>;
pub(crate) type IdMap = HashMap<u128, u32, BuildHasherDefault<AsItIs>>;

const PAGE: usize = 2048;
const ENTRY: usize = 20;
const PAGE_HEADER: usize = 8;
const ENTRIES: usize = (PAGE - PAGE_HEADER) / ENTRY;

/// Cuts sorted entries into pages: count, checksum, entries.
#[derive(Default)]
pub(crate) struct PageWriter {
    entries: Vec<u8>,
    /// The upper half of the first hash of each page.
    pub(crate) fences: Vec<u64>,
}

impl PageWriter {
    /// Adds an entry; gives a page when one is full.
    pub(crate) fn push(&mut self, (hash, batch): IdEntry) -> Option<Vec<u8>> {
        if self.entries.is_empty() {
            self.fences.push((hash >> 64) as u64);
        }
        self.entries.extend_from_slice(&hash.to_be_bytes());
        self.entries.extend_from_slice(&batch.to_le_bytes());
        if self.entries.len() < ENTRIES * ENTRY { None } else { self.page() }
    }

    /// The last, partly filled page.
    pub(crate) fn page(&mut self) -> Option<Vec<u8>> {
        if self.entries.is_empty() {
            return None;
        }
        let mut page = Vec::with_capacity(PAGE);
        page.extend_from_slice(&((self.entries.len() / ENTRY) as u32).to_le_bytes());
        page.extend_from_slice(&crc32fast::hash(&self.entries).to_le_bytes());
        page.append(&mut self.entries);
        page.resize(PAGE, 0);
        Some(page)
    }
}

/// The ids of one run.
pub(crate) struct IdPages {
    pub(crate) offset: u64,
    pub(crate) fences: Vec<u64>,
    /// None when it would take too much memory.
    pub(crate) filter: Option<IdFilter>,
}

impl IdPages {
    /// How many ids there are at most.
    pub(crate) fn at_most(&self) -> usize {
        self.fences.len() * ENTRIES
    }

    /// A batch for which `counts` that has the id.
    pub(crate) fn find(
        &self,
        file: &OpenFile,
        hash: u128,
        counts: impl Fn(u32) -> bool,
    ) -> Result<Option<u32>, StoreError> {
        if self.filter.as_ref().is_some_and(|filter| !filter.may_have(hash)) {
            return Ok(None);
        }
        let upper = (hash >> 64) as u64;
        let after = self.fences.partition_point(|fence| *fence <= upper);
        // Entries of one hash may begin on the page before the first page that starts with it.
        let mut page = self.fences[..after].partition_point(|fence| *fence < upper);
        page = page.saturating_sub(1);
        while page < after {
            let entries = self.read(file, page)?;
            let mut place = entries.first_not_below(hash);
            while let Some((_, batch)) = entries.entry(place).filter(|(id, _)| *id == hash) {
                if counts(batch) {
                    return Ok(Some(batch));
                }
                place += 1;
            }
            page += 1;
        }
        Ok(None)
    }

    /// One page, checked.
    pub(crate) fn read(&self, file: &OpenFile, page: usize) -> Result<Page, StoreError> {
        let damaged = || StoreError::DerivedDamaged { path: file.path.clone() };
        let mut bytes = [0; PAGE];
        file.read_into(&mut bytes, self.offset + (page * PAGE) as u64).map_err(|_| damaged())?;
        let (count, rest) = bytes.split_first_chunk::<4>().ok_or_else(damaged)?;
        let (crc, rest) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        let length = (u32::from_le_bytes(*count) as usize).saturating_mul(ENTRY);
        let entries = rest.get(..length).ok_or_else(damaged)?;
        if crc32fast::hash(entries) != u32::from_le_bytes(*crc) {
            return Err(damaged());
        }
        Ok(Page { bytes, count: length / ENTRY })
    }
}

/// Sorted entries as they lie in a file.
pub(crate) struct Page {
    bytes: [u8; PAGE],
    count: usize,
}

impl Page {
    fn entry(&self, place: usize) -> Option<IdEntry> {
        if self.count <= place {
            return None;
        }
        let entry = &self.bytes[PAGE_HEADER + place * ENTRY..];
        let (hash, rest) = entry.split_first_chunk::<16>()?;
        let (batch, _) = rest.split_first_chunk::<4>()?;
        Some((u128::from_be_bytes(*hash), u32::from_le_bytes(*batch)))
    }

    /// The place of the first entry whose id is at least `hash`.
    fn first_not_below(&self, hash: u128) -> usize {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            match self.entry(middle) {
                Some((id, _)) if id < hash => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }
}

/// Walks all ids of a run in order.
pub(crate) struct IdCursor<'a> {
    file: &'a OpenFile,
    pages: &'a IdPages,
    next_page: usize,
    page: Option<Page>,
    place: usize,
    current: Option<IdEntry>,
}

impl<'a> IdCursor<'a> {
    pub(crate) fn new(file: &'a OpenFile, pages: &'a IdPages) -> Result<IdCursor<'a>, StoreError> {
        let mut cursor =
            IdCursor { file, pages, next_page: 0, page: None, place: 0, current: None };
        cursor.advance()?;
        Ok(cursor)
    }

    pub(crate) fn current(&self) -> Option<IdEntry> {
        self.current
    }

    pub(crate) fn advance(&mut self) -> Result<(), StoreError> {
        self.current = self.page.as_ref().and_then(|page| page.entry(self.place));
        self.place += 1;
        if self.current.is_none() && self.next_page < self.pages.fences.len() {
            let page = self.pages.read(self.file, self.next_page)?;
            self.next_page += 1;
            self.current = page.entry(0);
            self.page = Some(page);
            self.place = 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_an_id_never_changes() {
        // Runs of older versions hold these hashes; the source is part of them, its length too.
        assert_eq!(IdHash::of("crm").hash("A-1"), xxhash_rust::xxh3::xxh3_128(b"\x03\0\0\0crmA-1"));
        assert_ne!(IdHash::of("crm").hash("A"), IdHash::of("crmA").hash(""));
    }
}
