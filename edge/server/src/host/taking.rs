//! Taking facts in: on disk first, then judged, then told.

use std::collections::BTreeSet;

use facts::Fact;
use store::{Appended, Batch, StoreError};

use crate::{
    host::{App, checkpoint::Changes, uniting},
    http::error::Answer,
};

impl super::Workspace {
    /// Takes in facts as they happen. They are on disk, and everyone they touch is judged, when this returns.
    pub(crate) async fn take(
        self: &App,
        source: String,
        label: String,
        facts: Vec<Fact>,
    ) -> Answer<Appended> {
        self.blocking(move |app| app.take_here(&source, &label, facts)).await
    }

    /// The same on this thread, which waits for the disk.
    pub(crate) fn take_here(
        self: &App,
        source: &str,
        label: &str,
        facts: Vec<Fact>,
    ) -> Answer<Appended> {
        let received_at = self.clock.now();
        let batch =
            Batch { source: source.into(), label: label.into(), received_at, old: false, facts };
        let writing = self.writing(Changes::Facts);
        let appended = self.store.append(&batch)?;
        self.judge_facts(writing, &batch, &appended);
        let facts = batch.facts;
        self.read_texts(&facts, &appended, received_at);
        if self.heard.is_of_use() {
            let numbers = facts.iter().filter_map(|fact| self.store.number_of(&fact.customer));
            let heard: BTreeSet<u32> = numbers.map(|number| number.0).collect();
            self.heard.of(heard.into_iter(), received_at);
        }
        self.pairs.at_once.changed(uniting::at_once::who_changed(self, facts.iter()));
        Ok(appended)
    }

    /// Takes a batch back. One that was taken back before, by a request that broke off, is no error here.
    pub(crate) async fn undo(self: &App, batch: u32, by: String) -> Answer<()> {
        self.blocking(move |app| app.undo_here(batch, &by)).await
    }

    /// The same on this thread, which waits for the disk.
    pub(crate) fn undo_here(self: &App, batch: u32, by: &str) -> Answer<()> {
        let writing = self.writing(Changes::Facts);
        match self.store.undo(batch, self.clock.now(), by) {
            Err(StoreError::UndoneBefore(_)) => {}
            customers => {
                let customers = customers?;
                self.judge_touched(writing, &customers);
                self.read_texts_of(&customers);
                self.pairs.at_once.changed(customers.iter().map(|one| one.0));
            }
        }
        Ok(())
    }
}
