//! Text in one width: half-width kana and full-width letters in their usual form, everything else as written.

use unicode_normalization::{UnicodeNormalization, char::compose};

/// Text as one would type it today. Characters that names are written with on purpose (髙, 﨑, 神 of the compatibility
/// block, variation selectors) stay as they are.
pub fn usual(text: &str) -> String {
    if text.is_ascii() {
        return text.trim_matches(is_blank).to_owned();
    }
    let mut usual = String::with_capacity(text.len());
    let mut folded = String::new();
    for c in text.chars() {
        if is_width_form(c) {
            folded.push(c);
            continue;
        }
        if is_voiced_mark(c) {
            // か + ゛ of a Mac, or ｶ + ゛: together with the character before.
            if !folded.is_empty() {
                folded.push(c);
            } else if let Some(composed) = usual.pop().map(|last| (last, compose(last, c))) {
                match composed {
                    (_, Some(joined)) => usual.push(joined),
                    (last, None) => usual.extend([last, c]),
                }
            }
            continue;
        }
        flush(&mut folded, &mut usual);
        match c {
            '\u{3000}' | '\u{a0}' => usual.push(' '),
            // Invisible: blanks of no width, direction marks.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
            c => usual.push(c),
        }
    }
    flush(&mut folded, &mut usual);
    usual.trim_matches(is_blank).to_owned()
}

fn is_voiced_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309a}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\0')
}

fn flush(folded: &mut String, usual: &mut String) {
    // A voiced mark composes with the kana before it, so runs are folded as a whole.
    usual.extend(folded.nfkc().map(|c| if c == '~' { '〜' } else { c }));
    folded.clear();
}

/// Forms that differ in width or are one character for several: ｱ Ａ ① ㈱ ㍿ ㌔ ㋿ ℡ Ⅲ ½ ㎡.
fn is_width_form(c: char) -> bool {
    matches!(c,
        '\u{ff01}'..='\u{ffee}'
        | '\u{2460}'..='\u{24ff}'
        | '\u{3200}'..='\u{33ff}'
        | '\u{2100}'..='\u{218f}'
        | '\u{00bc}'..='\u{00be}'
        | '\u{2070}'..='\u{209f}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{1f100}'..='\u{1f2ff}')
}

/// One line: blanks of any kind, as many as there are, become one.
pub fn one_line(text: &str) -> String {
    usual(text).split_whitespace().collect::<Vec<_>>().join(" ")
}
