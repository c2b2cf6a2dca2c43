//! Cells that people put right before a file is taken in, and rows they leave out. The file itself stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use crate::Cell;

/// What was put right, by the number of the row as in [`crate::Row::number`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mended {
    cells: BTreeMap<u64, BTreeMap<usize, String>>,
    left_out: BTreeSet<u64>,
}

impl Mended {
    /// Puts another text into the cell of a column, counted from 0.
    pub fn put(&mut self, row: u64, column: usize, text: impl Into<String>) {
        self.cells.entry(row).or_default().insert(column, text.into());
    }

    /// Leaves a row out, as if it were not there.
    pub fn leave_out(&mut self, row: u64) {
        self.left_out.insert(row);
    }

    /// Whether a row is left out.
    pub(crate) fn leaves_out(&self, row: u64) -> bool {
        self.left_out.contains(&row)
    }

    /// The cells of a row with what was put right; nothing when nothing was.
    pub(crate) fn cells<'c>(&'c self, row: u64, cells: &[Cell<'c>]) -> Option<Vec<Cell<'c>>> {
        let mended = self.cells.get(&row)?;
        let last = mended.last_key_value().map_or(0, |(column, _)| column + 1);
        let mut cells: Vec<Cell<'c>> = cells.to_vec();
        cells.resize(cells.len().max(last), Cell::Empty);
        for (column, text) in mended {
            cells[*column] = if text.is_empty() { Cell::Empty } else { Cell::Text(text) };
        }
        Some(cells)
    }
}
