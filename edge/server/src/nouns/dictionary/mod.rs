//! The dictionary of topics: looked at, tried, changed. Its examples are run before a change is kept, and past texts are
//! read again by it.

mod trying;

use std::collections::BTreeMap;

use axum::extract::State;
use condition::Said;
use registry::NewDefinition;
use serde::{Deserialize, Serialize};
use topics::{Class, Dictionary, DictionaryDraft, RuleDraft};
use utoipa::ToSchema;

use crate::{
    host::{
        App,
        mentions::{DICTIONARY, InForce},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::{Json, Path},
    },
    nouns::{
        reports::{Judged, ReadingFar, judged},
        wire::Instant,
    },
};

pub(crate) use trying::*;

/// The dictionary in force, with what became of its rules.
#[derive(Serialize, ToSchema)]
pub(crate) struct DictionaryShown {
    /// Counted from 1; 0 is the one that comes with the program.
    version: i32,
    /// The dictionary as it is written.
    #[schema(value_type = Object)]
    draft: DictionaryDraft,
    topics: Vec<TopicShown>,
    /// How many texts there are.
    texts: u64,
    /// How far past texts are read by it; null when all are.
    reading: Option<ReadingFar>,
}

/// A topic with what became of its rules.
#[derive(Serialize, ToSchema)]
pub(crate) struct TopicShown {
    id: String,
    name: TopicName,
    /// Whether it foretells something.
    is_sign: bool,
    /// In how many texts it comes up.
    texts: u64,
    rules: Vec<RuleShown>,
}

/// A name in both languages.
#[derive(Serialize, ToSchema)]
pub(crate) struct TopicName {
    ja: String,
    en: String,
}

/// A rule with what became of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct RuleShown {
    id: String,
    /// The version of the dictionary in which it was last changed.
    since: u32,
    /// In how many places it found something that counts.
    counted: u64,
    /// In how many places it found something that does not.
    not_counted: u64,
    /// How often people said that it was right.
    right: u64,
    /// How often people said that it was wrong.
    wrong: u64,
}

/// A dictionary to put in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDictionary {
    /// The version that was changed.
    expected: i32,
    #[schema(value_type = Object)]
    draft: serde_json::Value,
}

/// Words by which a topic is found from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTerm {
    /// The version that was changed.
    expected: i32,
    topic: String,
    /// The words, as they are written in texts.
    term: String,
}

/// The versions of the firm's own dictionary, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DictionaryVersions {
    versions: Vec<DictionaryVersion>,
}

/// One version.
#[derive(Serialize, ToSchema)]
pub(crate) struct DictionaryVersion {
    version: i32,
    at: Instant,
    /// Who wrote it, such as `person:1`.
    by: String,
}

/// A dictionary as it stood.
#[derive(Serialize, ToSchema)]
pub(crate) struct DictionaryThen {
    version: i32,
    #[schema(value_type = Object)]
    draft: DictionaryDraft,
}

/// The dictionary in force.
#[utoipa::path(get, path = "/api/v1/dictionary", tag = "reports",
    responses((status = 200, body = DictionaryShown)))]
pub(crate) async fn show(State(app): State<App>) -> Answer<axum::Json<DictionaryShown>> {
    let judged = judged(&app).await?;
    app.blocking(move |app| Ok(axum::Json(shown(app, &judged)))).await
}

fn shown(app: &App, judged: &BTreeMap<String, Judged>) -> DictionaryShown {
    let in_force = app.mentions.in_force();
    let counts = Counts::of(app);
    let rule = |topic: &str, rule: &RuleDraft| {
        let id = format!("{topic}/{}", rule.id);
        let Judged { right, wrong } = judged.get(&id).copied().unwrap_or_default();
        let (counted, not_counted) = counts.rules.get(&id).copied().unwrap_or_default();
        let since = rule.since.unwrap_or(in_force.draft.version);
        RuleShown { id: rule.id.clone(), since, counted, not_counted, right, wrong }
    };
    let topics = in_force.draft.topics.iter().map(|topic| TopicShown {
        id: topic.id.clone(),
        name: TopicName { ja: topic.name.ja.clone(), en: topic.name.en.clone() },
        is_sign: topic.class == Class::Sign,
        texts: counts.topics.get(&topic.id).copied().unwrap_or(0),
        rules: topic.rules.iter().map(|one| rule(&topic.id, one)).collect(),
    });
    let far = app.mentions.far();
    DictionaryShown {
        version: in_force.version,
        draft: in_force.draft.clone(),
        topics: topics.collect(),
        texts: counts.texts,
        reading: far.map(|far| ReadingFar { done: far.done, total: far.total }),
    }
}

