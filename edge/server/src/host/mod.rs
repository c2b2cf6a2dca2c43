//! The host of the engine: holds the store, the registry, the clock and what is true now, and tells who listens.
//!
//! ```text
//!   facts ──▶ store (on disk) ──▶ lane: ask, decide, place ──▶ live state ──▶ news ──▶ open pages
//!   time  ──▶ timers ───────────────▲
//! ```
//! One customer is judged by one thread at a time (`lane`), so that an older answer never replaces a newer one. The
//! lane is held for a few milliseconds at a time and given in turns, so that ten thousand timers of one midnight do not
//! hold up a new fact.
//! Histories are read from disk while no lock on the live state is held.
//!
//! Read in this order: `Workspace`, `judging`, `replacing`, `timers`; `asking` answers questions over everybody.

pub(crate) mod asking;
pub(crate) mod cards;
pub(crate) mod catalogue;
pub(crate) mod checkpoint;
pub(crate) mod clock;
mod cuts;
mod histories;
pub(crate) mod judging;
pub(crate) mod kept;
pub(crate) mod known_signs;
pub(crate) mod leaves;
pub(crate) mod mentions;
pub(crate) mod news;
pub(crate) mod organisations;
mod recent;
mod replacing;
mod taking;
pub(crate) mod telling;
mod timers;
pub(crate) mod trust;
pub(crate) mod uniting;
pub(crate) mod works;

use std::{
    collections::{BTreeSet, HashMap},
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use condition::{Language, Words};
use engine::{Engine, Rules};
use facts::{Calendar, CustomerKey, History, HistoryBuilder, Timestamp};
use registry::Registry;
use roaring::RoaringBitmap;
use scenarios::Brief;
use segments::Speaker;
use store::{BackedUp, ChangeLog, CustomerNo, Store, ToldChanges};
use tokio::sync::{Notify, Semaphore, broadcast, watch};

use crate::{
    host::{
        asking::Past,
        cards::Cards,
        catalogue::Catalogue,
        checkpoint::Checkpoints,
        clock::Clock,
        cuts::Cuts,
        histories::Histories,
        judging::Desk,
        kept::Kept,
        leaves::Leaves,
        mentions::Mentions,
        news::{Changed, News},
        recent::Recent,
        telling::Named,
        trust::Trust,
        uniting::Pairs,
        works::Works,
    },
    http::{
        access::Permission,
        caller::Caller,
        error::{Answer, ApiError},
    },
    models::{Heard, Runs},
    nouns::{
        customer_edits::Edited,
        flows::{Flows, FlowsKey},
        imports::{Jobs, Watching},
        outcomes::Tally,
        past::PastKey,
        patterns::Mined,
        proofs::KeptProof,
        tags::Tags,
    },
    offers::{Habit, HabitsKey, NextOffers, Ranking, RankingKey, Supplies},
};

pub(crate) use replacing::Starting;
pub(crate) use timers::{catch_up, run as run_timers};

/// What every handler is given.
pub(crate) type App = Arc<Workspace>;

/// One workspace and everything that runs in it.
pub(crate) struct Workspace {
    pub(crate) store: Store,
    pub(crate) registry: Registry,
    pub(crate) clock: Clock,
    pub(crate) calendar: Calendar,
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
    /// Who is signed in without being asked, when the sample firm is shown on this machine only.
    pub(crate) demo: Option<i64>,
    /// The key of the command line on this machine.
    pub(crate) local_token: String,
    /// What is true now; nothing until everyone has been judged once.
    live: RwLock<Option<Live>>,
    /// Whether everybody has been followed up to the present once.
    ready: AtomicBool,
    /// What was told before this start, until everyone is judged.
    told: Mutex<Option<ToldChanges>>,
    /// Who entered and left which segment.
    changes: ChangeLog,
    /// Held while customers are judged and placed.
    lane: Mutex<Lane>,
    /// Held by whoever is next to hold the lane.
    turn: Mutex<()>,
    /// Held while definitions are changed and everyone is judged by the new ones.
    editing: tokio::sync::Mutex<()>,
    pub(crate) starting: Starting,
    /// So many read the whole store at once.
    pub(crate) scans: Semaphore,
    news: broadcast::Sender<Arc<News>>,
    /// Rung when the timers must look at the clock again.
    pub(crate) bell: Notify,
    /// True once the server is to stop.
    pub(crate) stop: watch::Sender<bool>,
    pub(crate) jobs: Jobs,
    /// Models that are being learnt.
    pub(crate) runs: Runs,
    /// Who waits for scores.
    pub(crate) heard: Heard,
    /// What speaks for each sign and against it.
    pub(crate) trust: Trust,
    /// The outcomes reported today.
    pub(crate) tally: Tally,
    /// The last answers about the past.
    pub(crate) pasts: Kept<PastKey, Past>,
    /// The last answers about who went from where to where.
    pub(crate) flows: Kept<FlowsKey, Flows>,
    /// The last rankings of customers by how well an offer fits them.
    pub(crate) rankings: Kept<RankingKey, Ranking>,
    /// Signs that are tried on the past.
    pub(crate) proofs: Works<KeptProof>,
    /// What is mined of the past.
    pub(crate) mined: Works<Mined>,
    /// Backups on their way into the folder.
    pub(crate) backups: Works<BackedUp>,
    /// Many customers that are changed at once.
    pub(crate) edits: Works<Edited>,
    /// What is bought together.
    pub(crate) together: Works<NextOffers>,
    /// What is about to run out.
    pub(crate) supplies: Works<Supplies>,
    /// The last lists of everybody's habits.
    pub(crate) habits: Kept<HabitsKey, Vec<Habit>>,
    /// How large segments were at the end of the last days.
    recent: Recent,
    /// Who fits the leaves that are being tried.
    leaves: Leaves,
    /// Where ranks are cut.
    cuts: Cuts,
    /// What texts mention.
    pub(crate) mentions: Mentions,
    /// Which customers may be one.
    pub(crate) pairs: Pairs,
    /// What is kept of the live state.
    checkpoints: Checkpoints,
    /// What tags of websites brought.
    pub(crate) tags: Tags,
    /// The folder that is watched for files.
    pub(crate) watching: Watching,
}

/// What is true of all customers now, under one set of definitions.
pub(crate) struct Live {
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) rules: Arc<Rules>,
    pub(crate) engine: Engine,
    /// Segments and signs as the log of changes names them.
    named: Named,
    pub(crate) cards: Cards,
    /// What today's list needs to know of those who carry a sign.
    pub(crate) briefs: HashMap<u32, Brief>,
    /// Who was in each segment seven days before.
    pub(crate) week_ago: Arc<WeekAgo>,
}

