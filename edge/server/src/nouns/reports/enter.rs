//! A daily report as a person writes it: one fact, which can be taken back for an hour, and what it mentions.

use axum::extract::State;
use facts::{ContactKey, EventName, Fact, Properties, Timestamp, Value, What};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{App, mentions::FIELDS},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Json,
    },
    nouns::{
        outcomes::UNDO_FOR,
        reports::shown::{TextShown, read_aloud},
        session::rep_name,
        wire::{Instant, short_text},
    },
};

/// The longest text, in letters.
const TEXT_MOST: usize = 10_000;

/// A daily report.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReport {
    customer: String,
    /// The contact who was spoken to, by key.
    #[serde(default)]
    contact: Option<String>,
    /// When it was; now when left out.
    #[serde(default)]
    at: Option<Instant>,
    /// What the customer struggles with (顧客の課題).
    #[serde(default)]
    issue: Option<String>,
    /// A remark of the customer's that stuck.
    #[serde(default)]
    remark: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    temperature: Option<Temperature>,
    #[serde(default)]
    hunch: Option<Hunch>,
    /// The report's own name, made by the client: sending it twice counts once.
    id: String,
}

/// How soon the customer may buy.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Temperature {
    Now,
    Comparing,
    Cold,
}

/// Where the writer feels that it is going.
#[derive(Debug, Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Hunch {
    Rising,
    Steady,
    AtRisk,
}

/// A report that is on disk.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportTaken {
    /// By this number it can be undone.
    batch: u32,
    undo_until: Instant,
    /// How many topics were found in it.
    mentions: usize,
}

/// Texts to be read before they are sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextsBody {
    #[serde(default)]
    issue: Option<String>,
    #[serde(default)]
    remark: Option<String>,
    #[serde(default)]
    text: Option<String>,
}

/// Texts as they were read.
#[derive(Serialize, ToSchema)]
pub(crate) struct TextsRead {
    texts: Vec<TextShown>,
}

impl Temperature {
    const fn word(self) -> &'static str {
        match self {
            Temperature::Now => "now",
            Temperature::Comparing => "comparing",
            Temperature::Cold => "cold",
        }
    }
}

impl Hunch {
    const fn word(self) -> &'static str {
        match self {
            Hunch::Rising => "rising",
            Hunch::Steady => "steady",
            Hunch::AtRisk => "at_risk",
        }
    }
}

/// Takes in a daily report about a customer the caller may see.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports", request_body = NewReport,
    responses((status = 200, body = ReportTaken)))]
pub(crate) async fn enter(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<NewReport>,
) -> Answer<axum::Json<ReportTaken>> {
    let (_, customer) = app.find(&caller, &given.customer)?;
    let now = app.clock.now();
    let at = given.at.as_ref().map(Instant::read).transpose()?.unwrap_or(now);
    if now.plus(Timestamp::DAY) < at {
        return Err(ApiError::invalid(
            "先の日付の日報は書けません",
            "a report cannot be of a day to come",
        ));
    }
    let contact = given.contact.as_deref().filter(|key| !key.trim().is_empty());
    let contact = contact
        .map(ContactKey::new)
        .transpose()
        .map_err(|_| ApiError::invalid("この担当者は選べません", "this is no key of a contact"))?;
    let fact = Fact {
        customer,
        contact,
        at,
        what: What::Happened {
            name: EventName::new("reported").map_err(|why| ApiError::ours("a name", why))?,
            properties: properties(&given, &rep_name(&caller))?,
        },
        id: Some(short_text(&given.id, 100)?),
    };
    let facts = vec![fact];
    let appended = app.take(source_of(&caller), "report".to_owned(), facts).await?;
    if !appended.erased.is_empty() {
        return Err(ApiError::not_found());
    }
    let before = appended.duplicates.first().map(|duplicate| duplicate.batch);
    let batch = appended.batch.or(before);
    let batch = batch.ok_or_else(|| ApiError::ours("a report", "no batch"))?;
    let written = app.mentions.index().at(at, appended.first_seq).map_or(0, |one| one.told.len());
    Ok(axum::Json(ReportTaken { batch, undo_until: now.plus(UNDO_FOR).into(), mentions: written }))
}

/// The source of a caller's own reports, so that nobody else's ids can stand in their way.
pub(crate) fn source_of(caller: &Caller) -> String {
    format!("{SOURCES}{}", caller.name())
}

/// What the sources of reports that people wrote here begin with.
pub(crate) const SOURCES: &str = "reports:";

fn properties(given: &NewReport, rep: &str) -> Answer<Properties> {
    let mut pairs = vec![("rep", Value::from(rep))];
    for (name, text) in [("issue", &given.issue), ("remark", &given.remark), ("text", &given.text)]
    {
        if let Some(text) = text.as_deref().map(long_text).transpose()?.flatten() {
            pairs.push((name, Value::from(text)));
        }
    }
    if pairs.len() == 1 {
        return Err(ApiError::invalid(
            "課題・一言・本文のどれかを書いてください",
            "write something: an issue, a remark or a text",
        ));
    }
    if let Some(temperature) = given.temperature {
        pairs.push(("temperature", Value::from(temperature.word())));
    }
    if let Some(hunch) = given.hunch {
        pairs.push(("hunch", Value::from(hunch.word())));
    }
    Properties::new(pairs)
        .map_err(|why| ApiError::invalid(format!("受け取れません: {why}"), why.to_string()))
}

/// A text of several lines without invisible signs; none when it says nothing.
fn long_text(text: &str) -> Answer<Option<String>> {
    let text: String =
        text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\t')).collect();
    let text = text.trim();
    if TEXT_MOST < text.chars().count() {
        return Err(ApiError::invalid(
            format!("一つの欄は {TEXT_MOST} 文字までです"),
            format!("a field holds at most {TEXT_MOST} characters"),
        ));
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Reads texts as they would be read once they are sent; nothing is kept.
#[utoipa::path(post, path = "/api/v1/reports/read", tag = "reports", request_body = TextsBody,
    responses((status = 200, body = TextsRead)))]
pub(crate) async fn read(
    State(app): State<App>,
    Spoken(language): Spoken,
    Json(given): Json<TextsBody>,
) -> Answer<axum::Json<TextsRead>> {
    let of = |field: &str| match field {
        "issue" => given.issue.as_deref(),
        "remark" => given.remark.as_deref(),
        "text" => given.text.as_deref(),
        _ => None,
    };
    let mut texts = vec![];
    for field in FIELDS {
        if let Some(text) = of(field).map(long_text).transpose()?.flatten() {
            texts.push((field, text));
        }
    }
    let texts = app
        .blocking(move |app| {
            let in_force = app.mentions.in_force();
            let cut = app.mentions.cut();
            let one = |(field, text): &(&str, String)| {
                read_aloud(&in_force.dictionary, cut, (field, text), language)
            };
            Ok(texts.iter().map(one).collect())
        })
        .await?;
    Ok(axum::Json(TextsRead { texts }))
}
