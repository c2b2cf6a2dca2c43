//! Erasing a customer through HTTP: gone from every answer and every file, and not taken in again.

use std::path::Path;

use serde_json::{Value, json};

use crate::house::{Client, House};

/// Found nowhere but in what is told of one customer.
const CANARY: &str = "zq7canary";

/// The files of a folder in which the canary is found.
fn traces(folder: &Path) -> Vec<String> {
    let mut found = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(traces(&path));
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        if bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()) {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

fn import(owner: &Client, name: &str, text: &str) -> Value {
    let reply = owner.upload(name, text.as_bytes());
    assert_eq!(reply.status, 201, "{}", reply.text);
    let id = reply.json["imports"][0]["id"].clone();
    owner.post(&format!("/imports/{id}/commit"), json!({})).ok();
    owner.get_until(&format!("/imports/{id}"), |import| {
        !matches!(import["state"].as_str(), Some("checking" | "committing"))
    })
}

fn a_customer_everywhere(owner: &Client) {
    let key = format!("{CANARY}-1");
    owner.know(&[(&key, &format!("{CANARY} 商事"), "佐藤"), ("C-2", "ひかり", "鈴木")]);
    let email = format!("{CANARY}@example.jp");
    let contact =
        json!({"key": key, "contact": format!("{CANARY}-k"), "attributes": {"email": email}});
    owner.post("/customers", json!({"source": "crm", "customers": [contact]})).ok();
    owner.event(&format!("{CANARY}-e"), &key, "login");
    owner.event("e2", "C-2", "login");
    let rows = format!(
        "顧客番号,日時,イベント\n{key},2026-11-01 10:00,login\nC-2,2026-11-02 10:00,login\n{key},{CANARY},login\n"
    );
    let done = import(owner, "logins.csv", &rows);
    assert_eq!(
        (&done["state"], &done["problems_total"]),
        (&json!("committed"), &json!(1)),
        "{done}"
    );
}

#[test]
fn an_erased_customer_is_in_no_answer_and_in_no_file() {
    let house = House::open();
    let owner = house.owner();
    owner.segment("active", json!({"event": "login"}));
    a_customer_everywhere(&owner);
    assert_eq!(owner.get("/segments/active").ok()["count"], 2);
    let before = traces(&house.path());
    assert!(
        2 <= before.len() && before.iter().any(|name| name.starts_with("registry")),
        "{before:?}"
    );
    let erased = owner.delete(&format!("/customers/{CANARY}-1")).ok();
    assert!(erased["facts"].as_u64().unwrap() >= 4, "{erased}");
    assert_eq!(traces(&house.path()), Vec::<String>::new());
    let gone = |client: &Client| {
        assert_eq!(client.get(&format!("/customers/{CANARY}-1")).status, 404);
        assert_eq!(client.get("/customers").ok()["total"], 1);
        assert_eq!(client.get("/segments/active").ok()["count"], 1);
        for path in ["/customers", "/imports", "/vocabulary", "/segments/active/members"] {
            assert!(!client.get(path).text.contains(CANARY), "{path}");
        }
    };
    gone(&owner);
    let again = json!({"source": "web", "events": [
        {"id": "x1", "customer": format!("{CANARY}-1"), "name": "login"},
        {"id": "x2", "customer": "C-2", "name": "login"},
    ]});
    let refused = owner.post("/events", again).ok();
    assert_eq!((&refused["accepted"], &refused["rejected"][0]["index"]), (&json!(1), &json!(0)));
    assert!(refused["rejected"][0]["reason"].as_str().unwrap().contains("erased"), "{refused}");
    let rows = format!(
        "顧客番号,日時,イベント\n{CANARY}-1,2026-11-03 10:00,login\nC-2,2026-11-04 10:00,login\n"
    );
    let done = import(&owner, "later.csv", &rows);
    assert_eq!(
        (&done["counts"]["new"], &done["counts"]["rejected"]),
        (&json!(1), &json!(1)),
        "{done}"
    );
    assert!(done["problems"][0]["reason"].as_str().unwrap().contains("erased"), "{done}");
    // The later file named the customer again; erasing again forgets what was kept of its rows.
    assert_eq!(owner.delete(&format!("/customers/{CANARY}-1")).ok()["facts"], 0);
    assert_eq!(traces(&house.path()), Vec::<String>::new());
    assert_eq!(owner.delete("/customers/nobody").status, 404);
    let trail = Client { cookie: owner.cookie.clone(), ..owner.clone() };
    let house = house.restart();
    gone(&Client { url: house.ready.url.clone(), ..trail });
}

#[test]
fn only_those_who_may_erase_do() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("C-1", "青空", "佐藤"), ("C-2", "ひかり", "佐藤")]);
    for (name, role, rep) in [("rep", "rep", Some("佐藤")), ("view", "viewer", None)] {
        let client = house.join(&owner, name, role, rep);
        assert_eq!(client.delete("/customers/C-1").status, 403, "{role}");
    }
    let manager = house.join(&owner, "mana", "manager", None);
    assert_eq!(manager.delete("/customers/C-1").ok()["facts"], 1);
    assert_eq!(owner.get("/customers").ok()["total"], 1);
}
