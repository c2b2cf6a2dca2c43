//! Learns from some rows: the logistic model, the trees, and the mean of both, each with the settings that did best on
//! parts held back inside those rows, and each corrected so that its scores are probabilities.

use serde::{Deserialize, Serialize};

use super::{
    Frame,
    boosting::{Growth, Trees, Way, add},
    linear::{Design, Linear},
    measure::loss,
};
use crate::{
    chance::Chance,
    special::{logistic, logit},
};

/// Which learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Learner {
    /// The logistic model.
    Logistic,
    /// The trees.
    Boosting,
    /// The mean of the two logits.
    Both,
}

/// All learners, the simplest first.
pub const LEARNERS: [Learner; 3] = [Learner::Logistic, Learner::Boosting, Learner::Both];

/// A straight line over the logit that makes scores probabilities (Platt 1999).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// What is added.
    pub shift: f64,
    /// What the logit is multiplied by.
    pub slope: f64,
}

/// What was learnt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Learnt {
    /// The logistic model.
    pub linear: Linear,
    /// The trees.
    pub trees: Trees,
    /// One for each learner, in the order of [`LEARNERS`].
    pub calibration: [Calibration; 3],
    /// The settings that did best.
    pub settings: Settings,
}

/// Settings found on parts held back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The ridge of the logistic model.
    pub ridge: f64,
    /// How many trees.
    pub trees: usize,
    /// How many leaves each has at most.
    pub leaves: usize,
}

/// What is learnt from.
#[derive(Debug, Clone, Copy)]
pub struct Lesson<'a> {
    /// The features.
    pub frame: &'a Frame,
    /// The rows to learn from.
    pub rows: &'a [usize],
    /// For every row of the frame whether it is positive; only that of `rows` is looked at.
    pub positive: &'a [bool],
    /// For every row of the frame whom it is about: rows of one are never on both sides of a split.
    pub whom: &'a [u32],
    /// Which way each feature may go; any, where this is shorter.
    pub ways: &'a [Way],
    /// The seed.
    pub seed: u64,
}

const PARTS: usize = 4;
const RIDGES: [f64; 4] = [0.3, 3.0, 30.0, 300.0];
const LEAVES: [usize; 2] = [6, 14];
const MOST_TREES: usize = 500;
/// After so many trees without a gain no more are grown.
const PATIENCE: usize = 40;

/// Learns from the rows of a lesson.
pub fn learn(lesson: &Lesson<'_>) -> Learnt {
    let parts = parts(lesson);
    let (ridge, linear_logits) = best_ridge(lesson, &parts);
    let (trees, leaves, tree_logits) = best_trees(lesson, &parts);
    let settings = Settings { ridge, trees, leaves };
    let yes: Vec<bool> = lesson.rows.iter().map(|row| lesson.positive[*row]).collect();
    let both: Vec<f64> =
        linear_logits.iter().zip(&tree_logits).map(|(a, b)| 0.5 * (a + b)).collect();
    let calibration =
        [&linear_logits, &tree_logits, &both].map(|logits| Calibration::fit(logits, &yes));
    let linear = Design::learn(lesson.frame, lesson.rows).fit(&yes, ridge, None);
    let growth = growth(lesson, leaves);
    let seen = (lesson.rows, lesson.positive);
    let trees = Trees::grow(lesson.frame, seen, &growth, trees, |_, _| true);
    Learnt { linear, trees, calibration, settings }
}

/// For each place in the lesson's rows its part. Rows about one customer stay together; as many positives in each part
/// as chance brings.
fn parts(lesson: &Lesson<'_>) -> Vec<usize> {
    let mut whom: Vec<u32> = lesson.rows.iter().map(|row| lesson.whom[*row]).collect();
    whom.sort_unstable();
    whom.dedup();
    let mut order: Vec<usize> = (0..whom.len()).collect();
    Chance::new(lesson.seed, 1).shuffle(&mut order);
    let mut part_of = vec![0; whom.len()];
    for (place, one) in order.iter().enumerate() {
        part_of[*one] = place % PARTS;
    }
    let part =
        |row: &usize| whom.binary_search(&lesson.whom[*row]).map_or(0, |place| part_of[place]);
    lesson.rows.iter().map(part).collect()
}

