//! One offer: what it is, which needs it meets, what makes it fit, and how it can be changed.

use std::collections::{BTreeMap, BTreeSet};

use condition::{Condition, Draft, Said};
use facts::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{
    Need, NeedDraft, Twofold,
    unsure::{known_when, twofold},
};

/// A file of offers and of the needs they meet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferFile {
    /// Needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedDraft>,
    /// Offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<OfferDraft>,
}

/// What an offer costs, in yen; either end may be open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// The least.
    #[serde(default, with = "crate::amount", skip_serializing_if = "Option::is_none")]
    pub from: Option<Decimal>,
    /// The most.
    #[serde(default, with = "crate::amount", skip_serializing_if = "Option::is_none")]
    pub to: Option<Decimal>,
}

/// What an offer is like, to be paired with an attribute of customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Trait {
    /// It suits these values.
    OneOf {
        /// The values.
        one_of: Vec<Json>,
    },
    /// It suits numbers in a range; both ends are in, and either may be open.
    Range(Amount),
}

/// An offer as it is written: not yet checked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferDraft {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What it gives the customer, in a sentence.
    #[serde(default)]
    pub summary: Said,
    /// What is bought with it, as purchases name their `product`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// What it costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// What it is like, by names of one's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub traits: BTreeMap<String, Trait>,
    /// To whom it can be offered at all; everybody when none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requires: Option<Draft>,
    /// Who has it already; who bought one of its products when none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has: Option<Draft>,
    /// The needs it meets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<MeetsDraft>,
    /// What makes it fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<CriterionDraft>,
    /// How it can be changed to fit better.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<VariantDraft>,
}

/// A need that an offer meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetsDraft {
    /// The need's id.
    pub need: String,
    /// How much it counts, 1 to 100.
    pub weight: u8,
}

/// A criterion as it is written: a condition, or a pair of an attribute and a trait.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CriterionDraft {
    /// Its id within the offer, by which proposals remember it.
    pub id: String,
    /// What it is called.
    pub name: Said,
    /// How much it counts beside the others, 1 to 100.
    pub weight: u8,
    /// What must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Draft>,
    /// Instead of a condition: an attribute of the customer that must suit a trait of the offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<PairDraft>,
    /// When it is known whether it holds; when the attributes it looks at are there, where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_when: Option<Draft>,
    /// What to change in the proposal where it does not hold.
    #[serde(default)]
    pub arrange: Said,
}

/// An attribute of the customer and what of the offer it must suit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairDraft {
    /// The attribute.
    pub attribute: String,
    /// A trait of the offer, or `amount`: the attribute is then a budget, and the least amount must be within it.
    #[serde(rename = "trait")]
    pub of: String,
}

/// A variant as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VariantDraft {
    /// Its id within the offer.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What is changed, in a sentence.
    #[serde(default)]
    pub change: Said,
    /// What it costs, where that is different.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Traits that are different.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub traits: BTreeMap<String, Trait>,
    /// Criteria that count as met by this change, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settles: Vec<String>,
}

/// An offer, sound in every part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What it gives the customer.
    pub summary: Said,
    /// What is bought with it.
    pub products: Vec<String>,
    /// What it costs.
    pub amount: Option<Amount>,
    /// To whom it can be offered.
    pub requires: Option<Condition>,
    /// Who has it already.
    pub has: Option<Condition>,
    /// What makes it fit: the needs first. Never empty, and the weights are above 0.
    pub criteria: Vec<Criterion>,
    /// How it can be changed.
    pub variants: Vec<Variant>,
}

/// Where a criterion comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A need the offer meets.
    Need(Box<Need>),
    /// A condition.
    Condition,
    /// An attribute of the customer that suits a trait of the offer.
    Pair(String),
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its id within the offer; of a need it is `need:ID`.
    pub id: String,
    /// What it is called.
    pub name: Said,
    /// How much it counts.
    pub weight: u8,
    /// Where it comes from.
    pub source: Source,
    /// What must hold.
    pub condition: Condition,
    /// When it is known whether it holds, where that is not by its attributes.
    pub known_when: Option<Condition>,
    /// What to change in the proposal where it does not hold.
    pub arrange: Said,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its id within the offer.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What is changed.
    pub change: Said,
    /// What it costs.
    pub amount: Option<Amount>,
    /// What must hold in place of a criterion's own condition, by the criterion's place.
    pub instead: BTreeMap<usize, Condition>,
    /// The criteria that count as met, by place.
    pub settles: BTreeSet<usize>,
}

impl Offer {
    /// The sum of the weights, above 0.
    pub fn total(&self) -> u32 {
        self.criteria.iter().map(|one| u32::from(one.weight)).sum()
    }

    /// Every condition in it, to see what it refers to.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let criteria = self
            .criteria
            .iter()
            .flat_map(|one| std::iter::once(&one.condition).chain(one.known_when.iter()));
        let variants = self.variants.iter().flat_map(|one| one.instead.values());
        self.requires.iter().chain(&self.has).chain(criteria).chain(variants)
    }
}

impl Criterion {
    /// Whether it surely holds, and whether it could, with the condition of a variant in its place where there is one.
    pub fn twofold(&self, instead: Option<&Condition>, is_sign: &dyn Fn(&str) -> bool) -> Twofold {
        let condition = instead.unwrap_or(&self.condition);
        match &self.known_when {
            Some(known) => known_when(condition, known),
            None => twofold(condition, is_sign),
        }
    }
}
