//! Segments over plain files, without a server.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    time::Duration,
};

use arrow::{
    array::{ArrayRef, StringArray},
    datatypes::{DataType, Field, Schema},
    record_batch::RecordBatch,
};
use parquet::arrow::ArrowWriter;

use crate::run::{good, json, kizashi, path, run, text};

const SEGMENTS: &str = "
segments:
  - id: buyers
    name: { ja: 購入者, en: Buyers }
    condition: { event: purchased, last: 30d }
  - id: quiet
    condition: { not: { segment: buyers } }
  - id: big
    condition: { measure: sum, of: amount, event: purchased, is: { at_least: 1000 } }
";
const AT: &str = "2026-11-21T00:00:00+09:00";

/// Members as `segment customer` lines.
fn members(out: &Path) -> Vec<String> {
    let text = fs::read_to_string(out.join("members.csv")).unwrap();
    let rows = text.trim_start_matches('\u{feff}').lines().skip(1);
    let mut rows: Vec<String> =
        rows.map(|row| row.splitn(3, ',').take(2).collect::<Vec<_>>().join(" ")).collect();
    rows.sort();
    rows
}

fn expected() -> Vec<&'static str> {
    vec!["big A1", "buyers A1", "buyers B2", "quiet C3"]
}

#[test]
fn csv_files_go_in_and_members_come_out() {
    let work = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = work.path().join(name);
        fs::write(&path, content).unwrap();
        path
    };
    let customers =
        file("customers.csv", "customer_id,name\nA1,青山商店\nB2,別府物産\nC3,千歳工業\n");
    let events = file(
        "events.csv",
        "customer_id,event,time,amount\nA1,purchased,2026-11-01T10:00:00+09:00,700\n\
         A1,purchased,2026-11-02T10:00:00+09:00,300\nB2,purchased,2026-10-22T00:00:00.001+09:00,10\n\
         C3,purchased,2026-10-22T00:00:00+09:00,10\nC3,purchased,some day,10\n",
    );
    let segments = file("segments.yaml", SEGMENTS);
    let out = work.path().join("out");
    let args = [
        "evaluate",
        "--customers",
        path(&customers),
        "--events",
        path(&events),
        "--segments",
        path(&segments),
        "--at",
        AT,
        "--out",
        path(&out),
    ];
    let counts = json(&args);
    assert_eq!(members(&out), expected(), "what happened exactly 30 days ago is out");
    assert_eq!(counts["segments"][0]["count"], 2);
    assert_eq!(counts["customers"], 3);
    assert_eq!(counts["rejected_rows"], 1);
    let by_day: Vec<&str> =
        args.iter().map(|arg| if *arg == AT { "2026-11-21" } else { arg }).collect();
    assert_eq!(json(&by_day), counts, "a day is its first instant in the zone");
    let printed = run(&args);
    assert!(
        text(&printed.stderr).contains(":6 "),
        "the wrong row is named: {}",
        text(&printed.stderr)
    );
    assert!(text(&printed.stdout).contains("buyers"));
    assert_eq!(fs::read_dir(&out).unwrap().count(), 2, "nothing but the results is left");
}

#[test]
fn excel_and_parquet_say_the_same_as_csv() {
    let work = tempfile::tempdir().unwrap();
    let customers = work.path().join("customers.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, (key, name)) in
        [("顧客番号", "会社名"), ("A1", "青山商店"), ("B2", "別府物産"), ("C3", "千歳工業")]
            .iter()
            .enumerate()
    {
        sheet.write(row as u32, 0, *key).unwrap();
        sheet.write(row as u32, 1, *name).unwrap();
    }
    book.save(&customers).unwrap();
    let events = work.path().join("events.parquet");
    let column = |values: &[&str]| Arc::new(StringArray::from(values.to_vec())) as ArrayRef;
    let schema = Arc::new(Schema::new(
        ["customer_id", "event", "time", "amount"]
            .map(|name| Field::new(name, DataType::Utf8, true))
            .to_vec(),
    ));
    let columns = vec![
        column(&["A1", "A1", "B2"]),
        column(&["purchased"; 3]),
        column(&[
            "2026-11-01T10:00:00+09:00",
            "2026-11-02T10:00:00+09:00",
            "2026-11-03T10:00:00+09:00",
        ]),
        column(&["700", "300", "10"]),
    ];
    let mut writer =
        ArrowWriter::try_new(fs::File::create(&events).unwrap(), schema.clone(), None).unwrap();
    writer.write(&RecordBatch::try_new(schema, columns).unwrap()).unwrap();
    writer.close().unwrap();
    let segments = work.path().join("segments.yaml");
    fs::write(&segments, SEGMENTS).unwrap();
    let out = work.path().join("out");
    let args = [
        "evaluate",
        "--customers",
        path(&customers),
        "--events",
        path(&events),
        "--segments",
        path(&segments),
        "--at",
        AT,
        "--out",
        path(&out),
    ];
    good(&args);
    assert_eq!(members(&out), expected());
    let mut as_parquet = args.to_vec();
    as_parquet.extend(["--format", "parquet"]);
    good(&as_parquet);
    let read = parquet::file::reader::SerializedFileReader::try_from(
        out.join("members.parquet").as_path(),
    )
    .unwrap();
    assert_eq!(parquet::file::reader::FileReader::metadata(&read).file_metadata().num_rows(), 4);
}

#[test]
fn an_interrupted_evaluation_leaves_nothing_behind() {
    let work = tempfile::tempdir().unwrap();
    let events = work.path().join("events.csv");
    let rows: String =
        (0..200_000).map(|n| format!("C{},login,2026-11-01T00:00:00Z,e{n}\n", n % 5_000)).collect();
    fs::write(&events, format!("customer_id,event,time,event_id\n{rows}")).unwrap();
    let segments = work.path().join("segments.yaml");
    fs::write(&segments, SEGMENTS).unwrap();
    let out = work.path().join("out");
    let mut child = kizashi()
        .args(["evaluate", "--events", path(&events), "--segments", path(&segments)])
        .args(["--out", path(&out)])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The folder it works in shows that it has begun.
    let begun = || fs::read_dir(&out).is_ok_and(|mut inside| inside.next().is_some());
    while !begun() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be interrupted");
        std::thread::sleep(Duration::from_millis(1));
    }
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("stopped; nothing was written"), "{said}");
    assert_eq!(fs::read_dir(&out).unwrap().count(), 0, "{said}");
}

#[test]
fn every_fault_of_the_segments_is_told_and_nothing_is_written() {
    let work = tempfile::tempdir().unwrap();
    let segments = work.path().join("segments.json");
    fs::write(
        &segments,
        r#"{"segments":[{"id":"a","condition":{"event":"x","last":"30"}},{"id":"b","condition":{"segment":"zzz","oops":1}}]}"#,
    )
    .unwrap();
    let out = work.path().join("out");
    let output = run(&["evaluate", "--segments", path(&segments), "--out", path(&out)]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("a /condition/last: `30` is no length of time"), "{said}");
    assert!(said.contains("b /condition/oops"), "{said}");
    assert!(!out.exists());
}
