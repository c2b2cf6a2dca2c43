//! The steps by which a registry grew. A step that was released is never edited; a change is a new step.

mod version_1;

use sea_orm_migration::prelude::*;

/// The format this version writes, and the newest it reads. It is the number of the last step.
pub const FORMAT: i64 = 1;

/// Takes a registry of any older format to [`FORMAT`].
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(version_1::Migration)]
    }
}
