//! Long work over everybody that nobody has to wait for: with progress, with a stop, one for each name, one at a time.
//!
//! ```text
//!   begin ─▶ waiting for its turn ─▶ at work (done of total) ─▶ done │ cancelled │ failed
//! ```
//! It takes half of the cores, so that questions and new facts have theirs.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use facts::History;
use store::{Progress, StoreError, Watch};
use tokio::sync::Semaphore;

use crate::{
    host::{App, Workspace},
    http::error::{Answer, ApiError},
};

/// Works of one sort.
pub(crate) struct Works<T> {
    by_name: Mutex<BTreeMap<String, Arc<Work<T>>>>,
    turn: Semaphore,
}

impl<T> Default for Works<T> {
    fn default() -> Works<T> {
        Works { by_name: Mutex::default(), turn: Semaphore::new(1) }
    }
}

/// One work.
pub(crate) struct Work<T> {
    cancel: AtomicBool,
    /// Whether it is too late to stop it.
    sealed: Mutex<bool>,
    done: AtomicU64,
    total: AtomicU64,
    end: Mutex<Option<End<T>>>,
}

/// How a work ended.
pub(crate) enum End<T> {
    /// With this.
    Done(Arc<T>),
    /// It was stopped.
    Cancelled,
    /// It could not be done.
    Failed(ApiError),
}

impl<T> Clone for End<T> {
    fn clone(&self) -> End<T> {
        match self {
            End::Done(what) => End::Done(what.clone()),
            End::Cancelled => End::Cancelled,
            End::Failed(why) => End::Failed(why.clone()),
        }
    }
}

impl<T> Work<T> {
    fn new() -> Work<T> {
        Work {
            cancel: AtomicBool::new(false),
            sealed: Mutex::new(false),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            end: Mutex::new(None),
        }
    }

    /// How it ended, if it has.
    pub(crate) fn end(&self) -> Option<End<T>> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How much is done of how much: customers or bytes; of 0 before that is known.
    pub(crate) fn far(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }

    /// Says how far it is.
    pub(crate) fn tell(&self, done: u64, total: u64) {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    /// From here on it cannot be stopped: whoever stops it comes too late. False when it was stopped before.
    pub(crate) fn seal(&self) -> bool {
        let mut sealed = self.sealed.lock().unwrap_or_else(PoisonError::into_inner);
        *sealed = !self.is_cancelled();
        *sealed
    }

    fn stop(&self) {
        let sealed = self.sealed.lock().unwrap_or_else(PoisonError::into_inner);
        if !*sealed {
            self.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Goes up when it is to stop.
    pub(crate) fn flag(&self) -> &AtomicBool {
        &self.cancel
    }

    /// Whether it is to stop.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

impl<T: Send + Sync> Work<T> {
    /// Goes through every history, until done or stopped.
    pub(crate) fn over_everybody<P: Send>(
        &self,
        app: &Workspace,
        begin: impl Fn() -> P + Sync,
        each: impl Fn(&mut P, u32, &History) + Sync,
    ) -> Answer<Vec<P>> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let cancel = self.flag();
        let tell = |far: Progress| self.tell(far.done, far.total.unwrap_or(0));
        let watch = Watch { progress: Some(&tell), cancel: Some(cancel) };
        let each = |piece: &mut P, customer: store::CustomerNo, history: &History| {
            // The store looks up only now and then.
            if !cancel.load(Ordering::Relaxed) {
                each(piece, customer.0, history);
            }
        };
        let found = app.store.scan((cores / 2).max(1), &watch, begin, each);
        match found {
            Ok(_) if self.is_cancelled() => Err(cancelled()),
            Err(StoreError::Cancelled) => Err(cancelled()),
            found => Ok(found?),
        }
    }
}

/// What a work answers when it was stopped.
pub(crate) fn cancelled() -> ApiError {
    ApiError::conflict("中止されました", "this was stopped")
}

impl<T> Works<T> {
    fn by_name(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Work<T>>>> {
        self.by_name.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last work of this name.
    pub(crate) fn find(&self, name: &str) -> Option<Arc<Work<T>>> {
        self.by_name().get(name).cloned()
    }

    /// Stops the work of this name.
    pub(crate) fn cancel(&self, name: &str) {
        if let Some(work) = self.find(name) {
            work.stop();
        }
    }

    /// Stops all and waits for the one that is at work, when the server is to stop.
    pub(crate) async fn stop(&self) {
        self.by_name().values().for_each(|work| work.stop());
        let _ = self.turn.acquire().await;
    }

    /// A new work of this name; the one that runs, as an error, when one does.
    fn begin(&self, name: &str) -> Result<Arc<Work<T>>, Arc<Work<T>>> {
        let mut by_name = self.by_name();
        if let Some(running) = by_name.get(name).filter(|work| work.end().is_none()) {
            return Err(running.clone());
        }
        let work = Arc::new(Work::new());
        by_name.insert(name.to_owned(), work.clone());
        Ok(work)
    }
}

impl Workspace {
    /// Begins a work, unless one of its name runs; answers the one that runs now. `keep` is done with what came of it.
    pub(crate) fn begin_work<T, K>(
        self: &App,
        works: fn(&Workspace) -> &Works<T>,
        name: &str,
        job: impl FnOnce(&App, &Work<T>) -> Answer<T> + Send + 'static,
        keep: impl FnOnce(App, Arc<T>) -> K + Send + 'static,
    ) -> Arc<Work<T>>
    where
        T: Send + Sync + 'static,
        K: Future<Output = Answer<()>> + Send + 'static,
    {
        let work = match works(self).begin(name) {
            Ok(new) => new,
            Err(running) => return running,
        };
        let (app, running) = (self.clone(), work.clone());
        tokio::spawn(async move {
            let found = {
                // The semaphore lives as long as the workspace and is never closed.
                let _turn = works(&app).turn.acquire().await;
                let working = running.clone();
                app.blocking(move |app| match working.is_cancelled() {
                    true => Err(cancelled()),
                    false => job(app, &working),
                })
                .await
            };
            let end = match found {
                _ if running.is_cancelled() => End::Cancelled,
                Err(why) => End::Failed(why),
                Ok(found) => {
                    let found = Arc::new(found);
                    match keep(app, found.clone()).await {
                        Ok(()) => End::Done(found),
                        Err(why) => End::Failed(why),
                    }
                }
            };
            *running.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
        });
        work
    }
}
