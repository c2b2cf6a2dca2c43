//! What behaviour foretold an outcome: searched in the past of all customers, in the background.
//!
//! What is told is about all customers together and names none of them, so that every rep may see it.

use axum::extract::State;
use axum::http::StatusCode;
use condition::{Condition, Draft, Language, say_condition};
use facts::Timestamp;
use kernel::Scratch;
use miner::{Panel, Pattern, Rows, Survey, candidates, draft_sign, mine};
use proving::Dates;
use serde::{Deserialize, Serialize};
use signs::{Foretold, SignDraft, SignKind};
use utoipa::ToSchema;

use crate::{
    host::{
        App, Workspace,
        asking::Background,
        speaking,
        works::{End, Work, Works},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError, speak},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        foretold::{self, ForetoldSaid},
        proofs::{ProofProgress, ProofState, RateShown, RatioShown},
        wire::Instant,
    },
};

/// How the search stands, and what it found.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatternsShown {
    state: ProofState,
    progress: Option<ProofProgress>,
    error: Option<String>,
    /// What the patterns are to foretell.
    foretold: ForetoldSaid,
    result: Option<MinedShown>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct MinedShown {
    as_of: Instant,
    /// So many conditions were searched.
    searched: usize,
    horizon_days: u16,
    /// The surest first; empty where nothing is surer than chance.
    patterns: Vec<PatternRow>,
}

/// A condition after which the outcome comes more often.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatternRow {
    sentence: String,
    /// A draft of a sign, to be made with `POST /signs`.
    #[schema(value_type = Object)]
    definition: SignDraft,
    /// How often the outcome followed, on later dates than those it was found on.
    right: RateShown,
    /// How often it followed whatever the pattern says.
    base: RateShown,
    lift: RatioShown,
    /// The share of the dates with an outcome ahead at which the pattern held.
    coverage: RateShown,
    median_lead_days: u16,
    /// How often chance alone gives anything as sure among all that was searched.
    by_chance: f64,
}

/// How to search.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MineBody {
    /// Within how many days the outcome counts; 30 when not said, at most 365.
    #[serde(default)]
    horizon_days: Option<u16>,
    /// For the draws of chance; the same seed gives the same patterns.
    #[serde(default)]
    seed: Option<u64>,
}

/// What a search found.
pub(crate) struct Mined {
    as_of: Timestamp,
    searched: usize,
    horizon_days: u16,
    found: Vec<Found>,
}

/// A pattern, and the conditions that hold together in it.
type Found = (Pattern, Vec<(Condition, Draft)>);

/// So many patterns are told.
const PATTERNS_MOST: usize = 30;

fn works(app: &Workspace) -> &Works<Mined> {
    &app.mined
}

async fn foretold_of(app: &App, kind: SignKind) -> Answer<Foretold> {
    let (draft, _) = foretold::draft_of(app, kind).await?;
    let segments = app.live()?.rules.segments().to_vec();
    foretold::checked(&draft, &segments)
}

/// What a search found, and whether one is going on.
#[utoipa::path(get, path = "/api/v1/patterns/{kind}", tag = "signs",
    responses((status = 200, body = PatternsShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(kind): Path<String>,
) -> Answer<axum::Json<PatternsShown>> {
    told(&app, foretold::kind_of(&kind)?, language).await.map(axum::Json)
}

async fn told(app: &App, kind: SignKind, language: Language) -> Answer<PatternsShown> {
    let foretold = foretold_of(app, kind).await?;
    let work = app.mined.find(kind.word());
    let (state, error, found) = match work.as_ref().map(|work| work.end()) {
        None => (ProofState::Never, None, None),
        Some(None) => (ProofState::Running, None, None),
        Some(Some(End::Cancelled)) => (ProofState::Cancelled, None, None),
        Some(Some(End::Failed(why))) => {
            (ProofState::Failed, Some(speak(why.said(), language)), None)
        }
        Some(Some(End::Done(found))) => (ProofState::Done, None, Some(found)),
    };
    let progress = work.filter(|_| state == ProofState::Running).map(|work| {
        let (done, total) = work.far();
        ProofProgress { done, total }
    });
    Ok(PatternsShown {
        state,
        progress,
        error,
        foretold: foretold::said(app, &foretold, language)?,
        result: found.map(|found| shown(app, kind, &found, language)).transpose()?,
    })
}

fn shown(app: &App, kind: SignKind, mined: &Mined, language: Language) -> Answer<MinedShown> {
    let live = app.live()?;
    let say = |condition: &Condition, language| {
        speaking(&live.catalogue, &app.calendar, live.at, language, |speaker| {
            say_condition(condition, language, &speaker.words)
        })
    };
    let row = |(n, (pattern, parts)): (usize, &Found)| {
        let day = app.calendar.date(mined.as_of).to_string().replace('-', "");
        let id = format!("found-{}-{day}-{}", kind.word(), n + 1);
        let drafts: Vec<&Draft> = parts.iter().map(|(_, draft)| draft).collect();
        let definition = draft_sign((id, kind, mined.horizon_days), &drafts, |part, language| {
            say(&parts[part].0, language)
        });
        PatternRow {
            sentence: definition.name.get(language).to_owned(),
            definition,
            right: pattern.right.into(),
            base: pattern.base.into(),
            lift: pattern.lift.into(),
            coverage: pattern.coverage.into(),
            median_lead_days: pattern.median_lead,
            by_chance: pattern.by_chance,
        }
    };
    Ok(MinedShown {
        as_of: mined.as_of.into(),
        searched: mined.searched,
        horizon_days: mined.horizon_days,
        patterns: mined.found.iter().enumerate().map(row).collect(),
    })
}

/// Begins to search what foretells an outcome, in the background; a search that runs goes on.
#[utoipa::path(post, path = "/api/v1/patterns/{kind}", tag = "signs", request_body = MineBody,
    responses((status = 202, body = PatternsShown)))]
