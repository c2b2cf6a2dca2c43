//! Whom a contact, an address or a name belongs to.

use std::collections::HashMap;

use facts::{ContactKey, CustomerKey, Fact, ValueRef, What};

/// Answers whom a contact, an address or a name belongs to; the caller knows the customers there are.
pub trait Directory {
    /// The customer of a contact by the contact's number.
    fn customer_of_contact(&self, contact: &str) -> Option<(CustomerKey, ContactKey)>;

    /// The customer of an e-mail address (small letters), and the contact when it is a contact's.
    fn customer_of_email(&self, email: &str) -> Option<(CustomerKey, Option<ContactKey>)>;

    /// The customer of a name. `None` makes the name itself the customer's key.
    fn customer_of_name(&self, name: &str) -> Option<CustomerKey> {
        let _ = name;
        None
    }
}

/// A directory learnt from facts, such as those of a customer list read before.
#[derive(Debug, Default, Clone)]
pub struct Roster {
    contacts: HashMap<Box<str>, (CustomerKey, ContactKey)>,
    emails: HashMap<Box<str>, (CustomerKey, Option<ContactKey>)>,
    names: HashMap<Box<str>, Option<CustomerKey>>,
}

impl Roster {
    /// Takes in what a fact says about names, addresses and contacts.
    pub fn learn(&mut self, fact: &Fact) {
        let What::Became(attributes) = &fact.what else { return };
        let attributes = attributes.borrowed();
        if let Some(contact) = &fact.contact {
            self.contacts.insert(contact.as_str().into(), (fact.customer.clone(), contact.clone()));
        }
        if let ValueRef::Text(email) = attributes.get("email") {
            let owner = (fact.customer.clone(), fact.contact.clone());
            self.emails.entry(email.to_lowercase().into()).or_insert(owner);
        }
        if let (ValueRef::Text(name), None) = (attributes.get("name"), &fact.contact) {
            // Two customers of one name: the name names nobody.
            self.names
                .entry(name.into())
                .and_modify(|known| {
                    if known.as_ref() != Some(&fact.customer) {
                        *known = None;
                    }
                })
                .or_insert_with(|| Some(fact.customer.clone()));
        }
    }
}

impl Directory for Roster {
    fn customer_of_contact(&self, contact: &str) -> Option<(CustomerKey, ContactKey)> {
        self.contacts.get(contact).cloned()
    }

    fn customer_of_email(&self, email: &str) -> Option<(CustomerKey, Option<ContactKey>)> {
        self.emails.get(email).cloned()
    }

    fn customer_of_name(&self, name: &str) -> Option<CustomerKey> {
        self.names.get(name).cloned().flatten()
    }
}
