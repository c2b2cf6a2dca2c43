//! Packs: all segments a trade begins with, installed together: the four golden segments, RFM, the stages of life and
//! the temperature of prospects.
//!
//! ```text
//!   base.json      segments with gaps: {"event": "$buys", "last": "$quiet"}
//!   salon.json     what fills the gaps in this trade, its words to customers, and templates that go with it
//! ```
//! The same ids stand in every pack, so that changing the trade writes new versions of the same segments.

use std::collections::BTreeMap;

use condition::{Draft, Language, Said};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::{Golden, SegmentDraft, Template, templates};

const BASE: &str = include_str!("packs/base.json");

/// The packs in the order in which they are shown.
const PACKS: [&str; 5] = [
    include_str!("packs/b2b_saas.json"),
    include_str!("packs/ec.json"),
    include_str!("packs/restaurant.json"),
    include_str!("packs/education.json"),
    include_str!("packs/salon.json"),
];

/// What a segment of a pack is one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// One of the four golden segments.
    Golden,
    /// When, how often, how much.
    Rfm,
    /// Where somebody is on the way with us; everybody is in exactly one.
    Lifecycle,
    /// How near to buying somebody is who never bought; each of them is in exactly one.
    Temperature,
    /// Of this trade.
    Trade,
}

/// How words reach a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By mail.
    Mail,
    /// By telephone.
    Call,
    /// By a short message.
    Line,
}

/// Words to begin with; people change them before they are sent.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// How it reaches them.
    pub channel: Channel,
    /// The subject of a mail; empty for others.
    pub subject: Said,
    /// The words.
    pub body: Said,
}

/// All segments a trade begins with.
#[derive(Debug, Clone, PartialEq)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// The trade.
    pub name: Said,
    /// What it looks at.
    pub lead: Said,
    /// The segments, those that others refer to among them.
    pub segments: Vec<PackSegment>,
}

/// One segment of a pack.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSegment {
    /// Its id, the same in every pack.
    pub id: String,
    /// What it is one of.
    pub family: Family,
    /// Which golden segment it is.
    #[serde(default)]
    pub golden: Option<Golden>,
    /// Its name.
    pub name: Said,
    /// Why it exists.
    pub purpose: Said,
    /// How to treat its members.
    #[serde(default)]
    pub principle: Said,
    /// What to do with them.
    pub next_action: Said,
    /// Words to begin with.
    #[serde(default)]
    pub messages: Vec<Message>,
    /// Who is in.
    pub condition: Draft,
}

/// A pack as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: String,
    name: Said,
    lead: Said,
    /// Templates that go with it, by id.
    also: Vec<String>,
    /// What fills the gaps of the base.
    terms: BTreeMap<String, Json>,
    /// The words for the base's segments, by id.
    messages: BTreeMap<String, Vec<Message>>,
}

/// Every pack.
///
/// # Errors
/// None in a released program: a test reads and checks every one.
pub fn packs() -> Result<Vec<Pack>, String> {
    let templates = templates()?;
    PACKS.into_iter().map(|text| pack(text, &templates)).collect()
}

fn pack(text: &str, templates: &[Template]) -> Result<Pack, String> {
    let written: Written = serde_json::from_str(text).map_err(|why| why.to_string())?;
    let mut base: Json = serde_json::from_str(BASE).map_err(|why| why.to_string())?;
    fill(&mut base, &written.terms)?;
    let mut segments: Vec<PackSegment> =
        serde_json::from_value(base).map_err(|why| why.to_string())?;
    for segment in &mut segments {
        segment.messages.extend(written.messages.get(&segment.id).cloned().unwrap_or_default());
    }
    for id in &written.also {
        let found = templates.iter().find(|template| template.id == *id);
        segments.push(found.map(of_template).ok_or_else(|| format!("there is no template {id}"))?);
    }
    Ok(Pack { id: written.id, name: written.name, lead: written.lead, segments })
}

fn of_template(template: &Template) -> PackSegment {
    PackSegment {
        id: template.id.clone(),
        family: Family::Trade,
        golden: None,
        name: template.name.clone(),
        purpose: template.purpose.clone(),
        principle: Said::default(),
        next_action: template.next_action.clone(),
        messages: vec![],
        condition: template.condition.clone(),
    }
}

/// Puts terms in the place of `$name`.
fn fill(json: &mut Json, terms: &BTreeMap<String, Json>) -> Result<(), String> {
    match json {
        Json::String(text) => {
            if let Some(name) = text.strip_prefix('$') {
                let term = terms.get(name).ok_or_else(|| format!("there is no term {name}"))?;
                *json = term.clone();
            }
            Ok(())
        }
        Json::Array(parts) => parts.iter_mut().try_for_each(|part| fill(part, terms)),
        Json::Object(fields) => fields.values_mut().try_for_each(|part| fill(part, terms)),
        Json::Null | Json::Bool(_) | Json::Number(_) => Ok(()),
    }
}

impl PackSegment {
    /// The segment that it becomes, with its texts in a language.
    pub fn draft(&self, language: Language) -> SegmentDraft {
        SegmentDraft {
            id: self.id.clone(),
            name: self.name.clone(),
            purpose: Some(self.purpose.get(language).to_owned()),
            next_action: Some(self.next_action.get(language).to_owned()),
            golden: self.golden,
            owner: None,
            review_on: None,
            reviewed_on: None,
            condition: self.condition.clone(),
        }
    }

    /// Whether a segment still is what this one became, in whatever language and whoever answers for it.
    pub fn is(&self, draft: &SegmentDraft) -> bool {
        let draft = draft.without_care();
        [Language::Ja, Language::En].into_iter().any(|language| self.draft(language) == draft)
    }
}

