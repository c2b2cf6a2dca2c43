//! Makes the workload from a seed: customers of very different activity, their events over one year, and the files
//! that every engine reads.
//!
//! Activity falls off by Zipf's law, eight of a hundred customers did nothing, some grow, some fade, some left. Events
//! come in visits of a few minutes; one in twenty arrives up to two days late. Times are unique for each customer.

mod files;

use facts::{Millis, Timestamp};

use crate::{
    dice::{Dice, Zipf},
    workload::{Files, JAPAN, KINDS, NOW, PURCHASED},
};
use files::EventFile;

/// The oldest events are so old.
const YEAR: Millis = 365 * Timestamp::DAY;
/// Nobody has more events than this.
const MOST_EVENTS: f64 = 20_000.0;

/// How often each kind of event comes, for four kinds of customer: those who browse, buy, use and read.
const HABITS: [[f64; 12]; 4] = [
    [14.0, 38.0, 2.0, 12.0, 4.0, 3.0, 1.0, 0.5, 20.0, 0.7, 4.0, 0.8],
    [10.0, 50.0, 1.0, 8.0, 3.0, 6.0, 0.5, 0.2, 8.0, 0.2, 12.0, 0.3],
    [18.0, 15.0, 3.0, 10.0, 3.0, 1.0, 2.0, 0.8, 44.0, 1.5, 0.5, 1.5],
    [3.0, 25.0, 6.0, 45.0, 10.0, 0.6, 0.3, 0.6, 2.0, 2.0, 1.5, 3.0],
];

/// Who a customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Customer {
    pub(crate) age: u8,
    pub(crate) gender: u8,
    pub(crate) prefecture: u8,
    pub(crate) industry: u8,
    pub(crate) plan: u8,
    pub(crate) created: Timestamp,
}

/// One event of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) arrived: Timestamp,
    pub(crate) at: Timestamp,
    pub(crate) customer: u32,
    pub(crate) amount: i32,
    pub(crate) item: u16,
    pub(crate) kind: u8,
}

/// Writes the three files; gives how many events there are.
pub(crate) fn generate(customers: u32, events: u64, to: &Files) -> Result<u64, String> {
    std::fs::create_dir_all(to.folder()).map_err(|fault| fault.to_string())?;
    let world = World::new(customers, events);
    let mut by_customer = EventFile::create(&to.by_customer())?;
    let mut all: Vec<Row> = Vec::with_capacity(events as usize + events as usize / 50);
    let (mut people, mut own) = (vec![], vec![]);
    for customer in 0..customers {
        people.push(world.live(customer, &mut own));
        own.iter().for_each(|row| by_customer.push(row));
        all.extend_from_slice(&own);
        by_customer.end_group_when_full()?;
    }
    by_customer.close()?;
    files::write_customers(&to.customers(), &people)?;
    all.sort_unstable_by_key(|row| (row.arrived, row.customer, row.at));
    let mut by_arrival = EventFile::create(&to.by_arrival())?;
    for row in &all {
        by_arrival.push(row);
        by_arrival.end_group_when_full()?;
    }
    by_arrival.close()?;
    Ok(all.len() as u64)
}

/// What the lives of all customers are drawn from.
struct World {
    activity: Vec<f64>,
    items: Vec<Zipf>,
    prefectures: Zipf,
    /// For each habit the share of all kinds of event up to each.
    habits: Vec<Vec<f64>>,
}

impl World {
    fn new(customers: u32, events: u64) -> World {
        let habits = HABITS.iter().map(|weights| {
            let (sum, mut up_to) = (weights.iter().sum::<f64>(), 0.0);
            let shares = weights.iter().map(|weight| {
                up_to += weight / sum;
                up_to
            });
            shares.collect()
        });
        World {
            activity: activity(customers, events),
            items: KINDS.iter().map(|kind| Zipf::new(kind.items, 0.9)).collect(),
            prefectures: Zipf::new(47, 0.8),
            habits: habits.collect(),
        }
    }

