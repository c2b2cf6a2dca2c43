//! Signs (兆し): what behaviour foretells, and who carries each of them.

use ::segments::Speaker;
use axum::extract::State;
use condition::{Language, say_condition};
use engine::{Carrying, PartSeen, Rules};
use facts::{History, HistoryBuilder, Timestamp};
use kernel::{Because, Scratch};
use proving::Counts;
use rayon::prelude::*;
use serde::Serialize;
use signs::{Part, Sign};
use std::{collections::BTreeMap, sync::Arc};
use store::CustomerNo;
use utoipa::ToSchema;

use crate::{
    host::{
        App, Now,
        cards::{Card, fold},
        catalogue::Catalogue,
        known_signs::KnownSign,
        speaking,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault, fault_said, speak},
        language::Spoken,
        take::{Path, Query},
    },
    nouns::{
        judgements::Standing,
        segments::OriginName,
        why::EvidenceRow,
        wire::{CustomerKind, Instant, MomentumShown, Page, SignHeld, SignKind, no_cursor},
    },
};

/// All signs.
#[derive(Serialize, ToSchema)]
pub(crate) struct Signs {
    as_of: Instant,
    signs: Vec<SignRow>,
}

/// One sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignRow {
    id: String,
    name: String,
    kind: SignKind,
    state: SignState,
    /// 0 for a recipe that nobody has changed.
    version: i32,
    origin: OriginName,
    /// The likely situation behind it.
    explanation: String,
    /// Within how many days what it foretells is expected.
    horizon_days: u16,
    /// From which strength on it counts.
    threshold: u8,
    /// Whether it goes before all signs that are not urgent.
    urgent: bool,
    /// What must hold for it to mean anything, as a sentence.
    requires: Option<String>,
    parts: Vec<PartRow>,
    /// What to say.
    script: String,
    next_action: String,
    /// How many carry it now, of those the caller may see.
    count: usize,
    /// How it stands with people and with its past.
    standing: Standing,
    /// Why nobody can carry it, if so.
    faults: Vec<Fault>,
}

/// Where a sign stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignState {
    /// Whoever it fits carries it.
    InForce,
    /// It waits to be tried.
    Draft,
    /// Switched off.
    Off,
    /// It cannot be asked.
    Faulty,
}

/// A part of a sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartRow {
    /// What has been seen when it holds, in a few words; may be empty.
    name: String,
    sentence: String,
    weight: u8,
    /// The most it adds, where it grows with more records.
    cap: Option<u8>,
    /// After each such time a record adds half of what it did.
    half_life: Option<String>,
}

/// Who carries a sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct Carriers {
    as_of: Instant,
    count: usize,
    rows: Vec<CarrierRow>,
    next: Option<String>,
}

/// One customer who carries a sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct CarrierRow {
    key: String,
    name: String,
    kind: CustomerKind,
    rep: Option<String>,
    strength: u8,
    since: Instant,
    reason: String,
}

/// A sign that a customer carries, part by part.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignDetail {
    #[serde(flatten)]
    held: SignHeld,
    /// Why, in one sentence.
    sentence: String,
    parts: Vec<PartHeld>,
    explanation: String,
    threshold: u8,
    momentum: MomentumShown,
    /// Before then its strength cannot change by time alone; null when never.
    steady_until: Option<Instant>,
}

/// A part of a sign, as it stands for one customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct PartHeld {
    /// In a few words; may be empty.
    name: String,
    sentence: String,
    /// The most it can add.
    most: u8,
    /// What it adds now.
    points: u8,
    holds: bool,
    /// What was found.
    found: Option<String>,
    /// The newest records behind it, three at most, newest first.
    evidence: Vec<EvidenceRow>,
}

impl SignDetail {
    pub(crate) fn explained(
        rules: &Rules,
        number: usize,
        held: SignHeld,
        history: &History,
        speaker: &Speaker<'_>,
    ) -> SignDetail {
        let sign = &rules.signs()[number].sign;
        let parts = rules.explain_sign(number, history, speaker.now);
        let told = parts.iter().zip(&sign.parts).map(|(seen, part)| PartHeld {
            name: part.name.get(speaker.language).to_owned(),
            sentence: say_condition(&part.condition, speaker.language, &speaker.words),
            most: part.most(),
            points: seen.points,
            holds: seen.because.reading.value,
            found: speaker.reason(&seen.because, history).found,
            evidence: newest_evidence(std::slice::from_ref(seen), 3)
                .iter()
                .map(|event| speaker.evidence(event, history).into())
                .collect(),
        });
        let strength = rules.strength(number, history, speaker.now, &mut Scratch::default());
        SignDetail {
            parts: told.collect(),
            sentence: in_one(sign, &parts, speaker),
            explanation: sign.explanation.get(speaker.language).to_owned(),
            threshold: sign.threshold,
            momentum: rules.momentum(number, history, speaker.now).into(),
            steady_until: strength.holds_until.map(Instant::from),
            held,
        }
    }
}

