//! What of the derived state is on disk: which runs, and up to where in the log they go.

use std::sync::Arc;

use crate::{
    StoreError,
    columns::Columns,
    disk::{Folder, Unfinished},
    frame::{Frames, Next, Payload, unframe},
    log::LogEnd,
    run::Run,
    state::State,
};
use facts::pack::{Unpack, push_bytes, push_optional, push_u64};

pub(crate) const DERIVED_FOLDER: &str = "derived";
pub(crate) const MANIFEST: &str = "derived/manifest";
/// Raise it whenever derived content changes its form or meaning: every store then derives anew at its next start.
const VERSION: u64 = 2;
const KIND: u8 = 32;
const STATE: u8 = 33;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) end: LogEnd,
    pub(crate) next_file: u32,
    pub(crate) state: String,
    pub(crate) runs: Vec<String>,
    pub(crate) columns: Option<String>,
}

impl Manifest {
    /// Puts the manifest in place; only now do its files count.
    pub(crate) fn save(&self, folder: &Folder) -> Result<(), StoreError> {
        let mut bytes = vec![];
        push_u64(&mut bytes, VERSION);
        push_u64(&mut bytes, u64::from(self.end.file));
        push_u64(&mut bytes, self.end.offset);
        push_u64(&mut bytes, self.end.frame_at);
        push_u64(&mut bytes, u64::from(self.end.crc));
        push_u64(&mut bytes, u64::from(self.next_file));
        push_bytes(&mut bytes, self.state.as_bytes());
        push_u64(&mut bytes, self.runs.len() as u64);
        self.runs.iter().for_each(|run| push_bytes(&mut bytes, run.as_bytes()));
        push_optional(&mut bytes, self.columns.as_deref().map(str::as_bytes));
        let mut framed = vec![];
        Payload::new(KIND, bytes).push(&mut framed, 0);
        folder.replace(DERIVED_FOLDER, MANIFEST, &framed)
    }

    /// `Ok(None)` when there is none; `Err` says why it cannot be used.
    pub(crate) fn load(folder: &Folder) -> Result<Option<Manifest>, Unusable> {
        let Some(bytes) = folder.read(MANIFEST)? else { return Ok(None) };
        let framed = unframe(&bytes).filter(|(kind, _)| *kind == KIND);
        let (_, bytes) = framed.ok_or(Unusable::Because("its manifest was damaged"))?;
        let mut rest = Unpack(&bytes);
        if rest.u64() != Some(VERSION) {
            return Err(Unusable::Because("another version of Kizashi had derived it"));
        }
        Manifest::read(&mut rest).map(Some).ok_or(Unusable::Because("its manifest was damaged"))
    }

    fn read(rest: &mut Unpack<'_>) -> Option<Manifest> {
        let end = LogEnd {
            file: rest.u32()?,
            offset: rest.u64()?,
            frame_at: rest.u64()?,
            crc: rest.u32()?,
        };
        let (next_file, state) = (rest.u32()?, rest.text()?.to_owned());
        let mut runs = vec![];
        for _ in 0..rest.u64()? {
            runs.push(rest.text()?.to_owned());
        }
        let columns = rest.optional_text()?.map(str::to_owned);
        Some(Manifest { end, next_file, state, runs, columns })
    }

    /// Opens what the manifest names, with filters of ids that take no more than `most_filter` bytes each.
    pub(crate) fn restore(&self, folder: &Folder, most_filter: usize) -> Result<State, Unusable> {
        let damaged = Unusable::Because("its directory was damaged");
        let bytes = read_pieces(folder, &self.state)?.ok_or(damaged)?;
        let damaged = Unusable::Because("its directory was damaged");
        let mut state = State::read(&bytes).ok_or(damaged)?;
        for run in &self.runs {
            match Run::open(folder, run.clone(), most_filter) {
                Ok(run) => state.runs.push(Arc::new(run)),
                Err(StoreError::DerivedDamaged { .. }) => {
                    return Err(Unusable::Because("one of its runs was damaged"));
                }
                Err(error) => return Err(error.into()),
            }
        }
        // Without columns everything is asked of histories, until they are laid out anew.
        let columns = self.columns.clone().map(|name| Columns::open(folder, name));
        state.columns = match columns {
            Some(Ok(columns)) => Some(Arc::new(columns)),
            Some(Err(StoreError::DerivedDamaged { .. })) | None => None,
            Some(Err(StoreError::Disk { source, .. }))
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                None
            }
            Some(Err(error)) => return Err(error.into()),
        };
        state.end = self.end;
        Ok(state)
    }
}

/// Why derived state on disk is not used.
pub(crate) enum Unusable {
    /// It can be derived anew.
    Because(&'static str),
    /// The disk refused.
    Disk(StoreError),
}

impl From<StoreError> for Unusable {
    fn from(error: StoreError) -> Unusable {
        match &error {
            StoreError::Disk { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                Unusable::Because("one of its files was missing")
            }
            _ => Unusable::Disk(error),
        }
    }
}

/// Writes pieces of state to a file of frames and makes it safe.
pub(crate) fn write_pieces(
    folder: &Folder,
    name: &str,
    pieces: Vec<Vec<u8>>,
) -> Result<(), StoreError> {
    let mut unfinished = Unfinished::new(folder, name);
    let file = folder.create(name)?;
    let mut framed = vec![];
    for piece in pieces {
        framed.clear();
        Payload::new(STATE, piece).push(&mut framed, 0);
        file.append(&framed)?;
    }
    file.sync()?;
    unfinished.is_finished();
    Ok(())
}

/// The pieces of a file put together; `None` when it is damaged.
pub(crate) fn read_pieces(folder: &Folder, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut frames = Frames::new(folder.open(name, false)?, 0)?;
    let mut bytes = vec![];
    loop {
        match frames.next()? {
            Next::Frame(frame) if frame.kind == STATE => bytes.extend_from_slice(&frame.payload),
            Next::Frame(_) | Next::Broken(_) => return Ok(None),
            Next::End => return Ok(Some(bytes)),
        }
    }
}
