//! Imports as the page is told of them.

use std::{
    collections::{BTreeSet, HashMap},
    io::{BufRead, BufReader},
    path::Path,
};

use condition::Language;
use intake::field_options;
use registry::{Import as Row, ImportState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::error::{Answer, ApiError, speak_intake},
    nouns::{
        imports::{
            KindName, UNDO_FOR,
            becoming::{self, BecomingRow},
            kept::{Kept, KeptEncoding, KeptNotice, parse},
            mending::KeptMend,
            watching,
        },
        wire::Instant,
    },
};

/// Imports, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Imports {
    pub(crate) imports: Vec<Import>,
}

/// One file that someone brought in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Import {
    id: i64,
    file: String,
    bytes: i64,
    state: StateName,
    kind: KindName,
    /// Whether the kind was guessed.
    kind_is_guess: bool,
    format: Format,
    columns: Vec<Column>,
    /// The first rows, at most 20.
    sample_rows: Vec<Vec<String>>,
    /// The first rows beside what they become by the columns as they are chosen now, at most 20.
    becoming: Vec<BecomingRow>,
    /// How many rows there are, when known.
    rows: Option<u64>,
    progress: Option<Progress>,
    counts: Option<Counts>,
    /// The first rows that cannot be taken in, at most 100.
    problems: Vec<Problem>,
    problems_total: u64,
    /// What was read other than written, by the last check.
    notices: Vec<Notice>,
    /// Cells that were put right here: what stands in the file, and what is taken instead.
    mended: Vec<KeptMend>,
    /// Rows that were left out here.
    left_out: Vec<u64>,
    /// What columns can mean.
    fields: Vec<FieldChoice>,
    /// Why it failed.
    error: Option<String>,
    created_at: Instant,
    committed_at: Option<Instant>,
    undo_until: Option<Instant>,
    by: String,
    batch: Option<i64>,
    /// How many segments changed when it was taken in.
    changed_segments: Option<usize>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateName {
    Read,
    Checking,
    Checked,
    Committing,
    Committed,
    Undone,
    Failed,
    Cancelled,
}

/// How a file is packed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Format {
    /// `csv`, `xlsx`, `parquet`, `access_log`, `mail`, or `other_workbook` (.xls, .xlsb, .ods).
    container: String,
    encoding: Option<String>,
    delimiter: Option<String>,
    sheet: Option<String>,
    sheets: Vec<String>,
    /// The row of the headers, from 1; 0 when there are none.
    header_row: u32,
    /// The encodings the file could have, the likeliest first.
    encodings: Vec<Candidate>,
    /// How many rows of the sheet are hidden.
    hidden_rows: u64,
    /// Whether hidden rows are taken too.
    take_hidden: bool,
    /// The year of dates written without one.
    base_year: Option<i16>,
}

/// A column.
#[derive(Serialize, ToSchema)]
pub(crate) struct Column {
    index: usize,
    header: String,
    samples: Vec<String>,
    /// One of `fields`, `attribute:NAME`, or null: not imported.
    field: Option<String>,
    /// Whether there is little doubt.
    sure: bool,
}

/// What a column can mean.
#[derive(Serialize, ToSchema)]
pub(crate) struct FieldChoice {
    id: &'static str,
    label: String,
    required: bool,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Progress {
    /// Rows.
    pub(crate) done: u64,
    /// Rows, estimated from the file's size.
    pub(crate) total: Option<u64>,
    pub(crate) rows_per_second: u64,
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
pub(crate) struct Counts {
    pub(crate) rows: u64,
    pub(crate) new: u64,
    pub(crate) changed: u64,
    pub(crate) unchanged: u64,
    pub(crate) rejected: u64,
}

/// A row that cannot be taken in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Problem {
    file: String,
    sheet: Option<String>,
    row: u64,
    column: Option<String>,
    value: String,
    /// What is wrong.
    reason: String,
    /// What to do.
    fix: Option<String>,
}

/// Something that was read other than written.
#[derive(Serialize, ToSchema)]
pub(crate) struct Notice {
    column: Option<String>,
    /// What was done.
    said: String,
    /// How many rows it touched; 0 when it is about the whole column.
    rows: u64,
    /// The first of these rows.
    first_row: u64,
}

/// An encoding the file could have.
#[derive(Serialize, ToSchema)]
pub(crate) struct Candidate {
    encoding: String,
    /// Up to three lines of the file read in it.
    lines: Vec<String>,
    /// Whether characters were lost: then it is not this one.
    broken: bool,
}

/// `import` in the stream of news.
#[derive(Serialize, ToSchema)]
pub(crate) struct ImportProgress {
    id: i64,
    state: StateName,
    progress: Option<Progress>,
}

/// A sentence in both languages, as the registry keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    ja: String,
    en: String,
}

/// A problem in both languages, as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct KeptProblem {
    file: String,
    sheet: Option<String>,
    row: u64,
    column: Option<String>,
    value: String,
    reason: Told,
    fix: Option<Told>,
}

