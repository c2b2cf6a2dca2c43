//! How strong a sign is for one customer: at an instant, part by part, and week against week.

use facts::{History, Reading, Timestamp};
use kernel::{Because, Scratch};
use signs::Strength;

use crate::{Rules, SignRule};

/// A part of a sign as it stands for one customer.
#[derive(Debug, Clone)]
pub struct PartSeen {
    /// Why it holds or not.
    pub because: Because,
    /// What it adds to the strength now.
    pub points: Strength,
}

/// How strong a sign was at the ends of the last weeks, and is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Momentum {
    /// Now.
    pub now: Strength,
    /// Three, two and one week ago.
    pub before: [Strength; 3],
}

/// Which way a sign goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// At least ten points more than in the three weeks before.
    Rising,
    /// Between the two.
    Steady,
    /// At least ten points less.
    Falling,
}

impl Momentum {
    /// How many points more than the average of the three weeks before, rounded towards zero.
    pub fn gain(&self) -> i16 {
        let before: i16 = self.before.iter().map(|strength| i16::from(*strength)).sum();
        (3 * i16::from(self.now) - before) / 3
    }

    /// Which way it goes.
    pub fn direction(&self) -> Direction {
        match self.gain() {
            10.. => Direction::Rising,
            ..=-10 => Direction::Falling,
            _ => Direction::Steady,
        }
    }
}

impl Rules {
    /// How strong a sign is at an instant, also below its threshold; `None` where it means nothing.
    pub(crate) fn strength_reading(
        &self,
        rule: &SignRule,
        history: &History,
        at: Timestamp,
        scratch: &mut Scratch,
    ) -> Reading<Option<Strength>> {
        let mut until = None;
        let mut holds = |number: usize| {
            let reading = self.plan.evaluate_one(number, history, at, &self.calendar, scratch);
            until = [until, reading.holds_until].into_iter().flatten().min();
            reading.value
        };
        let means_something = rule.requires.is_none_or(&mut holds);
        let steps: Vec<bool> = rule.steps.iter().map(|step| holds(*step)).collect();
        Reading::until(means_something.then(|| rule.sign.strength(steps)), until)
    }

    /// How strong a sign is at an instant, and until when that cannot change by time alone; 0 where it means nothing.
    pub fn strength(
        &self,
        sign: usize,
        history: &History,
        at: Timestamp,
        scratch: &mut Scratch,
    ) -> Reading<Strength> {
        let reading = self.strength_reading(&self.signs[sign], history, at, scratch);
        Reading::until(reading.value.unwrap_or(0), reading.holds_until)
    }

    /// The reasons behind the parts of a sign, in their order, with what each adds.
    pub fn explain_sign(&self, sign: usize, history: &History, at: Timestamp) -> Vec<PartSeen> {
        let SignRule { sign, steps, .. } = &self.signs[sign];
        let mut scratch = Scratch::default();
        let mut holds = |step: &usize| {
            self.plan.evaluate_one(*step, history, at, &self.calendar, &mut scratch).value
        };
        let holding: Vec<bool> = steps.iter().map(&mut holds).collect();
        let mut first = 0;
        let seen = sign.parts.iter().zip(sign.points(&holding)).map(|(part, points)| {
            let because = self.plan.explain(steps[first], history, at, &self.calendar);
            first += part.steps().len();
            PartSeen { because, points }
        });
        seen.collect()
    }

    /// How strong a sign was and is, by all that is known now.
    pub fn momentum(&self, sign: usize, history: &History, now: Timestamp) -> Momentum {
        let mut scratch = Scratch::default();
        let mut ago = |weeks: i64| {
            let at = now.minus(7 * weeks * Timestamp::DAY);
            self.strength(sign, history, at, &mut scratch).value
        };
        let before = [ago(3), ago(2), ago(1)];
        Momentum { now: ago(0), before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_rises_and_falls_against_the_three_weeks_before() {
        let momentum = |now, before| Momentum { now, before };
        assert_eq!(momentum(60, [0, 0, 30]).gain(), 50);
        assert_eq!(momentum(60, [0, 0, 30]).direction(), Direction::Rising);
        assert_eq!(momentum(50, [50, 50, 55]).direction(), Direction::Steady);
        assert_eq!(momentum(50, [61, 60, 60]).gain(), -10);
        assert_eq!(momentum(50, [61, 60, 60]).direction(), Direction::Falling);
    }
}
