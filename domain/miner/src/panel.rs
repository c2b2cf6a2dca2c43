//! Who fits which candidate at which date, and when the outcome came: a bit for each date.

use condition::{Condition, SegmentId};
use facts::{Calendar, History, Timestamp};
use kernel::{Plan, PlanFault, Scratch};
use proving::{Dates, Outcomes, each_date};
use signs::Foretold;

use crate::Candidate;

/// The candidates, ready to be asked of histories.
#[derive(Debug)]
pub struct Panel {
    plan: Plan,
    has_among: bool,
    n: usize,
    outcomes: Outcomes,
    dates: Dates,
    gap: i64,
}

/// One customer: a bit for each date, the oldest lowest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    /// Whether the outcome could come.
    pub(crate) eligible: u64,
    /// Whether the outcome came in time to be acted on, and within the horizon.
    pub(crate) followed: u64,
    /// Whether it came sooner, so that the date says nothing.
    pub(crate) too_soon: u64,
    /// For each candidate that ever held: its number, and where it held.
    pub(crate) held: Vec<(u32, u64)>,
    /// Days from each date to the outcome that followed, for the lead time; as many as `followed` has bits.
    pub(crate) leads: Vec<u16>,
}

impl Rows {
    /// Where a candidate held and the outcome could come: a bit for each date.
    pub fn held_at(&self, candidate: usize) -> u64 {
        let found = self.held.binary_search_by_key(&(candidate as u32), |(n, _)| *n);
        found.map_or(0, |place| self.held[place].1 & self.eligible)
    }
}

impl Panel {
    /// So many dates have a bit.
    pub const DATES_MOST: usize = 64;

    /// Compiles candidates. Of more dates than [`Panel::DATES_MOST`] the latest count; `others` are the segments they may
    /// refer to. An outcome within a quarter of the horizon, at most 3 days, after a date is too soon to act on.
    ///
    /// # Errors
    /// References to segments that are not there.
    pub fn new(
        candidates: &[Candidate],
        foretold: &Foretold,
        dates: Dates,
        others: Vec<(SegmentId, Condition)>,
    ) -> Result<Panel, Vec<PlanFault>> {
        let name = |n: usize| SegmentId::hidden(&format!("mined/{n}"));
        let conditions = candidates.iter().map(|one| one.condition.clone());
        let all = conditions.chain(foretold.among.clone()).enumerate();
        let all = all.map(|(n, condition)| (name(n), condition)).chain(others.clone());
        let plan = Plan::new(all.collect())?;
        let outcomes = Outcomes::new(&foretold.outcome, others)?;
        let gap = (dates.horizon() / 4).min(3 * Timestamp::DAY);
        let has_among = foretold.among.is_some();
        Ok(Panel { plan, has_among, n: candidates.len(), outcomes, dates, gap })
    }

    /// How many dates there are.
    pub fn n_dates(&self) -> usize {
        self.dates.all().len().min(Panel::DATES_MOST)
    }

    /// Asks one customer; none when there is no date at which the outcome could come.
    pub fn ask(
        &self,
        history: &History,
        calendar: &Calendar,
        scratch: &mut Scratch,
    ) -> Option<Rows> {
        let skip = self.dates.all().len() - self.n_dates();
        let all = &self.dates.all()[skip..];
        let horizon = self.dates.horizon();
        let range = (*all.first()?, all.last()?.plus(horizon));
        let mut held = vec![0_u64; self.n];
        let mut eligible = 0_u64;
        let asked = self.n + usize::from(self.has_among);
        each_date(&self.plan, asked, &self.dates, (history, calendar, scratch), |at, holds| {
            let Ok(place) = all.binary_search(&at) else { return };
            if self.has_among && !holds(self.n) {
                return;
            }
            eligible |= 1 << place;
            for (n, bits) in held.iter_mut().enumerate() {
                *bits |= u64::from(holds(n)) << place;
            }
        });
        if eligible == 0 {
            return None;
        }
        let came = self.outcomes.instants(history, calendar, range, scratch);
        let (mut followed, mut too_soon, mut leads) = (0_u64, 0_u64, vec![]);
        for (place, at) in all.iter().enumerate() {
            let next = came.get(came.partition_point(|outcome| *outcome <= *at));
            let Some(outcome) = next.filter(|outcome| **outcome <= at.plus(horizon)) else {
                continue;
            };
            if *outcome <= at.plus(self.gap) {
                too_soon |= 1 << place;
            } else {
                followed |= 1 << place;
                leads.push(u16::try_from(outcome.since(*at) / Timestamp::DAY).unwrap_or(u16::MAX));
            }
        }
        let held = held.into_iter().zip(0_u32..).filter(|(bits, _)| *bits != 0);
        let held = held.map(|(bits, n)| (n, bits)).collect();
        Some(Rows { eligible, followed, too_soon, held, leads })
    }
}
