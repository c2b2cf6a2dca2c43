//! What a file looks like before it is read: how it is packed, its columns, its first rows.

use std::{
    collections::HashSet,
    ops::ControlFlow,
    sync::{Arc, atomic::AtomicU64},
};

use crate::{
    Cell, Choices, Container, Encoding, Flow, Row, RowFault, Said, Shape, SheetName, Source,
    Unreadable,
    cells::written,
    each_row,
    problem::shortened,
    said::said,
    table::{
        access_log, archive, aside, columnar, encoding::Head, hidden::HiddenRows, letters, records,
        sheet::Workbook, sniff,
    },
};

/// Rows that are looked at to find the header and the columns.
const LOOKED_AT: usize = 200;

/// A description of a file for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The file's name.
    pub file: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// How it is read.
    pub shape: Shape,
    /// The encodings it could have, the likeliest first; empty for typed files.
    pub encodings: Vec<EncodingCandidate>,
    /// The sheets of a workbook.
    pub sheets: Vec<SheetName>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The first 20 rows below the header, as text.
    pub rows: Vec<Vec<String>>,
    /// The rows below the header, where the file says how many it has.
    pub total_rows: Option<u64>,
    /// Rows of the sheet that are hidden and have something in them.
    pub hidden_rows: u64,
}

/// An encoding, and what the file's first lines look like in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodingCandidate {
    /// The encoding.
    pub encoding: Encoding,
    /// Up to three lines with characters that tell encodings apart.
    pub lines: Vec<String>,
    /// Whether characters were lost: then it is not this one.
    pub broken: bool,
}

/// A column and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place, from 0.
    pub index: usize,
    /// Its header; made up when empty (`列5`), numbered when doubled (`電話番号 (2)`), so that it is unique.
    pub header: String,
    /// Up to five different values.
    pub samples: Vec<String>,
}

/// Looks at a file: finds out how to read it and shows its beginning.
///
/// # Errors
/// [`Unreadable`] when it is nothing we can read, or breaks a limit.
pub fn look(source: &Source, choices: &Choices) -> Result<Layout, Unreadable> {
    let head = Head::read(source)?;
    match container(source, head.bytes())? {
        Container::Csv | Container::AccessLog => look_at_text(source, &head, choices),
        Container::Mail => {
            let shape = Shape { header_row: 0, ..typed_shape(Container::Mail, None) };
            Seen::read(source, &shape)?.layout(source, shape, Some(0))
        }
        Container::Xlsx => look_at_workbook(source, choices),
        Container::Aside => look_aside(source, choices),
        Container::Parquet => {
            let shape = typed_shape(Container::Parquet, None);
            let seen = Seen::read(source, &shape)?;
            let total = columnar::n_rows(source)?;
            let mut layout = seen.layout(source, shape, choices.header_row.or(Some(1)))?;
            layout.total_rows = Some(total);
            Ok(layout)
        }
    }
}

fn container(source: &Source, head: &[u8]) -> Result<Container, Unreadable> {
    let refused = |reason: Said| Err(source.broken(reason));
    match head {
        [] => refused(said!("ファイルが空です", "the file is empty")),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => archive::container(source),
        [b'P', b'A', b'R', b'1', ..] => Ok(Container::Parquet),
        [0xd0, 0xcf, 0x11, 0xe0, ..] if is_encrypted(head) => refused(said!(
            "パスワード付きのブックです。Excelでパスワードを外して保存し直してください",
            "the workbook is protected by a password; save it without one in Excel"
        )),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Ok(Container::Aside),
        [b'%', b'P', b'D', b'F', ..] | [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] => {
            refused(said!(
                "表ではありません。CSVかExcel(.xlsx)のファイルを選んでください",
                "this is no table; choose a CSV or Excel (.xlsx) file"
            ))
        }
        [0x1f, 0x8b, ..] => refused(said!(
            "gzipで圧縮されています。展開してから選んでください",
            "the file is packed with gzip; unpack it first"
        )),
        _ if letters::are_some(head) => Ok(Container::Mail),
        _ => Ok(Container::Csv),
    }
}

/// Whether an old container holds a new workbook under a password: its parts are named in UTF-16.
fn is_encrypted(head: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    head.windows(name.len()).any(|window| window == name)
}

/// Looks at a workbook that is read aside.
fn look_aside(source: &Source, choices: &Choices) -> Result<Layout, Unreadable> {
    let sheets = aside::sheets(source)?;
    let wanted = |sheet: &&SheetName| match &choices.sheet {
        Some(name) => sheet.name == *name,
        None => !sheet.hidden,
    };
    let mut looked: Option<(String, Seen)> = None;
    for sheet in sheets.iter().filter(wanted) {
        let mut seen = Seen::default();
        aside::each(source, &sheet.name, &mut |row| seen.take(row))?;
        let enough = 2 <= seen.rows.len();
        if enough || looked.is_none() {
            looked = Some((sheet.name.clone(), seen));
        }
        if enough {
            break;
        }
    }
    let (sheet, seen) = looked.ok_or_else(|| no_sheet(source))?;
    let shape = typed_shape(Container::Aside, Some(sheet));
    let mut layout = seen.layout(source, shape, choices.header_row)?;
    layout.sheets = sheets;
    Ok(layout)
}