/// Memberships as they were seven days before, by what is known now.
#[derive(Debug, Clone)]
pub(crate) struct WeekAgo {
    pub(crate) segments: Vec<RoaringBitmap>,
    /// When that was computed.
    pub(crate) computed_at: Timestamp,
}

/// What is kept while customers are judged.
pub(crate) struct Lane {
    /// While everyone is judged by new rules: who was placed meanwhile and must be judged by them again.
    touched: Option<BTreeSet<u32>>,
    /// Whose facts are on disk and who could not be judged by them yet.
    owed: BTreeSet<u32>,
    /// Up to when it was last written down that everything is told.
    told_until: Timestamp,
    histories: Histories,
    desk: Desk,
    /// How often customers were placed.
    placed: u64,
}

/// Memory for the histories of customers who were heard of lately.
const HISTORIES_BYTES: usize = 256 << 20;

/// The share of these histories in the memory of the process.
fn histories_bytes(memory: Option<u64>) -> usize {
    let share = memory.map_or(HISTORIES_BYTES as u64, |memory| memory / 16);
    usize::try_from(share).unwrap_or(usize::MAX).min(HISTORIES_BYTES)
}

/// The parts of a workspace that are opened before it.
pub(crate) struct Parts {
    pub(crate) store: Store,
    pub(crate) changes: ChangeLog,
    pub(crate) told: Option<ToldChanges>,
    pub(crate) registry: Registry,
    pub(crate) clock: Clock,
    pub(crate) calendar: Calendar,
    pub(crate) folder: PathBuf,
    pub(crate) name: String,
    pub(crate) demo: Option<i64>,
    pub(crate) local_token: String,
    /// With how many bytes of memory the whole process is to do.
    pub(crate) memory: Option<u64>,
    pub(crate) mentions: Mentions,
}

impl Workspace {
    pub(crate) fn new(parts: Parts) -> App {
        let tally = Tally::read(&parts.store);
        Arc::new(Workspace {
            store: parts.store,
            registry: parts.registry,
            clock: parts.clock,
            calendar: parts.calendar,
            folder: parts.folder,
            name: parts.name,
            demo: parts.demo,
            local_token: parts.local_token,
            live: RwLock::new(None),
            ready: AtomicBool::new(false),
            told: Mutex::new(parts.told),
            changes: parts.changes,
            lane: Mutex::new(Lane {
                touched: Some(BTreeSet::new()),
                owed: BTreeSet::new(),
                told_until: Timestamp::MIN,
                histories: Histories::new(histories_bytes(parts.memory)),
                desk: Desk::default(),
                placed: 0,
            }),
            turn: Mutex::default(),
            editing: tokio::sync::Mutex::default(),
            starting: Starting::default(),
            scans: Semaphore::new(2),
            news: broadcast::channel(1024).0,
            bell: Notify::new(),
            stop: watch::Sender::new(false),
            jobs: Jobs::default(),
            runs: Runs::default(),
            tally,
            heard: Heard::default(),
            trust: Trust::default(),
            pasts: Kept::default(),
            flows: Kept::default(),
            rankings: Kept::default(),
            proofs: Works::default(),
            mined: Works::default(),
            backups: Works::default(),
            edits: Works::default(),
            together: Works::default(),
            supplies: Works::default(),
            habits: Kept::default(),
            recent: Recent::default(),
            leaves: Leaves::default(),
            cuts: Cuts::default(),
            mentions: parts.mentions,
            pairs: Pairs::default(),
            checkpoints: Checkpoints::default(),
            tags: Tags::default(),
            watching: Watching::default(),
        })
    }

