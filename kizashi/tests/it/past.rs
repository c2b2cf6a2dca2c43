//! The past from the terminal: backtests, versions, what a file would change, overlap and flows.

use std::fs;

use crate::run::{good, json, path, run, text};

/// A firm's folder with two customers who bought in November 2026, and the commands that ask it.
struct Firm {
    work: tempfile::TempDir,
}

impl Firm {
    fn new() -> Firm {
        let firm = Firm { work: tempfile::tempdir().unwrap() };
        let file = firm.file(
            "events.csv",
            "customer_id,event,time\nA1,login,2025-03-02T10:00:00+09:00\nA1,login,2025-03-04T09:00:00+09:00\n\
             B2,login,2025-03-01T00:00:00+09:00\n",
        );
        firm.json(&["import", &file]);
        firm.segments("1d");
        firm
    }

    fn file(&self, name: &str, content: &str) -> String {
        let file = self.work.path().join(name);
        fs::write(&file, content).unwrap();
        path(&file).to_owned()
    }

    /// Puts in, or changes, who logged in lately and who did not.
    fn segments(&self, last: &str) {
        let file = self.file("segments.yaml", &segments(last));
        self.json(&["segments", "--add", &file]);
    }

    fn data(&self) -> String {
        path(&self.work.path().join("firm")).to_owned()
    }

    fn json(&self, args: &[&str]) -> serde_json::Value {
        json(&[args, &["--data", &self.data()]].concat())
    }

    fn good(&self, args: &[&str]) -> String {
        good(&[args, &["--data", &self.data()]].concat())
    }
}

fn segments(last: &str) -> String {
    format!(
        "segments:\n  - id: fresh\n    condition: {{ event: login, last: {last} }}\n  - id: quiet\n    condition: {{ not: {{ segment: fresh }} }}\n"
    )
}

