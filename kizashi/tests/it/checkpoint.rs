//! A server that was killed goes on from its checkpoint, and what it then says is what one says that judges everybody.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::{
    kill::Api,
    run::{Running, path},
};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (at, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
        if at.is_dir() {
            copy(&at, &to.join(name));
        } else {
            fs::copy(&at, to.join(name)).unwrap();
        }
    }
}

fn serve(folder: &Path) -> (Running, Api) {
    let server = Running::start(&["serve", "--data", path(folder), "--listen", "127.0.0.1:0"]);
    let api = Api::of(folder);
    api.wait();
    (server, api)
}

/// Everything that is said of everybody, in an order that does not hang on chance.
fn said(api: &Api) -> Vec<(String, Value)> {
    let ids = api.get("/segments").unwrap()["segments"].clone();
    let ids: Vec<String> =
        ids.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
    let mut said: Vec<(String, Value)> = vec![];
    for id in &ids {
        let members = api.get(&format!("/segments/{id}/members?limit=200")).unwrap();
        let count = members["count"].clone();
        said.push((id.clone(), json!([count, members["rows"]])));
    }
    let today = api.get("/today?limit=500").unwrap();
    said.push(("today".into(), json!([today["total"], today["rows"]])));
    let customers = api.get("/customers?q=NEW-&limit=200").unwrap();
    said.push(("customers".into(), json!([customers["total"], customers["rows"]])));
    said
}

/// Events that touch many, some of them for the first time, and take some over an edge within the next seconds, some of them by time alone.
fn events(life: usize) -> Vec<Value> {
    let now = Timestamp::now();
    let event = |n: usize| {
        let name = ["page_viewed", "login", "purchased", "material_requested"][n % 4];
        // Old enough to leave a window of thirty days soon.
        let ago = match n % 3 {
            0 => SignedDuration::from_hours(24 * 30) - SignedDuration::from_secs(n as i64 % 9),
            _ => SignedDuration::from_secs(0),
        };
        json!({
            "id": format!("{life}-{n}"),
            "customer": format!("NEW-{:03}", n % 60 + 20 * life),
            "name": name,
            "at": (now - ago).to_string(),
            "properties": {"amount": 1000 * n, "page": "/pricing"},
        })
    };
    (0..400).map(event).collect()
}

fn wait_for_checkpoint(folder: &Path) {
    let begun = Instant::now();
    while !folder.join("derived/checkpoint").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "no checkpoint is written");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_was_kept_and_what_is_judged_anew_are_the_same() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("firm");
    let demo = ["demo", "--data", path(&folder), "--port", "0", "--seed", "3"];
    let first = Running::start(&demo);
    Api::of(&folder).wait();
    wait_for_checkpoint(&folder);
    drop(first);
    let (first, api) = serve(&folder);
    for (life, recent) in ["30d", "3650d"].into_iter().enumerate() {
        let condition = json!({"event": "purchased", "count": {"at_least": 2}, "last": recent});
        let id = format!("bought-{recent}");
        let segment = json!({"id": id, "names": {"ja": id, "en": id}, "condition": condition});
        api.post("/segments", &segment).unwrap();
        let sent = json!({"source": "web", "events": events(life)});
        assert_eq!(api.post("/events", &sent).unwrap()["accepted"], 400);
    }
    // The definitions have changed, so the kept state is of no use; a proper stop leaves a new one.
    assert!(first.stop().success());
    let (mut second, api) = serve(&folder);
    let sent = json!({"source": "web", "events": events(2)});
    assert_eq!(api.post("/events", &sent).unwrap()["accepted"], 400);
    second.child.kill().unwrap();
    second.child.wait().unwrap();
    let anew = work.path().join("anew");
    copy(&folder, &anew);
    fs::remove_file(anew.join("derived/checkpoint")).unwrap();
    // Long enough for what is near its edge to pass it while no server runs.
    std::thread::sleep(Duration::from_secs(10));
    let (_kept, kept) = serve(&folder);
    let (_judged, judged) = serve(&anew);
    let (kept, judged) = (said(&kept), said(&judged));
    assert!(
        kept.iter().any(|(id, one)| id == "bought-30d" && one[0].as_u64() != Some(0)),
        "{kept:?}"
    );
    for (kept, judged) in kept.iter().zip(&judged) {
        assert_eq!(kept, judged);
    }
}
