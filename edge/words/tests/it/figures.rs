//! How often topics are found rightly, on sentences that were labelled before any rule was written
//! (`tests/sentences/README.md`). Every third sentence is held out: nobody looks at what goes wrong there, only at the
//! figures below, which must not fall.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use kizashi_words::Words;
use topics::{Dictionary, Letters};

const SENTENCES: &str = include_str!("../sentences/labelled.tsv");
/// On the held-out third, of each topic.
const PRECISION_LEAST: f64 = 0.85;
const RECALL_LEAST: f64 = 0.80;
/// On held-out sentences in which something is denied, over or doubly denied.
const NEGATION_PRECISION_LEAST: f64 = 0.90;
const REPORTS_PER_SECOND_LEAST: f64 = 1_000.0;

struct Sentence {
    is_held_out: bool,
    is_negation: bool,
    topics: BTreeSet<String>,
    text: &'static str,
}

fn labelled() -> Vec<Sentence> {
    let sentence = |(number, line): (usize, &'static str)| {
        let [_, negation, topics, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("line {number} has not four columns");
        };
        let topics = topics.split(',').filter(|topic| !topic.is_empty()).map(str::to_owned);
        Sentence {
            is_held_out: number.is_multiple_of(3),
            is_negation: negation == "n",
            topics: topics.collect(),
            text,
        }
    };
    (1..).zip(SENTENCES.lines().skip(1)).map(sentence).collect()
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn precision(self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        share(self.right, self.right + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn tally<'s>(
    sentences: impl Iterator<Item = &'s Sentence>,
    find: impl Fn(&str) -> BTreeSet<String>,
) -> BTreeMap<String, Tally> {
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for sentence in sentences {
        let found = find(sentence.text);
        for topic in found.union(&sentence.topics) {
            let tally = tallies.entry(topic.clone()).or_default();
            match (found.contains(topic), sentence.topics.contains(topic)) {
                (true, true) => tally.right += 1,
                (true, false) => tally.wrong += 1,
                (false, _) => tally.missed += 1,
            }
        }
    }
    tallies
}

fn sum(tallies: &BTreeMap<String, Tally>) -> Tally {
    tallies.values().fold(Tally::default(), |sum, tally| Tally {
        right: sum.right + tally.right,
        wrong: sum.wrong + tally.wrong,
        missed: sum.missed + tally.missed,
    })
}

fn say(title: &str, tally: Tally) {
    println!(
        "{title:28} precision {:.3}  recall {:.3}  ({} right, {} wrong, {} missed)",
        tally.precision(),
        tally.recall(),
        tally.right,
        tally.wrong,
        tally.missed
    );
}

#[test]
fn topics_are_found_as_labelled() {
    let words = Words::unpack().unwrap();
    let dictionary = Dictionary::built_in().unwrap();
    let topics_of = |text: &str| -> BTreeSet<String> {
        let report = dictionary.read(text, &words);
        report.topics(&dictionary).into_iter().map(|topic| topic.id.clone()).collect()
    };
    let sentences = labelled();
    let held_out = || sentences.iter().filter(|sentence| sentence.is_held_out);
    assert!(sentences.len() >= 500 && held_out().count() * 3 + 2 >= sentences.len());
    assert!(sentences.iter().filter(|sentence| sentence.is_negation).count() >= 100);

    let seen = tally(sentences.iter().filter(|sentence| !sentence.is_held_out), topics_of);
    say("seen while writing rules", sum(&seen));
    let unseen = tally(held_out(), topics_of);
    for (topic, tally) in &unseen {
        say(&format!("held out: {topic}"), *tally);
    }
    say("held out", sum(&unseen));
    let negated = sum(&tally(held_out().filter(|sentence| sentence.is_negation), topics_of));
    say("held out, negations", negated);
    let by_letters = tally(held_out(), |text| {
        let report = dictionary.read(text, &Letters);
        report.topics(&dictionary).into_iter().map(|topic| topic.id.clone()).collect()
    });
    say("held out, without words", sum(&by_letters));

    for (topic, tally) in &unseen {
        assert!(tally.right + tally.missed >= 5, "{topic} hardly comes up");
        assert!(
            tally.precision() >= PRECISION_LEAST,
            "{topic}: precision {:.3}",
            tally.precision()
        );
        assert!(tally.recall() >= RECALL_LEAST, "{topic}: recall {:.3}", tally.recall());
    }
    assert!(
        negated.precision() >= NEGATION_PRECISION_LEAST,
        "negations: {:.3}",
        negated.precision()
    );
    assert!(sum(&by_letters).precision() >= 0.5, "letters alone find too much");
}

#[test]
fn the_examples_of_the_dictionary_come_out_as_they_say() {
    let words = Words::unpack().unwrap();
    let faults = Dictionary::built_in().unwrap().try_examples(&words);
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_thousand_reports_take_less_than_a_second() {
    let words = Words::unpack().unwrap();
    let dictionary = Dictionary::built_in().unwrap();
    let sentences = labelled();
    let mut found = 0;
    // The best of some rounds: other work on the machine must not fail a test.
    let rates = (0..5).map(|_| {
        let begun = Instant::now();
        for sentence in &sentences {
            found += dictionary.read(sentence.text, &words).hits.len();
        }
        sentences.len() as f64 / begun.elapsed().as_secs_f64()
    });
    let rate = rates.fold(0.0, f64::max);
    println!("{rate:.0} reports a second");
    assert!(found > 1_000);
    assert!(rate >= REPORTS_PER_SECOND_LEAST, "{rate:.0} reports a second");
}
