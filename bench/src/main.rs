//! Measures Kizashi, and what others would take for the same, on the machine it runs on.
//!
//! `bench/README.md` says what is measured and how. `make bench` runs everything at the small size.

mod dice;
mod workload;

mod generate;
mod load;

mod expected;
mod segments;

mod at_once;
mod import;
mod ingest;
mod linking;
mod live;
mod matching;
mod ours;
mod peers;
mod preview;
mod standing;

mod everything;
mod figures;
mod machine;
mod outside;
mod server;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::{Args, Parser, Subcommand};

use figures::Figure;
use workload::{Files, Form, Size};

/// Measures Kizashi and its peers on this machine.
#[derive(Parser)]
#[command(name = "kizashi-bench", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Both sides in one go: a table with ratios, which is also kept in bench/results
    All {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        peers: PeerOptions,
    },
    /// Write the workload's Parquet files for any numbers; the same numbers give the same files
    Generate { customers: u32, events: u64, folder: PathBuf },
    /// Load the files of a size, which are made when they are not there, into a Kizashi folder
    Load {
        #[command(flatten)]
        which: Which,
        #[arg(long, value_enum, default_value = "plain")]
        form: Form,
    },
    /// Evaluate the segments over the loaded firm and check every one of them
    Ours {
        #[command(flatten)]
        which: Which,
        #[arg(long, value_enum, default_value = "plain")]
        form: Form,
        /// How many segments, 1000 at most
        #[arg(long, default_value = "200")]
        segments: usize,
        /// How often; the median counts
        #[arg(long, default_value = "3")]
        runs: usize,
        /// One line of JSON instead of a table
        #[arg(long)]
        json: bool,
    },
    /// Ask the peers only
    Peers {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        peers: PeerOptions,
    },
    /// Import CSV and a workbook by the real program, beside DuckDB, pandas, openpyxl and calamine
    Import {
        #[command(flatten)]
        which: Which,
        /// Where the peers lie
        #[arg(long, env = "KIZASHI_BENCH_PEERS", default_value = "target/bench-peers")]
        cache: PathBuf,
        /// Rows of the smaller CSV; the larger has a gigabyte
        #[arg(long, default_value = "1000000")]
        rows: u64,
    },
    /// Compare records of persons: everybody with everybody, and one more with all others at once
    Matching {
        #[command(flatten)]
        which: Which,
        /// How many are there
        #[arg(long, default_value = "1000000")]
        rows: usize,
    },
    /// Read all cells of a workbook by calamine alone, in a process of its own
    #[command(hide = true)]
    Calamine { file: PathBuf },
    /// Link two public lists of known truth, ours beside Splink, and find the doubles of a large list
    Match {
        #[command(flatten)]
        which: Which,
        /// Where the peers and their lists lie
        #[arg(long, env = "KIZASHI_BENCH_PEERS", default_value = "target/bench-peers")]
        cache: PathBuf,
        /// How many rows the large list has
        #[arg(long, default_value = "1000000")]
        rows: usize,
    },
    /// Try single conditions, in this process and on the running server
    Preview {
        #[command(flatten)]
        which: Which,
        /// In this process only
        #[arg(long)]
        in_process: bool,
        /// How many
        #[arg(long, default_value = "200")]
        conditions: usize,
    },
    /// Judge a week of events in memory, one at a time
    Live {
        #[command(flatten)]
        which: Which,
        #[arg(long, default_value = "1000")]
        segments: usize,
    },
    /// Send events to the running server over HTTP
    Ingest {
        #[command(flatten)]
        which: Which,
        #[arg(long, default_value = "1000")]
        segments: usize,
        #[arg(long, default_value = "20")]
        seconds: u64,
    },
    /// Let 10,001 customers leave a segment in one millisecond, and see whether others are held up
    AtOnce {
        #[command(flatten)]
        which: Which,
        #[arg(long, default_value = "1000")]
        segments: usize,
    },
    /// Start the server from disk; its memory at rest
    Standing {
        #[command(flatten)]
        which: Which,
        #[arg(long, default_value = "1000")]
        segments: usize,
    },
}

