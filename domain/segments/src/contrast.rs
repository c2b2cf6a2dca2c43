//! What the members of a segment are more often than everybody else: counted, with how sure that is, and a persona
//! drafted from it.
//!
//! ```text
//!                     members   the rest
//!   industry: 製造業   24 of 30   60 of 300      lift 4.0, at least 2.1
//! ```
//! A trait is kept when its lift is above 1 for sure, with all traits looked at together taken into account: among a
//! thousand traits of two random groups, in nineteen of twenty cases none is kept.

use std::collections::{BTreeMap, HashMap, HashSet};

use condition::{Draft, Language};
use facts::{History, Timestamp};
use serde_json::{Value as Json, json};

use crate::crosstab::written;

/// Something that can be said of a customer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trait {
    /// An attribute has a value, in its written form.
    Attribute {
        /// The attribute.
        key: String,
        /// The value.
        value: String,
    },
    /// An event happened within [`LATELY`] days.
    Event {
        /// Its name.
        name: String,
    },
    /// An event with a property of this value happened within [`LATELY`] days.
    Property {
        /// The event's name.
        name: String,
        /// The property.
        property: String,
        /// The value, in its written form.
        value: String,
    },
}

/// So many days of events are looked at.
pub const LATELY: i64 = 90;
/// A key with more values than this tells people apart, not groups.
const VALUES_MOST: usize = 200;
/// A text longer than this is no value to compare.
const LONGEST: usize = 60;
/// What names one customer, and what our own models wrote.
const OF_ONE: [&str; 12] = [
    "name",
    "name_kana",
    "phone",
    "email",
    "address",
    "website",
    "corporate_number",
    "postal_code",
    "deal",
    "order",
    "url",
    "visitor",
];

/// Counts traits, one customer after the other.
#[derive(Debug, Default)]
pub struct Contrast {
    counts: HashMap<Trait, [u64; 2]>,
    values: HashMap<(String, String), usize>,
    dropped: HashSet<(String, String)>,
    sizes: [u64; 2],
    own: HashSet<Trait>,
}

/// A trait that members have more often.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The trait.
    pub what: Trait,
    /// How many members have it.
    pub members: u64,
    /// How many of the rest have it.
    pub rest: u64,
    /// How many times as often members have it; none where nobody of the rest does.
    pub lift: Option<f64>,
    /// The lift is at least this, for sure.
    pub at_least: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// How many members there are.
    pub members: u64,
    /// How many others.
    pub rest: u64,
    /// How many traits were compared.
    pub compared: usize,
    /// Those that members have more often, the most telling first.
    pub traits: Vec<Standing>,
}

impl Trait {
    /// What the value belongs to; traits with the same are told apart by their value.
    fn of(&self) -> (String, String) {
        match self {
            Trait::Attribute { key, .. } => (String::new(), key.clone()),
            Trait::Event { name } => (name.clone(), String::new()),
            Trait::Property { name, property, .. } => (name.clone(), property.clone()),
        }
    }

    /// The condition that those with the trait fulfil.
    pub fn condition(&self) -> Draft {
        let read = |value: &str| serde_json::from_str(value).unwrap_or(Json::Null);
        Draft(match self {
            Trait::Attribute { key, value } => json!({"attribute": key, "is": read(value)}),
            Trait::Event { name } => json!({"event": name, "last": format!("{LATELY}d")}),
            Trait::Property { name, property, value } => json!({
                "event": name,
                "where": [{"property": property, "is": read(value)}],
                "last": format!("{LATELY}d"),
            }),
        })
    }
}

impl Contrast {
    /// Takes one customer in.
    pub fn add(&mut self, history: &History, now: Timestamp, is_member: bool) {
        let side = usize::from(!is_member);
        self.sizes[side] += 1;
        self.own.clear();
        self.attributes(history, now);
        self.events(history, now);
        for one in std::mem::take(&mut self.own) {
            self.count(one, side);
        }
    }

    fn attributes(&mut self, history: &History, now: Timestamp) {
        let mut seen = HashSet::new();
        for (contact, key, _) in history.all_changes() {
            let skip = contact.is_some()
                || key.is_empty()
                || OF_ONE.contains(&key)
                || key.starts_with("score:")
                || !seen.insert(key);
            if skip {
                continue;
            }
            if let Some(value) = written(history.attribute(key, now)) {
                self.own.insert(Trait::Attribute { key: key.to_owned(), value: value.to_string() });
            }
        }
    }

