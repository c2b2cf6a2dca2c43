//! How large the segments were at the end of each of the last days, for the small charts of the list.
//!
//! Counted in the background when a list first asks for it; what an edit does not touch is not counted again.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use condition::SegmentId;
use engine::Rules;
use facts::Timestamp;
use jiff::{ToSpan, civil::Date};
use kernel::Days;

use crate::{
    host::{App, asking::Gone},
    http::error::Answer,
};

/// So many days are shown, today with them.
pub(crate) const DAYS: i64 = 14;
/// For so long sizes of the past serve: late facts may change them.
const SERVES: i64 = 6 * Timestamp::HOUR;

/// What has been counted.
#[derive(Default)]
pub(crate) struct Recent(Mutex<State>);

#[derive(Default)]
struct State {
    counted: Option<Arc<Counted>>,
    /// Whether it is being counted now.
    busy: bool,
    /// Rises whenever the past was changed, so that what was begun before is not kept.
    round: u64,
}

/// Sizes by the number of the segment, at the end of each day before today, oldest first.
pub(crate) struct Counted {
    rules: Arc<Rules>,
    today: Date,
    as_of: Timestamp,
    days: Vec<Date>,
    sizes: Vec<Vec<u64>>,
}

impl Counted {
    /// The sizes of a segment up to yesterday.
    pub(crate) fn of(&self, segment: usize) -> &[u64] {
        self.sizes.get(segment).map_or(&[], Vec::as_slice)
    }

    /// What was counted of a segment, if its definition and all it refers to are the same in `rules`.
    fn kept(&self, id: &SegmentId, rules: &Rules) -> BTreeMap<Date, u64> {
        let Some(number) = self.rules.segment(id).filter(|_| same(id, &self.rules, rules)) else {
            return BTreeMap::new();
        };
        self.days.iter().copied().zip(self.of(number).iter().copied()).collect()
    }
}

/// Whether a segment and all that it refers to, however far, are defined alike.
fn same(id: &SegmentId, one: &Rules, other: &Rules) -> bool {
    let condition = |rules: &Rules, id: &SegmentId| {
        rules.segment(id).map(|number| rules.segments()[number].1.clone())
    };
    let (mut seen, mut next) = (BTreeSet::new(), vec![id.clone()]);
    while let Some(id) = next.pop() {
        let condition_there = condition(one, &id);
        if condition_there != condition(other, &id) {
            return false;
        }
        let refers_to = condition_there.iter().flat_map(|there| there.segments());
        next.extend(refers_to.filter(|to| !seen.contains(*to)).cloned().collect::<Vec<_>>());
        seen.insert(id);
    }
    true
}

impl Recent {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The past was changed: nothing counted before is right any more.
    pub(crate) fn forget(&self) {
        let mut state = self.state();
        state.counted = None;
        state.round += 1;
    }
}

impl super::Workspace {
    /// The past was changed, by an import or by taking one back: answers about it are made anew.
    pub(crate) fn forget_past(&self) {
        self.pasts.forget();
        self.flows.forget();
        self.recent.forget();
    }

    /// The sizes of the last days by these rules; `None` when they are yet to be counted, which then begins.
    pub(crate) fn recent_sizes(
        self: &App,
        rules: &Arc<Rules>,
        now: Timestamp,
    ) -> Option<Arc<Counted>> {
        let today = self.calendar.date(now);
        let mut state = self.recent.state();
        let good = |counted: &&Arc<Counted>| {
            Arc::ptr_eq(&counted.rules, rules)
                && counted.today == today
                && now.since(counted.as_of) < SERVES
        };
        if let Some(counted) = state.counted.as_ref().filter(good) {
            return Some(counted.clone());
        }
        if !state.busy {
            state.busy = true;
            tokio::spawn(self.clone().count_recent(rules.clone(), now, today, state.round));
        }
        None
    }

    async fn count_recent(self: App, rules: Arc<Rules>, now: Timestamp, today: Date, round: u64) {
        let mut stop = self.stop.subscribe();
        let before = self.recent.state().counted.clone();
        let before = before.filter(|counted| now.since(counted.as_of) < SERVES);
        let count = self.ask(move |app, gone| app.count_days((rules, before), (now, today), gone));
        let counted = tokio::select! {
            counted = count => counted.ok(),
            _ = stop.wait_for(|stop| *stop) => None,
        };
        let Some(counted) = counted else {
            self.recent.state().busy = false;
            return;
        };
        let mut state = self.recent.state();
        state.busy = false;
        if state.round == round {
            state.counted = Some(Arc::new(counted));
        }
    }

    fn count_days(
        &self,
        (rules, before): (Arc<Rules>, Option<Arc<Counted>>),
        (now, today): (Timestamp, Date),
        gone: &Gone,
    ) -> Answer<Counted> {
        let first = today.saturating_sub((DAYS - 1).days());
        let yesterday = today.saturating_sub(1.day());
        let days = Days::new(&self.calendar, first, yesterday, now);
        let dates = days.as_ref().map_or(&[][..], |days| days.dates());
        let kept: Vec<BTreeMap<Date, u64>> = rules
            .segments()
            .iter()
            .map(|(id, _)| before.as_ref().map_or(BTreeMap::new(), |old| old.kept(id, &rules)))
            .collect();
        let mut sizes: Vec<Vec<u64>> = vec![vec![]; kept.len()];
        for date in dates {
            let new: Vec<usize> =
                (0..kept.len()).filter(|n| !kept[*n].contains_key(date)).collect();
            let end = self.calendar.start_of(date.saturating_add(1.day())).minus(1);
            let counted = match new.is_empty() {
                true => vec![],
                false => self.sizes_at(rules.plan(), new.clone(), end, gone)?,
            };
            for (number, sizes) in sizes.iter_mut().enumerate() {
                let place = new.binary_search(&number).ok();
                let size = place.map_or_else(|| kept[number].get(date), |place| counted.get(place));
                sizes.extend(size);
            }
        }
        let days = dates.to_vec();
        Ok(Counted { rules, today, as_of: now, days, sizes })
    }
}
