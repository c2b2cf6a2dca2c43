//! Any bytes at all: an error, a problem or a fact, never a panic.

use std::{ops::ControlFlow, sync::atomic::AtomicBool};

use crate::harness::{bytes, now};
use facts::Calendar;
use kizashi_intake::{
    Choices, Encoding, Field, Job, Kind, Mapping, Roster, Source, guess, guess_fields, look, read,
};
use proptest::prelude::*;

/// Goes the whole way with a file, as every kind.
fn whole_way(source: &Source, choices: &Choices) {
    let Ok(layout) = look(source, choices) else { return };
    let guessed = guess(&layout);
    for kind in Kind::ALL {
        let mut fields: Vec<Option<Field>> =
            guess_fields(&layout, kind).into_iter().map(|f| f.field).collect();
        if kind == guessed.kind && fields.iter().all(Option::is_none) {
            fields[0] = Field::known(kind, "customer");
        }
        let mapping = Mapping::new(kind, fields);
        walk(source, &layout, &mapping);
    }
}

fn walk(source: &Source, layout: &kizashi_intake::Layout, mapping: &Mapping) {
    let (calendar, cancel) = (Calendar::japan(), AtomicBool::new(false));
    let job = Job {
        source,
        shape: &layout.shape,
        mapping,
        calendar: &calendar,
        now: now(),
        directory: &Roster::default(),
        cancel: &cancel,
    };
    let _ = read(&job, &mut |_| {}, &mut |_| {}, &mut |_| ControlFlow::Continue(()));
}

/// Every field of every kind gets the same cell.
fn every_field(text: &str) {
    for kind in Kind::ALL {
        let mut ids: Vec<String> = kizashi_intake::field_options(kind)
            .into_iter()
            .map(|option| option.id.to_owned())
            .collect();
        ids.push("attribute:own".into());
        let cell = text.replace('"', "\"\"");
        let row = vec![format!("\"{cell}\""); ids.len()].join(",");
        let source = bytes("a.csv", format!("{}\n{row}\n{row}\n", ids.join(",")));
        let choices = Choices {
            header_row: Some(1),
            delimiter: Some(b','),
            encoding: Some(Encoding::Utf8),
            ..Choices::default()
        };
        let Ok(layout) = look(&source, &choices) else { continue };
        let fields = ids.iter().map(|id| Field::parse(kind, id).ok()).collect();
        walk(&source, &layout, &Mapping::new(kind, fields));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 300 } else { 3000 }))]

    #[test]
    fn any_bytes(bytes_ in proptest::collection::vec(any::<u8>(), 0..2000)) {
        whole_way(&bytes("a.csv", bytes_), &Choices::default());
    }

    #[test]
    fn any_bytes_in_any_encoding(file in proptest::collection::vec(any::<u8>(), 1..600), which in 0..7_usize, mark in any::<u8>()) {
        let choices = Choices { encoding: Some(Encoding::ALL[which]), delimiter: Some(mark), header_row: Some(0), ..Choices::default() };
        whole_way(&bytes("a.csv", file), &choices);
    }

    #[test]
    fn any_table(text in "[a-c顧客番号名,;\t\"\n\r =0-9/.:-]{0,400}") {
        whole_way(&bytes("a.csv", text), &Choices::default());
    }

    #[test]
    fn any_cell(text in "\\PC{0,40}") {
        every_field(&text);
    }

    #[test]
    fn any_date_or_number(text in "[RHS令和元平成年月日時分午後/.:+tTzZ0-9０-９ ,()△¥円億万千百十一二三%E-]{0,24}") {
        every_field(&text);
    }

    #[test]
    fn any_container(start in 0..3_usize, rest in proptest::collection::vec(any::<u8>(), 0..400)) {
        let start: &[u8] = [b"PK\x03\x04".as_slice(), b"PAR1", b"PK\x05\x06"][start];
        let mut file = [start, rest.as_slice()].concat();
        whole_way(&bytes("a", file.clone()), &Choices::default());
        file.extend(b"PAR1");
        whole_way(&bytes("a", file), &Choices::default());
    }
}

#[test]
fn a_workbook_damaged_anywhere() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..20 {
        sheet.write(row, 0, format!("C{row}")).unwrap();
        sheet.write(row, 1, row).unwrap();
    }
    let whole = workbook.save_to_buffer().unwrap();
    for place in (0..whole.len()).step_by(7) {
        let mut damaged = whole.clone();
        damaged[place] ^= 0x55;
        whole_way(&bytes("a.xlsx", damaged), &Choices::default());
        whole_way(&bytes("a.xlsx", &whole[..place]), &Choices::default());
    }
}
