//! Looking ahead from plain files: lifetime value and models, by the real binary.

use std::{fmt::Write, fs, path::PathBuf};

use crate::run::{good, json, kizashi, path, run, text};

/// The sample that the papers on CDNOW print: no header, columns set apart by blanks.
fn cdnow() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../domain/forecast/tests/it/cases/cdnow_sample.txt")
}

#[test]
fn cdnow_is_read_as_it_is_and_told_as_in_the_papers() {
    let work = tempfile::tempdir().unwrap();
    let out = work.path().join("value.csv");
    let told = json(&[
        "clv",
        path(&cdnow()),
        "--until",
        "1997-09-30",
        "--horizon",
        "39w",
        "--within",
        "8w",
        "--out",
        path(&out),
    ]);
    assert_eq!((told["customers"].as_u64(), told["rows"].as_u64()), (Some(2_357), Some(6_919)));
    let near = |pointer: &str, right: f64, within: f64| {
        let found = told.pointer(pointer).and_then(serde_json::Value::as_f64).unwrap();
        assert!((found - right).abs() <= within, "{pointer}: {found} is not {right}");
    };
    near("/models/bg_nbd/log_likelihood", -9582.4292, 1e-3);
    near("/models/mbg_nbd/log_likelihood", -9582.1357, 1e-3);
    near("/models/pareto_nbd/log_likelihood", -9594.9762, 1e-3);
    near("/models/gamma_gamma/log_likelihood", -4055.9177, 1e-3);
    near("/models/bg_nbd/expected", 1653.4, 0.1);
    near("/came/purchases", 1882.0, 0.0);
    let rows = fs::read_to_string(&out).unwrap();
    assert_eq!(rows.lines().count(), 2_358);
    let head: Vec<&str> =
        rows.trim_start_matches('\u{feff}').lines().next().unwrap().split(',').collect();
    let first: Vec<&str> = rows.lines().nth(1).unwrap().split(',').collect();
    let cell = |name: &str| first[head.iter().position(|known| *known == name).unwrap()];
    assert_eq!(cell("customer"), "0001");
    let number = |name: &str| cell(name).parse::<f64>().unwrap();
    assert!((number("mbg_any") - 0.238_818_991_925).abs() < 1e-4);
    assert!((number("pareto_expected") - 1.455_194_473_86).abs() < 1e-4);
    assert!((number("mean_amount") - 24.653_918_713_2).abs() < 1e-3);
}

#[test]
fn purchases_come_with_japanese_headers_in_cp932_and_in_excel() {
    let work = tempfile::tempdir().unwrap();
    let mut csv = String::from("注文番号,購入日,顧客番号,商品,数量,金額\r\n");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["order", "order date", "customer id", "qty", "unit price"]) {
        sheet.write(0, column, header).unwrap();
    }
    let (mut order, mut row) = (0, 1);
    for customer in 0..120_u32 {
        for time in 0..=(customer % 5) {
            order += 1;
            let day = 1 + (customer * 7 + time * 23) % 28;
            let month = 1 + time * 2;
            let amount = 1_000 + customer * 10 + time * 100;
            writeln!(csv, "{order},2026/{month}/{day},K{customer:04},品{time},1,\"{amount}\"\r")
                .unwrap();
            sheet.write(row, 0, order).unwrap();
            sheet.write(row, 1, format!("2026-{month:02}-{day:02}")).unwrap();
            sheet.write(row, 2, customer + 500).unwrap();
            sheet.write(row, 3, 2).unwrap();
            sheet.write(row, 4, f64::from(amount) / 2.0).unwrap();
            row += 1;
        }
    }
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(&csv);
    assert!(!lossy);
    let (text_file, book_file) = (work.path().join("購入.csv"), work.path().join("orders.xlsx"));
    fs::write(&text_file, &bytes).unwrap();
    book.save(&book_file).unwrap();
    let one = json(&["clv", path(&text_file), "--horizon", "12w"]);
    let two = json(&["clv", path(&book_file), "--horizon", "12w"]);
    assert_eq!(one["customers"], 120);
    assert_eq!(one["models"], two["models"]);
    assert_eq!(one["value"], two["value"]);
    let said = kizashi().args(["--lang", "ja", "clv", path(&text_file)]).output().unwrap();
    assert!(
        text(&said.stderr).contains("顧客 = 顧客番号、日付 = 購入日、金額 = 金額"),
        "{}",
        text(&said.stderr)
    );
}

