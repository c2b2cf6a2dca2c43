//! kill -9 in the middle of events and of time passing: each change of membership is told once, none is lost.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::run::{Running, path};

const CUSTOMERS: usize = 30;
/// How long a customer is in after an event, in milliseconds.
const STAYS: i64 = 3_000;
/// Stays with less than this between them count as one: an event may be judged a moment after it happened.
const NEAR: i64 = 1_500;

pub(crate) struct Api {
    url: String,
    token: String,
}

impl Api {
    pub(crate) fn of(folder: &Path) -> Api {
        let file = fs::read_to_string(folder.join("server.json")).unwrap();
        let file: Value = serde_json::from_str(&file).unwrap();
        let text = |key: &str| file[key].as_str().unwrap().to_owned();
        Api { url: text("url"), token: text("token") }
    }

    pub(crate) fn get(&self, path: &str) -> Option<Value> {
        let request = ureq::get(format!("{}/api/v1{path}", self.url));
        let request = request.header("authorization", format!("Bearer {}", self.token));
        request.call().ok()?.body_mut().read_json().ok()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Option<Value> {
        let request = ureq::post(format!("{}/api/v1{path}", self.url));
        let request = request.header("authorization", format!("Bearer {}", self.token));
        request.send_json(body).ok()?.body_mut().read_json().ok()
    }

    /// Waits until questions are answered.
    pub(crate) fn wait(&self) {
        let begun = Instant::now();
        while self.get("/health").is_none_or(|health| health["status"] != "ok") {
            assert!(begun.elapsed() < Duration::from_secs(60), "the server does not start");
            std::thread::yield_now();
        }
    }
}

fn millis(instant: &Value) -> i64 {
    instant.as_str().unwrap().parse::<Timestamp>().unwrap().as_millisecond()
}

/// Stays in order of time, those near each other taken as one.
fn joined(stays: impl IntoIterator<Item = (i64, i64)>, near: i64) -> Vec<(i64, i64)> {
    let mut joined: Vec<(i64, i64)> = vec![];
    for (from, until) in stays {
        match joined.last_mut() {
            Some(last) if from < last.1 + near => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

/// What the log of changes tells of a segment, by customer: when in, when out.
fn told(api: &Api) -> BTreeMap<String, Vec<(i64, i64)>> {
    let mut rows = vec![];
    let mut after = String::new();
    loop {
        let page = api.get(&format!("/segments/active/changes?limit=500{after}")).unwrap();
        rows.extend(page["rows"].as_array().unwrap().iter().cloned());
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    rows.reverse();
    let places: Vec<u64> = rows.iter().map(|row| row["seq"].as_u64().unwrap()).collect();
    assert!(places.iter().copied().eq(1..=places.len() as u64), "{places:?}");
    let mut stays: BTreeMap<String, Vec<(i64, i64)>> = BTreeMap::new();
    let mut open: BTreeMap<String, i64> = BTreeMap::new();
    for row in rows {
        let key = row["customer"]["key"].as_str().unwrap().to_owned();
        let at = millis(&row["at"]);
        if row["entered"] == true {
            assert!(open.insert(key, at).is_none(), "told twice: {row}");
        } else {
            let from = open.remove(&key).unwrap_or_else(|| panic!("left and was not in: {row}"));
            stays.entry(key).or_default().push((from, at));
        }
    }
    assert!(open.is_empty(), "still in, after everything was over: {open:?}");
    stays
}

/// How near is near, so that no two stays lie about so far apart: an event is told a little after it came.
fn near(stays: &[(i64, i64)]) -> i64 {
    let apart = |near: &i64| {
        let gaps = stays.windows(2).map(|pair| pair[1].0 - pair[0].1);
        gaps.map(|gap| (gap - near).abs()).min().unwrap_or(i64::MAX)
    };
    (0..5).map(|n| NEAR + 300 * n).max_by_key(apart).unwrap()
}

/// Which stays follow from the events on disk, each by itself.
fn expected(api: &Api, key: &str) -> Vec<(i64, i64)> {
    let mut at = vec![];
    let mut before = String::new();
    loop {
        let page = api.get(&format!("/customers/{key}/timeline?limit=100{before}"));
        let Some(page) = page else { return vec![] };
        at.extend(page["rows"].as_array().unwrap().iter().map(|row| millis(&row["at"])));
        match page["next"].as_str() {
            Some(next) => before = format!("&before={next}"),
            None => break,
        }
    }
    at.sort_unstable();
    joined(at.into_iter().map(|at| (at, at + STAYS)), 0)
}

#[test]
fn every_change_is_told_once_whenever_the_server_is_killed() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("firm");
    let serve = || Running::start(&["serve", "--data", path(&folder), "--listen", "127.0.0.1:0"]);
    let (mut next, mut sent) = (7_usize, 0_u64);
    for life in 0..6_u64 {
        let mut server = serve();
        let api = Api::of(&folder);
        api.wait();
        if life == 0 {
            let segment = json!({
                "id": "active",
                "names": {"ja": "利用中", "en": "Active"},
                "condition": {"event": "login", "last": format!("{}s", STAYS / 1_000)},
            });
            api.post("/segments", &segment).unwrap();
        }
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(400 + 370 * (life % 3)) {
            next = next * 5 % 10_007;
            let event = |n: usize| {
                sent += 1;
                let customer = format!("C-{}", (next + n) % CUSTOMERS);
                json!({"id": sent.to_string(), "customer": customer, "name": "login"})
            };
            let events: Vec<Value> = (0..next % 5 + 1).map(event).collect();
            api.post("/events", &json!({"source": "web", "events": events}));
        }
        // kill -9: the process gets no chance to tidy up. In odd lives more events are on their way.
        let killer = (life % 2 == 1).then(|| {
            let event =
                |n| json!({"id": format!("{life}/{n}"), "customer": "C-1", "name": "login"});
            let events: Vec<Value> = (0..200).map(event).collect();
            let body = json!({"source": "web", "events": events});
            std::thread::spawn(move || drop(api.post("/events", &body)))
        });
        server.child.kill().unwrap();
        server.child.wait().unwrap();
        if let Some(killer) = killer {
            killer.join().unwrap();
        }
        if life == 3 {
            // Long enough for everybody to leave while no server runs, and to be far from the next stay.
            std::thread::sleep(Duration::from_millis((STAYS + 3 * NEAR) as u64));
        }
    }
    let server = serve();
    let api = Api::of(&folder);
    api.wait();
    let begun = Instant::now();
    while api.get("/segments/active").unwrap()["count"] != 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "nobody leaves");
        std::thread::sleep(Duration::from_millis(50));
    }
    let told = told(&api);
    let mut n = 0;
    for number in 0..CUSTOMERS {
        let key = format!("C-{number}");
        let expected = expected(&api, &key);
        let near = near(&expected);
        let expected = joined(expected, near);
        let told = joined(told.get(&key).cloned().unwrap_or_default(), near);
        assert_eq!(told.len(), expected.len(), "{key}: told {told:?}, expected {expected:?}");
        for (told, expected) in told.iter().zip(&expected) {
            assert_eq!(told.1, expected.1, "{key} left: told {told:?}, expected {expected:?}");
            let late = told.0 - expected.0;
            assert!(
                (0..NEAR).contains(&late),
                "{key} entered: told {told:?}, expected {expected:?}"
            );
        }
        n += expected.len();
    }
    assert!(CUSTOMERS < n, "too quiet to prove anything: {n} stays");
    drop(server);
}

/// A watched folder, killed at every moment of an import: each row is in once, and the file lies in `done`.
#[test]
fn a_file_of_a_watched_folder_goes_in_once_whenever_the_server_is_killed() {
    const ROWS: usize = 30_000;
    let work = tempfile::tempdir().unwrap();
    let (folder, watched) = (work.path().join("firm"), work.path().join("drop"));
    fs::create_dir(&watched).unwrap();
    let like = work.path().join("like.csv");
    let header = "顧客番号,購入日,商品,金額\n";
    fs::write(&like, format!("{header}C-0,2026-01-05,見本,100\n")).unwrap();
    crate::run::good(&["--data", path(&folder), "import", path(&like)]);
    // No row has a number of its own: whatever went in twice would count twice.
    let rows =
        (1..=ROWS).map(|n| format!("C-{},2026-02-{:02},品{},{n}\n", n % 97, n % 28 + 1, n % 13));
    fs::write(watched.join("sales.csv"), header.to_owned() + &rows.collect::<String>()).unwrap();
    let serve = || {
        let args = ["serve", "--data", path(&folder), "--listen", "127.0.0.1:0", "--watch"];
        Running::start(&[&args[..], &[path(&watched)]].concat())
    };
    for life in 0..5_u64 {
        let mut server = serve();
        let api = Api::of(&folder);
        api.wait();
        let begun = Instant::now();
        let is_noted = || {
            let imports = api.get("/imports")?;
            Some(imports["imports"][0]["file"] == "sales.csv")
        };
        while is_noted() != Some(true) && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(2));
        }
        // In the middle of copying, checking, committing, moving.
        std::thread::sleep(Duration::from_millis(life * life * 60));
        server.child.kill().unwrap();
        server.child.wait().unwrap();
    }
    let _server = serve();
    let api = Api::of(&folder);
    api.wait();
    let begun = Instant::now();
    while !watched.join("done/sales.csv").exists() {
        assert!(begun.elapsed() < Duration::from_secs(90), "{:?}", api.get("/watch-folder"));
        std::thread::sleep(Duration::from_millis(50));
    }
    let imports = api.get("/imports").unwrap();
    let committed = imports["imports"].as_array().unwrap().iter();
    let committed: Vec<&Value> = committed.filter(|one| one["state"] == "committed").collect();
    assert_eq!(committed.len(), 2, "{imports}");
    assert_eq!(api.get("/health").unwrap()["events"], ROWS as u64 + 1);
    assert!(!watched.join("sales.csv").exists());
}
