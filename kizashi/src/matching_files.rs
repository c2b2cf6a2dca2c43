//! Reading the tables of `kizashi match`: what their columns hold, and their rows.

use std::{
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use intake::{Layout, RowFault, Source};
use matching::{Column, Kind, Records, Side};
use store::on_all_cores;

use crate::{
    args, clean,
    screen::{Failure, Screen},
};

/// A table: where it is, how it is read and what its columns hold.
pub(crate) struct Table {
    pub(crate) path: PathBuf,
    source: Source,
    layout: Layout,
    pub(crate) columns: Vec<Column>,
    /// For each row that was read its id, or its number in the file.
    pub(crate) ids: Vec<String>,
    /// The number of each row in the file.
    pub(crate) rows: Vec<u64>,
    /// Rows that could not be read, the first of them.
    pub(crate) faults: Vec<RowFault>,
    pub(crate) left_out: u64,
    _folder: Option<tempfile::TempDir>,
}

/// Rows by which columns are guessed.
const GUESSED_BY: usize = 1_000;
/// Rows that are taken apart together.
const TOGETHER: usize = 40_000;
/// Faults that are kept.
const KEPT: usize = 20;

impl Table {
    /// Looks at a file and guesses its columns.
    pub(crate) fn look(path: &Path, given: &args::Match) -> Result<Table, Failure> {
        let choices = clean::choices(&given.form, false)?;
        let (source, folder) = clean::source(path)?;
        let layout = intake::look(&source, &choices)?;
        let mut table = Table {
            path: path.to_owned(),
            source,
            layout,
            columns: Vec::new(),
            ids: Vec::new(),
            rows: Vec::new(),
            faults: Vec::new(),
            left_out: 0,
            _folder: folder,
        };
        let mut first: Vec<Vec<String>> = Vec::new();
        table.each(&mut |row| {
            if let Ok((_, cells)) = row {
                first.push(cells);
            }
            if first.len() < GUESSED_BY {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        let headers: Vec<String> =
            table.layout.columns.iter().map(|column| column.header.clone()).collect();
        table.columns = matching::guess(&headers, &first);
        Ok(table)
    }

    /// Sets what people said of columns; gives back which of the sayings named a column here.
    pub(crate) fn set(&mut self, said: &[(String, Kind)]) -> Vec<bool> {
        let mut used = vec![false; said.len()];
        for (place, (header, kind)) in said.iter().enumerate() {
            for column in self.columns.iter_mut().filter(|column| column.header.trim() == header) {
                // A row has one id.
                column.kind = *kind;
                used[place] = true;
            }
        }
        used
    }

    /// The place of the column of ids.
    fn id_column(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.kind == Kind::Id)
    }

    /// Reads all rows into the records.
    pub(crate) fn read(&mut self, side: Side, records: &mut Records) -> Result<(), Failure> {
        let id = self.id_column();
        let (mut ids, mut numbers) = (Vec::new(), Vec::new());
        let (mut faults, mut left_out) = (Vec::new(), 0_u64);
        let mut waiting: Vec<Vec<String>> = Vec::new();
        self.each(&mut |row| {
            match row {
                Ok((number, cells)) => {
                    let named = id.and_then(|id| cells.get(id)).map(|id| id.trim().to_owned());
                    let named = named.filter(|id| !id.is_empty());
                    ids.push(named.unwrap_or_else(|| number.to_string()));
                    numbers.push(number);
                    waiting.push(cells);
                }
                Err(fault) => {
                    left_out += 1;
                    if faults.len() < KEPT {
                        faults.push(fault);
                    }
                }
            }
            if waiting.len() == TOGETHER {
                records.extend(side, &waiting, &on_all_cores);
                waiting.clear();
            }
            ControlFlow::Continue(())
        })?;
        records.extend(side, &waiting, &on_all_cores);
        (self.ids, self.rows, self.faults, self.left_out) = (ids, numbers, faults, left_out);
        Ok(())
    }

    /// Hands over the rows below the header that have something in them.
    fn each(&self, take: &mut Take<'_>) -> Result<(), Failure> {
        let shape = &self.layout.shape;
        let header = u64::from(shape.header_row);
        intake::each_row(&self.source, shape, &mut |row| match row {
            Ok(row) if header < row.number => {
                let cells: Vec<String> =
                    row.cells.iter().map(|cell| intake::written(cell).into_owned()).collect();
                if cells.iter().all(|cell| cell.trim().is_empty()) {
                    return ControlFlow::Continue(());
                }
                take(Ok((row.number, cells)))
            }
            Err(fault) if header < fault.number => take(Err(fault)),
            _ => ControlFlow::Continue(()),
        })?;
        Ok(())
    }
}

/// Takes a row's number and cells, or why it has none.
type Take<'t> = dyn FnMut(Result<(u64, Vec<String>), RowFault>) -> ControlFlow<()> + 't;

/// What people said of columns: `HEADER=KIND`.
pub(crate) fn said(given: &[String]) -> Result<Vec<(String, Kind)>, Failure> {
    given.iter().map(|text| one_said(text)).collect()
}

fn one_said(text: &str) -> Result<(String, Kind), Failure> {
    let kinds = || Kind::ALL.iter().map(|kind| kind.id()).collect::<Vec<_>>().join(" ");
    let parted = text.rsplit_once('=');
    let (header, kind) = parted.ok_or_else(|| {
        Failure::new(
            format!("--column `{text}`: `見出し=種類` の形で書いてください。例: 担当=person"),
            format!("--column `{text}`: write it as `HEADER=KIND`, such as `contact=person`"),
        )
    })?;
    let kind = Kind::of_id(kind.trim()).ok_or_else(|| {
        Failure::new(
            format!("--column `{text}`: `{kind}` という種類はありません。使えるもの: {}", kinds()),
            format!("--column `{text}`: there is no kind `{kind}`; there are: {}", kinds()),
        )
    })?;
    Ok((header.trim().to_owned(), kind))
}

/// One line for each table: what its columns hold.
pub(crate) fn described(table: &Table, screen: &Screen) -> String {
    let each = |column: &Column| {
        let (ja, en) = column.kind.label();
        format!("{}={}", column.header, screen.say(ja, en))
    };
    let columns: Vec<String> = table.columns.iter().map(each).collect();
    format!("{}: {}", table.path.display(), columns.join(", "))
}
