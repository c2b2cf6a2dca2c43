//! One change, and what all of them together say was told.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use facts::Timestamp;
use roaring::RoaringBitmap;

use super::frames::{Changes, Members};
use crate::CustomerNo;

/// A segment in one version of its definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TouchedSegment {
    /// Its id.
    pub id: Arc<str>,
    /// The version of its definition.
    pub version: u32,
}

/// A change on its way into the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Who.
    pub customer: CustomerNo,
    /// Of what.
    pub segment: TouchedSegment,
    /// True: entered; false: left.
    pub entered: bool,
    /// When it became true.
    pub at: Timestamp,
    /// What brought it about.
    pub cause: ChangeCause,
}

/// A change as it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRecord {
    /// Its place among all changes, from 1, without gaps.
    pub seq: u64,
    /// The change.
    pub change: NewChange,
    /// When it was noticed.
    pub noticed: Timestamp,
}

/// What brought a change about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeCause {
    /// A new fact.
    Fact,
    /// Time alone.
    Time,
    /// The segment was defined anew, came, or went.
    Edit,
    /// The past was changed: an import, or something was taken back.
    Past,
}

/// Some changes of a segment, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePage {
    /// The changes.
    pub changes: Vec<ChangeRecord>,
    /// Where to go on; `None` at the beginning of the log.
    pub before: Option<u64>,
}

/// What was told up to now.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Everything up to this instant was told, of everyone.
    pub until: Timestamp,
    /// Who is in each segment as it was told, by the segment's id.
    pub segments: BTreeMap<Arc<str>, (u32, RoaringBitmap)>,
    /// Those of whom later changes were told too, and when the last of them became true.
    pub ahead: HashMap<u32, Timestamp>,
}

impl Told {
    pub(super) fn new(until: Timestamp) -> Told {
        Told { until, segments: BTreeMap::new(), ahead: HashMap::new() }
    }

    pub(super) fn place(&mut self, members: Members) {
        let Members { segment, members } = members;
        self.segments.insert(segment.id, (segment.version, members));
    }

    pub(super) fn follow(&mut self, changes: &Changes) {
        /// So many are remembered before those that are no longer ahead are let go.
        const MANY: usize = 100_000;
        self.until = changes.head.until;
        for NewChange { customer, segment, entered, at, .. } in &changes.records {
            let (version, members) = self.segments.entry(segment.id.clone()).or_default();
            *version = segment.version;
            match entered {
                true => members.insert(customer.0),
                false => members.remove(customer.0),
            };
            let last = self.ahead.entry(customer.0).or_insert(*at);
            *last = (*last).max(*at);
        }
        if MANY < self.ahead.len() {
            self.finish();
        }
    }

    pub(super) fn finish(&mut self) {
        let until = self.until;
        self.ahead.retain(|_, at| until < *at);
    }
}
