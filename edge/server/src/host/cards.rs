//! What lists show of each customer, kept in memory: a name, a kind, a rep. Made again whenever a customer is judged.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    ops::Range,
    sync::Arc,
};

use facts::{
    History, Timestamp, ValueRef,
    pack::{Unpack, push_bytes, push_optional, push_u64},
};
use roaring::RoaringBitmap;
use unicode_normalization::UnicodeNormalization;

use crate::host::checkpoint::{instant, push_instant};

/// What a list shows of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) name: String,
    pub(crate) is_company: bool,
    /// Whose customer it is.
    pub(crate) rep: Option<Arc<str>>,
    pub(crate) industry: Option<Arc<str>>,
    pub(crate) last_event_at: Option<Timestamp>,
    /// What a search looks through: name, reading and key, folded.
    folded: String,
    /// Of a company: under what others of the same firm are found.
    firm: Box<[u64]>,
}

/// The cards of all customers.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    cards: HashMap<u32, Card>,
    by_rep: BTreeMap<Arc<str>, RoaringBitmap>,
    by_firm: HashMap<u64, Alike>,
}

/// The customers under one key of a firm; nearly always it is one.
#[derive(Debug)]
enum Alike {
    One(u32),
    Many(RoaringBitmap),
}

/// The attributes a card is made of.
const SHOWN: [&str; 7] =
    ["name", "name_kana", "kind", "rep", "industry", "corporate_number", "organisation"];

impl Alike {
    fn insert(&mut self, customer: u32) {
        match self {
            Alike::One(other) => *self = Alike::Many(RoaringBitmap::from_iter([*other, customer])),
            Alike::Many(all) => drop(all.insert(customer)),
        }
    }

