//! Leaves about the first and the last event, and about the customer's own rhythm.

use condition::{DefaultGap, EventPattern, Events, Filter, Rhythm, Window};
use facts::{Decimal, Event, Millis, Reading, Timestamp, ValueRef};

use super::{Answer, Notes};
use crate::{
    because::Found,
    in_time::{InTime, Times},
    moment::Moment,
    span::Span,
};

impl Moment<'_> {
    pub(super) fn first(
        &self,
        events: &Events,
        window: &Window,
        if_none: bool,
        notes: &mut Notes,
    ) -> Answer {
        let span = Span::new(window, self.calendar, self.at);
        let matching = self.matching(events, Timestamp::MIN);
        let first = matching.so_far(self.at).first();
        notes.take(first.map_or(&[], std::slice::from_ref));
        let reading = first_lies_in(&span, matching.all(), if_none, self.at);
        let holds_until =
            [reading.holds_until, matching.filters_hold_until].into_iter().flatten().min();
        Answer {
            reading: Reading::until(reading.value, holds_until),
            found: Found::When(first.map(|event| event.stamp.at)),
        }
    }

    pub(super) fn last(
        &self,
        name: &EventPattern,
        has: &[Filter],
        window: &Window,
        if_none: bool,
        notes: &mut Notes,
    ) -> Answer {
        let span = Span::new(window, self.calendar, self.at);
        let any = Events { name: name.clone(), filters: vec![] };
        let matching = self.matching(&any, Timestamp::MIN);
        let last = matching.so_far(self.at).last();
        notes.take(last.map_or(&[], std::slice::from_ref));
        let mut reading = lies_in(&span, last.map(|event| event.stamp.at), self.at);
        if let Some(last) = last {
            for filter in has {
                reading =
                    reading.and(self.test(self.property(last, &filter.property), &filter.test));
            }
        }
        // A later event of this name takes over whatever the answer was.
        let holds_until =
            [reading.holds_until, matching.next_after(self.at)].into_iter().flatten().min();
        let holds = if last.is_none() { if_none } else { reading.value };
        Answer {
            reading: Reading::until(holds, holds_until),
            found: Found::When(last.map(|event| event.stamp.at)),
        }
    }

    pub(super) fn rhythm(&self, rhythm: &Rhythm, notes: &mut Notes) -> Answer {
        let matching = self.matching(&rhythm.events, Timestamp::MIN);
        let so_far = matching.so_far(self.at);
        let upcoming =
            [matching.next_after(self.at), matching.filters_hold_until].into_iter().flatten().min();
        notes.take(&so_far[so_far.len().saturating_sub(rhythm.gaps_at_least as usize + 1)..]);
        let (reading, found) = self.overdue(rhythm, so_far, so_far.last(), upcoming);
        Answer { reading, found }
    }

    /// Whether a rhythm is overdue. `so_far` are the instants up to now, `last` the latest of these events where it is
    /// at hand, and `upcoming` is when the answer may turn by itself.
    pub(crate) fn overdue(
        &self,
        rhythm: &Rhythm,
        so_far: impl InTime,
        last_event: Option<&Event>,
        mut upcoming: Option<Timestamp>,
    ) -> (Reading<bool>, Found) {
        let Some(last) = so_far.last() else {
            return (Reading::until(false, upcoming), Found::Rhythm { last: None, gap: None });
        };
        let own = twice_median_gap(so_far, rhythm.gaps_at_least);
        let gap = own.or_else(|| {
            let (gap, holds_until) = self.default_gap(rhythm.default_gap.as_ref()?, last_event);
            upcoming = [upcoming, holds_until].into_iter().flatten().min();
            gap.map(|gap| gap.saturating_mul(2))
        });
        let Some(gap) = gap else {
            let found = Found::Rhythm { last: Some(last), gap: None };
            return (Reading::until(false, upcoming), found);
        };
        // Overdue from the first millisecond that is more than k gaps after the last event.
        let allowed = rhythm.overdue_by.checked_mul(Decimal::from(gap)).unwrap_or(Decimal::MAX)
            / Decimal::TWO;
        let allowed = i64::try_from(allowed.floor()).unwrap_or(i64::MAX);
        let overdue_at = last.plus(allowed.saturating_add(1));
        let holds = overdue_at <= self.at;
        let holds_until = [(!holds).then_some(overdue_at), upcoming].into_iter().flatten().min();
        let found = Found::Rhythm { last: Some(last), gap: Some(gap / 2) };
        (Reading::until(holds, holds_until), found)
    }
}

impl Moment<'_> {
    /// The default gap, and until when it stays so.
    fn default_gap(
        &self,
        gap: &DefaultGap,
        last: Option<&Event>,
    ) -> (Option<Millis>, Option<Timestamp>) {
        match gap {
            DefaultGap::Length(length) => (Some(length.millis), None),
            DefaultGap::Attribute { key, or } => {
                let days = days(self.value_of(key));
                (days.or(or.map(|length| length.millis)), self.next_change(key))
            }
            DefaultGap::Property { name, or } => {
                let days = last.and_then(|last| days(self.property(last, name)));
                (days.or(or.map(|length| length.millis)), None)
            }
        }
    }
}

/// Whether an instant lies in a window, and until when.
pub(crate) fn lies_in(span: &Span<'_>, instant: Option<Timestamp>, at: Timestamp) -> Reading<bool> {
    let Some(instant) = instant else { return Reading::for_ever(false) };
    let next = span.next_change(Times::of(&[instant.millis()])).filter(|next| at < *next);
    Reading::until(span.holds(instant), next)
}

/// Whether the first of all lies in a window, and until when.
pub(crate) fn first_lies_in(
    span: &Span<'_>,
    events: impl InTime,
    if_none: bool,
    at: Timestamp,
) -> Reading<bool> {
    match events.first() {
        Some(first) if first <= at => lies_in(span, Some(first), at),
        upcoming => Reading::until(if_none, upcoming),
    }
}

/// So many days of 24 hours, cut to the millisecond; `None` when it is no positive number or more than 1,000 years.
fn days(value: ValueRef<'_>) -> Option<Millis> {
    let days = value.as_number().filter(|days| Decimal::ZERO < *days)?;
    let millis = days.checked_mul(Decimal::from(Timestamp::DAY))?.floor();
    i64::try_from(millis).ok().filter(|millis| *millis <= 366_000 * Timestamp::DAY)
}

/// Twice the median gap between events, so that the middle of two needs no fraction; `None` with too few gaps.
/// Events of the same instant are one occasion: an order has many lines.
fn twice_median_gap(so_far: impl InTime, at_least: u32) -> Option<Millis> {
    let gaps = (1..so_far.n()).map(|place| so_far.at(place).since(so_far.at(place - 1)));
    let mut gaps: Vec<Millis> = gaps.filter(|gap| *gap != 0).collect();
    if gaps.is_empty() || gaps.len() < at_least as usize {
        return None;
    }
    gaps.sort_unstable();
    let upper = gaps[gaps.len() / 2];
    let lower = gaps[(gaps.len() - 1) / 2];
    Some(lower + upper)
}
