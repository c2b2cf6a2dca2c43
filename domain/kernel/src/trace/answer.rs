//! Answers out of traces. What a leaf means stands with the leaves; here is only where its numbers are found.

use std::cell::OnceCell;

use condition::{Leaf, Measure, NumberTest, Sequence, Trend, Window};
use facts::{Calendar, Decimal, History, Reading, Timestamp};

use super::{
    Trace, Tracing,
    attributes::Says,
    streams::sums,
    tracing::{Ask, Passes},
};
use crate::{
    Plan, Question, Questions,
    comparison::Comparison,
    in_time::{InTime, Times},
    leaves::{
        Notes, Quantity,
        counting::{counted, trend_holds, trend_of_counts_flips},
        habits::{ratio_holds, regular},
        order::{first_lies_in, lies_in},
        succession,
    },
    moment::Moment,
    plan::Node,
    ranges::Range,
    span::Span,
};

/// A trace at a moment, to be asked many questions.
pub struct Look<'a> {
    tracing: &'a Tracing,
    trace: &'a Trace,
    calendar: &'a Calendar,
    at: Timestamp,
    /// By stream its place in the trace.
    places: Vec<u32>,
    /// Unpacked when it is first looked at.
    profile: OnceCell<History>,
    /// By attribute what its value means, and when it changes next.
    attributes: Vec<OnceCell<(Option<Says>, Option<Timestamp>)>>,
}

/// The place of a stream that has chosen nothing.
const NOWHERE: u32 = u32::MAX;

impl Tracing {
    /// Looks at the trace of a known customer at a moment.
    pub fn look<'a>(
        &'a self,
        trace: &'a Trace,
        (at, calendar): (Timestamp, &'a Calendar),
    ) -> Look<'a> {
        let mut places = vec![NOWHERE; self.n_streams()];
        for (number, place) in trace.streams.numbers().zip(0..) {
            places[number as usize] = place;
        }
        let attributes = (0..self.attributes.n()).map(|_| OnceCell::new()).collect();
        Look { tracing: self, trace, calendar, at, places, profile: OnceCell::new(), attributes }
    }
}

