//! What one batch does to everything that is kept in memory: whom it is about and which names it uses.
//!
//! Made the same way when the batch arrives, when it is read again after a start, and when it is undone.

use std::{collections::HashMap, sync::Arc};

use facts::ValueRef;

use crate::{names::NameCounts, records::Parsed};

/// The attribute whose value finds people by e-mail.
const EMAIL: &str = "email";

/// Customers get a place within the batch, by first appearance; everything else names them by it.
#[derive(Default)]
pub(crate) struct Summary {
    /// Key and number of facts of each customer.
    pub(crate) customers: Vec<(Arc<str>, u32)>,
    places: HashMap<Arc<str>, u32>,
    pub(crate) contacts: HashMap<Box<str>, Vec<Spot>>,
    pub(crate) emails: HashMap<Box<str>, Vec<Spot>>,
    pub(crate) names: NameCounts,
    pub(crate) events: u64,
    pub(crate) rows: u64,
}

/// Where a contact key or an address is found, and by how many facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) customer: u32,
    pub(crate) contact: Option<Arc<str>>,
    pub(crate) facts: u32,
}

impl Summary {
    /// Counts one fact; gives its customer's place within the batch.
    pub(crate) fn add(&mut self, customer: &str, fact: &Parsed<'_>) -> u32 {
        let place = self.place(customer);
        self.customers[place as usize].1 += 1;
        self.rows += 1;
        if let Some(contact) = fact.contact {
            count(&mut self.contacts, contact, place, None);
        }
        match fact.event {
            Some(name) => {
                self.events += 1;
                self.names.event(name, fact.values);
            }
            None => {
                self.names.attributes(place, fact.contact.is_some(), fact.values);
                if let ValueRef::Text(address) = fact.values.get(EMAIL) {
                    count(&mut self.emails, &address_key(address), place, fact.contact);
                }
            }
        }
        place
    }

    /// Counts the place of a fact that was erased; gives its customer's place within the batch.
    pub(crate) fn add_erased(&mut self, customer: &str) -> u32 {
        self.rows += 1;
        self.place(customer)
    }

    /// The place of a customer the batch is about.
    pub(crate) fn place_of(&self, customer: &str) -> Option<u32> {
        self.places.get(customer).copied()
    }

    fn place(&mut self, customer: &str) -> u32 {
        if let Some(place) = self.places.get(customer) {
            return *place;
        }
        let place = self.customers.len() as u32;
        let key: Arc<str> = customer.into();
        self.customers.push((key.clone(), 0));
        self.places.insert(key, place);
        place
    }
}

/// The form in which e-mail addresses are compared.
pub(crate) fn address_key(address: &str) -> String {
    address.trim().to_lowercase()
}

fn count(
    spots: &mut HashMap<Box<str>, Vec<Spot>>,
    key: &str,
    customer: u32,
    contact: Option<&str>,
) {
    let spot = Spot { customer, contact: contact.map(Arc::from), facts: 1 };
    match spots.get_mut(key) {
        Some(known) => add_spot(known, spot),
        None => {
            spots.insert(key.into(), vec![spot]);
        }
    }
}

/// Adds to the spots of one key, which stay sorted by customer and contact.
pub(crate) fn add_spot(spots: &mut Vec<Spot>, spot: Spot) {
    let place =
        |known: &Spot| (known.customer, &known.contact).cmp(&(spot.customer, &spot.contact));
    match spots.binary_search_by(place) {
        Ok(at) => spots[at].facts = spots[at].facts.saturating_add(spot.facts),
        Err(at) => spots.insert(at, spot),
    }
}
