//! What a trace keeps of the customer beside events: attributes and since when the customer is known, packed, as few
//! questions look at them.

use facts::{
    Fact, History, HistoryBuilder, Stamp, Timestamp,
    pack::{Unpack, push_bytes},
};

/// The attributes of one customer, and since when the customer is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    pub(super) known_since: Option<Timestamp>,
    /// The key, and the stored form of a history without events; nothing where nothing was told.
    packed: Box<[u8]>,
}

impl Profile {
    pub(super) fn of(history: &History) -> Profile {
        let rest = history.without_events();
        let Some(key) = rest.customer() else { return Profile::default() };
        let mut packed = vec![];
        push_bytes(&mut packed, key.as_bytes());
        rest.encode(&mut packed);
        Profile { known_since: rest.known_since(), packed: packed.into() }
    }

    /// The history without events.
    pub(super) fn unpacked(&self) -> History {
        let mut rest = Unpack(&self.packed);
        let Some(key) = rest.text() else { return History::default() };
        let mut builder = HistoryBuilder::new();
        let whole = builder.absorb(rest.0, |_| false);
        assert!(whole.is_ok(), "what was packed in memory can be read");
        let mut history = builder.into_history();
        if let Some(since) = self.known_since {
            history.know(key, since);
        }
        history
    }

    /// Learns a fact that is no event.
    pub(super) fn learn(&mut self, fact: &Fact, stamp: Stamp) {
        let mut history = self.unpacked();
        history.learn(fact, stamp);
        *self = Profile::of(&history);
    }

    /// Learns that the customer is known from an instant on, and nothing else.
    pub(super) fn know(&mut self, customer: &str, known: Timestamp) {
        if self.packed.is_empty() {
            let mut history = History::default();
            history.know(customer, known);
            *self = Profile::of(&history);
        }
        self.known_since = Some(self.known_since.map_or(known, |since| since.min(known)));
    }

    /// About how many bytes of memory it takes beside its own place.
    pub(super) fn size(&self) -> usize {
        self.packed.len()
    }
}
