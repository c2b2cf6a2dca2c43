//! Files of other kinds: old workbooks, OpenDocument, zips, folders, standard input; whole and damaged.

use std::{
    io::{Cursor, Write},
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::run::{json, kizashi, path, text};

/// A workbook in the format of Excel 97: a title, a header below it, two customers.
const OLD: &[u8] = include_bytes!("../files/customers.xls");

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn open_document(rows: &str) -> Vec<u8> {
    open_document_of(open_document_content(rows).as_bytes())
}

fn open_document_content(rows: &str) -> String {
    format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
        <table:table table:name=\"一覧\">{rows}</table:table>\
        </office:spreadsheet></office:body></office:document-content>"
    )
}

fn open_document_of(content: &[u8]) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content),
    ])
}

fn cell(text: &str) -> String {
    format!(
        "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
    )
}

/// A binary workbook with a header and one row.
fn binary() -> Vec<u8> {
    let [book, sheet] = binary_parts();
    packed(&book, &sheet)
}

fn packed(book: &[u8], sheet: &[u8]) -> Vec<u8> {
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
        Target=\"worksheets/sheet1.bin\"/></Relationships>";
    zipped(&[
        ("xl/workbook.bin", book),
        ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.bin", sheet),
    ])
}

/// The book and its sheet.
fn binary_parts() -> [Vec<u8>; 2] {
    let record = |kind: u16, body: &[u8]| {
        let mut bytes =
            if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
        bytes.push(u8::try_from(body.len()).unwrap());
        bytes.extend_from_slice(body);
        bytes
    };
    let wide = |text: &str| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut bytes = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
        bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
        bytes
    };
    let at = |column: u32| [column.to_le_bytes(), 0_u32.to_le_bytes()].concat();
    let text = |column, value| record(6, &[at(column), wide(value)].concat());
    let row = |row: u32| record(0, &[row.to_le_bytes().to_vec(), vec![0; 13]].concat());
    let sheet = [
        record(129, &[]),
        record(148, &[0_u32, 1, 0, 1].map(u32::to_le_bytes).concat()),
        record(145, &[]),
        row(0),
        text(0, "会社名"),
        text(1, "金額"),
        row(1),
        text(0, "㈱山田"),
        record(5, &[at(1), 1234.5_f64.to_le_bytes().to_vec()].concat()),
        record(146, &[]),
        record(130, &[]),
    ]
    .concat();
    let bundle = [vec![0; 4], 1_u32.to_le_bytes().to_vec(), wide("rId1"), wide("一覧")].concat();
    let book = [
        record(131, &[]),
        record(143, &[]),
        record(156, &bundle),
        record(144, &[]),
        record(132, &[]),
    ]
    .concat();
    [book, sheet]
}

/// The report of a cleaning, and its values of the first rows by column.
fn cleaned(file: &Path) -> serde_json::Value {
    json(&["clean", path(file)])
}

