//! `kizashi clv`: from a file of purchases to what every customer is worth, with the models that say so.

mod told;

use std::{collections::BTreeMap, process::ExitCode};

use forecast::purchases::{
    Death, Discount, GammaGamma, Geometric, Pareto, Purchase, Purchases, Spent, Summary, Timeline,
    TooLittle, summarise,
};
use jiff::{ToSpan, civil::Date};

use self::told::Told;
use super::{
    args,
    columns::{self, Columns},
    rows::Rows,
};
use crate::screen::{Failure, Screen};

/// A length of time as it is written, and the unit in which times are told.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Length {
    n: f64,
    unit_days: f64,
    unit: char,
}

/// A month in days: a twelfth of 52.14 weeks, as the reference implementations have it.
const MONTH_DAYS: f64 = 4.345 * 7.0;

impl Length {
    fn parse(text: &str) -> Result<Length, Failure> {
        let wrong = || {
            Failure::new(
                format!(
                    "`{text}` は期間として読めません。`90d`、`39w`、`12m`、`1y` のように書いてください"
                ),
                format!("`{text}` is no length of time; write it like 90d, 39w, 12m or 1y"),
            )
        };
        let small = text.trim().to_lowercase();
        let digits = small.trim_end_matches(|c: char| !c.is_ascii_digit() && c != '.');
        let n: f64 = digits.parse().map_err(|_| wrong())?;
        let (unit_days, unit) = match small[digits.len()..].trim() {
            "d" | "day" | "days" | "日" | "日間" => (1.0, 'd'),
            "w" | "week" | "weeks" | "週" | "週間" => (7.0, 'w'),
            "m" | "month" | "months" | "か月" | "ヶ月" | "ヵ月" => (MONTH_DAYS, 'm'),
            "y" | "year" | "years" | "年" | "年間" => (12.0 * MONTH_DAYS, 'y'),
            _ => return Err(wrong()),
        };
        if !(n.is_finite() && 0.0 < n && n * unit_days < 36_525.0) {
            return Err(wrong());
        }
        Ok(Length { n, unit_days, unit })
    }

    fn days(&self) -> f64 {
        self.n * self.unit_days
    }
}

/// What was read of one customer: other names, purchases, and the days on which something was not only given back.
type Gathered = (Vec<String>, Vec<Purchase>, Vec<i32>);

/// What was read of the file.
struct Read {
    customers: Vec<(String, Vec<String>, Vec<Purchase>)>,
    first: i32,
    last: i32,
    rows: u64,
    without_day: u64,
    returns: u64,
}

pub(crate) fn clv(given: &args::Clv, screen: &Screen) -> Result<ExitCode, Failure> {
    let horizon = Length::parse(&given.horizon)?;
    let within = given.within.as_deref().map_or(Ok(horizon), Length::parse)?;
    if !(0.0..1.0).contains(&given.threshold) || !(0.0..1.0).contains(&given.discount) {
        return Err(Failure::new(
            "--threshold と --discount は 0 以上 1 未満で指定してください",
            "--threshold and --discount are shares from 0 to below 1",
        ));
    }
    let rows = Rows::open(&given.file)?;
    let columns = columns::guess(&rows, given, screen)?;
    columns.tell(&rows, screen);
    let read = read(&rows, &columns, screen)?;
    let until = until(given, &read)?;
    let asked = Asked {
        until,
        horizon,
        unit: horizon.unit_days,
        t: horizon.n,
        within: within.days() / horizon.unit_days,
        threshold: given.threshold,
        month: Discount { per_month: given.discount, month: MONTH_DAYS / horizon.unit_days },
    };
    let customers = summaries(&read, &asked);
    let fitted =
        Fitted::new(&customers, columns.amount.is_some()).map_err(|fault| too_little(&fault))?;
    let told = Told { read: &read, asked: &asked, customers: &customers, fitted: &fitted };
    let forecasts = told.forecasts();
    if let Some(out) = &given.out {
        told.write(out, &columns, &rows, &forecasts)?;
    }
    told.tell(&forecasts, given.out.as_deref(), screen);
    Ok(ExitCode::SUCCESS)
}

/// What is asked of the models, in units of the horizon.
struct Asked {
    until: i32,
    horizon: Length,
    unit: f64,
    t: f64,
    within: f64,
    threshold: f64,
    month: Discount,
}

struct Customer<'a> {
    key: &'a str,
    others: &'a [String],
    summary: Summary,
    spent: Spent,
}

