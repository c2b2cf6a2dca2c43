//! Real bytes of every encoding.

use crate::harness::{bytes, import, import_as};
use kizashi_intake::{Choices, Encoding, Kind, look};

const TEXT: &str = "顧客番号,会社名,業種\r\nC1,㈱山田製作所,製造\r\nC2,髙橋①～ｱｲｳ,小売\r\n";
/// Without the letters that only CP932 has.
const JIS: &str = "顧客番号,会社名,業種\r\nC1,山田製作所,製造\r\nC2,高橋商店カナ,小売\r\n";

fn encode(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    let (bytes, _, lost) = encoding.encode(text);
    assert!(!lost, "the text must fit the encoding");
    bytes.into_owned()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let pair = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(pair).collect()
}

#[track_caller]
fn reads(file: Vec<u8>, encoding: Encoding, second: &str) {
    let done = import(&bytes("list.csv", file));
    assert_eq!(done.layout.shape.encoding, Some(encoding));
    assert_eq!(done.layout.encodings[0].encoding, encoding);
    assert_eq!(done.layout.columns[1].header, "会社名");
    assert!(done.lines()[1].contains(second), "{:?}", done.lines());
    assert!(done.problems.is_empty());
}

#[test]
fn every_encoding_is_found() {
    reads(TEXT.into(), Encoding::Utf8, "髙橋①～ｱｲｳ");
    reads(format!("\u{feff}{TEXT}").into(), Encoding::Utf8, "髙橋①～ｱｲｳ");
    reads(encode(TEXT, encoding_rs::SHIFT_JIS), Encoding::Cp932, "髙橋①～ｱｲｳ");
    reads(encode(JIS, encoding_rs::EUC_JP), Encoding::EucJp, "高橋商店カナ");
    reads(encode(JIS, encoding_rs::ISO_2022_JP), Encoding::Iso2022Jp, "高橋商店カナ");
    for mark in ["\u{feff}", ""] {
        reads(utf16(&format!("{mark}{TEXT}"), false), Encoding::Utf16Le, "髙橋①～ｱｲｳ");
        reads(utf16(&format!("{mark}{TEXT}"), true), Encoding::Utf16Be, "髙橋①～ｱｲｳ");
    }
}

#[test]
fn one_kanji_in_cp932_is_enough() {
    let file = encode("id,name\r\n1,abc\r\n2,林\r\n", encoding_rs::SHIFT_JIS);
    let layout = look(&bytes("a.csv", file), &Choices::default()).unwrap();
    assert_eq!(layout.shape.encoding, Some(Encoding::Cp932));
    assert_eq!(layout.rows[1], ["2", "林"]);
    assert_eq!(layout.encodings[0].lines, ["2,林"]);
}

#[test]
fn the_first_kanji_may_come_late() {
    let mut text = String::from("id,name\n");
    for n in 0..60_000 {
        text.push_str(&format!("{n},abcdef\n"));
    }
    text.push_str("x,会社はここに\n");
    let layout =
        look(&bytes("a.csv", encode(&text, encoding_rs::SHIFT_JIS)), &Choices::default()).unwrap();
    assert_eq!(layout.shape.encoding, Some(Encoding::Cp932));
}

#[test]
fn a_wrong_choice_is_a_problem_with_a_place_not_garbage() {
    let source = bytes("a.csv", encode(TEXT, encoding_rs::SHIFT_JIS));
    let choices = Choices { encoding: Some(Encoding::Utf8), ..Choices::default() };
    let layout = look(&source, &choices).unwrap();
    assert!(layout.encodings[0].broken);
    let mapping = crate::harness::mapping(Kind::Customers, &["customer", "name", "-"]);
    let done =
        crate::harness::import_with(&source, layout, &mapping, &kizashi_intake::Roster::default());
    assert_eq!(done.facts.len(), 0);
    assert!(done.faults()[0].contains("the encoding may be another"), "{:?}", done.faults());
}

#[test]
fn a_choice_of_encoding_is_kept() {
    let choices = Choices { encoding: Some(Encoding::EucJp), ..Choices::default() };
    let layout = look(&bytes("a.csv", encode(JIS, encoding_rs::EUC_JP)), &choices).unwrap();
    assert_eq!(layout.shape.encoding, Some(Encoding::EucJp));
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::parse(encoding.id()), Some(encoding));
    }
    assert_eq!(Encoding::parse("Shift_JIS"), Some(Encoding::Cp932));
}

#[test]
fn the_end_mark_of_dos_is_ignored_and_zeros_are_problems() {
    let done = import_as(
        &bytes("a.csv", "key,name\nA,x\nB,y\n\u{1a}"),
        Kind::Customers,
        &["customer", "name"],
    );
    assert_eq!((done.facts.len(), done.problems.len()), (2, 0));
    let done = import_as(
        &bytes("a.csv", "key,name\nA,x\0z\nB,y\n"),
        Kind::Customers,
        &["customer", "name"],
    );
    assert_eq!(done.faults(), ["2 * ` z` there is a NUL character (0x00) in the row"]);
    assert_eq!(done.lines(), ["B 2026-11-21T00:00:00.000Z = name=y"]);
}
