//! Import: event rows through the real program, from the start of the process to its end, and through what people read
//! tables with otherwise.

use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use calamine::{Reader, Xlsx, open_workbook};

use crate::{
    figures::{Figure, short},
    generate::Row,
    load::{each_row, key, told},
    outside::{Ended, python, until_done},
    server::PROGRAM,
    workload::{Files, KINDS, PURCHASED},
};

const HEADER: [&str; 6] = ["event_id", "customer_id", "event", "time", "item", "amount"];
/// Rows of the workbook, of which one sheet holds a million at most.
const OF_A_SHEET: u64 = 200_000;
/// Bytes of the large file.
const GIGABYTE: u64 = 1 << 30;
const LIMIT: Duration = Duration::from_secs(1_800);

/// Imports the first so many events of those that arrived.
pub(crate) fn ours(files: &Files, rows: u64) -> Result<Vec<Figure>, String> {
    let work = Work::new(files)?;
    let csv = work.csv(files, rows, u64::MAX)?;
    Ok(vec![work.import(&csv)?])
}

/// Both sides: so many rows as CSV, a workbook, and a gigabyte of CSV. The peers' Python is kept under `cache`.
pub(crate) fn both(files: &Files, cache: &Path, rows: u64) -> Result<Vec<Figure>, String> {
    let python = python(&cache.join("tables"), include_str!("../peers/tables.txt"))?;
    let work = Work::new(files)?;
    let mut figures = vec![];
    for (rows, most) in [(rows, u64::MAX), (u64::MAX, GIGABYTE)] {
        let csv = work.csv(files, rows, most)?;
        figures.push(work.import(&csv)?);
        figures.push(csv.read("DuckDB 2.0.1, read_csv into a table on disk", {
            let database = work.0.join("duckdb");
            let _ = std::fs::remove_file(&database);
            let mut command = by_python(&python, "duckdb", &csv.path);
            command.arg(database);
            command
        })?);
        figures.push(csv.read("pandas 3.1.1, read_csv", by_python(&python, "pandas", &csv.path))?);
    }
    let sheet = work.sheet(files, OF_A_SHEET)?;
    figures.push(work.import(&sheet)?);
    let mut alone = Command::new(std::env::current_exe().map_err(told)?);
    alone.arg("calamine").arg(&sheet.path);
    figures.push(sheet.read("calamine 0.38 alone, every cell", alone)?);
    let openpyxl = by_python(&python, "openpyxl", &sheet.path);
    figures.push(sheet.read("openpyxl 3.1.5, reading mode", openpyxl)?);
    Ok(figures)
}

/// Reads all cells of a workbook's first sheet and prints how many rows there are, as the peers do.
pub(crate) fn by_calamine(path: &Path) -> Result<(), String> {
    let mut workbook: Xlsx<_> =
        open_workbook(path).map_err(|fault: calamine::XlsxError| fault.to_string())?;
    let sheet = workbook.worksheet_range_at(0).ok_or("the workbook has no sheet")?;
    let rows = sheet.map_err(told)?.rows().filter(|row| row.iter().any(filled)).count();
    println!("{{\"rows\": {}}}", rows.saturating_sub(1));
    Ok(())
}

fn filled(cell: &calamine::Data) -> bool {
    *cell != calamine::Data::Empty
}

fn by_python(python: &Path, how: &str, path: &Path) -> Command {
    let mut command = Command::new(python);
    command.args(["bench/peers/tables.py", how]).arg(path);
    command
}

/// A folder that is gone with this value.
struct Work(PathBuf);

impl Drop for Work {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A file of events.
struct Table {
    path: PathBuf,
    rows: u64,
    /// How it is called in the table of figures.
    what: String,
}

impl Work {
    fn new(files: &Files) -> Result<Work, String> {
        let work = files.folder().join("import");
        let _ = std::fs::remove_dir_all(&work);
        std::fs::create_dir_all(&work).map_err(told)?;
        Ok(Work(work))
    }

