//! Reading batches back from the ground state, whichever way they were kept.

use crate::{
    StoreError,
    batches::Place,
    disk::Folder,
    frame::{Frames, Next},
    ids::IdHash,
    log::{self, FACTS_FOLDER},
    records::{FactsBody, Imported, NotAFact, Parsed, RawFact, Record, STAGED, Told},
    summary::Summary,
};

pub(crate) fn import_name(number: u32) -> String {
    format!("{FACTS_FOLDER}/imports/{number:06}.facts")
}

/// A streamed batch, taken apart.
pub(crate) struct Staged {
    pub(crate) told: Told,
    pub(crate) summary: Summary,
    pub(crate) rows: Vec<StagedRow>,
    pub(crate) body: Vec<u8>,
}

/// One fact of it.
#[derive(Clone, Copy)]
pub(crate) struct StagedRow {
    /// Its customer's place within the batch.
    pub(crate) customer: u32,
    /// Where it begins in the body; an erased fact ends where it begins.
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) hash: Option<u128>,
}

impl Staged {
    pub(crate) fn read(told: Told, body: &FactsBody<'_>) -> Result<Staged, NotAFact> {
        let bytes = body.0.0;
        let (mut summary, mut rows) = (Summary::default(), vec![]);
        let mut ids = IdHash::of(&told.source);
        let mut rest = *body;
        while let Some(fact) = rest.next()? {
            let end = (bytes.len() - rest.0.0.len()) as u32;
            let Some(parsed) = fact.parse()? else {
                let customer = summary.add_erased(fact.customer);
                rows.push(StagedRow { customer, start: end, end, hash: None });
                continue;
            };
            rows.push(StagedRow {
                customer: summary.add(fact.customer, &parsed),
                start: end - fact.rest.len() as u32,
                end,
                hash: parsed.id.map(|id| ids.hash(id)),
            });
        }
        Ok(Staged { told, summary, rows, body: bytes.to_vec() })
    }
}

/// Calls `each` for every fact of an import that counts, checking the file on the way; an erased one says nothing.
pub(crate) fn each_imported(
    folder: &Folder,
    imported: &Imported,
    mut each: impl FnMut(&RawFact<'_>, Option<&Parsed<'_>>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut frames = Frames::new(folder.open(&import_name(imported.file), false)?, 0)?;
    if frames.end != imported.length {
        frames.offset = frames.end;
        return Err(
            frames.damaged("the file does not have the length it had when it was committed")
        );
    }
    let mut skipped = imported.skipped.iter().copied().peekable();
    let mut crc = crc32fast::Hasher::new();
    let mut row = 0;
    loop {
        let frame = match frames.next()? {
            Next::Frame(frame) if frame.kind == STAGED => frame,
            Next::Frame(_) => return Err(frames.damaged("a frame of another kind")),
            Next::Broken(what) => return Err(frames.damaged(what)),
            Next::End => break,
        };
        crc.update(&frame.crc.to_le_bytes());
        let mut facts = FactsBody(facts::pack::Unpack(&frame.payload));
        let not_a_fact = || frames.damaged("what stands there is no fact");
        while let Some(fact) = facts.next().map_err(|_| not_a_fact())? {
            row += 1;
            if skipped.next_if_eq(&(row - 1)).is_some() {
                continue;
            }
            let parsed = fact.parse().map_err(|_| not_a_fact())?;
            each(&fact, parsed.as_ref())?;
        }
    }
    if crc.finalize() != imported.crc || row != imported.told.rows + imported.skipped.len() as u64 {
        return Err(frames.damaged("these are not the facts that were committed"));
    }
    Ok(())
}

/// What an import does to everything kept in memory.
pub(crate) fn summary_of_import(
    folder: &Folder,
    imported: &Imported,
) -> Result<Summary, StoreError> {
    let mut summary = Summary::default();
    each_imported(folder, imported, |fact, parsed| {
        match parsed {
            Some(parsed) => summary.add(fact.customer, parsed),
            None => summary.add_erased(fact.customer),
        };
        Ok(())
    })?;
    Ok(summary)
}

/// What a batch did, read back from where its frame lies.
pub(crate) fn summary_at(folder: &Folder, place: Place) -> Result<Summary, StoreError> {
    let frame = log::frame_at(folder, place)?;
    let damaged = || damaged_frame(folder, place);
    match Record::read(frame.kind, &frame.payload) {
        Some(Record::Facts(told, body)) => {
            Ok(Staged::read(told, &body).map_err(|_| damaged())?.summary)
        }
        Some(Record::Imported(imported)) => summary_of_import(folder, &imported),
        Some(Record::Undone { .. }) | None => Err(damaged()),
    }
}

/// Finds the frame of a batch that is no longer listed.
pub(crate) fn find_batch(
    folder: &Folder,
    batch: u32,
) -> Result<Option<(Told, bool, Place)>, StoreError> {
    let Some(file) = log::file_of_batch(folder, batch)? else { return Ok(None) };
    let mut frames = log::frames_of(folder, file)?;
    while let Next::Frame(frame) = frames.next()? {
        let place = Place { file, offset: frame.offset };
        match Record::read(frame.kind, &frame.payload) {
            Some(Record::Facts(told, _)) if told.batch == batch => {
                return Ok(Some((told, false, place)));
            }
            Some(Record::Imported(imported)) if imported.told.batch == batch => {
                return Ok(Some((imported.told, true, place)));
            }
            Some(_) => {}
            None => return Err(damaged_frame(folder, place)),
        }
    }
    Ok(None)
}

/// A frame whose checksum fits but which we cannot read.
pub(crate) fn damaged_frame(folder: &Folder, place: Place) -> StoreError {
    let path = folder.at(&format!("{FACTS_FOLDER}/{:06}.log", place.file));
    StoreError::Damaged { path, offset: place.offset, what: "the frame says nothing we know" }
}
