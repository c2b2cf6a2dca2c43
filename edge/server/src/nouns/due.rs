//! そろそろ補充: which customer is about to buy which product again, when it is due, and how well that was told before.

use std::collections::BTreeMap;

use axum::{extract::State, http::StatusCode};
use condition::Language;
use facts::Timestamp;
use forecast::replenish::Checked;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{
        App, Scope, Workspace,
        cards::{Card, fold},
        works::Works,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path, Query},
    },
    models::today,
    nouns::{
        wire::{CustomerName, Day, Instant, no_cursor, page_length},
        work_state::{Looked, WorkTold},
    },
    offers::{Goods, Habit, Supplies, SupplyAsked, learn_supplies},
};

/// How learning stands, and what was learnt last.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReplenishmentShown {
    #[serde(flatten)]
    work: WorkTold,
    /// The event of a purchase, and the property that names the product, as they were said last.
    event: String,
    property: String,
    result: Option<SupplyShown>,
}

/// What was learnt of what is bought again and again.
#[derive(Serialize, ToSchema)]
pub(crate) struct SupplyShown {
    as_of: Instant,
    event: String,
    property: String,
    /// A probability is that of a purchase in so many days.
    within_days: u32,
    /// Bought on fewer days, a product is no habit.
    least_days: u32,
    /// Last bought longer ago, a product is given up.
    silent_days: u32,
    /// Customers with at least one purchase, and their habits.
    customers: u64,
    habits: u64,
    /// Whether there was enough to learn from.
    learnt: bool,
    /// At so many days of the past, from so many habits; of one customer in `one_in`.
    lessons: usize,
    lesson_habits: usize,
    one_in: u32,
    /// How well an earlier model told what came; null where too little came.
    check: Option<CheckShown>,
    /// All of it in words.
    sentence: String,
}

/// How well what was learnt up to a day told what came after it.
#[derive(Serialize, ToSchema)]
pub(crate) struct CheckShown {
    day: Day,
    /// How often, of two habits, the one that was bought again had the higher probability.
    auc: f64,
    /// The same by how often it was bought alone.
    auc_of_rate: f64,
    n: usize,
    came: usize,
}

/// What to learn of.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplenishmentBody {
    /// The event of a purchase; as it was said last when not said, at first `purchased`.
    #[serde(default)]
    event: Option<String>,
    /// The property that names what was bought; as it was said last when not said, at first `product`.
    #[serde(default)]
    property: Option<String>,
    /// How many days ahead, 1 to 180; 14 when not said.
    #[serde(default)]
    within_days: Option<u32>,
    /// Bought on fewer days, a product is no habit: 2 to 20; 4 when not said.
    #[serde(default)]
    least_days: Option<u32>,
    /// Last bought longer ago, a product is given up: 7 to 730 days; 120 when not said.
    #[serde(default)]
    silent_days: Option<u32>,
}

/// Which rows of the list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DueAsked {
    /// `next` of the page before.
    after: Option<String>,
    /// How many rows; 100 when not said, at most 500.
    limit: Option<usize>,
    /// What is due this week when not said.
    when: Option<DueWhen>,
    /// Only this product.
    product: Option<String>,
    /// Only the customers of this rep; a rep always sees own ones only.
    rep: Option<String>,
    /// Only customers whose name, reading or key has this in it.
    q: Option<String>,
}

/// When the next purchase is due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DueWhen {
    /// From today to the sixth day from today.
    #[default]
    Week,
    /// It was due before today.
    Overdue,
    /// At any time.
    All,
}

/// What is due, of all customers whom the caller may see.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueList {
    as_of: Instant,
    /// When it was learnt; null while nothing was.
    learnt_at: Option<Instant>,
    /// Whether there was enough to learn from.
    learnt: bool,
    within_days: Option<u32>,
    /// How many rows there are when all else that is asked stays as it is.
    week: u64,
    overdue: u64,
    all: u64,
    /// How many there are in the list.
    count: u64,
    /// Products in the list, whichever is chosen: those with most rows, a hundred at most.
    products: Vec<DueCount>,
    /// Reps in the list, whoever is chosen.
    reps: Vec<DueCount>,
    /// The likeliest first.
    rows: Vec<DueRow>,
    next: Option<String>,
}

/// A name, and how many rows it has.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueCount {
    name: String,
    count: u64,
}

/// A habit of a customer's.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueRow {
    customer: CustomerName,
    rep: Option<String>,
    #[serde(flatten)]
    habit: HabitShown,
}

