//! E-mail addresses that name nobody: those of an office, and those that a file gives to several names.

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_64;

use crate::{
    Cell, CustomerBy, Kind, Mapping,
    cells::{folded, reach, written},
};

/// The addresses of a file that several names share.
#[derive(Debug, Default)]
pub(crate) struct Shared(HashSet<u64>);

impl Shared {
    /// Whether an address (small letters) is an office's or shared by several names of the file.
    pub(crate) fn holds(&self, address: &str) -> bool {
        reach::is_of_an_office(address) || self.0.contains(&xxh3_64(address.as_bytes()))
    }
}

/// Looks for shared addresses, in files that tell customers apart by their address and give names, too.
pub(crate) struct SharedSurvey {
    /// The columns of the address and of the name; none when the file is not of that kind.
    columns: Option<(usize, usize)>,
    /// Each address with the first name it came with, both as hashes.
    seen: HashMap<u64, u64>,
    shared: Shared,
}

impl SharedSurvey {
    pub(crate) fn new(mapping: &Mapping) -> SharedSurvey {
        let wanted =
            mapping.kind == Kind::Customers && mapping.customer_by() == Some(CustomerBy::Email);
        let columns = || mapping.column("email").zip(mapping.column("name"));
        SharedSurvey {
            columns: wanted.then(columns).flatten(),
            seen: HashMap::new(),
            shared: Shared::default(),
        }
    }

    /// Whether every row has to be looked at.
    pub(crate) fn wants_all(&self) -> bool {
        self.columns.is_some()
    }

    /// Looks at a row.
    pub(crate) fn see(&mut self, cells: &[Cell<'_>]) {
        let Some((address, name)) = self.columns else { return };
        let (Some(address), Some(name)) = (cells.get(address), cells.get(name)) else { return };
        let Some(address) = reach::emails(&written(address)).into_iter().next() else { return };
        let address = xxh3_64(address.to_lowercase().as_bytes());
        let name = xxh3_64(folded(&written(name)).as_bytes());
        if *self.seen.entry(address).or_insert(name) != name {
            self.shared.0.insert(address);
        }
    }

    /// What was found.
    pub(crate) fn found(self) -> Shared {
        self.shared
    }
}
