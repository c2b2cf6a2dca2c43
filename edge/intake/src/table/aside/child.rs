//! The side of the process that reads a workbook for another and may die of it.

use std::{
    io::{self, BufWriter, Cursor, Read, Write},
    process::ExitCode,
};

use calamine::{Data, ExcelDateTime, Reader, SheetType, SheetVisible, Sheets};
use rustix::process::{Resource, Rlimit, setrlimit};

use super::escaped;

/// The memory the process may map: the program itself, the file and its cells.
const MEMORY: u64 = 1 << 30;
/// Seconds of work.
const SECONDS: u64 = 60;
/// The most bytes of a workbook of an old kind.
const FILE: u64 = 128 << 20;
/// The days between the calendars of 1900 and 1904.
const DAYS_1904: f64 = 1462.0;

/// Reads a workbook from standard input and tells its sheets, or the cells of one, to standard output. Limits its own
/// memory and time first.
pub fn read_workbook_aside(sheet: Option<&str>) -> ExitCode {
    for (resource, most) in [
        (Resource::As, MEMORY),
        (Resource::Cpu, SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        if setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_err() {
            return ExitCode::FAILURE;
        }
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let told = tell(sheet, &mut out);
    let _ = out.flush();
    match told {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn tell(sheet: Option<&str>, out: &mut impl Write) -> io::Result<()> {
    let mut file = Vec::new();
    io::stdin().lock().take(FILE + 1).read_to_end(&mut file)?;
    if FILE < file.len() as u64 {
        return writeln!(out, "Xlarge");
    }
    let mut book = match calamine::open_workbook_auto_from_rs(Cursor::new(file)) {
        Ok(book) => book,
        Err(error) => {
            let locked = format!("{error:?}").to_lowercase().contains("password");
            return writeln!(out, "{}", if locked { "Xpassword" } else { "Xdamaged" });
        }
    };
    match sheet {
        None => tell_sheets(&book, out),
        Some(sheet) => tell_cells(&mut book, sheet, out),
    }
}

type Book = Sheets<Cursor<Vec<u8>>>;

fn tell_sheets(book: &Book, out: &mut impl Write) -> io::Result<()> {
    for sheet in book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let hidden = u8::from(sheet.visible != SheetVisible::Visible);
        writeln!(out, "S{hidden}\t{}", escaped(&sheet.name))?;
    }
    Ok(())
}

fn tell_cells(book: &mut Book, sheet: &str, out: &mut impl Write) -> io::Result<()> {
    if !book.sheet_names().iter().any(|name| name == sheet) {
        return writeln!(out, "Xsheet");
    }
    let Ok(range) = book.worksheet_range(sheet) else { return writeln!(out, "Xdamaged") };
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let (row, column) = (u64::from(top) + row as u64 + 1, left as usize + column);
        let (kind, text) = match value {
            Data::Empty => continue,
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                ("t", escaped(text))
            }
            Data::Int(number) => ("w", number.to_string()),
            Data::Float(number) => ("n", number.to_string()),
            Data::Bool(yes) => ("b", u8::from(*yes).to_string()),
            Data::DateTime(time) if time.is_duration() => ("l", time.as_f64().to_string()),
            Data::DateTime(time) => ("d", (time.as_f64() + calendar(time)).to_string()),
            Data::Error(error) => ("e", error.to_string()),
            #[expect(
                unreachable_patterns,
                reason = "the reader may learn of further kinds of cells"
            )]
            _ => continue,
        };
        writeln!(out, "C{row}\t{column}\t{kind}\t{text}")?;
    }
    Ok(())
}

/// The days to add for workbooks that count from 1904, which the cell itself does not tell.
fn calendar(time: &ExcelDateTime) -> f64 {
    let kind = calamine::ExcelDateTimeType::DateTime;
    let as_1900 = ExcelDateTime::new(time.as_f64(), kind, false);
    if time.to_ymd_hms_milli() == as_1900.to_ymd_hms_milli() { 0.0 } else { DAYS_1904 }
}
