//! Merging runs, so that reading a customer never needs more than a few: runs of about the same size become one.

use std::{collections::HashSet, sync::Arc};

use facts::HistoryBuilder;
use roaring::RoaringBitmap;

use crate::{
    Step, StoreError, Watch,
    disk::Folder,
    ids::{IdCursor, IdEntry},
    run::{Run, RunCursor, RunWriter},
};

/// So many runs of one size class are merged into one of the next.
const MERGE_AT: usize = 3;

/// The runs that should become one, if any: the smallest size class with enough of them.
pub(crate) fn choose(runs: &[Arc<Run>]) -> Option<Vec<Arc<Run>>> {
    let class = |run: &Run| run.facts.max(1).ilog(4);
    let mut classes: Vec<u32> = runs.iter().map(|run| class(run)).collect();
    classes.sort_unstable();
    let crowded = classes.chunk_by(|a, b| a == b).find(|same| MERGE_AT <= same.len())?[0];
    Some(runs.iter().filter(|run| class(run) <= crowded).cloned().collect())
}

/// What a merged run leaves out.
#[derive(Clone, Copy)]
pub(crate) struct Without<'a> {
    /// Batches that were taken back.
    pub(crate) undone: &'a RoaringBitmap,
    /// Customers who are erased, and the ids of their facts.
    pub(crate) customers: &'a RoaringBitmap,
    pub(crate) ids: &'a HashSet<IdEntry>,
}

/// Writes one run that holds what the given runs hold, without what was undone or erased. Memory stays bounded by the
/// largest single history.
pub(crate) fn merge(
    folder: &Folder,
    (name, most_filter): (String, usize),
    runs: &[Arc<Run>],
    without: &Without<'_>,
    watch: &Watch<'_>,
) -> Result<Run, StoreError> {
    let ids = runs.iter().map(|run| run.ids.at_most()).sum();
    let mut writer = RunWriter::create(folder, name, (ids, most_filter))?;
    let mut cursors = vec![];
    for run in runs {
        cursors.push(RunCursor::new(run.clone(), 0)?);
    }
    let mut builder = HistoryBuilder::new();
    let mut bytes = vec![];
    let mut histories = 0_u64;
    while let Some(no) = cursors.iter().filter_map(|cursor| Some(cursor.current()?.0)).min() {
        merge_one(no, &mut cursors, &mut builder, &mut bytes, without.undone)?;
        if !bytes.is_empty() && !without.customers.contains(no) {
            writer.add(no, &bytes)?;
        }
        histories += 1;
        if histories.is_multiple_of(1024) {
            watch.check()?;
            watch.tell(Step::Merge, histories, None);
        }
    }
    merge_ids(&mut writer, runs, without)?;
    writer.count_facts(runs.iter().map(|run| run.facts).sum());
    writer.finish()
}

/// Leaves one customer's merged history in `bytes`, or nothing when all of it was undone.
fn merge_one(
    no: u32,
    cursors: &mut [RunCursor],
    builder: &mut HistoryBuilder,
    bytes: &mut Vec<u8>,
    undone: &RoaringBitmap,
) -> Result<(), StoreError> {
    bytes.clear();
    let here = |cursor: &RunCursor| cursor.current().is_some_and(|(other, _)| other == no);
    let pieces = cursors.iter().filter(|cursor| here(cursor)).count();
    let as_it_is = pieces == 1 && undone.is_empty();
    builder.clear();
    for cursor in cursors.iter_mut() {
        let Some((other, piece)) = cursor.current() else { continue };
        if other != no {
            continue;
        }
        if as_it_is {
            bytes.extend_from_slice(piece);
        } else {
            builder
                .absorb(piece, |batch| undone.contains(batch))
                .map_err(|_| cursor.run.damaged())?;
        }
        cursor.advance()?;
    }
    if !as_it_is {
        let history = builder.finish();
        if history.known_since().is_some() {
            history.encode(bytes);
        }
    }
    Ok(())
}

fn merge_ids(
    writer: &mut RunWriter,
    runs: &[Arc<Run>],
    without: &Without<'_>,
) -> Result<(), StoreError> {
    let mut cursors = vec![];
    for run in runs {
        cursors.push(IdCursor::new(&run.file, &run.ids)?);
    }
    while let Some(least) = cursors.iter().filter_map(IdCursor::current).min() {
        for cursor in &mut cursors {
            while cursor.current() == Some(least) {
                cursor.advance()?;
            }
        }
        if !without.undone.contains(least.1) && !without.ids.contains(&least) {
            writer.add_id(least)?;
        }
    }
    Ok(())
}
