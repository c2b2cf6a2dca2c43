//! Workbooks and Parquet.

use std::{io::Write, sync::Arc};

use crate::harness::{bytes, import, import_as, import_with, mapping};
use arrow::array::{
    ArrayRef, BooleanArray, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray,
    TimestampMillisecondArray,
};
use kizashi_intake::{Choices, Container, Kind, Roster, Source, look};
use parquet::arrow::ArrowWriter;
use rust_xlsxwriter::{Format, Workbook};

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Source {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    bytes("顧客.xlsx", workbook.save_to_buffer().unwrap())
}

#[test]
fn a_workbook_is_read_with_its_types() {
    let source = workbook(|sheet| {
        let date = Format::new().set_num_format("yyyy/m/d");
        let japanese = Format::new().set_num_format("[$-411]ggge\"年\"m\"月\"d\"日\"");
        let hours = Format::new().set_num_format("[h]:mm");
        sheet.write(0, 0, "顧客一覧").unwrap();
        for (place, header) in
            ["顧客番号", "会社名", "電話番号", "従業員数", "契約更新日", "誕生日", "時間", "有効"]
                .iter()
                .enumerate()
        {
            sheet.write(2, place as u16, *header).unwrap();
        }
        sheet.write(3, 0, 1001).unwrap();
        sheet.write(3, 1, "㈱山田").unwrap();
        sheet.write(3, 2, 9012345678_f64).unwrap();
        sheet.write(3, 3, 120).unwrap();
        sheet.write_with_format(3, 4, 45748, &date).unwrap();
        sheet.write_with_format(3, 5, 45748, &japanese).unwrap();
        sheet.write_with_format(3, 6, 1.5, &hours).unwrap();
        sheet.write(3, 7, true).unwrap();
    });
    let fields = [
        "customer",
        "name",
        "phone",
        "employees",
        "contract_renews_on",
        "birthday",
        "attribute:時間",
        "attribute:有効",
    ];
    let done = import_as(&source, Kind::Customers, &fields);
    assert_eq!(done.layout.shape.container, Container::Xlsx);
    assert_eq!(done.layout.shape.header_row, 3);
    assert_eq!(
        done.lines(),
        ["1001 2026-11-21T00:00:00.000Z = name=㈱山田 phone=090-1234-5678 employees=120 \
        contract_renews_on=2025-04-01 birthday=2025-04-01 時間=36:00 有効=true"]
    );
    assert_eq!(done.layout.rows[0][4], "2025-04-01");
    assert!(
        done.notices().iter().any(|notice| notice.contains("lost in Excel")),
        "{:?}",
        done.notices()
    );
}

#[test]
fn a_bare_number_is_what_its_column_is() {
    let source = workbook(|sheet| {
        for (row, (key, a, b)) in [("key", "日", "数"), ("C1", "", "")].into_iter().enumerate() {
            sheet.write(row as u32, 0, key).unwrap();
            if row == 0 {
                sheet.write(0, 1, a).unwrap();
                sheet.write(0, 2, b).unwrap();
            }
        }
        sheet.write(1, 1, 45748).unwrap();
        sheet.write(1, 2, 45748).unwrap();
        sheet.write(2, 0, "C2").unwrap();
        sheet.write(2, 1, 60).unwrap();
        sheet.write(3, 0, "C3").unwrap();
        sheet.write(3, 1, 20250401).unwrap();
    });
    let done = import_as(&source, Kind::Customers, &["customer", "birthday", "employees"]);
    assert_eq!(
        done.lines(),
        [
            "C1 2026-11-21T00:00:00.000Z = birthday=2025-04-01 employees=45748",
            "C3 2026-11-21T00:00:00.000Z = birthday=2025-04-01",
        ]
    );
    assert!(done.notices().iter().any(|notice| notice.contains("45748")));
    assert_eq!(done.faults(), ["3 日 `60` there is no such day (such as Excel's 1900-02-29)"]);
    assert_eq!(done.problems[0].sheet.as_deref(), Some("Sheet1"));
}

