//! What is about to run out in this workspace: learnt in the background, kept, and asked of one customer or of everybody.
//!
//! ```text
//!   everybody's purchases as of some days ──▶ how often each product is bought again
//!                                        └──▶ lessons ──▶ a model, and one of earlier days held against what came
//!   one history now ──▶ its habits, each with a probability and a day     (a customer's page; the list of everybody)
//! ```

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use facts::{Calendar, History, Timestamp};
use forecast::replenish::{Asked, Checked, Lesson, Replenishment, Supply, Usual, learn};
use serde::{Deserialize, Serialize};

use crate::{
    host::{App, asking::Gone, works::Work},
    http::error::{Answer, ApiError},
    models::{day_number, today},
    offers::Goods,
};

/// Under which the last run is kept.
const KEPT: &str = "replenishment";
/// The form in which it is kept; what has another is as good as none.
const VERSION: u32 = 1;
/// The most habits of a day that are learnt from: beyond them, of customers evenly drawn.
const HABITS_MOST: u64 = 300_000;

/// What to learn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SupplyAsked {
    pub(crate) goods: Goods,
    /// A probability is that of a purchase in so many days.
    pub(crate) within_days: u32,
    /// Bought on fewer days, a product is no habit.
    pub(crate) least_days: u32,
    /// Last bought longer ago, a product is given up.
    pub(crate) silent_days: u32,
}

/// What was learnt, as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Supplies {
    version: u32,
    /// By what was known then (ms).
    pub(crate) as_of: i64,
    pub(crate) asked: SupplyAsked,
    /// Customers with at least one purchase.
    pub(crate) customers: u64,
    /// What was a habit of somebody's then.
    pub(crate) habits: u64,
    /// One customer in so many was learnt from.
    pub(crate) one_in: u32,
    /// None where there was too little to learn from.
    pub(crate) model: Option<Replenishment>,
    /// The day of the past on which an earlier model was held against what came (as a number), and how it did.
    pub(crate) check: Option<(i32, Checked)>,
    /// Products that are somebody's habit, by their numbers.
    products: Vec<Arc<str>>,
    usual: Usual,
}

/// A habit of a customer's, with what is to come of it. Days are numbers of local days since 1970.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Habit {
    pub(crate) customer: u32,
    pub(crate) product: Arc<str>,
    pub(crate) times: u32,
    pub(crate) last: i32,
    pub(crate) due: i32,
    /// The probability of a purchase within the days asked about.
    pub(crate) again: f64,
}

/// By which a list of habits is found again: what was learnt when, and the instant of asking.
pub(crate) type HabitsKey = (i64, Timestamp);

/// A purchase: the product, the day, and the day on which it was told.
type Bought = (u32, i32, i32);

impl SupplyAsked {
    fn on(&self, until: i32) -> Asked {
        Asked {
            until,
            within: self.within_days.cast_signed(),
            least_days: self.least_days as usize,
            most_silent: self.silent_days.cast_signed(),
        }
    }

    /// A customer's purchases, whose products `number` gives numbers.
    fn bought(
        &self,
        history: &History,
        calendar: &Calendar,
        mut number: impl FnMut(&str) -> Option<u32>,
    ) -> Vec<Bought> {
        let all = self.goods.bought(history).filter_map(|(stamp, product)| {
            let day = |at: Timestamp| day_number(calendar, at);
            Some((number(&product)?, day(stamp.at), day(stamp.known)))
        });
        all.collect()
    }
}

/// What a customer had bought by a day, as it was known then.
fn supplies(customer: u32, bought: &[Bought], until: i32) -> Vec<Supply> {
    let mut days: BTreeMap<u32, Vec<i32>> = BTreeMap::new();
    for (product, day, _) in bought.iter().filter(|(_, day, known)| *day.max(known) <= until) {
        days.entry(*product).or_default().push(*day);
    }
    let all = days.into_iter().map(|(product, mut days)| {
        days.sort_unstable();
        days.dedup();
        Supply { customer, product, days }
    });
    all.collect()
}

/// What is counted of some customers before anything can be learnt.
#[derive(Default)]
struct Counted {
    names: HashMap<String, u32>,
    /// For each day.
    usual: Vec<Usual>,
    customers: u64,
    habits: u64,
    /// Products that are somebody's habit.
    of_habit: BTreeSet<u32>,
}

