//! The particulars of an event or a set of attributes, packed in one piece of memory.
//!
//! ```text
//!   ┌────┬─────┬─────┬───────────┬────┬─────┬─────┬─────┐
//!   │ 4  │page │ tag │ payload   │ 6  │amoun│ tag │ ... │   name length, name, kind, value; again and again
//!   └────┴─────┴─────┴───────────┴────┴─────┴─────┴─────┘
//! ```
//! Packed, because a customer has hundreds of events and most conditions look at none of their particulars.

use std::fmt;

use rust_decimal::Decimal;

use crate::{Value, ValueRef, pack};

/// Particulars by name, in the order they were given, each name once.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Properties(Box<[u8]>);

/// [`Properties`] borrowed from where they are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PropertiesRef<'a>(&'a [u8]);

/// Why particulars cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadProperty {
    /// A name that is empty or too long.
    #[error("a property name must have 1 to 100 bytes, `{0}` has not")]
    Name(String),
    /// A text longer than we keep in one property.
    #[error(
        "property `{0}` is longer than 60,000 bytes; keep long texts elsewhere and their address here"
    )]
    TooLong(String),
    /// More particulars than one record may have.
    #[error("a record may have at most 500 properties, this one has {0}")]
    TooMany(usize),
}

const MISSING: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const TEXT: u8 = 3;
const WHOLE: u8 = 4;
const DECIMAL: u8 = 5;

impl Properties {
    /// Packs pairs of name and value; the last value of a name given twice wins.
    ///
    /// # Errors
    /// [`BadProperty`] names what is too long or too many.
    pub fn new<'a>(
        pairs: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> Result<Properties, BadProperty> {
        let mut unique: Vec<(&str, Value)> = Vec::new();
        for (name, value) in pairs {
            if name.is_empty() || 100 < name.len() {
                return Err(BadProperty::Name(name.chars().take(40).collect()));
            }
            if matches!(&value, Value::Text(text) if 60_000 < text.len()) {
                return Err(BadProperty::TooLong(name.to_owned()));
            }
            match unique.iter_mut().find(|(earlier, _)| *earlier == name) {
                Some(earlier) => earlier.1 = value,
                None => unique.push((name, value)),
            }
        }
        if 500 < unique.len() {
            return Err(BadProperty::TooMany(unique.len()));
        }
        let mut bytes = Vec::new();
        for (name, value) in &unique {
            bytes.push(name.len() as u8);
            bytes.extend_from_slice(name.as_bytes());
            push_value(&mut bytes, value.borrowed());
        }
        Ok(Properties(bytes.into()))
    }

    /// The same particulars, borrowed.
    pub fn borrowed(&self) -> PropertiesRef<'_> {
        PropertiesRef(&self.0)
    }

    /// The packed form, for the store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Takes back a packed form, after checking every byte of it; `None` when it is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Properties> {
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = next_pair(rest)?.2;
        }
        Some(Properties(bytes.into()))
    }
}

impl<'a> PropertiesRef<'a> {
    /// Particulars packed in `bytes`; what is damaged reads as missing.
    pub fn packed(bytes: &'a [u8]) -> PropertiesRef<'a> {
        PropertiesRef(bytes)
    }

    /// The value of a name; missing when the name was not given.
    pub fn get(self, name: &str) -> ValueRef<'a> {
        let mut rest = self.0;
        while let Some((key, value, after)) = next_raw(rest) {
            if key == name.as_bytes() {
                return read_value(value).map_or(ValueRef::Missing, |(value, _)| value);
            }
            rest = after;
        }
        ValueRef::Missing
    }

    /// All pairs in the order they were given.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, ValueRef<'a>)> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (name, value, after) = next_pair(rest)?;
            rest = after;
            Some((name, value))
        })
    }

    /// The packed form.
    pub fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// The same particulars, owned.
    pub fn to_owned(self) -> Properties {
        Properties(self.0.into())
    }
}

impl fmt::Debug for PropertiesRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl fmt::Debug for Properties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.borrowed().fmt(f)
    }
}

