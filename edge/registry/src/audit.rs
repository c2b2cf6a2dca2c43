//! The audit trail: who did what to which thing, and when. Entries are only ever added.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::{Registry, entities::audit, error::Result};

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Grows with every entry; where a page ends and the next one begins.
    pub id: i64,
    /// When (ms).
    pub at: i64,
    /// Who, such as `person:1`, `key:2` or `system`.
    pub who: String,
    /// What, such as `segment_changed`.
    pub what: String,
    /// To which thing, such as `segment:loyal`.
    pub on: String,
    /// More about it. No secrets, no passwords, no links.
    pub detail: Option<String>,
}

impl Registry {
    /// Adds an entry and answers its id.
    pub async fn audit(
        &self,
        who: &str,
        what: &str,
        on: &str,
        detail: Option<&str>,
        now: i64,
    ) -> Result<i64> {
        let row = audit::ActiveModel {
            at: Set(now),
            who: Set(who.to_owned()),
            what: Set(what.to_owned()),
            on: Set(on.to_owned()),
            detail: Set(detail.map(str::to_owned)),
            ..Default::default()
        };
        Ok(row.insert(&self.writer).await?.id)
    }

    /// Up to `limit` entries, newest first: those older than the entry `before`, or the newest ones.
    pub async fn audit_page(&self, before: Option<i64>, limit: u64) -> Result<Vec<AuditEntry>> {
        let mut entries = audit::Entity::find().order_by_desc(audit::Column::Id).limit(limit);
        if let Some(before) = before {
            entries = entries.filter(audit::Column::Id.lt(before));
        }
        Ok(entries.all(&self.readers).await?.into_iter().map(AuditEntry::read).collect())
    }
}

impl AuditEntry {
    fn read(row: audit::Model) -> AuditEntry {
        AuditEntry {
            id: row.id,
            at: row.at,
            who: row.who,
            what: row.what,
            on: row.on,
            detail: row.detail,
        }
    }
}
