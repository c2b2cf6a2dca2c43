//! Grows one tree: the leaf with the most to gain is split next.

use super::{Binned, Growth, Node, Tree, Way, among};
use crate::{chance::Chance, special::logistic};

/// Sums over the rows of a bin: slopes, curvatures and how many.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    slope: f64,
    curve: f64,
    rows: f64,
}

impl Sums {
    fn with(self, other: Sums) -> Sums {
        Sums {
            slope: self.slope + other.slope,
            curve: self.curve + other.curve,
            rows: self.rows + other.rows,
        }
    }

    fn without(self, other: Sums) -> Sums {
        Sums {
            slope: self.slope - other.slope,
            curve: self.curve - other.curve,
            rows: self.rows - other.rows,
        }
    }
}

/// A leaf that may still be split.
struct Open {
    node: usize,
    from: usize,
    to: usize,
    sums: Sums,
    histograms: Vec<Vec<Sums>>,
    /// Between which values its leaves may lie, by the ways of features above it.
    bounds: (f64, f64),
    best: Option<Split>,
}

struct Split {
    gain: f64,
    feature: usize,
    left_bins: [u64; 4],
    left: Sums,
}

/// Choices need more to be believed: the order in which they stand is learnt from the same rows.
const RIDGE_OF_CHOICES: f64 = 10.0;

pub(super) struct Grower<'a> {
    binned: &'a Binned,
    growth: &'a Growth,
    slopes: Vec<f64>,
    curves: Vec<f64>,
    order: Vec<usize>,
    spare: Vec<usize>,
}

