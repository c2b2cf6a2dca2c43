//! How what a part adds grows with more records and fades with their age, in steps that are conditions themselves.
//!
//! A part that is worth 8 points, 20 at most, and is halved every 7 days, over records of the last 28 days:
//!
//! ```text
//!   age of a record   0 ────── 7d ────── 14d ────── 21d ────── 28d
//!   it adds              8     │    4     │    2     │    1     │ nothing
//!
//!   the newest record adds 8 at most, the second 8, the third what is left of the 20, which is 4
//! ```
//! The m-th newest record lies in the last 7 days exactly where at least m records do. So each step is a count in a window,
//! `count in the last j half-lives >= m`, which adds the difference to the next older step; what holds adds up to the
//! sum above. Steps are ordinary conditions, and change at their exact instants.

use condition::{Condition, Leaf, Length, NumberTest, Window};

use crate::Strength;

/// A condition, and what it adds where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What must hold.
    pub condition: Condition,
    /// How many points it adds.
    pub adds: Strength,
}

/// How a part grows and fades.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Growth {
    /// The most the part adds; none: its weight once.
    pub cap: Option<Strength>,
    /// After each such time a record adds half of what it did; none: all of it as long as it counts.
    pub half_life: Option<Length>,
}

/// Why a part cannot grow or fade as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoGrowth {
    /// A cap below the weight, or one that so many records would be needed for that nobody could follow.
    Cap,
    /// To grow, exactly one count with a lower bound must be in it.
    Count,
    /// To fade, a count with a lower bound in the last so long must be in it, and be longer than the half-life.
    Window,
}

/// So many records of a part are added up at most.
pub const RECORDS_MOST: u32 = 20;

/// The steps of a part. The first is the condition as it is written.
///
/// # Errors
/// [`NoGrowth`].
pub(crate) fn steps(
    condition: &Condition,
    weight: Strength,
    growth: Growth,
) -> Result<Vec<Step>, NoGrowth> {
    let cap = growth.cap.unwrap_or(weight);
    let records = u32::from(cap).div_ceil(u32::from(weight.max(1))).max(1);
    if cap < weight || 100 < cap || RECORDS_MOST < records {
        return Err(NoGrowth::Cap);
    }
    let found = Counts::of(condition);
    if 1 < records && (found.n != 1 || found.has_choice) {
        return Err(NoGrowth::Count);
    }
    let ages = match growth.half_life {
        None => 1,
        Some(half) => {
            match found.longest.filter(|longest| 0 < half.millis && half.millis < *longest) {
                Some(longest) => 1 + (longest - 1) / half.millis,
                None => return Err(NoGrowth::Window),
            }
        }
    };
    let mut steps = vec![];
    for record in 0..records {
        let points = u32::from(cap).saturating_sub(record * u32::from(weight)).min(weight.into());
        for age in (0..ages).rev() {
            let left = |age: i64| points.checked_shr(u32::try_from(age).unwrap_or(32)).unwrap_or(0);
            let is_oldest = age + 1 == ages;
            let adds = left(age) - if is_oldest { 0 } else { left(age + 1) };
            // The whole condition stands first also where it adds nothing any more, so that it can be asked why.
            if adds == 0 && !(is_oldest && record == 0) {
                continue;
            }
            let within = growth.half_life.filter(|_| !is_oldest).map(|half| (half, age + 1));
            steps.push(Step {
                condition: narrowed(condition, within, record),
                adds: adds as Strength,
            });
        }
    }
    Ok(steps)
}

/// The counts with a lower bound that a condition rests on.
#[derive(Debug, Default)]
struct Counts {
    n: usize,
    /// Whether one of them may stand in for another.
    has_choice: bool,
    /// The longest window of the last so long, in milliseconds; none when there is no such window.
    longest: Option<i64>,
}

impl Counts {
    fn of(condition: &Condition) -> Counts {
        let mut counts = Counts::default();
        counts.add(condition);
        counts
    }

    fn add(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) => parts.iter().for_each(|part| self.add(part)),
            Condition::Any(parts) => {
                self.has_choice = true;
                parts.iter().for_each(|part| self.add(part));
            }
            Condition::Some { satisfies, .. } | Condition::Company(satisfies) => {
                self.add(satisfies)
            }
            Condition::Leaf(leaf) => {
                let Some((NumberTest::AtLeast(_) | NumberTest::MoreThan(_), window)) =
                    counted(leaf)
                else {
                    return;
                };
                self.n += 1;
                if let Window::Last(length) = window {
                    self.longest = self.longest.max(Some(length.millis));
                }
            }
            // What is counted for contacts, turned round or weighed does not rise with each record.
            Condition::Not(_) | Condition::Contacts { .. } | Condition::Points { .. } => {}
        }
    }
}

fn counted(leaf: &Leaf) -> Option<(NumberTest<u32>, Window)> {
    match leaf {
        Leaf::Count { test, window, .. } => Some((*test, *window)),
        Leaf::Mentioned(mention) => Some((mention.test, mention.window)),
        _ => None,
    }
}

