//! What the history of one customer should say of mentions by the dictionary, and what it says.

use facts::{ContactKey, CustomerKey, EventName, Fact, History, Timestamp, What};
use topics::{Cut, Dictionary};

use crate::host::mentions::{
    index::{Words, Wrote},
    texts::{self, MENTIONED, Text, is_read, number_of},
};

/// By what is read, and what need not be read again.
#[derive(Clone, Copy)]
pub(super) struct By<'a> {
    pub(super) dictionary: &'a Dictionary,
    pub(super) cut: &'a (dyn Cut + Send + Sync),
    /// Texts up to this place in the order of arrival were read by this dictionary before.
    pub(super) trusted: Option<u64>,
}

/// What there is and what there should be.
#[derive(Debug, Default)]
pub(super) struct Examined {
    /// The texts, with the mentions that should be.
    pub(super) texts: Vec<(Source, Vec<Expected>)>,
    /// For each mention that is there: its batch, and whether it should be there.
    pub(super) found: Vec<(u32, bool)>,
}

/// A text by what the index keeps of it.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) at: Timestamp,
    pub(super) seq: u64,
    pub(super) event: String,
    pub(super) rep: Option<String>,
    /// Whether the event is there for its text.
    is_own: bool,
}

/// A mention that should be there.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) fact: Fact,
    /// The batch that tells of it; none when it must be written.
    pub(super) batch: Option<u32>,
}

/// A mention that is there.
struct Found {
    report: u64,
    batch: u32,
    fact: Fact,
    is_right: bool,
}

/// Looks through one history.
pub(super) fn examine(by: By<'_>, history: &History) -> Examined {
    let Some(key) = history.customer().and_then(|key| CustomerKey::new(key).ok()) else {
        return Examined::default();
    };
    let mut found = mentions_in(history, &key);
    let mut examined = Examined::default();
    for track in history.tracks() {
        let event = history.name(track);
        if !is_read(event) {
            continue;
        }
        for one in history.events_of(track) {
            let values = history.particulars(one);
            if texts::texts(values).next().is_none() {
                continue;
            }
            let seq = one.stamp.seq;
            let text = Text {
                customer: &key,
                contact: history.contact_of(one),
                at: one.stamp.at,
                seq,
                values,
            };
            let expected = match by.trusted {
                Some(until) if seq <= until => as_found(&mut found, seq),
                _ => compared(&mut found, texts::mentions_of(by.dictionary, by.cut, &text), seq),
            };
            let rep = values.get("rep").as_text().map(|rep| rep.trim().to_owned());
            let rep = rep.or_else(|| {
                let rep = history.attribute("rep", one.stamp.at);
                rep.as_text().map(|rep| rep.trim().to_owned())
            });
            let (event, is_own) = (event.to_owned(), texts::is_own_text(values));
            let source = Source { at: one.stamp.at, seq, event, rep, is_own };
            examined.texts.push((source, expected));
        }
    }
    examined.found = found.iter().map(|found| (found.batch, found.is_right)).collect();
    examined
}

fn mentions_in(history: &History, key: &CustomerKey) -> Vec<Found> {
    let Some(track) = history.track(MENTIONED) else { return vec![] };
    let Ok(name) = EventName::new(MENTIONED) else { return vec![] };
    let one = |event: &facts::Event| {
        let values = history.particulars(event);
        let fact = Fact {
            customer: key.clone(),
            contact: history.contact_of(event).and_then(|key| ContactKey::new(key).ok()),
            at: event.stamp.at,
            what: What::Happened { name: name.clone(), properties: values.to_owned() },
            id: None,
        };
        let report = number_of(values)?;
        Some(Found { report, batch: event.stamp.batch, fact, is_right: false })
    };
    history.events_of(track).iter().filter_map(one).collect()
}

/// What is there of a text that was read before; what stands there twice is wrong once.
fn as_found(found: &mut [Found], seq: u64) -> Vec<Expected> {
    let mut expected: Vec<Expected> = vec![];
    for one in found.iter_mut().filter(|one| one.report == seq) {
        if expected.iter().all(|known| known.fact != one.fact) {
            one.is_right = true;
            expected.push(Expected { fact: one.fact.clone(), batch: Some(one.batch) });
        }
    }
    expected
}

/// What should be there, each with the batch that says so already.
fn compared(found: &mut [Found], should: Vec<Fact>, seq: u64) -> Vec<Expected> {
    let expect = |fact: Fact| {
        let there =
            found.iter_mut().find(|one| !one.is_right && one.report == seq && one.fact == fact);
        let batch = there.map(|one| {
            one.is_right = true;
            one.batch
        });
        Expected { fact, batch }
    };
    should.into_iter().map(expect).collect()
}

impl Examined {
    /// The texts that are listed, as the index keeps them.
    pub(super) fn wrote(&self, words: &mut Words) -> Vec<Wrote> {
        let one = |(source, expected): &(Source, Vec<Expected>)| {
            let told = expected.iter().filter_map(|one| match &one.fact.what {
                What::Happened { properties, .. } => {
                    Some(texts::told(properties.borrowed(), words))
                }
                What::Became(_) => None,
            });
            let told = told.collect();
            Wrote {
                at: source.at,
                seq: source.seq,
                event: words.one(&source.event),
                rep: source.rep.as_deref().map(|rep| words.one(rep)),
                told,
            }
        };
        let is_listed =
            |(source, expected): &&(Source, Vec<Expected>)| source.is_own || !expected.is_empty();
        self.texts.iter().filter(is_listed).map(one).collect()
    }
}
