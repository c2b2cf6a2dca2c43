//! Judging customers: reading their histories, asking the rules, placing the verdicts.

use std::{collections::BTreeSet, sync::Arc};

use condition::SegmentId;
use engine::{Change, Rules, Verdict, What};
use facts::{History, HistoryBuilder, Timestamp};
use kernel::Scratch;
use rayon::prelude::*;
use scenarios::{Brief, brief};
use store::{CustomerNo, StoreError};

use crate::host::{Lane, Live, Workspace, cards::Card, news::Changed};

/// Everything that is computed of one customer at one instant.
pub(crate) struct Judged {
    pub(crate) customer: u32,
    pub(crate) at: Timestamp,
    verdict: Verdict,
    card: Option<Card>,
    brief: Option<Brief>,
}

impl Judged {
    /// What is computed of a customer at `at`. `look_back` finds since when signs are carried, which costs more.
    pub(crate) fn read(
        rules: &Rules,
        (customer, key): (u32, &str),
        history: &History,
        at: Timestamp,
        scratch: &mut Scratch,
        look_back: bool,
    ) -> Judged {
        let mut verdict = match look_back {
            true => rules.judge_with_since(history, at, scratch),
            false => rules.judge(history, at, scratch),
        };
        let mut card = None;
        if verdict.known {
            let (read, until) = Card::read(key, history, at);
            card = Some(read);
            verdict.lapses_at = earlier(verdict.lapses_at, until);
        }
        let brief = (!verdict.signs.is_empty()).then(|| brief(history, at, rules.calendar()));
        // When a rest is over, the customer comes back to today's list.
        let rest_ends = brief.as_ref().and_then(|brief| brief.rest).map(|rest| rest.until);
        verdict.lapses_at = earlier(verdict.lapses_at, rest_ends.filter(|until| at < *until));
        Judged { customer, at, verdict, card, brief }
    }

    /// Puts it into the live state, and tells what changed.
    pub(crate) fn place(self, live: &mut Live) -> Vec<Change> {
        live.cards.put(self.customer, self.card);
        match self.brief {
            Some(brief) => live.briefs.insert(self.customer, brief),
            None => live.briefs.remove(&self.customer),
        };
        live.engine.place(self.customer, &self.verdict, self.at)
    }
}

fn earlier(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    [a, b].into_iter().flatten().min()
}

/// Memory for reading one history after another.
#[derive(Default)]
pub(crate) struct Reader {
    builder: HistoryBuilder,
    scratch: Scratch,
}

impl Workspace {
    /// Judges customers whose facts changed, and tells who listens; answers which segments changed. `old` facts came
    /// from the past, so that it is looked up since when a sign is carried. Blocks on the disk.
    ///
    /// The facts are on disk already: whoever cannot be judged now is judged as soon as the disk can be read.
    pub(crate) fn judge_touched(&self, customers: &[CustomerNo], old: bool) -> BTreeSet<SegmentId> {
        /// Between so many customers of a long import others have their turn.
        const AT_ONCE: usize = 500;
        let pieces = customers.chunks(AT_ONCE);
        let segments = pieces.flat_map(|piece| self.judge_piece(piece, old)).collect();
        self.bell.notify_one();
        segments
    }

    fn judge_piece(&self, customers: &[CustomerNo], old: bool) -> BTreeSet<SegmentId> {
        let mut lane = self.lane();
        let numbers = || customers.iter().map(|customer| customer.0);
        if let Some(touched) = &mut lane.touched {
            touched.extend(numbers());
        }
        let Some(rules) = self.rules() else { return BTreeSet::new() };
        match self.judge_all(&rules, numbers(), self.clock.now(), old) {
            Ok(judged) => {
                let changed = self.place_all(&lane, judged);
                let segments = changed.segments.clone();
                self.tell_changed(changed);
                segments
            }
            Err(why) => {
                tracing::error!(%why, customers = customers.len(), "judging is put off");
                lane.owed.extend(numbers());
                BTreeSet::new()
            }
        }
    }

    /// Judges those whose judging was put off.
    ///
    /// # Errors
    /// What the store says; they stay owed then.
    pub(crate) fn judge_owed(&self) -> Result<(), StoreError> {
        let mut lane = self.lane();
        let Some(rules) = self.rules() else { return Ok(()) };
        let judged = self.judge_all(&rules, lane.owed.iter().copied(), self.clock.now(), false)?;
        lane.owed.clear();
        let changed = self.place_all(&lane, judged);
        self.tell_changed(changed);
        Ok(())
    }

