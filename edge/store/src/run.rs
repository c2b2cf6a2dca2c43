//! Runs: immutable files of histories sorted by customer number, and of sorted ids. Derived, so disposable.
//!
//! ```text
//!   ┌────────┬────────┬───┬─────────────┬────────┬───────┬─────────┐
//!   │ chunk  │ chunk  │...│ pages of    │ filter │ index │ trailer │   chunk: number, length, history; again and again
//!   │ ~16 KB │        │   │ sorted ids  │ of ids │       │ 16 B    │   trailer: where the index lies, and a magic
//!   └────────┴────────┴───┴─────────────┴────────┴───────┴─────────┘
//! ```
//! A customer with facts in several runs has a piece of history in each; reading puts the pieces together.

use std::{ops::Range, sync::Arc};

use crate::{
    StoreError,
    disk::{Folder, OpenFile, Unfinished},
    filter::IdFilter,
    frame::{Indexed, Payload, unframe},
    ids::{IdEntry, IdPages, PageWriter},
};
use facts::pack::{Unpack, push_u64};

const CHUNK: u8 = 16;
const INDEX: u8 = 17;
const FILTER: u8 = 19;
/// 1: the first. 2: with a filter of ids.
const VERSION: u64 = 2;
const TRAILER: &[u8; 8] = b"kzrun 1\n";
/// Histories are compressed in pieces of about this size: small, since reading one customer unpacks a whole piece.
const CHUNK_BYTES: usize = 16 << 10;
/// Written to the file in pieces of about this size.
const WRITE_BYTES: usize = 1 << 20;

#[derive(Clone, Copy)]
struct Chunk {
    first: u32,
    last: u32,
    offset: u64,
    length: u32,
}

/// Writes one run.
pub(crate) struct RunWriter {
    folder: Folder,
    name: String,
    unfinished: Unfinished,
    file: OpenFile,
    out: Vec<u8>,
    written: u64,
    chunk: Vec<u8>,
    chunk_first: u32,
    chunk_last: u32,
    chunks: Vec<Chunk>,
    ids: PageWriter,
    ids_at: Option<u64>,
    filter: Option<IdFilter>,
    most_filter: usize,
    facts: u64,
}

impl RunWriter {
    /// For so many ids at most, of which there is a filter when it takes no more than `most_filter` bytes of memory.
    pub(crate) fn create(
        folder: &Folder,
        name: String,
        (ids, most_filter): (usize, usize),
    ) -> Result<RunWriter, StoreError> {
        let file = folder.create(&name)?;
        Ok(RunWriter {
            folder: folder.clone(),
            unfinished: Unfinished::new(folder, &name),
            name,
            file,
            out: vec![],
            written: 0,
            chunk: vec![],
            chunk_first: 0,
            chunk_last: 0,
            chunks: vec![],
            ids: PageWriter::default(),
            ids_at: None,
            filter: (IdFilter::bytes(ids) <= most_filter).then(|| IdFilter::of(ids)),
            most_filter,
            facts: 0,
        })
    }

    /// Adds a customer's history; numbers ascend.
    pub(crate) fn add(&mut self, no: u32, history: &[u8]) -> Result<(), StoreError> {
        assert!(self.ids_at.is_none(), "histories come before ids in a run");
        if self.chunk.is_empty() {
            self.chunk_first = no;
        }
        push_u64(&mut self.chunk, u64::from(no));
        push_u64(&mut self.chunk, history.len() as u64);
        self.chunk.extend_from_slice(history);
        self.chunk_last = no;
        if CHUNK_BYTES <= self.chunk.len() { self.end_chunk() } else { Ok(()) }
    }

    /// Adds an id; they come sorted, after all histories.
    pub(crate) fn add_id(&mut self, id: IdEntry) -> Result<(), StoreError> {
        self.begin_ids()?;
        if let Some(filter) = &mut self.filter {
            filter.add(id.0);
        }
        match self.ids.push(id) {
            Some(page) => self.write(&page),
            None => Ok(()),
        }
    }

    pub(crate) fn count_facts(&mut self, facts: u64) {
        self.facts += facts;
    }

