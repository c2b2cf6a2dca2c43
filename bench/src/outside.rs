//! Programs of others as child processes: a Python with the libraries that are compared with, and what a process took.

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{load::told, machine};

/// The Python in a folder, with exactly these packages; both are made when they are not there.
pub(crate) fn python(folder: &Path, wanted: &str) -> Result<PathBuf, String> {
    std::fs::create_dir_all(folder).map_err(told)?;
    let folder = std::path::absolute(folder).map_err(told)?;
    let python = folder.join("venv/bin/python");
    let stamp = folder.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    succeed(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")))?;
    let packages = wanted.lines().filter(|line| !line.is_empty());
    succeed(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(packages))?;
    std::fs::write(&stamp, wanted).map_err(told)?;
    Ok(python)
}

/// A process that has ended: what it printed, or nothing when it was stopped; what it took as seen from outside, its
/// children that have ended in it.
pub(crate) struct Ended {
    pub(crate) out: Option<String>,
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
    pub(crate) peak_mb: u64,
}

/// Waits for a process, and stops it after the limit.
pub(crate) fn until_done(mut command: Command, limit: Duration) -> Result<Ended, String> {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(told)?;
    let id = child.id().to_string();
    // What it prints at its end fits in the pipe only when somebody reads it.
    let out = child.stdout.take().ok_or("a child without output")?;
    let reading = std::thread::spawn(move || std::io::read_to_string(out));
    let before = machine::cpu("self", true);
    let mut peak_mb = 0;
    let status = loop {
        peak_mb = peak_mb.max(machine::peak_memory(&id));
        if let Some(status) = child.try_wait().map_err(told)? {
            break Some(status);
        }
        if limit < began.elapsed() {
            stop(&mut child)?;
            break None;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    let (wall, cpu) = (began.elapsed(), machine::cpu("self", true).saturating_sub(before));
    let out = reading.join().map_err(|_| "the reading thread panicked")?.map_err(told)?;
    match status {
        Some(status) if status.success() => Ok(Ended { out: Some(out), wall, cpu, peak_mb }),
        Some(status) => Err(format!("it ended with {status}")),
        None => Ok(Ended { out: None, wall, cpu, peak_mb }),
    }
}

/// Asks a process to end, so that it can stop its own server, and ends it when it does not.
fn stop(child: &mut Child) -> Result<(), String> {
    succeed(Command::new("kill").args(["-INT", &child.id().to_string()]))?;
    for _ in 0..100 {
        if child.try_wait().map_err(told)?.is_some() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().map_err(told)?;
    child.wait().map(drop).map_err(told)
}

/// Runs a command that must not fail.
pub(crate) fn succeed(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|fault| format!("`{name}`: {fault}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{name}` ended with {status}")) }
}
