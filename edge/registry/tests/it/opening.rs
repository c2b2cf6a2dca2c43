//! Opening: old folders open as they are, newer and foreign ones are refused and left alone.

use kizashi_registry::{Error, FORMAT, HashCost, Language, Registry, Role};
use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::room::{NOW, OTHER_PASSWORD, PASSWORD, Room, refusal, set_up, text};

/// A registry as format 1 wrote it. It is never edited: later formats add files of their own.
const VERSION_1: &str = include_str!("golden/version_1.sql");

async fn sql(room: &Room, text: &str) -> DatabaseConnection {
    let connection = room.connect().await;
    connection.execute_unprepared(text).await.unwrap();
    connection
}

async fn open(room: &Room) -> kizashi_registry::Result<Registry> {
    Registry::open_with(&room.path(), HashCost::FOR_TESTS).await
}

#[tokio::test]
async fn a_folder_of_format_1_opens_with_all_that_is_in_it() {
    let room = Room::new();
    sql(&room, VERSION_1).await.close().await.unwrap();
    let registry = room.open().await;
    let people = registry.people().await.unwrap();
    let people: Vec<_> = people.iter().map(|p| (p.email.as_str(), p.role, p.joined)).collect();
    assert_eq!(
        people,
        vec![("aoi@example.com", Role::Owner, true), ("ken@example.com", Role::Rep, false)]
    );
    assert!(registry.sign_in("aoi@example.com", PASSWORD, NOW).await.is_ok());
    let link = "GOLDEN-INVITATION-TOKEN-OF-KEN-0000000000000";
    let ken = registry.join(link, "森 健", OTHER_PASSWORD, NOW).await.unwrap().person;
    assert_eq!(ken.rep.as_deref(), Some("森"));
    let key = registry.key("kz_GOLDEN-KEY-0000000000000000000000000000000000", NOW).await;
    assert_eq!(key.unwrap().map(|key| key.role), Some(Role::Manager));
    let segment = registry.definition("segment", "loyal").await.unwrap().unwrap();
    assert_eq!((segment.version, segment.body.as_str()), (2, r#"{"name":"優良顧客"}"#));
    assert_eq!(registry.setting("fiscal_month").await.unwrap().as_deref(), Some("4"));
    assert_eq!(registry.profile("4f2a").await.unwrap().as_deref(), Some(r#"{"0":"customer"}"#));
    assert_eq!(registry.imports(9).await.unwrap()[0].file, "顧客リスト.csv");
    assert_eq!(registry.audit_page(None, 9).await.unwrap()[0].what, "segment_changed");
}

#[tokio::test]
async fn the_tables_of_format_1_are_what_its_golden_file_says() {
    let old = Room::new();
    let golden = sql(&old, VERSION_1).await;
    let new = Room::new();
    new.open().await.close().await.unwrap();
    let fresh = sql(&new, "").await;
    let tables = "SELECT group_concat(sql, char(10)) FROM (SELECT sql FROM sqlite_master \
                  WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name)";
    assert_eq!(FORMAT, 1, "a new format needs a golden file of its own, beside this one");
    assert_eq!(text(&fresh, tables).await, text(&golden, tables).await);
}

#[tokio::test]
async fn a_newer_folder_is_refused_and_left_alone() {
    let room = Room::new();
    let registry = room.open().await;
    set_up(&registry).await;
    registry.close().await.unwrap();
    let newer = format!("UPDATE format SET version = {}", FORMAT + 1);
    sql(&room, &newer).await.close().await.unwrap();
    let before = std::fs::read(room.path()).unwrap();
    let refused = refusal(open(&room).await);
    assert!(matches!(refused, Error::Newer { found, known: FORMAT, .. } if found == FORMAT + 1));
    assert!(refused.to_string().contains("open it with the newer version that wrote it"));
    assert!(refused.sentence(Language::Ja).contains("新しいバージョン"));
    assert!(before == std::fs::read(room.path()).unwrap(), "the file was touched");
}

#[tokio::test]
async fn what_is_no_registry_is_refused_and_left_alone() {
    let other = Room::new();
    sql(&other, "CREATE TABLE songs (title TEXT)").await.close().await.unwrap();
    let noise = Room::new();
    std::fs::write(noise.path(), "not a database, only a long enough text ".repeat(200)).unwrap();
    for room in [other, noise] {
        let before = std::fs::read(room.path()).unwrap();
        assert!(matches!(refusal(open(&room).await), Error::NotARegistry { .. }));
        assert!(before == std::fs::read(room.path()).unwrap(), "the file was touched");
    }
    let nowhere = std::path::Path::new("/nonexistent/folder/registry.sqlite");
    assert!(matches!(refusal(Registry::open(nowhere).await), Error::Open { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn programs_that_open_a_new_folder_at_once_all_get_it() {
    for _ in 0..5 {
        let room = Room::new();
        let opening: Vec<_> = (0..4)
            .map(|_| {
                let path = room.path();
                tokio::spawn(async move { Registry::open_with(&path, HashCost::FOR_TESTS).await })
            })
            .collect();
        for one in opening {
            let registry = one.await.unwrap().unwrap();
            assert!(registry.setup_needed().await.unwrap());
        }
    }
}

#[tokio::test]
async fn the_file_is_durable_at_each_answer_and_closed_to_others() {
    let room = Room::new();
    let registry = room.open().await;
    let link = registry.setup_link(NOW).await.unwrap();
    let connection = sql(&room, "").await;
    assert_eq!(text(&connection, "PRAGMA journal_mode").await, "wal");
    // What a second program sees has left the first one's memory.
    assert_eq!(text(&connection, "SELECT count(*) FROM links").await, "1");
    assert!(registry.open_link(link.token.expose(), NOW).await.is_ok());
    #[cfg(unix)]
    for file in std::fs::read_dir(room.path().parent().unwrap()).unwrap() {
        let file = file.unwrap();
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "{:?}", file.file_name());
    }
}