    /// One customer, and in `rows` all that they did, in order of time.
    fn live(&self, customer: u32, rows: &mut Vec<Row>) -> Customer {
        let mut dice = Dice::new(1_000_000 + u64::from(customer));
        let who = self.who(&mut dice);
        let wanted = {
            let wanted = self.activity[customer as usize];
            let whole = wanted.floor();
            whole as usize + usize::from(dice.part() < wanted - whole)
        };
        let start = who.created.max(NOW.minus(YEAR));
        let stays = NOW.since(start) as f64;
        let end = if dice.part() < 0.35 { start.plus((stays * dice.part()) as i64) } else { NOW };
        let growth = dice.one_of(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 2.0, 2.0]);
        let habit = &self.habits[dice.one_of(&[0_usize, 0, 0, 1, 1, 2, 2, 3])];
        rows.clear();
        while rows.len() < wanted {
            let begins = visit(&mut dice, start, end, growth);
            self.act(&mut dice, habit, customer, (start, begins), wanted, rows);
        }
        rows.sort_by_key(|row| row.at);
        make_times_unique(rows);
        who
    }

    fn who(&self, dice: &mut Dice) -> Customer {
        Customer {
            age: (18.0 + (dice.part() + dice.part()) * 36.0) as u8,
            gender: if dice.part() < 0.03 { 2 } else { dice.below(2) as u8 },
            // The thirteenth is Tokyo, where most people live.
            prefecture: ((self.prefectures.draw(dice) + 12) % 47 + 1) as u8,
            industry: dice.below(20) as u8,
            plan: dice.one_of(&[0, 0, 0, 1, 1, 2, 2, 3, 4]),
            created: {
                let age = dice.part().powf(1.3) * 1095.0 * Timestamp::DAY as f64;
                NOW.minus(age as i64).minus(1)
            },
        }
    }

    /// The events of one visit; `first` is the customer's beginning, and when the visit was drawn and begins.
    fn act(
        &self,
        dice: &mut Dice,
        habit: &[f64],
        customer: u32,
        (start, (drawn, begins)): (Timestamp, (Timestamp, Timestamp)),
        wanted: usize,
        rows: &mut Vec<Row>,
    ) {
        let mut at = begins;
        loop {
            if at < start || NOW < at {
                at = drawn;
            }
            let share = dice.part();
            let kind = habit.partition_point(|up_to| *up_to < share).min(KINDS.len() - 1);
            let item = self.items[kind].draw(dice);
            let amount = if kind == usize::from(PURCHASED) { price(dice) } else { 0 };
            let late = if dice.below(20) == 0 {
                dice.below(2 * Timestamp::DAY as u64)
            } else {
                dice.below(2_000)
            };
            let arrived = at.plus(late as i64);
            rows.push(Row { arrived, at, customer, amount, item, kind: kind as u8 });
            if wanted <= rows.len() || dice.below(6) == 0 {
                return;
            }
            at = at.plus(1_000 + dice.below(300_000) as i64);
        }
    }
}

/// How many events each customer has, not rounded.
fn activity(customers: u32, events: u64) -> Vec<f64> {
    let mut dice = Dice::new(42);
    let mut order: Vec<u32> = (0..customers).collect();
    for place in (1..order.len()).rev() {
        order.swap(place, dice.below(place as u64 + 1) as usize);
    }
    let mut weights = vec![0.0; order.len()];
    for (rank, customer) in order.iter().enumerate() {
        let idle = dice.part() < 0.08;
        weights[*customer as usize] =
            if idle { 0.0 } else { ((rank + 1) as f64).powf(-0.8) * (0.5 + dice.part()) };
    }
    let events = events as f64;
    let mut scale = events / weights.iter().sum::<f64>();
    // The few at the limit leave something to the others, again and again a little less.
    for _ in 0..20 {
        let sum: f64 = weights.iter().map(|weight| (weight * scale).min(MOST_EVENTS)).sum();
        scale *= events / sum;
    }
    weights.into_iter().map(|weight| (weight * scale).min(MOST_EVENTS)).collect()
}

/// When a visit was drawn, and when it begins: at a waking hour of that day in Japan.
fn visit(dice: &mut Dice, start: Timestamp, end: Timestamp, growth: f64) -> (Timestamp, Timestamp) {
    let even = dice.part();
    // Below one, visits gather towards the end; above one, towards the beginning.
    let part = match growth {
        1.0 => even,
        2.0 => even * even,
        _ => even.sqrt(),
    };
    let drawn = start.plus((end.since(start) as f64 * part) as i64);
    let local = drawn.millis() + JAPAN;
    let midnight = local.div_euclid(Timestamp::DAY) * Timestamp::DAY - JAPAN;
    let hour = 7.0 + 17.0 * (dice.part() + dice.part()) / 2.0;
    let begins = midnight + (hour * Timestamp::HOUR as f64) as i64 + dice.below(60_000) as i64;
    (drawn, Timestamp::from_millis(begins))
}

fn price(dice: &mut Dice) -> i32 {
    let spread = dice.part() + dice.part() + dice.part() - 1.5;
    ((3_000.0 * (spread * 2.2).exp()) as i32 / 10 + 50) * 10
}

/// From the last to the first, each at least a millisecond before the next and none after now.
fn make_times_unique(rows: &mut [Row]) {
    let mut latest = NOW;
    for row in rows.iter_mut().rev() {
        row.at = row.at.min(latest);
        row.arrived = row.arrived.max(row.at);
        latest = row.at.minus(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lives_are_in_order_and_never_after_now() {
        let world = World::new(2_000, 100_000);
        let (mut rows, mut n) = (vec![], 0);
        for customer in 0..2_000 {
            world.live(customer, &mut rows);
            n += rows.len();
            assert!(rows.windows(2).all(|two| two[0].at < two[1].at));
            assert!(rows.iter().all(|row| row.at <= NOW && row.at <= row.arrived));
            let bought = |row: &Row| row.kind == PURCHASED;
            assert!(rows.iter().all(|row| bought(row) == (0 < row.amount)));
        }
        assert!(n.abs_diff(100_000) < 300, "{n} events were drawn where 100,000 were asked for");
    }
}
