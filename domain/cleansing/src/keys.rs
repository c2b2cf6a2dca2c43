//! The keys by which names and readings are compared.

use crate::{variants::modern, width::nfkc};

/// The form in which names are compared: NFKC, small letters, one kind of dash, old characters as new ones; no blanks,
/// no variation selectors.
pub fn name_key(text: &str) -> String {
    let keeps = |c: &char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '・' | '、' | '。' | ',' | '.' | '\'' | '"')
    };
    nfkc(text).chars().filter(keeps).flat_map(char::to_lowercase).map(dashed).map(modern).collect()
}

fn dashed(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{301c}' => '~',
        c => c,
    }
}

/// Hiragana as katakana.
pub fn katakana(text: &str) -> String {
    let shift = |c: char| match c {
        '\u{3041}'..='\u{3096}' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        c => c,
    };
    text.chars().map(shift).collect()
}

/// The form in which readings are compared: no blanks, small kana as large ones (banks know no small ones).
pub fn kana_key(text: &str) -> String {
    let text = katakana(text);
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '・' | '(' | ')' | '.' | '-'))
        .map(large)
        .collect()
}

fn large(c: char) -> char {
    match c {
        'ァ' => 'ア',
        'ィ' => 'イ',
        'ゥ' => 'ウ',
        'ェ' => 'エ',
        'ォ' => 'オ',
        'ッ' => 'ツ',
        'ャ' => 'ヤ',
        'ュ' => 'ユ',
        'ョ' => 'ヨ',
        'ヮ' => 'ワ',
        'ヵ' => 'カ',
        'ヶ' => 'ケ',
        c => c,
    }
}

/// A name without 様, 氏, 殿 or さん behind it.
pub fn without_title(text: &str) -> (&str, Option<&'static str>) {
    for title in ["御中", "さん", "様", "氏", "殿"] {
        if let Some(bare) = text.strip_suffix(title).filter(|bare| 2 <= bare.chars().count()) {
            return (bare.trim_end(), Some(title));
        }
    }
    (text, None)
}
