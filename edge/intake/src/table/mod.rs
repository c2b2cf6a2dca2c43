//! A table as a file holds it: rows of cells, read one after the other, whatever the container.

pub(crate) mod access_log;
pub(crate) mod archive;
pub(crate) mod aside;
pub(crate) mod columnar;
pub(crate) mod encoding;
pub(crate) mod hidden;
pub(crate) mod letters;
pub(crate) mod records;
pub(crate) mod sheet;
pub(crate) mod sniff;

use std::{
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{Said, Source, Unreadable, said::said};

/// How the rows are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// Text with a delimiter: CSV, TSV and their like.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// A Parquet file.
    Parquet,
    /// An access log of a web server, one request a line.
    AccessLog,
    /// Mail: .eml or .mbox.
    Mail,
    /// A workbook of another kind (.xls, .xlsb, .ods), read by a process of its own.
    Aside,
}

impl Container {
    /// The headers of files that have the same columns always, and no header of their own.
    pub(crate) fn headers(self) -> Option<&'static [&'static str]> {
        match self {
            Container::AccessLog => Some(&access_log::COLUMNS),
            Container::Mail => Some(&letters::COLUMNS),
            Container::Csv | Container::Xlsx | Container::Parquet | Container::Aside => None,
        }
    }
}

/// How a text file writes characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows code page 932, which people call Shift_JIS.
    Cp932,
    /// EUC-JP.
    EucJp,
    /// ISO-2022-JP, the old encoding of mail.
    Iso2022Jp,
    /// UTF-16, little end first.
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// Windows code page 1252, western Europe.
    Windows1252,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetName {
    /// Its name.
    pub name: String,
    /// Whether the workbook hides it.
    pub hidden: bool,
}

/// How a file is to be read; found by [`crate::look`], changed by people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The container.
    pub container: Container,
    /// The encoding; only for text.
    pub encoding: Option<Encoding>,
    /// The byte between cells; only for [`Container::Csv`].
    pub delimiter: Option<u8>,
    /// The sheet; only for workbooks.
    pub sheet: Option<String>,
    /// The row of the headers as [`Row::number`] counts, from 1; 0 when the file has none.
    pub header_row: u32,
    /// Whether rows may end early: the file leaves out empty cells at the end of its rows.
    pub short_rows: bool,
    /// Whether hidden rows of a sheet are read too.
    pub hidden_rows: bool,
}

/// What people have fixed; what is `None` is guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The byte between cells.
    pub delimiter: Option<u8>,
    /// The sheet.
    pub sheet: Option<String>,
    /// The row of the headers, 0 for none.
    pub header_row: Option<u32>,
    /// Whether hidden rows of a sheet are read too.
    pub hidden_rows: bool,
}

/// One cell as the file gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text as written.
    Text(&'a str),
    /// A number of a typed file.
    Number(f64),
    /// A whole number of a typed file, exact.
    Whole(i64),
    /// A date or time of an Excel cell: days since 1899-12-30 by the 1900 calendar.
    Serial(f64),
    /// A length of time of an Excel cell, in days.
    Length(f64),
    /// An instant of a typed file, in milliseconds since 1970.
    At(i64),
    /// Yes or no of a typed file.
    Bool(bool),
    /// A formula that came to an error, such as `#REF!`.
    Error(&'a str),
}

/// One row.
#[derive(Debug)]
pub struct Row<'a> {
    /// The row as a spreadsheet numbers it, from 1; for CSV the line on which it begins.
    pub number: u64,
    /// Its cells from the first column on.
    pub cells: &'a [Cell<'a>],
}

/// A row that cannot be split into cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// See [`Row::number`].
    pub number: u64,
    /// What stands there, shortened.
    pub value: String,
    /// What is wrong.
    pub reason: Said,
    /// What to do.
    pub fix: Said,
}

/// Whether to go on to the next row.
pub type Flow = ControlFlow<()>;

/// Reads all rows in order, the header and what stands above it included, with memory for one row only.
///
/// # Errors
/// [`Unreadable`] when the file as a whole cannot be read; single rows that cannot are handed over as faults.
pub fn each_row(
    source: &Source,
    shape: &Shape,
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> Result<(), Unreadable> {
    each_row_watched(source, shape, &Arc::new(AtomicU64::new(0)), take)
}

/// [`each_row`], telling `far` how many bytes of the file have been passed.
pub(crate) fn each_row_watched(
    source: &Source,
    shape: &Shape,
    far: &Arc<AtomicU64>,
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> Result<(), Unreadable> {
    match shape.container {
        Container::Csv => {
            let opened = source.open(far.clone())?;
            let encoding = shape.encoding.unwrap_or(Encoding::Utf8);
            let feed = encoding::Decoding::new(opened, encoding);
            let mut splitter = records::Splitter::new(feed, shape.delimiter.unwrap_or(b','));
            splitter.each(take).map_err(|halt| match halt {
                records::Halt::Disk(error) => source.disk(error),
                records::Halt::Endless(line) => source.broken(said!(
                    "{}行目に終わりがありません。表ではないようです",
                    "line {} has no end; this does not look like a table";
                    line
                )),
            })
        }
        Container::Xlsx => {
            let mut workbook = sheet::Workbook::open(source, far.clone())?;
            let sheet = shape.sheet.as_deref().unwrap_or_default();
            if shape.hidden_rows {
                return workbook.each(sheet, take);
            }
            let hidden = workbook.hidden_rows(sheet);
            workbook.each(sheet, &mut |row| match row {
                Ok(row) if hidden.holds(row.number) => Flow::Continue(()),
                row => take(row),
            })
        }
        Container::AccessLog => {
            let opened = source.open(far.clone())?;
            let encoding = shape.encoding.unwrap_or(Encoding::Utf8);
            let feed = encoding::Decoding::new(opened, encoding);
            access_log::each(feed, take).map_err(|error| source.disk(error))
        }
        Container::Mail => {
            letters::each(source.open(far.clone())?, take).map_err(|error| source.disk(error))
        }
        Container::Aside => aside::each(source, shape.sheet.as_deref().unwrap_or_default(), take),
        Container::Parquet => {
            let (bytes, rows) = (source.length()?, columnar::n_rows(source)?.max(1));
            let mut passed = |n: u64| {
                let share = u128::from(bytes) * u128::from(n.min(rows)) / u128::from(rows);
                far.store(u64::try_from(share).unwrap_or(bytes), Ordering::Relaxed);
            };
            columnar::each(source, &mut passed, take)
        }
    }
}
