//! Writing files of facts again without some customers. The new files lie beside the old ones, as `NAME.new`, and do
//! not count until they take their names.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    StoreError, Watch,
    batches::Place,
    disk::{Disk, DiskFile, Folder, Locked, OpenFile},
    frame::{FrameAt, Frames, Next, Payload},
    ids::{IdEntry, IdHash},
    log,
    records::{
        FactsBody, HEAD, Head, Imported, NotAFact, Record, STAGED, Told, facts_payload,
        imported_payload, push_erased, push_raw,
    },
    staged::{damaged_frame, import_name},
};
use facts::pack::Unpack;

/// What the name of a file that does not count yet ends with.
pub(crate) const NEW: &str = ".new";

/// Writes the files again in which certain customers appear.
pub(crate) struct Rewriter<'a> {
    folder: Folder,
    /// The customers to leave out, with their numbers.
    targets: &'a HashMap<String, u32>,
    /// Length and checksum of the imports that were written again, by the numbers of their files.
    imports: BTreeMap<u32, (u64, u32)>,
    looked_at: BTreeSet<u32>,
    /// The names of all files that were written again.
    pub(crate) files: Vec<String>,
    /// How many facts were left out.
    pub(crate) facts: u64,
    /// The ids of these facts.
    pub(crate) ids: HashSet<IdEntry>,
}