    /// Judges everyone whose verdict has lapsed by now, each at the instants at which it lapsed, in the order of time.
    /// Blocks on the disk. True when there was anything to do.
    ///
    /// # Errors
    /// What the store says; nothing is placed then.
    pub(crate) fn judge_lapsed(&self) -> Result<bool, StoreError> {
        /// So many customers at once bound the memory.
        const AT_ONCE: usize = 20_000;
        let lane = self.lane();
        let Some(rules) = self.rules() else { return Ok(false) };
        let now = self.clock.now();
        let due: Vec<(u32, Timestamp)> = match self.peek().as_ref() {
            Some(live) => {
                let due = live.engine.due(now, AT_ONCE).into_iter();
                due.filter_map(|one| Some((one, live.engine.lapses_at(one)?))).collect()
            }
            None => return Ok(false),
        };
        if due.is_empty() {
            return Ok(false);
        }
        let steps = due.into_par_iter().map_init(Reader::default, |reader, (customer, first)| {
            self.steps(&rules, customer, (first, now), reader)
        });
        let steps: Result<Vec<Vec<Judged>>, StoreError> = steps.collect();
        let mut judged: Vec<Judged> = steps?.into_iter().flatten().collect();
        judged.sort_by_key(|one| (one.at, one.customer));
        let changed = self.place_all(&lane, judged);
        self.tell_changed(changed);
        Ok(true)
    }

    /// A customer at every instant from the first lapse up to now at which something could have turned.
    fn steps(
        &self,
        rules: &Rules,
        customer: u32,
        (first, now): (Timestamp, Timestamp),
        reader: &mut Reader,
    ) -> Result<Vec<Judged>, StoreError> {
        let Reader { builder, scratch } = reader;
        let key = self.key_text(customer);
        builder.clear();
        self.store.history(CustomerNo(customer), builder)?;
        let history = builder.finish();
        let mut steps = vec![];
        let mut next = Some(first);
        while let Some(at) = next.filter(|at| *at <= now) {
            let judged = Judged::read(rules, (customer, &key), history, at, scratch, false);
            next = judged.verdict.lapses_at;
            assert!(next.is_none_or(|next| at < next), "a verdict lapses before it was given");
            steps.push(judged);
        }
        Ok(steps)
    }

    fn judge_all(
        &self,
        rules: &Rules,
        customers: impl Iterator<Item = u32>,
        at: Timestamp,
        look_back: bool,
    ) -> Result<Vec<Judged>, StoreError> {
        let customers: Vec<u32> = customers.collect();
        let one = |reader: &mut Reader, customer: u32| {
            let Reader { builder, scratch } = reader;
            builder.clear();
            self.store.history(CustomerNo(customer), builder)?;
            let key = self.key_text(customer);
            let history = builder.finish();
            Ok(Judged::read(rules, (customer, &key), history, at, scratch, look_back))
        };
        match customers.as_slice() {
            // One event of one customer is the common case, and not worth waking other threads for.
            [customer] => Ok(vec![one(&mut Reader::default(), *customer)?]),
            _ => customers.into_par_iter().map_init(Reader::default, one).collect(),
        }
    }

    /// Judges some customers again by new rules, for whoever holds the lane.
    pub(crate) fn judge_again(
        &self,
        rules: &Rules,
        customers: impl Iterator<Item = u32>,
        _lane: &Lane,
    ) -> Result<Vec<Judged>, StoreError> {
        self.judge_all(rules, customers, self.clock.now(), false)
    }

    fn place_all(&self, _lane: &Lane, judged: Vec<Judged>) -> Changed {
        let mut changed = Changed::default();
        let mut live = self.live_mut();
        let Some(live) = live.as_mut() else { return changed };
        let number = |segment: u32| live.rules.segments()[segment as usize].0.clone();
        let ids: Vec<SegmentId> =
            (0..live.rules.segments().len()).map(|segment| number(segment as u32)).collect();
        for one in judged {
            let customer = one.customer;
            let carried = live.briefs.contains_key(&customer) || one.brief.is_some();
            changed.today |= carried;
            changed.customers.insert(customer);
            for change in one.place(live) {
                match change.what {
                    What::Segment(segment) => {
                        changed.segments.insert(ids[segment as usize].clone());
                    }
                    What::Sign(_) => changed.today = true,
                }
            }
        }
        changed
    }

    fn rules(&self) -> Option<Arc<Rules>> {
        self.peek().as_ref().map(|live| live.rules.clone())
    }

    pub(crate) fn key_text(&self, customer: u32) -> String {
        self.store.key_of(CustomerNo(customer)).map_or_else(String::new, |key| key.to_string())
    }
}
