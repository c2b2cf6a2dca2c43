//! Import: a CSV of event rows through the real program, from the start of the process to its end.

use std::{
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    figures::{Figure, short},
    generate::Row,
    load::{each_row, key, told},
    machine,
    server::PROGRAM,
    workload::{Files, KINDS, PURCHASED},
};

/// Imports the first so many events of those that arrived.
pub(crate) fn measure(files: &Files, rows: u64) -> Result<Vec<Figure>, String> {
    let work = files.folder().join("import");
    let _ = std::fs::remove_dir_all(&work);
    std::fs::create_dir_all(&work).map_err(told)?;
    let csv = work.join("events.csv");
    write(&csv, &files.by_arrival(), rows)?;
    let bytes = std::fs::metadata(&csv).map_err(told)?.len();
    let (wall, cpu, peak) = import(&work.join("firm"), &csv)?;
    std::fs::remove_dir_all(&work).map_err(told)?;
    Ok(vec![Figure {
        what: format!("import of {rows} event rows ({} MB of CSV)", bytes / 1_000_000),
        value: format!("{}, {:.0} rows/s", short(wall), rows as f64 / wall.as_secs_f64()),
        how: format!(
            "`kizashi import`, whole process: upload, guess, check of every row, commit on disk, sorted into histories; \
             {:.1} CPU s, peak {peak} MB",
            cpu.as_secs_f64()
        ),
    }])
}

fn write(csv: &Path, from: &Path, rows: u64) -> Result<(), String> {
    let mut out = BufWriter::new(std::fs::File::create(csv).map_err(told)?);
    writeln!(out, "event_id,customer_id,event,time,item,amount").map_err(told)?;
    let mut n = 0;
    each_row(from, |row| {
        if n < rows {
            n += 1;
            write_row(&mut out, n, row).map_err(told)?;
        }
        Ok(())
    })?;
    out.flush().map_err(told)
}

fn write_row(out: &mut impl Write, id: u64, row: &Row) -> std::io::Result<()> {
    let amount = if row.kind == PURCHASED { row.amount.to_string() } else { String::new() };
    let name = KINDS[usize::from(row.kind)].name;
    writeln!(out, "e{id},{},{name},{},{},{amount}", key(row.customer), row.at, row.item)
}

/// Runs one import to its end: wall, processor time and peak memory of the process.
fn import(folder: &Path, file: &Path) -> Result<(Duration, Duration, u64), String> {
    let began = Instant::now();
    let before = machine::cpu("self", true);
    let mut child = Command::new(PROGRAM)
        .args(["import", "--json", "--data"])
        .arg(folder)
        .arg(file)
        .stdout(Stdio::null())
        .spawn()
        .map_err(|fault| format!("{PROGRAM}: {fault}"))?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(machine::peak_memory(&child.id().to_string()));
        if let Some(status) = child.try_wait().map_err(told)? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    if !status.success() {
        return Err(format!("the import ended with {status}"));
    }
    Ok((began.elapsed(), machine::cpu("self", true).saturating_sub(before), peak))
}
