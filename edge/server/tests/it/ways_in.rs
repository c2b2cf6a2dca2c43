//! Further ways for facts to come in: lines of JSON, signed webhooks, rules for addresses; and what data there is.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::house::{Client, House, Reply};

#[test]
fn events_and_customers_come_line_by_line() {
    let house = House::open();
    let owner = house.owner();
    let lines = "{\"id\":\"1\",\"customer\":\"C1\",\"name\":\"login\"}\n\nno json\n{\"id\":\"1\",\"customer\":\"C1\",\"name\":\"login\"}\n";
    let send = |path: &str, body: &str| {
        owner.send("POST", path, &[("Content-Type", "application/x-ndjson")], body.into())
    };
    let taken = send("/events?source=shop", lines).ok();
    assert_eq!((&taken["accepted"], &taken["duplicates"]), (&json!(1), &json!(1)));
    assert_eq!(taken["rejected"][0]["index"], 1);
    let taken =
        send("/customers?source=shop", "{\"key\":\"C1\",\"attributes\":{\"name\":\"A社\"}}\n");
    assert_eq!(taken.ok()["accepted"], 1);
    assert_eq!(send("/events", lines).status, 400, "the source is missing");
}

fn delivery(client: &Client, secret: &str, at: i64, body: &str) -> Reply {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.{body}").as_bytes());
    let hex: String =
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let headers =
        [("X-Kizashi-Timestamp", at.to_string()), ("X-Kizashi-Signature", format!("sha256={hex}"))];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    client.send("POST", "/hooks/shop", &headers, body.into())
}

#[test]
fn a_webhook_is_believed_by_its_signature_only() {
    let house = House::open();
    let (owner, anyone) = (house.owner(), house.anyone());
    let rep = house.join(&owner, "佐藤", "rep", Some("佐藤"));
    assert_eq!(rep.write("PUT", "/hooks/shop", json!({})).status, 403);
    let secret =
        owner.write("PUT", "/hooks/shop", json!({})).ok()["secret"].as_str().unwrap().to_owned();
    let listed = owner.get("/hooks").ok();
    assert_eq!(listed, json!({"hooks": [{"name": "shop"}]}), "no secret is shown again");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let now = i64::try_from(now.as_secs()).unwrap();
    let body = json!({"events": [{"id": "1", "customer": "C1", "name": "login"}]}).to_string();
    assert_eq!(delivery(&anyone, &secret, now, &body).ok()["accepted"], 1);
    assert_eq!(delivery(&anyone, &secret, now, &body).ok()["duplicates"], 1, "again is harmless");
    for (secret, at) in [("other", now), (secret.as_str(), now - 600), (secret.as_str(), now + 600)]
    {
        assert_eq!(delivery(&anyone, secret, at, &body).status, 401);
    }
    assert_eq!(anyone.send("POST", "/hooks/shop", &[], body.clone().into()).status, 401);
    assert_eq!(anyone.send("POST", "/hooks/none", &[], body.clone().into()).status, 401);
    let renewed = owner.write("PUT", "/hooks/shop", json!({})).ok();
    assert_ne!(renewed["secret"], json!(secret));
    assert_eq!(delivery(&anyone, &secret, now, &body).status, 401, "the old secret is over");
    assert_eq!(owner.delete("/hooks/shop").status, 204);
    let renewed = renewed["secret"].as_str().unwrap();
    assert_eq!(delivery(&anyone, renewed, now, &body).status, 401);
}

#[test]
fn addresses_follow_the_firms_rules() {
    let house = House::open();
    let owner = house.owner();
    let wrong =
        owner.write("PUT", "/page-rules", json!({"rules": [{"form": "/a{", "page_type": "x"}]}));
    assert_eq!(wrong.status, 422);
    let rules = json!({"rules": [{"form": "/lp/{campaign}", "page_type": "landing"}]});
    assert_eq!(owner.write("PUT", "/page-rules", rules).ok()["own"][0]["page_type"], "landing");
    let file = "顧客番号,閲覧日時,URL\nC1,2026/11/1 9:00,https://x.jp/lp/spring\nC1,2026/11/1 9:01,https://x.jp/pricing\n";
    let told = owner.upload("閲覧.csv", file.as_bytes()).json["imports"][0].clone();
    assert_eq!(told["kind"], "page_views", "{told}");
    let path = format!("/imports/{}", told["id"]);
    owner.post(&format!("{path}/commit"), json!({}));
    owner.get_until(&path, |told| told["state"] == "committed");
    let inventory = owner.get("/inventory").ok();
    assert_eq!((&inventory["customers"], &inventory["events"][0]["count"]), (&json!(1), &json!(2)));
    let timeline = owner.get("/customers/C1/timeline").ok().to_string();
    assert!(timeline.contains("landing"), "{timeline}");
    assert!(timeline.contains("pricing"), "{timeline}");
}

#[test]
fn the_inventory_says_what_is_there_and_what_is_missing() {
    let house = House::open();
    let owner = house.owner();
    let of = |inventory: &Value, id: &str| {
        let all = inventory["possible"].as_array().unwrap();
        all.iter().find(|one| one["id"] == id).map(|one| one["missing"].clone())
    };
    let empty = owner.get("/inventory").ok();
    let first = empty["possible"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap();
    assert!(!of(&empty, first).unwrap().as_array().unwrap().is_empty());
    assert!(!empty["missing"].as_array().unwrap().is_empty());
    owner.know(&[("C1", "A社", "佐藤"), ("C2", "B社", "佐藤")]);
    owner.event("1", "C1", "login");
    let full = owner.get("/inventory").ok();
    assert_eq!(full["customers"], 2);
    let name =
        full["attributes"].as_array().unwrap().iter().find(|one| one["key"] == "name").unwrap();
    assert_eq!((&name["filled"], &name["percent"]), (&json!(2), &json!(100)));
    assert!(full["sources"].as_array().unwrap().iter().all(|source| source["days_old"] == 0));
    let missing = full["missing"].to_string();
    assert!(!missing.contains("\"login\""), "{missing}");
}
