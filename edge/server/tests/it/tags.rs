//! The web tag: what pages tell is taken in from named sites only, and a visitor becomes a customer by a proof.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::house::{Client, House, Reply};

const SITE: &str = "https://www.example.jp";

struct Made {
    key: String,
    secret: String,
}

fn make(owner: &Client) -> Made {
    let body = json!({"origins": ["https://WWW.example.jp/"], "events": ["signup"]});
    let made = owner.write("PUT", "/tags/site", body).ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    Made { key: text(&made["tag"]["key"]), secret: text(&made["secret"]) }
}

fn send(client: &Client, key: &str, headers: &[(&str, &str)], body: &Value) -> Reply {
    client.send("POST", &format!("/collect/{key}"), headers, body.to_string().into())
}

fn proof(secret: &str, customer: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(customer.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn visitor(n: u8) -> String {
    format!("{n:032x}")
}

fn views(n: u8) -> Value {
    json!({"visitor": visitor(n), "events": [
        {"id": format!("{n}-1"), "name": "page_viewed", "ago": 60_000, "title": "料金",
            "url": "https://www.example.jp/pricing?token=abc#x", "referrer": "https://search.example/?q=secret"},
        {"id": format!("{n}-2"), "name": "signup", "url": "https://www.example.jp/signup", "properties": {"plan": "team"}},
        {"id": format!("{n}-3"), "name": "approached", "url": "https://www.example.jp/"},
    ]})
}

#[test]
fn pages_of_named_sites_write_and_nobody_else_does() {
    let house = House::open();
    let (owner, anyone) = (house.owner(), house.anyone());
    let rep = house.join(&owner, "佐藤", "rep", Some("佐藤"));
    assert_eq!(rep.get("/tags").status, 403);
    let tag = make(&owner);
    let origin = [("Origin", SITE)];
    let reply = send(&anyone, &tag.key, &origin, &views(1));
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    let reply = reply.ok();
    assert_eq!(
        (&reply["accepted"], &reply["rejected"]),
        (&json!(3), &json!(1)),
        "two events and who it is"
    );
    assert_eq!(
        send(&anyone, &tag.key, &origin, &views(1)).ok()["accepted"],
        0,
        "again is harmless"
    );
    let timeline = owner.get(&format!("/customers/web:{}/timeline", visitor(1))).ok().to_string();
    assert!(timeline.contains("pricing") && timeline.contains("signup"), "{timeline}");
    assert!(!timeline.contains("token") && !timeline.contains("secret"), "{timeline}");
    for (headers, status) in [
        (vec![], 403),
        (vec![("Origin", "https://other.example")], 403),
        (vec![("Origin", "https://www.example.jp.evil.example")], 403),
    ] {
        assert_eq!(send(&anyone, &tag.key, &headers, &views(2)).status, status, "{headers:?}");
    }
    assert_eq!(send(&anyone, "web_0", &origin, &views(2)).status, 403);
    for who in [("DNT", "1"), ("Sec-GPC", "1")] {
        let reply = send(&anyone, &tag.key, &[origin[0], who], &views(3)).ok();
        assert_eq!(reply["accepted"], 0, "{who:?}");
    }
    assert_eq!(owner.get(&format!("/customers/web:{}", visitor(3))).status, 404);
    for wrong in
        [json!({"visitor": "x"}), json!({"visitor": visitor(4).to_uppercase() + "0"}), json!([])]
    {
        assert!(400 <= send(&anyone, &tag.key, &origin, &wrong).status);
    }
    let listed = owner.get("/tags").ok();
    let listed = &listed["tags"][0];
    assert_eq!((&listed["last_origin"], &listed["accepted"]), (&json!(SITE), &json!(3)));
    assert!(listed["refused"].as_str().unwrap().contains("not named"), "{listed}");
    assert!(listed["snippet"].as_str().unwrap().contains(&tag.key));
    assert!(!listed.to_string().contains(&tag.secret), "the secret is shown once");
    // Nothing else can be done with the key.
    let as_key = [("Authorization", format!("Bearer {}", tag.key))];
    let as_key = as_key.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(anyone.send("GET", "/customers", &as_key, Vec::new()).status, 401);
    assert_eq!(owner.delete("/tags/site").status, 204);
    assert_eq!(send(&anyone, &tag.key, &origin, &views(5)).status, 403);
}

#[test]
fn a_visitor_who_turns_out_to_be_a_customer_brings_the_history_and_parts_again() {
    let house = House::open();
    let (owner, anyone) = (house.owner(), house.anyone());
    let tag = make(&owner);
    let origin = [("Origin", SITE)];
    // The visitor is known before the customer is.
    send(&anyone, &tag.key, &origin, &views(1)).ok();
    owner.know(&[("C-7", "青空商事", "佐藤"), ("C-8", "潮見製作所", "佐藤")]);
    owner.segment(
        "priced",
        json!({"event": "page_viewed", "where": {"property": "page_type", "is": "pricing"}}),
    );
    let identify = |n: u8, customer: &str, proof: &str| json!({"visitor": visitor(n), "identify": {"customer": customer, "proof": proof}});
    send(&anyone, &tag.key, &origin, &identify(1, "C-7", "00")).ok();
    send(&anyone, &tag.key, &origin, &identify(1, "C-7", &proof(&tag.secret, "C-8"))).ok();
    assert_eq!(owner.get("/customers/C-7").ok()["records"], json!(["C-7"]), "no proof, no link");
    let good = identify(1, "C-7", &proof(&tag.secret, "C-7"));
    assert_eq!(send(&anyone, &tag.key, &origin, &good).ok()["renew"], false);
    let web = format!("web:{}", visitor(1));
    assert_eq!(owner.get("/customers/C-7").ok()["records"], json!(["C-7", web]));
    let members = || owner.get("/segments/priced/members").ok()["rows"][0]["key"].clone();
    assert_eq!(members(), "C-7", "the customer keeps the own key");
    // Somebody else at the same browser is somebody else.
    let other = identify(1, "C-8", &proof(&tag.secret, "C-8"));
    assert_eq!(send(&anyone, &tag.key, &origin, &other).ok()["renew"], true);
    assert_eq!(owner.get("/customers/C-8").ok()["records"], json!(["C-8"]));
    // Taken back, it stays so, however often the page says it again.
    owner.write("PUT", &format!("/pairs/C-7/{web}"), json!({"decision": null})).ok();
    assert_eq!(owner.get("/customers/C-7").ok()["records"], json!(["C-7"]));
    send(&anyone, &tag.key, &origin, &good).ok();
    assert_eq!(owner.get("/customers/C-7").ok()["records"], json!(["C-7"]));
    assert_eq!(members(), json!(web));
    // A customer of whom the site knows before anybody else does.
    send(&anyone, &tag.key, &origin, &identify(9, "C-99", &proof(&tag.secret, "C-99"))).ok();
    assert_eq!(
        owner.get("/customers/C-99").ok()["records"],
        json!(["C-99", format!("web:{}", visitor(9))])
    );
}

#[test]
fn the_script_is_served_to_any_page() {
    let house = House::open();
    let url = house.ready.url.clone();
    let reply =
        crate::house::raw(&url, "GET /tag.js HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert!(
        reply.contains("text/javascript")
            && reply.contains("cross-origin-resource-policy: cross-origin")
    );
    assert!(reply.contains("globalPrivacyControl"));
}
