//! How well offers fit (マッチング・レベル): everybody in order for one offer, one customer criterion by criterion, and all
//! offers of one customer.

use ::offers::{Judged, Met, Offer, Ranked};
use axum::extract::State;
use facts::{History, Timestamp};
use kernel::Scratch;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App, Scope,
        cards::{Card, fold},
        speaking,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Path, Query},
    },
    nouns::{
        needs::{NeedHeld, OfferName, held},
        offers::{AmountShown, CriterionKind, Saying, or, points},
        why::ReasonNode,
        wire::{CustomerKind, CustomerName, Instant, no_cursor, page_length},
    },
    offers::{AskedOffer, Asking, Book, KnownOffer, Ranking, Tendency, said_missing},
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

/// How a criterion stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MetName {
    Met,
    Unmet,
    Unknown,
    /// A variant sees to it.
    Settled,
}

/// An unknown fact.
#[derive(Serialize, ToSchema)]
pub(crate) struct HelpfulShown {
    /// Which fact, in words.
    fact: String,
    /// Up to so many points are open because of it.
    points: u8,
    /// The criteria that need it.
    criteria: Vec<String>,
}

/// How well a variant fits.
#[derive(Serialize, ToSchema)]
pub(crate) struct VariantFit {
    id: String,
    name: String,
    /// What is changed; may be empty.
    change: String,
    amount: Option<AmountShown>,
    level: u8,
    at_most: u8,
    /// How each criterion stands with it.
    states: Vec<MetName>,
}

/// How well an offer fits one customer, criterion by criterion: the sheet before a proposal.
#[derive(Serialize, ToSchema)]
pub(crate) struct Match {
    as_of: Instant,
    customer: CustomerName,
    rep: Option<String>,
    offer: OfferName,
    summary: String,
    amount: Option<AmountShown>,
    /// Whether the customer has it already.
    owned: bool,
    /// Whether it can be offered to the customer at all.
    can_be_offered: bool,
    level: u8,
    at_most: u8,
    criteria: Vec<CriterionFit>,
    /// The unknown facts, the one that would settle most first.
    ask: Vec<HelpfulShown>,
    /// The variants, the best fit first.
    variants: Vec<VariantFit>,
    /// The id of the variant that fits better than the offer itself.
    better: Option<String>,
    /// What is known of the needs that it meets.
    needs: Vec<NeedHeld>,
}

/// How a criterion stands for one customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CriterionFit {
    id: String,
    name: String,
    kind: CriterionKind,
    weight: u8,
    /// How many points of a hundred it is worth.
    points: u8,
    state: MetName,
    sentence: String,
    /// Why, leaf by leaf.
    why: ReasonNode,
    /// What to change in the proposal; may be empty.
    arrange: String,
}

/// All offers of a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerOffers {
    as_of: Instant,
    /// Those that can be proposed, the best fit first.
    offers: Vec<OfferFit>,
    /// Those that the customer has already.
    owned: Vec<OfferName>,
    needs: Vec<NeedHeld>,
}

/// How well an offer fits a customer, in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferFit {
    offer: OfferName,
    level: u8,
    at_most: u8,
    /// The names of the criteria that are met, the weightiest first.
    met: Vec<String>,
    /// The names of those that are not.
    unmet: Vec<String>,
    ask_first: Option<HelpfulShown>,
    better: Option<VariantFit>,
}

impl From<Met> for MetName {
    fn from(met: Met) -> MetName {
        match met {
            Met::Met => MetName::Met,
            Met::Unmet => MetName::Unmet,
            Met::Unknown => MetName::Unknown,
            Met::Settled => MetName::Settled,
        }
    }
}

impl From<Tendency> for TendencyShown {
    fn from(tendency: Tendency) -> TendencyShown {
        let Tendency { met, unmet, unknown } = tendency;
        TendencyShown { met, unmet, unknown }
    }
}

/// One offer asked of one history: how well it fits itself, and each of its variants.
pub(crate) struct Fit<'a> {
    asking: &'a Asking,
    one: &'a AskedOffer,
    pub(crate) judged: Judged,
    versions: Vec<Judged>,
    best: usize,
    pub(crate) owned: bool,
    pub(crate) can_be_offered: bool,
}

