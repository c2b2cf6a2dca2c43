//! What to offer next: what is bought together more often than chance, how good that is, and what it says of one customer.
//!
//! What is told of all is about all customers together and names none of them, so that every rep may see it.

use ::offers::Verdict;
use axum::{extract::State, http::StatusCode};
use condition::{Language, label_of_attribute, label_of_value};
use facts::{History, Timestamp};
use proving::Counts;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{App, Workspace, works::Works},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        needs::OfferName,
        offers::or,
        proofs::RateShown,
        wire::Instant,
        work_state::{Looked, WorkTold},
    },
    offers::{Begins, Book, Goods, GoodsTried, Next, NextOffers, Pair, Ready, learn},
};

/// How learning stands, and what was learnt last.
#[derive(Serialize, ToSchema)]
pub(crate) struct NextOffersShown {
    #[serde(flatten)]
    work: WorkTold,
    result: Option<TogetherShown>,
}

/// What is bought together.
#[derive(Serialize, ToSchema)]
pub(crate) struct TogetherShown {
    as_of: Instant,
    event: String,
    property: String,
    horizon_days: u32,
    /// Customers with at least one item.
    customers: u64,
    /// Items that were tried, of so many there are.
    items: usize,
    items_seen: usize,
    /// So many pairs were tried.
    tried: usize,
    /// Those surer than chance among all that were tried, the surest first.
    pairs: Vec<PairShown>,
    trial: TrialShown,
}

/// Who has one thing has another more often.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct PairShown {
    /// Who, in words: an item, or a value of an attribute.
    from: String,
    by: PairBy,
    /// What they have.
    to: String,
    both: u64,
    of: u64,
    /// The share of those with the first who have the second, 0 to 1.
    share: f64,
    /// How many times as large as that of all others; null where none of them has it.
    lift: Option<f64>,
    /// At least so many times, allowing for everything that was tried.
    lift_low: f64,
}

/// What speaks for an item.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PairBy {
    /// Another item.
    Item,
    /// An attribute.
    Attribute,
}

/// How suggestions did on what customers bought for the first time after an instant.
#[derive(Serialize, ToSchema)]
pub(crate) struct TrialShown {
    /// What was known then was learnt of.
    split: Instant,
    /// Customers who bought something new since.
    n: u64,
    /// How often it was among three suggestions; null without anybody.
    ours: Option<RateShown>,
    /// How often it was among the three that sell best.
    popular: Option<RateShown>,
    verdict: TrialVerdict,
    /// All of it in a sentence.
    sentence: String,
}

/// What a trial says.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TrialVerdict {
    TooLittle,
    Better,
    NoBetter,
    Worse,
}

/// What to learn of.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GoodsBody {
    /// The event of a purchase; as it was said last when not said, at first `purchased`.
    #[serde(default)]
    event: Option<String>,
    /// The property that names what was bought; as it was said last when not said, at first `product`.
    #[serde(default)]
    property: Option<String>,
    /// Over how many days it is tried, 7 to 730; 90 when not said.
    #[serde(default)]
    horizon_days: Option<u32>,
}

/// What to offer a customer next.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerNext {
    as_of: Instant,
    /// When it was learnt; null while nothing was.
    learnt_at: Option<Instant>,
    /// The likeliest first; nothing that the customer has.
    rows: Vec<NextRow>,
    /// How good such suggestions were, in a sentence.
    trial: Option<String>,
    verdict: Option<TrialVerdict>,
}

/// An item to offer.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct NextRow {
    item: String,
    /// Of those like the customer so many have it, 0 to 1; of all where nothing speaks for it.
    share: f64,
    /// What speaks for it; null when it only sells well.
    because: Option<PairShown>,
    /// Why, in a sentence.
    sentence: String,
    /// The offer with which it is bought.
    offer: Option<OfferName>,
}

/// Suggestions are tried over so many days when nothing is said.
const HORIZON_DAYS: u32 = 90;
/// So many items are suggested for a customer.
const ROWS: usize = 5;
/// The one work of its sort.
const NAME: &str = "next-offers";

