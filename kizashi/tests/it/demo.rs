//! The demo: one line with the address, a page behind it, a lively Today, and a clean end.

use std::fs;

use crate::run::{Running, json, path, run, text};

#[test]
fn the_demo_serves_its_page_and_ends_cleanly() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("demo");
    let demo = Running::start(&["demo", "--data", path(&folder), "--port", "0"]);
    assert!(demo.line["setup_link"].is_null(), "the demo signs in by itself");
    let page = ureq::get(&demo.url).call().unwrap().body_mut().read_to_string().unwrap();
    assert!(page.contains("<html"), "{page}");
    let session: serde_json::Value = ureq::get(format!("{}/api/v1/session", demo.url))
        .call()
        .unwrap()
        .body_mut()
        .read_json()
        .unwrap();
    assert_eq!(session["demo"], true);
    let today = json(&["today", "--data", path(&folder)]);
    assert!(10 <= today["total"].as_u64().unwrap(), "{today}");
    assert!(!today["rows"][0]["reason"].as_str().unwrap().is_empty());
    let second = run(&["demo", "--data", path(&folder), "--port", "0"]);
    assert!(!second.status.success() && text(&second.stderr).contains("still running"));
    let segments = json(&["segments", "--data", path(&folder)]);
    assert!(
        segments["segments"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["faults"].as_array().unwrap().is_empty())
    );
    assert!(demo.stop().success(), "a server that is asked to stop ends well");
    assert!(!folder.join("server.json").exists());
}

#[test]
fn a_demo_never_clears_what_is_not_its_own() {
    let work = tempfile::tempdir().unwrap();
    fs::write(work.path().join("letter.txt"), "dear").unwrap();
    let output = run(&["demo", "--data", path(work.path()), "--port", "0"]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("holds something else"));
    assert!(work.path().join("letter.txt").exists());
}

#[test]
fn the_sample_firm_comes_as_files_that_import_as_they_are() {
    let work = tempfile::tempdir().unwrap();
    let (files, folder) = (work.path().join("files"), work.path().join("firm"));
    let output = run(&["demo", "--files", path(&files), "--now", "2026-11-21T12:00:00+09:00"]);
    assert!(output.status.success());
    let names = [
        "customers.csv",
        "contacts.csv",
        "events.csv",
        "purchases.csv",
        "deals.csv",
        "daily_reports.csv",
    ];
    let paths: Vec<_> = names.iter().map(|name| files.join(name)).collect();
    let mut args = vec!["import", "--data", path(&folder)];
    args.extend(paths.iter().map(|file| path(file)));
    let imports = json(&args);
    for (import, name) in imports["imports"].as_array().unwrap().iter().zip(names) {
        assert_eq!(import["counts"]["rejected"], 0, "{name}");
    }
    let fields = |import: &serde_json::Value| -> Vec<String> {
        let columns = import["columns"].as_array().unwrap();
        columns.iter().map(|column| column["field"].as_str().unwrap_or("-").to_owned()).collect()
    };
    let known: Vec<&str> = sample::CUSTOMER_COLUMNS
        .iter()
        .map(|(field, _)| *field)
        .filter(|field| *field != "ledger_colour")
        .collect();
    let guessed = fields(&imports["imports"][0]);
    for field in known {
        assert!(
            guessed.iter().any(|one| one == field),
            "the column of `{field}` is not recognised: {guessed:?}"
        );
    }
    let segments =
        json(&["segments", "--add", path(&files.join("segments.yaml")), "--data", path(&folder)]);
    for segment in segments["segments"].as_array().unwrap() {
        let id = segment["id"].as_str().unwrap();
        if ["customers-now", "at-risk", "near-user-limit", "loyal", "follow-up-first"].contains(&id)
        {
            assert_ne!(segment["count"], 0, "{id} is empty after the import of files");
        }
    }
}