#[test]
fn a_cell_in_the_far_corner_costs_nothing() {
    let source = workbook(|sheet| {
        sheet.write(0, 0, "key").unwrap();
        sheet.write(1, 0, "C1").unwrap();
        sheet.write(1_048_575, 16_383, "far").unwrap();
    });
    assert!(source.length().unwrap() < 10_000);
    let done = import_as(&source, Kind::Customers, &["customer"]);
    assert_eq!(done.facts.len(), 1);
    assert_eq!(done.faults(), ["1048576 * `far` the row has 16384 cells but there are 1 headers"]);
}

#[test]
fn sheets_are_chosen_and_empty_and_hidden_ones_passed_over() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("表紙").unwrap().write(0, 0, "2026年度").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_name("隠し").unwrap().set_hidden(true);
    hidden.write(0, 0, "x").unwrap();
    hidden.write(1, 0, "y").unwrap();
    let list = book.add_worksheet();
    list.set_name("一覧").unwrap();
    list.write(0, 0, "顧客番号").unwrap();
    list.write(1, 0, "C1").unwrap();
    let source = bytes("a.xlsx", book.save_to_buffer().unwrap());
    let layout = look(&source, &Choices::default()).unwrap();
    assert_eq!(layout.shape.sheet.as_deref(), Some("一覧"));
    let sheets: Vec<(&str, bool)> =
        layout.sheets.iter().map(|s| (s.name.as_str(), s.hidden)).collect();
    assert_eq!(sheets, [("表紙", false), ("隠し", true), ("一覧", false)]);
    let chosen = Choices { sheet: Some("隠し".into()), ..Choices::default() };
    assert_eq!(look(&source, &chosen).unwrap().rows, [["y"]]);
    let missing = Choices { sheet: Some("ない".into()), ..Choices::default() };
    assert!(look(&source, &missing).is_err());
}

#[test]
fn cells_merged_downwards_hold_for_every_row() {
    let source = workbook(|sheet| {
        sheet.write(0, 0, "会社名").unwrap();
        sheet.write(0, 1, "氏名").unwrap();
        for row in 1..4 {
            sheet.write(row, 1, format!("人{row}")).unwrap();
        }
        sheet.merge_range(1, 0, 2, 0, "A社", &Format::new()).unwrap();
        sheet.write(3, 0, "B社").unwrap();
    });
    let done = import_as(&source, Kind::Contacts, &["customer_name", "name"]);
    let whose: Vec<String> = done.facts.iter().map(|fact| format!("{}", fact.customer)).collect();
    assert_eq!(whose, ["A社", "A社", "B社"]);
}

/// A workbook with parts of our own making.
fn packed(parts: &[(&str, &[u8])]) -> Source {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    bytes("a.xlsx", zip.finish().unwrap().into_inner())
}

