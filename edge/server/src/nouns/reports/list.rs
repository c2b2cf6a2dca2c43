//! The list of all that was written, newest first, with what was found in it.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use condition::{Language, label_of_event};
use facts::{Event, History, HistoryBuilder, Timestamp};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use store::CustomerNo;
use topics::Normal;
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App, Scope,
        mentions::{FIELDS, InForce, MENTIONED, Wrote, is_mention},
    },
    http::{caller::Caller, error::Answer, language::Spoken, take::Query},
    nouns::{
        reports::{
            shown::{HitShown, TextShown, Verdicts, shown},
            verdicts::verdicts,
        },
        wire::{CustomerName, Day, Instant, names, no_cursor, page_length},
    },
};

/// Which texts.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReportsWanted {
    /// `next` of the page before.
    after: Option<String>,
    /// How many rows; 50 when not said, at most 500.
    limit: Option<usize>,
    /// Only those about this customer.
    customer: Option<String>,
    /// Only those of this writer.
    rep: Option<String>,
    /// Only those in which this topic comes up, all considered.
    topic: Option<String>,
    /// Only those in which it is called so.
    term: Option<String>,
    /// Only those in which this rule found something, whether it counts or not.
    rule: Option<String>,
    /// Only those in whose texts all of these words stand, blanks between them; their width and case do not matter.
    words: Option<String>,
    /// Only events of this name: `reported`.
    event: Option<String>,
    /// The first day, in.
    from: Option<String>,
    /// The last day, in.
    to: Option<String>,
}

/// Texts, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reports {
    as_of: Instant,
    /// How many there are on all pages.
    total: u64,
    rows: Vec<ReportRow>,
    next: Option<String>,
    /// How far the reading of past texts is; null when all are read.
    reading: Option<ReadingFar>,
    /// Who writes, by name.
    reps: Vec<String>,
}

impl ReportsWanted {
    /// All texts of some days, both in, in which a topic comes up, by a writer.
    pub(crate) fn of(
        (from, to): (jiff::civil::Date, jiff::civil::Date),
        topic: Option<String>,
        rep: Option<String>,
    ) -> ReportsWanted {
        let (from, to) = (Some(from.to_string()), Some(to.to_string()));
        ReportsWanted { topic, rep, from, to, ..ReportsWanted::default() }
    }
}

/// How far the reading of past texts is.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadingFar {
    /// Customers whose texts are read.
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// One text, or several of one event.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportRow {
    /// Its name among all facts.
    report: u64,
    at: Instant,
    event: String,
    label: String,
    customer: CustomerName,
    /// The person it is about, by name.
    contact: Option<String>,
    rep: Option<String>,
    temperature: Option<String>,
    hunch: Option<String>,
    texts: Vec<TextShown>,
}

/// Where a page ends.
type Place = (Timestamp, u64);

/// How many fit, those of a page and one more, and who writes.
type Chosen = (u64, Vec<(u32, Place)>, Vec<String>);

/// What of the index is wanted.
pub(crate) struct Sieve {
    customer: Option<u32>,
    /// Each as texts are compared.
    words: Vec<String>,
    wanted: ReportsWanted,
    pub(crate) days: (Timestamp, Timestamp),
    scope: Scope,
}

/// What customers said and reps wrote, newest first, with the topics found in it.
#[utoipa::path(get, path = "/api/v1/reports", tag = "reports", params(ReportsWanted),
    responses((status = 200, body = Reports)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Query(wanted): Query<ReportsWanted>,
) -> Answer<axum::Json<Reports>> {
    let limit = page_length(wanted.limit, 50);
    let after = wanted.after.as_deref().map(read_place).transpose()?;
    let sieve = Sieve::new(&app, &caller, wanted)?;
    let verdicts = verdicts(&app).await?;
    let page = app
        .blocking(move |app| {
            let (total, chosen, reps) = sieve.choose(app, after, limit)?;
            let more = limit < chosen.len();
            let rows: Vec<(u32, Place)> = chosen.into_iter().take(limit).collect();
            let next = rows.last().filter(|_| more).map(|(_, (at, seq))| format!("{at}/{seq}"));
            let rows = rows_of(app, &rows, &verdicts, language)?;
            let far = app.mentions.far();
            Ok(Reports {
                as_of: app.clock.now().into(),
                total,
                rows,
                next,
                reading: far.map(|far| ReadingFar { done: far.done, total: far.total }),
                reps,
            })
        })
        .await?;
    Ok(axum::Json(page))
}

