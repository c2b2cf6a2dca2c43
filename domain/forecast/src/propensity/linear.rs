//! Logistic regression with a ridge, over terms of equal spread, found by Newton's way (Hastie, Tibshirani and Friedman,
//! The Elements of Statistical Learning, 4.4).
//!
//! A number gives a term for itself and, when it is skewed, one for its logarithm, so that the score may bend; a hole
//! gives a term of its own. A choice gives a term for each level.

use serde::{Deserialize, Serialize};

use super::{Frame, Values};
use crate::special::logistic;

/// What is computed of a feature before it is weighed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// The number, held between the least and the greatest that was learnt from.
    Plain,
    /// Sign times ln(1 + size).
    Logarithm,
    /// 1 for a hole.
    Hole,
    /// 1 for one of the choices.
    Level(u32),
}

/// A term of the sum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The feature.
    pub feature: u32,
    /// What of it.
    pub shape: Shape,
    /// The least that was learnt from.
    pub low: f64,
    /// The greatest.
    pub high: f64,
    /// Its mean.
    pub mean: f64,
    /// Its spread, above 0.
    pub spread: f64,
    /// Its weight, for one spread.
    pub weight: f64,
}

/// A fitted model: its sum is a logit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linear {
    /// The logit where all terms are at their means.
    pub start: f64,
    /// The terms.
    pub terms: Vec<Term>,
}

/// At most so many terms; rarer levels are left out first.
const MOST_TERMS: usize = 400;
/// A level or a hole that fewer rows have gives no term.
const LEAST_ROWS: f64 = 5.0;

impl Term {
    fn value(&self, values: &Values, row: usize) -> f64 {
        let raw = match (self.shape, values) {
            (Shape::Level(level), Values::Choices { codes, .. }) => {
                f64::from(u8::from(codes[row] == level))
            }
            (Shape::Hole, Values::Numbers(values)) => f64::from(u8::from(values[row].is_nan())),
            (Shape::Plain, Values::Numbers(values)) => values[row],
            (Shape::Logarithm, Values::Numbers(values)) => signed_log(values[row]),
            // A frame is read by the recipes the terms were made of, so kinds agree.
            _ => f64::NAN,
        };
        // A hole stands where the mean is: it says nothing but by its own term.
        if raw.is_nan() { 0.0 } else { (raw.clamp(self.low, self.high) - self.mean) / self.spread }
    }
}

fn signed_log(value: f64) -> f64 {
    value.signum() * value.abs().ln_1p()
}

/// The values of all terms over some rows, one row after the other.
pub struct Design {
    values: Vec<f64>,
    width: usize,
    terms: Vec<Term>,
}

impl Design {
    /// Makes the terms of a frame by some of its rows, and their values.
    pub fn learn(frame: &Frame, rows: &[usize]) -> Design {
        let terms = terms(frame, rows);
        let width = terms.len();
        let mut values = Vec::with_capacity(width * rows.len());
        for row in rows {
            values.extend(
                terms.iter().map(|term| term.value(&frame.values[term.feature as usize], *row)),
            );
        }
        Design { values, width, terms }
    }

    fn row(&self, place: usize) -> &[f64] {
        &self.values[place * self.width..(place + 1) * self.width]
    }

    /// Finds the weights; `positive` is for the rows of the design. Starts from `from` where that is known already.
    pub fn fit(&self, positive: &[bool], ridge: f64, from: Option<&Linear>) -> Linear {
        let n = positive.len();
        let mut weights = vec![0.0; self.width + 1];
        match from {
            Some(from) => {
                weights[0] = from.start;
                for (weight, term) in weights[1..].iter_mut().zip(&from.terms) {
                    *weight = term.weight;
                }
            }
            None => {
                let yes = positive.iter().filter(|yes| **yes).count() as f64;
                weights[0] = crate::special::logit((yes + 0.5) / (n as f64 + 1.0));
            }
        }
        let mut loss = self.loss(&weights, positive, ridge);
        for _ in 0..30 {
            let Some(step) = self.step(&weights, positive, ridge) else { break };
            let (mut length, mut better) = (1.0, None);
            for _ in 0..12 {
                let tried: Vec<f64> = weights
                    .iter()
                    .zip(&step)
                    .map(|(weight, step)| weight - length * step)
                    .collect();
                let now = self.loss(&tried, positive, ridge);
                if now <= loss {
                    better = Some((tried, now));
                    break;
                }
                length *= 0.5;
            }
            let Some((tried, now)) = better else { break };
            let gained = loss - now;
            (weights, loss) = (tried, now);
            if gained <= 1e-10 * (1.0 + loss) {
                break;
            }
        }
        let weighed = |(term, weight): (&Term, &f64)| Term { weight: *weight, ..*term };
        let terms = self.terms.iter().zip(&weights[1..]).map(weighed).collect();
        Linear { start: weights[0], terms }
    }

