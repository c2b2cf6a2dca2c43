//! What is kept in memory of customers who were heard of lately, so that the next event only has to be learnt.
//!
//! Of each there is the trace, which is what the questions look at; the history itself only of those for whom it was
//! needed. Making a trace takes longer than answering what one event touches, so of who is heard of for the first time only
//! that is noted, and the next event makes the trace. Bounded in bytes. Who was not asked for goes first (second chance,
//! Corbató 1968).

use std::collections::{HashMap, VecDeque};

use engine::Rules;
use facts::{Fact, History, Stamp, Timestamp};
use kernel::Trace;

/// What is kept of one customer.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// None after the rules have changed.
    trace: Option<Trace>,
    /// Apart, as few have one.
    history: Option<Box<History>>,
    /// Whether the history was asked for since it came in.
    is_needed: bool,
    /// Whether the customer was judged before while this was kept.
    was_judged: bool,
    /// What was read had everything up to this place in the order of arrival: others may have stored a fact that is not
    /// told here before it is read.
    read_upto: Option<u64>,
}

/// What is kept of customers who were heard of lately.
#[derive(Debug)]
pub(crate) struct Histories {
    most: usize,
    held: usize,
    kept: HashMap<u32, Place>,
    /// Everyone in `kept`, once each.
    queue: VecDeque<u32>,
}

#[derive(Debug)]
struct Place {
    /// None while it is out on loan.
    kept: Option<Kept>,
    size: usize,
    /// Asked for since it came by in the queue.
    again: bool,
}

impl Kept {
    /// Of a history just read.
    pub(crate) fn of(history: History) -> Kept {
        let read_upto = history.latest_seq();
        Kept { history: Some(Box::new(history)), read_upto, ..Kept::default() }
    }

    /// Whether this is the first that is asked of the customer in a while: then a trace is not worth making.
    pub(crate) fn is_first(&self) -> bool {
        !self.was_judged && self.trace.is_none()
    }

    /// Learns one more fact; each is to be told once.
    pub(crate) fn learn(&mut self, rules: &Rules, fact: &Fact, stamp: Stamp) {
        // A history finds out by itself what it knows already.
        let is_new = self.read_upto.is_none_or(|upto| upto < stamp.seq);
        if let (Some(trace), true) = (&mut self.trace, is_new) {
            rules.learn(trace, fact, stamp);
        }
        if let Some(history) = &mut self.history {
            history.learn(fact, stamp);
        }
    }

    /// The trace under the rules in force, made of the history as it is asked from `at` on where there is none.
    ///
    /// # Errors
    /// What `read` says.
    pub(crate) fn trace<E>(
        &mut self,
        rules: &Rules,
        at: Timestamp,
        read: impl FnOnce() -> Result<History, E>,
    ) -> Result<&Trace, E> {
        let trace = match self.trace.take() {
            Some(trace) => trace,
            None => {
                let history = self.known_or_read(read)?;
                rules.trace(self.history.insert(history), at)
            }
        };
        Ok(self.trace.insert(trace))
    }

    /// The history.
    ///
    /// # Errors
    /// What `read` says.
    pub(crate) fn history<E>(
        &mut self,
        read: impl FnOnce() -> Result<History, E>,
    ) -> Result<&History, E> {
        self.is_needed = true;
        let history = self.known_or_read(read)?;
        Ok(self.history.insert(history))
    }

    fn known_or_read<E>(
        &mut self,
        read: impl FnOnce() -> Result<History, E>,
    ) -> Result<Box<History>, E> {
        if let Some(history) = self.history.take() {
            return Ok(history);
        }
        let history = Box::new(read()?);
        if self.trace.is_none() {
            self.read_upto = history.latest_seq();
        }
        Ok(history)
    }

    /// The customer was judged. Lets go of a history that nobody asked for, and of all that was read for the first time.
    pub(crate) fn settle(&mut self) {
        if self.is_first() || !self.is_needed && self.trace.is_some() {
            self.history = None;
            self.is_needed &= self.was_judged;
        }
        self.was_judged = true;
    }

    fn size(&self) -> usize {
        size_of::<Kept>()
            + self.trace.as_ref().map_or(0, Trace::size)
            + self.history.as_ref().map_or(0, |history| history.size())
    }
}

impl Histories {
    /// Keeps at most so many bytes.
    pub(crate) fn new(most: usize) -> Histories {
        Histories { most, held: 0, kept: HashMap::new(), queue: VecDeque::new() }
    }

    /// Takes out what is kept of a customer, to be put back.
    pub(crate) fn take(&mut self, customer: u32) -> Option<Kept> {
        let place = self.kept.get_mut(&customer)?;
        place.again = true;
        place.kept.take()
    }

    /// Puts back what is kept of a customer, or puts it in.
    pub(crate) fn put(&mut self, customer: u32, kept: Kept) {
        let size = kept.size();
        match self.kept.get_mut(&customer) {
            Some(place) => {
                self.held = self.held - place.size + size;
                place.size = size;
                place.kept = Some(kept);
            }
            None => {
                self.kept.insert(customer, Place { kept: Some(kept), size, again: false });
                self.queue.push_back(customer);
                self.held += size;
            }
        }
        while self.most < self.held {
            let Some(customer) = self.queue.pop_front() else { return };
            let Some(place) = self.kept.get_mut(&customer) else { continue };
            if std::mem::take(&mut place.again) {
                self.queue.push_back(customer);
            } else {
                self.held -= place.size;
                self.kept.remove(&customer);
            }
        }
    }

    /// Lets go of what no longer says what the store says.
    pub(crate) fn forget(&mut self, customer: u32) {
        // The place stays until it comes by in the queue: looking for it there would take long, and an import lets go of many.
        if let Some(place) = self.kept.get_mut(&customer) {
            self.held -= std::mem::take(&mut place.size);
            place.kept = None;
        }
    }

    /// Lets go of all traces: they belong to rules that are no longer in force.
    pub(crate) fn forget_traces(&mut self) {
        self.held = 0;
        for place in self.kept.values_mut() {
            if let Some(kept) = &mut place.kept {
                kept.trace = None;
                place.size = kept.size();
            }
            self.held += place.size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_stays_and_the_bytes_are_bounded() {
        let size = Kept::default().size();
        let mut histories = Histories::new(3 * size);
        (0..3).for_each(|customer| histories.put(customer, Kept::default()));
        let lent = histories.take(0).unwrap();
        assert!(histories.take(0).is_none(), "it is out");
        histories.put(0, lent);
        histories.put(3, Kept::default());
        assert!(histories.take(0).is_some(), "asked for again");
        assert!(histories.take(1).is_none(), "the first not asked for again");
        assert!(histories.held <= 3 * size && histories.queue.len() == histories.kept.len());
        histories.forget(2);
        assert!(histories.take(2).is_none());
    }
}
