//! Workbooks of other kinds (.xls, .xlsb, .ods), read aside: by a process of their own with little memory and little
//! time, because their format lets a small file claim any size, and reading it may not take the program with it.
//!
//! ```text
//!   this program ──the file's bytes──▶ the same program, as `__workbook` ──cells, line by line──▶ rows
//! ```

mod child;

use std::{
    io::{BufRead, BufReader, Read, Write},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, OnceLock, atomic::AtomicU64},
};

use super::{Cell, Flow, Row, RowFault, SheetName};
use crate::{Said, Source, Unreadable, said::said};

pub use child::read_workbook_aside;

/// The word by which the program knows that it is to read a workbook aside.
pub const ASIDE: &str = "__workbook";

/// The program that reads; none where nothing can be started, as in the tests of a library.
static READER: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that is started to read old workbooks: one whose `main` calls [`read_workbook_aside`] when its
/// first argument is [`ASIDE`]. The first call counts.
pub fn read_old_workbooks_with(program: PathBuf) {
    let _ = READER.set(program);
}

/// The sheets of a workbook.
pub(crate) fn sheets(source: &Source) -> Result<Vec<SheetName>, Unreadable> {
    let mut sheets = Vec::new();
    lines(source, None, &mut |line| {
        if let Some((hidden, name)) = line.strip_prefix('S').and_then(|rest| rest.split_once('\t'))
        {
            sheets.push(SheetName { name: unescaped(name), hidden: hidden == "1" });
        }
        Flow::Continue(())
    })?;
    Ok(sheets)
}

/// Hands over the rows of a sheet that have a cell in them.
pub(crate) fn each(
    source: &Source,
    sheet: &str,
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> Result<(), Unreadable> {
    let mut row = Gathering::default();
    let mut flow = Flow::Continue(());
    lines(source, Some(sheet), &mut |line| {
        let Some(told) = Told::read(line) else { return Flow::Continue(()) };
        if told.row != row.number {
            flow = row.hand_over(take);
            row.number = told.row;
        }
        if flow.is_continue() {
            row.cells.push((told.column, told.cell));
        }
        flow
    })?;
    if flow.is_continue() {
        let _ = row.hand_over(take);
    }
    Ok(())
}

/// The most columns a sheet has; what lies farther is none of a table's.
const COLUMNS: usize = 16_384;

/// The row that is being told.
#[derive(Default)]
struct Gathering {
    number: u64,
    cells: Vec<(usize, Held)>,
}

impl Gathering {
    fn hand_over(&mut self, take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow) -> Flow {
        let told = std::mem::take(&mut self.cells);
        let width = told.iter().map(|(column, _)| column + 1).max().unwrap_or(0).min(COLUMNS);
        if width == 0 {
            return Flow::Continue(());
        }
        let mut cells = vec![Cell::Empty; width];
        for (column, held) in &told {
            if let Some(cell) = cells.get_mut(*column) {
                *cell = held.cell();
            }
        }
        take(Ok(Row { number: self.number, cells: &cells }))
    }
}

/// A cell as the other process tells it.
struct Told {
    row: u64,
    column: usize,
    cell: Held,
}

enum Held {
    Text(String),
    Error(String),
    Number(f64),
    Whole(i64),
    Serial(f64),
    Length(f64),
    Bool(bool),
}

impl Held {
    fn cell(&self) -> Cell<'_> {
        match self {
            Held::Text(text) => Cell::Text(text),
            Held::Error(text) => Cell::Error(text),
            Held::Number(number) => Cell::Number(*number),
            Held::Whole(number) => Cell::Whole(*number),
            Held::Serial(days) => Cell::Serial(*days),
            Held::Length(days) => Cell::Length(*days),
            Held::Bool(yes) => Cell::Bool(*yes),
        }
    }
}

impl Told {
    fn read(line: &str) -> Option<Told> {
        let mut parts = line.strip_prefix('C')?.splitn(4, '\t');
        let row = parts.next()?.parse().ok()?;
        // What lies farther is no column of any workbook.
        let column = usize::from(parts.next()?.parse::<u16>().ok()?);
        let (kind, text) = (parts.next()?, parts.next()?);
        let cell = match kind {
            "t" => Held::Text(unescaped(text)),
            "e" => Held::Error(text.to_owned()),
            "n" => Held::Number(text.parse().ok()?),
            "w" => Held::Whole(text.parse().ok()?),
            "d" => Held::Serial(text.parse().ok()?),
            "l" => Held::Length(text.parse().ok()?),
            "b" => Held::Bool(text == "1"),
            _ => return None,
        };
        Some(Told { row, column, cell })
    }
}

