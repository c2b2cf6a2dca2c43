//! Who is like the customers of a list: a model that tells the listed from the rest, asked of the rest.
//!
//! The rest is not known to be unlike: it is only not listed (Elkan and Noto, "Learning classifiers from only positive
//! and unlabeled data", KDD 2008). So nobody is scored by a model that was told that this very customer is not listed,
//! and a score is divided by the mean score of listed customers whom the model had not seen.

use crate::propensity::{
    Feature, Model, NoModel, Prepared, Reading, Said, Table, Trained, Tried, Wanted, prepare,
};

/// The column that says who is listed, put beside the others.
const LISTED: &str = "\u{2}listed";

/// Customers made ready.
#[derive(Debug)]
pub struct Prospecting {
    table: Table,
    listed: Vec<bool>,
    prepared: Prepared,
}

/// Who is how much like the listed.
#[derive(Debug)]
pub struct Prospects {
    /// All customers that are not listed, the likest first; ties by row.
    pub ranked: Vec<Prospect>,
    /// The mean score of listed customers that were held back.
    pub of_listed: f64,
    /// The model, and how well it tells the listed from the rest.
    pub model: Model,
    table: Table,
    listed: Vec<bool>,
}

/// A customer who is not listed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prospect {
    /// The row.
    pub row: usize,
    /// The probability of being listed, by a model that has not seen this customer.
    pub score: f64,
    /// The score as a share of that of listed customers, at most 1.
    pub likeness: f64,
}

/// What a prospect has in common with the listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    /// The column.
    pub column: String,
    /// What it holds for the prospect.
    pub value: String,
    /// What it is among the listed, and among the rest.
    pub among: Among,
    /// What it adds to the logit of the score.
    pub worth: f64,
}

/// How a column stands among the listed and the rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Among {
    /// The share of those with this very value.
    Share {
        /// Of the listed.
        listed: f64,
        /// Of the rest.
        rest: f64,
    },
    /// The middle value.
    Middle {
        /// Of the listed.
        listed: f64,
        /// Of the rest.
        rest: f64,
    },
}

/// Makes customers ready; `listed` has a word for every row of the table.
///
/// # Errors
/// [`NoModel`] when there are too few, or no column to learn from.
pub fn prospecting(
    table: Table,
    listed: Vec<bool>,
    names: &[String],
    without: &[String],
    seed: u64,
) -> Result<Prospecting, NoModel> {
    let table = table.with_marks(LISTED, &listed);
    let without = names.iter().chain(without).cloned().collect();
    let said = Said { label: LISTED.to_owned(), without, ..Said::default() };
    let wanted = Wanted { said, positive: Some("1".to_owned()), seed, ..Wanted::default() };
    let prepared = prepare(&table, &wanted)?;
    Ok(Prospecting { table, listed, prepared })
}

impl Prospecting {
    /// What is to be run; see [`Prepared::trials`].
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// Ranks those that are not listed.
    pub fn conclude(self, tried: Vec<Tried>) -> Option<Prospects> {
        let Prospecting { table, listed, prepared } = self;
        let Trained { model, held_scores } = prepared.conclude(tried)?;
        let of = |wanted: bool| {
            let held = held_scores.iter().zip(&listed).enumerate();
            held.filter(move |(_, (_, listed))| **listed == wanted)
                .filter_map(|(row, (score, _))| score.map(|score| (row, score)))
        };
        let (sum, n) = of(true).fold((0.0, 0.0), |(sum, n), (_, score)| (sum + score, n + 1.0));
        let of_listed = if 0.0 < n { sum / n } else { 1.0 };
        let mut ranked: Vec<Prospect> = of(false)
            .map(|(row, score)| Prospect { row, score, likeness: (score / of_listed).min(1.0) })
            .collect();
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
        Some(Prospects { ranked, of_listed, model, table, listed })
    }
}