impl Look<'_> {
    /// Asks one question; `None` when only the history can tell.
    pub fn answer(
        &self,
        (plan, questions): (&Plan, &Questions),
        question: Question,
    ) -> Option<Reading<bool>> {
        let ask = self.tracing.ask(question);
        if let Ask::Beyond(stream) = ask {
            let never = self.places[*stream as usize] == NOWHERE;
            return never.then(|| Reading::for_ever(false));
        }
        let Node::Leaf(leaf) = questions.node(plan, question) else { return None };
        match ask {
            Ask::History | Ask::Beyond(_) => None,
            Ask::Profile => Some(self.of_profile().answer(leaf, &mut Notes::None).reading),
            Ask::Attribute(attribute, question) => {
                let told = self.of_attribute(*attribute, *question);
                Some(
                    told.unwrap_or_else(|| {
                        self.of_profile().answer(leaf, &mut Notes::None).reading
                    }),
                )
            }
            Ask::Streams { .. } if self.at < self.trace.cut => None,
            Ask::Streams { streams, passes } => self.of_streams(leaf, streams, passes),
        }
    }

    fn of_profile(&self) -> Moment<'_> {
        let profile = self.profile.get_or_init(|| self.trace.profile.unpacked());
        Moment::new(profile, self.calendar, self.at)
    }

    fn of_attribute(&self, attribute: u32, question: u32) -> Option<Reading<bool>> {
        let (says, next) = self.attributes[attribute as usize].get_or_init(|| {
            let (moment, key) = (self.of_profile(), self.tracing.attributes.key(attribute));
            (self.tracing.says(attribute, moment.value_of(key)), moment.next_change(key))
        });
        Some(Reading::until(says.as_ref()?[question as usize], *next))
    }

    fn of_streams(&self, leaf: &Leaf, streams: &[u32], passes: &Passes) -> Option<Reading<bool>> {
        let (first, second) = (*streams.first()?, streams.get(1).copied());
        match (leaf, passes) {
            (Leaf::Count { window, .. }, Passes::Whole(range)) => {
                Some(self.count(first, window, *range))
            }
            (Leaf::Measure { measured, test, window }, Passes::Whole(range)) => {
                match measured.measure {
                    Measure::Count => Some(self.count(first, window, *range)),
                    Measure::Sum => self.sum(first, (test, *range), window),
                    Measure::Distinct | Measure::Days => self.different(first, *range, window),
                    Measure::Average | Measure::Least | Measure::Most => None,
                }
            }
            (Leaf::Trend(trend), Passes::Counts(comparison)) => {
                Some(self.trend_of_counts(first, trend, *comparison))
            }
            _ => self.answer_as_written(leaf, streams, (first, second)),
        }
    }

    fn answer_as_written(
        &self,
        leaf: &Leaf,
        streams: &[u32],
        (first, second): (u32, Option<u32>),
    ) -> Option<Reading<bool>> {
        match leaf {
            Leaf::First { window, if_none, .. } => {
                Some(first_lies_in(&self.span(window), self.times(first), *if_none, self.at))
            }
            Leaf::Last { window, if_none, .. } => self.last(first, second, window, *if_none),
            Leaf::Trend(trend) => self.trend(first, trend),
            Leaf::Ratio(ratio) => {
                let span = self.span(&ratio.window);
                let above = self.quantity(first, ratio.above.measure, &span)?;
                let below = self.quantity(second?, ratio.below.measure, &span)?;
                let next = [first, second?].map(|stream| span.next_change(self.times(stream)));
                let holds = ratio_holds(ratio, above, below);
                Some(Reading::until(holds, next.into_iter().flatten().min()))
            }
            Leaf::Sequence(sequence) => self.sequence(streams, sequence),
            Leaf::Regularly(regularly) => Some(regular(regularly, self.times(first), self.at)),
            Leaf::Rhythm(rhythm) => {
                let times = self.times(first);
                let so_far = times.part(0..times.up_to(self.at));
                let upcoming = (so_far.n() < times.n()).then(|| times.at(so_far.n()));
                Some(self.of_profile().overdue(rhythm, so_far, None, upcoming).0)
            }
            Leaf::Mentioned(mention) => {
                let span = self.span(&mention.window);
                let times = self.times(first);
                let n = span.of(times).n() as u32;
                Some(Reading::until(mention.test.holds(&n), span.next_change(times)))
            }
            _ => None,
        }
    }

    fn span<'w>(&'w self, window: &'w Window) -> Span<'w> {
        Span::new(window, self.calendar, self.at)
    }

    fn cells(&self, stream: u32) -> &[i64] {
        match self.places[stream as usize] {
            NOWHERE => &[],
            place => self.trace.streams.cells(place as usize),
        }
    }

    fn times(&self, stream: u32) -> Times<'_> {
        self.tracing.kind(stream).times(self.cells(stream))
    }

    fn count(&self, stream: u32, window: &Window, passes: Range) -> Reading<bool> {
        let span = self.span(window);
        counted(&span, self.times(stream), passes, self.at)
    }

    fn quantity(&self, stream: u32, measure: Measure, span: &Span<'_>) -> Option<Quantity> {
        let times = self.times(stream);
        match measure {
            Measure::Count => Some(Quantity::whole(span.of(times).n())),
            _ if times.n() == 0 => Some(Quantity::of(Decimal::ZERO)),
            _ => {
                let sums = sums(self.cells(stream))?;
                let from = times.before(span.from);
                let sum = sums.between(from, times.before(span.to).max(from));
                Some(Quantity::of(Decimal::new(sum, sums.scale)))
            }
        }
    }

    fn sum(
        &self,
        stream: u32,
        (test, whole): (&NumberTest<Decimal>, Range),
        window: &Window,
    ) -> Option<Reading<bool>> {
        let span = self.span(window);
        let times = self.times(stream);
        if times.n() == 0 {
            return Some(Reading::for_ever(test.holds(&Decimal::ZERO)));
        }
        let sums = sums(self.cells(stream))?;
        let passes = if sums.scale == 0 { whole } else { Range::of(test, sums.scale) };
        let from = times.before(span.from);
        let to = times.before(span.to).max(from);
        let holds = passes.holds(sums.between(from, to));
        if !span.is_exact() || to < times.n() {
            return Some(Reading::until(holds, span.next_change(times)));
        }
        // Nothing more comes in; the sum loses one record after another, all of an instant at once.
        let turned = (from + 1..=to).find(|rest| {
            let is_whole = *rest == to || times.at(*rest) != times.at(*rest - 1);
            is_whole && passes.holds(sums.between(*rest, to)) != holds
        });
        Some(Reading::until(holds, turned.and_then(|rest| span.leaves(times.at(rest - 1)))))
    }

    /// How many different values or days, in a window that ends now.
    fn different(&self, stream: u32, passes: Range, window: &Window) -> Option<Reading<bool>> {
        let times = self.times(stream);
        // A value that comes again later may have come before, too: only the history knows.
        if times.last().is_some_and(|last| self.at < last) {
            return None;
        }
        Some(self.count(stream, window, passes))
    }

    /// Whether the last of all is one that fits. Of several at one instant the trace does not know the last.
    fn last(
        &self,
        all: u32,
        fitting: Option<u32>,
        window: &Window,
        if_none: bool,
    ) -> Option<Reading<bool>> {
        let all = self.times(all);
        let n = all.up_to(self.at);
        let next = (n < all.n()).then(|| all.at(n));
        let Some(last) = n.checked_sub(1).map(|last| all.at(last)) else {
            return Some(Reading::until(if_none, next));
        };
        let fits = match fitting.map(|fitting| self.times(fitting)) {
            None => true,
            Some(fitting) => match fitting.up_to(last) - fitting.before(last) {
                0 => false,
                fit if fit == n - all.before(last) => true,
                _ => return None,
            },
        };
        let inside = lies_in(&self.span(window), Some(last), self.at);
        let reading = inside.and(Reading::for_ever(fits));
        let holds_until = [reading.holds_until, next].into_iter().flatten().min();
        Some(Reading::until(reading.value, holds_until))
    }

    fn trend_of_counts(&self, stream: u32, trend: &Trend, comparison: Comparison) -> Reading<bool> {
        let spans = [&trend.now, &trend.before].map(|window| self.span(window));
        let times = self.times(stream);
        let [now, before] = spans.each_ref().map(|span| span.of(times).n() as i64);
        let holds = comparison.holds(now, before);
        let flips = trend_of_counts_flips(comparison, &spans, times, holds);
        let early = || spans.iter().filter_map(|span| span.next_change(times)).min();
        Reading::until(holds, flips.unwrap_or_else(early))
    }

    fn trend(&self, stream: u32, trend: &Trend) -> Option<Reading<bool>> {
        let spans = [&trend.now, &trend.before].map(|window| self.span(window));
        let measure = trend.measured.measure;
        let now = self.quantity(stream, measure, &spans[0])?;
        let before = self.quantity(stream, measure, &spans[1])?;
        let times = self.times(stream);
        let next = spans.iter().filter_map(|span| span.next_change(times)).min();
        Some(Reading::until(trend_holds(trend, now, before), next))
    }

    /// A sequence of which the latest chain decides, while nothing of it has yet to come.
    fn sequence(&self, streams: &[u32], sequence: &Sequence) -> Option<Reading<bool>> {
        let span = self.span(&sequence.window);
        let (steps, never) = streams.split_at(1 + sequence.then.len());
        let never = never.first().map(|never| self.times(*never));
        if !span.is_exact() || never.is_some_and(|never| never.up_to(self.at) < never.n()) {
            return None;
        }
        let within = std::iter::once(None)
            .chain(sequence.then.iter().map(|step| step.within.map(|length| length.millis)));
        let mut inside: Vec<succession::Step<Times<'_>>> = vec![];
        for (stream, within) in steps.iter().zip(within) {
            let times = self.times(*stream);
            if span.after(times).n() != 0 {
                return None;
            }
            inside.push((span.of(times), within));
        }
        let since = never.and_then(InTime::last);
        let found = succession::latest(&inside)
            .filter(|chain| since.is_none_or(|since| since <= chain.last));
        Some(Reading::until(found.is_some(), succession::holds_until(found, &span)))
    }
}