fn no_sheet(source: &Source) -> Unreadable {
    source
        .broken(said!("表のあるシートがありません", "the workbook has no sheet with a table in it"))
}

fn typed_shape(container: Container, sheet: Option<String>) -> Shape {
    Shape {
        container,
        encoding: None,
        delimiter: None,
        sheet,
        header_row: 1,
        short_rows: true,
        hidden_rows: false,
    }
}

fn look_at_text(source: &Source, head: &Head, choices: &Choices) -> Result<Layout, Unreadable> {
    let encoding = choices.encoding.unwrap_or_else(|| head.encoding());
    let text = head.text(encoding);
    if choices.delimiter.is_none() && access_log::is_one(&text) {
        let shape = Shape {
            encoding: Some(encoding),
            header_row: 0,
            ..typed_shape(Container::AccessLog, None)
        };
        return Seen::read(source, &shape)?.layout(source, shape, Some(0));
    }
    let delimiter = choices.delimiter.unwrap_or_else(|| sniff::delimiter(&text, head.cut));
    let shape = Shape {
        container: Container::Csv,
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        sheet: None,
        header_row: 1,
        short_rows: false,
        hidden_rows: false,
    };
    let mut seen = Seen::default();
    let _ = records::Splitter::new(records::Once(Some(&text)), delimiter)
        .each(&mut |row| seen.take(row));
    if head.cut && seen.rows.len() < LOOKED_AT {
        // The last row may be cut off.
        seen.rows.pop();
        seen.numbers.pop();
        if seen.rows.len() < 2 {
            seen = Seen::read(source, &shape)?;
        }
    }
    let mut layout = seen.layout(source, shape, choices.header_row)?;
    layout.encodings = head.candidates(encoding);
    Ok(layout)
}

fn look_at_workbook(source: &Source, choices: &Choices) -> Result<Layout, Unreadable> {
    let mut workbook = Workbook::open(source, Arc::new(AtomicU64::new(0)))?;
    let sheets = workbook.sheets();
    let mut looked: Option<(String, u64, Seen)> = None;
    let wanted = |sheet: &&SheetName| match &choices.sheet {
        Some(name) => sheet.name == *name,
        None => !sheet.hidden,
    };
    for sheet in sheets.iter().filter(wanted) {
        let mut seen = Seen::default();
        let hidden = workbook.hidden_rows(&sheet.name);
        let mut hidden_rows = 0;
        workbook.each(&sheet.name, &mut |row| match row {
            Ok(row) if hidden.holds(row.number) => {
                hidden_rows += 1;
                if choices.hidden_rows { seen.take(Ok(row)) } else { ControlFlow::Continue(()) }
            }
            // Hidden rows are counted to the end of the sheet; what is looked at ends earlier.
            row if seen.rows.len() + seen.faults.len() < LOOKED_AT => {
                let flow = seen.take(row);
                if hidden == HiddenRows::default() { flow } else { ControlFlow::Continue(()) }
            }
            _ => ControlFlow::Continue(()),
        })?;
        let enough = 2 <= seen.rows.len();
        if enough || looked.is_none() {
            looked = Some((sheet.name.clone(), hidden_rows, seen));
        }
        if enough {
            break;
        }
    }
    let (sheet, hidden_rows, seen) = looked.ok_or_else(|| no_sheet(source))?;
    let mut shape = typed_shape(Container::Xlsx, Some(sheet));
    shape.hidden_rows = choices.hidden_rows;
    let mut layout = seen.layout(source, shape, choices.header_row)?;
    layout.sheets = sheets;
    layout.hidden_rows = hidden_rows;
    Ok(layout)
}

/// The first rows of a table, as text, with their numbers.
#[derive(Default)]
struct Seen {
    rows: Vec<Vec<String>>,
    numbers: Vec<u64>,
    faults: Vec<RowFault>,
}

impl Seen {
    fn read(source: &Source, shape: &Shape) -> Result<Seen, Unreadable> {
        let mut seen = Seen::default();
        each_row(source, shape, &mut |row| seen.take(row))?;
        Ok(seen)
    }

