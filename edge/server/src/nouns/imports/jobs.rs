//! Checking and taking in, in the background: with progress, with an end to be waited for, and with a stop.

use std::{
    collections::HashMap,
    fs,
    io::{BufWriter, Write},
    ops::ControlFlow,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use facts::{Fact, Timestamp};
use intake::{Source, Unreadable};
use registry::{Import as Row, ImportState};
use store::{ImportWriter, StoreError, Watch};
use tokio::sync::{Notify, Semaphore};

use crate::{
    host::{App, checkpoint::Changes, mentions, news::News, uniting::at_once},
    http::error::{Answer, ApiError},
    nouns::imports::{
        at_rest,
        counting::{Counting, Known},
        file_of,
        kept::{Kept, KeptNotice, json},
        problems_of,
        told::{Counts, KeptProblem, Progress, Told},
        upload::year_of_now,
        uploads,
    },
};

/// Problems that the registry keeps for the page; all of them are in the file of problems.
const PROBLEMS_SHOWN: usize = 100;
/// Between two pieces of news about one job.
const NEWS_EVERY: Duration = Duration::from_millis(250);

/// What runs in the background.
pub(crate) struct Jobs {
    running: Mutex<HashMap<i64, Arc<Job>>>,
    one_less: Notify,
    /// So many at once: each of them takes a whole core.
    turns: Semaphore,
}

impl Default for Jobs {
    fn default() -> Jobs {
        Jobs { running: Mutex::default(), one_less: Notify::new(), turns: Semaphore::new(2) }
    }
}

/// One job.
#[derive(Default)]
struct Job {
    cancel: AtomicBool,
    progress: Mutex<Option<Progress>>,
    pages: intake::PageRules,
}

/// How a job ended otherwise than well.
enum Stop {
    Cancelled,
    Failed(Told),
}

/// What a job found and did.
struct Done {
    counts: Counts,
    problems: Vec<KeptProblem>,
    batch: Option<u32>,
    changed_segments: Option<usize>,
    notices: Vec<KeptNotice>,
}

impl Jobs {
    fn running(&self) -> MutexGuard<'_, HashMap<i64, Arc<Job>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far an import's job is, if one runs.
    pub(super) fn progress(&self, id: i64) -> Option<Progress> {
        let job = self.running().get(&id).cloned()?;
        *job.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks an import's job to stop; whether there was one.
    pub(super) fn cancel(&self, id: i64) -> bool {
        let job = self.running().get(&id).cloned();
        if let Some(job) = &job {
            job.cancel.store(true, Ordering::SeqCst);
        }
        job.is_some()
    }

    /// Waits until no job of this import runs.
    pub(super) async fn ended(&self, id: i64) {
        self.until(|running| !running.contains_key(&id)).await;
    }

    async fn until(&self, done: impl Fn(&HashMap<i64, Arc<Job>>) -> bool) {
        loop {
            let mut less = std::pin::pin!(self.one_less.notified());
            less.as_mut().enable();
            if done(&self.running()) {
                return;
            }
            less.await;
        }
    }
}

/// Stops all jobs and waits for them; what they were at can be begun again after a restart.
pub(crate) async fn wait_for_jobs(app: &App) {
    for job in app.jobs.running().values() {
        job.cancel.store(true, Ordering::SeqCst);
    }
    app.jobs.until(HashMap::is_empty).await;
}

/// Moves an import to a state at work and begins the work.
pub(super) async fn begin(app: &App, mut row: Row, to: ImportState) -> Answer<Row> {
    let was = at_rest(&row)?;
    app.live()?;
    let mut kept = Kept::read(&row)?;
    kept.mapping()?;
    kept.commit_at = (to == ImportState::Committing).then(|| app.clock.now().millis());
    kept.write(&mut row)?;
    row.state = to;
    row.error = None;
    app.registry.update_import(&row, was).await?;
    let pages = crate::nouns::page_rules::of(app).await?;
    let job = Arc::new(Job { pages, ..Job::default() });
    app.jobs.running().insert(row.id, job.clone());
    tokio::spawn(work(app.clone(), row.clone(), kept, job, was));
    Ok(row)
}

async fn work(app: App, mut row: Row, mut kept: Kept, job: Arc<Job>, was: ImportState) {
    let (id, state) = (row.id, row.state);
    let run = {
        // The semaphore lives as long as the workspace and is never closed.
        let _turn = app.jobs.turns.acquire().await;
        let (file, kept, job) = (row.file.clone(), kept.clone(), job.clone());
        app.blocking(move |app| Ok(run(app, id, &file, &kept, &job))).await
    };
    match run {
        Ok(Ok(done)) => finish(&mut row, &mut kept, done),
        Ok(Err(Stop::Cancelled)) if *app.stop.borrow() => row.state = was,
        Ok(Err(Stop::Cancelled)) => row.state = ImportState::Cancelled,
        Ok(Err(Stop::Failed(told))) => fail(&mut row, told),
        Err(_) => fail(&mut row, internal()),
    }
    if matches!(row.state, ImportState::Committed | ImportState::Failed | ImportState::Cancelled) {
        remove_file(&file_of(&app, id));
    }
    if let Err(why) = kept.write(&mut row) {
        tracing::error!(?why, id, "an import's record cannot be written");
    }
    if let Err(why) = app.registry.update_import(&row, state).await {
        tracing::error!(%why, id, "an import's end cannot be noted");
    }
    if row.state == ImportState::Committed {
        remember(&app, &kept).await;
    }
    app.jobs.running().remove(&id);
    app.jobs.one_less.notify_waiters();
    app.tell(News::Import(id));
}

fn finish(row: &mut Row, kept: &mut Kept, done: Done) {
    row.counts = json(&done.counts).ok();
    row.problems = json(&done.problems).ok();
    kept.notices = done.notices;
    if row.state == ImportState::Checking {
        row.state = ImportState::Checked;
        return;
    }
    row.state = ImportState::Committed;
    row.batch = done.batch.map(i64::from);
    row.committed_at = kept.commit_at;
    kept.changed_segments = done.changed_segments;
}

fn fail(row: &mut Row, told: Told) {
    row.state = ImportState::Failed;
    row.error = json(&told).ok();
}

fn internal() -> Told {
    Told::new(
        "サーバーで問題が起きました。もう一度取り込んでください",
        "something went wrong in the server; import the file again",
    )
}

/// Remembers how a file with these columns is read.
async fn remember(app: &App, kept: &Kept) {
    let Ok(profile) = json(&kept.profile(year_of_now(app))) else { return };
    let now = app.clock.now().millis();
    if let Err(why) = app.registry.put_profile(&kept.fingerprint(), &profile, now).await {
        tracing::warn!(%why, "a profile cannot be remembered");
    }
}

/// Reads the whole file; stages every fact; keeps them when the import is to be taken in.
fn run(app: &App, id: i64, file: &str, kept: &Kept, job: &Job) -> Result<Done, Stop> {
    let source = Source::file_named(file_of(app, id), file);
    let at = kept.commit_at.map_or_else(|| app.clock.now(), Timestamp::from_millis);
    let shape = kept.shape().map_err(ours)?;
    let mut mapping = kept.mapping().map_err(ours)?;
    mapping.pages = job.pages.clone();
    mapping.mended = kept.mended();
    let directory = Known::read(app).map_err(ours)?;
    let reading = intake::Job {
        source: &source,
        shape: &shape,
        mapping: &mapping,
        calendar: &app.calendar,
        now: at,
        directory: &directory,
        cancel: &job.cancel,
    };
    let mut staging = Staging {
        writer: app.store.begin_import(&kept.source(), file, at).map_err(stored)?,
        counting: Counting::new(app),
        has_texts: false,
        tells_who: false,
        failed: None,
    };
    let mut problems = Problems::begin(&problems_of(app, id)).map_err(ours)?;
    let mut progress = Telling::new(app, id, job);
    let checked = intake::read(
        &reading,
        &mut |far| progress.tell(far),
        &mut |problem| problems.add(problem.into()),
        &mut |fact| staging.add(&fact),
    );
    let checked = checked.map_err(|why| match why {
        Unreadable::Cancelled => Stop::Cancelled,
        why => Stop::Failed(why.said().into()),
    })?;
    let Staging { writer, counting, has_texts, tells_who, failed } = staging;
    if let Some(why) = failed {
        return Err(stored(why));
    }
    let mut counts = counting.counts;
    counts.rows = checked.counts.rows;
    counts.rejected = checked.counts.rejected + counting.erased;
    if 0 < counting.erased {
        problems.add(KeptProblem::erased(file, counting.erased));
    }
    let shown = problems.end().map_err(ours)?;
    let notices = checked.notices.into_iter().map(KeptNotice::from).collect();
    let mut done = Done { counts, problems: shown, batch: None, changed_segments: None, notices };
    if kept.commit_at.is_some() {
        let watch = Watch { progress: None, cancel: Some(&job.cancel) };
        let writing = app.writing(Changes::Facts);
        let appended = writer.commit(&watch).map_err(stored)?;
        done.batch = appended.batch;
        done.changed_segments = Some(app.judge_touched(writing, &appended.customers).len());
        if has_texts {
            app.read_texts_of(&appended.customers);
        }
        app.heard.of(appended.customers.iter().map(|one| one.0), app.clock.now());
        if tells_who {
            app.pairs.at_once.changed(appended.customers.iter().map(|one| one.0));
        }
        app.forget_past();
    }
    Ok(done)
}

fn ours(_: ApiError) -> Stop {
    Stop::Failed(internal())
}

fn stored(why: StoreError) -> Stop {
    match why {
        StoreError::Cancelled => Stop::Cancelled,
        why if why.is_disk_full() => Stop::Failed(Told::new(
            "ディスクに空きがないため、何も取り込みませんでした",
            "nothing was imported because the disk is full",
        )),
        why => {
            tracing::error!(%why, "an import failed in the store");
            Stop::Failed(internal())
        }
    }
}

/// Facts on their way into the store.
struct Staging<'a> {
    writer: ImportWriter,
    counting: Counting<'a>,
    /// Whether anything that somebody wrote is among the facts.
    has_texts: bool,
    /// Whether anything that tells who a customer is is among them.
    tells_who: bool,
    failed: Option<StoreError>,
}

impl Staging<'_> {
    fn add(&mut self, fact: &Fact) -> ControlFlow<()> {
        self.has_texts = self.has_texts || mentions::has_text(fact);
        self.tells_who = self.tells_who || at_once::tells_who(fact);
        let added = self.writer.add(fact).and_then(|added| self.counting.add(fact, added));
        match added {
            Ok(()) => ControlFlow::Continue(()),
            Err(why) => {
                self.failed = Some(why);
                ControlFlow::Break(())
            }
        }
    }
}

