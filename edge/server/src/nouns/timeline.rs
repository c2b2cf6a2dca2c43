//! What happened with one customer, newest first.

use axum::extract::State;
use condition::{Language, label_of_event, say_event};
use facts::{Event, History, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::Answer,
        language::Spoken,
        take::{Path, Query},
    },
    nouns::wire::{Instant, no_cursor, page_length, read_instant},
};

/// Which events.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only those before this instant; or `next` of the page before.
    before: Option<String>,
    /// How many rows; 100 when not said, at most 500.
    limit: Option<usize>,
    /// Only events of this name.
    name: Option<String>,
}

/// Events of a customer, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Timeline {
    rows: Vec<TimelineRow>,
    /// `before` of the next page; null on the last one.
    next: Option<String>,
    /// How many events there are in each local month.
    months: Vec<Month>,
}

/// One event.
#[derive(Serialize, ToSchema)]
pub(crate) struct TimelineRow {
    at: Instant,
    name: String,
    label: String,
    text: String,
    /// The person it is about.
    contact: Option<String>,
    /// Who told us.
    source: String,
}

/// A local month.
#[derive(Serialize, ToSchema)]
pub(crate) struct Month {
    /// `2026-11`.
    month: String,
    count: u32,
}

/// Where a page ends: an instant, and the place in the order of arrival at that instant.
type Edge = (Timestamp, u64);

/// What happened with one customer, newest first.
#[utoipa::path(get, path = "/api/v1/customers/{key}/timeline", tag = "customers", params(Wanted),
    responses((status = 200, body = Timeline)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Answer<axum::Json<Timeline>> {
    let (customer, _) = app.find(&caller, &key)?;
    let edge = wanted.before.as_deref().map(read_edge).transpose()?;
    let limit = page_length(wanted.limit, 100);
    let now = app.clock.now();
    let timeline = app
        .blocking(move |app| {
            let mut builder = facts::HistoryBuilder::new();
            app.store.history(store::CustomerNo(customer), &mut builder)?;
            let history = builder.finish();
            read(app, history, wanted.name.as_deref(), (edge, limit), (now, language))
        })
        .await?;
    Ok(axum::Json(timeline))
}

fn read(
    app: &App,
    history: &History,
    name: Option<&str>,
    (edge, limit): (Option<Edge>, usize),
    (now, language): (Timestamp, Language),
) -> Answer<Timeline> {
    let tracks =
        history.tracks().iter().filter(|track| name.is_none_or(|name| history.name(track) == name));
    let mut events: Vec<(&str, &Event)> = tracks
        .flat_map(|track| history.events_of(track).iter().map(|e| (history.name(track), e)))
        .filter(|(_, event)| event.stamp.at <= now)
        .collect();
    let months = months(app, &events);
    events.retain(|(_, event)| edge.is_none_or(|edge| (event.stamp.at, event.stamp.seq) < edge));
    events.sort_by_key(|(_, event)| std::cmp::Reverse((event.stamp.at, event.stamp.seq)));
    let more = limit < events.len();
    events.truncate(limit);
    let last = events.last().filter(|_| more);
    let next = last.map(|(_, event)| format!("{}/{}", event.stamp.at, event.stamp.seq));
    let mut sources = HashMap::new();
    let mut rows = vec![];
    for (name, event) in events {
        let source = match sources.entry(event.stamp.batch) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(source_of(app, event.stamp.batch)?)
            }
        };
        rows.push(row(history, (name, event), source, language));
    }
    Ok(Timeline { rows, next, months })
}

fn row(
    history: &History,
    (name, event): (&str, &Event),
    source: &str,
    language: Language,
) -> TimelineRow {
    let contact = history.contact_of(event).map(|key| {
        let name = history.contact_attribute(key, "name", event.stamp.at).to_string();
        if name.is_empty() { key.to_owned() } else { name }
    });
    TimelineRow {
        at: event.stamp.at.into(),
        name: name.to_owned(),
        label: label_of_event(name, language),
        text: say_event(name, history.particulars(event), language),
        contact,
        source: source.to_owned(),
    }
}

/// Who told us, as people know it: the program's own name, or the file's.
fn source_of(app: &App, batch: u32) -> Answer<String> {
    let Some(record) = app.store.batch(batch)? else { return Ok(String::new()) };
    Ok(match record.source.split_once(':') {
        Some(("api" | "tag", source)) => source.to_owned(),
        _ if record.import => record.label.to_string(),
        _ => "kizashi".to_owned(),
    })
}

fn months(app: &App, events: &[(&str, &Event)]) -> Vec<Month> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (_, event) in events {
        let date = app.calendar.date(event.stamp.at);
        *counts.entry(format!("{:04}-{:02}", date.year(), date.month())).or_default() += 1;
    }
    counts.into_iter().map(|(month, count)| Month { month, count }).collect()
}

fn read_edge(text: &str) -> Answer<Edge> {
    let (at, seq) = text.split_once('/').unwrap_or((text, "0"));
    Ok((read_instant(at)?, seq.parse().map_err(|_| no_cursor("before"))?))
}