    fn iter(&self) -> impl Iterator<Item = u32> {
        let (one, many) = match self {
            Alike::One(one) => (Some(*one), None),
            Alike::Many(all) => (None, Some(all.iter())),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}

impl Card {
    /// The card at an instant, and when it could differ by time alone: attributes may be known ahead of their day.
    pub(crate) fn read(key: &str, history: &History, now: Timestamp) -> (Card, Option<Timestamp>) {
        let text = |name: &str| match history.attribute(name, now) {
            ValueRef::Missing => None,
            value => Some(value.to_string()),
        };
        let name = text("name").unwrap_or_else(|| key.to_owned());
        let is_company = match text("kind").as_deref() {
            Some("company") => true,
            Some("person") => false,
            _ => history.contacts().next().is_some(),
        };
        let kana = text("name_kana").unwrap_or_default();
        let firm = match is_company {
            true => matching::organisation_keys(
                &name,
                &text("corporate_number").unwrap_or_default(),
                &text("organisation").unwrap_or_default(),
            ),
            false => vec![],
        };
        let card = Card {
            folded: fold(&format!("{name}\n{kana}\n{key}")),
            name,
            is_company,
            rep: text("rep").map(|rep| rep.trim().into()),
            industry: text("industry").map(Into::into),
            last_event_at: last_event(history, now),
            firm: firm.into(),
        };
        let coming = SHOWN.iter().filter_map(|name| {
            let changes = history.changes(name);
            let later = changes.partition_point(|change| change.stamp.at <= now);
            changes.get(later).map(|change| change.stamp.at)
        });
        (card, coming.min())
    }

    /// Whether a folded search text is in the name, its reading or the key.
    pub(crate) fn has(&self, folded: &str) -> bool {
        self.folded.contains(folded)
    }
}

/// Text in the form in which searching compares it.
pub(crate) fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

fn last_event(history: &History, now: Timestamp) -> Option<Timestamp> {
    let last = |track| {
        let events = history.events_of(track);
        let n = events.partition_point(|event| event.stamp.at <= now);
        events[..n].last().map(|event| event.stamp.at)
    };
    history.tracks().iter().filter_map(last).max()
}

impl Cards {
    /// Takes over a customer's card; none when nothing is known of the customer any more.
    pub(crate) fn put(&mut self, customer: u32, card: Option<Card>) {
        let before = self.cards.remove(&customer);
        for key in before.iter().flat_map(|card| &*card.firm) {
            self.leave(*key, customer);
        }
        if let Some(rep) = before.and_then(|card| card.rep)
            && let Some(own) = self.by_rep.get_mut(&rep)
        {
            own.remove(customer);
            if own.is_empty() {
                self.by_rep.remove(&rep);
            }
        }
        let Some(card) = card else { return };
        for key in &*card.firm {
            match self.by_firm.entry(*key) {
                Entry::Vacant(free) => drop(free.insert(Alike::One(customer))),
                Entry::Occupied(mut known) => known.get_mut().insert(customer),
            }
        }
        if let Some(rep) = &card.rep {
            self.by_rep.entry(rep.clone()).or_default().insert(customer);
        }
        self.cards.insert(customer, card);
    }

    fn leave(&mut self, key: u64, customer: u32) {
        let Entry::Occupied(mut known) = self.by_firm.entry(key) else { return };
        let is_last = match known.get_mut() {
            Alike::One(_) => true,
            Alike::Many(all) => {
                all.remove(customer);
                all.is_empty()
            }
        };
        if is_last {
            known.remove();
        }
    }

    /// Who may be of the same firm as a customer, with that customer: they have a name, a number or what somebody said of
    /// them in common, or are reached through one who has. At most so many, and whether there are more.
    pub(crate) fn near(&self, customer: u32, most: usize) -> (BTreeSet<u32>, bool) {
        let (mut found, mut waiting) = (BTreeSet::from([customer]), vec![customer]);
        let mut seen = BTreeSet::new();
        while let Some(one) = waiting.pop() {
            let keys = self.cards.get(&one).map(|card| &*card.firm).unwrap_or_default();
            for key in keys.iter().filter(|key| seen.insert(**key)) {
                for other in self.by_firm.get(key).into_iter().flat_map(Alike::iter) {
                    if !found.contains(&other) {
                        if found.len() == most {
                            return (found, true);
                        }
                        found.insert(other);
                        waiting.push(other);
                    }
                }
            }
        }
        (found, false)
    }

    /// An event of a customer whose card stays as it is otherwise.
    pub(crate) fn seen(&mut self, customer: u32, event_at: Option<Timestamp>) {
        if let Some(card) = self.cards.get_mut(&customer) {
            card.last_event_at = card.last_event_at.max(event_at);
        }
    }

    /// Appends the cards of some customers.
    pub(crate) fn pack(&self, customers: Range<u32>, out: &mut Vec<u8>) {
        let cards: Vec<(u32, &Card)> =
            customers.filter_map(|customer| Some((customer, self.cards.get(&customer)?))).collect();
        push_u64(out, cards.len() as u64);
        for (customer, card) in cards {
            let Card { name, is_company, rep, industry, last_event_at, folded, firm } = card;
            push_u64(out, customer.into());
            push_bytes(out, name.as_bytes());
            push_u64(out, (*is_company).into());
            push_optional(out, rep.as_deref().map(str::as_bytes));
            push_optional(out, industry.as_deref().map(str::as_bytes));
            push_instant(out, *last_event_at);
            push_bytes(out, folded.as_bytes());
            push_u64(out, firm.len() as u64);
            firm.iter().for_each(|key| push_u64(out, *key));
        }
    }

    /// Takes over cards that were packed; `None` when they are something else.
    pub(crate) fn unpack(&mut self, rest: &mut Unpack<'_>) -> Option<()> {
        for _ in 0..rest.u64()? {
            let customer = rest.u32()?;
            let card = Card {
                name: rest.text()?.to_owned(),
                is_company: rest.u64()? == 1,
                rep: rest.optional_text()?.map(Into::into),
                industry: rest.optional_text()?.map(Into::into),
                last_event_at: instant(rest)?,
                folded: rest.text()?.to_owned(),
                firm: (0..rest.u64()?).map(|_| rest.u64()).collect::<Option<_>>()?,
            };
            self.put(customer, Some(card));
        }
        Some(())
    }

    pub(crate) fn get(&self, customer: u32) -> Option<&Card> {
        self.cards.get(&customer)
    }

    /// All cards, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Card)> {
        self.cards.iter().map(|(customer, card)| (*customer, card))
    }

    /// The customers of one rep.
    pub(crate) fn of_rep(&self, rep: &str) -> RoaringBitmap {
        self.by_rep.get(rep.trim()).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(rep: Option<&str>) -> Card {
        Card {
            name: "青空商事".into(),
            is_company: true,
            rep: rep.map(Into::into),
            industry: None,
            last_event_at: None,
            folded: fold("青空商事\nｱｵｿﾞﾗ\nC-1"),
            firm: [].into(),
        }
    }

    #[test]
    fn a_customer_is_in_the_scope_of_the_present_rep_only() {
        let mut cards = Cards::default();
        cards.put(1, Some(card(Some("佐藤"))));
        cards.put(2, Some(card(Some("佐藤"))));
        cards.put(1, Some(card(Some("鈴木"))));
        assert_eq!(cards.of_rep("佐藤").iter().collect::<Vec<_>>(), [2]);
        assert_eq!(cards.of_rep("鈴木").iter().collect::<Vec<_>>(), [1]);
        cards.put(2, None);
        assert!(cards.of_rep("佐藤").is_empty());
        assert_eq!(cards.by_rep.len(), 1);
    }

    #[test]
    fn who_may_be_of_one_firm_is_reached_through_others_and_forgotten_with_them() {
        let mut cards = Cards::default();
        let of = |firm: &[u64]| Some(Card { firm: firm.into(), ..card(None) });
        for (customer, firm) in
            [(1, &[10, 20][..]), (2, &[20, 30]), (3, &[30]), (4, &[40]), (5, &[])]
        {
            cards.put(customer, of(firm));
        }
        let near = |cards: &Cards, of| cards.near(of, 10).0.into_iter().collect::<Vec<_>>();
        assert_eq!(near(&cards, 1), [1, 2, 3]);
        assert_eq!((near(&cards, 4), near(&cards, 5)), (vec![4], vec![5]));
        assert_eq!((cards.near(1, 2).0.len(), cards.near(1, 2).1), (2, true));
        cards.put(2, of(&[40]));
        assert_eq!((near(&cards, 1), near(&cards, 4)), (vec![1], vec![2, 4]));
        (1..6).for_each(|customer| cards.put(customer, None));
        assert!(cards.by_firm.is_empty());
    }

    #[test]
    fn searching_folds_width_and_case() {
        let card = card(None);
        assert!(card.has(&fold("アオゾラ")));
        assert!(card.has(&fold("ｃ-１")));
        assert!(!card.has(&fold("赤")));
    }
}
