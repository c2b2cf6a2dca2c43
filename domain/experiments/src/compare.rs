//! Two groups against each other.

use forecast::special::ln_beta;

use crate::{
    arm::{Arm, Summary},
    chances::{normal_below, normal_density, normal_quantile, student_below, student_quantile},
};

/// How a difference is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Treatment less control.
    Absolute,
    /// That as a share of control.
    Relative,
}

/// A difference with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The difference.
    pub effect: f64,
    /// Its standard error.
    pub error: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How likely a difference as large is if there is none.
    pub p: f64,
}

/// The same, true at every look while the experiment runs.
pub type Always = Compared;

/// What was believed of the effect before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Prior {
    /// Nothing.
    Flat,
    /// Normal, with this mean and spread.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        spread: f64,
    },
}

/// What is to be believed of the effect.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// The likeliest effect.
    pub effect: f64,
    /// Its spread.
    pub spread: f64,
    /// The lower end of the interval of belief.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The probability that the treatment is better.
    pub chance: f64,
    /// What is lost on average by staying with the control, and by going over to the treatment.
    pub risks: (f64, f64),
}

/// A difference, its standard error and the degrees of freedom.
struct Difference {
    effect: f64,
    error: f64,
    degrees: f64,
    n: f64,
}

/// `None` where nothing can be compared: an empty group, no spread, or a share of nothing.
fn difference(control: &Arm, treatment: &Arm, scale: Scale) -> Option<Difference> {
    if control.n() < 2 || treatment.n() < 2 {
        return None;
    }
    let slope = Arm::slope(control, treatment);
    let (a, b) = (control.summary(slope), treatment.summary(slope));
    let of_mean = |one: &Summary| one.variance / one.n;
    let (va, vb) = (of_mean(&a), of_mean(&b));
    let (effect, variance) = match scale {
        Scale::Absolute => (b.mean - a.mean, va + vb),
        // By what was measured, not by what was adjusted.
        Scale::Relative => {
            let base = control.mean();
            if base == 0.0 {
                return None;
            }
            let ratio = b.mean / a.mean;
            ((b.mean - a.mean) / base, vb / (base * base) + va * ratio * ratio / (base * base))
        }
    };
    let degrees = (va + vb).powi(2) / (va * va / (a.n - 1.0) + vb * vb / (b.n - 1.0));
    (0.0 < variance && variance.is_finite()).then(|| Difference {
        effect,
        error: variance.sqrt(),
        degrees,
        n: a.n + b.n,
    })
}

/// The difference at the planned end of an experiment, with its interval at a confidence such as 0.95. To be read once:
/// who looks every day and stops when it looks well is wrong in a third of all cases. See [`always`].
pub fn compare(control: &Arm, treatment: &Arm, scale: Scale, confidence: f64) -> Option<Compared> {
    let Difference { effect, error, degrees, .. } = difference(control, treatment, scale)?;
    let half = error * student_quantile(0.5 + 0.5 * confidence, degrees);
    let p = 2.0 * (1.0 - student_below((effect / error).abs(), degrees));
    Some(Compared { effect, error, low: effect - half, high: effect + half, p })
}

/// The difference with an interval that holds at every look, narrowest when about `planned` were seen in all.
pub fn always(
    control: &Arm,
    treatment: &Arm,
    scale: Scale,
    (confidence, planned): (f64, u64),
) -> Option<Always> {
    let Difference { effect, error, n, .. } = difference(control, treatment, scale)?;
    let alpha = 1.0 - confidence;
    let doubt = -2.0 * alpha.ln();
    let square = (doubt + (1.0 + doubt).ln()) / planned.max(1) as f64;
    let seen = n * square + 1.0;
    let spread = error * error * n;
    let half = (spread * 2.0 * seen * (seen.sqrt() / alpha).ln() / (n * n * square)).sqrt();
    let evidence = square * n * effect * effect / (error * error) / (2.0 * seen);
    let p = (seen.sqrt() * (-evidence).exp()).min(1.0);
    Some(Always { effect, error, low: effect - half, high: effect + half, p })
}

/// What is to be believed of the effect, with an interval of a confidence such as 0.95.
pub fn belief(
    control: &Arm,
    treatment: &Arm,
    scale: Scale,
    (prior, confidence): (Prior, f64),
) -> Option<Belief> {
    let Difference { effect, error, .. } = difference(control, treatment, scale)?;
    let (effect, spread) = match prior {
        Prior::Flat => (effect, error),
        Prior::Normal { mean, spread } => {
            let (seen, held) = (1.0 / (error * error), 1.0 / (spread * spread));
            ((effect * seen + mean * held) / (seen + held), (1.0 / (seen + held)).sqrt())
        }
    };
    let half = spread * normal_quantile(0.5 + 0.5 * confidence);
    let z = effect / spread;
    let gain = effect * normal_below(z) + spread * normal_density(z);
    Some(Belief {
        effect,
        spread,
        low: effect - half,
        high: effect + half,
        chance: normal_below(z),
        risks: (gain, gain - effect),
    })
}

