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
        self.blocking(move |app| {
            let received_at = app.clock.now();
            let batch = Batch {
                source: source.into(),
                label: label.into(),
                received_at,
                old: false,
                facts,
            };
            let writing = app.writing(Changes::Facts);
            let appended = app.store.append(&batch)?;
            app.judge_facts(writing, &batch, &appended);
            let facts = batch.facts;
            app.read_texts(&facts, &appended, received_at);
            if app.heard.is_of_use() {
                let numbers = facts.iter().filter_map(|fact| app.store.number_of(&fact.customer));
                let heard: BTreeSet<u32> = numbers.map(|number| number.0).collect();
                app.heard.of(heard.into_iter(), received_at);
            }
            app.pairs.at_once.changed(uniting::at_once::who_changed(app, facts.iter()));
            Ok(appended)
        })
        .await
    }

    /// Takes a batch back. One that was taken back before, by a request that broke off, is no error here.
    pub(crate) async fn undo(self: &App, batch: u32, by: String) -> Answer<()> {
        self.blocking(move |app| {
            let writing = app.writing(Changes::Facts);
            match app.store.undo(batch, app.clock.now(), &by) {
                Err(StoreError::UndoneBefore(_)) => {}
                customers => {
                    let customers = customers?;
                    app.judge_touched(writing, &customers);
                    app.read_texts_of(&customers);
                    app.pairs.at_once.changed(customers.iter().map(|one| one.0));
                }
            }
            Ok(())
        })
        .await
    }
}
