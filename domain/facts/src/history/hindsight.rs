//! What was known of a customer at an earlier instant: records that happened and had not been told yet are left out.
//!
//! ```text
//!            happened          told
//!   ────────────●────────────────●──────────▶
//!               └ not known here ┘
//! ```

use super::{Change, Event, History, Stamp, Track};
use crate::Timestamp;

impl History {
    /// The stretches, in no order, in each of which some record had happened and was not known yet: from when it
    /// happened (in) until it was told (out).
    pub fn not_yet_told(&self) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let late = |stamp: &Stamp| (stamp.at < stamp.known).then_some((stamp.at, stamp.known));
        let events = self.events.iter().filter_map(move |event| late(&event.stamp));
        events.chain(self.changes.iter().filter_map(move |change| late(&change.stamp)))
    }

    /// The history as it was known at an instant: without the records that were told later.
    pub fn as_known_at(&self, at: Timestamp) -> History {
        let told = |stamp: &Stamp| stamp.known <= at;
        let (mut events, mut tracks): (Vec<Event>, Vec<Track>) = (vec![], vec![]);
        for track in &self.tracks {
            let first = events.len() as u32;
            events.extend(self.events_of(track).iter().filter(|event| told(&event.stamp)));
            let end = events.len() as u32;
            if first < end {
                tracks.push(Track { name: track.name, first, end });
            }
        }
        let changes: Vec<Change> =
            self.changes.iter().filter(|change| told(&change.stamp)).copied().collect();
        let stamps = events.iter().map(|event| event.stamp);
        let stamps = stamps.chain(changes.iter().map(|change| change.stamp));
        let known_since = stamps.map(|stamp| stamp.known).min();
        History { known_since, events, tracks, changes, ..self.clone() }
    }
}
