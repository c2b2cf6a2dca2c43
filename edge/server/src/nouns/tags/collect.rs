//! Taking in what pages tell: from named sites only, of named events only, and who a visitor is by a proof only.

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use condition::Said;
use facts::{CustomerKey, EventName, Fact, Properties, Timestamp, Value, What as FactWhat};
use hmac::Mac;
use intake::PageRules;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as JsonValue};
use utoipa::ToSchema;

use crate::{
    host::{
        App,
        uniting::{self, Kept, VISITOR, What},
    },
    http::{
        error::{Answer, ApiError},
        take::{Path, read_json},
    },
    nouns::{
        facts_in::{properties, said},
        hooks::{bytes_of, hmac},
        tags::{KeptTag, kept, secret_of, seen::note_seen, shortened},
    },
};

/// The most bytes and events of one batch.
const BODY: usize = 64 * 1024;
const EVENTS: usize = 100;
/// The most properties of an event, and characters of a text.
const PROPERTIES: usize = 20;
const TEXT: usize = 2_000;
/// Events older than this are put at this age: a page does not wait longer before it sends.
const OLDEST: i64 = 3_600_000;
const PAGE_VIEWED: &str = "page_viewed";

/// What a page sends.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Collected {
    /// 32 hexadecimal digits.
    visitor: String,
    #[serde(default)]
    identify: Option<Identify>,
    #[serde(default)]
    events: Vec<CollectedEvent>,
}

/// That a visitor is a customer.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Identify {
    customer: String,
    /// HMAC-SHA256(the tag's secret, customer), in hexadecimal digits.
    proof: String,
}

/// A page view, or an event of the site's own.
#[derive(Deserialize, ToSchema)]
pub(crate) struct CollectedEvent {
    id: String,
    name: String,
    /// So many milliseconds ago.
    #[serde(default)]
    ago: i64,
    #[serde(default)]
    url: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    referrer: String,
    #[serde(default)]
    #[schema(value_type = Object)]
    properties: Map<String, JsonValue>,
}

/// What became of a batch.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectedAnswer {
    accepted: u64,
    rejected: u64,
    /// The visitor is another customer already: the page takes a new id.
    renew: bool,
}

/// Takes in what a page of the firm's site tells. Sending the same again is harmless.
#[utoipa::path(post, path = "/api/v1/collect/{key}", tag = "facts", request_body = Collected,
    responses((status = 200, body = CollectedAnswer)))]
pub(crate) async fn collect(
    State(app): State<App>,
    Path(key): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let answer = async {
        let body = axum::body::to_bytes(body, BODY).await;
        let body = body.map_err(|_| ApiError::too_large(BODY))?;
        collected(&app, &key, &headers, &body).await
    };
    let mut response = match answer.await {
        Ok(answer) => axum::Json(answer).into_response(),
        Err(why) => why.into_response(),
    };
    // Any page may read the answer; whether it may write is looked at before.
    let all = HeaderValue::from_static("*");
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, all);
    let open = HeaderValue::from_static("cross-origin");
    response.headers_mut().insert("cross-origin-resource-policy", open);
    response
}

