//! Tries signs on the past: through the server of a folder, or on plain files.

use std::{collections::BTreeMap, path::Path, process::ExitCode, sync::atomic::AtomicBool};

use facts::Calendar;
use kernel::Scratch;
use proving::{CannotTry, Dates, Proof, Proving, Tally};
use serde_json::{Value as Json, json};
use signs::Sign;
use store::{Store, Watch};

use crate::{
    api::{Api, in_path},
    evaluate::moment,
    interrupt,
    plain_files::PlainFiles,
    screen::{Failure, Screen, follow},
    signs::{args::SignBacktest, files::Signs, tell},
};

pub(crate) fn backtest(
    folder: &Path,
    given: &SignBacktest,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let told = match given.files.are_given() {
        true => of_files(given, screen)?,
        false => of_folder(folder, given, screen)?,
    };
    if screen.json {
        screen.json(&json!({ "signs": told }));
    } else {
        told.iter().for_each(|one| tell::proof(one, screen));
    }
    Ok(ExitCode::SUCCESS)
}

fn no_such(id: &str) -> Failure {
    Failure::new(
        format!("兆し `{id}` はありません。`kizashi signs` で一覧できます"),
        format!("there is no sign `{id}`; `kizashi signs` lists them"),
    )
}

/// What the server of a folder finds. Ctrl-C stops the one that is being tried.
fn of_folder(folder: &Path, given: &SignBacktest, screen: &Screen) -> Result<Vec<Json>, Failure> {
    if !given.sign_files.is_empty() {
        return Err(Failure::new(
            "`--signs` は `--customers` や `--events` とともに使います",
            "`--signs` goes with `--customers` or `--events`",
        ));
    }
    let api = Api::reach(folder, screen)?;
    let listed = api.get("/signs")?;
    let known: Vec<(String, Json)> = listed["signs"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|sign| Some((sign["id"].as_str()?.to_owned(), sign["name"].clone())))
        .collect();
    let unknown = given.signs.iter().find(|id| known.iter().all(|(one, _)| one != *id));
    if let Some(id) = unknown {
        return Err(no_such(id));
    }
    let wanted = known.into_iter().filter(|(id, _)| given.all || given.signs.contains(id));
    let stop = interrupt::flag()?;
    let body = json!({ "back_days": given.back, "step_days": given.step });
    let mut told = vec![];
    for (id, name) in wanted {
        let path = format!("/signs/{}/backtest", in_path(&id));
        api.post(&path, &body)?;
        let mut one = tell::until_done(&api, &path, &stop, screen)?["result"].take();
        one["sign"] = id.into();
        one["name"] = name;
        told.push(one);
    }
    Ok(told)
}

/// What is found in plain files.
fn of_files(given: &SignBacktest, screen: &Screen) -> Result<Vec<Json>, Failure> {
    let calendar = Calendar::new(&given.files.zone).map_err(Failure::of)?;
    let at = moment(given.files.at.as_deref(), &calendar)?;
    let signs = Signs::read(&given.sign_files)?;
    let unknown = given.signs.iter().find(|id| signs.signs.iter().all(|sign| sign.id.0 != **id));
    if let Some(id) = unknown {
        return Err(no_such(id));
    }
    let wanted = signs.signs.iter().filter(|one| given.all || given.signs.contains(&one.id.0));
    let provings: Vec<Proving> = wanted
        .map(|sign| {
            let dates = Dates::before(at, &calendar, sign.horizon_days, given.step, given.back);
            let foretold = signs.foretold(sign);
            Proving::new(sign.clone(), &foretold, dates, vec![], BTreeMap::new())
                .map_err(|why| cannot_try(sign, &why))
        })
        .collect::<Result<_, Failure>>()?;
    let stop = interrupt::flag()?;
    let work = tempfile::tempdir().map_err(Failure::of)?;
    let files = PlainFiles {
        customers: &given.files.customers,
        events: &given.files.events,
        memory: given.files.memory.memory,
        calendar: &calendar,
        at,
        stop: &stop,
        screen,
    };
    let found = files
        .take(work.path())
        .and_then(|(store, _)| tally(&store, &provings, &calendar, &stop, screen));
    let found = found.map_err(|failure| interrupt::check(&stop).err().unwrap_or(failure))?;
    interrupt::check(&stop)?;
    let told = provings.iter().zip(&found).map(|(proving, tally)| {
        let sign = proving.sign();
        let proof = Proof::of(tally, proving.dates(), sign.parts.len());
        let mut told = server::proof_json(proof, screen.language);
        told["sign"] = sign.id.0.clone().into();
        told["name"] = sign.name.get(screen.language).into();
        told["as_of"] = at.to_string().into();
        told
    });
    Ok(told.collect())
}

fn tally(
    store: &Store,
    provings: &[Proving],
    calendar: &Calendar,
    stop: &AtomicBool,
    screen: &Screen,
) -> Result<Vec<Tally>, Failure> {
    let begin = || -> Vec<Tally> { provings.iter().map(|one| Tally::new(one.dates())).collect() };
    let bar = screen.bar(screen.say("過去で試しています", "trying the past"));
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let pieces = store.scan(
        threads,
        &Watch { progress: Some(&follow(&bar)), cancel: Some(stop) },
        || (Scratch::default(), begin()),
        |(scratch, tallies): &mut (Scratch, Vec<Tally>), _, history| {
            for (proving, tally) in provings.iter().zip(tallies) {
                // Each has its own plan, and so its own answers.
                *scratch = Scratch::default();
                proving.add(history, calendar, scratch, tally);
            }
        },
    )?;
    bar.finish_and_clear();
    let mut all = begin();
    for (_, piece) in &pieces {
        all.iter_mut().zip(piece).for_each(|(all, some)| all.merge(some));
    }
    Ok(all)
}

fn cannot_try(sign: &Sign, why: &CannotTry) -> Failure {
    let id = &sign.id.0;
    match why {
        CannotTry::Rank => Failure::new(
            format!("兆し `{id}` は順位を使っているため、過去では試せません"),
            format!("the sign `{id}` uses a rank, whose line in the past is not known"),
        ),
        CannotTry::Plan(_) => Failure::new(
            format!("兆し `{id}` はセグメントを使っています。ファイルでは試せません"),
            format!("the sign `{id}` refers to segments, which files do not have"),
        ),
    }
}
