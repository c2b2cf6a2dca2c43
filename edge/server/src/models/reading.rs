//! Reading lessons from everybody's history: who of how many, as of which instants.

use std::sync::atomic::{AtomicU64, Ordering};

use facts::{Calendar, History, Timestamp};
use lessons::{Cell, Gaze, Holds, Known, Lessons, Outcome, instants};

use crate::{
    host::App,
    models::{Run, Stage, Stop},
};

/// More rows are not gathered: a part of the customers is drawn.
const ROWS_MOST: usize = 40_000;
/// Lessons are taken at so many instants.
const LESSONS: usize = 4;

/// What is looked at in this workspace; what says the outcome itself is hidden.
pub(crate) fn gaze_of(app: &App, hidden: &[String]) -> Gaze {
    let names = app.store.names();
    let events = names.events.iter().map(|event| {
        let numbers = event.properties.iter().filter(|one| one.kind == store::Kind::Number);
        Known::Event {
            name: event.name.to_string(),
            events: event.events,
            number: numbers.max_by_key(|one| one.events).map(|one| one.key.to_string()),
        }
    });
    let attributes = names.attributes.iter().map(|attribute| Known::Attribute {
        key: attribute.key.to_string(),
        filled: attribute.filled,
        holds: match attribute.kind {
            store::Kind::Number => Holds::Numbers,
            store::Kind::Date => Holds::Days,
            store::Kind::Text | store::Kind::Bool => Holds::Words,
        },
    });
    Gaze::new(events.chain(attributes).collect(), hidden)
}

/// Rows of everybody who is asked about, in the order of their numbers.
type Rows = Vec<(u32, Timestamp, bool, Vec<Cell>)>;

/// What was read.
pub(super) struct Read {
    pub(super) rows: Rows,
    pub(super) lessons: Vec<Timestamp>,
    pub(super) customers: u64,
    pub(super) drawn: u64,
}

impl Read {
    /// The lessons as a table.
    pub(super) fn table(self, gaze: &Gaze) -> (forecast::propensity::Table, (usize, usize)) {
        let mut lessons = Lessons::new(gaze);
        for (customer, at, came, row) in self.rows {
            lessons.add(customer, at, came, &row);
        }
        let counted = lessons.rows;
        (lessons.finish(), counted)
    }
}

/// Whether a customer is among one in so many, drawn by number and seed; the same ever after.
pub(super) fn is_drawn(customer: u32, seed: u64, one_in: u64) -> bool {
    let mut mixed = u64::from(customer) ^ seed.rotate_left(32);
    for _ in 0..3 {
        mixed = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^= mixed >> 29;
    }
    mixed.is_multiple_of(one_in.max(1))
}

/// How many are known, for progress and for drawing.
pub(crate) fn everybody_at(app: &App) -> Result<(u64, Timestamp), Stop> {
    let live = app.live()?;
    Ok((live.engine.known().len(), live.at))
}

/// Reads rows as of past instants, each with what came of it.
pub(super) fn lessons(
    app: &App,
    run: &Run,
    gaze: &Gaze,
    outcome: &Outcome,
    (horizon_days, seed): (u32, u64),
) -> Result<Read, Stop> {
    let (customers, now) = everybody_at(app)?;
    let wanted = instants(now, horizon_days, LESSONS, None);
    let one_in = (customers * wanted.len() as u64).div_ceil(ROWS_MOST as u64).max(1);
    let (rows, drawn) = each(app, run, customers, |customer, history, rows: &mut Rows| {
        if !is_drawn(customer, seed, one_in) {
            return;
        }
        for at in wanted.iter().filter(|at| outcome.is_asked(history, **at)) {
            let came = outcome.came(history, *at, horizon_days);
            rows.push((customer, *at, came, gaze.row(history, *at)));
        }
    })?;
    let mut lessons: Vec<Timestamp> = rows.iter().map(|(_, at, ..)| *at).collect();
    lessons.sort_unstable();
    lessons.dedup();
    Ok(Read { rows, lessons, customers, drawn: drawn / one_in.max(1) })
}

/// Reads a row of everybody as of now, with whether they are listed; of the others a part is drawn.
pub(super) fn now(
    app: &App,
    run: &Run,
    gaze: &Gaze,
    listed: &roaring::RoaringBitmap,
    seed: u64,
) -> Result<Read, Stop> {
    let (customers, now) = everybody_at(app)?;
    let one_in = customers.div_ceil(ROWS_MOST as u64).max(1);
    let (rows, _) = each(app, run, customers, |customer, history, rows: &mut Rows| {
        let is_listed = listed.contains(customer);
        let is_known = history.known_since().is_some_and(|since| since <= now);
        if is_known && (is_listed || is_drawn(customer, seed, one_in)) {
            rows.push((customer, now, is_listed, gaze.row(history, now)));
        }
    })?;
    let drawn = rows.len() as u64;
    Ok(Read { rows, lessons: vec![now], customers, drawn })
}

/// Shows every history to `look`, in several threads, with progress; what is found comes in the order of numbers.
fn each<T: Send>(
    app: &App,
    run: &Run,
    customers: u64,
    look: impl Fn(u32, &History, &mut Vec<T>) + Sync,
) -> Result<(Vec<T>, u64), Stop> {
    run.at(Stage::Reading, 0, customers);
    let read = AtomicU64::new(0);
    let pieces = app.over_everybody(&run.gone(), Vec::new, |rows, customer, history| {
        look(customer, history, rows);
        let n = read.fetch_add(1, Ordering::Relaxed) + 1;
        if n.is_multiple_of(1_000) {
            run.at(Stage::Reading, n, customers);
        }
    })?;
    run.check()?;
    Ok((pieces.into_iter().flatten().collect(), read.load(Ordering::Relaxed)))
}

/// The number of a local day since 1970.
pub(crate) fn day_number(calendar: &Calendar, at: Timestamp) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch.until(calendar.date(at)).map_or(0, |span| span.get_days())
}
