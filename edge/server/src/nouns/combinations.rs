//! Which segments customers are in exactly: for a few segments, how many are in each combination and in no other of them.

use axum::extract::State;
use condition::SegmentId;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Query,
    },
    nouns::{why::SegmentName, wire::Instant},
};

/// Which segments.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Chosen {
    /// The ids of 2 to 12 segments, with commas between.
    ids: String,
}

/// How many are in which of some segments.
#[derive(Serialize, ToSchema)]
pub(crate) struct Combinations {
    as_of: Instant,
    segments: Vec<ChosenSegment>,
    /// How many customers are in one of them at least.
    either: u64,
    /// The largest first; whoever is in one of the segments at least is in exactly one of these.
    combinations: Vec<CombinationRow>,
}

/// One of the segments.
#[derive(Serialize, ToSchema)]
pub(crate) struct ChosenSegment {
    #[serde(flatten)]
    segment: SegmentName,
    count: u64,
}

/// Those who are in the same of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct CombinationRow {
    /// The segments they are in; they are in no other of those that were asked about.
    segments: Vec<String>,
    count: u64,
}

/// So many segments are told apart; each doubles the combinations there may be.
const MOST: usize = 12;

/// How many are in which of some segments, and in no other of them.
#[utoipa::path(get, path = "/api/v1/combinations", tag = "segments", params(Chosen),
    responses((status = 200, body = Combinations)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Query(chosen): Query<Chosen>,
) -> Answer<axum::Json<Combinations>> {
    let (as_of, ids, names, groups) = {
        let live = app.live()?;
        let scope = live.scope(&caller);
        let (mut ids, mut names, mut groups) = (vec![], vec![], vec![]);
        for id in chosen.ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
            let id = SegmentId::new(id).ok_or_else(ApiError::not_found)?;
            let number = live.rules.segment(&id).ok_or_else(ApiError::not_found)?;
            if !ids.contains(&id) {
                names.push(live.catalogue.name(&id, language).unwrap_or_else(|| id.to_string()));
                groups.push(scope.of(live.engine.members(number)));
                ids.push(id);
            }
        }
        (live.at.into(), ids, names, groups)
    };
    if !(2..=MOST).contains(&ids.len()) {
        return Err(ApiError::invalid(
            format!("`ids` にセグメントを 2〜{MOST} 個、カンマ区切りで指定してください"),
            format!("name 2 to {MOST} segments in `ids`, with commas between"),
        ));
    }
    let sizes: Vec<u64> = groups.iter().map(RoaringBitmap::len).collect();
    let found = app.blocking(move |_| Ok(engine::combinations(&groups))).await?;
    let rows = found.iter().map(|one| CombinationRow {
        segments: one.groups.iter().map(|place| ids[*place].to_string()).collect(),
        count: one.count,
    });
    let segments = ids.iter().zip(names).zip(sizes).map(|((id, name), count)| ChosenSegment {
        segment: SegmentName { id: id.to_string(), name },
        count,
    });
    Ok(axum::Json(Combinations {
        as_of,
        either: found.iter().map(|one| one.count).sum(),
        segments: segments.collect(),
        combinations: rows.collect(),
    }))
}
