//! `kizashi lookalike`: who is like the customers of a list, what they have in common, and whom they are nearest to.

use std::{collections::BTreeSet, fs::File, path::Path, process::ExitCode};

use condition::Language;
use forecast::{
    lookalike::{Alike, Among, Prospects, Shared, prospecting},
    propensity::Table,
};
use intake::CsvWriter;
use serde_json::json;

use super::{args, report, rows::Rows, workers};
use crate::{
    interrupt,
    screen::{Failure, Screen},
};

/// Points in common and nearest customers that are told of each prospect.
const TOLD: usize = 3;

pub(crate) fn lookalike(given: &args::Lookalike, screen: &Screen) -> Result<ExitCode, Failure> {
    let (customers, seed) = (Rows::open(&given.customers)?, Rows::open(&given.seed)?);
    let without =
        given.without.iter().map(|name| Ok(customers.headers[customers.column(name)?].clone()));
    let without = without.collect::<Result<Vec<String>, Failure>>()?;
    let wanted = given.key.as_deref();
    let key_column = wanted.map(|name| customers.column(name)).transpose()?;
    let table = customers.table(screen)?;
    let key = key(&customers, &table, key_column, &seed, screen)?;
    key.tell(screen);
    let keys: Vec<String> = table
        .column(&key.header)
        .map_or_else(Vec::new, |column| (0..table.rows()).map(|row| column.text(row)).collect());
    let listed: Vec<bool> = keys.iter().map(|one| key.seeds.contains(one)).collect();
    let names = [key.header.clone()];
    let prospecting = prospecting(table, listed, &names, &without, given.random_seed)
        .map_err(|fault| report::too_few_seeds(&fault, key.found))?;
    let stop = interrupt::flag()?;
    let trials = prospecting.prepared().trials();
    let bar = screen.bar(screen.say("学習", "learning"));
    bar.set_length(trials.len() as u64);
    let tried = workers::each(trials.len(), |place| {
        let tried = interrupt::check(&stop).is_ok().then(|| trials[place].run());
        bar.inc(1);
        tried
    });
    bar.finish_and_clear();
    interrupt::check(&stop)?;
    let prospects =
        prospecting.conclude(tried.into_iter().flatten().collect()).ok_or_else(|| {
            Failure::new(
                "似ている顧客を判定できません",
                "likeness cannot be told from these customers",
            )
        })?;
    write(given, &prospects, &keys, screen).map_err(|fault| Failure::file(&given.out, fault))?;
    tell(given, &prospects, &key, &keys, screen);
    Ok(ExitCode::SUCCESS)
}

/// The column by which both files name customers, and the names in the list.
struct Key {
    header: String,
    seeds: BTreeSet<String>,
    /// Of how many names in the list a customer is known.
    found: usize,
}

impl Key {
    fn tell(&self, screen: &Screen) {
        let (header, found, all) = (&self.header, self.found, self.seeds.len());
        screen.note(screen.say(
            &format!("顧客の列 = {header}。リストの {all} 件のうち {found} 件が見つかりました"),
            &format!("key = {header}; {found} of {all} in the list are among the customers"),
        ));
    }
}

/// The pair of columns in which most names of the list are found among the customers.
fn key(
    customers: &Rows,
    table: &Table,
    wanted: Option<usize>,
    seed: &Rows,
    screen: &Screen,
) -> Result<Key, Failure> {
    let list = seed.table(screen)?;
    let named: Vec<BTreeSet<String>> = seed
        .headers
        .iter()
        .map(|header| {
            let column = list.column(header);
            let texts = (0..list.rows()).filter_map(|row| Some(column?.text(row)));
            let mut names: BTreeSet<String> = texts.filter(|text| !text.is_empty()).collect();
            // A list without a header begins with a name.
            names.insert(header.clone());
            names
        })
        .collect();
    let mut best: Option<(usize, usize, usize)> = None;
    for (place, header) in customers.headers.iter().enumerate() {
        if wanted.is_some_and(|wanted| wanted != place) {
            continue;
        }
        let Some(column) = table.column(header) else { continue };
        // A key names one customer.
        if column.distinct() < table.rows() * 9 / 10 {
            continue;
        }
        let known: BTreeSet<String> = (0..table.rows()).map(|row| column.text(row)).collect();
        for (number, names) in named.iter().enumerate() {
            let found = names.iter().filter(|name| known.contains(*name)).count();
            // The same header is the better of two that fit alike.
            let better = best.is_none_or(|(most, of, by)| {
                let same =
                    |place: usize, number: usize| customers.headers[place] == seed.headers[number];
                most < found || most == found && same(place, number) && !same(of, by)
            });
            if better {
                best = Some((found, place, number));
            }
        }
    }
    match best {
        Some((found, place, number)) if 0 < found => {
            let mut seeds = named[number].clone();
            let header = &seed.headers[number];
            let known = table.column(&customers.headers[place]);
            let is_name = known
                .is_some_and(|column| (0..table.rows()).any(|row| column.text(row) == *header));
            if !is_name {
                seeds.remove(header);
            }
            Ok(Key { header: customers.headers[place].clone(), seeds, found })
        }
        _ => Err(Failure::new(
            "リストの顧客が、顧客の表のどの列にも見つかりません。同じ番号の列が両方に必要です。--key で指定できます",
            "none of the list is found in any column of the customers; both files need the same key, which --key can name",
        )),
    }
}

