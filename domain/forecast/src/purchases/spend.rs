//! What customers pay for a purchase: the Gamma-Gamma model.
//!
//! Fader and Hardie, "The Gamma-Gamma model of monetary value" (2013). Each amount of a customer is Gamma(p, ν), and
//! ν ~ Gamma(q, v) differs between customers. The mean of few amounts is drawn towards everyone's mean. How much
//! somebody pays is taken to have nothing to do with how often.

use serde::{Deserialize, Serialize};

use crate::{
    optimise::lowest,
    special::{beta_share, ln_gamma},
};

/// The repeat purchases of a customer: how many, and their mean amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spent {
    /// How many purchases.
    pub n: u32,
    /// The mean amount.
    pub mean: f64,
}

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GammaGamma {
    /// Shape of the amounts of one customer.
    pub p: f64,
    /// Shape of what differs between customers.
    pub q: f64,
    /// Scale of what differs between customers, an amount.
    pub v: f64,
}

impl GammaGamma {
    /// Finds the parameters under which the amounts are likeliest. Customers without a positive mean are left out;
    /// `None` when fewer than ten are left, or when the amounts have no spread to learn from.
    pub fn fit(spent: &[Spent]) -> Option<GammaGamma> {
        let there: Vec<Spent> = spent.iter().copied().filter(Spent::is_positive).collect();
        let n = there.len() as f64;
        let scale = there.iter().map(|one| one.mean).sum::<f64>() / n;
        let spread = there.iter().any(|one| (one.mean - scale).abs() > 1e-9 * scale);
        if there.len() < super::LEAST_REPEATERS || !spread {
            return None;
        }
        let model = |at: &[f64; 3]| {
            let [p, q, v] = at.map(f64::exp);
            GammaGamma { p, q, v: v * scale }
        };
        let starts = [[1.5, 1.2, -0.5], [0.0, 0.7, 0.7]];
        let found = lowest(&starts, |at| -model(at).ln_likelihood(&there) / n);
        Some(model(&found.at))
    }

    /// The logarithm of the likelihood of the means, for those that are positive.
    pub fn ln_likelihood(&self, spent: &[Spent]) -> f64 {
        let GammaGamma { p, q, v } = *self;
        let fixed = q * v.ln() - ln_gamma(q);
        let one = |one: &Spent| {
            let (n, mean) = (f64::from(one.n), one.mean);
            let shape = p * n;
            fixed + ln_gamma(shape + q) - ln_gamma(shape)
                + (shape - 1.0) * mean.ln()
                + shape * n.ln()
                - (shape + q) * (n * mean + v).ln()
        };
        spent.iter().filter(|one| one.is_positive()).map(one).sum()
    }

    /// The mean amount to expect of a customer. Without a finite mean (q ≤ 1) what was seen is all there is to say.
    pub fn mean(&self, of: &Spent) -> f64 {
        let n = if of.is_positive() { f64::from(of.n) } else { 0.0 };
        let below = self.p * n + self.q - 1.0;
        if below <= 0.0 { of.mean } else { self.p * (self.v + n * of.mean) / below }
    }

    /// The mean amount over all customers; `None` when it is not finite.
    pub fn population_mean(&self) -> Option<f64> {
        (1.0 < self.q).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// The probability that `n` more purchases come to at most `sum`. Given ν their sum is Gamma(pn, ν), and ν is
    /// Gamma(q + px, v + x m) by now, so the sum is beta prime.
    pub(super) fn sum_at_most(&self, of: &Spent, n: f64, sum: f64) -> f64 {
        let seen = if of.is_positive() { f64::from(of.n) } else { 0.0 };
        let (shape, scale) = (self.q + self.p * seen, self.v + seen * of.mean);
        beta_share(sum / (sum + scale), self.p * n, shape)
    }
}

impl Spent {
    fn is_positive(&self) -> bool {
        0 < self.n && 0.0 < self.mean
    }
}
