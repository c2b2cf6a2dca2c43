//! Events over HTTP into the running server: how many a second, until acknowledged on disk, and until visible.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};

use crate::{
    dice::Dice,
    figures::{Figure, Times, short},
    generate::Row,
    load::{each_row, key},
    server::{Client, Copied, Server},
    workload::{Files, Form, KINDS, PURCHASED, Size},
};

/// Events in one request.
const BATCH: usize = 100;
/// Connections that send at the same time.
const CONNECTIONS: u32 = 4;
/// Different events that are drawn from.
const DRAWN: usize = 200_000;
/// Between two looks at how soon a change can be seen.
const BETWEEN_PROBES: Duration = Duration::from_millis(20);

/// Sends events for so long, with so many segments defined.
pub(crate) fn measure(
    files: &Files,
    size: Size,
    n_segments: usize,
    lasting: Duration,
) -> Result<Vec<Figure>, String> {
    let rows = latest_rows(files)?;
    let firm = Copied::of(files, Form::Plain)?;
    let server = Server::start(firm.folder())?;
    let probe = ("bench-probe", json!({ "event": "bench_probe" }));
    server.client().define(n_segments, &[probe])?;
    let (stop, sent) = (AtomicBool::new(false), AtomicU64::new(0));
    let (began, before) = (Instant::now(), server.cpu());
    let (mut acks, mut visible) = std::thread::scope(|scope| {
        let senders: Vec<_> = (0..CONNECTIONS)
            .map(|number| {
                let (client, rows, stop, sent) = (server.client(), &rows, &stop, &sent);
                scope.spawn(move || send(&client, number, rows, stop, sent))
            })
            .collect();
        let visible = probe_while(&server.client(), size, began, lasting);
        stop.store(true, Ordering::Relaxed);
        let mut acks = Times::default();
        for sender in senders {
            acks.extend(sender.join().map_err(|_| "a sending thread panicked")??);
        }
        Ok::<_, String>((acks, visible?))
    })?;
    let (wall, cpu) = (began.elapsed(), server.cpu().saturating_sub(before));
    let events = sent.load(Ordering::Relaxed);
    let (now_mb, peak_mb) = server.memory();
    let scene = format!("{n_segments} segments, {} events", size.events_drawn());
    Ok(vec![
        Figure {
            what: format!("events over HTTP, durable and each counted once, {scene}"),
            value: format!(
                "{:.0} events/s; {:.0} events per CPU second of the server",
                events as f64 / wall.as_secs_f64(),
                events as f64 / cpu.as_secs_f64().max(0.01)
            ),
            how: format!(
                "{events} events in {}, requests of {BATCH} over {CONNECTIONS} kept connections, client on the same machine; \
                 server's memory {now_mb} MB, at most {peak_mb} MB",
                short(wall)
            ),
        },
        Figure {
            what: "such a request, until acknowledged (on disk)".into(),
            value: acks.told(),
            how: format!("{} requests", acks.len()),
        },
        Figure {
            what: "one event, until the change it makes can be read, under that load".into(),
            value: visible.told(),
            how: format!(
                "{} single events one after the other: POST until the membership is read back",
                visible.len()
            ),
        },
    ])
}

/// The events that arrived last.
fn latest_rows(files: &Files) -> Result<Vec<Row>, String> {
    let mut rows: Vec<Row> = vec![];
    each_row(&files.by_arrival(), |row| {
        if rows.len() == 2 * DRAWN {
            rows.drain(..DRAWN);
        }
        rows.push(*row);
        Ok(())
    })?;
    Ok(rows)
}

/// Sends batches until told to stop; how long each took.
fn send(
    client: &Client,
    number: u32,
    rows: &[Row],
    stop: &AtomicBool,
    sent: &AtomicU64,
) -> Result<Times, String> {
    let mut dice = Dice::new(u64::from(number));
    let mut times = Times::default();
    let mut n = 0_u64;
    while !stop.load(Ordering::Relaxed) {
        let events: Vec<Json> = (0..BATCH)
            .map(|_| {
                n += 1;
                event(&format!("{number}-{n}"), &rows[dice.below(rows.len() as u64) as usize])
            })
            .collect();
        let body = json!({ "source": "bench", "events": events }).to_string();
        let began = Instant::now();
        let answer = client.post_text("/events", &body)?;
        times.push(began.elapsed());
        if answer["accepted"] != BATCH {
            return Err(format!("a batch was not taken in: {answer}"));
        }
        sent.fetch_add(BATCH as u64, Ordering::Relaxed);
    }
    Ok(times)
}

/// An event that happens now, of the customer and kind of a row.
fn event(id: &str, row: &Row) -> Json {
    let mut properties = json!({ "item": row.item });
    if row.kind == PURCHASED {
        properties["amount"] = json!(row.amount);
    }
    json!({ "id": id, "customer": key(row.customer).as_str(), "name": KINDS[usize::from(row.kind)].name,
        "properties": properties })
}

/// Single events, each the first of its kind for its customer, until the time is over.
fn probe_while(
    client: &Client,
    size: Size,
    began: Instant,
    lasting: Duration,
) -> Result<Times, String> {
    let mut times = Times::default();
    for n in 0..size.customers() {
        if lasting < began.elapsed() {
            break;
        }
        // Far apart, so that no customer comes twice and none is a neighbour of another.
        let customer = key((u64::from(n) * 7_919 % u64::from(size.customers())) as u32);
        let event = json!({ "source": "bench", "events": [
            { "id": format!("probe-{n}"), "customer": customer.as_str(), "name": "bench_probe" }] });
        let sent = Instant::now();
        client.post("/events", &event)?;
        while client.get(&format!("/segments/bench-probe/why/{customer}"))?["member"] != true {
            if began.elapsed() > lasting + Duration::from_secs(30) {
                return Err("a change was not visible after half a minute".into());
            }
        }
        times.push(sent.elapsed());
        std::thread::sleep(BETWEEN_PROBES);
    }
    Ok(times)
}
