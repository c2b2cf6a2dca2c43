//! What is known: facts about customers, each customer's history, and the calendar they are read by.
//!
//! Everything else is computed from these. This crate depends on nothing of ours and holds only what every other
//! crate must agree on. Read in this order: [`Timestamp`], [`Value`], [`Fact`], [`History`], [`Reading`], [`Calendar`].

mod calendar;
mod fact;
mod history;
mod keys;
pub mod pack;
mod properties;
mod reading;
mod timestamp;
mod value;

pub use calendar::{Calendar, Period, UnknownZone, Weekday};
pub use fact::{Fact, What};
pub use history::{Change, Damaged, Event, History, HistoryBuilder, Stamp, Track};
pub use keys::{AttributeKey, BadKey, ContactKey, CustomerKey, EventName};
pub use properties::{BadProperty, Properties, PropertiesRef, push_value, read_value};
pub use reading::Reading;
pub use rust_decimal::Decimal;
pub use timestamp::{Millis, NotATime, Timestamp};
pub use value::{Value, ValueRef};
