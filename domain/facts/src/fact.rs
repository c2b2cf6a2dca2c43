//! One fact as a source tells it, before the store has numbered it.

use crate::{ContactKey, CustomerKey, EventName, Properties, Timestamp};

/// Something that happened to, or became known of, a customer. Facts are only ever added.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Whom it is about.
    pub customer: CustomerKey,
    /// Which person at the company, when one is named.
    pub contact: Option<ContactKey>,
    /// When it happened, or since when the attributes hold.
    pub at: Timestamp,
    /// What happened or became known.
    pub what: What,
    /// The record's own name in its source. The same (source, id) counts once for ever; the first wins.
    pub id: Option<String>,
}

/// The two kinds of fact.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// An event.
    Happened {
        /// What happened.
        name: EventName,
        /// Its particulars.
        properties: Properties,
    },
    /// Attributes that hold from now on. A key left out stays as it was; a missing value erases.
    /// An empty set makes the customer known and changes nothing.
    Became(Properties),
}
