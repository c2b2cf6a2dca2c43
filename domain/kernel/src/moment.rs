//! The moment a leaf is asked at: whose history, when, by which calendar, and which value is being tried.

use condition::{EventPattern, Events};
use facts::{Calendar, Change, Event, History, Reading, Timestamp, ValueRef};

/// What a leaf may look at.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) history: &'a History,
    pub(crate) calendar: &'a Calendar,
    pub(crate) at: Timestamp,
    pub(crate) bound: Option<&'a Bound<'a>>,
    /// The contact being tried: only their events and attributes are looked at.
    pub(crate) contact: Option<Contact<'a>>,
}

/// A contact of the customer, known since an instant.
#[derive(Clone, Copy)]
pub(crate) struct Contact<'a> {
    pub(crate) key: &'a str,
    pub(crate) known_since: Timestamp,
}

/// "For some one value": every event looked at must have this value. Bindings nest.
pub(crate) struct Bound<'a> {
    pub(crate) property: &'a str,
    pub(crate) value: ValueRef<'a>,
    pub(crate) outer: Option<&'a Bound<'a>>,
}

/// The events that pass a leaf's name and filters, in time order, past and yet to come.
pub(crate) struct Matching<'a> {
    events: Kept<'a>,
    /// When a filter itself could turn by time alone.
    pub(crate) filters_hold_until: Option<Timestamp>,
}

enum Kept<'a> {
    AsStored(&'a [Event]),
    Chosen(Vec<Event>),
}

impl Matching<'_> {
    /// All of them.
    pub(crate) fn all(&self) -> &[Event] {
        match &self.events {
            Kept::AsStored(events) => events,
            Kept::Chosen(events) => events,
        }
    }

    /// Those that have happened.
    pub(crate) fn so_far(&self, at: Timestamp) -> &[Event] {
        let events = self.all();
        &events[..events.partition_point(|event| event.stamp.at <= at)]
    }

    /// When the next one happens that is known but lies in the future.
    pub(crate) fn next_after(&self, at: Timestamp) -> Option<Timestamp> {
        let events = self.all();
        events.get(self.so_far(at).len()).map(|event| event.stamp.at)
    }
}

impl<'a> Moment<'a> {
    /// The whole customer at an instant.
    pub(crate) fn new(history: &'a History, calendar: &'a Calendar, at: Timestamp) -> Moment<'a> {
        Moment { history, calendar, at, bound: None, contact: None }
    }

    /// The whole customer at the same instant, whatever is being tried.
    pub(crate) fn whole(self) -> Moment<'a> {
        Moment { bound: None, contact: None, ..self }
    }

    /// Whether nothing is being tried, so that an answer is the customer's own.
    pub(crate) fn is_whole(&self) -> bool {
        self.bound.is_none() && self.contact.is_none()
    }

    /// The changes of an attribute, oldest first, past and yet to come.
    pub(crate) fn changes(&self, key: &str) -> &'a [Change] {
        match self.contact {
            None => self.history.changes(key),
            Some(contact) => self.history.contact_changes(contact.key, key),
        }
    }

    /// The events that match, from `since` on: earlier ones are not looked at.
    pub(crate) fn matching(&self, wanted: &Events, since: Timestamp) -> Matching<'a> {
        let named = self.named(&wanted.name, since);
        if wanted.filters.is_empty() && self.is_whole() {
            return Matching { events: named, filters_hold_until: None };
        }
        let named = Matching { events: named, filters_hold_until: None };
        let mut until = None;
        let mut chosen = vec![];
        for event in named.all() {
            let passes = self.passes(event, wanted);
            until = [until, passes.holds_until].into_iter().flatten().min();
            if passes.value {
                chosen.push(*event);
            }
        }
        Matching { events: Kept::Chosen(chosen), filters_hold_until: until }
    }

    /// The events of a name from `since` on, in time order.
    fn named(&self, name: &EventPattern, since: Timestamp) -> Kept<'a> {
        let from =
            |events: &'a [Event]| &events[events.partition_point(|event| event.stamp.at < since)..];
        let tracks = match name {
            EventPattern::Exact(name) => {
                let track = self.history.track(name);
                return Kept::AsStored(
                    track.map_or(&[], |track| from(self.history.events_of(track))),
                );
            }
            EventPattern::Prefix(prefix) => self.history.tracks_with_prefix(prefix),
        };
        if let [track] = tracks {
            return Kept::AsStored(from(self.history.events_of(track)));
        }
        let mut events: Vec<Event> =
            tracks.iter().flat_map(|track| from(self.history.events_of(track))).copied().collect();
        events.sort_by_key(|event| (event.stamp.at, event.stamp.seq));
        Kept::Chosen(events)
    }

    fn passes(&self, event: &Event, wanted: &Events) -> Reading<bool> {
        if let Some(contact) = self.contact
            && self.history.contact_of(event) != Some(contact.key)
        {
            return Reading::for_ever(false);
        }
        let mut bound = self.bound;
        while let Some(binding) = bound {
            if !same(self.property(event, binding.property), binding.value) {
                return Reading::for_ever(false);
            }
            bound = binding.outer;
        }
        let mut passes = Reading::for_ever(true);
        for filter in &wanted.filters {
            let value = self.property(event, &filter.property);
            passes = passes.and(self.test(value, &filter.test));
            if passes == Reading::for_ever(false) {
                break;
            }
        }
        passes
    }

    /// A property of an event; `contact` is the person it is about.
    pub(crate) fn property(&self, event: &Event, name: &str) -> ValueRef<'a> {
        let value = self.history.particulars(event).get(name);
        if value.is_missing() && name == "contact" {
            return self.history.contact_of(event).map_or(ValueRef::Missing, ValueRef::Text);
        }
        value
    }
}

/// Whether two values are the same; a number is the same as the text that spells it, missing as nothing else.
pub(crate) fn same(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    match (a, b) {
        (ValueRef::Missing, ValueRef::Missing) => true,
        (ValueRef::Text(a), ValueRef::Text(b)) => a == b,
        (ValueRef::Bool(a), ValueRef::Bool(b)) => a == b,
        (ValueRef::Bool(a), ValueRef::Text(b)) | (ValueRef::Text(b), ValueRef::Bool(a)) => {
            b == if a { "true" } else { "false" }
        }
        (ValueRef::Number(_), _) | (_, ValueRef::Number(_)) => {
            a.as_number().zip(b.as_number()).is_some_and(|(a, b)| a == b)
        }
        (ValueRef::Missing, _) | (_, ValueRef::Missing) => false,
    }
}
