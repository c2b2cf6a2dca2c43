//! Frames: pieces of a file that show whether they are whole.
//!
//! ```text
//!   ┌─────────┬─────────┬──────┬──────────┬─────────────────┐
//!   │ u32     │ u32     │ u8   │ u64      │                 │
//!   │ length  │ crc32   │ kind │ synced   │ payload         │
//!   └─────────┴─────────┴──────┴──────────┴─────────────────┘
//!      of payload   over all but itself
//! ```
//! `synced` is how much of this file was safe when the frame was written. It tells a torn end from damage: a broken
//! place with a whole frame behind it that was written after the place was safe cannot be an unfinished write.
//! The top bit of `kind` says that the payload is compressed with lz4.

use std::borrow::Cow;

use crate::{
    StoreError,
    disk::{Folder, OpenFile},
};

pub(crate) const HEADER: usize = 17;
/// The most bytes of one payload.
pub(crate) const MOST: usize = 256 << 20;
const LZ4: u8 = 0x80;
/// Below this, compressing gains nothing worth the time.
const WORTH_COMPRESSING: usize = 4096;

/// A payload ready to be framed.
pub(crate) struct Payload {
    kind: u8,
    bytes: Vec<u8>,
}

impl Payload {
    /// Compresses what is large enough.
    pub(crate) fn new(kind: u8, bytes: Vec<u8>) -> Payload {
        assert!(kind < LZ4, "kinds of frames leave the top bit to compression");
        if bytes.len() <= WORTH_COMPRESSING {
            return Payload { kind, bytes };
        }
        Payload { kind: kind | LZ4, bytes: lz4_flex::block::compress_prepend_size(&bytes) }
    }

    /// Bytes the frame takes in a file.
    pub(crate) fn framed_length(&self) -> usize {
        HEADER + self.bytes.len()
    }

    /// Appends the frame; gives its checksum.
    pub(crate) fn push(&self, out: &mut Vec<u8>, synced: u64) -> u32 {
        let length = (self.bytes.len() as u32).to_le_bytes();
        let crc = checksum(length, self.kind, synced, &self.bytes);
        out.extend_from_slice(&length);
        out.extend_from_slice(&crc.to_le_bytes());
        out.push(self.kind);
        out.extend_from_slice(&synced.to_le_bytes());
        out.extend_from_slice(&self.bytes);
        crc
    }
}

fn checksum(length: [u8; 4], kind: u8, synced: u64, payload: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&length);
    crc.update(&[kind]);
    crc.update(&synced.to_le_bytes());
    crc.update(payload);
    crc.finalize()
}

/// The first 17 bytes of a frame.
#[derive(Clone, Copy)]
pub(crate) struct Header {
    pub(crate) length: usize,
    pub(crate) crc: u32,
    kind: u8,
    pub(crate) synced: u64,
}

impl Header {
    pub(crate) fn read(bytes: &[u8]) -> Option<Header> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (crc, rest) = rest.split_first_chunk::<4>()?;
        let (kind, rest) = rest.split_first()?;
        let (synced, _) = rest.split_first_chunk::<8>()?;
        let length = u32::from_le_bytes(*length) as usize;
        let synced = u64::from_le_bytes(*synced);
        let header = Header { length, crc: u32::from_le_bytes(*crc), kind: *kind, synced };
        (length <= MOST && kind & !LZ4 != 0).then_some(header)
    }

    pub(crate) fn kind(self) -> u8 {
        self.kind & !LZ4
    }

    pub(crate) fn fits(self, payload: &[u8]) -> bool {
        checksum((self.length as u32).to_le_bytes(), self.kind, self.synced, payload) == self.crc
    }

    /// The payload as it was before compression; call it only after [`Header::fits`].
    pub(crate) fn unpack(self, payload: &[u8]) -> Option<Cow<'_, [u8]>> {
        if self.kind & LZ4 == 0 {
            return Some(Cow::Borrowed(payload));
        }
        lz4_flex::block::decompress_size_prepended(payload).ok().map(Cow::Owned)
    }
}

/// Reads one whole frame out of bytes that hold exactly it; its kind and payload.
pub(crate) fn unframe(bytes: &[u8]) -> Option<(u8, Cow<'_, [u8]>)> {
    let header = Header::read(bytes)?;
    let payload = bytes.get(HEADER..)?;
    if payload.len() != header.length || !header.fits(payload) {
        return None;
    }
    Some((header.kind(), header.unpack(payload)?))
}

/// An open file that ends with a framed index, where that lies, and a magic.
pub(crate) struct Indexed {
    pub(crate) file: OpenFile,
    pub(crate) index: Vec<u8>,
    pub(crate) index_at: u64,
    pub(crate) bytes: u64,
}

