//! How much customers will buy and what that is worth: MBG/NBD times Gamma-Gamma, fitted to all purchases.

use std::time::Instant;

use condition::Said;
use facts::{Calendar, Decimal, History, Timestamp};
use forecast::purchases::{
    Death, Discount, GammaGamma, Geometric, Outlook, Purchase, Purchases, Spent, Summary, Timeline,
    TooLittle, outlook, summarise,
};

use crate::{
    host::App,
    models::{
        FORM, Found, ModelCard, ModelDraft, Run, Stage, Stop, ValueCheck, Weights, everybody_at,
        millis_since,
        reading::day_number,
        scoring::{self, Score},
    },
};

/// Times are told in weeks.
const WEEK: f64 = 7.0;
/// A month in weeks.
const MONTH: f64 = 365.25 / 12.0 / WEEK;

/// The purchases of a history up to an instant.
pub(crate) fn purchases_of(
    history: &History,
    (event, amount): (&str, &str),
    (at, calendar): (Timestamp, &Calendar),
) -> Vec<Purchase> {
    let Some(track) = history.track(event) else { return vec![] };
    let events = history.events_of(track).iter().filter(|event| event.stamp.at <= at);
    events
        .map(|event| {
            let paid = history.particulars(event).get(amount).as_number();
            let paid = paid.and_then(|paid| paid.to_string().parse().ok());
            Purchase { day: day_number(calendar, event.stamp.at), amount: paid.unwrap_or(0.0) }
        })
        .collect()
}

/// The fitted models and a horizon.
pub(crate) struct ValueOf {
    pub(crate) model: Geometric,
    pub(crate) spend: Option<GammaGamma>,
    pub(crate) horizon_days: u32,
}

impl ValueOf {
    fn weeks(&self) -> f64 {
        f64::from(self.horizon_days) / WEEK
    }

    /// What is to come of a customer in the horizon; without amounts the value is 0.
    pub(crate) fn outlook(&self, of: &Summary) -> Outlook {
        let spent = spent(of);
        let flat = GammaGamma { p: 1.0, q: 2.0, v: 1.0 };
        let spend = self.spend.unwrap_or(flat);
        let discount = Discount { per_month: 0.0, month: MONTH };
        outlook(&self.model, &spend, (&of.timeline, &spent), self.weeks(), &discount)
    }

    /// The probability of any purchase in the horizon.
    pub(crate) fn any(&self, of: &Summary) -> f64 {
        self.model.any(&of.timeline, self.weeks())
    }

    /// In how many days from now it falls below a threshold if nothing is bought.
    pub(crate) fn falls_below(&self, of: &Summary, threshold: f64) -> f64 {
        self.model.falls_below(&of.timeline, self.weeks(), threshold) * WEEK
    }
}

fn spent(of: &Summary) -> Spent {
    Spent { n: of.timeline.repeats, mean: of.mean_repeat }
}

fn too_little(why: TooLittle) -> Stop {
    let ja = match why {
        TooLittle::Customers(n) => format!("購入した方が{n}人では少なすぎます。30人以上必要です"),
        TooLittle::Repeaters(n) => {
            format!("二度以上購入した方が{n}人では少なすぎます。10人以上必要です")
        }
    };
    Stop::Refused(Said::new(ja, why.to_string()))
}

/// Everybody who ever bought, with their purchases and their score before.
type Buyers = Vec<(u32, Vec<Purchase>, Option<Decimal>)>;

