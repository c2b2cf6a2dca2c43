//! Histories kept in memory, so that the next event of the same customer finds one that only has to learn one more fact.
//!
//! Bounded in bytes. Who was not asked for goes first (second chance, Corbató 1968).

use std::collections::{HashMap, VecDeque};

use facts::History;

/// Histories of the customers who were heard of lately.
#[derive(Debug)]
pub(crate) struct Histories {
    most: usize,
    held: usize,
    kept: HashMap<u32, Kept>,
    /// Everyone in `kept`, once each.
    queue: VecDeque<u32>,
}

#[derive(Debug)]
struct Kept {
    /// None while it is out on loan.
    history: Option<History>,
    size: usize,
    /// Asked for since it came by in the queue.
    again: bool,
}

impl Histories {
    /// Keeps at most so many bytes.
    pub(crate) fn new(most: usize) -> Histories {
        Histories { most, held: 0, kept: HashMap::new(), queue: VecDeque::new() }
    }

    /// Takes a history out, to be put back.
    pub(crate) fn take(&mut self, customer: u32) -> Option<History> {
        let kept = self.kept.get_mut(&customer)?;
        kept.again = true;
        kept.history.take()
    }

    /// Puts a history back, or in.
    pub(crate) fn put(&mut self, customer: u32, history: History) {
        let size = history.size();
        match self.kept.get_mut(&customer) {
            Some(kept) => {
                self.held = self.held - kept.size + size;
                kept.size = size;
                kept.history = Some(history);
            }
            None => {
                let kept = Kept { history: Some(history), size, again: false };
                self.kept.insert(customer, kept);
                self.queue.push_back(customer);
                self.held += size;
            }
        }
        while self.most < self.held {
            let Some(customer) = self.queue.pop_front() else { return };
            let Some(kept) = self.kept.get_mut(&customer) else { continue };
            if std::mem::take(&mut kept.again) {
                self.queue.push_back(customer);
            } else {
                self.held -= kept.size;
                self.kept.remove(&customer);
            }
        }
    }

    /// Lets go of a history that no longer says what the store says.
    pub(crate) fn forget(&mut self, customer: u32) {
        if let Some(kept) = self.kept.remove(&customer) {
            self.held -= kept.size;
            self.queue.retain(|one| *one != customer);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_stays_and_the_bytes_are_bounded() {
        let size = History::default().size();
        let mut histories = Histories::new(3 * size);
        (0..3).for_each(|customer| histories.put(customer, History::default()));
        let lent = histories.take(0).unwrap();
        assert!(histories.take(0).is_none(), "it is out");
        histories.put(0, lent);
        histories.put(3, History::default());
        assert!(histories.take(0).is_some(), "asked for again");
        assert!(histories.take(1).is_none(), "the first not asked for again");
        assert!(histories.held <= 3 * size && histories.queue.len() == histories.kept.len());
        histories.forget(2);
        assert!(histories.take(2).is_none());
    }
}
