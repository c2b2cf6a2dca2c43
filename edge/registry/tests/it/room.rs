//! A registry in a folder of its own, and the people most tests begin with.

use std::path::PathBuf;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

use kizashi_registry::{
    FILE_NAME, HashCost, Language, NewPerson, Person, Registry, Role, SignedIn,
};

/// 2026-11-21T00:00:00Z in milliseconds; tests count from here.
pub(crate) const NOW: i64 = 1_795_219_200_000;
pub(crate) const SECOND: i64 = 1000;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

pub(crate) const PASSWORD: &str = "lantern drifts over seven hills";
pub(crate) const OTHER_PASSWORD: &str = "青い湖と静かな朝と三つの古い橋";

/// A folder that goes away with the test.
pub(crate) struct Room {
    folder: tempfile::TempDir,
}

impl Room {
    pub(crate) fn new() -> Room {
        Room { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join(FILE_NAME)
    }

    pub(crate) async fn open(&self) -> Registry {
        Registry::open_with(&self.path(), HashCost::FOR_TESTS).await.unwrap()
    }

    /// The file as another program sees it.
    pub(crate) async fn connect(&self) -> DatabaseConnection {
        let address = format!("sqlite://{}?mode=rwc", self.path().display());
        Database::connect(address).await.unwrap()
    }

    /// Every byte of every file in the folder, the write-ahead log included.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

/// The first value that a query answers, a text or a number.
pub(crate) async fn text(connection: &DatabaseConnection, query: &str) -> String {
    let statement = Statement::from_string(connection.get_database_backend(), query);
    let row = connection.query_one_raw(statement).await.unwrap().unwrap();
    let number = || row.try_get_by_index::<i64>(0).map(|number| number.to_string());
    row.try_get_by_index::<String>(0).or_else(|_| number()).unwrap()
}

/// The first owner, by the link on the console.
pub(crate) async fn set_up(registry: &Registry) -> SignedIn {
    let link = registry.setup_link(NOW).await.unwrap();
    let token = link.token.expose();
    registry.set_up(token, "Aoi@Example.com", "小川 葵", Language::Ja, PASSWORD, NOW).await.unwrap()
}

pub(crate) fn someone(email: &str, role: Role) -> NewPerson {
    NewPerson {
        email: email.to_owned(),
        name: "森 健".to_owned(),
        role,
        rep: None,
        language: Language::Ja,
    }
}

/// Someone who was invited and has joined with [`PASSWORD`].
pub(crate) async fn joined(registry: &Registry, email: &str, role: Role) -> Person {
    let (person, link) = registry.invite(someone(email, role), "person:1", NOW).await.unwrap();
    registry.join(link.token.expose(), &person.name, PASSWORD, NOW).await.unwrap().person
}

/// The error of an answer that had to be one.
pub(crate) fn refusal<T: std::fmt::Debug>(
    answer: kizashi_registry::Result<T>,
) -> kizashi_registry::Error {
    answer.expect_err("this had to be refused")
}
