//! Work shared out over the machine's cores; results come back in order, whoever was first.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many work at once.
pub(crate) fn count() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Does each of `n` things, several at a time, and gives what came of them in order.
pub(crate) fn each<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, T)> = std::thread::scope(|scope| {
        let worker = || {
            let mut done = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                if n <= place {
                    return done;
                }
                done.push((place, work(place)));
            }
        };
        let workers: Vec<_> = (0..count().min(n.max(1))).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| match worker.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, done)| done).collect()
}

/// Ranges that cover `n` things, a few for each worker.
pub(crate) fn ranges(n: usize, most: usize) -> Vec<std::ops::Range<usize>> {
    (0..n.div_ceil(most)).map(|part| part * most..((part + 1) * most).min(n)).collect()
}
