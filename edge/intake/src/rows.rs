//! One row becomes one fact.

use facts::{ContactKey, CustomerKey};

/// Answers whom a contact, an address or a name belongs to; the caller knows the customers there are.
pub trait Directory {
    /// The customer of a contact by the contact's number.
    fn customer_of_contact(&self, contact: &str) -> Option<(CustomerKey, ContactKey)>;

    /// The customer of an e-mail address, and the contact when it is a contact's.
    fn customer_of_email(&self, email: &str) -> Option<(CustomerKey, Option<ContactKey>)>;

    /// The customer of a name. `None` makes the name itself the customer's key.
    fn customer_of_name(&self, name: &str) -> Option<CustomerKey> {
        let _ = name;
        None
    }
}
