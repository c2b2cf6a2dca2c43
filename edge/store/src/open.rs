//! Opening a folder: lock, format, what is derived, and what the log says beyond it.

use std::{path::Path, sync::Arc};

use crate::{
    Opened, StoreError, Watch,
    commit::{Inner, Order},
    derive::{Deriver, Fate, Limits, Replay},
    disk::{Disk, Folder, Locked, RealDisk},
    erase,
    ledger::Ledger,
    log::{self, FACTS_FOLDER, Log, LogReader},
    manifest::{DERIVED_FOLDER, Manifest, Unusable},
    staged::import_name,
    state::State,
};

pub(crate) const FORMAT: &str = "format";
/// The version of the folder. A newer one is refused, an older one is taken to this one when it is opened.
///
/// 1. the first
/// 2. facts may have been erased, and files of the log written again
pub(crate) const FORMAT_VERSION: u32 = 2;

/// How to open a folder. `Options::default()` is right for a server.
#[derive(Clone)]
pub struct Options {
    /// Opens without the lock and writes nothing; for looking at a folder another process may have open. What is
    /// not derived yet is then derived in memory.
    pub read_only: bool,
    /// Writes runs and merges them only when told to by [`crate::Store::flush`] and [`crate::Store::tidy`].
    pub tidy_by_hand: bool,
    /// Facts in memory at which they become a run.
    pub flush_facts: usize,
    /// Bytes in memory at which they become a run; also the memory an import is sorted in.
    pub flush_bytes: usize,
    /// Size at which a new file of the log is begun.
    pub log_file_bytes: u64,
    /// From so many events on histories are also laid out in columns.
    pub columns_from: u64,
    /// The disk.
    pub disk: Arc<dyn Disk>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            read_only: false,
            tidy_by_hand: false,
            flush_facts: 100_000,
            flush_bytes: 64 << 20,
            log_file_bytes: 64 << 20,
            columns_from: 20_000,
            disk: Arc::new(RealDisk),
        }
    }
}

impl Options {
    /// For a process that is to do with so many bytes of memory; `None` sets no bound. What customers are called and
    /// what names facts use is kept in memory all the same, since everything else is found by it.
    pub fn within(memory: Option<u64>) -> Options {
        let usual = Options::default();
        let Some(memory) = memory else { return usual };
        // Four times as much may wait before a writer waits too, and a copy is sorted on its way into a run.
        let share = usize::try_from(memory / 32).unwrap_or(usize::MAX);
        let flush_bytes = share.clamp(512 << 10, usual.flush_bytes);
        // A fact takes a few hundred bytes, with all that finds it.
        let flush_facts = (flush_bytes / 256).min(usual.flush_facts);
        Options { flush_bytes, flush_facts, ..usual }
    }
}

/// Opens a folder: what the handles share, and what was found.
pub(crate) fn open(
    path: &Path,
    options: &Options,
    watch: &Watch<'_>,
) -> Result<(Inner, Opened), StoreError> {
    let folder = Folder { disk: options.disk.clone(), path: path.to_owned() };
    let lock = if options.read_only {
        check_format(&folder)?.ok_or(StoreError::Nothing { folder: path.to_owned() })?;
        if erase::is_begun(&folder)? {
            return Err(StoreError::Erasing { folder: path.to_owned() });
        }
        None
    } else {
        let lock = take_lock(&folder)?;
        make_folders(&folder)?;
        erase::recover(&folder, DERIVED_FOLDER)?;
        Some(lock)
    };
    let mut opened = Opened::default();
    let (saved, state) = restore(&folder, options.flush_bytes, &mut opened)?;
    let limits = Limits {
        facts: options.flush_facts,
        bytes: options.flush_bytes,
        columns_from: options.columns_from,
    };
    let mut deriver = Deriver::new(&folder, limits, saved);
    let state = replay(&mut deriver, state, &mut opened, options, watch)?;
    let log = match options.read_only {
        true => None,
        false => Some(Log::resume(&folder, state.end, options.log_file_bytes)?),
    };
    let next_import = if options.read_only {
        0
    } else {
        deriver.sweep()?;
        sweep_imports(&folder, &state, &mut opened)?
    };
    let mut order = Order {
        next_seq: state.next_seq,
        next_batch: state.next_batch.max(1),
        next_import,
        erased: Arc::new(Ledger::load(&folder)?),
        undone: (*state.undone).clone(),
        runs: state.runs.clone(),
        read_only: options.read_only,
        ..Order::default()
    };
    order.ids.extend(state.tail.rows.ids.iter().copied());
    Ok((Inner::new(folder, deriver, order, log, state, lock), opened))
}

fn take_lock(folder: &Folder) -> Result<Box<dyn Send + Sync>, StoreError> {
    folder.create_folder("")?;
    let holder = format!("process {}", std::process::id());
    let path = folder.at("lock");
    match folder.disk.lock(&path, &holder) {
        Ok(Locked::Ours(lock)) => Ok(lock),
        Ok(Locked::Theirs(holder)) => {
            let holder = if holder.is_empty() { "another process".to_owned() } else { holder };
            Err(StoreError::Held { folder: folder.path.clone(), holder })
        }
        Err(source) => Err(StoreError::Disk { doing: "lock", path, source }),
    }
}

