//! Special functions that the models are written in: logarithms of gamma and beta, the hypergeometric function, and the
//! incomplete beta.

use std::f64::consts::PI;

/// The natural logarithm of the gamma function for `x > 0`, to about 1e-14 (Lanczos 1964, g = 7, nine terms).
pub fn ln_gamma(x: f64) -> f64 {
    const G: f64 = 7.0;
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        // The reflection formula; nobody asks below zero.
        return (PI / (PI * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    if x > 1e7 {
        // Stirling's series: the difference of neighbours stays exact where Lanczos' terms are all alike.
        return (x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln() + 1.0 / (12.0 * x);
    }
    let x = x - 1.0;
    let sum = TERMS[1..]
        .iter()
        .zip(1_u32..)
        .fold(TERMS[0], |sum, (term, place)| sum + term / (x + f64::from(place)));
    let t = x + G + 0.5;
    0.5 * (2.0 * PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// The logarithm of the beta function.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// `ln(exp(x) + exp(y))` without overflow.
pub fn ln_sum(x: f64, y: f64) -> f64 {
    let (low, high) = if x < y { (x, y) } else { (y, x) };
    if low == f64::NEG_INFINITY { high } else { high + (low - high).exp().ln_1p() }
}

/// `1 / (1 + exp(-x))` without overflow.
pub fn logistic(x: f64) -> f64 {
    if x < 0.0 {
        let e = x.exp();
        e / (1.0 + e)
    } else {
        1.0 / (1.0 + (-x).exp())
    }
}

/// `ln(p / (1 - p))`, with shares of nothing and all kept finite.
pub fn logit(p: f64) -> f64 {
    let p = p.clamp(1e-12, 1.0 - 1e-12);
    (p / (1.0 - p)).ln()
}

/// The hypergeometric function 2F1(1, b; c; z) for `c > 1` and `0 <= z < 1`. All terms of its series are positive, so
/// nothing cancels; the other forms that are needed are turned into this one by Euler's transformation. Near 1, where
/// the series crawls, Gauss' continued fraction takes its place.
pub fn hypergeometric_one(b: f64, c: f64, z: f64) -> f64 {
    if 0.8 < z {
        return gauss_fraction(b, c - 1.0, z);
    }
    let (mut term, mut sum) = (1.0, 1.0);
    let mut n = 0.0;
    while n < MOST_TERMS {
        term *= (b + n) / (c + n) * z;
        sum += term;
        // What is still to come is less than a geometric series of the last ratio.
        let ratio = ((b + n + 1.0) / (c + n + 1.0)).max(1.0) * z;
        if term <= sum * 1e-16 * (1.0 - ratio).max(1e-6) {
            break;
        }
        n += 1.0;
    }
    sum
}

/// 2F1(b, 1; c + 1; z) as 1 / (1 + k1 z / (1 + k2 z / (1 + ...))) (Gauss 1813), from the front by Lentz's way.
fn gauss_fraction(b: f64, c: f64, z: f64) -> f64 {
    let k = |place: u32| {
        let n = f64::from(place / 2);
        if place % 2 == 1 {
            -(b + n) * (c + n) / ((c + 2.0 * n) * (c + 2.0 * n + 1.0))
        } else {
            -n * (c - b + n) / ((c + 2.0 * n - 1.0) * (c + 2.0 * n))
        }
    };
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let (mut below, mut ahead, mut d) = (1.0, 1.0, 0.0);
    for place in 1..20_000 {
        let part = k(place) * z;
        d = 1.0 / away(1.0 + part * d);
        ahead = away(1.0 + part / ahead);
        let step = ahead * d;
        below *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    1.0 / below
}

const MOST_TERMS: f64 = 200_000.0;

/// Gauss' hypergeometric function 2F1(a, b; c; z) for `c > 0` and `0 <= z < 1`, after Euler's transformation
/// (Abramowitz and Stegun 15.3.3) where that makes the terms fall faster.
pub fn hypergeometric(a: f64, b: f64, c: f64, z: f64) -> f64 {
    if c < a + b {
        (1.0 - z).powf(c - a - b) * series(c - a, c - b, c, z)
    } else {
        series(a, b, c, z)
    }
}

fn series(a: f64, b: f64, c: f64, z: f64) -> f64 {
    let (mut term, mut sum) = (1.0_f64, 1.0_f64);
    let mut n = 0.0;
    while n < MOST_TERMS {
        term *= (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
        sum += term;
        if term.abs() <= sum.abs() * 1e-17 * (1.0 - z).max(1e-6) && a.abs().max(b.abs()) < n + 2.0 {
            break;
        }
        if term == 0.0 {
            break;
        }
        n += 1.0;
    }
    sum
}

/// The regularised incomplete beta function I_x(a, b), by its continued fraction (Didonato and Morris 1992).
pub fn beta_share(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if 1.0 <= x {
        return 1.0;
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b)).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// Lentz's way of evaluating the continued fraction.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..300 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away(1.0 + even * d);
        c = away(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away(1.0 + odd * d);
        c = away(1.0 + odd / c);
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-15 {
            break;
        }
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, right: f64) {
        assert!((found - right).abs() <= 1e-11 * right.abs().max(1.0), "{found} is not {right}");
    }

    #[test]
    fn values_are_those_of_the_tables() {
        near(ln_gamma(0.5), PI.sqrt().ln());
        near(ln_gamma(11.0), 3_628_800.0_f64.ln());
        near(beta_share(0.5, 2.0, 3.0), 0.6875);
        near(beta_share(0.2, 0.5, 0.5), 2.0 / PI * 0.2_f64.sqrt().asin());
    }

    #[test]
    fn hypergeometric_functions_are_the_plain_ones_they_come_to() {
        for z in [0.01, 0.3, 0.79, 0.81, 0.99, 0.99999] {
            // 2F1(1, 1; 2; z) = -ln(1 - z) / z, and 2F1(1, b; b; z) = 1 / (1 - z).
            near(hypergeometric_one(1.0, 2.0, z), -(-z).ln_1p() / z);
            let right = 1.0 / (1.0 - z);
            assert!((hypergeometric_one(2.5, 2.5, z) / right - 1.0).abs() < 1e-9, "{z}");
            // 2F1(a, b; b; z) = (1 - z)^-a.
            let (found, right) = (hypergeometric(0.7, 3.0, 3.0, z), (1.0 - z).powf(-0.7));
            assert!((found / right - 1.0).abs() < 1e-9, "{z}: {found} is not {right}");
        }
        // Both ways meet where one hands over to the other.
        let (series, fraction) = (hypergeometric_one(0.6, 1.9, 0.8), gauss_fraction(0.6, 0.9, 0.8));
        near(series, fraction);
    }
}