/// The same condition, where each of its counts asks for so many records more, within at most so many half-lives.
fn narrowed(condition: &Condition, within: Option<(Length, i64)>, more: u32) -> Condition {
    let inner = |condition: &Condition| narrowed(condition, within, more);
    match condition {
        Condition::All(parts) => Condition::All(parts.iter().map(inner).collect()),
        Condition::Any(parts) => Condition::Any(parts.iter().map(inner).collect()),
        Condition::Some { property, of, satisfies } => Condition::Some {
            property: property.clone(),
            of: of.clone(),
            satisfies: Box::new(inner(satisfies)),
        },
        Condition::Company(satisfies) => Condition::Company(Box::new(inner(satisfies))),
        Condition::Leaf(leaf) => Condition::Leaf(narrowed_leaf(leaf, within, more)),
        Condition::Not(_) | Condition::Contacts { .. } | Condition::Points { .. } => {
            condition.clone()
        }
    }
}

fn narrowed_leaf(leaf: &Leaf, within: Option<(Length, i64)>, more: u32) -> Leaf {
    let test = |test: &NumberTest<u32>| match test {
        NumberTest::AtLeast(n) => NumberTest::AtLeast(n.saturating_add(more)),
        NumberTest::MoreThan(n) => NumberTest::MoreThan(n.saturating_add(more)),
        other => *other,
    };
    let window = |window: Window| match (window, within) {
        (Window::Last(length), Some((half, times))) if half.millis * times < length.millis => {
            let n = half.n.saturating_mul(u32::try_from(times).unwrap_or(u32::MAX));
            Window::Last(Length { millis: half.millis * times, n, unit: half.unit })
        }
        (other, _) => other,
    };
    let mut leaf = leaf.clone();
    let (its_test, its_window) = match &mut leaf {
        Leaf::Count { test, window, .. } => (test, window),
        Leaf::Mentioned(mention) => (&mut mention.test, &mut mention.window),
        _ => return leaf,
    };
    if matches!(its_test, NumberTest::AtLeast(_) | NumberTest::MoreThan(_)) {
        *its_test = test(its_test);
        *its_window = window(*its_window);
    }
    leaf
}

#[cfg(test)]
mod tests {
    use super::*;
    use condition::Draft;

    fn of(json: &str) -> Condition {
        Draft::from_json(json).unwrap().check().unwrap()
    }

    fn growth(cap: Option<Strength>, half_life: Option<&str>) -> Growth {
        Growth { cap, half_life: half_life.map(|text| Length::parse(text).unwrap()) }
    }

    fn adds(steps: &[Step]) -> Vec<Strength> {
        steps.iter().map(|step| step.adds).collect()
    }

    #[test]
    fn a_part_that_neither_grows_nor_fades_is_one_step() {
        let condition = of(
            r#"{"trend":{"measure":"count","event":"login"},"now":{"last":"30d"},"before":{"ago":["60d","30d"]},"is":{"at_most":{"percent":50}}}"#,
        );
        let steps = steps(&condition, 50, Growth::default()).unwrap();
        assert_eq!(steps, [Step { condition, adds: 50 }]);
    }

    #[test]
    fn the_first_step_is_the_condition_and_all_of_them_add_up_to_the_cap() {
        let condition = of(r#"{"event":"page_viewed","count":{"at_least":2},"last":"28d"}"#);
        let steps = steps(&condition, 8, growth(Some(20), Some("7d"))).unwrap();
        assert_eq!(steps[0].condition, condition);
        assert_eq!(steps.iter().map(|step| u32::from(step.adds)).sum::<u32>(), 20);
        // 8, 4, 2, 1 of each of two records, and 4, 2, 1 of the third.
        assert_eq!(adds(&steps), [1, 1, 2, 4, 1, 1, 2, 4, 1, 1, 2]);
        let second_in_a_week = of(r#"{"event":"page_viewed","count":{"at_least":3},"last":"7d"}"#);
        assert_eq!(steps[7].condition, second_in_a_week);
    }

    #[test]
    fn fading_reaches_into_choices_and_into_some_value() {
        let any = of(r#"{"any":[{"event":"a","last":"60d"},{"event":"b","last":"30d"}]}"#);
        let faded = steps(&any, 30, growth(None, Some("30d"))).unwrap();
        assert_eq!(adds(&faded), [15, 15]);
        assert_eq!(
            faded[1].condition,
            of(r#"{"any":[{"event":"a","last":"30d"},{"event":"b","last":"30d"}]}"#)
        );
        assert_eq!(steps(&any, 30, growth(Some(60), None)), Err(NoGrowth::Count));
    }

    #[test]
    fn what_cannot_grow_or_fade_is_refused() {
        let none = of(r#"{"event":"login","count":{"at_most":0},"last":"30d"}"#);
        assert_eq!(steps(&none, 10, growth(Some(20), None)), Err(NoGrowth::Count));
        assert_eq!(steps(&none, 10, growth(None, Some("7d"))), Err(NoGrowth::Window));
        let ever = of(r#"{"event":"login"}"#);
        assert_eq!(steps(&ever, 10, growth(None, Some("7d"))), Err(NoGrowth::Window));
        assert!(steps(&ever, 10, growth(Some(30), None)).is_ok());
        assert_eq!(steps(&ever, 10, growth(Some(9), None)), Err(NoGrowth::Cap));
        assert_eq!(steps(&ever, 2, growth(Some(42), None)), Err(NoGrowth::Cap));
        let short = of(r#"{"event":"login","last":"7d"}"#);
        assert_eq!(steps(&short, 10, growth(None, Some("7d"))), Err(NoGrowth::Window));
    }
}
