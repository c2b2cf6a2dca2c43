//! What the log and the files of imports say, record by record. This is ground state: these forms never change;
//! a new form gets a new kind.
//!
//! Since format 2 a fact may have been erased: its place in the order stays, with a number in place of the customer's
//! key and nothing behind it, so that everybody else keeps their numbers and their facts their order.

use std::sync::Arc;

use facts::{ContactKey, CustomerKey, EventName, Fact, Properties, PropertiesRef, Timestamp, What};

use crate::frame::Payload;
use facts::pack::{Unpack, push_bytes, push_i64, push_optional, push_u64};

pub(crate) const HEAD: u8 = 1;
pub(crate) const FACTS: u8 = 2;
pub(crate) const IMPORTED: u8 = 3;
pub(crate) const UNDONE: u8 = 4;
pub(crate) const STAGED: u8 = 5;

/// The first frame of every log file; says what went before, so that a missing or foreign file is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) file: u32,
    pub(crate) previous_length: u64,
    pub(crate) previous_crc: u32,
    /// The first batch number this file can hold.
    pub(crate) first_batch: u32,
    /// The length and the last checksum by which the file after this one knows it, when this one was written again
    /// since.
    pub(crate) known_as: Option<(u64, u32)>,
}

const MAGIC: &[u8] = b"kizashi facts 1";

impl Head {
    pub(crate) fn payload(&self) -> Payload {
        let mut bytes = MAGIC.to_vec();
        push_u64(&mut bytes, u64::from(self.file));
        push_u64(&mut bytes, self.previous_length);
        push_u64(&mut bytes, u64::from(self.previous_crc));
        push_u64(&mut bytes, u64::from(self.first_batch));
        if let Some((length, crc)) = self.known_as {
            push_u64(&mut bytes, length);
            push_u64(&mut bytes, u64::from(crc));
        }
        Payload::new(HEAD, bytes)
    }

    pub(crate) fn read(payload: &[u8]) -> Option<Head> {
        let mut rest = Unpack(payload.strip_prefix(MAGIC)?);
        let file = rest.u32()?;
        let previous_length = rest.u64()?;
        let previous_crc = rest.u32()?;
        let first_batch = rest.u32()?;
        let known_as = match rest.is_empty() {
            true => None,
            false => Some((rest.u64()?, rest.u32()?)),
        };
        Some(Head { file, previous_length, previous_crc, first_batch, known_as })
    }
}

/// What a batch of facts or an import says about all its facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) batch: u32,
    pub(crate) first_seq: u64,
    pub(crate) rows: u64,
    pub(crate) received_at: Timestamp,
    pub(crate) old: bool,
    pub(crate) source: Arc<str>,
    pub(crate) label: Arc<str>,
}

impl Told {
    fn push(&self, bytes: &mut Vec<u8>) {
        push_u64(bytes, u64::from(self.batch));
        push_u64(bytes, self.first_seq);
        push_u64(bytes, self.rows);
        push_i64(bytes, self.received_at.millis());
        bytes.push(u8::from(self.old));
        push_bytes(bytes, self.source.as_bytes());
        push_bytes(bytes, self.label.as_bytes());
    }

    fn read(rest: &mut Unpack<'_>) -> Option<Told> {
        Some(Told {
            batch: rest.u32()?,
            first_seq: rest.u64()?,
            rows: rest.u64()?,
            received_at: Timestamp::from_millis(rest.i64()?),
            old: rest.u8()? != 0,
            source: rest.text()?.into(),
            label: rest.text()?.into(),
        })
    }
}

/// An import whose facts lie in a file of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imported {
    pub(crate) told: Told,
    /// The number in the name of its file.
    pub(crate) file: u32,
    /// The bytes of its file.
    pub(crate) length: u64,
    /// The checksum over the checksums of its frames.
    pub(crate) crc: u32,
    /// Rows of the file that became duplicates before the import was committed, ascending.
    pub(crate) skipped: Vec<u64>,
}

/// A frame of the log.
pub(crate) enum Record<'a> {
    Facts(Told, FactsBody<'a>),
    Imported(Imported),
    Undone { batch: u32, at: Timestamp, by: Arc<str> },
}

pub(crate) fn facts_payload(told: &Told, body: &[u8]) -> Payload {
    let mut bytes = Vec::with_capacity(body.len() + 64);
    told.push(&mut bytes);
    bytes.extend_from_slice(body);
    Payload::new(FACTS, bytes)
}

pub(crate) fn imported_payload(imported: &Imported) -> Payload {
    let mut bytes = vec![];
    imported.told.push(&mut bytes);
    push_u64(&mut bytes, u64::from(imported.file));
    push_u64(&mut bytes, imported.length);
    push_u64(&mut bytes, u64::from(imported.crc));
    push_u64(&mut bytes, imported.skipped.len() as u64);
    for row in &imported.skipped {
        push_u64(&mut bytes, *row);
    }
    Payload::new(IMPORTED, bytes)
}

pub(crate) fn undone_payload(batch: u32, at: Timestamp, by: &str) -> Payload {
    let mut bytes = vec![];
    push_u64(&mut bytes, u64::from(batch));
    push_i64(&mut bytes, at.millis());
    push_bytes(&mut bytes, by.as_bytes());
    Payload::new(UNDONE, bytes)
}

