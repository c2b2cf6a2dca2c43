//! Purchases of a customer become the few numbers that the models look at.

/// A purchase: a day and what was paid, in whatever currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Purchase {
    /// Days since any fixed day.
    pub day: i32,
    /// What was paid.
    pub amount: f64,
}

/// When a customer bought, in the caller's unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timeline {
    /// Days with a purchase after the first such day.
    pub repeats: u32,
    /// From the first purchase to the last; 0 without repeats.
    pub recency: f64,
    /// From the first purchase to the day of asking.
    pub age: f64,
}

/// What the models are told of a customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// When they bought.
    pub timeline: Timeline,
    /// The mean of what was paid on a day with a repeat purchase; 0 without repeats.
    pub mean_repeat: f64,
    /// What was paid in all, the first purchase included.
    pub total: f64,
    /// Days with a purchase after `until` and up to its horizon, and what was paid then.
    pub later: (u32, f64),
}

/// Sums up one customer's purchases as of the end of the day `until`, in units of `unit_days` days. What comes later,
/// up to `horizon_days` after it, is counted apart, for a back-test. Amounts of one day are added up: a day is one
/// purchase, however many lines the receipt has. `None` when there is no purchase by then.
pub fn summarise(
    purchases: &mut [Purchase],
    until: i32,
    unit_days: f64,
    horizon_days: i32,
) -> Option<Summary> {
    purchases.sort_by(|a, b| a.day.cmp(&b.day).then(a.amount.total_cmp(&b.amount)));
    let mut days: Vec<Purchase> = Vec::new();
    for purchase in purchases.iter() {
        match days.last_mut() {
            Some(last) if last.day == purchase.day => last.amount += purchase.amount,
            _ => days.push(*purchase),
        }
    }
    let seen = days.partition_point(|purchase| purchase.day <= until);
    let (seen, after) = days.split_at(seen);
    let (first, last) = (seen.first()?, seen.last()?);
    let repeats = u32::try_from(seen.len() - 1).unwrap_or(u32::MAX);
    let repeat_sum: f64 = seen[1..].iter().map(|purchase| purchase.amount).sum();
    let end = until.saturating_add(horizon_days);
    let (later, later_sum) = after
        .iter()
        .take_while(|purchase| purchase.day <= end)
        .fold((0, 0.0), |(n, sum), purchase| (n + 1, sum + purchase.amount));
    Some(Summary {
        timeline: Timeline {
            repeats,
            recency: f64::from(last.day - first.day) / unit_days,
            age: f64::from(until - first.day) / unit_days,
        },
        mean_repeat: if repeats == 0 { 0.0 } else { repeat_sum / f64::from(repeats) },
        total: first.amount + repeat_sum,
        later: (later, later_sum),
    })
}
