//! A firm's folder from the terminal: import, undo, explain, rebuild, doctor; and kill -9 in the middle of it all.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use crate::run::{Running, good, json, kizashi, path, run, text};

fn customers_in_cp932(file: &Path) {
    let (bytes, _, lost) = encoding_rs::SHIFT_JIS.encode(
        "顧客番号,会社名,業種,営業担当\r\nA1,㈱青山商店,小売,佐藤\r\nB2,髙橋製作所,製造,鈴木\r\n",
    );
    assert!(!lost);
    fs::write(file, bytes).unwrap();
}

#[test]
fn a_file_goes_in_is_explained_and_is_taken_back() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("firm");
    let data = ["--data", path(&folder)];
    let file = work.path().join("顧客一覧.csv");
    customers_in_cp932(&file);
    let import = json(&[&["import", path(&file)], &data[..]].concat());
    assert_eq!(import["imports"][0]["counts"]["new"], 2, "{import}");
    assert_eq!(import["imports"][0]["format"]["encoding"], "cp932");
    let again = json(&[&["import", path(&file)], &data[..]].concat());
    assert_eq!(
        again["imports"][0]["counts"]["unchanged"], 2,
        "the same file again changes nothing: {again}"
    );
    let segments = work.path().join("s.yaml");
    fs::write(
        &segments,
        "segments:\n  - id: makers\n    condition: { attribute: industry, is: 製造 }\n",
    )
    .unwrap();
    let list = json(&[&["segments", "--add", path(&segments)], &data[..]].concat());
    assert_eq!(list["segments"][0]["count"], 1, "{list}");
    let why = json(&[&["explain", "B2", "makers"], &data[..]].concat());
    assert_eq!(why["member"], true);
    let why_not = good(&[&["--lang", "ja", "explain", "A1", "makers"], &data[..]].concat());
    assert!(why_not.contains("入っていません") && why_not.contains("小売"), "{why_not}");
    let undo = |import: &serde_json::Value| {
        good(&[&["undo", &import["imports"][0]["id"].to_string()], &data[..]].concat())
    };
    undo(&import);
    let list = json(&[&["segments"], &data[..]].concat());
    assert_eq!(list["segments"][0]["count"], 1, "the second file still says so");
    undo(&again);
    let list = json(&[&["segments"], &data[..]].concat());
    assert_eq!(list["segments"][0]["count"], 0);
    assert!(good(&[&["doctor"], &data[..]].concat()).contains("nothing is wrong"));
}

#[test]
fn derived_state_comes_back_identical() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("firm");
    let file = work.path().join("customers.csv");
    customers_in_cp932(&file);
    let data = ["--data", path(&folder)];
    json(&[&["import", path(&file)], &data[..]].concat());
    let before = json(&[&["rebuild"], &data[..]].concat());
    fs::remove_dir_all(folder.join("derived")).unwrap();
    let after = json(&[&["rebuild"], &data[..]].concat());
    assert_eq!(before, after);
    assert_eq!(after["customers"], 2);
}

#[test]
fn nothing_is_half_imported_after_a_kill() {
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("events.csv");
    const ROWS: usize = 60_000;
    let rows: String =
        (0..ROWS).map(|n| format!("C{},login,2026-11-01T00:00:00Z,e{n}\n", n % 500)).collect();
    fs::write(&file, format!("customer_id,event,time,event_id\n{rows}")).unwrap();
    let mut outcomes = std::collections::BTreeSet::new();
    for attempt in 0..8_u64 {
        let folder = work.path().join(format!("firm{attempt}"));
        let mut child = kizashi()
            .args(["import", path(&file), "--data", path(&folder)])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(150 + 350 * attempt));
        // kill -9: the process gets no chance to tidy up.
        let _ = child.kill();
        child.wait().unwrap();
        if !folder.join("facts").is_dir() {
            continue;
        }
        let state = json(&["rebuild", "--data", path(&folder)]);
        let events = state["events"].as_u64().unwrap();
        assert!(events == 0 || events == ROWS as u64, "half imported: {events}");
        outcomes.insert(events);
        assert!(good(&["doctor", "--data", path(&folder)]).contains("nothing is wrong"));
    }
    assert!(!outcomes.is_empty(), "no kill came late enough to prove anything");
}

