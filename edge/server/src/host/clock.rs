//! What time it is: the machine's clock, or for tests one that can be moved forward.

use std::sync::atomic::{AtomicI64, Ordering};

use facts::{Millis, Timestamp};

/// The workspace's clock.
#[derive(Debug)]
pub(crate) struct Clock {
    /// How far ahead of the machine's clock it is; `None`: it cannot be moved.
    ahead: Option<AtomicI64>,
}

impl Clock {
    /// The machine's clock; `movable` for tests.
    pub(crate) fn new(movable: bool) -> Clock {
        Clock { ahead: movable.then(AtomicI64::default) }
    }

    /// The time in the workspace.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = self.ahead.as_ref().map_or(0, |ahead| ahead.load(Ordering::SeqCst));
        self.real_now().plus(ahead)
    }

    /// The time on the wall, for sessions, links and keys: they do not grow old with a test's clock.
    pub(crate) fn real_now(&self) -> Timestamp {
        Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
    }

    /// Whether it can be moved.
    pub(crate) fn is_movable(&self) -> bool {
        self.ahead.is_some()
    }

    /// Moves it forward; a clock that cannot be moved stays.
    pub(crate) fn advance(&self, by: Millis) {
        if let Some(ahead) = &self.ahead {
            ahead.fetch_add(by.max(0), Ordering::SeqCst);
        }
    }
}
