//! Chores of this repository: `cargo xtask` lists them.

mod cases;

use std::process::ExitCode;

use kizashi_xtask::{api, faults, licences, repository, schema, workspace};

const CHORES: &str = "\
Usage: cargo xtask CHORE

  cases FILE...
              ask cases with known answers through every driver
  faults [N...]
              put in faults one by one and see whether the tests of the kernel notice
  fuzz [SECONDS]
              give every reader random and damaged input, each for so long (ten minutes by default)
  licences    check the licence of everything this project is built from
  openapi     write openapi.json from the server's handlers; then make the web app's types from it with
              `npm --prefix web run gen:api`
  schema      write docs/condition.schema.json from the reader of conditions
  help        this list";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["cases", files @ ..] => return cases::run(files),
        ["faults", numbers @ ..] => return put_in_faults(numbers),
        ["fuzz"] => fuzz("600"),
        ["fuzz", seconds] => fuzz(seconds),
        ["licences"] => check_licences(),
        ["openapi"] => api::write(),
        ["schema"] => schema::write(),
        [] | ["help" | "--help" | "-h"] => {
            println!("{CHORES}");
            Ok(())
        }
        other => Err(format!("`{}` is no chore\n\n{CHORES}", other.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn put_in_faults(numbers: &[&str]) -> ExitCode {
    let numbers: Result<Vec<usize>, _> = numbers.iter().map(|number| number.parse()).collect();
    let done = match numbers {
        Ok(numbers) => faults::run(&numbers),
        Err(why) => Err(format!("a fault is named by its number: {why}")),
    };
    let tally = done.unwrap_or_else(|why| {
        println!("{why}");
        faults::Tally { caught: 0, missed: 1 }
    });
    println!("{} passed, {} failed", tally.caught, tally.missed);
    if tally.missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The crates that read what comes from outside, each with the beginning of the names of tests that give it anything.
const READERS: [(&str, &str); 8] = [
    ("kizashi-intake", "any_"),
    ("kizashi-cleansing", "any_"),
    ("kizashi-matching", "any_"),
    ("kizashi-topics", "any_"),
    ("kizashi-condition", "any_"),
    ("kizashi-store", "a_changed_bit"),
    // Lines of JSON, and files of definitions in YAML.
    ("kizashi-server", "tests::any_"),
    // Workbooks of old kinds, read by a process of its own.
    ("kizashi", "formats::any_"),
];

/// Runs the tests that read anything at all, again and again; a failing input is printed and kept by them.
fn fuzz(seconds: &str) -> Result<(), String> {
    let seconds: u64 = seconds.parse().map_err(|why| format!("`{seconds}` seconds: {why}"))?;
    for (package, tests) in READERS {
        let begun = std::time::Instant::now();
        let mut rounds = 0;
        while begun.elapsed().as_secs() < seconds {
            let ended = std::process::Command::new("cargo")
                .args(["test", "--quiet", "-p", package, tests])
                .env("KIZASHI_CASES", "2000")
                .env("PROPTEST_CASES", "20000")
                .env("KIZASHI_TRIALS", "20000")
                .status()
                .map_err(|why| format!("cargo: {why}"))?;
            if !ended.success() {
                return Err(format!(
                    "an input was found that {package} cannot bear; it is printed above"
                ));
            }
            rounds += 1;
        }
        println!("{package}: {rounds} rounds in {} seconds", begun.elapsed().as_secs());
    }
    println!("nothing was found");
    Ok(())
}

fn check_licences() -> Result<(), String> {
    let crates = licences::of_crates(&workspace::metadata()?)?;
    let packages = licences::of_npm_packages(&repository::read("web/package-lock.json")?)?;
    let refused: Vec<String> =
        crates.iter().chain(&packages).filter_map(licences::Licensed::refusal).collect();
    if !refused.is_empty() {
        return Err(refused.join("\n"));
    }
    println!(
        "{} crates and {} npm packages, all under licences we accept",
        crates.len(),
        packages.len()
    );
    Ok(())
}
