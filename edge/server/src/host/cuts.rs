//! Where ranks are cut: read from everybody when a rank is first asked for, when definitions change, and once a day.
//!
//! Between two takings members come and go against the same cut, and the reason shows its instant.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use condition::{Condition, Leaf, Rank, SegmentId};
use facts::Timestamp;
use kernel::{Cut, Plan, RankKey, Scratch, Standing};

use crate::{
    host::{App, Workspace, asking::Gone},
    http::error::Answer,
};

/// For so long a cut serves.
const SERVES: i64 = Timestamp::DAY;

/// The cuts that were taken. One that nobody reaches is kept too, without a standing.
#[derive(Default)]
pub(crate) struct Cuts(Mutex<BTreeMap<RankKey, (Timestamp, Option<Cut>)>>);

pub(crate) type Taken = BTreeMap<RankKey, Option<Cut>>;

impl Cuts {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<RankKey, (Timestamp, Option<Cut>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget(&self) {
        self.kept().clear();
    }

    /// All that were taken.
    pub(crate) fn all(&self) -> Taken {
        self.kept().iter().map(|(rank, (_, cut))| (rank.clone(), *cut)).collect()
    }

    /// Takes over cuts that were in force before the start. They serve now, however old they are, and are taken anew
    /// like all that have grown old.
    pub(crate) fn recall(&self, taken: &Taken, now: Timestamp) {
        self.kept().extend(taken.iter().map(|(rank, cut)| (rank.clone(), (now, *cut))));
    }

    fn serving(&self, now: Timestamp) -> Taken {
        let kept = self.kept();
        let serving = kept.iter().filter(|(_, (at, _))| now.since(*at) < SERVES);
        serving.map(|(rank, (_, cut))| (rank.clone(), *cut)).collect()
    }
}

impl Workspace {
    /// Makes something that holds a plan, with the cuts of all ranks that the plan asks for. Blocks on the disk when some
    /// are yet to be taken.
    pub(crate) fn with_cuts<P>(
        &self,
        make: impl Fn(BTreeMap<RankKey, Cut>) -> Answer<P>,
        plan: impl Fn(&P) -> &Plan,
        at: Timestamp,
        gone: &Gone,
    ) -> Answer<P> {
        let mut taken = self.cuts.serving(at);
        loop {
            let cuts = taken.iter().filter_map(|(rank, cut)| Some((rank.clone(), (*cut)?)));
            let made = make(cuts.collect())?;
            let missing: Vec<Rank> = plan(&made)
                .ranks()
                .into_iter()
                .filter(|rank| !taken.contains_key(&RankKey::of(rank)))
                .cloned()
                .collect();
            if missing.is_empty() {
                return Ok(made);
            }
            let next = first_of(plan(&made), missing);
            assert!(!next.is_empty(), "circles are refused, so the base of some rank is ready");
            for (rank, cut) in self.take_cuts(plan(&made), &next, at, gone)? {
                self.cuts.kept().insert(rank.clone(), (at, cut));
                taken.insert(rank, cut);
            }
        }
    }

    fn take_cuts(
        &self,
        plan: &Plan,
        ranks: &[Rank],
        at: Timestamp,
        gone: &Gone,
    ) -> Answer<Vec<(RankKey, Option<Cut>)>> {
        let nobody = || vec![(vec![], 0); ranks.len()];
        let begin = || (Scratch::default(), nobody());
        let pieces = self.over_everybody(gone, begin, |(scratch, found), _, history| {
            for (rank, (standings, members)) in ranks.iter().zip(found) {
                let standing = plan.standing(rank, history, at, &self.calendar, scratch);
                if let Some(standing) = standing {
                    *members += 1;
                    standings.extend(standing);
                }
            }
        })?;
        let mut all: Vec<(Vec<Standing>, usize)> = nobody();
        for (_, piece) in pieces {
            for ((all, members), (some, more)) in all.iter_mut().zip(piece) {
                all.extend(some);
                *members += more;
            }
        }
        let cut = |(rank, (standings, members))| {
            (RankKey::of(rank), Cut::of(rank, standings, members, at))
        };
        Ok(ranks.iter().zip(all).map(cut).collect())
    }

    /// Whether a cut in force was taken a day ago or longer.
    pub(crate) fn cuts_are_old(&self, now: Timestamp) -> bool {
        let Ok(live) = self.live() else { return false };
        let cuts = &live.rules.plan().what_was_given().cuts;
        cuts.values().any(|cut| SERVES <= now.since(cut.taken_at))
    }

    /// Takes all cuts anew when they have grown old.
    pub(crate) async fn refresh_cuts(self: &App) -> Answer<()> {
        if !self.cuts_are_old(self.clock.now()) {
            return Ok(());
        }
        let _alone = self.edit().await;
        self.replace().await
    }

    /// Definitions change, and with them perhaps the bases that ranks are taken over.
    pub(crate) fn forget_cuts(&self) {
        self.cuts.forget();
    }
}

/// Those ranks whose base hangs on no other of them: a cut inside a base is taken before the base is asked.
fn first_of(plan: &Plan, missing: Vec<Rank>) -> Vec<Rank> {
    let keys: BTreeSet<RankKey> = missing.iter().map(RankKey::of).collect();
    let is_first = |rank: &Rank| {
        let base = rank.among.as_ref().map(|id| ranks_under(plan.segments(), id));
        base.unwrap_or_default().iter().all(|inner| !keys.contains(inner))
    };
    missing.into_iter().filter(is_first).collect()
}

/// The ranks that a segment and all it refers to ask for.
fn ranks_under(segments: &[(SegmentId, Condition)], id: &SegmentId) -> BTreeSet<RankKey> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![id]);
    let mut ranks = BTreeSet::new();
    while let Some(id) = next.pop() {
        let Some((_, condition)) = segments.iter().find(|(known, _)| known == id) else { continue };
        if !seen.insert(id) {
            continue;
        }
        condition.each_leaf(&mut |leaf| {
            if let Leaf::Rank(rank) = leaf {
                ranks.insert(RankKey::of(rank));
            }
        });
        next.extend(condition.segments());
    }
    ranks
}
