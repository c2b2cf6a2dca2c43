//! The distributions that intervals are read from.

use forecast::special::{beta_share, ln_gamma};

/// The share of a gamma distribution of this shape above `x`: by series below, by continued fraction above.
fn gamma_above(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let front = (shape * x.ln() - x - ln_gamma(shape)).exp();
    if x < shape + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / shape, 1.0 / shape, shape);
        for _ in 0..10_000 {
            k += 1.0;
            term *= x / k;
            sum += term;
            if term.abs() < sum.abs() * 1e-17 {
                break;
            }
        }
        return (1.0 - front * sum).clamp(0.0, 1.0);
    }
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / b);
    let mut h = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let a = -i * (i - shape);
        b += 2.0;
        d = a * d + b;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + a / c;
        c = if c.abs() < TINY { TINY } else { c };
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    (front * h).clamp(0.0, 1.0)
}

/// The share of a chi-square distribution above `x`.
pub fn chi_square_above(x: f64, degrees: f64) -> f64 {
    gamma_above(0.5 * degrees, 0.5 * x)
}

/// The share of the normal distribution below `z`.
pub fn normal_below(z: f64) -> f64 {
    let tail = 0.5 * gamma_above(0.5, 0.5 * z * z);
    if z < 0.0 { tail } else { 1.0 - tail }
}

/// The density of the normal distribution.
pub(crate) fn normal_density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The share of Student's distribution below `t`.
pub fn student_below(t: f64, degrees: f64) -> f64 {
    let tail = 0.5 * beta_share(degrees / (degrees + t * t), 0.5 * degrees, 0.5);
    if t < 0.0 { tail } else { 1.0 - tail }
}

/// Where a distribution that rises reaches a share; found by halving.
fn quantile(share: f64, below: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (-1.0, 1.0);
    while share < below(low) && -1e12 < low {
        low *= 2.0;
    }
    while below(high) < share && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if below(middle) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Below which the normal distribution has this share.
pub fn normal_quantile(share: f64) -> f64 {
    quantile(share, normal_below)
}

/// Below which Student's distribution has this share.
pub fn student_quantile(share: f64, degrees: f64) -> f64 {
    quantile(share, |t| student_below(t, degrees))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From printed tables of the distributions.
    #[test]
    fn the_tables_are_met() {
        let near = |a: f64, b: f64, within: f64| assert!((a - b).abs() < within, "{a} {b}");
        near(normal_quantile(0.975), 1.959_963_984_540_054, 1e-9);
        near(normal_below(-3.0), 0.001_349_898_031_630, 1e-14);
        near(student_quantile(0.975, 10.0), 2.228_138_852, 1e-8);
        near(student_quantile(0.95, 1.0), 6.313_751_515, 1e-7);
        near(chi_square_above(3.841_458_820_694_124, 1.0), 0.05, 1e-12);
        near(chi_square_above(18.307_038_053_275_14, 10.0), 0.05, 1e-12);
    }
}