impl Sieve {
    pub(crate) fn new(app: &App, caller: &Caller, wanted: ReportsWanted) -> Answer<Sieve> {
        let customer = match &wanted.customer {
            Some(key) => Some(app.find(caller, key)?.0),
            None => None,
        };
        let start = |day: &str| -> Answer<Timestamp> {
            Ok(app.calendar.start_of(Day(day.to_owned()).read()?))
        };
        let from = wanted.from.as_deref().map(start).transpose()?;
        let to = wanted.to.as_deref().map(|day| -> Answer<Timestamp> {
            let day = Day(day.to_owned()).read()?;
            Ok(day.tomorrow().map_or(Timestamp::MAX, |next| app.calendar.start_of(next)))
        });
        let until = to.transpose()?.unwrap_or(Timestamp::MAX);
        let scope = app.live()?.scope(caller);
        let words = wanted.words.as_deref().unwrap_or_default().split_whitespace();
        let words = words.map(|word| Normal::of(word).text().to_owned()).collect();
        Ok(Sieve { customer, words, wanted, days: (from.unwrap_or(Timestamp::MIN), until), scope })
    }

    /// Whether a text is wanted.
    pub(crate) fn fits(&self, customer: u32, wrote: &Wrote) -> bool {
        let wanted = &self.wanted;
        let is_told = || {
            let asked = (&wanted.topic, &wanted.term, &wanted.rule);
            matches!(asked, (None, None, None))
                || wrote.told.iter().any(|told| {
                    wanted.topic.as_deref().is_none_or(|topic| told.counts && topic == &*told.topic)
                        && wanted.term.as_deref().is_none_or(|term| term == &*told.term)
                        && wanted.rule.as_deref().is_none_or(|rule| rule == &*told.rule)
                })
        };
        self.scope.contains(customer)
            && self.customer.is_none_or(|one| one == customer)
            && wanted.rep.as_deref().is_none_or(|rep| wrote.rep.as_deref() == Some(rep))
            && wanted.event.as_deref().is_none_or(|event| event == &*wrote.event)
            && is_told()
    }

    /// Those of a page that fit.
    fn choose(&self, app: &App, after: Option<Place>, limit: usize) -> Answer<Chosen> {
        let index = app.mentions.index();
        let (mut fitting, mut reps) = (vec![], BTreeMap::<&str, u64>::new());
        for (customer, wrote) in index.newest(self.days, None) {
            if let Some(rep) = wrote.rep.as_deref().filter(|_| self.scope.contains(customer)) {
                *reps.entry(rep).or_default() += 1;
            }
            if self.fits(customer, wrote) {
                fitting.push((customer, (wrote.at, wrote.seq)));
            }
        }
        let reps = reps.into_keys().map(str::to_owned).collect();
        drop(index);
        if !self.words.is_empty() {
            let with_words = self.with_words(app, &fitting)?;
            fitting.retain(|(_, place)| with_words.contains(place));
        }
        let total = fitting.len() as u64;
        fitting.retain(|(_, place)| after.is_none_or(|after| *place < after));
        fitting.truncate(limit + 1);
        Ok((total, fitting, reps))
    }

    /// Those in whose texts all words stand.
    fn with_words(&self, app: &App, rows: &[(u32, Place)]) -> Answer<BTreeSet<Place>> {
        let mut wanted: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
        for (customer, place) in rows {
            wanted.entry(*customer).or_default().push(*place);
        }
        let of_one = |(customer, places): (u32, Vec<Place>)| -> Answer<Vec<Place>> {
            let mut builder = HistoryBuilder::new();
            app.store.history(CustomerNo(customer), &mut builder)?;
            let history = builder.finish();
            let has_words = |place: &Place| {
                let Some((_, event)) = event_at(history, *place) else { return false };
                let values = history.particulars(event);
                let texts = FIELDS.iter().filter_map(|field| values.get(field).as_text());
                let text = Normal::of(&texts.collect::<Vec<_>>().join("\n"));
                self.words.iter().all(|word| text.text().contains(word.as_str()))
            };
            Ok(places.into_iter().filter(has_words).collect())
        };
        let found: Answer<Vec<Vec<Place>>> = wanted.into_par_iter().map(of_one).collect();
        Ok(found?.into_iter().flatten().collect())
    }
}

