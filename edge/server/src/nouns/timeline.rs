//! What happened with one customer, newest first.

use axum::extract::State;
use condition::{Language, label_of_event, say_event};
use facts::{Event, History, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{App, Scope, organisations::firm_of},
    http::{
        caller::Caller,
        error::Answer,
        language::Spoken,
        take::{Path, Query},
    },
    nouns::wire::{CustomerName, Instant, no_cursor, page_length, read_instant},
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
    /// Of this record, or of the whole firm it belongs to; of the record when not said.
    #[param(inline)]
    of: Option<Of>,
}

/// Whose events.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Of {
    Record,
    /// Of all records of the firm that the caller may see.
    Organisation,
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
    /// Whose it is, where events of the whole firm were asked for.
    customer: Option<CustomerName>,
}

/// A history, and whose it is where there are several.
struct Told {
    history: History,
    customer: Option<CustomerName>,
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
    let (now, scope) = {
        let live = app.live()?;
        (live.at, live.scope(&caller))
    };
    let timeline = app
        .blocking(move |app| {
            let told = match wanted.of {
                Some(Of::Organisation) => of_organisation(app, customer, &scope)?,
                Some(Of::Record) | None => {
                    vec![Told { history: app.history_of(customer)?, customer: None }]
                }
            };
            read(app, &told, wanted.name.as_deref(), (edge, limit), (now, language))
        })
        .await?;
    Ok(axum::Json(timeline))
}

/// The histories of a firm's records; of the customer alone who is no firm.
fn of_organisation(app: &App, customer: u32, scope: &Scope) -> Answer<Vec<Told>> {
    let Some(found) = firm_of(app, customer)? else {
        return Ok(vec![Told { history: app.history_of(customer)?, customer: None }]);
    };
    let own = found.records.iter().filter(|(no, _)| scope.contains(**no));
    own.map(|(no, (card, _))| {
        let customer = Some(CustomerName::of(app.key_text(*no), card));
        Ok(Told { history: app.history_of(*no)?, customer })
    })
    .collect()
}

fn read(
    app: &App,
    told: &[Told],
    name: Option<&str>,
    (edge, limit): (Option<Edge>, usize),
    (now, language): (Timestamp, Language),
) -> Answer<Timeline> {
    let mut events: Vec<(&Told, &str, &Event)> = vec![];
    for one in told {
        let history = &one.history;
        let tracks = history.tracks().iter();
        let wanted = tracks.filter(|track| name.is_none_or(|name| history.name(track) == name));
        let all = wanted.flat_map(|track| {
            history.events_of(track).iter().map(|event| (one, history.name(track), event))
        });
        events.extend(all.filter(|(.., event)| event.stamp.at <= now));
    }
    let months = months(app, &events);
    events.retain(|(.., event)| edge.is_none_or(|edge| (event.stamp.at, event.stamp.seq) < edge));
    events.sort_by_key(|(.., event)| std::cmp::Reverse((event.stamp.at, event.stamp.seq)));
    let more = limit < events.len();
    events.truncate(limit);
    let last = events.last().filter(|_| more);
    let next = last.map(|(.., event)| format!("{}/{}", event.stamp.at, event.stamp.seq));
    let mut sources = HashMap::new();
    let mut rows = vec![];
    for (told, name, event) in events {
        let source = match sources.entry(event.stamp.batch) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(source_of(app, event.stamp.batch)?)
            }
        };
        rows.push(row(told, (name, event), source, language));
    }
    Ok(Timeline { rows, next, months })
}

fn row(
    told: &Told,
    (name, event): (&str, &Event),
    source: &str,
    language: Language,
) -> TimelineRow {
    let history = &told.history;
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
        customer: told.customer.clone(),
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

fn months(app: &App, events: &[(&Told, &str, &Event)]) -> Vec<Month> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for (.., event) in events {
        let date = app.calendar.date(event.stamp.at);
        *counts.entry(format!("{:04}-{:02}", date.year(), date.month())).or_default() += 1;
    }
    counts.into_iter().map(|(month, count)| Month { month, count }).collect()
}

fn read_edge(text: &str) -> Answer<Edge> {
    let (at, seq) = text.split_once('/').unwrap_or((text, "0"));
    Ok((read_instant(at)?, seq.parse().map_err(|_| no_cursor("before"))?))
}