    /// Writes the index and makes the file safe (its name becomes safe with the manifest).
    pub(crate) fn finish(mut self) -> Result<Run, StoreError> {
        self.begin_ids()?;
        if let Some(page) = self.ids.page() {
            self.write(&page)?;
        }
        let filter_at = self.written + self.out.len() as u64;
        if let Some(filter) = &self.filter {
            Payload::new(FILTER, filter.pack()).push(&mut self.out, 0);
        }
        let index_at = self.written + self.out.len() as u64;
        let index = self.index(filter_at..index_at);
        Payload::new(INDEX, index).push(&mut self.out, 0);
        self.out.extend_from_slice(&index_at.to_le_bytes());
        self.out.extend_from_slice(TRAILER);
        self.drain()?;
        self.file.sync()?;
        let run = Run::open(&self.folder, self.name, self.most_filter)?;
        self.unfinished.is_finished();
        Ok(run)
    }

    fn begin_ids(&mut self) -> Result<(), StoreError> {
        if self.ids_at.is_none() {
            self.end_chunk()?;
            self.ids_at = Some(self.written + self.out.len() as u64);
        }
        Ok(())
    }

    fn end_chunk(&mut self) -> Result<(), StoreError> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        let offset = self.written + self.out.len() as u64;
        let payload = Payload::new(CHUNK, std::mem::take(&mut self.chunk));
        payload.push(&mut self.out, 0);
        self.chunks.push(Chunk {
            first: self.chunk_first,
            last: self.chunk_last,
            offset,
            length: payload.framed_length() as u32,
        });
        if self.out.len() < WRITE_BYTES { Ok(()) } else { self.drain() }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.out.extend_from_slice(bytes);
        if self.out.len() < WRITE_BYTES { Ok(()) } else { self.drain() }
    }

    fn drain(&mut self) -> Result<(), StoreError> {
        self.file.append(&self.out)?;
        self.written += self.out.len() as u64;
        self.out.clear();
        Ok(())
    }

    fn index(&self, filter: Range<u64>) -> Vec<u8> {
        let mut bytes = vec![];
        push_u64(&mut bytes, VERSION);
        push_u64(&mut bytes, self.facts);
        push_u64(&mut bytes, self.chunks.len() as u64);
        for chunk in &self.chunks {
            push_u64(&mut bytes, u64::from(chunk.first));
            push_u64(&mut bytes, u64::from(chunk.last));
            push_u64(&mut bytes, chunk.offset);
            push_u64(&mut bytes, u64::from(chunk.length));
        }
        push_u64(&mut bytes, self.ids_at.unwrap_or_default());
        push_u64(&mut bytes, self.ids.fences.len() as u64);
        for fence in &self.ids.fences {
            bytes.extend_from_slice(&fence.to_le_bytes());
        }
        push_u64(&mut bytes, filter.start);
        push_u64(&mut bytes, filter.end);
        bytes
    }
}

/// An open run. Its file may lose its name while it is being read.
pub(crate) struct Run {
    pub(crate) name: String,
    pub(crate) file: OpenFile,
    chunks: Vec<Chunk>,
    pub(crate) ids: IdPages,
    pub(crate) facts: u64,
    pub(crate) bytes: u64,
}

impl Run {
    /// Holds the filter of its ids when it takes no more than `most_filter` bytes of memory.
    ///
    /// # Errors
    /// [`StoreError::DerivedDamaged`] when the file is not what was written.
    pub(crate) fn open(
        folder: &Folder,
        name: String,
        most_filter: usize,
    ) -> Result<Run, StoreError> {
        let Indexed { file, index, bytes, .. } = Indexed::open(folder, &name, INDEX, TRAILER)?;
        let damaged = || StoreError::DerivedDamaged { path: file.path.clone() };
        let Index { facts, chunks, mut ids, filter } = read_index(&index).ok_or_else(damaged)?;
        let length = usize::try_from(filter.end - filter.start).map_err(|_| damaged())?;
        if 0 < length && length <= most_filter {
            let read = file.read(filter.start, length)?;
            let Some((FILTER, packed)) = unframe(&read) else { return Err(damaged()) };
            ids.filter = Some(IdFilter::unpack(&packed).ok_or_else(damaged)?);
        }
        Ok(Run { name, file, chunks, ids, facts, bytes })
    }

    pub(crate) fn damaged(&self) -> StoreError {
        StoreError::DerivedDamaged { path: self.file.path.clone() }
    }