/// Which data.
#[derive(Args, Clone)]
struct Which {
    /// How much
    #[arg(long, value_enum, default_value = "small")]
    size: Size,
    /// The folder under which all data lies, made or to be made
    #[arg(long, env = "KIZASHI_BENCH_DATA", default_value = "target/bench-data")]
    data: PathBuf,
}

/// How the peers are asked.
#[derive(Args, Clone)]
struct PeerOptions {
    /// Where the peers and their tables lie
    #[arg(long, env = "KIZASHI_BENCH_PEERS", default_value = "target/bench-peers")]
    cache: PathBuf,
    /// Seconds after which one stops or is stopped
    #[arg(long, default_value = "600")]
    limit: u64,
    /// Only these engines (duckdb, chdb, postgres, mariadb); all when none is named
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// How many segments
    #[arg(long, value_delimiter = ',', default_values = ["200", "1000"])]
    segments: Vec<usize>,
}

impl Which {
    fn files(&self) -> Files {
        Files::of(&self.data, self.size)
    }

    /// The files, made when they are not there.
    fn made(&self) -> Result<Files, String> {
        let files = self.files();
        // The one that is written last.
        if files.by_arrival().exists() {
            return Ok(files);
        }
        let rows = generate::generate(self.size.customers(), self.size.events(), &files)?;
        let expected = self.size.events_drawn();
        match rows {
            rows if rows == expected => Ok(files),
            rows => {
                Err(format!("the generator made {rows} events where it should make {expected}"))
            }
        }
    }

    /// The firm, loaded when it is not there.
    fn loaded(&self, form: Form) -> Result<Files, String> {
        let files = self.made()?;
        if !files.firm(form).exists() {
            load::load(&files, form)?;
        }
        Ok(files)
    }
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), String> {
    match command {
        Command::All { which, peers } => everything::measure(&which, &peers),
        Command::Generate { customers, events, folder } => {
            let rows = generate::generate(customers, events, &Files::at(&folder))?;
            println!("{customers} customers, {rows} events in {}", folder.display());
            Ok(())
        }
        Command::Load { which, form } => {
            print(&load::load(&which.made()?, form)?.figures(which.size, form));
            Ok(())
        }
        Command::Ours { which, form, segments, runs, json } => {
            let files = which.loaded(form)?;
            let evaluated = ours::measure(&files, which.size, form, segments, runs)?;
            if json {
                println!("{}", serde_json::to_string(&evaluated).map_err(load::told)?);
            } else {
                print(&evaluated.figures(segments));
            }
            evaluated.check()
        }
        Command::Peers { which, peers } => {
            let took = everything::ask_peers(&which, &peers)?;
            println!("{}", everything::comparison(&[], &took));
            Ok(())
        }
        Command::Import { which, cache, rows } => show(import::both(&which.made()?, &cache, rows)),
        Command::Calamine { file } => import::by_calamine(&file),
        Command::Matching { which, rows } => {
            show(matching::measure(&which.data.join("matching"), rows))
        }
        Command::Match { which, cache, rows } => {
            show(linking::measure(&which.data.join("match"), &cache, rows))
        }
        Command::Preview { which, in_process, conditions } => {
            let files = which.loaded(Form::Plain)?;
            show(if in_process {
                preview::measure_in_process(&files, which.size, conditions)
            } else {
                preview::measure(&files, which.size, conditions)
            })
        }
        Command::Live { which, segments } => {
            show(live::measure(&which.loaded(Form::Plain)?, which.size, segments))
        }
        Command::Ingest { which, segments, seconds } => {
            let lasting = Duration::from_secs(seconds);
            let files = which.loaded(Form::Plain)?;
            show(ingest::measure(&files, which.size, segments, lasting))
        }
        Command::AtOnce { which, segments } => {
            show(at_once::measure(&which.loaded(Form::Plain)?, which.size, segments))
        }
        Command::Standing { which, segments } => {
            show(standing::measure(&which.loaded(Form::Plain)?, which.size, segments))
        }
    }
}

fn show(figures: Result<Vec<Figure>, String>) -> Result<(), String> {
    print(&figures?);
    Ok(())
}

fn print(figures: &[Figure]) {
    println!("{}\n\n{}", machine::described(), figures::table(figures));
}
