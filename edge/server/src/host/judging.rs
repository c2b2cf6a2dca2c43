//! Judging customers: what to ask of each, reading their histories, placing what was decided.
//!
//! ```text
//!   facts   ──▶ ask what they touch ─┐
//!   timers  ──▶ ask what has lapsed ─┼─▶ history (memory or disk) ─▶ decide ─▶ place ─▶ told
//!   imports ──▶ ask everything ──────┘
//! ```

use std::collections::{BTreeMap, BTreeSet};

use condition::SegmentId;
use engine::{Answers, Change, Engine, Look, Placement, Rules, Sheet, Wanted, What};
use facts::{Fact, History, HistoryBuilder, Stamp, Timestamp, What as FactIs};
use kernel::{Scratch, Working};
use rayon::prelude::*;
use scenarios::Brief;
use store::{Appended, Batch, ChangeCause, CustomerNo, NewChange, StoreError};

use crate::host::{
    Lane, Live, Workspace, cards::Card, checkpoint::Writing, histories::Kept, news::Changed,
};

/// So many customers are judged before others have their turn.
const AT_ONCE: usize = 128;
/// From so many histories to be read on it is worth waking other threads. Asking traces is not: while one thread does, others
/// take in and write down what comes next.
const WORTH_SHARING: usize = 8;

/// Memory for judging one customer after another.
#[derive(Default)]
pub(crate) struct Desk {
    pub(crate) scratch: Scratch,
    working: Working,
    sheet: Sheet,
}

/// Why a customer is judged.
#[derive(Debug)]
pub(crate) enum Cause<'f> {
    /// New facts, each with its stamp.
    Facts(Vec<(&'f Fact, Stamp)>),
    /// Something has lapsed.
    Time,
    /// The past was changed: everything is asked, and since when signs are carried is looked up.
    Past,
    /// It is not known what changed: everything is asked.
    Anything,
}

/// One customer to be judged at one instant.
#[derive(Debug)]
pub(crate) struct Task<'f> {
    pub(crate) customer: u32,
    pub(crate) at: Timestamp,
    pub(crate) cause: Cause<'f>,
}

/// Everything that was decided of one customer at one instant.
pub(crate) struct Step {
    placement: Placement,
    look: Look,
    card: NewCard,
    brief: Option<Brief>,
    cause: ChangeCause,
}

enum NewCard {
    Read(Option<Card>),
    /// As before, but for the last event.
    Seen(Option<Timestamp>),
}

impl Step {
    /// Decides what answers mean. The card is read anew unless `seen` says that only a last event came; only then, and
    /// for those who carry a sign, the history is looked at.
    ///
    /// # Errors
    /// What `history` says.
    pub(crate) fn decide<'h, E>(
        (engine, rules): (&Engine, &Rules),
        (customer, key): (u32, impl FnOnce() -> String),
        history: impl FnOnce() -> Result<&'h History, E>,
        answers: &Answers,
        seen: Option<Option<Timestamp>>,
        desk: &mut Desk,
    ) -> Result<Step, E> {
        let at = answers.at;
        let placement = engine.decide(rules, customer, answers, &mut desk.working);
        let mut brief = None;
        let (card, look) = match seen {
            Some(seen) if !placement.carries => (NewCard::Seen(seen), Look::AsBefore),
            _ if !answers.known.value => (NewCard::Read(None), Look::At(None)),
            _ => {
                let history = history()?;
                brief = placement.carries.then(|| scenarios::brief(history, at, rules.calendar()));
                let (card, until) = Card::read(&key(), history, at);
                // When a rest is over, the customer comes back to today's list.
                let rest = brief.as_ref().and_then(|brief| brief.rest).map(|rest| rest.until);
                let look = until.into_iter().chain(rest.filter(|until| at < *until)).min();
                (NewCard::Read(Some(card)), Look::At(look))
            }
        };
        Ok(Step { placement, look, card, brief, cause: ChangeCause::Fact })
    }

    /// Puts it into the live state, and tells what changed.
    pub(crate) fn place(self, live: &mut Live) -> Vec<Change> {
        let customer = self.placement.customer;
        match self.card {
            NewCard::Read(card) => live.cards.put(customer, card),
            NewCard::Seen(at) => live.cards.seen(customer, at),
        }
        match self.brief {
            Some(brief) => live.briefs.insert(customer, brief),
            None => live.briefs.remove(&customer),
        };
        live.engine.place(&self.placement, self.look);
        self.placement.changes
    }
}

