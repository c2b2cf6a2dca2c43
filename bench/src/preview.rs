//! Preview: how long one condition takes over everybody, asked of the running server as the builder page asks.

use std::time::Instant;

use serde_json::json;

use crate::{
    dice::Dice,
    figures::{Figure, Times},
    segments,
    server::{Copied, Server},
    workload::{Files, Form, Size},
};

/// Asks for so many single conditions, drawn from those of the thousand segments.
pub(crate) fn measure(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let firm = Copied::of(files, Form::Plain)?;
    let server = Server::start(firm.folder())?;
    let client = server.client();
    let leaves = segments::leaves(1_000, Form::Plain)?;
    let mut dice = Dice::new(5);
    let mut times = Times::default();
    let mut worst = (std::time::Duration::ZERO, String::new());
    for _ in 0..n {
        let leaf = &leaves[dice.below(leaves.len() as u64) as usize];
        let began = Instant::now();
        client.post("/preview", &json!({ "condition": leaf }))?;
        let took = began.elapsed();
        times.push(took);
        if worst.0 < took {
            worst = (took, leaf.to_string());
        }
    }
    let (_, peak) = server.memory();
    Ok(vec![Figure {
        what: format!("preview of one condition, {} events", size.events_drawn()),
        value: times.told(),
        how: format!(
            "POST /preview, {} conditions drawn from the workload's, one after the other: count, sample, coming changes; \
             slowest `{}`; server's peak memory {peak} MB",
            times.len(),
            worst.1
        ),
    }])
}
