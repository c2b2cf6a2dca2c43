//! The search for what foretells an outcome: finds what is there, in the background, and makes drafts of signs of it.

use serde_json::{Value, json};

use crate::{house::House, imports};

/// Sixty customers who look around at random; of those who ask about prices twice, nearly all buy three weeks later.
fn file(today: jiff::civil::Date) -> String {
    let mut file = String::from("顧客番号,日時,イベント\n");
    let mut row = |customer: u64, ago: u64, event: &str| {
        let day = today.checked_sub(jiff::Span::new().days(ago as i64)).unwrap();
        file += &format!("C-{customer:02},{day}T10:00:00+09:00,{event}\n");
    };
    for n in 0..60_u64 {
        row(n, 720, "login");
        for k in 0..12 {
            row(n, 30 + (n * 131 + k * 57) % 660, "login");
        }
        for k in 0..2 {
            let asked = 60 + (n * 97 + k * 301) % 620;
            if n % 3 == 0 {
                row(n, asked, "price_asked");
                row(n, asked - 1, "price_asked");
                row(n, asked - 20, "purchased");
            } else {
                row(n, asked, "letter_sent");
            }
        }
    }
    file
}

#[test]
fn what_foretells_is_found_and_becomes_a_draft() {
    let house = House::open();
    let owner = house.owner();
    let now: jiff::Timestamp =
        owner.get("/health").ok()["as_of"].as_str().unwrap().parse().unwrap();
    let today = now.to_zoned(jiff::tz::TimeZone::get("Asia/Tokyo").unwrap()).date();
    let import = imports::brought(&owner, "told.csv", file(today).as_bytes());
    assert_eq!(imports::step(&owner, &import["id"], "commit")["state"], "committed");
    assert_eq!(owner.get("/patterns/purchase").ok()["state"], "never");
    assert_eq!(owner.get("/patterns/wealth").status, 404);
    assert_eq!(owner.post("/patterns/purchase", json!({"horizon_days": 0})).status, 422);
    let rep = house.join(&owner, "sato", "rep", Some("佐藤"));
    assert_eq!(rep.post("/patterns/purchase", json!({})).status, 403);
    assert_eq!(owner.post("/patterns/purchase", json!({"horizon_days": 30})).status, 202);
    let told = owner.get_until("/patterns/purchase", |told| told["state"] != "running");
    assert_eq!(told["state"], "done", "{told}");
    let patterns = told["result"]["patterns"].as_array().unwrap();
    let first = &patterns[0];
    assert!(
        first["definition"]["parts"][0]["condition"].to_string().contains("price_asked"),
        "{first}"
    );
    assert!(2.0 < first["lift"]["times"].as_f64().unwrap());
    let letters = |row: &Value| row["definition"]["parts"].to_string().contains("letter_sent");
    assert!(!patterns.iter().any(letters), "letters mean nothing");
    let made = owner.post("/signs", json!({"definition": first["definition"]}));
    assert_eq!((made.status, &made.json["state"]), (201, &json!("draft")), "{}", made.text);
    // The same seed gives the same patterns.
    owner.post("/patterns/purchase", json!({"horizon_days": 30})).ok();
    let again = owner.get_until("/patterns/purchase", |told| told["state"] == "done");
    assert_eq!(again["result"]["patterns"], told["result"]["patterns"]);
    assert_eq!(rep.get("/patterns/purchase").ok()["state"], "done");
    // It outlives the server.
    let house = house.restart();
    let later = crate::house::Client { url: house.ready.url.clone(), ..owner };
    let kept = later.get("/patterns/purchase").ok();
    assert_eq!((&kept["state"], &kept["result"]), (&json!("done"), &again["result"]));
}
