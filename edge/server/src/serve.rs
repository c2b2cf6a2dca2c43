//! Opening a workspace and serving it until it is told to stop.

use std::{
    fs,
    future::Future,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use axum::{Router, extract::DefaultBodyLimit, middleware::from_fn};
use facts::Calendar;
use registry::{HashCost, Language, Registry};
use serde::{Deserialize, Serialize};
use store::{Options, Store, Watch};
use tokio::net::TcpListener;

use crate::{
    api,
    backup::remove_copies,
    host::{
        App, Parts, Workspace, catch_up, checkpoint, clock::Clock, mentions, run_timers, uniting,
    },
    http::{
        error::ApiError,
        finish::{finish, random_hex},
        routes, web,
    },
    nouns::{backups, customer_edits, imports, proofs, tags},
};

/// The file in the data folder that tells the command line where the server is.
pub const RUNTIME_FILE: &str = "server.json";

/// How to serve.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// The data folder; made when it is not there.
    pub folder: PathBuf,
    /// Where to listen; port 0 takes any free one.
    pub bind: SocketAddr,
    /// Signs in by itself, on this machine only: for the sample firm.
    pub demo: bool,
    /// Lets an owner move the clock forward: for tests only.
    pub test_clock: bool,
    /// With how many bytes of memory to do; `None` sets no bound.
    pub memory: Option<u64>,
    /// A folder to watch for files from now on; `None` leaves it as it was.
    pub watch: Option<PathBuf>,
    /// What a password hash costs.
    pub hash_cost: HashCost,
}

impl ServeOptions {
    /// Serves a folder on this machine only, on any free port.
    pub fn local(folder: impl Into<PathBuf>) -> ServeOptions {
        ServeOptions {
            folder: folder.into(),
            bind: SocketAddr::from(([127, 0, 0, 1], 0)),
            demo: false,
            test_clock: false,
            memory: None,
            watch: None,
            hash_cost: HashCost::STANDARD,
        }
    }
}

/// A server that listens.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Where it listens: `http://127.0.0.1:8080`.
    pub url: String,
    /// The one-time address by which the first owner sets the workspace up; none when there is an owner.
    pub setup_link: Option<String>,
}

/// What [`RUNTIME_FILE`] holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Running {
    /// Where the server listens.
    pub url: String,
    /// An owner's API key that works from this machine only, until the server stops.
    pub token: String,
    /// The server's process number.
    pub pid: u32,
}

impl Running {
    /// What the folder's runtime file says; `None` when there is none that can be read.
    pub fn read(folder: &Path) -> Option<Running> {
        serde_json::from_str(&fs::read_to_string(folder.join(RUNTIME_FILE)).ok()?).ok()
    }
}

