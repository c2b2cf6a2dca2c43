//! How good scores are, with intervals.

use serde::{Deserialize, Serialize};

use crate::chance::Chance;

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What is said of scores on rows that were held back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measures {
    /// How many rows.
    pub n: usize,
    /// How many of them are positive.
    pub positives: usize,
    /// The chance that a positive row stands above another one. Interval by DeLong, DeLong and Clarke-Pearson 1988.
    pub auc: Figure,
    /// Average precision.
    pub average_precision: Figure,
    /// The share of positives in the first tenth, over their share in all.
    pub lift_of_tenth: Figure,
    /// The mean squared distance between score and outcome.
    pub brier: Figure,
    /// The mean of -ln of the probability given to what happened.
    pub log_loss: Figure,
    /// Ten groups of equal size by score: how far the mean score is from the share of positives.
    pub calibration_error: Figure,
}

/// A tenth of the rows by score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tenth {
    /// How many rows.
    pub n: usize,
    /// Their mean score.
    pub score: f64,
    /// The share of positives among them, with its interval (Wilson 1927).
    pub share: Figure,
}

/// How many times rows are drawn again for an interval.
const DRAWS: usize = 200;
const Z: f64 = 1.959_964;

/// Measures scores against outcomes; `None` unless there are rows of both kinds.
pub fn measure(scores: &[f64], positive: &[bool], seed: u64) -> Option<Measures> {
    let n = scores.len();
    let positives = positive.iter().filter(|yes| **yes).count();
    if positives == 0 || positives == n {
        return None;
    }
    let order = by_score(scores);
    let losses: Vec<f64> =
        scores.iter().zip(positive).map(|(score, yes)| loss(*score, *yes)).collect();
    let squares: Vec<f64> = scores
        .iter()
        .zip(positive)
        .map(|(score, yes)| (score - f64::from(u8::from(*yes))).powi(2))
        .collect();
    let drawn = Drawn::new(&order, scores, positive, seed);
    Some(Measures {
        n,
        positives,
        auc: auc_with_interval(&order, scores, positive),
        average_precision: drawn.figure(average_precision),
        lift_of_tenth: drawn.figure(lift_of_tenth),
        brier: mean(&squares),
        log_loss: mean(&losses),
        calibration_error: drawn.figure(calibration_error),
    })
}

/// The tenths, the highest scores first.
pub fn tenths(scores: &[f64], positive: &[bool]) -> Vec<Tenth> {
    let order = by_score(scores);
    let groups = 10.min(order.len());
    parts(order.len(), groups)
        .map(|part| {
            let rows = &order[part];
            let n = rows.len();
            let score = rows.iter().map(|row| scores[*row]).sum::<f64>() / n as f64;
            let yes = rows.iter().filter(|row| positive[**row]).count();
            Tenth { n, score, share: share(yes, n) }
        })
        .collect()
}

/// -ln of the probability given to what happened.
pub(super) fn loss(score: f64, positive: bool) -> f64 {
    let given = if positive { score } else { 1.0 - score };
    -given.max(1e-12).ln()
}

/// The chance that a positive row stands above another one, ties counted half; a half when one kind is missing.
pub fn auc(scores: &[f64], positive: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*a].total_cmp(&scores[*b]));
    let (mut sum, mut positives) = (0.0, 0.0);
    each_tie(&order, scores, |below, tied| {
        let yes = tied.iter().filter(|row| positive[**row]).count() as f64;
        sum += yes * (below as f64 + 0.5 * (tied.len() as f64 + 1.0));
        positives += yes;
    });
    let negatives = scores.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return 0.5;
    }
    (sum - positives * (positives + 1.0) / 2.0) / (positives * negatives)
}

/// Rows with the highest score first; ties by row.
fn by_score(scores: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    order
}

fn each_tie(order: &[usize], scores: &[f64], mut take: impl FnMut(usize, &[usize])) {
    let mut from = 0;
    for group in order.chunk_by(|a, b| scores[*a] == scores[*b]) {
        take(from, group);
        from += group.len();
    }
}

/// DeLong's variance from the place of each row among those of the other kind (Sun and Xu 2014 for the fast way).
fn auc_with_interval(order: &[usize], scores: &[f64], positive: &[bool]) -> Figure {
    let rising: Vec<usize> = order.iter().rev().copied().collect();
    let m = positive.iter().filter(|yes| **yes).count() as f64;
    let k = positive.len() as f64 - m;
    // For each positive the share of negatives below it, for each negative the share of positives above it.
    let (mut of_positives, mut of_negatives) = (Vec::new(), Vec::new());
    let mut positives_below = 0.0;
    each_tie(&rising, scores, |below, tied| {
        let yes = tied.iter().filter(|row| positive[**row]).count() as f64;
        let no = tied.len() as f64 - yes;
        let negatives_below = below as f64 - positives_below;
        for row in tied {
            if positive[*row] {
                of_positives.push((negatives_below + 0.5 * no) / k);
            } else {
                of_negatives.push((m - positives_below - 0.5 * yes) / m);
            }
        }
        positives_below += yes;
    });
    let (one, other) = (mean(&of_positives), mean(&of_negatives));
    let error = |figure: Figure| (figure.high - figure.value) / Z;
    let both = (error(one).powi(2) + error(other).powi(2)).sqrt();
    // On the scale of the logit, so that the interval stays between 0 and 1 (LaValley).
    let value = one.value;
    let steep = (value * (1.0 - value)).max(1e-9);
    let at =
        |way: f64| crate::special::logistic(crate::special::logit(value) + way * Z * both / steep);
    Figure { value, low: at(-1.0).min(value), high: at(1.0).max(value) }
}

