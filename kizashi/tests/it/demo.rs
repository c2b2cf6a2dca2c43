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
fn the_sample_firm_comes_as_files_too() {
    let work = tempfile::tempdir().unwrap();
    let output = run(&["demo", "--files", path(work.path()), "--now", "2026-11-21T12:00:00+09:00"]);
    assert!(output.status.success());
    for name in [
        "customers.csv",
        "contacts.csv",
        "events.csv",
        "purchases.csv",
        "deals.csv",
        "daily_reports.csv",
        "segments.yaml",
        "truth.json",
    ] {
        assert!(work.path().join(name).exists(), "{name}");
    }
}
