//! A server at rest: how soon it is ready, and how much memory it holds.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant, SystemTime},
};

use crate::{
    figures::{Figure, short},
    server::{Copied, Server},
    workload::{Files, Form, Size},
};

/// Starts the server over the loaded firm with so many segments: judging everybody, and from its checkpoint.
pub(crate) fn measure(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let firm = Copied::of(files, Form::Plain)?;
    let first = Server::start(firm.folder())?;
    first.client().define(n, &[])?;
    wait_for_checkpoint(&firm)?;
    drop(first);
    let scene =
        format!("{} customers, {} events, {n} segments", size.customers(), size.events_drawn());
    let kept = Server::start(firm.folder())?;
    let from_checkpoint = (kept.ready_after, kept.cpu());
    // What starting needed and has given back does not count as held.
    std::thread::sleep(Duration::from_secs(2));
    let (now_mb, peak_mb) = kept.memory();
    drop(kept);
    let bytes = fs::metadata(checkpoint(&firm)).map_or(0, |file| file.len());
    fs::remove_file(checkpoint(&firm)).map_err(|why| why.to_string())?;
    let judging = Server::start(firm.folder())?;
    let judging = (judging.ready_after, judging.cpu());
    let start = |what: &str, (ready, cpu): (Duration, Duration), how: String| Figure {
        what: format!("start from disk {what}, {scene}"),
        value: format!("{}, {:.1} CPU s", short(ready), cpu.as_secs_f64()),
        how,
    };
    Ok(vec![
        start(
            "from a checkpoint",
            from_checkpoint,
            format!(
                "killed before; from the start of the process until it says that it is ready; the checkpoint has {} MB",
                bytes >> 20
            ),
        ),
        start("by judging everybody", judging, "the same without the checkpoint".into()),
        Figure {
            what: format!("memory of the server at rest, {scene}"),
            value: format!("{now_mb} MB, at most {peak_mb} MB"),
            how:
                "resident, two seconds after a start from the checkpoint, and the most it ever was"
                    .into(),
        },
    ])
}

fn checkpoint(firm: &Copied) -> PathBuf {
    firm.folder().join("derived/checkpoint")
}

/// Waits until what has been defined is in the checkpoint.
fn wait_for_checkpoint(firm: &Copied) -> Result<(), String> {
    const MOST: Duration = Duration::from_secs(600);
    let (begun, asked) = (Instant::now(), SystemTime::now());
    let written = || fs::metadata(checkpoint(firm)).and_then(|file| file.modified()).ok();
    while written().is_none_or(|written| written < asked) {
        if MOST < begun.elapsed() {
            return Err("the server wrote no checkpoint".into());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}
