//! Everything that is asked of every customer, compiled together: segments and signs.

use std::collections::BTreeMap;

use condition::{Condition, SegmentId};
use facts::{Calendar, History, Reading, Timestamp};
use kernel::{Because, Cut, Given, Plan, PlanFault, RankKey, Scratch, Stay, StrengthOf, stays};
use signs::{Sign, Strength};

/// The rules of a workspace at one version of its definitions. Immutable: an edit makes new rules.
#[derive(Debug)]
pub struct Rules {
    plan: Plan,
    n_segments: usize,
    signs: Vec<SignRule>,
    calendar: Calendar,
}

/// A sign and where its conditions stand in the plan.
#[derive(Debug)]
pub struct SignRule {
    /// The sign.
    pub sign: Sign,
    requires: Option<usize>,
    parts: Vec<usize>,
}

/// The conditions of a sign as segments nobody can name (what it requires, if anything, before its parts), and how its
/// strength comes of them. A plan that is given both answers scores of the sign.
pub fn parts_of(sign: &Sign) -> (Vec<(SegmentId, Condition)>, StrengthOf) {
    let name = |part: &str| SegmentId::hidden(&format!("sign/{}/{part}", sign.id.0));
    let requires = sign.requires.clone().map(|condition| (name("requires"), condition));
    let parts: Vec<_> = (sign.parts.iter().enumerate())
        .map(|(n, part)| (name(&n.to_string()), part.condition.clone()))
        .collect();
    let weights = sign.parts.iter().map(|part| i32::from(part.weight));
    let strength = StrengthOf {
        requires: requires.as_ref().map(|(id, _)| id.clone()),
        parts: weights.zip(parts.iter().map(|(id, _)| id.clone())).collect(),
        most: 100,
    };
    (requires.into_iter().chain(parts).collect(), strength)
}

/// What the rules say of one customer at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verdict {
    /// The numbers of the segments the customer is in, rising.
    pub segments: Vec<u32>,
    /// Signs at or above their threshold: number, strength and, when asked for, since when.
    pub signs: Vec<(u32, Strength, Option<Timestamp>)>,
    /// The earliest later instant at which any of this could differ by time alone.
    pub lapses_at: Option<Timestamp>,
    /// Whether the customer is known at all.
    pub known: bool,
}

impl Rules {
    /// Compiles segments and signs; ranks hold for nobody until their cuts are given.
    ///
    /// # Errors
    /// References to segments that are not there, and circles.
    pub fn new(
        segments: Vec<(SegmentId, Condition)>,
        signs: Vec<Sign>,
        calendar: Calendar,
    ) -> Result<Rules, Vec<PlanFault>> {
        Rules::with_cuts(segments, signs, BTreeMap::new(), calendar)
    }

    /// Compiles segments and signs, with the cuts of the ranks they ask for ([`Plan::ranks`]).
    ///
    /// # Errors
    /// References to segments that are not there, and circles.
    pub fn with_cuts(
        segments: Vec<(SegmentId, Condition)>,
        signs: Vec<Sign>,
        cuts: BTreeMap<RankKey, Cut>,
        calendar: Calendar,
    ) -> Result<Rules, Vec<PlanFault>> {
        let n_segments = segments.len();
        let mut all = segments;
        let mut strengths = BTreeMap::new();
        let signs = signs
            .into_iter()
            .map(|sign| {
                let first = all.len();
                let (parts, strength) = parts_of(&sign);
                all.extend(parts);
                strengths.insert(sign.id.0.clone(), strength);
                let requires = sign.requires.is_some().then_some(first);
                let parts = (first + usize::from(requires.is_some())..all.len()).collect();
                SignRule { requires, parts, sign }
            })
            .collect();
        let plan = Plan::given(all, Given { strengths, cuts })?;
        Ok(Rules { plan, n_segments, signs, calendar })
    }

    /// The segments with their conditions, by number.
    pub fn segments(&self) -> &[(SegmentId, Condition)] {
        &self.plan.segments()[..self.n_segments]
    }

