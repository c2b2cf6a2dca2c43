//! A text as pages show it: in pieces, each with the topics that were found in it.

use std::collections::{BTreeMap, BTreeSet};

use condition::{Language, label_of_property};
use facts::{PropertiesRef, ValueRef};
use serde::Serialize;
use topics::{Cut, Dictionary, Hint, Mention};
use utoipa::ToSchema;

/// A text with what was found in it.
#[derive(Serialize, ToSchema)]
pub(crate) struct TextShown {
    /// The property it is: `issue`.
    field: String,
    label: String,
    /// The whole text, cut where a found place begins or ends.
    pieces: Vec<Piece>,
    hits: Vec<HitShown>,
    /// Days, sums and numbers of things.
    hints: Vec<HintShown>,
}

/// A part of a text.
#[derive(Serialize, ToSchema)]
pub(crate) struct Piece {
    text: String,
    /// The places in `hits` of what was found here.
    hits: Vec<usize>,
}

/// A topic that was found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HitShown {
    topic: String,
    /// What the topic is called.
    name: String,
    term: String,
    /// The rule that found it: `churn/not-renewing`.
    rule: String,
    /// Whether the topic came up, all considered.
    counts: bool,
    polarity: String,
    subject: String,
    grade: String,
    /// In which field, and where in it, in letters.
    field: String,
    begin: usize,
    end: usize,
    /// Whether people said that it is right or wrong; null when nobody did.
    verdict: Option<bool>,
}

/// A day, a sum or a number of things.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct HintShown {
    /// As it was written.
    quote: String,
    /// What it says.
    says: String,
}

/// What people said of found places, by rule, field and first letter.
pub(super) type Verdicts = BTreeMap<(String, String, usize), bool>;

/// Reads a text and shows it; nothing is kept.
pub(crate) fn read_aloud(
    dictionary: &Dictionary,
    cut: &(dyn Cut + Send + Sync),
    (field, text): (&str, &str),
    language: Language,
) -> TextShown {
    let mentions = dictionary.read(text, cut).mentions(text);
    let hits = mentions.iter().map(|mention| HitShown::of(mention, (field, text)));
    let mut hits: Vec<HitShown> = hits.collect();
    hits.iter_mut().for_each(|hit| hit.name = name_of(dictionary, &hit.topic, language));
    shown((field, text), hits, language)
}

/// Shows a text with the mentions that are kept of it.
pub(super) fn shown(
    (field, text): (&str, &str),
    hits: Vec<HitShown>,
    language: Language,
) -> TextShown {
    let hints = Hint::of(text).into_iter().map(|hint| {
        let said = hint.said();
        HintShown {
            quote: text.get(hint.span.clone()).unwrap_or_default().to_owned(),
            says: match language {
                Language::Ja => said.ja,
                Language::En => said.en,
            },
        }
    });
    TextShown {
        field: field.to_owned(),
        label: label_of_property(field, language),
        pieces: pieces(text, &hits),
        hints: hints.collect(),
        hits,
    }
}

fn pieces(text: &str, hits: &[HitShown]) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().collect();
    let edges = hits.iter().flat_map(|hit| [hit.begin, hit.end]);
    let edges: BTreeSet<usize> =
        edges.filter(|edge| *edge < letters.len()).chain([0, letters.len()]).collect();
    let edges: Vec<usize> = edges.into_iter().collect();
    let piece = |pair: &[usize]| {
        let (begin, end) = (pair[0], pair[1]);
        let within = hits.iter().enumerate();
        let within = within.filter(|(_, hit)| hit.begin <= begin && end <= hit.end);
        Piece {
            text: letters[begin..end].iter().collect(),
            hits: within.map(|(place, _)| place).collect(),
        }
    };
    edges.windows(2).map(piece).collect()
}

/// What a topic is called by the dictionary; its id when the dictionary no longer has it.
pub(crate) fn name_of(dictionary: &Dictionary, id: &str, language: Language) -> String {
    let topic = dictionary.topics().iter().find(|topic| topic.id == id);
    match (topic, language) {
        (Some(topic), Language::Ja) => topic.name.ja.clone(),
        (Some(topic), Language::En) => topic.name.en.clone(),
        (None, _) => id.to_owned(),
    }
}

impl HitShown {
    fn of(mention: &Mention, (field, text): (&str, &str)) -> HitShown {
        let letters = |bytes: usize| text.get(..bytes).map_or(0, |part| part.chars().count());
        HitShown {
            topic: mention.topic.clone(),
            name: String::new(),
            term: mention.term.clone(),
            rule: mention.rule.clone(),
            counts: mention.counts,
            polarity: mention.polarity.word().to_owned(),
            subject: mention.subject.word().to_owned(),
            grade: mention.grade.word().to_owned(),
            field: field.to_owned(),
            begin: letters(mention.span.start),
            end: letters(mention.span.end),
            verdict: None,
        }
    }

    /// A mention as it is kept.
    pub(super) fn kept(
        values: PropertiesRef<'_>,
        dictionary: &Dictionary,
        verdicts: Option<&Verdicts>,
        language: Language,
    ) -> HitShown {
        let text = |name: &str| values.get(name).as_text().unwrap_or_default().to_owned();
        let place = |name: &str| {
            let number = values.get(name).as_number();
            number.and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
        };
        let (topic, rule, field, begin) =
            (text("topic"), text("rule"), text("field"), place("begin"));
        let said = (rule.clone(), field.clone(), begin);
        HitShown {
            name: name_of(dictionary, &topic, language),
            topic,
            term: text("term"),
            counts: values.get("negated") != ValueRef::Bool(true),
            polarity: text("polarity"),
            subject: text("subject"),
            grade: text("grade"),
            begin,
            end: place("end"),
            verdict: verdicts.and_then(|verdicts| verdicts.get(&said)).copied(),
            rule,
            field,
        }
    }

    pub(super) fn is_in(&self, field: &str) -> bool {
        self.field == field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(begin: usize, end: usize) -> HitShown {
        HitShown {
            topic: "t".into(),
            name: "t".into(),
            term: String::new(),
            rule: "t/r".into(),
            counts: true,
            polarity: "affirmed".into(),
            subject: "customer".into(),
            grade: "stated".into(),
            field: "text".into(),
            begin,
            end,
            verdict: None,
        }
    }

    #[test]
    fn pieces_are_the_whole_text_whatever_overlaps() {
        let text = "競合A社から解約の話";
        let cut = |hits: &[HitShown]| -> Vec<(String, Vec<usize>)> {
            pieces(text, hits).into_iter().map(|piece| (piece.text, piece.hits)).collect()
        };
        assert_eq!(cut(&[]), [(text.to_owned(), vec![])]);
        let found = cut(&[hit(0, 4), hit(2, 8)]);
        let whole: String = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(whole, text);
        let of: Vec<&[usize]> = found.iter().map(|(_, hits)| hits.as_slice()).collect();
        assert_eq!(of, [&[0][..], &[0, 1], &[1], &[]]);
        // A place beyond the text, from a damaged record, breaks nothing.
        assert_eq!(cut(&[hit(3, 900)]).len(), 2);
        assert!(pieces("", &[hit(0, 1)]).is_empty());
    }
}