    fn events(&mut self, history: &History, now: Timestamp) {
        let from = now.plus(-LATELY * Timestamp::DAY);
        for track in history.tracks() {
            let name = history.name(track);
            let lately = history
                .events_of(track)
                .iter()
                .filter(|event| from < event.stamp.at && event.stamp.at <= now);
            for event in lately {
                self.own.insert(Trait::Event { name: name.to_owned() });
                for (property, value) in history.particulars(event).iter() {
                    let words = value.as_text().filter(|text| text.chars().count() <= LONGEST);
                    let Some(words) = words.filter(|_| !OF_ONE.contains(&property)) else {
                        continue;
                    };
                    self.own.insert(Trait::Property {
                        name: name.to_owned(),
                        property: property.to_owned(),
                        value: json!(words).to_string(),
                    });
                }
            }
        }
    }

    fn count(&mut self, one: Trait, side: usize) {
        let of = one.of();
        if self.dropped.contains(&of) {
            return;
        }
        if let Some(counts) = self.counts.get_mut(&one) {
            counts[side] += 1;
            return;
        }
        self.begin(one, of, [u64::from(side == 0), u64::from(side == 1)]);
    }

    /// A trait that was not met before; with too many values its key is given up.
    fn begin(&mut self, one: Trait, of: (String, String), counts: [u64; 2]) {
        let n = self.values.entry(of.clone()).or_default();
        *n += 1;
        if VALUES_MOST < *n {
            self.counts.retain(|known, _| known.of() != of);
            self.dropped.insert(of);
            return;
        }
        self.counts.insert(one, counts);
    }

    /// Takes in what another thread has counted.
    pub fn merge(&mut self, other: Contrast) {
        (0..2).for_each(|side| self.sizes[side] += other.sizes[side]);
        for of in other.dropped {
            self.counts.retain(|known, _| known.of() != of);
            self.dropped.insert(of);
        }
        for (one, counts) in other.counts {
            let of = one.of();
            if self.dropped.contains(&of) {
                continue;
            }
            match self.counts.get_mut(&one) {
                Some(known) => (0..2).for_each(|side| known[side] += counts[side]),
                None => self.begin(one, of, counts),
            }
        }
    }

    /// The traits that members have more often than the rest.
    pub fn profile(self) -> Profile {
        let [members, rest] = self.sizes;
        let compared = self.counts.len();
        // A bound on the normal tail, so that all traits together are wrong in one case of twenty.
        let sure = (2.0 * (2.0 * compared.max(1) as f64 / 0.05).ln()).sqrt();
        let ordered: BTreeMap<Trait, [u64; 2]> = self.counts.into_iter().collect();
        let mut traits: Vec<(f64, Standing)> = ordered
            .into_iter()
            .filter_map(|(what, counts)| standing(what, counts, self.sizes, sure))
            .collect();
        traits.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        Profile {
            members,
            rest,
            compared,
            traits: traits.into_iter().map(|(_, standing)| standing).collect(),
        }
    }
}

/// A trait with how much it tells, when it is more frequent among members for sure.
fn standing(
    what: Trait,
    [members, rest]: [u64; 2],
    sizes: [u64; 2],
    sure: f64,
) -> Option<(f64, Standing)> {
    let [a, c] = [members, rest].map(|n| n as f64 + 0.5);
    let [n, m] = sizes.map(|n| n as f64 + 0.5);
    let ratio = ((a / n) / (c / m)).ln();
    let spread = (1.0 / a - 1.0 / n + 1.0 / c - 1.0 / m).max(0.0).sqrt();
    let at_least = ratio - sure * spread;
    if members == 0 || at_least <= 0.0 {
        return None;
    }
    let share = |n: u64, of: u64| n as f64 / of.max(1) as f64;
    let lift = (0 < rest).then(|| share(members, sizes[0]) / share(rest, sizes[1]));
    let tells = share(members, sizes[0]) * at_least;
    Some((tells, Standing { what, members, rest, lift, at_least: at_least.exp() }))
}

impl Profile {
    /// A condition for those who are like the members: points for each of the first traits, of which half are needed.
    pub fn persona(&self, most: usize) -> Option<Draft> {
        let weight = |one: &Standing| (one.at_least.ln() * 10.0).round().clamp(1.0, 100.0) as i64;
        let chosen: Vec<&Standing> = self.traits.iter().take(most).collect();
        let all: i64 = chosen.iter().map(|one| weight(one)).sum();
        let parts: Vec<Json> = chosen
            .iter()
            .map(|one| json!({"weight": weight(one), "when": one.what.condition().0}))
            .collect();
        (!parts.is_empty()).then(|| {
            Draft(json!({"points": parts, "is": {"at_least": ((all + 1) / 2).to_string()}}))
        })
    }