    /// The first so many events as CSV, or as many as fit into so many bytes: then over and over, each with an id of
    /// its own.
    fn csv(&self, files: &Files, rows: u64, bytes: u64) -> Result<Table, String> {
        let path = self.0.join("events.csv");
        let mut out = BufWriter::new(std::fs::File::create(&path).map_err(told)?);
        let header = HEADER.join(",");
        writeln!(out, "{header}").map_err(told)?;
        let (mut n, mut written) = (0, header.len() as u64);
        loop {
            let before = n;
            each_row(&files.by_arrival(), |row| {
                if n < rows && written < bytes {
                    n += 1;
                    let line = cells(n, row).join(",");
                    written += line.len() as u64 + 1;
                    writeln!(out, "{line}").map_err(told)?;
                }
                Ok(())
            })?;
            if n == before || n == rows || bytes <= written {
                break;
            }
        }
        out.flush().map_err(told)?;
        let what = format!("{n} event rows, {} MB of CSV", written / 1_000_000);
        Ok(Table { path, rows: n, what })
    }

    /// The first so many events as a workbook.
    fn sheet(&self, files: &Files, rows: u64) -> Result<Table, String> {
        let path = self.0.join("events.xlsx");
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(told)?;
        sheet.write_row(0, 0, HEADER).map_err(told)?;
        let mut n = 0;
        each_row(&files.by_arrival(), |row| {
            if n < rows {
                n += 1;
                let place = u32::try_from(n).map_err(told)?;
                sheet.write_row(place, 0, cells(n, row)).map_err(told)?;
            }
            Ok(())
        })?;
        workbook.save(&path).map_err(told)?;
        let bytes = std::fs::metadata(&path).map_err(told)?.len();
        let what = format!("{n} event rows, {} MB of xlsx", bytes / 1_000_000);
        Ok(Table { path, rows: n, what })
    }

    /// Imports it by the program into a new folder.
    fn import(&self, table: &Table) -> Result<Figure, String> {
        let firm = self.0.join("firm");
        let mut command = Command::new(PROGRAM);
        command.args(["import", "--json", "--data"]).arg(&firm).arg(&table.path);
        let ended = until_done(command, LIMIT)?;
        std::fs::remove_dir_all(&firm).map_err(told)?;
        let how = "upload, guess, check of every row, commit on disk, sorted into histories";
        Ok(table.figure("`kizashi import`", how, &ended))
    }
}

fn cells(id: u64, row: &Row) -> [String; 6] {
    let amount = if row.kind == PURCHASED { row.amount.to_string() } else { String::new() };
    let name = KINDS[usize::from(row.kind)].name.to_owned();
    let customer = key(row.customer).to_string();
    [format!("e{id}"), customer, name, row.at.to_string(), row.item.to_string(), amount]
}

impl Table {
    /// Reads it by another program, which prints how many rows it found.
    fn read(&self, by: &str, command: Command) -> Result<Figure, String> {
        let ended = until_done(command, LIMIT)?;
        let out = ended.out.as_deref().ok_or_else(|| format!("{by} was stopped"))?;
        let said: serde_json::Value = serde_json::from_str(out).map_err(told)?;
        match said["rows"].as_u64() {
            Some(rows) if rows == self.rows => Ok(self.figure(by, "reads only", &ended)),
            rows => Err(format!("{by} found {rows:?} of {} rows", self.rows)),
        }
    }

    fn figure(&self, by: &str, how: &str, ended: &Ended) -> Figure {
        let each = |time: Duration| self.rows as f64 / time.as_secs_f64().max(0.01);
        Figure {
            what: format!("{}: {by}", self.what),
            value: format!("{:.0} rows a CPU s, peak {} MB", each(ended.cpu), ended.peak_mb),
            how: format!(
                "{how}; whole process, {:.1} CPU s, {} wall, {:.0} rows/s",
                ended.cpu.as_secs_f64(),
                short(ended.wall),
                each(ended.wall)
            ),
        }
    }
}
