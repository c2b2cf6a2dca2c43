//! Backups: streamed to whoever asks while the server goes on working, or kept in the folder, where they are listed, checked
//! and fetched.
//!
//! ```text
//!   begin ─▶ FOLDER/backups/NAME.part ─▶ read back and checked ─▶ NAME     a backup that has its name is whole
//! ```

use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path as FilePath, PathBuf},
};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use condition::Language;
use facts::Timestamp;
use serde::Serialize;
use store::{BackedUp, Progress, Watch, check_backup};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::ToSchema;

use crate::{
    backup::{self, RegistryCopy},
    host::{
        App, Workspace,
        works::{Work, Works},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Path, Text},
    },
    nouns::{
        wire::Instant,
        work_state::{Looked, WorkTold},
    },
};

/// The answer goes out in pieces of this size.
const PIECE: usize = 256 << 10;
/// So many pieces wait for a slow client.
const PIECES: usize = 4;
/// Where backups are kept, in the folder.
const FOLDER: &str = "backups";
const ENDING: &str = ".backup";
const PART: &str = ".part";

/// The backups that are kept in the folder, and whether one is on its way.
#[derive(Serialize, ToSchema)]
pub(crate) struct Backups {
    #[serde(flatten)]
    work: WorkTold,
    /// Where they lie on the server.
    folder: String,
    /// Newest first. Each was read back and found whole before it got its name.
    backups: Vec<BackupRow>,
}

/// One backup.
#[derive(Serialize, ToSchema)]
pub(crate) struct BackupRow {
    name: String,
    /// What it holds is what was known then.
    at: Instant,
    bytes: u64,
}

/// A backup that was read to its end.
#[derive(Serialize, ToSchema)]
pub(crate) struct BackupChecked {
    at: Instant,
    files: u64,
    /// Of what is in it.
    bytes: u64,
}

/// Takes a backup: facts, definitions, people, in one file. An answer that breaks off is no whole backup, and `kizashi
/// restore` says so.
#[utoipa::path(post, path = "/api/v1/backup", tag = "server",
    responses((status = 200, body = String, content_type = "application/octet-stream")))]
pub(crate) async fn take(
    State(app): State<App>,
    caller: Caller,
    // Read to its end: a connection with something unread in it is closed before the answer has arrived.
    _body: Text,
) -> Answer<Response> {
    let copy = copied(&app).await?;
    let at = app.clock.now();
    audit(&app, &caller, "backup_taken", "workspace").await?;
    let working = app.clone();
    let answer = streamed(move |out| {
        backup::write(&working.store, &copy, at, out, &Watch::NONE)
            .map(drop)
            .map_err(io::Error::other)
    });
    Ok(attached(&name_of(at), answer))
}

async fn copied(app: &App) -> Answer<RegistryCopy> {
    let copy = RegistryCopy::take(&app.folder, &app.registry).await;
    copy.map_err(|why| ApiError::ours("a backup", why))
}

async fn audit(app: &App, caller: &Caller, what: &str, on: &str) -> Answer<()> {
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), what, on, None, now).await?;
    Ok(())
}

/// A body that is written as it goes out.
fn streamed(write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Body {
    let (pieces, answer) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let mut out = BufWriter::with_capacity(PIECE, Answering(pieces.clone()));
        if let Err(why) = write(&mut out).and_then(|()| out.flush()) {
            tracing::warn!(%why, "a backup broke off");
            // Whoever listens is told by the connection that ends without an end.
            let _ = pieces.blocking_send(Err(io::Error::other("the backup broke off")));
        }
    });
    Body::from_stream(ReceiverStream::new(answer))
}

fn attached(name: &str, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, body).into_response()
}

/// The name of a backup of an instant.
fn name_of(at: Timestamp) -> String {
    let time: String =
        at.to_string().chars().filter(char::is_ascii_alphanumeric).take(15).collect();
    format!("kizashi-{time}{ENDING}")
}

/// The instant in the name of a backup; none for a name that no backup has.
fn instant_in(name: &str) -> Option<Timestamp> {
    let time = name.strip_prefix("kizashi-")?.strip_suffix(ENDING)?;
    let digits =
        |from, to| time.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let (day, time_of_day) = (digits(0, 8)?, digits(9, 15)?);
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        day.get(..4)?,
        day.get(4..6)?,
        day.get(6..)?,
        time_of_day.get(..2)?,
        time_of_day.get(2..4)?,
        time_of_day.get(4..)?
    );
    let at = Timestamp::parse(&text).ok()?;
    (name_of(at) == name).then_some(at)
}