impl<'a> Rewriter<'a> {
    pub(crate) fn new(folder: &Folder, targets: &'a HashMap<String, u32>) -> Rewriter<'a> {
        Rewriter {
            folder: folder.clone(),
            targets,
            imports: BTreeMap::new(),
            looked_at: BTreeSet::new(),
            files: vec![],
            facts: 0,
            ids: HashSet::new(),
        }
    }

    /// Goes through the whole log and all imports. Afterwards the new files are safe, under their new names.
    pub(crate) fn run(&mut self, watch: &Watch<'_>) -> Result<(), StoreError> {
        let last = log::files(&self.folder)?;
        for number in 1..=last {
            self.imports_of(number, watch)?;
            if self.is_touched(number)? {
                self.write_log(number, number == last)?;
            }
            watch.check()?;
        }
        self.folder.sync_folder(log::FACTS_FOLDER)?;
        self.folder.sync_folder(&format!("{}/imports", log::FACTS_FOLDER))
    }

    /// Calls `each` for every frame of a log file but its head.
    fn each_frame(
        &self,
        number: u32,
        mut each: impl FnMut(Place, &FrameAt) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut frames = log::frames_of(&self.folder, number)?;
        loop {
            match frames.next()? {
                Next::Frame(frame) => each(Place { file: number, offset: frame.offset }, &frame)?,
                Next::End => return Ok(()),
                Next::Broken(what) => return Err(frames.damaged(what)),
            }
        }
    }

    /// Writes again the imports that a log file commits.
    fn imports_of(&mut self, number: u32, watch: &Watch<'_>) -> Result<(), StoreError> {
        let mut found = vec![];
        self.each_frame(number, |place, frame| {
            match Record::read(frame.kind, &frame.payload) {
                Some(Record::Imported(imported)) => found.push(imported),
                Some(_) => {}
                None => return Err(damaged_frame(&self.folder, place)),
            }
            Ok(())
        })?;
        for imported in found {
            if self.looked_at.insert(imported.file) && self.is_import_touched(&imported, watch)? {
                self.write_import(&imported, watch)?;
            }
        }
        Ok(())
    }

    fn is_import_touched(&self, of: &Imported, watch: &Watch<'_>) -> Result<bool, StoreError> {
        let mut frames = Frames::new(self.folder.open(&import_name(of.file), false)?, 0)?;
        loop {
            watch.check()?;
            let frame = match frames.next()? {
                Next::Frame(frame) if frame.kind == STAGED => frame,
                Next::Frame(_) => return Err(frames.damaged("a frame of another kind")),
                Next::Broken(what) => return Err(frames.damaged(what)),
                Next::End => return Ok(false),
            };
            let body = FactsBody(Unpack(&frame.payload));
            let named = self.names_any(body);
            if named.map_err(|_| frames.damaged("what stands there is no fact"))? {
                return Ok(true);
            }
        }
    }

    fn write_import(&mut self, of: &Imported, watch: &Watch<'_>) -> Result<(), StoreError> {
        let name = import_name(of.file);
        let mut frames = Frames::new(self.folder.open(&name, false)?, 0)?;
        let file = self.create(&name)?;
        let (mut length, mut crc, mut framed) = (0, crc32fast::Hasher::new(), vec![]);
        while let Next::Frame(frame) = frames.next()? {
            watch.check()?;
            let body = self.without(&of.told, FactsBody(Unpack(&frame.payload)));
            let body = body.map_err(|_| frames.damaged("what stands there is no fact"))?;
            framed.clear();
            let frame_crc = Payload::new(STAGED, body).push(&mut framed, 0);
            crc.update(&frame_crc.to_le_bytes());
            length += framed.len() as u64;
            file.append(&framed)?;
        }
        file.sync()?;
        self.imports.insert(of.file, (length, crc.finalize()));
        self.files.push(name);
        Ok(())
    }

    /// Whether anything in a log file is to be written otherwise.
    fn is_touched(&self, number: u32) -> Result<bool, StoreError> {
        let mut touched = false;
        self.each_frame(number, |place, frame| {
            let damaged = || damaged_frame(&self.folder, place);
            touched |= match Record::read(frame.kind, &frame.payload).ok_or_else(damaged)? {
                Record::Facts(_, body) => self.names_any(body).map_err(|_| damaged())?,
                Record::Imported(imported) => self.imports.contains_key(&imported.file),
                Record::Undone { .. } => false,
            };
            Ok(())
        })?;
        Ok(touched)
    }

    fn write_log(&mut self, number: u32, last: bool) -> Result<(), StoreError> {
        let name = log::name(number);
        let mut frames = Frames::new(self.folder.open(&name, false)?, 0)?;
        let file = self.create(&name)?;
        let mut length = 0;
        while let Next::Frame(frame) = frames.next()? {
            let place = Place { file: number, offset: frame.offset };
            let payload = match frame.kind {
                HEAD => self.head(number, last, &frame)?,
                _ => self.frame(place, frame)?,
            };
            let mut framed = vec![];
            // All before it is safe by the time this file counts.
            payload.push(&mut framed, length);
            length += framed.len() as u64;
            file.append(&framed)?;
        }
        file.sync()?;
        self.files.push(name);
        Ok(())
    }

    /// The head says by what the next file knows this one.
    fn head(&self, number: u32, last: bool, frame: &FrameAt) -> Result<Payload, StoreError> {
        let place = Place { file: number, offset: 0 };
        let damaged = |place| damaged_frame(&self.folder, place);
        let mut head = Head::read(&frame.payload).ok_or_else(|| damaged(place))?;
        if !last {
            let next = Place { file: number + 1, offset: 0 };
            let next = log::head_of(&self.folder, next.file)?.ok_or_else(|| damaged(next))?;
            head.known_as = Some((next.previous_length, next.previous_crc));
        }
        Ok(head.payload())
    }

    fn frame(&mut self, place: Place, frame: FrameAt) -> Result<Payload, StoreError> {
        let folder = self.folder.clone();
        let damaged = || damaged_frame(&folder, place);
        Ok(match Record::read(frame.kind, &frame.payload).ok_or_else(damaged)? {
            Record::Facts(told, body) => {
                let body = self.without(&told, body).map_err(|_| damaged())?;
                facts_payload(&told, &body)
            }
            Record::Imported(mut imported) => {
                if let Some((length, crc)) = self.imports.get(&imported.file) {
                    (imported.length, imported.crc) = (*length, *crc);
                }
                imported_payload(&imported)
            }
            Record::Undone { .. } => Payload::new(frame.kind, frame.payload),
        })
    }

    fn names_any(&self, mut body: FactsBody<'_>) -> Result<bool, NotAFact> {
        while let Some(fact) = body.next()? {
            if self.targets.contains_key(fact.customer) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The facts of others as they were, and the places of those that are left out.
    fn without(&mut self, told: &Told, mut body: FactsBody<'_>) -> Result<Vec<u8>, NotAFact> {
        let mut bytes = Vec::with_capacity(body.0.0.len());
        let mut ids = IdHash::of(&told.source);
        while let Some(fact) = body.next()? {
            let Some(no) = self.targets.get(fact.customer) else {
                push_raw(&mut bytes, &fact);
                continue;
            };
            let id = fact.parse()?.and_then(|parsed| parsed.id);
            self.ids.extend(id.map(|id| (ids.hash(id), told.batch)));
            self.facts += 1;
            push_erased(&mut bytes, *no);
        }
        Ok(bytes)
    }

    fn create(&self, name: &str) -> Result<OpenFile, StoreError> {
        self.folder.create(&format!("{name}{NEW}"))
    }

    /// Removes what was written again.
    pub(crate) fn discard(folder: &Folder) -> Result<(), StoreError> {
        for within in [log::FACTS_FOLDER.to_owned(), format!("{}/imports", log::FACTS_FOLDER)] {
            for name in folder.list(&within)?.iter().filter(|name| name.ends_with(NEW)) {
                folder.remove(&format!("{within}/{name}"))?;
            }
        }
        Ok(())
    }
}

/// A folder as it will be once the given files have taken their names; for reading only.
pub(crate) fn as_it_will_be(folder: &Folder, files: &[String]) -> Folder {
    let renamed = files.iter().map(|name| folder.at(name)).collect();
    let disk = Arc::new(AsItWillBe { disk: folder.disk.clone(), renamed });
    Folder { disk, path: folder.path.clone() }
}

struct AsItWillBe {
    disk: Arc<dyn Disk>,
    renamed: BTreeSet<PathBuf>,
}

impl Disk for AsItWillBe {
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }

    fn open(&self, path: &Path, _write: bool) -> io::Result<Box<dyn DiskFile>> {
        match self.renamed.contains(path) {
            true => {
                let mut new = path.as_os_str().to_owned();
                new.push(NEW);
                self.disk.open(Path::new(&new), false)
            }
            false => self.disk.open(path, false),
        }
    }

    fn create_folder(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn create(&self, _: &Path) -> io::Result<Box<dyn DiskFile>> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn rename(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn remove(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }

    fn lock(&self, _: &Path, _: &str) -> io::Result<Locked> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
}
