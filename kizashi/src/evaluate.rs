//! Segments over plain files: a folder that is thrown away takes the files in, the kernel answers, members come out.

use std::{path::PathBuf, process::ExitCode, sync::atomic::AtomicBool};

use condition::{Words, say_condition};
use facts::{Calendar, Timestamp};
use kernel::{Plan, Scratch};
use segments::Segment;
use store::{CustomerNo, Store, Watch};

use crate::{
    args, interrupt, members,
    plain_files::PlainFiles,
    screen::{Failure, Screen, follow},
    segment_files,
};

pub(crate) fn evaluate(given: &args::Evaluate, screen: &Screen) -> Result<ExitCode, Failure> {
    let calendar = Calendar::new(&given.zone).map_err(Failure::of)?;
    let at = moment(given.at.as_deref(), &calendar)?;
    let segments = segment_files::checked(&given.segments)?;
    let compiled =
        segments.iter().map(|segment| (segment.id.clone(), segment.condition.clone())).collect();
    let plan = Plan::new(compiled).map_err(|faults| Failure::of(format!("{faults:?}")))?;
    let stop = interrupt::flag()?;
    let work = Work { given, calendar: &calendar, at, stop: &stop, screen };
    // What broke off because it was told to is told in our words, whatever step it was in.
    work.run(&segments, &plan)
        .map_err(|failure| interrupt::check(&stop).err().unwrap_or(failure))?;
    Ok(ExitCode::SUCCESS)
}

/// What is to be done, and the flag that ends it early.
struct Work<'a> {
    given: &'a args::Evaluate,
    calendar: &'a Calendar,
    at: Timestamp,
    stop: &'a AtomicBool,
    screen: &'a Screen,
}

impl Work<'_> {
    fn run(&self, segments: &[Segment], plan: &Plan) -> Result<(), Failure> {
        let Work { given, screen, .. } = self;
        std::fs::create_dir_all(&given.out).map_err(|fault| Failure::file(&given.out, fault))?;
        let work = WorkFolder::within(&given.out)?;
        let files = PlainFiles {
            customers: &given.customers,
            events: &given.events,
            memory: given.memory.memory,
            calendar: self.calendar,
            at: self.at,
            stop: self.stop,
            screen,
        };
        let (store, rejected) = files.take(&work.0)?;
        let found = self.judge(&store, plan)?;
        interrupt::check(self.stop)?;
        members::write(&given.out, given.format, segments, &found, &store)?;
        tell(segments, &found, store.customers_n(), self.at, rejected, screen);
        Ok(())
    }

    fn judge(&self, store: &Store, plan: &Plan) -> Result<Found, Failure> {
        let bar = self.screen.bar(self.screen.say("評価", "evaluating"));
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let n = plan.segments().len();
        let parts = store.scan(
            threads,
            &Watch { progress: Some(&follow(&bar)), cancel: Some(self.stop) },
            || (Scratch::default(), vec![vec![]; n]),
            |(scratch, found): &mut (Scratch, Found), customer, history| {
                let readings = plan.evaluate(history, self.at, self.calendar, scratch);
                for (number, reading) in readings.iter().enumerate() {
                    if reading.value {
                        found[number].push((customer, reading.holds_until));
                    }
                }
            },
        )?;
        bar.finish_and_clear();
        let mut all: Found = vec![vec![]; n];
        for (_, part) in parts {
            for (members, more) in all.iter_mut().zip(part) {
                members.extend(more);
            }
        }
        Ok(all)
    }
}

/// The members of every segment, by number, each with the instant at which that may change.
pub(crate) type Found = Vec<Vec<(CustomerNo, Option<Timestamp>)>>;

/// The instant asked for, where a day alone means its beginning in the calendar's zone.
pub(crate) fn moment(given: Option<&str>, calendar: &Calendar) -> Result<Timestamp, Failure> {
    match given.and_then(|text| text.trim().parse().ok()) {
        Some(day) => Ok(calendar.start_of(day)),
        None => instant(given),
    }
}

/// The instant asked for, or the machine's.
pub(crate) fn instant(given: Option<&str>) -> Result<Timestamp, Failure> {
    match given {
        Some(text) => Timestamp::parse(text).map_err(|fault| {
            Failure::new(
                format!("`{text}` は時点として読めません。`2026-11-21T09:00:00+09:00` のように書いてください"),
                fault.to_string(),
            )
        }),
        None => Ok(now()),
    }
}

/// The machine's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_millis(jiff::Timestamp::now().as_millisecond())
}

fn tell(
    segments: &[Segment],
    found: &Found,
    total: u64,
    at: Timestamp,
    rejected: u64,
    screen: &Screen,
) {
    if screen.json {
        let rows: Vec<serde_json::Value> = segments
            .iter()
            .zip(found)
            .map(|(segment, members)| serde_json::json!({ "segment": segment.id.as_str(), "count": members.len() }))
            .collect();
        let whole = serde_json::json!({ "at": at.to_string(), "customers": total, "rejected_rows": rejected, "segments": rows });
        return screen.json(&whole);
    }
    for (segment, members) in segments.iter().zip(found) {
        let name = segment.name.get(screen.language);
        let sentence = say_condition(&segment.condition, screen.language, &Words::plain());
        screen.line(format!("{:>10}  {}  {name}: {sentence}", members.len(), segment.id));
    }
    screen.note(match screen.language {
        condition::Language::Ja => format!("{total} 件の顧客のうち（{at} 時点）"),
        condition::Language::En => format!("of {total} customers, as of {at}"),
    });
}

/// A folder beside the results that is removed again, whatever happens.
struct WorkFolder(PathBuf);

impl WorkFolder {
    fn within(out: &std::path::Path) -> Result<WorkFolder, Failure> {
        let folder = out.join(format!(".work-{}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(|fault| Failure::file(&folder, fault))?;
        Ok(WorkFolder(folder))
    }
}

impl Drop for WorkFolder {
    fn drop(&mut self) {
        // What cannot be removed is only a copy; the results are written.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
