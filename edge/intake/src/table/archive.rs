//! Limits on zip containers, checked before anything of them is believed, and while inflating.

use std::{
    collections::BTreeMap,
    io::{Read, Seek},
    sync::{Arc, atomic::AtomicU64},
};

use zip::ZipArchive;

use super::{
    Container,
    hidden::{self, HiddenRows},
};
use crate::{Source, Unreadable, said::said};

/// The most bytes all parts together may inflate to.
const TOTAL: u64 = 1 << 30;
/// The most bytes the table of shared texts may have: it is kept in memory.
const SHARED: u64 = 256 << 20;
/// The most times larger a part may become; small parts are let off.
const RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
/// The most parts.
const ENTRIES: usize = 10_000;
/// The most bytes one cell may have. Excel allows 32,767 characters.
const CELL: usize = 1 << 20;

/// What is known of a workbook's container after the check.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Whether there is a workbook in it.
    pub(crate) workbook: bool,
    /// Whether any sheet has merged cells.
    pub(crate) merged: bool,
    /// The hidden rows of each part that holds a sheet, by the part's name in small letters.
    hidden: BTreeMap<String, HiddenRows>,
    /// The text of the two parts that tell which sheet is in which part.
    workbook_xml: String,
    relations_xml: String,
}

impl Contents {
    /// The hidden rows of each sheet that has any, by the sheet's name.
    pub(crate) fn hidden_rows(mut self) -> BTreeMap<String, HiddenRows> {
        let parts = hidden::parts_of(&self.workbook_xml, &self.relations_xml);
        let of = |(name, part)| Some((name, self.hidden.remove(&part)?));
        parts.into_iter().filter_map(of).collect()
    }
}

/// The most bytes that are kept of a part that tells about sheets.
const TELLING: usize = 4 << 20;

/// What kind of workbook a zip is: the new kind of Excel, or one that is read aside.
pub(crate) fn container(source: &Source) -> Result<Container, Unreadable> {
    let opened = source.open(Arc::new(AtomicU64::new(0)))?;
    let Ok(mut archive) = ZipArchive::new(opened) else { return Ok(Container::Xlsx) };
    for place in 0..archive.len().min(ENTRIES) {
        let Ok(mut part) = archive.by_index(place) else { continue };
        let name = part.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
        if name.ends_with("workbook.bin") {
            return Ok(Container::Aside);
        }
        if name == "mimetype" {
            let mut kind = [0; 100];
            let n = part.read(&mut kind).unwrap_or(0);
            let open_document =
                String::from_utf8_lossy(&kind[..n]).contains("opendocument.spreadsheet");
            return Ok(if open_document { Container::Aside } else { Container::Xlsx });
        }
    }
    Ok(Container::Xlsx)
}

/// Inflates every part once, counting, so that what is read afterwards is known to keep the limits.
pub(crate) fn check(source: &Source) -> Result<Contents, Unreadable> {
    let opened = source.open(Arc::new(AtomicU64::new(0)))?;
    let mut archive = ZipArchive::new(opened).map_err(|_| {
        source.broken(said!(
            "ファイルが壊れています。もう一度保存し直してください",
            "the file is damaged; save it anew and try again"
        ))
    })?;
    if ENTRIES < archive.len() {
        return Err(bomb(source));
    }
    let mut total = 0;
    for place in 0..archive.len() {
        let part = archive.by_index_raw(place).map_err(|_| bomb(source))?;
        total += part.size();
        if TOTAL < total || too_dense(part.size(), part.compressed_size()) {
            return Err(bomb(source));
        }
    }
    let mut contents = Contents::default();
    let mut left = TOTAL;
    for place in 0..archive.len() {
        contents = inflate(source, &mut archive, place, &mut left, contents)?;
    }
    Ok(contents)
}

fn too_dense(size: u64, compressed: u64) -> bool {
    SMALL < size && RATIO * compressed.max(1) < size
}

