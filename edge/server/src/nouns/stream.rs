//! The stream of news to open pages (server-sent events): where to look again, at most four times a second.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Request, State},
    http::{Extensions, HeaderMap},
    response::sse::{Event, Sse},
};
use serde::Serialize;
use std::collections::BTreeMap;
use tokio::{
    sync::{broadcast, mpsc, watch},
    time::Instant as TokioInstant,
};
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;

use crate::{
    host::{
        App,
        news::{Changed, News, Waiting},
    },
    http::{
        access::Permission,
        caller::{Caller, recognise},
        error::{Answer, ApiError},
    },
    nouns::{imports::ImportProgress, wire::Instant},
};

/// Between two messages to one page.
const PAUSE: Duration = Duration::from_millis(250);
/// Between two signs of life.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// So many customers are named in one message; past that a page looks at its list again.
const CUSTOMERS_MOST: usize = 500;

/// `hello`: the first message.
#[derive(Serialize, ToSchema)]
pub(crate) struct Hello {
    as_of: Instant,
    version: &'static str,
}

/// `changed`: what may look different now.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChangedMessage {
    as_of: Instant,
    /// Segments that changed, each with its number of members now.
    segments: BTreeMap<String, u64>,
    /// Customers whose memberships or facts changed, by key.
    customers: Vec<String>,
    /// Whether today's list may differ.
    today: bool,
}

/// One page that listens.
struct Listener {
    app: App,
    headers: HeaderMap,
    from: Extensions,
    caller: Caller,
    out: mpsc::Sender<Result<Event, Infallible>>,
}

/// News as they happen: `hello`, then `changed` and `import`. Ends when the session ends or the server stops.
#[utoipa::path(get, path = "/api/v1/stream", tag = "live",
    responses((status = 200, body = ChangedMessage, content_type = "text/event-stream")))]
pub(crate) async fn stream(
    State(app): State<App>,
    caller: Caller,
    request: Request,
) -> Answer<Sse<ReceiverStream<Result<Event, Infallible>>>> {
    let (out, messages) = mpsc::channel(8);
    let news = app.listen();
    let (parts, _) = request.into_parts();
    let listener = Listener { app, headers: parts.headers, from: parts.extensions, caller, out };
    tokio::spawn(listener.run(news));
    Ok(Sse::new(ReceiverStream::new(messages)))
}

impl Listener {
    async fn run(mut self, mut news: broadcast::Receiver<Arc<News>>) {
        let mut stop = self.app.stop.subscribe();
        let hello =
            Hello { as_of: self.app.clock.now().into(), version: env!("CARGO_PKG_VERSION") };
        if self.send("hello", &hello).await.is_err() {
            return;
        }
        let mut waiting = Waiting::default();
        let mut open_at = TokioInstant::now();
        let mut beat = tokio::time::interval_at(open_at + HEARTBEAT, HEARTBEAT);
        loop {
            let ended = tokio::select! {
                heard = news.recv() => hear(&mut waiting, heard),
                () = tokio::time::sleep_until(open_at), if !waiting.is_empty() => {
                    open_at = TokioInstant::now() + PAUSE;
                    self.flush(std::mem::take(&mut waiting)).await
                }
                _ = beat.tick() => self.beat().await,
                () = stopped(&mut stop) => Err(()),
                () = self.out.closed() => Err(()),
            };
            if ended.is_err() {
                return;
            }
        }
    }

    /// A sign of life, and the question whether the caller still may listen.
    async fn beat(&mut self) -> Result<(), ()> {
        match recognise(&self.app, &self.headers, &self.from).await {
            Ok(Some(caller)) => self.caller = caller,
            _ => return Err(()),
        }
        self.out.send(Ok(Event::default().comment("alive"))).await.map_err(|_| ())
    }

    async fn flush(&self, waiting: Waiting) -> Result<(), ()> {
        if !waiting.changed.is_empty()
            && let Ok(Some(message)) = self.message(&waiting.changed)
        {
            self.send("changed", &message).await?;
        }
        if !self.caller.may(Permission::Import) {
            return Ok(());
        }
        for id in waiting.imports {
            if let Ok(progress) = ImportProgress::read(&self.app, id).await {
                self.send("import", &progress).await?;
            }
        }
        Ok(())
    }

    /// The message for this caller: other reps' customers are left out of it, and out of its numbers.
    fn message(&self, changed: &Changed) -> Result<Option<ChangedMessage>, ApiError> {
        let live = self.app.live()?;
        let scope = live.scope(&self.caller);
        let own = changed.customers.iter().filter(|one| scope.contains(**one));
        let own: Vec<u32> = own.take(CUSTOMERS_MOST).copied().collect();
        if own.is_empty() && !changed.all && !changed.customers.is_empty() {
            return Ok(None);
        }
        let numbered = live.rules.segments().iter().enumerate();
        let moved = numbered.filter(|(_, (id, _))| changed.all || changed.segments.contains(id));
        let segments = moved
            .map(|(n, (id, _))| (id.to_string(), scope.count(live.engine.members(n))))
            .collect();
        let as_of = live.at.into();
        let today = changed.today;
        drop(live);
        let customers = own.into_iter().map(|one| self.app.key_text(one)).collect();
        Ok(Some(ChangedMessage { as_of, segments, customers, today }))
    }

    async fn send(&self, name: &str, message: &impl Serialize) -> Result<(), ()> {
        let event = Event::default().event(name).json_data(message).map_err(|_| ())?;
        self.out.send(Ok(event)).await.map_err(|_| ())
    }
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the workspace is gone, which is a stop too.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Adds news to what waits; who was too slow to hear all is told that everything may differ.
fn hear(
    waiting: &mut Waiting,
    heard: Result<Arc<News>, broadcast::error::RecvError>,
) -> Result<(), ()> {
    match heard {
        Ok(news) => waiting.add(&news),
        Err(broadcast::error::RecvError::Lagged(_)) => {
            waiting.add(&News::Changed(Changed::everything()));
        }
        Err(broadcast::error::RecvError::Closed) => return Err(()),
    }
    Ok(())
}
