//! Which records are one firm: asked when somebody looks, of those only who could belong together.

use std::collections::{BTreeMap, BTreeSet};

use facts::{History, HistoryBuilder, Timestamp};
use matching::{Firm, Organisation, Worker, organisations};
use rayon::prelude::*;
use store::CustomerNo;

use crate::{
    host::{App, cards::Card},
    http::error::Answer,
};

/// Of so many records that may be of one firm is asked at most.
pub(crate) const MOST: usize = 2_000;

/// A firm as one of its records is looked at.
pub(crate) struct FoundFirm {
    pub(crate) organisation: Organisation,
    /// What is known of its records, by number.
    pub(crate) records: BTreeMap<u32, (Card, Firm)>,
    /// Whether more records may belong to it than were looked at.
    pub(crate) more: bool,
}

/// The firm of a customer who is a company; none for a person. Waits for the disk.
pub(crate) fn firm_of(app: &App, customer: u32) -> Answer<Option<FoundFirm>> {
    let (now, cards, more) = {
        let live = app.live()?;
        if !live.cards.get(customer).is_some_and(|card| card.is_company) {
            return Ok(None);
        }
        let (near, more) = live.cards.near(customer, MOST);
        let card = |one: u32| Some((one, live.cards.get(one)?.clone()));
        let cards: BTreeMap<u32, Card> = near.into_iter().filter_map(card).collect();
        (live.at, cards, more)
    };
    let read = |(no, card): (&u32, &Card)| Ok((*no, (card.clone(), firm(app, *no, card, now)?)));
    let mut records: BTreeMap<u32, (Card, Firm)> =
        cards.par_iter().map(read).collect::<Answer<_>>()?;
    let firms: Vec<Firm> = records.values().map(|(_, firm)| firm.clone()).collect();
    let has = |organisation: &Organisation| {
        organisation.sites.iter().flat_map(|site| &site.records).any(|(no, _)| *no == customer)
    };
    let organisation = organisations(&firms).into_iter().find(has);
    Ok(organisation.map(|organisation| {
        let all = organisation.sites.iter().flat_map(|site| &site.records);
        let own: BTreeSet<u32> = all.map(|(no, _)| *no).collect();
        records.retain(|no, _| own.contains(no));
        FoundFirm { organisation, records, more }
    }))
}

/// What is known of one record now.
fn firm(app: &App, no: u32, card: &Card, now: Timestamp) -> Answer<Firm> {
    let mut builder = HistoryBuilder::new();
    app.store.history(CustomerNo(no), &mut builder)?;
    let history = builder.finish();
    let text = |key: &str| match history.attribute(key, now) {
        facts::ValueRef::Missing => String::new(),
        value => value.to_string(),
    };
    Ok(Firm {
        no,
        name: card.name.clone(),
        branch: text("branch"),
        organisation: text("organisation"),
        corporate_number: text("corporate_number"),
        phone: text("phone"),
        email: text("email"),
        website: text("website"),
        postal_code: text("postal_code"),
        address: ["prefecture", "city", "address"].map(text),
        people: workers(history, now),
    })
}

fn workers(history: &History, now: Timestamp) -> Vec<Worker> {
    let one = |key: &str| {
        let text = |name: &str| {
            history.contact_attribute(key, name, now).as_text().unwrap_or_default().to_owned()
        };
        Worker {
            key: key.to_owned(),
            name: text("name"),
            kana: text("name_kana"),
            email: text("email"),
        }
    };
    history.contacts().map(one).collect()
}