async fn collected(
    app: &App,
    key: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Answer<CollectedAnswer> {
    let tags = kept(app).await?;
    let tag = tags.into_iter().find(|tag| tag.key == key).ok_or_else(not_here)?;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text("origin").unwrap_or_default().to_ascii_lowercase();
    if !tag.origins.contains(&origin) {
        let origin: String = origin.chars().filter(|c| !c.is_control()).take(100).collect();
        let why = Said::new(
            format!("登録していないサイトから届きました: {origin}"),
            format!("it came from a site that is not named: {origin}"),
        );
        app.tags.refused(&tag.key, why, app.clock.real_now());
        return Err(not_here());
    }
    if text("dnt") == Some("1") || text("sec-gpc") == Some("1") {
        return Ok(CollectedAnswer { accepted: 0, rejected: 0, renew: false });
    }
    let given: Collected = read_json(body)?;
    let visitor = visitor(&given.visitor)?;
    if EVENTS < given.events.len() {
        return Err(ApiError::invalid(
            format!("一度に送れるのは{EVENTS}件までです"),
            format!("at most {EVENTS} events can be sent at once"),
        ));
    }
    if !app.tags.may_bring(&tag.key, given.events.len() + 1) {
        let why = Said::new("届く件数が多すぎます", "too many events came");
        app.tags.refused(&tag.key, why, app.clock.real_now());
        return Err(too_many());
    }
    let pages = crate::nouns::page_rules::of(app).await?;
    let (facts, rejected) = facts(app, &tag, &visitor, given.events, &pages);
    let mut accepted = 0;
    if !facts.is_empty() {
        let label = format!("{} facts", facts.len());
        accepted = app.take(format!("tag:{}", tag.name), label, facts).await?.accepted;
    }
    let renew = match given.identify {
        Some(identify) => identified(app, &tag, &visitor, identify).await?,
        None => false,
    };
    app.tags.heard(&tag.key, &origin, accepted, app.clock.real_now());
    note_seen(app).await?;
    Ok(CollectedAnswer { accepted, rejected, renew })
}

/// Wrong keys and sites that were not named are answered alike.
fn not_here() -> ApiError {
    ApiError::new(
        StatusCode::FORBIDDEN,
        "not_this_tag",
        "このタグはこのサイトでは使えません。設定の「Web タグ」でサイトを確かめてください",
        "this tag does not work on this site; look at the sites of the tag in the settings",
    )
}

fn too_many() -> ApiError {
    ApiError::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too_many_events",
        "届く件数が多すぎます。しばらくしてから送ってください",
        "too many events come; send them again in a while",
    )
}

/// The key of a visitor's own record.
fn visitor(id: &str) -> Answer<CustomerKey> {
    let sound = id.len() == 32 && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let key = sound.then(|| CustomerKey::new(&format!("{VISITOR}{id}")).ok()).flatten();
    key.ok_or_else(|| {
        ApiError::invalid(
            "visitor は 16 進 32 桁で書いてください",
            "write a visitor of 32 hexadecimal digits",
        )
    })
}

/// What events say, and how many say nothing that can be taken in.
fn facts(
    app: &App,
    tag: &KeptTag,
    visitor: &CustomerKey,
    events: Vec<CollectedEvent>,
    pages: &PageRules,
) -> (Vec<Fact>, u64) {
    let now = app.clock.now();
    let (mut facts, mut rejected) = (vec![], 0);
    for event in events {
        match fact(tag, visitor, event, pages, now) {
            Ok(fact) => facts.push(fact),
            Err(why) => {
                rejected += 1;
                app.tags.refused(&tag.key, why, app.clock.real_now());
            }
        }
    }
    if let Some(first) = facts.first()
        && app.store.number_of(visitor).is_none()
        && let Ok(kind) = Properties::new([("kind", Value::text("visitor"))])
    {
        let id = Some(format!("first:{}", visitor.as_str()));
        let at = first.at;
        let what = FactWhat::Became(kind);
        facts.insert(0, Fact { customer: visitor.clone(), contact: None, at, what, id });
    }
    (facts, rejected)
}