impl<'a> Record<'a> {
    pub(crate) fn read(kind: u8, payload: &'a [u8]) -> Option<Record<'a>> {
        let mut rest = Unpack(payload);
        match kind {
            FACTS => {
                let told = Told::read(&mut rest)?;
                Some(Record::Facts(told, FactsBody(rest)))
            }
            IMPORTED => {
                let told = Told::read(&mut rest)?;
                let (file, length, crc) = (rest.u32()?, rest.u64()?, rest.u32()?);
                let mut skipped = vec![];
                for _ in 0..rest.u64()? {
                    skipped.push(rest.u64()?);
                }
                Some(Record::Imported(Imported { told, file, length, crc, skipped }))
            }
            UNDONE => Some(Record::Undone {
                batch: rest.u32()?,
                at: Timestamp::from_millis(rest.i64()?),
                by: rest.text()?.into(),
            }),
            _ => None,
        }
    }
}

/// Facts one after the other: each its customer, then the rest.
#[derive(Clone, Copy)]
pub(crate) struct FactsBody<'a>(pub(crate) Unpack<'a>);

/// A fact as it lies in a file.
#[derive(Clone, Copy)]
pub(crate) struct RawFact<'a> {
    pub(crate) customer: &'a str,
    /// Everything but the customer, packed; empty when the fact was erased.
    pub(crate) rest: &'a [u8],
}

impl<'a> RawFact<'a> {
    /// What the fact says; `Ok(None)` when it was erased.
    pub(crate) fn parse(&self) -> Result<Option<Parsed<'a>>, NotAFact> {
        match self.rest.is_empty() {
            true => Ok(None),
            false => Parsed::read(self.rest).map(Some).ok_or(NotAFact),
        }
    }
}

/// What stands for the key of an erased customer: no key of anyone, since keys hold no control characters.
pub(crate) fn erased_key(no: u32) -> String {
    format!("\0{no}")
}

/// Appends a fact as it lay elsewhere.
pub(crate) fn push_raw(body: &mut Vec<u8>, fact: &RawFact<'_>) {
    push_bytes(body, fact.customer.as_bytes());
    push_bytes(body, fact.rest);
}

/// Appends the place of a fact that was erased.
pub(crate) fn push_erased(body: &mut Vec<u8>, no: u32) {
    push_bytes(body, erased_key(no).as_bytes());
    push_bytes(body, &[]);
}

impl<'a> FactsBody<'a> {
    /// The next fact; `Ok(None)` at the end, `Err` when the bytes are damaged.
    pub(crate) fn next(&mut self) -> Result<Option<RawFact<'a>>, NotAFact> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let customer = self.0.text().ok_or(NotAFact)?;
        let rest = self.0.bytes().ok_or(NotAFact)?;
        Ok(Some(RawFact { customer, rest }))
    }
}

/// Bytes that passed their checksum but hold no fact.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NotAFact;

/// Everything of a fact but its customer, borrowed from its packed form.
#[derive(Clone, Copy)]
pub(crate) struct Parsed<'a> {
    pub(crate) contact: Option<&'a str>,
    pub(crate) at: Timestamp,
    /// The name of an event; none for attributes.
    pub(crate) event: Option<&'a str>,
    pub(crate) values: PropertiesRef<'a>,
    pub(crate) id: Option<&'a str>,
}

/// Appends a fact to a body; gives where its packed rest lies.
pub(crate) fn push_fact(body: &mut Vec<u8>, fact: &Fact) -> std::ops::Range<usize> {
    push_bytes(body, fact.customer.as_str().as_bytes());
    let mut rest = Vec::with_capacity(64);
    push_optional(&mut rest, fact.contact.as_ref().map(|key| key.as_str().as_bytes()));
    push_i64(&mut rest, fact.at.millis());
    let (event, values) = match &fact.what {
        What::Happened { name, properties } => (Some(name.as_str().as_bytes()), properties),
        What::Became(values) => (None, values),
    };
    push_optional(&mut rest, event);
    push_bytes(&mut rest, values.as_bytes());
    push_optional(&mut rest, fact.id.as_deref().map(str::as_bytes));
    push_bytes(body, &rest);
    body.len() - rest.len()..body.len()
}

impl<'a> Parsed<'a> {
    pub(crate) fn read(rest: &'a [u8]) -> Option<Parsed<'a>> {
        let mut rest = Unpack(rest);
        let contact = rest.optional_text()?;
        let at = Timestamp::from_millis(rest.i64()?);
        let event = rest.optional_text()?;
        let values = PropertiesRef::packed(rest.bytes()?);
        let id = rest.optional_text()?;
        rest.is_empty().then_some(Parsed { contact, at, event, values, id })
    }

    /// The fact itself, about the given customer.
    pub(crate) fn to_fact(self, customer: CustomerKey) -> Option<Fact> {
        let values = Properties::from_bytes(self.values.as_bytes())?;
        let what = match self.event {
            Some(name) => What::Happened { name: EventName::new(name).ok()?, properties: values },
            None => What::Became(values),
        };
        let contact = match self.contact {
            Some(key) => Some(ContactKey::new(key).ok()?),
            None => None,
        };
        Some(Fact { customer, contact, at: self.at, what, id: self.id.map(str::to_owned) })
    }
}
