//! `kizashi replenish`: which customer is about to buy which product again, from a file of purchases.

use std::{collections::BTreeMap, fs::File, process::ExitCode};

use forecast::replenish::{Asked, Checked, Due, Supply, fit};
use intake::{CsvWriter, Plain};
use serde_json::json;

use super::{
    args,
    clv::{day_of, day_text, length_in_days},
    columns,
    rows::{Rows, text},
};
use crate::screen::{Failure, Screen};

/// The purchases of a file by customer and product, and the names of both.
struct Read {
    supplies: Vec<Supply>,
    customers: Vec<String>,
    products: Vec<String>,
    last: i32,
}

pub(crate) fn replenish(given: &args::Replenish, screen: &Screen) -> Result<ExitCode, Failure> {
    let within = length_in_days(&given.within)?.round() as i32;
    let rows = Rows::open(&given.file)?;
    let read = read(&rows, given, screen)?;
    let until = given.until.as_deref().map_or(Ok(read.last), day_of)?;
    let asked = Asked {
        until,
        within,
        least_days: given.least_days.max(2),
        most_silent: given.most_silent,
    };
    let model = fit(&read.supplies, &asked).ok_or_else(|| {
        Failure::new(
            "繰り返し買われている商品が少なく、学習できません",
            "too few products are bought again and again to learn from",
        )
    })?;
    let mut due = model.due(&read.supplies, &asked);
    due.sort_by(|a, b| b.again.total_cmp(&a.again).then(a.supply.cmp(&b.supply)));
    write(given, &read, &due).map_err(|fault| Failure::file(&given.out, fault))?;
    let (lessons, habits) = model.learnt;
    let checked = (until + within <= read.last).then(|| model.checked(&read.supplies, &asked));
    if screen.json {
        screen.json(&json!({
            "until": day_text(until), "within_days": within, "habits": due.len(),
            "learnt_days": lessons, "learnt_habits": habits,
            "checked": checked.map(|found| json!({ "auc": found.auc, "auc_of_rate": found.auc_of_rate, "n": found.n })),
        }));
        return Ok(ExitCode::SUCCESS);
    }
    let (n, day) = (due.len(), day_text(until));
    screen.line(screen.say(
        &format!("{day} 時点の習慣 {n} 件。過去 {lessons} 時点の {habits} 件から学習、先の {within} 日に買う確率を付けました"),
        &format!("{n} habits on {day}; learnt from {habits} at {lessons} days of the past; the probability is of the next {within} days"),
    ));
    if let Some(Checked { auc, auc_of_rate: rate, n, .. }) = checked {
        screen.line(screen.say(
            &format!(
                "その後に来た購入とくらべると: AUC {auc:.4}（頻度だけなら {rate:.4}、{n} 件）"
            ),
            &format!("held against what came: AUC {auc:.4} (by the rate alone {rate:.4}; n {n})"),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn read(rows: &Rows, given: &args::Replenish, screen: &Screen) -> Result<Read, Failure> {
    let columns = columns::habits(rows, given, screen)?;
    let (mut customers, mut products) = (Names::default(), Names::default());
    let mut days: BTreeMap<(u32, u32), Vec<i32>> = BTreeMap::new();
    let mut last = i32::MIN;
    rows.each(screen, |_, cells| {
        let key = |column: usize| {
            let nothing = rows.plain(cells, column) == Plain::Nothing;
            cells.get(column).filter(|_| !nothing).map(text)
        };
        let day = rows.day(cells, columns.date).map(|day| day.floor() as i32);
        if let (Some(customer), Some(product), Some(day)) =
            (key(columns.customer), key(columns.product), day)
        {
            last = last.max(day);
            days.entry((customers.number(&customer), products.number(&product)))
                .or_default()
                .push(day);
        }
    })?;
    let supplies = days
        .into_iter()
        .map(|((customer, product), mut days)| {
            days.sort_unstable();
            days.dedup();
            Supply { customer, product, days }
        })
        .collect();
    Ok(Read { supplies, customers: customers.names, products: products.names, last })
}

/// Names and their numbers, as they first came.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    known: BTreeMap<String, u32>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.known.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.known.insert(name.to_owned(), number);
        number
    }
}

fn write(given: &args::Replenish, read: &Read, due: &[Due]) -> std::io::Result<()> {
    let mut csv = CsvWriter::new(std::io::BufWriter::new(File::create(&given.out)?))?;
    csv.row(["customer", "product", "times", "last", "due", "rate_per_day", "again"])?;
    for one in due {
        let supply = &read.supplies[one.supply];
        csv.row([
            read.customers[supply.customer as usize].as_str(),
            &read.products[supply.product as usize],
            &one.n.to_string(),
            &day_text(one.last),
            &day_text(one.due),
            &format!("{:.6}", one.rate),
            &format!("{:.6}", one.again),
        ])?;
    }
    csv.finish()?;
    Ok(())
}