fn read_place(text: &str) -> Answer<Place> {
    let wrong = || no_cursor("after");
    let (at, seq) = text.split_once('/').ok_or_else(wrong)?;
    Ok((Timestamp::parse(at).map_err(|_| wrong())?, seq.parse().map_err(|_| wrong())?))
}

/// Rows in the order that was chosen; what was taken back meanwhile is left out.
fn rows_of(
    app: &App,
    chosen: &[(u32, Place)],
    verdicts: &BTreeMap<(u32, u64), Verdicts>,
    language: Language,
) -> Answer<Vec<ReportRow>> {
    let mut wanted: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
    for (customer, place) in chosen {
        wanted.entry(*customer).or_default().push(*place);
    }
    let named = names(app, wanted.keys().copied())?;
    let named: BTreeMap<String, CustomerName> =
        named.into_iter().map(|name| (name.key.clone(), name)).collect();
    let in_force = app.mentions.in_force();
    let mut found: BTreeMap<Place, ReportRow> = BTreeMap::new();
    let mut builder = HistoryBuilder::new();
    for (customer, places) in wanted {
        let Some(name) = named.get(&app.key_text(customer)) else { continue };
        app.store.history(CustomerNo(customer), &mut builder)?;
        let history = builder.finish();
        let seen = Seen { history, in_force: &in_force, language };
        for place in places {
            let verdicts = verdicts.get(&(customer, place.1));
            if let Some(row) = seen.row(place, name, verdicts) {
                found.insert(place, row);
            }
        }
    }
    Ok(chosen.iter().filter_map(|(_, place)| found.remove(place)).collect())
}

/// The event of a place, with its name.
fn event_at(history: &History, (at, seq): Place) -> Option<(&str, &Event)> {
    history.tracks().iter().find_map(|track| {
        let events = history.events_of(track);
        let first = events.partition_point(|event| event.stamp.at < at);
        let same = events[first..].iter().take_while(|event| event.stamp.at == at);
        let event = { same }.find(|event| event.stamp.seq == seq)?;
        Some((history.name(track), event))
    })
}

/// A history whose texts are shown.
struct Seen<'a> {
    history: &'a History,
    in_force: &'a InForce,
    language: Language,
}

impl Seen<'_> {
    fn row(
        &self,
        place: Place,
        customer: &CustomerName,
        verdicts: Option<&Verdicts>,
    ) -> Option<ReportRow> {
        let (name, event) = event_at(self.history, place)?;
        let values = self.history.particulars(event);
        let text = |name: &str| values.get(name).as_text().map(str::to_owned);
        let hits = self.hits(event.stamp.seq, verdicts);
        let texts = FIELDS.iter().filter_map(|field| {
            let written = values.get(field).as_text().filter(|text| !text.trim().is_empty())?;
            let own = hits.iter().filter(|hit| hit.is_in(field)).cloned().collect();
            Some(shown((field, written), own, self.language))
        });
        Some(ReportRow {
            report: event.stamp.seq,
            at: event.stamp.at.into(),
            event: name.to_owned(),
            label: label_of_event(name, self.language),
            customer: customer.clone(),
            contact: self.history.contact_of(event).map(|key| {
                let name = self.history.contact_attribute(key, "name", event.stamp.at);
                name.as_text().unwrap_or(key).to_owned()
            }),
            rep: text("rep").or_else(|| {
                let rep = self.history.attribute("rep", event.stamp.at);
                rep.as_text().map(str::to_owned)
            }),
            temperature: text("temperature"),
            hunch: text("hunch"),
            texts: texts.collect(),
        })
    }

    fn hits(&self, report: u64, verdicts: Option<&Verdicts>) -> Vec<HitShown> {
        let events = self.history.track(MENTIONED).map(|track| self.history.events_of(track));
        let values = events.unwrap_or_default().iter().map(|event| self.history.particulars(event));
        let own = values.filter(|values| is_mention(*values, report));
        own.map(|values| HitShown::kept(values, &self.in_force.dictionary, verdicts, self.language))
            .collect()
    }
}
