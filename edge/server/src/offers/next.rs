//! What is bought together in this workspace: learnt in the background, kept, and asked of one customer.
//!
//! ```text
//!   count names ──▶ fill bags as of a past instant ──▶ learn, try on what came since ──▶ how good it is
//!                └─▶ fill bags as of now ───────────▶ learn ──▶ pairs that are kept
//! ```

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};

use facts::{History, Timestamp, ValueRef};
use offers::{Bag, From, Learned, Suggestion, Together, Tried, Verdict};
use serde::{Deserialize, Serialize};

use crate::{
    host::{App, works::Work},
    http::error::Answer,
    offers::Goods,
};

/// Under which the last run is kept.
const KEPT: &str = "next-offers";
/// The form in which it is kept; what has another is as good as none.
const VERSION: u32 = 1;
/// The most items and the most values of attributes that are tried, those that most customers have.
const ITEMS_MOST: usize = 400;
const TRAITS_MOST: usize = 200;
/// An attribute with more values than this names customers rather than kinds of them.
const VALUES_MOST: usize = 40;
/// What says who serves a customer says nothing of the customer.
const NOT_TRAITS: [&str; 2] = ["rep", "status"];

/// What is bought, and how far ahead it is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GoodsTried {
    #[serde(flatten)]
    pub(crate) goods: Goods,
    /// Suggestions are held against what was bought in so many days since.
    pub(crate) horizon_days: u32,
}

/// An item, with how many customers have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) name: String,
    pub(crate) owners: u64,
}

/// Where a pair begins, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Begins {
    Item(String),
    Attribute(String, String),
}

/// A pair, by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pair {
    pub(crate) from: Begins,
    pub(crate) to: String,
    pub(crate) both: u64,
    pub(crate) of: u64,
    pub(crate) share: f64,
    pub(crate) lift: Option<f64>,
    pub(crate) lift_low: f64,
}

/// How suggestions did on what came after an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trial {
    /// What was known then was learnt of (ms).
    pub(crate) split: i64,
    pub(crate) n: u64,
    pub(crate) hits: u64,
    pub(crate) popular: u64,
    pub(crate) only_ours: u64,
    pub(crate) only_popular: u64,
}

/// What was learnt, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct NextOffers {
    version: u32,
    /// By what was known then (ms).
    pub(crate) as_of: i64,
    pub(crate) goods: GoodsTried,
    /// Customers with at least one item.
    pub(crate) customers: u64,
    /// Those that most have first.
    pub(crate) items: Vec<Item>,
    /// How many there are in all; more than `items` when some were left out.
    pub(crate) items_seen: usize,
    pub(crate) tried: usize,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) trial: Trial,
}

/// What to offer one customer next.
pub(crate) struct Next<'k> {
    pub(crate) item: &'k Item,
    pub(crate) share: f64,
    pub(crate) because: Option<&'k Pair>,
}

impl Trial {
    fn of(split: Timestamp, tried: Tried) -> Trial {
        let Tried { n, hits, popular, only_ours, only_popular } = tried;
        Trial { split: split.millis(), n, hits, popular, only_ours, only_popular }
    }

    pub(crate) fn verdict(&self) -> Verdict {
        let Trial { n, hits, popular, only_ours, only_popular, .. } = *self;
        Tried { n, hits, popular, only_ours, only_popular }.verdict()
    }
}

/// How often each item was bought by somebody, and each value stands with somebody.
#[derive(Default)]
struct Seen {
    items: HashMap<String, u64>,
    /// None for an attribute with too many values.
    values: HashMap<String, Option<HashMap<String, u64>>>,
}

impl Seen {
    fn add(&mut self, goods: &Goods, keys: &[String], history: &History, now: Timestamp) {
        for item in items_of(goods, history, now) {
            *self.items.entry(item.into_owned()).or_default() += 1;
        }
        for key in keys {
            if let Some(value) = trait_of(key, history, now) {
                let values = self.values.entry(key.clone()).or_insert_with(|| Some(HashMap::new()));
                if let Some(some) = values {
                    *some.entry(value).or_default() += 1;
                    if VALUES_MOST < some.len() {
                        *values = None;
                    }
                }
            }
        }
    }

    fn merge(&mut self, other: Seen) {
        for (item, n) in other.items {
            *self.items.entry(item).or_default() += n;
        }
        for (key, theirs) in other.values {
            let ours = self.values.entry(key).or_insert_with(|| Some(HashMap::new()));
            match (ours.as_mut(), theirs) {
                (Some(some), Some(theirs)) => {
                    for (value, n) in theirs {
                        *some.entry(value).or_default() += n;
                    }
                    if VALUES_MOST < some.len() {
                        *ours = None;
                    }
                }
                (_, None) => *ours = None,
                (None, _) => {}
            }
        }
    }
}

