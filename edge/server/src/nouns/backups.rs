//! Backups through HTTP: the whole folder as one file, streamed while the server goes on working.

use std::io::{self, BufWriter, Write};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::{
    backup::{self, RegistryCopy},
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::Text,
    },
};

/// The answer goes out in pieces of this size.
const PIECE: usize = 256 << 10;
/// So many pieces wait for a slow client.
const PIECES: usize = 4;

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
    let copy = RegistryCopy::take(&app.folder, &app.registry).await;
    let copy = copy.map_err(|why| ApiError::ours("a backup", why))?;
    let at = app.clock.now();
    let now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), "backup_taken", "workspace", None, now).await?;
    let (pieces, answer) = mpsc::channel(PIECES);
    let working = app.clone();
    tokio::task::spawn_blocking(move || {
        let out = BufWriter::with_capacity(PIECE, Answering(pieces.clone()));
        if let Err(why) = backup::write(&working.store, &copy, at, out) {
            tracing::warn!(%why, "a backup broke off");
            // Whoever listens is told by the connection that ends without an end.
            let _ = pieces.blocking_send(Err(io::Error::other("the backup broke off")));
        }
    });
    let name = format!("attachment; filename=\"kizashi-{}.backup\"", file_time(at));
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(answer))).into_response())
}

/// An instant as it may stand in the name of a file.
fn file_time(at: facts::Timestamp) -> String {
    at.to_string().chars().filter(char::is_ascii_alphanumeric).take(15).collect()
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
