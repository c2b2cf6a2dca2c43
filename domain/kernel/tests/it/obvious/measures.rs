//! Measures over events, and a measure against the one before.

use std::collections::BTreeSet;

use condition::{Measure, Measured, NumberTest, Trend, TrendTest, Window};
use facts::{Decimal, Value};

use super::{Obvious, values};

/// A number as a fraction, `top / bottom`.
pub(super) type Fraction = (Decimal, Decimal);

impl Obvious<'_> {
    pub(super) fn measure(
        &self,
        measured: &Measured,
        test: &NumberTest<Decimal>,
        window: &Window,
    ) -> bool {
        let Some((top, bottom)) = self.measured(measured, window) else { return false };
        let at_least = |n: &Decimal| n * bottom <= top;
        let at_most = |n: &Decimal| top <= n * bottom;
        match test {
            NumberTest::AtLeast(n) => at_least(n),
            NumberTest::AtMost(n) => at_most(n),
            NumberTest::MoreThan(n) => !at_most(n),
            NumberTest::LessThan(n) => !at_least(n),
            NumberTest::Exactly(n) => at_least(n) && at_most(n),
            NumberTest::Between(low, high) => at_least(low) && at_most(high),
        }
    }

    pub(super) fn trend(&self, trend: &Trend) -> bool {
        let now = self.measured(&trend.measured, &trend.now);
        let before = self.measured(&trend.measured, &trend.before);
        let (Some(now), Some(before)) = (now, before) else { return false };
        if before.0 < trend.base_at_least * before.1 {
            return false;
        }
        let percent = |percent: Decimal| (before.0 * percent, before.1 * Decimal::ONE_HUNDRED);
        let plus = |more: Decimal| (before.0 + more * before.1, before.1);
        let at_most = |a: Fraction, b: Fraction| a.0 * b.1 <= b.0 * a.1;
        match &trend.test {
            TrendTest::AtMost(share) => at_most(now, percent(share.percent)),
            TrendTest::AtLeast(share) => at_most(percent(share.percent), now),
            TrendTest::AtMostPlus(more) => at_most(now, plus(*more)),
            TrendTest::AtLeastPlus(more) => at_most(plus(*more), now),
        }
    }

    pub(super) fn measured(&self, measured: &Measured, window: &Window) -> Option<Fraction> {
        let events = self.inside(&measured.events, window);
        let values: Vec<Value> =
            events.iter().map(|event| self.property(event, &measured.of)).collect();
        let numbers: Vec<Decimal> = values.iter().filter_map(values::number).collect();
        let sum: Decimal = numbers.iter().sum();
        let whole = |n: usize| Some((Decimal::from(n), Decimal::ONE));
        match measured.measure {
            Measure::Count => whole(events.len()),
            Measure::Sum => Some((sum, Decimal::ONE)),
            Measure::Average => (!numbers.is_empty()).then(|| (sum, Decimal::from(numbers.len()))),
            Measure::Least => numbers.into_iter().min().map(|least| (least, Decimal::ONE)),
            Measure::Most => numbers.into_iter().max().map(|most| (most, Decimal::ONE)),
            Measure::Distinct => {
                let known = values.iter().filter(|value| **value != Value::Missing);
                whole(known.map(Value::to_string).collect::<BTreeSet<_>>().len())
            }
            Measure::Days => {
                let days: BTreeSet<_> =
                    events.iter().map(|event| self.almanac.date(event.at)).collect();
                whole(days.len())
            }
        }
    }
}
