//! Brings a file into a store: looks, guesses, maps, reads; and answers whom contacts and addresses belong to.

use std::{path::Path, sync::atomic::AtomicBool};

use facts::{Calendar, ContactKey, CustomerKey, Timestamp};
use intake::{Choices, Directory, Flow, Guess, Job, Kind, Mapping, Problem, Source};
use store::{Store, Watch};

use crate::screen::{Failure, Screen, follow};

/// What became of a file.
pub(crate) struct Taken {
    pub(crate) rows: u64,
    pub(crate) rejected: u64,
    pub(crate) problems: Vec<Problem>,
}

/// How many problems are kept to be shown.
const MOST_PROBLEMS: usize = 1_000;

/// Takes a file's rows into a store, with every guess as it comes, unless told to stop; `as_customers` tells a list of
/// customers.
pub(crate) fn take(
    store: &Store,
    (path, as_customers): (&Path, bool),
    (calendar, now): (&Calendar, Timestamp),
    stop: &AtomicBool,
    screen: &Screen,
) -> Result<Taken, Failure> {
    let source = Source::file(path);
    let layout = intake::look(&source, &Choices::default())?;
    let guess = guessed(&layout, as_customers);
    let mapping =
        Mapping::new(guess.kind, guess.fields.iter().map(|guess| guess.field.clone()).collect());
    if let Some(fault) = mapping.faults().into_iter().next() {
        return Err(Failure::new(
            format!("{}: {}", path.display(), fault.ja),
            format!("{}: {}", path.display(), fault.en),
        ));
    }
    let known = Known(store);
    let job = Job {
        source: &source,
        shape: &layout.shape,
        mapping: &mapping,
        calendar,
        now,
        directory: &known,
        cancel: stop,
    };
    let bar = screen.bar(&path.display().to_string());
    let mut staged = store.begin_import("evaluate", &path.display().to_string(), now)?;
    let mut problems = vec![];
    let mut broken = None;
    let checked = intake::read(
        &job,
        &mut |progress| {
            bar.set_length(progress.bytes_total);
            bar.set_position(progress.bytes);
        },
        &mut |problem| {
            if problems.len() < MOST_PROBLEMS {
                problems.push(problem);
            }
        },
        &mut |fact| match staged.add(&fact) {
            Ok(_) => Flow::Continue(()),
            Err(fault) => {
                broken = Some(fault);
                Flow::Break(())
            }
        },
    );
    if let Some(fault) = broken {
        return Err(fault.into());
    }
    let checked = checked?;
    staged.commit(&Watch { progress: Some(&follow(&bar)), cancel: Some(stop) })?;
    bar.finish_and_clear();
    Ok(Taken { rows: checked.counts.rows, rejected: checked.counts.rejected, problems })
}

/// The kind is what the caller said where the guess would make something else of it.
fn guessed(layout: &intake::Layout, as_customers: bool) -> Guess {
    let guess = intake::guess(layout);
    let kind = match (as_customers, guess.kind) {
        (true, kind) if kind.describes() => kind,
        (true, _) => Kind::Customers,
        (false, kind) if kind.describes() => Kind::Events,
        (false, kind) => kind,
    };
    if kind == guess.kind {
        guess
    } else {
        Guess { kind, sure: false, fields: intake::guess_fields(layout, kind) }
    }
}

/// Whom a store knows.
struct Known<'a>(&'a Store);

impl Directory for Known<'_> {
    fn customer_of_contact(&self, contact: &str) -> Option<(CustomerKey, ContactKey)> {
        let contact = ContactKey::new(contact).ok()?;
        Some((self.0.key_of(self.0.find_contact(&contact)?)?, contact))
    }

    fn customer_of_email(&self, email: &str) -> Option<(CustomerKey, Option<ContactKey>)> {
        let person = self.0.find_email(email)?;
        Some((self.0.key_of(person.customer)?, person.contact))
    }
}
