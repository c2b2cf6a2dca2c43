//! The file of columns: histories of all customers as of one moment, laid out for questions about many of them. Derived,
//! so disposable.
//!
//! ```text
//!   ┌─────────┬─────────┬───┬───────┬─────────┐
//!   │ block 0 │ block 1 │...│ index │ trailer │   block: the parts of 1,024 customers, one after the other
//!   └─────────┴─────────┴───┴───────┴─────────┘   index: which parts there are, how long, and their checksums
//! ```
//! A question reads only the parts it looks at. Customers of whom something was learnt since are asked by their histories,
//! until the file is written anew.

use std::sync::Arc;

use ::columns::{Block, Part};

use crate::{
    StoreError,
    disk::{Folder, OpenFile, Unfinished},
    frame::{Indexed, Payload},
};
use facts::pack::{Unpack, push_bytes, push_u64};

const INDEX: u8 = 18;
const VERSION: u64 = 1;
const TRAILER: &[u8; 8] = b"kzcol 1\n";
/// Written to the file in pieces of about this size.
const WRITE_BYTES: usize = 1 << 20;

/// Where one part of a block lies; parts of a block lie one after the other.
#[derive(Clone, Copy)]
struct PartAt {
    /// Its place in the list of all parts.
    part: u32,
    length: u32,
    crc: u32,
}

/// Writes one file of columns.
pub(crate) struct ColumnsWriter {
    folder: Folder,
    name: String,
    unfinished: Unfinished,
    file: OpenFile,
    out: Vec<u8>,
    parts: Vec<Part>,
    blocks: Vec<Vec<PartAt>>,
    written: u64,
}

impl ColumnsWriter {
    pub(crate) fn create(folder: &Folder, name: String) -> Result<ColumnsWriter, StoreError> {
        let file = folder.create(&name)?;
        Ok(ColumnsWriter {
            folder: folder.clone(),
            unfinished: Unfinished::new(folder, &name),
            name,
            file,
            out: vec![],
            parts: vec![],
            blocks: vec![],
            written: 0,
        })
    }

    /// Adds the next block.
    pub(crate) fn add(&mut self, parts: &[(Part, Vec<u8>)]) -> Result<(), StoreError> {
        let mut block = vec![];
        for (part, bytes) in parts {
            let known = self.parts.iter().position(|known| known == part);
            let place = known.unwrap_or_else(|| {
                self.parts.push(part.clone());
                self.parts.len() - 1
            });
            let (length, crc) = (bytes.len() as u32, crc32fast::hash(bytes));
            block.push(PartAt { part: place as u32, length, crc });
            self.out.extend_from_slice(bytes);
        }
        self.blocks.push(block);
        if self.out.len() < WRITE_BYTES { Ok(()) } else { self.drain() }
    }

    /// Writes the index and makes the file safe (its name becomes safe with the manifest).
    pub(crate) fn finish(mut self) -> Result<Columns, StoreError> {
        let index_at = self.written + self.out.len() as u64;
        Payload::new(INDEX, self.index()).push(&mut self.out, 0);
        self.out.extend_from_slice(&index_at.to_le_bytes());
        self.out.extend_from_slice(TRAILER);
        self.drain()?;
        self.file.sync()?;
        let columns = Columns::open(&self.folder, self.name)?;
        self.unfinished.is_finished();
        Ok(columns)
    }

    fn drain(&mut self) -> Result<(), StoreError> {
        self.file.append(&self.out)?;
        self.written += self.out.len() as u64;
        self.out.clear();
        Ok(())
    }

    fn index(&self) -> Vec<u8> {
        let mut bytes = vec![];
        push_u64(&mut bytes, VERSION);
        push_u64(&mut bytes, self.parts.len() as u64);
        for part in &self.parts {
            let (kind, name, property) = match part {
                Part::Known => (0, "", ""),
                Part::Events(name) => (1, &**name, ""),
                Part::Property(name, property) => (2, &**name, &**property),
                Part::Attribute(key) => (3, &**key, ""),
            };
            push_u64(&mut bytes, kind);
            push_bytes(&mut bytes, name.as_bytes());
            push_bytes(&mut bytes, property.as_bytes());
        }
        push_u64(&mut bytes, self.blocks.len() as u64);
        for block in &self.blocks {
            push_u64(&mut bytes, block.len() as u64);
            for at in block {
                push_u64(&mut bytes, u64::from(at.part));
                push_u64(&mut bytes, u64::from(at.length));
                bytes.extend_from_slice(&at.crc.to_le_bytes());
            }
        }
        bytes
    }
}

