//! Customers who buy at a steady rate of their own and may stop after any purchase: BG/NBD and its modification.
//!
//! While alive, a customer buys by a Poisson process with rate λ ~ Gamma(r, α). After a purchase they are gone with
//! probability p ~ Beta(a, b).
//! - BG/NBD: Fader, Hardie and Lee, "Counting your customers the easy way", Marketing Science 24 (2005), equations 6-10.
//!   Nobody can be gone after the first purchase, so everyone without a second one counts as alive for ever.
//! - MBG/NBD: Batislam, Denizel and Filiztekin, International Journal of Research in Marketing 24 (2007); Hoppe and
//!   Wagner (2007). One can be gone after the first purchase too. Only this one's [`Purchases::alive`] is worth showing.
//!
//! Given what was seen, the rate of one who is alive is Gamma(r + x, α + T) and their p is Beta(a, b + s), where s are
//! the purchases survived; both are independent, so the whole distribution of what is to come is closed: see [`Geometric::at_least`].

use serde::{Deserialize, Serialize};

use super::{Purchases, Timeline, TooLittle, enough, grouped, mean_age};
use crate::{
    optimise::lowest,
    special::{hypergeometric, ln_beta, ln_gamma, ln_sum},
};

/// After which purchases a customer may be gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Death {
    /// After the second and later ones: BG/NBD.
    AfterRepeats,
    /// After every one: MBG/NBD.
    AfterAny,
}

/// A fitted model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Geometric {
    /// Which of the two.
    pub death: Death,
    /// Shape of the rates.
    pub r: f64,
    /// Scale of the rates, a time.
    pub alpha: f64,
    /// Weight of stopping.
    pub a: f64,
    /// Weight of going on.
    pub b: f64,
}

impl Geometric {
    /// Finds the parameters under which what was seen is likeliest.
    ///
    /// # Errors
    /// [`TooLittle`] when there is too little to learn from.
    pub fn fit(death: Death, timelines: &[Timeline]) -> Result<Geometric, TooLittle> {
        enough(timelines)?;
        let groups = grouped(timelines);
        let n: f64 = groups.iter().map(|(_, n)| n).sum();
        let scale = mean_age(&groups).ln();
        let model = |at: &[f64; 4]| {
            let [r, alpha, a, b] = at.map(f64::exp);
            Geometric { death, r, alpha: alpha * scale.exp(), a, b }
        };
        let starts = [[-0.7, -1.5, -0.2, 0.7], [0.0, 0.0, -2.0, 0.0]];
        let found = lowest(&starts, |at| -model(at).ln_likelihood_of(&groups) / n);
        Ok(model(&found.at))
    }

    fn ln_likelihood_of(&self, groups: &[(Timeline, f64)]) -> f64 {
        let fixed = self.r * self.alpha.ln() - ln_gamma(self.r) - ln_beta(self.a, self.b);
        // The groups are sorted by repeats: what depends on nothing else is worked out once.
        let (mut of, mut shared) = (u32::MAX, 0.0);
        let mut sum = 0.0;
        for (one, n) in groups {
            if one.repeats != of {
                of = one.repeats;
                let survived = self.survived(one);
                shared = ln_gamma(self.r + f64::from(of)) + ln_beta(self.a, self.b + survived);
            }
            let rate = self.r + f64::from(one.repeats);
            let seen = fixed + shared - rate * (self.alpha + one.age).ln();
            sum += n * (seen + ln_sum(0.0, self.ln_odds_of_gone(one)));
        }
        sum
    }

    /// How many purchases a customer who is still alive has survived.
    fn survived(&self, of: &Timeline) -> f64 {
        match self.death {
            Death::AfterRepeats => f64::from(of.repeats),
            Death::AfterAny => f64::from(of.repeats) + 1.0,
        }
    }

    /// The logarithm of P(gone) / P(alive).
    fn ln_odds_of_gone(&self, of: &Timeline) -> f64 {
        let went_on = self.b + self.survived(of) - 1.0;
        if self.death == Death::AfterRepeats && of.repeats == 0 {
            return f64::NEG_INFINITY;
        }
        let rate = self.r + f64::from(of.repeats);
        let silence = ((of.age - of.recency) / (self.alpha + of.recency)).ln_1p();
        (self.a / went_on).ln() + rate * silence
    }

    /// The probability of at least `n` purchases in the next `t`, for each n from 1 until it falls below `least`.
    ///
    /// One who is alive makes n when the Poisson process with its own rate has n events and the first n - 1 of them did
    /// not end it: E[(1 - p)^(n-1)] = B(a, b' + n - 1) / B(a, b'), and the events are negative binomial.
    pub fn at_least(&self, of: &Timeline, t: f64, least: f64) -> Vec<f64> {
        let (rate, went_on) = (self.r + f64::from(of.repeats), self.b + self.survived(of));
        let alive = self.alive(of);
        let stays = (self.alpha + of.age) / (self.alpha + of.age + t);
        let mut exactly = (rate * stays.ln()).exp();
        let mut events = 1.0 - exactly;
        let mut going_on = 1.0;
        let mut found = Vec::new();
        let mut n = 1.0;
        while least < alive * events.max(0.0) * going_on && found.len() < 100_000 {
            found.push(alive * events * going_on);
            going_on *= (went_on + n - 1.0) / (self.a + went_on + n - 1.0);
            exactly *= (rate + n - 1.0) / n * (1.0 - stays);
            events -= exactly;
            n += 1.0;
        }
        found
    }

    /// Expected purchases of one who is alive now, with `survived` behind them.
    fn expected_alive(&self, rate: f64, went_on: f64, since: f64, t: f64) -> f64 {
        let near_one = |a: f64| {
            let scale = (self.a + went_on - 1.0) / (a - 1.0);
            let z = t / (self.alpha + since + t);
            let shrunk = ((self.alpha + since) / (self.alpha + since + t)).powf(rate);
            scale * (1.0 - shrunk * hypergeometric(rate, went_on, a + went_on - 1.0, z))
        };
        if (self.a - 1.0).abs() < 1e-5 {
            // The formula is 0/0 at a = 1; the mean of its neighbours is right to eight digits.
            0.5 * (near_one(self.a + 1e-4) + near_one(self.a - 1e-4))
        } else {
            near_one(self.a)
        }
    }
}

impl Purchases for Geometric {
    fn ln_likelihood(&self, timelines: &[Timeline]) -> f64 {
        self.ln_likelihood_of(&grouped(timelines))
    }

    fn alive(&self, of: &Timeline) -> f64 {
        1.0 / (1.0 + self.ln_odds_of_gone(of).exp())
    }

    fn expected(&self, of: &Timeline, t: f64) -> f64 {
        let (rate, went_on) = (self.r + f64::from(of.repeats), self.b + self.survived(of));
        self.alive(of) * self.expected_alive(rate, went_on, of.age, t)
    }

    /// P(alive) (1 - ((α + T) / (α + T + t))^(r + x)): nobody goes without a purchase.
    fn any(&self, of: &Timeline, t: f64) -> f64 {
        let rate = self.r + f64::from(of.repeats);
        let none = -rate * (t / (self.alpha + of.age)).ln_1p();
        self.alive(of) * -none.exp_m1()
    }

    fn expected_of_new(&self, t: f64) -> f64 {
        let new = Timeline { repeats: 0, recency: 0.0, age: 0.0 };
        self.expected(&new, t)
    }
}
