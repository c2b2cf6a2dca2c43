//! An object of the notation whose keys are taken one by one; a key left over was not understood.

use serde_json::{Map, Value as Json};

/// The keys of one object, and where it stands.
pub(super) struct Fields<'a> {
    map: &'a Map<String, Json>,
    taken: Vec<&'static str>,
    place: String,
}

impl<'a> Fields<'a> {
    pub(super) fn of(json: &'a Json, place: &str) -> Result<Fields<'a>, String> {
        let map = json.as_object().ok_or(format!("{place}: `{json}` is no object"))?;
        Ok(Fields { map, taken: vec![], place: place.to_owned() })
    }

    pub(super) fn take(&mut self, key: &'static str) -> Option<&'a Json> {
        let value = self.map.get(key)?;
        self.taken.push(key);
        Some(value)
    }

    /// The value of the first of some keys that mean the same.
    pub(super) fn take_any(&mut self, keys: &[&'static str]) -> Option<&'a Json> {
        keys.iter().find_map(|key| self.take(key))
    }

    pub(super) fn need(&mut self, key: &'static str) -> Result<&'a Json, String> {
        self.take(key).ok_or(format!("{}: `{key}` is missing", self.place))
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<&'a str, String> {
        text(self.need(key)?, &format!("{}/{key}", self.place))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    pub(super) fn is_number(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(Json::is_number)
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// # Errors
    /// Names every key that nobody asked for.
    pub(super) fn no_more(&self) -> Result<(), String> {
        let unknown: Vec<String> = self
            .map
            .keys()
            .filter(|key| !self.taken.contains(&key.as_str()))
            .map(|key| format!("`{key}`"))
            .collect();
        if unknown.is_empty() {
            return Ok(());
        }
        Err(format!("{}: not understood: {}", self.place, unknown.join(", ")))
    }
}

pub(super) fn text<'a>(json: &'a Json, place: &str) -> Result<&'a str, String> {
    json.as_str().ok_or(format!("{place}: `{json}` is no text"))
}

pub(super) fn list<'a>(json: &'a Json, place: &str) -> Result<&'a [Json], String> {
    json.as_array().map(Vec::as_slice).ok_or(format!("{place}: `{json}` is no list"))
}
