//! A disk in memory that loses what was not made safe, tears writes, fails the n-th call and fills up.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use store::{Disk, DiskFile, Locked};

use crate::makings::Chance;

/// A wrong way to keep data safe, to see that the tests would notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bug {
    /// Files are said to be safe and are not: whoever believes it acknowledges too early.
    LiesAboutFiles,
    /// Every third time.
    LiesNowAndThen,
    /// After a power failure no checksum tells what is torn: each frame of the log that has its length is given the
    /// checksum of what stands there, as for a reader that does not look.
    NoChecksums,
    /// Names are said to be safe and are not.
    LiesAboutNames,
    /// What is renamed into place was not made safe before.
    RenamesUnsafe,
}

#[derive(Clone, Default)]
struct Inode {
    now: Vec<u8>,
    safe: Vec<u8>,
    /// What a failed sync left behind: the system believes it safe, so no later sync writes it.
    never: Vec<std::ops::Range<usize>>,
}

/// A change of names that is not safe yet.
#[derive(Clone)]
struct Renaming {
    folder: PathBuf,
    set: Option<(PathBuf, usize)>,
    unset: Option<PathBuf>,
}

#[derive(Clone, Default)]
struct World {
    inodes: Vec<Inode>,
    names: BTreeMap<PathBuf, usize>,
    safe_names: BTreeMap<PathBuf, usize>,
    renamings: Vec<Renaming>,
    folders: BTreeSet<PathBuf>,
    locks: BTreeSet<PathBuf>,
    calls: u64,
    fail_at: Option<(u64, io::ErrorKind)>,
    dies_at: Option<u64>,
    room: Option<usize>,
    bug: Option<Bug>,
}

/// Clones share the disk.
#[derive(Clone, Default)]
pub(crate) struct SimDisk(Arc<Mutex<World>>);

impl SimDisk {
    pub(crate) fn with_bug(bug: Option<Bug>) -> SimDisk {
        SimDisk(Arc::new(Mutex::new(World { bug, ..World::default() })))
    }

    /// The n-th call from now on fails, once.
    pub(crate) fn fail_at(&self, n: u64, kind: io::ErrorKind) {
        let mut world = self.0.lock().unwrap();
        world.fail_at = Some((world.calls + n, kind));
    }

    /// Whether the failure is still to come.
    pub(crate) fn failure_is_ahead(&self) -> bool {
        let world = self.0.lock().unwrap();
        world.fail_at.is_some_and(|(at, _)| world.calls < at)
    }

    /// From the n-th call from now on everything fails: the power is gone.
    pub(crate) fn dies_at(&self, n: u64) {
        let mut world = self.0.lock().unwrap();
        world.dies_at = Some(world.calls + n);
    }

    /// How many bytes fit on the disk.
    pub(crate) fn room(&self, room: Option<usize>) {
        self.0.lock().unwrap().room = room;
    }

    pub(crate) fn used(&self) -> usize {
        let world = self.0.lock().unwrap();
        world.names.values().map(|inode| world.inodes[*inode].now.len()).sum()
    }

    /// The disk as it is found when the power is back.
    pub(crate) fn after_power_loss(&self, chance: &mut Chance) -> SimDisk {
        let old = self.0.lock().unwrap();
        let mut new = World { bug: old.bug, folders: old.folders.clone(), ..World::default() };
        let mut names = old.safe_names.clone();
        for renaming in &old.renamings {
            if chance.one_in(2) {
                if let Some(name) = &renaming.unset {
                    names.remove(name);
                }
                names.extend(renaming.set.clone());
            }
        }
        for (name, inode) in names {
            let is_log = name.extension().is_some_and(|end| end == "log");
            let content = match old.bug {
                Some(Bug::NoChecksums) if is_log => old.inodes[inode].torn_and_believed(chance),
                _ => old.inodes[inode].torn(chance),
            };
            new.names.insert(name, new.inodes.len());
            new.inodes.push(Inode { now: content.clone(), safe: content, never: vec![] });
        }
        new.safe_names = new.names.clone();
        SimDisk(Arc::new(Mutex::new(new)))
    }

    /// A disk of its own with the same content.
    pub(crate) fn copy(&self) -> SimDisk {
        let mut world = self.0.lock().unwrap().clone();
        world.locks.clear();
        SimDisk(Arc::new(Mutex::new(world)))
    }

