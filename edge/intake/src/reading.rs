//! Reading a whole file: every row once, facts and problems handed out as they come.

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use facts::{Calendar, Fact, Timestamp};

use crate::{
    CustomerBy, Directory, Flow, Mapping, Notice, Problem, Row, RowFault, Shape, Source,
    Unreadable,
    cells::written,
    each_row,
    layout::{headers, is_blank, ragged},
    rows::{Becoming, Fault, Format, Plan, Shared, SharedSurvey, Survey},
    table::each_row_watched,
};

/// Problems a check keeps.
const PROBLEMS: usize = 1_000;
/// Rows between two reports of progress.
const EVERY: u64 = 4_096;

/// All that is needed to read a file.
pub struct Job<'a> {
    /// The file.
    pub source: &'a Source,
    /// How it is read.
    pub shape: &'a Shape,
    /// What its columns mean; must have no faults.
    pub mapping: &'a Mapping,
    /// The zone of local times.
    pub calendar: &'a Calendar,
    /// The instant of the import: since when attributes hold that name no day of their own.
    pub now: Timestamp,
    /// Who is known.
    pub directory: &'a dyn Directory,
    /// Set by another thread to stop.
    pub cancel: &'a AtomicBool,
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Rows below the header that were read.
    pub rows: u64,
    /// Bytes of the file that were passed.
    pub bytes: u64,
    /// Bytes the file has.
    pub bytes_total: u64,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows below the header, empty ones and those that people left out not counted: facts + rejected.
    pub rows: u64,
    /// Rows that became a fact.
    pub facts: u64,
    /// Rows that were left out with a problem.
    pub rejected: u64,
}

/// What a check or a reading of the whole file found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// What was counted.
    pub counts: Counts,
    /// The first 1,000 problems; `counts.rejected` tells how many there are. Empty after [`read`].
    pub problems: Vec<Problem>,
    /// What was read other than written.
    pub notices: Vec<Notice>,
    /// By what the rows name their customer.
    pub customer_by: CustomerBy,
}

/// Reads the whole file and keeps nothing but counts and the first problems.
///
/// # Errors
/// See [`read`].
pub fn check(job: &Job<'_>, progress: &mut dyn FnMut(Progress)) -> Result<Checked, Unreadable> {
    let mut problems = Vec::new();
    let mut keep = |problem| {
        if problems.len() < PROBLEMS {
            problems.push(problem);
        }
    };
    let mut checked = read(job, progress, &mut keep, &mut |_| ControlFlow::Continue(()))?;
    checked.problems = problems;
    Ok(checked)
}

/// Reads the whole file and hands out every fact and every problem in the order of the rows. [`check`] is this with
/// the facts thrown away, so both always agree. `fact` may stop the reading.
///
/// # Errors
/// [`Unreadable`] when the file as a whole cannot be read, the mapping is unsound, or the job was cancelled.
pub fn read(
    job: &Job<'_>,
    progress: &mut dyn FnMut(Progress),
    problem: &mut dyn FnMut(Problem),
    fact: &mut dyn FnMut(Fact) -> Flow,
) -> Result<Checked, Unreadable> {
    if let Some(fault) = job.mapping.faults().into_iter().next() {
        return Err(job.source.broken(fault));
    }
    let survey = survey(job)?;
    let (headers, formats) = (survey.headers, survey.formats);
    let mut plan = Plan::new(job.mapping, &formats, &headers, job.calendar, job.directory, job.now);
    plan.share(survey.shared);
    let mut walk = Walk {
        job,
        headers: &headers,
        far: Arc::new(AtomicU64::new(0)),
        bytes_total: job.source.length()?,
        counts: Counts::default(),
    };
    let far = walk.far.clone();
    let mut cancelled = false;
    each_row_watched(job.source, job.shape, &far, &mut |row| {
        if !walk.is_below_header(&row) {
            return ControlFlow::Continue(());
        }
        let flow = match walk.fact(&mut plan, row) {
            None => return ControlFlow::Continue(()),
            Some(Ok(found)) => {
                walk.counts.facts += 1;
                fact(found)
            }
            Some(Err(found)) => {
                walk.counts.rejected += 1;
                problem(found);
                ControlFlow::Continue(())
            }
        };
        walk.counts.rows += 1;
        if walk.counts.rows.is_multiple_of(EVERY) {
            progress(walk.progress());
            if job.cancel.load(Ordering::Relaxed) {
                cancelled = true;
                return ControlFlow::Break(());
            }
        }
        flow
    })?;
    if cancelled || job.cancel.load(Ordering::Relaxed) {
        return Err(Unreadable::Cancelled);
    }
    progress(walk.progress());
    Ok(Checked {
        counts: walk.counts,
        problems: Vec::new(),
        notices: plan.notices(&headers),
        customer_by: job.mapping.customer_by().unwrap_or(CustomerBy::Number),
    })
}

