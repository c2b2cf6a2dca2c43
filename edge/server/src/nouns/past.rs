//! Backtests: who would have been in when, by any definition, over past days; and how large segments were.

use axum::extract::State;
use condition::{Condition, Draft, Language, SegmentId, say_condition};
use facts::Timestamp;
use jiff::{ToSpan, civil::Date};
use kernel::{Days, Stay};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App, Scope,
        asking::{Background, Past, Questions},
        catalogue::{Catalogue, SEGMENT},
        speaking,
    },
    http::{
        access::Permission,
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path, Query},
    },
    nouns::{
        preview::checked,
        versions::{condition_of, version_of},
        wire::{CustomerName, Day, Instant, Page, names},
    },
};

/// What is asked about the past: a condition, or a segment, perhaps in one of its earlier versions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PastBody {
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    condition: Option<Draft>,
    #[serde(default)]
    segment: Option<String>,
    /// A version of the segment; the one in force when left out.
    #[serde(default)]
    version: Option<i32>,
    /// The first day, in.
    from: Day,
    /// The last day, in; not after today.
    to: Day,
}

/// How large a condition was at the end of each day, and who came and went.
#[derive(Serialize, ToSchema)]
pub(crate) struct Backtest {
    as_of: Instant,
    sentence: String,
    /// How many were in just before the first day.
    before: u64,
    days: Vec<BacktestDay>,
    entered_total: u64,
    left_total: u64,
}

/// One local day.
#[derive(Serialize, ToSchema)]
pub(crate) struct BacktestDay {
    day: Day,
    /// At the end of the day; now, for today.
    members: u64,
    /// How many stays began.
    entered: u64,
    /// How many stays ended.
    left: u64,
}

/// Customers and when they were in.
#[derive(Serialize, ToSchema)]
pub(crate) struct BacktestStays {
    as_of: Instant,
    /// How many were in at any time.
    total: u64,
    rows: Vec<StaysRow>,
    /// `after` of the next page; null on the last one.
    next: Option<String>,
}

/// When one customer was in.
#[derive(Serialize, ToSchema)]
pub(crate) struct StaysRow {
    customer: CustomerName,
    stays: Vec<StayRow>,
}

/// One unbroken stay.
#[derive(Serialize, ToSchema)]
pub(crate) struct StayRow {
    /// Null for who was in since before the first day.
    entered: Option<Instant>,
    /// Null for who was in to the end.
    left: Option<Instant>,
}

/// How large a segment was.
#[derive(Serialize, ToSchema)]
pub(crate) struct SegmentSizes {
    as_of: Instant,
    days: Vec<SizeDay>,
    /// Its versions written within these days, oldest first.
    edits: Vec<Edit>,
}

/// The size at the end of one day; now, for today.
#[derive(Serialize, ToSchema)]
pub(crate) struct SizeDay {
    day: Day,
    members: u64,
}

/// A version of a definition.
#[derive(Serialize, ToSchema)]
pub(crate) struct Edit {
    version: i32,
    at: Instant,
    by: Option<String>,
}

/// How far back.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Back {
    /// So many days up to today; 90 when not said, at most 400.
    days: Option<u32>,
}

/// By which an answer about the past is found again.
#[derive(PartialEq)]
pub(crate) struct PastKey {
    conditions: Vec<(SegmentId, Condition)>,
    days: (Date, Date),
    scope: Scope,
}

/// The most days of one backtest.
const DAYS_MOST: i32 = 400;

/// A question about the past, ready to be asked.
struct Asked {
    condition: Condition,
    questions: Questions,
    background: Background,
    days: Days,
    key: PastKey,
    catalogue: Arc<Catalogue>,
    now: Timestamp,
}

