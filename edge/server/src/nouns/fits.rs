//! How an offer fits one customer: the offer itself and each of its variants, asked of a history.

use ::offers::{Judged, Met, Offer};
use facts::History;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    http::error::{Answer, ApiError},
    nouns::{
        needs::OfferName,
        offers::{AmountShown, Saying, or},
    },
    offers::{AskedOffer, Asking, Book, KnownOffer, said_missing},
};

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
    pub(crate) id: String,
    name: String,
    /// What is changed; may be empty.
    change: String,
    amount: Option<AmountShown>,
    level: u8,
    at_most: u8,
    /// How each criterion stands with it.
    states: Vec<MetName>,
}

/// How well an offer fits a customer, in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct OfferFit {
    offer: OfferName,
    pub(crate) level: u8,
    pub(crate) at_most: u8,
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

    pub(crate) fn offer(&self) -> &Offer {
        &self.one.offer
    }

    pub(crate) fn states(judged: &Judged) -> Vec<MetName> {
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
    pub(crate) fn variants(&self, saying: &Saying) -> Vec<VariantFit> {
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

pub(crate) fn name_of(offer: &Offer, saying: &Saying) -> OfferName {
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

/// Which version of an offer is meant: 0 is the offer itself, then its variants. None where there is no such variant.
pub(crate) fn version_of(offer: &Offer, variant: Option<&str>) -> Option<usize> {
    let Some(variant) = variant else { return Some(0) };
    offer.variants.iter().position(|one| one.id == variant).map(|place| 1 + place)
}
