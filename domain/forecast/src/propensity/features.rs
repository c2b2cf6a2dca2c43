//! What of a table the learners see: features, each a list of numbers or of choices, with a recipe that reads the same
//! feature from another table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Column, Table, table::word};

/// How a feature is read from a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// The number as it stands, or days since 1970.
    Number,
    /// How many days before the row's own time the day lies.
    DaysBefore {
        /// The column of the row's time.
        time: String,
    },
    /// One of some words; whatever is none of them counts as another.
    Choice {
        /// The words, the commonest first.
        levels: Vec<String>,
    },
    /// How many characters a text has.
    Length,
    /// Whether a text holds a word.
    Mentions {
        /// The word.
        word: String,
    },
}

/// A feature and its recipe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// The column it is read from.
    pub column: String,
    /// How.
    pub reading: Reading,
}

/// The values of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers; a hole is not a number.
    Numbers(Vec<f64>),
    /// Places among the levels plus one; 0 for a hole, one more than the levels for any other word.
    Choices {
        /// For each row.
        codes: Vec<u32>,
        /// How many levels there are.
        levels: u32,
    },
}

/// Features over the rows of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// How many rows.
    pub rows: usize,
    /// The features, in the order of their recipes.
    pub values: Vec<Values>,
}

/// A choice has at most so many levels of its own; rarer words are "another".
const MOST_LEVELS: usize = 60;
/// A word that fewer rows have is "another".
const LEAST_OF_LEVEL: usize = 5;
/// A text gives at most so many words.
const MOST_MENTIONS: usize = 30;

impl Feature {
    /// The feature's name for people: the column, and the word when it is about one.
    pub fn name(&self) -> String {
        match &self.reading {
            Reading::Number | Reading::Choice { .. } | Reading::DaysBefore { .. } => {
                self.column.clone()
            }
            Reading::Length => format!("{} (length)", self.column),
            Reading::Mentions { word } => format!("{} ~ {word}", self.column),
        }
    }

    /// Reads the feature from a table; a column that is not there, or is of another kind, is all holes.
    pub fn read(&self, table: &Table) -> Values {
        let column = table.column(&self.column);
        let numbers =
            |of: &dyn Fn(usize) -> f64| Values::Numbers((0..table.rows()).map(of).collect());
        match (&self.reading, column) {
            (Reading::Number, Some(Column::Numbers(values) | Column::Days(values))) => {
                Values::Numbers(values.clone())
            }
            (Reading::DaysBefore { time }, Some(Column::Days(values))) => {
                match table.column(time) {
                    Some(Column::Days(now)) => numbers(&|row| now[row] - values[row]),
                    _ => numbers(&|_| f64::NAN),
                }
            }
            (Reading::Number | Reading::DaysBefore { .. }, _) => numbers(&|_| f64::NAN),
            (Reading::Choice { levels }, column) => choices(levels, column, table.rows()),
            (Reading::Length, Some(Column::Words { codes, words })) => {
                let lengths: Vec<f64> =
                    words.iter().map(|one| one.chars().count() as f64).collect();
                by_word(codes, &lengths)
            }
            (Reading::Mentions { word }, Some(Column::Words { codes, words })) => {
                let holds = |text: &String| f64::from(u8::from(tokens(text).contains(word)));
                by_word(codes, &words.iter().map(holds).collect::<Vec<f64>>())
            }
            (Reading::Length | Reading::Mentions { .. }, _) => numbers(&|_| 0.0),
        }
    }

    /// What the feature is for a row, for people.
    pub fn said(&self, table: &Table, row: usize) -> String {
        match (&self.reading, table.column(&self.column)) {
            (_, None) => String::new(),
            (Reading::Number | Reading::Choice { .. }, Some(column)) => column.text(row),
            (Reading::DaysBefore { .. } | Reading::Length | Reading::Mentions { .. }, Some(_)) => {
                match self.read_one(table, row) {
                    value if value.is_nan() => String::new(),
                    value => format!("{value}"),
                }
            }
        }
    }

