//! The other side of the comparison: engines that people would use instead, run by `bench/peers/run.py` over the same
//! files, with a limit of time each, and checked against the same expected results.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use crate::{
    expected::{Check, checks},
    load::told,
    outside::{self, succeed, until_done},
    workload::{Files, Size},
};

/// What an engine is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// One query for each segment.
    Each,
    /// All segments together, sharing every aggregate.
    Once,
}

/// One engine asked in one way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer {
    /// The engine, as `run.py` calls it, and as people do.
    pub(crate) engine: &'static str,
    pub(crate) name: &'static str,
    pub(crate) way: Way,
    /// The largest size it is asked at: a server with row storage takes hours to load the large one.
    pub(crate) most: Size,
    /// How many segments at most.
    pub(crate) segments: usize,
}

/// Everyone who is asked.
pub(crate) const PEERS: [Peer; 5] = [
    Peer {
        engine: "duckdb",
        name: "DuckDB 2.0, own table, one query a segment",
        way: Way::Each,
        most: Size::Large,
        segments: 1_000,
    },
    Peer {
        engine: "duckdb",
        name: "DuckDB 2.0, own table, best fused SQL",
        way: Way::Once,
        most: Size::Large,
        segments: 1_000,
    },
    Peer {
        engine: "chdb",
        name: "chDB 4.4 (ClickHouse), MergeTree, best fused SQL",
        way: Way::Once,
        most: Size::Large,
        segments: 1_000,
    },
    Peer {
        engine: "postgres",
        name: "PostgreSQL, two indexes, one query a segment",
        way: Way::Each,
        most: Size::Small,
        segments: 200,
    },
    Peer {
        engine: "mariadb",
        name: "MariaDB, two indexes, one query a segment",
        way: Way::Each,
        most: Size::Small,
        segments: 200,
    },
];

/// What an engine took. Loading is not in it.
#[derive(Debug, Clone)]
pub(crate) struct Took {
    /// How many segments were asked, and of them how many were answered.
    pub(crate) asked: usize,
    pub(crate) done: usize,
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    pub(crate) peak_mb: u64,
    /// Answered segments whose members are not those expected.
    pub(crate) wrong: usize,
    /// What is to be said of it, if anything.
    pub(crate) note: String,
}

/// What `run.py` prints at its end.
#[derive(serde::Deserialize)]
struct Printed {
    done: usize,
    wall: f64,
    cpu: f64,
    peak_mb: u64,
    checks: Vec<Option<Check>>,
    failed: Vec<String>,
}

/// Where the peers live: their Python, their tables.
pub(crate) struct Cache(PathBuf);

impl Cache {
    /// Installs what is missing: a Python environment with the pinned libraries, and MariaDB where apt can do so.
    pub(crate) fn ready(folder: &Path) -> Result<Cache, String> {
        outside::python(folder, include_str!("../peers/requirements.txt"))?;
        Ok(Cache(std::path::absolute(folder).map_err(told)?))
    }

    fn python(&self) -> Command {
        Command::new(self.0.join("venv/bin/python"))
    }

    fn run(&self, what: &str, engine: &str, files: &Files) -> Command {
        let mut command = self.python();
        command.arg("bench/peers/run.py").args([what, engine, "--data"]).arg(files.folder());
        command.arg("--cache").arg(&self.0);
        command
    }

    /// Loads an engine's tables, once.
    fn prepare(&self, engine: &str, files: &Files, size: Size) -> Result<(), String> {
        let stamp = self.0.join(format!("{engine}-{}", size.name()));
        if stamp.exists() {
            return Ok(());
        }
        if engine == "mariadb" {
            install_mariadb()?;
        }
        let ended = until_done(self.run("prepare", engine, files), Duration::from_secs(7_200))?;
        std::fs::write(&stamp, ended.out.ok_or("it was not loaded within two hours")?).map_err(told)
    }
}

/// Asks one engine for the first `n` segments.
pub(crate) fn ask(
    peer: &Peer,
    cache: &Cache,
    files: &Files,
    size: Size,
    n: usize,
    limit: Duration,
) -> Result<Took, String> {
    cache.prepare(peer.engine, files, size)?;
    let way = match peer.way {
        Way::Each => "each",
        Way::Once => "once",
    };
    let mut command = cache.run(way, peer.engine, files);
    command.arg("--segments").arg(n.to_string());
    command.arg("--limit").arg(limit.as_secs().to_string());
    // One that stops by itself after its last query gets the time for that.
    let ended = until_done(command, limit + Duration::from_secs(150))?;
    let Some(out) = ended.out else {
        let note = format!("did not finish in {} s", ended.wall.as_secs());
        let (wall, cpu, peak_mb) = (ended.wall, ended.cpu, ended.peak_mb);
        return Ok(Took { asked: n, done: 0, wall, cpu, peak_mb, wrong: 0, note });
    };
    let printed: Printed =
        serde_json::from_str(&out).map_err(|fault| format!("{}: {fault}", peer.name))?;
    let expected = checks(size, n)?;
    let answered = printed.checks.iter().zip(&expected);
    let wrong = answered.filter(|(found, right)| found.is_some_and(|found| found != **right));
    let note = match (printed.failed.len(), printed.done < n) {
        (0, false) => String::new(),
        (0, true) => format!("{} of {n} segments in {} s", printed.done, limit.as_secs()),
        (failed, _) => format!("{failed} of {} stopped after 120 s", printed.done),
    };
    Ok(Took {
        asked: n,
        done: printed.done,
        wall: Duration::from_secs_f64(printed.wall),
        cpu: Duration::from_secs_f64(printed.cpu),
        peak_mb: printed.peak_mb,
        wrong: wrong.count(),
        note,
    })
}

fn install_mariadb() -> Result<(), String> {
    let there = |program: &str| {
        Command::new("sh")
            .args(["-c", &format!("command -v {program}")])
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if there("mariadbd") {
        return Ok(());
    }
    if !there("apt-get") {
        return Err("`mariadbd` is not installed".into());
    }
    let install = ["install", "--yes", "--quiet", "--no-install-recommends", "mariadb-server"];
    succeed(
        Command::new("apt-get")
            .args(install)
            .env("DEBIAN_FRONTEND", "noninteractive")
            // The packaged service stays off: the server is started by us.
            .env("RUNLEVEL", "1")
            .stdout(Stdio::null()),
    )
}
