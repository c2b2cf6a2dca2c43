//! Finding pairs among all customers: companies among companies, persons among persons, each by the columns that tell them
//! apart. Runs in the background; what it finds is kept until it is run again.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use condition::{Language, label_of_attribute};
use facts::{HistoryBuilder, Timestamp};
use matching::{
    Apart, Blocks, Column, Directory, Kind, Learned, Matches, Model, Plan, Records, RowNo, Rule,
    Side, Step, Thresholds, Verdict, Waterfall, explain, matches,
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use store::CustomerNo;

use crate::{
    host::{
        App,
        news::{Changed, News},
        uniting::{
            Far, Kept, Pair, Phase, What, at_once, decide, decisions,
            desk::{Desk, Shelf, hash_of},
        },
    },
    http::error::{Answer, ApiError},
};

/// From which probability on a pair is one customer without asking, and from which on people decide.
pub(super) const THRESHOLDS: Thresholds = Thresholds { auto: 0.99, review: 0.5 };
/// So many pairs wait for people at most; the likeliest.
pub(super) const WAITING_MOST: usize = 5_000;
/// So many customers are taken apart together.
const TOGETHER: usize = 40_000;
/// The setting under which what was found is kept.
const FOUND: &str = "pairs-found";
/// The same customers give the same pairs.
const SEED: u64 = 1;

const OF_COMPANIES: [(&str, Kind); 10] = [
    ("name", Kind::Company),
    ("name_kana", Kind::CompanyReading),
    ("corporate_number", Kind::CorporateNumber),
    ("phone", Kind::Phone),
    ("email", Kind::Email),
    ("website", Kind::Website),
    ("postal_code", Kind::Postal),
    ("prefecture", Kind::Region),
    ("city", Kind::City),
    ("address", Kind::Address),
];
const OF_PERSONS: [(&str, Kind); 9] = [
    ("name", Kind::Person),
    ("name_kana", Kind::Reading),
    ("birthday", Kind::Birth),
    ("phone", Kind::Phone),
    ("email", Kind::Email),
    ("postal_code", Kind::Postal),
    ("prefecture", Kind::Region),
    ("city", Kind::City),
    ("address", Kind::Address),
];

/// The attributes that tell who a customer is, of either sort, and which sort it is.
pub(super) const IDENTIFYING: [&str; 12] = [
    "kind",
    "name",
    "name_kana",
    "corporate_number",
    "birthday",
    "phone",
    "email",
    "website",
    "postal_code",
    "prefecture",
    "city",
    "address",
];

/// Companies are compared with companies, persons with persons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Companies = 1,
    Persons = 2,
}

impl Sort {
    /// The attributes that are compared, and what each is.
    pub(super) fn columns(self) -> &'static [(&'static str, Kind)] {
        match self {
            Sort::Companies => &OF_COMPANIES,
            Sort::Persons => &OF_PERSONS,
        }
    }
}

/// What is known of one customer.
pub(super) struct Cells {
    pub(super) sort: Sort,
    /// One for each column of the sort.
    pub(super) cells: Vec<String>,
}

/// What the job found when it last ran.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Found {
    pub(crate) at: i64,
    pub(crate) customers: u64,
    pub(crate) compared: u64,
    /// Pairs for people, the likeliest first.
    pub(crate) pairs: Vec<FoundPair>,
    /// How many more there were.
    pub(crate) more: u64,
    /// How many were put together by the threshold.
    pub(crate) by_rule: u64,
}

/// A pair, how likely it is, and why.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FoundPair {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) probability: f64,
    /// In bits: each doubles the odds.
    pub(crate) weight: f64,
    pub(crate) steps: Vec<(Said, f64)>,
}

/// A sentence in both languages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) ja: String,
    pub(crate) en: String,
}

/// What was found; nothing before the first time.
pub(crate) async fn found(app: &App) -> Answer<Option<Found>> {
    let json = app.registry.setting(FOUND).await?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
}

/// Begins the job in the background; whether it was not running already. `auto`: pairs above the threshold are put
/// together at once, each of which can be taken back.
pub(crate) fn begin(app: &App, auto: bool, by: String, origin: registry::Origin) -> bool {
    if !app.pairs.start() {
        return false;
    }
    let app = app.clone();
    tokio::spawn(async move {
        if run(&app, auto, (by, origin)).await.is_err() {
            tracing::error!("pairs could not be found; nothing was changed");
        }
        app.pairs.set_far(None);
        app.pairs.at_once.look_again();
        app.tell(News::Changed(Changed::everything()));
    });
    true
}

