//! Format 1: the first tables. Instants are milliseconds since 1970 in `BIGINT`s; hashes are lower-case hex.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, boolean, integer, string, string_uniq, text,
        text_null,
    },
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "version_1"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, schema: &SchemaManager) -> Result<(), DbErr> {
        for table in who().into_iter().chain(what()) {
            schema.create_table(table).await?;
        }
        for index in indexes() {
            schema.create_index(index).await?;
        }
        Ok(())
    }
}

/// The tables about people and how they get in.
fn who() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("format")
            .col(integer("id").primary_key())
            .col(big_integer("version"))
            .take(),
        Table::create()
            .table("people")
            .col(big_pk_auto("id"))
            .col(string_uniq("email"))
            .col(string("name"))
            .col(string("role"))
            .col(text_null("rep"))
            .col(string("language"))
            .col(boolean("active"))
            .col(text_null("password_hash"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_seen"))
            .take(),
        Table::create()
            .table("links")
            .col(big_pk_auto("id"))
            .col(string_uniq("token_sha256"))
            .col(string("purpose"))
            .col(big_integer_null("person_id"))
            .col(string("by"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("used_at"))
            .foreign_key(ForeignKey::create().from("links", "person_id").to("people", "id"))
            .take(),
        Table::create()
            .table("sessions")
            .col(string("token_sha256").primary_key())
            .col(big_integer("person_id"))
            .col(big_integer("created_at"))
            .col(big_integer("last_used_at"))
            .col(big_integer("expires_at"))
            .foreign_key(ForeignKey::create().from("sessions", "person_id").to("people", "id"))
            .take(),
        Table::create()
            .table("sign_in_failures")
            .col(string("email_sha256").primary_key())
            .col(boolean("known"))
            .col(integer("failures"))
            .col(big_integer("last_at"))
            .col(big_integer("open_at"))
            .take(),
        Table::create()
            .table("api_keys")
            .col(big_pk_auto("id"))
            .col(string_uniq("secret_sha256"))
            .col(string("prefix"))
            .col(string("name"))
            .col(string("role"))
            .col(string("by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("last_used_at"))
            .col(big_integer_null("revoked_at"))
            .take(),
    ]
}

/// The tables about what was decided and done.
fn what() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("definitions")
            .col(string("kind"))
            .col(string("id"))
            .col(integer("version"))
            .col(text("body"))
            .col(boolean("retired"))
            .col(string("origin"))
            .col(string("by"))
            .col(big_integer("created_at"))
            .primary_key(Index::create().col("kind").col("id").col("version"))
            .take(),
        json_by_key("settings"),
        json_by_key("profiles"),
        Table::create()
            .table("imports")
            .col(big_pk_auto("id"))
            .col(text("file"))
            .col(big_integer("bytes"))
            .col(string("state"))
            .col(text_null("kind"))
            .col(text_null("layout"))
            .col(big_integer_null("batch"))
            .col(text_null("counts"))
            .col(text_null("problems"))
            .col(text_null("error"))
            .col(string("by"))
            .col(big_integer("created_at"))
            .col(big_integer_null("committed_at"))
            .col(big_integer_null("undone_at"))
            .take(),
        Table::create()
            .table("audit")
            .col(big_pk_auto("id"))
            .col(big_integer("at"))
            .col(string("who"))
            .col(string("what"))
            .col(text("on"))
            .col(text_null("detail"))
            .take(),
    ]
}

fn json_by_key(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(string("key").primary_key())
        .col(text("json"))
        .col(big_integer("changed_at"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        Index::create().name("links_person").table("links").col("person_id").take(),
        Index::create().name("sessions_person").table("sessions").col("person_id").take(),
        Index::create().name("sessions_expiry").table("sessions").col("expires_at").take(),
        Index::create()
            .name("failures_age")
            .table("sign_in_failures")
            .col("known")
            .col("last_at")
            .take(),
        Index::create().name("imports_state").table("imports").col("state").take(),
    ]
}