    pub(crate) fn files(&self) -> Vec<(PathBuf, usize)> {
        let world = self.0.lock().unwrap();
        world
            .names
            .iter()
            .map(|(name, inode)| (name.clone(), world.inodes[*inode].now.len()))
            .collect()
    }

    /// All files with what is in them.
    pub(crate) fn contents(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let world = self.0.lock().unwrap();
        let names = world.names.iter();
        names.map(|(name, inode)| (name.clone(), world.inodes[*inode].now.clone())).collect()
    }

    pub(crate) fn content(&self, name: &Path) -> Vec<u8> {
        let world = self.0.lock().unwrap();
        world.inodes[world.names[name]].now.clone()
    }

    /// Changes a file behind the store's back.
    pub(crate) fn tamper(&self, name: &Path, change: impl FnOnce(&mut Vec<u8>)) {
        let mut world = self.0.lock().unwrap();
        let inode = world.names[name];
        change(&mut world.inodes[inode].now);
        world.inodes[inode].safe = world.inodes[inode].now.clone();
    }

    pub(crate) fn forget(&self, folder: &Path) {
        let mut world = self.0.lock().unwrap();
        world.names.retain(|name, _| !name.starts_with(folder));
        world.safe_names = world.names.clone();
    }

    fn call(&self) -> Result<std::sync::MutexGuard<'_, World>, io::Error> {
        let mut world = self.0.lock().unwrap();
        world.calls += 1;
        if world.dies_at.is_some_and(|at| at <= world.calls) {
            return Err(io::Error::other("the power is gone"));
        }
        match world.fail_at {
            Some((at, kind)) if at == world.calls => Err(io::Error::from(kind)),
            _ => Ok(world),
        }
    }
}

/// Gives every frame in the bytes the checksum that fits it: length, checksum, kind, safe length, payload.
fn believe(bytes: &mut [u8]) {
    const HEADER: usize = 17;
    let mut start = 0;
    while let Some(frame) = bytes.get_mut(start..) {
        let Some((head, rest)) = frame.split_at_mut_checked(HEADER) else { return };
        let length = u32::from_le_bytes(head[..4].try_into().unwrap()) as usize;
        let Some(payload) = rest.get(..length) else { return };
        let mut crc = crc32fast::Hasher::new();
        for piece in [&head[..4], &head[8..], payload] {
            crc.update(piece);
        }
        head[4..8].copy_from_slice(&crc.finalize().to_le_bytes());
        start += HEADER + length;
    }
}

impl Inode {
    /// Any mixture of what was safe and what was not, in blocks.
    fn torn(&self, chance: &mut Chance) -> Vec<u8> {
        if self.now == self.safe {
            return self.safe.clone();
        }
        let block = [16, 512, 4096][chance.below(3) as usize];
        let (low, high) = {
            let (a, b) = (self.now.len(), self.safe.len());
            (a.min(b), a.max(b))
        };
        let length = match chance.below(3) {
            0 => low,
            1 => high,
            _ => low + chance.below((high - low) as u64 + 1) as usize,
        };
        let mut content = vec![0; length];
        for start in (0..length).step_by(block) {
            let from = if chance.one_in(2) { &self.now } else { &self.safe };
            let end = (start + block).min(length).min(from.len());
            if start < end {
                content[start..end].copy_from_slice(&from[start..end]);
            }
        }
        for never in &self.never {
            let end = never.end.min(length);
            if never.start < end {
                content[never.start..end].fill(0);
            }
        }
        content
    }

    /// All of what was not safe, but for a few bytes in it, and no checksum that tells.
    fn torn_and_believed(&self, chance: &mut Chance) -> Vec<u8> {
        let mut content = self.now.clone();
        let first = self.safe.len() + 17;
        if first < content.len() {
            let start = first + chance.below((content.len() - first) as u64) as usize;
            let end = (start + 16).min(content.len());
            content[start..end].fill(0);
        }
        believe(&mut content);
        content
    }

    fn sync(&mut self) {
        self.safe.clone_from(&self.now);
        for never in &self.never {
            let end = never.end.min(self.safe.len());
            if never.start < end {
                self.safe[never.start..end].fill(0);
            }
        }
    }
}