impl From<intake::Said> for Told {
    fn from(said: intake::Said) -> Told {
        Told { ja: said.ja, en: said.en }
    }
}

impl Told {
    pub(super) fn new(ja: &str, en: &str) -> Told {
        Told { ja: ja.to_owned(), en: en.to_owned() }
    }

    pub(super) fn get(&self, language: Language) -> String {
        match language {
            Language::Ja => self.ja.clone(),
            Language::En => self.en.clone(),
        }
    }
}

impl KeptProblem {
    /// That some rows of a file are about customers who were erased; which ones, nobody keeps.
    pub(super) fn erased(file: &str, rows: u64) -> KeptProblem {
        KeptProblem {
            file: file.to_owned(),
            sheet: None,
            row: 0,
            column: None,
            value: String::new(),
            reason: Told {
                ja: format!("消去された顧客の行が {rows} 行あり、取り込みません"),
                en: format!("{rows} rows are about customers who were erased; they are left out"),
            },
            fix: None,
        }
    }
}

impl From<intake::Problem> for KeptProblem {
    fn from(problem: intake::Problem) -> KeptProblem {
        KeptProblem {
            file: problem.file,
            sheet: problem.sheet,
            row: problem.row,
            column: problem.column,
            value: problem.value,
            reason: problem.reason.into(),
            fix: problem.fix.map(Told::from),
        }
    }
}

impl KeptProblem {
    /// What stands in a cell, if it is the one with this problem.
    pub(super) fn value_at(&self, row: u64, column: &str) -> Option<String> {
        let is_it = self.row == row && self.column.as_deref() == Some(column);
        is_it.then(|| self.value.clone())
    }

    fn told(self, language: Language) -> Problem {
        Problem {
            file: self.file,
            sheet: self.sheet,
            row: self.row,
            column: self.column,
            value: self.value,
            reason: self.reason.get(language),
            fix: self.fix.map(|fix| fix.get(language)),
        }
    }
}

impl From<ImportState> for StateName {
    fn from(state: ImportState) -> StateName {
        match state {
            ImportState::Read => StateName::Read,
            ImportState::Checking => StateName::Checking,
            ImportState::Checked => StateName::Checked,
            ImportState::Committing => StateName::Committing,
            ImportState::Committed => StateName::Committed,
            ImportState::Undone => StateName::Undone,
            ImportState::Failed => StateName::Failed,
            ImportState::Cancelled => StateName::Cancelled,
        }
    }
}

impl ImportProgress {
    pub(crate) async fn read(app: &App, id: i64) -> Answer<ImportProgress> {
        let row = super::find(app, id).await?;
        Ok(ImportProgress { id, state: row.state.into(), progress: app.jobs.progress(id) })
    }
}

/// One import as an answer.
pub(super) async fn one(app: &App, row: Row, language: Language) -> Answer<axum::Json<Import>> {
    let told = all(app, vec![row], language).await?.into_iter().next();
    told.map(axum::Json).ok_or_else(ApiError::not_found)
}

/// Imports as an answer.
pub(super) async fn all(app: &App, rows: Vec<Row>, language: Language) -> Answer<Vec<Import>> {
    let people = app.registry.people().await?;
    let names: HashMap<String, String> =
        people.into_iter().map(|one| (format!("person:{}", one.id), one.name)).collect();
    rows.into_iter().map(|row| import(app, row, &names, language)).collect()
}

fn import(
    app: &App,
    row: Row,
    names: &HashMap<String, String>,
    language: Language,
) -> Answer<Import> {
    let kept = row.layout.as_deref().map(parse::<Kept>).transpose()?;
    let kind = kept.as_ref().map(Kept::kind).transpose()?.unwrap_or(intake::Kind::Customers);
    let counts = row.counts.as_deref().map(parse::<Counts>).transpose()?;
    let problems = row.problems.as_deref().map(parse::<Vec<KeptProblem>>).transpose()?;
    let problems = problems.unwrap_or_default().into_iter();
    let rows = kept.as_ref().and_then(|kept| kept.total_rows);
    let undo_until = row.committed_at.filter(|_| row.state == ImportState::Committed);
    Ok(Import {
        id: row.id,
        bytes: row.bytes,
        state: row.state.into(),
        kind: kind.into(),
        kind_is_guess: kept.as_ref().is_none_or(|kept| kept.kind_is_guess),
        format: Format::of(kept.as_ref()),
        columns: kept.as_ref().map(columns).unwrap_or_default(),
        notices: kept.as_ref().map(|kept| notices(kept, language)).unwrap_or_default(),
        rows: rows.or(counts.map(|counts| counts.rows)),
        progress: app.jobs.progress(row.id),
        problems: problems.map(|problem| problem.told(language)).collect(),
        problems_total: counts.map_or(0, |counts| counts.rejected),
        counts,
        fields: field_options(kind)
            .into_iter()
            .map(|option| FieldChoice {
                id: option.id,
                label: speak_intake(&option.label, language),
                required: option.required,
            })
            .collect(),
        error: row.error.map(|error| match serde_json::from_str::<Told>(&error) {
            Ok(told) => told.get(language),
            Err(_) => error,
        }),
        created_at: Instant::of_millis(row.created_at),
        committed_at: row.committed_at.map(Instant::of_millis),
        undo_until: undo_until.map(|at| Instant::of_millis(at + UNDO_FOR)),
        by: said_by(&row.by, names, language),
        batch: row.batch,
        changed_segments: kept.as_ref().and_then(|kept| kept.changed_segments),
        mended: kept.as_ref().map(|kept| kept.mended.clone()).unwrap_or_default(),
        left_out: kept.as_ref().map(|kept| kept.left_out.clone()).unwrap_or_default(),
        becoming: kept
            .as_ref()
            .map(|kept| becoming::told(&kept.becoming, language))
            .unwrap_or_default(),
        sample_rows: kept.map(|kept| kept.rows).unwrap_or_default(),
        file: row.file,
    })
}

