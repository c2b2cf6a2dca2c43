//! With little memory: what the program no longer uses goes back to the system at once.
//!
//! The allocator keeps pages that were freed for a while, since asking the system for them again takes long. What it keeps
//! counts as the program's own, so where there is a cap it is told to keep nothing; it looks up how long only when a process
//! starts (<https://microsoft.github.io/mimalloc/environment.html>), hence the second start.

/// How long pages are kept, in milliseconds.
const KEPT: (&str, &str) = ("MIMALLOC_PURGE_DELAY", "0");

/// Starts the program again, as the same process, with an allocator that keeps nothing back. Returns when that was done
/// before, when somebody has chosen another way, and where it cannot be done: the cap is then kept less closely.
#[cfg(unix)]
pub(crate) fn start_again() {
    use std::{env, os::unix::process::CommandExt, process::Command};
    let (name, value) = KEPT;
    if env::var_os(name).is_some() {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut again = Command::new(program);
    again.args(env::args_os().skip(1)).env(name, value);
    // It comes back only when the system refuses.
    let _ = again.exec();
}

#[cfg(not(unix))]
pub(crate) fn start_again() {}
