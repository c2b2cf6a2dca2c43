//! Measures what the README's table says, on the machine it runs on: import, full evaluation, one event to visible
//! membership. `make bench` runs everything; `--quick` a hundredth of it, to see that it works.

mod firm;
mod machine;
mod measure_evaluation;
mod measure_import;
mod measure_live;
mod segments;

use std::{path::PathBuf, process::ExitCode};

/// How much is measured.
pub(crate) struct Size {
    customers: u32,
    events: u64,
    import_rows: u64,
    live_events: u32,
}

const FULL: Size =
    Size { customers: 100_000, events: 10_000_000, import_rows: 1_000_000, live_events: 1_000 };
const QUICK: Size =
    Size { customers: 1_000, events: 100_000, import_rows: 10_000, live_events: 50 };

/// One measured row of the table.
#[derive(serde::Serialize)]
pub(crate) struct Figure {
    what: String,
    value: String,
    detail: String,
}

fn main() -> ExitCode {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let size = if quick { QUICK } else { FULL };
    match run(&size) {
        Ok(figures) => {
            print(&figures);
            ExitCode::SUCCESS
        }
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(size: &Size) -> Result<Vec<Figure>, String> {
    let work = PathBuf::from("bench/work");
    // Left from a run that was stopped.
    let _ = std::fs::remove_dir_all(&work);
    std::fs::create_dir_all(&work).map_err(|fault| fault.to_string())?;
    let mut figures = measure_import::measure(&work, size)?;
    let folder = work.join("firm");
    figures.extend(measure_evaluation::measure(&folder, size)?);
    figures.extend(measure_live::measure(&folder, size)?);
    std::fs::remove_dir_all(&work).map_err(|fault| fault.to_string())?;
    Ok(figures)
}

fn print(figures: &[Figure]) {
    println!("{}\n", machine::described());
    println!("| measured | figure | how |\n|---|---|---|");
    for figure in figures {
        println!("| {} | {} | {} |", figure.what, figure.value, figure.detail);
    }
}
