//! The dictionary that comes with the program, used as the program uses it.

mod figures;

use kizashi_words::Words;
use topics::{Cut, Kind};

#[test]
fn words_come_with_their_plain_form_and_their_place() {
    let words = Words::unpack().unwrap();
    let text = "他社に切り替えなかった。";
    let tokens = words.cut(text);
    let plain: Vec<&str> = tokens.iter().map(|token| &*token.plain).collect();
    assert_eq!(plain, ["他社", "に", "切り替える", "ない", "た", "。"]);
    assert_eq!(&text[tokens[2].start..tokens[2].end], "切り替え");
    assert_eq!(tokens[0].kind, Kind::Noun);
    assert_eq!(tokens[3].kind, Kind::Auxiliary);
}

#[test]
fn a_damaged_archive_is_named_and_never_a_panic() {
    assert!(Words::of_archive(b"nothing of the kind").is_err());
    assert!(Words::of_archive(&[]).is_err());
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/dictionary/ipadic.tar.zst"));
    let half = bytes.unwrap();
    let failed = Words::of_archive(&half[..half.len() / 2]).unwrap_err();
    assert!(failed.to_string().contains("by letters alone"), "{failed}");
}