impl Disk for SimDisk {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.call()?.folders.insert(folder.to_owned());
        Ok(())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let world = self.call()?;
        let inside = world.names.keys().filter(|name| name.parent() == Some(folder));
        Ok(inside.map(|name| name.file_name().unwrap().to_str().unwrap().to_owned()).collect())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        let mut world = self.call()?;
        let inode = world.inodes.len();
        world.inodes.push(Inode::default());
        world.rename(Some((path.to_owned(), inode)), None);
        Ok(Box::new(SimFile { disk: self.clone(), inode, path: path.to_owned() }))
    }

    fn open(&self, path: &Path, _write: bool) -> io::Result<Box<dyn DiskFile>> {
        let world = self.call()?;
        let inode = *world.names.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(SimFile { disk: self.clone(), inode, path: path.to_owned() }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut world = self.call()?;
        let inode = *world.names.get(from).ok_or(io::ErrorKind::NotFound)?;
        world.rename(Some((to.to_owned(), inode)), Some(from.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut world = self.call()?;
        if !world.names.contains_key(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        world.rename(None, Some(path.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut world = self.call()?;
        if world.bug == Some(Bug::LiesAboutNames) {
            return Ok(());
        }
        for renaming in std::mem::take(&mut world.renamings) {
            if renaming.folder != folder {
                world.renamings.push(renaming);
                continue;
            }
            if let Some(name) = &renaming.unset {
                world.safe_names.remove(name);
            }
            world.safe_names.extend(renaming.set);
        }
        Ok(())
    }

    fn lock(&self, path: &Path, _holder: &str) -> io::Result<Locked> {
        if !self.call()?.locks.insert(path.to_owned()) {
            return Ok(Locked::Theirs("another store".into()));
        }
        Ok(Locked::Ours(Box::new(SimLock(self.clone(), path.to_owned()))))
    }
}

impl World {
    fn rename(&mut self, set: Option<(PathBuf, usize)>, unset: Option<PathBuf>) {
        if let Some(name) = &unset {
            self.names.remove(name);
        }
        self.names.extend(set.clone());
        let name = set.as_ref().map(|(name, _)| name).or(unset.as_ref()).unwrap();
        let folder = name.parent().unwrap().to_owned();
        self.renamings.push(Renaming { folder, set, unset });
    }

    fn used(&self) -> usize {
        self.names.values().map(|inode| self.inodes[*inode].now.len()).sum()
    }
}

struct SimLock(SimDisk, PathBuf);

impl Drop for SimLock {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().locks.remove(&self.1);
    }
}

struct SimFile {
    disk: SimDisk,
    inode: usize,
    path: PathBuf,
}

impl DiskFile for SimFile {
    fn append(&self, bytes: &[u8]) -> io::Result<()> {
        let (mut world, fits) = match self.disk.call() {
            Ok(world) => {
                let room = world.room.map_or(bytes.len(), |room| room.saturating_sub(world.used()));
                (world, room.min(bytes.len()))
            }
            Err(error) => {
                // A short write: part of it is there all the same, unless the power is gone.
                let mut world = self.disk.0.lock().unwrap();
                if world.dies_at.is_none_or(|at| world.calls < at) {
                    world.inodes[self.inode].now.extend_from_slice(&bytes[..bytes.len() / 2]);
                }
                return Err(error);
            }
        };
        world.inodes[self.inode].now.extend_from_slice(&bytes[..fits]);
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()> {
        let world = self.disk.call()?;
        let from = world.inodes[self.inode].now.get(offset as usize..).unwrap_or_default();
        let bytes = from.get(..buffer.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        buffer.copy_from_slice(bytes);
        Ok(())
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.disk.call()?.inodes[self.inode].now.len() as u64)
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        let mut world = self.disk.call()?;
        let inode = &mut world.inodes[self.inode];
        inode.now.truncate(length as usize);
        // What is written there anew is new to the system too.
        inode.never.iter_mut().for_each(|never| never.end = never.end.min(length as usize));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let mut world = match self.disk.call() {
            Ok(world) => world,
            Err(error) => {
                let mut world = self.disk.0.lock().unwrap();
                let inode = &mut world.inodes[self.inode];
                let lost = inode.safe.len()..inode.now.len();
                inode.never.push(lost);
                return Err(error);
            }
        };
        let renamed_later = self.path.extension().is_some_and(|end| end == "new");
        match world.bug {
            Some(Bug::LiesAboutFiles) => {}
            Some(Bug::LiesNowAndThen) if world.calls.is_multiple_of(3) => {}
            Some(Bug::RenamesUnsafe) if renamed_later => {}
            _ => world.inodes[self.inode].sync(),
        }
        Ok(())
    }
}
