//! Facts from programs: events as they happen, and what customers are.

use std::marker::PhantomData;

use axum::{
    extract::{FromRequest, Request, State},
    http::header::CONTENT_TYPE,
};
use condition::{Language, Said};
use facts::{
    ContactKey, CustomerKey, Decimal, EventName, Fact, Properties, Timestamp, Value, What,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as JsonValue};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        error::{Answer, ApiError, speak},
        language::Spoken,
        take::{Json, Text, read_json},
    },
    nouns::wire::short_text,
};

/// Events to take in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Events {
    /// Who says so; ids are unique within a source.
    source: String,
    #[schema(value_type = Vec<NewEvent>)]
    events: Vec<JsonValue>,
}

/// One event.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEvent {
    /// The event's own name in its source; the same one counts once for ever.
    id: String,
    customer: String,
    #[serde(default)]
    contact: Option<String>,
    /// What happened: `login`.
    name: String,
    /// When; now when left out.
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    properties: Map<String, JsonValue>,
}

/// Attributes to take in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Attributes {
    /// Who says so.
    source: String,
    #[schema(value_type = Vec<NewAttributes>)]
    customers: Vec<JsonValue>,
}

/// Attributes of one customer or of a contact.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAttributes {
    key: String,
    #[serde(default)]
    contact: Option<String>,
    /// Since when they hold; now when left out.
    #[serde(default)]
    at: Option<String>,
    /// Null erases a value; what is left out stays.
    #[schema(value_type = Object)]
    attributes: Map<String, JsonValue>,
}

/// What became of a batch. Whatever was accepted is on disk.
#[derive(Serialize, ToSchema)]
pub(crate) struct TakenIn {
    accepted: u64,
    /// How many were there before.
    duplicates: usize,
    rejected: Vec<Rejected>,
}

/// One that was not taken in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rejected {
    /// Its place in the list, from 0.
    index: usize,
    /// Why, as a sentence.
    reason: String,
}

/// Takes in events. Sending the same again is harmless. With `Content-Type: application/x-ndjson` each line is an
/// event, and the source stands in the address: `?source=shop`.
#[utoipa::path(post, path = "/api/v1/events", tag = "facts", request_body = Events,
    responses((status = 200, body = TakenIn)))]
pub(crate) async fn events(
    State(app): State<App>,
    Spoken(language): Spoken,
    given: Given<Events>,
) -> Answer<axum::Json<TakenIn>> {
    let (source, events) = given.parted()?;
    let now = app.clock.now();
    take(&app, source, events, language, |one: NewEvent| one.fact(now)).await
}

/// Takes in what is known of customers; also line by line, as events.
#[utoipa::path(post, path = "/api/v1/customers", tag = "facts", request_body = Attributes,
    responses((status = 200, body = TakenIn)))]
pub(crate) async fn customers(
    State(app): State<App>,
    Spoken(language): Spoken,
    given: Given<Attributes>,
) -> Answer<axum::Json<TakenIn>> {
    let (source, customers) = given.parted()?;
    let now = app.clock.now();
    take(&app, source, customers, language, |one: NewAttributes| one.fact(now)).await
}

/// A batch, in one JSON text or line by line.
pub(crate) struct Given<T> {
    source: String,
    list: Vec<JsonValue>,
    kind: PhantomData<T>,
}

/// What a batch in one JSON text is made of.
trait Listed: DeserializeOwned {
    fn parted(self) -> (String, Vec<JsonValue>);
}

impl Listed for Events {
    fn parted(self) -> (String, Vec<JsonValue>) {
        (self.source, self.events)
    }
}

impl Listed for Attributes {
    fn parted(self) -> (String, Vec<JsonValue>) {
        (self.source, self.customers)
    }
}

impl<T> Given<T> {
    fn parted(self) -> Answer<(String, Vec<JsonValue>)> {
        Ok((source(&self.source)?, self.list))
    }
}

/// What stands after the question mark when lines are sent.
#[derive(Deserialize)]
struct Told {
    source: String,
}

