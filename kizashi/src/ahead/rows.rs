//! Rows of a file in any encoding and container, with or without headers, also where only blanks stand between columns.

use std::{ops::ControlFlow, path::Path};

use forecast::propensity::{Entry, Gathering, Table};
use intake::{
    Cell, Choices, Container, Plain, Shape, Source, date_orders, each_row, plain, plain_day,
};

use crate::screen::{Failure, Screen};

/// A file that has been looked at.
pub(crate) struct Rows {
    source: Source,
    shape: Shape,
    /// Whether columns are set apart by blanks.
    blanks: bool,
    /// The names of the columns: the headers, or `列1` and so on.
    pub(crate) headers: Vec<String>,
    orders: Vec<Option<intake::DateOrder>>,
}

/// Rows that cannot be split are told up to this many.
const MOST_TOLD: u64 = 5;

impl Rows {
    /// Looks at a file.
    pub(crate) fn open(path: &Path) -> Result<Rows, Failure> {
        std::fs::metadata(path).map_err(|fault| Failure::file(path, fault))?;
        let source = Source::file(path);
        let layout = intake::look(&source, &Choices::default())?;
        let headers: Vec<String> =
            layout.columns.iter().map(|column| column.header.clone()).collect();
        if layout.shape.container == Container::Csv && headers.len() == 1 {
            let spaced =
                intake::look(&source, &Choices { delimiter: Some(b' '), ..Choices::default() })?;
            if let Some(rows) = Rows::spaced(&source, spaced.shape)? {
                return Ok(rows);
            }
        }
        let orders = date_orders(&source, &layout.shape, headers.len())?;
        Ok(Rows { source, shape: layout.shape, blanks: false, headers, orders })
    }

    /// The file as columns set apart by blanks, when nearly all of its first rows have as many.
    fn spaced(source: &Source, shape: Shape) -> Result<Option<Rows>, Failure> {
        let mut widths: Vec<usize> = Vec::new();
        let mut header: Option<Vec<String>> = None;
        let head = u64::from(shape.header_row);
        each_row(source, &shape, &mut |row| {
            if let Ok(row) = row {
                let cells = there(row.cells);
                if row.number == head {
                    header = Some(cells.iter().map(|cell| text(cell)).collect());
                } else if head < row.number {
                    widths.push(cells.len());
                }
            }
            if widths.len() < 200 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        let mut sorted = widths.clone();
        sorted.sort_unstable();
        let width = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
        let alike = widths.iter().filter(|one| **one == width).count();
        if width < 2 || 10 * alike < 9 * widths.len() {
            return Ok(None);
        }
        let made_up = || (1..=width).map(|place| format!("列{place}")).collect();
        let headers = header.filter(|header| header.len() == width).unwrap_or_else(made_up);
        let orders = vec![None; width];
        Ok(Some(Rows { source: source.clone(), shape, blanks: true, headers, orders }))
    }

    /// Reads every row below the header.
    pub(crate) fn each(
        &self,
        screen: &Screen,
        mut take: impl FnMut(u64, &[Cell<'_>]),
    ) -> Result<(), Failure> {
        let head = u64::from(self.shape.header_row);
        let mut wrong = 0;
        each_row(&self.source, &self.shape, &mut |row| {
            match row {
                Ok(row) if row.number <= head => {}
                Ok(row) if self.blanks => {
                    let cells = there(row.cells);
                    if !cells.is_empty() {
                        take(row.number, &cells);
                    }
                }
                Ok(row) => {
                    if row.cells.iter().any(|cell| !text(cell).trim().is_empty()) {
                        take(row.number, row.cells);
                    }
                }
                Err(fault) => {
                    wrong += 1;
                    if wrong <= MOST_TOLD {
                        let reason = screen.say(&fault.reason.ja, &fault.reason.en);
                        screen.note(format!("  {}:{} {reason}", self.source.name(), fault.number));
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        if 0 < wrong {
            screen.note(screen.say(
                &format!("{wrong} 行は列に分けられず、除きました"),
                &format!("{wrong} rows could not be split into cells and were left out"),
            ));
        }
        Ok(())
    }

    /// A cell of a column as it is meant.
    pub(crate) fn plain<'a>(&self, cells: &[Cell<'a>], column: usize) -> Plain<'a> {
        let order = self.orders.get(column).copied().flatten();
        cells.get(column).map_or(Plain::Nothing, |cell| plain(cell, order))
    }

    /// A cell of a column as a day.
    pub(crate) fn day(&self, cells: &[Cell<'_>], column: usize) -> Option<f64> {
        let order = self.orders.get(column).copied().flatten();
        cells.get(column).and_then(|cell| plain_day(cell, order))
    }

    /// The column of a name, or of a number from 1 on.
    pub(crate) fn column(&self, name: &str) -> Result<usize, Failure> {
        let wanted = name.trim();
        let by_name = self.headers.iter().position(|header| header == wanted).or_else(|| {
            self.headers.iter().position(|header| header.to_lowercase() == wanted.to_lowercase())
        });
        let by_number = || {
            let number = wanted.parse::<usize>().ok()?.checked_sub(1)?;
            (number < self.headers.len()).then_some(number)
        };
        by_name.or_else(by_number).ok_or_else(|| {
            Failure::new(
                format!("列 `{wanted}` がありません。列は {} です", self.headers.join("、")),
                format!(
                    "there is no column `{wanted}`; the columns are {}",
                    self.headers.join(", ")
                ),
            )
        })
    }

    /// Reads all of it as a table.
    pub(crate) fn table(&self, screen: &Screen) -> Result<Table, Failure> {
        let mut gathering = Gathering::new(self.headers.iter().cloned());
        self.each(screen, |_, cells| {
            let plains: Vec<Plain<'_>> =
                (0..self.headers.len()).map(|column| self.plain(cells, column)).collect();
            gathering.row(plains.iter().map(|plain| match plain {
                Plain::Nothing => Entry::Nothing,
                Plain::Number(number) => Entry::Number(*number),
                Plain::Day(day) => Entry::Day(*day),
                Plain::Words(words) => Entry::Words(words),
            }));
        })?;
        Ok(gathering.finish())
    }
}

/// The cells that hold something; between columns may stand many blanks.
fn there<'a>(cells: &[Cell<'a>]) -> Vec<Cell<'a>> {
    cells.iter().copied().filter(|cell| !text(cell).trim().is_empty()).collect()
}

/// A cell as a key is written: a whole number without a point.
pub(crate) fn text(cell: &Cell<'_>) -> String {
    match plain_text(cell) {
        Some(text) => text.to_owned(),
        None => match plain(cell, None) {
            Plain::Nothing => String::new(),
            Plain::Number(number) | Plain::Day(number) => number.to_string(),
            Plain::Words(words) => words.into_owned(),
        },
    }
}

fn plain_text<'a>(cell: &Cell<'a>) -> Option<&'a str> {
    match cell {
        Cell::Text(text) => Some(text.trim()),
        _ => None,
    }
}
