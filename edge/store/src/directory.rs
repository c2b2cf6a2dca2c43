//! Who is who: customer keys and their numbers, and where contacts and e-mail addresses belong.

use std::{collections::HashMap, sync::Arc};

use roaring::RoaringBitmap;

use crate::summary::{Spot, Summary, add_spot};
use facts::pack::{Unpack, push_bytes, push_optional, push_u64};

#[derive(Default)]
pub(crate) struct Directory {
    keys: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    /// How many facts of each customer are not undone.
    facts: Vec<u32>,
    /// The customers with such facts.
    pub(crate) live: RoaringBitmap,
    contacts: HashMap<Box<str>, Vec<Spot>>,
    emails: HashMap<Box<str>, Vec<Spot>>,
}

impl Directory {
    /// Adds a batch; gives the number of each of its customers.
    pub(crate) fn add(&mut self, summary: &Summary) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(summary.customers.len());
        for (key, facts) in &summary.customers {
            let no = self.number(key);
            let count = &mut self.facts[no as usize];
            *count = count.saturating_add(*facts);
            if 0 < *count {
                self.live.insert(no);
            }
            numbers.push(no);
        }
        add_spots(&mut self.contacts, &summary.contacts, &numbers);
        add_spots(&mut self.emails, &summary.emails, &numbers);
        numbers
    }

    /// Takes a batch away again.
    pub(crate) fn take(&mut self, summary: &Summary) -> Vec<u32> {
        let mut numbers = Vec::with_capacity(summary.customers.len());
        for (key, facts) in &summary.customers {
            let no = self.number(key);
            let count = &mut self.facts[no as usize];
            *count = count.saturating_sub(*facts);
            if *count == 0 {
                self.live.remove(no);
            }
            numbers.push(no);
        }
        take_spots(&mut self.contacts, &summary.contacts, &numbers);
        take_spots(&mut self.emails, &summary.emails, &numbers);
        numbers
    }

    fn number(&mut self, key: &Arc<str>) -> u32 {
        if let Some(no) = self.numbers.get(key) {
            return *no;
        }
        let no = self.keys.len() as u32;
        self.keys.push(key.clone());
        self.numbers.insert(key.clone(), no);
        self.facts.push(0);
        no
    }

    pub(crate) fn number_of(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }

    pub(crate) fn key_of(&self, no: u32) -> Option<&Arc<str>> {
        self.keys.get(no as usize)
    }

    pub(crate) fn numbers_end(&self) -> u32 {
        self.keys.len() as u32
    }

    pub(crate) fn contact(&self, key: &str) -> Option<&Spot> {
        self.contacts.get(key)?.first()
    }

    pub(crate) fn email(&self, key: &str) -> Option<&Spot> {
        self.emails.get(key)?.first()
    }

    /// Everything in a fixed order, in pieces of bounded size.
    pub(crate) fn push(&self, piece: &mut impl FnMut(Vec<u8>)) {
        let mut bytes = vec![];
        push_u64(&mut bytes, self.keys.len() as u64);
        for (key, facts) in self.keys.iter().zip(&self.facts) {
            push_bytes(&mut bytes, key.as_bytes());
            push_u64(&mut bytes, u64::from(*facts));
            cut(&mut bytes, piece);
        }
        push_spots(&self.contacts, &mut bytes, piece);
        push_spots(&self.emails, &mut bytes, piece);
        piece(bytes);
    }

    pub(crate) fn read(rest: &mut Unpack<'_>) -> Option<Directory> {
        let mut directory = Directory::default();
        for _ in 0..rest.u64()? {
            let no = directory.number(&rest.text()?.into());
            let facts = rest.u32()?;
            directory.facts[no as usize] = facts;
            if 0 < facts {
                directory.live.insert(no);
            }
        }
        directory.contacts = read_spots(rest)?;
        directory.emails = read_spots(rest)?;
        Some(directory)
    }
}

/// Hands on what has grown large.
fn cut(bytes: &mut Vec<u8>, piece: &mut impl FnMut(Vec<u8>)) {
    const PIECE: usize = 4 << 20;
    if PIECE <= bytes.len() {
        piece(std::mem::take(bytes));
    }
}

fn add_spots(
    mine: &mut HashMap<Box<str>, Vec<Spot>>,
    other: &HashMap<Box<str>, Vec<Spot>>,
    numbers: &[u32],
) {
    for (key, spots) in other {
        let known = match mine.get_mut(key) {
            Some(known) => known,
            None => mine.entry(key.clone()).or_default(),
        };
        for spot in spots {
            add_spot(known, Spot { customer: numbers[spot.customer as usize], ..spot.clone() });
        }
    }
}

fn take_spots(
    mine: &mut HashMap<Box<str>, Vec<Spot>>,
    other: &HashMap<Box<str>, Vec<Spot>>,
    numbers: &[u32],
) {
    for (key, spots) in other {
        let Some(known) = mine.get_mut(key) else { continue };
        for gone in spots {
            let customer = numbers[gone.customer as usize];
            for spot in &mut *known {
                if spot.customer == customer && spot.contact == gone.contact {
                    spot.facts = spot.facts.saturating_sub(gone.facts);
                }
            }
        }
        known.retain(|spot| 0 < spot.facts);
        if known.is_empty() {
            mine.remove(key);
        }
    }
}

fn push_spots(
    spots: &HashMap<Box<str>, Vec<Spot>>,
    bytes: &mut Vec<u8>,
    piece: &mut impl FnMut(Vec<u8>),
) {
    let mut keys: Vec<&str> = spots.keys().map(|key| &**key).collect();
    keys.sort_unstable();
    push_u64(bytes, keys.len() as u64);
    for key in keys {
        let of_key = &spots[key];
        push_bytes(bytes, key.as_bytes());
        push_u64(bytes, of_key.len() as u64);
        for spot in of_key {
            push_u64(bytes, u64::from(spot.customer));
            push_optional(bytes, spot.contact.as_deref().map(str::as_bytes));
            push_u64(bytes, u64::from(spot.facts));
        }
        cut(bytes, piece);
    }
}

fn read_spots(rest: &mut Unpack<'_>) -> Option<HashMap<Box<str>, Vec<Spot>>> {
    let mut spots = HashMap::new();
    for _ in 0..rest.u64()? {
        let key = rest.text()?;
        let mut of_key = vec![];
        for _ in 0..rest.u64()? {
            let customer = rest.u32()?;
            let contact = rest.optional_text()?.map(Arc::from);
            of_key.push(Spot { customer, contact, facts: rest.u32()? });
        }
        spots.insert(key.into(), of_key);
    }
    Some(spots)
}
