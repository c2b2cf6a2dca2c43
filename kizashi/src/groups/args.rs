//! The words after `packs`, `crosstab` and `profile`.

use clap::Args;
use serde_json::{Value as Json, json};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi packs\n  kizashi packs salon                  its segments and words to begin with\n  kizashi packs salon --install        put all of them in use\n  kizashi packs salon --remove         take out those that nobody changed"
)]
pub(crate) struct Packs {
    /// The pack's id; none lists them all
    pub(crate) pack: Option<String>,
    /// Put all its segments in use
    #[arg(long, requires = "pack")]
    pub(crate) install: bool,
    /// With --install: also write a new version of segments that say something else
    #[arg(long, requires = "install")]
    pub(crate) replace: bool,
    /// Take its segments out of use, as far as nobody changed them and nothing refers to them
    #[arg(long, requires = "pack", conflicts_with = "install")]
    pub(crate) remove: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "A side is written as one of\n  recency:EVENT[:EDGES]              days since the last event\n  frequency:EVENT:DAYS[:EDGES]       how many events in so many days\n  amount:EVENT:PROPERTY:DAYS[:EDGES] what a property comes to\n  attribute:KEY[:VALUES]\n  segments:ID,ID\nEdges and values have commas between; those left out are proposed from what is there.\n\nExamples:\n  kizashi crosstab --rows recency:purchased --columns frequency:purchased:365 --before 30\n  kizashi crosstab --rows attribute:industry --show amount:purchased:amount:365\n  kizashi crosstab --rows attribute:rep --show share:meeting-set"
)]
pub(crate) struct Crosstab {
    /// What the rows are
    #[arg(long, value_name = "SIDE", value_parser = side)]
    pub(crate) rows: Json,
    /// What the columns are
    #[arg(long, value_name = "SIDE", value_parser = side)]
    pub(crate) columns: Option<Json>,
    /// Only the members of this segment
    #[arg(long, value_name = "SEGMENT")]
    pub(crate) within: Option<String>,
    /// Beside the count: `share:SEGMENT` or `amount:EVENT:PROPERTY:DAYS`
    #[arg(long, value_name = "WHAT", value_parser = shown)]
    pub(crate) show: Option<Json>,
    /// Compare with so many days ago
    #[arg(long, value_name = "DAYS")]
    pub(crate) before: Option<u32>,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  kizashi profile golden-loyal")]
pub(crate) struct Profile {
    /// The segment's id
    pub(crate) segment: String,
}

fn days(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is no number of days"))
}

fn listed(text: Option<&&str>) -> Vec<String> {
    let parts = text.map(|text| text.split(',')).into_iter().flatten();
    parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

fn whole(text: Option<&&str>) -> Result<Vec<u32>, String> {
    listed(text)
        .iter()
        .map(|edge| edge.parse().map_err(|_| format!("`{edge}` is no edge")))
        .collect()
}

fn side(text: &str) -> Result<Json, String> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        ["recency", event, edges @ ..] if edges.len() <= 1 => {
            Ok(json!({"by": "recency", "event": event, "edges": whole(edges.first())?}))
        }
        ["frequency", event, back, edges @ ..] if edges.len() <= 1 => Ok(json!({
            "by": "frequency", "event": event, "days": days(back)?, "edges": whole(edges.first())?,
        })),
        ["amount", event, of, back, edges @ ..] if edges.len() <= 1 => Ok(json!({
            "by": "amount", "event": event, "of": of, "days": days(back)?, "edges": listed(edges.first()),
        })),
        ["attribute", key, values @ ..] if values.len() <= 1 => {
            Ok(json!({"by": "attribute", "key": key, "values": listed(values.first())}))
        }
        ["segments", ids] => Ok(json!({"by": "segments", "ids": listed(Some(ids))})),
        _ => Err(format!("`{text}` is no side of a table; write it like `recency:purchased`")),
    }
}

fn shown(text: &str) -> Result<Json, String> {
    let parts: Vec<&str> = text.split(':').collect();
    match parts.as_slice() {
        ["share", segment] => Ok(json!({"show": "share", "segment": segment})),
        ["amount", event, of, back] => {
            Ok(json!({"show": "amount", "event": event, "of": of, "days": days(back)?}))
        }
        _ => Err(format!("`{text}` cannot be shown; write it like `share:SEGMENT`")),
    }
}
