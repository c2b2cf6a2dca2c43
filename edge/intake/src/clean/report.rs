//! What was done to a file, column by column, and what could not be read.

use super::{Holds, Part, cell::Clean, survey::Survey};
use crate::{
    DateOrder, Encoding, Layout, Problem, Said, SheetName, cells::notes::Note, problem::shortened,
};

/// Examples a column keeps.
const EXAMPLES: usize = 100;

/// What was done to a file.
#[derive(Debug, Clone)]
pub struct Report {
    /// The file's name.
    pub file: String,
    /// Its encoding, for text.
    pub encoding: Option<Encoding>,
    /// The byte between cells, for text.
    pub delimiter: Option<u8>,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// All sheets of the workbook.
    pub sheets: Vec<SheetName>,
    /// The row of the headers, from 1; 0 when there is none.
    pub header_row: u32,
    /// Rows of the sheet that are hidden; in the copy only when they were asked for.
    pub hidden_rows: u64,
    /// Rows below the header, empty ones left out.
    pub rows: u64,
    /// Rows that stand in the copy.
    pub written: u64,
    /// The columns of the file.
    pub columns: Vec<CleanedColumn>,
    /// Rows and cells that could not be read; the first of them.
    pub problems: Vec<Problem>,
    /// How many there are.
    pub problems_total: u64,
}

/// One column of a file, and what was done to it.
#[derive(Debug, Clone)]
pub struct CleanedColumn {
    /// Its header, unique.
    pub header: String,
    /// What it holds.
    pub holds: Holds,
    /// Cells with something in them.
    pub filled: u64,
    /// Cells that read otherwise in the copy.
    pub changed: u64,
    /// Cells that could not be read; they are empty in the copy, the raw value stands beside them.
    pub unreadable: u64,
    /// What was done, how often, and in which row first.
    pub notes: Vec<(Said, u64, u64)>,
    /// The first different changes.
    pub examples: Vec<Example>,
    noted: Vec<Note>,
}

/// A cell before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The row as a spreadsheet numbers it; for text the line.
    pub row: u64,
    /// As it stands in the file.
    pub raw: String,
    /// As it stands in the copy.
    pub value: String,
    /// What was found in it besides.
    pub parts: Vec<(Part, String)>,
}

impl Report {
    pub(super) fn new(layout: &Layout, holds: &[Holds]) -> Report {
        let columns = layout.columns.iter().zip(holds).map(|(column, holds)| CleanedColumn {
            header: column.header.clone(),
            holds: *holds,
            filled: 0,
            changed: 0,
            unreadable: 0,
            notes: Vec::new(),
            examples: Vec::new(),
            noted: Vec::new(),
        });
        Report {
            file: layout.file.clone(),
            encoding: layout.shape.encoding,
            delimiter: layout.shape.delimiter,
            sheet: layout.shape.sheet.clone(),
            sheets: layout.sheets.clone(),
            header_row: layout.shape.header_row,
            hidden_rows: layout.hidden_rows,
            rows: 0,
            written: 0,
            columns: columns.collect(),
            problems: Vec::new(),
            problems_total: 0,
        }
    }

    pub(super) fn leave_out(&mut self, problem: Problem, most: usize) {
        self.problems_total += 1;
        if self.problems.len() < most {
            self.problems.push(problem);
        }
    }

    pub(super) fn add(&mut self, place: usize, row: u64, cell: &Clean, most: usize) {
        let (file, sheet) = (self.file.clone(), self.sheet.clone());
        let Some(column) = self.columns.get_mut(place) else { return };
        column.filled += u64::from(!cell.raw.trim().is_empty());
        for note in &cell.notes {
            column.note(*note, row);
        }
        if let Some((reason, fix)) = &cell.wrong {
            column.unreadable += 1;
            let problem = Problem {
                file,
                sheet,
                row,
                column: Some(column.header.clone()),
                value: shortened(&cell.raw),
                reason: reason.clone(),
                fix: Some(fix.clone()),
            };
            self.leave_out(problem, most);
            return;
        }
        if cell.value != cell.raw || !cell.parts.is_empty() {
            column.changed += u64::from(cell.value != cell.raw);
            column.show(row, cell);
        }
    }

    /// Says of which columns the order of dates had to be chosen.
    pub(super) fn doubts(&mut self, survey: &Survey, fixed: Option<DateOrder>) {
        if fixed.is_some() {
            return;
        }
        for (place, column) in self.columns.iter_mut().enumerate() {
            if column.holds == Holds::Date
                && let Some(said) = survey.column(place).doubt()
            {
                column.notes.push((said, 0, 0));
            }
        }
    }
}

impl CleanedColumn {
    fn note(&mut self, note: Note, row: u64) {
        match self.noted.iter().position(|known| *known == note) {
            Some(place) => self.notes[place].1 += 1,
            None => {
                self.noted.push(note);
                self.notes.push((note.said(), 1, row));
            }
        }
    }

    fn show(&mut self, row: u64, cell: &Clean) {
        let full = EXAMPLES <= self.examples.len();
        if full || self.examples.iter().any(|known| known.raw == cell.raw) {
            return;
        }
        self.examples.push(Example {
            row,
            raw: cell.raw.clone(),
            value: cell.value.clone(),
            parts: cell.parts.clone(),
        });
    }
}
