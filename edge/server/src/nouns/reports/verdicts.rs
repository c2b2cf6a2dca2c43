//! Whether a found place is right: one click by whoever reads the report. Each rule's precision is counted from it.

use std::collections::BTreeMap;

use axum::extract::State;
use registry::NewDefinition;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{
        App,
        mentions::{MENTIONED, is_mention},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::{Json, Path},
    },
    nouns::reports::shown::Verdicts,
};

/// The kind under which the registry keeps verdicts: versions that are only added, so that it stays known who said what.
const VERDICT: &str = "verdict";

/// Whether a found place is right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerdictBody {
    /// The rule that found it.
    rule: String,
    field: String,
    /// Its first letter.
    begin: usize,
    /// Null takes the verdict back.
    right: Option<bool>,
}

/// A verdict that is kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct VerdictKept {
    right: Option<bool>,
}

/// A verdict in the registry.
#[derive(Serialize, Deserialize)]
struct Kept {
    customer: u32,
    report: u64,
    rule: String,
    field: String,
    begin: usize,
    right: bool,
}

/// How often a rule was said to be right and wrong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) right: u64,
    pub(crate) wrong: u64,
}

/// Says that a found place is right or wrong, or takes that back.
#[utoipa::path(put, path = "/api/v1/reports/{customer}/{report}/verdict", tag = "reports",
    request_body = VerdictBody, responses((status = 200, body = VerdictKept)))]
pub(crate) async fn judge(
    State(app): State<App>,
    caller: Caller,
    Path((customer, report)): Path<(String, u64)>,
    Json(given): Json<VerdictBody>,
) -> Answer<axum::Json<VerdictKept>> {
    let (customer, _) = app.find(&caller, &customer)?;
    let (rule, field, begin) = (given.rule.clone(), given.field.clone(), given.begin);
    let is_there = app
        .with_history(customer, move |history| {
            let events = history.track(MENTIONED).map(|track| history.events_of(track));
            events.unwrap_or_default().iter().any(|event| {
                let values = history.particulars(event);
                let first = values.get("begin").as_number();
                is_mention(values, report)
                    && values.get("rule").as_text() == Some(&rule)
                    && values.get("field").as_text() == Some(&field)
                    && first.and_then(|first| usize::try_from(first).ok()) == Some(begin)
            })
        })
        .await?;
    if !is_there {
        return Err(ApiError::not_found());
    }
    let VerdictBody { rule, field, begin, right } = given;
    let id = format!("{customer}:{report}:{rule}:{field}:{begin}");
    let now = app.clock.real_now().millis();
    let known = app.registry.definition(VERDICT, &id).await?;
    let (by, origin) = (caller.name(), caller.origin());
    match (right, known) {
        (None, None) => {}
        (None, Some(_)) => {
            app.registry.retire_definition(VERDICT, &id, origin, &by, now).await?;
        }
        (Some(right), known) => {
            let kept = Kept { customer, report, rule, field, begin, right };
            let body =
                serde_json::to_string(&kept).map_err(|why| ApiError::ours("a verdict", why))?;
            let expected = known.map(|known| known.version);
            let kind = VERDICT.to_owned();
            let new = NewDefinition { kind, id, body, expected, origin, by };
            app.registry.put_definition(new, now).await?;
        }
    }
    Ok(axum::Json(VerdictKept { right }))
}

/// All verdicts, by customer and report.
pub(super) async fn verdicts(app: &App) -> Answer<BTreeMap<(u32, u64), Verdicts>> {
    let mut all: BTreeMap<(u32, u64), Verdicts> = BTreeMap::new();
    for kept in kept(app).await? {
        let of = all.entry((kept.customer, kept.report)).or_default();
        of.insert((kept.rule, kept.field, kept.begin), kept.right);
    }
    Ok(all)
}

/// How often each rule was said to be right and wrong.
pub(crate) async fn judged(app: &App) -> Answer<BTreeMap<String, Judged>> {
    let mut all: BTreeMap<String, Judged> = BTreeMap::new();
    for kept in kept(app).await? {
        let judged = all.entry(kept.rule).or_default();
        if kept.right {
            judged.right += 1;
        } else {
            judged.wrong += 1;
        }
    }
    Ok(all)
}

async fn kept(app: &App) -> Answer<Vec<Kept>> {
    let all = app.registry.definitions(VERDICT).await?;
    let standing = all.into_iter().filter(|one| !one.retired);
    Ok(standing.filter_map(|one| serde_json::from_str(&one.body).ok()).collect())
}