#[test]
fn what_cannot_be_foretold_is_said() {
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("few.csv");
    fs::write(&file, "customer,date,amount\na,2026-01-01,5\nb,2026-01-02,6\n").unwrap();
    for (args, says) in [
        (vec!["clv", path(&file)], "too few to learn from"),
        (vec!["clv", path(&file), "--horizon", "soon"], "39w"),
        (vec!["clv", path(&file), "--until", "2025-01-01"], "2026-01-01"),
        (vec!["clv", path(&file), "--customer", "who"], "customer, date, amount"),
        (vec!["clv", "nowhere.csv"], "nowhere.csv"),
        (vec!["model", "train", path(&file), "--label", "amount"], "too few"),
        (vec!["model", "card", path(&file)], "saved model"),
    ] {
        let ended = run(&args);
        assert!(!ended.status.success(), "{args:?}");
        let said = text(&ended.stderr);
        assert!(said.contains(says), "{args:?}: {said}");
    }
}

/// A table in which the silent leave, with an id, a copy of the outcome, and holes.
fn table(n: u32) -> String {
    let mut rows = String::from("customer_id,month,fold,silent days,plan,memo_after,left\n");
    let mut state = 12_345_u64;
    let mut share = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1_u64 << 31) as f64
    };
    for number in 0..n {
        let (silent, plan) = (share() * 60.0, ["free", "paid"][(number % 2) as usize]);
        let left = share() < silent / 80.0;
        let memo = if left { "called off" } else { "" };
        let silent = if number % 11 == 0 { String::new() } else { format!("{silent:.1}") };
        let (month, fold) = (1 + number % 6, number % 5);
        writeln!(
            rows,
            "C{number},2026-0{month}-01,{fold},{silent},{plan},{memo},{}",
            if left { "はい" } else { "いいえ" }
        )
        .unwrap();
    }
    rows
}

#[test]
fn a_model_is_trained_kept_and_asked_again() {
    let work = tempfile::tempdir().unwrap();
    let place = |name: &str| work.path().join(name);
    let (file, out, kept, again) =
        (place("t.csv"), place("scores.csv"), place("left.model"), place("again.csv"));
    fs::write(&file, table(600)).unwrap();
    let told = json(&[
        "model",
        "train",
        path(&file),
        "--label",
        "left",
        "--folds",
        "fold",
        "--out",
        path(&out),
        "--save",
        path(&kept),
    ]);
    let card = &told["card"];
    assert_eq!(card["label"]["positive"], "はい");
    assert_eq!(card["winner"]["learner"], "Logistic");
    let left_out = card["left_out"].to_string();
    assert!(left_out.contains("customer_id") && left_out.contains("memo_after"), "{left_out}");
    let auc = card["outcomes"][0]["measures"]["auc"]["value"].as_f64().unwrap();
    assert!((0.65..0.95).contains(&auc), "{auc}");
    let scores = fs::read_to_string(&out).unwrap();
    assert_eq!(scores.lines().count(), 601);
    assert!(scores.lines().nth(1).unwrap().contains("yes,"));
    assert!(scores.contains("silent days = "), "{scores}");

    // The same rows by the saved model, and its card in Japanese.
    good(&["model", "score", path(&kept), path(&file), "--out", path(&again)]);
    assert_eq!(fs::read_to_string(&again).unwrap().lines().count(), 601);
    let card = kizashi().args(["--lang", "ja", "model", "card", path(&kept)]).output().unwrap();
    let card = text(&card.stdout);
    for word in ["選んだモデル: ロジスティック回帰", "漏れの疑い", "95 % 区間", "寄与"]
    {
        assert!(card.contains(word), "{word} is not in\n{card}");
    }
    // The same seed gives the same file, whatever the number of threads.
    let kept_again = place("left2.model");
    let train = ["model", "train", path(&file), "--label", "left", "--folds", "fold", "--save"];
    good(&[&train[..], &[path(&kept_again)]].concat());
    let model = |file: &PathBuf| {
        let kept: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        kept["model"].to_string()
    };
    assert_eq!(model(&kept), model(&kept_again));
}

