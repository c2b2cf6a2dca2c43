//! Tests of numbers as ranges of whole numbers, so that comparing a lane is two comparisons.

use condition::NumberTest;
use facts::Decimal;

/// From `least` to `greatest`, both in; empty when `greatest` is below `least`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) least: i64,
    pub(crate) greatest: i64,
}

impl Range {
    const EMPTY: Range = Range { least: 1, greatest: 0 };

    /// The same range within 32 bits; none when nothing of it is there.
    pub(crate) fn narrow(self) -> Option<(i32, i32)> {
        let (lowest, highest) = (i64::from(i32::MIN), i64::from(i32::MAX));
        let (least, greatest) = (self.least.max(lowest), self.greatest.min(highest));
        // Both lie in reach now, so that the conversions keep their values.
        (least <= greatest).then_some((least as i32, greatest as i32))
    }

    pub(crate) fn holds(self, number: i64) -> bool {
        self.least <= number && number <= self.greatest
    }

    /// Of a number that falls one by one down to 0: the first on the way for which the answer is another.
    pub(crate) fn first_turn_below(self, number: i64) -> Option<i64> {
        let turned = if self.holds(number) {
            self.least.checked_sub(1)?
        } else if self.least <= self.greatest && self.greatest < number {
            self.greatest
        } else {
            return None;
        };
        (0..number).contains(&turned).then_some(turned)
    }

    /// The whole numbers that pass a test.
    pub(crate) fn of_count(test: &NumberTest<u32>) -> Range {
        Range::of(&test.map(|number| Decimal::from(*number)), 0)
    }

    /// The whole numbers that pass a test when each stands for itself divided by ten `scale` times.
    pub(crate) fn of(test: &NumberTest<Decimal>, scale: u32) -> Range {
        let edge = |number: &Decimal| Edge::of(*number, scale);
        match test {
            NumberTest::AtLeast(number) => Range::between(edge(number).ceiling, i128::MAX),
            NumberTest::AtMost(number) => Range::between(i128::MIN, edge(number).floor),
            NumberTest::MoreThan(number) => {
                Range::between(edge(number).floor.saturating_add(1), i128::MAX)
            }
            NumberTest::LessThan(number) => {
                Range::between(i128::MIN, edge(number).ceiling.saturating_sub(1))
            }
            NumberTest::Exactly(number) => Range::between(edge(number).ceiling, edge(number).floor),
            NumberTest::Between(a, b) => Range::between(edge(a).ceiling, edge(b).floor),
        }
    }

    fn between(least: i128, greatest: i128) -> Range {
        let (lowest, highest) = (i128::from(i64::MIN), i128::from(i64::MAX));
        if greatest < least || highest < least || greatest < lowest {
            return Range::EMPTY;
        }
        // Both lie in reach now, so that the conversions keep their values.
        Range { least: least.max(lowest) as i64, greatest: greatest.min(highest) as i64 }
    }
}

/// A number multiplied by ten `scale` times, rounded down and up; beyond all whole numbers of 64 bits it stops there.
struct Edge {
    floor: i128,
    ceiling: i128,
}

impl Edge {
    fn of(number: Decimal, scale: u32) -> Edge {
        let number = number.normalize();
        let mantissa = number.mantissa();
        match scale.checked_sub(number.scale()) {
            Some(up) => {
                let factor = 10_i128.checked_pow(up);
                let far = if mantissa < 0 { i128::MIN } else { i128::MAX };
                let whole = factor.and_then(|factor| mantissa.checked_mul(factor)).unwrap_or(far);
                let whole = if mantissa == 0 { 0 } else { whole };
                Edge { floor: whole, ceiling: whole }
            }
            None => {
                // A scale is at most 28, so the power fits.
                let factor = 10_i128.pow(number.scale() - scale);
                let floor = mantissa.div_euclid(factor);
                let ceiling = floor + i128::from(mantissa.rem_euclid(factor) != 0);
                Edge { floor, ceiling }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_turn_below_is_what_a_walk_finds() {
        let edges = [i64::MIN, -1, 0, 1, 3, 5, 6, i64::MAX];
        for least in edges {
            for greatest in edges {
                let range = Range { least, greatest };
                for number in 0..8 {
                    let holds = range.holds(number);
                    let walked = (0..number).rev().find(|one| range.holds(*one) != holds);
                    assert_eq!(range.first_turn_below(number), walked, "{range:?} from {number}");
                }
            }
        }
    }

    #[test]
    fn a_range_holds_what_the_test_holds() {
        let thresholds = [
            "-2.5",
            "-2",
            "-0.01",
            "0",
            "0.5",
            "1",
            "1.25",
            "2",
            "3.999",
            "79228162514264337593543950335",
        ];
        let thresholds = thresholds.map(|text| text.parse::<Decimal>().unwrap());
        let mut asked = 0;
        for a in thresholds {
            for b in thresholds {
                let tests = [
                    NumberTest::AtLeast(a),
                    NumberTest::AtMost(a),
                    NumberTest::MoreThan(a),
                    NumberTest::LessThan(a),
                    NumberTest::Exactly(a),
                    NumberTest::Between(a, b),
                ];
                for test in tests {
                    for scale in [0, 1, 2, 5] {
                        let range = Range::of(&test, scale);
                        for whole in -400..=400 {
                            let number = Decimal::new(whole, scale);
                            assert_eq!(
                                range.holds(whole),
                                test.holds(&number),
                                "{test:?} of {number}"
                            );
                            asked += 1;
                        }
                    }
                }
            }
        }
        assert_eq!(asked, 10 * 10 * 6 * 4 * 801);
    }
}
