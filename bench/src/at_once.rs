//! Ten thousand and one customers who all leave a segment in the same millisecond, as at a local midnight: how long
//! others are held up.

use std::time::{Duration, Instant, SystemTime};

use facts::{Millis, Timestamp};
use serde_json::{Value as Json, json};

use crate::{
    figures::{Figure, Times, short},
    load::{key, told},
    server::{Client, Copied, Server},
    workload::{Files, Form, Size},
};

/// How many leave at once.
const FLIPS: u32 = 10_001;
/// From the first event sent to the instant at which all leave; sending must be over before.
const LEAD: Millis = 30 * Timestamp::SECOND;
/// Single events are sent from so long before that instant.
const BEFORE: Millis = 3 * Timestamp::SECOND;
/// What is held up by the flips was sent less than this after them.
const AFTER: Millis = 5 * Timestamp::SECOND;

/// Measures it with so many other segments defined.
pub(crate) fn measure(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let firm = Copied::of(files, Form::Plain)?;
    let server = Server::start(firm.folder())?;
    let client = server.client();
    let leaving = ("bench-leaving", json!({ "event": "bench_leaving", "last": "30d" }));
    let probe = ("bench-probe", json!({ "event": "bench_probe" }));
    client.define(n, &[leaving, probe])?;
    let flip = now()?.plus(LEAD);
    enter_all(&client, flip.minus(30 * Timestamp::DAY))?;
    if flip.minus(BEFORE) < now()? {
        return Err("the events could not be sent before the instant came".into());
    }
    while now()? < flip.minus(BEFORE) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let (mut before, mut after) = (Times::default(), Times::default());
    let (mut place, mut all_left) = (FLIPS, None);
    while now()? < flip.plus(AFTER) {
        let sent_at = now()?;
        let took = probe_one(&client, place)?;
        let times = if sent_at < flip { &mut before } else { &mut after };
        times.push(took);
        place += 1;
        if flip <= sent_at && all_left.is_none() && members(&client)? == 0 {
            all_left = Some(now()?.since(flip));
        }
    }
    let all_left = all_left.ok_or("not everybody had left after five seconds")?;
    Ok(vec![Figure {
        what: format!(
            "{FLIPS} customers leave a segment in one millisecond, {n} segments, {} events",
            size.events_drawn()
        ),
        value: format!(
            "other events visible: before {}, after {}; all had left after {}",
            before.told(),
            after.told(),
            short(Duration::from_millis(all_left.unsigned_abs()))
        ),
        how: format!(
            "single events sent one after the other over HTTP until readable, {} before the instant, {} in the {} s after it",
            before.len(),
            after.len(),
            AFTER / Timestamp::SECOND
        ),
    }])
}

fn enter_all(client: &Client, at: Timestamp) -> Result<(), String> {
    for first in (0..FLIPS).step_by(1_000) {
        let events: Vec<Json> = (first..FLIPS.min(first + 1_000))
            .map(|n| {
                json!({ "id": format!("leaving-{n}"), "customer": key(n).as_str(),
                    "name": "bench_leaving", "at": at.to_string() })
            })
            .collect();
        client.post("/events", &json!({ "source": "bench", "events": events }))?;
    }
    match members(client)? {
        all if all == u64::from(FLIPS) => Ok(()),
        found => Err(format!("{found} customers entered where {FLIPS} should")),
    }
}

fn members(client: &Client) -> Result<u64, String> {
    let segment = client.get("/segments/bench-leaving")?;
    segment["count"].as_u64().ok_or_else(|| format!("a segment without a count: {segment}"))
}

fn probe_one(client: &Client, n: u32) -> Result<Duration, String> {
    let customer = key(n);
    let event = json!({ "source": "bench", "events": [
        { "id": format!("probe-{n}"), "customer": customer.as_str(), "name": "bench_probe" }] });
    let sent = Instant::now();
    client.post("/events", &event)?;
    while client.get(&format!("/segments/bench-probe/why/{customer}"))?["member"] != true {
        if sent.elapsed() > Duration::from_secs(30) {
            return Err("a change was not visible after half a minute".into());
        }
    }
    Ok(sent.elapsed())
}

fn now() -> Result<Timestamp, String> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(told)?;
    Ok(Timestamp::from_millis(i64::try_from(since.as_millis()).map_err(told)?))
}