#[test]
fn the_latest_rows_are_held_back_by_time() {
    let work = tempfile::tempdir().unwrap();
    let file = work.path().join("t.csv");
    fs::write(&file, table(900)).unwrap();
    let told = good(&["model", "train", path(&file), "--label", "left", "--time", "month"]);
    assert!(told.contains("tried on the rows with month from 2026-06-01 on"), "{told}");
    assert!(told.contains("winner: logistic regression"), "{told}");
    assert!(told.contains("leakage"), "{told}");
}

#[test]
fn those_like_a_list_are_named_with_their_reasons() {
    let work = tempfile::tempdir().unwrap();
    let place = |name: &str| work.path().join(name);
    let (customers, list, out) =
        (place("customers.csv"), place("list.csv"), place("prospects.csv"));
    let (mut rows, mut listed) = (String::from("顧客番号,業種,従業員数\n"), String::new());
    for number in 0..400_u32 {
        let of_kind = number % 4 == 0;
        let trade = if of_kind || number % 7 == 0 { "製造業" } else { "小売業" };
        let employees = if of_kind { 100 + number % 90 } else { 10 + number % 120 };
        writeln!(rows, "K{number:04},{trade},{employees}").unwrap();
        if of_kind && number % 8 == 0 {
            writeln!(listed, "K{number:04}").unwrap();
        }
    }
    fs::write(&customers, rows).unwrap();
    // A list without a header.
    fs::write(&list, listed).unwrap();
    let told = json(&["lookalike", path(&customers), path(&list), "--out", path(&out)]);
    assert_eq!((told["listed"].as_u64(), told["prospects"].as_u64()), (Some(50), Some(350)));
    let written = fs::read_to_string(&out).unwrap();
    let first: Vec<&str> = written.lines().skip(1).take(50).collect();
    let of_kind = |row: &&&str| {
        let number: u32 = row.split(',').nth(1).unwrap()[1..].parse().unwrap();
        number.is_multiple_of(4)
    };
    assert!(35 <= first.iter().filter(of_kind).count(), "{first:#?}");
    assert!(first[0].contains("製造業") && first[0].contains(",K0"), "{}", first[0]);

    fs::write(&list, "id\nZ1\nZ2\n").unwrap();
    let ended = run(&["lookalike", path(&customers), path(&list), "--out", path(&out)]);
    assert!(text(&ended.stderr).contains("--key"), "{}", text(&ended.stderr));
}

#[test]
fn what_is_about_to_run_out_is_listed() {
    let work = tempfile::tempdir().unwrap();
    let (file, out) = (work.path().join("orders.csv"), work.path().join("due.csv"));
    let mut rows = String::from("date,customer,product\n");
    for customer in 0..120_u32 {
        for product in 0..3_u32 {
            let gap = 5 + (customer * 7 + product * 11) % 40;
            let stops = if (customer + product) % 4 == 0 { 200 } else { 360 };
            for time in 0..(stops / gap) {
                let day = time * gap + (customer * 13 + time * 5) % 4;
                writeln!(
                    rows,
                    "2026-{:02}-{:02},C{customer},P{product}",
                    1 + day / 30 % 12,
                    1 + day % 28
                )
                .unwrap();
            }
        }
    }
    fs::write(&file, rows).unwrap();
    let told = json(&["replenish", path(&file), "--until", "2026-11-10", "--out", path(&out)]);
    assert!(100 < told["habits"].as_u64().unwrap(), "{told}");
    assert!(0.6 < told["checked"]["auc"].as_f64().unwrap(), "{told}");
    let written = fs::read_to_string(&out).unwrap();
    assert!(
        written
            .lines()
            .next()
            .unwrap()
            .ends_with("customer,product,times,last,due,rate_per_day,again")
    );
}
