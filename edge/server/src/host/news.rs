//! What open pages are told: that segments, customers or imports changed. No content, only where to look again.

use std::collections::BTreeSet;

use condition::SegmentId;

/// One piece of news.
#[derive(Debug, Clone)]
pub(crate) enum News {
    /// Memberships, signs or facts changed.
    Changed(Changed),
    /// An import moved.
    Import(i64),
}

/// What changed; several are added up for a slow reader.
#[derive(Debug, Clone, Default)]
pub(crate) struct Changed {
    /// Segments whose membership changed.
    pub(crate) segments: BTreeSet<SegmentId>,
    /// Customers, by number.
    pub(crate) customers: BTreeSet<u32>,
    /// Whether lists of signs and today's list may differ.
    pub(crate) today: bool,
    /// Whether everything may differ: the definitions changed, or news were missed.
    pub(crate) all: bool,
}

impl Changed {
    /// Everything may differ.
    pub(crate) fn everything() -> Changed {
        Changed { today: true, all: true, ..Changed::default() }
    }

    /// Adds later news.
    pub(crate) fn add(&mut self, later: &Changed) {
        self.segments.extend(later.segments.iter().cloned());
        self.customers.extend(&later.customers);
        self.today |= later.today;
        self.all |= later.all;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.segments.is_empty() && self.customers.is_empty() && !self.today && !self.all
    }
}

/// News a reader has not been sent yet.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    pub(crate) changed: Changed,
    pub(crate) imports: BTreeSet<i64>,
}

impl Waiting {
    pub(crate) fn add(&mut self, news: &News) {
        match news {
            News::Changed(changed) => self.changed.add(changed),
            News::Import(id) => {
                self.imports.insert(*id);
            }
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.imports.is_empty()
    }
}
