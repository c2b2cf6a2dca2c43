//! How often topics come up over time, and by which names: of competitors, of complaints, of anything in the dictionary.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::extract::State;
use facts::Period;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Query,
    },
    nouns::{
        reports::{ReportsWanted, Sieve, name_of},
        wire::{Day, Instant},
    },
};

/// Which mentions, and how they are counted.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MentionsWanted {
    /// The first day, in; twelve weeks before today when left out.
    from: Option<String>,
    /// The last day, in; today when left out.
    to: Option<String>,
    /// How long each step is; a week when left out.
    #[param(inline)]
    unit: Option<Unit>,
    /// What is counted; topics when left out.
    #[param(inline)]
    by: Option<By>,
    /// Only mentions of this topic.
    topic: Option<String>,
    /// Only what this person wrote.
    rep: Option<String>,
}

/// How long a step is.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Day,
    Week,
    Month,
}

/// What is counted.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    Topic,
    /// The words by which it is called: names of competitors.
    Term,
}

/// How often each came up in each step; a text counts once for each.
#[derive(Serialize, ToSchema)]
pub(crate) struct MentionTable {
    as_of: Instant,
    /// The first day of each step. The first and the last step may be cut short by the days asked for.
    steps: Vec<Day>,
    /// How many texts there were in each step.
    texts: Vec<u64>,
    /// Those that come up, the most frequent first.
    rows: Vec<MentionRow>,
    /// How many more there are after the last row.
    more: u64,
}

/// One topic or term.
#[derive(Serialize, ToSchema)]
pub(crate) struct MentionRow {
    key: String,
    name: String,
    topic: String,
    counts: Vec<u64>,
    total: u64,
}

/// So many rows are shown.
const ROWS_MOST: usize = 60;
/// So many steps are drawn at most.
const STEPS_MOST: usize = 400;

impl Unit {
    const fn period(self) -> Period {
        match self {
            Unit::Day => Period::Day,
            Unit::Week => Period::Week,
            Unit::Month => Period::Month,
        }
    }
}

/// How often topics come up over time.
#[utoipa::path(get, path = "/api/v1/mentions", tag = "reports", params(MentionsWanted),
    responses((status = 200, body = MentionTable)))]
pub(crate) async fn table(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Query(wanted): Query<MentionsWanted>,
) -> Answer<axum::Json<MentionTable>> {
    let now = app.clock.now();
    let today = app.calendar.date(now);
    let read = |day: &Option<String>| day.clone().map(|day| Day(day).read()).transpose();
    let to = read(&wanted.to)?.unwrap_or(today);
    let from = read(&wanted.from)?.unwrap_or_else(|| {
        app.calendar.shift(Period::Week, app.calendar.first_day(Period::Week, to), -11)
    });
    let steps = steps(&app, (from, to), wanted.unit.unwrap_or(Unit::Week).period())?;
    let sieve = Sieve::new(
        &app,
        &caller,
        ReportsWanted::of((from, to), wanted.topic.clone(), wanted.rep.clone()),
    )?;
    let table = app
        .blocking(move |app| {
            let by = wanted.by.unwrap_or(By::Topic);
            let counting = Counting::of(app, &sieve, &steps, (by, wanted.topic.as_deref()));
            let in_force = app.mentions.in_force();
            let mut rows: Vec<MentionRow> = (counting.rows.into_iter())
                .map(|((topic, term), counts)| MentionRow {
                    name: match by {
                        By::Topic => name_of(&in_force.dictionary, &topic, language),
                        By::Term => term.to_string(),
                    },
                    key: match by {
                        By::Topic => topic.to_string(),
                        By::Term => term.to_string(),
                    },
                    topic: topic.to_string(),
                    total: counts.iter().sum(),
                    counts,
                })
                .collect();
            rows.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.key.cmp(&b.key)));
            let more = rows.len().saturating_sub(ROWS_MOST) as u64;
            rows.truncate(ROWS_MOST);
            let steps = steps.into_iter().map(Day::from).collect();
            Ok(MentionTable { as_of: now.into(), steps, texts: counting.texts, rows, more })
        })
        .await?;
    Ok(axum::Json(table))
}

/// The first day of each step; the first step begins with the first day asked for.
fn steps(app: &App, (from, to): (Date, Date), period: Period) -> Answer<Vec<Date>> {
    let mut steps = vec![from];
    let mut first = app.calendar.first_day(period, from);
    loop {
        first = app.calendar.shift(period, first, 1);
        if to < first || to < from {
            return Ok(steps);
        }
        steps.push(first);
        if STEPS_MOST < steps.len() {
            return Err(ApiError::invalid(
                format!("一度に数えられるのは {STEPS_MOST} 区間までです。週や月でまとめてください"),
                format!("at most {STEPS_MOST} steps can be counted; take weeks or months"),
            ));
        }
    }
}

/// Counts for each step.
struct Counting {
    texts: Vec<u64>,
    rows: BTreeMap<(Arc<str>, Arc<str>), Vec<u64>>,
}

impl Counting {
    fn of(app: &App, sieve: &Sieve, steps: &[Date], (by, topic): (By, Option<&str>)) -> Counting {
        let starts: Vec<_> = steps.iter().map(|day| app.calendar.start_of(*day)).collect();
        let mut counting = Counting { texts: vec![0; steps.len()], rows: BTreeMap::new() };
        let nothing: Arc<str> = "".into();
        let index = app.mentions.index();
        for (customer, wrote) in index.newest(sieve.days, None) {
            if !sieve.fits(customer, wrote) {
                continue;
            }
            let step = starts.partition_point(|start| *start <= wrote.at).saturating_sub(1);
            counting.texts[step] += 1;
            let told = wrote.told.iter().filter(|told| told.counts);
            let told = told.filter(|told| topic.is_none_or(|topic| topic == &*told.topic));
            let keys: BTreeSet<(Arc<str>, Arc<str>)> = told
                .map(|told| match by {
                    By::Topic => (told.topic.clone(), nothing.clone()),
                    By::Term => (told.topic.clone(), told.term.clone()),
                })
                .collect();
            for key in keys {
                counting.rows.entry(key).or_insert_with(|| vec![0; steps.len()])[step] += 1;
            }
        }
        counting
    }
}
