//! From what was written to an offer that is sound in every part: every fault is found, each with its place.

use std::collections::{BTreeMap, BTreeSet};

use condition::{Condition, Draft, SegmentId};
use serde_json::json;

use crate::{
    Amount, Criterion, CriterionDraft, Fault, MeetsDraft, Need, Offer, OfferDraft, PairDraft,
    Source, Trait, Variant, VariantDraft, fault::checked,
};

/// The most criteria and needs of an offer together.
const CRITERIA_MOST: usize = 40;
/// The most variants of an offer.
const VARIANTS_MOST: usize = 12;

impl OfferDraft {
    /// The offer that was meant, among these needs.
    ///
    /// # Errors
    /// Every fault, with its path.
    pub fn check(&self, needs: &BTreeMap<String, Need>) -> Result<Offer, Vec<Fault>> {
        let mut faults = vec![];
        if SegmentId::new(&self.id).is_none() {
            faults.push(Fault::id("/id"));
        }
        if self.name.ja.is_empty() && self.name.en.is_empty() {
            faults.push(Fault::no_name("/name"));
        }
        let mut criteria = self.needs_met(needs, &mut faults);
        for (place, draft) in self.criteria.iter().enumerate() {
            criteria.extend(self.criterion(&format!("/criteria/{place}"), draft, &mut faults));
        }
        if self.criteria.is_empty() && self.needs.is_empty() {
            faults.push(Fault::new(
                "/criteria",
                "合うかどうかの基準か、応えるニーズを一つ以上書いてください",
                "write at least one criterion, or a need that it meets",
            ));
        }
        if CRITERIA_MOST < criteria.len() {
            faults.push(Fault::most("/criteria", CRITERIA_MOST));
        }
        self.ids_twice(&mut faults);
        let requires = self.requires.as_ref();
        let requires = requires.and_then(|draft| checked("/requires", draft, &mut faults));
        let has = self.owned(&mut faults);
        let variants = self.variants(&criteria, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Offer {
            id: self.id.clone(),
            name: self.name.clone(),
            summary: self.summary.clone(),
            products: self.products.clone(),
            amount: self.amount.clone(),
            requires,
            has,
            criteria,
            variants,
        })
    }

    fn ids_twice(&self, faults: &mut Vec<Fault>) {
        let needs = self.needs.iter().map(|one| one.need.as_str()).enumerate();
        let needs = needs.map(|(place, id)| (format!("/needs/{place}/need"), id));
        let own = self.criteria.iter().map(|one| one.id.as_str()).enumerate();
        let own = own.map(|(place, id)| (format!("/criteria/{place}/id"), id));
        for ids in [needs.collect::<Vec<_>>(), own.collect()] {
            let mut seen = BTreeSet::new();
            let twice = ids.into_iter().filter(|(_, id)| !seen.insert(*id));
            faults.extend(twice.map(|(path, id)| Fault::twice(path, id)));
        }
    }

    fn needs_met(&self, needs: &BTreeMap<String, Need>, faults: &mut Vec<Fault>) -> Vec<Criterion> {
        let mut met = vec![];
        for (place, MeetsDraft { need, weight }) in self.needs.iter().enumerate() {
            if !(1..=100).contains(weight) {
                faults.push(Fault::weight(format!("/needs/{place}/weight")));
            }
            let Some(known) = needs.get(need) else {
                let (ja, en) =
                    (format!("ニーズ `{need}` はありません"), format!("there is no need `{need}`"));
                faults.push(Fault::new(format!("/needs/{place}/need"), ja, en));
                continue;
            };
            met.push(Criterion {
                id: Need::attribute(need),
                name: known.name.clone(),
                weight: *weight,
                condition: known.is_there(),
                known_when: Some(known.is_known()),
                arrange: known.question.clone(),
                source: Source::Need(Box::new(known.clone())),
            });
        }
        met
    }

    fn criterion(
        &self,
        path: &str,
        draft: &CriterionDraft,
        faults: &mut Vec<Fault>,
    ) -> Option<Criterion> {
        if SegmentId::new(&draft.id).is_none() {
            faults.push(Fault::id(&format!("{path}/id")));
        }
        if !(1..=100).contains(&draft.weight) {
            faults.push(Fault::weight(format!("{path}/weight")));
        }
        let (condition, source) = match (&draft.condition, &draft.pair) {
            (Some(written), None) => {
                (checked(&format!("{path}/condition"), written, faults), Source::Condition)
            }
            (None, Some(pair)) => {
                let suits = self.suits(&format!("{path}/pair/trait"), pair, None, faults);
                (suits, Source::Pair(pair.attribute.clone()))
            }
            (None, None) | (Some(_), Some(_)) => {
                faults.push(Fault::new(
                    path,
                    "`condition` か `pair` のどちらか一つを書いてください",
                    "write either a `condition` or a `pair`",
                ));
                return None;
            }
        };
        let known = draft.known_when.as_ref();
        let known_when = known.and_then(|one| checked(&format!("{path}/known_when"), one, faults));
        Some(Criterion {
            id: draft.id.clone(),
            name: draft.name.clone(),
            weight: draft.weight,
            source,
            condition: condition?,
            known_when,
            arrange: draft.arrange.clone(),
        })
    }

