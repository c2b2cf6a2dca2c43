//! One row, cleaned cell by cell, with what its cells say of each other.

use super::{
    Cleaning, Holds,
    cell::{Clean, Part, Reader},
    survey::Survey,
};
use crate::{
    Cell, Layout, Row,
    cells::{clock::Clock, dates::DateRules, notes::Note, says_as_above, written},
};

/// Cleans row after row.
pub(super) struct Cleaner<'a> {
    reader: Reader<'a>,
    columns: Vec<Column>,
    cells: Vec<Clean>,
}

/// A column while rows go by.
struct Column {
    holds: Holds,
    rules: DateRules,
    /// What stands in the row above, for ditto marks.
    above: String,
}

impl<'a> Cleaner<'a> {
    pub(super) fn new(
        job: &Cleaning<'a>,
        layout: &Layout,
        survey: &Survey,
        holds: &[Holds],
    ) -> Cleaner<'a> {
        let columns = layout.columns.iter().zip(holds).map(|(column, holds)| Column {
            holds: *holds,
            rules: DateRules {
                order: job.order.or_else(|| survey.column(column.index).order()),
                base_year: job.base_year,
            },
            above: String::new(),
        });
        Cleaner {
            reader: Reader {
                calendar: job.calendar,
                clock: Clock::new(job.calendar),
                base_year: job.base_year,
            },
            columns: columns.collect(),
            cells: Vec::new(),
        }
    }

    /// The cells of a row, one for each column.
    pub(super) fn row(&mut self, row: &Row<'_>) -> &[Clean] {
        let prefecture = self.prefecture(row);
        self.cells.clear();
        for (place, column) in self.columns.iter_mut().enumerate() {
            let cell = row.cells.get(place).copied().unwrap_or(Cell::Empty);
            let cleaned = match cell {
                Cell::Text(text) if says_as_above(text) => {
                    let above = if column.above.is_empty() {
                        Cell::Empty
                    } else {
                        Cell::Text(&column.above)
                    };
                    let mut cleaned = self.reader.clean(
                        &above,
                        column.holds,
                        column.rules,
                        prefecture.as_deref(),
                    );
                    cleaned.raw = text.to_owned();
                    cleaned.notes.push(Note::AsAbove);
                    cleaned
                }
                cell => {
                    column.above = written(&cell).into_owned();
                    self.reader.clean(&cell, column.holds, column.rules, prefecture.as_deref())
                }
            };
            self.cells.push(cleaned);
        }
        self.fill_address();
        &self.cells
    }

    /// The prefecture that another column of the row names.
    fn prefecture(&self, row: &Row<'_>) -> Option<String> {
        let of = |holds: Holds| {
            let place = self.columns.iter().position(|column| column.holds == holds)?;
            let text = written(row.cells.get(place)?).trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        of(Holds::Prefecture).or_else(|| {
            let address = of(Holds::Address)?;
            cleansing::prefecture_of(&address).map(str::to_owned)
        })
    }

    /// An empty address is filled by the postal code, when the code stands for one place.
    fn fill_address(&mut self) {
        let area = self.columns.iter().zip(&self.cells).find_map(|(column, cell)| {
            (column.holds == Holds::Postal).then(|| cell.part(Part::Area).to_owned())
        });
        let Some(area) = area.filter(|area| !area.is_empty()) else { return };
        let place = self.columns.iter().position(|column| column.holds == Holds::Address);
        let Some(cell) = place.and_then(|place| self.cells.get_mut(place)) else { return };
        if cell.raw.trim().is_empty() && cell.value.is_empty() {
            cell.value = area;
            cell.notes.push(Note::FilledByPostal);
        }
    }
}