impl Format {
    fn of(kept: Option<&Kept>) -> Format {
        Format {
            container: kept.map_or("csv", Kept::container).to_owned(),
            encoding: kept.and_then(|kept| kept.encoding.clone()),
            delimiter: kept.and_then(|kept| Some(char::from(kept.delimiter?).to_string())),
            sheet: kept.and_then(|kept| kept.sheet.clone()),
            sheets: kept.map(|kept| kept.sheets.clone()).unwrap_or_default(),
            header_row: kept.map_or(0, |kept| kept.header_row),
            encodings: kept.map(candidates).unwrap_or_default(),
            hidden_rows: kept.map_or(0, |kept| kept.hidden_rows),
            take_hidden: kept.is_some_and(|kept| kept.take_hidden),
            base_year: kept.and_then(|kept| kept.base_year),
        }
    }
}

fn candidates(kept: &Kept) -> Vec<Candidate> {
    let candidate = |one: &KeptEncoding| Candidate {
        encoding: one.encoding.clone(),
        lines: one.lines.clone(),
        broken: one.broken,
    };
    kept.encodings.iter().map(candidate).collect()
}

fn notices(kept: &Kept, language: Language) -> Vec<Notice> {
    let notice = |one: &KeptNotice| Notice {
        column: one.column.clone(),
        said: one.said.get(language),
        rows: one.rows,
        first_row: one.first_row,
    };
    kept.notices.iter().map(notice).collect()
}

fn columns(kept: &Kept) -> Vec<Column> {
    let columns = kept.columns.iter().enumerate();
    columns
        .map(|(index, column)| Column {
            index,
            header: column.header.clone(),
            samples: column.samples.clone(),
            field: column.field.clone(),
            sure: column.sure,
        })
        .collect()
}

/// The problems that the last check found, in the order of the rows; none when nothing was checked or wrong.
fn problems(path: &Path) -> Answer<impl Iterator<Item = Answer<KeptProblem>>> {
    let lines = match std::fs::File::open(path) {
        Ok(file) => Some(BufReader::new(file).lines()),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => None,
        Err(why) => return Err(why.into()),
    };
    Ok(lines.into_iter().flatten().map(|line| parse::<KeptProblem>(&line?)))
}

/// The problems of some rows.
pub(super) fn problems_in(path: &Path, rows: &BTreeSet<u64>) -> Answer<Vec<KeptProblem>> {
    let is_wanted =
        |one: &Answer<KeptProblem>| one.as_ref().is_ok_and(|one| rows.contains(&one.row));
    problems(path)?.filter(is_wanted).collect()
}

/// Every problem that was found, as CSV.
pub(super) fn problems_csv(path: &Path, language: Language) -> Answer<Vec<u8>> {
    let mut out = intake::CsvWriter::new(Vec::new())?;
    out.row(match language {
        Language::Ja => ["ファイル", "シート", "行", "列", "値", "理由", "直し方"],
        Language::En => ["file", "sheet", "row", "column", "value", "reason", "fix"],
    })?;
    for problem in problems(path)? {
        let problem = problem?.told(language);
        let (sheet, column) = (problem.sheet.unwrap_or_default(), problem.column);
        let cells = [
            problem.file,
            sheet,
            problem.row.to_string(),
            column.unwrap_or_default(),
            problem.value,
            problem.reason,
            problem.fix.unwrap_or_default(),
        ];
        out.row(cells)?;
    }
    Ok(out.finish()?)
}

/// Who brought a file, as people know them.
fn said_by(by: &str, names: &HashMap<String, String>, language: Language) -> String {
    match (by, language) {
        (watching::BY, Language::Ja) => "フォルダの監視".to_owned(),
        (watching::BY, Language::En) => "watched folder".to_owned(),
        _ => names.get(by).cloned().unwrap_or_else(|| by.to_owned()),
    }
}
