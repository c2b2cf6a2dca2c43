//! Finds in what salespeople write which topics come up: a rival, a complaint, money getting scarce. What is looked for
//! stands in a [`Dictionary`] that people edit; what is found is quoted, and carries the rule that found it.
//!
//! ```text
//!   written ─▶ Normal ─▶ sentences ─▶ words (Cut) ─▶ clauses
//!                                        │ sets of terms, patterns with gaps      pattern.rs
//!                                        ▼
//!                            places ─▶ what is said of them: denied, over,        scope.rs
//!                                      asked, heard, of somebody else
//!                                        ▼
//!                                      hits, each with its quote, rule and reason find.rs
//! ```
//!
//! Words come from outside ([`Cut`]); without a dictionary of Japanese, [`Letters`] finds by letters alone.

mod clauses;
mod dictionary;
mod english;
mod find;
mod hints;
mod mention;
mod pattern;
mod say;
mod scope;
mod text;
mod token;

pub use dictionary::{
    Class, Dictionary, DictionaryDraft, Fault, FlagDraft, Name, RuleDraft, StateDraft, Topic,
    TopicDraft,
};
pub use find::{Hit, Report};
pub use hints::{Hint, Says, When};
pub use mention::{Mention, Polarity, Subject};
pub use say::Spoken;
pub use scope::{Flag, Grade, State};
pub use text::Normal;
pub use token::{Cut, Kind, Letters, Token};
