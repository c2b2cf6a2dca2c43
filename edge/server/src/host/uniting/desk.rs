//! What is needed to compare one more customer with all others: of companies and of persons what was learned and under
//! which keys they stand, and of everybody the hash of what was compared.
//!
//! Two files lie in `FOLDER/pairs`; both are derived, and learned anew when they are missing or of another version.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use facts::Timestamp;
use matching::{Directory, Figures, Learned, Plan, Thresholds, Verdict};
use serde::{Deserialize, Serialize};

use crate::{
    host::{
        App,
        uniting::{
            FoundPair,
            finding::{Cells, List, Lists, Sort, cells_of, columns_of, is_given_up, said_of},
        },
    },
    http::error::{Answer, ApiError},
};

/// Of so many customers is learned without being asked: it takes seconds and little memory.
const LEARNED_UNASKED: u64 = 100_000;
/// The version of what is written.
const VERSION: u32 = 1;

/// Why nothing was learned.
pub(super) enum NotLearned {
    /// There are so many customers that somebody has to ask for it.
    TooMany,
    /// The server is to stop, or somebody stopped it.
    GivenUp,
    Failed(ApiError),
}

impl From<ApiError> for NotLearned {
    fn from(why: ApiError) -> NotLearned {
        NotLearned::Failed(why)
    }
}

/// Companies or persons.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    /// The columns that are compared, by their place among all of the sort.
    places: Vec<usize>,
    directory: Option<Directory>,
}

/// Everything that one more customer is compared by.
#[derive(Debug, Clone)]
pub(super) struct Desk {
    companies: Shelf,
    persons: Shelf,
    /// By number: the hash of what was compared, 0 of those who never were.
    compared: Vec<u32>,
    is_changed: bool,
}

/// What is on disk of what was learned.
#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    companies: KeptShelf,
    persons: KeptShelf,
}

#[derive(Serialize, Deserialize)]
struct KeptShelf {
    /// The names of the attributes.
    columns: Vec<String>,
    figures: Option<Figures>,
}

/// The hash of what tells who a customer is; never 0.
pub(super) fn hash_of(sort: Sort, cells: &[String]) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let sort = [sort as u8];
    let bytes = cells.iter().flat_map(|cell| cell.bytes().chain([0x1f]));
    sort.into_iter().chain(bytes).fold(0x811c_9dc5, step).max(1)
}

impl Shelf {
    /// What a full match of a list leaves behind.
    pub(super) fn of(places: Vec<usize>, directory: Option<Directory>) -> Shelf {
        Shelf { places, directory }
    }

    fn cells(&self, all: &[String]) -> Vec<String> {
        self.places.iter().map(|place| all.get(*place).cloned().unwrap_or_default()).collect()
    }

    fn rows(&self) -> u64 {
        self.directory.as_ref().map_or(0, |directory| u64::from(directory.learned().rows()))
    }

    fn kept(&self, sort: Sort) -> KeptShelf {
        let name = |place: &usize| sort.columns()[*place].0.to_owned();
        KeptShelf {
            columns: self.places.iter().map(name).collect(),
            figures: self.directory.as_ref().map(|directory| directory.learned().figures()),
        }
    }

    /// `None` when it is of other columns than there are now.
    fn from_kept(kept: KeptShelf, sort: Sort) -> Option<Shelf> {
        let place = |name: &String| sort.columns().iter().position(|(key, _)| key == name);
        let places: Vec<usize> = kept.columns.iter().map(place).collect::<Option<_>>()?;
        let Some(figures) = kept.figures else { return Some(Shelf { places, directory: None }) };
        let plan = Plan::of_one(&columns_of(sort, &places));
        let learned = Learned::from_figures(plan, figures)?;
        Some(Shelf { places, directory: Some(Directory::new(learned)) })
    }

