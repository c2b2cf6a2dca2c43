//! What the questions look at of one customer, and nothing else: the instants of chosen events, side by side.
//!
//! ```text
//!   stream 0   logins            [ t1 t2 t3 t4 ]                    one list of instants for each choice of events
//!   stream 1   views of /price   [ t2 t5 ]
//!   stream 2   purchases: sums   [ t1 t4 ] upto [ 0 900 1400 ]      sums from the beginning on
//!   stream 3   items viewed      [ t3 A, t5 B ]                     when each different value came last
//!   profile    attributes, and since when the customer is known
//! ```
//! A history answers everything, but has to look at every event again. Of a trace "the fifth login from the end" is one
//! look, and so is the instant at which it will be too old. What lies so far back that no question looks at it any more is let
//! go of. Who keeps traces in memory asks them first, and histories where a trace cannot tell.

mod answer;
mod attributes;
mod profile;
mod reach;
mod streams;
mod tracing;

use facts::{Fact, History, Reading, Stamp, Timestamp};

pub use self::{answer::Look, tracing::Tracing};
use self::{
    profile::Profile,
    streams::{LongTexts, Streams},
    tracing::{Coming, Named},
};
use crate::plan::since;

/// What the questions of one [`Tracing`] look at of one customer.
#[derive(Debug, Clone)]
pub struct Trace {
    profile: Profile,
    streams: Streams,
    /// What no question looks at from here on may be missing.
    cut: Timestamp,
}

impl Trace {
    /// Whether the customer is known at an instant.
    pub fn known(&self, at: Timestamp) -> Reading<bool> {
        since(self.profile.known_since, at)
    }

    /// About how many bytes of memory it takes.
    pub fn size(&self) -> usize {
        size_of::<Trace>() + self.profile.size() + self.streams.size()
    }
}

impl Tracing {
    /// The trace of everything in a history that questions look at from `at` on.
    pub fn trace(&self, history: &History, at: Timestamp) -> Trace {
        let mut chosen: Vec<(u32, Vec<i64>)> = vec![];
        let mut long = LongTexts::default();
        let mut place_of = vec![u32::MAX; self.n_streams()];
        for track in history.tracks() {
            let name = history.name(track);
            let named: Vec<&Named> = self.of_name(name).collect();
            for event in history.events_of(track) {
                let coming = Coming {
                    name,
                    properties: history.particulars(event),
                    contact: history.contact_of(event),
                    at: event.stamp.at,
                };
                let mut take = |number: u32| {
                    let place = &mut place_of[number as usize];
                    if *place == u32::MAX {
                        *place = chosen.len() as u32;
                        chosen.push((number, vec![]));
                    }
                    self.take((&mut chosen[*place as usize].1, &mut long), number, coming);
                };
                named.iter().for_each(|named| self.each_among(named, coming, &mut take));
            }
        }
        chosen.sort_unstable_by_key(|(number, _)| *number);
        let streams = Streams::of(chosen, long);
        let mut trace = Trace { profile: Profile::of(history), streams, cut: Timestamp::MIN };
        self.cut(&mut trace, at);
        trace
    }

    /// Takes in one more fact; each is to be told once.
    pub fn learn(&self, trace: &mut Trace, fact: &Fact, stamp: Stamp) {
        /// What lapsed a little before a fact came is looked at after it.
        const SPARE: i64 = Timestamp::HOUR;
        let Some(coming) = Coming::of(fact) else {
            trace.profile.learn(fact, stamp);
            return;
        };
        trace.profile.know(fact.customer.as_str(), stamp.known);
        if trace.streams.is_full() {
            self.cut(trace, stamp.known.minus(SPARE));
        }
        self.each_choice(coming, &mut |number| {
            let (mut cells, long) = trace.streams.grow(number);
            self.take((&mut cells, long), number, coming);
        });
    }

    /// Lets a trace go of what no question looks at from `cut` on.
    fn cut(&self, trace: &mut Trace, cut: Timestamp) {
        if cut <= trace.cut {
            return;
        }
        trace.cut = cut;
        trace.streams.rewrite(|number, cells, out| {
            let kind = self.kind(number);
            let beyond = self.reach(number).beyond(kind.times(cells), cut);
            kind.write_without(beyond, cells, out);
        });
    }
}
