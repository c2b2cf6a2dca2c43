//! Who is like the members of a segment, and in what.

use axum::extract::State;
use condition::Language;
use lessons::Gaze;
use serde::Serialize;
use utoipa::ToSchema;

use super::draft;
use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Path, Query},
    },
    models::{Found, SharedKept, card_of, weights_of},
    nouns::wire::{CustomerName, Instant, Page, names},
};

/// Those who are like the members.
#[derive(Serialize, ToSchema)]
pub(crate) struct Prospects {
    as_of: Instant,
    count: u64,
    rows: Vec<ProspectRow>,
    /// `after` of the next page; null on the last one.
    next: Option<String>,
}

/// One of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProspectRow {
    customer: CustomerName,
    /// 0 to 1.
    likeness: f64,
    /// What they have in common with the members.
    shared: Vec<String>,
    /// The members nearest to them.
    nearest: Vec<CustomerName>,
}

/// Those who are like the members of the segment, the likest first, with what they have in common and whom they are
/// nearest to. A rep sees own customers only, also among the members.
#[utoipa::path(get, path = "/api/v1/models/{id}/prospects", tag = "models", params(Page),
    responses((status = 200, body = Prospects)))]
pub(crate) async fn prospects(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Query(page): Query<Page>,
) -> Answer<axum::Json<Prospects>> {
    draft(&app, &id).await?;
    let (card, _) = card_of(&app, &id).await?.ok_or_else(ApiError::not_found)?;
    let Found::Lookalike { prospects, .. } = card.found else { return Err(ApiError::not_found()) };
    let gaze = weights_of(&app, &id).await?.map(|weights| weights.gaze).unwrap_or_default();
    let scope = app.live()?.scope(&caller);
    let seen: Vec<_> = prospects.into_iter().filter(|one| scope.contains(one.customer)).collect();
    let (first, limit) = (page.first_customer()? as usize, page.limit());
    let mut rows = vec![];
    for one in seen.iter().skip(first).take(limit) {
        let Some(customer) = names(&app, std::iter::once(one.customer))?.pop() else { continue };
        let nearest = one.nearest.iter().copied().filter(|near| scope.contains(*near));
        rows.push(ProspectRow {
            customer,
            likeness: (one.likeness * 1000.0).round() / 1000.0,
            shared: one
                .shared
                .iter()
                .map(|shared| said_in_common(shared, &gaze, language))
                .collect(),
            nearest: names(&app, nearest)?,
        });
    }
    let end = first + limit;
    // The cursor is the place of the last row, after which the next page begins.
    let next = (end < seen.len()).then(|| (end - 1).to_string());
    Ok(axum::Json(Prospects {
        as_of: Instant::of_millis(card.as_of),
        count: seen.len() as u64,
        rows,
        next,
    }))
}

fn said_in_common(shared: &SharedKept, gaze: &Gaze, language: Language) -> String {
    let name =
        gaze.look(&shared.column).map_or_else(|| shared.column.clone(), |look| look.said(language));
    let (value, members, rest) = (&shared.value, shared.members, shared.rest);
    let percent = |share: f64| (share * 100.0).round();
    match (shared.is_share, language) {
        (true, Language::Ja) => {
            format!("{name}：{value}（もとの{}%、ほか{}%）", percent(members), percent(rest))
        }
        (true, Language::En) => format!(
            "{name}: {value} ({}% of members, {}% of others)",
            percent(members),
            percent(rest)
        ),
        (false, Language::Ja) => format!(
            "{name}：{}（もとの中央値{}、ほか{}）",
            rounded(value),
            tidy(members),
            tidy(rest)
        ),
        (false, Language::En) => format!(
            "{name}: {} (median {} of members, {} of others)",
            rounded(value),
            tidy(members),
            tidy(rest)
        ),
    }
}

fn rounded(value: &str) -> String {
    value.parse::<f64>().map_or_else(|_| value.to_owned(), tidy)
}

fn tidy(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number}") } else { format!("{number:.1}") }
}
