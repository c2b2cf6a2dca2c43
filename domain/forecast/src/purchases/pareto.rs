//! Customers who buy at a steady rate of their own and leave at any time: Pareto/NBD.
//!
//! Schmittlein, Morrison and Colombo, Management Science 33 (1987); the forms used here are those of Fader and Hardie,
//! "A note on deriving the Pareto/NBD model and related expressions" (2005). λ ~ Gamma(r, α), and the time until one
//! leaves is exponential with rate μ ~ Gamma(s, β).

use serde::{Deserialize, Serialize};

use super::{Purchases, Timeline, TooLittle, enough, grouped, mean_age};
use crate::{
    optimise::lowest,
    special::{hypergeometric_one, ln_gamma, ln_sum},
};

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Pareto {
    /// Shape of the rates of buying.
    pub r: f64,
    /// Scale of the rates of buying, a time.
    pub alpha: f64,
    /// Shape of the rates of leaving.
    pub s: f64,
    /// Scale of the rates of leaving, a time.
    pub beta: f64,
}

impl Pareto {
    /// Finds the parameters under which what was seen is likeliest.
    ///
    /// # Errors
    /// [`TooLittle`] when there is too little to learn from.
    pub fn fit(timelines: &[Timeline]) -> Result<Pareto, TooLittle> {
        enough(timelines)?;
        let groups = grouped(timelines);
        let n: f64 = groups.iter().map(|(_, n)| n).sum();
        let scale = mean_age(&groups);
        let model = |at: &[f64; 4]| {
            let [r, alpha, s, beta] = at.map(f64::exp);
            Pareto { r, alpha: alpha * scale, s, beta: beta * scale }
        };
        let starts = [[-0.5, -1.0, -0.5, -1.0]];
        let found = lowest(&starts, |at| -model(at).ln_likelihood_of(&groups) / n);
        Ok(model(&found.at))
    }

    fn ln_likelihood_of(&self, groups: &[(Timeline, f64)]) -> f64 {
        let fixed = self.r * self.alpha.ln() + self.s * self.beta.ln() - ln_gamma(self.r);
        let (mut of, mut shared) = (u32::MAX, 0.0);
        let mut sum = 0.0;
        for (one, n) in groups {
            if one.repeats != of {
                of = one.repeats;
                shared = ln_gamma(self.r + f64::from(of));
            }
            sum += n * (fixed + shared + ln_sum(self.ln_alive(one), self.ln_gone(one)));
        }
        sum
    }

    /// The part of the likelihood in which the customer is still there, without what all share.
    fn ln_alive(&self, of: &Timeline) -> f64 {
        let rate = self.r + f64::from(of.repeats);
        -rate * (self.alpha + of.age).ln() - self.s * (self.beta + of.age).ln()
    }

    /// The part in which they left between the last purchase and now: s / (r + s + x) times A0 of the note, which is
    /// the difference of one function at the two ends.
    fn ln_gone(&self, of: &Timeline) -> f64 {
        let (early, late) = (self.ln_gone_from(of, of.recency), self.ln_gone_from(of, of.age));
        let both = self.r + self.s + f64::from(of.repeats);
        let share = -(late - early).exp_m1();
        if share <= 0.0 { f64::NEG_INFINITY } else { (self.s / both).ln() + early + share.ln() }
    }

    /// ln of 2F1(r+s+x, s+1 or r+x; r+s+x+1; z) / (max(α, β) + t)^(r+s+x), by Euler's transformation in which all
    /// terms are positive: 2F1(A, B; A+1; z) = (1-z)^(1-B) 2F1(1, A+1-B; A+1; z).
    fn ln_gone_from(&self, of: &Timeline, t: f64) -> f64 {
        let rate = self.r + f64::from(of.repeats);
        let both = rate + self.s;
        let (wide, narrow, kept, other) = if self.beta <= self.alpha {
            (self.alpha + t, self.beta + t, -self.s, rate)
        } else {
            (self.beta + t, self.alpha + t, 1.0 - rate, self.s + 1.0)
        };
        let z = 1.0 - narrow / wide;
        -both * wide.ln()
            + kept * (narrow / wide).ln()
            + hypergeometric_one(other, both + 1.0, z).ln()
    }

    /// The model of one who is known to be alive: what is to come of them is what would come of a new customer by it.
    fn given_alive(&self, of: &Timeline) -> Pareto {
        Pareto {
            r: self.r + f64::from(of.repeats),
            alpha: self.alpha + of.age,
            s: self.s,
            beta: self.beta + of.age,
        }
    }
}

impl Purchases for Pareto {
    fn ln_likelihood(&self, timelines: &[Timeline]) -> f64 {
        self.ln_likelihood_of(&grouped(timelines))
    }

    fn alive(&self, of: &Timeline) -> f64 {
        1.0 / (1.0 + (self.ln_gone(of) - self.ln_alive(of)).exp())
    }

    fn expected(&self, of: &Timeline, t: f64) -> f64 {
        self.alive(of) * self.given_alive(of).expected_of_new(t)
    }

    /// One who is alive buys nothing in the next `t` with the likelihood of a new customer who was seen to buy nothing.
    fn any(&self, of: &Timeline, t: f64) -> f64 {
        let later = self.given_alive(of);
        let none = [(Timeline { repeats: 0, recency: 0.0, age: t }, 1.0)];
        self.alive(of) * -later.ln_likelihood_of(&none).exp_m1()
    }

    fn expected_of_new(&self, t: f64) -> f64 {
        let left = (self.beta / (self.beta + t)).ln();
        let power = self.s - 1.0;
        let while_there = if power.abs() < 1e-9 { -left } else { -(power * left).exp_m1() / power };
        self.r * self.beta / self.alpha * while_there
    }
}
