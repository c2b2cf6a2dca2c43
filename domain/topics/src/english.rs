//! Cuts English sentences into words, each with its stem. Terms of the dictionary go through the same stemmer, so that a
//! stem need be no word as long as both sides agree.

use crate::token::{Kind, Token, is_mark};

/// Whether a sentence is to be read as English: most of its letters are Latin, and none is kana.
pub(crate) fn is_english(sentence: &str) -> bool {
    let latin = sentence.chars().filter(char::is_ascii_alphabetic).count();
    let other = sentence.chars().filter(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let mut n_other = 0;
    for letter in other {
        if matches!(letter, 'ぁ'..='ん' | 'ァ'..='ヺ') {
            return false;
        }
        n_other += 1;
    }
    latin > 2 * n_other && latin >= 2
}

/// The words of an English sentence. `isn't` is two words, `is` and `not`.
pub(crate) fn cut(sentence: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = sentence.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        if is_mark(letter) {
            tokens.push(token(start, end, &letter.to_string(), Kind::Mark));
            continue;
        }
        while let Some((at, next)) = letters.peek().copied() {
            let inside = next.is_alphanumeric() || next == '\'';
            let decimal = matches!(next, '.' | ',')
                && sentence[..at].ends_with(|before: char| before.is_ascii_digit())
                && sentence[at + 1..].starts_with(|after: char| after.is_ascii_digit());
            if !inside && !decimal {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        push_word(&mut tokens, start, end, &sentence[start..end]);
    }
    tokens
}

fn push_word(tokens: &mut Vec<Token>, start: usize, end: usize, word: &str) {
    let kind = if word.starts_with(|first: char| first.is_ascii_digit()) {
        Kind::Number
    } else {
        Kind::Noun
    };
    let negated = word.strip_suffix("n't").or_else(|| (word == "cannot").then_some("can"));
    match negated {
        Some(verb) if !verb.is_empty() => {
            let verb = if word == "won't" { "will" } else { verb };
            let middle = start + verb.len().min(word.len());
            tokens.push(token(start, middle, &stem(verb), kind));
            tokens.push(token(middle, end, "not", Kind::Auxiliary));
        }
        _ => {
            let word = word.strip_suffix("'s").unwrap_or(word).trim_matches('\'');
            if !word.is_empty() {
                tokens.push(token(start, end, &stem(word), kind));
            }
        }
    }
}

fn token(start: usize, end: usize, plain: &str, kind: Kind) -> Token {
    Token { start, end, plain: plain.into(), kind }
}

const IRREGULAR: [(&str, &str); 40] = [
    ("are", "be"),
    ("is", "be"),
    ("was", "be"),
    ("were", "be"),
    ("been", "be"),
    ("being", "be"),
    ("am", "be"),
    ("has", "hav"),
    ("had", "hav"),
    ("having", "hav"),
    ("left", "leav"),
    ("leaves", "leav"),
    ("leave", "leav"),
    ("leaving", "leav"),
    ("lost", "los"),
    ("losing", "los"),
    ("sent", "send"),
    ("went", "go"),
    ("goes", "go"),
    ("going", "go"),
    ("gone", "go"),
    ("bought", "buy"),
    ("took", "tak"),
    ("taken", "tak"),
    ("chose", "choos"),
    ("chosen", "choos"),
    ("shrank", "shrink"),
    ("shrunk", "shrink"),
    ("froze", "freez"),
    ("frozen", "freez"),
    ("slow", "slow"),
    ("news", "news"),
    ("this", "this"),
    ("us", "us"),
    ("business", "business"),
    ("unless", "unless"),
    ("spending", "spending"),
    ("pricing", "pricing"),
    ("told", "tell"),
    ("said", "say"),
];

/// The stem of a word in small letters.
pub(crate) fn stem(word: &str) -> String {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(written, _)| *written == word) {
        return (*stem).to_owned();
    }
    let cut = if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() > 1) {
        format!("{rest}y")
    } else if let Some(rest) = ending(word, "ing") {
        undoubled(rest)
    } else if let Some(rest) = word.strip_suffix("ied").filter(|rest| rest.len() > 1) {
        format!("{rest}y")
    } else if let Some(rest) = ending(word, "ed") {
        undoubled(rest)
    } else if word.ends_with("ss") || word.ends_with("us") {
        word.to_owned()
    } else if let Some(rest) = ["sses", "shes", "ches", "xes"]
        .iter()
        .find(|ending| word.ends_with(**ending))
        .map(|_| &word[..word.len() - 2])
    {
        rest.to_owned()
    } else {
        word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word).to_owned()
    };
    let british = cut.replace("isation", "ization").replace("licence", "license");
    british.strip_suffix('e').filter(|rest| rest.len() > 2).unwrap_or(&british).to_owned()
}

fn ending<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    word.strip_suffix(ending)
        .filter(|rest| rest.len() > 2 && rest.contains(['a', 'e', 'i', 'o', 'u', 'y']))
}

/// `cancelled` and `canceled` are one, and so are `planning` and `plan`.
fn undoubled(rest: &str) -> String {
    let mut last = rest.chars().rev();
    match (last.next(), last.next()) {
        (Some(a), Some(b)) if a == b && !matches!(a, 's' | 'l' | 'e' | 'o') => {
            rest[..rest.len() - 1].to_owned()
        }
        (Some('l'), Some('l')) if rest.ends_with("cell") => rest[..rest.len() - 1].to_owned(),
        _ => rest.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            ["cancel", "cancels", "cancelled", "canceled", "cancelling"].as_slice(),
            &["renew", "renewed", "renewing", "renews"],
            &["plan", "plans", "planning", "planned"],
            &["reduce", "reduced", "reducing", "reduces"],
            &["company", "companies"],
            &["switch", "switches", "switching", "switched"],
            &["licence", "license", "licenses"],
        ] {
            let stems: std::collections::BTreeSet<String> =
                forms.iter().map(|form| stem(form)).collect();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
    }

    #[test]
    fn words_are_cut_with_their_place_and_not_is_a_word() {
        let text = "it isn't 1,200.5 usd.";
        let words: Vec<String> = cut(text)
            .iter()
            .map(|word| format!("{}={}", &text[word.start..word.end], word.plain))
            .collect();
        assert_eq!(words, ["it=it", "is=be", "n't=not", "1,200.5=1,200.5", "usd=usd", ".=."]);
        assert!(is_english(text) && !is_english("apiが遅い") && !is_english("123"));
    }
}
