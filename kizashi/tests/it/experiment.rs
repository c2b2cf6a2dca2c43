//! Experiments from a plain file and from counts, without a folder.

use std::fs;

use crate::run::{good, json, path, run};

#[test]
fn counts_and_a_file_say_the_same() {
    let told = json(&["experiment", "--shares", "3/1000", "9/1000"]);
    let one = &told["comparisons"][0];
    assert!((one["better"].as_f64().unwrap() - 0.954_381).abs() < 1e-6, "{told}");
    assert!((one["absolute"]["p"].as_f64().unwrap() - 0.082_300_381).abs() < 1e-6);
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("answers.csv");
    let row = |n: usize| {
        let (group, hits) = if n < 1000 { ("a", 3) } else { ("b", 9) };
        format!("C{n},{group},{}\n", if n % 1000 < hits { "はい" } else { "いいえ" })
    };
    let rows: String = (0..2000).map(row).collect();
    fs::write(&file, format!("customer,version,bought\n{rows}")).unwrap();
    let of_file = json(&["experiment", path(&file), "--group", "version", "--outcome", "bought"]);
    assert_eq!(of_file["comparisons"][0]["better"], one["better"], "{of_file}");
    assert_eq!(of_file["groups"][1]["name"], "b");
    let turned = json(&[
        "experiment",
        path(&file),
        "--group",
        "version",
        "--outcome",
        "bought",
        "--control",
        "b",
    ]);
    let back = turned["comparisons"][0]["better"].as_f64().unwrap();
    assert!((back + one["better"].as_f64().unwrap() - 1.0).abs() < 1e-9);
}

#[test]
fn groups_drawn_otherwise_than_meant_are_named() {
    let wrong = run(&["experiment", "--shares", "100/821588", "100/815482", "--json"]);
    assert!(!wrong.status.success());
    let told: serde_json::Value = serde_json::from_slice(&wrong.stdout).unwrap();
    assert_eq!(told["drawn_as_meant"], false);
    assert!(good(&["experiment", "--plan", "0.6", "0.7", "--a-week", "100"]).contains("354"));
    assert!(!run(&["experiment", "--shares", "9/3", "1/2"]).status.success());
}
