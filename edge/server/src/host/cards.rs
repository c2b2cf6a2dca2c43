//! What lists show of each customer, kept in memory: a name, a kind, a rep. Made again whenever a customer is judged.

use std::{
    collections::{BTreeMap, HashMap},
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
}

/// The cards of all customers.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    cards: HashMap<u32, Card>,
    by_rep: BTreeMap<Arc<str>, RoaringBitmap>,
}

/// The attributes a card is made of.
const SHOWN: [&str; 5] = ["name", "name_kana", "kind", "rep", "industry"];

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
        let card = Card {
            folded: fold(&format!("{name}\n{kana}\n{key}")),
            name,
            is_company,
            rep: text("rep").map(|rep| rep.trim().into()),
            industry: text("industry").map(Into::into),
            last_event_at: last_event(history, now),
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
        let before = self.cards.remove(&customer).and_then(|card| card.rep);
        if let Some(rep) = before
            && let Some(own) = self.by_rep.get_mut(&rep)
        {
            own.remove(customer);
            if own.is_empty() {
                self.by_rep.remove(&rep);
            }
        }
        let Some(card) = card else { return };
        if let Some(rep) = &card.rep {
            self.by_rep.entry(rep.clone()).or_default().insert(customer);
        }
        self.cards.insert(customer, card);
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
            let Card { name, is_company, rep, industry, last_event_at, folded } = card;
            push_u64(out, customer.into());
            push_bytes(out, name.as_bytes());
            push_u64(out, (*is_company).into());
            push_optional(out, rep.as_deref().map(str::as_bytes));
            push_optional(out, industry.as_deref().map(str::as_bytes));
            push_instant(out, *last_event_at);
            push_bytes(out, folded.as_bytes());
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
    fn searching_folds_width_and_case() {
        let card = card(None);
        assert!(card.has(&fold("アオゾラ")));
        assert!(card.has(&fold("ｃ-１")));
        assert!(!card.has(&fold("赤")));
    }
}
