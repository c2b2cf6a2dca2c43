//! Reading a whole file: every row once, facts and problems handed out as they come.

use std::sync::atomic::AtomicBool;

use facts::{Calendar, Fact, Timestamp};

use crate::{CustomerBy, Directory, Flow, Mapping, Notice, Problem, Shape, Source, Unreadable};

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
    /// Rows below the header, empty ones left out: facts + rejected.
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
    let _ = progress;
    Err(job.source.broken(crate::Said::new("", "")))
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
    let _ = (progress, problem, fact);
    Err(job.source.broken(crate::Said::new("", "")))
}