/// Where pieces of the answer are written.
struct Answering(mpsc::Sender<io::Result<Bytes>>);

impl Write for Answering {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(piece)));
        sent.map_err(|_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody waits for it"))?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The backups that are kept in the folder, and whether one is on its way.
#[utoipa::path(get, path = "/api/v1/backups", tag = "server", responses((status = 200, body = Backups)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Backups>> {
    told(&app, language).await.map(axum::Json)
}

async fn told(app: &App, language: Language) -> Answer<Backups> {
    let looked = Looked::at(app.backups.find(WORK));
    let backups = app.blocking(|app| kept(&app.folder)).await?;
    let folder = app.folder.join(FOLDER).display().to_string();
    Ok(Backups { work: looked.told(!backups.is_empty(), language), folder, backups })
}

/// All backups are one work: two at once would only be slower.
const WORK: &str = "backup";

fn works(app: &Workspace) -> &Works<BackedUp> {
    &app.backups
}

/// The whole backups of a folder, newest first.
fn kept(folder: &FilePath) -> Answer<Vec<BackupRow>> {
    let entries = match fs::read_dir(folder.join(FOLDER)) {
        Ok(entries) => entries,
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(vec![]),
        Err(why) => return Err(ApiError::ours("the folder of backups", why)),
    };
    let mut rows = vec![];
    for entry in entries {
        let entry = entry.map_err(|why| ApiError::ours("the folder of backups", why))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(at) = instant_in(&name) else { continue };
        let length = entry.metadata().map_err(|why| ApiError::ours("a backup", why))?.len();
        rows.push(BackupRow { name, at: at.into(), bytes: length });
    }
    // By time, as the names are written.
    rows.sort_by(|one, other| other.name.cmp(&one.name));
    Ok(rows)
}

/// Begins to make a backup in the folder, in the background; one that is on its way goes on.
#[utoipa::path(post, path = "/api/v1/backups", tag = "server", responses((status = 202, body = Backups)))]
pub(crate) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    _body: Text,
) -> Answer<(StatusCode, axum::Json<Backups>)> {
    let copy = copied(&app).await?;
    let at = app.clock.now();
    app.begin_work(
        works,
        WORK,
        move |app, work| make(app, work, &copy, at),
        |_, _| async move { Ok(()) },
    );
    audit(&app, &caller, "backup_kept", &name_of(at)).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, language).await?)))
}

/// Stops the backup that is on its way; nothing is left of it.
#[utoipa::path(delete, path = "/api/v1/backups", tag = "server", responses((status = 200, body = Backups)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Backups>> {
    app.backups.cancel(WORK);
    told(&app, language).await.map(axum::Json)
}

/// Writes a backup, reads it back, and only then gives it its name.
fn make(app: &App, work: &Work<BackedUp>, copy: &RegistryCopy, at: Timestamp) -> Answer<BackedUp> {
    let failed = |why: io::Error| match why.kind() {
        io::ErrorKind::StorageFull => ApiError::disk_full(),
        _ => ApiError::ours("a backup", why),
    };
    let folder = app.folder.join(FOLDER);
    fs::create_dir_all(&folder).map_err(failed)?;
    let part = Part(folder.join(format!("{}{PART}", name_of(at))));
    // It holds everything, so only its owner may read it.
    let file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part.0);
    let file = file.map_err(failed)?;
    // Written once and read once.
    let total = 2 * ["facts", "changes"]
        .map(|ground| bytes_in(&app.folder.join(ground)))
        .iter()
        .sum::<u64>();
    let written = {
        let tell = |far: Progress| work.tell(far.done, total.max(far.done));
        let watch = Watch { progress: Some(&tell), cancel: Some(work.flag()) };
        let out = BufWriter::with_capacity(PIECE, &file);
        backup::write(&app.store, copy, at, out, &watch)?
    };
    file.sync_all().map_err(failed)?;
    let tell = |far: Progress| work.tell(written.bytes + far.done, 2 * written.bytes);
    let watch = Watch { progress: Some(&tell), cancel: Some(work.flag()) };
    let read = check_backup(&mut reading(&part.0).map_err(failed)?, &watch)?;
    if read != written {
        return Err(ApiError::ours("a backup", "what was read back is not what was written"));
    }
    fs::rename(&part.0, folder.join(name_of(at))).map_err(failed)?;
    File::open(&folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(written)
}

