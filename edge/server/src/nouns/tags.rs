//! The web tag: a small script on the firm's own site that tells which pages a visitor saw, and the key it writes with.
//!
//! ```text
//!   page ──tag.js──▶ POST /collect/{key}     anybody has the key, so it only writes, only from the sites that were named,
//!                          │                  only page views and the events that were named, and not too many
//!                          ▼
//!   web:3f9a…: page_viewed, page_viewed      a visitor is a customer record of its own
//!                          │ identify, with a proof that the site's server made
//!                          ▼
//!   web:3f9a… = C-7                          a decision about a pair, like any other: it can be taken back
//! ```
//! Who asks not to be followed (Do Not Track, Global Privacy Control) is not: the script sends nothing, and what is sent
//! all the same is not kept.

mod collect;
mod seen;

use axum::{
    extract::State,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use condition::Said;
use facts::EventName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError, speak},
        finish::random_hex,
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        hooks::{hexadecimal, secret},
        wire::{Instant, short_text},
    },
};

pub(crate) use collect::*;
pub(crate) use seen::{Tags, write_seen};

use seen::{Seen, seen};

/// The script, as it is served.
const SCRIPT: &str = include_str!("tags/tag.js");
/// The setting under which the tags are kept.
const KEPT: &str = "web-tags";
/// The most tags, sites of a tag, and events of its own.
const MOST: usize = 50;
/// A tag as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct KeptTag {
    name: String,
    key: String,
    /// Of what proofs are made, see [`secret`].
    salt: String,
    origins: Vec<String>,
    events: Vec<String>,
    created_at: i64,
}

/// The tags.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagList {
    tags: Vec<Tag>,
}

/// A tag.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tag {
    name: String,
    /// Not secret: it stands in the pages of the site, and can only write.
    key: String,
    /// The sites on which it works: `https://www.example.jp`.
    origins: Vec<String>,
    /// The events beside page views that it may tell.
    events: Vec<String>,
    /// What is put into the pages. `{base}` stands for the address of this server.
    snippet: String,
    created_at: Instant,
    last_seen_at: Option<Instant>,
    last_origin: Option<String>,
    /// Events taken in, since it was made.
    accepted: u64,
    /// The last that was refused.
    refused_at: Option<Instant>,
    refused: Option<String>,
}

/// A tag to make, or what is to be changed of one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagBody {
    /// The sites on which it works: `https://www.example.jp`.
    origins: Vec<String>,
    /// The events beside page views that it may tell.
    #[serde(default)]
    events: Vec<String>,
}

/// A tag that was made or changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagMade {
    tag: Tag,
    /// Of what the site's own server makes the proof that a visitor is a customer: HMAC-SHA256(secret, customer's key), in
    /// hexadecimal digits. Shown once, when the tag is made.
    secret: Option<String>,
}

/// The script.
pub(crate) async fn script() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, SCRIPT).into_response()
}

/// The tags there are.
#[utoipa::path(get, path = "/api/v1/tags", tag = "facts", responses((status = 200, body = TagList)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<TagList>> {
    let seen = seen(&app).await?;
    let told = |one: KeptTag| {
        let seen = seen.get(&one.key).cloned().unwrap_or_default();
        told(one, seen, language)
    };
    Ok(axum::Json(TagList { tags: kept(&app).await?.into_iter().map(told).collect() }))
}

/// Makes a tag, or changes where it works and what it may tell.
#[utoipa::path(put, path = "/api/v1/tags/{name}", tag = "facts", request_body = TagBody,
    responses((status = 200, body = TagMade)))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(name): Path<String>,
    Json(given): Json<TagBody>,
) -> Answer<axum::Json<TagMade>> {
    let name = short_text(&name, 60)?.to_owned();
    let (origins, events) = (origins(&given.origins)?, events(&given.events)?);
    let _edit = app.edit().await;
    let mut tags = kept(&app).await?;
    let known = tags.iter().position(|tag| tag.name == name);
    let place = match known {
        Some(place) => place,
        None if MOST <= tags.len() => {
            return Err(ApiError::invalid(
                format!("タグは{MOST}個までです"),
                format!("there may be at most {MOST} tags"),
            ));
        }
        None => {
            let random = || ApiError::ours("a tag", "no random");
            tags.push(KeptTag {
                name: name.clone(),
                key: format!("web_{}", random_hex::<12>().ok_or_else(random)?),
                salt: random_hex::<16>().ok_or_else(random)?,
                origins: vec![],
                events: vec![],
                created_at: app.clock.real_now().millis(),
            });
            tags.len() - 1
        }
    };
    (tags[place].origins, tags[place].events) = (origins, events);
    keep(&app, &tags).await?;
    note(&app, &caller, if known.is_some() { "tag_changed" } else { "tag_made" }, &name).await?;
    let tag = tags.swap_remove(place);
    let secret = match known {
        Some(_) => None,
        None => Some(secret_of(&app, &tag)?),
    };
    let seen = seen(&app).await?.get(&tag.key).cloned().unwrap_or_default();
    Ok(axum::Json(TagMade { tag: told(tag, seen, language), secret }))
}