    fn fill(&mut self, list: &List) {
        let Some(directory) = &mut self.directory else { return };
        let cells: Vec<(u32, Vec<String>)> = {
            let pick = |row: &[String]| -> Vec<String> {
                self.places.iter().map(|place| row[*place].clone()).collect()
            };
            list.rows().map(|(no, row)| (no, pick(row))).collect()
        };
        directory.fill(cells.iter().map(|(no, cells)| (*no, cells.as_slice())));
    }
}

impl Desk {
    /// After everybody was compared.
    pub(super) fn of(companies: Shelf, persons: Shelf, compared: Vec<u32>) -> Desk {
        Desk { companies, persons, compared, is_changed: true }
    }

    /// Learns from everybody who is there; they count as compared.
    pub(super) fn learn(app: &App) -> Result<Desk, NotLearned> {
        if LEARNED_UNASKED < app.store.customers_n() {
            return Err(NotLearned::TooMany);
        }
        let lists = Lists::read(app, &|_| {})?;
        let compared = lists.compared();
        let companies = lists.companies.learned();
        let persons = lists.persons.learned();
        match is_given_up(app) {
            true => Err(NotLearned::GivenUp),
            false => Ok(Desk::of(companies, persons, compared)),
        }
    }

    /// What was learned before, with everybody who is there now, and who has changed since they were compared. `None`
    /// when nothing that can be used lies there.
    pub(super) fn open(app: &App) -> Answer<Option<(Desk, Vec<u32>)>> {
        let folder = folder(app);
        let (Ok(json), Ok(bytes)) =
            (fs::read(folder.join("learned.json")), fs::read(folder.join("compared")))
        else {
            return Ok(None);
        };
        let Some((companies, persons)) = shelves(&json) else { return Ok(None) };
        let Some(compared) = read_compared(&bytes) else { return Ok(None) };
        let lists = Lists::read(app, &|_| {})?;
        let mut desk = Desk { companies, persons, compared, is_changed: false };
        desk.companies.fill(&lists.companies);
        desk.persons.fill(&lists.persons);
        let now = lists.compared();
        let there = (0_u32..).zip(&now).filter(|(_, hash)| **hash != 0);
        let changed = there.filter(|(no, hash)| !desk.was_compared(*no, **hash));
        let changed = changed.map(|(no, _)| no).collect();
        Ok(Some((desk, changed)))
    }

    /// This desk, which was learned just now, with those as compared who were so by the one before.
    pub(super) fn having_compared(mut self, before: &Desk) -> Desk {
        self.compared.clone_from(&before.compared);
        self
    }

    pub(super) fn learned_from(&self) -> u64 {
        self.companies.rows() + self.persons.rows()
    }

    pub(super) fn bytes(&self) -> usize {
        let of = |shelf: &Shelf| shelf.directory.as_ref().map_or(0, Directory::bytes);
        of(&self.companies) + of(&self.persons) + self.compared.capacity() * size_of::<u32>()
    }

    /// Whether there are so many more customers than it was learned from that it is worth learning again.
    pub(super) fn is_outgrown(&self, customers: u64) -> bool {
        customers <= LEARNED_UNASKED && 2 * self.learned_from() + 20 <= customers
    }

    pub(super) fn is_changed(&self) -> bool {
        self.is_changed
    }

    pub(super) fn was_compared(&self, no: u32, hash: u32) -> bool {
        self.compared.get(no as usize) == Some(&hash)
    }

    /// Notes what was compared of a customer; 0 when it is to be compared again.
    pub(super) fn note(&mut self, no: u32, hash: u32) {
        let place = no as usize;
        if self.compared.len() <= place {
            self.compared.resize(place + 1, 0);
        }
        self.compared[place] = hash;
        self.is_changed = true;
    }

    fn shelf(&self, sort: Sort) -> &Shelf {
        match sort {
            Sort::Companies => &self.companies,
            Sort::Persons => &self.persons,
        }
    }

