//! Text in one width: half-width kana and full-width letters in their usual form, everything else as written.

use std::borrow::Cow;

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
    if folded.is_empty() {
        return;
    }
    // A voiced mark composes with the kana before it, so runs are folded as a whole.
    usual.extend(nfkc(folded).chars().map(|c| if c == '~' { '〜' } else { c }));
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

/// NFKC, the form of Unicode in which compatible characters are one. Most of what is written in Japanese is in it
/// already or full-width ASCII, and is not looked up; the answer is the same.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || text.chars().all(is_settled) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c| !is_plain(c)) {
        // The character before goes along: a mark may join it.
        let start = rest[..at].char_indices().next_back().map_or(0, |(before, _)| before);
        let end = rest[at..].find(is_plain).map_or(rest.len(), |length| at + length);
        whole.extend(rest[..start].chars().map(narrow));
        whole.extend(rest[start..end].nfkc());
        rest = &rest[end..];
    }
    whole.extend(rest.chars().map(narrow));
    Cow::Owned(whole)
}

/// Characters that are their own NFKC and join nothing before them: ASCII, kana, kanji, their punctuation.
fn is_settled(c: char) -> bool {
    matches!(c,
        '\0'..='\u{7f}'
        | '\u{3001}'..='\u{3012}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{30fe}'
        | '\u{4e00}'..='\u{9fff}')
}

fn is_plain(c: char) -> bool {
    is_settled(c) || is_wide_ascii(c)
}

fn is_wide_ascii(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}')
}

/// Full-width ASCII as ASCII.
fn narrow(c: char) -> char {
    if is_wide_ascii(c) { char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c) } else { c }
}
