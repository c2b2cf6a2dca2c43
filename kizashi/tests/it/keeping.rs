//! A served folder that is backed up, and one whose disk is full: with the real binary, while facts come in.

use std::{
    fs,
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::run::{Running, good, json, path, run, text};

/// A client of a served folder, with the key of this machine.
struct Client {
    agent: ureq::Agent,
    url: String,
    key: String,
}

impl Client {
    fn of(server: &Running, folder: &Path) -> Client {
        let text = fs::read_to_string(folder.join("server.json")).unwrap();
        let runtime: Value = serde_json::from_str(&text).unwrap();
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        let key = format!("Bearer {}", runtime["token"].as_str().unwrap());
        Client { agent: config.build().into(), url: format!("{}/api/v1", server.url), key }
    }

    fn get(&self, at: &str) -> Value {
        let asked = self.agent.get(format!("{}{at}", self.url)).header("Authorization", &self.key);
        asked.call().unwrap().body_mut().read_json().unwrap()
    }

    fn ready(&self) {
        let until = Instant::now() + Duration::from_secs(60);
        while self.get("/health")["status"] != "ok" {
            assert!(Instant::now() < until, "the server is never ready");
        }
    }

    /// Sends one event; the status and the answer.
    fn event(&self, n: u64, note: &str) -> (u16, Value) {
        let event = json!({
            "id": format!("e{n}"), "customer": format!("C{}", n % 40), "name": "login",
            "properties": { "note": note },
        });
        let body = json!({ "source": "test", "events": [event] });
        let asked = self.agent.post(format!("{}/events", self.url)).header("Accept-Language", "en");
        let mut reply = asked.header("Authorization", &self.key).send_json(&body).unwrap();
        (reply.status().as_u16(), reply.body_mut().read_json().unwrap())
    }
}

fn serve(folder: &Path) -> (Running, Client) {
    let server = Running::start(&["serve", "--listen", "127.0.0.1:0", "--data", path(folder)]);
    let client = Client::of(&server, folder);
    client.ready();
    (server, client)
}

#[test]
fn a_backup_of_a_served_folder_holds_all_that_was_acknowledged_before() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().join("firm");
    let segments = work.path().join("s.yaml");
    fs::write(&segments, "segments:\n  - id: active\n    condition: { event: login }\n").unwrap();
    json(&["segments", "--add", path(&segments), "--data", path(&folder)]);
    let (server, client) = serve(&folder);
    let (acknowledged, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let file = work.path().join("firm.backup");
    let before = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0;
            while !stop.load(Ordering::SeqCst) {
                assert_eq!(client.event(n, "before the backup or after it").0, 200);
                n += 1;
                acknowledged.store(n, Ordering::SeqCst);
            }
        });
        while acknowledged.load(Ordering::SeqCst) < 200 {
            std::thread::yield_now();
        }
        let before = acknowledged.load(Ordering::SeqCst);
        let made = json(&["backup", path(&file), "--data", path(&folder)]);
        assert!(3 <= made["files"].as_u64().unwrap(), "{made}");
        stop.store(true, Ordering::SeqCst);
        before
    });
    let after = acknowledged.load(Ordering::SeqCst);
    assert!(before < after, "nothing came in during the backup");
    let refused = run(&["backup", path(&file), "--data", path(&folder)]);
    assert!(text(&refused.stderr).contains("name another file"), "{}", text(&refused.stderr));
    drop(server);
    let again = work.path().join("again");
    let restored = json(&["restore", path(&file), path(&again)]);
    let events = restored["events"].as_u64().unwrap();
    assert!(before <= events && events <= after, "{before} {events} {after}");
    assert_eq!(json(&["rebuild", "--data", path(&again)])["digest"], restored["digest"]);
    assert!(good(&["doctor", "--data", path(&again)]).contains("nothing is wrong"));
    let list = json(&["segments", "--data", path(&again)]);
    assert_eq!(list["segments"][0]["count"], restored["customers"], "{list}");
    let refused = run(&["restore", path(&file), path(&again)]);
    assert!(text(&refused.stderr).contains("not empty"), "{}", text(&refused.stderr));
    // Without a server it goes the same way, and a damaged file is refused before anything is written.
    let second = work.path().join("second.backup");
    json(&["backup", path(&second), "--data", path(&again)]);
    let third = work.path().join("third");
    assert_eq!(json(&["restore", path(&second), path(&third)])["digest"], restored["digest"]);
    let mut bytes = fs::read(&second).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&second, bytes).unwrap();
    let fourth = work.path().join("fourth");
    let refused = run(&["restore", path(&second), path(&fourth)]);
    assert!(text(&refused.stderr).contains("no whole backup"), "{}", text(&refused.stderr));
    assert!(!fourth.exists());
}

#[test]
fn an_earlier_backup_erases_again_who_was_erased_since() {
    let work = tempfile::tempdir().unwrap();
    let (folder, file) = (work.path().join("firm"), work.path().join("a.csv"));
    fs::write(&file, "顧客番号,会社名\nA1,青山商店\nB2,高橋製作所\n").unwrap();
    json(&["import", path(&file), "--data", path(&folder)]);
    let backup = work.path().join("earlier.backup");
    good(&["backup", path(&backup), "--data", path(&folder)]);
    good(&["erase", "A1", "--yes", "--data", path(&folder)]);
    let again = work.path().join("again");
    let ledger = folder.join("facts/erased");
    let back = json(&["restore", path(&backup), path(&again), "--erased", path(&ledger)]);
    assert_eq!((&back["customers"], &back["erased"]), (&json!(1), &json!(1)), "{back}");
    let found =
        Command::new("grep").args(["-r", "-l", "青山商店", path(&again.join("facts"))]).output();
    assert_eq!(text(&found.unwrap().stdout), "");
}

/// A small disk of its own, as long as it lives; none where the test may not make one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<SmallDisk> {
        let at = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=16m", "kizashi-test", path(at.path())]);
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then_some(SmallDisk(at))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_refuses_what_comes_in_and_needs_no_restart() {
    let Some(disk) = SmallDisk::mount() else {
        println!("skipped: this test mounts a small disk, which needs root");
        return;
    };
    let folder = disk.0.path().join("firm");
    let (server, client) = serve(&folder);
    let note = "x".repeat(200);
    for n in 0..50 {
        assert_eq!(client.event(n, &note).0, 200);
    }
    let filler = disk.0.path().join("filler");
    let full = fs::write(&filler, vec![7; 64 << 20]).unwrap_err();
    assert_eq!(full.kind(), std::io::ErrorKind::StorageFull);
    let (mut taken, mut refused) = (50, 0);
    while refused < 20 {
        match client.event(taken, &note) {
            (200, _) => taken += 1,
            (507, said) => {
                assert!(said["message"].as_str().unwrap().contains("disk is full"), "{said}");
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
        assert!(taken < 10_000, "the disk is never full");
    }
    assert_eq!(client.get("/health")["events"], taken, "reading goes on");
    assert_eq!(client.get("/customers")["total"], 40);
    fs::remove_file(&filler).unwrap();
    for n in taken..taken + 50 {
        let (status, said) = client.event(n, &note);
        assert_eq!((status, &said["accepted"]), (200, &json!(1)), "{said}");
    }
    assert_eq!(client.get("/health")["events"], taken + 50);
    assert!(server.stop().success());
    let state = json(&["rebuild", "--data", path(&folder)]);
    assert_eq!(state["events"], taken + 50);
}