    /// That an attribute suits a trait, of the offer itself or of a variant.
    fn suits(
        &self,
        path: &str,
        pair: &PairDraft,
        variant: Option<&VariantDraft>,
        faults: &mut Vec<Fault>,
    ) -> Option<Condition> {
        let PairDraft { attribute, of } = pair;
        let named = |name: &str| {
            Fault::new(
                path,
                format!("`{name}` という性質がこの提案にありません"),
                format!("this offer has no trait `{name}`"),
            )
        };
        if of == "amount" {
            let amount = variant.and_then(|one| one.amount.as_ref()).or(self.amount.as_ref());
            let Some(least) = amount.and_then(|amount| amount.from) else {
                faults.push(named("amount.from"));
                return None;
            };
            let draft = Draft(json!({"attribute": attribute, "at_least": least.to_string()}));
            return checked(path, &draft, faults);
        }
        let own = variant.and_then(|one| one.traits.get(of)).or_else(|| self.traits.get(of));
        let Some(own) = own else {
            faults.push(named(of));
            return None;
        };
        let tested = match own {
            Trait::OneOf { one_of } => json!({"attribute": attribute, "in": one_of}),
            Trait::Range(Amount { from: Some(from), to: Some(to) }) => {
                json!({"attribute": attribute, "between": [from.to_string(), to.to_string()]})
            }
            Trait::Range(Amount { from: Some(from), to: None }) => {
                json!({"attribute": attribute, "at_least": from.to_string()})
            }
            Trait::Range(Amount { from: None, to: Some(to) }) => {
                json!({"attribute": attribute, "at_most": to.to_string()})
            }
            Trait::Range(Amount { from: None, to: None }) => {
                faults.push(named(of));
                return None;
            }
        };
        checked(path, &Draft(tested), faults)
    }

    /// Who has it already.
    fn owned(&self, faults: &mut Vec<Fault>) -> Option<Condition> {
        if let Some(draft) = &self.has {
            return checked("/has", draft, faults);
        }
        if self.products.is_empty() {
            return None;
        }
        let draft = json!({
            "event": "purchased", "where": [{"property": "product", "in": self.products}],
        });
        checked("/products", &Draft(draft), faults)
    }

    fn variants(&self, criteria: &[Criterion], faults: &mut Vec<Fault>) -> Vec<Variant> {
        if VARIANTS_MOST < self.variants.len() {
            faults.push(Fault::most("/variants", VARIANTS_MOST));
        }
        let mut seen = BTreeSet::new();
        let variants = self.variants.iter().enumerate().map(|(place, draft)| {
            let path = format!("/variants/{place}");
            if SegmentId::new(&draft.id).is_none() {
                faults.push(Fault::id(&format!("{path}/id")));
            }
            if !seen.insert(&draft.id) {
                faults.push(Fault::twice(format!("{path}/id"), &draft.id));
            }
            let mut settles = BTreeSet::new();
            for (n, id) in draft.settles.iter().enumerate() {
                match criteria.iter().position(|one| one.id == *id) {
                    Some(place) => drop(settles.insert(place)),
                    None => faults.push(Fault::new(
                        format!("{path}/settles/{n}"),
                        format!("基準 `{id}` はこの提案にありません"),
                        format!("this offer has no criterion `{id}`"),
                    )),
                }
            }
            Variant {
                id: draft.id.clone(),
                name: draft.name.clone(),
                change: draft.change.clone(),
                amount: draft.amount.clone().or_else(|| self.amount.clone()),
                instead: self.instead(&path, draft, criteria, faults),
                settles,
            }
        });
        variants.collect()
    }

    /// The pairs that are asked otherwise for a variant.
    fn instead(
        &self,
        path: &str,
        variant: &VariantDraft,
        criteria: &[Criterion],
        faults: &mut Vec<Fault>,
    ) -> BTreeMap<usize, Condition> {
        let mut instead = BTreeMap::new();
        for draft in &self.criteria {
            let Some(pair) = &draft.pair else { continue };
            let Some(place) = criteria.iter().position(|one| one.id == draft.id) else { continue };
            let place_of = format!("{path}/traits/{}", pair.of);
            let condition = self.suits(&place_of, pair, Some(variant), faults);
            if let Some(condition) = condition.filter(|one| *one != criteria[place].condition) {
                instead.insert(place, condition);
            }
        }
        instead
    }
}
