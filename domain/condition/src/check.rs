//! From what was written to what can be evaluated: every fault is found, each with its path.

mod belonging;
mod habits;
mod leaves;
mod reader;
mod tests_of_values;
mod write;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Condition, Fault, FaultKind, SegmentId};
pub(crate) use leaves::MEASURES;
pub(crate) use reader::HEADS;
use reader::{Reader, Spot};

/// A condition as somebody wrote it: any JSON at all, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Draft(pub Json);

impl Draft {
    /// The condition that was meant.
    ///
    /// # Errors
    /// Every fault of the draft, in the order in which they stand in it.
    pub fn check(&self) -> Result<Condition, Vec<Fault>> {
        let mut reader = Reader::default();
        let condition = reader.condition(&Spot::top(&self.0));
        match (condition, reader.faults.is_empty()) {
            (Some(condition), true) => Ok(condition),
            (_, false) => Err(reader.faults),
            (None, true) => Err(vec![Fault { path: String::new(), kind: FaultKind::Head }]),
        }
    }

    /// Reads JSON text.
    ///
    /// # Errors
    /// What the JSON parser says, with line and column.
    pub fn from_json(text: &str) -> Result<Draft, serde_json::Error> {
        serde_json::from_str(text).map(Draft)
    }

    /// The paths at which the draft refers to segments, with what stands there.
    pub fn segment_paths(&self) -> Vec<(String, SegmentId)> {
        let mut found = vec![];
        collect_segments(&self.0, String::new(), &mut found);
        found
    }

    /// The same with all that is said of one segment said of another.
    pub fn about(&self, one: &SegmentId, other: &SegmentId) -> Draft {
        let mut json = self.0.clone();
        for (path, id) in self.segment_paths() {
            if id == *one
                && let Some(place) = json.pointer_mut(&path)
            {
                *place = Json::String(other.to_string());
            }
        }
        Draft(json)
    }
}

impl From<&Condition> for Draft {
    /// The canonical way to write a condition; checking it gives the condition back.
    fn from(condition: &Condition) -> Draft {
        Draft(write::condition(condition))
    }
}

fn collect_segments(json: &Json, path: String, found: &mut Vec<(String, SegmentId)>) {
    match json {
        Json::Object(fields) => {
            for key in ["segment", "among"] {
                if let Some(id) = fields.get(key).and_then(Json::as_str).and_then(SegmentId::new) {
                    found.push((format!("{path}/{key}"), id));
                }
            }
            for (key, value) in fields {
                collect_segments(value, format!("{path}/{key}"), found);
            }
        }
        Json::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                collect_segments(item, format!("{path}/{place}"), found);
            }
        }
        _ => {}
    }
}
