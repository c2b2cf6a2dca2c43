//! Topics of plain reports, through the real binary.

use std::{io::Write, process::Stdio};

use crate::run::{good, kizashi, text};

/// Runs `kizashi topics` over some lines; the exit, and what was printed to both.
fn topics(args: &[&str], lines: &[u8]) -> (bool, String, String) {
    let mut command = kizashi();
    command.arg("topics").args(args);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // What refuses its input may have gone before all of it was written.
    let _ = child.stdin.take().unwrap().write_all(lines);
    let output = child.wait_with_output().unwrap();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

const REPORTS: &str = "他社の提案も見ているが、解約の話は出ていない。\n\n挨拶のみ。\n価格の件で値下げを求められた。担当の方は来月異動。\n";

#[test]
fn each_line_comes_back_with_its_topics_and_their_places() {
    let (is_good, out, err) = topics(&[], REPORTS.as_bytes());
    assert!(is_good, "{err}");
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), 4, "{out}");
    assert!(lines.iter().all(|line| line.len() == 3), "{out}");
    assert_eq!(lines[0][1..], ["competitor", "competitor:0-2:他社"]);
    assert_eq!(lines[1], ["", "", ""]);
    assert_eq!(lines[2], ["挨拶のみ。", "", ""]);
    assert_eq!(lines[3][1], "budget_cut,person_change");
    assert!(lines[3][2].contains("budget_cut:5-8:値下げ"), "{out}");
}

#[test]
fn why_is_said_in_both_languages_and_as_json() {
    let (_, english, _) = topics(&["--explain"], REPORTS.as_bytes());
    assert!(
        english.contains("\"解約\" — denied") && english.contains("does not count"),
        "{english}"
    );
    let (_, japanese, _) = topics(&["--explain", "--lang", "ja"], REPORTS.as_bytes());
    assert!(japanese.contains("「解約」 — 打ち消されている"), "{japanese}");
    let (_, out, _) = topics(&["--json", "--explain"], REPORTS.as_bytes());
    let rows: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0]["spans"][0]["quote"], "他社");
    assert_eq!(rows[0]["spans"][0]["end"], 2);
    assert!(rows[0]["reasons"].as_array().unwrap().len() >= 2);
}

#[test]
fn remarks_come_when_all_is_asked_for() {
    let line = "契約更新に前向き。\n".as_bytes();
    assert!(topics(&[], line).1.ends_with("\t\t\n"));
    assert!(topics(&["--all"], line).1.contains("\trenewal\t"));
}

#[test]
fn a_dictionary_of_ones_own_is_tried_before_it_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.yaml");
    let path = file.to_str().unwrap();
    let mine = "version: 3\nmodifiers: { negation: [ない] }\ntopics:\n  - id: parking\n    name: { ja: 駐車場, en: Parking }\n    rules:\n      - id: word\n        find: [駐車場]\n        yes: [駐車場が狭いとのこと。]\n        no: [駐車場はない。]\n";
    std::fs::write(&file, mine).unwrap();
    let (is_good, out, err) = topics(&["--dictionary", path], "駐車場を探している。\n".as_bytes());
    assert!(is_good && out.contains("\tparking\tparking:0-3:駐車場"), "{out}{err}");

    std::fs::write(&file, mine.replace("駐車場はない。", "駐車場が広い。")).unwrap();
    let (is_good, _, err) = topics(&["--dictionary", path], b"");
    assert!(
        !is_good && err.contains("topics/parking/word") && err.contains("駐車場が広い。"),
        "{err}"
    );

    std::fs::write(&file, mine.replace("[駐車場]", "[\"@nothing\"]")).unwrap();
    let (is_good, _, err) = topics(&["--dictionary", path], b"");
    assert!(
        !is_good && err.contains("topics/parking/word/find/0") && err.contains("@nothing"),
        "{err}"
    );

    std::fs::write(&file, "topics: 5").unwrap();
    let (is_good, _, err) = topics(&["--dictionary", path], b"");
    assert!(!is_good && err.contains("cannot be read"), "{err}");
}

#[test]
fn the_printed_dictionary_can_be_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("built-in.yaml");
    std::fs::write(&file, good(&["topics", "--print"])).unwrap();
    let (is_good, out, err) = topics(&["--dictionary", file.to_str().unwrap()], REPORTS.as_bytes());
    assert!(is_good, "{err}");
    assert_eq!(out, topics(&[], REPORTS.as_bytes()).1);
}

#[test]
fn bad_input_is_named_by_its_line() {
    let (is_good, out, err) = topics(&[], b"fine\n\x93\xfa\x95\xf1\n");
    assert!(!is_good && err.contains("line 2 is not UTF-8"), "{err}");
    assert!(out.starts_with("fine\t"), "what came before is printed: {out}");
    let (is_good, _, err) = topics(&[], &vec![b'a'; 2 << 20]);
    assert!(!is_good && err.contains("line 1 is longer"), "{err}");
    let (is_good, _, err) = topics(&["nowhere.txt"], b"");
    assert!(!is_good && err.contains("nowhere.txt"), "{err}");
}
