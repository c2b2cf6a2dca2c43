//! Leaves that count and measure: event counts, sums and the like, and trends between two windows.

use std::collections::BTreeSet;

use condition::{Events, Measure, Measured, NumberTest, Trend, TrendTest, Window};
use facts::{Decimal, Event, Reading, Timestamp, ValueRef};

use super::{Answer, Notes};
use crate::{
    because::Found,
    comparison::Comparison,
    in_time::InTime,
    moment::{Matching, Moment},
    ranges::Range,
    span::Span,
};

/// How many records a count follows into the future before it says "look again then".
const MOST_STEPS: usize = 64;

impl Moment<'_> {
    pub(super) fn count(
        &self,
        events: &Events,
        test: &NumberTest<u32>,
        window: &Window,
        notes: &mut Notes,
    ) -> Answer {
        let span = Span::new(window, self.calendar, self.at);
        let matching = self.matching(events, self.earliest(&span));
        let inside = span.of(matching.all());
        notes.take(inside);
        let reading = counted(&span, matching.all(), Range::of_count(test), self.at);
        let holds_until =
            [reading.holds_until, matching.filters_hold_until].into_iter().flatten().min();
        Answer {
            reading: Reading::until(reading.value, holds_until),
            found: Found::Count(inside.len() as u32),
        }
    }

    pub(super) fn measure(
        &self,
        measured: &Measured,
        test: &NumberTest<Decimal>,
        window: &Window,
        notes: &mut Notes,
    ) -> Answer {
        let span = Span::new(window, self.calendar, self.at);
        let matching = self.matching(&measured.events, self.earliest(&span));
        let (quantity, mut holds_until) = self.quantity_in(measured, &span, &matching, notes);
        let passes = |quantity: Quantity| test.holds_by(|number| quantity.order(*number));
        let holds = quantity.is_some_and(passes);
        // When nothing more comes in, the measure only goes down, or goes down one known number after another.
        if span.is_exact()
            && span.after(matching.all()).is_empty()
            && matching.filters_hold_until.is_none()
        {
            match measured.measure {
                Measure::Count | Measure::Distinct | Measure::Days
                    if less_confirms(test, holds) =>
                {
                    holds_until = None;
                }
                Measure::Sum => {
                    holds_until = self.sum_flips(&measured.of, &span, &matching, |sum| {
                        passes(Quantity { sum, parts: 1 }) != holds
                    });
                }
                _ => {}
            }
        }
        Answer {
            reading: Reading::until(holds, holds_until),
            found: Found::Measure(quantity.and_then(Quantity::shown)),
        }
    }

    pub(super) fn trend(&self, trend: &Trend, notes: &mut Notes) -> Answer {
        let (now, now_until) = self.quantity(&trend.measured, &trend.now, notes);
        let (before, before_until) = self.quantity(&trend.measured, &trend.before, notes);
        let holds = now.zip(before).is_some_and(|(now, before)| trend_holds(trend, now, before));
        let early = [now_until, before_until].into_iter().flatten().min();
        let holds_until = match trend.measured.measure {
            Measure::Count => self.counts_flip(trend, holds).unwrap_or(early),
            _ => early,
        };
        Answer {
            reading: Reading::until(holds, holds_until),
            found: Found::Trend {
                now: now.and_then(Quantity::shown),
                before: before.and_then(Quantity::shown),
            },
        }
    }

    /// When a trend of counts next turns; none when that is not simply to be seen.
    fn counts_flip(&self, trend: &Trend, holds: bool) -> Option<Option<Timestamp>> {
        let spans =
            [&trend.now, &trend.before].map(|window| Span::new(window, self.calendar, self.at));
        let since = spans.iter().map(|span| self.earliest(span)).min()?;
        let matching = self.matching(&trend.measured.events, since);
        if matching.filters_hold_until.is_some() {
            return None;
        }
        let comparison = Comparison::of(&trend.test, trend.base_at_least, 0)?;
        trend_of_counts_flips(comparison, &spans, matching.all(), holds)
    }

    /// A measure in a window, and until when it stays so.
    pub(crate) fn quantity(
        &self,
        measured: &Measured,
        window: &Window,
        notes: &mut Notes,
    ) -> (Option<Quantity>, Option<Timestamp>) {
        let span = Span::new(window, self.calendar, self.at);
        let matching = self.matching(&measured.events, self.earliest(&span));
        self.quantity_in(measured, &span, &matching, notes)
    }

    fn quantity_in(
        &self,
        measured: &Measured,
        span: &Span<'_>,
        matching: &Matching<'_>,
        notes: &mut Notes,
    ) -> (Option<Quantity>, Option<Timestamp>) {
        let inside = span.of(matching.all());
        notes.take(inside);
        let next = span.next_change(matching.all());
        let holds_until = [next, matching.filters_hold_until].into_iter().flatten().min();
        (self.measured(measured, inside), holds_until)
    }

    /// When a sum that only loses records first comes to what `turned` asks for.
    fn sum_flips(
        &self,
        of: &str,
        span: &Span<'_>,
        matching: &Matching<'_>,
        turned: impl Fn(Decimal) -> bool,
    ) -> Option<Timestamp> {
        let number = |event: &Event| self.property(event, of).as_number();
        let inside = span.of(matching.all());
        // Added up from the newest on, so that each sum is one of what is then still in.
        let mut left = Decimal::ZERO;
        let mut flips = None;
        let mut newer = None;
        for event in inside.iter().rev() {
            if newer.is_none_or(|newer| newer != event.stamp.at) && turned(left) {
                flips = Some(event.stamp.at);
            }
            newer = Some(event.stamp.at);
            left = number(event).map_or(left, |number| add(left, number));
        }
        span.leaves(flips?)
    }

    /// The measure over events; `None` when there is nothing to measure.
    fn measured(&self, measured: &Measured, inside: &[Event]) -> Option<Quantity> {
        let numbers =
            || inside.iter().filter_map(|event| self.property(event, &measured.of).as_number());
        match measured.measure {
            Measure::Count => Some(Quantity::whole(inside.len())),
            Measure::Sum => Some(Quantity { sum: numbers().fold(Decimal::ZERO, add), parts: 1 }),
            Measure::Average => {
                let (sum, parts) = numbers()
                    .fold((Decimal::ZERO, 0), |(sum, n), number| (add(sum, number), n + 1));
                (parts != 0).then_some(Quantity { sum, parts })
            }
            Measure::Least => numbers().min().map(Quantity::of),
            Measure::Most => numbers().max().map(Quantity::of),
            Measure::Distinct => {
                let values = inside.iter().map(|event| self.property(event, &measured.of));
                let different: BTreeSet<String> = values
                    .filter(|value| *value != ValueRef::Missing)
                    .map(|value| value.to_string())
                    .collect();
                Some(Quantity::whole(different.len()))
            }
            Measure::Days => {
                let mut days: Vec<_> =
                    inside.iter().map(|event| self.calendar.date(event.stamp.at)).collect();
                days.dedup();
                Some(Quantity::whole(days.len()))
            }
        }
    }

    /// Events before this can neither count now nor come back.
    pub(super) fn earliest(&self, span: &Span<'_>) -> Timestamp {
        // The edge of a window of calendar months may step back.
        if span.is_exact() { span.from } else { span.from.minus(Span::MOST_STEPPED_BACK) }
    }
}

