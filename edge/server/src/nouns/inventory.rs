//! What data there is: who told it, how full each field is, how fresh it is, what it makes possible and what is missing.

use std::collections::BTreeMap;

use ::segments::{Needs, templates};
use axum::extract::State;
use condition::{label_of_attribute, label_of_event};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        error::{Answer, ApiError},
        language::Spoken,
    },
    nouns::{sources::SourceNames, templates::Present, wire::Instant},
};

/// What data there is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Inventory {
    customers: u64,
    sources: Vec<Source>,
    events: Vec<Seen>,
    attributes: Vec<Filled>,
    /// Segments to begin with, and what of each is missing; the fullest first.
    possible: Vec<Possible>,
    /// Names that are missing, those that would make most possible first.
    missing: Vec<Missing>,
}

/// Who told us.
#[derive(Serialize, ToSchema)]
pub(crate) struct Source {
    name: String,
    /// What people call it.
    label: String,
    /// The latest file, or how many of what came in the latest batch.
    latest: String,
    batches: u64,
    rows: u64,
    /// When it last told something.
    told_at: Instant,
    /// Whole days since then.
    days_old: i64,
}

/// A name of events.
#[derive(Serialize, ToSchema)]
pub(crate) struct Seen {
    name: String,
    label: String,
    count: u64,
}

/// An attribute.
#[derive(Serialize, ToSchema)]
pub(crate) struct Filled {
    key: String,
    label: String,
    filled: u64,
    /// Of a hundred customers, so many have it.
    percent: u64,
}

/// A segment to begin with.
#[derive(Serialize, ToSchema)]
pub(crate) struct Possible {
    id: String,
    name: String,
    /// The names of which there are no facts; none, and it can be used at once.
    missing: Vec<String>,
}

/// A name of which there are no facts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Missing {
    name: String,
    label: String,
    /// How many segments to begin with need it.
    needed_by: u64,
}

/// What data there is.
#[utoipa::path(get, path = "/api/v1/inventory", tag = "imports",
    responses((status = 200, body = Inventory)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Inventory>> {
    let customers = app.store.customers_n();
    let names = app.blocking(|app| Ok(app.store.names())).await?;
    let events = names.events.iter().map(|event| Seen {
        label: label_of_event(event.name.as_str(), language),
        name: event.name.to_string(),
        count: event.events,
    });
    let attributes = names.attributes.iter().map(|attribute| Filled {
        label: label_of_attribute(&attribute.key, language),
        key: attribute.key.to_string(),
        filled: attribute.filled,
        percent: (100 * attribute.filled).checked_div(customers).unwrap_or(0).min(100),
    });
    let possible = possible(&app, language)?;
    Ok(axum::Json(Inventory {
        customers,
        sources: sources(&app, &SourceNames::read(&app, language).await?),
        events: events.collect(),
        attributes: attributes.collect(),
        missing: missing(&possible, language),
        possible,
    }))
}

/// Each source with its latest batch; what was taken back does not count.
fn sources(app: &App, names: &SourceNames) -> Vec<Source> {
    let now = app.clock.now();
    let mut sources: BTreeMap<String, Source> = BTreeMap::new();
    // The newest come first.
    for batch in app.store.batches().iter().filter(|batch| batch.undone.is_none()) {
        let source = sources.entry(batch.source.to_string()).or_insert_with(|| Source {
            name: batch.source.to_string(),
            label: names.source(&batch.source),
            latest: names.latest(&batch.source, &batch.label, batch.rows),
            batches: 0,
            rows: 0,
            told_at: Instant::of_millis(batch.at.millis()),
            days_old: now.since(batch.at) / facts::Timestamp::DAY,
        });
        source.batches += 1;
        source.rows += batch.rows;
    }
    let mut sources: Vec<Source> = sources.into_values().collect();
    sources.sort_by_key(|source| source.days_old);
    sources
}

fn possible(app: &App, language: condition::Language) -> Answer<Vec<Possible>> {
    let present = Present::read(app);
    let all = templates().map_err(|why| ApiError::ours("the templates", why))?;
    let mut possible = vec![];
    for template in all {
        let checked = template.condition.check();
        let condition =
            checked.map_err(|faults| ApiError::ours("a template", format!("{faults:?}")))?;
        possible.push(Possible {
            missing: present.missing(&Needs::of(&condition)),
            name: template.name.get(language).to_owned(),
            id: template.id,
        });
    }
    possible.sort_by_key(|one| one.missing.len());
    Ok(possible)
}

fn missing(possible: &[Possible], language: condition::Language) -> Vec<Missing> {
    let mut needed: BTreeMap<&str, u64> = BTreeMap::new();
    for name in possible.iter().flat_map(|one| &one.missing) {
        *needed.entry(name).or_default() += 1;
    }
    let mut missing: Vec<Missing> = needed
        .into_iter()
        .map(|(name, needed_by)| Missing {
            label: label(name, language),
            name: name.to_owned(),
            needed_by,
        })
        .collect();
    missing.sort_by_key(|one| std::cmp::Reverse(one.needed_by));
    missing
}

/// What a name of events or attributes is called.
fn label(name: &str, language: condition::Language) -> String {
    let event = label_of_event(name, language);
    if event == name { label_of_attribute(name, language) } else { event }
}
