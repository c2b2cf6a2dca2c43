//! A normalised copy of any table, beside a report of what was done: for people who want a tidy file and nothing else.
//!
//! ```text
//!   look ──▶ survey ──▶ what each column holds ──▶ tally ──▶ report ──▶ write
//!            all rows      (header and values)      all rows             all rows, when a copy is wanted
//! ```
//! The file is read once for each step and never held: the second reading knows what the columns hold, the third which
//! further columns the copy needs. Nothing is lost: a column with a changed cell is followed by one of raw values.

mod cell;
mod holds;
mod named;
mod report;
mod row;
mod survey;

use std::{
    collections::BTreeSet,
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use facts::Calendar;

pub use cell::Part;
pub use holds::Holds;
pub use report::{CleanedColumn, Example, Report};

use crate::{
    Choices, DateOrder, Layout, Row, RowFault, Said, Source, Unreadable,
    cells::written,
    layout::{is_blank, ragged},
    look,
    problem::Problem,
    table::each_row_watched,
};
use row::Cleaner;
use survey::Survey;

/// Rows between two looks at whether to stop.
const EVERY: u64 = 4_096;
/// Problems a report keeps; it counts all of them.
const PROBLEMS: usize = 1_000;

/// What to clean and how.
pub struct Cleaning<'a> {
    /// The file.
    pub source: &'a Source,
    /// What people have fixed of how it is read.
    pub choices: &'a Choices,
    /// The zone of local times.
    pub calendar: &'a Calendar,
    /// The order of short dates, when people have said it; else the values of each column decide.
    pub order: Option<DateOrder>,
    /// The year of dates written without one.
    pub base_year: Option<i16>,
    /// Set by another thread to stop.
    pub cancel: &'a AtomicBool,
}

/// Takes the rows of the copy, the header first.
pub type TakeRow<'a> = dyn FnMut(&[String]) -> std::io::Result<()> + 'a;

/// What a file looks like after cleaning, before anything is written.
pub struct Cleaned<'a> {
    job: &'a Cleaning<'a>,
    layout: Layout,
    survey: Survey,
    holds: Vec<Holds>,
    report: Report,
    used: BTreeSet<Extra>,
}

/// A column of the copy that the file does not have: of which column, and what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extra {
    Part(usize, Part),
    Raw(usize),
}

/// Reads a file to its end and finds out what is to be done to each cell.
///
/// # Errors
/// [`Unreadable`] when the file as a whole cannot be read, or the job was cancelled.
pub fn clean<'a>(job: &'a Cleaning<'a>) -> Result<Cleaned<'a>, Unreadable> {
    let layout = look(job.source, job.choices)?;
    let mut survey = Survey::new(layout.columns.len());
    each(job, &layout, &mut |row| {
        if let Ok(row) = row {
            survey.see(row.cells);
        }
        Ok(())
    })?;
    let holds: Vec<Holds> = layout
        .columns
        .iter()
        .map(|column| holds::decide(&column.header, survey.column(column.index)))
        .collect();
    let mut cleaned = Cleaned {
        job,
        report: Report::new(&layout, &holds),
        layout,
        survey,
        holds,
        used: BTreeSet::new(),
    };
    cleaned.tally()?;
    Ok(cleaned)
}

impl<'a> Cleaned<'a> {
    /// What was done.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Writes the copy: a header in the wanted language, then every row that could be read.
    ///
    /// # Errors
    /// [`Unreadable`] as [`clean`]; and what `take` says, as an error of the disk.
    pub fn write(&self, language: &str, take: &mut TakeRow<'_>) -> Result<(), Unreadable> {
        let kept = |error| self.job.source.disk(error);
        take(&self.headers(language)).map_err(kept)?;
        let mut cleaner = self.cleaner();
        let mut out = Vec::new();
        each(self.job, &self.layout, &mut |row| {
            let Ok(row) = row else { return Ok(()) };
            if self.fault(&row).is_some() {
                return Ok(());
            }
            let cells = cleaner.row(&row);
            out.clear();
            for (place, cell) in cells.iter().enumerate() {
                out.push(cell.value.clone());
                for extra in self.extras_of(place) {
                    out.push(match extra {
                        Extra::Part(_, part) => cell.part(*part).to_owned(),
                        Extra::Raw(_) => cell.raw.clone(),
                    });
                }
            }
            take(&out).map_err(kept)
        })
    }