    fn read_one(&self, table: &Table, row: usize) -> f64 {
        match (&self.reading, table.column(&self.column)) {
            (Reading::DaysBefore { time }, Some(Column::Days(values))) => {
                match table.column(time) {
                    Some(Column::Days(now)) => now[row] - values[row],
                    _ => f64::NAN,
                }
            }
            (Reading::Length, Some(Column::Words { codes, words })) => {
                word(codes, words, row).map_or(0.0, |text| text.chars().count() as f64)
            }
            (Reading::Mentions { word: wanted }, Some(Column::Words { codes, words })) => {
                let holds = |text| tokens(text).contains(wanted);
                f64::from(u8::from(word(codes, words, row).is_some_and(holds)))
            }
            _ => f64::NAN,
        }
    }
}

impl Frame {
    /// Reads all features.
    pub fn read(features: &[Feature], table: &Table) -> Frame {
        let values = features.iter().map(|feature| feature.read(table)).collect();
        Frame { rows: table.rows(), values }
    }
}

/// The recipe for a column of choices, by what the whole table holds.
pub(super) fn choice(codes: &[u32], words: &[String]) -> Reading {
    let counts = counted(codes, words.len());
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then(words[*a].cmp(&words[*b])));
    let least = if words.len() <= 2 { 1 } else { LEAST_OF_LEVEL };
    let kept = order.into_iter().take(MOST_LEVELS).filter(|place| least <= counts[*place]);
    Reading::Choice { levels: kept.map(|place| words[place].clone()).collect() }
}

/// How often each word occurs.
pub(super) fn counted(codes: &[u32], n_words: usize) -> Vec<usize> {
    let mut counts = vec![0; n_words];
    for code in codes.iter().filter(|code| 0 < **code) {
        counts[*code as usize - 1] += 1;
    }
    counts
}

/// The words that enough texts hold, the commonest first; which texts are positive is not looked at.
pub(super) fn mentions(codes: &[u32], words: &[String]) -> Vec<Reading> {
    let counts = counted(codes, words.len());
    let mut holding: BTreeMap<String, usize> = BTreeMap::new();
    for (text, n) in words.iter().zip(&counts) {
        for token in tokens(text) {
            *holding.entry(token).or_default() += n;
        }
    }
    let rows: usize = counts.iter().sum();
    let mut found: Vec<(String, usize)> = holding
        .into_iter()
        .filter(|(_, n)| (rows / 100).max(10) <= *n && *n <= rows - rows / 20)
        .collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    found.truncate(MOST_MENTIONS);
    found.into_iter().map(|(word, _)| Reading::Mentions { word }).collect()
}

/// The words of a text: runs of letters, in small letters; where words are not set apart, pairs of characters.
fn tokens(text: &str) -> std::collections::BTreeSet<String> {
    let mut found = std::collections::BTreeSet::new();
    for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
        if run.is_ascii() {
            if 3 <= run.len() && !run.bytes().all(|byte| byte.is_ascii_digit()) {
                found.insert(run.to_ascii_lowercase());
            }
            continue;
        }
        let signs: Vec<char> = run.chars().collect();
        found.extend(signs.windows(2).map(|pair| pair.iter().collect::<String>()));
    }
    found
}

fn choices(levels: &[String], column: Option<&Column>, rows: usize) -> Values {
    let n = u32::try_from(levels.len()).unwrap_or(u32::MAX - 1);
    let place: BTreeMap<&str, u32> = levels.iter().map(String::as_str).zip(1..).collect();
    let of = |word: &str| place.get(word).copied().unwrap_or(n + 1);
    let codes = match column {
        Some(Column::Words { codes, words }) => {
            let by_word: Vec<u32> = words.iter().map(|word| of(word)).collect();
            let one = |code: &u32| if *code == 0 { 0 } else { by_word[*code as usize - 1] };
            codes.iter().map(one).collect()
        }
        Some(column @ (Column::Numbers(values) | Column::Days(values))) => (0..rows)
            .map(|row| if values[row].is_nan() { 0 } else { of(&column.text(row)) })
            .collect(),
        Some(Column::Empty) | None => vec![0; rows],
    };
    Values::Choices { codes, levels: n }
}

/// A number of each row's text; a hole counts as a text without anything.
fn by_word(codes: &[u32], of: &[f64]) -> Values {
    let one = |code: &u32| if *code == 0 { 0.0 } else { of[*code as usize - 1] };
    Values::Numbers(codes.iter().map(one).collect())
}
