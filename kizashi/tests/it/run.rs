//! Starts the binary and reads what it says.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
};

pub(crate) fn kizashi() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kizashi"));
    command.env("LANG", "C.UTF-8").env_remove("LC_ALL").env_remove("KIZASHI_DATA");
    command
}

/// Runs to the end.
pub(crate) fn run(args: &[&str]) -> Output {
    kizashi().args(args).output().unwrap()
}

/// Runs to the end, which must be good, and gives what was printed.
pub(crate) fn good(args: &[&str]) -> String {
    let output = run(args);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "kizashi {args:?} ended with {}\n{out}\n{err}", output.status);
    out
}

/// Runs to the end, which must be good, and reads the JSON that was printed.
pub(crate) fn json(args: &[&str]) -> serde_json::Value {
    let mut with = vec!["--json"];
    with.extend(args);
    let out = good(&with);
    serde_json::from_str(&out).unwrap_or_else(|fault| panic!("{fault}: {out}"))
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A server that is killed when the test ends.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) url: String,
    pub(crate) line: serde_json::Value,
}

impl Running {
    /// Starts a command that serves and waits for its one line.
    pub(crate) fn start(args: &[&str]) -> Running {
        let mut child = kizashi().arg("--json").args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let line: serde_json::Value =
            serde_json::from_str(&line).unwrap_or_else(|fault| panic!("{fault}: `{line}`"));
        Running { child, url: line["url"].as_str().unwrap().trim_end_matches('/').to_owned(), line }
    }

    /// Asks it to stop, as a service manager does, and waits.
    pub(crate) fn stop(mut self) -> std::process::ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