/// An open file of columns. It may lose its name while it is being read.
pub(crate) struct Columns {
    pub(crate) name: String,
    file: OpenFile,
    parts: Vec<Part>,
    /// Where each block begins, and which of `places` are its parts.
    blocks: Vec<(u64, std::ops::Range<usize>)>,
    places: Vec<PartAt>,
    pub(crate) bytes: u64,
}

impl Columns {
    /// # Errors
    /// [`StoreError::DerivedDamaged`] when the file is not what was written.
    pub(crate) fn open(folder: &Folder, name: String) -> Result<Columns, StoreError> {
        let Indexed { file, index, index_at, bytes } =
            Indexed::open(folder, &name, INDEX, TRAILER)?;
        let damaged = || StoreError::DerivedDamaged { path: file.path.clone() };
        let (parts, blocks, places) = read_index(&index, index_at).ok_or_else(damaged)?;
        Ok(Columns { name, file, parts, blocks, places, bytes })
    }

    fn damaged(&self) -> StoreError {
        StoreError::DerivedDamaged { path: self.file.path.clone() }
    }

    /// How many blocks there are.
    pub(crate) fn n_blocks(&self) -> usize {
        self.blocks.len()
    }

    /// Which of all parts are wanted, by their places: asked once for many blocks.
    pub(crate) fn wanted(&self, wants: impl Fn(&Part) -> bool) -> Vec<bool> {
        self.parts.iter().map(wants).collect()
    }

    /// Reads the wanted parts of a block; parts that lie together are read together.
    pub(crate) fn block(
        &self,
        number: usize,
        first: u32,
        wanted: &[bool],
        memory: &mut Vec<u8>,
    ) -> Result<Block, StoreError> {
        let (start, range) = self.blocks[number].clone();
        let mut found: Vec<(PartAt, usize)> = vec![];
        let mut stretches: Vec<(u64, usize)> = vec![];
        let (mut offset, mut total, mut together) = (start, 0, false);
        for at in &self.places[range] {
            if wanted[at.part as usize] {
                match stretches.last_mut().filter(|_| together) {
                    Some((_, length)) => *length += at.length as usize,
                    None => stretches.push((offset, at.length as usize)),
                }
                found.push((*at, total));
                total += at.length as usize;
            }
            together = wanted[at.part as usize];
            offset += u64::from(at.length);
        }
        memory.resize(total, 0);
        let mut place = 0;
        for (offset, length) in stretches {
            self.file.read_into(&mut memory[place..place + length], offset)?;
            place += length;
        }
        let bytes = |at: &PartAt, place: usize| &memory[place..place + at.length as usize];
        if found.iter().any(|(at, place)| crc32fast::hash(bytes(at, *place)) != at.crc) {
            return Err(self.damaged());
        }
        let parts =
            found.iter().map(|(at, place)| (&self.parts[at.part as usize], bytes(at, *place)));
        Block::read(first, parts).ok_or_else(|| self.damaged())
    }

    /// Reads every block; the bytes checked.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let all = vec![true; self.parts.len()];
        let mut memory = vec![];
        for number in 0..self.blocks.len() {
            self.block(number, 0, &all, &mut memory)?;
        }
        Ok(())
    }
}

type Index = (Vec<Part>, Vec<(u64, std::ops::Range<usize>)>, Vec<PartAt>);

fn read_index(index: &[u8], end: u64) -> Option<Index> {
    let mut rest = Unpack(index);
    if rest.u64()? != VERSION {
        return None;
    }
    let mut parts = vec![];
    for _ in 0..rest.u64()? {
        let (kind, name, property) = (rest.u64()?, rest.text()?, rest.text()?);
        parts.push(match kind {
            0 => Part::Known,
            1 => Part::Events(name.into()),
            2 => Part::Property(name.into(), Arc::from(property)),
            3 => Part::Attribute(name.into()),
            _ => return None,
        });
    }
    let (mut blocks, mut places, mut offset) = (vec![], vec![], 0_u64);
    for _ in 0..rest.u64()? {
        let (start, first) = (offset, places.len());
        for _ in 0..rest.u64()? {
            let (part, length) = (rest.u32()?, rest.u32()?);
            let crc = u32::from_le_bytes(*rest.take(4)?.first_chunk()?);
            parts.get(part as usize)?;
            places.push(PartAt { part, length, crc });
            offset += u64::from(length);
        }
        blocks.push((start, first..places.len()));
    }
    (rest.is_empty() && offset == end).then_some((parts, blocks, places))
}