    /// The number of a segment.
    pub fn segment(&self, id: &SegmentId) -> Option<usize> {
        self.segments().iter().position(|(known, _)| known == id)
    }

    /// The signs, by number.
    pub fn signs(&self) -> &[SignRule] {
        &self.signs
    }

    /// The calendar everything is read by.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The compiled plan: segments first, then what signs need.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What the rules say of a customer at `now`.
    pub fn judge(&self, history: &History, now: Timestamp, scratch: &mut Scratch) -> Verdict {
        let readings = self.plan.evaluate(history, now, &self.calendar, scratch);
        let lapses_at = readings.iter().filter_map(|reading| reading.holds_until).min();
        assert!(lapses_at.is_none_or(|lapse| now < lapse), "a reading lapses before it was read");
        let holds = |number: usize| readings[number].value;
        let segments = (0..self.n_segments).filter(|n| holds(*n)).map(|n| n as u32).collect();
        let carried = |rule: &SignRule| {
            let means_something = rule.requires.is_none_or(holds);
            let strength = rule.sign.strength(rule.parts.iter().map(|part| holds(*part)));
            (means_something && rule.sign.threshold <= strength).then_some(strength)
        };
        let signs = self.signs.iter().enumerate();
        let signs = signs.filter_map(|(n, rule)| Some((n as u32, carried(rule)?, None))).collect();
        let known = history.known_since().is_some_and(|since| since <= now);
        Verdict { segments, signs, lapses_at, known }
    }

    /// Like [`Rules::judge`], and finds since when each sign is carried, looking back at most twice its horizon.
    pub fn judge_with_since(
        &self,
        history: &History,
        now: Timestamp,
        scratch: &mut Scratch,
    ) -> Verdict {
        let mut verdict = self.judge(history, now, scratch);
        for (number, _, since) in &mut verdict.signs {
            *since = self.carried_since(*number as usize, history, now, scratch);
        }
        verdict
    }

    /// Since when a sign is carried without a break; `None` when it is not.
    pub fn carried_since(
        &self,
        sign: usize,
        history: &History,
        now: Timestamp,
        scratch: &mut Scratch,
    ) -> Option<Timestamp> {
        let back = 2 * i64::from(self.signs[sign].sign.horizon_days) * Timestamp::DAY;
        self.sign_stays(sign, history, (now.minus(back), now), scratch)
            .last()
            .filter(|stay| stay.left.is_none())
            .map(|stay| stay.entered)
    }

    /// When a sign was carried between two instants.
    pub fn sign_stays(
        &self,
        sign: usize,
        history: &History,
        range: (Timestamp, Timestamp),
        scratch: &mut Scratch,
    ) -> Vec<Stay> {
        let rule = &self.signs[sign];
        stays(history, range, |at| self.sign_reading(rule, history, at, scratch))
    }

    /// Whether a sign is at or above its threshold at an instant.
    fn sign_reading(
        &self,
        rule: &SignRule,
        history: &History,
        at: Timestamp,
        scratch: &mut Scratch,
    ) -> Reading<bool> {
        let mut until = None;
        let mut holds = |number: usize| {
            let reading = self.plan.evaluate_one(number, history, at, &self.calendar, scratch);
            until = [until, reading.holds_until].into_iter().flatten().min();
            reading.value
        };
        let means_something = rule.requires.is_none_or(&mut holds);
        let parts: Vec<bool> = rule.parts.iter().map(|part| holds(*part)).collect();
        Reading::until(means_something && rule.sign.threshold <= rule.sign.strength(parts), until)
    }

    /// The reasons behind the parts of a sign, in their order.
    pub fn explain_sign(&self, sign: usize, history: &History, at: Timestamp) -> Vec<Because> {
        let parts = &self.signs[sign].parts;
        parts.iter().map(|part| self.plan.explain(*part, history, at, &self.calendar)).collect()
    }

    /// The reasons behind a membership.
    pub fn explain(&self, segment: usize, history: &History, at: Timestamp) -> Because {
        self.plan.explain(segment, history, at, &self.calendar)
    }
}
