//! Which texts there are, newest first, and what each mentions: enough to list, count and draw them without reading
//! histories. Made anew at the start; kept true as texts come and go.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use facts::Timestamp;

/// Something that was written about a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrote {
    pub(crate) at: Timestamp,
    /// Its place in the order of arrival.
    pub(crate) seq: u64,
    pub(crate) event: Arc<str>,
    /// Who wrote it, where that is told.
    pub(crate) rep: Option<Arc<str>>,
    pub(crate) told: Vec<Told>,
}

/// A topic that is mentioned in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) topic: Arc<str>,
    pub(crate) term: Arc<str>,
    pub(crate) rule: Arc<str>,
    /// Whether it is so, all considered.
    pub(crate) counts: bool,
}

/// Words that many entries share, each kept once.
#[derive(Debug, Default)]
pub(crate) struct Words(HashSet<Arc<str>>);

impl Words {
    pub(crate) fn one(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.0.get(word) {
            return known.clone();
        }
        let word: Arc<str> = word.into();
        self.0.insert(word.clone());
        word
    }
}

/// Where a text stands in the order of all.
type Place = (Timestamp, u64);

/// All texts.
///
/// Invariant: `of` names exactly the places in `all`, each under its customer.
#[derive(Debug, Default)]
pub(crate) struct Index {
    all: BTreeMap<Place, (u32, Wrote)>,
    of: HashMap<u32, Vec<Place>>,
    words: Words,
}

impl Index {
    /// The words that entries share.
    pub(crate) fn words(&mut self) -> &mut Words {
        &mut self.words
    }

    /// One more text of a customer, or the same one as it is now.
    pub(crate) fn add(&mut self, customer: u32, wrote: Wrote) {
        let place = (wrote.at, wrote.seq);
        if self.all.insert(place, (customer, wrote)).is_none() {
            self.of.entry(customer).or_default().push(place);
        }
    }

    /// All texts of a customer, in place of what was known of them.
    pub(crate) fn put(&mut self, customer: u32, texts: Vec<Wrote>) {
        for place in self.of.remove(&customer).unwrap_or_default() {
            self.all.remove(&place);
        }
        texts.into_iter().for_each(|wrote| self.add(customer, wrote));
    }

    /// The texts with their customers, newest first, of those in `[from, until)` and before a place.
    pub(crate) fn newest(
        &self,
        (from, until): (Timestamp, Timestamp),
        before: Option<Place>,
    ) -> impl Iterator<Item = (u32, &Wrote)> {
        let end = before.unwrap_or((until, 0)).min((until, 0)).max((from, 0));
        self.all.range((from, 0)..end).rev().map(|(_, (customer, wrote))| (*customer, wrote))
    }

    /// The customers of whom there are texts.
    pub(crate) fn customers(&self) -> Vec<u32> {
        self.of.keys().copied().collect()
    }

    /// The text of an instant at a place in the order of arrival.
    pub(crate) fn at(&self, at: Timestamp, seq: u64) -> Option<&Wrote> {
        self.all.get(&(at, seq)).map(|(_, wrote)| wrote)
    }

    /// The highest place in the order of arrival; 0 when there is no text.
    pub(crate) fn last_seq(&self) -> u64 {
        self.all.keys().map(|(_, seq)| *seq).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_listed_newest_first_and_follow_their_customer() {
        let mut index = Index::default();
        let wrote = |index: &mut Index, at: i64, seq: u64| Wrote {
            at: Timestamp::from_millis(at),
            seq,
            event: index.words().one("reported"),
            rep: None,
            told: vec![],
        };
        for (customer, at, seq) in [(1, 10, 1), (2, 30, 2), (1, 20, 3), (1, 20, 4)] {
            let one = wrote(&mut index, at, seq);
            index.add(customer, one.clone());
            index.add(customer, one);
        }
        let all = (Timestamp::MIN, Timestamp::MAX);
        let listed = |index: &Index, before| -> Vec<u64> {
            index.newest(all, before).map(|(_, wrote)| wrote.seq).collect()
        };
        assert_eq!(listed(&index, None), [2, 4, 3, 1]);
        assert_eq!(listed(&index, Some((Timestamp::from_millis(20), 4))), [3, 1]);
        let between = (Timestamp::from_millis(20), Timestamp::from_millis(30));
        let middle: Vec<u64> = index.newest(between, None).map(|(_, wrote)| wrote.seq).collect();
        assert_eq!(middle, [4, 3], "the end is out");
        assert_eq!((index.all.len(), index.last_seq()), (4, 4));
        let one = wrote(&mut index, 15, 9);
        index.put(1, vec![one]);
        assert_eq!(listed(&index, None), [2, 9]);
        assert!(index.at(Timestamp::from_millis(15), 9).is_some());
        index.put(2, vec![]);
        assert_eq!(listed(&index, None), [9]);
        assert!(index.newest((Timestamp::MAX, Timestamp::MIN), None).next().is_none());
    }
}