/// Why a workspace cannot be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The demo lets anyone in.
    #[error(
        "the demo signs in whoever reaches it, so it cannot listen on `{0}`; use a loopback address"
    )]
    DemoOpen(SocketAddr),
    /// The port is taken, or not ours to take.
    #[error("cannot listen on `{bind}`: {source}; choose another port")]
    Bind {
        /// Where.
        bind: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The folder cannot be written.
    #[error("cannot write in `{}`: {source}", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The facts.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// People and definitions.
    #[error(transparent)]
    Registry(#[from] registry::Error),
    /// A setting that cannot be used.
    #[error("the setting `{0}` cannot be used; correct it and start again")]
    Setting(&'static str),
    /// No random numbers.
    #[error("the system gave no random numbers; try again")]
    NoRandom,
    /// The network broke down.
    #[error("the server stopped: {0}")]
    Stopped(#[from] std::io::Error),
}

/// Serves a folder until `shutdown` comes true. `ready` is told where, as soon as requests are answered.
///
/// # Errors
/// [`ServeError`] when the folder cannot be opened or the address not be listened on.
pub async fn serve(
    options: ServeOptions,
    ready: impl FnOnce(Ready),
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServeError> {
    if options.demo && !options.bind.ip().is_loopback() {
        return Err(ServeError::DemoOpen(options.bind));
    }
    let app = open(&options).await?;
    let bound = TcpListener::bind(options.bind).await;
    let listener = bound.map_err(|source| ServeError::Bind { bind: options.bind, source })?;
    let address = listener.local_addr().map_err(ServeError::Stopped)?;
    let url = format!("http://{address}");
    let runtime = write_runtime(&options.folder, &url, &app.local_token)?;
    let setup_link = setup_link(&app, &url).await?;
    let start = tokio::spawn(start(app.clone()));
    ready(Ready { url, setup_link });
    let stopping = app.clone();
    let router = router(&app).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, router).with_graceful_shutdown(async move {
        shutdown.await;
        tracing::info!("stopping: finishing requests");
        stopping.stop.send_replace(true);
    });
    let served = served.await;
    app.stop.send_replace(true);
    // What runs in the background sees the flag and ends; it must not outlive the store.
    let _ = start.await;
    imports::wait_for_jobs(&app).await;
    app.proofs.stop().await;
    crate::models::wait_for_runs(&app).await;
    app.mined.stop().await;
    app.backups.stop().await;
    app.together.stop().await;
    app.edits.stop().await;
    app.supplies.stop().await;
    let closing = app.clone();
    let flush = move || {
        closing.finish_telling();
        closing.store.flush()
    };
    let flushed = tokio::task::spawn_blocking(flush).await;
    if tags::write_seen(&app).await.is_err() {
        tracing::warn!("when tags were last heard of could not be noted");
    }
    app.registry.close().await?;
    drop(runtime);
    if let Ok(flushed) = flushed {
        flushed?;
    }
    served.map_err(ServeError::Stopped)
}

/// Makes the folder when it is not there.
pub(crate) fn make_folder(folder: &Path) -> Result<(), ServeError> {
    let made = fs::create_dir_all(folder);
    made.map_err(|source| ServeError::Folder { folder: folder.to_owned(), source })
}

async fn open(options: &ServeOptions) -> Result<App, ServeError> {
    let folder = &options.folder;
    make_folder(folder)?;
    let place = folder.clone();
    let within = Options::within(options.memory);
    let opening = tokio::task::spawn_blocking(move || Store::open(&place, within, &Watch::NONE));
    let store = opening.await.map_err(|why| ServeError::Stopped(std::io::Error::other(why)))??;
    let (changes, told) = store.open_changes()?;
    remove_copies(folder);
    backups::remove_parts(folder);
    let path = folder.join(registry::FILE_NAME);
    let registry = Registry::open_with(&path, options.hash_cost).await?;
    let clock = Clock::new(options.test_clock);
    let demo = match options.demo {
        true => Some(demo_owner(&registry, clock.real_now().millis()).await?),
        false => None,
    };
    let zone: Option<String> = setting(&registry, "time_zone").await?;
    let calendar = match zone {
        Some(zone) => Calendar::new(&zone).map_err(|_| ServeError::Setting("time_zone"))?,
        None => Calendar::japan(),
    };
    let name = setting(&registry, "workspace_name").await?.unwrap_or_else(|| "Kizashi".to_owned());
    let local_token = format!("local_{}", random_hex::<32>().ok_or(ServeError::NoRandom)?);
    let folder = folder.clone();
    let mentions =
        mentions::open(&registry).await.map_err(|_| ServeError::Setting("dictionary"))?;
    let app = Workspace::new(Parts {
        store,
        changes,
        told,
        registry,
        clock,
        calendar,
        folder,
        name,
        demo,
        local_token,
        memory: options.memory,
        mentions,
    });
    uniting::look_as_decided(&app).await.map_err(|_| ServeError::Setting("pairs"))?;
    app.trust.read(&app.registry).await.map_err(|_| ServeError::Setting("judged"))?;
    imports::tidy_after_restart(&app).await.map_err(registry_fault)?;
    customer_edits::tidy_after_restart(&app)
        .await
        .map_err(|_| ServeError::Setting("customer-edit"))?;
    if let Some(watch) = &options.watch {
        imports::set_folder(&app, Some(watch)).await.map_err(|_| ServeError::Setting("watch"))?;
    }
    Ok(app)
}

/// Faults of the registry at start were said to the log by [`ApiError`] already.
fn registry_fault(_: ApiError) -> ServeError {
    ServeError::Setting("imports")
}

async fn setting(registry: &Registry, key: &'static str) -> Result<Option<String>, ServeError> {
    let json = registry.setting(key).await?;
    json.map(|json| serde_json::from_str(&json).map_err(|_| ServeError::Setting(key))).transpose()
}

/// The owner of the sample firm, whose password nobody knows.
async fn demo_owner(registry: &Registry, now: i64) -> Result<i64, ServeError> {
    const EMAIL: &str = "demo@kizashi.example";
    if let Some(person) = registry.person_by_email(EMAIL).await? {
        return Ok(person.id);
    }
    if !registry.setup_needed().await? {
        let people = registry.people().await?;
        let owner = people.iter().find(|one| one.active && one.role == registry::Role::Owner);
        return owner.map(|owner| owner.id).ok_or(ServeError::Setting("demo"));
    }
    let link = registry.setup_link(now).await?;
    let password = random_hex::<32>().ok_or(ServeError::NoRandom)?;
    let token = link.token.expose();
    let signed_in = registry.set_up(token, EMAIL, "デモ", Language::Ja, &password, now).await?;
    registry.end_session(signed_in.token.expose()).await?;
    Ok(signed_in.person.id)
}

async fn setup_link(app: &App, url: &str) -> Result<Option<String>, ServeError> {
    if !app.registry.setup_needed().await? {
        return Ok(None);
    }
    let link = app.registry.setup_link(app.clock.real_now().millis()).await?;
    Ok(Some(format!("{url}/setup?token={}", link.token.expose())))
}

/// Judges everyone for the first time, then lets time pass.
async fn start(app: App) {
    let begun = std::time::Instant::now();
    {
        let _edit = app.edit().await;
        if app.replace().await.is_err() {
            // Requests answer 503; the log says why.
            return;
        }
    }
    if catch_up(&app).await.is_err() {
        tracing::error!("not everybody could be followed up to the present; it is tried again");
    }
    app.set_ready();
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(customers = app.store.customers_n(), ms, "everyone has been judged");
    tokio::join!(
        run_timers(app.clone()),
        mentions::read_again_when_told(app.clone()),
        checkpoint::keep(app.clone()),
        proofs::keep_watch(app.clone()),
        crate::models::score_whoever_is_heard_of(app.clone()),
        uniting::at_once::run(app.clone()),
        imports::watch_folder(app)
    );
}

/// All paths: the API behind its guards, the web app for the rest.
fn router(app: &App) -> Router {
    routes::router(app, api::table())
        .route("/tag.js", axum::routing::get(tags::script))
        .fallback(web::fallback)
        .with_state(app.clone())
        .layer(from_fn(finish))
        // Handlers set their own limits: 10 MB for JSON, gigabytes for a file. The framework's is 2 MB for both.
        .layer(DefaultBodyLimit::disable())
}

/// Removes the runtime file when the server goes.
struct RuntimeFile(PathBuf);

impl Drop for RuntimeFile {
    fn drop(&mut self) {
        if let Err(why) = fs::remove_file(&self.0) {
            tracing::warn!(%why, "the runtime file could not be removed");
        }
    }
}

fn write_runtime(folder: &Path, url: &str, token: &str) -> Result<RuntimeFile, ServeError> {
    let path = folder.join(RUNTIME_FILE);
    let running = Running { url: url.to_owned(), token: token.to_owned(), pid: std::process::id() };
    let fault = |source| ServeError::Folder { folder: folder.to_owned(), source };
    let text = serde_json::to_string_pretty(&running).map_err(|why| fault(why.into()))?;
    let mut open = fs::OpenOptions::new();
    open.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
    // The store is ours alone, so a file that is there was left by a server that was killed.
    match fs::remove_file(&path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(fault(source)),
        _ => {}
    }
    let mut file = open.open(&path).map_err(fault)?;
    file.write_all(text.as_bytes()).map_err(fault)?;
    Ok(RuntimeFile(path))
}