impl Counted {
    fn add(
        &mut self,
        asked: &SupplyAsked,
        days: &[i32],
        (calendar, history): (&Calendar, &History),
    ) {
        let names = &mut self.names;
        let bought = asked.bought(history, calendar, |name| {
            let next = u32::try_from(names.len()).ok()?;
            Some(*names.entry(name.to_owned()).or_insert(next))
        });
        self.customers += u64::from(!bought.is_empty());
        self.usual.resize_with(days.len(), Usual::default);
        for (usual, until) in self.usual.iter_mut().zip(days) {
            supplies(0, &bought, *until).iter().for_each(|supply| usual.add(supply, *until));
        }
        let now = asked.on(days[0]);
        for supply in supplies(0, &bought, now.until).iter().filter(|one| now.is_habit(one)) {
            self.habits += 1;
            self.of_habit.insert(supply.product);
        }
    }

    /// All of them, with the names of the products in order.
    fn united(pieces: Vec<Counted>, days: usize) -> (Counted, Vec<String>) {
        let names: BTreeSet<String> =
            pieces.iter().flat_map(|piece| piece.names.keys().cloned()).collect();
        let names: Vec<String> = names.into_iter().collect();
        let mut all = Counted { names: numbered(&names), ..Counted::default() };
        all.usual.resize_with(days, Usual::default);
        for piece in pieces {
            let theirs: HashMap<u32, u32> =
                piece.names.iter().map(|(name, no)| (*no, all.names[name])).collect();
            for (usual, other) in all.usual.iter_mut().zip(&piece.usual) {
                usual.merge(other, |no| theirs[&no]);
            }
            all.customers += piece.customers;
            all.habits += piece.habits;
            all.of_habit.extend(piece.of_habit.iter().map(|no| theirs[no]));
        }
        (all, names)
    }
}

fn numbered(names: &[String]) -> HashMap<String, u32> {
    (0..).zip(names).map(|(no, name)| (name.clone(), no)).collect()
}

/// Learns what is bought again and again, and tries it on the days since the horizon began.
pub(crate) fn learn_supplies(
    app: &App,
    work: &Work<Supplies>,
    asked: &SupplyAsked,
    now: Timestamp,
) -> Answer<Supplies> {
    let wanted = asked.on(today(&app.calendar, now));
    let check = wanted.check();
    let mut days: Vec<i32> = wanted.lessons().iter().map(|one| one.until).collect();
    days.extend(check.lessons().iter().map(|one| one.until));
    days.sort_unstable_by(|a, b| b.cmp(a));
    days.dedup();
    days.insert(0, wanted.until);
    let pieces = work.over_everybody(app, Counted::default, |counted, _, history| {
        counted.add(asked, &days, (&app.calendar, history));
    })?;
    let (counted, names) = Counted::united(pieces, days.len());
    let one_in = u32::try_from(counted.habits.div_ceil(HABITS_MOST).max(1)).unwrap_or(u32::MAX);
    let begin = || vec![Lesson::default(); days.len()];
    let pieces =
        work.over_everybody(app, begin, |lessons: &mut Vec<Lesson>, customer, history| {
            if !customer.is_multiple_of(one_in) {
                return;
            }
            let number = |name: &str| counted.names.get(name).copied();
            let bought = asked.bought(history, &app.calendar, number);
            let known_now = supplies(customer, &bought, wanted.until);
            for ((lesson, usual), until) in
                lessons.iter_mut().zip(&counted.usual).zip(&days).skip(1)
            {
                let known = supplies(customer, &bought, *until);
                lesson.add(usual, &asked.on(*until), &known, &known_now);
            }
        })?;
    let mut lessons = begin();
    for piece in pieces {
        lessons.iter_mut().zip(piece).for_each(|(all, piece)| all.append(piece));
    }
    let of = |some: &[Asked]| -> Vec<Lesson> {
        let place = |one: &Asked| days.iter().skip(1).position(|day| *day == one.until);
        some.iter().filter_map(|one| lessons.get(place(one)? + 1).cloned()).collect()
    };
    let earlier = learn(&of(&check.lessons()));
    let told = of(&[check]).into_iter().next();
    let check = earlier.zip(told).map(|(model, lesson)| (check.until, model.checked_on(&lesson)));
    let kept: Vec<u32> = counted.of_habit.into_iter().collect();
    Ok(Supplies {
        version: VERSION,
        as_of: now.millis(),
        asked: asked.clone(),
        customers: counted.customers,
        habits: counted.habits,
        one_in,
        model: learn(&of(&wanted.lessons())),
        check: check.filter(|(_, checked)| checked.auc.is_finite()),
        products: kept.iter().map(|no| names[*no as usize].as_str().into()).collect(),
        usual: counted.usual[0].only(|no| kept.binary_search(&no).ok().map(|at| at as u32)),
    })
}

