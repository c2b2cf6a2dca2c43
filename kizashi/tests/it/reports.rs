//! Daily reports from the command line: imported, written, listed, counted, and read again by a changed dictionary.

use std::fs;

use crate::run::{good, json, path, run, text};

const CUSTOMERS: &str = "顧客番号,会社名,営業担当\nC-1,青空商事㈱,佐藤\nC-2,株式会社ひかり,鈴木\n";
const REPORTS: &str = "顧客番号,報告日時,営業担当,報告内容,顧客の課題\n\
    C-1,2026-11-01 17:00,佐藤,競合のA社から提案を受けているとのこと,人手不足\n\
    C-2,2026-11-02 17:00,鈴木,スマートクラウドの話が出た,費用\n\
    C-2,2026-11-03 17:00,鈴木,競合の話は出ていない,費用\n";

#[test]
fn reports_are_imported_written_listed_and_read_again() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("firm");
    let of = |name: &str, text: &str| {
        let file = room.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let (customers, reports) = (of("customers.csv", CUSTOMERS), of("reports.csv", REPORTS));
    let data = ["--data", path(&folder)];
    let with = |args: &[&str]| {
        [&data[..], args].concat().iter().map(|one| (*one).to_owned()).collect::<Vec<_>>()
    };
    let good = |args: &[&str]| {
        let all = with(args);
        good(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let json = |args: &[&str]| {
        let all = with(args);
        json(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    good(&["import", path(&customers), path(&reports)]);
    assert_eq!(json(&["reports"])["total"], 3);
    assert_eq!(
        json(&["reports", "--topic", "competitor"])["total"],
        1,
        "what is denied does not count"
    );
    let said = good(&["reports", "--customer", "C-1"]);
    assert!(said.contains("【") && said.contains("青空商事"), "{said}");

    let written =
        json(&["report", "C-2", "--text", "競合他社の提案が良いとのこと", "--hunch", "at-risk"]);
    assert_eq!(json(&["reports", "--topic", "competitor"])["total"], 2);
    good(&["report", "--undo", &written["batch"].to_string()]);
    assert_eq!(json(&["reports", "--topic", "competitor"])["total"], 1);

    let shown = json(&["dictionary", "--topic", "competitor", "--term", "スマートクラウド"]);
    assert_eq!((&shown["version"], &shown["texts"]), (&1.into(), &3.into()));
    assert_eq!(json(&["reports", "--topic", "competitor"])["total"], 2);
    let table = json(&[
        "mentions",
        "--by",
        "term",
        "--topic",
        "competitor",
        "--from",
        "2026-11-01",
        "--to",
        "2026-11-30",
    ]);
    let names: Vec<&str> =
        table["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"スマートクラウド"), "{names:?}");

    // The dictionary goes out, is changed by hand, and comes back; a wrong example keeps it out.
    let print = good(&["dictionary", "--print"]);
    let mut draft: serde_json::Value = serde_json::from_str(&print).unwrap();
    draft["topics"][0]["rules"][0]["no"] =
        serde_json::json!(["競合のA社から提案を受けているとのこと"]);
    let wrong = of("wrong.json", &draft.to_string());
    let all = with(&["dictionary", "--save", path(&wrong)]);
    let refused = run(&all.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(!refused.status.success());
    assert!(text(&refused.stderr).contains("topics/"), "{}", text(&refused.stderr));
    let kept = of("kept.json", &print);
    assert_eq!(json(&["dictionary", "--save", path(&kept)])["version"], 2);
    assert_eq!(json(&["reports", "--topic", "competitor"])["total"], 2);
}