pub(crate) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(kind): Path<String>,
    Json(given): Json<MineBody>,
) -> Answer<(StatusCode, axum::Json<PatternsShown>)> {
    let kind = foretold::kind_of(&kind)?;
    let horizon_days = given.horizon_days.unwrap_or(30);
    if !(1..=365).contains(&horizon_days) {
        return Err(ApiError::invalid(
            "`horizon_days` は 1〜365 にしてください",
            "`horizon_days` is from 1 to 365",
        ));
    }
    let foretold = foretold_of(&app, kind).await?;
    let (now, seed) = (app.clock.now(), given.seed.unwrap_or(1));
    let background = Background::of(&*app.live()?);
    app.begin_work(
        works,
        kind.word(),
        move |app, work| search(app, work, &foretold, background, (now, horizon_days, seed)),
        |_, _| async { Ok(()) },
    );
    let real_now = app.clock.real_now().millis();
    let on = format!("patterns:{}", kind.word());
    app.registry.audit(&caller.name(), "patterns_searched", &on, None, real_now).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, kind, language).await?)))
}

fn search(
    app: &App,
    work: &Work<Mined>,
    foretold: &Foretold,
    background: Background,
    (now, horizon_days, seed): (Timestamp, u16, u64),
) -> Answer<Mined> {
    let surveys =
        work.over_everybody(app, Survey::default, |survey, _, history| survey.add(history))?;
    let mut survey = Survey::default();
    surveys.into_iter().for_each(|one| survey.merge(one));
    let asked = candidates(&survey, foretold);
    let dates = Dates::before(now, &app.calendar, horizon_days, 14, 14 * 51);
    let (others, _) = background.all();
    let panel = Panel::new(&asked, foretold, dates, others)
        .map_err(|faults| ApiError::ours("what is searched", format!("{faults:?}")))?;
    let begin = || (Scratch::default(), vec![]);
    let pieces = work.over_everybody(
        app,
        begin,
        |(scratch, rows): &mut (Scratch, Vec<(u32, Rows)>), customer, history| {
            rows.extend(panel.ask(history, &app.calendar, scratch).map(|row| (customer, row)));
        },
    )?;
    let mut rows: Vec<(u32, Rows)> = pieces.into_iter().flat_map(|(_, rows)| rows).collect();
    rows.sort_by_key(|(customer, _)| *customer);
    let rows: Vec<Rows> = rows.into_iter().map(|(_, row)| row).collect();
    let patterns = mine(&rows, asked.len(), panel.n_dates(), seed, PATTERNS_MOST);
    let found = patterns.into_iter().map(|pattern| {
        let parts = pattern.candidates.iter().map(|n| &asked[*n]);
        let parts = parts.map(|one| (one.condition.clone(), one.draft.clone())).collect();
        (pattern, parts)
    });
    Ok(Mined { as_of: now, searched: asked.len(), horizon_days, found: found.collect() })
}

/// Stops a search.
#[utoipa::path(delete, path = "/api/v1/patterns/{kind}", tag = "signs",
    responses((status = 200, body = PatternsShown)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(kind): Path<String>,
) -> Answer<axum::Json<PatternsShown>> {
    let kind = foretold::kind_of(&kind)?;
    app.mined.cancel(kind.word());
    told(&app, kind, language).await.map(axum::Json)
}
