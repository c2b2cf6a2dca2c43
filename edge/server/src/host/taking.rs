//! Taking facts in: on disk first, then judged, then told.

use facts::Fact;
use store::{Appended, Batch, CustomerNo};

use crate::{host::App, http::error::Answer};

impl super::Workspace {
    /// Takes in facts as they happen. They are on disk, and everyone they touch is judged, when this returns.
    pub(crate) async fn take(
        self: &App,
        source: String,
        label: String,
        facts: Vec<Fact>,
    ) -> Answer<Appended> {
        self.blocking(move |app| {
            let received_at = app.clock.now();
            let batch = Batch {
                source: source.into(),
                label: label.into(),
                received_at,
                old: false,
                facts,
            };
            let appended = app.store.append(batch)?;
            app.judge_touched(&appended.customers, false)?;
            Ok(appended)
        })
        .await
    }

    /// Takes a batch back; how many segments changed by that.
    pub(crate) async fn undo(self: &App, batch: u32, by: String) -> Answer<usize> {
        self.blocking(move |app| {
            let customers = app.store.undo(batch, app.clock.now(), &by)?;
            app.judge_many(&customers)
        })
        .await
    }

    /// Judges the customers of an import: one by one when they are few, else everyone by going through the whole store.
    pub(crate) fn judge_many(self: &App, customers: &[CustomerNo]) -> Answer<usize> {
        Ok(self.judge_touched(customers, true)?)
    }
}