/// Whether a trend holds for a measure now and before.
pub(crate) fn trend_holds(trend: &Trend, now: Quantity, before: Quantity) -> bool {
    before.order(trend.base_at_least).is_ge() && compares(now, before, &trend.test)
}

/// Whether a measure that can only go down can only go on passing, or failing, a test.
fn less_confirms<N>(test: &NumberTest<N>, holds: bool) -> bool {
    match test {
        NumberTest::AtLeast(_) | NumberTest::MoreThan(_) => !holds,
        NumberTest::AtMost(_) | NumberTest::LessThan(_) => holds,
        NumberTest::Exactly(_) | NumberTest::Between(..) => false,
    }
}

/// Whether the number of those in a window passes, and until when.
pub(crate) fn counted(
    span: &Span<'_>,
    events: impl InTime,
    passes: Range,
    at: Timestamp,
) -> Reading<bool> {
    if let Some(answer) = counted_from_the_end(span, events, passes) {
        return answer;
    }
    let holds = passes.holds(span.of(events).n() as i64);
    let flips = if span.is_exact() {
        count_flips(span, events, passes, holds, at)
    } else {
        span.next_change(events)
    };
    Reading::until(holds, flips)
}

/// The answer to "at least k" and "fewer than k" where nothing more comes in: whether the k-th from the end is young
/// enough, and when it no longer is. Nothing is counted.
fn counted_from_the_end(
    span: &Span<'_>,
    events: impl InTime,
    passes: Range,
) -> Option<Reading<bool>> {
    let (k, holds_with_k) = match (passes.least, passes.greatest) {
        (least, i64::MAX) => (least, true),
        (i64::MIN, greatest) => (greatest.checked_add(1)?, false),
        _ => return None,
    };
    if k < 1 || !span.is_exact() || events.last().is_some_and(|last| span.to <= last) {
        return None;
    }
    let kth = usize::try_from(k).ok().and_then(|k| events.n().checked_sub(k));
    let inside = kth.map(|kth| events.at(kth)).filter(|kth| span.from <= *kth);
    Some(match inside {
        Some(kth) => Reading::until(holds_with_k, span.leaves(kth)),
        None => Reading::for_ever(!holds_with_k),
    })
}