/// The parts every workbook has, with a sheet of our own and the calendar of 1904 when asked.
fn by_hand(sheet: &str, old: bool) -> Source {
    let properties = if old { "<workbookPr date1904=\"1\"/>" } else { "" };
    packed(&[
        ("[Content_Types].xml", b"<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", b"<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", format!("<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">{properties}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", b"<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/styles.xml", b"<?xml version=\"1.0\"?><styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn sheet(rows: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

const HEAD: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>key</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>day</t></is></c></row>";

#[test]
fn the_calendar_of_1904_is_kept() {
    let rows = format!(
        "{HEAD}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>C1</t></is></c><c r=\"B2\" s=\"1\"><v>44286</v></c></row>"
    );
    for (old, day) in [(true, "2025-04-01"), (false, "2021-03-31")] {
        let done =
            import_as(&by_hand(&sheet(&rows), old), Kind::Customers, &["customer", "birthday"]);
        assert!(done.lines()[0].ends_with(&format!("birthday={day}")), "{:?}", done.lines());
    }
}

#[test]
fn entities_of_a_sheet_are_not_followed() {
    let text = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{}",
        sheet(&format!(
            "{HEAD}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&e;</t></is></c></row>"
        ))
        .trim_start_matches("<?xml version=\"1.0\"?>")
    );
    let source = by_hand(&text, false);
    let seen = match look(&source, &Choices::default()) {
        Ok(layout) => format!("{:?}", layout.rows),
        Err(error) => error.to_string(),
    };
    assert!(!seen.contains("root"), "{seen}");
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let refused = |source: &Source| look(source, &Choices::default()).unwrap_err().said().en;
    let flat = sheet(&format!("{HEAD}{}", " ".repeat(300 << 20)));
    let bomb = by_hand(&flat, false);
    assert!(bomb.length().unwrap() < 400_000);
    assert!(refused(&bomb).contains("200 times"), "{}", refused(&bomb));

    let mut noise = 1_u64;
    let long: String = std::iter::repeat_with(|| {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + (noise >> 60) as u8)
    })
    .take(2 << 20)
    .collect();
    let cell =
        format!("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><r><t>{long}</t></r></is></c></row>");
    assert!(
        refused(&by_hand(&sheet(&format!("{HEAD}{cell}")), false))
            .contains("cell of more than 1 MB")
    );

    let names: Vec<String> = (0..10_001).map(|n| format!("x{n}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(refused(&packed(&parts)).contains("10,000 parts"));
    assert!(refused(&packed(&[("a.csv", b"x")])).contains("no Excel workbook"));
}

#[test]
fn an_error_of_a_formula_is_an_empty_cell() {
    let rows = format!(
        "{HEAD}<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>C1</t></is></c><c r=\"B2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c></row>"
    );
    let done =
        import_as(&by_hand(&sheet(&rows), false), Kind::Customers, &["customer", "birthday"]);
    assert_eq!(done.lines(), ["C1 2026-11-21T00:00:00.000Z = "]);
    assert!(done.notices()[0].contains("#REF!"), "{:?}", done.notices());
}

fn parquet() -> Vec<u8> {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("customer", Arc::new(StringArray::from(vec![Some("C1"), Some("C2"), None]))),
        ("event", Arc::new(StringArray::from(vec!["login", "purchased", "login"]))),
        (
            "at",
            Arc::new(
                TimestampMillisecondArray::from(vec![1_700_000_000_000, 1_700_000_001_000, 0])
                    .with_timezone("UTC"),
            ),
        ),
        ("n", Arc::new(Int64Array::from(vec![Some(3), None, Some(1)]))),
        ("share", Arc::new(Float64Array::from(vec![0.1 + 0.2, 1.0, 2.0]))),
        (
            "amount",
            Arc::new(
                Decimal128Array::from(vec![12345, 100, 0]).with_precision_and_scale(10, 2).unwrap(),
            ),
        ),
        ("yes", Arc::new(BooleanArray::from(vec![true, false, true]))),
    ];
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, column)| (name, column, true)),
    )
    .unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn parquet_is_read_with_its_types() {
    let file = parquet();
    let done = import(&bytes("events.parquet", &file));
    assert_eq!(done.layout.total_rows, Some(3));
    assert_eq!(
        done.lines(),
        [
            "C1 2023-11-14T22:13:20.000Z login n=3 share=0.3 amount=123.45 yes=true",
            "C2 2023-11-14T22:13:21.000Z purchased share=1 amount=1 yes=false",
        ]
    );
    assert_eq!(done.faults(), ["4 customer `` the row does not say which customer it is about"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("e.parquet");
    std::fs::write(&path, &file).unwrap();
    let source = Source::file(&path);
    let layout = look(&source, &Choices::default()).unwrap();
    let fields = ["customer", "name", "at", "-", "-", "-", "-"];
    let from_disk =
        import_with(&source, layout, &mapping(Kind::Events, &fields), &Roster::default());
    assert_eq!(from_disk.facts.len(), 2);
}

#[test]
fn damaged_parquet_is_an_error() {
    let file = parquet();
    for place in (0..file.len()).step_by(11) {
        let mut damaged = file.clone();
        damaged[place] ^= 0xff;
        let source = bytes("a.parquet", damaged);
        if let Ok(layout) = look(&source, &Choices::default()) {
            let _ = kizashi_intake::each_row(&source, &layout.shape, &mut |_| {
                std::ops::ControlFlow::Continue(())
            });
        }
    }
}
