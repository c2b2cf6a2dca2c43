//! Checking every byte of a folder without believing any of it.

use crate::{
    Problem, Report, Step, StoreError, Watch,
    batches::Place,
    columns::Columns,
    disk::Folder,
    frame::{Frames, Next},
    log::{FACTS_FOLDER, LogEnd, LogReader},
    manifest::{DERIVED_FOLDER, Manifest, Unusable, read_pieces},
    records::{FactsBody, Imported, NotAFact, Record},
    run::Run,
    staged::{damaged_frame, each_imported, import_name},
};

/// Checks the log, the imports and the derived files of a folder.
///
/// # Errors
/// Only when the disk refuses to be read, or the flag goes up.
pub(crate) fn verify(folder: &Folder, watch: &Watch<'_>) -> Result<Report, StoreError> {
    let mut check = Check { folder, watch, report: Report::default() };
    check.log()?;
    check.derived()?;
    Ok(check.report)
}

struct Check<'a> {
    folder: &'a Folder,
    watch: &'a Watch<'a>,
    report: Report,
}

impl Check<'_> {
    fn log(&mut self) -> Result<(), StoreError> {
        let mut reader = match LogReader::resume(self.folder, LogEnd::default()) {
            Ok(Some(reader)) => reader,
            Ok(None) => return Ok(()),
            Err(error) => return self.found(error),
        };
        loop {
            self.watch.check()?;
            let file = reader.end.file;
            match reader.next() {
                Ok(None) => break,
                Ok(Some((place, frame))) => {
                    self.report.files += u32::from(file != place.file);
                    self.report.bytes += frame.payload.len() as u64;
                    self.watch.tell(Step::Verify, self.report.bytes, None);
                    self.record(place, frame.kind, &frame.payload)?;
                }
                Err(error) => {
                    self.found(error)?;
                    return self.rest_of_log(reader.end.file);
                }
            }
        }
        if 0 < reader.torn {
            let path = self.folder.at(&format!("{FACTS_FOLDER}/{:06}.log", reader.end.file));
            self.report.problems.push(Problem {
                file: path,
                offset: reader.end.offset,
                what: "an unfinished write, which the next start cuts off; nothing \
                       acknowledged is lost"
                    .to_owned(),
                rebuild_helps: true,
            });
        }
        Ok(())
    }

    /// Looks on in the files behind a damaged one, so that all damage is listed at once.
    fn rest_of_log(&mut self, damaged: u32) -> Result<(), StoreError> {
        for name in self.folder.list(FACTS_FOLDER)? {
            let number = name.strip_suffix(".log").and_then(|number| number.parse::<u32>().ok());
            if number.is_none_or(|number| number <= damaged) {
                continue;
            }
            let path = format!("{FACTS_FOLDER}/{name}");
            let mut frames = Frames::new(self.folder.open(&path, false)?, 0)?;
            loop {
                match frames.next()? {
                    Next::Frame(_) => {}
                    Next::End => break,
                    Next::Broken(what) => {
                        self.found(frames.damaged(what))?;
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, place: Place, kind: u8, payload: &[u8]) -> Result<(), StoreError> {
        match Record::read(kind, payload) {
            Some(Record::Facts(_, body)) => match count(body) {
                Ok(facts) => self.report.facts += facts,
                Err(NotAFact) => return self.found(damaged_frame(self.folder, place)),
            },
            Some(Record::Imported(imported)) => return self.import(&imported),
            Some(Record::Undone { .. }) => {}
            None => return self.found(damaged_frame(self.folder, place)),
        }
        Ok(())
    }

    fn import(&mut self, imported: &Imported) -> Result<(), StoreError> {
        self.report.files += 1;
        self.report.bytes += imported.length;
        let mut facts = 0;
        let checked = each_imported(self.folder, imported, |_, _| {
            facts += 1;
            Ok(())
        });
        self.report.facts += facts;
        match checked {
            Err(StoreError::Disk { source, .. })
                if source.kind() == std::io::ErrorKind::NotFound =>
            {
                self.found(StoreError::Damaged {
                    path: self.folder.at(&import_name(imported.file)),
                    offset: 0,
                    what: "the file of a committed import is missing",
                })
            }
            Err(error) => self.found(error),
            Ok(()) => Ok(()),
        }
    }

    fn derived(&mut self) -> Result<(), StoreError> {
        let manifest = match Manifest::load(self.folder) {
            Ok(Some(manifest)) => manifest,
            Ok(None) => return Ok(()),
            Err(Unusable::Disk(error)) => return self.found(error),
            Err(Unusable::Because(_)) => {
                let path = self.folder.at(&format!("{DERIVED_FOLDER}/manifest"));
                return self.found(StoreError::DerivedDamaged { path });
            }
        };
        self.report.files += 2 + manifest.runs.len() as u32;
        let whole = read_pieces(self.folder, &manifest.state).map(|pieces| pieces.is_some());
        self.derived_file(&manifest.state, whole)?;
        for run in &manifest.runs {
            self.watch.check()?;
            let whole = Run::open(self.folder, run.clone(), usize::MAX).and_then(|run| {
                self.report.bytes += run.bytes;
                run.check().map(|()| true)
            });
            self.watch.tell(Step::Verify, self.report.bytes, None);
            self.derived_file(run, whole)?;
        }
        if let Some(columns) = &manifest.columns {
            self.watch.check()?;
            self.report.files += 1;
            let whole = Columns::open(self.folder, columns.clone()).and_then(|columns| {
                self.report.bytes += columns.bytes;
                columns.check().map(|()| true)
            });
            self.derived_file(columns, whole)?;
        }
        Ok(())
    }

    fn derived_file(
        &mut self,
        name: &str,
        whole: Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let missing = |source: &std::io::Error| source.kind() == std::io::ErrorKind::NotFound;
        match whole {
            Ok(true) => Ok(()),
            Err(StoreError::Disk { source, .. }) if !missing(&source) => {
                Err(StoreError::Disk { doing: "read", path: self.folder.at(name), source })
            }
            Err(StoreError::Cancelled) => Err(StoreError::Cancelled),
            Ok(false) | Err(_) => {
                self.found(StoreError::DerivedDamaged { path: self.folder.at(name) })
            }
        }
    }

    /// Lists damage; passes on what is no damage.
    fn found(&mut self, error: StoreError) -> Result<(), StoreError> {
        let what = error.to_string();
        let (file, offset, rebuild_helps) = match error {
            StoreError::Damaged { path, offset, .. } => (path, offset, false),
            StoreError::DerivedDamaged { path } => (path, 0, true),
            other => return Err(other),
        };
        self.report.problems.push(Problem { file, offset, what, rebuild_helps });
        Ok(())
    }
}

fn count(mut body: FactsBody<'_>) -> Result<u64, NotAFact> {
    let mut facts = 0;
    while let Some(fact) = body.next()? {
        fact.parse()?;
        facts += 1;
    }
    Ok(facts)
}