/// What a customer buys again and again, and when the next time is due.
#[derive(Serialize, ToSchema)]
pub(crate) struct HabitShown {
    product: String,
    /// On how many days it was bought.
    times: u32,
    last: Day,
    /// By the customer's own mean gap.
    due: Day,
    /// So many days ago it was due; below 0 it is yet to come.
    overdue_days: i32,
    /// The probability, 0 to 1, that it is bought again within the days that were asked about.
    again: f64,
}

/// What is due with a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerDue {
    as_of: Instant,
    /// When it was learnt; null while nothing was.
    learnt_at: Option<Instant>,
    /// Whether there was enough to learn from.
    learnt: bool,
    within_days: Option<u32>,
    least_days: Option<u32>,
    silent_days: Option<u32>,
    /// The likeliest first.
    rows: Vec<HabitShown>,
    /// How well it told what came, in words.
    sentence: Option<String>,
}

const WITHIN_DAYS: u32 = 14;
const LEAST_DAYS: u32 = 4;
const SILENT_DAYS: u32 = 120;
/// A week has so many days, today among them.
const WEEK: i32 = 7;
/// So many products are named to choose from.
const PRODUCTS: usize = 100;
/// The one work of its sort.
const NAME: &str = "replenishment";

fn works(app: &Workspace) -> &Works<Supplies> {
    &app.supplies
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

impl DueWhen {
    fn has(self, overdue_days: i32) -> bool {
        match self {
            DueWhen::Week => (1 - WEEK..=0).contains(&overdue_days),
            DueWhen::Overdue => 0 < overdue_days,
            DueWhen::All => true,
        }
    }
}

/// A day by its number, as days of the workspace are told.
fn day_of(day: i32) -> Day {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.saturating_add(jiff::Span::new().days(day)).into()
}

impl HabitShown {
    fn of(habit: &Habit, day: i32) -> HabitShown {
        HabitShown {
            product: habit.product.to_string(),
            times: habit.times,
            last: day_of(habit.last),
            due: day_of(habit.due),
            overdue_days: day.saturating_sub(habit.due),
            again: rounded(habit.again),
        }
    }
}

impl SupplyShown {
    fn of(kept: &Supplies, language: Language) -> SupplyShown {
        let SupplyAsked { goods, within_days, least_days, silent_days } = kept.asked.clone();
        let (lessons, lesson_habits) = kept.model.as_ref().map_or((0, 0), |model| model.learnt);
        SupplyShown {
            as_of: Instant::of_millis(kept.as_of),
            event: goods.event,
            property: goods.property,
            within_days,
            least_days,
            silent_days,
            customers: kept.customers,
            habits: kept.habits,
            learnt: kept.model.is_some(),
            lessons,
            lesson_habits,
            one_in: kept.one_in,
            check: kept.check.map(|(day, checked)| CheckShown {
                day: day_of(day),
                auc: rounded(checked.auc),
                auc_of_rate: rounded(checked.auc_of_rate),
                n: checked.n,
                came: checked.came,
            }),
            sentence: said(kept, language),
        }
    }
}

/// How well it told what came, or why there is nothing to tell by.
fn said(kept: &Supplies, language: Language) -> String {
    let (habits, least) = (kept.habits, kept.asked.least_days);
    if kept.model.is_none() {
        return match language {
            Language::Ja => format!(
                "データが少なく、まだ学習できません（{least}日以上買われている商品は今 {habits} 件）。過去の時点で、また買われたものと買われなかったものが合わせて200件以上（それぞれ20件以上）要ります。"
            ),
            Language::En => format!(
                "There is too little to learn from: {habits} products were bought by a customer on {least} days or more. At past days it takes 200 in all, with 20 that were bought again and 20 that were not."
            ),
        };
    }
    let Some((day, checked)) = kept.check else {
        return match language {
            Language::Ja => {
                "さかのぼって試すには過去が短く、当たり具合はまだ言えません。".to_owned()
            }
            Language::En => {
                "The past is too short to try it on, so how well it tells is not known.".to_owned()
            }
        };
    };
    let (Checked { auc, auc_of_rate, n, came }, day) = (checked, day_of(day).0);
    let within = kept.asked.within_days;
    match language {
        Language::Ja => format!(
            "{day} までの記録だけで学び、その後{within}日とくらべました（{n} 件中 {came} 件がまた買われた）。AUC {auc:.3}、買う頻度だけなら {auc_of_rate:.3}。"
        ),
        Language::En => format!(
            "Learnt by what was known on {day} and held against the {within} days after it ({came} of {n} were bought again): AUC {auc:.3}, by how often alone {auc_of_rate:.3}."
        ),
    }
}

/// What is bought again and again, how learning it stands, and how well it told what came.
#[utoipa::path(get, path = "/api/v1/replenishment", tag = "models",
    responses((status = 200, body = ReplenishmentShown)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<ReplenishmentShown>> {
    told(&app, language).await.map(axum::Json)
}

async fn told(app: &App, language: Language) -> Answer<ReplenishmentShown> {
    let looked = Looked::at(app.supplies.find(NAME));
    let (kept, goods) = (Supplies::read(app).await?, Goods::read(app).await?);
    let work = looked.told(kept.is_some(), language);
    let result = kept.map(|kept| SupplyShown::of(&kept, language));
    Ok(ReplenishmentShown { work, event: goods.event, property: goods.property, result })
}

fn within(name: &str, given: Option<u32>, usual: u32, least: u32, most: u32) -> Answer<u32> {
    let given = given.unwrap_or(usual);
    if (least..=most).contains(&given) {
        return Ok(given);
    }
    Err(ApiError::invalid(
        format!("`{name}` は {least}〜{most} にしてください"),
        format!("`{name}` is from {least} to {most}"),
    ))
}

/// Begins to learn what is bought again and again, in the background; what runs goes on.
#[utoipa::path(post, path = "/api/v1/replenishment", tag = "models", request_body = ReplenishmentBody,
    responses((status = 202, body = ReplenishmentShown)))]
