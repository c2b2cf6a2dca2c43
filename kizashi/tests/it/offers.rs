//! Offers from the terminal: taken in from a file, ranked, explained, and needs recorded.

use std::fs;

use crate::run::{good, json, path, run, text};

const OFFERS: &str = "needs:
  - id: visitors
    name: {ja: 来客の手間, en: Work with visitors}
offers:
  - id: gate
    name: {ja: ゲート, en: Gate}
    amount: {from: 300000}
    needs: [{need: visitors, weight: 40}]
    criteria:
      - {id: budget, name: {ja: 予算, en: Budget}, weight: 60, pair: {attribute: budget, trait: amount}}
    variants:
      - {id: small, name: {ja: 小型, en: Small}, amount: {from: 100000}}
";

#[test]
fn offers_are_ranked_explained_and_needs_recorded() {
    let work = tempfile::tempdir().unwrap();
    let (list, file) = (work.path().join("customers.csv"), work.path().join("offers.yaml"));
    fs::write(
        &list,
        "customer_id,name,budget\nA1,青空商事,500000\nB2,ひかり物産,150000\nC3,みどり堂,\n",
    )
    .unwrap();
    fs::write(&file, OFFERS).unwrap();
    let data = path(&work.path().join("firm")).to_owned();
    let of = |args: &[&str]| json(&[args, &["--data", &data]].concat());
    of(&["import", path(&list)]);
    assert_eq!(of(&["offer", "add", path(&file)])["added"], 2);
    assert_eq!(of(&["offer", "add", path(&file)])["unchanged"], 2);
    let told = of(&["offer", "customers", "gate"]);
    let rows = told["rows"].as_array().unwrap();
    let found: Vec<(&str, u64, u64)> = rows
        .iter()
        .map(|row| {
            let number = |key: &str| row[key].as_u64().unwrap();
            (row["key"].as_str().unwrap(), number("level"), number("at_most"))
        })
        .collect();
    assert_eq!(found, [("A1", 60, 100), ("C3", 0, 100), ("B2", 0, 40)]);
    let one = of(&["offer", "match", "gate", "B2"]);
    assert_eq!(one["better"], "small");
    of(&["offer", "need", "B2", "visitors", "stated", "--note", "said so"]);
    assert_eq!(of(&["offer", "match", "gate", "B2"])["level"], 40);
    assert_eq!(of(&["offer", "need", "B2"])["needs"][0]["note"], "said so");
    let said = good(&["offer", "of", "B2", "--data", &data, "--lang", "ja"]);
    assert!(said.contains("ゲート") && said.contains("顕在"), "{said}");
    // What is printed can be taken in again.
    let printed = work.path().join("again.json");
    fs::write(&printed, good(&["offer", "print", "--data", &data])).unwrap();
    assert_eq!(of(&["offer", "add", path(&printed)])["unchanged"], 2);
    assert_eq!(of(&["offer", "off", "gate"])["state"], "off");
    assert_eq!(of(&["offer", "on", "gate"])["state"], "in_force");
    fs::write(&file, OFFERS.replace("weight: 60", "weight: 0")).unwrap();
    let faulty = run(&["offer", "add", path(&file), "--data", &data]);
    assert!(!faulty.status.success());
    assert!(
        text(&faulty.stderr).contains("/offers/0/criteria/0/weight"),
        "{}",
        text(&faulty.stderr)
    );
}
