//! Where one statement ends and the next begins, so that 「予算はないが、増員の予定がある」 is read as two.

use crate::token::{Kind, Token};

/// The clause of each token, counted from 0.
pub(crate) fn clauses(text: &str, tokens: &[Token], is_english: bool) -> Vec<usize> {
    let surface = |at: usize| tokens.get(at).map_or("", |token| &text[token.start..token.end]);
    let ends = if is_english { ends_in_english } else { ends_in_japanese };
    let mut clause = 0;
    let mut clauses = Vec::with_capacity(tokens.len());
    for at in 0..tokens.len() {
        clauses.push(clause);
        let seen = Seen { tokens, at, surface: &surface };
        if ends(&seen) {
            clause += 1;
        }
    }
    clauses
}

struct Seen<'a> {
    tokens: &'a [Token],
    at: usize,
    surface: &'a dyn Fn(usize) -> &'a str,
}

impl Seen<'_> {
    fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    fn plain(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.plain)
    }
}

/// Particles after which a comma only lets the reader breathe.
const BREATHES: [&str; 20] = [
    "は",
    "も",
    "に",
    "と",
    "や",
    "から",
    "を",
    "が",
    "の",
    "について",
    "へ",
    "まで",
    "って",
    "に対して",
    "として",
    "により",
    "によって",
    "とか",
    "など",
    "には",
];
/// Words that tie two statements.
const TIES: [&str; 10] =
    ["が", "けど", "けれど", "けれども", "けども", "ので", "から", "し", "のに", "ものの"];

/// Whether a clause ends with this token.
fn ends_in_japanese(seen: &Seen<'_>) -> bool {
    let at = seen.at;
    let (word, next) = ((seen.surface)(at), (seen.surface)(at + 1));
    let before = at.checked_sub(1);
    let kind_before = before.and_then(|before| seen.kind(before));
    if matches!(next, "、" | ",") {
        // The mark belongs to the clause that it ends.
        return false;
    }
    match seen.kind(at) {
        Some(Kind::Mark) if matches!(word, "、" | ",") => {
            let breathes = kind_before == Some(Kind::Particle)
                && before.is_some_and(|before| BREATHES.contains(&(seen.surface)(before)));
            // 「担当の佐藤さん、来月で」: what the rest is about.
            let names = before.is_some_and(|before| {
                matches!((seen.surface)(before), "さん" | "様" | "さま" | "氏" | "件")
            });
            let quotes = matches!(next, "と" | "という" | "との");
            !breathes && !names && !quotes
        }
        Some(Kind::Mark) => matches!(word, "(" | ")" | "/" | ";" | ":" | "→" | "⇒"),
        Some(Kind::Joining) => {
            TIES.contains(&word) || (matches!(word, "て" | "で") && starts_anew(seen.kind(at + 1)))
        }
        Some(Kind::VerbOpen) => {
            kind_before != Some(Kind::Prefix)
                && starts_anew(seen.kind(at + 1))
                && !matches!(next, "方" | "中" | "先" | "手" | "物" | "こと" | "よう" | "そう")
        }
        Some(Kind::Noun) if word == "ため" || word == "為" => {
            kind_before != Some(Kind::Particle) && !matches!(next, "の" | "で" | "だ" | "です")
        }
        Some(_) => {
            seen.kind(at + 1) == Some(Kind::Conjunction)
                || (seen.kind(at) == Some(Kind::Particle)
                    && word == "に"
                    && matches!(seen.plain(at - before.map_or(0, |_| 1)), "ため" | "為"))
        }
        None => false,
    }
}

fn starts_anew(kind: Option<Kind>) -> bool {
    matches!(kind, Some(Kind::Noun | Kind::Prefix | Kind::Adverb | Kind::Number | Kind::Other))
}

fn ends_in_english(seen: &Seen<'_>) -> bool {
    const TIES: [&str; 16] = [
        "but", "however", "although", "though", "because", "so", "while", "since", "whereas",
        "and", "yet", "unless", "when", "that", "who", "which",
    ];
    let next = (seen.surface)(seen.at + 1);
    TIES.contains(&next) || matches!((seen.surface)(seen.at), "," | ";" | ":" | "(" | ")")
}