    /// What is true now, to look at briefly: no disk may be read while it is held.
    pub(crate) fn live(&self) -> Answer<Now<'_>> {
        let guard = self.peek();
        if guard.is_none() || !self.ready.load(Ordering::SeqCst) {
            return Err(ApiError::starting());
        }
        Ok(Now { guard, at: self.clock.now() })
    }

    fn peek(&self) -> RwLockReadGuard<'_, Option<Live>> {
        self.live.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn live_mut(&self) -> RwLockWriteGuard<'_, Option<Live>> {
        self.live.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the lane. Who waits is let in before whoever had it last has it again.
    fn lane(&self) -> MutexGuard<'_, Lane> {
        let _next = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        self.lane.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everybody has been followed up to the present: from now on questions are answered.
    pub(crate) fn set_ready(&self) {
        self.ready.store(true, Ordering::SeqCst);
    }

    /// News from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Arc<News>> {
        self.news.subscribe()
    }

    /// Tells everyone who listens; nobody listening is no error.
    pub(crate) fn tell(&self, news: News) {
        let _ = self.news.send(Arc::new(news));
    }

    pub(crate) fn tell_changed(&self, changed: Changed) {
        if !changed.is_empty() {
            self.tell(News::Changed(changed));
        }
    }

    /// A customer's number by key, if the caller may see that customer.
    pub(crate) fn find(&self, caller: &Caller, key: &str) -> Answer<(u32, CustomerKey)> {
        let key = CustomerKey::new(key).map_err(|_| ApiError::not_found())?;
        let number = self.store.number_of(&key).ok_or_else(ApiError::not_found)?.0;
        let may = self.live()?.scope(caller).contains(number);
        // Who is one with an earlier customer is found under that one's key.
        let key = self.store.key_of(CustomerNo(number)).unwrap_or(key);
        if may { Ok((number, key)) } else { Err(ApiError::not_found()) }
    }

    /// Reads a history off the threads that answer requests, and what `look` makes of it.
    pub(crate) async fn with_history<T: Send + 'static>(
        self: &App,
        customer: u32,
        look: impl FnOnce(&History) -> T + Send + 'static,
    ) -> Answer<T> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || {
            let mut builder = HistoryBuilder::new();
            app.store.history(CustomerNo(customer), &mut builder)?;
            Ok(look(builder.finish()))
        })
        .await?
    }

    /// A customer's history. Blocks on the disk.
    pub(crate) fn history_of(&self, customer: u32) -> Answer<History> {
        let mut builder = HistoryBuilder::new();
        self.store.history(CustomerNo(customer), &mut builder)?;
        Ok(builder.into_history())
    }

    /// Runs work that reads the disk off the threads that answer requests.
    pub(crate) async fn blocking<T: Send + 'static>(
        self: &App,
        work: impl FnOnce(&App) -> Answer<T> + Send + 'static,
    ) -> Answer<T> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || work(&app)).await?
    }
}

/// What is true now, and the instant at which it was looked at.
pub(crate) struct Now<'a> {
    guard: RwLockReadGuard<'a, Option<Live>>,
    pub(crate) at: Timestamp,
}

impl std::ops::Deref for Now<'_> {
    type Target = Live;

    fn deref(&self) -> &Live {
        let Some(live) = self.guard.as_ref() else {
            panic!("`Workspace::live` gives this out only when there is a live state");
        };
        live
    }
}

/// Which customers a caller may see.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scope {
    /// Every one.
    All,
    /// These only.
    Only(RoaringBitmap),
}

impl Scope {
    pub(crate) fn contains(&self, customer: u32) -> bool {
        match self {
            Scope::All => true,
            Scope::Only(own) => own.contains(customer),
        }
    }

    /// Those of `customers` whom the caller may see.
    pub(crate) fn of(&self, customers: &RoaringBitmap) -> RoaringBitmap {
        match self {
            Scope::All => customers.clone(),
            Scope::Only(own) => customers & own,
        }
    }

    /// How many of `customers` the caller may see.
    pub(crate) fn count(&self, customers: &RoaringBitmap) -> u64 {
        match self {
            Scope::All => customers.len(),
            Scope::Only(own) => customers.intersection_len(own),
        }
    }
}

impl Live {
    /// The one place that says which customers a caller may see.
    pub(crate) fn scope(&self, caller: &Caller) -> Scope {
        if caller.may(Permission::SeeAllCustomers) {
            return Scope::All;
        }
        Scope::Only(caller.rep.as_deref().map(|rep| self.cards.of_rep(rep)).unwrap_or_default())
    }
}

/// Says reasons in a language, with the names that segments have in a catalogue.
pub(crate) fn speaking<T>(
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: Timestamp,
    language: Language,
    say: impl FnOnce(&Speaker<'_>) -> T,
) -> T {
    let name = |id: &condition::SegmentId| catalogue.name(id, language);
    let sign = |id: &str| {
        let name = catalogue.sign(id)?.draft.name.get(language);
        (!name.is_empty()).then(|| name.to_owned())
    };
    say(&Speaker { language, calendar, now, words: Words { segment: &name, sign: &sign } })
}