/// Reasons for prospects, made ready.
pub struct Alike<'a> {
    prospects: &'a Prospects,
    explaining: crate::propensity::Explaining<'a>,
    /// Listed customers and what each feature adds to their score.
    listed: Vec<(usize, Vec<f64>)>,
    middles: Vec<Option<(f64, f64)>>,
}

/// So many listed customers are enough to look for near ones among.
const MOST_LISTED: usize = 4_000;

impl Prospects {
    /// Makes ready to say what prospects have in common with the listed.
    pub fn alike(&self) -> Alike<'_> {
        let frame = self.model.frame(&self.table);
        let middles = self.model.features.iter().map(|feature| self.middle(feature)).collect();
        let explaining = self.model.explaining(frame);
        let rows: Vec<usize> = (0..self.listed.len()).filter(|row| self.listed[*row]).collect();
        let step = rows.len().div_ceil(MOST_LISTED).max(1);
        let listed = rows
            .into_iter()
            .step_by(step)
            .map(|row| (row, explaining.all(row).iter().map(|worth| worth.worth).collect()))
            .collect();
        Alike { prospects: self, explaining, listed, middles }
    }

    /// The middle of a number among the listed and among the rest.
    fn middle(&self, feature: &Feature) -> Option<(f64, f64)> {
        if feature.reading != Reading::Number {
            return None;
        }
        let crate::propensity::Values::Numbers(values) = feature.read(&self.table) else {
            return None;
        };
        let of = |wanted: bool| {
            let mut there: Vec<f64> = values
                .iter()
                .zip(&self.listed)
                .filter(|(value, listed)| **listed == wanted && !value.is_nan())
                .map(|(value, _)| *value)
                .collect();
            there.sort_by(f64::total_cmp);
            there.get(there.len() / 2).copied()
        };
        of(true).zip(of(false))
    }

    /// The shares of the listed and of the rest whose column holds a value.
    fn shares(&self, feature: &Feature, value: &str) -> (f64, f64) {
        let (mut counts, mut all) = ([0.0; 2], [0.0; 2]);
        for (row, listed) in self.listed.iter().enumerate() {
            let side = usize::from(!listed);
            all[side] += 1.0;
            counts[side] += f64::from(u8::from(feature.said(&self.table, row) == value));
        }
        (counts[0] / all[0], counts[1] / all[1])
    }
}

impl Alike<'_> {
    /// What a row has in common with the listed, at most `n`, the most telling first.
    pub fn in_common(&self, row: usize, n: usize) -> Vec<Shared> {
        let model = &self.prospects.model;
        let worths = self.explaining.most(row, model.features.len());
        let towards = worths.into_iter().filter(|worth| 0.0 < worth.worth);
        towards
            .filter_map(|worth| {
                let feature = &model.features[worth.feature];
                let value = feature.said(&self.prospects.table, row);
                let among = match self.middles[worth.feature] {
                    Some((listed, rest)) if !value.is_empty() => Among::Middle { listed, rest },
                    _ => {
                        let (listed, rest) = self.prospects.shares(feature, &value);
                        // What is rarer among the listed is nothing in common, whatever the sum says.
                        (rest < listed).then_some(Among::Share { listed, rest })?
                    }
                };
                Some(Shared { column: feature.name(), value, among, worth: worth.worth })
            })
            .take(n)
            .collect()
    }

    /// The rows of the listed customers that are nearest in what tells the listed from the rest, at most `n`.
    pub fn nearest(&self, row: usize, n: usize) -> Vec<usize> {
        let own: Vec<f64> = self.explaining.all(row).iter().map(|worth| worth.worth).collect();
        let far = |other: &[f64]| other.iter().zip(&own).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
        let mut near: Vec<(f64, usize)> =
            self.listed.iter().map(|(row, worths)| (far(worths), *row)).collect();
        near.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        near.into_iter().take(n).map(|(_, row)| row).collect()
    }
}