/// The file of problems, and the first of them.
struct Problems {
    out: BufWriter<fs::File>,
    shown: Vec<KeptProblem>,
    failed: Option<ApiError>,
}

impl Problems {
    fn begin(path: &Path) -> Answer<Problems> {
        let out = BufWriter::new(fs::File::create(path)?);
        Ok(Problems { out, shown: vec![], failed: None })
    }

    fn add(&mut self, problem: KeptProblem) {
        if self.failed.is_none()
            && let Err(why) = self.write(&problem)
        {
            self.failed = Some(why);
        }
        if self.shown.len() < PROBLEMS_SHOWN {
            self.shown.push(problem);
        }
    }

    fn write(&mut self, problem: &KeptProblem) -> Answer<()> {
        writeln!(self.out, "{}", json(problem)?)?;
        Ok(())
    }

    fn end(mut self) -> Answer<Vec<KeptProblem>> {
        if let Some(why) = self.failed {
            return Err(why);
        }
        self.out.flush()?;
        Ok(self.shown)
    }
}

/// Tells how far a job is, not too often.
struct Telling<'a> {
    app: &'a App,
    id: i64,
    job: &'a Job,
    begun: Instant,
    told: Instant,
}

impl<'a> Telling<'a> {
    fn new(app: &'a App, id: i64, job: &'a Job) -> Telling<'a> {
        let now = Instant::now();
        Telling { app, id, job, begun: now, told: now }
    }

    fn tell(&mut self, far: intake::Progress) {
        let millis = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let estimate = || {
            let total = u128::from(far.rows) * u128::from(far.bytes_total);
            u64::try_from(total / u128::from(far.bytes)).ok()
        };
        let progress = Progress {
            done: far.rows,
            total: if far.bytes == 0 { None } else { estimate() },
            rows_per_second: far.rows.saturating_mul(1000) / millis,
        };
        *self.job.progress.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress);
        if NEWS_EVERY <= self.told.elapsed() {
            self.told = Instant::now();
            self.app.tell(News::Import(self.id));
        }
    }
}

