//! What people who know the customers say of a sign: right or wrong, click by click.

use crate::Counts;

/// What clicks come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Regard {
    /// There are too few clicks, or they are of two minds.
    #[default]
    Open,
    /// More often right than not: the whole interval lies at a half or above.
    Trusted,
    /// More often wrong than right: the whole interval lies below a half.
    Doubted,
}

/// With fewer clicks, or about fewer customers, nothing is said.
pub const CLICKS_LEAST: (u64, u64) = (10, 5);

impl Regard {
    /// What the clicks come to, each customer's added up ([`Counts::add_customer`]).
    pub fn of(clicks: &Counts) -> Regard {
        let Some(rate) = clicks.rate() else { return Regard::Open };
        match () {
            () if clicks.of < CLICKS_LEAST.0 || clicks.customers < CLICKS_LEAST.1 => Regard::Open,
            () if 0.5 <= rate.low => Regard::Trusted,
            () if rate.high < 0.5 => Regard::Doubted,
            () => Regard::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clicks(right: u64, wrong: u64) -> Counts {
        let mut counts = Counts::default();
        (0..right).for_each(|_| counts.add_customer(1, 1));
        (0..wrong).for_each(|_| counts.add_customer(0, 1));
        counts
    }

    #[test]
    fn a_sign_is_trusted_or_doubted_only_when_the_interval_says_so() {
        assert_eq!(Regard::of(&clicks(0, 0)), Regard::Open);
        assert_eq!(Regard::of(&clicks(0, 9)), Regard::Open, "nine are too few");
        assert_eq!(Regard::of(&clicks(1, 11)), Regard::Doubted);
        assert_eq!(Regard::of(&clicks(4, 8)), Regard::Open);
        assert_eq!(Regard::of(&clicks(12, 2)), Regard::Trusted);
        let mut same = Counts::default();
        same.add_customer(0, 40);
        assert_eq!(Regard::of(&same), Regard::Open, "one customer is no crowd");
    }
}
