//! Amounts as they are written: numbers, or texts where a number would lose digits.

use facts::Decimal;
use serde::{Deserialize, Deserializer, Serializer, de::Error};
use serde_json::Value as Json;

/// Writes an amount as text, so that no digit is lost.
pub(crate) fn serialize<S: Serializer>(amount: &Option<Decimal>, to: S) -> Result<S::Ok, S::Error> {
    match amount {
        Some(amount) => to.serialize_some(&amount.normalize().to_string()),
        None => to.serialize_none(),
    }
}

/// Reads an amount that is a number, the text of one, or nothing.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Decimal>, D::Error> {
    let text = match Json::deserialize(from)? {
        Json::Null => return Ok(None),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text,
        _ => return Err(D::Error::custom("an amount is a number, like `98000`")),
    };
    let shown: String = text.chars().take(40).collect();
    let read = text.trim().parse::<Decimal>().or_else(|_| Decimal::from_scientific(text.trim()));
    read.map(Some)
        .map_err(|_| D::Error::custom(format!("`{shown}` is no amount; write it like `98000`")))
}