/// When the test of a count next turns: records leave in the order in which they happened, and come in likewise.
fn count_flips(
    span: &Span<'_>,
    events: impl InTime,
    passes: Range,
    holds: bool,
    at: Timestamp,
) -> Option<Timestamp> {
    let now_inside = span.of(events);
    let mut inside = now_inside.n();
    if span.after(events).n() == 0 {
        // Nothing more comes in, so the count falls one by one: when it first differs is known without a walk. Records
        // that leave at one instant may skip that count, which makes this early but never late.
        let turned = passes.first_turn_below(inside as i64)? as usize;
        return span.leaves(now_inside.at(inside - turned - 1));
    }
    // Out goes the oldest that is or will be in; the two walks go through the same queue.
    let leaving = events.part(events.before(span.from)..events.n());
    let entering = span.after(events);
    let (mut left, mut entered) = (0, 0);
    let next_of = |left: usize, entered: usize| {
        let out = (left < leaving.n()).then(|| span.leaves(leaving.at(left))).flatten();
        let into = (entered < entering.n()).then(|| span.enters(entering.at(entered))).flatten();
        (out, into)
    };
    for _ in 0..MOST_STEPS {
        let (out, into) = next_of(left, entered);
        let next = [out, into].into_iter().flatten().min()?;
        while entered < entering.n() && span.enters(entering.at(entered)) == Some(next) {
            entered += 1;
            inside += 1;
        }
        while left < leaving.n() && 0 < inside && span.leaves(leaving.at(left)) == Some(next) {
            left += 1;
            inside -= 1;
        }
        if passes.holds(inside as i64) != holds {
            return Some(next.max(at.plus(1)));
        }
    }
    let (out, into) = next_of(left, entered);
    [out, into].into_iter().flatten().min().map(|next| next.max(at.plus(1)))
}

/// From when on a trend of counts may turn; none when that is not simply to be seen.
///
/// After `k` movements at most `k` have left the window now, and `k` have come into and left the one before. As long as
/// no such numbers turn the answer it holds; the first `k` that could is found by halving.
pub(crate) fn trend_of_counts_flips(
    comparison: Comparison,
    [now, before]: &[Span<'_>; 2],
    events: impl InTime,
    holds: bool,
) -> Option<Option<Timestamp>> {
    if !now.is_rolling() || !before.is_rolling() || now.after(events).n() != 0 {
        return None;
    }
    let leaving = now.of(events);
    let coming = before.after(events);
    let going = events.part(events.before(before.from)..events.n());
    let counts = (leaving.n() as i64, (going.n() - coming.n()) as i64);
    let could = |k: usize| {
        let moved = (k.min(leaving.n()) as i64, k.min(coming.n()) as i64, k as i64);
        comparison.could_turn(holds, counts, moved)
    };
    if !could(events.n())? {
        return Some(None);
    }
    // It could with `end`, and could not with fewer than `start`.
    let (mut start, mut end) = (1, 1);
    while !could(end)? {
        (start, end) = (end + 1, 2 * end);
    }
    while start < end {
        let middle = start.midpoint(end);
        (start, end) = if could(middle)? { (start, middle) } else { (middle + 1, end) };
    }
    let kth = |queue: usize| (start <= queue).then_some(start - 1);
    let leaves = kth(leaving.n()).and_then(|place| now.leaves(leaving.at(place)));
    let comes = kth(coming.n()).and_then(|place| before.enters(coming.at(place)));
    let goes = kth(going.n()).and_then(|place| before.leaves(going.at(place)));
    Some([leaves, comes, goes].into_iter().flatten().min())
}

/// A measure as a fraction, so that averages are compared without dividing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantity {
    pub(crate) sum: Decimal,
    pub(crate) parts: u64,
}

impl Quantity {
    pub(crate) fn of(number: Decimal) -> Quantity {
        Quantity { sum: number, parts: 1 }
    }

    pub(crate) fn whole(n: usize) -> Quantity {
        Quantity::of(Decimal::from(n as u64))
    }

    pub(crate) fn order(self, number: Decimal) -> std::cmp::Ordering {
        self.sum.cmp(&times(number, self.parts.into()))
    }

    /// The number to show, rounded only for the eye.
    pub(crate) fn shown(self) -> Option<Decimal> {
        self.sum.checked_div(self.parts.into()).map(|number| number.round_dp(4).normalize())
    }
}

fn compares(now: Quantity, before: Quantity, test: &TrendTest) -> bool {
    // now/parts ? percent/100 x before/parts, multiplied out.
    let left = times(times(now.sum, before.parts.into()), Decimal::ONE_HUNDRED);
    let share = |percent: Decimal| times(times(before.sum, now.parts.into()), percent);
    let plus = |difference: Decimal| {
        let moved = add(before.sum, times(difference, before.parts.into()));
        times(times(moved, now.parts.into()), Decimal::ONE_HUNDRED)
    };
    match test {
        TrendTest::AtMost(part) => left <= share(part.percent),
        TrendTest::AtLeast(part) => share(part.percent) <= left,
        TrendTest::AtMostPlus(difference) => left <= plus(*difference),
        TrendTest::AtLeastPlus(difference) => plus(*difference) <= left,
    }
}

/// Sums are exact below 28 digits and stop at the greatest number beyond.
fn add(a: Decimal, b: Decimal) -> Decimal {
    a.checked_add(b).unwrap_or(if a.is_sign_negative() { Decimal::MIN } else { Decimal::MAX })
}

pub(crate) fn times(a: Decimal, b: Decimal) -> Decimal {
    let positive = a.is_sign_negative() == b.is_sign_negative();
    a.checked_mul(b).unwrap_or(if positive { Decimal::MAX } else { Decimal::MIN })
}