/// Removes a file that is of no use any more.
pub(super) fn remove_file(path: &Path) {
    match fs::remove_file(path) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%why, "an upload could not be removed");
        }
        _ => {}
    }
}

/// At the start: imports that were being taken in when the last server stopped are found in the store, or failed;
/// uploads that broke off are removed.
pub(crate) async fn tidy_after_restart(app: &App) -> Answer<()> {
    for mut row in app.registry.imports(1_000).await? {
        if row.state != ImportState::Committing {
            continue;
        }
        let kept = Kept::read(&row)?;
        let source = kept.source();
        let batches = app.store.batches();
        let found = batches.iter().find(|batch| {
            *batch.source == *source
                && kept.commit_at == Some(batch.at.millis())
                && *batch.label == *row.file
        });
        if let Some(found) = found {
            row.state = ImportState::Committed;
            row.batch = Some(i64::from(found.batch));
            row.committed_at = kept.commit_at;
            app.registry.update_import(&row, ImportState::Committing).await?;
            remove_file(&file_of(app, row.id));
        } else if kept.watched.is_some() {
            // Nothing of it went in, and its file is still there: it goes on by itself.
            row.state = ImportState::Read;
            app.registry.update_import(&row, ImportState::Committing).await?;
        }
    }
    let told = Told::new(
        "サーバーが止まったため、取り込みを終えられませんでした。何も取り込まれていません。もう一度取り込んでください",
        "the server stopped before this was done; nothing of it was imported; import the file again",
    );
    for row in app.registry.fail_unfinished_imports(&json(&told)?).await? {
        remove_file(&file_of(app, row.id));
    }
    let Ok(entries) = fs::read_dir(uploads(app)) else { return Ok(()) };
    for entry in entries.flatten() {
        if entry.path().extension().is_some_and(|kind| kind == "part") {
            remove_file(&entry.path());
        }
    }
    Ok(())
}
