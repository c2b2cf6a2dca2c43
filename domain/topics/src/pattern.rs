//! What the dictionary looks for: terms, sets of terms, and patterns of sets with gaps between them.
//!
//! ```text
//!   @rival ..6 切り替える|乗り換える        one of the set, at most six words between, then one of two
//!   予算 + 削減                             + nothing between
//!   一方 ... 解約                           ... anything between, within the sentence
//!   =ふぐあい                               these letters, wherever words begin and end
//!   追加/noun  聞く/passive                 only as this kind of word
//!   <firm>  <number>                        「A社」, any number
//!   price_list                              two words beside each other
//! ```
//! Without a gap at most [`GAP`] words may stand between. A pattern stays inside one clause, except over `...`.

use std::collections::BTreeMap;

use crate::{
    english,
    token::{Kind, Token},
};

/// How many words may stand between two parts of a pattern.
pub(crate) const GAP: usize = 4;

/// A sentence cut into words.
#[derive(Debug)]
pub(crate) struct Cutting<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: Vec<Token>,
    /// The clause of each token.
    pub(crate) clauses: Vec<usize>,
    pub(crate) is_english: bool,
}

impl Cutting<'_> {
    pub(crate) fn surface(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &self.text[token.start..token.end])
    }

    pub(crate) fn plain(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.plain)
    }

    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    /// The tokens of the clause in which a token stands.
    pub(crate) fn clause(&self, at: usize) -> std::ops::Range<usize> {
        let Some(clause) = self.clauses.get(at) else { return at..at };
        let begin = self.clauses.partition_point(|other| other < clause);
        begin..self.clauses.partition_point(|other| other <= clause)
    }
}

/// A stretch of tokens, the end out.
pub(crate) type Stretch = (usize, usize);

/// The number of a set of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SetNo(usize);

/// All sets of a dictionary, indexed by how their terms begin.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sets {
    known: BTreeMap<String, SetNo>,
    by_beginning: BTreeMap<char, Vec<(Term, SetNo)>>,
    classes: Vec<(Class, SetNo)>,
    /// Looked for by their letters, wherever words begin and end.
    literals: Vec<(Box<str>, SetNo)>,
}

#[derive(Debug, Clone)]
struct Term {
    text: Box<str>,
    /// Its words by their stems, for English sentences; empty when it is no English.
    stems: Vec<String>,
    limit: Limit,
}

/// Which kinds of words a term may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    Any,
    Noun,
    Verb,
    Adjective,
    Adverb,
    Auxiliary,
    Particle,
    Joining,
    /// Not followed by れる or られる.
    Active,
    /// Followed by れる or られる.
    Passive,
}

#[derive(Debug, Clone, Copy)]
enum Class {
    Firm,
    Number,
}

/// A pattern ready to be looked for.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    first: SetNo,
    rest: Vec<(Gap, SetNo)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    Within(usize),
    Anywhere,
}

impl Pattern {
    /// Whether it looks beyond one clause.
    pub(crate) fn goes_far(&self) -> bool {
        self.rest.iter().any(|(gap, _)| *gap == Gap::Anywhere)
    }
}

impl Sets {
    /// Reads a pattern; the fault is a sentence in both languages.
    pub(crate) fn pattern(
        &mut self,
        written: &str,
        named: &BTreeMap<String, Vec<String>>,
    ) -> Result<Pattern, (String, String)> {
        let mut gap = Gap::Within(GAP);
        let mut parts: Vec<(Gap, SetNo)> = Vec::new();
        for part in written.split_whitespace() {
            match part {
                "+" => gap = Gap::Within(0),
                "..." => gap = Gap::Anywhere,
                _ => match part.strip_prefix("..") {
                    Some(words) => {
                        let words: usize = words.parse().map_err(|_| {
                            (
                                format!("「{part}」は間の語数ではありません。`..6` のように書いてください"),
                                format!("`{part}` is no gap; write it like `..6`"),
                            )
                        })?;
                        gap = Gap::Within(words);
                    }
                    None => {
                        let set = self.set(part, named)?;
                        parts.push((std::mem::replace(&mut gap, Gap::Within(GAP)), set));
                    }
                },
            }
        }
        let mut parts = parts.into_iter();
        let Some((_, first)) = parts.next() else {
            return Err(("パターンが空です".to_owned(), "the pattern is empty".to_owned()));
        };
        Ok(Pattern { first, rest: parts.collect() })
    }

