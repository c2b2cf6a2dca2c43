//! What `kizashi clv` tells: one row a customer into a file, and the models with their errors on the screen.

use std::{collections::BTreeMap, fs::File, path::Path};

use condition::Language;
use forecast::purchases::{
    Discount, GammaGamma, Geometric, Outlook, Pareto, Purchases, Timeline, outlook,
};
use intake::CsvWriter;
use serde_json::json;

use super::{
    super::{columns::Columns, rows::Rows, workers},
    Asked, Customer, Fitted, Read, day_text,
};
use crate::screen::{Failure, Screen};

/// What is foretold of a customer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forecast {
    mbg: (f64, f64, f64),
    pareto: (f64, f64, f64),
    bg: (f64, f64),
    value: Option<(Outlook, f64, f64)>,
    purchases: (f64, f64),
    falls_below: f64,
}

/// Everything that is told at the end.
pub(super) struct Told<'a> {
    pub(super) read: &'a Read,
    pub(super) asked: &'a Asked,
    pub(super) customers: &'a [Customer<'a>],
    pub(super) fitted: &'a Fitted,
}

impl Told<'_> {
    pub(super) fn forecasts(&self) -> Vec<Forecast> {
        let ranges = workers::ranges(self.customers.len(), 2_000);
        let parts = workers::each(ranges.len(), |part| {
            // Neighbours in a file of purchases are often alike: who bought once on the same day is the same to a model.
            let mut known: BTreeMap<(u32, u64, u64, u64), Forecast> = BTreeMap::new();
            let mut of = |customer: &Customer<'_>| {
                let Timeline { repeats, recency, age } = customer.summary.timeline;
                let same =
                    (repeats, recency.to_bits(), age.to_bits(), customer.spent.mean.to_bits());
                *known.entry(same).or_insert_with(|| self.forecast(customer))
            };
            self.customers[ranges[part].clone()].iter().map(&mut of).collect::<Vec<Forecast>>()
        });
        parts.into_iter().flatten().collect()
    }

    fn forecast(&self, customer: &Customer<'_>) -> Forecast {
        let Fitted { bg, mbg, pareto, spend, .. } = self.fitted;
        let Asked { t, within, threshold, month, .. } = self.asked;
        let of = &customer.summary.timeline;
        let undiscounted = Discount { per_month: 0.0, ..*month };
        let year = 12.0 * month.month;
        let at_least = mbg.at_least(of, *t, 1e-4);
        let range = |share: f64| at_least.iter().take_while(|more| share <= **more).count() as f64;
        let value = spend.as_ref().map(|spend| {
            let mean = spend.mean(&customer.spent);
            let told = outlook(mbg, spend, (of, &customer.spent), *t, &undiscounted);
            (told, month.purchases(mbg, of, year) * mean, month.purchases(bg, of, year) * mean)
        });
        Forecast {
            mbg: (mbg.alive(of), mbg.expected(of, *t), mbg.any(of, *within)),
            pareto: (pareto.alive(of), pareto.expected(of, *t), pareto.any(of, *within)),
            bg: (bg.expected(of, *t), bg.any(of, *within)),
            purchases: (range(0.9), range(0.1)),
            falls_below: mbg.falls_below(of, *within, *threshold),
            value,
        }
    }

    /// Whether the file goes on for as long as is foretold, so that the forecast can be held against what came.
    fn is_checked(&self) -> bool {
        f64::from(self.asked.until) + self.asked.horizon.days() <= f64::from(self.read.last) + 1.0
    }

    pub(super) fn write(
        &self,
        out: &Path,
        columns: &Columns,
        rows: &Rows,
        forecasts: &[Forecast],
    ) -> Result<(), Failure> {
        let file = File::create(out).map_err(|fault| Failure::file(out, fault))?;
        let write = || -> std::io::Result<()> {
            let mut csv = CsvWriter::new(std::io::BufWriter::new(file))?;
            csv.row(self.head(columns, rows))?;
            for (customer, forecast) in self.customers.iter().zip(forecasts) {
                csv.row(self.cells(customer, forecast))?;
            }
            csv.finish()?;
            Ok(())
        };
        write().map_err(|fault| Failure::file(out, fault))
    }

    fn head(&self, columns: &Columns, rows: &Rows) -> Vec<String> {
        let mut head = vec!["customer".to_owned()];
        head.extend(columns.other_names(rows));
        head.extend(
            [
                "frequency",
                "recency",
                "T",
                "monetary_value",
                "mbg_alive",
                "mbg_expected",
                "mbg_any",
                "pareto_alive",
                "pareto_expected",
                "pareto_any",
                "bg_expected",
                "bg_any",
                "purchases_low",
                "purchases_high",
                "any_falls_below_on",
            ]
            .map(str::to_owned),
        );
        if self.fitted.spend.is_some() {
            let value =
                ["mean_amount", "value", "value_low", "value_high", "clv_12m", "bg_clv_12m"];
            head.extend(value.map(str::to_owned));
        }
        if self.is_checked() {
            head.extend(["came_purchases", "came_value"].map(str::to_owned));
        }
        head
    }

    fn cells(&self, customer: &Customer<'_>, forecast: &Forecast) -> Vec<String> {
        let Timeline { repeats, recency, age } = customer.summary.timeline;
        let mut cells = vec![customer.key.to_owned()];
        cells.extend(customer.others.iter().cloned());
        cells.push(repeats.to_string());
        let Forecast { mbg, pareto, bg, purchases, falls_below, .. } = forecast;
        let numbers = [
            recency,
            age,
            customer.summary.mean_repeat,
            mbg.0,
            mbg.1,
            mbg.2,
            pareto.0,
            pareto.1,
            pareto.2,
            bg.0,
            bg.1,
            purchases.0,
            purchases.1,
        ];
        cells.extend(numbers.map(number));
        cells.push(self.falls_on(*falls_below));
        if let Some((told, clv, by_bg)) = &forecast.value {
            let range = told.value_range;
            cells.extend(
                [told.mean_amount, told.value, range.low, range.high, *clv, *by_bg].map(number),
            );
        }
        if self.is_checked() {
            cells.push(customer.summary.later.0.to_string());
            cells.push(number(customer.summary.later.1));
        }
        cells
    }

    /// The first day at whose end the probability is below the threshold; empty when that is beyond the calendar.
    fn falls_on(&self, wait: f64) -> String {
        let days = (wait * self.asked.unit).ceil();
        if days < 1e6 { day_text(self.asked.until + days as i32) } else { String::new() }
    }

    pub(super) fn tell(&self, forecasts: &[Forecast], out: Option<&Path>, screen: &Screen) {
        let whole = self.json(forecasts);
        if screen.json {
            return screen.json(&whole);
        }
        for line in self.lines(forecasts, screen) {
            screen.line(line);
        }
        if let Some(out) = out {
            let n = self.customers.len();
            screen.note(screen.say(
                &format!("{}: 顧客 {n} 人分を書きました", out.display()),
                &format!("{}: {n} customers written", out.display()),
            ));
        }
    }

    fn lines(&self, forecasts: &[Forecast], screen: &Screen) -> Vec<String> {
        let Fitted { bg, mbg, pareto, spend, ln_likelihood, .. } = self.fitted;
        let n = self.customers.len();
        let repeaters =
            self.customers.iter().filter(|one| 0 < one.summary.timeline.repeats).count();
        let (from, until) = (day_text(self.read.first), day_text(self.asked.until));
        let (rows, t, unit) = (self.read.rows, self.asked.t, self.unit(screen.language));
        let mut lines = vec![match screen.language {
            Language::Ja => format!(
                "{rows} 行、顧客 {n} 人（うち再購入 {repeaters} 人）、{from} から {until} まで。先の {t} {unit} を予測。時間の単位は{unit}"
            ),
            Language::En => format!(
                "{rows} rows, {n} customers ({repeaters} bought again), {from} to {until}; {t} {unit} ahead; times are in {unit}"
            ),
        }];
        lines.extend(self.odd_rows(screen.language));
        let geometric = |name: &str, model: &Geometric, at: usize| {
            let Geometric { r, alpha, a, b, .. } = model;
            let ll = ln_likelihood[at];
            format!(
                "{name:<12} r {r:.6}  alpha {alpha:.6}  a {a:.6}  b {b:.6}  log-likelihood {ll:.4}"
            )
        };
        lines.push(geometric("MBG/NBD", mbg, 1));
        lines.push(geometric("BG/NBD", bg, 0));
        let Pareto { r, alpha, s, beta } = pareto;
        let ll = ln_likelihood[2];
        lines.push(format!(
            "{:<12} r {r:.6}  alpha {alpha:.6}  s {s:.6}  beta {beta:.6}  log-likelihood {ll:.4}",
            "Pareto/NBD"
        ));
        match spend {
            Some(spend) => {
                let GammaGamma { p, q, v } = spend;
                let (ll, m) = (self.fitted.spend_ln_likelihood, self.fitted.repeaters);
                let mean = spend
                    .population_mean()
                    .map_or_else(|| "-".to_owned(), |mean| format!("{mean:.4}"));
                lines.push(format!(
                    "{:<12} p {p:.6}  q {q:.6}  v {v:.6}  log-likelihood {ll:.4}  n {m}  mean {mean}",
                    "Gamma-Gamma"
                ));
            }
            None => lines.push(
                screen
                    .say(
                        "Gamma-Gamma: 金額がないか足りないため、価値は推定していません",
                        "Gamma-Gamma: no amounts, or too few; values are not estimated",
                    )
                    .to_owned(),
            ),
        }
        let sums = self.sums(forecasts);
        lines.push(match screen.language {
            Language::Ja => format!(
                "予測した購入の合計 MBG {:.1}  BG {:.1}  Pareto {:.1}、金額 {:.1}",
                sums[0], sums[1], sums[2], sums[3]
            ),
            Language::En => format!(
                "purchases foretold in all: MBG {:.1}  BG {:.1}  Pareto {:.1}; value {:.1}",
                sums[0], sums[1], sums[2], sums[3]
            ),
        });
        if self.is_checked() {
            lines.extend(self.checked(forecasts, screen.language));
        }
        lines
    }

    fn unit(&self, language: Language) -> &'static str {
        match (self.asked.horizon.unit, language) {
            ('d', Language::Ja) => "日",
            ('d', Language::En) => "days",
            ('m', Language::Ja) => "か月",
            ('m', Language::En) => "months",
            ('y', Language::Ja) => "年",
            ('y', Language::En) => "years",
            (_, Language::Ja) => "週",
            (_, Language::En) => "weeks",
        }
    }

    fn odd_rows(&self, language: Language) -> Vec<String> {
        let mut lines = Vec::new();
        let (without, returns) = (self.read.without_day, self.read.returns);
        if 0 < without {
            lines.push(match language {
                Language::Ja => format!("  {without} 行は顧客か日付が読めず、除きました"),
                Language::En => {
                    format!("  {without} rows without a customer or a day were left out")
                }
            });
        }
        if 0 < returns {
            lines.push(match language {
                Language::Ja => format!("  {returns} 行は返品など負の金額。その日の額から引き、返品だけの日は購入に数えません"),
                Language::En => format!("  {returns} rows with amounts below zero are taken off their day; a day with nothing else is no purchase"),
            });
        }
        lines
    }

    /// Sums of what is foretold: purchases by each model, and value.
    fn sums(&self, forecasts: &[Forecast]) -> [f64; 4] {
        let sum = |of: &dyn Fn(&Forecast) -> f64| forecasts.iter().map(of).sum::<f64>();
        [
            sum(&|one| one.mbg.1),
            sum(&|one| one.bg.0),
            sum(&|one| one.pareto.1),
            sum(&|one| one.value.map_or(0.0, |(told, ..)| told.value)),
        ]
    }

    /// The forecast beside what came.
    fn checked(&self, forecasts: &[Forecast], language: Language) -> Vec<String> {
        let came: Vec<f64> =
            self.customers.iter().map(|customer| f64::from(customer.summary.later.0)).collect();
        let paid: f64 = self.customers.iter().map(|customer| customer.summary.later.1).sum();
        let total: f64 = came.iter().sum();
        let mut lines = vec![match language {
            Language::Ja => format!("実際に来た購入 {total}、金額 {paid:.1}。予測との差:"),
            Language::En => {
                format!("what came: {total} purchases, value {paid:.1}. Held against it:")
            }
        }];
        let by: [(&str, OfForecast); 3] = [
            ("MBG/NBD", |one| one.mbg.1),
            ("BG/NBD", |one| one.bg.0),
            ("Pareto/NBD", |one| one.pareto.1),
        ];
        for (name, of) in by {
            let found: Vec<f64> = forecasts.iter().map(of).collect();
            let Errors { mean, square, together } = Errors::of(&found, &came);
            lines.push(format!("  {name:<12} MAE {mean:.4}  RMSE {square:.4}  r {together:.4}"));
        }
        lines
    }

    fn json(&self, forecasts: &[Forecast]) -> serde_json::Value {
        let Fitted { bg, mbg, pareto, spend, ln_likelihood, spend_ln_likelihood, repeaters } =
            self.fitted;
        let sums = self.sums(forecasts);
        let came: u32 = self.customers.iter().map(|customer| customer.summary.later.0).sum();
        let paid: f64 = self.customers.iter().map(|customer| customer.summary.later.1).sum();
        json!({
            "rows": self.read.rows, "left_out": self.read.without_day,
            "customers": self.customers.len(),
            "from": day_text(self.read.first), "until": day_text(self.asked.until),
            "horizon": self.asked.t, "unit": self.asked.horizon.unit.to_string(),
            "models": {
                "mbg_nbd": { "r": mbg.r, "alpha": mbg.alpha, "a": mbg.a, "b": mbg.b,
                    "log_likelihood": ln_likelihood[1], "expected": sums[0] },
                "bg_nbd": { "r": bg.r, "alpha": bg.alpha, "a": bg.a, "b": bg.b,
                    "log_likelihood": ln_likelihood[0], "expected": sums[1] },
                "pareto_nbd": { "r": pareto.r, "alpha": pareto.alpha, "s": pareto.s, "beta": pareto.beta,
                    "log_likelihood": ln_likelihood[2], "expected": sums[2] },
                "gamma_gamma": spend.map(|spend| json!({ "p": spend.p, "q": spend.q, "v": spend.v,
                    "log_likelihood": spend_ln_likelihood, "n": repeaters,
                    "mean": spend.population_mean() })),
            },
            "value": sums[3],
            "came": self.is_checked().then(|| json!({ "purchases": came, "value": paid })),
        })
    }
}

/// One number of a forecast.
type OfForecast = fn(&Forecast) -> f64;

/// How far forecasts are from what came.
struct Errors {
    mean: f64,
    square: f64,
    together: f64,
}

impl Errors {
    fn of(found: &[f64], came: &[f64]) -> Errors {
        let n = found.len() as f64;
        let pairs = || found.iter().zip(came);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / n;
        let (f, c) = (mean(found), mean(came));
        let both: f64 = pairs().map(|(a, b)| (a - f) * (b - c)).sum();
        let spread = |values: &[f64], middle: f64| {
            values.iter().map(|one| (one - middle).powi(2)).sum::<f64>()
        };
        let spreads = (spread(found, f) * spread(came, c)).sqrt();
        Errors {
            mean: pairs().map(|(a, b)| (a - b).abs()).sum::<f64>() / n,
            square: (pairs().map(|(a, b)| (a - b).powi(2)).sum::<f64>() / n).sqrt(),
            together: if 0.0 < spreads { both / spreads } else { 0.0 },
        }
    }
}

/// As many digits as tell numbers apart, without noise.
fn number(value: f64) -> String {
    if value != 0.0 && value.abs() < 1e-6 {
        format!("{value:e}")
    } else {
        format!("{:.9}", value).trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}
