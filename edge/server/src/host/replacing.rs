//! Judging everyone by a new set of definitions, beside the old one, and then putting it in its place at once.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use engine::{Engine, Rules};
use facts::Timestamp;
use kernel::Scratch;
use roaring::RoaringBitmap;
use store::{CustomerNo, Progress, Watch};

use crate::{
    host::{
        App, Live, WeekAgo, Workspace,
        cards::Cards,
        catalogue::Catalogue,
        judging::Judged,
        news::{Changed, News},
    },
    http::error::{Answer, ApiError},
};

/// How far the first judging of everyone is.
#[derive(Debug, Default)]
pub(crate) struct Starting {
    done: AtomicU64,
    total: AtomicU64,
}

impl Starting {
    /// Customers judged, and customers there are.
    pub(crate) fn far(&self) -> (u64, u64) {
        (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// What one thread found while everyone was judged.
struct Piece {
    judged: Vec<Judged>,
    week_ago: Vec<RoaringBitmap>,
    scratch: Scratch,
}

impl Workspace {
    /// Holds edits of definitions apart.
    pub(crate) async fn edit(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.editing.lock().await
    }

    /// Reads the definitions and judges everyone by them. The caller holds [`Workspace::edit`].
    pub(crate) async fn replace(self: &App) -> Answer<()> {
        let catalogue = Catalogue::read(&self.registry).await?;
        self.blocking(move |app| app.replace_by(catalogue)).await
    }

    fn replace_by(self: &App, catalogue: Catalogue) -> Answer<()> {
        let signs = signs::built_in().map_err(|why| ApiError::ours("the built-in signs", why))?;
        let rules = Rules::new(catalogue.conditions(), signs, self.calendar.clone())
            .map_err(|faults| ApiError::ours("the definitions", format!("{faults:?}")))?;
        self.lane().touched.get_or_insert_with(BTreeSet::new);
        let at = self.clock.now();
        let (judged, week_ago) = self.judge_everyone(&rules, at)?;
        let rules = Arc::new(rules);
        let mut live = Live {
            engine: Engine::new(&rules),
            catalogue: Arc::new(catalogue),
            rules: rules.clone(),
            cards: Cards::default(),
            briefs: HashMap::new(),
            week_ago: WeekAgo { segments: week_ago, computed_at: at },
        };
        for one in judged {
            one.place(&mut live);
        }
        let mut lane = self.lane();
        let touched = lane.touched.take().unwrap_or_default();
        for one in self.judge_again(&rules, touched.into_iter(), &lane)? {
            one.place(&mut live);
        }
        *self.live_mut() = Some(live);
        drop(lane);
        self.tell(News::Changed(Changed::everything()));
        self.bell.notify_one();
        Ok(())
    }

    /// Everyone at `at`, and who was in each segment seven days before.
    fn judge_everyone(
        &self,
        rules: &Rules,
        at: Timestamp,
    ) -> Answer<(Vec<Judged>, Vec<RoaringBitmap>)> {
        let pieces = self.each_history(
            || Piece { judged: vec![], week_ago: nobody(rules), scratch: Scratch::default() },
            |piece, number, history| {
                let who = (number.0, self.key_text(number.0));
                let who = (who.0, who.1.as_str());
                let judged = Judged::read(rules, who, history, at, &mut piece.scratch, true);
                piece.judged.push(judged);
                let before = at.minus(7 * Timestamp::DAY);
                let verdict = rules.judge(history, before, &mut piece.scratch);
                for segment in verdict.segments {
                    piece.week_ago[segment as usize].insert(number.0);
                }
            },
        )?;
        let mut everyone = vec![];
        let mut week_ago = nobody(rules);
        for piece in pieces {
            everyone.extend(piece.judged);
            for (all, some) in week_ago.iter_mut().zip(piece.week_ago) {
                *all |= some;
            }
        }
        Ok((everyone, week_ago))
    }

    /// Goes through every history in several threads; start-up shows how far it is.
    pub(crate) fn each_history<T: Send>(
        &self,
        begin: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, CustomerNo, &facts::History) + Sync,
    ) -> Answer<Vec<T>> {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        self.starting.total.store(self.store.customers_n(), Ordering::Relaxed);
        let far = |progress: Progress| self.starting.done.store(progress.done, Ordering::Relaxed);
        let watch = Watch { progress: Some(&far), cancel: None };
        Ok(self.store.scan(threads, &watch, begin, each)?)
    }

    /// Finds out anew who was in each segment seven days ago, when that has grown old.
    pub(crate) fn refresh_week_ago(&self) -> Answer<()> {
        const GROWS_OLD: i64 = 6 * Timestamp::HOUR;
        let at = self.clock.now();
        let rules = match self.peek().as_ref() {
            Some(live) if GROWS_OLD <= at.since(live.week_ago.computed_at) => live.rules.clone(),
            _ => return Ok(()),
        };
        let before = at.minus(7 * Timestamp::DAY);
        let pieces = self.each_history(
            || (nobody(&rules), Scratch::default()),
            |(members, scratch), number, history| {
                for segment in rules.judge(history, before, scratch).segments {
                    members[segment as usize].insert(number.0);
                }
            },
        )?;
        let mut segments = nobody(&rules);
        for (members, _) in pieces {
            for (all, some) in segments.iter_mut().zip(members) {
                *all |= some;
            }
        }
        if let Some(live) = self.live_mut().as_mut()
            && Arc::ptr_eq(&live.rules, &rules)
        {
            live.week_ago = WeekAgo { segments, computed_at: at };
        }
        Ok(())
    }
}

fn nobody(rules: &Rules) -> Vec<RoaringBitmap> {
    vec![RoaringBitmap::new(); rules.segments().len()]
}
