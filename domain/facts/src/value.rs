//! What a property or an attribute can hold.

use std::{fmt, sync::Arc};

use rust_decimal::Decimal;

/// A value as a source gave it. `""` and null are both [`Value::Missing`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing is known; an explicit missing value erases an earlier one.
    Missing,
    /// Yes or no.
    Bool(bool),
    /// An exact decimal number.
    Number(Decimal),
    /// Text, never empty. Dates are text in ISO form (`2026-11-21`) or instants (`2026-11-21T00:00:00Z`).
    Text(Arc<str>),
}

/// A [`Value`] borrowed from where it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueRef<'a> {
    /// See [`Value::Missing`].
    Missing,
    /// See [`Value::Bool`].
    Bool(bool),
    /// See [`Value::Number`].
    Number(Decimal),
    /// See [`Value::Text`].
    Text(&'a str),
}

impl Value {
    /// Text, or missing when it is empty.
    pub fn text(text: impl Into<Arc<str>>) -> Value {
        let text = text.into();
        if text.is_empty() { Value::Missing } else { Value::Text(text) }
    }

    /// The same value, borrowed.
    pub fn borrowed(&self) -> ValueRef<'_> {
        match self {
            Value::Missing => ValueRef::Missing,
            Value::Bool(yes) => ValueRef::Bool(*yes),
            Value::Number(number) => ValueRef::Number(*number),
            Value::Text(text) => ValueRef::Text(text),
        }
    }
}

impl<'a> ValueRef<'a> {
    /// The same value, owned.
    pub fn to_owned(self) -> Value {
        match self {
            ValueRef::Missing => Value::Missing,
            ValueRef::Bool(yes) => Value::Bool(yes),
            ValueRef::Number(number) => Value::Number(number),
            ValueRef::Text(text) => Value::text(text),
        }
    }

    /// The number it is, or that its text spells; `None` for what is no number.
    pub fn as_number(self) -> Option<Decimal> {
        match self {
            ValueRef::Number(number) => Some(number),
            ValueRef::Text(text) => text.trim().parse().ok(),
            ValueRef::Missing | ValueRef::Bool(_) => None,
        }
    }

    /// Its text; `None` for anything but text.
    pub fn as_text(self) -> Option<&'a str> {
        match self {
            ValueRef::Text(text) => Some(text),
            ValueRef::Missing | ValueRef::Bool(_) | ValueRef::Number(_) => None,
        }
    }

    /// Whether nothing is known.
    pub fn is_missing(self) -> bool {
        self == ValueRef::Missing
    }
}

impl fmt::Display for ValueRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueRef::Missing => Ok(()),
            ValueRef::Bool(yes) => write!(f, "{yes}"),
            ValueRef::Number(number) => write!(f, "{}", number.normalize()),
            ValueRef::Text(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.borrowed().fmt(f)
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Value {
        Value::Bool(yes)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number.into())
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Value {
        Value::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::text(text)
    }
}
