//! What signs of a kind foretell, and of whom it can be foretold, unless a firm or a sign says otherwise.

use condition::{Condition, Draft, Fault};
use serde::{Deserialize, Serialize};

use crate::{Sign, SignKind};

/// What is foretold, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForetoldDraft {
    /// What counts as the outcome: a plain event comes about each time it happens, anything else when it turns true.
    pub outcome: Draft,
    /// To whom it can happen at all: others are left out when a sign is compared with knowing nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub among: Option<Draft>,
}

/// What is foretold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foretold {
    /// What counts as the outcome.
    pub outcome: Condition,
    /// To whom it can happen; to everyone when none is given.
    pub among: Option<Condition>,
}

impl ForetoldDraft {
    /// What signs of a kind foretell when nobody says otherwise.
    ///
    /// # Errors
    /// None in a released program: a test reads every one.
    pub fn of_kind(kind: SignKind) -> Result<ForetoldDraft, String> {
        let text = match kind {
            SignKind::Purchase => {
                r#"{ "outcome": { "any": [{ "event": "purchased" },
                    { "event": "deal_moved", "where": [{ "property": "stage", "is": "won" }] }] } }"#
            }
            SignKind::Upsell => {
                r#"{ "outcome": { "event": "plan_changed" },
                    "among": { "attribute": "plan", "exists": true } }"#
            }
            SignKind::Churn => {
                r#"{ "outcome": { "event": "cancelled" },
                    "among": { "all": [{ "not": { "event": "cancelled" } },
                        { "any": [{ "attribute": "plan", "exists": true }, { "event": "login" }] }] } }"#
            }
            SignKind::Replenishment => {
                r#"{ "outcome": { "event": "purchased" }, "among": { "event": "purchased" } }"#
            }
            SignKind::FollowUp => {
                r#"{ "outcome": { "event": "meeting_set" },
                    "among": { "any": [{ "event": "materials_requested" }, { "event": "document_downloaded" },
                        { "event": "seminar_registered" }, { "event": "inquired" }] } }"#
            }
        };
        serde_json::from_str(text).map_err(|fault| format!("{}: {fault}", kind.word()))
    }

    /// What was meant.
    ///
    /// # Errors
    /// Every fault, with its path.
    pub fn check(&self) -> Result<Foretold, Vec<Fault>> {
        let within = |place: &'static str| {
            move |faults: Vec<Fault>| {
                let at = |fault: Fault| Fault { path: format!("{place}{}", fault.path), ..fault };
                faults.into_iter().map(at).collect::<Vec<Fault>>()
            }
        };
        let outcome = self.outcome.check().map_err(within("/outcome"));
        let among = self.among.as_ref().map(Draft::check).transpose().map_err(within("/among"));
        match (outcome, among) {
            (Ok(outcome), Ok(among)) => Ok(Foretold { outcome, among }),
            (outcome, among) => {
                Err([outcome.err(), among.err()].into_iter().flatten().flatten().collect())
            }
        }
    }
}

impl Foretold {
    /// What this sign foretells: its own outcome where it has one.
    pub fn for_sign(&self, sign: &Sign) -> Foretold {
        let outcome = sign.outcome.as_ref().unwrap_or(&self.outcome);
        Foretold { outcome: outcome.clone(), among: self.among.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_an_outcome_that_can_be_looked_for() {
        for kind in SignKind::ALL {
            assert!(ForetoldDraft::of_kind(kind).unwrap().check().is_ok(), "{kind:?}");
        }
    }

    #[test]
    fn faults_say_in_which_of_the_two_they_are() {
        let draft: ForetoldDraft =
            serde_json::from_str(r#"{ "outcome": { "event": "" }, "among": { "all": [] } }"#)
                .unwrap();
        let paths: Vec<String> =
            draft.check().unwrap_err().into_iter().map(|fault| fault.path).collect();
        assert!(paths.iter().any(|path| path.starts_with("/outcome")), "{paths:?}");
        assert!(paths.iter().any(|path| path.starts_with("/among")), "{paths:?}");
    }
}