/// What the cells of the first rows become, column by column, by the same steps as in [`read`]. The mapping may lack
/// fields; nothing is checked.
///
/// # Errors
/// [`Unreadable`] when the file as a whole cannot be read, or the job was cancelled.
pub fn becoming(job: &Job<'_>, most: usize) -> Result<Vec<Becoming>, Unreadable> {
    let survey = survey(job)?;
    let (headers, formats) = (survey.headers, survey.formats);
    let mut plan = Plan::new(job.mapping, &formats, &headers, job.calendar, job.directory, job.now);
    let mut rows = Vec::new();
    each_row(job.source, job.shape, &mut |row| {
        if let Ok(row) = row
            && u64::from(job.shape.header_row) < row.number
            && !row.cells.iter().all(is_blank)
        {
            rows.push(plan.becoming(&row, headers.len()));
        }
        if rows.len() < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(rows)
}

/// What was decided before the rows are read.
struct Surveyed {
    headers: Vec<String>,
    formats: Vec<Format>,
    shared: Shared,
}

/// Reads the header, and as many rows as it takes to decide the formats of all columns.
fn survey(job: &Job<'_>) -> Result<Surveyed, Unreadable> {
    let width = job.mapping.fields.len();
    let mut survey = Survey::new(job.mapping);
    let mut shared = SharedSurvey::new(job.mapping);
    let mut header: Vec<String> = Vec::new();
    let header_row = u64::from(job.shape.header_row);
    let mut rows = 0_u64;
    each_row(job.source, job.shape, &mut |row| {
        let Ok(row) = row else { return ControlFlow::Continue(()) };
        rows += 1;
        if rows.is_multiple_of(EVERY) && job.cancel.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        if row.number == header_row {
            header = row.cells.iter().map(|cell| written(cell).into_owned()).collect();
        }
        if header_row < row.number {
            shared.see(row.cells);
            if !survey.see(row.cells) && !shared.wants_all() {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    if let Some(fixed) = job.shape.container.headers() {
        header = fixed.iter().map(|name| (*name).to_owned()).collect();
    }
    let headers = headers(&header, width);
    let formats = survey.formats(&headers);
    Ok(Surveyed { headers, formats, shared: shared.found() })
}

/// The walk over the rows below the header.
struct Walk<'a> {
    job: &'a Job<'a>,
    headers: &'a [String],
    far: Arc<AtomicU64>,
    bytes_total: u64,
    counts: Counts,
}

impl Walk<'_> {
    fn is_below_header(&self, row: &Result<Row<'_>, RowFault>) -> bool {
        let number = match row {
            Ok(row) => row.number,
            Err(fault) => fault.number,
        };
        u64::from(self.job.shape.header_row) < number
    }

    /// The fact or the problem of a row; `None` when the row is empty.
    fn fact(
        &self,
        plan: &mut Plan<'_>,
        row: Result<Row<'_>, RowFault>,
    ) -> Option<Result<Fact, Problem>> {
        let row = match row {
            Ok(row) => row,
            Err(fault) => {
                if self.job.mapping.mended.leaves_out(fault.number) {
                    return None;
                }
                return Some(Err(self.problem(fault.number, fault.into())));
            }
        };
        if self.job.mapping.mended.leaves_out(row.number) {
            return None;
        }
        let mended = self.job.mapping.mended.cells(row.number, row.cells);
        let row = match &mended {
            Some(cells) => Row { number: row.number, cells },
            None => row,
        };
        if row.cells.iter().all(is_blank) {
            return None;
        }
        if let Some(fault) = ragged(&row, self.headers.len(), self.job.shape) {
            return Some(Err(self.problem(row.number, fault.into())));
        }
        Some(plan.fact(&row).map_err(|fault| self.problem(row.number, *fault)))
    }

    fn problem(&self, row: u64, fault: Fault) -> Problem {
        Problem {
            file: self.job.source.name().to_owned(),
            sheet: self.job.shape.sheet.clone(),
            row,
            column: fault.column.and_then(|column| self.headers.get(column).cloned()),
            value: fault.value,
            reason: fault.reason,
            fix: fault.fix,
        }
    }

    fn progress(&self) -> Progress {
        Progress {
            rows: self.counts.rows,
            bytes: self.far.load(Ordering::Relaxed).min(self.bytes_total),
            bytes_total: self.bytes_total,
        }
    }
}