fn inflate<R: Read + Seek>(
    source: &Source,
    archive: &mut ZipArchive<R>,
    place: usize,
    left: &mut u64,
    mut contents: Contents,
) -> Result<Contents, Unreadable> {
    let mut part = archive.by_index(place).map_err(|_| {
        source.broken(said!(
            "パスワード付き、または対応していない形式の圧縮です。パスワードを外して保存し直してください",
            "the file is protected by a password or packed in a way we do not know; save it without a password"
        ))
    })?;
    let name = part.name().map(|name| name.to_ascii_lowercase()).unwrap_or_default();
    contents.workbook |= name.ends_with("workbook.xml");
    if !name.ends_with(".xml") && !name.ends_with(".rels") {
        return Ok(contents);
    }
    let most = if name.ends_with("sharedstrings.xml") { SHARED.min(*left) } else { *left };
    let watches_cells = name.contains("worksheets/") || name.ends_with("sharedstrings.xml");
    let mut cells = CellWatch::default();
    let telling = match name.as_str() {
        "xl/workbook.xml" => Some(&mut contents.workbook_xml),
        "xl/_rels/workbook.xml.rels" => Some(&mut contents.relations_xml),
        _ => None,
    };
    let mut kept = Vec::new();
    let mut piece = vec![0; 64 << 10];
    let (mut n, compressed) = (0, part.compressed_size());
    loop {
        let got = part.read(&mut piece).map_err(|_| {
            source.broken(said!(
                "ファイルの中身が壊れています。もう一度保存し直してください",
                "a part of the file is damaged; save it anew and try again"
            ))
        })?;
        if got == 0 {
            break;
        }
        n += got as u64;
        if most < n || too_dense(n, compressed) {
            return Err(bomb(source));
        }
        if telling.is_some() && kept.len() < TELLING {
            kept.extend_from_slice(&piece[..got]);
        }
        if watches_cells && cells.pass(&piece[..got]) {
            return Err(source.broken(said!(
                "1MBを超えるセルがあります",
                "there is a cell of more than 1 MB; shorten it"
            )));
        }
    }
    *left -= n;
    if let Some(telling) = telling {
        *telling = String::from_utf8_lossy(&kept).into_owned();
    }
    contents.merged |= cells.merged;
    if cells.hidden != HiddenRows::default() {
        contents.hidden.insert(name, cells.hidden);
    }
    Ok(contents)
}

fn bomb(source: &Source) -> Unreadable {
    source.broken(said!(
        "展開すると大きくなりすぎるファイルです(上限は展開後1GB、圧縮率200倍、10,000部品)。分割して保存してください",
        "the file grows beyond our limits when unpacked (1 GB in all, 200 times its size, 10,000 parts); split it"
    ))
}

/// Follows the tags of a sheet and measures how long a cell becomes, without keeping it.
#[derive(Default)]
struct CellWatch {
    length: usize,
    tag: Option<Vec<u8>>,
    /// The attributes of the row's tag that is being passed.
    row: Option<Vec<u8>>,
    rows: u32,
    /// Whether the tag that is being passed closes an element.
    closing: bool,
    merged: bool,
    hidden: HiddenRows,
}

/// The tags that stand inside a cell or a shared text; every other tag ends it.
const INNER: &[&[u8]] = &[
    b"r",
    b"t",
    b"rPr",
    b"is",
    b"v",
    b"f",
    b"b",
    b"i",
    b"u",
    b"sz",
    b"color",
    b"rFont",
    b"family",
    b"charset",
    b"scheme",
    b"vertAlign",
    b"strike",
    b"rPh",
    b"phoneticPr",
    b"outline",
    b"shadow",
    b"condense",
    b"extend",
];

impl CellWatch {
    /// Takes the next bytes; `true` when a cell has become too long.
    fn pass(&mut self, bytes: &[u8]) -> bool {
        let mut rest = bytes;
        while !rest.is_empty() {
            if self.tag.is_some() {
                rest = self.pass_tag(rest);
                continue;
            }
            let text = rest.iter().position(|byte| *byte == b'<').unwrap_or(rest.len());
            self.pass_row(&rest[..text], text < rest.len());
            self.length += text;
            if CELL < self.length {
                return true;
            }
            rest = &rest[text..];
            if !rest.is_empty() {
                self.tag = Some(Vec::new());
                rest = &rest[1..];
            }
        }
        CELL < self.length
    }

    /// What follows the name of a row's tag, up to the next tag: its attributes.
    fn pass_row(&mut self, bytes: &[u8], ends: bool) {
        let Some(kept) = &mut self.row else { return };
        // A row's attributes are short; what is longer is none of ours.
        kept.extend(bytes.iter().take(1_000usize.saturating_sub(kept.len())));
        if !ends && !kept.contains(&b'>') {
            return;
        }
        let kept = self.row.take().unwrap_or_default();
        let attributes = String::from_utf8_lossy(&kept);
        let attributes = attributes.split('>').next().unwrap_or_default();
        let number = hidden::attribute(attributes, "r").and_then(|r| r.parse().ok());
        self.rows = number.unwrap_or(self.rows.saturating_add(1));
        self.hidden.see(attributes, self.rows);
    }

    fn pass_tag<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let Some(name) = &mut self.tag else { return bytes };
        for (place, byte) in bytes.iter().enumerate() {
            match byte {
                b'/' if name.is_empty() => self.closing = true,
                b' ' | b'\t' | b'\r' | b'\n' | b'/' | b'>' => {
                    let local = name.rsplit(|byte| *byte == b':').next().unwrap_or_default();
                    self.merged |= local == b"mergeCell";
                    // An opening tag only: `</row>` begins with a slash, which is not part of the name.
                    if local == b"row" && !self.closing {
                        self.row = Some(Vec::new());
                    }
                    self.closing = false;
                    if !INNER.contains(&local) {
                        self.length = 0;
                    }
                    self.tag = None;
                    // What follows up to the next tag counts as text, attributes too.
                    return &bytes[place..];
                }
                _ => name.push(*byte),
            }
            self.length += 1;
            if 64 < name.len() {
                self.tag = None;
                return &bytes[place..];
            }
        }
        &[]
    }
}
