//! What the members of a segment have in common and others have not, and the persona drafted from it.

use ::segments::{Contrast, Standing, Trait};
use axum::extract::State;
use condition::{Draft, Language, SegmentId, say_condition};
use roaring::RoaringBitmap;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::{App, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Path,
    },
    nouns::wire::Instant,
};

/// What members are more often than others, for sure.
#[derive(Serialize, ToSchema)]
pub(crate) struct SegmentProfile {
    as_of: Instant,
    members: u64,
    /// How many others the caller may see.
    rest: u64,
    /// How many traits were compared.
    compared: usize,
    /// The most telling first, 30 at most.
    traits: Vec<TraitRow>,
    /// A draft of who they are, to be edited by people.
    persona: String,
    /// A condition for those who are like them; null where nothing was found.
    #[schema(value_type = Option<Object>)]
    condition: Option<Draft>,
}

/// One trait.
#[derive(Serialize, ToSchema)]
pub(crate) struct TraitRow {
    kind: TraitKind,
    sentence: String,
    members: u64,
    rest: u64,
    /// How many times as often members have it; null where nobody else has it.
    lift: Option<f64>,
    /// The lift is at least this, with all compared traits taken into account.
    at_least: f64,
    #[schema(value_type = Object)]
    condition: Draft,
}

/// What a trait is about.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum TraitKind {
    Attribute,
    Event,
    Property,
}

/// So many traits are told.
const TRAITS: usize = 30;
/// So many of them make a persona.
const OF_PERSONA: usize = 5;

/// What the members of a segment are more often than everybody else the caller may see.
#[utoipa::path(get, path = "/api/v1/segments/{id}/profile", tag = "segments",
    responses((status = 200, body = SegmentProfile)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SegmentProfile>> {
    let (members, everybody, now) = {
        let live = app.live()?;
        let number = SegmentId::new(&id).and_then(|id| live.rules.segment(&id));
        let scope = live.scope(&caller);
        let members = live.engine.members(number.ok_or_else(ApiError::not_found)?);
        (scope.of(members), scope.of(live.engine.known()), live.at)
    };
    let profile = app
        .ask(move |app, gone| {
            let (members, everybody): (&RoaringBitmap, &RoaringBitmap) = (&members, &everybody);
            let pieces = app.over_everybody(gone, Contrast::default, |seen, no, history| {
                if everybody.contains(no) {
                    seen.add(history, now, members.contains(no));
                }
            })?;
            let mut all = Contrast::default();
            pieces.into_iter().for_each(|piece| all.merge(piece));
            Ok(all.profile())
        })
        .await?;
    let mut traits = vec![];
    let mut sentences = vec![];
    for standing in profile.traits.iter().take(TRAITS) {
        let sentence = said(&app, &standing.what, language)?;
        sentences.push(sentence.clone());
        traits.push(row(standing, sentence));
    }
    sentences.truncate(OF_PERSONA);
    Ok(axum::Json(SegmentProfile {
        as_of: now.into(),
        members: profile.members,
        rest: profile.rest,
        compared: profile.compared,
        traits,
        persona: profile.sketch(&sentences, language),
        condition: profile.persona(OF_PERSONA),
    }))
}

fn said(app: &App, what: &Trait, language: Language) -> Answer<String> {
    let checked = what.condition().check();
    let condition = checked.map_err(|faults| ApiError::ours("a trait", format!("{faults:?}")))?;
    let live = app.live()?;
    let (catalogue, now) = (&live.catalogue, live.at);
    Ok(speaking(catalogue, &app.calendar, now, language, |speaker| {
        say_condition(&condition, language, &speaker.words)
    }))
}

fn row(standing: &Standing, sentence: String) -> TraitRow {
    let to_hundredths = |number: f64| (number * 100.0).round() / 100.0;
    TraitRow {
        kind: match standing.what {
            Trait::Attribute { .. } => TraitKind::Attribute,
            Trait::Event { .. } => TraitKind::Event,
            Trait::Property { .. } => TraitKind::Property,
        },
        sentence,
        members: standing.members,
        rest: standing.rest,
        lift: standing.lift.map(to_hundredths),
        at_least: to_hundredths(standing.at_least),
        condition: standing.what.condition(),
    }
}