#[test]
fn wrong_words_are_answered_with_what_to_do() {
    let work = tempfile::tempdir().unwrap();
    let nowhere = work.path().join("nowhere");
    let output = run(&["doctor", "--data", path(&nowhere)]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("name one with `--data`"));
    assert!(!nowhere.exists(), "looking at a folder never makes one");
    let output = run(&["import", path(&nowhere), "--data", path(&nowhere)]);
    assert!(!output.status.success());
    assert!(!nowhere.exists());
    let empty = work.path().join("empty.csv");
    fs::write(&empty, "").unwrap();
    let output = run(&["import", path(&empty), "--data", path(&work.path().join("firm"))]);
    let said = text(&output.stderr);
    assert!(
        !output.status.success() && said.contains("empty.csv:"),
        "the file is named with what is wrong: {said}"
    );
}

/// How many events there are in a folder that nobody serves, and whether the one customer was erased.
fn facts_of(folder: &Path) -> (u64, bool) {
    let store = store::Store::open(folder, store::Options::default(), &store::Watch::NONE).unwrap();
    let gone = facts::CustomerKey::new("GONE").unwrap();
    (store.events_n(), store.is_erased(&gone))
}

#[test]
fn erasing_that_is_killed_happened_or_did_not() {
    const ROWS: u64 = 40_000;
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("events.csv");
    let row = |n: u64| {
        let customer =
            if n.is_multiple_of(10) { "GONE".to_owned() } else { format!("C{}", n % 500) };
        format!("{customer},login,2026-11-01T00:00:00Z,e{n}\n")
    };
    let rows: String = (0..ROWS).map(row).collect();
    fs::write(&file, format!("customer_id,event,time,event_id\n{rows}")).unwrap();
    let firm = work.path().join("firm");
    json(&["import", path(&file), "--data", path(&firm)]);
    let refused = run(&["erase", "GONE", "--data", path(&firm)]);
    assert!(!refused.status.success() && text(&refused.stderr).contains("--yes"));
    assert_eq!(facts_of(&firm), (ROWS, false));
    let (mut begun, mut kills) = (0, 0);
    loop {
        let folder = work.path().join(format!("firm{kills}"));
        assert!(
            Command::new("cp").args(["-r", path(&firm), path(&folder)]).status().unwrap().success()
        );
        let server = Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", path(&folder)]);
        let token = fs::read_to_string(folder.join("server.json")).unwrap();
        let token: serde_json::Value = serde_json::from_str(&token).unwrap();
        let url = format!("{}/api/v1/customers/GONE", server.url);
        let key = format!("Bearer {}", token["token"].as_str().unwrap());
        let asked = std::thread::spawn(move || {
            let agent: ureq::Agent = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .proxy(None)
                .build()
                .into();
            agent
                .delete(url)
                .header("Authorization", key)
                .call()
                .is_ok_and(|reply| reply.status() == 200)
        });
        std::thread::sleep(Duration::from_millis(2 + 7 * kills));
        // kill -9, in the middle of it all.
        drop(server);
        let answered = asked.join().unwrap();
        let (events, erased) = facts_of(&folder);
        assert_eq!(events, if erased { ROWS - ROWS / 10 } else { ROWS });
        assert!(erased || !answered, "what was answered is done");
        assert!(good(&["doctor", "--data", path(&folder)]).contains("nothing is wrong"));
        begun += u32::from(erased && !answered);
        kills += 1;
        if answered || 40 < kills {
            break;
        }
        fs::remove_dir_all(&folder).unwrap();
    }
    assert!(3 < kills, "the kills came too late: {kills}, {begun}");
}
