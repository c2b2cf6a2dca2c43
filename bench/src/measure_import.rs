//! Import: a CSV of event rows through the real binary, from the start of the process to its end.

use std::{
    io::{BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use facts::What;

use crate::{Figure, Size, firm, machine};

pub(crate) fn measure(work: &Path, size: &Size) -> Result<Vec<Figure>, String> {
    let (customers, events) = (work.join("customers.csv"), work.join("events.csv"));
    write_customers(&customers, size.customers).map_err(|fault| fault.to_string())?;
    write_events(&events, size).map_err(|fault| fault.to_string())?;
    let folder = work.join("imported");
    import(&folder, &customers)?;
    let bytes = std::fs::metadata(&events).map_err(|fault| fault.to_string())?.len();
    let (wall, cpu, peak) = import(&folder, &events)?;
    let rate = size.import_rows as f64 / wall.as_secs_f64();
    Ok(vec![Figure {
        what: format!(
            "import of {} event rows ({} MB of CSV)",
            size.import_rows,
            bytes / 1_000_000
        ),
        value: format!("{:.1} s, {:.0} rows/s", wall.as_secs_f64(), rate),
        detail: format!(
            "`kizashi import`, whole process: upload, guess, check of every row, commit on disk, sorted into histories; {:.1} CPU s, peak {peak} MB",
            cpu.as_secs_f64()
        ),
    }])
}

fn write_customers(path: &Path, n: u32) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(out, "customer_id,name,industry")?;
    for customer in 0..n {
        writeln!(out, "{},Customer {customer},製造", firm::key(customer))?;
    }
    out.flush()
}

fn write_events(path: &Path, size: &Size) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::fs::File::create(path)?);
    writeln!(out, "event_id,customer_id,event,time,item,amount")?;
    for fact in firm::events(size.customers, size.import_rows) {
        let What::Happened { name, properties } = &fact.what else { continue };
        let value = |key: &str| properties.borrowed().get(key).to_string();
        let id = fact.id.as_deref().unwrap_or_default();
        writeln!(
            out,
            "{id},{},{name},{},{},{}",
            fact.customer,
            fact.at,
            value("item"),
            value("amount")
        )?;
    }
    out.flush()
}

/// Runs one import to its end: wall, processor time and peak memory of the process.
fn import(folder: &Path, file: &Path) -> Result<(Duration, Duration, u64), String> {
    let began = Instant::now();
    let before = machine::cpu("self", true);
    let mut child = Command::new("target/release/kizashi")
        .args(["import", "--json", "--data"])
        .arg(folder)
        .arg(file)
        .stdout(Stdio::null())
        .spawn()
        .map_err(|fault| {
            format!("target/release/kizashi: {fault}; build it with `cargo build --release`")
        })?;
    let mut peak = 0;
    let status = loop {
        peak = peak.max(machine::peak_memory(&child.id().to_string()));
        if let Some(status) = child.try_wait().map_err(|fault| fault.to_string())? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    if !status.success() {
        return Err(format!("import of {} ended with {status}", file.display()));
    }
    Ok((began.elapsed(), machine::cpu("self", true).saturating_sub(before), peak))
}