    fn set(
        &mut self,
        written: &str,
        named: &BTreeMap<String, Vec<String>>,
    ) -> Result<SetNo, (String, String)> {
        if let Some(known) = self.known.get(written) {
            return Ok(*known);
        }
        let no = SetNo(self.known.len());
        self.known.insert(written.to_owned(), no);
        for part in written.split('|').filter(|part| !part.is_empty()) {
            match part.strip_prefix('@') {
                Some(name) => {
                    let (name, limit) = limit_of(name);
                    let terms = named.get(name).ok_or_else(|| {
                        (
                            format!("語のまとまり「@{name}」がありません"),
                            format!("there is no set of words `@{name}`"),
                        )
                    })?;
                    for term in terms {
                        self.add(term, limit, no)?;
                    }
                }
                None => self.add(part, Limit::Any, no)?,
            }
        }
        Ok(no)
    }

    fn add(&mut self, term: &str, outer: Limit, set: SetNo) -> Result<(), (String, String)> {
        let class = match term {
            "<firm>" => Some(Class::Firm),
            "<number>" => Some(Class::Number),
            _ => None,
        };
        if let Some(class) = class {
            self.classes.push((class, set));
            return Ok(());
        }
        if let Some(letters) = term.strip_prefix('=').filter(|letters| !letters.is_empty()) {
            self.literals.push((crate::Normal::of(letters).text().into(), set));
            return Ok(());
        }
        let (text, own) = limit_of(term);
        let limit = if own == Limit::Any { outer } else { own };
        let text = crate::Normal::of(text).text().to_owned();
        let Some(first) = text.chars().next() else {
            return Err(("空の語があります".to_owned(), "there is an empty term".to_owned()));
        };
        let is_english =
            text.chars().all(|letter| letter.is_ascii_alphanumeric() || "_'-".contains(letter));
        let stems: Vec<String> = match is_english {
            true => text.split('_').map(english::stem).collect(),
            false => vec![],
        };
        if let Some(stem) =
            stems.first().and_then(|stem| stem.chars().next()).filter(|stem| *stem != first)
        {
            let term = Term { text: text.clone().into(), stems: stems.clone(), limit };
            self.by_beginning.entry(stem).or_default().push((term, set));
        }
        if let Some(text) = able(&text) {
            let term = Term { text: text.into(), stems: vec![], limit };
            self.by_beginning.entry(first).or_default().push((term, set));
        }
        let term = Term { text: text.into(), stems, limit };
        self.by_beginning.entry(first).or_default().push((term, set));
        Ok(())
    }

    /// Where each set stands in a sentence.
    pub(crate) fn find(&self, sentence: &Cutting<'_>) -> Found {
        let mut found = Found { places: vec![Vec::new(); self.known.len()] };
        for at in 0..sentence.tokens.len() {
            let surface = sentence.surface(at).chars().next();
            let plain = sentence.plain(at).chars().next().filter(|plain| Some(*plain) != surface);
            for beginning in [surface, plain].into_iter().flatten() {
                for (term, set) in self.by_beginning.get(&beginning).into_iter().flatten() {
                    if let Some(end) = term.end(sentence, at) {
                        found.add(*set, (at, end));
                    }
                }
            }
            for (class, set) in &self.classes {
                if let Some(end) = class.end(sentence, at) {
                    found.add(*set, (at, end));
                }
            }
        }
        for (letters, set) in &self.literals {
            for (start, _) in sentence.text.match_indices(&**letters) {
                let end = start + letters.len();
                let first = sentence.tokens.partition_point(|token| token.end <= start);
                let after = sentence.tokens.partition_point(|token| token.start < end);
                if first < after {
                    found.add(*set, (first, after));
                }
            }
        }
        found
    }
}