    fn logit(&self, weights: &[f64], place: usize) -> f64 {
        weights[0] + self.row(place).iter().zip(&weights[1..]).map(|(x, w)| x * w).sum::<f64>()
    }

    fn loss(&self, weights: &[f64], positive: &[bool], ridge: f64) -> f64 {
        let penalty: f64 = weights[1..].iter().map(|weight| weight * weight).sum();
        let one = |(place, yes): (usize, &bool)| {
            let logit = self.logit(weights, place);
            // ln(1 + e^x) - x y without overflow.
            logit.max(0.0) + (-logit.abs()).exp().ln_1p() - if *yes { logit } else { 0.0 }
        };
        0.5 * ridge * penalty + positive.iter().enumerate().map(one).sum::<f64>()
    }

    /// Newton's step: the curvature's inverse times the slope.
    fn step(&self, weights: &[f64], positive: &[bool], ridge: f64) -> Option<Vec<f64>> {
        let wide = self.width + 1;
        let mut slope = vec![0.0; wide];
        let mut curve = vec![0.0; wide * wide];
        for (place, yes) in positive.iter().enumerate() {
            let row = self.row(place);
            let score = logistic(self.logit(weights, place));
            let error = score - f64::from(u8::from(*yes));
            let bend = (score * (1.0 - score)).max(1e-10);
            slope[0] += error;
            curve[0] += bend;
            for (at, x) in row.iter().enumerate() {
                slope[at + 1] += error * x;
                let bent = bend * x;
                let line = &mut curve[(at + 1) * wide..];
                line[0] += bent;
                for (sum, other) in line[1..].iter_mut().zip(&row[..=at]) {
                    *sum += bent * other;
                }
            }
        }
        for at in 1..wide {
            slope[at] += ridge * weights[at];
            curve[at * wide + at] += ridge;
        }
        solve(curve, slope)
    }
}

/// Solves `curve x = slope` where the lower half of a symmetric, positive `curve` is given (Cholesky).
fn solve(mut curve: Vec<f64>, mut slope: Vec<f64>) -> Option<Vec<f64>> {
    let n = slope.len();
    for row in 0..n {
        for column in 0..=row {
            let mut sum = curve[row * n + column];
            for k in 0..column {
                sum -= curve[row * n + k] * curve[column * n + k];
            }
            curve[row * n + column] = if row == column {
                if sum <= 0.0 || !sum.is_finite() {
                    return None;
                }
                sum.sqrt()
            } else {
                sum / curve[column * n + column]
            };
        }
    }
    for row in 0..n {
        for k in 0..row {
            slope[row] -= curve[row * n + k] * slope[k];
        }
        slope[row] /= curve[row * n + row];
    }
    for row in (0..n).rev() {
        for k in row + 1..n {
            slope[row] -= curve[k * n + row] * slope[k];
        }
        slope[row] /= curve[row * n + row];
    }
    Some(slope)
}

impl Linear {
    /// The logit of every row.
    pub fn logits(&self, frame: &Frame) -> Vec<f64> {
        let mut logits = vec![self.start; frame.rows];
        for term in &self.terms {
            let values = &frame.values[term.feature as usize];
            for (row, logit) in logits.iter_mut().enumerate() {
                *logit += term.weight * term.value(values, row);
            }
        }
        logits
    }