pub(crate) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<ReplenishmentBody>,
) -> Answer<(StatusCode, axum::Json<ReplenishmentShown>)> {
    let within_days = within("within_days", given.within_days, WITHIN_DAYS, 1, 180)?;
    let least_days = within("least_days", given.least_days, LEAST_DAYS, 2, 20)?;
    let silent_days = within("silent_days", given.silent_days, SILENT_DAYS, 7, 730)?;
    let goods = Goods::said(&app, given.event, given.property).await?;
    let asked = SupplyAsked { goods, within_days, least_days, silent_days };
    let now = app.live()?.at;
    app.begin_work(
        works,
        NAME,
        move |app, work| learn_supplies(app, work, &asked, now),
        |app, found| async move { found.keep(&app).await },
    );
    let real_now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), "replenishment_learnt", NAME, None, real_now).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, language).await?)))
}

/// Stops learning.
#[utoipa::path(delete, path = "/api/v1/replenishment", tag = "models",
    responses((status = 200, body = ReplenishmentShown)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<ReplenishmentShown>> {
    app.supplies.cancel(NAME);
    told(&app, language).await.map(axum::Json)
}

/// What a customer is about to buy again, the likeliest first.
#[utoipa::path(get, path = "/api/v1/customers/{key}/due", tag = "models",
    responses((status = 200, body = CustomerDue)))]
pub(crate) async fn of_customer(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<CustomerDue>> {
    let (customer, _) = app.find(&caller, &key)?;
    let (kept, now) = (Supplies::read(&app).await?, app.live()?.at);
    let calendar_of = app.clone();
    app.with_history(customer, move |history| {
        let calendar = &calendar_of.calendar;
        let day = today(calendar, now);
        let habits = kept.as_ref().map(|kept| kept.of_customer(history, (customer, calendar, now)));
        let asked = kept.as_ref().map(|kept| &kept.asked);
        CustomerDue {
            as_of: now.into(),
            learnt_at: kept.as_ref().map(|kept| Instant::of_millis(kept.as_of)),
            learnt: kept.as_ref().is_some_and(|kept| kept.model.is_some()),
            within_days: asked.map(|asked| asked.within_days),
            least_days: asked.map(|asked| asked.least_days),
            silent_days: asked.map(|asked| asked.silent_days),
            rows: habits.iter().flatten().map(|habit| HabitShown::of(habit, day)).collect(),
            sentence: kept.as_ref().map(|kept| said(kept, language)),
        }
    })
    .await
    .map(axum::Json)
}

/// `after` of the list: the instant it is true for, and how many rows lie before.
fn cursor(after: &str) -> Answer<(Timestamp, usize)> {
    let parsed = after.split_once('.').and_then(|(at, skip)| {
        Some((Timestamp::from_millis(at.parse().ok()?), skip.parse().ok()?))
    });
    parsed.ok_or_else(|| no_cursor("after"))
}

/// What is due with all customers, the likeliest first.
#[utoipa::path(get, path = "/api/v1/due", tag = "models", params(DueAsked),
    responses((status = 200, body = DueList)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(asked): Query<DueAsked>,
) -> Answer<axum::Json<DueList>> {
    let kept = Supplies::read(&app).await?;
    let first = asked.after.as_deref().map(cursor).transpose()?;
    let (at, scope) = {
        let live = app.live()?;
        let at = first.map_or_else(|| app.trying_at(&live), |(at, _)| at);
        (at.min(live.at), live.scope(&caller))
    };
    let skip = first.map_or(0, |(_, skip)| skip);
    app.ask(move |app, gone| {
        let habits = match &kept {
            Some(kept) => kept.of_everybody(app, at, gone)?,
            None => std::sync::Arc::default(),
        };
        let day = today(&app.calendar, at);
        Listing { app, kept: kept.as_ref(), habits: &habits, scope, at, day }.page(&asked, skip)
    })
    .await
    .map(axum::Json)
}

/// A page of the list in the making.
struct Listing<'a> {
    app: &'a App,
    kept: Option<&'a Supplies>,
    habits: &'a [Habit],
    scope: Scope,
    at: Timestamp,
    day: i32,
}

