//! The last few answers to long questions, so that the list behind a number is the very one that was counted.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use facts::Timestamp;

/// So many answers are kept.
const MOST: usize = 8;
/// For so long an answer serves: it says the instant it is true for.
const SERVES: i64 = 10 * Timestamp::MINUTE;

/// Answers by what was asked.
pub(crate) struct Kept<K, T>(Mutex<VecDeque<(K, Timestamp, Arc<T>)>>);

impl<K, T> Default for Kept<K, T> {
    fn default() -> Kept<K, T> {
        Kept(Mutex::default())
    }
}

impl<K: PartialEq, T> Kept<K, T> {
    /// The answer to a question, if it was asked not long before `now`.
    pub(crate) fn find(&self, asked: &K, now: Timestamp) -> Option<Arc<T>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits =
            |(known, at, _): &&(K, Timestamp, Arc<T>)| known == asked && now.since(*at) < SERVES;
        kept.iter().find(fits).map(|(.., answer)| answer.clone())
    }

    /// Lets all of them go.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Keeps an answer that is true for `at`, and lets the oldest one go.
    pub(crate) fn put(&self, asked: K, at: Timestamp, answer: T) -> Arc<T> {
        let answer = Arc::new(answer);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(known, ..)| *known != asked);
        kept.push_front((asked, at, answer.clone()));
        kept.truncate(MOST);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_answers_serve_for_a_while() {
        let kept = Kept::default();
        let at = |minutes: i64| Timestamp::from_millis(minutes * Timestamp::MINUTE);
        for n in 0..9 {
            kept.put(n, at(n), n * 10);
        }
        assert_eq!(kept.find(&0, at(9)), None, "the oldest was let go");
        assert_eq!(kept.find(&1, at(9)).as_deref(), Some(&10));
        assert_eq!(kept.find(&1, at(11)), None, "ten minutes are over");
        kept.put(8, at(9), 81);
        assert_eq!(kept.find(&8, at(9)).as_deref(), Some(&81));
        assert_eq!(kept.find(&1, at(9)).as_deref(), Some(&10), "nothing was let go for it");
        kept.forget();
        assert_eq!(kept.find(&8, at(9)), None);
    }
}
