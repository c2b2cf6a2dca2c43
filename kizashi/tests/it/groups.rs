//! Packs, tables and profiles from the terminal: what the page shows, over a folder and without a running server.

use std::fs;

use crate::run::{good, json, path, run};

#[test]
fn a_pack_a_table_and_a_profile() {
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("events.csv");
    fs::write(
        &file,
        "customer_id,event,time,amount\nA1,purchased,2025-03-02T10:00:00+09:00,500\n\
         A1,purchased,2025-03-04T09:00:00+09:00,700\nB2,login,2025-03-01T00:00:00+09:00,\n",
    )
    .unwrap();
    let data = path(&work.path().join("firm")).to_owned();
    let of = |args: &[&str]| json(&[args, &["--data", &data]].concat());
    of(&["import", path(&file)]);
    let came = of(&["packs", "salon", "--install"]);
    let n = came["added"].as_array().unwrap().len();
    assert!(17 < n, "{came}");
    let told = of(&[
        "crosstab",
        "--rows",
        "frequency:purchased:3660:1,2",
        "--show",
        "amount:purchased:amount:3660",
    ]);
    let cells = told["cells"].as_array().unwrap();
    let counts: Vec<u64> = cells.iter().map(|row| row[0]["count"].as_u64().unwrap()).collect();
    assert_eq!((counts, &cells[0][0]["value"]), (vec![1, 0, 1], &serde_json::json!("1200")));
    let said = good(&["crosstab", "--rows", "frequency:purchased:3660:1,2", "--data", &data]);
    assert!(said.contains("2 or more\t1"), "{said}");
    assert_eq!(of(&["profile", "stage-dormant"])["members"], 1);
    // Two customers teach nothing, and it is said.
    let little = run(&["model", "learn", "soon", "--happens", "purchased", "--data", &data]);
    assert!(!little.status.success());
    assert_eq!(of(&["model", "list"])["models"][0]["id"], "soon");
    let card = run(&["model", "card", "soon", "--json", "--data", &data]);
    assert!(String::from_utf8_lossy(&card.stdout).contains("\"horizon_days\""), "{card:?}");
    assert_eq!(of(&["packs", "salon", "--remove"])["removed"].as_array().unwrap().len(), n);
    let wrong = run(&["crosstab", "--rows", "colour:red", "--data", &data]);
    assert!(!wrong.status.success());
}
