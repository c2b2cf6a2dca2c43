//! Who told something, in the reader's words: the store keeps sources and batches by names for machines.

use std::collections::HashMap;

use condition::{Language, Said};

use crate::{host::App, http::error::Answer};

/// What is needed to name sources: people by what outcomes and reports are told under, models by their ids.
pub(crate) struct SourceNames {
    people: HashMap<String, String>,
    models: HashMap<String, Said>,
    language: Language,
}

impl SourceNames {
    pub(crate) async fn read(app: &App, language: Language) -> Answer<SourceNames> {
        let people = app.registry.people().await?.into_iter();
        let people = people.map(|one| (format!("person:{}", one.id), one.name)).collect();
        let models = crate::nouns::models::drafts(app).await?.into_iter();
        let models = models.map(|(draft, _)| (draft.id, draft.name)).collect();
        Ok(SourceNames { people, models, language })
    }

    /// What a source is called.
    pub(crate) fn source(&self, source: &str) -> String {
        let (what, name) = source.split_once(':').unwrap_or((source, ""));
        let of_kind = |ja: &str, en: &str| match self.language {
            Language::Ja => format!("{ja}「{name}」"),
            Language::En => format!("{en} “{name}”"),
        };
        let by = |ja: &str, en: &str| {
            let who = self.people.get(name).map_or(name, String::as_str);
            match self.language {
                Language::Ja => format!("{ja}（{who}）"),
                Language::En => format!("{en} ({who})"),
            }
        };
        match what {
            "api" => name.to_owned(),
            "hook" => of_kind("Webhook", "Webhook"),
            "tag" => of_kind("Web タグ", "Web tag"),
            "model" => {
                let known = self.models.get(name).map(|said| said.get(self.language));
                let name = known.filter(|said| !said.is_empty()).unwrap_or(name);
                self.either(&format!("モデル「{name}」"), &format!("Model “{name}”"))
            }
            "topics" => self.either("話題の読み取り（自動）", "Topics read (automatic)"),
            "outcomes" => by("対応の記録", "Outcomes"),
            "edits" => by("顧客の変更", "Edits of customers"),
            "reports" => by("営業日報", "Daily reports"),
            "file" => self.file(name),
            _ => source.to_owned(),
        }
    }

    /// A kind of file. Files with other columns are another source: four characters of their mark tell them apart.
    fn file(&self, name: &str) -> String {
        let (kind, mark) = name.split_once(':').unwrap_or((name, ""));
        let Some(kind) = intake::Kind::parse(kind) else { return name.to_owned() };
        let kind = kind.label();
        let mark: String = mark.chars().take(4).collect();
        match self.language {
            Language::Ja => format!("ファイル: {}（列の型 {mark}）", kind.ja),
            Language::En => format!("Files: {} (columns {mark})", kind.en),
        }
    }

    /// What the latest batch of a source was: the name of its file, or how many of what.
    pub(crate) fn latest(&self, source: &str, label: &str, rows: u64) -> String {
        let n = grouped(rows);
        let counted = |ja: &str, one: &str, many: &str| match self.language {
            Language::Ja => format!("{ja} {n} 件"),
            Language::En => format!("{n} {}", if rows == 1 { one } else { many }),
        };
        match source.split(':').next().unwrap_or_default() {
            "model" => counted("スコア", "score", "scores"),
            "topics" => counted("話題", "mention", "mentions"),
            "api" | "hook" | "tag" => counted("記録", "fact", "facts"),
            "outcomes" => counted("対応", "outcome", "outcomes"),
            "edits" => counted("変更", "edit", "edits"),
            "reports" => counted("日報", "report", "reports"),
            _ => label.to_owned(),
        }
    }

    fn either(&self, ja: &str, en: &str) -> String {
        match self.language {
            Language::Ja => ja.to_owned(),
            Language::En => en.to_owned(),
        }
    }
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place != 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(language: Language) -> SourceNames {
        SourceNames {
            people: HashMap::from([("person:2".into(), "佐藤".into())]),
            models: HashMap::from([("leave".into(), Said::new("離反", "Leaving"))]),
            language,
        }
    }

    #[test]
    fn sources_are_named_in_the_language_of_the_reader() {
        let (ja, en) = (names(Language::Ja), names(Language::En));
        for (source, in_ja, in_en) in [
            ("api:crm", "crm", "crm"),
            ("hook:shop", "Webhook「shop」", "Webhook “shop”"),
            ("tag:site", "Web タグ「site」", "Web tag “site”"),
            ("model:churn", "モデル「churn」", "Model “churn”"),
            ("model:leave", "モデル「離反」", "Model “Leaving”"),
            ("topics", "話題の読み取り（自動）", "Topics read (automatic)"),
            ("outcomes:person:2", "対応の記録（佐藤）", "Outcomes (佐藤)"),
            ("edits:person:2", "顧客の変更（佐藤）", "Edits of customers (佐藤)"),
            ("something", "something", "something"),
        ] {
            assert_eq!((ja.source(source), en.source(source)), (in_ja.into(), in_en.into()));
        }
        assert!(ja.source("file:customers:00ab12cd").starts_with("ファイル: "));
        assert!(ja.source("file:customers:00ab12cd").ends_with("00ab）"));
    }

    #[test]
    fn batches_are_told_as_numbers_of_what_they_brought() {
        let (ja, en) = (names(Language::Ja), names(Language::En));
        assert_eq!(ja.latest("model:x", "3300 scores", 3_300), "スコア 3,300 件");
        assert_eq!(en.latest("model:x", "3300 scores", 3_300), "3,300 scores");
        assert_eq!(en.latest("api:x", "1 facts", 1), "1 fact");
        assert_eq!(ja.latest("file:customers:1", "顧客.csv", 5), "顧客.csv");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
