//! Tags of websites and a watched folder from the command line, against a running server.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::run::{Running, good, json as as_json, kizashi, path, run, text};

const SITE: &str = "https://www.example.jp";

/// A folder with a server over it.
struct Firm {
    server: Running,
    room: tempfile::TempDir,
}

impl Firm {
    fn open() -> Firm {
        let room = tempfile::tempdir().unwrap();
        let folder = room.path().join("firm");
        let server = Running::start(&["serve", "--data", path(&folder), "--listen", "127.0.0.1:0"]);
        Firm { server, room }
    }

    fn folder(&self) -> std::path::PathBuf {
        self.room.path().join("firm")
    }

    fn json(&self, args: &[&str]) -> Value {
        as_json(&[&["--data", path(&self.folder())], args].concat())
    }

    fn good(&self, args: &[&str]) -> String {
        good(&[&["--data", path(&self.folder())], args].concat())
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = run(&[&["--data", path(&self.folder())], args].concat());
        assert!(!output.status.success(), "{args:?} was taken: {}", text(&output.stdout));
        text(&output.stderr)
    }

    /// What a page with the tag sends; the status.
    fn collect(&self, key: &str, events: &Value) -> u16 {
        let url = format!("{}/api/v1/collect/{key}", self.server.url);
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let body = json!({ "visitor": format!("{:032x}", 7), "events": events }).to_string();
        agent.post(&url).header("Origin", SITE).send(body).unwrap().status().as_u16()
    }
}

#[test]
fn a_tag_is_made_shown_and_taken_away() {
    let firm = Firm::open();
    assert_eq!(firm.json(&["tag"])["tags"], json!([]));
    let made = firm.json(&["tag", "--make", "site", "--origin", SITE, "--event", "signup"]);
    let key = made["tags"][0]["key"].as_str().unwrap().to_owned();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let shown = firm.good(&["tag"]);
    assert!(shown.contains(SITE) && shown.contains("signup") && shown.contains(&key), "{shown}");
    assert!(shown.contains(&format!("{}/", firm.server.url)), "where pages load it from: {shown}");
    assert!(!shown.contains(&secret), "the secret is shown once");
    let view = json!([{ "id": "1", "name": "page_viewed", "url": format!("{SITE}/pricing") }]);
    assert_eq!(firm.collect(&key, &view), 200);
    assert_eq!(firm.json(&["tag"])["tags"][0]["accepted"], 2, "the view, and who it was");
    let said = firm.refused(&["tag", "--make", "site", "--origin", "not a site"]);
    assert!(said.contains("not a site"), "{said}");
    firm.refused(&["tag", "--drop", "nobody"]);
    assert_eq!(firm.json(&["tag", "--drop", "site"])["tags"], json!([]));
    assert_eq!(firm.collect(&key, &view), 403);
}

#[test]
fn a_folder_is_watched_says_what_lies_in_it_and_is_let_go() {
    let firm = Firm::open();
    let drop = firm.room.path().join("drop");
    fs::create_dir(&drop).unwrap();
    assert_eq!(firm.json(&["watch"])["folder"], Value::Null);
    let said = firm.refused(&["watch", path(&firm.room.path().join("none"))]);
    assert!(said.contains("none"), "{said}");
    // As people write it: from where they stand.
    let output = kizashi()
        .args(["--data", path(&firm.folder()), "watch", "drop"])
        .current_dir(firm.room.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains(path(&drop)), "{}", text(&output.stdout));
    let list = "顧客番号,会社名\nC-1,青空商事\n";
    fs::write(drop.join("list.csv"), list).unwrap();
    until("the new columns wait", || {
        firm.good(&["watch", "--lang", "en"]).contains("list.csv\twaits")
    });
    assert!(firm.good(&["watch", "--lang", "ja"]).contains("列の決定待ち"));
    assert!(Path::exists(&drop.join("list.csv")), "nobody has said what it is");
    assert_eq!(firm.json(&["watch", "--off"])["folder"], Value::Null);
    fs::write(drop.join("more.csv"), list).unwrap();
    assert!(!firm.good(&["watch"]).contains("more.csv"));
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}: not within a minute");
        std::thread::sleep(Duration::from_millis(100));
    }
}
