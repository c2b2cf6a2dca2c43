//! What is known of a model: what it was learnt from, how it was tried and how it did, in a form that can be kept.

use serde::{Deserialize, Serialize};

use super::{
    learn::{Learner, Settings},
    measure::{Measures, Tenth},
    roles::{Reason, Warning},
    splits::HeldBack,
};

/// The card of a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Rows of the table.
    pub rows: usize,
    /// The label.
    pub label: LabelCard,
    /// What was learnt from, by name.
    pub features: Vec<String>,
    /// Columns that were not, with the reason.
    pub left_out: Vec<Drop>,
    /// What was noticed.
    pub warnings: Vec<Warning>,
    /// The first and the last time of the rows, where a column says when they are.
    pub times: Option<(String, String)>,
    /// How rows were held back.
    pub held_back: HeldBack,
    /// How many rows the model was learnt from in the end.
    pub learnt_rows: usize,
    /// The seed.
    pub seed: u64,
    /// How each learner did on the rows held back.
    pub outcomes: Vec<Outcome>,
    /// Who won, and why.
    pub winner: Winner,
    /// The best single number, and the chance that it puts a positive row above another.
    pub rule: Option<(String, f64)>,
    /// The winner's tenths on the rows held back.
    pub tenths: Vec<Tenth>,
    /// The settings of the final model.
    pub settings: Settings,
    /// How much each feature moves the logit on average, the most first.
    pub importance: Vec<(String, f64)>,
}

/// The label, and how many rows have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelCard {
    /// The column.
    pub column: String,
    /// The value that counts as positive.
    pub positive: String,
    /// Rows with a label.
    pub rows: usize,
    /// Positive ones.
    pub positives: usize,
}

/// A column that was not learnt from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drop {
    /// The column.
    pub column: String,
    /// Why.
    pub reason: Reason,
}

/// How a learner did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The learner.
    pub learner: Learner,
    /// On the rows held back.
    pub measures: Measures,
}

/// Who won, and why: the one with the least loss, or the logistic model when its loss is not more by more than the
/// error of that difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Winner {
    /// The winner.
    pub learner: Learner,
    /// The one with the least loss.
    pub best: Learner,
    /// By how much the mean loss of the logistic model is more than that.
    pub logistic_worse_by: f64,
    /// The standard error of that difference.
    pub error: f64,
}
