//! A table as people have it: columns of numbers, days, choices and texts, with holes.

use std::collections::BTreeMap;

/// What stands in a cell, as far as the cell alone tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Entry<'a> {
    /// Nothing.
    Nothing,
    /// A number.
    Number(f64),
    /// An instant, in days since 1970.
    Day(f64),
    /// Anything else.
    Words(&'a str),
}

/// A column, once all of it has been seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Nothing anywhere.
    Empty,
    /// Numbers; a hole is not a number.
    Numbers(Vec<f64>),
    /// Instants in days since 1970; a hole is not a number.
    Days(Vec<f64>),
    /// Words: for each row the place of its word plus one, 0 for a hole.
    Words {
        /// For each row.
        codes: Vec<u32>,
        /// The different words, as they first came.
        words: Vec<String>,
    },
}

/// Columns of equal length, each with a name of its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    rows: usize,
    columns: Vec<(String, Column)>,
}

impl Table {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns in order.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Column)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), column))
    }

    /// The table with one more column, which holds 1 where it is so and 0 where not.
    #[must_use]
    pub fn with_marks(mut self, name: &str, marks: &[bool]) -> Table {
        let values = marks.iter().map(|mark| f64::from(u8::from(*mark))).collect();
        self.columns.push((name.to_owned(), Column::Numbers(values)));
        self
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|(known, _)| known == name).map(|(_, column)| column)
    }
}

impl Column {
    /// What stands in a row, as text: a day as a date, and nothing for a hole.
    pub fn text(&self, row: usize) -> String {
        match self {
            Column::Empty => String::new(),
            Column::Numbers(values) => there(values, row).map_or_else(String::new, number),
            Column::Days(values) => there(values, row).map_or_else(String::new, date),
            Column::Words { codes, words } => {
                word(codes, words, row).map_or_else(String::new, str::to_owned)
            }
        }
    }

    /// How many rows hold something.
    pub fn filled(&self) -> usize {
        match self {
            Column::Empty => 0,
            Column::Numbers(values) | Column::Days(values) => {
                values.iter().filter(|value| !value.is_nan()).count()
            }
            Column::Words { codes, .. } => codes.iter().filter(|code| 0 < **code).count(),
        }
    }

    /// How many different values there are.
    pub fn distinct(&self) -> usize {
        match self {
            Column::Empty => 0,
            Column::Numbers(values) | Column::Days(values) => {
                let mut sorted: Vec<f64> =
                    values.iter().copied().filter(|value| !value.is_nan()).collect();
                sorted.sort_by(f64::total_cmp);
                sorted.dedup();
                sorted.len()
            }
            Column::Words { words, .. } => words.len(),
        }
    }
}

pub(crate) fn word<'a>(codes: &[u32], words: &'a [String], row: usize) -> Option<&'a str> {
    let place = usize::try_from(*codes.get(row)?).ok()?.checked_sub(1)?;
    words.get(place).map(String::as_str)
}

fn there(values: &[f64], row: usize) -> Option<f64> {
    values.get(row).copied().filter(|value| !value.is_nan())
}

fn number(value: f64) -> String {
    format!("{value}")
}

/// Days since 1970 as `2026-11-25`, by the rule of Hinnant's "chrono-compatible low-level date algorithms".
fn date(days: f64) -> String {
    let z = days.floor() as i64 + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let (day, month) = (doy - (153 * mp + 2) / 5 + 1, if mp < 10 { mp + 3 } else { mp - 9 });
    let year = yoe + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A number or a day that stands among words.
fn written(mark: u32, value: f64) -> String {
    if mark == DAY { date(value) } else { number(value) }
}

/// Takes a table in row by row.
#[derive(Debug, Clone)]
pub struct Gathering {
    rows: usize,
    columns: Vec<Gathered>,
}

#[derive(Debug, Clone, Default)]
struct Gathered {
    name: String,
    /// Numbers and days; not a number where there is none.
    values: Vec<f64>,
    /// What each row holds: a mark, or a word.
    codes: Vec<u32>,
    words: Vec<String>,
    known: BTreeMap<String, u32>,
    n_numbers: usize,
    n_days: usize,
    n_words: usize,
}

const NOTHING: u32 = 0;
const NUMBER: u32 = u32::MAX;
const DAY: u32 = u32::MAX - 1;

impl Gathering {
    /// Begins with the names of the columns.
    pub fn new(names: impl IntoIterator<Item = String>) -> Gathering {
        let column = |name| Gathered { name, ..Gathered::default() };
        Gathering { rows: 0, columns: names.into_iter().map(column).collect() }
    }

    /// Takes a row; cells that it lacks are holes, and those it has too many are left out.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Entry<'a>>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.take(cells.next().unwrap_or(Entry::Nothing));
        }
        self.rows += 1;
    }

    /// Decides for each column what it holds: what nineteen of twenty of its cells are.
    pub fn finish(self) -> Table {
        let columns = self.columns.into_iter().map(Gathered::finish).collect();
        Table { rows: self.rows, columns }
    }
}

impl Gathered {
    fn take(&mut self, entry: Entry<'_>) {
        let (value, code) = match entry {
            Entry::Number(value) if value.is_finite() => {
                self.n_numbers += 1;
                (value, NUMBER)
            }
            Entry::Day(value) if value.is_finite() => {
                self.n_days += 1;
                (value, DAY)
            }
            Entry::Words(text) => {
                self.n_words += 1;
                (f64::NAN, self.code(text))
            }
            Entry::Nothing | Entry::Number(_) | Entry::Day(_) => (f64::NAN, NOTHING),
        };
        self.values.push(value);
        self.codes.push(code);
    }

    fn code(&mut self, text: &str) -> u32 {
        if let Some(code) = self.known.get(text) {
            return *code;
        }
        self.words.push(text.to_owned());
        let code = u32::try_from(self.words.len()).unwrap_or(DAY - 1);
        self.known.insert(text.to_owned(), code);
        code
    }

    fn finish(mut self) -> (String, Column) {
        let filled = self.n_numbers + self.n_days + self.n_words;
        let most = |n: usize| 19 * filled <= 20 * n;
        let only = |values: Vec<f64>, codes: &[u32], mark: u32| {
            let kept = |(value, code)| if code == mark { value } else { f64::NAN };
            values.into_iter().zip(codes.iter().copied()).map(kept).collect()
        };
        let column = if filled == 0 {
            Column::Empty
        } else if most(self.n_numbers) {
            Column::Numbers(only(self.values, &self.codes, NUMBER))
        } else if most(self.n_days) {
            Column::Days(only(self.values, &self.codes, DAY))
        } else {
            for row in 0..self.codes.len() {
                if matches!(self.codes[row], NUMBER | DAY) {
                    self.codes[row] = self.code(&written(self.codes[row], self.values[row]));
                }
            }
            Column::Words { codes: self.codes, words: self.words }
        };
        (self.name, column)
    }
}
