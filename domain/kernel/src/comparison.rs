//! Comparing one whole number with another, as trends do: exactly, and without dividing.

use condition::{NumberTest, TrendTest};
use facts::Decimal;

use crate::ranges::Range;

/// The test of a trend for whole numbers that stand for themselves divided by ten so many times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Comparison {
    /// What the measure before must be at least.
    base: Range,
    how: How,
}

#[derive(Debug, Clone, Copy)]
enum How {
    /// now x whole <= before x parts
    AtMost { parts: i128, whole: i128 },
    /// now x whole >= before x parts
    AtLeast { parts: i128, whole: i128 },
    /// now - before
    Moved(Range),
}

impl Comparison {
    /// None when the percentage has more digits than can be multiplied out.
    pub(crate) fn of(test: &TrendTest, base_at_least: Decimal, scale: u32) -> Option<Comparison> {
        let share = |percent: Decimal| {
            let percent = percent.normalize();
            // 63 bits of a number, 50 of the percentage and 47 of the power of ten fit into 127 only when both are small.
            let (parts, whole) = (percent.mantissa(), 10_i128.checked_pow(percent.scale() + 2)?);
            (parts.unsigned_abs() < 1 << 60 && whole < 1 << 60).then_some((parts, whole))
        };
        let how = match test {
            TrendTest::AtMost(part) => {
                let (parts, whole) = share(part.percent)?;
                How::AtMost { parts, whole }
            }
            TrendTest::AtLeast(part) => {
                let (parts, whole) = share(part.percent)?;
                How::AtLeast { parts, whole }
            }
            TrendTest::AtMostPlus(difference) => {
                How::Moved(Range::of(&NumberTest::AtMost(*difference), scale))
            }
            TrendTest::AtLeastPlus(difference) => {
                How::Moved(Range::of(&NumberTest::AtLeast(*difference), scale))
            }
        };
        Some(Comparison { base: Range::of(&NumberTest::AtLeast(base_at_least), scale), how })
    }

    pub(crate) fn holds(self, now: i64, before: i64) -> bool {
        self.base.holds(before) && self.compares(now, before)
    }

    /// Whether the answer could turn when up to so many leave the measure now, and so many come into and leave the one
    /// before. Who could with few could with more; none when a negative percentage breaks that rule.
    pub(crate) fn could_turn(
        self,
        holds: bool,
        (now, before): (i64, i64),
        (leaving, coming, going): (i64, i64, i64),
    ) -> Option<bool> {
        let (least_now, most_before) = (now - leaving.min(now), before + coming);
        let least_before = before - going.min(before);
        let fewer_help = match self.how {
            How::AtMost { parts, .. } | How::AtLeast { parts, .. } if parts < 0 => return None,
            How::AtMost { .. } => true,
            How::AtLeast { .. } => false,
            How::Moved(range) => range.least == i64::MIN,
        };
        Some(match (fewer_help, holds) {
            (true, true) => !self.holds(now, least_before),
            (true, false) => self.holds(least_now, most_before),
            (false, true) => {
                !self.compares(least_now, most_before) || !self.base.holds(least_before)
            }
            (false, false) => self.compares(now, least_before) && self.base.holds(most_before),
        })
    }

    fn compares(self, now: i64, before: i64) -> bool {
        match self.how {
            How::AtMost { parts, whole } => i128::from(now) * whole <= i128::from(before) * parts,
            How::AtLeast { parts, whole } => i128::from(before) * parts <= i128::from(now) * whole,
            How::Moved(range) => range.holds(now.saturating_sub(before)),
        }
    }
}