/// The verb of being able to: 「増やせる」 of 「増やす」, which word lists keep as a verb of its own.
fn able(term: &str) -> Option<String> {
    const ENDINGS: [(char, &str); 9] = [
        ('う', "える"),
        ('く', "ける"),
        ('ぐ', "げる"),
        ('す', "せる"),
        ('つ', "てる"),
        ('ぬ', "ねる"),
        ('ぶ', "べる"),
        ('む', "める"),
        ('る', "れる"),
    ];
    let last = term.chars().next_back()?;
    let stem = &term[..term.len() - last.len_utf8()];
    let is_written_out = stem.chars().any(|letter| ('一'..='龥').contains(&letter));
    let (_, ending) = ENDINGS.iter().find(|(ending, _)| *ending == last)?;
    is_written_out.then(|| format!("{stem}{ending}"))
}

fn limit_of(term: &str) -> (&str, Limit) {
    let Some((text, limit)) = term.rsplit_once('/') else { return (term, Limit::Any) };
    let limit = match limit {
        "noun" => Limit::Noun,
        "verb" => Limit::Verb,
        "adjective" => Limit::Adjective,
        "adverb" => Limit::Adverb,
        "auxiliary" => Limit::Auxiliary,
        "particle" => Limit::Particle,
        "joining" => Limit::Joining,
        "active" => Limit::Active,
        "passive" => Limit::Passive,
        _ => return (term, Limit::Any),
    };
    (text, limit)
}

impl Term {
    /// The token after the term, if it stands here. All words but the last must be as written; the last may be inflected.
    fn end(&self, sentence: &Cutting<'_>, at: usize) -> Option<usize> {
        let end = match sentence.is_english {
            true => self.end_in_english(sentence, at)?,
            false => self.end_in_japanese(sentence, at)?,
        };
        self.limit.fits(sentence, end).then_some(end)
    }

    fn end_in_english(&self, sentence: &Cutting<'_>, at: usize) -> Option<usize> {
        let here = |(offset, stem): (usize, &String)| sentence.plain(at + offset) == stem;
        (!self.stems.is_empty() && self.stems.iter().enumerate().all(here))
            .then(|| at + self.stems.len())
    }

    fn end_in_japanese(&self, sentence: &Cutting<'_>, mut at: usize) -> Option<usize> {
        let mut rest = &*self.text;
        let mut is_first = true;
        loop {
            let token = sentence.tokens.get(at)?;
            let surface = sentence.surface(at);
            if rest == surface || rest == &*token.plain || (!is_first && is_stem(rest, token)) {
                return Some(at + 1);
            }
            rest = rest.strip_prefix(surface).filter(|_| !surface.is_empty())?;
            rest = rest.strip_prefix('_').unwrap_or(rest);
            if token.kind == Kind::Letter && !is_first && is_ending(rest) {
                return Some(at + 1);
            }
            is_first = false;
            at += 1;
        }
    }
}

/// Letters cannot be brought into their plain form: the last letter of a verb or an adjective may be any.
fn is_ending(rest: &str) -> bool {
    let mut letters = rest.chars();
    let ending = letters.next();
    letters.next().is_none() && ending.is_some_and(|last| "うくすつぬぶむるぐい".contains(last))
}

fn is_stem(rest: &str, token: &Token) -> bool {
    token.kind == Kind::Letter && rest == &*token.plain
}

impl Limit {
    fn fits(self, sentence: &Cutting<'_>, end: usize) -> bool {
        let kind = sentence.kind(end - 1).unwrap_or(Kind::Other);
        if kind == Kind::Letter || sentence.is_english {
            return true;
        }
        let is_passive = matches!(sentence.plain(end), "れる" | "られる");
        match self {
            Limit::Any => true,
            Limit::Noun => matches!(kind, Kind::Noun | Kind::Number),
            Limit::Verb => matches!(kind, Kind::Verb | Kind::VerbOpen),
            Limit::Adjective => kind == Kind::Adjective,
            Limit::Adverb => kind == Kind::Adverb,
            Limit::Auxiliary => kind == Kind::Auxiliary,
            Limit::Particle => kind == Kind::Particle,
            Limit::Joining => kind == Kind::Joining,
            Limit::Active => !is_passive,
            Limit::Passive => is_passive,
        }
    }
}

