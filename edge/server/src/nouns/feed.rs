//! What came and went among signs, newest first, as it was told.

use std::sync::Arc;

use axum::extract::State;
use condition::Language;
use serde::{Deserialize, Serialize};
use store::{ChangeRecord, NewChange};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{App, Live, catalogue::Catalogue, telling::sign_in_log},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Query,
    },
    nouns::{
        changes::CauseName,
        wire::{CustomerName, Instant, SignKind, page_length},
    },
};

/// Which signs, and which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FeedWanted {
    /// Only signs of this kind: `purchase`, `upsell`, `churn`, `replenishment`, `follow_up`.
    kind: Option<String>,
    /// Only this sign.
    sign: Option<String>,
    /// Only urgent ones.
    #[serde(default)]
    urgent: bool,
    /// The `next` of the page before.
    after: Option<u64>,
    /// How many rows at most, 1 to 500.
    limit: Option<usize>,
}

/// A page of the feed, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Feed {
    as_of: Instant,
    rows: Vec<FeedRow>,
    /// What to pass as `after` for older ones; null when there are none. A page may be empty and still have one.
    next: Option<String>,
}

/// A sign that came or went.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedRow {
    /// Its place among all changes of the workspace, from 1.
    seq: u64,
    customer: CustomerName,
    rep: Option<String>,
    sign: FeedSign,
    /// True: it came; false: it went.
    appeared: bool,
    /// When it came or went.
    at: Instant,
    /// When that was noticed.
    noticed_at: Instant,
    cause: CauseName,
    /// How strong it is now; null when it is not carried now.
    strength_now: Option<u8>,
    /// For one that came: whether the last click on it says right; null without a click.
    judged_right: Option<bool>,
}

/// The sign of a row.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeedSign {
    id: String,
    name: String,
    kind: SignKind,
    /// Whether it goes before all signs that are not urgent.
    urgent: bool,
}

/// What came and went among the signs of the customers the caller may see, newest first.
#[utoipa::path(get, path = "/api/v1/sign-feed", tag = "signs", params(FeedWanted),
    responses((status = 200, body = Feed)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Query(wanted): Query<FeedWanted>,
) -> Answer<axum::Json<Feed>> {
    let kind = wanted.kind.as_deref().map(|word| {
        signs::SignKind::from_word(word).ok_or_else(|| {
            ApiError::invalid(
                format!("「{word}」という種類の兆しはありません"),
                format!("there are no signs of the kind `{word}`"),
            )
        })
    });
    let kind = kind.transpose()?;
    let (catalogue, scope) = {
        let live = app.live()?;
        (live.catalogue.clone(), live.scope(&caller))
    };
    let fits = fitting(catalogue, kind, wanted.sign, wanted.urgent);
    let limit = page_length(wanted.limit, 100);
    let is_wanted = move |change: &NewChange| {
        sign_in_log(&change.segment.id).is_some_and(&fits) && scope.contains(change.customer.0)
    };
    let found = app.changes_where(is_wanted, wanted.after, limit).await?;
    let live = app.live()?;
    let rows = found.changes.into_iter().filter_map(|record| row(&app, &live, record, language));
    let next = found.before.map(|before| before.to_string());
    Ok(axum::Json(Feed { as_of: live.at.into(), rows: rows.collect(), next }))
}

/// Whether a sign of an id is wanted. One that is there no more is of no kind.
fn fitting(
    catalogue: Arc<Catalogue>,
    kind: Option<signs::SignKind>,
    wanted: Option<String>,
    urgent: bool,
) -> impl Fn(&str) -> bool {
    move |id| {
        let known = catalogue.sign(id);
        let is_urgent = || known.is_some_and(|known| known.draft.urgent);
        wanted.as_ref().is_none_or(|wanted| wanted == id)
            && kind.is_none_or(|kind| known.is_some_and(|known| known.draft.kind == kind))
            && (!urgent || is_urgent())
            && known.is_some()
    }
}

fn row(app: &App, live: &Live, record: ChangeRecord, language: Language) -> Option<FeedRow> {
    let customer = record.change.customer.0;
    let card = live.cards.get(customer)?;
    let id = sign_in_log(&record.change.segment.id)?;
    let draft = &live.catalogue.sign(id)?.draft;
    let number = live.rules.signs().iter().position(|rule| rule.sign.id.0 == id);
    let carrying = number.and_then(|number| live.engine.carriers(number).get(&customer));
    Some(FeedRow {
        seq: record.seq,
        customer: CustomerName::of(app.key_text(customer), card),
        rep: card.rep.as_deref().map(str::to_owned),
        sign: FeedSign {
            id: id.to_owned(),
            name: draft.name.get(language).to_owned(),
            kind: draft.kind.into(),
            urgent: draft.urgent,
        },
        appeared: record.change.entered,
        at: record.change.at.into(),
        noticed_at: record.noticed.into(),
        cause: record.change.cause.into(),
        judged_right: match record.change.entered {
            true => app.trust.of(id, customer, record.change.at),
            false => None,
        },
        strength_now: carrying.map(|carrying| carrying.strength),
    })
}
