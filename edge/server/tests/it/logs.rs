//! The log says what was asked and how it went, and nothing about anybody.

use std::{
    io::{self, Write},
    sync::{Mutex, Once},
    time::{Duration, Instant},
};

use serde_json::json;

use crate::house::{House, PASSWORD};

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static BEGUN: Once = Once::new();

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps everything that is logged from now on, in every test of this program.
pub(crate) fn keep() {
    BEGUN.call_once(|| {
        let log = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG);
        log.with_ansi(false).with_writer(|| Kept).init();
    });
}

/// What has been logged so far.
pub(crate) fn so_far() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap()).into_owned()
}

/// Waits until something is logged.
pub(crate) fn wait_for(text: &str) {
    let until = Instant::now() + Duration::from_secs(60);
    while !so_far().contains(text) {
        assert!(Instant::now() < until, "never logged: {text}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn nothing_personal_and_no_secret_reaches_the_log() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("CANARYKEY-1", "CANARYNAME", "CANARYREP")]);
    owner.event("CANARYID", "CANARYKEY-1", "canaryevent");
    owner.get("/customers/CANARYKEY-1").ok();
    owner.get("/customers?q=CANARYSEARCH").ok();
    owner.get("/customers/CANARYKEY-1/timeline").ok();
    owner.post(
        "/session",
        json!({"email": "canary@example.com", "password": "canary password 123"}),
    );
    owner.post("/session/join", json!({"token": "CANARYTOKEN", "name": "x", "password": PASSWORD}));
    owner.get("/!/join?token=CANARYTOKEN");
    let outcome = json!({"sign": "churn", "outcome": "lost", "note": "CANARYNOTE", "id": "1"});
    owner.post("/today/CANARYKEY-1/outcome", outcome).ok();
    owner.upload("CANARYFILE.csv", "顧客番号,会社名\nCANARYKEY-2,CANARYNAME\n".as_bytes());
    owner.post("/events", json!({"source": "CANARYSOURCE", "odd": 1}));
    let key = owner.post("/keys", json!({"name": "CANARYKEYNAME", "role": "viewer"})).ok();
    let log = so_far();
    assert!(log.contains("/api/v1/customers/{key}"), "the log was kept: {log}");
    let line = log.lines().find(|line| line.to_lowercase().contains("canary"));
    assert_eq!(line, None);
    for secret in [
        PASSWORD,
        owner.cookie.as_deref().unwrap().split_once('=').unwrap().1,
        key["secret"].as_str().unwrap(),
        house.local().bearer.as_deref().unwrap(),
        house.ready.setup_link.as_deref().unwrap().split_once("token=").unwrap().1,
    ] {
        assert!(!log.contains(secret), "a secret is in the log");
    }
}