async fn run(app: &App, auto: bool, who: (String, registry::Origin)) -> Answer<()> {
    let known = decisions(&app.registry).await?;
    let apart: Vec<Pair> = known
        .iter()
        .filter(|(_, decision)| decision.kept.what == What::Different)
        .map(|(pair, _)| *pair)
        .collect();
    let everybody = app.blocking(move |app| everybody(app, &apart)).await?;
    let Some((mut found, sure, desk)) = everybody else { return Ok(()) };
    if !auto {
        found.pairs.extend(sure.iter().cloned());
    }
    found.pairs.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
    found.more = found.pairs.len().saturating_sub(WAITING_MOST) as u64;
    found.pairs.truncate(WAITING_MOST);
    if auto {
        app.pairs.set_far(Some(Far { phase: Phase::Uniting, done: 0, total: sure.len() as u64 }));
        let new = sure.into_iter().filter(|pair| !known.contains_key(&(pair.a, pair.b)));
        let new: Vec<(Pair, Option<Kept>)> = new
            .map(|pair| {
                let (a, b) = (pair.a, pair.b);
                let kept = Kept { a, b, what: What::Same, by_rule: true, pair: Some(pair) };
                ((a, b), Some(kept))
            })
            .collect();
        found.by_rule = new.len() as u64;
        decide(app, new, who).await?;
    }
    let json = serde_json::to_string(&found).map_err(|why| ApiError::ours("the pairs", why))?;
    app.registry.put_setting(FOUND, &json, app.clock.real_now().millis()).await?;
    at_once::everybody_was_compared(app, desk).await
}

/// Compares everybody with everybody: pairs for people, those that are sure, and what was learned. Nothing when it was
/// given up.
fn everybody(app: &App, apart: &[Pair]) -> Answer<Option<(Found, Vec<FoundPair>, Desk)>> {
    let far = |phase, (done, total): (u64, u64)| {
        app.pairs.set_far(Some(Far { phase, done: done.min(total), total }));
    };
    let lists = Lists::read(app, &|read| far(Phase::Reading, read))?;
    let compared = lists.compared();
    let mut found = Found { at: app.clock.now().millis(), ..Found::default() };
    let mut sure = vec![];
    let mut shelves = vec![];
    for list in [lists.companies, lists.persons] {
        if is_given_up(app) {
            return Ok(None);
        }
        let (sort, places, n) = (list.sort, list.filled(), list.rows.len() as u64);
        found.customers += n;
        far(Phase::Comparing, (0, n));
        let matched = list.matched(&places, apart);
        if let Some(matched) = &matched {
            matched.put_into(sort, &mut found, &mut sure);
        }
        shelves.push(matched.map_or(Shelf::of(places, None), Matched::shelf));
    }
    let [companies, persons] = <[Shelf; 2]>::try_from(shelves)
        .map_err(|_| ApiError::ours("the pairs", "two lists give two shelves"))?;
    Ok((!is_given_up(app)).then(|| (found, sure, Desk::of(companies, persons, compared))))
}

pub(super) fn is_given_up(app: &App) -> bool {
    *app.stop.borrow() || app.pairs.cancel.load(Ordering::SeqCst)
}

/// Customers of one sort with their cells.
pub(super) struct List {
    sort: Sort,
    rows: BTreeMap<u32, Vec<String>>,
}

pub(super) struct Lists {
    pub(super) companies: List,
    pub(super) persons: List,
}

/// A list that was matched with itself.
struct Matched {
    records: Records,
    numbers: Vec<u32>,
    rules: Vec<Rule>,
    matches: Matches,
    model: Model,
    /// The columns that were compared, by their place among those of the sort.
    places: Vec<usize>,
}

impl Lists {
    /// Reads what is known of everybody now, and tells how many of how many it has read.
    pub(super) fn read(app: &App, tell: &dyn Fn((u64, u64))) -> Answer<Lists> {
        let list = |sort| List { sort, rows: BTreeMap::new() };
        let (mut companies, mut persons) = (list(Sort::Companies), list(Sort::Persons));
        let customers: Vec<u32> = app.store.customers().into_iter().collect();
        let (now, total) = (app.clock.now(), customers.len() as u64);
        for (place, some) in customers.chunks(1_024).enumerate() {
            if is_given_up(app) {
                break;
            }
            let read = |no: &u32| Ok((*no, cells_of(app, *no, now)?));
            let rows: Answer<Vec<(u32, Cells)>> = some.par_iter().map(read).collect();
            for (no, cells) in rows? {
                let list = match cells.sort {
                    Sort::Companies => &mut companies,
                    Sort::Persons => &mut persons,
                };
                list.rows.insert(no, cells.cells);
            }
            tell(((place as u64 + 1) * 1_024, total));
        }
        Ok(Lists { companies, persons })
    }

    /// By number: the hash of what is known of each.
    pub(super) fn compared(&self) -> Vec<u32> {
        let mut compared = vec![];
        for list in [&self.companies, &self.persons] {
            for (no, row) in &list.rows {
                let place = *no as usize;
                if compared.len() <= place {
                    compared.resize(place + 1, 0);
                }
                compared[place] = hash_of(list.sort, row);
            }
        }
        compared
    }
}

/// What is known of a customer now.
pub(super) fn cells_of(app: &App, no: u32, now: Timestamp) -> Answer<Cells> {
    let is_company = app.live()?.cards.get(no).is_some_and(|card| card.is_company);
    let sort = if is_company { Sort::Companies } else { Sort::Persons };
    let mut builder = HistoryBuilder::new();
    app.store.history(CustomerNo(no), &mut builder)?;
    let history = builder.finish();
    let cell = |(key, _): &(&str, Kind)| {
        let value = history.attribute(key, now);
        if value.is_missing() { String::new() } else { value.to_string() }
    };
    Ok(Cells { sort, cells: sort.columns().iter().map(cell).collect() })
}

