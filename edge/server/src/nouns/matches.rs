//! How well offers fit one customer (マッチング・レベル): an offer criterion by criterion, and all offers at a glance.

use axum::extract::State;
use facts::History;
use kernel::Scratch;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::{App, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Path,
    },
    nouns::{
        fits::{Fit, HelpfulShown, MetName, OfferFit, VariantFit, in_force, name_of},
        needs::{NeedHeld, OfferName, held},
        offers::{AmountShown, CriterionKind, Saying, or, points},
        why::ReasonNode,
        wire::{CustomerName, Instant},
    },
    offers::{Asking, Book},
};

/// From which level on an offer is worth a word on the call list.
const WORTH: u8 = 50;

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
