//! Rows and cells of text files.

use crate::harness::{bytes, import_as};
use kizashi_intake::{Choices, CsvWriter, Kind, look};

const TWO: [&str; 2] = ["customer", "name"];

fn layout(text: &str) -> kizashi_intake::Layout {
    look(&bytes("a.csv", text), &Choices::default()).unwrap()
}

#[test]
fn a_quoted_cell_holds_anything() {
    let done = import_as(
        &bytes("a.csv", "key,name\r\nA,\"x, \"\"y\"\"\r\nz\"\r\nB,w"),
        Kind::Customers,
        &TWO,
    );
    assert_eq!(
        done.lines(),
        ["A 2026-11-21T00:00:00.000Z = name=x, \"y\"\r\nz", "B 2026-11-21T00:00:00.000Z = name=w",]
    );
}

#[test]
fn the_delimiter_is_the_one_that_makes_columns() {
    for (name, mark) in [("semicolon", ';'), ("tab", '\t'), ("bar", '|'), ("comma", ',')] {
        let price = if mark == ',' { "\"1,234\"" } else { "1,234" };
        let mut text = format!("商品{mark}価格{mark}備考\n");
        for n in 0..120 {
            text.push_str(
                &format!("p{n}{mark}{price}{mark}a, b, c\n")
                    .replace(", ", if mark == ',' { " " } else { ", " }),
            );
        }
        let layout = layout(&text);
        assert_eq!(layout.shape.delimiter, Some(mark as u8), "{name}");
        assert_eq!(layout.columns.len(), 3, "{name}");
    }
}

#[test]
fn headers_are_unique_and_named() {
    let layout = layout("名前,電話番号,電話番号,mail,\nA,1,2,a@x.jp,memo\n");
    let headers: Vec<&str> = layout.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(headers, ["名前", "電話番号", "電話番号 (2)", "mail", "列5"]);
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let layout = layout(
        "顧客一覧,,,\n作成日,2026/11/21,,\n\n顧客番号,会社名,業種,従業員数\nC1,A社,製造,10\nC2,B社,小売,20\n",
    );
    assert_eq!(layout.shape.header_row, 4);
    assert_eq!(layout.columns[1].header, "会社名");
    assert_eq!(layout.rows.len(), 2);
    assert_eq!(layout.columns[3].samples, ["10", "20"]);
}

#[test]
fn a_file_may_have_no_header() {
    let layout = layout("C1,A社,a@x.jp,2026/11/01\nC2,B社,b@x.jp,2026/11/02\n");
    assert_eq!(layout.shape.header_row, 0);
    assert_eq!(layout.columns[0].header, "列1");
    assert_eq!(layout.rows.len(), 2);
    let done = import_as(
        &bytes("a.csv", "C1,A社,a@x.jp\nC2,B社,b@x.jp\n"),
        Kind::Customers,
        &["customer", "name", "email"],
    );
    assert_eq!(done.facts.len(), 2);
}

#[test]
fn a_header_row_may_be_chosen() {
    let source = bytes("a.csv", "x,y\nkey,name\nA,B\n");
    let choices = Choices { header_row: Some(2), ..Choices::default() };
    let layout = look(&source, &choices).unwrap();
    assert_eq!((layout.shape.header_row, layout.rows.len()), (2, 1));
}

#[test]
fn ragged_rows_are_told() {
    let mut text = String::from("key,name,plan\n");
    for n in 0..20 {
        text.push_str(&format!("c{n},n,free\n"));
    }
    text.push_str("short,n\nlong,n,free,more\ntrailing,n,free,,\n");
    let done = import_as(&bytes("a.csv", text), Kind::Customers, &["customer", "name", "plan"]);
    assert_eq!(
        done.faults(),
        [
            "22 * `short` the row has 2 cells but there are 3 headers",
            "23 * `more` the row has 4 cells but there are 3 headers",
        ]
    );
    assert_eq!(done.facts.len(), 21);
}

#[test]
fn a_file_that_drops_empty_cells_at_the_end_is_fine() {
    let done = import_as(
        &bytes("a.csv", "key,name,plan\na,n\nb,n\nc,n,free\n"),
        Kind::Customers,
        &["customer", "name", "plan"],
    );
    assert_eq!((done.facts.len(), done.problems.len()), (3, 0));
}

#[test]
fn broken_quotes_cost_one_line_and_are_named_with_their_place() {
    let done = import_as(
        &bytes("a.csv", "key,name\nA,\"x\" y\nB,z\nC,\"never closed\nD,w\nE,v\n"),
        Kind::Customers,
        &TWO,
    );
    assert_eq!(
        done.faults(),
        [
            "2 * `\"x\" y` in line 2, cell 2, a quotation mark closes before the cell ends",
            "4 * `\"never closed` the quotation mark that opens in line 4, cell 2, is never closed",
        ]
    );
    assert_eq!(done.lines().len(), 3, "{:?}", done.lines());
    assert_eq!(done.problems[0].reason.ja, "2行目の2列目で引用符(\")がセルの途中で閉じています");
}

#[test]
fn old_macintosh_line_ends_and_blank_lines() {
    let done = import_as(&bytes("a.csv", "key,name\rA,x\rB,y\r"), Kind::Customers, &TWO);
    assert_eq!(done.facts.len(), 2);
    let done = import_as(&bytes("a.csv", "key,name\n\nA,x\n,\n\nB,\n"), Kind::Customers, &TWO);
    assert_eq!((done.checked.counts.rows, done.facts.len()), (2, 2));
}

#[test]
fn an_endless_line_is_refused_in_bounded_memory() {
    let mut text = "x,".repeat(1 << 20);
    text.push_str("\nkey,name\nA,b\n");
    let source = bytes("a.csv", format!("key,name\n{text}"));
    let done = import_as(&source, Kind::Customers, &TWO);
    assert_eq!(done.problems[0].reason.en, "the line is longer than 1 MB");
    assert_eq!(done.problems[0].row, 2);
    let endless = look(&bytes("a.csv", vec![b'x'; 70 << 20]), &Choices::default());
    assert!(
        endless.unwrap_err().to_string().contains("line 1 has no end"),
        "an error with its place"
    );
}

#[test]
fn what_is_no_table_is_refused_with_advice() {
    for (start, word) in [
        (&b"\xd0\xcf\x11\xe0...."[..], ".xlsx"),
        (b"%PDF-1.7", "CSV"),
        (b"\x1f\x8b..", "gzip"),
        (b"", "empty"),
    ] {
        let error = look(&bytes("a", start), &Choices::default()).unwrap_err();
        assert!(error.said().en.contains(word), "{error}");
        assert_ne!(error.said().ja, error.said().en);
    }
}

#[test]
fn exports_run_nothing_in_a_spreadsheet() {
    let mut out = CsvWriter::new(Vec::new()).unwrap();
    out.row(["名前", "式"]).unwrap();
    for text in ["=1+1", "+81", "-a", "@x", "\tx", "\rx", "-12.5", "a \"b\", c"] {
        out.row(["x", text]).unwrap();
    }
    let text = String::from_utf8(out.finish().unwrap()).unwrap();
    assert_eq!(
        text,
        "\u{feff}名前,式\r\nx,'=1+1\r\nx,'+81\r\nx,'-a\r\nx,'@x\r\nx,'\tx\r\nx,\"'\rx\"\r\nx,-12.5\r\nx,\"a \"\"b\"\", c\"\r\n"
    );
}