    /// A draft of who they are, from the sentences of their first traits.
    pub fn sketch(&self, sentences: &[String], language: Language) -> String {
        let percent = |n: u64, of: u64| n * 100 / of.max(1);
        let lines = self.traits.iter().zip(sentences).map(|(one, sentence)| {
            let ours = percent(one.members, self.members);
            let theirs = percent(one.rest, self.rest);
            match language {
                Language::Ja => format!("・{sentence}（{ours}%。ほかの方では{theirs}%）"),
                Language::En => format!("- {sentence} ({ours}%; {theirs}% of the others)"),
            }
        });
        let lines: Vec<String> = lines.collect();
        let n = self.members;
        match (language, lines.is_empty()) {
            (Language::Ja, true) => {
                format!("この{n}人には、ほかの方と確かに違うと言える特徴が見つかりませんでした。")
            }
            (Language::En, true) => {
                format!("Nothing was found in which these {n} surely differ from the others.")
            }
            (Language::Ja, false) => format!("この{n}人に目立つこと：\n{}", lines.join("\n")),
            (Language::En, false) => {
                format!("What stands out among these {n}:\n{}", lines.join("\n"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use facts::{CustomerKey, EventName, Fact, Properties, Value, What};

    use super::*;

    fn now() -> Timestamp {
        Timestamp::parse("2026-06-01T00:00:00+09:00").unwrap()
    }

    fn customer(name: &str, industry: &str, feature: Option<&str>) -> History {
        let fact = |days: i64, what| Fact {
            customer: CustomerKey::new("C").unwrap(),
            contact: None,
            at: now().plus(-days * Timestamp::DAY),
            what,
            id: None,
        };
        let set = [("name", Value::from(name)), ("industry", Value::from(industry))];
        let mut facts = vec![fact(300, What::Became(Properties::new(set).unwrap()))];
        facts.extend(feature.map(|feature| {
            let properties = Properties::new([("feature", Value::from(feature))]).unwrap();
            fact(5, What::Happened { name: EventName::new("feature_used").unwrap(), properties })
        }));
        History::of(facts.iter().map(|fact| (fact, fact.at)))
    }

    fn firm(planted: bool) -> Profile {
        let mut dice = 3_u64;
        let mut roll = |n: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (dice >> 33) % n
        };
        let mut halves = [Contrast::default(), Contrast::default()];
        for n in 0..600 {
            let is_member = n % 4 == 0;
            let special = planted && is_member && roll(10) < 7;
            let industry = if special {
                "製造"
            } else {
                ["製造", "小売", "運輸", "医療"][roll(4) as usize]
            };
            let feature = ["a", "b", "c"][roll(3) as usize];
            let history = customer(&format!("n{n}"), industry, (roll(2) == 0).then_some(feature));
            halves[n % 2].add(&history, now(), is_member);
        }
        let [mut one, other] = halves;
        one.merge(other);
        one.profile()
    }

    #[test]
    fn what_was_planted_is_found_and_what_is_chance_is_not() {
        let planted = firm(true);
        let industry = Trait::Attribute { key: "industry".into(), value: "\"製造\"".into() };
        assert_eq!(planted.traits.iter().map(|one| &one.what).collect::<Vec<_>>(), [&industry]);
        let first = &planted.traits[0];
        let share = |n: u64, of: u64| n as f64 / of as f64;
        let lift = share(first.members, planted.members) / share(first.rest, planted.rest);
        assert_eq!(first.lift, Some(lift));
        assert!(1.0 < first.at_least && first.at_least < lift);
        assert_eq!((planted.members, planted.rest), (150, 450));
        assert!(planted.persona(3).unwrap().check().is_ok());
        let said = planted.sketch(&["業種は製造".to_owned()], Language::Ja);
        assert!(said.starts_with("この150人に目立つこと：\n・業種は製造（7"), "{said}");
        assert_eq!(firm(false).traits, vec![]);
        assert_eq!(firm(false).persona(3), None);
    }

    #[test]
    fn names_are_no_traits() {
        let compared = firm(true).compared;
        // Four industries, one event, three features; every name is of one customer only.
        assert_eq!(compared, 8);
        let mut many = Contrast::default();
        (0..1000).for_each(|n| many.add(&customer("x", &format!("i{n}"), None), now(), n < 500));
        assert_eq!(many.profile().compared, 0, "a key of a thousand values tells no groups apart");
    }
}
