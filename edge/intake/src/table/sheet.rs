//! Excel workbooks, cell by cell: never the dense range, which a 5 KB file can blow up to half a terabyte.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, atomic::AtomicU64},
};

use calamine::{
    CellErrorType, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError,
};

use super::{Cell, Flow, Row, RowFault, SheetName, archive, hidden::HiddenRows};
use crate::{Said, Source, Unreadable, said::said, source::Opened};

/// The days between the calendars of 1900 and 1904.
const DAYS_1904: f64 = 1462.0;

/// An open workbook.
pub(crate) struct Workbook<'s> {
    source: &'s Source,
    inner: Xlsx<Opened>,
    merged: bool,
    hidden: BTreeMap<String, HiddenRows>,
}

impl<'s> Workbook<'s> {
    /// Opens a workbook after checking the limits of its container.
    pub(crate) fn open(
        source: &'s Source,
        far: Arc<AtomicU64>,
    ) -> Result<Workbook<'s>, Unreadable> {
        let contents = archive::check(source)?;
        if !contents.workbook {
            return Err(source.broken(said!(
                "Excelブック(.xlsx)ではなく、zipとしても取り出せません。パスワードや大きさを確かめ、中のファイルを選んでください",
                "this is no Excel workbook (.xlsx), and its files cannot be taken out; check its password and size, or choose the files in it"
            )));
        }
        let opened = source.open(far)?;
        let inner = guarded(source, || Xlsx::new(opened))?;
        Ok(Workbook { source, inner, merged: contents.merged, hidden: contents.hidden_rows() })
    }

    /// The rows of a sheet that are hidden.
    pub(crate) fn hidden_rows(&self, sheet: &str) -> HiddenRows {
        self.hidden.get(sheet).cloned().unwrap_or_default()
    }

    /// Its sheets that hold cells, in order.
    pub(crate) fn sheets(&self) -> Vec<SheetName> {
        let sheets = self.inner.sheets_metadata().iter();
        sheets
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect()
    }

    /// Hands over the rows of a sheet that have a cell in them.
    pub(crate) fn each(
        &mut self,
        sheet: &str,
        take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
    ) -> Result<(), Unreadable> {
        let source = self.source;
        if !self.inner.sheets_metadata().iter().any(|known| known.name == sheet) {
            return Err(source.broken(said!(
                "「{}」というシートはありません",
                "there is no sheet called `{}`; choose one of its sheets";
                sheet
            )));
        }
        let days = if self.inner.has_1904_epoch() { DAYS_1904 } else { 0.0 };
        let merges = if self.merged {
            guarded(source, || self.inner.merge_cells_by_sheet_name(sheet))?
        } else {
            Vec::new()
        };
        let mut merges = Merges::new(merges);
        let mut cells = guarded(source, || self.inner.worksheet_cells_reader(sheet))?;
        let mut row: Vec<(u32, Held<'_>)> = Vec::new();
        let mut row_at = 0;
        while let Some(cell) = guarded(source, || cells.next_cell())? {
            let (at, column) = cell.get_position();
            if at != row_at && !row.is_empty() {
                if hand_over(row_at, &mut row, &mut merges, take).is_break() {
                    return Ok(());
                }
                row.clear();
            }
            row_at = at;
            if let Some(held) = Held::new(cell.get_value(), days) {
                row.push((column, held));
            }
        }
        if !row.is_empty() {
            let _ = hand_over(row_at, &mut row, &mut merges, take);
        }
        Ok(())
    }
}

/// A damaged workbook may trip the reader; that must not take the program with it.
fn guarded<T>(
    source: &Source,
    read: impl FnOnce() -> Result<T, XlsxError>,
) -> Result<T, Unreadable> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(source.broken(reason(&error))),
        Err(_) => Err(source.broken(damaged())),
    }
}

fn reason(error: &XlsxError) -> Said {
    match error {
        XlsxError::Password => said!(
            "パスワードで保護されています。パスワードを外して保存し直してください",
            "the workbook is protected by a password; save it without one"
        ),
        _ => damaged(),
    }
}

fn damaged() -> Said {
    said!(
        "ブックの中身を読み取れません。Excelで開いて保存し直してください",
        "the workbook cannot be read; open it in Excel and save it anew"
    )
}

/// A cell of the row that is being gathered.
#[derive(Clone)]
enum Held<'w> {
    Shared(&'w str),
    Own(String),
    Plain(Cell<'static>),
}

impl<'w> Held<'w> {
    fn new(value: &DataRef<'w>, days: f64) -> Option<Held<'w>> {
        Some(match value {
            DataRef::Empty => return None,
            DataRef::SharedString("") => return None,
            DataRef::SharedString(text) => Held::Shared(text),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                if text.is_empty() {
                    return None;
                }
                Held::Own(text.clone())
            }
            DataRef::Int(number) => Held::Plain(Cell::Whole(*number)),
            DataRef::Float(number) => Held::Plain(Cell::Number(*number)),
            DataRef::Bool(yes) => Held::Plain(Cell::Bool(*yes)),
            DataRef::DateTime(time) if time.is_duration() => {
                Held::Plain(Cell::Length(time.as_f64()))
            }
            DataRef::DateTime(time) => Held::Plain(Cell::Serial(time.as_f64() + days)),
            DataRef::Error(error) => Held::Plain(Cell::Error(error_text(error))),
        })
    }

    fn cell(&self) -> Cell<'_> {
        match self {
            Held::Shared(text) => Cell::Text(text),
            Held::Own(text) => Cell::Text(text),
            Held::Plain(cell) => *cell,
        }
    }
}

fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

fn hand_over<'w>(
    at: u32,
    row: &mut Vec<(u32, Held<'w>)>,
    merges: &mut Merges<'w>,
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> Flow {
    merges.fill(at, row);
    let width = row.iter().map(|(column, _)| column + 1).max().unwrap_or(0);
    let mut cells = vec![Cell::Empty; width as usize];
    for (column, held) in row.iter() {
        cells[*column as usize] = held.cell();
    }
    take(Ok(Row { number: u64::from(at) + 1, cells: &cells }))
}

/// Cells merged downwards: the rows below get the value of the first.
struct Merges<'w> {
    /// Those that have not begun, the last first.
    coming: Vec<Dimensions>,
    /// Those that reach this row: the last row, the column, and the value.
    open: Vec<(u32, u32, Held<'w>)>,
}

impl<'w> Merges<'w> {
    fn new(mut merges: Vec<Dimensions>) -> Merges<'w> {
        merges.retain(|merge| merge.start.0 < merge.end.0);
        merges.sort_by_key(|merge| std::cmp::Reverse(merge.start));
        Merges { coming: merges, open: Vec::new() }
    }

    fn fill(&mut self, at: u32, row: &mut Vec<(u32, Held<'w>)>) {
        self.open.retain(|(last, _, _)| at <= *last);
        for (_, column, value) in &self.open {
            if !row.iter().any(|(taken, _)| taken == column) {
                row.push((*column, value.clone()));
            }
        }
        while let Some(merge) = self.coming.pop_if(|merge| merge.start.0 <= at) {
            let first = row.iter().find(|(column, _)| *column == merge.start.1);
            if let Some((column, value)) = first
                && merge.start.0 == at
            {
                self.open.push((merge.end.0, *column, value.clone()));
            }
        }
    }
}
