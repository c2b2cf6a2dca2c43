//! What one row says, gathered from its cells.

use std::borrow::Cow;

use facts::{Decimal, Timestamp, Value};

use super::{
    cell::{self, Wrong},
    plan::Became,
};
use crate::{
    Cell,
    cells::{clock::Clock, notes::Note, reach},
};

/// What a row says, gathered from its cells.
#[derive(Default)]
pub(super) struct Gathered<'c> {
    pub(super) number: Option<Cow<'c, str>>,
    pub(super) name: Option<Cow<'c, str>>,
    pub(super) contact: Option<Cow<'c, str>>,
    pub(super) address: Option<String>,
    pub(super) from: Vec<String>,
    pub(super) to: Vec<String>,
    pub(super) event: Option<Cow<'c, str>>,
    pub(super) at: Option<Timestamp>,
    pub(super) id: Option<Cow<'c, str>>,
    pub(super) family: Option<Cow<'c, str>>,
    pub(super) given: Option<Cow<'c, str>>,
    pub(super) unit_price: Option<Decimal>,
    pub(super) pairs: Vec<(Cow<'c, str>, Value)>,
}

impl<'c> Gathered<'c> {
    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::Missing => None,
            value => Some(value.to_string()),
        }
    }

    pub(super) fn number(&self, name: &str) -> Option<Decimal> {
        self.value(name)?.borrowed().as_number()
    }

    /// Cuts the ties to the cell it was read from.
    pub(super) fn owned<'d>(self) -> Gathered<'d> {
        let own = |text: Option<Cow<'c, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        Gathered {
            number: own(self.number),
            name: own(self.name),
            contact: own(self.contact),
            address: self.address,
            from: self.from,
            to: self.to,
            event: own(self.event),
            at: self.at,
            id: own(self.id),
            family: own(self.family),
            given: own(self.given),
            unit_price: self.unit_price,
            pairs: self
                .pairs
                .into_iter()
                .map(|(name, value)| (Cow::Owned(name.into_owned()), value))
                .collect(),
        }
    }

    /// What one cell said: the pairs from a place on, and what stands alone, which is taken out.
    pub(super) fn said_since(&mut self, before: usize, clock: &Clock<'_>) -> Became {
        let alone = [
            &mut self.number,
            &mut self.name,
            &mut self.contact,
            &mut self.event,
            &mut self.id,
            &mut self.family,
            &mut self.given,
        ];
        let mut said: Vec<String> =
            alone.into_iter().filter_map(|one| Some(one.take()?.into_owned())).collect();
        said.extend(self.address.take());
        said.append(&mut self.from);
        said.append(&mut self.to);
        said.extend(self.at.take().map(|at| clock.said(at)));
        let pairs = self.pairs[before..].iter().map(|(_, value)| value);
        said.extend(pairs.filter(|value| **value != Value::Missing).map(Value::to_string));
        if said.is_empty() { Became::Nothing } else { Became::Value(said.join(" · ")) }
    }

    pub(super) fn unite(&mut self, other: Gathered<'c>) {
        self.number = self.number.take().or(other.number);
        self.name = self.name.take().or(other.name);
        self.contact = self.contact.take().or(other.contact);
        self.address = self.address.take().or(other.address);
        self.from.extend(other.from);
        self.to.extend(other.to);
        self.event = self.event.take().or(other.event);
        self.at = self.at.or(other.at);
        self.id = self.id.take().or(other.id);
        self.family = self.family.take().or(other.family);
        self.given = self.given.take().or(other.given);
        self.unit_price = self.unit_price.or(other.unit_price);
        self.pairs.extend(other.pairs);
    }
}

/// 山田 太郎, but Taro Yamada.
pub(super) fn full_name(family: Option<Cow<'_, str>>, given: Option<Cow<'_, str>>) -> String {
    match (family, given) {
        (Some(family), Some(given)) if family.is_ascii() && given.is_ascii() => {
            format!("{given} {family}")
        }
        (Some(family), Some(given)) => format!("{family} {given}"),
        (family, given) => family.or(given).unwrap_or_default().into_owned(),
    }
}

pub(super) fn take_phones<'c>(
    name: &'c str,
    cell: &Cell<'_>,
    gathered: &mut Gathered<'c>,
) -> Result<Option<Note>, Wrong> {
    let Some(phones) = cell::phones(cell)? else {
        gathered.pairs.push((Cow::Borrowed(name), Value::Missing));
        return Ok(None);
    };
    let names = [name, "phone_2", "phone_3"];
    for (name, number) in names.into_iter().zip(phones.numbers) {
        gathered.pairs.push((Cow::Borrowed(name), Value::from(number)));
    }
    if let Some(extension) = phones.extension {
        gathered.pairs.push((Cow::Borrowed("phone_extension"), Value::from(extension)));
    }
    Ok(phones.note)
}

pub(super) fn take_emails<'c>(
    name: &'c str,
    cell: &Cell<'_>,
    gathered: &mut Gathered<'c>,
) -> Option<Note> {
    let Some(text) = cell::text(cell) else {
        gathered.pairs.push((Cow::Borrowed(name), Value::Missing));
        return None;
    };
    let found = reach::emails(&text);
    if found.is_empty() {
        gathered.pairs.push((Cow::Borrowed(name), cell::to_value(text)));
        return Some(Note::EmailAsWritten);
    }
    for (name, address) in [name, "email_2", "email_3"].into_iter().zip(found) {
        gathered.pairs.push((Cow::Borrowed(name), Value::from(address)));
    }
    None
}
