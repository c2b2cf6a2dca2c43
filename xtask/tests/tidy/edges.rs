//! Who may use whom (the drawing in ARCHITECTURE.md), and how little the domain may take from outside.

use kizashi_xtask::workspace::{self, Member, Use};

use crate::assert_tidy;

/// Each of our crates and those of ours that it may use.
const EDGES: &[(&str, &[&str])] = &[
    ("facts", &[]),
    ("cleansing", &[]),
    ("matching", &["cleansing"]),
    ("condition", &["facts"]),
    ("columns", &["facts"]),
    ("forecast", &[]),
    ("lessons", &["facts", "condition", "forecast"]),
    ("experiments", &["forecast"]),
    ("kernel", &["facts", "columns", "condition"]),
    ("segments", &["facts", "condition", "kernel"]),
    ("signs", &["facts", "condition", "kernel"]),
    ("scenarios", &["facts", "condition", "kernel", "segments", "signs"]),
    ("engine", &["facts", "condition", "kernel", "segments", "signs"]),
    ("proving", &["facts", "condition", "kernel", "signs"]),
    ("miner", &["facts", "condition", "kernel", "signs", "proving"]),
    ("offers", &["facts", "condition", "experiments"]),
    (
        "store",
        &["facts", "columns", "condition", "kernel", "segments", "signs", "scenarios", "engine"],
    ),
    ("registry", &[]),
    ("intake", &["facts", "cleansing"]),
    ("topics", &[]),
    ("words", &["topics"]),
    ("pages", &[]),
    ("server", EVERYTHING_BELOW_THE_SERVER),
    ("sample", &["facts", "cleansing"]),
    ("kizashi", EVERYTHING),
    ("bench", EVERYTHING),
    ("xtask", EVERYTHING),
];

const EVERYTHING_BELOW_THE_SERVER: &[&str] = &[
    "facts",
    "cleansing",
    "matching",
    "columns",
    "condition",
    "kernel",
    "segments",
    "signs",
    "scenarios",
    "engine",
    "proving",
    "forecast",
    "lessons",
    "miner",
    "offers",
    "store",
    "registry",
    "topics",
    "words",
    "intake",
    "pages",
];

const EVERYTHING: &[&str] = &[
    "facts",
    "cleansing",
    "matching",
    "columns",
    "condition",
    "kernel",
    "segments",
    "signs",
    "scenarios",
    "engine",
    "proving",
    "miner",
    "offers",
    "forecast",
    "experiments",
    "lessons",
    "store",
    "registry",
    "topics",
    "words",
    "intake",
    "pages",
    "server",
    "sample",
    "kizashi",
];

/// What a crate of the domain may take from outside: time, money, errors and, for some, one thing more (the built-in
/// signs and the templates are written as JSON, the dictionary of topics as YAML).
const OUTSIDE: &[(&str, &[&str])] = &[
    ("facts", &["jiff", "rust_decimal", "thiserror"]),
    ("columns", &[]),
    ("cleansing", &["unicode-normalization"]),
    ("matching", &["serde"]),
    ("condition", &["jiff", "rust_decimal", "thiserror", "serde", "serde_json"]),
    ("kernel", &["jiff", "rust_decimal", "thiserror", "fearless_simd"]),
    ("segments", &["jiff", "rust_decimal", "thiserror", "serde", "serde_json"]),
    ("signs", &["jiff", "rust_decimal", "thiserror", "serde", "serde_json"]),
    ("scenarios", &["jiff", "rust_decimal", "thiserror", "serde"]),
    ("engine", &["jiff", "rust_decimal", "thiserror", "roaring"]),
    ("forecast", &["serde", "thiserror"]),
    ("proving", &["jiff"]),
    ("lessons", &["serde"]),
    ("experiments", &[]),
    ("miner", &["serde_json"]),
    ("offers", &["roaring", "serde", "serde_json"]),
    ("topics", &["serde", "serde-saphyr", "unicode-normalization"]),
];

/// What the tests of the domain may use besides: none of it touches a disk, a clock or a network.
const OUTSIDE_IN_TESTS: [&str; 5] =
    ["expect-test", "proptest", "regex", "serde_json", "rust_decimal"];

#[test]
fn crates_use_only_whom_they_may() {
    assert_tidy(&faults(&workspace::members(&workspace::metadata().unwrap()).unwrap()));
}

fn faults(members: &[Member]) -> Vec<String> {
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    let mut faults = Vec::new();
    for member in members {
        let Some(allowed) = row(EDGES, &member.name) else {
            faults.push(format!(
                "`{}` is in no row of the table in xtask/tests/tidy/edges.rs",
                member.name
            ));
            continue;
        };
        for (used, purpose) in &member.uses {
            let fits = if names.contains(&used.as_str()) {
                fits_ours(member, used, *purpose, allowed)
            } else {
                fits_outside(member, used, *purpose)
            };
            if !fits {
                faults.push(format!("`{}` must not use `{used}`", member.name));
            }
        }
    }
    faults
}

/// Tests may look sideways, as long as those of the domain stay inside the domain. The sample firm is as pure as it.
fn fits_ours(member: &Member, used: &str, purpose: Use, allowed: &[&str]) -> bool {
    match purpose {
        Use::Normal | Use::Build => allowed.contains(&used),
        Use::Tests => !is_domain(member) || used == "sample" || row(OUTSIDE, used).is_some(),
    }
}

fn fits_outside(member: &Member, used: &str, purpose: Use) -> bool {
    let Some(allowed) = row(OUTSIDE, &member.name) else { return !is_domain(member) };
    allowed.contains(&used) || (purpose == Use::Tests && OUTSIDE_IN_TESTS.contains(&used))
}

fn is_domain(member: &Member) -> bool {
    member.folder.starts_with("domain/")
}

fn row<'a>(table: &[(&str, &'a [&'a str])], name: &str) -> Option<&'a [&'a str]> {
    table.iter().find(|(crate_name, _)| *crate_name == name).map(|(_, row)| *row)
}

#[test]
fn an_edge_that_points_up_and_a_guest_in_the_domain_are_named() {
    let member = |name: &str, folder: &str, uses: &[(&str, Use)]| Member {
        name: name.to_owned(),
        folder: folder.to_owned(),
        uses: uses.iter().map(|(used, purpose)| ((*used).to_owned(), *purpose)).collect(),
    };
    let members = [
        member("facts", "domain/facts", &[("jiff", Use::Normal), ("proptest", Use::Tests)]),
        member(
            "kernel",
            "domain/kernel",
            &[
                ("store", Use::Normal),
                ("store", Use::Tests),
                ("facts", Use::Normal),
                ("serde_json", Use::Normal),
            ],
        ),
        member("store", "edge/store", &[("kernel", Use::Normal), ("tokio", Use::Normal)]),
        member("novelty", "domain/novelty", &[]),
    ];
    assert_eq!(
        faults(&members),
        [
            "`kernel` must not use `store`",
            "`kernel` must not use `store`",
            "`kernel` must not use `serde_json`",
            "`novelty` is in no row of the table in xtask/tests/tidy/edges.rs",
        ]
    );
}
