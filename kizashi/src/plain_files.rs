//! Plain files in a store that is thrown away: for questions about files, without a server and without keeping anything.

use std::{
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use facts::{Calendar, Timestamp};
use store::{Options, Store, Watch};

use crate::{
    screen::{Failure, Screen},
    tables,
};

/// Files to be looked at together, and by what they are read.
pub(crate) struct PlainFiles<'a> {
    pub(crate) customers: &'a [PathBuf],
    pub(crate) events: &'a [PathBuf],
    pub(crate) memory: Option<u64>,
    pub(crate) calendar: &'a Calendar,
    /// The instant that counts as now.
    pub(crate) at: Timestamp,
    pub(crate) stop: &'a AtomicBool,
    pub(crate) screen: &'a Screen,
}

impl PlainFiles<'_> {
    /// Takes the files into a store within a folder; answers how many rows were left out.
    pub(crate) fn take(&self, within: &Path) -> Result<(Store, u64), Failure> {
        let store = Store::open(within, Options::within(self.memory), &Watch::NONE)?;
        let customers = self.customers.iter().map(|path| (path, true));
        let files = customers.chain(self.events.iter().map(|path| (path, false)));
        let mut rejected = 0;
        for (path, as_customers) in files {
            let clock = (self.calendar, self.at);
            let taken = tables::take(&store, (path, as_customers), clock, self.stop, self.screen)?;
            rejected += taken.rejected;
            self.tell(path, &taken);
        }
        Ok((store, rejected))
    }

    fn tell(&self, path: &Path, taken: &tables::Taken) {
        let (screen, rows, out) = (self.screen, taken.rows, taken.rejected);
        screen.note(match screen.language {
            condition::Language::Ja => {
                format!("{}: {rows} 行を読み、{out} 行を除きました", path.display())
            }
            condition::Language::En => {
                format!("{}: {rows} rows read, {out} left out", path.display())
            }
        });
        for problem in taken.problems.iter().take(20) {
            let column = problem.column.as_deref().unwrap_or("-");
            let reason = screen.say(&problem.reason.ja, &problem.reason.en);
            screen.note(format!(
                "  {}:{} {column} `{}`: {reason}",
                problem.file, problem.row, problem.value
            ));
        }
    }
}
