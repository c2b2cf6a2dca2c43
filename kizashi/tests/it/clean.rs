//! `kizashi clean`: any table in, a normalised copy and a report out.

use std::{io::Write, process::Stdio};

use crate::run::{good, kizashi, path, text};

const LIST: &str =
    "会社名,電話番号,契約日\n㈱山田,9012345678,R7.4.1\n=cmd|'/c',9.01E+09,2025/4/2\n";

#[test]
fn a_list_becomes_a_copy_and_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    std::fs::write(&list, encoding_rs::SHIFT_JIS.encode(LIST).0).unwrap();
    let copy = folder.path().join("copy.csv");
    let report = good(&["clean", path(&list), "--out", path(&copy), "--report", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!((&report["encoding"], &report["rows"]), (&"CP932".into(), &2.into()));
    assert_eq!(report["columns"][0]["examples"][0]["parts"]["core"], "山田");
    let problem = &report["problems"][0];
    assert_eq!((&problem["row"], &problem["column"]), (&3.into(), &"電話番号".into()));
    let copied = std::fs::read_to_string(&copy).unwrap();
    assert!(copied.starts_with('\u{feff}'), "Excel knows UTF-8 by its mark");
    assert!(copied.contains("株式会社山田"), "{copied}");
    assert!(copied.contains("\n'=cmd|'/c',"), "runs nothing: {copied}");
    good(&["clean", path(&list), "--out", path(&copy)]);
    assert_eq!(std::fs::read_to_string(&copy).unwrap(), copied, "the same again");
}

#[test]
fn workbooks_other_encodings_and_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    std::fs::write(&list, LIST).unwrap();
    let book = folder.path().join("copy.xlsx");
    let said = good(&["clean", path(&list), "--out", path(&book), "--lang", "ja"]);
    assert!(said.contains("2 行を読み"), "{said}");
    let again = good(&["clean", path(&book), "--report", "json"]);
    assert!(again.contains("株式会社山田"), "{again}");
    let mut child = kizashi()
        .args(["clean", "-", "--out-encoding", "cp932"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all("no,名前\n1,㈱髙橋😀〜\n".as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let (copied, _, lost) = encoding_rs::SHIFT_JIS.decode(&output.stdout);
    assert!(!lost && copied.contains("株式会社髙橋〓～"), "{copied}");
    assert!(text(&output.stderr).contains('😀'), "{}", text(&output.stderr));
}

#[test]
fn what_is_no_table_is_said_to_be_none_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (picture, out) = (folder.path().join("a.png"), folder.path().join("out.csv"));
    std::fs::write(&picture, b"\x89PNG\r\n\x1a\n").unwrap();
    let output = kizashi().args(["clean", path(&picture), "--out", path(&out)]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no table"), "{}", text(&output.stderr));
    assert!(!out.exists());
}