pub(super) fn run(
    app: &App,
    draft: &ModelDraft,
    names: (&str, &str),
    run: &Run,
) -> Result<(ModelCard, Option<Weights>), Stop> {
    let begun = Instant::now();
    let (customers, now) = everybody_at(app)?;
    run.at(Stage::Reading, 0, customers);
    let key = scoring::attribute(&draft.id);
    let pieces = app.over_everybody(&run.gone(), Buyers::new, |buyers, customer, history| {
        let purchases = purchases_of(history, names, (now, &app.calendar));
        if !purchases.is_empty() {
            buyers.push((customer, purchases, history.attribute(&key, now).as_number()));
        }
    })?;
    let mut buyers: Buyers = pieces.into_iter().flatten().collect();
    let today = day_number(&app.calendar, now);
    let took_reading = millis_since(begun);
    let begun = Instant::now();
    run.at(Stage::Learning, 0, 2);
    let check = checked(&mut buyers, today, draft.horizon_days);
    run.check()?;
    run.at(Stage::Learning, 1, 2);
    let summaries = summed(&mut buyers, today, 0);
    let fitted = fit(&summaries, draft.horizon_days).map_err(too_little)?;
    let timelines: Vec<Timeline> = summaries.iter().map(|one| one.timeline).collect();
    let ln_likelihood = fitted.model.ln_likelihood(&timelines);
    let took_learning = millis_since(begun);
    let begun = Instant::now();
    run.at(Stage::Scoring, 0, buyers.len() as u64);
    let changed = buyers.iter().zip(&summaries).filter_map(|((customer, _, before), summary)| {
        let outlook = fitted.outlook(summary);
        let worth = if fitted.spend.is_some() { outlook.value } else { outlook.purchases };
        let new = Decimal::from(worth.round() as i64);
        (*before != Some(new)).then_some((*customer, Some(new)))
    });
    let changed: Vec<Score> = changed.collect();
    let written = changed.len() as u64;
    let batch = scoring::write(app, run, &draft.id, (&key, changed), now)?;
    let card = ModelCard {
        form: FORM,
        as_of: now.millis(),
        customers,
        drawn: buyers.len() as u64,
        lessons: vec![now.millis()],
        scored: buyers.len() as u64,
        written,
        took: [took_reading, took_learning, millis_since(begun)],
        batch,
        found: Found::Value { model: fitted.model, spend: fitted.spend, ln_likelihood, check },
    };
    Ok((card, None))
}

/// One summary for each buyer who had bought by a day; what came after is in `later`.
fn summed(buyers: &mut Buyers, until: i32, horizon: i32) -> Vec<Summary> {
    let all = buyers.iter_mut();
    all.filter_map(|(_, purchases, _)| summarise(purchases, until, WEEK, horizon)).collect()
}

fn fit(summaries: &[Summary], horizon_days: u32) -> Result<ValueOf, TooLittle> {
    let timelines: Vec<Timeline> = summaries.iter().map(|one| one.timeline).collect();
    let model = Geometric::fit(Death::AfterAny, &timelines)?;
    let spents: Vec<Spent> = summaries.iter().map(spent).collect();
    Ok(ValueOf { model, spend: GammaGamma::fit(&spents), horizon_days })
}

/// Fits to what was known a horizon ago, and holds the forecast against what came since; none when there is too little.
fn checked(buyers: &mut Buyers, today: i32, horizon_days: u32) -> Option<ValueCheck> {
    let horizon = i32::try_from(horizon_days).ok()?;
    let summaries = summed(buyers, today - horizon, horizon);
    let fitted = fit(&summaries, horizon_days).ok()?;
    let (mut foretold, mut came, mut error, mut error_of_rate) = (0.0, 0.0, 0.0, 0.0);
    for summary in &summaries {
        let of = &summary.timeline;
        let expected = fitted.model.expected(of, fitted.weeks());
        let actual = f64::from(summary.later.0);
        let rate = if 0.0 < of.age { f64::from(of.repeats) / of.age * fitted.weeks() } else { 0.0 };
        foretold += expected;
        came += actual;
        error += (expected - actual).abs();
        error_of_rate += (rate - actual).abs();
    }
    let n = summaries.len().max(1) as f64;
    Some(ValueCheck {
        days: horizon_days,
        customers: summaries.len() as u64,
        purchases: (foretold, came),
        error: error / n,
        error_of_rate: error_of_rate / n,
    })
}