/// Makes what is not there yet, the format last: before it, nothing was ever acknowledged.
fn make_folders(folder: &Folder) -> Result<(), StoreError> {
    let known = check_format(folder)?;
    folder.create_folder(&format!("{FACTS_FOLDER}/imports"))?;
    folder.create_folder(DERIVED_FOLDER)?;
    match known {
        // Whoever made it may have failed to make its name safe.
        Some(FORMAT_VERSION) => return folder.sync_folder(""),
        // All that an older version wrote is read as it is; only the older version must not open it any more.
        Some(_) => return write_format(folder),
        None => {}
    }
    sync_above(folder)?;
    folder.sync_folder(FACTS_FOLDER)?;
    write_format(folder)
}

/// Makes the name of the folder itself safe.
pub(crate) fn sync_above(folder: &Folder) -> Result<(), StoreError> {
    let above = folder.path.parent().filter(|above| !above.as_os_str().is_empty());
    let above =
        Folder { disk: folder.disk.clone(), path: above.unwrap_or(Path::new(".")).to_owned() };
    above.sync_folder("")
}

fn write_format(folder: &Folder) -> Result<(), StoreError> {
    folder.replace("", FORMAT, format!("kizashi {FORMAT_VERSION}\n").as_bytes())
}

/// The version of the folder; `None` when it is new.
fn check_format(folder: &Folder) -> Result<Option<u32>, StoreError> {
    let not_ours = |why| StoreError::NotOurs { folder: folder.path.clone(), why };
    let Some(bytes) = folder.read(FORMAT)? else {
        return match log::files(folder)? {
            0 => Ok(None),
            _ => Err(not_ours("it has facts but its `format` file is missing")),
        };
    };
    let text = String::from_utf8_lossy(&bytes);
    let version = text.trim_end().strip_prefix("kizashi ").and_then(|text| text.parse().ok());
    match version {
        Some(version) if (1..=FORMAT_VERSION).contains(&version) => Ok(Some(version)),
        Some(version) if FORMAT_VERSION < version => Err(StoreError::Newer {
            folder: folder.path.clone(),
            found: version.to_string(),
            newest: FORMAT_VERSION,
        }),
        Some(_) | None => Err(not_ours("its `format` file says something else")),
    }
}

/// What is derived on disk, or nothing when it cannot be used.
fn restore(
    folder: &Folder,
    most_filter: usize,
    opened: &mut Opened,
) -> Result<(Manifest, State), StoreError> {
    let mut unusable = |why: &str| {
        opened.rebuilt = Some(why.to_owned());
        Ok((fresh_manifest(folder)?, State::default()))
    };
    let manifest = match Manifest::load(folder) {
        Ok(Some(manifest)) => manifest,
        Ok(None) if log::files(folder)? == 0 => {
            return Ok((fresh_manifest(folder)?, State::default()));
        }
        Ok(None) => return unusable("there was none"),
        Err(Unusable::Because(why)) => return unusable(why),
        Err(Unusable::Disk(error)) => return Err(error),
    };
    if LogReader::resume(folder, manifest.end)?.is_none() {
        return unusable("it was derived from other facts than these");
    }
    match manifest.restore(folder, most_filter) {
        Ok(state) => Ok((manifest, state)),
        Err(Unusable::Because(why)) => unusable(why),
        Err(Unusable::Disk(error)) => Err(error),
    }
}

/// A manifest of nothing, whose new files will not clash with what lies around.
fn fresh_manifest(folder: &Folder) -> Result<Manifest, StoreError> {
    let number = |name: &String| name.rsplit_once('-')?.1.parse::<u32>().ok();
    let highest = folder.list(DERIVED_FOLDER)?.iter().filter_map(number).max();
    Ok(Manifest { next_file: highest.unwrap_or(0) + 1, ..Manifest::default() })
}

/// Applies what the log says beyond the derived state.
fn replay(
    deriver: &mut Deriver,
    state: State,
    opened: &mut Opened,
    options: &Options,
    watch: &Watch<'_>,
) -> Result<State, StoreError> {
    let Some(mut log) = LogReader::resume(&deriver.folder, state.end)? else {
        unreachable!("whether the log is this one was asked before")
    };
    let fate = if options.read_only { Fate::Hold } else { Fate::Derive };
    let mut replay = Replay::new(deriver, state, fate);
    replay.run(&mut log, watch)?;
    // A head without frames behind it is not an applied frame, but it is where the log goes on.
    replay.state.end = log.end;
    opened.replayed_facts = replay.facts;
    opened.cut_bytes = log.torn;
    if replay.deriver.unsaved {
        replay.save(watch)?;
    }
    Ok(replay.state)
}

/// Removes imports that were never committed; gives the next number for one.
fn sweep_imports(folder: &Folder, state: &State, opened: &mut Opened) -> Result<u32, StoreError> {
    let mut next = state.import_files.max().map_or(1, |last| last + 1);
    for name in folder.list(&format!("{FACTS_FOLDER}/imports"))? {
        let number = name.strip_suffix(".facts").and_then(|number| number.parse::<u32>().ok());
        let Some(number) = number else { continue };
        if !state.import_files.contains(number) {
            folder.remove(&import_name(number))?;
            opened.removed_imports += 1;
        }
        next = next.max(number + 1);
    }
    Ok(next)
}