/// Columns of a sort as they are compared.
pub(super) fn columns_of(sort: Sort, places: &[usize]) -> Vec<Column> {
    let column = |place: &usize| {
        let (key, kind) = sort.columns()[*place];
        Column { header: label_of_attribute(key, Language::Ja), kind }
    };
    places.iter().map(column).collect()
}

impl List {
    /// The customers with their cells, in the order of their numbers.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &[String])> {
        self.rows.iter().map(|(no, row)| (*no, row.as_slice()))
    }

    /// What is learned of the list, with everybody in it.
    pub(super) fn learned(self) -> Shelf {
        let places = self.filled();
        match self.matched(&places, &[]) {
            Some(matched) => matched.shelf(),
            None => Shelf::of(places, None),
        }
    }

    /// The columns in which anything stands.
    fn filled(&self) -> Vec<usize> {
        let filled = |place: &usize| self.rows.values().any(|row| !row[*place].is_empty());
        (0..self.sort.columns().len()).filter(filled).collect()
    }

    /// Matches the list with itself; nothing when there is nothing to compare.
    fn matched(self, places: &[usize], apart: &[Pair]) -> Option<Matched> {
        let plan = Plan::of_one(&columns_of(self.sort, places));
        if plan.comparisons().is_empty() || self.rows.len() < 2 {
            return None;
        }
        let spread = |n: usize, piece: &(dyn Fn(usize) + Sync)| {
            (0..n).into_par_iter().for_each(piece);
        };
        let mut records = Records::new(plan);
        let numbers: Vec<u32> = self.rows.keys().copied().collect();
        let mut rows = self.rows.into_values().map(|mut row| -> Vec<String> {
            places.iter().map(|place| std::mem::take(&mut row[*place])).collect()
        });
        loop {
            let some: Vec<Vec<String>> = rows.by_ref().take(TOGETHER).collect();
            if some.is_empty() {
                break;
            }
            records.extend(Side::First, &some, &spread);
        }
        let rules = matching::rules(&records, SEED, &spread);
        let blocks = Blocks::new(&records, &rules, &spread);
        let row_of =
            |no: &u32| numbers.binary_search(no).ok().and_then(|row| RowNo::try_from(row).ok());
        let apart: Apart =
            apart.iter().filter_map(|(a, b)| Some((row_of(a)?, row_of(b)?))).collect();
        let (matches, model) = matches(&mut records, &blocks, SEED, THRESHOLDS, &apart, &spread);
        Some(Matched { records, numbers, rules, matches, model, places: places.to_vec() })
    }
}

impl Matched {
    /// Pairs for people go into `found`, those that are sure beside it.
    fn put_into(&self, sort: Sort, found: &mut Found, sure: &mut Vec<FoundPair>) {
        found.compared += self.matches.compared;
        let number = |row: RowNo| self.numbers.get(row as usize).copied();
        for link in &self.matches.links {
            let (Some(a), Some(b)) = (number(link.a), number(link.b)) else { continue };
            let pair = || {
                let waterfall = explain(&self.records, &self.model, link.a, link.b);
                let steps = said_of(&waterfall, self.records.plan(), sort);
                let (probability, weight) = (link.judged.probability, link.judged.weight);
                FoundPair { a, b, probability, weight, steps }
            };
            match link.verdict {
                // Of those who are one through a third, the links to the third are enough.
                Verdict::Auto if link.through_others => {}
                Verdict::Auto => sure.push(pair()),
                Verdict::Review => found.pairs.push(pair()),
            }
        }
    }

    fn shelf(self) -> Shelf {
        let learned = Learned::of(&self.records, &self.rules, &self.model);
        let directory = Directory::of(learned, &self.records, &self.numbers);
        Shelf::of(self.places, Some(directory))
    }
}

/// The steps of a sum as sentences.
pub(super) fn said_of(waterfall: &Waterfall, plan: &Plan, sort: Sort) -> Vec<(Said, f64)> {
    waterfall.steps.iter().map(|(step, bits)| (said(step, plan, sort), *bits)).collect()
}

/// A step of a sum. What was compared has the names of its attributes in Japanese; in English they are put in their place.
fn said(step: &Step, plan: &Plan, sort: Sort) -> Said {
    let (ja, en) = step.said(plan);
    let (Step::Compared { .. }, Some((names, level))) = (step, en.split_once(": ")) else {
        return Said { ja, en };
    };
    let in_english = |name: &str| {
        let mut keys = sort.columns().iter().map(|(key, _)| *key);
        let key = keys.find(|key| label_of_attribute(key, Language::Ja) == name);
        key.map_or_else(|| name.to_owned(), |key| label_of_attribute(key, Language::En))
    };
    let names: Vec<String> = names.split('+').map(in_english).collect();
    Said { ja, en: format!("{}: {level}", names.join(", ")) }
}