/// Appends the packed form of one value; equal values have equal forms.
pub fn push_value(bytes: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::Missing => bytes.push(MISSING),
        ValueRef::Bool(yes) => bytes.push(if yes { TRUE } else { FALSE }),
        ValueRef::Text(text) => {
            bytes.push(TEXT);
            pack::push_u64(bytes, text.len() as u64);
            bytes.extend_from_slice(text.as_bytes());
        }
        ValueRef::Number(number) => {
            let number = number.normalize();
            match (number.scale(), i64::try_from(number.mantissa())) {
                (0, Ok(whole)) => {
                    bytes.push(WHOLE);
                    pack::push_i64(bytes, whole);
                }
                _ => {
                    bytes.push(DECIMAL);
                    bytes.extend_from_slice(&number.serialize());
                }
            }
        }
    }
}

/// Reads one packed value and what follows it; `None` when the bytes are not what was written.
pub fn read_value(bytes: &[u8]) -> Option<(ValueRef<'_>, &[u8])> {
    let (tag, mut rest) = bytes.split_first()?;
    let value = match *tag {
        MISSING => ValueRef::Missing,
        FALSE => ValueRef::Bool(false),
        TRUE => ValueRef::Bool(true),
        TEXT => {
            let length = usize::try_from(pack::read(&mut rest)?).ok()?;
            let (text, after) = rest.split_at_checked(length)?;
            rest = after;
            ValueRef::Text(std::str::from_utf8(text).ok()?)
        }
        WHOLE => ValueRef::Number(pack::read_signed(&mut rest)?.into()),
        DECIMAL => {
            let (number, after) = rest.split_first_chunk::<16>()?;
            rest = after;
            ValueRef::Number(Decimal::deserialize(*number))
        }
        _ => return None,
    };
    Some((value, rest))
}

/// The bytes of the next name, the bytes from its value on, and the bytes after its value.
fn next_raw(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first()?;
    let (name, value) = rest.split_at_checked(usize::from(*length))?;
    Some((name, value, skip_value(value)?))
}

fn next_pair(bytes: &[u8]) -> Option<(&str, ValueRef<'_>, &[u8])> {
    let (name, value, after) = next_raw(bytes)?;
    Some((std::str::from_utf8(name).ok()?, read_value(value)?.0, after))
}

/// What follows a value, without reading it.
fn skip_value(bytes: &[u8]) -> Option<&[u8]> {
    let (tag, mut rest) = bytes.split_first()?;
    match *tag {
        MISSING | FALSE | TRUE => Some(rest),
        TEXT => {
            let length = usize::try_from(pack::read(&mut rest)?).ok()?;
            rest.get(length..)
        }
        WHOLE => pack::read(&mut rest).map(|_| rest),
        DECIMAL => rest.get(16..),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let pairs = [
            ("page", Value::from("料金")),
            ("amount", Value::from(-1200)),
            ("ratio", Value::Number("0.125".parse().unwrap())),
            ("huge", Value::Number(Decimal::MAX)),
            ("yes", Value::from(true)),
            ("gone", Value::Missing),
        ];
        let packed = Properties::new(pairs.clone()).unwrap();
        for (name, value) in &pairs {
            assert_eq!(packed.borrowed().get(name), value.borrowed(), "{name}");
        }
        assert_eq!(packed.borrowed().iter().count(), 6);
        assert_eq!(packed.borrowed().get("pag"), ValueRef::Missing);
        assert_eq!(Properties::from_bytes(packed.as_bytes()), Some(packed.clone()));
    }

    #[test]
    fn damage_is_seen_wherever_it_is_cut() {
        let packed = Properties::new([("a", Value::from("text")), ("b", Value::from(7))]).unwrap();
        for end in 1..packed.as_bytes().len() {
            let cut = &packed.as_bytes()[..end];
            let whole_pairs_only = Properties::from_bytes(cut).is_some();
            assert_eq!(whole_pairs_only, end == 8, "cut at {end}");
        }
    }

    #[test]
    fn the_last_value_of_a_name_wins() {
        let packed = Properties::new([("a", Value::from(1)), ("a", Value::from(2))]).unwrap();
        assert_eq!(packed.borrowed().get("a"), ValueRef::Number(2.into()));
    }
}
