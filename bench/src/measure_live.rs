//! Live: one event sent over HTTP to the real server until the membership it makes can be read.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};

use crate::{Figure, Size, firm, machine, segments};

pub(crate) fn measure(folder: &Path, size: &Size) -> Result<Vec<Figure>, String> {
    let server = Server::start(folder)?;
    server.define_segments()?;
    let (mut acks, mut seen) = (vec![], vec![]);
    for n in 0..size.live_events {
        let (ack, visible) = server.one_event(n, n % size.customers)?;
        acks.push(ack);
        seen.push(visible);
    }
    let peak = machine::peak_memory(&server.process.id().to_string());
    Ok(vec![
        Figure {
            what: format!(
                "one event to visible membership, 101 segments, {} customers, {} events",
                size.customers, size.events
            ),
            value: format!("p50 {:.1} ms, p99 {:.1} ms", part(&mut seen, 50), part(&mut seen, 99)),
            detail: format!(
                "HTTP POST of one event until the membership is read back, {} times in turn, on disk each time",
                size.live_events
            ),
        },
        Figure {
            what: "the same, until acknowledged (on disk)".into(),
            value: format!("p50 {:.1} ms, p99 {:.1} ms", part(&mut acks, 50), part(&mut acks, 99)),
            detail: format!("server's peak memory {peak} MB"),
        },
    ])
}

/// A percentile in milliseconds.
fn part(times: &mut [Duration], percent: usize) -> f64 {
    times.sort();
    let place = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

struct Server {
    process: Child,
    base: String,
    token: String,
    agent: ureq::Agent,
}

impl Server {
    fn start(folder: &Path) -> Result<Server, String> {
        let mut process = Command::new("target/release/kizashi")
            .args(["serve", "--listen", "127.0.0.1:0", "--json", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|fault| format!("target/release/kizashi: {fault}"))?;
        let out = process.stdout.take().ok_or("the server has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).map_err(|fault| fault.to_string())?;
        let ready: Json =
            serde_json::from_str(&line).map_err(|fault| format!("`{line}`: {fault}"))?;
        let runtime = std::fs::read_to_string(folder.join("server.json"))
            .map_err(|fault| fault.to_string())?;
        let runtime: Json = serde_json::from_str(&runtime).map_err(|fault| fault.to_string())?;
        let base =
            format!("{}/api/v1", ready["url"].as_str().unwrap_or_default().trim_end_matches('/'));
        let token = runtime["token"].as_str().unwrap_or_default().to_owned();
        let server = Server { process, base, token, agent: ureq::Agent::new_with_defaults() };
        while server.get("/health")?["status"] != "ok" {
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(server)
    }

    fn define_segments(&self) -> Result<(), String> {
        let mut drafts: Vec<Json> = segments::drafts(100)
            .into_iter()
            .map(|(id, condition)| json!({ "id": id, "condition": condition }))
            .collect();
        drafts.push(json!({ "id": "bench-live", "condition": { "event": "bench_live" } }));
        self.post("/segments/files", &json!({ "segments": drafts })).map(|_| ())
    }

    fn one_event(&self, n: u32, customer: u32) -> Result<(Duration, Duration), String> {
        let key = firm::key(customer);
        // Each event is new to its segment: the one before is of another customer.
        let event = json!({ "source": "bench", "events": [{ "id": format!("live-{n}"), "customer": key.as_str(), "name": "bench_live" }] });
        let began = Instant::now();
        self.post("/events", &event)?;
        let ack = began.elapsed();
        while self.get(&format!("/segments/bench-live/why/{key}"))?["member"] != true {}
        Ok((ack, began.elapsed()))
    }

    fn get(&self, path: &str) -> Result<Json, String> {
        let request = self
            .agent
            .get(format!("{}{path}", self.base))
            .header("Authorization", format!("Bearer {}", self.token));
        let mut response = request.call().map_err(|fault| format!("{path}: {fault}"))?;
        response.body_mut().read_json().map_err(|fault| fault.to_string())
    }

    fn post(&self, path: &str, body: &Json) -> Result<Json, String> {
        let request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("Authorization", format!("Bearer {}", self.token));
        let mut response = request.send_json(body).map_err(|fault| format!("{path}: {fault}"))?;
        response.body_mut().read_json().map_err(|fault| fault.to_string())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
