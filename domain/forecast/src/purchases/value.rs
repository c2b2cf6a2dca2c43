//! What a customer is worth in a time to come: expected purchases times expected amounts, discounted, with a range.

use super::{GammaGamma, Geometric, Purchases, Spent, Timeline};

/// How money later is worth less than money now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Discount {
    /// How much less each month, such as 0.01.
    pub per_month: f64,
    /// How long a month is in the unit of the timelines.
    pub month: f64,
}

/// Between which values something lies with a probability of 80 %: one time in ten it is less, one in ten more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// One time in ten it is less.
    pub low: f64,
    /// One time in ten it is more.
    pub high: f64,
}

/// What is to come of a customer in a horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// Expected purchases.
    pub purchases: f64,
    /// Their range.
    pub purchases_range: Range,
    /// The mean amount of a purchase.
    pub mean_amount: f64,
    /// Expected value.
    pub value: f64,
    /// Its range.
    pub value_range: Range,
}

impl Discount {
    /// Expected purchases in the next `t`, those of each month counted at its end and discounted.
    pub fn purchases(&self, model: &impl Purchases, of: &Timeline, t: f64) -> f64 {
        if self.per_month == 0.0 {
            return model.expected(of, t);
        }
        let (mut sum, mut before, mut month) = (0.0, 0.0, 1.0);
        loop {
            let end = (month * self.month).min(t);
            let by_then = model.expected(of, end);
            sum += (by_then - before) / (1.0 + self.per_month).powf(end / self.month);
            if t <= end {
                return sum;
            }
            (before, month) = (by_then, month + 1.0);
        }
    }
}

/// What is to come of a customer in the next `t`.
pub fn outlook(
    model: &Geometric,
    spend: &GammaGamma,
    (of, spent): (&Timeline, &Spent),
    t: f64,
    discount: &Discount,
) -> Outlook {
    let purchases = model.expected(of, t);
    let mean_amount = spend.mean(spent);
    let counted =
        if discount.per_month == 0.0 { purchases } else { discount.purchases(model, of, t) };
    let at_least = model.at_least(of, t, 1e-4);
    let range = |share: f64| at_least.iter().take_while(|more| share <= **more).count() as f64;
    // Discounting makes all of it smaller by about the same share.
    let worth = if 0.0 < purchases { counted / purchases } else { 1.0 };
    let groups = gathered(&at_least);
    let quantile = |share: f64| worth * amount_below(spend, spent, &groups, share);
    Outlook {
        purchases,
        purchases_range: Range { low: range(0.9), high: range(0.1) },
        mean_amount,
        value: counted * mean_amount,
        value_range: Range { low: quantile(0.1), high: quantile(0.9) },
    }
}

/// The distribution of the number of purchases as at most sixteen numbers with their probabilities; neighbours are
/// put together, and stand for their mean.
fn gathered(at_least: &[f64]) -> Vec<(f64, f64)> {
    let Some(any) = at_least.first() else { return vec![] };
    let mut groups: Vec<(f64, f64)> = Vec::new();
    let (mut weight, mut sum) = (0.0, 0.0);
    for (place, more) in at_least.iter().enumerate() {
        let exactly = more - at_least.get(place + 1).copied().unwrap_or(0.0);
        weight += exactly;
        sum += exactly * (place as f64 + 1.0);
        if any / 16.0 <= weight || place + 1 == at_least.len() {
            if 0.0 < weight {
                groups.push((sum / weight, weight));
            }
            (weight, sum) = (0.0, 0.0);
        }
    }
    groups
}

/// The amount that is not reached with a probability of `share`.
fn amount_below(spend: &GammaGamma, spent: &Spent, groups: &[(f64, f64)], share: f64) -> f64 {
    let any: f64 = groups.iter().map(|(_, weight)| weight).sum();
    if share <= 1.0 - any {
        return 0.0;
    }
    let below = |amount: f64| {
        let of_some = |(n, weight): &(f64, f64)| weight * spend.sum_at_most(spent, *n, amount);
        1.0 - any + groups.iter().map(of_some).sum::<f64>()
    };
    let mut high = spend.mean(spent).max(1e-9);
    while below(high) < share && high < 1e15 {
        high *= 2.0;
    }
    let mut low = 0.0;
    // A thousandth of the amount is finer than anybody reads a range.
    while 1e-3 * high < high - low {
        let middle = 0.5 * (low + high);
        if below(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