impl<'a> Fit<'a> {
    pub(crate) fn of(asking: &'a Asking, one: &'a AskedOffer, answers: &[bool]) -> Fit<'a> {
        let holds = |condition: usize| one.holds(answers, condition);
        let mut versions: Vec<Judged> =
            (0..one.asked.versions()).map(|version| one.asked.judge(version, holds)).collect();
        let judged = versions.remove(0);
        Fit {
            best: one.asked.best(holds),
            owned: one.asked.has(holds),
            can_be_offered: one.asked.can_be_offered(holds),
            asking,
            one,
            judged,
            versions,
        }
    }

    /// How well a version fits: 0 is the offer itself, then its variants.
    pub(crate) fn version(&self, version: usize) -> &Judged {
        version.checked_sub(1).map_or(&self.judged, |variant| &self.versions[variant])
    }

    fn offer(&self) -> &Offer {
        &self.one.offer
    }

    fn states(judged: &Judged) -> Vec<MetName> {
        judged.states.iter().map(|state| MetName::from(*state)).collect()
    }

    pub(crate) fn ask(&self, history: &History, saying: &Saying) -> Vec<HelpfulShown> {
        let is_sign = |id: &str| self.asking.is_sign(id);
        let open = self.offer().helpful(&self.judged.states, history, saying.now, &is_sign);
        let shown = open.into_iter().map(|one| HelpfulShown {
            fact: said_missing(&one.fact, self.offer(), &self.asking.needs, saying.language),
            points: one.points,
            criteria: one.criteria.iter().map(|n| self.offer().criteria[*n].id.clone()).collect(),
        });
        shown.collect()
    }

    fn variant(&self, place: usize, saying: &Saying) -> VariantFit {
        let (variant, judged) = (&self.offer().variants[place], &self.versions[place]);
        VariantFit {
            id: variant.id.clone(),
            name: or(saying.said(&variant.name), &variant.id).to_owned(),
            change: saying.said(&variant.change).to_owned(),
            amount: variant.amount.as_ref().map(AmountShown::of),
            level: judged.level.level,
            at_most: judged.level.at_most,
            states: Fit::states(judged),
        }
    }

    /// The variant that fits better than the offer itself.
    pub(crate) fn better(&self, saying: &Saying) -> Option<VariantFit> {
        self.best.checked_sub(1).map(|place| self.variant(place, saying))
    }

    /// The variants, the best fit first.
    fn variants(&self, saying: &Saying) -> Vec<VariantFit> {
        let all = 0..self.offer().variants.len();
        let mut variants: Vec<VariantFit> = all.map(|place| self.variant(place, saying)).collect();
        variants.sort_by_key(|one| std::cmp::Reverse((one.level, one.at_most)));
        variants
    }

    /// The names of the criteria in a state, the weightiest first.
    fn named(&self, wanted: impl Fn(Met) -> bool, saying: &Saying) -> Vec<String> {
        let both = self.offer().criteria.iter().zip(&self.judged.states);
        let mut found: Vec<_> =
            both.filter(|(_, state)| wanted(**state)).map(|(one, _)| one).collect();
        found.sort_by_key(|one| std::cmp::Reverse(one.weight));
        found.iter().map(|one| or(saying.said(&one.name), &one.id).to_owned()).collect()
    }

    pub(crate) fn in_short(&self, history: &History, saying: &Saying) -> OfferFit {
        OfferFit {
            offer: name_of(self.offer(), saying),
            level: self.judged.level.level,
            at_most: self.judged.level.at_most,
            met: self.named(Met::counts, saying),
            unmet: self.named(|state| state == Met::Unmet, saying),
            ask_first: self.ask(history, saying).into_iter().next(),
            better: self.better(saying),
        }
    }
}

fn name_of(offer: &Offer, saying: &Saying) -> OfferName {
    let name = or(saying.said(&offer.name), &offer.id).to_owned();
    OfferName { id: offer.id.clone(), name }
}

