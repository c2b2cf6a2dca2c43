//! The definitions in force: the registry's current versions, checked, with what stands around them.

use std::collections::{BTreeMap, BTreeSet};

use condition::{Condition, Fault, Language, SegmentId};
use registry::{Definition, Origin, Registry};
use segments::{Golden, Segment, SegmentDraft, check_all};

use crate::{
    host::known_signs::{self, KnownSign},
    http::error::Answer,
};

/// The kind under which the registry keeps segments.
pub(crate) const SEGMENT: &str = "segment";

/// All segments at one moment. Immutable: an edit makes a new catalogue.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    /// Every definition by id, retired and faulty ones too.
    pub(crate) all: BTreeMap<String, Known>,
    /// The ids of those that are evaluated, in the order of their numbers.
    pub(crate) in_force: Vec<String>,
    /// By the id of a segment, the ids of those in force that refer to it.
    uses: BTreeMap<String, Vec<String>>,
    /// Every sign, switched off and faulty ones too, in the order in which they are shown.
    pub(crate) signs: Vec<KnownSign>,
}

/// One definition as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) draft: SegmentDraft,
    /// The checked segment; none when it has faults.
    pub(crate) segment: Option<Segment>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) version: i32,
    pub(crate) retired: bool,
    pub(crate) origin: Origin,
    pub(crate) by: String,
    pub(crate) changed_at: i64,
}

impl Catalogue {
    /// Reads the registry. A definition that no longer checks stays, with its faults, and is not evaluated.
    pub(crate) async fn read(registry: &Registry) -> Answer<Catalogue> {
        let mut all = BTreeMap::new();
        for definition in registry.definitions(SEGMENT).await? {
            match serde_json::from_str::<SegmentDraft>(&definition.body) {
                Ok(draft) => {
                    all.insert(definition.id.clone(), Known::new(definition, draft));
                }
                Err(why) => tracing::error!(id = definition.id, %why, "a definition is unreadable"),
            }
        }
        let mut catalogue = Catalogue { all, ..Catalogue::default() };
        catalogue.check();
        catalogue.uses = catalogue.who_uses();
        let loyal = catalogue.segments().filter(|one| one.golden == Some(Golden::Loyal));
        let loyal: Vec<&SegmentId> = loyal.map(|one| &one.id).collect();
        catalogue.signs = known_signs::read(registry, &catalogue.conditions(), &loyal).await?;
        Ok(catalogue)
    }

    /// Checks all that are not retired together; those with faults are set aside until the rest is sound.
    fn check(&mut self) {
        let mut drafts: Vec<SegmentDraft> = self
            .all
            .values()
            .filter(|known| !known.retired)
            .map(|known| known.draft.clone())
            .collect();
        loop {
            match check_all(&drafts, &[]) {
                Ok(segments) => {
                    self.in_force = segments.iter().map(|one| one.id.to_string()).collect();
                    for segment in segments {
                        if let Some(known) = self.all.get_mut(segment.id.as_str()) {
                            known.segment = Some(segment);
                        }
                    }
                    return;
                }
                Err(faults) => {
                    for fault in faults {
                        drafts.retain(|draft| draft.id != fault.id);
                        if let Some(known) = self.all.get_mut(&fault.id) {
                            known.faults.push(fault.fault);
                        }
                    }
                }
            }
        }
    }

    /// The conditions in force, in the order of their numbers.
    pub(crate) fn conditions(&self) -> Vec<(SegmentId, Condition)> {
        self.segments().map(|one| (one.id.clone(), one.condition.clone())).collect()
    }

    /// The segments in force, in the order of their numbers.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.in_force.iter().filter_map(|id| self.all.get(id)?.segment.as_ref())
    }

    /// A segment's name; none when there is no such segment.
    pub(crate) fn name(&self, id: &SegmentId, language: Language) -> Option<String> {
        let known = self.all.get(id.as_str())?;
        let name = known.draft.name.get(language);
        Some(if name.is_empty() { id.to_string() } else { name.to_owned() })
    }

    /// A sign by id.
    pub(crate) fn sign(&self, id: &str) -> Option<&KnownSign> {
        self.signs.iter().find(|one| one.draft.id == id)
    }

    /// The names of the signs in force that refer to a segment and would lack it.
    pub(crate) fn signs_using(&self, id: &str, language: Language) -> Vec<String> {
        let refers = |one: &&KnownSign| {
            let sign = one.sign.iter().filter(|_| one.is_in_force() && !one.is_made_anew());
            let asked = sign.flat_map(|sign| {
                sign.requires.iter().chain(sign.parts.iter().map(|part| &part.condition))
            });
            asked.flat_map(Condition::segments).any(|to| to.as_str() == id)
        };
        let using = self.signs.iter().filter(refers);
        using.map(|one| one.draft.name.get(language).to_owned()).collect()
    }

    /// The segments in force that refer to this one.
    pub(crate) fn used_by(&self, id: &str) -> Vec<String> {
        self.uses.get(id).cloned().unwrap_or_default()
    }

    fn who_uses(&self) -> BTreeMap<String, Vec<String>> {
        let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for segment in self.segments() {
            let used: BTreeSet<&SegmentId> = segment.condition.segments().into_iter().collect();
            for id in used {
                uses.entry(id.to_string()).or_default().push(segment.id.to_string());
            }
        }
        uses
    }
}

impl Known {
    fn new(definition: Definition, draft: SegmentDraft) -> Known {
        Known {
            draft,
            segment: None,
            faults: vec![],
            version: definition.version,
            retired: definition.retired,
            origin: definition.origin,
            by: definition.by,
            changed_at: definition.created_at,
        }
    }
}
