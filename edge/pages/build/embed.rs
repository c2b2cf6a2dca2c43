//! Writes the table of files that the library includes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::app::walk;

/// Copies the app (or, without one, the placeholder) into `out` and writes `out/files.rs`, which embeds the copies: a
/// `web/dist` that changes while the compiler runs cannot give a mixture of two apps.
pub(crate) fn write(dist: Option<&Path>, placeholder: &Path, out: &Path) -> Result<(), String> {
    let copies = out.join("web");
    let said = |why: std::io::Error| format!("cannot embed the web app: {why}");
    if copies.exists() {
        fs::remove_dir_all(&copies).map_err(said)?;
    }
    fs::create_dir_all(&copies).map_err(said)?;
    match dist {
        Some(dist) => copy(dist, &copies).map_err(said)?,
        None => fs::copy(placeholder, copies.join("index.html")).map(|_| ()).map_err(said)?,
    }
    let table = table(&copies, dist.is_some()).map_err(said)?;
    fs::write(out.join("files.rs"), table).map_err(said)
}

fn copy(dist: &Path, copies: &Path) -> std::io::Result<()> {
    let mut files = Vec::new();
    walk(dist, "", &mut files)?;
    for path in files.iter().filter(|path| is_public(path)) {
        let target = copies.join(path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(dist.join(path), target)?;
    }
    Ok(())
}

/// False for what the build leaves beside the app: its stamp, its list of chunks (in a folder with a dot), source maps.
fn is_public(path: &str) -> bool {
    path != "stamp.txt" && !path.starts_with('.') && !path.ends_with(".map")
}

fn table(copies: &Path, built: bool) -> std::io::Result<String> {
    let mut files = Vec::new();
    walk(copies, "", &mut files)?;
    files.sort();
    let has = |path: &str| files.binary_search_by(|file| file.as_str().cmp(path)).is_ok();

    let mut table = format!("const BUILT: bool = {built};\nstatic FILES: &[File] = &[\n");
    for path in &files {
        if compressed_form_of(path).is_some_and(has) {
            continue;
        }
        let form = |ending: &str| {
            let path = format!("{path}{ending}");
            if has(&path) {
                format!("Some({})", included(copies, &path))
            } else {
                "None".to_owned()
            }
        };
        let etag = etag(&fs::read(copies.join(path))?);
        let _ = writeln!(
            table,
            "File {{ path: {path:?}, page: Page {{ bytes: {bytes}, br: {br}, gz: {gz}, content_type: {kind:?}, \
             etag: {etag:?}, immutable: {immutable} }} }},",
            bytes = included(copies, path),
            br = form(".br"),
            gz = form(".gz"),
            kind = content_type(path),
            immutable = path.starts_with("assets/"),
        );
    }
    table.push_str("];\n");
    Ok(table)
}

fn included(copies: &Path, path: &str) -> String {
    format!("include_bytes!({:?})", copies.join(path).display().to_string())
}

/// The file that this one is a compressed form of, by its name.
fn compressed_form_of(path: &str) -> Option<&str> {
    path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"))
}

/// Half of a SHA-256 is plenty to tell two versions of one file apart.
fn etag(bytes: &[u8]) -> String {
    let hex: String =
        Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{hex}\"")
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
