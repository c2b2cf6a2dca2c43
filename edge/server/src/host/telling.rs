//! Telling: every change of membership goes into the log of changes, once.
//!
//! ```text
//!   running   place ─▶ log: changes, and up to when everything is told
//!   started   everyone as of then ─▶ what differs from what was told ─▶ log; then time passes as always, up to now
//! ```
//! What is told is in the log before open pages hear of it. After a crash nothing is told twice, and what
//! turned meanwhile is told with the instant at which it turned.

use std::borrow::Cow;

use engine::{Engine, Rules, What};
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

/// Segments and signs in force as the log names them, each in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Named {
    pub(super) segments: Vec<TouchedSegment>,
    pub(super) signs: Vec<TouchedSegment>,
}

/// Before the id of a sign in the log: no segment can be called so.
const SIGN: &str = "~sign/";

/// The id of the sign that a change in the log is about; `None` where it is about a segment.
pub(crate) fn sign_in_log(id: &str) -> Option<&str> {
    id.strip_prefix(SIGN)
}

impl Named {
    pub(super) fn of(catalogue: &Catalogue, rules: &Rules) -> Named {
        let named = |id: String, version: i32| TouchedSegment {
            id: id.into(),
            version: u32::try_from(version).unwrap_or(0),
        };
        let segments = rules.segments().iter().map(|(id, _)| {
            let version = catalogue.all.get(id.as_str()).map_or(0, |known| known.version);
            named(id.as_str().to_owned(), version)
        });
        let signs = rules.signs().iter().map(|rule| {
            let id = &rule.sign.id.0;
            let version = catalogue.sign(id).map_or(0, |known| known.version);
            named(format!("{SIGN}{id}"), version)
        });
        Named { segments: segments.collect(), signs: signs.collect() }
    }

    /// What a change is about, as the log names it.
    pub(super) fn what(&self, what: What) -> &TouchedSegment {
        match what {
            What::Segment(number) => &self.segments[number as usize],
            What::Sign(number) => &self.signs[number as usize],
        }
    }

    fn all(&self) -> impl Iterator<Item = (What, &TouchedSegment)> {
        let segments = self.segments.iter().zip(0..).map(|(named, n)| (What::Segment(n), named));
        let signs = self.signs.iter().zip(0..).map(|(named, n)| (What::Sign(n), named));
        segments.chain(signs)
    }

    fn find(&self, id: &str) -> Option<What> {
        self.all().find(|(_, named)| &*named.id == id).map(|(what, _)| what)
    }
}

/// Who is in a segment, or carries a sign.
fn holders(engine: &Engine, what: What) -> Cow<'_, RoaringBitmap> {
    match what {
        What::Segment(number) => Cow::Borrowed(engine.members(number as usize)),
        What::Sign(number) => {
            Cow::Owned(engine.carriers(number as usize).keys().copied().collect())
        }
    }
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
        let all: Vec<_> =
            live.named.all().map(|(what, named)| (named, holders(&live.engine, what))).collect();
        self.changes.begin(at, all.iter().map(|(named, who)| ((*named).clone(), who.as_ref())))
    }

    /// Tells what differs between what was told and what is true; `at` says as of when each customer was judged.
    pub(super) fn tell_missing(
        &self,
        live: &Live,
        told: &ToldChanges,
        at: impl Fn(u32) -> Timestamp,
    ) {
        let nobody = RoaringBitmap::new();
        for (what, named) in live.named.all() {
            let (version, before) = match told.segments.get(&named.id) {
                Some((version, before)) => (Some(*version), before),
                None => (None, &nobody),
            };
            let cause = match version == Some(named.version) {
                true => ChangeCause::Fact,
                false => ChangeCause::Edit,
            };
            let changes = differences(named, (before, &holders(&live.engine, what)), cause, &at);
            self.tell_some(live, &changes);
        }
        for (id, (version, before)) in &told.segments {
            if live.named.find(id).is_none() {
                let gone = TouchedSegment { id: id.clone(), version: *version };
                let changes = differences(&gone, (before, &nobody), ChangeCause::Edit, &at);
                self.tell_some(live, &changes);
            }
        }
    }

    /// Tells who entered and left because segments and signs were defined anew, came or went. `older` is the state before.
    pub(super) fn tell_edit(
        &self,
        (before, older): (&Named, &Engine),
        newer: &Live,
        same: impl Fn(What) -> bool,
        at: Timestamp,
    ) {
        let nobody = RoaringBitmap::new();
        for (what, named) in newer.named.all() {
            let there = before.find(&named.id);
            let was = there.map_or(Cow::Borrowed(&nobody), |there| holders(older, there));
            // Where the definition is as before, somebody's time has come meanwhile.
            let cause = if same(what) { ChangeCause::Time } else { ChangeCause::Edit };
            let members = (&*was, &*holders(&newer.engine, what));
            self.tell_some(newer, &differences(named, members, cause, &|_| at));
        }
        for (what, named) in before.all() {
            if newer.named.find(&named.id).is_none() {
                let members = (&*holders(older, what), &nobody);
                let gone = differences(named, members, ChangeCause::Edit, &|_| at);
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

    /// The changes before a place in the log that are wanted, newest first.
    pub(crate) async fn changes_where(
        self: &App,
        wanted: impl Fn(&NewChange) -> bool + Send + 'static,
        before: Option<u64>,
        most: usize,
    ) -> Answer<ChangePage> {
        self.blocking(move |app| Ok(app.changes.latest(wanted, before, most)?)).await
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
