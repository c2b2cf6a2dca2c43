//! Whether the server is well, what time it is there, and for tests: moving that time forward.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{App, catch_up},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::Json,
    },
    nouns::wire::Instant,
};

/// Whether the server is well.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    status: Status,
    version: &'static str,
    as_of: Instant,
    customers: u64,
    events: u64,
    segments: usize,
    /// How far the first judging of everyone is; null when it is done.
    evaluated: Option<Evaluated>,
}

/// How the server is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Status {
    /// All is well.
    Ok,
    /// Everyone is being judged for the first time; lists answer 503 until then.
    Starting,
}

/// How far the first judging is.
#[derive(Serialize, ToSchema)]
struct Evaluated {
    /// Customers judged.
    done: u64,
    /// Customers there are.
    total: u64,
}

/// By how much, or to when, to move the clock; one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MoveClock {
    to: Option<Instant>,
    by_seconds: Option<i64>,
}

/// What time it is in the workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClockNow {
    now: Instant,
}

/// Whether the server is well.
#[utoipa::path(get, path = "/api/v1/health", tag = "server", responses((status = 200, body = Health)))]
pub(crate) async fn show(State(app): State<App>) -> Answer<axum::Json<Health>> {
    let segments = app.live().ok().map(|live| live.catalogue.in_force.len());
    let (done, total) = app.starting.far();
    Ok(axum::Json(Health {
        status: if segments.is_some() { Status::Ok } else { Status::Starting },
        version: env!("CARGO_PKG_VERSION"),
        as_of: app.clock.now().into(),
        customers: app.store.customers_n(),
        events: app.store.events_n(),
        evaluated: segments.is_none().then_some(Evaluated { done, total }),
        segments: segments.unwrap_or(0),
    }))
}

/// Moves the clock forward and answers when everything that fell due has been done. Only on a server for tests.
#[utoipa::path(post, path = "/api/v1/clock", tag = "server", request_body = MoveClock,
    responses((status = 200, body = ClockNow)))]
pub(crate) async fn move_clock(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<MoveClock>,
) -> Answer<axum::Json<ClockNow>> {
    if !app.clock.is_movable() {
        return Err(ApiError::not_found());
    }
    let by = match (given.to, given.by_seconds) {
        (Some(to), None) => to.read()?.since(app.clock.now()),
        (None, Some(seconds)) => seconds.saturating_mul(1000),
        _ => return Err(wrong_move()),
    };
    if by < 0 {
        return Err(wrong_move());
    }
    app.clock.advance(by);
    tracing::info!(who = caller.name(), by, "the clock was moved");
    app.bell.notify_one();
    catch_up(&app).await.map_err(|()| ApiError::ours("the timers", "see above"))?;
    Ok(axum::Json(ClockNow { now: app.clock.now().into() }))
}

fn wrong_move() -> ApiError {
    ApiError::invalid(
        "`to` か `by_seconds` のどちらかで、今より先の時刻を指定してください",
        "name one of `to` and `by_seconds`, and a time that is not past",
    )
}
