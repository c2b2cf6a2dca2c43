//! Faults put in on purpose: whoever changes the kernel can see that its tests would notice.
//!
//! The list is `xtask/faults.txt`. Each fault changes one line in a copy of the repository; the stories, which are quick,
//! are asked first, and everything else of the kernel only where they notice nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::repository;

/// Where the faults are listed.
pub const FILE: &str = "xtask/faults.txt";

/// One changed line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeededFault {
    /// The file, from the root.
    pub file: String,
    /// The line as it is, without its indent.
    pub line: String,
    /// What takes its place.
    pub changed: String,
}

/// The faults of a list.
///
/// # Errors
/// Names the entry that is not three lines.
pub fn read(text: &str) -> Result<Vec<SeededFault>, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let lines: Vec<&str> = lines.collect();
    let one = |three: &[&str]| {
        let [file, line, changed] = three else { return Err(three.join(" ")) };
        let after =
            |sign: &str, line: &str| line.strip_prefix(sign).map(|rest| rest.trim().to_owned());
        match (after("- ", line), after("+ ", changed)) {
            (Some(line), Some(changed)) => {
                Ok(SeededFault { file: (*file).to_owned(), line, changed })
            }
            _ => Err(three.join(" ")),
        }
    };
    let faults: Result<Vec<_>, String> = lines.chunks(3).map(one).collect();
    faults
        .map_err(|entry| format!("{FILE}: a file, `- line` and `+ line` are expected at `{entry}`"))
}

impl SeededFault {
    /// The text of the file with the fault in it.
    ///
    /// # Errors
    /// When the line does not stand in the file exactly once.
    pub fn put_into(&self, text: &str) -> Result<String, String> {
        let fits = |line: &&str| line.trim() == self.line;
        match text.lines().filter(fits).count() {
            1 => {}
            n => {
                return Err(format!(
                    "{}: the line stands there {n} times: {}",
                    self.file, self.line
                ));
            }
        }
        let lines = text.lines().map(|line| if fits(&line) { self.changed.as_str() } else { line });
        Ok(lines.collect::<Vec<_>>().join("\n") + "\n")
    }
}

/// How many faults were caught, and how many were not.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// A test failed, as it should.
    pub caught: usize,
    /// No test failed, or nothing could be built.
    pub missed: usize,
}

/// Puts in the faults with these numbers (all when none is named) and tells of each. Takes minutes for each fault.
///
/// # Errors
/// When the copy cannot be made, or its tests fail without any fault.
pub fn run(numbers: &[usize]) -> Result<Tally, String> {
    let faults = read(&repository::read(FILE)?)?;
    let copy = Copy::make()?;
    println!("first without any fault");
    if copy.tests(&[])? != Outcome::Passed {
        return Err("the tests fail without any fault".to_owned());
    }
    let mut tally = Tally::default();
    for (n, fault) in (1..).zip(&faults) {
        if !numbers.is_empty() && !numbers.contains(&n) {
            continue;
        }
        let outcome = copy.with(fault)?;
        let word = match outcome {
            Outcome::Failed => "caught",
            Outcome::Passed => "MISSED",
            Outcome::NotBuilt => "NOT BUILT",
        };
        println!("{n:>3} {word}: {}: {}", fault.file, fault.changed);
        match outcome {
            Outcome::Failed => tally.caught += 1,
            Outcome::Passed | Outcome::NotBuilt => tally.missed += 1,
        }
    }
    Ok(tally)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    NotBuilt,
}

/// A copy of the repository, in the folder of things built.
struct Copy {
    root: PathBuf,
}

impl Copy {
    fn make() -> Result<Copy, String> {
        let root = repository::root().join("target/faults/copy");
        for file in repository::files()? {
            let needed =
                ["domain/", "edge/", "sample/", "kizashi/", "xtask/", "bench/", "stories/"];
            let is_needed =
                needed.iter().any(|folder| file.starts_with(folder)) || !file.contains('/');
            if is_needed {
                let text =
                    fs::read(repository::root().join(&file)).map_err(|why| why.to_string())?;
                write(&root.join(&file), &text)?;
            }
        }
        Ok(Copy { root })
    }

    /// The tests with a fault, which is taken out again.
    fn with(&self, fault: &SeededFault) -> Result<Outcome, String> {
        let file = self.root.join(&fault.file);
        let text = fs::read_to_string(&file).map_err(|why| format!("{}: {why}", fault.file))?;
        write(&file, fault.put_into(&text)?.as_bytes())?;
        let outcome = match self.tests(&["stories"]) {
            Ok(Outcome::Passed) => self.tests(&[]),
            other => other,
        };
        write(&file, text.as_bytes())?;
        outcome
    }

    fn tests(&self, names: &[&str]) -> Result<Outcome, String> {
        let cargo = |arguments: &[&str]| {
            Command::new("cargo")
                .args(["test", "--quiet", "-p", "kizashi-kernel", "--test", "it"])
                .args(arguments)
                .current_dir(&self.root)
                .env("CARGO_TARGET_DIR", repository::root().join("target/faults/built"))
                .env("KIZASHI_WEB", "skip")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .map_err(|why| format!("cargo does not start: {why}"))
        };
        if !cargo(&["--no-run"])?.success() {
            return Ok(Outcome::NotBuilt);
        }
        Ok(if cargo(names)?.success() { Outcome::Passed } else { Outcome::Failed })
    }
}

/// Writes a file only where it differs, so that nothing is built anew for nothing.
fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let made = path.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, bytes)).map_err(|why| format!("{}: {why}", path.display()))
}
