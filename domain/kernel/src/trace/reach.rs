//! How far back the questions look at a stream, so that a trace need not keep the rest.
//!
//! "At least five in ninety days" looks at the latest five, and at none that is older than ninety days. As time goes on,
//! both move forward only: what lies behind them now is never looked at again.

use condition::{Leaf, Measure, Sequence, Window};
use facts::{Millis, Period, Timestamp};

use super::tracing::Passes;
use crate::{in_time::InTime, ranges::Range};

/// For each kind of question: the latest so many events, and of those none that is older than so long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reach(Vec<(usize, Millis)>);

/// All of them, and however old.
const ALL: usize = usize::MAX;
const EVER: Millis = Millis::MAX;

impl Reach {
    /// Everything is looked at.
    pub(super) fn everything() -> Reach {
        Reach(vec![(ALL, EVER)])
    }

    /// Only the last of all is looked at.
    pub(super) fn last() -> Reach {
        Reach(vec![(1, EVER)])
    }

    /// Everything that lies in a window or may come into it.
    pub(super) fn window(window: &Window) -> Reach {
        Reach(vec![(ALL, back(window))])
    }

    /// What the number of those in a window is told by, where it matters only in a range.
    fn counted(window: &Window, passes: Range) -> Reach {
        // More than `most` pass, or fail, as `most` do.
        let most = match passes.greatest {
            i64::MAX => passes.least,
            greatest => greatest.saturating_add(1),
        };
        let most = usize::try_from(most.max(1)).unwrap_or(ALL);
        Reach(vec![(if loses_the_oldest(window) { most } else { ALL }, back(window))])
    }

    /// How far a leaf looks back at each of its `n` streams.
    pub(super) fn of(leaf: &Leaf, passes: &Passes, n: usize) -> Vec<Reach> {
        let whole = || vec![Reach::everything(); n];
        match (leaf, passes) {
            (Leaf::Count { window, .. }, Passes::Whole(range)) => {
                vec![Reach::counted(window, *range); n]
            }
            (Leaf::Measure { measured, window, .. }, Passes::Whole(range)) => {
                match measured.measure {
                    Measure::Sum => vec![Reach::window(window); n],
                    _ => vec![Reach::counted(window, *range); n],
                }
            }
            (Leaf::Trend(trend), _) => {
                let mut reach = Reach::window(&trend.now);
                reach.join(&Reach::window(&trend.before));
                vec![reach; n]
            }
            (Leaf::Ratio(ratio), _) => vec![Reach::window(&ratio.window); n],
            (Leaf::Last { .. }, _) => vec![Reach::last(); n],
            (Leaf::Sequence(sequence), _) => Reach::in_order(sequence),
            (Leaf::Mentioned(mention), _) => vec![Reach::window(&mention.window); n],
            _ => whole(),
        }
    }

    /// Of what must not have come since, only the last matters.
    fn in_order(sequence: &Sequence) -> Vec<Reach> {
        let steps = vec![Reach::window(&sequence.window); 1 + sequence.then.len()];
        steps.into_iter().chain(sequence.never_since.iter().map(|_| Reach::last())).collect()
    }

    /// Reaches as far as this and another.
    pub(super) fn join(&mut self, other: &Reach) {
        self.0.extend(&other.0);
        let all = std::mem::take(&mut self.0);
        let covers = |one: &(usize, Millis), by: &(usize, Millis)| one.0 <= by.0 && one.1 <= by.1;
        for (place, one) in all.iter().enumerate() {
            let is_covered = |(n, by): (usize, &(usize, Millis))| {
                n != place && covers(one, by) && (one != by || n < place)
            };
            if !all.iter().enumerate().any(is_covered) {
                self.0.push(*one);
            }
        }
    }

    /// How many of the first events no question looks at any more from `cut` on.
    pub(super) fn beyond(&self, times: impl InTime, cut: Timestamp) -> usize {
        let so_far = times.up_to(cut);
        let first = |(latest, back): &(usize, Millis)| {
            let old = times.before(cut.minus(*back)).min(so_far);
            let first = so_far.saturating_sub(*latest).max(old);
            // All of one instant stay together: of the last of all it matters which they are.
            if first < so_far { times.before(times.at(first)) } else { first }
        };
        let first = self.0.iter().map(first).min();
        // Of what has not happened yet, nothing is old.
        first.unwrap_or(so_far)
    }
}

/// Whether the records of a window are always the latest ones, so that the oldest goes out first and none comes back.
fn loses_the_oldest(window: &Window) -> bool {
    match window {
        Window::Always | Window::Last(_) | Window::LastDays(_) => true,
        Window::Calendar(named) => named.back == 0,
        Window::LastMonths(_) | Window::Ago { .. } | Window::OlderThan(_) | Window::Days { .. } => {
            false
        }
    }
}

/// What is older than this lies in a window neither now nor later; for windows of days rather too long than too short.
fn back(window: &Window) -> Millis {
    /// A zone may jump over a day, and the edge of a window of months may step back by some.
    const SPARE: i64 = 10;
    let days = |n: i64| n.saturating_add(SPARE).saturating_mul(Timestamp::DAY);
    match window {
        Window::Always | Window::OlderThan(_) | Window::Days { .. } => EVER,
        Window::Last(length) => length.millis,
        Window::Ago { from, .. } => from.millis,
        Window::LastDays(n) => days(i64::from(*n)),
        Window::LastMonths(n) => days(31 * i64::from(*n)),
        Window::Calendar(named) => {
            days(most_days(named.period).saturating_mul(i64::from(named.back) + 1))
        }
    }
}

/// How many days a period has at most.
fn most_days(period: Period) -> i64 {
    match period {
        Period::Day => 1,
        Period::Week => 7,
        Period::Month => 31,
        Period::Quarter => 92,
        Period::Half => 184,
        Period::FiscalYear | Period::Year => 366,
    }
}