impl Workspace {
    /// Judges those who got facts just taken in, and tells who listens; answers which segments changed. Blocks on the
    /// disk.
    ///
    /// The facts are on disk already: whoever cannot be judged now is judged as soon as the disk can be read.
    pub(crate) fn judge_facts(
        &self,
        _until_judged: Writing<'_>,
        batch: &Batch,
        appended: &Appended,
    ) -> BTreeSet<SegmentId> {
        let duplicates = appended.duplicates.iter().map(|one| one.row);
        let left_out: BTreeSet<u64> = duplicates.chain(appended.erased.iter().copied()).collect();
        let new = batch.facts.iter().zip(0..).filter(|(_, row)| !left_out.contains(row));
        let number = appended.batch.unwrap_or(0);
        let mut of: BTreeMap<u32, Vec<(&Fact, Stamp)>> = BTreeMap::new();
        for ((fact, _), seq) in new.zip(appended.first_seq..) {
            if let Some(CustomerNo(customer)) = self.store.number_of(&fact.customer) {
                let known = batch.received_at;
                let stamp = Stamp { at: fact.at, known, seq, batch: number };
                of.entry(customer).or_default().push((fact, stamp));
            }
        }
        let tasks: Vec<(u32, Cause<'_>)> =
            of.into_iter().map(|(number, facts)| (number, Cause::Facts(facts))).collect();
        self.judge_in_turns(tasks)
    }

    /// Judges customers whose past was changed, by an import or by taking something back.
    pub(crate) fn judge_touched(
        &self,
        _until_judged: Writing<'_>,
        customers: &[CustomerNo],
    ) -> BTreeSet<SegmentId> {
        self.judge_in_turns(customers.iter().map(|one| (one.0, Cause::Past)).collect())
    }

    fn judge_in_turns(&self, tasks: Vec<(u32, Cause<'_>)>) -> BTreeSet<SegmentId> {
        let mut segments = BTreeSet::new();
        let mut tasks = tasks.into_iter().peekable();
        while tasks.peek().is_some() {
            let piece: Vec<(u32, Cause<'_>)> = tasks.by_ref().take(AT_ONCE).collect();
            let customers: Vec<u32> = piece.iter().map(|(customer, _)| *customer).collect();
            let mut lane = self.lane();
            let rules = self.peek().as_ref().map(|live| live.rules.clone());
            if let Some(touched) = &mut lane.touched {
                touched.extend(&customers);
            }
            // Also what lapsed before is looked at with what is known now in mind.
            for (customer, cause) in &piece {
                let (Cause::Facts(facts), Some(rules)) = (cause, &rules) else {
                    lane.histories.forget(*customer);
                    continue;
                };
                if let Some(mut kept) = lane.histories.take(*customer) {
                    facts.iter().for_each(|(fact, stamp)| kept.learn(rules, fact, *stamp));
                    lane.histories.put(*customer, kept);
                }
            }
            let at = self.clock.now();
            let judged = self.work_off(&mut lane, &customers, at).and_then(|()| {
                let task = |(customer, cause)| Task { customer, at, cause };
                self.judge(&mut lane, piece.into_iter().map(task).collect())
            });
            match judged {
                Ok(changed) => {
                    segments.extend(changed.segments.iter().cloned());
                    self.tell_changed(changed);
                }
                Err(why) => {
                    tracing::error!(%why, customers = customers.len(), "judging is put off");
                    customers.iter().for_each(|customer| lane.histories.forget(*customer));
                    lane.owed.extend(customers);
                }
            }
        }
        self.bell.notify_one();
        segments
    }

    /// Judges those whose judging was put off.
    ///
    /// # Errors
    /// What the store says; they stay owed then.
    pub(crate) fn judge_owed(&self) -> Result<(), StoreError> {
        loop {
            let mut lane = self.lane();
            let at = self.clock.now();
            let owed: Vec<u32> = lane.owed.iter().copied().take(AT_ONCE).collect();
            if owed.is_empty() {
                return Ok(());
            }
            self.work_off(&mut lane, &owed, at)?;
            let task = |customer: &u32| Task { customer: *customer, at, cause: Cause::Anything };
            let changed = self.judge(&mut lane, owed.iter().map(task).collect())?;
            for customer in owed {
                lane.owed.remove(&customer);
            }
            self.tell_changed(changed);
        }
    }

    /// Judges some of those of whom something has lapsed by now, each at the instant at which it lapsed, in the order
    /// of time, and adds up what changed. Blocks on the disk. True when there was anything to do.
    ///
    /// # Errors
    /// What the store says; nothing is placed then.
    pub(crate) fn judge_lapsed(&self, changed: &mut Changed) -> Result<bool, StoreError> {
        let mut lane = self.lane();
        let due = match self.peek().as_ref() {
            Some(live) => live.engine.due(self.clock.now(), AT_ONCE),
            None => return Ok(false),
        };
        if due.is_empty() {
            return Ok(false);
        }
        let task = |(at, customer)| Task { customer, at, cause: Cause::Time };
        changed.add(&self.judge(&mut lane, due.into_iter().map(task).collect())?);
        Ok(true)
    }

    /// Whatever of some customers lapsed before `at` is judged first, so that they pass through every instant in order.
    fn work_off(
        &self,
        lane: &mut Lane,
        customers: &[u32],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        loop {
            let late: Vec<Task<'_>> = match self.peek().as_ref() {
                Some(live) => (customers.iter())
                    .filter_map(|customer| Some((*customer, live.engine.lapses_at(*customer)?)))
                    .filter(|(_, lapse)| *lapse < at)
                    .map(|(customer, at)| Task { customer, at, cause: Cause::Time })
                    .collect(),
                None => return Ok(()),
            };
            if late.is_empty() {
                return Ok(());
            }
            let changed = self.judge(lane, late)?;
            self.tell_changed(changed);
        }
    }

    /// Judges each task's customer, one task for each, and places what was decided in the order of the tasks.
    fn judge(&self, lane: &mut Lane, tasks: Vec<Task<'_>>) -> Result<Changed, StoreError> {
        let Some(rules) = self.peek().as_ref().map(|live| live.rules.clone()) else {
            return Ok(Changed::default());
        };
        let mut loaded = vec![];
        for task in tasks {
            let keeps = match task.cause {
                Cause::Facts(_) | Cause::Time => true,
                Cause::Past | Cause::Anything => {
                    lane.histories.forget(task.customer);
                    false
                }
            };
            let kept = keeps.then(|| lane.histories.take(task.customer)).flatten();
            loaded.push((task, kept));
        }
        let each = |desk: &mut Desk, (task, kept): (Task<'_>, Option<Kept>)| {
            let is_kept = kept.is_some() || matches!(task.cause, Cause::Facts(_));
            let mut kept = kept.unwrap_or_default();
            let live = self.peek();
            let Some(live) = live.as_ref() else {
                unreachable!("the live state is never taken away")
            };
            let step = self.step((&live.engine, &rules), &task, &mut kept, desk)?;
            kept.settle();
            Ok((step, is_kept.then_some(kept)))
        };
        let n_to_read = loaded.iter().filter(|(_, kept)| kept.is_none()).count();
        let decided: Result<Vec<(Step, Option<Kept>)>, StoreError> = if n_to_read < WORTH_SHARING {
            let mut desk = std::mem::take(&mut lane.desk);
            let decided = loaded.into_iter().map(|one| each(&mut desk, one)).collect();
            lane.desk = desk;
            decided
        } else {
            loaded.into_par_iter().map_init(Desk::default, each).collect()
        };
        let mut steps = vec![];
        for (step, kept) in decided? {
            if let Some(kept) = kept {
                lane.histories.put(step.placement.customer, kept);
            }
            steps.push(step);
        }
        Ok(self.place_all(lane, steps))
    }

    /// Decides one task by what is kept of the customer, which is read where it is missing.
    ///
    /// # Errors
    /// What the store says.
    pub(crate) fn step(
        &self,
        (engine, rules): (&Engine, &Rules),
        task: &Task<'_>,
        kept: &mut Kept,
        desk: &mut Desk,
    ) -> Result<Step, StoreError> {
        let Task { customer, at, cause } = task;
        let read = || self.read_history(*customer);
        let mut seen = None;
        let wanted = match cause {
            Cause::Facts(facts) => {
                let wanted = engine.touched(
                    rules,
                    *customer,
                    facts.iter().map(|(fact, _)| *fact),
                    &mut desk.sheet,
                );
                let lapsed = engine.lapses_at(*customer).is_some_and(|lapse| lapse <= *at);
                if lapsed {
                    wanted.and(engine.lapsed(*customer, *at))
                } else {
                    seen = only_seen(facts, *at).filter(|_| wanted != Wanted::Everything);
                    wanted
                }
            }
            Cause::Time => {
                let wanted = engine.lapsed(*customer, *at);
                seen = Some(None).filter(|_| !engine.wants_look(*customer, *at));
                wanted
            }
            Cause::Past | Cause::Anything => Wanted::Everything,
        };
        let answers = match cause {
            Cause::Past => rules.ask_with_since(kept.history(read)?, *at, &mut desk.scratch),
            _ if kept.is_first() => rules.ask(kept.history(read)?, *at, &wanted, &mut desk.scratch),
            Cause::Facts(_) | Cause::Time | Cause::Anything => {
                let (answers, rest) =
                    rules.ask_trace(kept.trace(rules, *at, read)?, *at, &wanted, &mut desk.sheet);
                if rest.is_empty() {
                    answers
                } else {
                    rules.ask_rest(answers, &rest, kept.history(read)?, &mut desk.scratch)
                }
            }
        };
        let key = || self.key_text(*customer);
        let mut step = Step::decide(
            (engine, rules),
            (*customer, key),
            || kept.history(read),
            &answers,
            seen,
            desk,
        )?;
        desk.sheet.wipe(wanted, answers);
        step.cause = match cause {
            Cause::Facts(_) | Cause::Anything => ChangeCause::Fact,
            Cause::Time => ChangeCause::Time,
            Cause::Past => ChangeCause::Past,
        };
        Ok(step)
    }

    /// A customer's history from the store.
    pub(crate) fn read_history(&self, customer: u32) -> Result<History, StoreError> {
        let mut builder = HistoryBuilder::new();
        self.store.history(CustomerNo(customer), &mut builder)?;
        Ok(builder.into_history())
    }

    fn place_all(&self, lane: &mut Lane, steps: Vec<Step>) -> Changed {
        let mut changed = Changed::default();
        let mut guard = self.live_mut();
        let Some(live) = guard.as_mut() else { return changed };
        let mut told = vec![];
        lane.placed += steps.len() as u64;
        for step in steps {
            let customer = step.placement.customer;
            if let Some(touched) = &mut lane.touched {
                touched.insert(customer);
            }
            let cause = step.cause;
            let carried = live.briefs.contains_key(&customer) || step.brief.is_some();
            let changes = step.place(live);
            // Where a sign is carried, time alone changes how strong it is, and when a rest is over.
            changed.today |= carried;
            if cause != ChangeCause::Time || carried || !changes.is_empty() {
                changed.customers.insert(customer);
            }
            for change in changes {
                match change.what {
                    What::Segment(segment) => {
                        let (id, _) = &live.rules.segments()[segment as usize];
                        changed.segments.insert(id.clone());
                    }
                    What::Sign(_) => changed.today = true,
                }
                told.push(NewChange {
                    customer: CustomerNo(customer),
                    segment: live.named.what(change.what).clone(),
                    entered: change.entered,
                    at: change.at,
                    cause,
                });
            }
        }
        let until = live.told_until(self.clock.now());
        drop(guard);
        if !told.is_empty() {
            self.tell_of(until, &told);
        }
        changed
    }

    pub(crate) fn key_text(&self, customer: u32) -> String {
        self.store.key_of(CustomerNo(customer)).map_or_else(String::new, |key| key.to_string())
    }
}

/// The last event among facts that tell nothing else a card shows: events about nobody in particular.
fn only_seen(facts: &[(&Fact, Stamp)], at: Timestamp) -> Option<Option<Timestamp>> {
    let plain =
        |fact: &Fact| fact.contact.is_none() && matches!(fact.what, FactIs::Happened { .. });
    let all = facts.iter().all(|(fact, _)| plain(fact));
    all.then(|| facts.iter().map(|(fact, _)| fact.at).filter(|happened| *happened <= at).max())
}