impl<S: Send + Sync, T: Listed> FromRequest<S> for Given<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Answer<Given<T>> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let lines = kind.is_some_and(|kind| kind.trim_start().starts_with("application/x-ndjson"));
        let (source, list) = if lines {
            let asked: Result<axum::extract::Query<Told>, _> =
                axum::extract::Query::try_from_uri(request.uri());
            let axum::extract::Query(Told { source }) = asked?;
            let Text(text) = Text::from_request(request, state).await?;
            (source, text.lines().filter(|line| !line.trim().is_empty()).map(line).collect())
        } else {
            let Json(given) = Json::<T>::from_request(request, state).await?;
            given.parted()
        };
        Ok(Given { source, list, kind: PhantomData })
    }
}

/// One line; what is no JSON is refused later with its place, like everything else that is no fact.
fn line(text: &str) -> JsonValue {
    read_json(text.as_bytes()).unwrap_or(JsonValue::Null)
}

/// The source as the store knows it: no program can speak as the page or as an import.
fn source(given: &str) -> Answer<String> {
    Ok(format!("api:{}", short_text(given, 100)?))
}

pub(crate) async fn take<T: DeserializeOwned>(
    app: &App,
    source: String,
    given: Vec<JsonValue>,
    language: Language,
    fact: impl Fn(T) -> Result<Fact, Said>,
) -> Answer<axum::Json<TakenIn>> {
    let (mut facts, mut places, mut rejected) = (vec![], vec![], vec![]);
    for (index, one) in given.into_iter().enumerate() {
        match serde_json::from_value::<T>(one).map_err(said).and_then(&fact) {
            Ok(fact) => {
                facts.push(fact);
                places.push(index);
            }
            Err(why) => rejected.push(Rejected { index, reason: speak(&why, language) }),
        }
    }
    if facts.is_empty() {
        return Ok(axum::Json(TakenIn { accepted: 0, duplicates: 0, rejected }));
    }
    let label = format!("{} facts", facts.len());
    let appended = app.take(source, label, facts).await?;
    let (accepted, duplicates) = (appended.accepted, appended.duplicates.len());
    let erased = appended.erased.iter().filter_map(|row| places.get(*row as usize));
    rejected
        .extend(erased.map(|index| Rejected { index: *index, reason: speak(&gone(), language) }));
    rejected.sort_by_key(|one| one.index);
    Ok(axum::Json(TakenIn { accepted, duplicates, rejected }))
}

fn gone() -> Said {
    Said::new(
        "この顧客は消去されています。消去した顧客の記録は受け取れません",
        "this customer was erased; nothing more is taken in of one who was erased",
    )
}

impl NewEvent {
    pub(crate) fn fact(self, now: Timestamp) -> Result<Fact, Said> {
        let id = self.id.trim();
        if id.is_empty() || 200 < id.len() {
            return Err(Said::new(
                "id は 1〜200 バイトで書いてください",
                "write an id of 1 to 200 bytes",
            ));
        }
        let what = What::Happened {
            name: EventName::new(&self.name).map_err(said)?,
            properties: properties(self.properties)?,
        };
        Ok(Fact {
            what,
            id: Some(id.to_owned()),
            ..fact(&self.customer, self.contact, self.at, now)?
        })
    }
}

impl NewAttributes {
    fn fact(self, now: Timestamp) -> Result<Fact, Said> {
        let what = What::Became(properties(self.attributes)?);
        Ok(Fact { what, ..fact(&self.key, self.contact, self.at, now)? })
    }
}

/// A fact about someone at an instant, of which only this much is known yet.
fn fact(
    customer: &str,
    contact: Option<String>,
    at: Option<String>,
    now: Timestamp,
) -> Result<Fact, Said> {
    let at = match at {
        Some(at) => Timestamp::parse(&at).map_err(said)?,
        None => now,
    };
    Ok(Fact {
        customer: CustomerKey::new(customer).map_err(said)?,
        contact: contact.map(|key| ContactKey::new(&key)).transpose().map_err(said)?,
        at,
        what: What::Became(Properties::default()),
        id: None,
    })
}

