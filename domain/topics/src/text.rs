//! A text in one spelling: full and half width, capitals and invisible signs made equal, with the way back to the place
//! in the text as it was written.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A text in one spelling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Normal {
    text: String,
    /// For each byte of `text` and its end: the byte of the written text it comes from. Never falls.
    origin: Vec<usize>,
    written_len: usize,
}

impl Normal {
    /// Brings a written text into one spelling: NFKC, small letters, one kind of dash, no invisible signs.
    pub fn of(written: &str) -> Normal {
        let mut normal =
            Normal { text: String::new(), origin: Vec::new(), written_len: written.len() };
        let mut letters = written.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            // ｶﾞ is two signs and one letter.
            let mark =
                letters.next_if(|(_, next)| matches!(next, 'ﾞ' | 'ﾟ' | '\u{3099}' | '\u{309a}'));
            let written = std::iter::once(letter).chain(mark.map(|(_, mark)| mark));
            normal.push(written, at);
        }
        normal.origin.push(written.len());
        normal
    }

    fn push(&mut self, written: impl Iterator<Item = char>, at: usize) {
        for letter in written.nfkc().flat_map(char::to_lowercase) {
            let Some(letter) = one_spelling(letter, self.text.chars().next_back()) else {
                continue;
            };
            self.text.push(letter);
            self.origin.extend(std::iter::repeat_n(at, letter.len_utf8()));
        }
    }

    /// The text in one spelling.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of this text stands in the written one.
    pub fn written(&self, part: Range<usize>) -> Range<usize> {
        let begin = self.origin.get(part.start).copied().unwrap_or(self.written_len);
        // The last letter may have been written with several: its end is where the next one begins.
        let last = part.end.checked_sub(1).and_then(|last| self.origin.get(last)).copied();
        let after = self.origin.get(part.end..).unwrap_or_default();
        let end = after.iter().copied().find(|origin| last.is_none_or(|last| last < *origin));
        begin..end.unwrap_or(self.written_len).max(begin)
    }
}

/// What a sign is written as here; nothing for those that cannot be seen.
fn one_spelling(letter: char, before: Option<char>) -> Option<char> {
    let after_kana = before.is_some_and(|before| matches!(before, 'ァ'..='ヺ'));
    Some(match letter {
        '\u{200b}'..='\u{200f}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0100}'..='\u{e01ef}' => {
            return None;
        }
        // サポ-ト: a dash after katakana makes it long.
        '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '─' if after_kana => 'ー',
        '‐' | '‑' | '–' | '—' | '―' | '−' | '─' => '-',
        '〜' => '~',
        '’' | '‘' => '\'',
        '\t' | '\u{3000}' => ' ',
        other => other,
    })
}

/// The sentences of a normalised text. Brackets and line breaks end one, too; a full stop between digits does not.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        if ends_sentence(letter, next) || is_too_long(at - begin, letter) {
            let end = at + letter.len_utf8();
            found.push(begin..end);
            begin = end;
        }
    }
    found.push(begin..text.len());
    found.retain(|part| !text[part.clone()].trim().is_empty());
    found
}

/// Nobody writes such sentences; whoever sends one must not make us look at all of it at once.
fn is_too_long(length: usize, letter: char) -> bool {
    const LONG: usize = 600;
    const LONGEST: usize = 1_500;
    LONGEST < length || (LONG < length && matches!(letter, '、' | ',' | ' '))
}

fn ends_sentence(letter: char, next: Option<char>) -> bool {
    match letter {
        '。' | '!' | '?' | '\n' | '\r' | '|' | '■' | '●' | '◆' | '・' if letter != '・' => {
            true
        }
        // NFKC makes ｡ of 。, and … of three stops.
        '｡' | '…' => true,
        '.' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_quoted_as_it_was_written() {
        let written = "ｸﾚｰﾑ、ＡＰＩの㈱ガイドを\u{200b}サポ-ト。";
        let normal = Normal::of(written);
        assert_eq!(normal.text(), "クレーム、apiの(株)ガイドをサポート。");
        let quote = |part: &str| {
            let at = normal.text().find(part).unwrap();
            &written[normal.written(at..at + part.len())]
        };
        assert_eq!(quote("クレーム"), "ｸﾚｰﾑ");
        assert_eq!(quote("api"), "ＡＰＩ");
        assert_eq!(quote("株"), "㈱", "a part of a sign is the whole sign");
        assert_eq!(quote("サポート"), "サポ-ト");
        assert_eq!(Normal::of("").written(0..0), 0..0);
    }

    #[test]
    fn sentences_end_at_marks_and_lines_but_not_inside_numbers() {
        let text = "訪問した。予算は1.5倍!\n不満なし It works. Fine";
        let parts: Vec<&str> = sentences(text).into_iter().map(|part| text[part].trim()).collect();
        assert_eq!(parts, ["訪問した。", "予算は1.5倍!", "不満なし It works.", "Fine"]);
    }
}
