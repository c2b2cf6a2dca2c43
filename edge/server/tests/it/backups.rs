//! Backups that the server keeps: made in the background, listed, checked, fetched, removed.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::{Value, json};
use store::{Options, Store, Watch, check_backup, restore};

use crate::house::House;

#[test]
fn a_backup_is_made_listed_fetched_and_restored() {
    let house = House::open();
    let owner = house.owner();
    owner.know(&[("C-1", "青空商事", "佐藤"), ("C-2", "ひかり", "鈴木")]);
    owner.event("1", "C-1", "login");
    assert_eq!(owner.get("/backups").ok()["state"], "never");
    let begun = owner.post("/backups", json!({}));
    assert_eq!(begun.status, 202, "{}", begun.text);
    let told = owner.get_until("/backups", |told| told["state"] != "running");
    assert_eq!((&told["state"], &told["error"]), (&json!("done"), &Value::Null));
    let [row] = told["backups"].as_array().unwrap().as_slice() else {
        panic!("one backup: {told}")
    };
    let name = row["name"].as_str().unwrap();
    let file = house.path().join("backups").join(name);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let checked = owner.get(&format!("/backups/{name}/check")).ok();
    assert_eq!(checked["at"].as_str().unwrap()[..19], row["at"].as_str().unwrap()[..19]);

    let fetched = owner.get(&format!("/backups/{name}")).bytes;
    assert_eq!(fetched, fs::read(&file).unwrap());
    check_backup(&mut fetched.as_slice(), &Watch::NONE).unwrap();
    let again = tempfile::tempdir().unwrap();
    restore(&mut fetched.as_slice(), &Options::default(), again.path(), &Watch::NONE).unwrap();
    let store = Store::open(again.path(), Options::default(), &Watch::NONE).unwrap();
    assert_eq!((store.customers_n(), store.events_n()), (2, 1));

    let mut damaged = fetched;
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    fs::write(&file, damaged).unwrap();
    assert_eq!(owner.get(&format!("/backups/{name}/check")).status, 409, "a damaged one says so");
    let left = owner.delete(&format!("/backups/{name}")).ok();
    assert_eq!(left["backups"], json!([]));
    assert!(!file.exists());
    assert_eq!(owner.get(&format!("/backups/{name}")).status, 404);
}

#[test]
fn a_name_leads_only_to_backups_and_only_an_owner_may_ask() {
    let house = House::open();
    let owner = house.owner();
    fs::create_dir_all(house.path().join("backups")).unwrap();
    fs::write(house.path().join("backups/kizashi-20261130T205807.backup.part"), "x").unwrap();
    assert_eq!(owner.get("/backups").ok()["backups"], json!([]), "one on its way is none");
    for name in ["..%2Fregistry.sqlite", "registry.sqlite", "kizashi-20261130T205807.backup.part"] {
        assert_eq!(owner.get(&format!("/backups/{name}")).status, 404, "{name}");
        assert_eq!(owner.delete(&format!("/backups/{name}")).status, 404, "{name}");
    }
    let manager = house.join(&owner, "kana", "manager", None);
    assert_eq!(manager.get("/backups").status, 403);
    assert_eq!(manager.post("/backups", json!({})).status, 403);
    let house = house.restart();
    assert!(!house.path().join("backups/kizashi-20261130T205807.backup.part").exists());
}