impl Asked {
    async fn read(app: &App, caller: &Caller, given: PastBody) -> Answer<Asked> {
        let (catalogue, background, now, scope) = {
            let live = app.live()?;
            (live.catalogue.clone(), Background::of(&live), live.at, live.scope(caller))
        };
        let others = background.segments();
        let condition = match (given.condition, given.segment, given.version) {
            (Some(draft), None, None) if caller.may(Permission::EditSegments) => {
                checked(draft, None, others)?
            }
            (Some(_), None, None) => return Err(ApiError::forbidden()),
            (None, Some(id), None) => in_force(&catalogue, &id)?,
            (None, Some(id), Some(version)) => {
                condition_of(&version_of(app, &id, version).await?, others)?
            }
            _ => {
                return Err(ApiError::invalid(
                    "`condition` か `segment` のどちらか一方を指定してください（`version` は `segment` とともに）",
                    "name one of `condition` and `segment`; `version` goes with `segment`",
                ));
            }
        };
        let range = (given.from.read()?, given.to.read()?);
        Asked::new(app, (condition, catalogue, background), range, (scope, now))
    }

    fn new(
        app: &App,
        (condition, catalogue, background): (Condition, Arc<Catalogue>, Background),
        (first, last): (Date, Date),
        (scope, now): (Scope, Timestamp),
    ) -> Answer<Asked> {
        let today = app.calendar.date(now);
        let n = first.until(last).map_or(i32::MAX, |span| span.get_days());
        if last < first || today < last || DAYS_MOST <= n {
            return Err(ApiError::invalid(
                format!(
                    "期間は今日（{today}）までの {DAYS_MOST} 日以内で、開始日を終了日より前にしてください"
                ),
                format!(
                    "name at most {DAYS_MOST} days, the first before the last, up to today ({today})"
                ),
            ));
        }
        let no_day = || ApiError::invalid("その期間に日がありません", "there is no such day here");
        let days = Days::new(&app.calendar, first, last, now).ok_or_else(no_day)?;
        let questions = Questions::new(vec![condition.clone()], &background)?;
        let key =
            PastKey { conditions: questions.conditions().to_vec(), days: (first, last), scope };
        Ok(Asked { condition, questions, background, days, key, catalogue, now })
    }

    /// The answer, made now.
    async fn answer(self, app: &App) -> Answer<Arc<Past>> {
        let Asked { questions, days, key, now, .. } = self;
        app.ask(move |app, gone| {
            let questions = app.ready(questions, now, gone)?;
            let past = app.past(&questions, days, (&key.scope, now), gone)?;
            Ok(app.pasts.put(key, now, past))
        })
        .await
    }

    /// The answer that was given a moment ago, or one made now.
    async fn answer_again(self, app: &App) -> Answer<Arc<Past>> {
        match app.pasts.find(&self.key, self.now) {
            Some(past) => Ok(past),
            None => self.answer(app).await,
        }
    }

    fn sentence(&self, app: &App, language: Language) -> String {
        speaking(&self.catalogue, &app.calendar, self.now, language, |speaker| {
            say_condition(&self.condition, language, &speaker.words)
        })
    }
}

fn in_force(catalogue: &Catalogue, id: &str) -> Answer<Condition> {
    let known = catalogue.all.get(id).filter(|known| !known.retired);
    let segment = known.and_then(|known| known.segment.as_ref()).ok_or_else(ApiError::not_found)?;
    Ok(segment.condition.clone())
}

/// How large a condition was at the end of each of some days, and who came and went. Each history is walked once,
/// however many days there are; the request ends early when its client goes away.
#[utoipa::path(post, path = "/api/v1/backtest", tag = "segments", request_body = PastBody,
    responses((status = 200, body = Backtest)))]