fn mean(values: &[f64]) -> Figure {
    let n = values.len() as f64;
    let value = values.iter().sum::<f64>() / n;
    let spread = values.iter().map(|one| (one - value).powi(2)).sum::<f64>();
    let error = if values.len() < 2 { 0.0 } else { (spread / (n - 1.0) / n).sqrt() };
    Figure { value, low: value - Z * error, high: value + Z * error }
}

/// A share with Wilson's interval.
pub fn share(yes: usize, n: usize) -> Figure {
    let (yes, n) = (yes as f64, n as f64);
    if n == 0.0 {
        return Figure { value: 0.0, low: 0.0, high: 1.0 };
    }
    let (value, z2) = (yes / n, Z * Z);
    let middle = (value + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z * (value * (1.0 - value) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    Figure { value, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

/// The rows in order of score, and how often each is drawn in each draw.
struct Drawn {
    rows: Vec<(f64, bool)>,
    seed: u64,
}

impl Drawn {
    fn new(order: &[usize], scores: &[f64], positive: &[bool], seed: u64) -> Drawn {
        let rows = order.iter().map(|row| (scores[*row], positive[*row])).collect();
        Drawn { rows, seed }
    }

    /// The figure, and between which values it lies when the rows are drawn again (Efron's percentile interval).
    fn figure(&self, of: impl Fn(&[(f64, bool, f64)]) -> f64) -> Figure {
        let mut weighted: Vec<(f64, bool, f64)> =
            self.rows.iter().map(|(score, yes)| (*score, *yes, 1.0)).collect();
        let value = of(&weighted);
        let mut chance = Chance::new(self.seed, 0xb007);
        // Rows of a large table need not be drawn so often for the same sharpness.
        let draws = (DRAWS * 50_000 / self.rows.len().max(1)).clamp(40, DRAWS);
        let mut found: Vec<f64> = (0..draws)
            .map(|_| {
                for row in &mut weighted {
                    row.2 = 0.0;
                }
                for _ in 0..self.rows.len() {
                    weighted[chance.below(self.rows.len())].2 += 1.0;
                }
                of(&weighted)
            })
            .filter(|value| value.is_finite())
            .collect();
        found.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = (share * (found.len() as f64 - 1.0)).round().max(0.0);
            found.get(place as usize).copied().unwrap_or(value)
        };
        Figure { value, low: at(0.025).min(value), high: at(0.975).max(value) }
    }
}

fn average_precision(rows: &[(f64, bool, f64)]) -> f64 {
    let (mut seen, mut yes, mut sum) = (0.0, 0.0, 0.0);
    for tied in rows.chunk_by(|a, b| a.0 == b.0) {
        let more: f64 = tied.iter().filter(|row| row.1).map(|row| row.2).sum();
        seen += tied.iter().map(|row| row.2).sum::<f64>();
        yes += more;
        if 0.0 < seen {
            sum += more * yes / seen;
        }
    }
    sum / yes
}

fn lift_of_tenth(rows: &[(f64, bool, f64)]) -> f64 {
    let all: f64 = rows.iter().map(|row| row.2).sum();
    let yes: f64 = rows.iter().filter(|row| row.1).map(|row| row.2).sum();
    let tenth = (all / 10.0).floor().max(1.0);
    let (mut left, mut found) = (tenth, 0.0);
    for (_, positive, weight) in rows {
        let taken = weight.min(left);
        found += if *positive { taken } else { 0.0 };
        left -= taken;
        if left <= 0.0 {
            break;
        }
    }
    (found / tenth) / (yes / all)
}

fn calibration_error(rows: &[(f64, bool, f64)]) -> f64 {
    let all: f64 = rows.iter().map(|row| row.2).sum();
    let (mut error, mut scored, mut came, mut seen) = (0.0, 0.0, 0.0, 0.0);
    let mut groups = 1.0;
    for (score, positive, weight) in rows {
        seen += weight;
        scored += weight * score;
        came += if *positive { *weight } else { 0.0 };
        // A group ends when the tenths so far are full.
        if all * groups / 10.0 <= seen + 1e-9 {
            error += (scored - came).abs() / all;
            (scored, came) = (0.0, 0.0);
            groups += 1.0;
        }
    }
    error + (scored - came).abs() / all
}

/// `n` things in `k` parts of nearly equal size, the larger ones first.
fn parts(n: usize, k: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let (size, more) = (n.checked_div(k).unwrap_or(0), n.checked_rem(k).unwrap_or(0));
    (0..k).map(move |part| {
        let from = part * size + part.min(more);
        from..from + size + usize::from(part < more)
    })
}
