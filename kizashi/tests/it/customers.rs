//! Many customers listed, changed and changed back from the command line.

use std::fs;

use serde_json::json;

use crate::run::{good, json as as_json, path, run, text};

#[test]
fn customers_are_chosen_counted_changed_written_out_and_changed_back() {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("firm");
    let list = room.path().join("customers.csv");
    let rows: String =
        (0..40).map(|n| format!("C-{n},会社{n},{},法人\n", ["佐藤", "鈴木"][n % 2])).collect();
    fs::write(&list, format!("顧客番号,会社名,担当者,法人個人\n{rows}")).unwrap();
    let with =
        |args: &[&str]| [&["--data", path(&folder), "--lang", "en"], args].concat().join("\n");
    let call = |args: &[&str]| {
        let all = with(args);
        good(&all.split('\n').collect::<Vec<_>>())
    };
    let refused = |args: &[&str]| {
        let all = with(args);
        let output = run(&all.split('\n').collect::<Vec<_>>());
        assert!(!output.status.success(), "{args:?} was taken");
        format!("{}{}", text(&output.stdout), text(&output.stderr))
    };
    let asked = |args: &[&str]| {
        let all = with(args);
        as_json(&all.split('\n').collect::<Vec<_>>())
    };
    call(&["import", path(&list)]);

    assert_eq!(asked(&["customers", "--rep", "佐藤"])["total"], 20);
    assert_eq!(call(&["customers", "--limit", "7"]).lines().count(), 7);
    // Nothing happens before --yes, and nobody is everybody by mistake.
    let first = refused(&["customers", "--rep", "佐藤", "--assign", "鈴木"]);
    assert!(first.contains("20 customers") && first.contains("--yes"), "{first}");
    assert!(refused(&["customers", "--tag", "x", "--yes"]).contains("--all"));
    refused(&["customers", "--all", "--tag", "x", "--untag", "y", "--yes"]);

    let moved = asked(&["customers", "--rep", "佐藤", "--assign", "鈴木", "--yes"]);
    assert_eq!((&moved["state"], &moved["changed"]), (&json!("done"), &json!(20)));
    assert_eq!(asked(&["customers", "--rep", "鈴木"])["total"], 40);
    let said = call(&["customers", "C-1", "C-2", "--tag", "重点", "--yes"]);
    assert!(said.contains("2 of 2 customers changed"), "{said}");
    let edits = asked(&["customers", "--edits"]);
    assert_eq!(edits["edits"].as_array().unwrap().len(), 2);
    let back = asked(&["customers", "--undo", moved["id"].as_str().unwrap()]);
    assert_eq!((&back["state"], &back["changed"]), (&json!("undone"), &json!(20)));
    assert_eq!(asked(&["customers", "--rep", "鈴木"])["total"], 20);

    let file = room.path().join("out.csv");
    call(&["customers", "--rep", "鈴木", "--csv", path(&file)]);
    let csv = fs::read_to_string(&file).unwrap();
    assert_eq!(csv.lines().count(), 21);
    assert!(csv.contains("C-1,会社1"), "{csv}");
    let told = "organisation=会社グループ";
    call(&["customers", "C-1", "C-2", "--set", told, "--yes"]);
    let firm = asked(&["organisation", "C-2"]);
    assert_eq!((&firm["firm"]["records"], &firm["site"]), (&json!(2), &json!("S1")), "{firm}");
    let said = call(&["organisation", "C-2"]);
    assert!(said.contains("C-1\t会社1") && said.contains("the organisation was entered"), "{said}");
    assert!(refused(&["customers", "C-404", "--tag", "x", "--yes"]).contains("C-404"));
}
