//! A folder that is watched: each new whole file in it is imported once, as files with the same columns were read before.
//!
//! ```text
//!   FOLDER/sales.csv ──unchanged for a while──▶ copied to uploads, noted with its hash ──known columns──▶ taken in ──▶ FOLDER/done
//!                                                        │ new columns: a person says what they are        └ nothing of it could be ──▶ FOLDER/failed
//! ```
//! The hash of the file stands in the record of its import, written with it at once. After a kill the file still lies in the
//! folder, its hash says which import it is, and that one goes on; it is never imported twice.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    io::Read,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant as Monotonic, SystemTime},
};

use axum::extract::State;
use condition::Said;
use registry::{Import as Row, ImportState};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError, speak},
        finish::random_hex,
        language::Spoken,
        take::Json,
    },
    nouns::{
        imports::{
            jobs,
            kept::{Kept, Profile, parse},
            told::Counts,
            upload::{Arrived, FILE_MOST, look_at, plain_name, unpacked, year_of_now},
            uploads,
        },
        wire::Instant,
    },
};

/// The setting under which the folder is kept.
const KEPT: &str = "watch-folder";
/// Under this name imports of the folder stand.
pub(super) const BY: &str = "folder";
/// Between two looks at the folder.
const EVERY: Duration = Duration::from_millis(1_500);
/// A file is whole when it has not changed for so long.
const WHOLE_AFTER: Duration = Duration::from_secs(3);
/// How many of the newest imports are looked through for a file that was imported before.
const LOOKED_THROUGH: u64 = 10_000;

/// Which file of the folder an import is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Watched {
    /// SHA-256 of the whole file.
    pub(super) hash: String,
    /// Which of the files in it, when it is a zip.
    pub(super) part: u32,
    /// How many files are in it.
    pub(super) of: u32,
}

/// A file that lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Lying {
    bytes: u64,
    changed: Option<SystemTime>,
}

/// What is known of a file since it was first seen as it is.
struct Known {
    lying: Lying,
    since: Monotonic,
    hash: Option<String>,
    /// Whether this process has noted all files in it.
    is_noted: bool,
}

/// The folder as it is watched.
#[derive(Default)]
pub(crate) struct Watching {
    state: Mutex<WatchState>,
}

#[derive(Default)]
struct WatchState {
    known: HashMap<String, Known>,
    looked_at: Option<i64>,
    /// Why the folder cannot be looked at.
    fault: Option<Said>,
    /// Of each file in the folder what becomes of it.
    files: BTreeMap<String, FileState>,
}

/// What becomes of a file in the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileState {
    /// It may still be written.
    Arriving,
    /// It is being imported.
    Importing,
    /// Its columns are new: somebody has to say what they are.
    Waiting,
}

/// The folder that is watched.
#[derive(Serialize, ToSchema)]
pub(crate) struct WatchFolder {
    /// On the machine of the server; null when none is watched.
    folder: Option<String>,
    looked_at: Option<Instant>,
    /// Why it cannot be looked at.
    fault: Option<String>,
    files: Vec<WatchedFile>,
}

/// A file in the folder.
#[derive(Serialize, ToSchema)]
pub(crate) struct WatchedFile {
    file: String,
    state: FileState,
}

/// The folder to watch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WatchBody {
    /// On the machine of the server, from the root on; null to watch none.
    folder: Option<String>,
}

/// The folder that is watched, and what lies in it.
#[utoipa::path(get, path = "/api/v1/watch-folder", tag = "imports",
    responses((status = 200, body = WatchFolder)))]
pub(crate) async fn show_folder(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<WatchFolder>> {
    let folder = kept(&app).await?;
    let state = app.watching.state();
    let files = state.files.iter();
    Ok(axum::Json(WatchFolder {
        folder: folder.map(|folder| folder.display().to_string()),
        looked_at: state.looked_at.map(Instant::of_millis),
        fault: state.fault.as_ref().map(|fault| speak(fault, language)),
        files: files
            .map(|(file, state)| WatchedFile { file: file.clone(), state: *state })
            .collect(),
    }))
}

/// Watches another folder, or none.
#[utoipa::path(put, path = "/api/v1/watch-folder", tag = "imports", request_body = WatchBody,
    responses((status = 200, body = WatchFolder)))]
