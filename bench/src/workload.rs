//! The workload everything is measured with: who and how many, the names of things, and where the files lie.

use std::path::{Path, PathBuf};

use facts::{Millis, Timestamp};

/// The instant at which everything is evaluated: 2026-11-01T00:00:00Z.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_793_491_200_000);

/// How far Japan is ahead of UTC, where the customers of the workload live.
pub(crate) const JAPAN: Millis = 9 * Timestamp::HOUR;

/// One kind of event: its name, and how many different items its events are about.
pub(crate) struct EventKind {
    pub(crate) name: &'static str,
    pub(crate) items: u16,
}

/// The kinds of event; files name them by their place here.
pub(crate) const KINDS: [EventKind; 12] = {
    const fn kind(name: &'static str, items: u16) -> EventKind {
        EventKind { name, items }
    }
    [
        kind("login", 1),
        kind("page_viewed", 200),
        kind("document_downloaded", 40),
        kind("mail_opened", 100),
        kind("mail_clicked", 100),
        kind("purchased", 20),
        kind("inquired", 8),
        kind("trial_started", 1),
        kind("feature_used", 60),
        kind("meeting_held", 1),
        kind("cart_added", 20),
        kind("seminar_registered", 10),
    ]
};

/// The place of purchases, the only events with an amount.
pub(crate) const PURCHASED: u8 = 5;

/// The attributes of customers, as the columns of the file are called.
pub(crate) const ATTRIBUTES: [&str; 5] = ["age", "gender", "prefecture", "industry", "plan"];

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Size {
    /// 100,000 customers, 10 million events.
    Small,
    /// 1 million customers, 100 million events.
    Large,
}

impl Size {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Size::Small => "small",
            Size::Large => "large",
        }
    }

    pub(crate) fn customers(self) -> u32 {
        match self {
            Size::Small => 100_000,
            Size::Large => 1_000_000,
        }
    }

    /// How many events were asked for; the generator comes within a few of it.
    pub(crate) fn events(self) -> u64 {
        match self {
            Size::Small => 10_000_000,
            Size::Large => 100_000_000,
        }
    }

    /// How many events the files of this size hold.
    pub(crate) fn events_drawn(self) -> u64 {
        match self {
            Size::Small => 9_999_892,
            Size::Large => 100_000_012,
        }
    }
}

/// The same firm in two forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Form {
    /// Items and amounts are whole numbers, as peers are given them.
    Plain,
    /// Items are texts, amounts decimals, and one event in twenty came in a batch that was undone. The results are
    /// the same.
    Rich,
}

/// The files of one size.
pub(crate) struct Files(PathBuf);

impl Files {
    pub(crate) fn of(data: &Path, size: Size) -> Files {
        Files(data.join(size.name()))
    }

    pub(crate) fn at(folder: &Path) -> Files {
        Files(folder.to_owned())
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    pub(crate) fn customers(&self) -> PathBuf {
        self.0.join("customers.parquet")
    }

    /// Events by customer, then time.
    pub(crate) fn by_customer(&self) -> PathBuf {
        self.0.join("events_ct.parquet")
    }

    /// Events in the order in which they arrived.
    pub(crate) fn by_arrival(&self) -> PathBuf {
        self.0.join("events_t.parquet")
    }

    /// The Kizashi folder that the files are loaded into.
    pub(crate) fn firm(&self, form: Form) -> PathBuf {
        match form {
            Form::Plain => self.0.join("firm"),
            Form::Rich => self.0.join("firm-rich"),
        }
    }
}
