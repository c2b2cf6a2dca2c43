//! Preview: how long one condition takes over everybody, in this process and asked of the running server as the
//! builder page asks.

use std::time::{Duration, Instant};

use condition::{Draft, SegmentId};
use kernel::Plan;
use serde_json::{Value as Json, json};

use crate::{
    dice::Dice,
    figures::{Figure, Times},
    machine, ours, segments,
    server::{Copied, Server},
    workload::{Files, Form, Size},
};

/// Asks for so many single conditions, drawn from those of the thousand segments.
pub(crate) fn measure(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let mut figures = measure_in_process(files, size, n)?;
    figures.extend(measure_server(files, size, n)?);
    Ok(figures)
}

/// The members of one condition from the store on disk, and nothing else.
pub(crate) fn measure_in_process(
    files: &Files,
    size: Size,
    n: usize,
) -> Result<Vec<Figure>, String> {
    let store = ours::open(&files.firm(Form::Plain))?;
    let mut asked = Asked::default();
    let before = machine::cpu("self", false);
    for leaf in drawn(n)? {
        let condition =
            Draft(leaf.clone()).check().map_err(|faults| format!("{leaf}: {faults:?}"))?;
        let id = SegmentId::hidden("preview");
        let plan = Plan::new(vec![(id, condition)]).map_err(|faults| format!("{faults:?}"))?;
        let began = Instant::now();
        ours::evaluate(&store, &plan)?;
        asked.took(began.elapsed(), &leaf);
    }
    let cpu = machine::cpu("self", false).saturating_sub(before);
    let how = format!(
        "members from the store on disk, in this process, {:.1} CPU s in all",
        cpu.as_secs_f64()
    );
    Ok(vec![asked.figure("members of one condition", size, &how)])
}

fn measure_server(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let firm = Copied::of(files, Form::Plain)?;
    let server = Server::start(firm.folder())?;
    let client = server.client();
    let mut asked = Asked::default();
    let before = server.cpu();
    for leaf in drawn(n)? {
        let began = Instant::now();
        client.post("/preview", &json!({ "condition": leaf }))?;
        asked.took(began.elapsed(), &leaf);
    }
    let (_, peak) = server.memory();
    let how = format!(
        "POST /preview: count, sample, coming changes; {:.1} CPU s of the server in all, its peak memory {peak} MB",
        server.cpu().saturating_sub(before).as_secs_f64()
    );
    Ok(vec![asked.figure("preview of one condition", size, &how)])
}

/// Conditions of the workload, each as likely as any other.
fn drawn(n: usize) -> Result<Vec<Json>, String> {
    let leaves = segments::leaves(1_000, Form::Plain)?;
    let mut dice = Dice::new(5);
    Ok((0..n).map(|_| leaves[dice.below(leaves.len() as u64) as usize].clone()).collect())
}

/// How long conditions took, and the slowest of them.
#[derive(Default)]
struct Asked {
    times: Times,
    worst: (Duration, String),
}

impl Asked {
    fn took(&mut self, time: Duration, condition: &Json) {
        self.times.push(time);
        if self.worst.0 < time {
            self.worst = (time, condition.to_string());
        }
    }

    fn figure(mut self, what: &str, size: Size, how: &str) -> Figure {
        Figure {
            what: format!("{what}, {} events", size.events_drawn()),
            value: self.times.told(),
            how: format!(
                "{} conditions drawn from the workload's, one after the other; {how}; slowest `{}`",
                self.times.len(),
                self.worst.1
            ),
        }
    }
}
