//! What behaviour foretold an outcome: searched in the past of all customers, in the background.
//!
//! What is told is about all customers together and names none of them, so that every rep may see it.

use axum::extract::State;
use axum::http::StatusCode;
use condition::{Condition, Draft, Language, say_condition};
use facts::Timestamp;
use kernel::Scratch;
use miner::{Candidate, Panel, Pattern, Rows, Survey, candidates, draft_sign, mine};
use proving::Dates;
use serde::{Deserialize, Serialize};
use signs::{Foretold, SignDraft, SignKind};
use utoipa::ToSchema;

use crate::{
    host::{
        App, Workspace,
        asking::Background,
        speaking,
        works::{Work, Works},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        foretold::{self, ForetoldSaid},
        proofs::{RateShown, RatioShown},
        wire::Instant,
        work_state::{Looked, WorkTold},
    },
};

/// How the search stands, and what it found.
#[derive(Serialize, ToSchema)]
pub(crate) struct PatternsShown {
    #[serde(flatten)]
    work: WorkTold,
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
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct PatternRow {
    /// In the language that was asked for.
    #[serde(default)]
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

/// What a search found, as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Mined {
    /// The form in which it is kept; what has another is as good as none.
    version: u32,
    /// By what was known then (ms).
    as_of: i64,
    searched: usize,
    horizon_days: u16,
    patterns: Vec<PatternRow>,
}

const VERSION: u32 = 1;

/// Under which the last search of a kind is kept.
fn kept_under(kind: SignKind) -> String {
    format!("mined/{}", kind.word())
}

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
    let looked = Looked::at(app.mined.find(kind.word()));
    let kept = app.registry.setting(&kept_under(kind)).await?;
    let kept: Option<Mined> = kept.and_then(|json| serde_json::from_str(&json).ok());
    let kept = kept.filter(|kept| kept.version == VERSION);
    Ok(PatternsShown {
        work: looked.told(kept.is_some(), language),
        foretold: foretold::said(app, &foretold, language)?,
        result: kept.map(|kept| kept.shown(language)),
    })
}

impl Mined {
    fn shown(self, language: Language) -> MinedShown {
        let patterns = self.patterns.into_iter().map(|row| PatternRow {
            sentence: row.definition.name.get(language).to_owned(),
            ..row
        });
        MinedShown {
            as_of: Instant::of_millis(self.as_of),
            searched: self.searched,
            horizon_days: self.horizon_days,
            patterns: patterns.collect(),
        }
    }
}

/// A pattern as a draft of a sign, with what was seen of it.
fn row(
    app: &App,
    (kind, horizon_days, now): (SignKind, u16, Timestamp),
    n: usize,
    (pattern, parts): (Pattern, Vec<&Candidate>),
) -> Answer<PatternRow> {
    let live = app.live()?;
    let say = |condition: &Condition, language| {
        speaking(&live.catalogue, &app.calendar, live.at, language, |speaker| {
            say_condition(condition, language, &speaker.words)
        })
    };
    let day = app.calendar.date(now).to_string().replace('-', "");
    let id = format!("found-{}-{day}-{}", kind.word(), n + 1);
    let drafts: Vec<&Draft> = parts.iter().map(|part| &part.draft).collect();
    let definition = draft_sign((id, kind, horizon_days), &drafts, |part, language| {
        say(&parts[part].condition, language)
    });
    Ok(PatternRow {
        sentence: String::new(),
        definition,
        right: pattern.right.into(),
        base: pattern.base.into(),
        lift: pattern.lift.into(),
        coverage: pattern.coverage.into(),
        median_lead_days: pattern.median_lead,
        by_chance: pattern.by_chance,
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
        move |app, work| {
            search(app, work, (kind, &foretold), background, (now, horizon_days, seed))
        },
        move |app, mined| async move { keep(&app, kind, &mined).await },
    );
    let real_now = app.clock.real_now().millis();
    let on = format!("patterns:{}", kind.word());
    app.registry.audit(&caller.name(), "patterns_searched", &on, None, real_now).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, kind, language).await?)))
}

fn search(
    app: &App,
    work: &Work<Mined>,
    (kind, foretold): (SignKind, &Foretold),
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
    let rows = patterns.into_iter().enumerate().map(|(n, pattern)| {
        let parts = pattern.candidates.iter().map(|n| &asked[*n]).collect();
        row(app, (kind, horizon_days, now), n, (pattern, parts))
    });
    Ok(Mined {
        version: VERSION,
        as_of: now.millis(),
        searched: asked.len(),
        horizon_days,
        patterns: rows.collect::<Answer<_>>()?,
    })
}

async fn keep(app: &App, kind: SignKind, mined: &Mined) -> Answer<()> {
    let json = serde_json::to_string(mined).map_err(|why| ApiError::ours("patterns", why))?;
    let now = app.clock.real_now().millis();
    app.registry.put_setting(&kept_under(kind), &json, now).await?;
    Ok(())
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