/// The newest records behind the parts that hold, newest first.
pub(crate) fn newest_evidence(parts: &[PartSeen], most: usize) -> Vec<facts::Event> {
    newest_records(parts.iter().map(|part| &part.because), most)
}

/// The newest records behind reasons that hold, newest first.
pub(crate) fn newest_records<'b>(
    reasons: impl Iterator<Item = &'b Because>,
    most: usize,
) -> Vec<facts::Event> {
    fn gather(because: &Because, events: &mut Vec<facts::Event>) {
        if because.reading.value {
            events.extend(&because.evidence);
            because.children.iter().for_each(|child| gather(child, events));
        }
    }
    let mut events = vec![];
    reasons.for_each(|because| gather(because, &mut events));
    events.sort_by_key(|event| std::cmp::Reverse((event.stamp.at, event.stamp.seq)));
    events.dedup_by_key(|event| event.stamp.seq);
    events.truncate(most);
    events
}

/// What has been seen: the weightiest parts that hold, in one sentence with what was found.
pub(crate) fn in_one(sign: &Sign, parts: &[PartSeen], speaker: &Speaker<'_>) -> String {
    const MOST: usize = 3;
    let mut holding: Vec<(&Part, &PartSeen)> =
        sign.parts.iter().zip(parts).filter(|(_, seen)| seen.because.reading.value).collect();
    holding.sort_by_key(|(_, seen)| std::cmp::Reverse(seen.points));
    let said: Vec<String> = holding
        .into_iter()
        .take(MOST)
        .map(|(part, held)| seen(part, &held.because, speaker))
        .collect();
    said.join(match speaker.language {
        Language::Ja => "、",
        Language::En => "; ",
    })
}

/// A part in its own words where it has some, otherwise as its condition says itself.
fn seen(part: &Part, because: &Because, speaker: &Speaker<'_>) -> String {
    let name = part.name.get(speaker.language);
    if name.is_empty() {
        return speaker.in_short(because);
    }
    match (speaker.found_in(because), speaker.language) {
        (Some(found), Language::Ja) => format!("{name}（{found}）"),
        (Some(found), Language::En) => format!("{name} ({found})"),
        (None, _) => name.to_owned(),
    }
}

/// A part of a sign in its own words where it has some, otherwise as its condition.
pub(crate) fn part_said(app: &App, sign: &Sign, part: usize, language: Language) -> Answer<String> {
    let Some(part) = sign.parts.get(part) else { return Ok(String::new()) };
    let name = part.name.get(language);
    if !name.is_empty() {
        return Ok(name.to_owned());
    }
    let live = app.live()?;
    Ok(speaking(&live.catalogue, &app.calendar, live.at, language, |speaker| {
        say_condition(&part.condition, language, &speaker.words)
    }))
}

/// All signs, drafts and those switched off too, with how many carry each.
#[utoipa::path(get, path = "/api/v1/signs", tag = "signs", responses((status = 200, body = Signs)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Signs>> {
    let live = app.live()?;
    let signs = live.catalogue.signs.iter();
    let clicks = app.trust.counts();
    let row = |known| row(&app, &live, (&caller, &clicks), known, language);
    let signs = signs.map(row).collect();
    Ok(axum::Json(Signs { as_of: live.at.into(), signs }))
}