#[cfg(test)]
mod tests {
    use condition::Condition;
    use facts::{
        Calendar, CustomerKey, EventName, Fact, History, Properties, Timestamp, Value, What,
    };
    use kernel::{Plan, Scratch};

    use super::*;
    use crate::{Needs, check_all};

    fn drafts(pack: &Pack) -> Vec<SegmentDraft> {
        pack.segments.iter().map(|segment| segment.draft(Language::Ja)).collect()
    }

    #[test]
    fn every_pack_is_sound_and_has_words_for_what_it_asks_to_be_done() {
        let all = packs().unwrap();
        assert_eq!(all.len(), 5);
        let base: Vec<&str> = all[0].segments.iter().map(|one| one.id.as_str()).take(17).collect();
        for pack in &all {
            let checked = check_all(&drafts(pack), &[]);
            assert!(checked.is_ok(), "{}: {:?}", pack.id, checked.err());
            let ids: Vec<&str> = pack.segments.iter().map(|one| one.id.as_str()).collect();
            assert_eq!(&ids[..17], base, "the same segments stand in {}", pack.id);
            assert!(17 < ids.len(), "{} has nothing of its own", pack.id);
            for segment in &pack.segments {
                let mut said = vec![&segment.name, &segment.purpose, &segment.next_action];
                if segment.family != Family::Trade {
                    said.push(&segment.principle);
                }
                said.extend(segment.messages.iter().map(|message| &message.body));
                let full = |said: &&Said| !said.ja.is_empty() && !said.en.is_empty();
                assert!(said.iter().all(full), "{}/{}", pack.id, segment.id);
                let spoken = matches!(
                    segment.family,
                    Family::Golden | Family::Lifecycle | Family::Temperature
                );
                assert!(!spoken || !segment.messages.is_empty(), "{}/{}", pack.id, segment.id);
                assert_eq!(segment.golden.is_some(), segment.family == Family::Golden);
            }
        }
    }

    #[test]
    fn a_gap_that_nothing_fills_is_an_error() {
        let mut json = serde_json::json!({"event": "$buys", "last": ["$quiet"]});
        let terms = BTreeMap::from([("buys".to_owned(), Json::from("purchased"))]);
        assert_eq!(fill(&mut json, &terms), Err("there is no term quiet".to_owned()));
    }

    /// Days ago at which each event happened.
    fn history(events: &[(&str, i64)], now: Timestamp) -> History {
        let facts: Vec<Fact> = events
            .iter()
            .enumerate()
            .map(|(n, (name, ago))| Fact {
                customer: CustomerKey::new("C").unwrap(),
                contact: None,
                at: now.plus(-ago * Timestamp::DAY),
                what: What::Happened {
                    name: EventName::new(name).unwrap(),
                    properties: Properties::new([
                        ("amount", Value::from(1000)),
                        ("page_type", Value::from("pricing")),
                        ("feature", Value::from(format!("f{n}").as_str())),
                    ])
                    .unwrap(),
                },
                id: None,
            })
            .collect();
        History::of(facts.iter().map(|fact| (fact, fact.at)))
    }

    /// Everybody is in one stage, and everybody who never bought has one temperature, whatever happened.
    #[test]
    fn stages_and_temperatures_part_everybody() {
        let now = Timestamp::parse("2026-06-01T00:00:00+09:00").unwrap();
        let calendar = Calendar::japan();
        let mut seen = std::collections::BTreeSet::new();
        for pack in packs().unwrap() {
            let conditions: Vec<(condition::SegmentId, Condition)> = check_all(&drafts(&pack), &[])
                .unwrap()
                .into_iter()
                .map(|one| (one.id, one.condition))
                .collect();
            let uses = Needs::of(&conditions[0].1).events.into_iter().collect::<Vec<_>>();
            let plan = Plan::new(conditions).unwrap();
            let mut dice = 7_u64;
            let mut roll = |n: u64| {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (dice >> 33) % n
            };
            for _ in 0..300 {
                let names = ["purchased", "page_viewed", "materials_requested", "cart_added"];
                let n = 1 + roll(7);
                let events: Vec<(&str, i64)> = (0..n)
                    .map(|_| {
                        let place = roll(names.len() as u64 + uses.len() as u64) as usize;
                        let name = names.get(place).copied();
                        // Half of them lie in the last days, where temperatures are told apart.
                        let ago = if roll(2) == 0 { roll(6) } else { roll(500) };
                        (name.unwrap_or_else(|| &uses[place - names.len()]), ago as i64)
                    })
                    .collect();
                let history = history(&events, now);
                let mut scratch = Scratch::default();
                let readings = plan.evaluate(&history, now, &calendar, &mut scratch);
                let of = |family: Family| {
                    let numbered = pack.segments.iter().zip(readings);
                    let holds =
                        numbered.filter(|(one, reading)| one.family == family && reading.value);
                    holds.map(|(one, _)| one.id.as_str()).collect::<Vec<_>>()
                };
                let stages = of(Family::Lifecycle);
                assert_eq!(stages.len(), 1, "{}: {events:?} is in {stages:?}", pack.id);
                let bought = events.iter().any(|(name, _)| *name == "purchased");
                let warmth = of(Family::Temperature);
                assert_eq!(warmth.len(), usize::from(!bought), "{}: {events:?}", pack.id);
                seen.extend(stages.into_iter().chain(warmth).map(str::to_owned));
            }
        }
        assert_eq!(seen.len(), 7, "every stage and temperature was met: {seen:?}");
    }
}
