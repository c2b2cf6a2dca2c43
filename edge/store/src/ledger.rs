//! Who was erased: salted hashes of customer keys, so that what comes in again is refused although no key is kept.

use std::collections::BTreeMap;

use facts::Timestamp;
use sha2::{Digest, Sha256};

use crate::{
    StoreError,
    disk::Folder,
    frame::{Payload, unframe},
    log::FACTS_FOLDER,
};
use facts::pack::{Unpack, push_i64, push_u64};

pub(crate) const LEDGER: &str = "facts/erased";
const KIND: u8 = 48;
const VERSION: u64 = 1;

/// A salt, or the hash of a key under it.
type Bits = [u8; 16];

/// The customers whose facts are gone and stay out. One salt for each folder that has erased; a folder that was
/// restored and took over the ledger of another has two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ledger(BTreeMap<Bits, BTreeMap<Bits, Timestamp>>);

impl Ledger {
    /// The ledger of a folder; empty when nobody was ever erased.
    pub(crate) fn load(folder: &Folder) -> Result<Ledger, StoreError> {
        let Some(bytes) = folder.read(LEDGER)? else { return Ok(Ledger::default()) };
        Ledger::unframe(&bytes).ok_or_else(|| StoreError::Damaged {
            path: folder.at(LEDGER),
            offset: 0,
            what: "this is not the list of erased customers that was written",
        })
    }

    pub(crate) fn save(&self, folder: &Folder) -> Result<(), StoreError> {
        folder.replace(FACTS_FOLDER, LEDGER, &self.framed())
    }

    fn framed(&self) -> Vec<u8> {
        let (mut bytes, mut framed) = (vec![], vec![]);
        self.push(&mut bytes);
        Payload::new(KIND, bytes).push(&mut framed, 0);
        framed
    }

    /// A ledger as it lies in its file; `None` when the bytes are something else.
    pub(crate) fn unframe(bytes: &[u8]) -> Option<Ledger> {
        let (_, bytes) = unframe(bytes).filter(|(kind, _)| *kind == KIND)?;
        let mut rest = Unpack(&bytes);
        Ledger::read(&mut rest).filter(|_| rest.is_empty())
    }

    pub(crate) fn push(&self, bytes: &mut Vec<u8>) {
        push_u64(bytes, VERSION);
        push_u64(bytes, self.0.len() as u64);
        for (salt, erased) in &self.0 {
            bytes.extend_from_slice(salt);
            push_u64(bytes, erased.len() as u64);
            for (hash, at) in erased {
                bytes.extend_from_slice(hash);
                push_i64(bytes, at.millis());
            }
        }
    }

    pub(crate) fn read(rest: &mut Unpack<'_>) -> Option<Ledger> {
        if rest.u64()? != VERSION {
            return None;
        }
        let mut ledger = Ledger::default();
        for _ in 0..rest.u64()? {
            let salt: Bits = rest.take(16)?.try_into().ok()?;
            let erased = ledger.0.entry(salt).or_default();
            for _ in 0..rest.u64()? {
                let hash: Bits = rest.take(16)?.try_into().ok()?;
                erased.insert(hash, Timestamp::from_millis(rest.i64()?));
            }
        }
        Some(ledger)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the customer with this key was erased.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.0.iter().any(|(salt, erased)| erased.contains_key(&hash(salt, key)))
    }

    /// Notes a customer; the salt is made when there is none yet.
    pub(crate) fn add(&mut self, key: &str, at: Timestamp) -> Result<(), StoreError> {
        if self.has(key) {
            return Ok(());
        }
        let salt = match self.0.keys().next() {
            Some(salt) => *salt,
            None => new_salt()?,
        };
        self.0.entry(salt).or_default().insert(hash(&salt, key), at);
        Ok(())
    }

    /// Takes over what another ledger says.
    pub(crate) fn take_over(&mut self, other: &Ledger) {
        for (salt, erased) in &other.0 {
            self.0.entry(*salt).or_default().extend(erased);
        }
    }
}

fn hash(salt: &Bits, key: &str) -> Bits {
    let digest = Sha256::new().chain_update(salt).chain_update(key.as_bytes()).finalize();
    let mut bits = Bits::default();
    bits.copy_from_slice(&digest[..16]);
    bits
}

fn new_salt() -> Result<Bits, StoreError> {
    let mut salt = Bits::default();
    getrandom::fill(&mut salt).map_err(|error| StoreError::Disk {
        doing: "get random numbers for",
        path: LEDGER.into(),
        source: std::io::Error::other(error.to_string()),
    })?;
    Ok(salt)
}