impl Supplies {
    /// What was learnt last, if anything was.
    pub(crate) async fn read(app: &App) -> Answer<Option<Supplies>> {
        let Some(json) = app.registry.setting(KEPT).await? else { return Ok(None) };
        let kept = app.blocking(move |_| Ok(serde_json::from_str::<Supplies>(&json).ok())).await?;
        Ok(kept.filter(|kept| kept.version == VERSION))
    }

    /// Keeps it in place of what was learnt before.
    pub(crate) async fn keep(&self, app: &App) -> Answer<()> {
        let json =
            serde_json::to_string(self).map_err(|why| ApiError::ours("what runs out", why))?;
        app.registry.put_setting(KEPT, &json, app.clock.real_now().millis()).await?;
        Ok(())
    }

    fn numbers(&self) -> HashMap<&str, u32> {
        (0..).zip(&self.products).map(|(no, name)| (&**name, no)).collect()
    }

    /// A customer's habits on a day, the likeliest first.
    pub(crate) fn of_customer(
        &self,
        history: &History,
        (customer, calendar, now): (u32, &Calendar, Timestamp),
    ) -> Vec<Habit> {
        let mut habits =
            self.habits_of(&self.numbers(), history, (customer, calendar, today(calendar, now)));
        habits.sort_by(order);
        habits
    }

    fn habits_of(
        &self,
        numbers: &HashMap<&str, u32>,
        history: &History,
        (customer, calendar, day): (u32, &Calendar, i32),
    ) -> Vec<Habit> {
        let Some(model) = &self.model else { return vec![] };
        // What nobody bought so often when it was learnt comes after all that somebody did.
        let mut new: Vec<Arc<str>> = vec![];
        let bought = self.asked.bought(history, calendar, |name| {
            if let Some(known) = numbers.get(name) {
                return Some(*known);
            }
            let place = new.iter().position(|one| **one == *name).unwrap_or_else(|| {
                new.push(name.into());
                new.len() - 1
            });
            u32::try_from(self.products.len() + place).ok()
        });
        let own = supplies(customer, &bought, day);
        let due = model.of_customer(&self.usual, &own, &self.asked.on(day)).into_iter();
        let habit = |due: forecast::replenish::Due| {
            let no = own[due.supply].product as usize;
            let product = self.products.get(no).or_else(|| new.get(no - self.products.len()));
            Some(Habit {
                customer,
                product: product?.clone(),
                times: due.n as u32,
                last: due.last,
                due: due.due,
                again: due.again,
            })
        };
        due.filter_map(habit).collect()
    }

    /// Everybody's habits, the likeliest first; kept for a while, so that the pages of one list agree.
    pub(crate) fn of_everybody(
        &self,
        app: &App,
        at: Timestamp,
        gone: &Gone,
    ) -> Answer<Arc<Vec<Habit>>> {
        let key = (self.as_of, at);
        if let Some(kept) = app.habits.find(&key, at) {
            return Ok(kept);
        }
        let (numbers, day) = (self.numbers(), today(&app.calendar, at));
        let pieces = app.over_everybody(gone, Vec::new, |all, customer, history| {
            all.extend(self.habits_of(&numbers, history, (customer, &app.calendar, day)));
        })?;
        let mut all: Vec<Habit> = pieces.into_iter().flatten().collect();
        all.sort_by(order);
        Ok(app.habits.put(key, at, all))
    }
}

/// The likeliest first; of equals the one due earlier, then by customer and product.
fn order(a: &Habit, b: &Habit) -> std::cmp::Ordering {
    let rest = |one: &Habit| (one.due, one.customer, one.product.clone());
    b.again.total_cmp(&a.again).then_with(|| rest(a).cmp(&rest(b)))
}
