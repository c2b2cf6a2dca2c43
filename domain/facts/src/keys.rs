//! The names by which customers, contacts, events and attributes are known to their sources.

use std::{fmt, sync::Arc};

/// Why a text cannot be a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Nothing but white space.
    #[error("a {0} may not be empty")]
    Empty(&'static str),
    /// Longer than we keep.
    #[error("a {what} may have at most {most} bytes, this one has {has}")]
    TooLong {
        /// What kind of key it was meant to be.
        what: &'static str,
        /// The most bytes allowed.
        most: usize,
        /// The bytes it has.
        has: usize,
    },
    /// Line breaks and other control characters.
    #[error("a {0} may not have control characters in it")]
    Control(&'static str),
}

macro_rules! key {
    ($name:ident, $what:literal, $most:literal, $doc:literal) => {
        #[doc = $doc]
        #[doc = ""]
        #[doc = concat!("Invariant: trimmed, not empty, no control characters, at most ", $most, " bytes.")]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Reads a key as a source wrote it; white space around it does not count.
            ///
            /// # Errors
            /// [`BadKey`] when it is empty, too long or has control characters.
            pub fn new(text: &str) -> Result<$name, BadKey> {
                let text = text.trim();
                if text.is_empty() {
                    return Err(BadKey::Empty($what));
                }
                if $most < text.len() {
                    return Err(BadKey::TooLong { what: $what, most: $most, has: text.len() });
                }
                if text.chars().any(char::is_control) {
                    return Err(BadKey::Control($what));
                }
                Ok($name(text.into()))
            }

            /// The key as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

key!(CustomerKey, "customer key", 200, "The name by which a source knows a customer (顧客番号).");
key!(
    ContactKey,
    "contact key",
    200,
    "The name by which a source knows a person at a company (関係者)."
);
key!(
    EventName,
    "event name",
    100,
    "What happened, in the past tense and snake case where the name is ours: `materials_requested`."
);
key!(AttributeKey, "attribute name", 100, "The name of an attribute: `industry`, `plan`.");
