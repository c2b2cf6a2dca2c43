//! Live, in this process: a week of events of twenty thousand customers, each judged as it comes, and what turns by
//! time alone between them. No disk and no network; `ingest` measures those.

use std::{collections::BTreeMap, time::Instant};

use engine::{Engine, Look, Rules, Wanted};
use facts::{Calendar, Fact, History, HistoryBuilder, Millis, Stamp, Timestamp};
use kernel::{Scratch, Working};
use store::CustomerNo;

use crate::{
    figures::{Figure, Times, short},
    generate::Row,
    load::{Facts, each_row, told},
    ours, segments,
    workload::{Files, Form, NOW, Size},
};

/// So many customers are looked at, spread evenly over all.
const CUSTOMERS: u32 = 20_000;
/// The events of the last days come again, so many days later.
const SPAN: Millis = 7 * Timestamp::DAY;

/// Everything that lives.
struct World {
    rules: Rules,
    engine: Engine,
    histories: BTreeMap<u32, History>,
    scratch: Scratch,
    working: Working,
    changes: u64,
}

/// Measures with so many segments.
pub(crate) fn measure(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let one_in = size.customers() / CUSTOMERS;
    let mut world = World::of(files, n, one_in)?;
    let coming = coming(files, one_in)?;
    let mut facts = Facts::of(Form::Plain)?;
    let (mut events, mut lapses) = (Times::default(), Times::default());
    world.changes = 0;
    for (place, row) in coming.iter().enumerate() {
        world.pass_time(row.arrived, &mut lapses);
        let fact = facts.fact(row);
        let stamp =
            Stamp { at: fact.at, known: row.arrived, seq: u64::MAX / 2 + place as u64, batch: 1 };
        let began = Instant::now();
        world.learn(row.customer, &fact, stamp, row.arrived);
        events.push(began.elapsed());
    }
    let changes = world.changes;
    let end = NOW.plus(SPAN);
    // What the clock brings at the end counts, too.
    world.pass_time(end.plus(1), &mut lapses);
    world.check(end)?;
    Ok(figures(size, n, changes, events, lapses))
}

fn figures(
    size: Size,
    n: usize,
    changes: u64,
    mut events: Times,
    mut lapses: Times,
) -> Vec<Figure> {
    let scene = format!("{n} segments, histories of a firm with {} events", size.events_drawn());
    let of_million = 1_000_000.0 / f64::from(CUSTOMERS) / (SPAN / Timestamp::DAY) as f64;
    vec![
        Figure {
            what: format!("one event judged in memory, one core, {scene}"),
            value: format!(
                "{:.0} events/s; {}",
                events.len() as f64 / events.sum().as_secs_f64(),
                events.told()
            ),
            how: format!(
                "{} events of {CUSTOMERS} customers in a week, {changes} changes of membership; at the end every membership is \
                 compared with a new evaluation",
                events.len()
            ),
        },
        Figure {
            what: format!("time alone, {scene}"),
            value: format!(
                "{:.1} s of one core a day for a million customers; one look {}",
                lapses.sum().as_secs_f64() * of_million,
                lapses.told()
            ),
            how: format!(
                "{} looks at customers at the millisecond at which something lapsed, in that week; {} in all",
                lapses.len(),
                short(lapses.sum())
            ),
        },
    ]
}

/// The events that come: those of the last week again, a week later, in the order in which they arrive.
fn coming(files: &Files, one_in: u32) -> Result<Vec<Row>, String> {
    let mut rows = vec![];
    each_row(&files.by_arrival(), |row| {
        if row.customer.is_multiple_of(one_in) && NOW.minus(SPAN) < row.at {
            let at = row.at.plus(SPAN);
            rows.push(Row { at, arrived: at, ..*row });
        }
        Ok(())
    })?;
    // The file does not say when a row arrived; what came before in it arrived no later.
    let mut latest = NOW;
    for row in &mut rows {
        latest = latest.max(row.at);
        row.arrived = latest;
    }
    rows.retain(|row| row.arrived <= NOW.plus(SPAN));
    Ok(rows)
}

impl World {
    /// Everybody as they are now.
    fn of(files: &Files, n: usize, one_in: u32) -> Result<World, String> {
        let store = ours::open(&files.firm(Form::Plain))?;
        let conditions = segments::conditions(n, Form::Plain)?;
        let rules = Rules::new(conditions, vec![], Calendar::japan())
            .map_err(|faults| format!("{faults:?}"))?;
        let mut world = World {
            engine: Engine::new(&rules),
            rules,
            histories: BTreeMap::new(),
            scratch: Scratch::default(),
            working: Working::default(),
            changes: 0,
        };
        let mut builder = HistoryBuilder::new();
        for customer in (0..store.numbers_end()).step_by(one_in as usize) {
            store.history(CustomerNo(customer), &mut builder).map_err(told)?;
            world.histories.insert(customer, builder.finish().clone());
            world.ask(customer, NOW, &Wanted::Everything);
        }
        Ok(world)
    }

    fn learn(&mut self, customer: u32, fact: &Fact, stamp: Stamp, at: Timestamp) {
        if let Some(history) = self.histories.get_mut(&customer) {
            history.learn(fact, stamp);
        }
        let wanted = self.engine.touched(&self.rules, customer, [fact]);
        self.ask(customer, at, &wanted);
    }

    /// Everything that lapses before an instant.
    fn pass_time(&mut self, until: Timestamp, times: &mut Times) {
        while let Some(next) = self.engine.wake_at().filter(|next| *next < until) {
            for (at, customer) in self.engine.due(next, usize::MAX) {
                let began = Instant::now();
                let wanted = self.engine.lapsed(customer, at);
                self.ask(customer, at, &wanted);
                times.push(began.elapsed());
            }
        }
    }

    fn ask(&mut self, customer: u32, at: Timestamp, wanted: &Wanted) {
        let Some(history) = self.histories.get(&customer) else { return };
        let answers = self.rules.ask(history, at, wanted, &mut self.scratch);
        let placement = self.engine.decide(&self.rules, customer, &answers, &mut self.working);
        self.changes += placement.changes.len() as u64;
        self.engine.place(&placement, Look::AsBefore);
    }

    /// # Errors
    /// When a membership is not what a new evaluation says.
    fn check(&mut self, at: Timestamp) -> Result<(), String> {
        let (plan, calendar) = (self.rules.plan(), self.rules.calendar());
        for (customer, history) in &self.histories {
            let readings = plan.evaluate(history, at, calendar, &mut self.scratch);
            for (segment, reading) in readings.iter().enumerate() {
                if reading.value != self.engine.members(segment).contains(*customer) {
                    return Err(format!(
                        "customer {customer} should{} be in segment {segment}",
                        if reading.value { "" } else { " not" }
                    ));
                }
            }
        }
        Ok(())
    }
}
