//! Values become a few hundred bins, so that a split is found by adding up bins and not by sorting rows.

use serde::{Deserialize, Serialize};

use super::super::{Frame, Values};

/// Bins of a feature: 0 is a hole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Cuts {
    /// Bin b holds the numbers above cut b - 2 and up to cut b - 1.
    Numbers(Vec<f64>),
    /// Each choice has a bin of its own; those never seen while learning are holes.
    Choices(u32),
}

/// How the values of all features become bins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bins {
    /// For each feature.
    pub cuts: Vec<Cuts>,
}

/// Bins of all rows, feature by feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Binned {
    /// For each feature the bins of all rows.
    pub features: Vec<Vec<u8>>,
    /// For each feature how many bins there are, the hole included.
    pub n_bins: Vec<usize>,
    /// Whether its bins have no order.
    pub unordered: Vec<bool>,
}

/// Bins of a number, beside the hole.
const MOST_BINS: usize = 250;
/// A bin holds at least so many rows, as far as values can be told apart.
const LEAST_ROWS: usize = 3;

impl Bins {
    /// Cuts numbers so that bins hold about as many rows each.
    pub fn learn(frame: &Frame, rows: &[usize]) -> Bins {
        let cuts = frame
            .values
            .iter()
            .map(|values| match values {
                Values::Numbers(values) => Cuts::Numbers(cuts(values, rows)),
                Values::Choices { levels, .. } => Cuts::Choices((*levels + 1).min(254)),
            })
            .collect();
        Bins { cuts }
    }

    /// The bins of every row.
    pub fn bin(&self, frame: &Frame) -> Binned {
        let features =
            self.cuts.iter().zip(&frame.values).map(|(cuts, values)| match (cuts, values) {
                (Cuts::Numbers(cuts), Values::Numbers(values)) => {
                    values.iter().map(|value| bin(cuts, *value)).collect()
                }
                (Cuts::Choices(most), Values::Choices { codes, .. }) => codes
                    .iter()
                    .map(|code| if *code <= *most { u8::try_from(*code).unwrap_or(0) } else { 0 })
                    .collect(),
                // A frame is read by the recipes the bins were learnt with, so kinds agree.
                _ => vec![0; frame.rows],
            });
        let n_bins = self.cuts.iter().map(|cuts| match cuts {
            Cuts::Numbers(cuts) => cuts.len() + 2,
            Cuts::Choices(most) => *most as usize + 1,
        });
        let unordered = self.cuts.iter().map(|cuts| matches!(cuts, Cuts::Choices(_)));
        Binned {
            features: features.collect(),
            n_bins: n_bins.collect(),
            unordered: unordered.collect(),
        }
    }
}

fn bin(cuts: &[f64], value: f64) -> u8 {
    if value.is_nan() {
        return 0;
    }
    let place = cuts.partition_point(|cut| *cut < value);
    u8::try_from(place + 1).unwrap_or(u8::MAX)
}

fn cuts(values: &[f64], rows: &[usize]) -> Vec<f64> {
    let mut sorted: Vec<f64> =
        rows.iter().map(|row| values[*row]).filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let least = (sorted.len() / MOST_BINS).max(LEAST_ROWS);
    let mut cuts = Vec::new();
    let mut in_bin = 0;
    for group in sorted.chunk_by(|a, b| a == b) {
        if least <= in_bin && cuts.len() + 1 < MOST_BINS {
            // Between the two, so that a value read back from text stays on its side.
            let before = sorted[group_start(&sorted, group[0]) - 1];
            cuts.push(before + 0.5 * (group[0] - before));
            in_bin = 0;
        }
        in_bin += group.len();
    }
    cuts
}

fn group_start(sorted: &[f64], value: f64) -> usize {
    sorted.partition_point(|one| *one < value).max(1)
}