/// Terms beyond which the exact sum is not worth its time: by then a normal approximation agrees to six digits.
const EXACT_MOST: u64 = 200_000;

/// The probability that the treatment's share is the greater one, when every share was as likely before. Exact, also
/// for a handful of cases, where [`belief`] is not.
pub fn better(control: (u64, u64), treatment: (u64, u64)) -> f64 {
    let ((xa, na), (xb, nb)) = (control, treatment);
    let (xa, xb) = (xa.min(na), xb.min(nb));
    if EXACT_MOST < xb {
        let (a, b) = (Arm::Share { hits: xa, n: na }, Arm::Share { hits: xb, n: nb });
        return belief(&a, &b, Scale::Absolute, (Prior::Flat, 0.95)).map_or(0.5, |one| one.chance);
    }
    let (a1, b1) = (xa as f64 + 1.0, (na - xa) as f64 + 1.0);
    let b2 = (nb - xb) as f64 + 1.0;
    // P(B > A) over Beta(1, 1): the sum over i of B(a1 + i, b1 + b2) / ((b2 + i) B(1 + i, b2) B(a1, b1)).
    let whole = ln_beta(a1, b1);
    (0..=xb)
        .map(|i| {
            let i = i as f64;
            (ln_beta(a1 + i, b1 + b2) - (b2 + i).ln() - ln_beta(1.0 + i, b2) - whole).exp()
        })
        .sum::<f64>()
        .clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(hits: u64, n: u64) -> Arm {
        Arm::Share { hits, n }
    }

    fn near(a: f64, b: f64, within: f64) {
        assert!((a - b).abs() < within, "{a} is not {b}");
    }

    /// (control, treatment, scale, effect, low, high, p): from a trusted engine of A/B statistics.
    #[test]
    fn shares_at_the_planned_end() {
        let cases = [
            (
                (49, 100),
                (51, 100),
                Scale::Relative,
                0.04081632653061228,
                -0.24956826731409643,
                0.331200920375321,
                0.7819265538441484,
            ),
            (
                (49, 100),
                (51, 100),
                Scale::Absolute,
                0.020000000000000018,
                -0.11941480179160929,
                0.15941480179160933,
                0.7775495695152377,
            ),
            (
                (120, 2400),
                (156, 2400),
                Scale::Absolute,
                0.015,
                0.0018320616672629648,
                0.028167938332737036,
                0.025580630151200268,
            ),
            (
                (14, 28),
                (16, 30),
                Scale::Relative,
                0.06666666666666665,
                -0.4776740282706786,
                0.6110073616040119,
                0.8070716832021887,
            ),
            (
                (3, 1000),
                (9, 1000),
                Scale::Relative,
                2.0,
                -1.914056646330094,
                5.914056646330094,
                0.31637061036428227,
            ),
            (
                (3, 1000),
                (9, 1000),
                Scale::Absolute,
                0.006,
                -0.0007691222827636655,
                0.012769122282763664,
                0.0823003814856722,
            ),
            (
                (5000, 50000),
                (5200, 50000),
                Scale::Absolute,
                0.004,
                0.0002484381041337755,
                0.007751561895866204,
                0.03663980391959365,
            ),
        ];
        for ((xa, na), (xb, nb), scale, effect, low, high, p) in cases {
            let found = compare(&share(xa, na), &share(xb, nb), scale, 0.95).unwrap();
            near(found.effect, effect, 1e-9);
            near(found.low, low, 1e-7);
            near(found.high, high, 1e-7);
            near(found.p, p, 1e-7);
        }
    }

    #[test]
    fn shares_at_every_look() {
        let cases = [
            (
                (120, 2400),
                (156, 2400),
                5000,
                -0.1654226774881189,
                0.7654226774881189,
                0.5405612994421659,
            ),
            ((14, 28), (16, 30), 5000, -2.2406723126379324, 2.374005645971266, 1.0),
            ((5000, 50000), (5200, 50000), 5000, -0.025137647126063978, 0.10513764712606377, 1.0),
            ((1396, 3000), (2422, 3461), 5000, 0.40098, 0.60675, 0.0),
        ];
        for ((xa, na), (xb, nb), planned, low, high, p) in cases {
            let found =
                always(&share(xa, na), &share(xb, nb), Scale::Relative, (0.95, planned)).unwrap();
            let within = if planned == 5000 && na == 3000 { 1e-4 } else { 1e-7 };
            near(found.low, low, within);
            near(found.high, high, within);
            near(found.p, p, 1e-7);
        }
    }

    #[test]
    fn means_and_what_was_known_before() {
        let mean = |n, sum, squares| Arm::Mean { n, sum, squares };
        let (a, b) = (mean(3407, 1396.87, 52377.9767), mean(3461, 2422.7, 134698.29));
        let found = compare(&a, &b, Scale::Relative, 0.95).unwrap();
        near(found.effect, 0.70732, 1e-5);
        near(found.low, -0.03526, 1e-5);
        near(found.high, 1.44989, 1e-5);
        near(found.p, 0.06191, 1e-5);
        let found = compare(&a, &b, Scale::Absolute, 0.95).unwrap();
        near(found.effect, 0.29, 1e-4);
        near(found.p, 0.02016, 1e-5);
        let beside = |sum, squares, before: (f64, f64, f64)| {
            let (of, of_squares, cross) = before;
            let before = crate::Before { sum: of, squares: of_squares, cross };
            Arm::Beside { n: 1000, sum, squares, before }
        };
        let a = beside(10500.0, 115000.0, (10000.0, 105000.0, 108500.0));
        let b = beside(10800.0, 121000.0, (10010.0, 105200.0, 111000.0));
        let found = compare(&a, &b, Scale::Absolute, 0.95).unwrap();
        near(found.effect, 0.2936064680323405, 1e-9);
        near(found.error, 0.07091700909951779, 1e-9);
        near(found.low, 0.1545269315022615, 1e-7);
        near(found.high, 0.43268600456241946, 1e-7);
        near(found.p, 3.616110329973665e-05, 1e-9);
        let plain = |sum, squares| mean(1000, sum, squares);
        let plain =
            compare(&plain(10500.0, 115000.0), &plain(10800.0, 121000.0), Scale::Absolute, 0.95)
                .unwrap();
        near(plain.error, 0.095494, 1e-6);
        assert!(found.error < plain.error, "what was known before takes noise away");
    }

    #[test]
    fn beliefs_with_and_without_a_prior() {
        let held = Prior::Normal { mean: 0.0, spread: 0.3 };
        let cases = [
            (
                (49, 100),
                (51, 100),
                Prior::Flat,
                0.04081632653061228,
                -0.24779335974122607,
                0.6091813095808981,
                (0.0813958491551631, 0.04057952262455081),
            ),
            (
                (49, 100),
                (51, 100),
                held,
                0.032891837773784745,
                -0.22619062381299754,
                0.5982528554529536,
                (0.07080522340131383, 0.03791338562752907),
            ),
            (
                (120, 2400),
                (156, 2400),
                held,
                0.23786799794435065,
                -0.029719853430142718,
                0.9592701867809638,
                (0.24011873601915387, 0.002250738074803222),
            ),
            (
                (14, 28),
                (16, 30),
                Prior::Flat,
                0.06666666666666665,
                -0.46585271950365803,
                0.59691501044424,
                (0.14497205087643675, 0.07830538420977011),
            ),
            (
                (3, 1000),
                (9, 1000),
                Prior::Flat,
                2.0,
                -1.9110981864438046,
                0.8418904079368728,
                (2.165542074760801, 0.16554207476080088),
            ),
            (
                (3, 1000),
                (9, 1000),
                held,
                0.04420432220039292,
                -0.5372506503539259,
                0.5592246006832287,
                (0.14176624386360195, 0.09756192166320905),
            ),
            (
                (5000, 50000),
                (5200, 50000),
                held,
                0.03983135580978375,
                0.0016523124463702563,
                0.9795620836156943,
                (0.03997792602287118, 0.00014657021308742227),
            ),
        ];
        for ((xa, na), (xb, nb), prior, effect, low, chance, (stay, go)) in cases {
            let found =
                belief(&share(xa, na), &share(xb, nb), Scale::Relative, (prior, 0.95)).unwrap();
            near(found.effect, effect, 1e-9);
            near(found.low, low, 1e-7);
            near(found.chance, chance, 1e-8);
            near(found.risks.0, stay, 1e-7);
            near(found.risks.1, go, 1e-7);
        }
        let mean = |n, sum, squares| Arm::Mean { n, sum, squares };
        let found = belief(
            &mean(10, 100.0, 1002.25),
            &mean(10, 105.0, 1111.5),
            Scale::Relative,
            (Prior::Flat, 0.95),
        )
        .unwrap();
        near(found.chance, 0.91923, 1e-5);
        near(found.risks.0, 0.05131, 1e-5);
    }

    /// Worked out by integrating the two densities.
    #[test]
    fn small_shares_are_compared_exactly() {
        let cases = [
            ((3, 1000), (9, 1000), 0.954381),
            ((49, 100), (51, 100), 0.610771),
            ((120, 2400), (156, 2400), 0.987147),
            ((14, 28), (16, 30), 0.598548),
            ((2, 20), (6, 22), 0.911703),
            ((5000, 50000), (5200, 50000), 0.981677),
            ((0, 0), (0, 0), 0.5),
        ];
        for (control, treatment, chance) in cases {
            near(better(control, treatment), chance, 1e-6);
            near(better(treatment, control), 1.0 - chance, 1e-6);
        }
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(compare(&share(0, 0), &share(5, 10), Scale::Absolute, 0.95), None);
        assert_eq!(compare(&share(0, 10), &share(5, 10), Scale::Relative, 0.95), None);
        assert_eq!(compare(&share(0, 10), &share(0, 10), Scale::Absolute, 0.95), None, "no spread");
    }
}
