//! The signs there are: the recipes that come with the program, in place of each the firm's own version, and the firm's
//! own signs.

use std::collections::BTreeSet;

use condition::{Condition, SegmentId};
use kernel::{Plan, PlanFault};
use registry::{Definition, Origin, Registry};
use signs::{LOYAL_LEAVING, Sign, SignDraft, loyal_leaving, recipes};

use crate::http::error::{Answer, ApiError};

/// The kind under which the registry keeps signs.
pub(crate) const SIGN: &str = "sign";

/// One sign as it stands.
#[derive(Debug, Clone)]
pub(crate) struct KnownSign {
    pub(crate) draft: SignDraft,
    /// The checked sign; none when it has faults.
    pub(crate) sign: Option<Sign>,
    /// Why it cannot be carried, beside the faults of its conditions.
    pub(crate) missing: Vec<SegmentId>,
    /// 0 for a recipe that nobody has changed.
    pub(crate) version: i32,
    pub(crate) retired: bool,
    pub(crate) origin: Origin,
    pub(crate) by: String,
    /// When this version was written (ms); none for a recipe that nobody has changed.
    pub(crate) changed_at: Option<i64>,
}

impl KnownSign {
    fn recipe(draft: SignDraft) -> KnownSign {
        KnownSign {
            sign: draft.check().ok(),
            draft,
            missing: vec![],
            version: 0,
            retired: false,
            origin: Origin::BuiltIn,
            by: String::new(),
            changed_at: None,
        }
    }

    fn own(definition: &Definition, draft: SignDraft) -> KnownSign {
        KnownSign {
            version: definition.version,
            retired: definition.retired,
            origin: definition.origin,
            by: definition.by.clone(),
            changed_at: Some(definition.created_at),
            ..KnownSign::recipe(draft)
        }
    }

    /// Whether it is made anew of whatever segments and signs there are, so that it holds on to none of them.
    pub(crate) fn is_made_anew(&self) -> bool {
        self.draft.id == LOYAL_LEAVING && self.origin == Origin::BuiltIn
    }

    /// Whether it can be carried.
    pub(crate) fn is_in_force(&self) -> bool {
        !self.retired && !self.draft.draft && self.sign.is_some() && self.missing.is_empty()
    }
}

/// Reads the signs: recipes in their order, then the firm's own by id. One that refers to a segment that is not in force
/// stays, and nobody carries it.
///
/// The urgent sign for loyal customers is made of the signs of leaving that are in force, for as long as nobody changes it.
pub(crate) async fn read(
    registry: &Registry,
    segments: &[(SegmentId, Condition)],
    loyal: &[&SegmentId],
) -> Answer<Vec<KnownSign>> {
    let recipes = recipes().map_err(|why| ApiError::ours("the built-in signs", why))?;
    let mut known: Vec<KnownSign> = recipes.into_iter().map(KnownSign::recipe).collect();
    for definition in registry.definitions(SIGN).await? {
        match serde_json::from_str::<SignDraft>(&definition.body) {
            Ok(draft) => {
                let own = KnownSign::own(&definition, draft);
                match known.iter_mut().find(|one| one.draft.id == definition.id) {
                    Some(recipe) => *recipe = own,
                    None => known.push(own),
                }
            }
            Err(why) => tracing::error!(id = definition.id, %why, "a sign is unreadable"),
        }
    }
    set_faulty_aside(&mut known, segments);
    add_urgent(&mut known, loyal);
    set_faulty_aside(&mut known, segments);
    Ok(known)
}

/// Puts the urgent sign for loyal customers first, unless the firm has its own. One that was only switched off, or on again, is
/// made anew all the same.
fn add_urgent(known: &mut Vec<KnownSign>, loyal: &[&SegmentId]) {
    let Some(draft) = loyal_leaving(loyal, &in_force(known)) else { return };
    match known.iter_mut().find(|one| one.draft.id == LOYAL_LEAVING) {
        None => known.insert(0, KnownSign::recipe(draft)),
        Some(one) if one.is_made_anew() => {
            (one.sign, one.draft) = (draft.check().ok(), draft);
        }
        Some(_) => {}
    }
}

/// The signs in force.
pub(crate) fn in_force(known: &[KnownSign]) -> Vec<Sign> {
    let signs = known.iter().filter(|one| one.is_in_force());
    signs.filter_map(|one| one.sign.clone()).collect()
}

/// Marks what each sign lacks; signs and segments that refer to each other in a circle lack each other.
fn set_faulty_aside(known: &mut [KnownSign], segments: &[(SegmentId, Condition)]) {
    let there: BTreeSet<&SegmentId> = segments.iter().map(|(id, _)| id).collect();
    for one in known.iter_mut() {
        let Some(sign) = &one.sign else { continue };
        let asked = sign.requires.iter().chain(sign.parts.iter().map(|part| &part.condition));
        let lacking = asked.flat_map(Condition::segments).filter(|id| !there.contains(id));
        one.missing = lacking.cloned().collect();
    }
    while let Err(faults) = compiles(&in_force(known), segments) {
        let circle: Vec<SegmentId> = faults
            .into_iter()
            .flat_map(|fault| match fault {
                PlanFault::Cycle(ids) => ids,
                PlanFault::Unknown { segment, .. } => vec![segment],
            })
            .collect();
        let mut found = false;
        for one in known.iter_mut().filter(|one| one.is_in_force()) {
            let own = format!("~sign/{}/", one.draft.id);
            if circle.iter().any(|id| id.as_str().starts_with(&own)) {
                one.missing = circle.clone();
                found = true;
            }
        }
        if !found {
            // The segments alone do not compile, which is told where they are.
            return;
        }
    }
}

/// Whether signs and segments make a plan together.
pub(crate) fn compiles(
    signs: &[Sign],
    segments: &[(SegmentId, Condition)],
) -> Result<(), Vec<PlanFault>> {
    let (parts, given) = engine::given_signs(signs);
    Plan::given(segments.iter().cloned().chain(parts).collect(), given).map(drop)
}
