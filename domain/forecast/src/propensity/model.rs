//! A model that can be kept and asked: scores of the rows of any table with the same columns, and what made them.

use serde::{Deserialize, Serialize};

use super::{
    Feature, Frame, Table,
    boosting::Reasons,
    card::Card,
    learn::{LEARNERS, Learner, Learnt},
};

/// A model with everything that is needed to ask it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// How features are read from a table.
    pub features: Vec<Feature>,
    /// Columns that name rows, for the results.
    pub names: Vec<String>,
    /// What was learnt.
    pub learnt: Learnt,
    /// What is known of it.
    pub card: Card,
}

/// What a feature adds to the logit of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// The feature, as the model lists them.
    pub feature: usize,
    /// What it adds; below 0 it takes away.
    pub worth: f64,
}

/// A model made ready to give reasons.
pub struct Explaining<'a> {
    model: &'a Model,
    frame: Frame,
    trees: Option<(Reasons, super::boosting::Binned)>,
}

/// So many rows are enough to say how much a feature moves scores.
const WEIGHED: usize = 2_000;

impl Model {
    /// The learner that won.
    pub fn learner(&self) -> Learner {
        self.card.winner.learner
    }

    /// Reads the model's features from a table.
    pub fn frame(&self, table: &Table) -> Frame {
        Frame::read(&self.features, table)
    }

    /// Columns that the model wants and the table has not.
    pub fn missing<'a>(&'a self, table: &Table) -> Vec<&'a str> {
        let mut missing: Vec<&str> = self
            .features
            .iter()
            .map(|feature| feature.column.as_str())
            .filter(|column| table.column(column).is_none())
            .collect();
        missing.dedup();
        missing
    }

    /// The probability of every row.
    pub fn scores(&self, frame: &Frame) -> Vec<f64> {
        self.learnt.scores(frame, self.learner())
    }

    /// Makes ready to give reasons.
    pub fn explaining(&self, frame: Frame) -> Explaining<'_> {
        let trees = (self.learner() != Learner::Logistic)
            .then(|| (Reasons::of(&self.learnt.trees), self.learnt.trees.bins.bin(&frame)));
        Explaining { model: self, frame, trees }
    }

    /// Works out how much each feature moves the logit on average.
    pub(super) fn weigh(&mut self, frame: &Frame, rows: &[usize]) {
        let step = (rows.len() / WEIGHED).max(1);
        let mut sums = vec![0.0; self.features.len()];
        let mut n = 0.0;
        let explaining = self.explaining(frame.clone());
        for row in rows.iter().step_by(step) {
            for worth in explaining.all(*row) {
                sums[worth.feature] += worth.worth.abs();
            }
            n += 1.0;
        }
        let mut importance: Vec<(String, f64)> = self
            .features
            .iter()
            .map(Feature::name)
            .zip(sums.into_iter().map(|sum| sum / n))
            .collect();
        importance.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        self.card.importance = importance;
    }
}

impl Explaining<'_> {
    /// What every feature adds for a row; with [`Explaining::start`] they come to the logit of the probability.
    pub fn all(&self, row: usize) -> Vec<Worth> {
        let learnt = &self.model.learnt;
        let slope = learnt.calibration_of(self.model.learner()).slope;
        let trees = self.trees.as_ref().map(|(reasons, binned)| reasons.of_row(binned, row));
        let linear = || learnt.linear.reasons(&self.frame, row);
        let worth: Vec<f64> = match (self.model.learner(), trees) {
            (Learner::Boosting, Some(trees)) => trees,
            (Learner::Both, Some(trees)) => {
                linear().into_iter().zip(trees).map(|(a, b)| 0.5 * (a + b)).collect()
            }
            _ => linear(),
        };
        let scaled = |(feature, worth)| Worth { feature, worth: worth * slope };
        worth.into_iter().enumerate().map(scaled).collect()
    }

    /// The logit of one of whom nothing is known.
    pub fn start(&self) -> f64 {
        let learnt = &self.model.learnt;
        let calibration = learnt.calibration_of(self.model.learner());
        let trees = self.trees.as_ref().map_or(0.0, |(reasons, _)| reasons.mean);
        let logit = match self.model.learner() {
            Learner::Logistic => learnt.linear.start,
            Learner::Boosting => trees,
            Learner::Both => 0.5 * (learnt.linear.start + trees),
        };
        calibration.shift + calibration.slope * logit
    }

    /// The features that move a row's score most, at most `n`, the most first.
    pub fn most(&self, row: usize, n: usize) -> Vec<Worth> {
        let mut worths = self.all(row);
        worths.retain(|worth| 1e-9 < worth.worth.abs());
        worths.sort_by(|a, b| {
            b.worth.abs().total_cmp(&a.worth.abs()).then(a.feature.cmp(&b.feature))
        });
        worths.truncate(n);
        worths
    }
}

impl Learnt {
    /// The probabilities of some rows by a learner.
    pub fn scores_of(&self, frame: &Frame, learner: Learner, rows: &[usize]) -> Vec<f64> {
        let linear = || self.linear.logits_of(frame, rows);
        let trees = || self.trees.logits_of(frame, rows);
        let logits = match learner {
            Learner::Logistic => linear(),
            Learner::Boosting => trees(),
            Learner::Both => {
                linear().into_iter().zip(trees()).map(|(a, b)| 0.5 * (a + b)).collect()
            }
        };
        let calibration =
            self.calibration[LEARNERS.iter().position(|one| *one == learner).unwrap_or(0)];
        logits.into_iter().map(|logit| calibration.score(logit)).collect()
    }
}