#[test]
fn a_backtest_prints_days_and_writes_stays() {
    let firm = Firm::new();
    let days = ["--from", "2025-03-01", "--to", "2025-03-05"];
    let told = firm.json(&[&["backtest", "fresh"], &days[..]].concat());
    let members: Vec<u64> = told["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["members"].as_u64().unwrap())
        .collect();
    assert_eq!(members, [1, 1, 0, 1, 0]);
    let out = firm.work.path().join("stays.csv");
    let printed = firm.good(&[&["backtest", "fresh", "--out", path(&out)], &days[..]].concat());
    assert!(printed.contains("2025-03-04           1"), "{printed}");
    let written = fs::read_to_string(&out).unwrap();
    let rows: Vec<&str> = written.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        rows,
        [
            "customer,name,entered,left",
            "A1,A1,2025-03-02T01:00:00.000Z,2025-03-03T01:00:00.000Z",
            "A1,A1,2025-03-04T00:00:00.000Z,2025-03-05T00:00:00.000Z",
            "B2,B2,2025-02-28T15:00:00.000Z,2025-03-01T15:00:00.000Z",
        ]
    );
    let draft = firm.file("draft.json", r#"{"event":"login","last":"2d"}"#);
    let told = firm.json(&[&["backtest", "--condition", &draft], &days[..]].concat());
    assert_eq!((&told["entered_total"], &told["left_total"]), (&2.into(), &1.into()), "{told}");
    firm.segments("2d");
    let told = firm.json(&[&["backtest", "fresh", "--of-version", "1"], &days[..]].concat());
    assert_eq!(told["left_total"], 3, "by the version before: {told}");
    let bad = run(&[
        "backtest",
        "fresh",
        "--from",
        "March",
        "--to",
        "2025-03-05",
        "--data",
        &firm.data(),
    ]);
    assert!(text(&bad.stderr).contains("`March` is no day"), "{}", text(&bad.stderr));
}

#[test]
fn a_file_and_two_versions_say_who_comes_and_goes() {
    let firm = Firm::new();
    let file = firm.file("wide.yaml", &segments("3650d"));
    let printed = firm.good(&["segments", "--diff", &file]);
    assert_eq!(
        printed,
        "changed  fresh: 0 → 2\n    +2  A1 A1, B2 B2\nfollows  quiet: 2 → 0\n    -2  A1 A1, B2 B2\n"
    );
    assert_eq!(firm.json(&["segments"])["segments"][0]["count"], 0, "a look changes nothing");
    firm.segments("3650d");
    let versions = firm.json(&["versions", "fresh"]);
    assert_eq!(versions["versions"][0]["version"], 2);
    assert_eq!(
        firm.good(&["versions", "fresh", "--compare", "2", "1"]),
        "2 → 0\n    -2  A1 A1, B2 B2\n"
    );
    let printed = firm.good(&["versions", "fresh"]);
    assert!(printed.starts_with("*   2"), "{printed}");
}

#[test]
fn overlap_flows_and_reasons_are_printed() {
    let firm = Firm::new();
    firm.segments("3650d");
    let also = firm.file(
        "also.yaml",
        "segments:\n  - id: also\n    condition: { event: login, count: { at_least: 2 } }\n",
    );
    firm.good(&["segments", "--add", &also]);
    let printed = firm.good(&["overlap"]);
    assert_eq!(printed, "         1   50 %  also  lies inside  fresh\n");
    assert_eq!(firm.good(&["overlap", "quiet"]), "");
    let unknown = run(&["overlap", "nowhere", "--data", &firm.data()]);
    assert!(text(&unknown.stderr).contains("there is no segment `nowhere`"));
    let printed = firm.good(&["flows", "also", "fresh", "--from", "2025-03-03T00:00:00+09:00"]);
    assert_eq!(printed, "         1  fresh → also\n         1  fresh → fresh\n");
    let draft = firm.file("draft.yaml", "event: login\ncount: { at_least: 2 }\n");
    let why = firm.json(&["explain", "A1", "--condition", &draft]);
    assert_eq!(why["member"], true);
    let printed = firm.good(&["explain", "B2", "--condition", &draft]);
    assert!(printed.starts_with("B2 – this condition: is not in"), "{printed}");
}

#[test]
fn templates_and_the_schema_are_printed_without_a_folder() {
    let all = json(&["templates"]);
    let all = all["templates"].as_array().unwrap();
    assert!(41 <= all.len(), "{}", all.len());
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("mine.json");
    let chosen: Vec<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    fs::write(&file, good(&[&["templates"], &chosen[..]].concat())).unwrap();
    let checked = good(&["segments", "--check", path(&file)]);
    assert_eq!(checked, format!("{} segments, no faults\n", all.len()));
    let unknown = run(&["templates", "nothing-like-it"]);
    assert!(text(&unknown.stderr).contains("there is no template"));
    assert!(json(&["schema"])["$defs"]["condition"].is_object());
}

#[test]
fn changes_are_printed_onwards_and_go_on_from_a_number() {
    let firm = Firm::new();
    let all = firm.good(&["changes", "--json"]);
    let rows: Vec<serde_json::Value> =
        all.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2, "both are quiet: {all}");
    assert!(rows.iter().all(|row| row["segment"] == "quiet" && row["entered"] == true));
    let later = firm.good(&["changes", "--after", "1", "--json"]);
    assert_eq!(later.lines().count(), 1);
    let words = firm.good(&["changes", "--segment", "quiet"]);
    assert!(words.contains("entered") && words.contains("A1"), "{words}");
    assert_eq!(firm.good(&["changes", "--segment", "fresh"]), "");
    let unknown = run(&["changes", "--segment", "none", "--data", &firm.data()]);
    assert!(!unknown.status.success());
    assert!(!text(&unknown.stderr).is_empty());
}

#[test]
fn segments_are_reviewed_merged_and_written_out() {
    let firm = Firm::new();
    let reviewed = firm.json(&["segments", "--review", "fresh", "--next", "2999-01-31"]);
    assert_eq!(reviewed["review_on"], "2999-01-31");
    let written = firm.good(&["segments", "--export"]);
    assert!(written.contains("review_on: \"2999-01-31\""), "{written}");
    let taken = firm.file("out.yaml", &written);
    assert!(firm.good(&["segments", "--diff", &taken]).trim().is_empty(), "it says what is there");

    let exactly = firm.good(&["overlap", "fresh", "quiet", "--exactly"]);
    assert_eq!(exactly.trim(), "2  quiet", "nobody logged in lately");

    let all = firm.file("all.yaml", "segments: [{id: all, condition: {event: login}}]");
    firm.json(&["segments", "--add", &all]);
    let merged = firm.json(&["segments", "--merge", "fresh", "--into", "all"]);
    assert_eq!(merged["segments"][0]["id"], "quiet");
    let count = || {
        let list = firm.json(&["segments"]);
        let rows = list["segments"].as_array().unwrap().clone();
        rows.iter().find(|row| row["id"] == "quiet").unwrap()["count"].clone()
    };
    assert_eq!(count(), 0, "nobody is outside of all");
    let file = firm.file("merged.json", &merged.to_string());
    firm.good(&["segments", "--undo-merge", &file]);
    assert_eq!(count(), 2, "nobody logged in lately");
}
