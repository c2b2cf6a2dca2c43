//! Signs from the terminal: tried on plain files and on a folder, with the same answer.

use std::fs;

use crate::run::{good, json, path, run, text};

/// Ten customers who searched for leaving and left, two who did and stayed, thirty who log in.
fn told(folder: &std::path::Path) -> String {
    let mut file = String::from("customer_id,time,event,page_type\n");
    for n in 0..42 {
        file += &format!("C-{n:02},2026-01-05T10:00:00+09:00,login,\n");
        if n < 12 {
            file += &format!("C-{n:02},2026-06-01T10:00:00+09:00,page_viewed,cancel\n");
        }
        if n < 10 {
            file += &format!("C-{n:02},2026-06-20T10:00:00+09:00,cancelled,\n");
        }
    }
    let events = folder.join("events.csv");
    fs::write(&events, file).unwrap();
    path(&events).to_owned()
}

const SIGNS: &str = "signs:
  - id: looks-away
    kind: churn
    name: {ja: 解約を調べた, en: Looked away}
    explanation: {ja: '', en: ''}
    next_action: {ja: '', en: ''}
    script: {ja: '', en: ''}
    horizon_days: 30
    threshold: 50
    parts:
      - weight: 60
        condition: {event: page_viewed, where: [{property: page_type, is: cancel}], last: 30d}
";

#[test]
fn a_sign_is_tried_on_plain_files() {
    let work = tempfile::tempdir().unwrap();
    let events = told(work.path());
    let signs = work.path().join("signs.yaml");
    fs::write(&signs, SIGNS).unwrap();
    let files = ["sign", "backtest", "--all", "--events", &events, "--signs", path(&signs)];
    let at = ["--at", "2026-11-01T00:00:00+09:00"];
    let told = json(&[&files[..], &at].concat());
    let one = &told["signs"][0];
    assert_eq!((&one["sign"], &one["verdict"]), (&"looks-away".into(), &"foretells".into()));
    assert_eq!((&one["right"]["hits"], &one["right"]["of"]), (&10.into(), &12.into()));
    assert_eq!((&one["caught"]["hits"], &one["caught"]["of"]), (&10.into(), &10.into()));
    let said = text(&run(&[&files[..], &at, &["--lang", "ja"]].concat()).stdout).to_owned();
    assert!(said.contains("12 回出たうち 10 回"), "{said}");
    let unknown = run(&["sign", "backtest", "nothing", "--events", &events]);
    assert!(!unknown.status.success() && text(&unknown.stderr).contains("`nothing`"));
    fs::write(&signs, SIGNS.replace("event: page_viewed", "evnt: page_viewed")).unwrap();
    let faulty = run(&[&files[..], &at].concat());
    assert!(!faulty.status.success());
    assert!(
        text(&faulty.stderr).contains("looks-away /parts/0/condition"),
        "{}",
        text(&faulty.stderr)
    );
}

#[test]
fn a_folder_and_its_files_say_the_same() {
    let work = tempfile::tempdir().unwrap();
    let events = told(work.path());
    let data = path(&work.path().join("firm")).to_owned();
    json(&["import", &events, "--data", &data]);
    let of_folder = json(&["sign", "backtest", "churn", "--data", &data]);
    let of_files = json(&["sign", "backtest", "churn", "--events", &events]);
    for key in ["verdict", "right", "base", "caught", "bands", "leads", "sentence"] {
        assert_eq!(of_folder["signs"][0][key], of_files["signs"][0][key], "{key}");
    }
    assert_eq!(of_files["signs"][0]["base"]["customers"], 42);
    assert!(good(&["sign", "backtest", "--all", "--data", &data]).contains("churn"));
}

#[test]
fn signs_are_printed_edited_taken_in_and_switched() {
    let work = tempfile::tempdir().unwrap();
    let data = path(&work.path().join("firm")).to_owned();
    json(&["import", &told(work.path()), "--data", &data]);
    let printed = good(&["sign", "print", "gone_silent", "--data", &data]);
    let file = work.path().join("signs.json");
    fs::write(&file, printed.replace("\"threshold\": 60", "\"threshold\": 50")).unwrap();
    let taken = json(&["sign", "add", path(&file), "--data", &data]);
    assert_eq!((&taken["changed"], &taken["added"]), (&1.into(), &0.into()));
    let on = json(&["sign", "on", "gone_silent", "--data", &data]);
    assert_eq!((&on["state"], &on["threshold"]), (&"in_force".into(), &50.into()));
    let off = json(&["sign", "off", "gone_silent", "--data", &data]);
    assert_eq!(off["state"], "off");
    assert_eq!(json(&["sign", "on", "gone_silent", "--data", &data])["state"], "in_force");
    assert!(good(&["signs", "--lang", "ja", "--data", &data]).contains("下書き"));
    assert!(!run(&["sign", "on", "nothing", "--data", &data]).status.success());
}

#[test]
fn what_foretells_is_mined_and_its_drafts_are_taken_in() {
    let work = tempfile::tempdir().unwrap();
    let data = path(&work.path().join("firm")).to_owned();
    json(&["import", &told(work.path()), "--data", &data]);
    // Twelve customers on one day are too little to find anything that holds later too.
    let found = json(&["sign", "mine", "churn", "--data", &data]);
    assert_eq!(found["patterns"].as_array().map(Vec::len), Some(0));
    assert!(10 < found["searched"].as_u64().unwrap());
    let out = work.path().join("found.json");
    good(&["sign", "mine", "churn", "--out", path(&out), "--data", &data]);
    assert_eq!(json(&["sign", "add", path(&out), "--data", &data])["added"], 0);
    assert!(!run(&["sign", "mine", "wealth", "--data", &data]).status.success());
}
