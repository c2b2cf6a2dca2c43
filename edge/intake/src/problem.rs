//! What could not be taken in, or was taken in other than written, with its place and what to do.

use crate::Said;

/// A row that was left out: where it stands, what is wrong, and how to put it right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file's name.
    pub file: String,
    /// The sheet, for spreadsheets.
    pub sheet: Option<String>,
    /// The row as a spreadsheet numbers it, from 1; for CSV the line on which the row begins.
    pub row: u64,
    /// The column's header, when one column is to blame.
    pub column: Option<String>,
    /// What stands there, shortened to 80 characters.
    pub value: String,
    /// What is wrong.
    pub reason: Said,
    /// What to do about it.
    pub fix: Option<Said>,
}

/// Something read other than it was written (a ditto mark, a lost zero), counted over the whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The column's header, when it is about one column.
    pub column: Option<String>,
    /// What was done.
    pub said: Said,
    /// How many rows it touched; 0 when it is about the column or the file as a whole.
    pub rows: u64,
    /// The first of these rows; 0 when it is about the whole.
    pub first_row: u64,
}

/// A text short enough to show in a list.
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String =
        text.chars().take(80).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() && text.chars().nth(80).is_some() {
        short.push('…');
    }
    short
}
