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
    assert_eq!(json(&["reports", "--words", "Ａ社 提案"])["total"], 1);
    assert_eq!(json(&["reports", "--words", "提案 ない言葉"])["total"], 0);
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

#[test]
fn the_same_customer_is_found_made_one_and_parted() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("firm");
    let mut text = "顧客番号,会社名,電話番号,住所\nC-1,株式会社青空商事,03-1234-5678,東京都渋谷区神宮前1-2-3\n\
                    C-2,㈱青空商事,0312345678,東京都渋谷区神宮前１丁目２番３号\n"
        .to_owned();
    for n in 0..40 {
        let name = ["山川工業", "林田産業", "森村製作", "石井商会"][n % 4];
        text += &format!(
            "D-{n},株式会社{name}{n},06-{:04}-{:04},大阪府大阪市北区梅田{}-{n}\n",
            n * 7 + 11,
            n * 13 + 5,
            n + 1
        );
    }
    let file = room.path().join("customers.csv");
    fs::write(&file, text).unwrap();
    let data = ["--data", path(&folder)];
    good(&[&data[..], &["import", path(&file)]].concat());
    let found = json(&[&data[..], &["pairs", "--find", "--ask", "--explain"]].concat());
    let rows = found["rows"].as_array().unwrap();
    assert_eq!(
        (&rows[0]["a"]["key"], &rows[0]["b"]["key"]),
        (&"C-1".into(), &"C-2".into()),
        "{found}"
    );
    let kept = json(&[&data[..], &["pairs", "--same", "C-2", "C-1"]].concat());
    assert_eq!(kept[0]["one"], serde_json::json!(["C-1", "C-2"]));
    assert_eq!(json(&[&data[..], &["inventory"]].concat())["customers"], 41);
    assert_eq!(json(&[&data[..], &["pairs", "--show", "same"]].concat())["total"], 1);
    good(&[&data[..], &["pairs", "--part", "C-1", "C-2"]].concat());
    assert_eq!(json(&[&data[..], &["inventory"]].concat())["customers"], 42);
}
