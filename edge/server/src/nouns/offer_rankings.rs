//! Customers in the order in which an offer fits them.

use ::offers::Ranked;
use axum::extract::State;
use facts::Timestamp;
use kernel::Scratch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App, Scope,
        cards::{Card, fold},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Path, Query},
    },
    nouns::{
        fits::{Fit, HelpfulShown, MetName, VariantFit, in_force, version_of},
        offers::{Saying, or},
        wire::{CustomerKind, Instant, no_cursor, page_length},
    },
    offers::{Asking, Book, Ranking, Tendency},
};

/// Which rows of a ranking.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RankingAsked {
    /// `next` of the page before.
    after: Option<String>,
    /// How many rows; 100 when not said, at most 500.
    limit: Option<usize>,
    /// Only those whose name, reading or key has this in it.
    q: Option<String>,
    /// How well this variant fits, instead of the offer itself.
    variant: Option<String>,
}

/// Customers in the order in which an offer fits them.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferCustomers {
    as_of: Instant,
    /// How many are in the list, of those the caller may see.
    count: u64,
    /// To how many it can be proposed.
    open: u64,
    /// How many have it already; they are not in the list.
    owners: u64,
    /// Of so many who are known.
    known: u64,
    /// How many there are from 0 to 9, from 10 to 19, and so on, and at last from 90 to 100.
    bands: Vec<u64>,
    /// How each criterion stands among those to whom it can be proposed, and among those who have it.
    criteria: Vec<CriterionAmong>,
    rows: Vec<RankedRow>,
    next: Option<String>,
}

/// How a criterion stands among customers.
#[derive(Serialize, ToSchema)]
pub(crate) struct CriterionAmong {
    id: String,
    name: String,
    weight: u8,
    open: TendencyShown,
    owners: TendencyShown,
}

/// For how many a criterion is met, not met, and not known.
#[derive(Serialize, ToSchema)]
pub(crate) struct TendencyShown {
    met: u64,
    unmet: u64,
    unknown: u64,
}

/// One customer in the ranking of an offer.
#[derive(Serialize, ToSchema)]
pub(crate) struct RankedRow {
    key: String,
    name: String,
    kind: CustomerKind,
    rep: Option<String>,
    /// 0 to 100, by what is known.
    level: u8,
    /// If everything unknown turns out well.
    at_most: u8,
    /// How each criterion stands, in the order of the offer.
    states: Vec<MetName>,
    /// The unknown fact that would settle most; null when all is known.
    ask_first: Option<HelpfulShown>,
    /// The variant that fits better than the offer itself; null when none does.
    better: Option<VariantFit>,
}

impl From<Tendency> for TendencyShown {
    fn from(tendency: Tendency) -> TendencyShown {
        let Tendency { met, unmet, unknown } = tendency;
        TendencyShown { met, unmet, unknown }
    }
}

/// `after` of a ranking: the instant it is true for, and how many rows lie before.
fn cursor(after: &str) -> Answer<(Timestamp, usize)> {
    let parsed = after.split_once('.').and_then(|(at, skip)| {
        Some((Timestamp::from_millis(at.parse().ok()?), skip.parse().ok()?))
    });
    parsed.ok_or_else(|| no_cursor("after"))
}

/// Customers in the order in which an offer fits them, without those who have it.
#[utoipa::path(get, path = "/api/v1/offers/{id}/customers", tag = "offers", params(RankingAsked),
    responses((status = 200, body = OfferCustomers)))]
pub(crate) async fn ranking(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Query(asked): Query<RankingAsked>,
) -> Answer<axum::Json<OfferCustomers>> {
    let book = Book::read(&app).await?;
    let offer = in_force(&book, &id)?;
    let version = version_of(&offer, asked.variant.as_deref()).ok_or_else(ApiError::not_found)?;
    let first = asked.after.as_deref().map(cursor).transpose()?;
    let (at, scope, mut saying) = {
        let live = app.live()?;
        let at = first.map_or_else(|| app.trying_at(&live), |(at, _)| at);
        (at.min(live.at), live.scope(&caller), Saying::new(&app, language)?)
    };
    saying.now = at;
    let skip = first.map_or(0, |(_, skip)| skip);
    app.ask(move |app, gone| {
        let ranking = book.ranking(app, (&offer, version), at, gone)?;
        let asking = book.asking(app, vec![offer.clone()], at, gone)?;
        Listing { app, ranking: &ranking, asking: &asking, version, scope, saying }
            .page(&asked, skip)
    })
    .await
    .map(axum::Json)
}

/// A page of a ranking in the making.
struct Listing<'a> {
    app: &'a App,
    ranking: &'a Ranking,
    asking: &'a Asking,
    version: usize,
    scope: Scope,
    saying: Saying,
}

impl Listing<'_> {
    fn page(self, asked: &RankingAsked, skip: usize) -> Answer<OfferCustomers> {
        let (known, owners, open) = self.ranking.counts(&self.scope);
        let mut bands = vec![0; 10];
        let sought = asked.q.as_deref().map(fold).filter(|text| !text.is_empty());
        let limit = page_length(asked.limit, 100);
        let (mut count, mut chosen) = (0, vec![]);
        {
            let live = self.app.live()?;
            for ranked in &self.ranking.ranked {
                if !self.scope.contains(ranked.customer) {
                    continue;
                }
                bands[usize::from(ranked.level.level / 10).min(9)] += 1;
                if let Some(sought) = &sought
                    && !live.cards.get(ranked.customer).is_some_and(|card| card.has(sought))
                {
                    continue;
                }
                if (skip..skip.saturating_add(limit)).contains(&count)
                    && let Some(card) = live.cards.get(ranked.customer)
                {
                    chosen.push((*ranked, card.clone()));
                }
                count += 1;
            }
        }
        let end = skip.saturating_add(limit);
        let next = (end < count).then(|| format!("{}.{end}", self.saying.now.millis()));
        let one = |(ranked, card): (Ranked, Card)| self.row(ranked, card);
        let rows = chosen.into_par_iter().map(one).collect::<Answer<Vec<RankedRow>>>()?;
        Ok(OfferCustomers {
            as_of: self.saying.now.into(),
            count: count as u64,
            open,
            owners,
            known,
            bands,
            criteria: self.criteria(),
            rows,
            next,
        })
    }

    fn criteria(&self) -> Vec<CriterionAmong> {
        let offer = &self.asking.offers[0].offer;
        let all = offer.criteria.iter().enumerate().map(|(place, one)| {
            let [open, owners] = self.ranking.tendencies(place, &self.scope);
            CriterionAmong {
                id: one.id.clone(),
                name: or(self.saying.said(&one.name), &one.id).to_owned(),
                weight: one.weight,
                open: open.into(),
                owners: owners.into(),
            }
        });
        all.collect()
    }

    fn row(&self, ranked: Ranked, card: Card) -> Answer<RankedRow> {
        let history = self.app.history_of(ranked.customer)?;
        let mut scratch = Scratch::default();
        let answers = self.asking.answers(self.app, &history, self.saying.now, &mut scratch);
        let fit = Fit::of(self.asking, &self.asking.offers[0], &answers);
        let shown = fit.version(self.version);
        Ok(RankedRow {
            key: self.app.key_text(ranked.customer),
            kind: CustomerKind::of(&card),
            rep: card.rep.as_deref().map(str::to_owned),
            name: card.name,
            level: ranked.level.level,
            at_most: ranked.level.at_most,
            states: Fit::states(shown),
            ask_first: fit.ask(&history, &self.saying).into_iter().next(),
            better: fit.better(&self.saying).filter(|_| self.version == 0),
        })
    }
}