fn values(report: &serde_json::Value, column: usize) -> Vec<String> {
    let examples = report["columns"][column]["examples"].as_array().unwrap();
    examples.iter().map(|one| one["value"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn old_workbooks_are_read_aside() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("customers.xls");
    std::fs::write(&old, OLD).unwrap();
    let report = cleaned(&old);
    assert_eq!((&report["header_row"], &report["rows"]), (&3.into(), &2.into()));
    assert_eq!(
        values(&report, 1),
        ["株式会社山田製作所", "'=HYPERLINK(\"x\")".trim_start_matches('\'')]
    );
    assert_eq!(values(&report, 5)[0], "090-1234-5678");
    assert_eq!(report["columns"][2]["holds"], "date");

    let day = "<table:table-cell office:value-type=\"date\" office:date-value=\"2025-04-01\"><text:p>R7.4.1</text:p></table:table-cell>";
    let rows = format!(
        "<table:table-row>{}{}</table:table-row><table:table-row>{}{day}</table:table-row>",
        cell("会社名"),
        cell("契約日"),
        cell("㈱山田")
    );
    let open = folder.path().join("customers.ods");
    std::fs::write(&open, open_document(&rows)).unwrap();
    let report = cleaned(&open);
    assert_eq!(
        (values(&report, 0), &report["sheet"]),
        (vec!["株式会社山田".to_owned()], &"一覧".into())
    );
    assert_eq!(
        (&report["columns"][1]["holds"], &report["problems_total"]),
        (&"date".into(), &0.into())
    );

    let packed = folder.path().join("customers.xlsb");
    std::fs::write(&packed, binary()).unwrap();
    let report = cleaned(&packed);
    assert_eq!(values(&report, 0), ["株式会社山田"]);
    assert_eq!(report["columns"][1]["holds"], "number");
}

#[test]
fn damaged_and_boundless_workbooks_end_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bad.xls");
    let mut refused = 0;
    for place in (0..OLD.len()).step_by(53) {
        let mut bad = OLD.to_vec();
        bad[place] = bad[place].wrapping_add(0x7f);
        bad.truncate(if place % 2 == 0 { OLD.len() } else { place });
        std::fs::write(&file, bad).unwrap();
        let output = kizashi().args(["clean", path(&file), "--report", "json"]).output().unwrap();
        match output.status.code() {
            Some(0) => {}
            Some(1) => {
                refused += 1;
                assert!(
                    text(&output.stderr).starts_with("error: `bad.xls`"),
                    "{}",
                    text(&output.stderr)
                );
            }
            other => panic!("ended with {other:?} at {place}: {}", text(&output.stderr)),
        }
    }
    assert!(10 < refused, "the damage must be felt: {refused}");

    let bomb = folder.path().join("bomb.ods");
    let rows = format!(
        "<table:table-row table:number-rows-repeated=\"1048576\">{}</table:table-row>",
        cell("会社名").replacen(
            "<table:table-cell",
            "<table:table-cell table:number-columns-repeated=\"16384\"",
            1
        )
    );
    std::fs::write(&bomb, open_document(&rows)).unwrap();
    let begun = Instant::now();
    let output = kizashi().args(["clean", path(&bomb), "--report", "json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("damaged"), "{}", text(&output.stderr));
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn workbooks_under_a_password_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("locked.xlsx");
    let mut locked = OLD[..512].to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    std::fs::write(&file, locked).unwrap();
    let output = kizashi().args(["clean", path(&file)]).output().unwrap();
    assert!(text(&output.stderr).contains("password"), "{}", text(&output.stderr));
}

#[test]
fn zips_folders_and_standard_input_are_imported() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("exports");
    std::fs::create_dir(&files).unwrap();
    std::fs::write(files.join("a.csv"), "顧客番号,会社名\nC1,A社\n").unwrap();
    std::fs::write(files.join(".hidden"), "x").unwrap();
    let pack = zipped(&[
        ("__MACOSX/._顧客.csv", b"x"),
        ("list/顧客.csv", "顧客番号,会社名\nC2,B社\nC3,C社\n".as_bytes()),
        ("顧客.xls", OLD),
    ]);
    std::fs::write(files.join("b.zip"), pack).unwrap();
    let data = folder.path().join("data");
    let done = json(&["import", "-d", path(&data), path(&files)]);
    let done = done["imports"].as_array().unwrap();
    let told: Vec<(&str, u64)> = done
        .iter()
        .map(|one| (one["file"].as_str().unwrap(), one["counts"]["rows"].as_u64().unwrap()))
        .collect();
    assert_eq!(told, [("a.csv", 1), ("顧客.csv", 2), ("顧客.xls", 2)]);

    let mut child = kizashi()
        .args(["--json", "import", "-d", path(&data), "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all("顧客番号\t会社名\nC9\tZ社\n".as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(text(&output.stdout).contains("\"new\": 1"), "{}", text(&output.stdout));
}

/// How many damaged workbooks of each kind: `cargo xtask fuzz` asks for many more. Each starts two processes.
fn cases() -> u32 {
    let asked = std::env::var("KIZASHI_CASES").ok().and_then(|n| n.parse::<u32>().ok());
    asked.map_or(3, |n| n / 40)
}

/// Bytes with some of them changed, cut or doubled.
fn damaged(whole: &[u8], damage: &[(proptest::sample::Index, u8, u8)]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for (place, how, with) in damage {
        if bytes.is_empty() {
            break;
        }
        let at = place.index(bytes.len());
        let some = at..(at + usize::from(*with)).min(bytes.len());
        match how % 5 {
            0 => bytes[at] = *with,
            1 => bytes[at] ^= 1 << (with % 8),
            2 => drop(bytes.drain(some)),
            3 => bytes.extend_from_within(some),
            _ => bytes.insert(at, *with),
        }
    }
    bytes
}

/// It ends by itself: with a report, or with a sentence that names the file.
fn ends_well(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    std::fs::write(&file, bytes).unwrap();
    let output = kizashi().args(["clean", path(&file), "--report", "json"]).output().unwrap();
    let said = text(&output.stderr);
    let is_well = match output.status.code() {
        Some(0) => true,
        Some(1) => said.starts_with(&format!("error: `{name}`")),
        _ => false,
    };
    assert!(is_well && !said.contains("panicked"), "{:?}: {said}\n{bytes:?}", output.status);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        failure_persistence: None,
        ..proptest::prelude::ProptestConfig::with_cases(cases())
    })]

    #[test]
    fn any_old_workbook_damaged(
        damage in proptest::collection::vec(proptest::prelude::any::<(proptest::sample::Index, u8, u8)>(), 1..6),
    ) {
        ends_well("bad.xls", &damaged(OLD, &damage));
        let [book, sheet] = binary_parts();
        ends_well("bad.xlsb", &packed(&book, &damaged(&sheet, &damage)));
        ends_well("bad.xlsb", &packed(&damaged(&book, &damage), &sheet));
        let rows = format!("<table:table-row>{}{}</table:table-row>", cell("会社名"), cell("㈱山田")).repeat(3);
        let content = open_document_content(&rows);
        ends_well("bad.ods", &open_document_of(&damaged(content.as_bytes(), &damage)));
    }
}