pub(crate) async fn backtest(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<PastBody>,
) -> Answer<axum::Json<Backtest>> {
    let asked = Asked::read(&app, &caller, given).await?;
    let sentence = asked.sentence(&app, language);
    let past = asked.answer(&app).await?;
    let sizes = &past.sizes;
    let moved = sizes.entered.iter().zip(&sizes.left);
    let days = past.days.dates().iter().zip(sizes.members()).zip(moved);
    Ok(axum::Json(Backtest {
        as_of: past.as_of.into(),
        sentence,
        before: sizes.before,
        days: days
            .map(|((day, members), (entered, left))| BacktestDay {
                day: (*day).into(),
                members,
                entered: *entered,
                left: *left,
            })
            .collect(),
        entered_total: sizes.entered.iter().sum(),
        left_total: sizes.left.iter().sum(),
    }))
}

/// Who was in a condition over some days, and from when to when.
#[utoipa::path(post, path = "/api/v1/backtest/stays", tag = "segments", params(Page),
    request_body = PastBody, responses((status = 200, body = BacktestStays)))]
pub(crate) async fn stays(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<Page>,
    Json(given): Json<PastBody>,
) -> Answer<axum::Json<BacktestStays>> {
    let asked = Asked::read(&app, &caller, given).await?;
    let questions = Questions::new(vec![asked.condition.clone()], &asked.background)?;
    let past = asked.answer_again(&app).await?;
    let (customers, next) = page.of(&past.customers)?;
    let rows = {
        let past = past.clone();
        app.ask(move |app, gone| {
            let questions = app.ready(questions, past.as_of, gone)?;
            let row = |customer| stays_row(app, &questions, &past.days, customer);
            let rows: Answer<Vec<Vec<StaysRow>>> = customers.into_par_iter().map(row).collect();
            Ok(rows?.into_iter().flatten().collect())
        })
        .await?
    };
    let (as_of, total) = (past.as_of.into(), past.customers.len());
    Ok(axum::Json(BacktestStays { as_of, total, rows, next }))
}

/// None for a customer of whom nothing is known any more.
fn stays_row(
    app: &App,
    questions: &Questions,
    days: &Days,
    customer: u32,
) -> Answer<Vec<StaysRow>> {
    let stays = app.stays_of(questions, days, customer)?;
    let row = |stay: &Stay| StayRow {
        entered: (!days.is_before(stay)).then(|| stay.entered.into()),
        left: stay.left.map(Instant::from),
    };
    let names = names(app, std::iter::once(customer))?.into_iter();
    Ok(names
        .map(|customer| StaysRow { customer, stays: stays.iter().map(row).collect() })
        .collect())
}

/// How large a segment was on the days up to today, by the definition in force.
#[utoipa::path(get, path = "/api/v1/segments/{id}/sizes", tag = "segments", params(Back),
    responses((status = 200, body = SegmentSizes)))]
pub(crate) async fn sizes(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Query(back): Query<Back>,
) -> Answer<axum::Json<SegmentSizes>> {
    let back = back.days.unwrap_or(90).clamp(1, DAYS_MOST.unsigned_abs());
    let asked = {
        let live = app.live()?;
        let (catalogue, now, scope) = (live.catalogue.clone(), live.at, live.scope(&caller));
        let condition = in_force(&catalogue, &id)?;
        let today = app.calendar.date(now);
        let first = today.saturating_sub(i64::from(back - 1).days());
        let background = Background::of(&live);
        Asked::new(&app, (condition, catalogue, background), (first, today), (scope, now))?
    };
    let past = asked.answer_again(&app).await?;
    let begin = past.days.stretch().0;
    let authors = super::segments::Authors::read(&app).await?;
    let versions = app.registry.definition_history(SEGMENT, &id).await?.into_iter().rev();
    let within = versions.filter(|version| begin < Timestamp::from_millis(version.created_at));
    let days = past.days.dates().iter().zip(past.sizes.members());
    Ok(axum::Json(SegmentSizes {
        as_of: past.as_of.into(),
        days: days.map(|(day, members)| SizeDay { day: (*day).into(), members }).collect(),
        edits: within
            .map(|version| Edit {
                version: version.version,
                at: Instant::of_millis(version.created_at),
                by: authors.person(&version.by),
            })
            .collect(),
    }))
}