/// How often topics and rules come up in all texts.
#[derive(Default)]
struct Counts {
    texts: u64,
    topics: BTreeMap<String, u64>,
    /// Places that count and places that do not, by rule.
    rules: BTreeMap<String, (u64, u64)>,
}

impl Counts {
    fn of(app: &App) -> Counts {
        let mut counts = Counts::default();
        let always = (facts::Timestamp::MIN, facts::Timestamp::MAX);
        for (_, wrote) in app.mentions.index().newest(always, None) {
            counts.texts += 1;
            let mut seen: Vec<&str> = vec![];
            for told in &wrote.told {
                let rule = counts.rules.entry(told.rule.to_string()).or_default();
                if !told.counts {
                    rule.1 += 1;
                    continue;
                }
                rule.0 += 1;
                if !seen.contains(&&*told.topic) {
                    seen.push(&told.topic);
                    *counts.topics.entry(told.topic.to_string()).or_default() += 1;
                }
            }
        }
        counts
    }
}

/// Puts a dictionary in force once its examples come out as they say. Past texts are read again by it.
#[utoipa::path(put, path = "/api/v1/dictionary", tag = "reports", request_body = NewDictionary,
    responses((status = 200, body = DictionaryShown)))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<NewDictionary>,
) -> Answer<axum::Json<DictionaryShown>> {
    let draft = read_draft(&given.draft)?;
    save(&app, &caller, given.expected, draft).await?;
    show(State(app)).await
}

/// Adds words by which a topic is found, to a rule of its own within the topic.
#[utoipa::path(post, path = "/api/v1/dictionary/terms", tag = "reports", request_body = NewTerm,
    responses((status = 200, body = DictionaryShown)))]
pub(crate) async fn add_term(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<NewTerm>,
) -> Answer<axum::Json<DictionaryShown>> {
    let pattern = pattern_of(&given.term)?;
    let mut draft = app.mentions.in_force().draft.clone();
    let topic = draft.topics.iter_mut().find(|topic| topic.id == given.topic);
    let topic = topic.ok_or_else(ApiError::not_found)?;
    match topic.rules.iter_mut().find(|rule| rule.id == OWN_WORDS) {
        Some(rule) if rule.find.contains(&pattern) => {
            return Err(ApiError::conflict(
                "この言葉はすでに登録されています",
                "these words are in the dictionary already",
            ));
        }
        Some(rule) => rule.find.push(pattern),
        None => topic.rules.push(RuleDraft {
            id: OWN_WORDS.to_owned(),
            since: None,
            find: vec![pattern],
            when: vec![],
            despite: vec![],
            unless: vec![],
            yes: vec![],
            no: vec![],
        }),
    }
    save(&app, &caller, given.expected, draft).await?;
    show(State(app)).await
}

/// The rule that holds words which people added one by one.
const OWN_WORDS: &str = "own-words";

/// The pattern that finds words by their letters, wherever words begin and end.
fn pattern_of(term: &str) -> Answer<String> {
    let term: Vec<&str> = term.split_whitespace().collect();
    let term = term.join("_").to_lowercase();
    let is_plain = !term.contains(['|', '@', '=', '<', '>', '/', '"', '+', '\\']);
    if !(2..=60).contains(&term.chars().count()) || !is_plain {
        return Err(ApiError::invalid(
            "2〜60 文字の言葉を、記号（| @ = < > / \" +）なしで入れてください",
            "write words of 2 to 60 letters without | @ = < > / \" +",
        ));
    }
    Ok(if term.is_ascii() { term } else { format!("={term}") })
}

/// The versions of the firm's own dictionary.
#[utoipa::path(get, path = "/api/v1/dictionary/versions", tag = "reports",
    responses((status = 200, body = DictionaryVersions)))]
pub(crate) async fn versions(State(app): State<App>) -> Answer<axum::Json<DictionaryVersions>> {
    let all = app.registry.definition_history(DICTIONARY, DICTIONARY).await?;
    let versions = all.into_iter().map(|one| DictionaryVersion {
        version: one.version,
        at: Instant::of_millis(one.created_at),
        by: one.by,
    });
    Ok(axum::Json(DictionaryVersions { versions: versions.collect() }))
}

/// The dictionary as it stood; version 0 is the one that comes with the program.
#[utoipa::path(get, path = "/api/v1/dictionary/versions/{version}", tag = "reports",
    responses((status = 200, body = DictionaryThen)))]