fn fact(
    tag: &KeptTag,
    visitor: &CustomerKey,
    event: CollectedEvent,
    pages: &PageRules,
    now: Timestamp,
) -> Result<Fact, Said> {
    if event.name != PAGE_VIEWED && !tag.events.contains(&event.name) {
        return Err(Said::new(
            format!("登録していない出来事です: {}", shortened(&event.name)),
            format!("an event that is not named: {}", shortened(&event.name)),
        ));
    }
    if event.id.is_empty() || 100 < event.id.len() || PROPERTIES < event.properties.len() {
        return Err(Said::new(
            format!("id は 1〜100 バイト、properties は{PROPERTIES}個までにしてください"),
            format!("write an id of 1 to 100 bytes and at most {PROPERTIES} properties"),
        ));
    }
    let mut given = event.properties;
    // What leads to a page can hold names and passwords; only where it lies is kept.
    let bare = |address: &str| address.split(['?', '#']).next().unwrap_or_default().to_owned();
    let (url, referrer) = (bare(&event.url), bare(&event.referrer));
    for (name, text) in [("url", url.as_str()), ("page", &event.title), ("referrer", &referrer)] {
        if !text.is_empty() {
            given.insert(name.to_owned(), JsonValue::from(text));
        }
    }
    if event.name == PAGE_VIEWED
        && let Some(page) = pages.page(&url)
    {
        given.insert("page_type".to_owned(), JsonValue::from(page.page_type));
        for (step, value) in page.steps {
            given.insert(step.to_owned(), JsonValue::from(value));
        }
    }
    for value in given.values_mut() {
        if let JsonValue::String(text) = value {
            *text = text.chars().take(TEXT).collect();
        }
    }
    let name = EventName::new(&event.name).map_err(said)?;
    Ok(Fact {
        customer: visitor.clone(),
        contact: None,
        at: now.minus(event.ago.clamp(0, OLDEST)),
        what: FactWhat::Happened { name, properties: properties(given)? },
        id: Some(event.id),
    })
}

/// Makes a visitor and a customer one, if the proof holds; whether the page must take a new id, because the visitor is
/// another customer.
async fn identified(
    app: &App,
    tag: &KeptTag,
    visitor: &CustomerKey,
    given: Identify,
) -> Answer<bool> {
    let customer = CustomerKey::new(&given.customer).ok();
    let customer = customer.filter(|key| !key.as_str().starts_with(VISITOR));
    let (Some(customer), true) = (customer, is_proved(app, tag, &given)?) else {
        let why = Said::new(
            "identify の証明（HMAC）が合いません",
            "the proof (HMAC) of an identify does not hold",
        );
        app.tags.refused(&tag.key, why, app.clock.real_now());
        return Ok(false);
    };
    let name = EventName::new("identified").map_err(|why| ApiError::ours("an event", why))?;
    // A customer of whom nothing is known yet is known from now on.
    let fact = |key: &CustomerKey, id: String| Fact {
        customer: key.clone(),
        contact: None,
        at: app.clock.now(),
        what: FactWhat::Happened { name: name.clone(), properties: Properties::default() },
        id: Some(id),
    };
    let id = format!("identify:{}:{}", visitor.as_str(), customer.as_str());
    let facts = vec![fact(&customer, id.clone()), fact(visitor, format!("{id}:visitor"))];
    app.take(format!("tag:{}", tag.name), "identified".to_owned(), facts).await?;
    let number = |key: &CustomerKey| app.store.number_ever_of(key).map(|no| no.0);
    let (Some(a), Some(b)) = (number(visitor), number(&customer)) else { return Ok(false) };
    let united = app.store.united();
    if united.head(a) == united.head(b) {
        return Ok(false);
    }
    let pair = (a.min(b), a.max(b));
    if uniting::was_ever_decided(app, pair).await? {
        return Ok(false);
    }
    if is_another(app, a) {
        return Ok(true);
    }
    let kept = Kept { a: pair.0, b: pair.1, what: What::Same, by_rule: true, pair: None };
    let by = (format!("tag:{}", tag.name), registry::Origin::Api);
    uniting::decide(app, vec![(pair, Some(kept))], by).await?;
    Ok(false)
}

/// Whether a visitor is one with a customer already.
fn is_another(app: &App, visitor: u32) -> bool {
    let united = app.store.united();
    let head = united.head(visitor);
    let mut group = std::iter::once(&head).chain(united.members(head));
    group.any(|one| !app.key_text(*one).starts_with(VISITOR))
}

fn is_proved(app: &App, tag: &KeptTag, given: &Identify) -> Answer<bool> {
    let Some(proof) = bytes_of(&given.proof) else { return Ok(false) };
    let mut mac = hmac(secret_of(app, tag)?.as_bytes())?;
    mac.update(given.customer.as_bytes());
    Ok(mac.verify_slice(&proof).is_ok())
}
