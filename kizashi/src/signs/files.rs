//! Reads files of signs, and says their faults with file and path.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use condition::Fault;
use signs::{Foretold, ForetoldDraft, Sign, SignFile, SignKind, built_in};

use crate::{screen::Failure, segment_files};

/// Signs with what each kind foretells, checked.
pub(crate) struct Signs {
    pub(crate) signs: Vec<Sign>,
    foretold: BTreeMap<SignKind, Foretold>,
}

impl Signs {
    /// The signs of some files; the built-in ones where no file is given.
    pub(crate) fn read(paths: &[PathBuf]) -> Result<Signs, Failure> {
        let mut foretold = BTreeMap::new();
        for kind in SignKind::ALL {
            let draft = ForetoldDraft::of_kind(kind).map_err(Failure::of)?;
            foretold.insert(kind, draft.check().map_err(|faults| faulty(kind.word(), &faults))?);
        }
        if paths.is_empty() {
            return Ok(Signs { signs: built_in().map_err(Failure::of)?, foretold });
        }
        let mut signs = vec![];
        for path in paths {
            let file = read(path)?;
            for draft in &file.signs {
                signs.push(draft.check().map_err(|faults| faulty(&draft.id, &faults))?);
            }
            for (kind, draft) in &file.foretold {
                let checked = draft.check().map_err(|faults| faulty(kind.word(), &faults))?;
                foretold.insert(*kind, checked);
            }
        }
        let mut ids = BTreeSet::new();
        match signs.iter().find(|sign: &&Sign| !ids.insert(sign.id.clone())) {
            Some(twice) => Err(Failure::new(
                format!("兆し `{}` が二度書かれています", twice.id.0),
                format!("the sign `{}` is written twice", twice.id.0),
            )),
            None => Ok(Signs { signs, foretold }),
        }
    }

    /// What a sign foretells.
    pub(crate) fn foretold(&self, sign: &Sign) -> Foretold {
        self.foretold[&sign.kind].for_sign(sign)
    }
}

/// A file of signs as it is written.
pub(crate) fn read(path: &Path) -> Result<SignFile, Failure> {
    let text = std::fs::read_to_string(path).map_err(|fault| Failure::file(path, fault))?;
    let tree = segment_files::tree(&text).map_err(|fault| Failure::file(path, fault))?;
    serde_path_to_error::deserialize(tree)
        .map_err(|fault| Failure::file(path, format!("{}: {}", fault.path(), fault.inner())))
}

fn faulty(id: &str, faults: &[Fault]) -> Failure {
    let lines = |say: &dyn Fn(&Fault) -> String| -> String {
        faults.iter().map(|fault| format!("\n  {id} {}: {}", fault.path, say(fault))).collect()
    };
    Failure::new(
        format!("兆しの定義に {} 件の誤りがあります{}", faults.len(), lines(&|f| f.kind.ja())),
        format!("the signs have {} faults{}", faults.len(), lines(&|f| f.kind.en())),
    )
}
