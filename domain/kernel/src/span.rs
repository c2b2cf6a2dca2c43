//! A window at an instant: which records it holds, and when one enters or leaves by time alone.
//!
//! ```text
//!        from                      to    t
//!   ──────●━━━━━━━━━━━━━━━━━━━━━━━━━○────●────▶ time of the record
//!         └─ leaves first           └─ enters next
//! ```
//! For every window both instants move forward with the time of the record, so the records of a window are a queue.

use condition::Window;
use facts::{Calendar, Millis, Period, Timestamp};
use jiff::{ToSpan, civil::DateTime, tz::Disambiguation};

use crate::in_time::InTime;

/// A window at the instant `at`. A record of the time `a` is in when `from <= a < to`.
pub(crate) struct Span<'a> {
    window: &'a Window,
    calendar: &'a Calendar,
    at: Timestamp,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
}

impl<'a> Span<'a> {
    pub(crate) fn new(window: &'a Window, calendar: &'a Calendar, at: Timestamp) -> Span<'a> {
        let now = at.plus(1);
        let (from, to) = match *window {
            Window::Always => (Timestamp::MIN, now),
            Window::Last(length) => (at.minus(length.millis).plus(1), now),
            Window::Ago { from, to } => {
                (at.minus(from.millis).plus(1), at.minus(to.millis).plus(1))
            }
            Window::OlderThan(length) => (Timestamp::MIN, at.minus(length.millis).plus(1)),
            Window::Calendar(named) => {
                let this = calendar.first_day(named.period, calendar.date(at));
                match named.back {
                    0 => (calendar.start_of(this), now),
                    back => {
                        let first = calendar.shift(named.period, this, -i32::from(back));
                        let end = calendar.shift(named.period, first, 1);
                        (calendar.start_of(first), calendar.start_of(end))
                    }
                }
            }
            Window::LastDays(n) => {
                let first = calendar.shift(Period::Day, calendar.date(at), -days(n));
                (calendar.start_of(first), now)
            }
            Window::LastMonths(n) => (calendar.months_before(at, days(n)).plus(1), now),
            Window::Days { from, to } => {
                let end = calendar.start_of(to.saturating_add(1.day()));
                (calendar.start_of(from), end.min(now))
            }
        };
        Span { window, calendar, at, from, to: to.min(now) }
    }

    pub(crate) fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// The part of events in time order that lies inside.
    pub(crate) fn of<T: InTime>(&self, events: T) -> T {
        let first = events.before(self.from);
        events.part(first..events.before(self.to).max(first))
    }

    /// The part of events in time order that has yet to come in. A window of days may lie wholly in the future: what
    /// happens before it begins never comes in.
    pub(crate) fn after<T: InTime>(&self, events: T) -> T {
        events.part(events.before(self.to.max(self.from))..events.n())
    }

    /// When a record that is in goes out; `None` when it never does.
    pub(crate) fn leaves(&self, a: Timestamp) -> Option<Timestamp> {
        match *self.window {
            Window::Always | Window::OlderThan(_) | Window::Days { .. } => None,
            Window::Last(length) => Some(a.plus(length.millis)),
            Window::Ago { from, .. } => Some(a.plus(from.millis)),
            Window::Calendar(named) => {
                Some(self.start_after(named.period, a, i32::from(named.back) + 1))
            }
            Window::LastDays(n) => {
                Some(self.start_after(Period::Day, a, days(n).saturating_add(1)))
            }
            Window::LastMonths(n) => Some(self.month_out(a, days(n))),
        }
    }

    /// When a record that is not in yet comes in; `None` when it never does.
    pub(crate) fn enters(&self, a: Timestamp) -> Option<Timestamp> {
        match *self.window {
            Window::Always | Window::Last(_) | Window::LastDays(_) | Window::LastMonths(_) => {
                Some(a)
            }
            Window::Ago { to, .. } => Some(a.plus(to.millis)),
            Window::OlderThan(length) => Some(a.plus(length.millis)),
            Window::Calendar(named) if named.back == 0 => Some(a),
            Window::Calendar(named) => {
                Some(self.start_after(named.period, a, i32::from(named.back)))
            }
            Window::Days { to, .. } => {
                (a < self.calendar.start_of(to.saturating_add(1.day()))).then_some(a)
            }
        }
    }

    /// The earliest later instant at which a matching record enters or leaves. `matching` are all records that
    /// could matter, in time order.
    pub(crate) fn next_change(&self, matching: impl InTime) -> Option<Timestamp> {
        let leaving = self.of(matching).first().and_then(|at| self.leaves(at));
        let entering = self.after(matching).first().and_then(|at| self.enters(at));
        let returning = if self.is_exact() {
            None
        } else {
            let left = matching.before(self.from);
            left.checked_sub(1).and_then(|last| self.may_return(matching.at(last)))
        };
        let next = [leaving, entering, returning].into_iter().flatten().min();
        next.map(|next| self.later(next))
    }

    /// When to look again for a record that has left: the edge of a window of calendar months may step back.
    pub(crate) fn may_return(&self, a: Timestamp) -> Option<Timestamp> {
        let Window::LastMonths(n) = *self.window else { return None };
        (a < self.from && self.from <= a.plus(Span::MOST_STEPPED_BACK))
            .then(|| self.moves_evenly_until(days(n)))
    }

    /// Whether both edges move with the time, so that it costs nothing to say when a record comes in or goes out.
    pub(crate) fn is_rolling(&self) -> bool {
        match self.window {
            Window::Always | Window::Last(_) | Window::Ago { .. } | Window::OlderThan(_) => true,
            Window::Calendar(_)
            | Window::LastDays(_)
            | Window::LastMonths(_)
            | Window::Days { .. } => false,
        }
    }

    /// Whether [`Span::leaves`] and [`Span::enters`] are exact, not only early.
    pub(crate) fn is_exact(&self) -> bool {
        !matches!(self.window, Window::LastMonths(_))
    }

    /// The beginning of the `n`th period after the one in which `a` lies.
    fn start_after(&self, period: Period, a: Timestamp, n: i32) -> Timestamp {
        let first = self.calendar.first_day(period, self.calendar.date(a));
        let start = self.calendar.start_of(self.calendar.shift(period, first, n));
        // A zone that jumps over a day lets two days begin at once; a record never leaves before it is in.
        if start <= a { self.calendar.next_midnight(a) } else { start }
    }

    /// How far the edge of a window of calendar months steps back at most: from the 28th of February, on which the
    /// 29th to 31st of March look back, and by the clock of a zone that jumps over a day.
    pub(crate) const MOST_STEPPED_BACK: Millis = 4 * Timestamp::DAY;

    /// A safe (early) instant for a record to leave a window of calendar months.
    fn month_out(&self, a: Timestamp, n: i32) -> Timestamp {
        const CLOCK_CHANGE: Millis = 25 * Timestamp::HOUR;
        let local = self.calendar.local(a);
        let day = local.date();
        let out = if day.day() <= 28 {
            let moved = day.saturating_add(n.months()).to_datetime(local.time());
            let out = self.calendar.instant(moved, Disambiguation::Earlier);
            if self.is_steady(a) && self.is_steady(out) { out } else { out.minus(CLOCK_CHANGE) }
        } else {
            // The 29th to 31st have no day of their own in some months: look again from the 28th on.
            let month = day.first_of_month().saturating_add(n.months());
            self.calendar.start_of(month.saturating_add(27.days())).minus(CLOCK_CHANGE)
        };
        if self.at < out {
            return out;
        }
        let edge = self.from.minus(1);
        self.at.plus(a.since(edge).max(1)).min(self.moves_evenly_until(n))
    }

    /// Until when the edge of a window of `n` calendar months moves with the time, a millisecond for a millisecond:
    /// until midnight, until the clock is set here, or until it crosses an hour that was left out or came twice there.
    fn moves_evenly_until(&self, n: i32) -> Timestamp {
        let now = self.calendar.local(self.at);
        let edge = now.date().saturating_sub(n.months()).to_datetime(now.time());
        let mut until = self.calendar.next_midnight(self.at);
        if let Some(change) = self.calendar.next_clock_change(self.at) {
            until = until.min(change);
        }
        let mut looked = self.from.minus(2 * Timestamp::DAY);
        while let Some(change) = self.calendar.next_clock_change(looked)
            && change < self.from.plus(2 * Timestamp::DAY)
        {
            // The clock's reading at which the odd hour is over.
            let before = self.calendar.local(change.minus(1)).saturating_add(1.millisecond());
            let over = self.calendar.local(change).max(before);
            if edge < over {
                until = until.min(self.at.plus(millis_between(edge, over)));
            }
            looked = change;
        }
        until
    }

    /// Whether no clock changes within a day of an instant.
    fn is_steady(&self, at: Timestamp) -> bool {
        let offset = |by: Millis| self.calendar.offset(at.plus(by));
        offset(-Timestamp::DAY) == offset(0) && offset(0) == offset(Timestamp::DAY)
    }

    /// No change lies at or before the instant looked from.
    fn later(&self, next: Timestamp) -> Timestamp {
        next.max(self.at.plus(1))
    }
}

/// Counts of days and months are bounded by the check of conditions.
fn days(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// How many milliseconds a clock shows between two readings.
fn millis_between(earlier: DateTime, later: DateTime) -> Millis {
    i64::try_from(later.duration_since(earlier).as_millis()).unwrap_or(Millis::MAX)
}
