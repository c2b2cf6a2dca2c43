//! Work in pieces on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Does the pieces `0..n`, as many at once as there are cores; whoever is done takes the next.
pub fn on_all_cores(n: usize, piece: &(dyn Fn(usize) + Sync)) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(n);
    let next = AtomicUsize::new(0);
    let work = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            if n <= place {
                return;
            }
            piece(place);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
}
