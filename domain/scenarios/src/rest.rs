//! When a customer is to be left alone: after an approach, by what came of it, or because somebody put it off.

use facts::{Calendar, Event, History, Timestamp};
use jiff::{ToSpan, civil::Time, tz::Disambiguation};

use crate::Outcome;

/// A customer at rest. Signs that begin after `since` are new and are shown all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// When the rest began.
    pub since: Timestamp,
    /// When it is over.
    pub until: Timestamp,
}

/// The rest a customer is in at `now`, by the latest approach or putting off.
pub fn rest(history: &History, now: Timestamp, calendar: &Calendar) -> Option<Rest> {
    let latest = ["approached", "snoozed"]
        .into_iter()
        .filter_map(|name| history.track(name))
        .flat_map(|track| history.events_of(track))
        .filter(|event| event.stamp.at <= now)
        .max_by_key(|event| (event.stamp.at, event.stamp.seq))?;
    let rest = Rest { since: latest.stamp.at, until: until(history, latest, calendar)? };
    (now < rest.until).then_some(rest)
}

fn until(history: &History, event: &Event, calendar: &Calendar) -> Option<Timestamp> {
    let particulars = history.particulars(event);
    let named = particulars.get("until").as_text().and_then(|text| Timestamp::parse(text).ok());
    // An event without an outcome is the putting off, which names its end.
    let outcome = particulars.get("outcome").as_text().and_then(Outcome::from_word);
    match (named, outcome) {
        (Some(named), _) => Some(named),
        (None, Some(outcome)) => Some(outcome.rests_until(event.stamp.at, calendar)),
        (None, None) => None,
    }
}

/// The next local morning, at nine.
pub(crate) fn next_morning(at: Timestamp, calendar: &Calendar) -> Timestamp {
    let nine = Time::constant(9, 0, 0, 0);
    let tomorrow = calendar.date(at).saturating_add(1.day());
    calendar.instant(tomorrow.to_datetime(nine), Disambiguation::Compatible)
}