    /// The logits of some rows.
    pub fn logits_of(&self, frame: &Frame, rows: &[usize]) -> Vec<f64> {
        let mut logits = vec![self.start; rows.len()];
        for term in &self.terms {
            let values = &frame.values[term.feature as usize];
            for (row, logit) in rows.iter().zip(&mut logits) {
                *logit += term.weight * term.value(values, *row);
            }
        }
        logits
    }

    /// What each feature adds for a row; together with the start they come to the logit.
    pub fn reasons(&self, frame: &Frame, row: usize) -> Vec<f64> {
        let mut worth = vec![0.0; frame.values.len()];
        for term in &self.terms {
            let feature = term.feature as usize;
            worth[feature] += term.weight * term.value(&frame.values[feature], row);
        }
        worth
    }
}

fn terms(frame: &Frame, rows: &[usize]) -> Vec<Term> {
    let mut terms = Vec::new();
    for (feature, values) in (0..).zip(&frame.values) {
        match values {
            Values::Numbers(values) => {
                let bends = spread_of(values, rows);
                let shapes =
                    [Some(Shape::Plain), bends.then_some(Shape::Logarithm), Some(Shape::Hole)];
                for shape in shapes.into_iter().flatten() {
                    terms.extend(term(frame, rows, feature, shape));
                }
            }
            Values::Choices { levels, .. } => {
                for level in 0..=*levels + 1 {
                    terms.extend(term(frame, rows, feature, Shape::Level(level)));
                }
            }
        }
    }
    if MOST_TERMS < terms.len() {
        let mut by_spread: Vec<f64> = terms.iter().map(|term| term.spread_rank()).collect();
        by_spread.sort_by(|a, b| b.total_cmp(a));
        let least = by_spread[MOST_TERMS - 1];
        terms.retain(|term| least <= term.spread_rank());
        terms.truncate(MOST_TERMS);
    }
    terms
}

impl Term {
    /// Rare levels tell the least.
    fn spread_rank(&self) -> f64 {
        match self.shape {
            Shape::Plain | Shape::Logarithm => f64::INFINITY,
            Shape::Hole | Shape::Level(_) => self.spread,
        }
    }
}

/// Whether a number is worth a logarithm: it has more than a few values, and some far from the others.
fn spread_of(values: &[f64], rows: &[usize]) -> bool {
    let mut there: Vec<f64> =
        rows.iter().map(|row| values[*row]).filter(|value| !value.is_nan()).collect();
    there.sort_by(f64::total_cmp);
    let different = there.chunk_by(|a, b| a == b).take(6).count();
    let high = there.last().copied().unwrap_or(0.0).abs();
    5 < different && 2.0 < high.max(there.first().copied().unwrap_or(0.0).abs())
}

/// A term over some rows; `None` when it is the same everywhere, or too rare.
fn term(frame: &Frame, rows: &[usize], feature: u32, shape: Shape) -> Option<Term> {
    let values = &frame.values[feature as usize];
    let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
    let plain = Term { feature, shape, low, high, mean: 0.0, spread: 1.0, weight: 0.0 };
    // A hole of a plain term is the number 0 here, and counted apart.
    let hole = |row: usize| match (shape, values) {
        (Shape::Plain | Shape::Logarithm, Values::Numbers(values)) => values[row].is_nan(),
        _ => false,
    };
    let (mut n, mut sum, mut low, mut high) = (0.0, 0.0, f64::INFINITY, f64::NEG_INFINITY);
    for row in rows.iter().filter(|row| !hole(**row)) {
        let value = plain.value(values, *row);
        (n, sum) = (n + 1.0, sum + value);
        (low, high) = (low.min(value), high.max(value));
    }
    let mean = sum / n;
    let square =
        |row: &usize| if hole(*row) { 0.0 } else { (plain.value(values, *row) - mean).powi(2) };
    let spread = (rows.iter().map(square).sum::<f64>() / n).sqrt();
    let rare = match shape {
        Shape::Plain | Shape::Logarithm => n < LEAST_ROWS,
        Shape::Hole | Shape::Level(_) => sum < LEAST_ROWS || n - sum < LEAST_ROWS,
    };
    let flat =
        spread.partial_cmp(&(1e-9 * (1.0 + mean.abs()))) != Some(std::cmp::Ordering::Greater);
    (!rare && !flat).then_some(Term { low, high, mean, spread, ..plain })
}
