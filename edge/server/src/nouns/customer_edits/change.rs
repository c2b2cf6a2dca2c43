//! What is changed: one attribute gets one value, or loses it. Tags and lists are attributes too (`tag:重点`, `list:expo`).

use condition::{Language, Said, label_of_attribute, label_of_value};
use facts::{Decimal, Properties, Timestamp, Value};
use jiff::civil::Date;
use serde_json::Value as Json;
use unicode_normalization::UnicodeNormalization;

use crate::{
    host::App,
    http::{
        access::Permission,
        caller::Caller,
        error::{Answer, ApiError},
    },
    nouns::{facts_in::properties, wire::short_text},
};

const TAG: &str = "tag:";
const LIST: &str = "list:";
/// What says whose customer it is.
const REP: &str = "rep";
/// What no two customers have in common: one customer's at a time.
const OWN: [&str; 8] =
    ["name", "name_kana", "corporate_number", "birthday", "phone", "email", "website", "address"];
/// What has a way of its own to be written, with who said so and why.
const ELSEWHERE: [&str; 2] = ["score:", "need:"];

/// One attribute and its new value; a missing one takes the value away.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub(super) attribute: String,
    pub(super) value: Value,
}

impl Change {
    /// A change that may be made by this caller to so many customers, with the value in the form in which the attribute has
    /// its others. Reads the names in use, which waits for the disk.
    ///
    /// # Errors
    /// 403 when a rep gives customers away; 422 when the value is none of this attribute's, or the attribute is not to be
    /// changed so.
    pub(super) fn read(
        app: &App,
        caller: &Caller,
        (attribute, value): (&str, Json),
        customers: u64,
    ) -> Answer<Change> {
        let attribute = short_text(attribute, 60)?;
        if attribute == REP && !caller.may(Permission::SeeAllCustomers) {
            return Err(ApiError::forbidden());
        }
        if 1 < customers && OWN.contains(&attribute.as_str()) {
            return Err(ApiError::invalid(
                "この項目は顧客ごとに違うため、一人ずつ変えてください",
                "this tells customers apart; change it for one customer at a time",
            ));
        }
        if ELSEWHERE.iter().any(|beginning| attribute.starts_with(beginning)) {
            return Err(ApiError::invalid(
                "この項目はここでは変えられません。モデルかニーズの画面で記録されます",
                "this is not changed here; models and needs write it",
            ));
        }
        let value = match value {
            Json::String(text) => as_known(app, &attribute, text.trim())?,
            other => {
                let pair = std::iter::once((attribute.clone(), other)).collect();
                let read = properties(pair).map_err(|why| ApiError::invalid(why.ja, why.en))?;
                read.borrowed().get(&attribute).to_owned()
            }
        };
        let marked = [TAG, LIST].iter().find_map(|beginning| attribute.strip_prefix(beginning));
        let fits = matches!(value, Value::Missing | Value::Bool(true));
        if marked.is_some_and(|name| name.trim().is_empty() || !fits) {
            return Err(ApiError::invalid(
                "タグやリストには名前を付け、値は true か null にしてください",
                "name the tag or list, with true or null as its value",
            ));
        }
        Ok(Change { attribute, value })
    }

    /// As facts have it.
    pub(super) fn properties(&self) -> Answer<Properties> {
        let pair = [(self.attribute.as_str(), self.value.clone())];
        Properties::new(pair)
            .map_err(|why| ApiError::invalid(format!("受け取れません: {why}"), why.to_string()))
    }

    /// What is done, in words.
    pub(super) fn said(&self) -> Said {
        let takes_away = self.value == Value::Missing;
        if let Some(name) = self.attribute.strip_prefix(TAG) {
            return match takes_away {
                true => {
                    Said::new(format!("タグ「{name}」を外す"), format!("Remove the tag “{name}”"))
                }
                false => {
                    Said::new(format!("タグ「{name}」を付ける"), format!("Add the tag “{name}”"))
                }
            };
        }
        if let Some(name) = self.attribute.strip_prefix(LIST) {
            return match takes_away {
                true => Said::new(
                    format!("リスト「{name}」から外す"),
                    format!("Take off the list “{name}”"),
                ),
                false => Said::new(
                    format!("リスト「{name}」に載せる"),
                    format!("Put on the list “{name}”"),
                ),
            };
        }
        let label = |language| label_of_attribute(&self.attribute, language);
        let (ja, en) = (label(Language::Ja), label(Language::En));
        let plain = self.value.borrowed().to_string();
        let value = |language| label_of_value(&self.attribute, &plain, language);
        match takes_away {
            true => Said::new(format!("{ja}を空にする"), format!("Clear “{en}”")),
            false => Said::new(
                format!("{ja}を「{}」にする", value(Language::Ja)),
                format!("Set “{en}” to “{}”", value(Language::En)),
            ),
        }
    }
}

/// A text as the other values of the attribute are kept: what was typed is a number where the others are numbers.
fn as_known(app: &App, attribute: &str, text: &str) -> Answer<Value> {
    let names = app.store.names();
    let known = names.attributes.iter().find(|known| *known.key == *attribute);
    let read = match known.map(|known| known.kind) {
        _ if text.is_empty() => Some(Value::Missing),
        Some(store::Kind::Number) => number(text).map(Value::from),
        Some(store::Kind::Bool) => text.parse::<bool>().ok().map(Value::from),
        Some(store::Kind::Date) => {
            let is_date = text.parse::<Date>().is_ok() || Timestamp::parse(text).is_ok();
            is_date.then(|| Value::text(text))
        }
        Some(store::Kind::Text) | None => Some(Value::text(short_text(text, 1_000)?)),
    };
    read.ok_or_else(|| {
        ApiError::invalid(
            "この項目のほかの値と形が違います。数の項目には数を、日付の項目には 2026-11-21 の形で入れてください",
            "the other values of this are of another kind; write a number, true or false, or a day like 2026-11-21",
        )
    })
}

/// A number as people type it: in full width and with commas, too.
fn number(text: &str) -> Option<Decimal> {
    let plain: String = text.nfkc().filter(|letter| *letter != ',').collect();
    plain.trim().parse().ok()
}
