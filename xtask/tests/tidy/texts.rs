//! What no file of ours may hold, and what each must begin with.

use kizashi_xtask::repository;

use crate::assert_tidy;

/// A file longer than this is two files.
const MOST_LINES: usize = 800;

/// Left-overs of unfinished work. Written in two halves, so that this file does not break its own rule.
const LEFT_OVERS: [&str; 6] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("todo", "!("),
    concat!("dbg", "!("),
    concat!("unimplemented", "!("),
];

/// Paths of the machine on which something was written.
const FOREIGN_PATHS: [&str; 4] = [
    concat!("/wo", "rk/"),
    concat!("/home", "/"),
    concat!("/ro", "ot/"),
    concat!("/tmp/con", "tract"),
];

/// Words that say nothing, which the glossary therefore keeps out of names.
const EMPTY_WORDS: [&str; 11] = [
    "manager", "service", "helper", "util", "utils", "common", "base", "core", "data", "info",
    "process",
];

#[test]
fn every_file_is_whole_and_speaks_of_nothing_foreign() {
    let files = repository::files().unwrap();
    let mut faults = Vec::new();
    let mut rust_files = 0;
    for path in files.iter().filter(|path| is_ours(path)) {
        let Ok(text) = repository::read(path) else { continue };
        faults.extend(faults_of(path, &text));
        rust_files += usize::from(path.ends_with(".rs"));
    }
    assert!(rust_files > 30, "only {rust_files} Rust files found");
    assert_tidy(&faults);
}

/// Text that people here write: not lock files, and not what is generated.
fn is_ours(path: &str) -> bool {
    let written = [
        ".rs", ".ts", ".tsx", ".mjs", ".css", ".html", ".md", ".toml", ".yaml", ".yml", ".sh",
        "Makefile", ".ci/run",
    ];
    written.iter().any(|ending| path.ends_with(ending)) && path != "web/src/api/schema.d.ts"
}

fn is_code(path: &str) -> bool {
    [".rs", ".ts", ".tsx", ".mjs"].iter().any(|ending| path.ends_with(ending))
}

fn faults_of(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if path.ends_with(".rs") && !text.starts_with("//!") {
        faults.push(format!("{path}:1: begin with `//!` and what the file is for"));
    }
    let n_lines = text.lines().count();
    if is_code(path) && n_lines > MOST_LINES {
        faults.push(format!("{path}: {n_lines} lines; split it, {MOST_LINES} is the most"));
    }
    for (number, line) in (1..).zip(text.lines()) {
        if is_code(path) {
            faults.extend(
                LEFT_OVERS
                    .iter()
                    .filter(|left| line.contains(*left))
                    .map(|left| format!("{path}:{number}: holds `{left}`")),
            );
            faults.extend(
                empty_name(line)
                    .map(|word| format!("{path}:{number}: `{word}` says nothing in a name")),
            );
        }
        faults.extend(
            FOREIGN_PATHS
                .iter()
                .filter(|foreign| line.contains(*foreign))
                .map(|foreign| format!("{path}:{number}: names `{foreign}`")),
        );
    }
    faults
}

/// The empty word in the name of a Rust type or module that this line declares.
fn empty_name(line: &str) -> Option<&'static str> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    let declares = matches!(words.next()?, "struct" | "enum" | "trait" | "mod" | "type");
    let name: String =
        words.next()?.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect();
    let parts = parts_of(&name);
    EMPTY_WORDS.into_iter().find(|empty| declares && parts.iter().any(|part| part == empty))
}

/// `ImportRow` and `import_row` are `import` and `row`.
fn parts_of(name: &str) -> Vec<String> {
    let mut spaced = String::new();
    for sign in name.chars() {
        if sign.is_uppercase() || sign == '_' {
            spaced.push(' ');
        }
        spaced.extend(sign.to_lowercase().filter(|sign| *sign != '_'));
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn each_rule_names_what_breaks_it() {
    let long = format!("//! Long.\n{}", "\n".repeat(MOST_LINES));
    let left_over = format!("//! Unfinished.\n// {} later\n", LEFT_OVERS[0]);
    let foreign = format!("//! Foreign.\nconst HERE: &str = \"{}main\";\n", FOREIGN_PATHS[0]);
    for (text, fault) in [
        ("use std::fs;\n", "begin with"),
        (long.as_str(), "split it"),
        (left_over.as_str(), ":2: holds"),
        (foreign.as_str(), ":2: names"),
        ("//! Empty.\npub(crate) struct SegmentManager;\n", ":2: `manager` says nothing"),
        ("//! Empty.\nmod import_utils;\n", ":2: `utils` says nothing"),
    ] {
        let faults = faults_of("a.rs", text);
        assert!(faults.len() == 1 && faults[0].contains(fault), "{fault}: {faults:?}");
    }
    assert!(
        faults_of("a.rs", "//! Fine.\npub struct Database;\npub enum Role { Manager }\n")
            .is_empty()
    );
}
