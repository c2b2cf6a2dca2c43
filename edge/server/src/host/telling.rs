//! Telling: every change of membership goes into the log of changes, once.
//!
//! ```text
//!   running   place ─▶ log: changes, and up to when everything is told
//!   started   everyone as of then ─▶ what differs from what was told ─▶ log; then time passes as always, up to now
//! ```
//! What is told is in the log before open pages hear of it. After a crash nothing is told twice, and what
//! turned meanwhile is told with the instant at which it turned.

use engine::{Engine, Rules};
use facts::Timestamp;
use roaring::RoaringBitmap;
use store::{
    ChangeCause, ChangePage, ChangeRecord, CustomerNo, NewChange, StoreError, ToldChanges,
    TouchedSegment,
};

use crate::{
    host::{App, Live, Workspace, catalogue::Catalogue},
    http::error::Answer,
};

/// So often it is written down, when nothing changes, that nothing changed.
const AT_LEAST_EVERY: i64 = Timestamp::MINUTE;

/// The segments in force as the log names them, in the order of their numbers.
pub(super) fn named(catalogue: &Catalogue, rules: &Rules) -> Vec<TouchedSegment> {
    let version = |id: &str| catalogue.all.get(id).map_or(0, |known| known.version);
    let named = rules.segments().iter().map(|(id, _)| TouchedSegment {
        id: id.as_str().into(),
        version: u32::try_from(version(id.as_str())).unwrap_or(0),
    });
    named.collect()
}

impl Live {
    /// Up to when everything of everyone is told at `now`: some timers may still wait for their turn.
    pub(super) fn told_until(&self, now: Timestamp) -> Timestamp {
        match self.engine.wake_at() {
            Some(due) if due <= now => due.minus(1),
            _ => now,
        }
    }
}

impl Workspace {
    /// Puts changes into the log, for whoever holds the lane. One that cannot be written now is written with the next.
    pub(super) fn tell_of(&self, until: Timestamp, changes: &[NewChange]) {
        if let Err(why) = self.changes.append(changes, self.clock.now(), until) {
            tracing::error!(%why, changes = changes.len(), "changes wait to be written");
        }
    }

    /// Writes down how far all is told, and begins a new file when it is time. The timers come by here.
    pub(super) fn keep_telling(&self) {
        let mut lane = self.lane();
        let live = self.peek();
        let Some(live) = live.as_ref() else { return };
        let now = self.clock.now();
        let until = live.told_until(now);
        if self.changes.wants_new_file() && until == now {
            self.done("begin a file of changes", self.begin_telling(live, now));
        } else if AT_LEAST_EVERY <= until.since(lane.told_until) {
            self.done("write down how far all is told", self.changes.append(&[], now, until));
        } else {
            return;
        }
        lane.told_until = until;
    }

    /// Writes down how far all is told, and makes it safe.
    pub(crate) fn finish_telling(&self) {
        let _lane = self.lane();
        if let Some(live) = self.peek().as_ref() {
            self.tell_of(live.told_until(self.clock.now()), &[]);
        }
        self.done("make changes safe", self.changes.sync());
    }

    /// Begins a file with who is where.
    pub(super) fn begin_telling(&self, live: &Live, at: Timestamp) -> Result<(), StoreError> {
        let segments = live.named.iter().cloned().enumerate();
        self.changes.begin(at, segments.map(|(n, named)| (named, live.engine.members(n))))
    }

    /// Tells what differs between what was told and what is true; `at` says as of when each customer was judged.
    pub(super) fn tell_missing(
        &self,
        live: &Live,
        told: &ToldChanges,
        at: impl Fn(u32) -> Timestamp,
    ) {
        let nobody = RoaringBitmap::new();
        let named = &live.named;
        for (number, segment) in named.iter().enumerate() {
            let (version, before) = match told.segments.get(&segment.id) {
                Some((version, before)) => (Some(*version), before),
                None => (None, &nobody),
            };
            let cause = match version == Some(segment.version) {
                true => ChangeCause::Fact,
                false => ChangeCause::Edit,
            };
            let changes = differences(segment, (before, live.engine.members(number)), cause, &at);
            self.tell_some(live, &changes);
        }
        for (id, (version, before)) in &told.segments {
            if named.iter().all(|segment| segment.id != *id) {
                let gone = TouchedSegment { id: id.clone(), version: *version };
                let changes = differences(&gone, (before, &nobody), ChangeCause::Edit, &at);
                self.tell_some(live, &changes);
            }
        }
    }

    /// Tells who entered and left because segments were defined anew, came or went. `older` is the state before.
    pub(super) fn tell_edit(
        &self,
        (named, older): (&[TouchedSegment], &Engine),
        newer: &Live,
        same: impl Fn(usize) -> bool,
        at: Timestamp,
    ) {
        let nobody = RoaringBitmap::new();
        for (number, segment) in newer.named.iter().enumerate() {
            let before = named.iter().position(|before| before.id == segment.id);
            let before = before.map_or(&nobody, |before| older.members(before));
            // Where the definition is as before, somebody's time has come meanwhile.
            let cause = if same(number) { ChangeCause::Time } else { ChangeCause::Edit };
            let members = (before, newer.engine.members(number));
            self.tell_some(newer, &differences(segment, members, cause, &|_| at));
        }
        for (number, segment) in named.iter().enumerate() {
            if newer.named.iter().all(|other| other.id != segment.id) {
                let members = (older.members(number), &nobody);
                let gone = differences(segment, members, ChangeCause::Edit, &|_| at);
                self.tell_some(newer, &gone);
            }
        }
    }

    /// The changes of a segment before a place in the log, newest first; the latest ones when no place is given.
    pub(crate) async fn changes_of(
        self: &App,
        segment: String,
        before: Option<u64>,
        most: usize,
    ) -> Answer<ChangePage> {
        self.blocking(move |app| Ok(app.changes.of_segment(&segment, before, most)?)).await
    }

    /// The changes after a place in the log, in order. They are safe when this returns.
    pub(crate) async fn changes_after(
        self: &App,
        seq: u64,
        most: usize,
    ) -> Answer<Vec<ChangeRecord>> {
        self.blocking(move |app| Ok(app.changes.after(seq, most)?)).await
    }

    fn tell_some(&self, live: &Live, changes: &[NewChange]) {
        if !changes.is_empty() {
            self.tell_of(live.told_until(self.clock.now()), changes);
        }
    }

    fn done(&self, what: &'static str, result: Result<(), StoreError>) {
        if let Err(why) = result {
            tracing::error!(%why, "could not {what}");
        }
    }
}

/// Who entered and left between two states of a segment.
fn differences(
    segment: &TouchedSegment,
    (before, now): (&RoaringBitmap, &RoaringBitmap),
    cause: ChangeCause,
    at: &impl Fn(u32) -> Timestamp,
) -> Vec<NewChange> {
    let turned = before ^ now;
    let change = |customer: u32| NewChange {
        customer: CustomerNo(customer),
        segment: segment.clone(),
        entered: now.contains(customer),
        at: at(customer),
        cause,
    };
    turned.iter().map(change).collect()
}
