//! Live, in this process: a week of events of twenty thousand customers, each judged as it comes, and what turns by
//! time alone between them. No disk and no network; `ingest` measures those.

use std::{collections::BTreeMap, time::Instant};

use engine::{Engine, Look, Rules, Sheet, Wanted};
use facts::{Calendar, Fact, History, HistoryBuilder, Millis, Stamp, Timestamp};
use kernel::{Scratch, Trace, Working};
use store::CustomerNo;

use crate::{
    figures::{Figure, Times, short},
    generate::Row,
    load::{Facts, each_row, told},
    machine, ours, segments,
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
    traces: BTreeMap<u32, Trace>,
    /// How many questions were asked, and how many of them of histories.
    asked: (u64, u64),
    scratch: Scratch,
    working: Working,
    sheet: Sheet,
    changes: u64,
}

/// Measures with so many segments.
pub(crate) fn measure(files: &Files, size: Size, n: usize) -> Result<Vec<Figure>, String> {
    let one_in = size.customers() / CUSTOMERS;
    let mut world = World::of(files, n, one_in)?;
    let coming = coming(files, one_in)?;
    let mut facts = Facts::of(Form::Plain)?;
    let (began, had) = (Instant::now(), machine::thread_cpu());
    let (mut events, mut lapses) = (Times::default(), Times::default());
    world.changes = 0;
    for (place, row) in coming.iter().enumerate() {
        world.pass_time(row.arrived, &mut lapses);
        let fact = facts.fact(row);
        let stamp =
            Stamp { at: fact.at, known: row.arrived, seq: u64::MAX / 2 + place as u64, batch: 1 };
        if let Some(history) = world.histories.get_mut(&row.customer) {
            history.learn(&fact, stamp);
        }
        let began = Instant::now();
        world.learn(row.customer, &fact, stamp, row.arrived);
        events.push(began.elapsed());
    }
    let changes = world.changes;
    let end = NOW.plus(SPAN);
    // What the clock brings at the end counts, too.
    world.pass_time(end.plus(1), &mut lapses);
    let share = (machine::thread_cpu() - had).as_secs_f64() / began.elapsed().as_secs_f64();
    world.check(end)?;
    Ok(figures((size, n, changes, world.asked), share, events, lapses))
}

/// `share` is the part of the time in which the thread had a core; sums are of that time.
fn figures(
    (size, n, changes, asked): (Size, usize, u64, (u64, u64)),
    share: f64,
    mut events: Times,
    mut lapses: Times,
) -> Vec<Figure> {
    let scene = format!("{n} segments, histories of a firm with {} events", size.events_drawn());
    let of_million = 1_000_000.0 / f64::from(CUSTOMERS) / (SPAN / Timestamp::DAY) as f64;
    vec![
        Figure {
            what: format!("one event judged in memory, one core, {scene}"),
            value: format!(
                "{:.0} events a CPU s; {}",
                events.len() as f64 / events.sum().as_secs_f64() / share,
                events.told()
            ),
            how: format!(
                "{} events of {CUSTOMERS} customers in a week, {changes} changes of membership; {} questions asked in all, {} of \
                 them of histories; at the end every membership is compared with a new evaluation",
                events.len(),
                asked.0,
                asked.1
            ),
        },
        Figure {
            what: format!("time alone, {scene}"),
            value: format!(
                "{:.1} CPU s a day for a million customers; one look {}",
                lapses.sum().as_secs_f64() * share * of_million,
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
            traces: BTreeMap::new(),
            asked: (0, 0),
            scratch: Scratch::default(),
            working: Working::default(),
            sheet: Sheet::default(),
            changes: 0,
        };
        let mut builder = HistoryBuilder::new();
        for customer in (0..store.numbers_end()).step_by(one_in as usize) {
            store.history(CustomerNo(customer), &mut builder).map_err(told)?;
            let history = builder.finish();
            world.traces.insert(customer, world.rules.trace(history, NOW));
            world.histories.insert(customer, history.clone());
            world.ask(customer, NOW, Wanted::Everything);
        }
        Ok(world)
    }

    fn learn(&mut self, customer: u32, fact: &Fact, stamp: Stamp, at: Timestamp) {
        if let Some(trace) = self.traces.get_mut(&customer) {
            self.rules.learn(trace, fact, stamp);
        }
        let wanted = self.engine.touched(&self.rules, customer, [fact], &mut self.sheet);
        self.ask(customer, at, wanted);
    }

    /// Everything that lapses before an instant.
    fn pass_time(&mut self, until: Timestamp, times: &mut Times) {
        while let Some(next) = self.engine.wake_at().filter(|next| *next < until) {
            for (at, customer) in self.engine.due(next, usize::MAX) {
                let began = Instant::now();
                let wanted = self.engine.lapsed(customer, at);
                self.ask(customer, at, wanted);
                times.push(began.elapsed());
            }
        }
    }

    fn ask(&mut self, customer: u32, at: Timestamp, wanted: Wanted) {
        let Some(trace) = self.traces.get(&customer) else { return };
        let (answers, rest) = self.rules.ask_trace(trace, at, &wanted, &mut self.sheet);
        let answers = match self.histories.get(&customer) {
            Some(history) if !rest.is_empty() => {
                self.rules.ask_rest(answers, &rest, history, &mut self.scratch)
            }
            _ => answers,
        };
        self.asked.0 += answers.n() as u64;
        self.asked.1 += rest.len() as u64;
        let placement = self.engine.decide(&self.rules, customer, &answers, &mut self.working);
        self.changes += placement.changes.len() as u64;
        self.engine.place(&placement, Look::AsBefore);
        self.sheet.wipe(wanted, answers);
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
