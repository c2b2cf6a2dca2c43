//! Settings of the workspace, and profiles that remember how a layout of columns was read.
//!
//! Both are JSON texts by key; what they mean is the caller's.

use std::collections::BTreeMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{
    Registry,
    entities::{profile, setting},
    error::{Error, Result},
};

impl Registry {
    /// All settings: key and JSON text.
    pub async fn settings(&self) -> Result<BTreeMap<String, String>> {
        let rows = setting::Entity::find().all(&self.readers).await?;
        Ok(rows.into_iter().map(|row| (row.key, row.json)).collect())
    }

    /// The settings whose keys begin so: key and JSON text.
    pub async fn settings_under(&self, beginning: &str) -> Result<BTreeMap<String, String>> {
        let rows = setting::Entity::find()
            .filter(setting::Column::Key.starts_with(beginning))
            .all(&self.readers)
            .await?;
        // LIKE does not tell upper case from lower.
        let own = rows.into_iter().filter(|row| row.key.starts_with(beginning));
        Ok(own.map(|row| (row.key, row.json)).collect())
    }

    /// The JSON text of one setting.
    pub async fn setting(&self, key: &str) -> Result<Option<String>> {
        Ok(setting::Entity::find_by_id(key).one(&self.readers).await?.map(|row| row.json))
    }

    /// Sets one setting, in place of what it was.
    pub async fn put_setting(&self, key: &str, json: &str, now: i64) -> Result<()> {
        check_json("the setting", json)?;
        let row = setting::ActiveModel {
            key: Set(key.to_owned()),
            json: Set(json.to_owned()),
            changed_at: Set(now),
        };
        let replace = OnConflict::column(setting::Column::Key)
            .update_columns([setting::Column::Json, setting::Column::ChangedAt])
            .to_owned();
        setting::Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&self.writer)
            .await?;
        Ok(())
    }

    /// How a file with this layout was read the last time, as JSON text.
    pub async fn profile(&self, key: &str) -> Result<Option<String>> {
        Ok(profile::Entity::find_by_id(key).one(&self.readers).await?.map(|row| row.json))
    }

    /// Remembers how a file with this layout was read, in place of what was remembered.
    pub async fn put_profile(&self, key: &str, json: &str, now: i64) -> Result<()> {
        check_json("the profile", json)?;
        let row = profile::ActiveModel {
            key: Set(key.to_owned()),
            json: Set(json.to_owned()),
            changed_at: Set(now),
        };
        let replace = OnConflict::column(profile::Column::Key)
            .update_columns([profile::Column::Json, profile::Column::ChangedAt])
            .to_owned();
        profile::Entity::insert(row)
            .on_conflict(replace)
            .exec_without_returning(&self.writer)
            .await?;
        Ok(())
    }
}

/// Refuses a text that is not JSON, so that no reader ever meets one.
pub(crate) fn check_json(what: &'static str, text: &str) -> Result<()> {
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => Ok(()),
        Err(why) => Err(Error::NotJson { what, why: why.to_string() }),
    }
}