/// One sign in a list.
pub(crate) fn row(
    app: &App,
    live: &Now<'_>,
    (caller, clicks): (&Caller, &BTreeMap<String, Counts>),
    known: &KnownSign,
    language: Language,
) -> SignRow {
    let KnownSign { draft, sign, missing, .. } = known;
    let scope = live.scope(caller);
    let say = |condition| {
        speaking(&live.catalogue, &app.calendar, live.at, language, |speaker| {
            say_condition(condition, language, &speaker.words)
        })
    };
    let number = live.rules.signs().iter().position(|rule| rule.sign.id.0 == draft.id);
    let carriers = number.map_or(0, |number| {
        live.engine.carriers(number).keys().filter(|one| scope.contains(**one)).count()
    });
    let parts = sign.iter().flat_map(|sign| &sign.parts);
    let faults = draft.check().err().unwrap_or_default();
    let faults = faults.iter().map(|fault| {
        let (path, said) = fault_said(fault);
        Fault { path, message: speak(&said, language) }
    });
    let missing = missing.iter().map(|id| Fault {
        path: String::new(),
        message: match language {
            Language::Ja => format!("セグメント `{id}` が使えません"),
            Language::En => format!("the segment `{id}` cannot be used"),
        },
    });
    SignRow {
        id: draft.id.clone(),
        name: draft.name.get(language).to_owned(),
        kind: draft.kind.into(),
        state: match known {
            one if one.retired => SignState::Off,
            one if one.draft.draft => SignState::Draft,
            one if one.is_in_force() => SignState::InForce,
            _ => SignState::Faulty,
        },
        version: known.version,
        origin: known.origin.into(),
        explanation: draft.explanation.get(language).to_owned(),
        horizon_days: draft.horizon_days,
        threshold: draft.threshold,
        urgent: draft.urgent,
        requires: sign.as_ref().and_then(|sign| sign.requires.as_ref()).map(say),
        parts: parts
            .map(|part| PartRow {
                name: part.name.get(language).to_owned(),
                sentence: say(&part.condition),
                weight: part.weight,
                cap: part.growth.cap,
                half_life: part.growth.half_life.map(|length| length.to_string()),
            })
            .collect(),
        script: draft.script.get(language).to_owned(),
        next_action: draft.next_action.get(language).to_owned(),
        count: carriers,
        standing: {
            let counts = clicks.get(&draft.id).copied().unwrap_or_default();
            Standing::of(app, &draft.id, &counts, language)
        },
        faults: faults.chain(missing).collect(),
    }
}

/// Who carries a sign, strongest first.
#[utoipa::path(get, path = "/api/v1/signs/{id}/customers", tag = "signs", params(Page),
    responses((status = 200, body = Carriers)))]
pub(crate) async fn carriers(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Query(page): Query<Page>,
) -> Answer<axum::Json<Carriers>> {
    let skip = match &page.after {
        Some(after) => after.parse::<usize>().map_err(|_| no_cursor("after"))?,
        None => 0,
    };
    let Carried { number, rules, catalogue, now, all } = Carried::read(&app, &caller, &id, &page)?;
    let count = all.len();
    let limit = page.limit();
    let next = skip.saturating_add(limit);
    let next = (next < count).then(|| next.to_string());
    let chosen: Vec<_> = all.into_iter().skip(skip).take(limit).collect();
    let row = move |app: &App, (customer, held, card): (u32, Carrying, Card)| {
        let mut builder = HistoryBuilder::new();
        app.store.history(CustomerNo(customer), &mut builder)?;
        let parts = rules.explain_sign(number, builder.finish(), now);
        let reason = speaking(&catalogue, &app.calendar, now, language, |speaker| {
            in_one(&rules.signs()[number].sign, &parts, speaker)
        });
        Ok(CarrierRow {
            key: app.key_text(customer),
            kind: CustomerKind::of(&card),
            rep: card.rep.as_deref().map(str::to_owned),
            name: card.name,
            strength: held.strength,
            since: held.since.into(),
            reason,
        })
    };
    let rows =
        app.blocking(move |app| chosen.into_par_iter().map(|one| row(app, one)).collect()).await?;
    Ok(axum::Json(Carriers { as_of: now.into(), count, rows, next }))
}

/// Who carries a sign, strongest first, and what is needed to speak of it.
struct Carried {
    number: usize,
    rules: Arc<Rules>,
    catalogue: Arc<Catalogue>,
    now: Timestamp,
    all: Vec<(u32, Carrying, Card)>,
}

impl Carried {
    fn read(app: &App, caller: &Caller, id: &str, page: &Page) -> Answer<Carried> {
        let sought = page.q.as_deref().map(fold).filter(|text| !text.is_empty());
        let live = app.live()?;
        let number = live.rules.signs().iter().position(|rule| rule.sign.id.0 == id);
        let number = number.ok_or_else(ApiError::not_found)?;
        let scope = live.scope(caller);
        let own = live.engine.carriers(number).iter().filter(|(one, _)| scope.contains(**one));
        let mut all: Vec<(u32, Carrying, Card)> = own
            .filter_map(|(one, held)| Some((*one, *held, live.cards.get(*one)?.clone())))
            .filter(|(.., card)| sought.as_ref().is_none_or(|sought| card.has(sought)))
            .collect();
        all.sort_by_key(|(one, held, _)| (std::cmp::Reverse(held.strength), held.since, *one));
        let (rules, catalogue) = (live.rules.clone(), live.catalogue.clone());
        Ok(Carried { number, rules, catalogue, now: live.at, all })
    }
}