/// The items and values that are tried, by name, in the order of their numbers.
struct Named {
    items: Vec<String>,
    traits: Vec<(String, String)>,
    items_seen: usize,
    item_no: HashMap<String, u32>,
    trait_no: BTreeMap<String, HashMap<String, u32>>,
}

impl Named {
    fn of(seen: Seen) -> Named {
        let items_seen = seen.items.len();
        let items = most(seen.items.into_iter().collect(), ITEMS_MOST);
        let values = seen.values.into_iter().filter_map(|(key, values)| Some((key, values?)));
        let traits = values.flat_map(|(key, values)| {
            values.into_iter().map(move |(value, n)| ((key.clone(), value), n))
        });
        Named::new(items, most(traits.collect(), TRAITS_MOST), items_seen)
    }

    fn new(items: Vec<String>, traits: Vec<(String, String)>, items_seen: usize) -> Named {
        let item_no = (0..).zip(&items).map(|(no, item)| (item.clone(), no)).collect();
        let mut trait_no: BTreeMap<String, HashMap<String, u32>> = BTreeMap::new();
        for (no, (key, value)) in (0..).zip(&traits) {
            trait_no.entry(key.clone()).or_default().insert(value.clone(), no);
        }
        Named { items, traits, items_seen, item_no, trait_no }
    }

    fn bag(&self, goods: &Goods, history: &History, at: Timestamp) -> Bag {
        let items = items_of(goods, history, at).into_iter();
        let mut items: Vec<u32> =
            items.filter_map(|item| self.item_no.get(&*item).copied()).collect();
        items.sort_unstable();
        let traits = self
            .trait_no
            .iter()
            .filter_map(|(key, values)| values.get(&trait_of(key, history, at)?).copied());
        let mut traits: Vec<u32> = traits.collect();
        traits.sort_unstable();
        Bag { items, traits }
    }
}

/// Those counted most; equals in the order of their names.
fn most<K: Ord>(mut counted: Vec<(K, u64)>, most: usize) -> Vec<K> {
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted.into_iter().take(most).map(|(name, _)| name).collect()
}

/// What a customer bought up to an instant, each once.
fn items_of<'h>(goods: &Goods, history: &'h History, at: Timestamp) -> Vec<Cow<'h, str>> {
    let bought = goods.bought(history).filter(|(stamp, _)| stamp.at <= at);
    let mut items: Vec<Cow<'h, str>> = bought.map(|(_, item)| item).collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn trait_of(key: &str, history: &History, at: Timestamp) -> Option<String> {
    match history.attribute(key, at) {
        ValueRef::Missing | ValueRef::Number(_) => None,
        value => Some(value.to_string()),
    }
}

/// The attributes whose values are tried.
fn keys(app: &App) -> Vec<String> {
    let names = app.store.names();
    let of_kind = names
        .attributes
        .iter()
        .filter(|one| matches!(one.kind, store::Kind::Text | store::Kind::Bool));
    let keys = of_kind.map(|one| one.key.to_string());
    keys.filter(|key| !NOT_TRAITS.contains(&key.as_str()) && !key.starts_with("score:")).collect()
}

/// Learns what is bought together, and tries it on what was bought since the horizon began.
pub(crate) fn learn(
    app: &App,
    work: &Work<NextOffers>,
    tried: &GoodsTried,
    now: Timestamp,
) -> Answer<NextOffers> {
    let goods = &tried.goods;
    let split = now.minus(i64::from(tried.horizon_days) * Timestamp::DAY);
    let keys = keys(app);
    let pieces = work.over_everybody(app, Seen::default, |seen, _, history| {
        seen.add(goods, &keys, history, now);
    })?;
    let mut seen = Seen::default();
    pieces.into_iter().for_each(|piece| seen.merge(piece));
    let named = Named::of(seen);
    let pieces = work.over_everybody(app, Vec::new, |bags: &mut Vec<(Bag, Bag)>, _, history| {
        let after = named.bag(goods, history, now);
        if !after.items.is_empty() {
            let before = named.bag(goods, &history.as_known_at(split), split);
            bags.push((before, after));
        }
    })?;
    let bags: Vec<(Bag, Bag)> = pieces.into_iter().flatten().collect();
    let sizes = (named.items.len(), named.traits.len());
    let then = Learned::of(bags.iter().map(|(before, _)| before), sizes.0, sizes.1);
    let new: Vec<Vec<u32>> = bags
        .iter()
        .map(|(before, after)| {
            let new = after.items.iter().filter(|item| before.items.binary_search(item).is_err());
            new.copied().collect()
        })
        .collect();
    let later = bags.iter().zip(&new).map(|((before, _), new)| (before, new.as_slice()));
    let trial = Trial::of(split, then.tried(later));
    let learned = Learned::of(bags.iter().map(|(_, after)| after), sizes.0, sizes.1);
    Ok(NextOffers::named(&named, learned, trial, (tried, now)))
}

