//! A zip of files: taken apart before its files are looked at, within limits.

use std::{
    fs::File,
    io::{BufWriter, Read, Seek, Write},
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
};

use zip::ZipArchive;

use crate::{Source, Unreadable, said::said};

/// The most files of a zip.
const FILES: usize = 200;
/// The most bytes all of them together may have.
const TOTAL: u64 = 8 << 30;
/// The most times larger a file may become; small ones are let off.
const RATIO: u64 = 500;
const SMALL: u64 = 16 << 20;

/// A file out of a zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// Its name in the zip, without folders.
    pub name: String,
    /// Where it lies now.
    pub path: PathBuf,
}

/// Whether a file is a zip of files rather than a workbook, which is a zip, too.
///
/// # Errors
/// [`Unreadable`] when it cannot be read.
pub fn is_package(source: &Source) -> Result<bool, Unreadable> {
    let mut begins = [0; 4];
    let mut opened = source.open(Arc::new(AtomicU64::new(0)))?;
    let n = opened.read(&mut begins).map_err(|error| source.disk(error))?;
    if !matches!(&begins[..n], [b'P', b'K', 3, 4] | [b'P', b'K', 5, 6]) {
        return Ok(false);
    }
    let opened = source.open(Arc::new(AtomicU64::new(0)))?;
    let Ok(mut archive) = ZipArchive::new(opened) else { return Ok(false) };
    let workbook = |name: &str| {
        name.ends_with("workbook.xml") || name.ends_with("workbook.bin") || name == "mimetype"
    };
    for place in 0..archive.len().min(10_000) {
        if let Ok(part) = archive.by_index_raw(place)
            && part.name().is_ok_and(|name| workbook(&name.to_ascii_lowercase()))
        {
            return Ok(false);
        }
    }
    Ok(!archive.is_empty())
}

/// Takes a zip apart into a folder that exists; the files get names of our own there. Folders, hidden files and the
/// remarks of a Macintosh are passed over.
///
/// # Errors
/// [`Unreadable`] when the zip is damaged, has a password, holds no file, or breaks a limit; then nothing is left.
pub fn unpack(source: &Source, folder: &Path) -> Result<Vec<Unpacked>, Unreadable> {
    let opened = source.open(Arc::new(AtomicU64::new(0)))?;
    let mut archive = ZipArchive::new(opened).map_err(|_| damaged(source))?;
    let mut files = Vec::new();
    let unpacked = each(source, &mut archive, folder, &mut files);
    if let Err(error) = unpacked {
        for file in &files {
            // It may not have been begun.
            let _ = std::fs::remove_file(&file.path);
        }
        return Err(error);
    }
    if files.is_empty() {
        return Err(
            source.broken(said!("zipの中にファイルがありません", "there is no file in the zip"))
        );
    }
    Ok(files)
}

fn each<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    folder: &Path,
    files: &mut Vec<Unpacked>,
) -> Result<(), Unreadable> {
    let mut left = TOTAL;
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).map_err(|_| locked(source))?;
        let name = name_of(part.name_raw());
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        if part.is_dir() || last.is_empty() || last.starts_with('.') || name.starts_with("__MACOSX")
        {
            continue;
        }
        if files.len() == FILES {
            return Err(too_much(source));
        }
        let path = folder.join(format!("unpacked-{place}.part"));
        files.push(Unpacked { name: last, path: path.clone() });
        let packed = part.compressed_size();
        let mut out = BufWriter::new(File::create_new(&path).map_err(|error| source.disk(error))?);
        copy(source, &mut part, &mut out, packed, &mut left)?;
        out.flush().map_err(|error| source.disk(error))?;
    }
    Ok(())
}

/// Inflates one file, counting.
fn copy(
    source: &Source,
    part: &mut impl Read,
    out: &mut impl Write,
    packed: u64,
    left: &mut u64,
) -> Result<(), Unreadable> {
    let mut piece = vec![0; 64 << 10];
    let mut n = 0_u64;
    loop {
        let got = part.read(&mut piece).map_err(|_| damaged(source))?;
        if got == 0 {
            return Ok(());
        }
        n += got as u64;
        if *left < got as u64 || (SMALL < n && RATIO * packed.max(1) < n) {
            return Err(too_much(source));
        }
        *left -= got as u64;
        out.write_all(&piece[..got]).map_err(|error| source.disk(error))?;
    }
}

/// A name as it was meant: Windows of Japan writes CP932 and does not say so.
fn name_of(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::SHIFT_JIS.decode(raw).0.into_owned(),
    }
}

fn damaged(source: &Source) -> Unreadable {
    source
        .broken(said!("zipが壊れています。作り直してください", "the zip is damaged; make it anew"))
}

fn locked(source: &Source) -> Unreadable {
    source.broken(said!(
        "zipにパスワードがあるか、対応していない圧縮です。パスワードなしで作り直してください",
        "the zip has a password or is packed in a way we do not know; make it anew without a password"
    ))
}

fn too_much(source: &Source) -> Unreadable {
    source.broken(said!(
        "展開すると大きくなりすぎるzipです(上限は200ファイル、展開後8GB、圧縮率500倍)。分けて送ってください",
        "the zip grows beyond our limits when unpacked (200 files, 8 GB in all, 500 times its size); split it"
    ))
}