impl PairShown {
    fn of(pair: &Pair, language: Language) -> PairShown {
        let (from, by) = match &pair.from {
            Begins::Item(name) => (name.clone(), PairBy::Item),
            Begins::Attribute(key, value) => {
                let (label, said) =
                    (label_of_attribute(key, language), label_of_value(key, value, language));
                let from = match language {
                    Language::Ja => format!("{label}「{said}」"),
                    Language::En => format!("{label}: {said}"),
                };
                (from, PairBy::Attribute)
            }
        };
        let Pair { both, of, share, lift, lift_low, .. } = *pair;
        PairShown { from, by, to: pair.to.clone(), both, of, share, lift, lift_low }
    }
}

impl From<Verdict> for TrialVerdict {
    fn from(verdict: Verdict) -> TrialVerdict {
        match verdict {
            Verdict::TooLittle => TrialVerdict::TooLittle,
            Verdict::Better => TrialVerdict::Better,
            Verdict::NoBetter => TrialVerdict::NoBetter,
            Verdict::Worse => TrialVerdict::Worse,
        }
    }
}

impl TrialShown {
    fn of(kept: &NextOffers, language: Language) -> TrialShown {
        let trial = &kept.trial;
        let rate = |hits: u64| {
            let mut counts = Counts::default();
            (0..trial.n).for_each(|n| counts.add_customer(u64::from(n < hits), 1));
            counts.rate().map(RateShown::from)
        };
        TrialShown {
            split: Instant::of_millis(trial.split),
            n: trial.n,
            ours: rate(trial.hits),
            popular: rate(trial.popular),
            verdict: trial.verdict().into(),
            sentence: said(kept, language),
        }
    }
}

fn said(kept: &NextOffers, language: Language) -> String {
    let (trial, days) = (&kept.trial, kept.goods.horizon_days);
    let (n, hits, popular) = (trial.n, trial.hits, trial.popular);
    let counted = match language {
        Language::Ja => format!(
            "直近{days}日に新しい品を買った {n} 件のうち、3つの候補に入っていたのは {hits} 件、売れ筋3つでは {popular} 件でした。"
        ),
        Language::En => format!(
            "Of {n} who bought something new in the last {days} days, it was among three suggestions for {hits} and among the three that sell best for {popular}."
        ),
    };
    let verdict = match (trial.verdict(), language) {
        (Verdict::TooLittle, Language::Ja) => "件数が少なく、良し悪しはまだ言えません。",
        (Verdict::TooLittle, Language::En) => "That is too little to say how good they are.",
        (Verdict::Better, Language::Ja) => "売れ筋を勧めるより当たっています。",
        (Verdict::Better, Language::En) => "They are right more often than what sells best.",
        (Verdict::NoBetter, Language::Ja) => "売れ筋を勧めるのと差があるとは言えません。",
        (Verdict::NoBetter, Language::En) => "That is not surely more often than what sells best.",
        (Verdict::Worse, Language::Ja) => "売れ筋を勧めたほうが当たります。",
        (Verdict::Worse, Language::En) => "What sells best is right more often.",
    };
    match language {
        Language::Ja => format!("{counted}{verdict}"),
        Language::En => format!("{counted} {verdict}"),
    }
}

impl NextRow {
    pub(crate) fn of(next: &Next<'_>, book: &Book, language: Language) -> NextRow {
        let percent = (next.share * 100.0).round();
        let because = next.because.map(|pair| PairShown::of(pair, language));
        let sentence = match (&because, language) {
            (Some(pair), Language::Ja) => format!(
                "{}の方の {percent}%（{} 件中 {} 件）が持っています。ほかの方の少なくとも {:.1} 倍です",
                pair.from, pair.of, pair.both, pair.lift_low
            ),
            (Some(pair), Language::En) => format!(
                "{percent}% of those with {} have it ({} of {}), at least {:.1} times as many as of others",
                pair.from, pair.both, pair.of, pair.lift_low
            ),
            (None, Language::Ja) => {
                format!("よく売れている品です（{percent}%の方が持っています）")
            }
            (None, Language::En) => format!("sells well: {percent}% of all buyers have it"),
        };
        let selling = book.offers.iter().find(|one| {
            one.in_force().is_some_and(|offer| offer.products.contains(&next.item.name))
        });
        let offer = selling.map(|known| OfferName {
            id: known.draft.id.clone(),
            name: or(known.draft.name.get(language), &known.draft.id).to_owned(),
        });
        let (item, share) = (next.item.name.clone(), next.share);
        NextRow { item, share, because, sentence, offer }
    }
}

/// What was learnt, where suggestions made of it were right more often than what sells best.
pub(crate) fn proven(kept: &NextOffers) -> Option<Ready<'_>> {
    (kept.trial.verdict() == Verdict::Better).then(|| kept.ready())
}