/// The rows of a part, their places in the lesson, and the other rows.
struct Held {
    out: Vec<usize>,
    places: Vec<usize>,
    kept: Vec<usize>,
}

fn held(lesson: &Lesson<'_>, parts: &[usize]) -> Vec<Held> {
    (0..PARTS)
        .map(|part| {
            let places: Vec<usize> =
                (0..parts.len()).filter(|place| parts[*place] == part).collect();
            let out = places.iter().map(|place| lesson.rows[*place]).collect();
            let others = (0..parts.len()).filter(|place| parts[*place] != part);
            let kept = others.map(|place| lesson.rows[place]).collect();
            Held { out, places, kept }
        })
        .collect()
}

/// The ridge with the least loss on parts held back, and the logits of those.
fn best_ridge(lesson: &Lesson<'_>, parts: &[usize]) -> (f64, Vec<f64>) {
    let mut logits = vec![vec![0.0; lesson.rows.len()]; RIDGES.len()];
    for held in held(lesson, parts) {
        let design = Design::learn(lesson.frame, &held.kept);
        let yes: Vec<bool> = held.kept.iter().map(|row| lesson.positive[*row]).collect();
        let mut last = None;
        for (number, ridge) in RIDGES.iter().enumerate().rev() {
            let linear = design.fit(&yes, *ridge, last.as_ref());
            let all = linear.logits_of(lesson.frame, &held.out);
            for (place, logit) in held.places.iter().zip(all) {
                logits[number][*place] = logit;
            }
            last = Some(linear);
        }
    }
    let best = least(logits.iter().map(|logits| loss_of(lesson, logits)));
    (RIDGES[best], logits.swap_remove(best))
}

/// How many trees of how many leaves have the least loss on parts held back, and the logits of those.
fn best_trees(lesson: &Lesson<'_>, parts: &[usize]) -> (usize, usize, Vec<f64>) {
    let tried: Vec<(usize, f64, Vec<f64>)> =
        LEAVES.iter().map(|leaves| tried(lesson, parts, *leaves)).collect();
    let best = least(tried.iter().map(|(_, loss, _)| *loss));
    let (n, _, logits) = tried.into_iter().nth(best).unwrap_or_default();
    (n, LEAVES[best], logits)
}

/// For trees of a size: how many are best over all parts, their loss, and the logits of the rows held back.
fn tried(lesson: &Lesson<'_>, parts: &[usize], leaves: usize) -> (usize, f64, Vec<f64>) {
    let growth = growth(lesson, leaves);
    let held = held(lesson, parts);
    let mut losses: Vec<Vec<f64>> = Vec::new();
    let mut grown = Vec::new();
    for held in &held {
        let mut logits = vec![];
        let mut of_part: Vec<f64> = Vec::new();
        let seen = (held.kept.as_slice(), lesson.positive);
        let trees = Trees::grow(lesson.frame, seen, &growth, MOST_TREES, |tree, binned| {
            if logits.is_empty() {
                logits = vec![start(&held.kept, lesson.positive); held.out.len()];
            }
            add(tree, binned, &held.out, &mut logits);
            of_part.push(sum_of_losses(lesson, &held.out, &logits));
            let best = least(of_part.iter().copied());
            of_part.len() <= best + PATIENCE
        });
        losses.push(of_part);
        grown.push(trees);
    }
    let rounds = losses.iter().map(Vec::len).min().unwrap_or(0);
    let at = |round: usize| losses.iter().map(|of_part| of_part[round]).sum::<f64>();
    let n = if rounds == 0 { 0 } else { least((0..rounds).map(at)) + 1 };
    let mut logits = vec![0.0; lesson.rows.len()];
    for (held, mut trees) in held.iter().zip(grown) {
        trees.trees.truncate(n);
        for (place, logit) in held.places.iter().zip(trees.logits_of(lesson.frame, &held.out)) {
            logits[*place] = logit;
        }
    }
    (n, loss_of(lesson, &logits), logits)
}