impl Class {
    fn end(self, sentence: &Cutting<'_>, at: usize) -> Option<usize> {
        match self {
            Class::Number => {
                let is_number = |at| {
                    sentence.kind(at) == Some(Kind::Number)
                        || sentence.surface(at).starts_with(|first: char| first.is_ascii_digit())
                };
                let end = (at..).take_while(|at| is_number(*at)).last()?;
                (at == 0 || !is_number(at - 1)).then_some(end + 1)
            }
            Class::Firm => {
                let name = sentence.surface(at);
                let is_letter = name.len() <= 3
                    && name
                        .chars()
                        .all(|letter| letter.is_ascii_alphabetic() || "〇○◯某".contains(letter));
                let end = (at + 1..at + 4).find(|end| sentence.surface(*end) == "社")?;
                let filled = (at + 1..end).all(|at| "〇○◯".contains(sentence.surface(at)));
                (is_letter && !name.is_empty() && filled).then_some(end + 1)
            }
        }
    }
}

/// Where sets stand in one sentence.
#[derive(Debug)]
pub(crate) struct Found {
    /// By set, in the order of their beginnings.
    places: Vec<Vec<Stretch>>,
}

impl Found {
    fn add(&mut self, set: SetNo, place: Stretch) {
        let places = &mut self.places[set.0];
        if !places.contains(&place) {
            places.push(place);
        }
    }

    fn of(&self, set: SetNo) -> &[Stretch] {
        &self.places[set.0]
    }

    /// All places where a pattern stands: its parts in order. Of those that begin together, the nearest parts are taken.
    pub(crate) fn matches(&self, pattern: &Pattern, sentence: &Cutting<'_>) -> Vec<Vec<Stretch>> {
        let mut all = Vec::new();
        for first in self.of(pattern.first) {
            let mut parts = vec![*first];
            if self.go_on(&pattern.rest, sentence, &mut parts) {
                all.push(parts);
            }
        }
        all
    }

    fn go_on(
        &self,
        rest: &[(Gap, SetNo)],
        sentence: &Cutting<'_>,
        parts: &mut Vec<Stretch>,
    ) -> bool {
        let Some(((gap, set), rest)) = rest.split_first() else { return true };
        let Some((begin, end)) = parts.last().copied() else { return false };
        for next in self.of(*set) {
            let near = match gap {
                Gap::Anywhere => end <= next.0,
                Gap::Within(most) => {
                    end <= next.0
                        && next.0 - end <= *most
                        && sentence.clauses[begin] == sentence.clauses[next.0]
                }
            };
            if near {
                parts.push(*next);
                if self.go_on(rest, sentence, parts) {
                    return true;
                }
                parts.pop();
            }
        }
        false
    }

    /// The longest stretch of any of these patterns that begins at a token.
    pub(crate) fn longest_at(
        &self,
        patterns: &[Pattern],
        sentence: &Cutting<'_>,
        at: usize,
    ) -> Option<usize> {
        let begins = |pattern: &Pattern| self.of(pattern.first).iter().any(|place| place.0 == at);
        patterns
            .iter()
            .filter(|pattern| begins(pattern))
            .flat_map(|pattern| self.matches(pattern, sentence))
            .filter(|parts| parts.first().is_some_and(|first| first.0 == at))
            .filter_map(|parts| parts.last().map(|last| last.1))
            .max()
    }

    /// Whether any of these patterns stands inside a stretch.
    pub(crate) fn any_within(
        &self,
        patterns: &[Pattern],
        sentence: &Cutting<'_>,
        within: std::ops::Range<usize>,
    ) -> bool {
        patterns.iter().flat_map(|pattern| self.matches(pattern, sentence)).any(|parts| {
            let (first, last) = (parts.first(), parts.last());
            first.is_some_and(|first| within.start <= first.0)
                && last.is_some_and(|last| last.1 <= within.end)
        })
    }
}