fn read(rows: &Rows, columns: &Columns, screen: &Screen) -> Result<Read, Failure> {
    let mut by_key: BTreeMap<String, Gathered> = BTreeMap::new();
    let (mut n, mut without_day, mut returns) = (0, 0, 0);
    rows.each(screen, |_, cells| {
        n += 1;
        let (Some(key), Some(day)) = (columns.key(rows, cells), rows.day(cells, columns.date))
        else {
            without_day += 1;
            return;
        };
        let day = day.floor() as i32;
        let amount = columns.amount(rows, cells);
        let known = by_key.entry(key).or_default();
        if known.1.is_empty() {
            known.0 = columns.others(rows, cells);
        }
        known.1.push(Purchase { day, amount: amount.unwrap_or(0.0) });
        // A day on which something was only given back is no day of a purchase.
        if amount.is_some_and(|amount| amount < 0.0) {
            returns += 1;
        } else {
            known.2.push(day);
        }
    })?;
    let mut customers = Vec::new();
    for (key, (others, mut purchases, mut days)) in by_key {
        days.sort_unstable();
        purchases.retain(|purchase| days.binary_search(&purchase.day).is_ok());
        if !purchases.is_empty() {
            customers.push((key, others, purchases));
        }
    }
    let days =
        || customers.iter().flat_map(|(_, _, purchases)| purchases.iter().map(|one| one.day));
    let (Some(first), Some(last)) = (days().min(), days().max()) else {
        return Err(Failure::new(
            "購入の行がひとつもありません。顧客と日付の列を --customer と --date で指定してください",
            "there is no row of a purchase; name the columns by --customer and --date",
        ));
    };
    Ok(Read { first, last, customers, rows: n, without_day, returns })
}

fn until(given: &args::Clv, read: &Read) -> Result<i32, Failure> {
    let Some(text) = &given.until else { return Ok(read.last) };
    let days = day_of(text)?;
    if days < read.first {
        return Err(Failure::new(
            format!("{text} までの購入がありません。最初の購入は {} です", day_text(read.first)),
            format!("there is no purchase by {text}; the first is of {}", day_text(read.first)),
        ));
    }
    Ok(days)
}

/// A day of the command line, in days since 1970.
pub(super) fn day_of(text: &str) -> Result<i32, Failure> {
    let date: Date = text.trim().replace('/', "-").parse().map_err(|_| {
        Failure::new(
            format!("`{text}` は日付として読めません。`2026-09-30` のように書いてください"),
            format!("`{text}` is no day; write it like 2026-09-30"),
        )
    })?;
    Ok(date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

/// A length of time of the command line, in days.
pub(super) fn length_in_days(text: &str) -> Result<f64, Failure> {
    Length::parse(text).map(|length| length.days())
}

pub(super) fn day_text(day: i32) -> String {
    let date = jiff::civil::date(1970, 1, 1).checked_add(day.days());
    date.map_or_else(|_| String::new(), |date| date.to_string())
}

fn summaries<'a>(read: &'a Read, asked: &Asked) -> Vec<Customer<'a>> {
    let horizon = asked.horizon.days().round() as i32;
    let one = |(key, others, purchases): &'a (String, Vec<String>, Vec<Purchase>)| {
        let summary = summarise(&mut purchases.clone(), asked.until, asked.unit, horizon)?;
        let spent = Spent { n: summary.timeline.repeats, mean: summary.mean_repeat };
        Some(Customer { key, others, summary, spent })
    };
    read.customers.iter().filter_map(one).collect()
}

fn too_little(fault: &TooLittle) -> Failure {
    let ja = match fault {
        TooLittle::Customers(n) => format!("顧客 {n} 人では推定できません。30 人以上が必要です"),
        TooLittle::Repeaters(n) => {
            format!("二度以上購入した顧客が {n} 人では推定できません。10 人以上が必要です")
        }
    };
    Failure::new(ja, fault.to_string())
}

/// All models, fitted to the same customers.
struct Fitted {
    bg: Geometric,
    mbg: Geometric,
    pareto: Pareto,
    spend: Option<GammaGamma>,
    ln_likelihood: [f64; 3],
    spend_ln_likelihood: f64,
    repeaters: usize,
}

impl Fitted {
    fn new(customers: &[Customer<'_>], with_amounts: bool) -> Result<Fitted, TooLittle> {
        let timelines: Vec<Timeline> =
            customers.iter().map(|customer| customer.summary.timeline).collect();
        let spent: Vec<Spent> = customers.iter().map(|customer| customer.spent).collect();
        // The slowest of them beside the others.
        let (pareto, others) = std::thread::scope(|scope| {
            let pareto = scope.spawn(|| Pareto::fit(&timelines));
            let geometric = |death| Geometric::fit(death, &timelines);
            let others = (geometric(Death::AfterRepeats), geometric(Death::AfterAny));
            let pareto = pareto.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (pareto, others)
        });
        let (bg, mbg, pareto) = (others.0?, others.1?, pareto?);
        let spend = if with_amounts { GammaGamma::fit(&spent) } else { None };
        Ok(Fitted {
            ln_likelihood: [
                bg.ln_likelihood(&timelines),
                mbg.ln_likelihood(&timelines),
                pareto.ln_likelihood(&timelines),
            ],
            spend_ln_likelihood: spend.map_or(0.0, |spend| spend.ln_likelihood(&spent)),
            repeaters: spent.iter().filter(|one| 0 < one.n && 0.0 < one.mean).count(),
            bg,
            mbg,
            pareto,
            spend,
        })
    }
}
