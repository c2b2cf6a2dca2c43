//! Gradient boosting: many small trees, each of which mends what those before it left wrong (Friedman 2001), grown over
//! histograms and leaf by leaf (Ke et al., LightGBM, NIPS 2017).
//!
//! ```text
//!   values ──▶ Bins: at most 255 a feature ──▶ Grower: sums of slopes a bin ──▶ Tree ──▶ Trees: their sum is a logit
//! ```
//!
//! Holes go to whichever side of a split they fit better. Choices are ordered at each node by how positive they are and
//! then split like numbers (Fisher 1958). A feature may be held to rise or fall only.

mod bins;
mod grower;
mod reasons;

use serde::{Deserialize, Serialize};

use super::Frame;
pub(super) use bins::{Binned, Bins};
use grower::Grower;
pub use reasons::Reasons;

use crate::chance::Chance;

/// How trees are grown.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// How much of what a tree says is taken.
    pub rate: f64,
    /// How many leaves a tree has at most.
    pub leaves: usize,
    /// How many rows a leaf has at least.
    pub least_rows: f64,
    /// What is added to the weight of a leaf, so that small ones say little.
    pub ridge: f64,
    /// The share of features that each tree looks at.
    pub features: f64,
    /// The share of rows that each tree looks at.
    pub rows: f64,
    /// For each feature which way it may go; all ways where this is shorter.
    pub ways: Vec<Way>,
    /// The seed of what is drawn.
    pub seed: u64,
}

/// Which way a score may go when a number rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Way {
    /// Any.
    #[default]
    Any,
    /// Only up.
    Up,
    /// Only down.
    Down,
}

/// A tree as a list of nodes; the first is the root.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
}

/// A node of a tree, with how many rows it was grown from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// Asks a feature and goes on.
    Split {
        /// The feature.
        feature: u32,
        /// The bins that go left, a bit each.
        left_bins: [u64; 4],
        /// Where to go on.
        left: u32,
        /// Where to go on otherwise.
        right: u32,
        /// Rows.
        rows: f64,
    },
    /// Says how much to add.
    Leaf {
        /// What is added to the logit.
        value: f64,
        /// Rows.
        rows: f64,
    },
}

/// A forest whose sum is a logit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trees {
    /// How values become bins.
    pub bins: Bins,
    /// The logit before any tree.
    pub start: f64,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Node {
    pub(super) fn rows(&self) -> f64 {
        match self {
            Node::Split { rows, .. } | Node::Leaf { rows, .. } => *rows,
        }
    }
}

/// Whether a bin is among some.
pub(super) fn among(bins: &[u64; 4], bin: u8) -> bool {
    bins[usize::from(bin >> 6)] >> (bin & 63) & 1 == 1
}

impl Tree {
    /// What the tree adds for a row.
    fn value(&self, binned: &Binned, row: usize) -> f64 {
        let mut at = 0;
        loop {
            match &self.nodes[at] {
                Node::Leaf { value, .. } => return *value,
                Node::Split { feature, left_bins, left, right, .. } => {
                    let bin = binned.features[*feature as usize][row];
                    at = if among(left_bins, bin) { *left } else { *right } as usize;
                }
            }
        }
    }
}

impl Trees {
    /// Grows `n` trees from some rows of a frame; `positive` has a word for every row of the frame. After each tree
    /// `watch` is told how many there are and the trees so far; growing ends early when it says so.
    pub fn grow(
        frame: &Frame,
        (rows, positive): (&[usize], &[bool]),
        growth: &Growth,
        n: usize,
        mut watch: impl FnMut(&Tree, &Binned) -> bool,
    ) -> Trees {
        let bins = Bins::learn(frame, rows);
        let binned = bins.bin(frame);
        let yes = rows.iter().filter(|row| positive[**row]).count() as f64;
        let mean = (yes + 0.5) / (rows.len() as f64 + 1.0);
        let start = crate::special::logit(mean);
        let mut logits = vec![start; frame.rows];
        let mut grower = Grower::new(&binned, growth);
        let mut trees = Vec::new();
        for round in 0..n {
            let mut chance = Chance::new(growth.seed, round as u64);
            let tree = grower.tree(rows, positive, &logits, &mut chance);
            if tree.nodes.len() < 2 {
                break;
            }
            for row in rows {
                logits[*row] += tree.value(&binned, *row);
            }
            let go_on = watch(&tree, &binned);
            trees.push(tree);
            if !go_on {
                break;
            }
        }
        Trees { bins, start, trees }
    }

    /// The logit of every row.
    pub fn logits(&self, frame: &Frame) -> Vec<f64> {
        let binned = self.bins.bin(frame);
        let mut logits = vec![self.start; frame.rows];
        for tree in &self.trees {
            for (row, logit) in logits.iter_mut().enumerate() {
                *logit += tree.value(&binned, row);
            }
        }
        logits
    }

    /// The logits of some rows.
    pub fn logits_of(&self, frame: &Frame, rows: &[usize]) -> Vec<f64> {
        let binned = self.bins.bin(frame);
        let mut logits = vec![self.start; rows.len()];
        for tree in &self.trees {
            add(tree, &binned, rows, &mut logits);
        }
        logits
    }
}

/// Adds what a tree says of some rows.
pub(super) fn add(tree: &Tree, binned: &Binned, rows: &[usize], logits: &mut [f64]) {
    for (row, logit) in rows.iter().zip(logits) {
        *logit += tree.value(binned, *row);
    }
}
