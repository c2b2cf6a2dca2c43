//! With little memory: what the program no longer uses goes back to the system at once.
//!
//! The allocator of glibc keeps what was freed for the thread that had it, and raises the size from which it asks the
//! system itself with every large piece that is freed. An import of 660,000 facts has 31 MB in use at most and was seen
//! to hold 98 MB. A fixed threshold keeps it at 35 MB; it is read only when a process starts
//! (<https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html>), hence the second start.

/// Pieces of this size and more come from the system and go back to it when freed, in bytes.
#[cfg(all(unix, target_env = "gnu"))]
const THRESHOLD: &str = "131072";

/// Starts the program again, as the same process, with an allocator that keeps nothing back. Returns when that was done
/// before, when somebody has chosen another way, and where it cannot be done: the cap is then kept less closely.
#[cfg(all(unix, target_env = "gnu"))]
pub(crate) fn start_again() {
    use std::{env, os::unix::process::CommandExt, process::Command};
    let chosen = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"];
    if chosen.iter().any(|name| env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = env::current_exe() else { return };
    let mut again = Command::new(program);
    again.args(env::args_os().skip(1)).envs(chosen.map(|name| (name, THRESHOLD)));
    // It comes back only when the system refuses.
    let _ = again.exec();
}

#[cfg(not(all(unix, target_env = "gnu")))]
pub(crate) fn start_again() {}
