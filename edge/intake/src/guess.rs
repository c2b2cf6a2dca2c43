//! What a file is about and what its columns mean, guessed from headers and values.

use crate::{Field, Kind, Layout};

/// A guess for a whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What the rows are about.
    pub kind: Kind,
    /// Whether there is little doubt.
    pub sure: bool,
    /// One guess per column.
    pub fields: Vec<FieldGuess>,
}

/// A guess for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldGuess {
    /// What it is taken for; `None` is not imported.
    pub field: Option<Field>,
    /// Whether there is little doubt.
    pub sure: bool,
}

/// Guesses the kind of a file and the meaning of its columns.
pub fn guess(layout: &Layout) -> Guess {
    let fields = guess_fields(layout, Kind::Customers);
    Guess { kind: Kind::Customers, sure: false, fields }
}

/// Guesses the meaning of the columns of a file whose kind is known.
pub fn guess_fields(layout: &Layout, kind: Kind) -> Vec<FieldGuess> {
    let _ = kind;
    layout.columns.iter().map(|_| FieldGuess { field: None, sure: false }).collect()
}
