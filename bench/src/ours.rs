//! Our side of the comparison: all segments over all customers of a folder, to bitmaps, checked.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use facts::Calendar;
use kernel::Plan;
use roaring::RoaringBitmap;
use store::{Asked, Options, Store, Watch};

use crate::{
    expected::{check, checks, differences},
    figures::{Figure, short},
    load::told,
    machine, segments,
    workload::{Files, Form, NOW, Size},
};

/// What one evaluation took.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub(crate) struct Took {
    pub(crate) wall: Duration,
    pub(crate) cpu: Duration,
}

/// Evaluations of the same segments, and the memory of the process that did nothing else.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Evaluated {
    /// In the order in which they ran; the first one finds the memory empty.
    pub(crate) runs: Vec<Took>,
    pub(crate) memberships: u64,
    /// Segments whose members are not those expected.
    pub(crate) wrong: Vec<usize>,
    pub(crate) peak_mb: u64,
    /// Memory before the first evaluation.
    pub(crate) idle_mb: u64,
}

impl Evaluated {
    /// The run in the middle.
    pub(crate) fn median(&self) -> Took {
        let mut runs = self.runs.clone();
        runs.sort();
        runs.get(runs.len() / 2)
            .copied()
            .unwrap_or(Took { wall: Duration::ZERO, cpu: Duration::ZERO })
    }
}

impl Evaluated {
    pub(crate) fn figures(&self, n: usize) -> Vec<Figure> {
        let row = |(place, run): (usize, &Took)| Figure {
            what: format!("full evaluation of {n} segments, run {}", place + 1),
            value: format!("{}, {:.2} CPU s", short(run.wall), run.cpu.as_secs_f64()),
            how: format!(
                "{} memberships; {} segments not as expected; memory {} MB before, {} MB at most",
                self.memberships,
                self.wrong.len(),
                self.idle_mb,
                self.peak_mb
            ),
        };
        self.runs.iter().enumerate().map(row).collect()
    }

    /// # Errors
    /// Names the segments whose members are not those expected.
    pub(crate) fn check(&self) -> Result<(), String> {
        match self.wrong.len() {
            0 => Ok(()),
            n => Err(format!(
                "{n} segments have other members than expected, first of all {:?}",
                &self.wrong[..n.min(20)]
            )),
        }
    }
}

/// Evaluates the first `n` segments `runs` times.
pub(crate) fn measure(
    files: &Files,
    size: Size,
    form: Form,
    n: usize,
    runs: usize,
) -> Result<Evaluated, String> {
    let store = open(&files.firm(form))?;
    let plan = Plan::new(segments::conditions(n, form)?).map_err(|faults| format!("{faults:?}"))?;
    let expected = checks(size, n)?;
    let mut evaluated = Evaluated {
        runs: vec![],
        memberships: 0,
        wrong: vec![],
        peak_mb: 0,
        idle_mb: machine::memory("self"),
    };
    for _ in 0..runs {
        let (began, before) = (Instant::now(), machine::cpu("self", false));
        let members = evaluate(&store, &plan)?;
        evaluated.runs.push(Took {
            wall: began.elapsed(),
            cpu: machine::cpu("self", false).saturating_sub(before),
        });
        evaluated.peak_mb = machine::peak_memory("self");
        evaluated.memberships = members.iter().map(RoaringBitmap::len).sum();
        let found: Vec<_> = members.iter().map(check).collect();
        evaluated.wrong = differences(&found, &expected);
    }
    Ok(evaluated)
}

/// The folder, opened to be read and left as it is.
pub(crate) fn open(folder: &Path) -> Result<Store, String> {
    let options = Options { tidy_by_hand: true, ..Options::default() };
    Store::open(folder, options, &Watch::NONE).map_err(told)
}

/// The members of every segment of the plan, by customer number, on all cores.
pub(crate) fn evaluate(store: &Store, plan: &Plan) -> Result<Vec<RoaringBitmap>, String> {
    let calendar = Calendar::japan();
    let segments = (0..plan.segments().len()).collect();
    let asked = Asked { plan, segments, at: NOW, calendar: &calendar };
    let members = store.members(&[asked], machine::cores(), &Watch::NONE).map_err(told)?;
    Ok(members.into_iter().flat_map(|found| found.of).collect())
}
