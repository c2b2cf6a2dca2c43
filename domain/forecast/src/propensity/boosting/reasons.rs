//! What each feature adds to a score: Shapley values of a forest, exact (Lundberg et al., Nature Machine Intelligence 2
//! (2020), the variant that follows the paths of the rows the trees were grown from).
//!
//! As in GPUTreeShap (Mitchell, Frank and Holmes 2022) each leaf is a path: the features asked on the way, each once,
//! with the bins that lead to the leaf and the share of rows that go that way. A feature is worth how much the leaf
//! gains by it, over all orders in which the features of the path may be learnt.

use super::{Binned, Node, Tree, Trees};

/// All paths of a forest, ready to be asked of many rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    paths: Vec<Path>,
    /// The mean logit over the rows that the trees were grown from.
    pub mean: f64,
    n_features: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct Path {
    steps: Vec<Step>,
    value: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Step {
    feature: usize,
    bins: [u64; 4],
    /// The share of rows that go this way where the feature is not known.
    share: f64,
}

impl Reasons {
    /// Takes a forest apart.
    pub fn of(trees: &Trees) -> Reasons {
        let mut paths = Vec::new();
        let mut mean = trees.start;
        for tree in &trees.trees {
            walk(tree, 0, &[], &mut paths);
            let all = tree.nodes.first().map_or(1.0, Node::rows);
            mean += tree
                .nodes
                .iter()
                .map(|node| match node {
                    Node::Leaf { value, rows } => value * rows / all,
                    Node::Split { .. } => 0.0,
                })
                .sum::<f64>();
        }
        Reasons { paths, mean, n_features: trees.bins.cuts.len() }
    }

    /// What each feature adds for a row; together with the mean they come to the logit.
    pub fn of_row(&self, binned: &Binned, row: usize) -> Vec<f64> {
        let mut worth = vec![0.0; self.n_features];
        let mut weights = Vec::new();
        for path in &self.paths {
            path.add(binned, row, &mut weights, &mut worth);
        }
        worth
    }
}

fn walk(tree: &Tree, at: usize, steps: &[Step], paths: &mut Vec<Path>) {
    match &tree.nodes[at] {
        Node::Leaf { value, .. } => paths.push(Path { steps: steps.to_vec(), value: *value }),
        Node::Split { feature, left_bins, left, right, rows } => {
            let outside = left_bins.map(|bins| !bins);
            for (next, bins) in [(*left, *left_bins), (*right, outside)] {
                let next = next as usize;
                let share = tree.nodes[next].rows() / rows;
                let mut longer = steps.to_vec();
                match longer.iter_mut().find(|step| step.feature == *feature as usize) {
                    Some(step) => {
                        step.share *= share;
                        step.bins = std::array::from_fn(|place| step.bins[place] & bins[place]);
                    }
                    None => longer.push(Step { feature: *feature as usize, bins, share }),
                }
                walk(tree, next, &longer, paths);
            }
        }
    }
}

impl Path {
    /// Adds what the features of this path are worth for a row.
    fn add(&self, binned: &Binned, row: usize, weights: &mut Vec<f64>, worth: &mut [f64]) {
        let n = self.steps.len();
        let goes = |step: &Step| super::among(&step.bins, binned.features[step.feature][row]);
        // weights[k]: how likely, over all orders, that k of the steps are known and all of them lead here, while the
        // unknown ones lead here by chance.
        weights.clear();
        weights.push(1.0);
        for (known, step) in self.steps.iter().enumerate() {
            extend(weights, step.share, f64::from(u8::from(goes(step))), known as f64 + 1.0);
        }
        for step in &self.steps {
            let one = f64::from(u8::from(goes(step)));
            let sum = unwound_sum(weights, step.share, one, n as f64);
            worth[step.feature] += sum * (one - step.share) * self.value;
        }
    }
}

/// Takes one more step into the weights; `n` steps there are then.
fn extend(weights: &mut Vec<f64>, share: f64, one: f64, n: f64) {
    weights.push(0.0);
    for k in (0..weights.len() - 1).rev() {
        let at = k as f64;
        weights[k + 1] += one * weights[k] * (at + 1.0) / (n + 1.0);
        weights[k] *= share * (n - at) / (n + 1.0);
    }
}

/// The sum of the weights with one step taken out again.
fn unwound_sum(weights: &[f64], share: f64, one: f64, n: f64) -> f64 {
    let last = weights.len() - 1;
    let mut sum = 0.0;
    if one != 0.0 {
        let mut next = weights[last];
        for k in (0..last).rev() {
            let at = k as f64;
            let now = next * (n + 1.0) / ((at + 1.0) * one);
            sum += now;
            next = weights[k] - now * share * (n - at) / (n + 1.0);
        }
    } else {
        for (k, weight) in weights.iter().enumerate().take(last) {
            sum += weight * (n + 1.0) / (share * (n - k as f64));
        }
    }
    sum
}