impl<'a> Grower<'a> {
    pub(super) fn new(binned: &'a Binned, growth: &'a Growth) -> Grower<'a> {
        let n = binned.features.first().map_or(0, Vec::len);
        Grower {
            binned,
            growth,
            slopes: vec![0.0; n],
            curves: vec![0.0; n],
            order: vec![],
            spare: vec![],
        }
    }

    pub(super) fn tree(
        &mut self,
        rows: &[usize],
        positive: &[bool],
        logits: &[f64],
        chance: &mut Chance,
    ) -> Tree {
        self.order.clear();
        for row in rows {
            let score = logistic(logits[*row]);
            self.slopes[*row] = score - f64::from(u8::from(positive[*row]));
            self.curves[*row] = score * (1.0 - score);
            if self.growth.rows >= 1.0 || chance.share() < self.growth.rows {
                self.order.push(*row);
            }
        }
        let features = self.draw(chance);
        let mut nodes = vec![Node::Leaf { value: 0.0, rows: 0.0 }];
        let mut open = vec![self.root(&features)];
        let mut closed = Vec::new();
        while open.len() + closed.len() < self.growth.leaves {
            let gain = |leaf: &Open| leaf.best.as_ref().map_or(0.0, |best| best.gain);
            // The first of equals, so that the same rows give the same tree.
            let Some(most) =
                (0..open.len()).reduce(|a, b| if gain(&open[a]) < gain(&open[b]) { b } else { a })
            else {
                break;
            };
            if gain(&open[most]) <= 1e-9 {
                break;
            }
            let leaf = open.swap_remove(most);
            for half in self.split(leaf, &mut nodes, &features) {
                if half.best.is_some() { open.push(half) } else { closed.push(half) }
            }
        }
        for leaf in open.iter().chain(&closed) {
            let value = self.value(leaf.sums, self.growth.ridge, leaf.bounds) * self.growth.rate;
            nodes[leaf.node] = Node::Leaf { value, rows: leaf.sums.rows };
        }
        Tree { nodes }
    }

    /// The features this tree looks at, in order.
    fn draw(&self, chance: &mut Chance) -> Vec<usize> {
        let n = self.binned.features.len();
        let mut features: Vec<usize> = (0..n).collect();
        if self.growth.features < 1.0 {
            chance.shuffle(&mut features);
            features.truncate(((n as f64 * self.growth.features).ceil() as usize).max(1));
            features.sort_unstable();
        }
        features
    }

    fn root(&self, features: &[usize]) -> Open {
        let histograms = self.histograms(0, self.order.len(), features);
        let sums = self.order.iter().fold(Sums::default(), |sums, row| {
            sums.with(Sums { slope: self.slopes[*row], curve: self.curves[*row], rows: 1.0 })
        });
        let bounds = (f64::NEG_INFINITY, f64::INFINITY);
        let mut root =
            Open { node: 0, from: 0, to: self.order.len(), sums, histograms, bounds, best: None };
        root.best = self.best(&root, features);
        root
    }

    fn histograms(&self, from: usize, to: usize, features: &[usize]) -> Vec<Vec<Sums>> {
        let rows = &self.order[from..to];
        let of = |feature: &usize| {
            let bins = &self.binned.features[*feature];
            let mut sums = vec![Sums::default(); self.binned.n_bins[*feature]];
            for row in rows {
                let sum = &mut sums[usize::from(bins[*row])];
                sum.slope += self.slopes[*row];
                sum.curve += self.curves[*row];
                sum.rows += 1.0;
            }
            sums
        };
        features.iter().map(of).collect()
    }

    /// The two halves of a leaf; its node becomes a split.
    fn split(&mut self, leaf: Open, nodes: &mut Vec<Node>, features: &[usize]) -> Vec<Open> {
        let Some(best) = leaf.best else { return vec![] };
        let middle = self.part(leaf.from, leaf.to, best.feature, &best.left_bins);
        let (left, right) = (nodes.len(), nodes.len() + 1);
        nodes.extend([Node::Leaf { value: 0.0, rows: 0.0 }, Node::Leaf { value: 0.0, rows: 0.0 }]);
        nodes[leaf.node] = Node::Split {
            feature: u32::try_from(best.feature).unwrap_or(u32::MAX),
            left_bins: best.left_bins,
            left: u32::try_from(left).unwrap_or(u32::MAX),
            right: u32::try_from(right).unwrap_or(u32::MAX),
            rows: leaf.sums.rows,
        };
        // The smaller half is counted, the larger is what is left.
        let small_is_left = middle - leaf.from <= leaf.to - middle;
        let (from, to) = if small_is_left { (leaf.from, middle) } else { (middle, leaf.to) };
        let small = self.histograms(from, to, features);
        let large = less(leaf.histograms, &small);
        let (of_left, of_right) = if small_is_left { (small, large) } else { (large, small) };
        let rest = leaf.sums.without(best.left);
        let (low, high) = self.bounds(leaf.bounds, &best, rest);
        let half = |node, (from, to), sums, histograms, bounds| Open {
            node,
            from,
            to,
            sums,
            histograms,
            bounds,
            best: None,
        };
        let mut halves = vec![
            half(left, (leaf.from, middle), best.left, of_left, low),
            half(right, (middle, leaf.to), rest, of_right, high),
        ];
        for half in &mut halves {
            half.best = self.best(half, features);
        }
        halves
    }

    /// Brings the rows that go left to the front, both sides in their order; answers where the right side begins.
    fn part(&mut self, from: usize, to: usize, feature: usize, left_bins: &[u64; 4]) -> usize {
        let bins = &self.binned.features[feature];
        self.spare.clear();
        let mut at = from;
        for place in from..to {
            let row = self.order[place];
            if among(left_bins, bins[row]) {
                self.order[at] = row;
                at += 1;
            } else {
                self.spare.push(row);
            }
        }
        self.order[at..to].copy_from_slice(&self.spare);
        at
    }

    fn best(&self, leaf: &Open, features: &[usize]) -> Option<Split> {
        if leaf.sums.rows < 2.0 * self.growth.least_rows {
            return None;
        }
        let mut best: Option<Split> = None;
        for (feature, bins) in features.iter().zip(&leaf.histograms) {
            let found = if self.binned.unordered[*feature] {
                self.among_choices(leaf, *feature, bins)
            } else {
                self.among_numbers(leaf, *feature, bins)
            };
            let more = |split: &Split| best.as_ref().is_none_or(|best| best.gain < split.gain);
            if let Some(split) = found.filter(more) {
                best = Some(split);
            }
        }
        best
    }

    fn among_numbers(&self, leaf: &Open, feature: usize, bins: &[Sums]) -> Option<Split> {
        let holes = bins[0];
        let mut best: Option<Split> = None;
        for holes_left in [false, true] {
            if holes_left && holes.rows == 0.0 {
                break;
            }
            let mut left = if holes_left { holes } else { Sums::default() };
            let mut left_bins = [u64::from(holes_left), 0, 0, 0];
            for (bin, sums) in bins.iter().enumerate().skip(1) {
                left = left.with(*sums);
                left_bins[bin >> 6] |= 1 << (bin & 63);
                if sums.rows == 0.0 {
                    continue;
                }
                let gain = self.gain(leaf, left, self.growth.ridge, self.way(feature));
                if best.as_ref().map_or(0.0, |best| best.gain) < gain {
                    best = Some(Split { gain, feature, left_bins, left });
                }
            }
        }
        best
    }

    fn among_choices(&self, leaf: &Open, feature: usize, bins: &[Sums]) -> Option<Split> {
        let ridge = self.growth.ridge + RIDGE_OF_CHOICES;
        let steep = |sums: &Sums| sums.slope / (sums.curve + RIDGE_OF_CHOICES);
        let mut order: Vec<usize> = (0..bins.len()).filter(|bin| 0.0 < bins[*bin].rows).collect();
        order.sort_by(|a, b| steep(&bins[*a]).total_cmp(&steep(&bins[*b])).then(a.cmp(b)));
        let mut best: Option<Split> = None;
        let (mut left, mut left_bins) = (Sums::default(), [0_u64; 4]);
        for bin in order {
            left = left.with(bins[bin]);
            left_bins[bin >> 6] |= 1 << (bin & 63);
            let gain = self.gain(leaf, left, ridge, Way::Any);
            if best.as_ref().map_or(0.0, |best| best.gain) < gain {
                best = Some(Split { gain, feature, left_bins, left });
            }
        }
        best
    }

    fn way(&self, feature: usize) -> Way {
        self.growth.ways.get(feature).copied().unwrap_or_default()
    }

    /// How much is gained by splitting a leaf; below 0 when it must not be.
    fn gain(&self, leaf: &Open, left: Sums, ridge: f64, way: Way) -> f64 {
        let right = leaf.sums.without(left);
        if left.rows < self.growth.least_rows || right.rows < self.growth.least_rows {
            return -1.0;
        }
        let (a, b) = (self.value(left, ridge, leaf.bounds), self.value(right, ridge, leaf.bounds));
        let wrong = match way {
            Way::Any => false,
            Way::Up => b < a,
            Way::Down => a < b,
        };
        if wrong {
            return -1.0;
        }
        let all = self.value(leaf.sums, self.growth.ridge, leaf.bounds);
        worth(left, a, ridge) + worth(right, b, ridge) - worth(leaf.sums, all, self.growth.ridge)
    }

    /// What a leaf says: one step of Newton's, kept between its bounds.
    fn value(&self, sums: Sums, ridge: f64, bounds: (f64, f64)) -> f64 {
        (-sums.slope / (sums.curve + ridge)).clamp(bounds.0, bounds.1)
    }

    /// The bounds of the two halves: below a feature that may only rise, nothing left may pass the middle.
    fn bounds(&self, bounds: (f64, f64), split: &Split, right: Sums) -> ((f64, f64), (f64, f64)) {
        let ridge = self.growth.ridge;
        let middle =
            || 0.5 * (self.value(split.left, ridge, bounds) + self.value(right, ridge, bounds));
        match self.way(split.feature) {
            Way::Any => (bounds, bounds),
            Way::Up => ((bounds.0, middle()), (middle(), bounds.1)),
            Way::Down => ((middle(), bounds.1), (bounds.0, middle())),
        }
    }
}

/// How much the loss falls when a leaf says `value`.
fn worth(sums: Sums, value: f64, ridge: f64) -> f64 {
    -(sums.slope * value + 0.5 * (sums.curve + ridge) * value * value)
}

fn less(all: Vec<Vec<Sums>>, part: &[Vec<Sums>]) -> Vec<Vec<Sums>> {
    let mut all = all;
    for (all, part) in all.iter_mut().zip(part) {
        for (sums, less) in all.iter_mut().zip(part) {
            *sums = sums.without(*less);
        }
    }
    all
}
