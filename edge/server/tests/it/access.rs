//! Every operation of the API, asked by everyone: nobody, each role, each kind of key.

use kizashi_server::{Permission, may, openapi_json};
use registry::Role;
use serde_json::{Value, json};

use crate::house::{Client, House};

/// Who asks, and by what right.
fn callers(house: &House) -> Vec<(&'static str, Option<Role>, Client)> {
    let owner = house.owner();
    let manager = house.join(&owner, "mana", "manager", None);
    let rep = house.join(&owner, "rep", "rep", Some("佐藤"));
    let viewer = house.join(&owner, "view", "viewer", None);
    let key = |role: &str| {
        let made = owner.post("/keys", json!({"name": role, "role": role})).ok();
        let secret = made["secret"].as_str().unwrap().to_owned();
        Client { bearer: Some(secret), ..house.anyone() }
    };
    let bad = Client { bearer: Some("kz_no-such-key".to_owned()), ..house.anyone() };
    vec![
        ("nobody", None, house.anyone()),
        ("bad key", None, bad),
        ("viewer key", Some(Role::Viewer), key("viewer")),
        ("rep key", Some(Role::Rep), key("rep")),
        ("manager key", Some(Role::Manager), key("manager")),
        ("viewer", Some(Role::Viewer), viewer),
        ("rep", Some(Role::Rep), rep),
        ("manager", Some(Role::Manager), manager),
        ("owner", Some(Role::Owner), owner),
    ]
}

/// Whether a role may do what an operation needs, by the table of permissions.
fn allowed(needs: &str, role: Option<Role>) -> bool {
    match needs {
        "nothing" => true,
        "signed_in" => role.is_some(),
        name => {
            let permission = Permission::ALL.into_iter().find(|one| one.name() == name);
            let permission = permission.unwrap_or_else(|| panic!("an unknown need: {name}"));
            role.is_some_and(|role| may(role, permission))
        }
    }
}

#[test]
fn every_operation_lets_in_exactly_whom_the_table_says() {
    let house = House::open();
    let callers = callers(&house);
    let api: Value = serde_json::from_str(&openapi_json()).unwrap();
    let mut asked = 0;
    for (path, methods) in api["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let needs = operation["x-needs"].as_str().unwrap();
            // The stream never ends, and signing out would take the later callers' cookie.
            if path.ends_with("/stream") || (path.ends_with("/session") && method == "delete") {
                continue;
            }
            let path = path.strip_prefix("/api/v1").unwrap();
            let path = path.replace("{id}", "7654").replace("{batch}", "7654");
            let path = path.replace("{customer}", "no-one").replace("{key}", "no-one");
            let path = path.replace("{version}", "1");
            for (name, role, caller) in &callers {
                let reply = caller.write(&method.to_uppercase(), &path, json!({"odd": 1}));
                asked += 1;
                let bad_key = *name == "bad key";
                let refused = match (reply.status, reply.json["code"].as_str()) {
                    (401, Some("not_signed_in")) | (403, Some("forbidden")) => true,
                    (status, code) => {
                        assert!(status < 500, "{name} {method} {path}: {status} {code:?}");
                        false
                    }
                };
                let wanted = allowed(needs, *role) && !bad_key;
                assert_eq!(!refused, wanted, "{name} {method} {path}: {}", reply.text);
            }
        }
    }
    assert!(300 < asked, "only {asked} were asked");
}

#[test]
fn the_stream_needs_someone() {
    let house = House::open();
    assert_eq!(house.anyone().get("/stream").status, 401);
}

#[test]
fn a_listener_who_is_signed_out_of_a_stopping_server_is_let_go() {
    let mut house = House::open();
    let listening = house.owner().listen();
    house.end().unwrap();
    assert!(listening.ends());
}
