//! Chores of this repository: `cargo xtask` lists them.

mod cases;

use std::process::ExitCode;

use kizashi_xtask::{api, licences, repository, schema, workspace};

const CHORES: &str = "\
Usage: cargo xtask CHORE

  cases FILE...
              ask cases with known answers through every driver
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
