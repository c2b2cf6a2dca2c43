//! Asks a sign of one customer at every date, by what was known at each.

use std::collections::BTreeMap;

use condition::{Condition, SegmentId};
use facts::{Calendar, History, Timestamp};
use kernel::{Given, Plan, PlanFault, Scratch, StrengthOf};
use signs::{Foretold, Sign};

use crate::{Dates, Look, Outcomes, Tally};

/// A sign that is to be tried, with its dates and its outcome.
#[derive(Debug)]
pub struct Proving {
    sign: Sign,
    plan: Plan,
    /// What must hold for a customer to be looked at: whom it can happen to, and what the sign requires.
    needed: Vec<usize>,
    /// The steps of its parts, part by part.
    steps: Vec<usize>,
    /// Which of them is the weightiest part as it is written.
    weightiest: usize,
    outcomes: Outcomes,
    dates: Dates,
}

/// Why a sign cannot be tried on the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CannotTry {
    /// It refers to segments that are not there, or in a circle.
    Plan(Vec<PlanFault>),
    /// It asks who is among the first by a measure, and where that line was drawn in the past is not known.
    Rank,
}

/// The number of the part that stands for the plain rule: the weightiest, the first of equal ones.
pub fn weightiest(sign: &Sign) -> usize {
    let weights = sign.parts.iter().enumerate().rev();
    weights.max_by_key(|(_, part)| part.most()).map_or(0, |(n, _)| n)
}

impl Proving {
    /// Compiles a sign and what it foretells ([`Foretold::for_sign`]). `others` are the segments they may refer to, `strengths` the signs whose strength
    /// they may ask for.
    ///
    /// # Errors
    /// [`CannotTry`].
    pub fn new(
        sign: Sign,
        foretold: &Foretold,
        dates: Dates,
        others: Vec<(SegmentId, Condition)>,
        strengths: BTreeMap<String, StrengthOf>,
    ) -> Result<Proving, CannotTry> {
        let name = |part: &str| SegmentId::hidden(&format!("tried/{part}"));
        let needed: Vec<Condition> = foretold.among.iter().chain(&sign.requires).cloned().collect();
        let first = needed.len();
        let needed = needed.into_iter().enumerate();
        let needed = needed.map(|(n, one)| (name(&format!("needed/{n}")), one));
        let steps = sign.steps().enumerate();
        let steps = steps.map(|(n, step)| (name(&n.to_string()), step.condition.clone()));
        let asked = needed.chain(steps).chain(others.clone()).collect();
        let given = Given { strengths, cuts: BTreeMap::new() };
        let plan = Plan::given(asked, given).map_err(CannotTry::Plan)?;
        if !plan.ranks().is_empty() {
            return Err(CannotTry::Rank);
        }
        let outcomes = Outcomes::new(&foretold.outcome, others).map_err(CannotTry::Plan)?;
        let before = &sign.parts[..weightiest(&sign)];
        let weightiest = before.iter().map(|part| part.steps().len()).sum();
        Ok(Proving {
            needed: (0..first).collect(),
            steps: (first..first + sign.steps().count()).collect(),
            weightiest,
            sign,
            plan,
            outcomes,
            dates,
        })
    }

    /// The dates.
    pub fn dates(&self) -> &Dates {
        &self.dates
    }

    /// The sign.
    pub fn sign(&self) -> &Sign {
        &self.sign
    }

    /// Adds one customer to what was seen.
    pub fn add(
        &self,
        history: &History,
        calendar: &Calendar,
        scratch: &mut Scratch,
        tally: &mut Tally,
    ) {
        let looks = self.looks(history, calendar, scratch);
        if looks.is_empty() {
            return;
        }
        let outcomes = self.outcomes.instants(history, calendar, self.dates.stretch(), scratch);
        tally.add(&looks, &outcomes, self.dates.horizon());
    }

    /// What the sign said of a customer at each date at which it could be asked: when the customer was known, the
    /// outcome could happen and what the sign requires held.
    pub fn looks(
        &self,
        history: &History,
        calendar: &Calendar,
        scratch: &mut Scratch,
    ) -> Vec<Look> {
        let mut looks = vec![];
        let n = self.n_asked();
        each_date(&self.plan, n, &self.dates, (history, calendar, scratch), |at, holds| {
            if !self.needed.iter().all(|needed| holds(*needed)) {
                return;
            }
            let steps: Vec<bool> = self.steps.iter().map(|step| holds(*step)).collect();
            let plain = steps.get(self.weightiest).copied().unwrap_or(false);
            let strength = self.sign.strength(steps);
            looks.push(Look { at, strength, carried: self.sign.threshold <= strength, plain });
        });
        looks
    }

    fn n_asked(&self) -> usize {
        self.steps.len() + self.needed.len()
    }
}

/// Shows each date at which a customer was known, with a way to ask the first `n` conditions of a plan by what was known
/// then. Answers are kept as long as they hold.
pub fn each_date(
    plan: &Plan,
    n: usize,
    dates: &Dates,
    (history, calendar, scratch): (&History, &Calendar, &mut Scratch),
    mut show: impl FnMut(Timestamp, &mut dyn FnMut(usize) -> bool),
) {
    let late: Vec<(Timestamp, Timestamp)> = history.not_yet_told().collect();
    let mut kept: Vec<Option<(bool, Option<Timestamp>)>> = vec![None; n];
    for at in dates.all() {
        let is_whole = late.iter().all(|(from, told)| *at < *from || *told <= *at);
        if is_whole {
            if history.known_since().is_none_or(|since| *at < since) {
                continue;
            }
            show(*at, &mut |asked| {
                if let Some((value, until)) = kept[asked]
                    && until.is_none_or(|until| *at < until)
                {
                    return value;
                }
                let reading = plan.evaluate_one(asked, history, *at, calendar, scratch);
                kept[asked] = Some((reading.value, reading.holds_until));
                reading.value
            });
            continue;
        }
        // A history of its own: nothing that was answered of the whole one holds for it.
        let then = history.as_known_at(*at);
        if then.known_since().is_some_and(|since| since <= *at) {
            show(*at, &mut |asked| plan.evaluate_one(asked, &then, *at, calendar, scratch).value);
        }
    }
}