    fn take(&mut self, row: Result<Row<'_>, RowFault>) -> Flow {
        match row {
            Ok(row) => {
                self.rows.push(row.cells.iter().map(|cell| written(cell).into_owned()).collect());
                self.numbers.push(row.number);
            }
            Err(fault) => self.faults.push(fault),
        }
        if self.rows.len() + self.faults.len() < LOOKED_AT {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    }

    /// Describes the table; `header` is the row people have chosen.
    fn layout(
        self,
        source: &Source,
        mut shape: Shape,
        header: Option<u32>,
    ) -> Result<Layout, Unreadable> {
        if self.rows.iter().flatten().all(|cell| cell.trim().is_empty()) {
            return Err(source.broken(match self.faults.into_iter().next() {
                Some(fault) => fault.reason,
                None => said!("行がありません", "there are no rows in it"),
            }));
        }
        let place = match header {
            Some(0) => None,
            Some(row) => self.numbers.iter().position(|number| u64::from(row) <= *number),
            None => sniff::header(&self.rows),
        };
        let number = place.and_then(|place| self.numbers.get(place)).copied().unwrap_or(0);
        shape.header_row = u32::try_from(number).unwrap_or(0);
        let (header, below) = match place {
            Some(place) => (self.rows[place].as_slice(), &self.rows[place + 1..]),
            None => (&[][..], &self.rows[..]),
        };
        let fixed: Option<Vec<String>> = shape
            .container
            .headers()
            .map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let header = fixed.as_deref().unwrap_or(header);
        let width = width(header, below);
        let short = below.iter().filter(|row| row.len() < width).count();
        shape.short_rows |= below.len() < 5 * short;
        let columns = headers(header, width)
            .into_iter()
            .enumerate()
            .map(|(index, header)| Column { index, header, samples: samples(below, index) })
            .collect();
        let text = |row: &Vec<String>| {
            (0..width)
                .map(|place| row.get(place).map_or_else(String::new, |c| shortened(c)))
                .collect()
        };
        Ok(Layout {
            file: source.name().to_owned(),
            bytes: source.length()?,
            shape,
            encodings: Vec::new(),
            sheets: Vec::new(),
            columns,
            rows: below.iter().take(20).map(text).collect(),
            total_rows: None,
            hidden_rows: 0,
        })
    }
}

/// How many empty columns may stand between a table and a column of it without a header.
const NEAR: usize = 8;

/// How many columns the table has: up to the last that has a header, or a value in every tenth row.
fn width(header: &[String], below: &[Vec<String>]) -> usize {
    let there = |row: &[String], place: usize| row.get(place).is_some_and(|c| !c.trim().is_empty());
    let widest = below.iter().map(Vec::len).chain([header.len()]).max().unwrap_or(0);
    let named =
        (0..header.len()).rev().find(|place| there(header, *place)).map_or(0, |last| last + 1);
    let is_used = |place: &usize| {
        let filled = below.iter().filter(|row| there(row, *place)).count();
        0 < filled && below.len() <= 10 * filled
    };
    // A cell far away from the table is none of its columns.
    let mut width = named;
    while let Some(next) = (width..widest.min(width + NEAR)).find(is_used) {
        width = next + 1;
    }
    width.clamp(1, 16_384)
}

/// Unique names for the columns: headers may be empty or doubled.
pub(crate) fn headers(header: &[String], width: usize) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    (0..width)
        .map(|place| {
            let written = header.get(place).map(String::as_str).unwrap_or_default();
            let mut words = written.split_whitespace().collect::<Vec<_>>().join(" ");
            if words.is_empty() {
                words = format!("列{}", place + 1);
            }
            let mut name = shortened(&words);
            let mut n = 2;
            while !taken.insert(name.clone()) {
                name = format!("{} ({n})", shortened(&words));
                n += 1;
            }
            name
        })
        .collect()
}

fn samples(rows: &[Vec<String>], place: usize) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for cell in rows.iter().filter_map(|row| row.get(place)) {
        let sample = shortened(cell.trim());
        if !sample.is_empty() && !samples.contains(&sample) {
            samples.push(sample);
        }
        if samples.len() == 5 {
            break;
        }
    }
    samples
}

/// Whether a cell is nothing at all.
pub(crate) fn is_blank(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Empty => true,
        Cell::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Why a row does not fit the headers: it has more cells than there are, or too few.
pub(crate) fn ragged(row: &Row<'_>, wanted: usize, shape: &Shape) -> Option<RowFault> {
    let has = row.cells.len();
    let beyond = row.cells.iter().skip(wanted).find(|cell| !is_blank(cell));
    let short = has < wanted && !shape.short_rows && shape.container == Container::Csv;
    if beyond.is_none() && !short {
        return None;
    }
    let value =
        beyond.or(row.cells.first()).map_or_else(String::new, |cell| shortened(&written(cell)));
    Some(RowFault {
        number: row.number,
        value,
        reason: said!(
            "列の数が見出しと合いません(見出し{1}列、この行{0}列)",
            "the row has {0} cells but there are {1} headers";
            has, wanted
        ),
        fix: said!(
            "区切り文字や改行を含む値を引用符で囲んでください",
            "put quotation marks around values that contain delimiters or line breaks"
        ),
    })
}
