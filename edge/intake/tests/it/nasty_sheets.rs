//! Nasty workbooks: each made here, read by the real reader.

use std::io::{Cursor, Write};

use crate::{
    cleaning::{copied, copied_with},
    harness::{bytes, import},
};
use kizashi_intake::{Choices, Part, Source, look};
use rust_xlsxwriter::{Format, Workbook, Worksheet};

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().unwrap()
}

/// The workbook with one of its parts rewritten.
fn rewritten(book: &[u8], part: &str, rewrite: impl Fn(&str) -> String) -> Source {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..old.len() {
        let mut file = old.by_index(place).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut file, &mut text).unwrap();
        new.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        if name == part {
            text = rewrite(std::str::from_utf8(&text).unwrap()).into_bytes();
        }
        new.write_all(&text).unwrap();
    }
    bytes("a.xlsx", new.finish().unwrap().into_inner())
}

#[test]
fn n18_two_cells_in_opposite_corners() {
    let book = workbook(|sheet| {
        sheet.write(0, 0, "key").unwrap();
        sheet.write(1, 0, "C1").unwrap();
        sheet.write(1_048_575, 16_383, "far").unwrap();
    });
    let copy = copied(&bytes("a.xlsx", book));
    assert_eq!(copy.of("key"), ["C1"]);
    assert_eq!(copy.problems(), ["1048576 *: the row has 16384 cells but there are 1 headers"]);
}

#[test]
fn n19_a_bomb_is_refused() {
    let book = workbook(|sheet| {
        sheet.write(0, 0, "key").unwrap();
    });
    let long = "<si><t>".to_owned() + &"a".repeat(2000) + "</t></si>";
    let bomb =
        rewritten(&book, "xl/sharedStrings.xml", |_| format!("<sst>{}</sst>", long.repeat(20_000)));
    assert!(bomb.length().unwrap() < 1 << 20);
    let said = look(&bomb, &Choices::default()).unwrap_err().to_string();
    assert!(said.contains("grows beyond our limits"), "{said}");
}

#[test]
fn n22_n23_n24_n26_dates_of_cells() {
    let book = workbook(|sheet| {
        let day = Format::new().set_num_format("yyyy/m/d");
        let hours = Format::new().set_num_format("[h]:mm");
        for (place, header) in ["契約日", "数量", "時間"].into_iter().enumerate() {
            sheet.write(0, place as u16, header).unwrap();
        }
        sheet.write_with_format(1, 0, 45748, &day).unwrap();
        sheet.write(2, 0, 45748).unwrap();
        sheet.write(3, 0, 60).unwrap();
        for row in 1..4 {
            sheet.write(row, 1, 45748).unwrap();
            sheet.write_with_format(row, 2, 1.5, &hours).unwrap();
        }
    });
    let copy = copied(&bytes("a.xlsx", book));
    assert_eq!(copy.of("契約日"), ["2025-04-01", "2025-04-01", ""]);
    assert_eq!(copy.of("数量"), ["45748"; 3]);
    assert_eq!(copy.of("時間"), ["36:00"; 3]);
    assert!(copy.notes("契約日").contains("day number"));
    assert_eq!(copy.problems(), ["4 契約日: there is no such day (such as Excel's 1900-02-29)"]);
}

#[test]
fn n25_the_calendar_of_1904() {
    let book = workbook(|sheet| {
        let day = Format::new().set_num_format("yyyy/m/d");
        sheet.write(0, 0, "契約日").unwrap();
        sheet.write_with_format(1, 0, 44286, &day).unwrap();
        sheet.write_with_format(2, 0, 44286.5, &day).unwrap();
    });
    let book = rewritten(&book, "xl/workbook.xml", |text| {
        text.replace("<workbookPr", "<workbookPr date1904=\"1\"")
    });
    let copy = copied(&book);
    assert_eq!(copy.of("契約日"), ["2025-04-01", "2025-04-01T12:00:00+09:00"]);
}

#[test]
fn n29_n30_numbers_that_have_lost_a_zero() {
    let book = workbook(|sheet| {
        for (place, header) in
            ["会社名", "電話番号", "郵便番号", "都道府県"].into_iter().enumerate()
        {
            sheet.write(0, place as u16, header).unwrap();
        }
        sheet.write(1, 0, "A社").unwrap();
        sheet.write(1, 1, 9_012_345_678_f64).unwrap();
        sheet.write(1, 2, 600_000).unwrap();
        sheet.write(1, 3, "北海道").unwrap();
    });
    let copy = copied(&bytes("a.xlsx", book));
    assert_eq!(copy.of("電話番号"), ["090-1234-5678"]);
    assert_eq!(copy.part("電話番号", Part::International), ["+819012345678"]);
    assert_eq!(copy.of("郵便番号"), ["060-0000"]);
    assert!(copy.notes("郵便番号").contains("leading 0"));
}

#[test]
fn n32_hidden_rows_wait_to_be_asked_for() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("顧客 & 取引先").unwrap();
    sheet.write(0, 0, "顧客番号").unwrap();
    for row in 1..=6 {
        sheet.write(row, 0, format!("C{row}")).unwrap();
    }
    for row in [2, 3, 5] {
        sheet.set_row_hidden(row).unwrap();
    }
    book.add_worksheet().set_name("二枚目").unwrap().write(0, 0, "x").unwrap();
    let source = bytes("a.xlsx", book.save_to_buffer().unwrap());
    let layout = look(&source, &Choices::default()).unwrap();
    assert_eq!((layout.hidden_rows, layout.sheets.len()), (3, 2));
    let done = import(&source);
    assert_eq!(
        done.facts.iter().map(|f| f.customer.as_str()).collect::<Vec<_>>(),
        ["C1", "C4", "C6"]
    );
    let ticked = Choices { hidden_rows: true, ..Choices::default() };
    let copy = copied_with(&source, &ticked, None).unwrap();
    assert_eq!(copy.of("顧客番号"), ["C1", "C2", "C3", "C4", "C5", "C6"]);
    assert_eq!(copied(&source).report.hidden_rows, 3);
}

#[test]
fn n33_entities_of_the_outside_are_not_fetched() {
    let book = workbook(|sheet| {
        sheet.write(0, 0, "key").unwrap();
        sheet.write(1, 0, "C1").unwrap();
    });
    let evil = rewritten(&book, "xl/sharedStrings.xml", |text| {
        let text = text.replace("C1", "&evil;");
        text.replacen("<sst", "<!DOCTYPE sst [<!ENTITY evil SYSTEM \"file:///etc/passwd\"><!ENTITY a \"aaaaaaaa\">]><sst", 1)
    });
    match look(&evil, &Choices::default()) {
        Ok(layout) => assert!(!format!("{layout:?}").contains("root:"), "{layout:?}"),
        Err(error) => assert!(error.to_string().contains("cannot be read"), "{error}"),
    }
}