/// Starts the reader and hands over each line it tells; a reader that ends otherwise than well is an error.
fn lines(
    source: &Source,
    sheet: Option<&str>,
    take: &mut dyn FnMut(&str) -> Flow,
) -> Result<(), Unreadable> {
    let program = READER.get().ok_or_else(|| source.broken(not_here()))?;
    let mut opened = source.open(Arc::new(AtomicU64::new(0)))?;
    let mut command = Command::new(program);
    command.arg(ASIDE).args(sheet).env_clear();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut running = Running(command.spawn().map_err(|error| source.disk(error))?);
    let (Some(mut input), Some(output)) = (running.0.stdin.take(), running.0.stdout.take()) else {
        return Err(source.broken(died()));
    };
    // The reader takes in the whole file before it tells anything, but it may give up before that.
    let feeding = std::thread::spawn(move || {
        let _ = std::io::copy(&mut opened, &mut input);
        let _ = input.flush();
    });
    let told = tell(source, BufReader::new(output), take);
    let stopped = told?;
    if stopped {
        return Ok(());
    }
    let ended = running.0.wait().map_err(|error| source.disk(error))?;
    let _ = feeding.join();
    if ended.success() { Ok(()) } else { Err(source.broken(killed(ended))) }
}

/// The most bytes of one line: a cell holds 32,767 characters.
const LINE: u64 = 1 << 20;

/// Reads the lines; whether the taker has had enough.
fn tell(
    source: &Source,
    mut output: impl BufRead,
    take: &mut dyn FnMut(&str) -> Flow,
) -> Result<bool, Unreadable> {
    let mut line = String::new();
    loop {
        line.clear();
        let n =
            output.by_ref().take(LINE).read_line(&mut line).map_err(|error| source.disk(error))?;
        if n == 0 {
            return Ok(false);
        }
        let line = line.trim_end_matches('\n');
        if let Some(reason) = line.strip_prefix('X') {
            return Err(source.broken(match reason {
                "password" => said!(
                    "パスワードで保護されています。パスワードを外して保存し直してください",
                    "the workbook is protected by a password; save it without one"
                ),
                "sheet" => said!(
                    "そのシートはありません。ブックにあるシートを選んでください",
                    "there is no such sheet; choose one of its sheets"
                ),
                "large" => said!(
                    "古い形式のブックとしては大きすぎます(上限128MB)。.xlsxかCSVで保存し直してください",
                    "this is too large for a workbook of an old kind (128 MB at most); save it as .xlsx or CSV"
                ),
                _ => died(),
            }));
        }
        if take(line).is_break() {
            return Ok(true);
        }
    }
}

/// A process that does not outlive its use.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn not_here() -> Said {
    said!(
        "この形式(.xls、.xlsb、.ods)はここでは読めません。Excelで「.xlsx」として保存してください",
        "workbooks of this kind (.xls, .xlsb, .ods) cannot be read here; save it as .xlsx"
    )
}

fn died() -> Said {
    said!(
        "ブックが壊れているか、読める形ではありません。Excelで開いて「.xlsx」として保存し直してください",
        "the workbook is damaged or of a kind that cannot be read; open it in Excel and save it as .xlsx"
    )
}

/// The reader was ended by its limits, or by the file.
fn killed(ended: ExitStatus) -> Said {
    use std::os::unix::process::ExitStatusExt;
    // SIGXCPU and SIGKILL: its time was over.
    match ended.signal() {
        Some(24 | 9) => said!(
            "読み込みに時間がかかりすぎるため中止しました。Excelで開いて「.xlsx」として保存し直してください",
            "reading it took too long and was stopped; open it in Excel and save it as .xlsx"
        ),
        _ => died(),
    }
}

/// A text in one line without tabulators.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
}

fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => plain.push('\n'),
                Some('r') => plain.push('\r'),
                Some('t') => plain.push('\t'),
                Some(other) => plain.push(other),
                None => {}
            },
            (c, false) => plain.push(c),
        }
    }
    plain
}