pub(super) fn properties(given: Map<String, JsonValue>) -> Result<Properties, Said> {
    let mut pairs = vec![];
    for (name, value) in &given {
        pairs.push((name.as_str(), value_of(name, value)?));
    }
    Properties::new(pairs).map_err(said)
}

fn value_of(name: &str, json: &JsonValue) -> Result<Value, Said> {
    Ok(match json {
        JsonValue::Null => Value::Missing,
        JsonValue::Bool(yes) => Value::from(*yes),
        JsonValue::String(text) => Value::text(text.as_str()),
        JsonValue::Number(number) => {
            let text = number.to_string();
            let number = text.parse().or_else(|_| Decimal::from_scientific(&text));
            Value::from(number.map_err(|_| {
                Said::new(
                    format!("「{name}」の数 {text} は大きすぎるか、細かすぎます"),
                    format!("the number {text} of `{name}` is too large or too fine"),
                )
            })?)
        }
        JsonValue::Array(_) | JsonValue::Object(_) => {
            return Err(Said::new(
                format!("「{name}」には文字列・数・true/false・null だけを書けます"),
                format!("`{name}` can hold a text, a number, true, false or null"),
            ));
        }
    })
}

/// A sentence of the domain, which speaks English; in Japanese it stands after a word of ours.
pub(super) fn said(why: impl std::fmt::Display) -> Said {
    Said::new(format!("受け取れません: {why}"), why.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What becomes of lines: of each a fact or a sentence, in both languages and within bounds.
    fn taken(text: &str) -> (usize, usize) {
        let now = Timestamp::from_millis(0);
        let (mut facts, mut refused) = (0, 0);
        for one in text.lines().filter(|one| !one.trim().is_empty()).map(line) {
            let event = serde_json::from_value::<NewEvent>(one.clone()).map_err(said);
            let attributes = serde_json::from_value::<NewAttributes>(one).map_err(said);
            for read in
                [event.and_then(|one| one.fact(now)), attributes.and_then(|one| one.fact(now))]
            {
                match read {
                    Ok(_) => facts += 1,
                    Err(why) => {
                        assert!(!why.ja.is_empty() && !why.en.is_empty());
                        refused += 1;
                    }
                }
            }
        }
        (facts, refused)
    }

    #[test]
    fn good_lines_are_facts_and_broken_ones_are_refused_by_themselves() {
        let good = r#"{"id":"1","customer":"C-1","name":"login","properties":{"n":1e3}}"#;
        let attributes = r#"{"key":"C-1","attributes":{"name":"海鳥","n":null}}"#;
        assert_eq!(taken(&format!("{good}\n\n{attributes}\n{{\n")), (2, 4));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_lines(text in "[\\[\\]{}\":,.\\\\0-9eE+a-z\\- \nあ\u{0}\u{1f600}]{0,200}", odd in "\\PC{0,60}") {
            taken(&text);
            taken(&odd);
        }

        #[test]
        fn any_line_of_an_event_damaged(
            place in any::<prop::sample::Index>(), length in 0..12_usize, with in "[\\PC\n]{0,6}",
            number in "-?[0-9]{0,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{0,6})?",
        ) {
            let whole = format!(
                r#"{{"id":"1","customer":"C-1","contact":"K","name":"login","at":"2026-11-21T09:00:00+09:00","properties":{{"数":{number},"b":true,"t":"あ"}}}}
    {{"key":"C-1","at":"2026-11-21T00:00:00Z","attributes":{{"name":"海鳥","n":{number},"x":null}}}}"#
            );
            taken(&whole);
            let starts: Vec<usize> = whole.char_indices().map(|(at, _)| at).collect();
            let from = place.index(starts.len());
            let to = (from + length).min(starts.len() - 1);
            taken(&format!("{}{with}{}", &whole[..starts[from]], &whole[starts[to]..]));
        }
    }
}
