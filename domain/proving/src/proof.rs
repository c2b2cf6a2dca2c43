//! What came of trying a sign.

use facts::Timestamp;

use crate::{Counts, Dates, Drift, Rate, Ratio, Tally};

/// How a sign did at past dates. Where there is too little to judge, no rate of the sign is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// The first date at which anybody could be looked at, and the last.
    pub dates: Option<(Timestamp, Timestamp)>,
    /// How many dates lie between them, both in.
    pub n_dates: usize,
    /// Days between two dates.
    pub step_days: u16,
    /// Days in which the outcome counts.
    pub horizon_days: u16,
    /// How often the outcome follows, whatever the sign says: each customer at each date.
    pub base: Option<Rate>,
    /// How often the sign was right: each time it came up.
    pub right: Option<Rate>,
    /// How often its weightiest part alone was right; none where that is the whole sign.
    pub plain: Option<Rate>,
    /// How many of the outcomes it foresaw.
    pub caught: Option<Rate>,
    /// Right against base.
    pub lift: Option<Ratio>,
    /// Right against the weightiest part alone.
    pub over_plain: Option<Ratio>,
    /// How early it came up before the outcomes it foresaw.
    pub leads: Vec<Lead>,
    /// Half of these outcomes came so many whole days after the sign, or later.
    pub median_lead: Option<u16>,
    /// How often the outcome followed at each strength.
    pub bands: Vec<Band>,
    /// Whether it is right less often lately; none where there is too little to compare.
    pub drift: Option<Drift>,
    /// What all this comes to.
    pub verdict: Verdict,
}

/// So many outcomes came so many days after the sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lead {
    /// From so many whole days, in.
    pub from: u16,
    /// To so many whole days, in.
    pub to: u16,
    /// How many.
    pub n: u64,
}

/// How often the outcome followed where the sign was so strong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The least strength, in.
    pub from: u8,
    /// The greatest strength, in.
    pub to: u8,
    /// How often; none where nobody was.
    pub rate: Option<Rate>,
    /// Whether there is enough to believe it.
    pub is_enough: bool,
}

/// Whether a sign can be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// There is too little to say.
    TooLittle(Vec<Lack>),
    /// It is right more often than not knowing it: the interval of its lift lies above one.
    Foretells,
    /// No difference can be told.
    Unclear,
    /// It is right less often: the interval of its lift lies below one.
    Misleads,
}

/// What there is too little of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The sign came up too rarely.
    Alerts {
        /// How often.
        found: u64,
        /// How often it should have.
        needed: u64,
    },
    /// It came up at too few customers.
    Customers {
        /// At how many.
        found: u64,
        /// At how many it should have.
        needed: u64,
    },
    /// The outcome came too rarely.
    Outcomes {
        /// How often.
        found: u64,
        /// How often it should have.
        needed: u64,
    },
}

/// With fewer nothing is claimed.
const ALERTS_LEAST: u64 = 10;
const CUSTOMERS_LEAST: u64 = 5;
const OUTCOMES_LEAST: u64 = 5;
/// With fewer customers or looks the share of a band is not believed.
const BAND_LEAST: (u64, u64) = (5, 20);
/// Into about so many stretches the horizon is cut.
const LEADS: u16 = 8;

impl Proof {
    /// What the counts come to. `parts` is how many parts the sign has.
    pub fn of(tally: &Tally, dates: &Dates, parts: usize) -> Proof {
        let first = tally.first;
        let asked = dates.all().iter().filter(|at| first.is_some_and(|first| first <= **at));
        let n_dates = asked.count();
        let horizon_days = u16::try_from(dates.horizon() / Timestamp::DAY).unwrap_or(u16::MAX);
        let lift = Ratio::of(&tally.alerts, &tally.base);
        let verdict = verdict(tally, lift);
        let is_enough = !matches!(verdict, Verdict::TooLittle(_));
        let has_plain = is_enough && 1 < parts;
        Proof {
            dates: first.zip(dates.all().last().copied()),
            n_dates,
            step_days: dates.step_days(),
            horizon_days,
            base: tally.base.rate(),
            right: tally.alerts.rate().filter(|_| is_enough),
            plain: tally.plain.rate().filter(|_| has_plain),
            caught: tally.outcomes.rate().filter(|_| is_enough),
            over_plain: Ratio::of(&tally.alerts, &tally.plain).filter(|_| has_plain),
            leads: leads(&tally.leads, horizon_days),
            median_lead: median(&tally.leads),
            bands: bands(&tally.bands),
            lift: lift.filter(|_| is_enough),
            drift: Drift::of(
                (&tally.before_and_lately.0, &tally.before_and_lately.1),
                &tally.by_date,
                dates.lately(),
            ),
            verdict,
        }
    }
}

fn verdict(tally: &Tally, lift: Option<Ratio>) -> Verdict {
    let lacks = [
        (tally.alerts.of < ALERTS_LEAST)
            .then_some(Lack::Alerts { found: tally.alerts.of, needed: ALERTS_LEAST }),
        (tally.alerts.customers < CUSTOMERS_LEAST)
            .then_some(Lack::Customers { found: tally.alerts.customers, needed: CUSTOMERS_LEAST }),
        (tally.outcomes.of < OUTCOMES_LEAST)
            .then_some(Lack::Outcomes { found: tally.outcomes.of, needed: OUTCOMES_LEAST }),
    ];
    let lacks: Vec<Lack> = lacks.into_iter().flatten().collect();
    match lift {
        _ if !lacks.is_empty() => Verdict::TooLittle(lacks),
        Some(lift) if 1.0 < lift.low => Verdict::Foretells,
        Some(lift) if lift.high < 1.0 => Verdict::Misleads,
        _ => Verdict::Unclear,
    }
}

fn leads(by_day: &[u64], horizon_days: u16) -> Vec<Lead> {
    if by_day.iter().all(|n| *n == 0) {
        return vec![];
    }
    let wide = horizon_days.div_ceil(LEADS).max(1);
    let stretches = by_day.chunks(usize::from(wide)).zip(0_u16..);
    let lead = |(days, n): (&[u64], u16)| Lead {
        from: n * wide,
        to: n * wide + days.len() as u16 - 1,
        n: days.iter().sum(),
    };
    stretches.map(lead).collect()
}

fn median(by_day: &[u64]) -> Option<u16> {
    let all: u64 = by_day.iter().sum();
    let mut rest = all;
    // From the longest: the first day at which half of them, rounded up, came as late or later.
    let day = by_day.iter().rposition(|n| {
        rest -= n;
        all.div_ceil(2) <= all - rest
    });
    day.filter(|_| 0 < all).and_then(|day| u16::try_from(day).ok())
}

fn bands(counts: &[Counts; 5]) -> Vec<Band> {
    const EDGES: [(u8, u8); 5] = [(0, 0), (1, 24), (25, 49), (50, 74), (75, 100)];
    let band = |((from, to), counts): ((u8, u8), &Counts)| Band {
        from,
        to,
        rate: counts.rate(),
        is_enough: BAND_LEAST.0 <= counts.customers && BAND_LEAST.1 <= counts.of,
    };
    EDGES.into_iter().zip(counts).map(band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_what_half_reach() {
        assert_eq!(median(&[0, 0, 0]), None);
        assert_eq!(median(&[0, 3, 0, 0]), Some(1));
        assert_eq!(median(&[1, 0, 1, 1]), Some(2));
        assert_eq!(median(&[2, 0, 0, 1]), Some(0));
    }
}
