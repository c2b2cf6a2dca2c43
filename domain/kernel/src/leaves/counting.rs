//! Leaves that count and measure: event counts, sums and the like, and trends between two windows.

use std::collections::BTreeSet;

use condition::{Events, Measure, Measured, NumberTest, Trend, TrendTest, Window};
use facts::{Decimal, Event, Reading, Timestamp, ValueRef};

use super::{Answer, Notes};
use crate::{
    because::Found,
    moment::{Matching, Moment},
    span::Span,
};

/// How many records a count follows into the future before it says "look again then".
const MOST_STEPS: usize = 4_096;

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
        let n = inside.len() as u32;
        let holds = test.holds(&n);
        let flips = if span.is_exact() {
            count_flips(&span, &matching, test, holds, self.at)
        } else {
            span.next_change(matching.all())
        };
        let holds_until = [flips, matching.filters_hold_until].into_iter().flatten().min();
        Answer { reading: Reading::until(holds, holds_until), found: Found::Count(n) }
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
        if matching.filters_hold_until.is_some() || !spans.iter().all(Span::is_rolling) {
            return None;
        }
        let events = matching.all();
        let mut counts = spans.each_ref().map(|span| span.of(events).len() as u64);
        let mut moves = spans.each_ref().map(|span| span.moves(events));
        for _ in 0..MOST_STEPS {
            let Some(next) = moves.iter().filter_map(|moves| moves.next()).min() else {
                return Some(None);
            };
            for (count, moves) in counts.iter_mut().zip(&mut moves) {
                moves.pass(next, count);
            }
            let [now, before] = counts.map(|count| Quantity::whole(count as usize));
            if trend_holds(trend, now, before) != holds {
                return Some(Some(next.max(self.at.plus(1))));
            }
        }
        Some(moves.iter().filter_map(|moves| moves.next()).min())
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
fn trend_holds(trend: &Trend, now: Quantity, before: Quantity) -> bool {
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

/// When the test of a count next turns: records leave in the order in which they happened, and come in likewise.
fn count_flips(
    span: &Span<'_>,
    matching: &Matching<'_>,
    test: &NumberTest<u32>,
    holds: bool,
    at: Timestamp,
) -> Option<Timestamp> {
    let now_inside = span.of(matching.all());
    let mut inside = now_inside.len() as u32;
    if span.after(matching.all()).is_empty() {
        // Nothing more comes in, so the count falls one by one: when it first differs is known without a walk. Records
        // that leave at one instant may skip that count, which makes this early but never late.
        let turned = (0..inside).rev().find(|n| test.holds(n) != holds)?;
        let last_out = now_inside.get((inside - turned - 1) as usize)?;
        return span.leaves(last_out.stamp.at);
    }
    // Out goes the oldest that is or will be in; the two walks go through the same queue.
    let first = matching.all().partition_point(|event| event.stamp.at < span.from);
    let mut leaving =
        matching.all()[first..].iter().map(|event| span.leaves(event.stamp.at)).peekable();
    let mut entering =
        span.after(matching.all()).iter().map(|event| span.enters(event.stamp.at)).peekable();
    for _ in 0..MOST_STEPS {
        let out = leaving.peek().copied().flatten();
        let into = entering.peek().copied().flatten();
        let next = [out, into].into_iter().flatten().min()?;
        while into.is_some() && entering.next_if_eq(&Some(next)).is_some() {
            inside += 1;
        }
        while out.is_some() && 0 < inside && leaving.next_if_eq(&Some(next)).is_some() {
            inside -= 1;
        }
        if test.holds(&inside) != holds {
            return Some(next.max(at.plus(1)));
        }
    }
    [leaving.peek().copied().flatten(), entering.peek().copied().flatten()]
        .into_iter()
        .flatten()
        .min()
        .map(|next| next.max(at.plus(1)))
}

/// A measure as a fraction, so that averages are compared without dividing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantity {
    pub(crate) sum: Decimal,
    pub(crate) parts: u64,
}

impl Quantity {
    fn of(number: Decimal) -> Quantity {
        Quantity { sum: number, parts: 1 }
    }

    fn whole(n: usize) -> Quantity {
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
