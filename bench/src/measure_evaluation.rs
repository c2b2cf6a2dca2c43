//! Full evaluation: a hundred segments over every history in the store, members as bitmaps.

use std::{path::Path, time::Instant};

use facts::Calendar;
use kernel::{Plan, Scratch};
use roaring::RoaringBitmap;
use store::{Options, Store, Watch};

use crate::{Figure, Size, firm, machine, segments};

const SEGMENTS: usize = 100;

pub(crate) fn measure(folder: &Path, size: &Size) -> Result<Vec<Figure>, String> {
    let store =
        Store::open(folder, Options::default(), &Watch::NONE).map_err(|fault| fault.to_string())?;
    fill(&store, size)?;
    let plan =
        Plan::new(segments::conditions(SEGMENTS)?).map_err(|faults| format!("{faults:?}"))?;
    let calendar = Calendar::japan();
    let mut best = None;
    let mut members = 0;
    for _ in 0..3 {
        let (began, before) = (Instant::now(), machine::cpu("self", false));
        members = evaluate(&store, &plan, &calendar)?;
        let run = (began.elapsed(), machine::cpu("self", false).saturating_sub(before));
        best = best.min(Some(run)).or(Some(run));
    }
    let (wall, cpu) = best.ok_or("nothing was measured")?;
    store.close().map_err(|fault| fault.to_string())?;
    Ok(vec![Figure {
        what: format!(
            "full evaluation: {SEGMENTS} segments x {} customers x {} events",
            size.customers, size.events
        ),
        value: format!("{:.2} s, {:.1} CPU s", wall.as_secs_f64(), cpu.as_secs_f64()),
        detail: format!(
            "from the store on disk to bitmaps, best of 3, {members} memberships; {} distinct questions",
            plan.n_nodes()
        ),
    }])
}

fn fill(store: &Store, size: &Size) -> Result<(), String> {
    let fault = |fault: store::StoreError| fault.to_string();
    let mut staged = store.begin_import("bench", "bench", firm::NOW).map_err(fault)?;
    for fact in firm::customers(size.customers).chain(firm::events(size.customers, size.events)) {
        staged.add(&fact).map_err(fault)?;
    }
    staged.commit(&Watch::NONE).map_err(fault).map(|_| ())
}

fn evaluate(store: &Store, plan: &Plan, calendar: &Calendar) -> Result<u64, String> {
    let n = plan.segments().len();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = store
        .scan(
            threads,
            &Watch::NONE,
            || (Scratch::default(), vec![RoaringBitmap::new(); n]),
            |(scratch, members), customer, history| {
                for (number, reading) in
                    plan.evaluate(history, firm::NOW, calendar, scratch).iter().enumerate()
                {
                    if reading.value {
                        members[number].insert(customer.0);
                    }
                }
            },
        )
        .map_err(|fault| fault.to_string())?;
    Ok(parts.iter().flat_map(|(_, members)| members).map(RoaringBitmap::len).sum())
}