    /// Puts a customer in.
    pub(super) fn insert(&mut self, no: u32, cells: &Cells) {
        let shelf = match cells.sort {
            Sort::Companies => &mut self.companies,
            Sort::Persons => &mut self.persons,
        };
        let cells = shelf.cells(&cells.cells);
        if let Some(directory) = &mut shelf.directory {
            directory.insert(no, &cells);
        }
    }

    /// Compares a customer with all others of its sort.
    pub(super) fn compare(
        &self,
        app: &App,
        no: u32,
        cells: &Cells,
        now: Timestamp,
        thresholds: Thresholds,
    ) -> Answer<Vec<(FoundPair, Verdict)>> {
        let shelf = self.shelf(cells.sort);
        let Some(directory) = &shelf.directory else { return Ok(vec![]) };
        let united = app.store.united();
        let own = shelf.cells(&cells.cells);
        let mut heads: Vec<u32> = directory.others(no, &own);
        heads.iter_mut().for_each(|other| *other = united.head(*other));
        heads.sort_unstable();
        heads.dedup();
        let mut others = vec![];
        for other in heads.into_iter().filter(|other| *other != no) {
            let theirs = cells_of(app, other, now)?;
            if theirs.sort == cells.sort {
                others.push((other, shelf.cells(&theirs.cells)));
            }
        }
        let found = directory.compare(&own, &others, thresholds).into_iter().map(|one| {
            let steps = said_of(&one.waterfall, directory.learned().plan(), cells.sort);
            let judged = one.waterfall.judged;
            let (a, b) = (no.min(one.row), no.max(one.row));
            let (probability, weight) = (judged.probability, judged.weight);
            (FoundPair { a, b, probability, weight, steps }, one.verdict)
        });
        Ok(found.collect())
    }

    /// Writes both files.
    pub(super) fn write(&self, app: &App) -> Answer<()> {
        let kept = Kept {
            version: VERSION,
            companies: self.companies.kept(Sort::Companies),
            persons: self.persons.kept(Sort::Persons),
        };
        let json =
            serde_json::to_vec(&kept).map_err(|why| ApiError::ours("what was learned", why))?;
        let folder = folder(app);
        write_whole(&folder, "compared", &self.compared_now(app))?;
        write_whole(&folder, "learned.json", &json)
    }

    /// Writes who was compared.
    pub(super) fn write_compared(&mut self, app: &App) -> Answer<()> {
        write_whole(&folder(app), "compared", &self.compared_now(app))?;
        self.is_changed = false;
        Ok(())
    }

    /// Of those who are gone nothing is written.
    fn compared_now(&self, app: &App) -> Vec<u8> {
        let there = app.store.customers();
        let mut bytes = VERSION.to_le_bytes().to_vec();
        for (no, hash) in (0_u32..).zip(&self.compared) {
            let hash = if there.contains(no) { *hash } else { 0 };
            bytes.extend(hash.to_le_bytes());
        }
        bytes
    }
}

fn folder(app: &App) -> PathBuf {
    app.folder.join("pairs")
}

fn shelves(json: &[u8]) -> Option<(Shelf, Shelf)> {
    let kept: Kept = serde_json::from_slice(json).ok()?;
    if kept.version != VERSION {
        return None;
    }
    let companies = Shelf::from_kept(kept.companies, Sort::Companies)?;
    Some((companies, Shelf::from_kept(kept.persons, Sort::Persons)?))
}

fn read_compared(bytes: &[u8]) -> Option<Vec<u32>> {
    let (words, []) = bytes.as_chunks::<4>() else { return None };
    let mut words = words.iter().map(|word| u32::from_le_bytes(*word));
    (words.next() == Some(VERSION)).then(|| words.collect())
}

/// Either the whole file is there or the one before.
fn write_whole(folder: &Path, name: &str, bytes: &[u8]) -> Answer<()> {
    fs::create_dir_all(folder)?;
    let part = folder.join(format!("{name}.part"));
    let mut file = fs::File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_data()?;
    fs::rename(&part, folder.join(name))?;
    Ok(())
}
