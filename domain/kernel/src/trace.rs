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
//! look, and so is the instant at which it will be too old. Who keeps traces in memory asks them first, and histories
//! where a trace cannot tell.

mod answer;
mod streams;
mod tracing;

use facts::{Fact, History, Reading, Stamp, Timestamp};

pub use self::tracing::Tracing;
use self::{streams::Stream, tracing::Coming};
use crate::plan::known;

/// What the questions of one [`Tracing`] look at of one customer.
#[derive(Debug, Clone)]
pub struct Trace {
    profile: History,
    /// The numbers of the streams that have chosen something, rising.
    numbers: Vec<u32>,
    /// One for each number.
    streams: Vec<Stream>,
}

impl Trace {
    /// Whether the customer is known at an instant.
    pub fn known(&self, at: Timestamp) -> Reading<bool> {
        known(&self.profile, at)
    }

    /// About how many bytes of memory it takes.
    pub fn size(&self) -> usize {
        let streams = self.streams.iter().map(Stream::size).sum::<usize>();
        let lists = self.streams.capacity() * (size_of::<u32>() + size_of::<Stream>());
        self.profile.size() + streams + lists
    }

    fn stream(&self, number: u32) -> Option<&Stream> {
        let place = self.numbers.binary_search(&number).ok()?;
        Some(&self.streams[place])
    }
}

impl Tracing {
    /// The trace of everything in a history.
    pub fn trace(&self, history: &History) -> Trace {
        let mut chosen: Vec<(u32, Stream)> = vec![];
        let mut place_of = vec![u32::MAX; self.n_streams()];
        for track in history.tracks() {
            let name = history.name(track);
            for event in history.events_of(track) {
                let coming = Coming {
                    name,
                    properties: history.particulars(event),
                    contact: history.contact_of(event),
                    at: event.stamp.at,
                };
                self.each_choice(coming, &mut |number| {
                    let place = &mut place_of[number as usize];
                    if *place == u32::MAX {
                        *place = chosen.len() as u32;
                        chosen.push((number, self.empty(number)));
                    }
                    self.take(&mut chosen[*place as usize].1, number, coming);
                });
            }
        }
        chosen.iter_mut().for_each(|(_, stream)| stream.shrink());
        chosen.sort_unstable_by_key(|(number, _)| *number);
        let (numbers, streams) = chosen.into_iter().unzip();
        Trace { profile: history.without_events(), numbers, streams }
    }

    /// Takes in one more fact; each is to be told once.
    pub fn learn(&self, trace: &mut Trace, fact: &Fact, stamp: Stamp) {
        let Some(coming) = Coming::of(fact) else {
            trace.profile.learn(fact, stamp);
            return;
        };
        trace.profile.know(fact.customer.as_str(), stamp.known);
        self.each_choice(coming, &mut |number| {
            let place = trace.numbers.binary_search(&number).unwrap_or_else(|place| {
                trace.numbers.insert(place, number);
                trace.streams.insert(place, self.empty(number));
                place
            });
            self.take(&mut trace.streams[place], number, coming);
        });
    }
}
