//! Files come in: streamed to the data folder, looked at, and noted.

use std::path::{Path, PathBuf};

use axum::{
    extract::{Multipart, State, multipart::Field},
    http::StatusCode,
};
use intake::Source;
use registry::{ImportState, NewImport};
use std::time::Duration;
use tokio::{fs, io::AsyncWriteExt};

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        finish::random_hex,
        language::Spoken,
    },
    nouns::imports::{
        Imports, becoming, file_of,
        jobs::remove_file,
        kept::{Kept, Profile, json, parse},
        told::{self, Told},
        uploads,
        watching::Watched,
    },
};

/// The most bytes of one file: 4 GB.
pub(super) const FILE_MOST: u64 = 4 * 1024 * 1024 * 1024;
/// The most files at once.
const FILES_MOST: usize = 50;
/// How long a client may be silent while it sends.
const CHUNK_WAIT: Duration = Duration::from_secs(60);

/// A form with one or more files.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the form for the API's description")]
pub(crate) struct Files {
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<String>,
}

/// A file that has arrived.
pub(super) struct Arrived {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
}

/// Takes files in and looks at them; nothing of them counts yet.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports",
    request_body(content = Files, content_type = "multipart/form-data"),
    responses((status = 201, body = Imports)))]
pub(crate) async fn upload(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    form: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Answer<(StatusCode, axum::Json<Imports>)> {
    let mut form = form.map_err(|_| broken_form())?;
    fs::create_dir_all(uploads(&app)).await?;
    let mut rows = vec![];
    while let Some(field) = next_field(&mut form).await? {
        if field.name() != Some("file") || rows.len() == FILES_MOST {
            return Err(broken_form());
        }
        let arrived = receive(&app, field).await?;
        for file in unpacked(&app, arrived).await? {
            rows.push(look_at(&app, caller.name(), file, None).await?);
        }
    }
    if rows.is_empty() {
        return Err(ApiError::invalid("ファイルがありません", "there is no file in the form"));
    }
    let imports = told::all(&app, rows, language).await?;
    Ok((StatusCode::CREATED, axum::Json(Imports { imports })))
}

async fn next_field(form: &mut Multipart) -> Answer<Option<Field<'_>>> {
    match tokio::time::timeout(CHUNK_WAIT, form.next_field()).await {
        Ok(Ok(field)) => Ok(field),
        _ => Err(broken_form()),
    }
}

fn broken_form() -> ApiError {
    ApiError::malformed(
        format!(
            "ファイルは multipart/form-data の `file` で、一度に {FILES_MOST} 個まで送ってください"
        ),
        format!("send at most {FILES_MOST} files as multipart/form-data in fields named `file`"),
    )
}

/// Streams one file to the data folder.
async fn receive(app: &App, mut field: Field<'_>) -> Answer<Arrived> {
    let name = plain_name(field.file_name().unwrap_or("file"));
    let random = random_hex::<8>().ok_or_else(|| ApiError::ours("an upload", "no random"))?;
    let path = uploads(app).join(format!("{random}.part"));
    let written = write(&path, &mut field).await;
    match written {
        Ok(bytes) => Ok(Arrived { name, path, bytes }),
        Err(error) => {
            remove_file(&path);
            Err(error)
        }
    }
}

async fn write(path: &Path, field: &mut Field<'_>) -> Answer<u64> {
    let mut file = fs::File::create_new(path).await?;
    let mut bytes = 0_u64;
    loop {
        let chunk = tokio::time::timeout(CHUNK_WAIT, field.chunk()).await;
        let Ok(Ok(chunk)) = chunk else { return Err(broken_form()) };
        let Some(chunk) = chunk else { break };
        bytes += chunk.len() as u64;
        if FILE_MOST < bytes {
            return Err(ApiError::too_large(usize::try_from(FILE_MOST).unwrap_or(usize::MAX)));
        }
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    file.sync_data().await?;
    Ok(bytes)
}

/// The last part of a name, as some clients send the whole path; without control characters.
pub(super) fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if plain.trim().is_empty() { "file".to_owned() } else { plain }
}

/// The files of a zip of files; every other file is itself. A zip that cannot be taken apart is told as a file that
/// cannot be read.
pub(super) async fn unpacked(app: &App, arrived: Arrived) -> Answer<Vec<Arrived>> {
    let source = Source::file_named(&arrived.path, arrived.name.clone());
    let folder = uploads(app).join(format!("{}.zip", random_hex::<8>().unwrap_or_default()));
    let place = folder.clone();
    let found = app
        .blocking(move |_| {
            if !intake::is_package(&source).unwrap_or(false) {
                return Ok(vec![]);
            }
            std::fs::create_dir(&place)?;
            Ok(intake::unpack(&source, &place).unwrap_or_default())
        })
        .await?;
    if found.is_empty() {
        // Nothing lies in the folder, if there is one.
        let _ = fs::remove_dir(&folder).await;
        return Ok(vec![arrived]);
    }
    let mut files = vec![];
    for file in found {
        let random = random_hex::<8>().ok_or_else(|| ApiError::ours("an upload", "no random"))?;
        let path = uploads(app).join(format!("{random}.part"));
        fs::rename(&file.path, &path).await?;
        let bytes = fs::metadata(&path).await?.len();
        files.push(Arrived { name: plain_name(&file.name), path, bytes });
    }
    let _ = fs::remove_dir(&folder).await;
    remove_file(&arrived.path);
    Ok(files)
}

/// The year by the firm's calendar.
pub(super) fn year_of_now(app: &App) -> i16 {
    app.calendar.date(app.clock.now()).year()
}

/// Looks at a file that has arrived, and notes it; one that cannot be read is noted as failed.
pub(super) async fn look_at(
    app: &App,
    by: String,
    arrived: Arrived,
    watched: Option<Watched>,
) -> Answer<registry::Import> {
    let source = Source::file_named(&arrived.path, arrived.name.clone());
    let looked = app.blocking(move |_| Ok(Kept::look(&source))).await?;
    let (mut kept, mut error) = (None, None);
    match looked {
        Ok(found) => kept = Some(found),
        Err(why) => error = Some(why),
    }
    if let Some(kept) = &mut kept
        && let Some(profile) = app.registry.profile(&kept.fingerprint()).await?
    {
        kept.follow(parse::<Profile>(&profile)?, year_of_now(app));
    }
    if let Some(mut found) = kept.take() {
        found.watched = watched;
        let source = Source::file_named(&arrived.path, arrived.name.clone());
        let shown = app.blocking(move |app| {
            // What cannot be shown beforehand is told when every row is checked.
            let _ = becoming::show(app, &mut found, &source);
            Ok(found)
        });
        kept = Some(shown.await?);
    }
    let now = app.clock.now().millis();
    let new = NewImport {
        file: arrived.name,
        bytes: i64::try_from(arrived.bytes).unwrap_or(i64::MAX),
        kind: kept.as_ref().map(|kept| kept.kind.clone()),
        layout: kept.as_ref().map(json).transpose()?,
        by,
    };
    let mut row = app.registry.add_import(new, now).await?;
    if let Some(why) = error {
        remove_file(&arrived.path);
        row.state = ImportState::Failed;
        row.error = Some(json(&Told::from(why.said()))?);
        app.registry.update_import(&row, ImportState::Read).await?;
        return Ok(row);
    }
    fs::rename(&arrived.path, file_of(app, row.id)).await?;
    Ok(row)
}