    /// Calls `found` with the customer's piece of history, when there is one.
    pub(crate) fn read(
        &self,
        no: u32,
        found: impl FnOnce(&[u8]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let place = self.chunks.partition_point(|chunk| chunk.last < no);
        let Some(chunk) = self.chunks.get(place).filter(|chunk| chunk.first <= no) else {
            return Ok(());
        };
        let raw = self.chunk(chunk)?;
        let mut rest = Unpack(&raw);
        while !rest.is_empty() {
            let (other, history) = next_piece(&mut rest).ok_or_else(|| self.damaged())?;
            if other == no {
                return found(history);
            }
        }
        Ok(())
    }

    fn chunk(&self, chunk: &Chunk) -> Result<Vec<u8>, StoreError> {
        let frame = self.file.read(chunk.offset, chunk.length as usize)?;
        match unframe(&frame) {
            Some((CHUNK, raw)) => Ok(raw.into_owned()),
            _ => Err(self.damaged()),
        }
    }

    /// Reads every chunk and page; the bytes checked.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        for chunk in &self.chunks {
            self.chunk(chunk)?;
        }
        for page in 0..self.ids.fences.len() {
            self.ids.read(&self.file, page)?;
        }
        Ok(())
    }
}

fn next_piece<'a>(rest: &mut Unpack<'a>) -> Option<(u32, &'a [u8])> {
    Some((rest.u32()?, rest.bytes()?))
}

struct Index {
    facts: u64,
    chunks: Vec<Chunk>,
    ids: IdPages,
    /// Where the filter of ids lies; nowhere when there is none.
    filter: Range<u64>,
}

fn read_index(index: &[u8]) -> Option<Index> {
    let mut rest = Unpack(index);
    let version = rest.u64()?;
    if !(1..=VERSION).contains(&version) {
        return None;
    }
    let facts = rest.u64()?;
    let mut chunks = vec![];
    for _ in 0..rest.u64()? {
        let (first, last) = (rest.u32()?, rest.u32()?);
        chunks.push(Chunk { first, last, offset: rest.u64()?, length: rest.u32()? });
    }
    let (offset, pages) = (rest.u64()?, rest.usize()?);
    let fences = rest.take(pages.checked_mul(8)?)?;
    let fences = fences.chunks_exact(8).filter_map(|fence| fence.try_into().ok());
    let fences = fences.map(u64::from_le_bytes).collect();
    let filter = if version == 1 { 0..0 } else { rest.u64()?..rest.u64()? };
    let ids = IdPages { offset, fences, filter: None };
    let whole = rest.is_empty() && filter.start <= filter.end;
    whole.then_some(Index { facts, chunks, ids, filter })
}

/// Walks the histories of a run in order, from a given customer on.
pub(crate) struct RunCursor {
    pub(crate) run: Arc<Run>,
    next_chunk: usize,
    raw: Vec<u8>,
    place: usize,
    current: Option<(u32, Range<usize>)>,
}

impl RunCursor {
    pub(crate) fn new(run: Arc<Run>, first: u32) -> Result<RunCursor, StoreError> {
        let next_chunk = run.chunks.partition_point(|chunk| chunk.last < first);
        let mut cursor = RunCursor { run, next_chunk, raw: vec![], place: 0, current: None };
        cursor.advance()?;
        while cursor.current().is_some_and(|(no, _)| no < first) {
            cursor.advance()?;
        }
        Ok(cursor)
    }

    /// The customer the cursor stands at, and the piece of history.
    pub(crate) fn current(&self) -> Option<(u32, &[u8])> {
        let (no, range) = self.current.as_ref()?;
        Some((*no, &self.raw[range.clone()]))
    }

    pub(crate) fn advance(&mut self) -> Result<(), StoreError> {
        if self.place == self.raw.len() {
            let Some(chunk) = self.run.chunks.get(self.next_chunk) else {
                self.current = None;
                return Ok(());
            };
            self.raw = self.run.chunk(chunk)?;
            self.place = 0;
            self.next_chunk += 1;
        }
        let mut rest = Unpack(&self.raw[self.place..]);
        let (no, history) = next_piece(&mut rest).ok_or_else(|| self.run.damaged())?;
        let end = self.raw.len() - rest.0.len();
        self.current = Some((no, end - history.len()..end));
        self.place = end;
        Ok(())
    }
}