fn write(
    given: &args::Lookalike,
    prospects: &Prospects,
    keys: &[String],
    screen: &Screen,
) -> std::io::Result<()> {
    let alike = prospects.alike();
    let explained = given.explain.min(prospects.ranked.len());
    let reasons = workers::each(explained.div_ceil(50), |part| {
        let rows = &prospects.ranked[part * 50..(part * 50 + 50).min(explained)];
        rows.iter()
            .map(|prospect| told(&alike, prospect.row, keys, screen.language))
            .collect::<Vec<_>>()
    });
    let mut csv = CsvWriter::new(std::io::BufWriter::new(File::create(&given.out)?))?;
    csv.row([
        "rank",
        "customer",
        "score",
        "likeness",
        "in_common_1",
        "in_common_2",
        "in_common_3",
        "nearest_1",
        "nearest_2",
        "nearest_3",
    ])?;
    let mut reasons = reasons.into_iter().flatten();
    for (rank, prospect) in (1_u64..).zip(&prospects.ranked) {
        let mut cells = vec![
            rank.to_string(),
            keys[prospect.row].clone(),
            format!("{:.6}", prospect.score),
            format!("{:.6}", prospect.likeness),
        ];
        cells.extend(reasons.next().unwrap_or_default());
        cells.resize(4 + 2 * TOLD, String::new());
        csv.row(cells)?;
    }
    csv.finish()?;
    Ok(())
}

/// Points in common and nearest customers, as cells.
fn told(alike: &Alike<'_>, row: usize, keys: &[String], language: Language) -> Vec<String> {
    let mut cells: Vec<String> =
        alike.in_common(row, TOLD).iter().map(|point| in_words(point, language)).collect();
    cells.resize(TOLD, String::new());
    cells.extend(alike.nearest(row, TOLD).into_iter().map(|near| keys[near].clone()));
    cells.resize(2 * TOLD, String::new());
    cells
}

fn in_words(point: &Shared, language: Language) -> String {
    let Shared { column, value, among, .. } = point;
    let value = if value.is_empty() { "-" } else { value.as_str() };
    match (among, language) {
        (Among::Share { listed, rest }, Language::Ja) => format!(
            "{column} = {value}（リスト {:.0} %、その他 {:.0} %）",
            100.0 * listed,
            100.0 * rest
        ),
        (Among::Share { listed, rest }, Language::En) => format!(
            "{column} = {value} ({:.0} % of the list, {:.0} % of the rest)",
            100.0 * listed,
            100.0 * rest
        ),
        (Among::Middle { listed, rest }, Language::Ja) => {
            format!("{column} = {value}（中央値 リスト {listed}、その他 {rest}）")
        }
        (Among::Middle { listed, rest }, Language::En) => {
            format!("{column} = {value} (middle {listed} of the list, {rest} of the rest)")
        }
    }
}

fn tell(
    given: &args::Lookalike,
    prospects: &Prospects,
    key: &Key,
    keys: &[String],
    screen: &Screen,
) {
    let card = &prospects.model.card;
    let measures = card.outcomes.iter().find(|outcome| outcome.learner == card.winner.learner);
    if screen.json {
        return screen.json(&json!({
            "key": key.header, "listed": key.found, "prospects": prospects.ranked.len(),
            "score_of_listed": prospects.of_listed, "card": card,
        }));
    }
    let auc = measures.map_or(0.0, |outcome| outcome.measures.auc.value);
    let (n, winner) =
        (prospects.ranked.len(), report::learner(card.winner.learner, screen.language));
    screen.line(screen.say(
        &format!("リストとその他を見分ける力: AUC {auc:.4}（隠した行、{winner}）。候補 {n} 件を似ている順に並べました"),
        &format!("the list is told from the rest with AUC {auc:.4} (held back, {winner}); {n} prospects, the likest first"),
    ));
    for prospect in prospects.ranked.iter().take(10) {
        screen.line(format!("  {:>6.3}  {}", prospect.likeness, keys[prospect.row]));
    }
    for line in report::noticed(card, screen.language) {
        screen.line(line);
    }
    screen.note(screen.say(
        &format!("{}: {n} 行を書きました", shown(&given.out)),
        &format!("{}: {n} rows written", shown(&given.out)),
    ));
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