pub(crate) async fn put_folder(
    State(app): State<App>,
    caller: Caller,
    spoken: Spoken,
    Json(given): Json<WatchBody>,
) -> Answer<axum::Json<WatchFolder>> {
    let folder = given.folder.as_deref().map(str::trim).filter(|folder| !folder.is_empty());
    set_folder(&app, folder.map(Path::new)).await?;
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), "watch_folder_changed", "workspace", None, now).await?;
    show_folder(State(app), spoken).await
}

/// Watches a folder from now on.
pub(crate) async fn set_folder(app: &App, folder: Option<&Path>) -> Answer<()> {
    let folder = folder.map(|folder| sound(app, folder)).transpose()?;
    let json = serde_json::to_string(&folder).map_err(|why| ApiError::ours("a setting", why))?;
    app.registry.put_setting(KEPT, &json, app.clock.real_now().millis()).await?;
    *app.watching.state() = WatchState::default();
    Ok(())
}

fn sound(app: &App, folder: &Path) -> Answer<PathBuf> {
    let shown = folder.display();
    if !folder.is_absolute() {
        return Err(ApiError::invalid(
            format!("「{shown}」は / から始まる場所で書いてください"),
            format!("write `{shown}` from the root on, beginning with /"),
        ));
    }
    let real = folder.canonicalize().ok().filter(|real| real.is_dir()).ok_or_else(|| {
        ApiError::invalid(
            format!("サーバーに「{shown}」というフォルダがありません"),
            format!("there is no folder `{shown}` on the server's machine"),
        )
    })?;
    let own = app.folder.canonicalize().unwrap_or_else(|_| app.folder.clone());
    if real.starts_with(&own) || own.starts_with(&real) {
        return Err(ApiError::invalid(
            "データのフォルダそのもの、その中、それを含むフォルダは監視できません",
            "neither the data folder nor a folder in it or around it can be watched",
        ));
    }
    Ok(real)
}

async fn kept(app: &App) -> Answer<Option<PathBuf>> {
    let json = app.registry.setting(KEPT).await?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).flatten())
}