    /// The headers of the copy.
    fn headers(&self, language: &str) -> Vec<String> {
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut headers = Vec::new();
        for column in &self.layout.columns {
            headers.push(column.header.clone());
            for extra in self.extras_of(column.index) {
                let label = match extra {
                    Extra::Part(_, part) => part.label(),
                    Extra::Raw(_) => Said::new("元の値", "raw"),
                };
                headers.push(format!("{} [{}]", column.header, label.in_language(language)));
            }
        }
        for header in &mut headers {
            while !taken.insert(header.clone()) {
                header.push('\'');
            }
        }
        headers
    }

    fn extras_of(&self, place: usize) -> impl Iterator<Item = &Extra> {
        let of = move |extra: &&Extra| match extra {
            Extra::Part(column, _) | Extra::Raw(column) => *column == place,
        };
        self.used.iter().filter(of)
    }

    fn cleaner(&self) -> Cleaner<'_> {
        Cleaner::new(self.job, &self.layout, &self.survey, &self.holds)
    }

    /// Reads every row and notes what was done to it.
    fn tally(&mut self) -> Result<(), Unreadable> {
        let mut report = self.report.clone();
        let mut used = BTreeSet::new();
        let mut cleaner = self.cleaner();
        each(self.job, &self.layout, &mut |row| {
            report.rows += 1;
            let row = match row {
                Ok(row) => row,
                Err(fault) => {
                    report.leave_out(self.problem(fault), PROBLEMS);
                    return Ok(());
                }
            };
            if let Some(fault) = self.fault(&row) {
                report.leave_out(self.problem(fault), PROBLEMS);
                return Ok(());
            }
            report.written += 1;
            for (place, cell) in cleaner.row(&row).iter().enumerate() {
                for (part, _) in &cell.parts {
                    used.insert(Extra::Part(place, *part));
                }
                if cell.value != cell.raw {
                    used.insert(Extra::Raw(place));
                }
                report.add(place, row.number, cell, PROBLEMS);
            }
            Ok(())
        })?;
        report.doubts(&self.survey, self.job.order);
        self.report = report;
        self.used = used;
        Ok(())
    }

    /// Why a whole row cannot be used.
    fn fault(&self, row: &Row<'_>) -> Option<RowFault> {
        ragged(row, self.layout.columns.len(), &self.layout.shape)
    }

    fn problem(&self, fault: RowFault) -> Problem {
        Problem {
            file: self.layout.file.clone(),
            sheet: self.layout.shape.sheet.clone(),
            row: fault.number,
            column: None,
            value: fault.value,
            reason: fault.reason,
            fix: Some(fault.fix),
        }
    }
}

/// Takes the rows of a file, those that break its form included.
type Take<'t> = dyn FnMut(Result<Row<'_>, RowFault>) -> Result<(), Unreadable> + 't;

/// Hands over the rows below the header that have something in them.
fn each(job: &Cleaning<'_>, layout: &Layout, take: &mut Take<'_>) -> Result<(), Unreadable> {
    let header = u64::from(layout.shape.header_row);
    let mut stopped = Ok(());
    let mut rows = 0_u64;
    let far = Arc::new(AtomicU64::new(0));
    each_row_watched(job.source, &layout.shape, &far, &mut |row| {
        rows += 1;
        if rows.is_multiple_of(EVERY) && job.cancel.load(Ordering::Relaxed) {
            stopped = Err(Unreadable::Cancelled);
            return ControlFlow::Break(());
        }
        let wanted = match &row {
            Ok(row) => header < row.number && !row.cells.iter().all(is_blank),
            Err(fault) => header < fault.number,
        };
        if wanted && let Err(why) = take(row) {
            stopped = Err(why);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    stopped
}

/// The cell as it stands in the file.
fn raw(cell: &crate::Cell<'_>) -> String {
    written(cell).into_owned()
}