/// A habit on the page, and whose it is.
type Chosen<'h> = (&'h Habit, Card);

/// What of the list is counted while it is gone through.
#[derive(Default)]
struct Counts {
    week: u64,
    overdue: u64,
    all: u64,
    /// In the list itself.
    listed: usize,
    products: BTreeMap<std::sync::Arc<str>, u64>,
    reps: BTreeMap<std::sync::Arc<str>, u64>,
}

impl Listing<'_> {
    fn page(&self, asked: &DueAsked, skip: usize) -> Answer<DueList> {
        let limit = page_length(asked.limit, 100);
        let (counts, chosen) = self.chosen(asked, skip..skip.saturating_add(limit))?;
        let count = counts.listed;
        let end = skip.saturating_add(limit);
        let named = |counted: BTreeMap<std::sync::Arc<str>, u64>| {
            counted.into_iter().map(|(name, count)| DueCount { name: name.to_string(), count })
        };
        let mut products: Vec<DueCount> = named(counts.products).collect();
        products.sort_by_key(|one| std::cmp::Reverse(one.count));
        products.truncate(PRODUCTS);
        let kept = self.kept;
        Ok(DueList {
            as_of: self.at.into(),
            learnt_at: kept.map(|kept| Instant::of_millis(kept.as_of)),
            learnt: kept.is_some_and(|kept| kept.model.is_some()),
            within_days: kept.map(|kept| kept.asked.within_days),
            week: counts.week,
            overdue: counts.overdue,
            all: counts.all,
            count: count as u64,
            products,
            reps: named(counts.reps).collect(),
            rows: chosen.into_iter().map(|(habit, card)| self.row(habit, &card)).collect(),
            next: (end < count).then(|| format!("{}.{end}", self.at.millis())),
        })
    }

    fn row(&self, habit: &Habit, card: &Card) -> DueRow {
        DueRow {
            customer: CustomerName::of(self.app.key_text(habit.customer), card),
            rep: card.rep.as_deref().map(str::to_owned),
            habit: HabitShown::of(habit, self.day),
        }
    }

    /// Those in the window, with what is counted of all on the way.
    fn chosen(
        &self,
        asked: &DueAsked,
        window: std::ops::Range<usize>,
    ) -> Answer<(Counts, Vec<Chosen<'_>>)> {
        let live = self.app.live()?;
        let sought = asked.q.as_deref().map(fold).filter(|text| !text.is_empty());
        let rep = asked.rep.as_deref().filter(|rep| !rep.is_empty());
        let product = asked.product.as_deref().filter(|product| !product.is_empty());
        let when = asked.when.unwrap_or_default();
        let (mut counts, mut rows) = (Counts::default(), vec![]);
        for habit in self.habits.iter().filter(|habit| self.scope.contains(habit.customer)) {
            let Some(card) = live.cards.get(habit.customer) else { continue };
            if sought.as_ref().is_some_and(|sought| !card.has(sought)) {
                continue;
            }
            let late = self.day.saturating_sub(habit.due);
            let of_rep = rep.is_none_or(|rep| card.rep.as_deref() == Some(rep));
            let of_product = product.is_none_or(|product| *habit.product == *product);
            if when.has(late) && of_rep {
                *counts.products.entry(habit.product.clone()).or_default() += 1;
            }
            if when.has(late)
                && of_product
                && let Some(rep) = &card.rep
            {
                *counts.reps.entry(rep.clone()).or_default() += 1;
            }
            if !of_rep || !of_product {
                continue;
            }
            counts.week += u64::from(DueWhen::Week.has(late));
            counts.overdue += u64::from(DueWhen::Overdue.has(late));
            counts.all += 1;
            if !when.has(late) {
                continue;
            }
            if window.contains(&counts.listed) {
                rows.push((habit, card.clone()));
            }
            counts.listed += 1;
        }
        Ok((counts, rows))
    }
}