/// How large a folder is, for the progress only: what cannot be looked at counts nothing.
fn bytes_in(folder: &FilePath) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    let each = entries.flatten().map(|entry| match entry.metadata() {
        Ok(of) if of.is_dir() => bytes_in(&entry.path()),
        Ok(of) => of.len(),
        Err(_) => 0,
    });
    each.sum()
}

/// A file on its way to becoming a backup; what is left of it goes.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // After the renaming there is none.
        let _ = fs::remove_file(&self.0);
    }
}

/// At the start: removes what a killed server left of backups on their way.
pub(crate) fn remove_parts(folder: &FilePath) {
    let Ok(entries) = fs::read_dir(folder.join(FOLDER)) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().ends_with(PART) {
            drop(Part(entry.path()));
        }
    }
}

fn reading(path: &FilePath) -> io::Result<impl Read> {
    Ok(BufReader::with_capacity(1 << 20, File::open(path)?))
}

/// Where a backup lies. A name that no backup has leads nowhere.
fn place(app: &App, name: &str) -> Answer<PathBuf> {
    instant_in(name).ok_or_else(ApiError::not_found)?;
    let path = app.folder.join(FOLDER).join(name);
    if path.is_file() { Ok(path) } else { Err(ApiError::not_found()) }
}

/// A backup as a file.
#[utoipa::path(get, path = "/api/v1/backups/{name}", tag = "server",
    responses((status = 200, body = String, content_type = "application/octet-stream")))]
pub(crate) async fn fetch(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Answer<Response> {
    let path = place(&app, &name)?;
    audit(&app, &caller, "backup_fetched", &name).await?;
    let mut file = File::open(path).map_err(|why| ApiError::ours("a backup", why))?;
    Ok(attached(&name, streamed(move |out| io::copy(&mut file, out).map(drop))))
}

/// Reads a backup to its end: every byte of it is what was written.
#[utoipa::path(get, path = "/api/v1/backups/{name}/check", tag = "server",
    responses((status = 200, body = BackupChecked)))]
pub(crate) async fn check(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Answer<axum::Json<BackupChecked>> {
    let path = place(&app, &name)?;
    let checked = app.ask(move |_, gone| {
        let watch = Watch { progress: None, cancel: Some(gone.flag()) };
        let mut from = reading(&path).map_err(|why| ApiError::ours("a backup", why))?;
        check_backup(&mut from, &watch).map_err(|why| match why {
            store::StoreError::NoBackup { .. } => ApiError::conflict(
                format!(
                    "このバックアップは壊れています。使わずに、新しく取り直してください（{why}）"
                ),
                format!("this backup is damaged; do not use it, and make a new one ({why})"),
            ),
            other => other.into(),
        })
    });
    let BackedUp { at, files, bytes } = checked.await?;
    Ok(axum::Json(BackupChecked { at: at.into(), files, bytes }))
}

/// Removes a backup for good.
#[utoipa::path(delete, path = "/api/v1/backups/{name}", tag = "server",
    responses((status = 200, body = Backups)))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(name): Path<String>,
) -> Answer<axum::Json<Backups>> {
    let path = place(&app, &name)?;
    audit(&app, &caller, "backup_removed", &name).await?;
    fs::remove_file(path).map_err(|why| ApiError::ours("a backup", why))?;
    told(&app, language).await.map(axum::Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_and_leads_nowhere_else() {
        let at = Timestamp::parse("2026-11-30T20:58:07Z").unwrap();
        assert_eq!(name_of(at), "kizashi-20261130T205807.backup");
        assert_eq!(instant_in("kizashi-20261130T205807.backup"), Some(at));
        for name in [
            "kizashi-20261130T205807.backup.part",
            "kizashi-20261330T205807.backup",
            "kizashi-../../../etc/passwd.backup",
            "kizashi-２０２６1130T205807.backup",
            "registry.sqlite",
            "",
        ] {
            assert_eq!(instant_in(name), None, "{name}");
        }
    }
}
