//! Shares with honest intervals: looks at one customer are not independent of each other, so that the interval is that
//! of as many independent looks as they are worth.

/// How often something followed, of how many looks, kept so that counts of many customers can be added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// How often it followed.
    pub hits: u64,
    /// Of so many looks.
    pub of: u64,
    /// At so many customers.
    pub customers: u64,
    hits_squared: u64,
    crossed: u64,
    of_squared: u64,
}

impl Counts {
    /// Adds what was seen of one customer.
    pub fn add_customer(&mut self, hits: u64, of: u64) {
        assert!(hits <= of, "what followed is a part of the looks");
        if of == 0 {
            return;
        }
        self.hits += hits;
        self.of += of;
        self.customers += 1;
        self.hits_squared += hits * hits;
        self.crossed += hits * of;
        self.of_squared += of * of;
    }

    /// Adds what was seen of other customers.
    pub fn merge(&mut self, other: &Counts) {
        self.hits += other.hits;
        self.of += other.of;
        self.customers += other.customers;
        self.hits_squared += other.hits_squared;
        self.crossed += other.crossed;
        self.of_squared += other.of_squared;
    }

    /// How many independent looks these are worth: by the variance between customers of a ratio (the linearised
    /// estimator of survey sampling). Never more than the looks, never less than one.
    pub fn worth(&self) -> f64 {
        let (hits, of, customers) = (self.hits as f64, self.of as f64, self.customers as f64);
        if self.customers < 2 {
            return customers.min(of);
        }
        let share = hits / of;
        let spread = self.hits_squared as f64 - 2.0 * share * self.crossed as f64
            + share * share * self.of_squared as f64;
        let variance = spread / (of * of) * customers / (customers - 1.0);
        if self.hits == 0 || self.hits == self.of || variance <= 0.0 {
            return customers;
        }
        (share * (1.0 - share) / variance).clamp(1.0, of)
    }

    /// The share with its interval; none without looks.
    pub fn rate(&self) -> Option<Rate> {
        if self.of == 0 {
            return None;
        }
        let share = self.hits as f64 / self.of as f64;
        let (low, high) = wilson(share, self.worth());
        let Counts { hits, of, customers, .. } = *self;
        Some(Rate { hits, of, customers, share, low, high })
    }
}

/// A share from 0 to 1, with its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// How often it followed.
    pub hits: u64,
    /// Of so many looks.
    pub of: u64,
    /// At so many customers.
    pub customers: u64,
    /// The share.
    pub share: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How many times as large one share is as another, with its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// How many times.
    pub times: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// 95 % of a normal distribution lie within so many standard deviations.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's interval of a share seen in `n` independent looks (Wilson 1927).
fn wilson(share: f64, n: f64) -> (f64, f64) {
    let z2 = Z * Z;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    ((middle - half).clamp(0.0, share), (middle + half).clamp(share, 1.0))
}

impl Ratio {
    /// How many times as large `a` is as `b`; none where either has no looks or `b` never followed.
    ///
    /// The interval is that of the logarithm of a ratio of shares (Katz 1978), with each share drawn a little to the
    /// middle, so that nothing seen is not taken for nothing possible.
    pub fn of(a: &Counts, b: &Counts) -> Option<Ratio> {
        if a.of == 0 || b.hits == 0 {
            return None;
        }
        let share = |counts: &Counts| counts.hits as f64 / counts.of as f64;
        let drawn = |counts: &Counts| (share(counts) * counts.worth() + 0.5, counts.worth() + 1.0);
        let ((hits_a, n_a), (hits_b, n_b)) = (drawn(a), drawn(b));
        let spread = (1.0 / hits_a - 1.0 / n_a + 1.0 / hits_b - 1.0 / n_b).max(0.0).sqrt();
        let middle = ((hits_a / n_a) / (hits_b / n_b)).ln();
        let times = share(a) / share(b);
        let (low, high) = ((middle - Z * spread).exp(), (middle + Z * spread).exp());
        Some(Ratio { times, low: low.min(times), high: high.max(times) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 5e-4, "{a} is not {b}");
    }

    #[test]
    fn one_look_at_each_customer_gives_the_plain_interval_of_wilson() {
        // 81 of 263: [0.2553, 0.3662] in Newcombe (1998), table I, method 3; the worth of looks that were made once for
        // each customer is one less than their number over one, which the fourth digit does not show.
        let mut counts = Counts::default();
        (0..263).for_each(|n| counts.add_customer(u64::from(n < 81), 1));
        let rate = counts.rate().unwrap();
        near(rate.low, 0.2553);
        near(rate.high, 0.3662);
        // Nothing of twenty: [0, 0.1611].
        let mut none = Counts::default();
        (0..20).for_each(|_| none.add_customer(0, 1));
        near(none.rate().unwrap().high, 0.1611);
        assert_eq!(none.rate().unwrap().low, 0.0);
    }

    #[test]
    fn looking_ten_times_at_the_same_customers_makes_nothing_surer() {
        let (mut once, mut often) = (Counts::default(), Counts::default());
        for n in 0..40_u64 {
            once.add_customer(u64::from(n < 10), 1);
            often.add_customer(10 * u64::from(n < 10), 10);
        }
        near(once.worth(), often.worth());
        near(once.rate().unwrap().low, often.rate().unwrap().low);
        let mut apart = Counts::default();
        (0..400).for_each(|n| apart.add_customer(u64::from(n < 100), 1));
        assert!(often.rate().unwrap().low < apart.rate().unwrap().low);
    }

    #[test]
    fn a_ratio_is_unsure_where_little_was_seen() {
        let of = |hits: u64, of: u64| {
            let mut counts = Counts::default();
            (0..of).for_each(|n| counts.add_customer(u64::from(n < hits), 1));
            counts
        };
        let sure = Ratio::of(&of(60, 100), &of(100, 1000)).unwrap();
        near(sure.times, 6.0);
        assert!(4.0 < sure.low && sure.high < 9.0, "{sure:?}");
        let unsure = Ratio::of(&of(2, 3), &of(100, 1000)).unwrap();
        assert!(unsure.low < 2.5, "{unsure:?}");
        let nothing = Ratio::of(&of(0, 50), &of(100, 1000)).unwrap();
        assert!(nothing.times == 0.0 && nothing.low == 0.0 && 0.1 < nothing.high);
        assert_eq!(Ratio::of(&of(1, 2), &of(0, 9)), None);
    }
}
