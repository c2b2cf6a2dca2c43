//! Finding pairs among all customers: companies among companies, persons among persons, each by the columns that tell them
//! apart. Runs in the background; what it finds is kept until it is run again.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use condition::{Language, label_of_attribute};
use facts::{HistoryBuilder, Timestamp};
use matching::{
    Apart, Blocks, Column, Kind, Plan, Records, RowNo, Side, Step, Thresholds, Verdict, explain,
    matches,
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use store::CustomerNo;

use crate::{
    host::{
        App,
        news::{Changed, News},
        uniting::{Far, Kept, Pair, Phase, What, decide, decisions},
    },
    http::error::{Answer, ApiError},
};

/// From which probability on a pair is one customer without asking, and from which on people decide.
const THRESHOLDS: Thresholds = Thresholds { auto: 0.99, review: 0.5 };
/// So many pairs wait for people at most; the likeliest.
const WAITING_MOST: usize = 5_000;
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
    let (mut found, sure) = app
        .blocking(move |app| {
            let lists = Lists::read(app)?;
            let mut found = Found { at: app.clock.now().millis(), ..Found::default() };
            let mut sure = vec![];
            for list in [lists.companies, lists.persons] {
                if is_given_up(app) {
                    return Ok((found, sure));
                }
                list.matched(app, &apart, (&mut found, &mut sure));
            }
            Ok((found, sure))
        })
        .await?;
    if is_given_up(app) {
        return Ok(());
    }
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
    Ok(())
}

fn is_given_up(app: &App) -> bool {
    *app.stop.borrow() || app.pairs.cancel.load(Ordering::SeqCst)
}

/// Customers of one kind with their cells.
struct List {
    columns: Vec<(&'static str, Kind)>,
    rows: BTreeMap<u32, Vec<String>>,
}

struct Lists {
    companies: List,
    persons: List,
}

impl Lists {
    /// Reads what is known of everybody now.
    fn read(app: &App) -> Answer<Lists> {
        let mut companies = List { columns: OF_COMPANIES.to_vec(), rows: BTreeMap::new() };
        let mut persons = List { columns: OF_PERSONS.to_vec(), rows: BTreeMap::new() };
        let live = app.live()?;
        let kinds = app
            .store
            .customers()
            .into_iter()
            .map(|no| (no, live.cards.get(no).is_some_and(|card| card.is_company)));
        let kinds: Vec<(u32, bool)> = kinds.collect();
        drop(live);
        let (now, total) = (app.clock.now(), kinds.len() as u64);
        for (place, some) in kinds.chunks(1_024).enumerate() {
            if is_given_up(app) {
                break;
            }
            let read = |(no, is_company): &(u32, bool)| -> Answer<(u32, bool, Vec<String>)> {
                let columns: &[(&str, Kind)] =
                    if *is_company { &OF_COMPANIES } else { &OF_PERSONS };
                Ok((*no, *is_company, cells(app, *no, columns, now)?))
            };
            let rows: Answer<Vec<_>> = some.par_iter().map(read).collect();
            for (no, is_company, cells) in rows? {
                let list = if is_company { &mut companies } else { &mut persons };
                list.rows.insert(no, cells);
            }
            let done = (place as u64 + 1) * 1_024;
            app.pairs.set_far(Some(Far { phase: Phase::Reading, done: done.min(total), total }));
        }
        Ok(Lists { companies, persons })
    }
}

fn cells(app: &App, no: u32, columns: &[(&str, Kind)], now: Timestamp) -> Answer<Vec<String>> {
    let mut builder = HistoryBuilder::new();
    app.store.history(CustomerNo(no), &mut builder)?;
    let history = builder.finish();
    let cell = |(key, _): &(&str, Kind)| {
        let value = history.attribute(key, now);
        if value.is_missing() { String::new() } else { value.to_string() }
    };
    Ok(columns.iter().map(cell).collect())
}

impl List {
    /// Matches the list with itself; pairs for people go into `found`, those that are sure beside it.
    fn matched(
        mut self,
        app: &App,
        apart: &[Pair],
        (found, sure): (&mut Found, &mut Vec<FoundPair>),
    ) {
        found.customers += self.rows.len() as u64;
        self.leave_out_empty_columns();
        let column = |(key, kind): &(&str, Kind)| Column {
            header: label_of_attribute(key, Language::Ja),
            kind: *kind,
        };
        let columns: Vec<Column> = self.columns.iter().map(column).collect();
        let keys: Vec<&str> = self.columns.iter().map(|(key, _)| *key).collect();
        let plan = Plan::of_one(&columns);
        if plan.comparisons().is_empty() || self.rows.len() < 2 {
            return;
        }
        let total = self.rows.len() as u64;
        app.pairs.set_far(Some(Far { phase: Phase::Comparing, done: 0, total }));
        let mut records = Records::new(plan.clone());
        let mut numbers: Vec<u32> = Vec::with_capacity(self.rows.len());
        for (no, row) in self.rows {
            records.push(Side::First, plan.prepare(Side::First, &row));
            numbers.push(no);
        }
        let spread = |n: usize, piece: &(dyn Fn(usize) + Sync)| {
            (0..n).into_par_iter().for_each(piece);
        };
        let rules = matching::rules(&records, SEED, &spread);
        let blocks = Blocks::new(&records, &rules, &spread);
        let row_of =
            |no: &u32| numbers.binary_search(no).ok().and_then(|row| RowNo::try_from(row).ok());
        let apart: Apart =
            apart.iter().filter_map(|(a, b)| Some((row_of(a)?, row_of(b)?))).collect();
        let (matches, model) = matches(&mut records, &blocks, SEED, THRESHOLDS, &apart, &spread);
        found.compared += matches.compared;
        let number = |row: RowNo| numbers.get(row as usize).copied();
        for link in &matches.links {
            let (Some(a), Some(b)) = (number(link.a), number(link.b)) else { continue };
            let steps = explain(&records, &model, link.a, link.b).steps.into_iter();
            let steps = steps.map(|(step, bits)| (said(&step, records.plan(), &keys), bits));
            let pair = FoundPair {
                a,
                b,
                probability: link.judged.probability,
                weight: link.judged.weight,
                steps: steps.collect(),
            };
            match link.verdict {
                // Of those who are one through a third, the links to the third are enough.
                Verdict::Auto if link.through_others => {}
                Verdict::Auto => sure.push(pair),
                Verdict::Review => found.pairs.push(pair),
            }
        }
    }

    fn leave_out_empty_columns(&mut self) {
        let filled = |place: usize| self.rows.values().any(|row| !row[place].is_empty());
        let kept: Vec<usize> = (0..self.columns.len()).filter(|place| filled(*place)).collect();
        self.columns = kept.iter().map(|place| self.columns[*place]).collect();
        for row in self.rows.values_mut() {
            *row = kept.iter().map(|place| std::mem::take(&mut row[*place])).collect();
        }
    }
}

/// A step of a sum. What was compared has the names of its attributes in Japanese; in English they are put in their place.
fn said(step: &Step, plan: &Plan, keys: &[&str]) -> Said {
    let (ja, en) = step.said(plan);
    let (Step::Compared { .. }, Some((names, level))) = (step, en.split_once(": ")) else {
        return Said { ja, en };
    };
    let in_english = |name: &str| {
        let key = keys.iter().find(|key| label_of_attribute(key, Language::Ja) == name);
        key.map_or_else(|| name.to_owned(), |key| label_of_attribute(key, Language::En))
    };
    let names: Vec<String> = names.split('+').map(in_english).collect();
    Said { ja, en: format!("{}: {level}", names.join(", ")) }
}