impl NextOffers {
    fn named(
        named: &Named,
        learned: Learned,
        trial: Trial,
        (goods, now): (&GoodsTried, Timestamp),
    ) -> NextOffers {
        let item = |no: u32| named.items[no as usize].clone();
        let pairs = learned.pairs.iter().map(|pair| Pair {
            from: match pair.from {
                From::Item(no) => Begins::Item(item(no)),
                From::Trait(no) => {
                    let (key, value) = named.traits[no as usize].clone();
                    Begins::Attribute(key, value)
                }
            },
            to: item(pair.to),
            both: pair.both,
            of: pair.of,
            share: pair.share,
            lift: pair.lift,
            lift_low: pair.lift_low,
        });
        let items = named.items.iter().zip(&learned.owners);
        NextOffers {
            version: VERSION,
            as_of: now.millis(),
            goods: goods.clone(),
            customers: learned.customers,
            items: items
                .map(|(name, owners)| Item { name: name.clone(), owners: *owners })
                .collect(),
            items_seen: named.items_seen,
            tried: learned.tried,
            pairs: pairs.collect(),
            trial,
        }
    }

    /// What was learnt last, if anything was.
    pub(crate) async fn read(app: &App) -> Answer<Option<NextOffers>> {
        let kept = app.registry.setting(KEPT).await?;
        let kept: Option<NextOffers> = kept.and_then(|json| serde_json::from_str(&json).ok());
        Ok(kept.filter(|kept| kept.version == VERSION))
    }

    /// Keeps it in place of what was learnt before.
    pub(crate) async fn keep(&self, app: &App) -> Answer<()> {
        let json = serde_json::to_string(self)
            .map_err(|why| crate::http::error::ApiError::ours("what is bought together", why))?;
        app.registry.put_setting(KEPT, &json, app.clock.real_now().millis()).await?;
        Ok(())
    }

    /// What was learnt, ready to be asked of customers.
    pub(crate) fn ready(&self) -> Ready<'_> {
        let items = self.items.iter().map(|item| item.name.clone()).collect();
        let traits = self.pairs.iter().filter_map(|pair| match &pair.from {
            Begins::Item(_) => None,
            Begins::Attribute(key, value) => Some((key.clone(), value.clone())),
        });
        let mut traits: Vec<(String, String)> = traits.collect();
        traits.sort();
        traits.dedup();
        let named = Named::new(items, traits, self.items_seen);
        let item = |name: &str| named.item_no.get(name).copied();
        let pairs = self.pairs.iter().filter_map(|pair| {
            let from = match &pair.from {
                Begins::Item(name) => From::Item(item(name)?),
                Begins::Attribute(key, value) => {
                    From::Trait(named.trait_no.get(key)?.get(value).copied()?)
                }
            };
            let Pair { both, of, share, lift, lift_low, .. } = *pair;
            Some(Together { from, to: item(&pair.to)?, both, of, share, lift, lift_low })
        });
        let owners = self.items.iter().map(|item| item.owners).collect();
        let learned = Learned {
            customers: self.customers,
            owners,
            tried: self.tried,
            pairs: pairs.collect(),
        };
        Ready { kept: self, named, learned }
    }
}

/// What was learnt, ready to be asked of customers.
pub(crate) struct Ready<'k> {
    kept: &'k NextOffers,
    named: Named,
    learned: Learned,
}

impl<'k> Ready<'k> {
    /// What to offer a customer next, at most so many: what they have never bought.
    pub(crate) fn next(&self, history: &History, now: Timestamp, most: usize) -> Vec<Next<'k>> {
        let bag = self.named.bag(&self.kept.goods.goods, history, now);
        let told = self.learned.next(&bag, most).into_iter().map(|one: Suggestion| Next {
            item: &self.kept.items[one.item as usize],
            share: one.share,
            because: one.because.map(|place| &self.kept.pairs[place]),
        });
        told.collect()
    }
}
