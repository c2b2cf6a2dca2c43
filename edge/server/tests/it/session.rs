//! Setting up, signing in and out, invitations, the demo.

use kizashi_server::{RUNTIME_FILE, ServeError, ServeOptions, serve};
use registry::HashCost;
use serde_json::json;
use tempfile::TempDir;

use crate::house::{House, PASSWORD, raw};

#[test]
fn the_setup_link_makes_one_owner_and_then_is_spent() {
    let house = House::open();
    let anyone = house.anyone();
    let session = anyone.get("/session").ok();
    assert_eq!(session["setup_needed"], true);
    assert_eq!(session["user"], serde_json::Value::Null);
    let owner = house.owner();
    let session = owner.get("/session").ok();
    assert_eq!(session["user"]["role"], "owner");
    assert!(session["user"]["may"].as_array().unwrap().contains(&json!("manage_people")));
    assert_eq!(session["setup_needed"], false);
    let link = house.ready.setup_link.clone().unwrap();
    let token = link.split_once("token=").unwrap().1;
    let again = anyone.post(
        "/session/setup",
        json!({"token": token, "email": "b@example.com", "name": "B", "password": PASSWORD}),
    );
    assert!(again.status == 409 || again.status == 410, "{}", again.text);
}

#[test]
fn the_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let house = House::open();
    house.owner();
    let reply = house
        .anyone()
        .post("/session", json!({"email": "owner@example.com", "password": PASSWORD}));
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    assert!(!cookie.contains("Secure"), "without https a secure cookie would be lost: {cookie}");
    let body = json!({"email": "owner@example.com", "password": PASSWORD}).to_string();
    let headers = [("Content-Type", "application/json"), ("X-Forwarded-Proto", "https")];
    let reply = house.anyone().send("POST", "/session", &headers, body.into_bytes());
    assert!(reply.header("set-cookie").unwrap().contains("Secure"));
}

#[test]
fn a_wrong_password_is_refused_and_guessing_is_slowed_down() {
    let house = House::open();
    house.owner();
    let anyone = house.anyone();
    let sign_in = |email: &str, password: &str| {
        anyone.post("/session", json!({"email": email, "password": password}))
    };
    let wrong = sign_in("owner@example.com", "some other long password");
    let unknown = sign_in("nobody@example.com", "some other long password");
    assert_eq!((wrong.status, unknown.status), (401, 401));
    assert_eq!(wrong.json["message"], unknown.json["message"], "nobody learns who is known");
    assert_eq!(sign_in("owner@example.com", PASSWORD).status, 200);
    let tries: Vec<_> =
        (0..6).map(|_| sign_in("owner@example.com", "some other long password")).collect();
    let slowed = tries.iter().find(|reply| reply.status == 429).expect("guessing is slowed down");
    assert!(slowed.header("retry-after").is_some());
    assert_eq!(sign_in("owner@example.com", PASSWORD).status, 429, "the right one waits as well");
}

#[test]
fn signing_out_ends_the_session() {
    let house = House::open();
    let owner = house.owner();
    assert_eq!(owner.delete("/session").status, 204);
    assert_eq!(owner.get("/people").status, 401);
}

#[test]
fn a_write_by_cookie_without_our_header_is_refused() {
    let house = House::open();
    let mut owner = house.owner();
    owner.says_kizashi = false;
    let reply = owner.post("/keys", json!({"name": "n", "role": "viewer"}));
    assert_eq!((reply.status, reply.json["code"].as_str()), (403, Some("no_header")));
    assert_eq!(owner.get("/keys").ok()["keys"], json!([]));
    owner.says_kizashi = true;
    let made = owner.post("/keys", json!({"name": "n", "role": "viewer"})).ok();
    let mut program = house.anyone();
    program.says_kizashi = false;
    program.bearer = Some(made["secret"].as_str().unwrap().to_owned());
    assert_eq!(program.get("/customers").status, 200, "a key needs no such header");
    assert_eq!(owner.delete(&format!("/keys/{}", made["key"]["id"])).status, 204);
    assert_eq!(program.get("/customers").status, 401, "a revoked key is no good");
}

#[test]
fn who_is_deactivated_is_out_at_once() {
    let house = House::open();
    let owner = house.owner();
    let viewer = house.join(&owner, "vera", "viewer", None);
    assert_eq!(viewer.get("/segments").status, 200);
    let people = owner.get("/people").ok();
    let vera = people["people"].as_array().unwrap().iter().find(|one| one["name"] == "vera");
    let id = vera.unwrap()["id"].clone();
    owner.write("PATCH", &format!("/people/{id}"), json!({"active": false})).ok();
    assert_eq!(viewer.get("/segments").status, 401);
    let owner_id = owner.get("/session").ok()["user"]["id"].clone();
    let last = owner.write("PATCH", &format!("/people/{owner_id}"), json!({"role": "viewer"}));
    assert_eq!(last.status, 409, "the last owner stays one");
}

#[test]
fn the_local_token_works_while_the_server_runs_and_is_gone_after() {
    let mut house = House::open();
    let local = house.local();
    assert_eq!(local.get("/people").status, 200);
    let file = house.path().join(RUNTIME_FILE);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let token = local.bearer.clone().unwrap();
    let forwarded = house.anyone().send(
        "GET",
        "/people",
        &[("Authorization", &format!("Bearer {token}")), ("X-Forwarded-For", "10.0.0.9")],
        vec![],
    );
    assert_eq!(forwarded.status, 401, "through a proxy it may be anyone");
    house.end().unwrap();
    assert!(!file.exists());
}

#[test]
fn the_demo_signs_in_by_itself_on_this_machine_only() {
    let house = House::of(TempDir::new().unwrap(), |options| options.demo = true);
    let host = house.ready.url.strip_prefix("http://").unwrap();
    let ask = |host: &str, more: &str| {
        raw(
            &house.ready.url,
            &format!(
                "GET /api/v1/session HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n"
            ),
        )
    };
    assert!(ask(host, "").contains("set-cookie"), "on this machine the demo lets in");
    let port = host.rsplit(':').next().unwrap();
    assert!(ask(&format!("localhost:{port}"), "").contains("set-cookie"));
    for (host, more) in [
        ("attacker.example", ""),
        ("attacker.example:80", ""),
        ("10.0.0.5", ""),
        (host, "X-Forwarded-For: 203.0.113.9\r\n"),
        (host, "Forwarded: for=203.0.113.9\r\n"),
        (host, "Via: 1.1 proxy\r\n"),
    ] {
        let answer = ask(host, more);
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(!answer.contains("set-cookie"), "{host} {more} was let in");
        assert!(answer.contains("\"user\":null"));
    }
}

#[test]
fn the_demo_refuses_to_listen_to_other_machines() {
    let folder = TempDir::new().unwrap();
    let mut options = ServeOptions::local(folder.path());
    options.bind = ([0, 0, 0, 0], 0).into();
    options.demo = true;
    options.hash_cost = HashCost::FOR_TESTS;
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let served = runtime.block_on(serve(options, |_| panic!("must not listen"), async {}));
    assert!(matches!(served, Err(ServeError::DemoOpen(_))));
}
