//! A cell that holds a JSON object of properties.

use std::borrow::Cow;

use facts::{Decimal, Value};
use serde_json::Value as Json;

/// Appends the properties of an object; `None` when the text is no JSON object.
pub(super) fn properties<'a>(text: &str, pairs: &mut Vec<(Cow<'a, str>, Value)>) -> Option<()> {
    let Json::Object(object) = serde_json::from_str(text).ok()? else { return None };
    for (name, json) in object {
        if name.is_empty() || 100 < name.len() {
            return None;
        }
        let value = value(json);
        if value != Value::Missing {
            pairs.push((Cow::Owned(name), value));
        }
    }
    Some(())
}

fn value(json: Json) -> Value {
    match json {
        Json::Null => Value::Missing,
        Json::Bool(yes) => Value::Bool(yes),
        Json::Number(number) => {
            let text = number.to_string();
            match text.parse().or_else(|_| Decimal::from_scientific(&text)) {
                Ok(number) => Value::Number(number),
                Err(_) => Value::from(text),
            }
        }
        Json::String(text) => Value::from(text),
        // Nested values are kept as they are; conditions do not look into them.
        nested @ (Json::Array(_) | Json::Object(_)) => Value::from(nested.to_string()),
    }
}
