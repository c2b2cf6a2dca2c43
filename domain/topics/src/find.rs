//! Reads a report: which topics come up in it, where, and what is said of them.

use std::ops::Range;

use crate::{
    Cut, Dictionary, Flag, Grade, Hint, Normal, State, Topic,
    clauses::clauses,
    dictionary::Rule,
    english, hints,
    pattern::{Cutting, Found, Stretch},
    scope,
    text::sentences,
};

/// A report with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What was found, in the order of the text. Those that do not count are kept, so that it can be asked why.
    pub hits: Vec<Hit>,
    /// Days, sums and numbers of things.
    pub hints: Vec<Hint>,
}

/// A topic found at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The topic.
    pub topic: String,
    /// The rule of that topic.
    pub rule: String,
    /// The version of the dictionary in which the rule was last changed.
    pub rule_since: u32,
    /// Bytes of the written text: what was found.
    pub span: Range<usize>,
    /// Bytes of the written text: the sentence it stands in.
    pub sentence: Range<usize>,
    /// Whether it is so.
    pub state: State,
    /// Whether it is put off or given up rather than denied: 「見送り」.
    pub is_put_off: bool,
    /// What else is to be known.
    pub flags: Vec<Flag>,
    /// How good the word for it is.
    pub grade: Grade,
    /// Bytes of the written text: the words that turned it round.
    pub turns: Vec<Range<usize>>,
    /// Whether the topic came up, all considered.
    pub counts: bool,
}

impl Report {
    /// The topics that came up, each once, in the order of the dictionary.
    pub fn topics<'d>(&self, dictionary: &'d Dictionary) -> Vec<&'d Topic> {
        let came_up =
            |topic: &&Topic| self.hits.iter().any(|hit| hit.counts && hit.topic == topic.id);
        dictionary.topics().iter().filter(came_up).collect()
    }
}

impl Dictionary {
    /// Reads a report of any length.
    pub fn read(&self, written: &str, cut: &dyn Cut) -> Report {
        let normal = Normal::of(written);
        let mut hits = Vec::new();
        for part in sentences(normal.text()) {
            let sentence = cutting(&normal.text()[part.clone()], cut);
            let found = self.sets.find(&sentence);
            let back = |range: Range<usize>| {
                normal.written(part.start + range.start..part.start + range.end)
            };
            let whole = trimmed(sentence.text);
            for topic in &self.topics {
                for hit in self.hits_of(topic, &sentence, &found) {
                    hits.push(hit.placed(&sentence, &back, whole.clone()));
                }
            }
        }
        hits.sort_by_key(|hit| (hit.sentence.start, hit.span.start, hit.span.end));
        Report { hits, hints: hints::hints(&normal) }
    }

    /// What is found of a topic in a sentence; of those that overlap, the one that counts and is longest stays.
    fn hits_of<'d>(&self, topic: &'d Topic, sentence: &Cutting<'_>, found: &Found) -> Vec<Raw<'d>> {
        let mut all: Vec<Raw<'d>> = Vec::new();
        for rule in &topic.rules {
            for pattern in &rule.find {
                for parts in found.matches(pattern, sentence) {
                    let reading = scope::read(sentence, found, &self.modifiers, topic, &parts);
                    let is_taken_away = is_taken_away(rule, sentence, found, &parts);
                    all.push(Raw::new(topic, rule, parts, reading, is_taken_away));
                }
            }
        }
        all.sort_by_key(|raw| {
            (!raw.counts, raw.is_taken_away, raw.begin().wrapping_sub(raw.end()))
        });
        let mut kept: Vec<Raw<'d>> = Vec::new();
        for raw in all {
            let overlaps = |other: &Raw<'_>| raw.begin() < other.end() && other.begin() < raw.end();
            if !raw.is_taken_away && !kept.iter().any(overlaps) {
                kept.push(raw);
            }
        }
        kept
    }
}

fn is_taken_away(rule: &Rule, sentence: &Cutting<'_>, found: &Found, parts: &[Stretch]) -> bool {
    let begin = parts.first().map_or(0, |part| part.0);
    let end = parts.last().map_or(0, |part| part.1);
    let clauses = sentence.clause(begin).start..sentence.clause(end.saturating_sub(1)).end;
    let all = 0..sentence.tokens.len();
    rule.unless.iter().any(|pattern| {
        let within = if pattern.goes_far() { all.clone() } else { clauses.clone() };
        found.any_within(std::slice::from_ref(pattern), sentence, within)
    })
}

fn trimmed(text: &str) -> Range<usize> {
    let begin = text.len() - text.trim_start().len();
    begin..begin + text.trim().len()
}

fn cutting<'t>(text: &'t str, cut: &dyn Cut) -> Cutting<'t> {
    let is_english = english::is_english(text);
    let mut tokens = if is_english { english::cut(text) } else { cut.cut(text) };
    tokens.retain(|token| !text[token.start..token.end].trim().is_empty());
    let clauses = clauses(text, &tokens, is_english);
    Cutting { text, tokens, clauses, is_english }
}

struct Raw<'d> {
    topic: &'d Topic,
    rule: &'d Rule,
    parts: Vec<Stretch>,
    reading: scope::Reading,
    is_taken_away: bool,
    counts: bool,
}

impl<'d> Raw<'d> {
    fn new(
        topic: &'d Topic,
        rule: &'d Rule,
        parts: Vec<Stretch>,
        reading: scope::Reading,
        is_taken_away: bool,
    ) -> Raw<'d> {
        let tolerated = |flag: &Flag| topic.despite.contains(flag) || rule.despite.contains(flag);
        let counts = !is_taken_away
            && rule.when.contains(&reading.state)
            && reading.flags.iter().all(tolerated);
        Raw { topic, rule, parts, reading, is_taken_away, counts }
    }

    fn begin(&self) -> usize {
        self.parts.first().map_or(0, |part| part.0)
    }

    fn end(&self) -> usize {
        self.parts.last().map_or(0, |part| part.1)
    }

    fn placed(
        self,
        sentence: &Cutting<'_>,
        back: &dyn Fn(Range<usize>) -> Range<usize>,
        whole: Range<usize>,
    ) -> Hit {
        let bytes = |(begin, end): Stretch| {
            let start = sentence.tokens.get(begin).map_or(0, |token| token.start);
            let last = end.checked_sub(1).and_then(|last| sentence.tokens.get(last));
            start..last.map_or(start, |token| token.end)
        };
        let span = back(bytes((self.begin(), self.end())));
        Hit {
            topic: self.topic.id.clone(),
            rule: self.rule.id.clone(),
            rule_since: self.rule.since,
            span,
            sentence: back(whole),
            state: self.reading.state,
            is_put_off: self.reading.is_put_off,
            flags: self.reading.flags,
            grade: self.reading.grade,
            turns: self.reading.turns.into_iter().map(|turn| back(bytes(turn))).collect(),
            counts: self.counts,
        }
    }
}