impl Indexed {
    /// # Errors
    /// [`StoreError::DerivedDamaged`] when the file is not what was written.
    pub(crate) fn open(
        folder: &Folder,
        name: &str,
        index_kind: u8,
        magic: &[u8; 8],
    ) -> Result<Indexed, StoreError> {
        let file = folder.open(name, false)?;
        let bytes = file.length()?;
        let damaged = || StoreError::DerivedDamaged { path: file.path.clone() };
        let trailer_at = bytes.checked_sub(16).ok_or_else(damaged)?;
        let trailer = file.read(trailer_at, 16)?;
        let (index_at, found) = trailer.split_first_chunk::<8>().ok_or_else(damaged)?;
        let index_at = u64::from_le_bytes(*index_at);
        if found != magic || trailer_at < index_at {
            return Err(damaged());
        }
        let frame = file.read(index_at, (trailer_at - index_at) as usize)?;
        let (_, index) =
            unframe(&frame).filter(|(kind, _)| *kind == index_kind).ok_or_else(damaged)?;
        let index = index.into_owned();
        Ok(Indexed { file, index, index_at, bytes })
    }
}

/// One frame as read from a file.
pub(crate) struct FrameAt {
    pub(crate) kind: u8,
    pub(crate) crc: u32,
    pub(crate) offset: u64,
    pub(crate) payload: Vec<u8>,
}

/// Reads a file frame by frame.
pub(crate) struct Frames {
    file: OpenFile,
    /// Where the next frame begins.
    pub(crate) offset: u64,
    /// The length of the file when it was opened.
    pub(crate) end: u64,
    buffer: Vec<u8>,
    buffer_at: u64,
}

/// What comes next in a file of frames.
pub(crate) enum Next {
    Frame(FrameAt),
    End,
    /// No whole frame begins at [`Frames::offset`].
    Broken(&'static str),
}

impl Frames {
    pub(crate) fn new(file: OpenFile, offset: u64) -> Result<Frames, StoreError> {
        let end = file.length()?;
        Ok(Frames { file, offset, end, buffer: vec![], buffer_at: 0 })
    }

    pub(crate) fn damaged(&self, what: &'static str) -> StoreError {
        StoreError::Damaged { path: self.file.path.clone(), offset: self.offset, what }
    }

    /// # Errors
    /// Only when the disk refuses; what is broken is a [`Next::Broken`].
    pub(crate) fn next(&mut self) -> Result<Next, StoreError> {
        let left = self.end.saturating_sub(self.offset);
        if left == 0 {
            return Ok(Next::End);
        }
        if left < HEADER as u64 {
            return Ok(Next::Broken("the file ends within a frame"));
        }
        let Some(header) = Header::read(self.bytes(HEADER)?) else {
            return Ok(Next::Broken("what stands there is no frame"));
        };
        if left < (HEADER + header.length) as u64 {
            return Ok(Next::Broken("the file ends within a frame"));
        }
        let offset = self.offset;
        let payload = &self.bytes(HEADER + header.length)?[HEADER..];
        if !header.fits(payload) {
            return Ok(Next::Broken("the checksum does not fit"));
        }
        let Some(payload) = header.unpack(payload).map(Cow::into_owned) else {
            return Ok(Next::Broken("the frame cannot be unpacked"));
        };
        self.offset += (HEADER + header.length) as u64;
        Ok(Next::Frame(FrameAt { kind: header.kind(), crc: header.crc, offset, payload }))
    }

    /// The next `length` bytes, which the caller knows to be there.
    fn bytes(&mut self, length: usize) -> Result<&[u8], StoreError> {
        let from = (self.offset - self.buffer_at.min(self.offset)) as usize;
        if self.offset < self.buffer_at || self.buffer.len() < from + length {
            let most = self.end - self.offset;
            let wanted = (length as u64).max(256 << 10).min(most);
            self.buffer.resize(wanted as usize, 0);
            self.file.read_into(&mut self.buffer, self.offset)?;
            self.buffer_at = self.offset;
            return Ok(&self.buffer[..length]);
        }
        Ok(&self.buffer[from..from + length])
    }

    /// Whether the broken place at `self.offset` was safe once: whether a whole frame behind it says so.
    pub(crate) fn was_safe(&self) -> Result<bool, StoreError> {
        let tail = self.file.read(self.offset, (self.end - self.offset) as usize)?;
        for start in 1..tail.len().saturating_sub(HEADER) {
            let at = self.offset + start as u64;
            let Some(header) = Header::read(&tail[start..]) else { continue };
            if header.synced <= self.offset || at < header.synced {
                continue;
            }
            let payload = tail.get(start + HEADER..start + HEADER + header.length);
            if payload.is_some_and(|payload| header.fits(payload)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
