//! Ctrl-C as a flag that long work looks at, so that it ends tidily: what was begun is cleared away.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::signal::unix::{SignalKind, signal};

use crate::screen::Failure;

/// The exit code by which shells know a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// A flag that goes up at the first Ctrl-C. A second one ends the program at once.
pub(crate) fn flag() -> Result<Arc<AtomicBool>, Failure> {
    let flag = Arc::new(AtomicBool::new(false));
    let raised = flag.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    let runtime = runtime.map_err(Failure::of)?;
    // From here on the system tells us, whatever the thread below has got to.
    let mut pressed =
        runtime.block_on(async { signal(SignalKind::interrupt()) }).map_err(Failure::of)?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            pressed.recv().await;
            raised.store(true, Ordering::Relaxed);
            pressed.recv().await;
            std::process::exit(INTERRUPTED);
        });
    });
    Ok(flag)
}

/// Ends the work when the flag is up.
pub(crate) fn check(flag: &AtomicBool) -> Result<(), Failure> {
    match flag.load(Ordering::Relaxed) {
        true => Err(Failure::new(
            "中止しました。何も書き出していません",
            "stopped; nothing was written",
        )),
        false => Ok(()),
    }
}