fn start(rows: &[usize], positive: &[bool]) -> f64 {
    let yes = rows.iter().filter(|row| positive[**row]).count() as f64;
    logit((yes + 0.5) / (rows.len() as f64 + 1.0))
}

fn growth(lesson: &Lesson<'_>, leaves: usize) -> Growth {
    let n = lesson.rows.len();
    Growth {
        rate: 0.05,
        leaves,
        // Small tables cannot afford leaves of twenty.
        least_rows: (n as f64 / 50.0).clamp(3.0, 20.0),
        ridge: 1.0,
        features: 0.7,
        rows: 0.8,
        ways: lesson.ways.to_vec(),
        seed: lesson.seed,
    }
}

fn loss_of(lesson: &Lesson<'_>, logits: &[f64]) -> f64 {
    sum_of_losses(lesson, lesson.rows, logits)
}

fn sum_of_losses(lesson: &Lesson<'_>, rows: &[usize], logits: &[f64]) -> f64 {
    let one = |(row, logit): (&usize, &f64)| loss(logistic(*logit), lesson.positive[*row]);
    rows.iter().zip(logits).map(one).sum()
}

/// The place of the least; the first of equals.
fn least(values: impl Iterator<Item = f64>) -> usize {
    values.enumerate().reduce(|a, b| if b.1 < a.1 { b } else { a }).map_or(0, |(place, _)| place)
}

impl Calibration {
    /// Changes nothing.
    pub const NONE: Calibration = Calibration { shift: 0.0, slope: 1.0 };

    /// Finds the line under which the outcomes are likeliest, held a little towards changing nothing.
    pub fn fit(logits: &[f64], positive: &[bool]) -> Calibration {
        let (mut shift, mut slope) = (0.0_f64, 1.0_f64);
        // The weight of five rows' worth of belief that the scores are right.
        let held = 5.0;
        for _ in 0..25 {
            let (mut gs, mut gl, mut ss, mut sl, mut ll) =
                (held * shift, held * (slope - 1.0), held, 0.0, held);
            for (logit, yes) in logits.iter().zip(positive) {
                let score = logistic(shift + slope * logit);
                let (error, bend) = (score - f64::from(u8::from(*yes)), score * (1.0 - score));
                (gs, gl) = (gs + error, gl + error * logit);
                (ss, sl, ll) = (ss + bend, sl + bend * logit, ll + bend * logit * logit);
            }
            let below = ss * ll - sl * sl;
            if below <= 0.0 || !below.is_finite() {
                return Calibration::NONE;
            }
            let (by_shift, by_slope) = ((ll * gs - sl * gl) / below, (ss * gl - sl * gs) / below);
            (shift, slope) = (shift - by_shift, (slope - by_slope).clamp(0.05, 3.0));
            if by_shift.abs() + by_slope.abs() < 1e-10 {
                break;
            }
        }
        Calibration { shift, slope }
    }

    /// The probability.
    pub fn score(&self, logit: f64) -> f64 {
        logistic(self.shift + self.slope * logit)
    }
}

impl Learnt {
    /// The calibration of a learner.
    pub fn calibration_of(&self, learner: Learner) -> Calibration {
        self.calibration[learner as usize]
    }

    /// The probabilities of all rows by a learner.
    pub fn scores(&self, frame: &Frame, learner: Learner) -> Vec<f64> {
        let logits = match learner {
            Learner::Logistic => self.linear.logits(frame),
            Learner::Boosting => self.trees.logits(frame),
            Learner::Both => {
                let trees = self.trees.logits(frame);
                let mean = |(a, b): (f64, f64)| 0.5 * (a + b);
                self.linear.logits(frame).into_iter().zip(trees).map(mean).collect()
            }
        };
        let calibration = self.calibration_of(learner);
        logits.into_iter().map(|logit| calibration.score(logit)).collect()
    }
}