pub(crate) async fn then(
    State(app): State<App>,
    Path(version): Path<i32>,
) -> Answer<axum::Json<DictionaryThen>> {
    if version == 0 {
        let draft = crate::host::mentions::built_in()?.draft;
        return Ok(axum::Json(DictionaryThen { version, draft }));
    }
    let kept = app.registry.definition_at(DICTIONARY, DICTIONARY, version).await?;
    let kept = kept.ok_or_else(ApiError::not_found)?;
    let draft = DictionaryDraft::read(&kept.body).map_err(|fault| faulty(vec![fault]))?;
    Ok(axum::Json(DictionaryThen { version, draft }))
}

/// Reads all past texts again.
#[utoipa::path(post, path = "/api/v1/dictionary/reading", tag = "reports",
    responses((status = 204)))]
pub(crate) async fn read_again(State(app): State<App>) -> axum::http::StatusCode {
    app.mentions.read_all_again();
    axum::http::StatusCode::NO_CONTENT
}

/// Stops the reading of past texts; what was put right stays. It goes on at the next start.
#[utoipa::path(delete, path = "/api/v1/dictionary/reading", tag = "reports",
    responses((status = 204)))]
pub(crate) async fn stop_reading(State(app): State<App>) -> axum::http::StatusCode {
    app.mentions.stop_reading();
    axum::http::StatusCode::NO_CONTENT
}

/// A dictionary as it was sent.
fn read_draft(given: &serde_json::Value) -> Answer<DictionaryDraft> {
    DictionaryDraft::read(&given.to_string()).map_err(|fault| faulty(vec![fault]))
}

fn faulty(faults: Vec<topics::Fault>) -> ApiError {
    let told = faults.into_iter().map(|fault| {
        let path = if fault.place.is_empty() { String::new() } else { format!("/{}", fault.place) };
        (path, Said::new(fault.ja, fault.en))
    });
    ApiError::faults_of(
        "辞書に直すところがあります。何も変えていません",
        "the dictionary has faults; nothing was changed",
        told.collect(),
    )
}

async fn save(app: &App, caller: &Caller, expected: i32, draft: DictionaryDraft) -> Answer<()> {
    let _edit = app.edit().await;
    let before = app.mentions.in_force();
    if before.version != expected {
        return Err(ApiError::conflict(
            "辞書は別の人が変えました。読み直してからもう一度変えてください",
            "somebody else changed the dictionary; load it again and change it then",
        ));
    }
    let draft = dated(draft, &before.draft);
    let (draft, dictionary) = app.blocking(move |app| tried(app, draft)).await?;
    let body =
        serde_json::to_string(&draft).map_err(|why| ApiError::ours("the dictionary", why))?;
    let known = app.registry.definition(DICTIONARY, DICTIONARY).await?;
    let new = NewDefinition {
        kind: DICTIONARY.to_owned(),
        id: DICTIONARY.to_owned(),
        body,
        expected: known.map(|known| known.version),
        origin: caller.origin(),
        by: caller.name(),
    };
    let now = app.clock.real_now().millis();
    let version = app.registry.put_definition(new, now).await?;
    app.mentions.put_in_force(InForce { version, draft, dictionary });
    app.registry.audit(&caller.name(), "dictionary_changed", DICTIONARY, None, now).await?;
    Ok(())
}

/// Notes of each rule in which version it was last changed.
fn dated(mut draft: DictionaryDraft, before: &DictionaryDraft) -> DictionaryDraft {
    draft.version = before.version + 1;
    for topic in &mut draft.topics {
        let known = before.topics.iter().find(|known| known.id == topic.id);
        for rule in &mut topic.rules {
            let known = known.and_then(|known| known.rules.iter().find(|one| one.id == rule.id));
            let same = known.filter(|known| {
                RuleDraft { since: None, ..(*known).clone() }
                    == RuleDraft { since: None, ..rule.clone() }
            });
            rule.since =
                Some(same.map_or(draft.version, |known| known.since.unwrap_or(before.version)));
        }
    }
    draft
}

/// A dictionary that is sound and whose examples come out as they say.
fn tried(app: &App, draft: DictionaryDraft) -> Answer<(DictionaryDraft, Dictionary)> {
    let dictionary = draft.check().map_err(faulty)?;
    let faults = dictionary.try_examples(app.mentions.cut());
    if faults.is_empty() { Ok((draft, dictionary)) } else { Err(faulty(faults)) }
}