impl Watching {
    fn state(&self) -> MutexGuard<'_, WatchState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks at the folder again and again, until the server stops.
pub(crate) async fn run(app: App) {
    let mut stop = app.stop.subscribe();
    loop {
        if look(&app).await.is_err() {
            tracing::error!("the watched folder could not be looked through; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

async fn look(app: &App) -> Answer<()> {
    let Some(folder) = kept(app).await? else { return Ok(()) };
    let place = folder.clone();
    let listed = app.blocking(move |_| Ok(listed(&place))).await?;
    let now = app.clock.real_now().millis();
    let listed = match listed {
        Ok(listed) => listed,
        Err(why) => {
            let fault = Said::new(
                format!("フォルダを読めません: {why}"),
                format!("the folder cannot be read: {why}"),
            );
            let mut state = app.watching.state();
            (state.fault, state.looked_at) = (Some(fault), Some(now));
            state.files.clear();
            return Ok(());
        }
    };
    let whole = app.watching.state().whole(&listed);
    let mut files: BTreeMap<String, FileState> =
        listed.keys().map(|name| (name.clone(), FileState::Arriving)).collect();
    let mut fault = None;
    for name in whole {
        if *app.stop.borrow() {
            return Ok(());
        }
        match one(app, &folder, &name).await {
            Ok(Some(state)) => drop(files.insert(name, state)),
            Ok(None) => drop(files.remove(&name)),
            Err(why) => {
                let said = why.said();
                let in_file = |language| format!("{name}: {}", said.get(language));
                use condition::Language::{En, Ja};
                fault = Some(Said::new(in_file(Ja), in_file(En)));
            }
        }
    }
    let mut state = app.watching.state();
    (state.files, state.fault, state.looked_at) = (files, fault, Some(now));
    Ok(())
}

/// The files of a folder that are meant to be read: no hidden ones, and none that another program is still naming.
fn listed(folder: &Path) -> std::io::Result<BTreeMap<String, Lying>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let lower = name.to_lowercase();
        let passing = [".part", ".tmp", ".temp", ".crdownload", ".filepart", ".lock"];
        let skipped =
            name.starts_with(['.', '~']) || passing.iter().any(|end| lower.ends_with(end));
        // A file may go while the folder is listed.
        let Ok(about) = entry.metadata() else { continue };
        if !skipped && about.is_file() {
            files.insert(name, Lying { bytes: about.len(), changed: about.modified().ok() });
        }
    }
    Ok(files)
}

impl WatchState {
    /// Which files have not changed for a while.
    fn whole(&mut self, listed: &BTreeMap<String, Lying>) -> Vec<String> {
        self.known.retain(|name, _| listed.contains_key(name));
        let mut whole = vec![];
        for (name, lying) in listed {
            let new = || Known {
                lying: lying.clone(),
                since: Monotonic::now(),
                hash: None,
                is_noted: false,
            };
            let known = self.known.entry(name.clone()).or_insert_with(new);
            if known.lying != *lying {
                *known = new();
            } else if WHOLE_AFTER <= known.since.elapsed() && 0 < lying.bytes {
                whole.push(name.clone());
            }
        }
        whole
    }
}

/// Does what is next with a file; what it is at, or nothing when it has gone from the folder.
async fn one(app: &App, folder: &Path, name: &str) -> Answer<Option<FileState>> {
    let path = folder.join(name);
    let hash = hash_of(app, name, &path).await?;
    let mut rows = imports_of(app, &hash).await?;
    // A kill may have come between the files of a zip.
    let of = rows.iter().filter_map(watched).map(|one| one.of).max().unwrap_or(1);
    let is_noted = app.watching.state().known.get(name).is_some_and(|known| known.is_noted);
    if !is_noted && rows.len() < of as usize {
        let there = rows.iter().filter_map(watched).map(|one| one.part).collect();
        rows.extend(begun(app, (name, &path, &hash), &there).await?);
        if let Some(known) = app.watching.state().known.get_mut(name) {
            known.is_noted = true;
        }
    }
    for row in &rows {
        if matches!(row.state, ImportState::Read | ImportState::Checked) && go_on(app, row).await? {
            return Ok(Some(FileState::Importing));
        }
    }
    let is = |state: ImportState| rows.iter().any(|row| row.state == state);
    if is(ImportState::Committing) || is(ImportState::Checking) {
        return Ok(Some(FileState::Importing));
    }
    if is(ImportState::Read) || is(ImportState::Checked) {
        return Ok(Some(FileState::Waiting));
    }
    let to = if rows.iter().all(went_in) { "done" } else { "failed" };
    let from = folder.to_owned();
    let name = name.to_owned();
    app.blocking(move |_| Ok(move_to(&from, &name, to)?)).await?;
    app.tell(crate::host::news::News::Import(rows.first().map_or(0, |row| row.id)));
    Ok(None)
}

/// Whether anything of a file went in.
fn went_in(row: &Row) -> bool {
    let counts = row.counts.as_deref().and_then(|json| serde_json::from_str::<Counts>(json).ok());
    let empty = counts.is_some_and(|counts| 0 < counts.rows && counts.rows == counts.rejected);
    matches!(row.state, ImportState::Committed | ImportState::Undone) && !empty
}

/// The hash of a file, read once for as long as it does not change.
async fn hash_of(app: &App, name: &str, path: &Path) -> Answer<String> {
    if let Some(hash) = app.watching.state().known.get(name).and_then(|known| known.hash.clone()) {
        return Ok(hash);
    }
    let path = path.to_owned();
    let hash = app
        .blocking(move |_| {
            let mut file = fs::File::open(&path)?;
            if FILE_MOST < file.metadata()?.len() {
                return Err(ApiError::too_large(usize::try_from(FILE_MOST).unwrap_or(usize::MAX)));
            }
            let (mut sha, mut piece) = (Sha256::new(), vec![0_u8; 1 << 16]);
            loop {
                match file.read(&mut piece)? {
                    0 => break,
                    n => sha.update(&piece[..n]),
                }
            }
            Ok(sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        })
        .await?;
    if let Some(known) = app.watching.state().known.get_mut(name) {
        known.hash = Some(hash.clone());
    }
    Ok(hash)
}

/// The imports of a file with this hash.
async fn imports_of(app: &App, hash: &str) -> Answer<Vec<Row>> {
    let of_folder = |row: &Row| row.by == BY;
    let rows = app.registry.imports(LOOKED_THROUGH).await?.into_iter().filter(of_folder);
    Ok(rows.filter(|row| watched(row).is_some_and(|one| one.hash == hash)).collect())
}

fn watched(row: &Row) -> Option<Watched> {
    Kept::read(row).ok()?.watched
}

/// Copies a file to the uploads and notes it, or each of the files in it that is not noted yet.
async fn begun(
    app: &App,
    (name, path, hash): (&str, &Path, &str),
    there: &BTreeSet<u32>,
) -> Answer<Vec<Row>> {
    let random = random_hex::<8>().ok_or_else(|| ApiError::ours("a file", "no random"))?;
    let (from, to) = (path.to_owned(), uploads(app).join(format!("{random}.part")));
    let copy = to.clone();
    let bytes = app
        .blocking(move |app| {
            fs::create_dir_all(uploads(app))?;
            let bytes = fs::copy(&from, &copy)?;
            fs::File::open(&copy)?.sync_all()?;
            Ok(bytes)
        })
        .await?;
    let arrived = Arrived { name: plain_name(name), path: to, bytes };
    let mut rows = vec![];
    let files = unpacked(app, arrived).await?;
    let of = u32::try_from(files.len()).unwrap_or(u32::MAX);
    for (part, file) in (0..).zip(files) {
        if there.contains(&part) {
            jobs::remove_file(&file.path);
            continue;
        }
        let watched = Watched { hash: hash.to_owned(), part, of };
        let row = look_at(app, BY.to_owned(), file, Some(watched)).await?;
        app.tell(crate::host::news::News::Import(row.id));
        rows.push(row);
    }
    Ok(rows)
}

/// Takes a file in as files with the same columns were read before; whether that began. One that somebody is reading
/// differently by hand is left to them.
async fn go_on(app: &App, row: &Row) -> Answer<bool> {
    let mut kept = Kept::read(row)?;
    if kept.by_hand {
        return Ok(false);
    }
    let Some(profile) = app.registry.profile(&kept.fingerprint()).await? else { return Ok(false) };
    kept.follow(parse::<Profile>(&profile)?, year_of_now(app));
    let mut row = row.clone();
    kept.write(&mut row)?;
    jobs::begin(app, row, ImportState::Committing).await?;
    Ok(true)
}

/// Moves a file into a folder beside it; one of the same name that is there stays.
fn move_to(folder: &Path, name: &str, to: &str) -> std::io::Result<()> {
    let into = folder.join(to);
    fs::create_dir_all(&into)?;
    let (stem, kind) = match name.rsplit_once('.') {
        Some((stem, kind)) => (stem, format!(".{kind}")),
        None => (name, String::new()),
    };
    let mut goal = into.join(name);
    let mut n = 2;
    while goal.exists() {
        goal = into.join(format!("{stem}-{n}{kind}"));
        n += 1;
    }
    fs::rename(folder.join(name), goal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_that_have_stood_still_are_whole() {
        let lying = |bytes| Lying { bytes, changed: None };
        let mut state = WatchState::default();
        let first =
            BTreeMap::from([("a.csv".to_owned(), lying(10)), ("b.csv".to_owned(), lying(0))]);
        assert!(state.whole(&first).is_empty(), "seen for the first time");
        let long_ago = Monotonic::now().checked_sub(WHOLE_AFTER).unwrap();
        state.known.values_mut().for_each(|known| known.since = long_ago);
        assert_eq!(state.whole(&first), ["a.csv"], "an empty file is not whole");
        let grown = BTreeMap::from([("a.csv".to_owned(), lying(11))]);
        assert!(state.whole(&grown).is_empty(), "it grew");
        assert!(!state.known.contains_key("b.csv"));
    }

    #[test]
    fn what_another_program_still_writes_is_not_listed_and_names_are_kept_apart() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".hidden", "~$open.xlsx", "new.csv.part", "x.TMP", "whole.csv"] {
            fs::write(folder.path().join(name), "a").unwrap();
        }
        fs::create_dir(folder.path().join("done")).unwrap();
        let names: Vec<String> = listed(folder.path()).unwrap().into_keys().collect();
        assert_eq!(names, ["whole.csv"]);
        for text in ["a", "b"] {
            fs::write(folder.path().join("whole.csv"), text).unwrap();
            move_to(folder.path(), "whole.csv", "done").unwrap();
        }
        let read = |name: &str| fs::read_to_string(folder.path().join("done").join(name)).unwrap();
        assert_eq!((read("whole.csv"), read("whole-2.csv")), ("a".to_owned(), "b".to_owned()));
    }
}
