//! A server at rest: how soon it is ready, and how much memory it holds.

use std::time::Duration;

use crate::{
    figures::{Figure, short},
    server::{Copied, Server},
    workload::{Files, Form, Size},
};

/// Starts the server over the loaded firm with so many segments, twice.
pub(crate) fn measure(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let firm = Copied::of(files, Form::Plain)?;
    let first = Server::start(firm.folder())?;
    first.client().define(n, &[])?;
    drop(first);
    let server = Server::start(firm.folder())?;
    let (ready, cpu) = (server.ready_after, server.cpu());
    // What starting needed and has given back does not count as held.
    std::thread::sleep(Duration::from_secs(2));
    let (now_mb, peak_mb) = server.memory();
    let scene =
        format!("{} customers, {} events, {n} segments", size.customers(), size.events_drawn());
    Ok(vec![
        Figure {
            what: format!("start from disk until all is judged, {scene}"),
            value: format!("{}, {:.1} CPU s", short(ready), cpu.as_secs_f64()),
            how: "from the start of the process, killed before, until it says that it is ready"
                .into(),
        },
        Figure {
            what: format!("memory of the server at rest, {scene}"),
            value: format!("{now_mb} MB, at most {peak_mb} MB"),
            how: "resident, two seconds after the start, and the most it ever was".into(),
        },
    ])
}
