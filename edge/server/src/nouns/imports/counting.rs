//! What an import changes, counted while it is read; and whom its rows are about.

use std::collections::{HashMap, HashSet};

use facts::{
    ContactKey, CustomerKey, Fact, History, HistoryBuilder, PropertiesRef, ValueRef, What,
};
use intake::Directory;
use store::{Added, CustomerNo, StoreError};

use crate::{host::App, http::error::Answer, nouns::imports::told::Counts};

/// Counts rows as new, changed and unchanged.
pub(super) struct Counting<'a> {
    app: &'a App,
    pub(super) counts: Counts,
    /// Rows about customers who were erased; they are left out.
    pub(super) erased: u64,
    /// Customers and contacts that this file itself has brought.
    brought: HashSet<Box<str>>,
    builder: HistoryBuilder,
}

impl<'a> Counting<'a> {
    pub(super) fn new(app: &'a App) -> Counting<'a> {
        Counting {
            app,
            counts: Counts::default(),
            erased: 0,
            brought: HashSet::new(),
            builder: HistoryBuilder::new(),
        }
    }

    /// Counts a row that became a fact.
    ///
    /// # Errors
    /// What the store says when a history cannot be read.
    pub(super) fn add(&mut self, fact: &Fact, added: Added) -> Result<(), StoreError> {
        match (added, &fact.what) {
            (Added::Duplicate, _) => self.counts.unchanged += 1,
            (Added::Erased, _) => self.erased += 1,
            (Added::New, What::Happened { .. }) => self.counts.new += 1,
            (Added::New, What::Became(attributes)) => self.became(fact, attributes.borrowed())?,
        }
        Ok(())
    }

    fn became(&mut self, fact: &Fact, attributes: PropertiesRef<'_>) -> Result<(), StoreError> {
        let contact = fact.contact.as_ref().map_or("", ContactKey::as_str);
        let who = format!("{}\n{contact}", fact.customer);
        if self.brought.contains(who.as_str()) {
            self.counts.changed += 1;
            return Ok(());
        }
        let known = match self.app.store.number_of(&fact.customer) {
            Some(number) => self.history(number)?,
            None => None,
        };
        let is_new = known.is_none_or(|history| {
            !contact.is_empty() && !history.contacts().any(|known| known == contact)
        });
        let is_same = known.is_some_and(|history| {
            attributes.iter().all(|(key, value)| {
                let now = match contact {
                    "" => history.attribute(key, fact.at),
                    contact => history.contact_attribute(contact, key, fact.at),
                };
                reads_as(now, value)
            })
        });
        match (is_new, is_same) {
            (true, _) => self.counts.new += 1,
            (false, true) => self.counts.unchanged += 1,
            (false, false) => self.counts.changed += 1,
        }
        if is_new {
            self.brought.insert(who.into());
        }
        Ok(())
    }

    fn history(&mut self, number: CustomerNo) -> Result<Option<&History>, StoreError> {
        self.builder.clear();
        self.app.store.history(number, &mut self.builder)?;
        Ok(Some(self.builder.finish()))
    }
}

/// Whether two values are the same to people: a number is what spells it.
fn reads_as(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    a == b || (!a.is_missing() && !b.is_missing() && a.to_string() == b.to_string())
}

/// The customers there are, for rows that name them otherwise than by number.
pub(super) struct Known<'a> {
    app: &'a App,
    /// Each name with its customer; none for a name that several have.
    names: HashMap<String, Option<u32>>,
}

impl<'a> Known<'a> {
    pub(super) fn read(app: &'a App) -> Answer<Known<'a>> {
        let live = app.live()?;
        let mut names: HashMap<String, Option<u32>> = HashMap::new();
        for (customer, card) in live.cards.iter() {
            names
                .entry(card.name.clone())
                .and_modify(|known| *known = None)
                .or_insert(Some(customer));
        }
        Ok(Known { app, names })
    }
}

impl Directory for Known<'_> {
    fn customer_of_contact(&self, contact: &str) -> Option<(CustomerKey, ContactKey)> {
        let contact = ContactKey::new(contact).ok()?;
        let customer = self.app.store.find_contact(&contact)?;
        Some((self.app.store.key_of(customer)?, contact))
    }

    fn customer_of_email(&self, email: &str) -> Option<(CustomerKey, Option<ContactKey>)> {
        let person = self.app.store.find_email(email)?;
        Some((self.app.store.key_of(person.customer)?, person.contact))
    }

    fn customer_of_name(&self, name: &str) -> Option<CustomerKey> {
        let customer = self.names.get(name).copied().flatten()?;
        self.app.store.key_of(CustomerNo(customer))
    }
}