/// The item to name on the call list: one that something of the customer's speaks for.
pub(crate) fn worth_a_word(
    ready: &Ready<'_>,
    history: &History,
    now: Timestamp,
    (book, language): (&Book, Language),
) -> Option<NextRow> {
    let next = ready.next(history, now, 1).into_iter().next()?;
    next.because.is_some().then(|| NextRow::of(&next, book, language))
}

fn works(app: &Workspace) -> &Works<NextOffers> {
    &app.together
}

/// What is bought together more often than chance, and how good suggestions made of it were.
#[utoipa::path(get, path = "/api/v1/next-offers", tag = "offers", responses((status = 200, body = NextOffersShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<NextOffersShown>> {
    told(&app, language).await.map(axum::Json)
}

async fn told(app: &App, language: Language) -> Answer<NextOffersShown> {
    let looked = Looked::at(app.together.find(NAME));
    let kept = NextOffers::read(app).await?;
    let work = looked.told(kept.is_some(), language);
    Ok(NextOffersShown { work, result: kept.map(|kept| shown(&kept, language)) })
}

fn shown(kept: &NextOffers, language: Language) -> TogetherShown {
    let mut pairs: Vec<PairShown> =
        kept.pairs.iter().map(|pair| PairShown::of(pair, language)).collect();
    pairs.sort_by(|a, b| b.lift_low.total_cmp(&a.lift_low));
    TogetherShown {
        as_of: Instant::of_millis(kept.as_of),
        event: kept.goods.goods.event.clone(),
        property: kept.goods.goods.property.clone(),
        horizon_days: kept.goods.horizon_days,
        customers: kept.customers,
        items: kept.items.len(),
        items_seen: kept.items_seen,
        tried: kept.tried,
        pairs,
        trial: TrialShown::of(kept, language),
    }
}

/// Begins to learn what is bought together, in the background; what runs goes on.
#[utoipa::path(post, path = "/api/v1/next-offers", tag = "offers", request_body = GoodsBody,
    responses((status = 202, body = NextOffersShown)))]
pub(crate) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<GoodsBody>,
) -> Answer<(StatusCode, axum::Json<NextOffersShown>)> {
    let horizon_days = given.horizon_days.unwrap_or(HORIZON_DAYS);
    if !(7..=730).contains(&horizon_days) {
        return Err(ApiError::invalid(
            "`horizon_days` は 7〜730 にしてください",
            "`horizon_days` is from 7 to 730",
        ));
    }
    let goods =
        GoodsTried { goods: Goods::said(&app, given.event, given.property).await?, horizon_days };
    let now = app.live()?.at;
    app.begin_work(
        works,
        NAME,
        move |app, work| learn(app, work, &goods, now),
        |app, found| async move { found.keep(&app).await },
    );
    let real_now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), "next_offers_learnt", "next-offers", None, real_now).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, language).await?)))
}

/// Stops learning.
#[utoipa::path(delete, path = "/api/v1/next-offers", tag = "offers",
    responses((status = 200, body = NextOffersShown)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<NextOffersShown>> {
    app.together.cancel(NAME);
    told(&app, language).await.map(axum::Json)
}

/// What to offer a customer next, with what speaks for it.
#[utoipa::path(get, path = "/api/v1/customers/{key}/next-offers", tag = "offers",
    responses((status = 200, body = CustomerNext)))]
pub(crate) async fn of_customer(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<CustomerNext>> {
    let (customer, _) = app.find(&caller, &key)?;
    let (kept, book, now) =
        (NextOffers::read(&app).await?, Book::read(&app).await?, app.live()?.at);
    let Some(kept) = kept else {
        let (rows, as_of) = (vec![], now.into());
        return Ok(axum::Json(CustomerNext {
            as_of,
            learnt_at: None,
            rows,
            trial: None,
            verdict: None,
        }));
    };
    app.with_history(customer, move |history| {
        let next = kept.ready().next(history, now, ROWS);
        CustomerNext {
            as_of: now.into(),
            learnt_at: Some(Instant::of_millis(kept.as_of)),
            rows: next.iter().map(|one| NextRow::of(one, &book, language)).collect(),
            trial: Some(said(&kept, language)),
            verdict: Some(kept.trial.verdict().into()),
        }
    })
    .await
    .map(axum::Json)
}