/// Takes a tag away: what its pages send is refused from now on. What it told stays.
#[utoipa::path(delete, path = "/api/v1/tags/{name}", tag = "facts", responses((status = 204)))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Answer<StatusCode> {
    let _edit = app.edit().await;
    let mut tags = kept(&app).await?;
    let n = tags.len();
    tags.retain(|tag| tag.name != name);
    if tags.len() == n {
        return Err(ApiError::not_found());
    }
    keep(&app, &tags).await?;
    note(&app, &caller, "tag_removed", &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn told(tag: KeptTag, seen: Seen, language: condition::Language) -> Tag {
    let heard = 0 < seen.at;
    let refused = seen.refused.map(|(ja, en)| speak(&Said::new(ja, en), language));
    Tag {
        snippet: snippet(&tag.key),
        name: tag.name,
        key: tag.key,
        origins: tag.origins,
        events: tag.events,
        created_at: Instant::of_millis(tag.created_at),
        last_seen_at: heard.then(|| Instant::of_millis(seen.at)),
        last_origin: heard.then_some(seen.origin),
        accepted: seen.accepted,
        refused_at: seen.refused_at.map(Instant::of_millis),
        refused,
    }
}

fn snippet(key: &str) -> String {
    format!(
        "<script>window.kizashi=window.kizashi||function(){{(kizashi.q=kizashi.q||[]).push(arguments)}}</script>\n\
         <script async src=\"{{base}}/tag.js\" data-key=\"{key}\"></script>"
    )
}

fn secret_of(app: &App, tag: &KeptTag) -> Answer<String> {
    Ok(hexadecimal(&secret(app, &format!("tag:{}", tag.key), &tag.salt)?))
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// Sites as browsers name them: scheme, host and, where it is another than usual, port.
fn origins(given: &[String]) -> Answer<Vec<String>> {
    let mut all = vec![];
    for one in given.iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
        let origin = one.trim_end_matches('/').to_ascii_lowercase();
        let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
        let sound = host.is_some_and(|host| {
            let fits =
                |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
            !host.is_empty() && host.len() <= 255 && host.chars().all(fits)
        });
        if !sound {
            let one = shortened(one);
            return Err(ApiError::invalid(
                format!(
                    "「{one}」はサイトのアドレスではありません。https://www.example.jp のように書いてください"
                ),
                format!("`{one}` is no address of a site; write it like https://www.example.jp"),
            ));
        }
        all.push(origin);
    }
    all.sort();
    all.dedup();
    if all.is_empty() || MOST < all.len() {
        return Err(ApiError::invalid(
            format!("サイトを1〜{MOST}個書いてください"),
            format!("name 1 to {MOST} sites"),
        ));
    }
    Ok(all)
}

fn events(given: &[String]) -> Answer<Vec<String>> {
    let mut all = vec![];
    for one in given.iter().map(|one| one.trim()).filter(|one| !one.is_empty()) {
        let name = EventName::new(one);
        // What the program itself writes is not for pages to say.
        if name.is_err() || ["mentioned", "approached", "reported", "identified"].contains(&one) {
            let one = shortened(one);
            return Err(ApiError::invalid(
                format!("「{one}」は出来事の名前に使えません"),
                format!("`{one}` cannot be the name of an event of a page"),
            ));
        }
        all.push(one.to_owned());
    }
    all.sort();
    all.dedup();
    if MOST < all.len() {
        return Err(ApiError::invalid(
            format!("出来事は{MOST}個までです"),
            format!("there may be at most {MOST} events"),
        ));
    }
    Ok(all)
}

async fn kept(app: &App) -> Answer<Vec<KeptTag>> {
    match app.registry.setting(KEPT).await? {
        None => Ok(vec![]),
        Some(json) => serde_json::from_str(&json).map_err(|why| ApiError::ours("the tags", why)),
    }
}

async fn keep(app: &App, tags: &[KeptTag]) -> Answer<()> {
    let json = serde_json::to_string(tags).map_err(|why| ApiError::ours("the tags", why))?;
    Ok(app.registry.put_setting(KEPT, &json, app.clock.real_now().millis()).await?)
}

async fn note(app: &App, caller: &Caller, what: &str, name: &str) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), what, &format!("tag:{name}"), None, now).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_small() {
        assert!(SCRIPT.len() < 3_000, "{} bytes", SCRIPT.len());
    }

    #[test]
    fn sites_are_named_as_browsers_name_them() {
        let read = |text: &str| origins(&[text.to_owned()]).ok();
        assert_eq!(read("https://WWW.Example.jp/"), Some(vec!["https://www.example.jp".into()]));
        assert_eq!(read("http://127.0.0.1:8080"), Some(vec!["http://127.0.0.1:8080".into()]));
        for wrong in ["", "*", "example.jp", "https://", "https://a.jp/path", "javascript:alert(1)"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pages_may_not_say_what_the_program_says() {
        assert!(events(&["signup".to_owned()]).is_ok());
        assert!(events(&["approached".to_owned()]).is_err());
    }
}
