//! One way to add a route to the API: with what it needs. The guard in front of each handler asks for it.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    handler::Handler,
    http::{HeaderMap, Method, StatusCode, header::CONTENT_LENGTH, request::Parts},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::{MethodFilter, MethodRouter, on},
};

use crate::{
    host::App,
    http::{
        access::Needs,
        caller::{Caller, recognise},
        error::{Answer, ApiError},
    },
};

/// What every path of the API begins with.
pub const PREFIX: &str = "/api/v1";

/// One operation of the API.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// Without [`PREFIX`].
    pub(crate) path: &'static str,
    pub(crate) needs: Needs,
    leaving: Leaving,
    handler: MethodRouter<App>,
}

/// What becomes of an operation whose caller goes away before it is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    /// It only looks, so it ends early.
    Ends,
    /// What was begun is done to its end.
    GoesOn,
}

/// A route; there is no other way to make one, so none lacks its need.
fn route<H, T>(
    method: Method,
    filter: MethodFilter,
    path: &'static str,
    needs: Needs,
    handler: H,
) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    let leaving = if method.is_safe() { Leaving::Ends } else { Leaving::GoesOn };
    Route { method, path, needs, leaving, handler: on(filter, handler) }
}

/// A question too long for an address: posted, but it changes nothing.
pub(crate) fn ask<H, T>(path: &'static str, needs: Needs, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    Route { leaving: Leaving::Ends, ..post(path, needs, handler) }
}

macro_rules! methods {
    ($($name:ident $method:ident),+) => { $(
        pub(crate) fn $name<H, T>(path: &'static str, needs: Needs, handler: H) -> Route
        where
            H: Handler<T, App>,
            T: 'static,
        {
            route(Method::$method, MethodFilter::$method, path, needs, handler)
        }
    )+ };
}
methods!(get GET, post POST, put PUT, patch PATCH, delete DELETE);

/// The router of all these routes, each behind its guard.
pub(crate) fn router(app: &App, routes: Vec<Route>) -> Router<App> {
    let mut router = Router::new();
    for Route { path, needs, leaving, handler, .. } in routes {
        let guarded = handler.route_layer(from_fn_with_state((app.clone(), needs, leaving), guard));
        router = router.route(&format!("{PREFIX}{path}"), guarded);
    }
    router.method_not_allowed_fallback(async || {
        ApiError::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "このアドレスではこの操作はできません",
            "this address does not take this method",
        )
    })
}

async fn guard(
    State((app, needs, leaving)): State<(App, Needs, Leaving)>,
    request: Request,
    next: Next,
) -> Answer<Response> {
    // The body stays apart: it cannot be looked at from several threads.
    let (mut parts, body) = request.into_parts();
    match admitted(&app, &parts, needs).await {
        Ok(Some(caller)) => drop(parts.extensions.insert(caller)),
        Ok(None) => {}
        Err(refused) => {
            drain(body).await;
            return Err(refused);
        }
    }
    let body = whole(&parts.headers, body).await?;
    let request = Request::from_parts(parts, body);
    match leaving {
        Leaving::Ends => Ok(next.run(request).await),
        // A task of its own is not dropped with the connection.
        Leaving::GoesOn => Ok(tokio::spawn(next.run(request)).await?),
    }
}

/// Who calls, if they may.
async fn admitted(app: &App, request: &Parts, needs: Needs) -> Answer<Option<Caller>> {
    let caller = recognise(app, &request.headers, &request.extensions).await?;
    match (&caller, needs) {
        (_, Needs::Nothing) => {}
        (None, _) => return Err(ApiError::not_signed_in()),
        (Some(_), Needs::SignedIn) => {}
        (Some(caller), Needs::May(permission)) => {
            if !caller.may(permission) {
                tracing::warn!(who = caller.name(), needs = permission.name(), "refused");
                return Err(ApiError::forbidden());
            }
        }
    }
    let by_cookie = caller.as_ref().is_some_and(Caller::is_by_cookie);
    if by_cookie && !request.method.is_safe() && !says_kizashi(request) {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "no_header",
            "ヘッダー `X-Kizashi: 1` を付けて送ってください",
            "send this with the header `X-Kizashi: 1`",
        ));
    }
    Ok(caller)
}

/// A small body read to its end, whether the handler looks at it or not: a connection with something unread in it is
/// closed before the answer has arrived. What is larger is read by whoever asked for it.
async fn whole(headers: &HeaderMap, body: Body) -> Answer<Body> {
    const SMALL: usize = 64 * 1024;
    let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_none_or(|length: usize| SMALL < length) {
        return Ok(body);
    }
    to_bytes(body, SMALL).await.map(Body::from).map_err(|_| {
        ApiError::new(
            StatusCode::BAD_REQUEST,
            "broken_off",
            "送信が途中で切れました。もう一度送ってください",
            "what was sent broke off; send it again",
        )
    })
}

/// Reads what little of a refused request may still be on its way: a connection that is closed upon a client that is
/// sending takes the answer away with it.
async fn drain(body: Body) {
    const MOST: usize = 64 * 1024;
    const WAIT: Duration = Duration::from_secs(1);
    // Whatever comes of it, the answer is the refusal.
    let _ = tokio::time::timeout(WAIT, to_bytes(body, MOST)).await;
}

/// Pages of other sites can make a browser send our cookie, but not this header.
fn says_kizashi(request: &Parts) -> bool {
    request.headers.get("x-kizashi").is_some_and(|value| value == "1")
}
