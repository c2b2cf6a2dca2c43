//! What the first rows of a file become, beside what is written there.

use std::sync::atomic::AtomicBool;

use condition::Language;
use intake::{Became, Source};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    kept::{Kept, unreadable},
    told::Told,
};
use crate::{host::App, http::error::Answer};

/// So many rows are shown.
const ROWS: usize = 20;

/// A row beside what it becomes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptRow {
    pub(super) row: u64,
    pub(super) cells: Vec<KeptCell>,
}

/// A cell beside what it becomes; neither value nor reason when it is not taken in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct KeptCell {
    pub(super) written: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) wrong: Option<Told>,
}

/// A row of the file beside what it becomes.
#[derive(Serialize, ToSchema)]
pub(crate) struct BecomingRow {
    /// Its number in the file, from 1.
    row: u64,
    /// One for each column.
    cells: Vec<BecomingCell>,
}

/// A cell of the file beside what it becomes.
#[derive(Serialize, ToSchema)]
pub(crate) struct BecomingCell {
    /// What stands in the file, shortened.
    written: String,
    /// What is taken in; null when it says nothing, is not taken in, or cannot be read.
    value: Option<String>,
    /// Why it cannot be read.
    wrong: Option<String>,
}

/// The rows as they are told in a language.
pub(super) fn told(rows: &[KeptRow], language: Language) -> Vec<BecomingRow> {
    let cell = |one: &KeptCell| BecomingCell {
        written: one.written.clone(),
        value: one.value.clone(),
        wrong: one.wrong.as_ref().map(|why| why.get(language)),
    };
    let row =
        |one: &KeptRow| BecomingRow { row: one.row, cells: one.cells.iter().map(cell).collect() };
    rows.iter().map(row).collect()
}

/// Reads the first rows as they would be taken in now.
pub(super) fn show(app: &App, kept: &mut Kept, source: &Source) -> Answer<()> {
    let (shape, mapping) = (kept.shape()?, kept.drawn()?);
    let job = intake::Job {
        source,
        shape: &shape,
        mapping: &mapping,
        calendar: &app.calendar,
        now: app.clock.now(),
        directory: &intake::Roster::default(),
        cancel: &AtomicBool::new(false),
    };
    let rows = intake::becoming(&job, ROWS).map_err(unreadable)?;
    let cell = |(written, became): (String, Became)| match became {
        Became::Nothing => KeptCell { written, ..KeptCell::default() },
        Became::Value(value) => KeptCell { written, value: Some(value), wrong: None },
        Became::Wrong(why) => KeptCell { written, value: None, wrong: Some(why.into()) },
    };
    let row = |one: intake::Becoming| KeptRow {
        row: one.row,
        cells: one.cells.into_iter().map(cell).collect(),
    };
    kept.becoming = rows.into_iter().map(row).collect();
    Ok(())
}