/// An offer in use.
pub(crate) fn in_force(book: &Book, id: &str) -> Answer<Offer> {
    let known = book.offer(id).ok_or_else(ApiError::not_found)?;
    KnownOffer::in_force(known).cloned().ok_or_else(|| {
        ApiError::conflict(
            "この提案は使われていないか、定義に誤りがあります",
            "this offer is switched off, or its definition has faults",
        )
    })
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
    let version = match &asked.variant {
        None => 0,
        Some(variant) => {
            let place = offer.variants.iter().position(|one| one.id == *variant);
            1 + place.ok_or_else(ApiError::not_found)?
        }
    };
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

/// How well an offer fits one customer, criterion by criterion.
#[utoipa::path(get, path = "/api/v1/offers/{id}/match/{customer}", tag = "offers",
    responses((status = 200, body = Match)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path((id, key)): Path<(String, String)>,
) -> Answer<axum::Json<Match>> {
    let (customer, key) = app.find(&caller, &key)?;
    let (book, saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    let offer = in_force(&book, &id)?;
    let card = app.live()?.cards.get(customer).cloned().ok_or_else(ApiError::not_found)?;
    let of = (CustomerName::of(key.to_string(), &card), card.rep.as_deref().map(str::to_owned));
    app.ask(move |app, gone| {
        let asking = book.asking(app, vec![offer], saying.now, gone)?;
        let history = app.history_of(customer)?;
        let needs = held(app, (&book, &asking), &history, &saying);
        Ok(matched(app, (&asking, &history), of, needs, &saying))
    })
    .await
    .map(axum::Json)
}

fn matched(
    app: &App,
    (asking, history): (&Asking, &History),
    (customer, rep): (CustomerName, Option<String>),
    mut needs: Vec<NeedHeld>,
    saying: &Saying,
) -> Match {
    let answers = asking.answers(app, history, saying.now, &mut Scratch::default());
    let one = &asking.offers[0];
    let fit = Fit::of(asking, one, &answers);
    let offer = &one.offer;
    let criteria = offer.criteria.iter().enumerate().map(|(place, criterion)| {
        let because = asking.because(app, one.place(place), history, saying.now);
        let why =
            speaking(&saying.catalogue, &app.calendar, saying.now, saying.language, |speaker| {
                ReasonNode::from(speaker.reason(&because, history))
            });
        CriterionFit {
            id: criterion.id.clone(),
            name: or(saying.said(&criterion.name), &criterion.id).to_owned(),
            kind: CriterionKind::of(&criterion.source),
            weight: criterion.weight,
            points: points(offer, criterion),
            state: fit.judged.states[place].into(),
            sentence: saying.criterion(app, criterion),
            why,
            arrange: saying.said(&criterion.arrange).to_owned(),
        }
    });
    needs.retain(|need| need.is_met_by(&offer.id));
    let better = fit.better(saying).map(|variant| variant.id);
    Match {
        as_of: saying.now.into(),
        customer,
        rep,
        offer: name_of(offer, saying),
        summary: saying.said(&offer.summary).to_owned(),
        amount: offer.amount.as_ref().map(AmountShown::of),
        owned: fit.owned,
        can_be_offered: fit.can_be_offered,
        level: fit.judged.level.level,
        at_most: fit.judged.level.at_most,
        criteria: criteria.collect(),
        ask: fit.ask(history, saying),
        variants: fit.variants(saying),
        better,
        needs,
    }
}

/// How well each offer fits a customer, the best fit first, and the customer's needs.
#[utoipa::path(get, path = "/api/v1/customers/{key}/offers", tag = "offers",
    responses((status = 200, body = CustomerOffers)))]
pub(crate) async fn of_customer(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<CustomerOffers>> {
    let (customer, _) = app.find(&caller, &key)?;
    let (book, saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    app.ask(move |app, gone| {
        let offers = book.in_force().cloned().collect();
        let asking = book.asking(app, offers, saying.now, gone)?;
        let history = app.history_of(customer)?;
        let needs = held(app, (&book, &asking), &history, &saying);
        let answers = asking.answers(app, &history, saying.now, &mut Scratch::default());
        let fits = asking.offers.iter().map(|one| Fit::of(&asking, one, &answers));
        let (owned, open): (Vec<Fit<'_>>, Vec<Fit<'_>>) = fits.partition(|fit| fit.owned);
        let open = open.iter().filter(|fit| fit.can_be_offered);
        let mut offers: Vec<OfferFit> = open.map(|fit| fit.in_short(&history, &saying)).collect();
        offers.sort_by_key(|one| std::cmp::Reverse((one.level, one.at_most)));
        Ok(CustomerOffers {
            as_of: saying.now.into(),
            offers,
            owned: owned.iter().map(|fit| name_of(fit.offer(), &saying)).collect(),
            needs,
        })
    })
    .await
    .map(axum::Json)
}

/// The offer that fits a customer best, for a list that shows one; none when none fits by half.
pub(crate) fn best_of(
    app: &App,
    asking: &Asking,
    history: &History,
    saying: &Saying,
) -> Option<OfferFit> {
    let answers = asking.answers(app, history, saying.now, &mut Scratch::default());
    let fits = asking.offers.iter().map(|one| Fit::of(asking, one, &answers));
    let open =
        fits.filter(|fit| !fit.owned && fit.can_be_offered && WORTH <= fit.judged.level.level);
    let best = open.max_by_key(|fit| {
        let level = fit.judged.level;
        (level.level, level.at_most, std::cmp::Reverse(fit.offer().id.clone()))
    });
    best.map(|fit| fit.in_short(history, saying))
}

/// From which level on an offer is worth a word on the call list.
const WORTH: u8 = 50;
