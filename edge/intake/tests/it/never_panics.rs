//! Any bytes at all: an error, a problem or a fact, never a panic.

use std::{ops::ControlFlow, sync::atomic::AtomicBool};

use crate::{
    cleaning::copied_with,
    harness::{bytes, now},
};
use facts::Calendar;
use kizashi_intake::{
    Choices, Encoding, Field, Job, Kind, Mapping, PageRule, PageRules, Roster, Source, guess,
    guess_fields, look, read,
};
use proptest::prelude::*;

/// How many cases of each property: `cargo xtask fuzz` asks for many more.
fn cases() -> u32 {
    let asked = std::env::var("KIZASHI_CASES").ok().and_then(|n| n.parse().ok());
    asked.unwrap_or(if cfg!(debug_assertions) { 300 } else { 3000 })
}

/// Goes the whole way with a file, as every kind, and makes a copy of it.
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
    let _ = copied_with(source, choices, Some(2026));
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
    #![proptest_config(ProptestConfig::with_cases(cases()))]

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
    fn any_mail(header in "(From|To|Date|Subject|Content-Type|Content-Transfer-Encoding|X): [ -~]{0,40}\n{1,2}", rest in "\\PC{0,60}", raw in proptest::collection::vec(any::<u8>(), 0..300)) {
        let text = format!("From x\nFrom: a@b.jp\nDate: Sat, 21 Nov 2026 09:00:00 +0900\n{header}\n{rest}\nFrom y\n{header}");
        whole_way(&bytes("a.mbox", [text.as_bytes(), &raw].concat()), &Choices::default());
    }

    #[test]
    fn any_log(request in "[ -~]{0,60}", url in "\\PC{0,30}", raw in proptest::collection::vec(any::<u8>(), 0..100)) {
        let good = format!("h - u [21/Nov/2026:09:00:00 +0900] \"GET {url} HTTP/1.1\" 200 5 \"-\" \"{request}\"\n");
        let odd = format!("h - u [{request}] \"{url}\n");
        whole_way(&bytes("a.log", [good.repeat(4).as_bytes(), odd.as_bytes(), &raw].concat()), &Choices::default());
    }

    #[test]
    fn any_rule_of_pages(form in "[a-z/*{}]{0,30}", url in "\\PC{0,60}") {
        if let Ok(rule) = PageRule::new(&form, "x") {
            let _ = PageRules::new(vec![rule]).page(&url);
        }
        let _ = PageRules::default().page(&format!("https://x.jp/{url}"));
    }

    #[test]
    fn any_name_or_address(text in "[株式会社(（)）有㈱カ令和東京都千代田区市町村郡丁目番号〒ノヶ一二三十百0-9０-９ \\-a-zｱ-ﾝﾞ]{0,40}") {
        let header = "会社名,氏名,フリガナ,住所,郵便番号,電話番号";
        let row = vec![format!("\"{text}\""); 6].join(",");
        whole_way(&bytes("a.csv", format!("{header}\n{row}\n")), &Choices::default());
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
