//! One sign: its parts, their weights, what it means and what to do about it.

use std::collections::BTreeMap;

use condition::{Condition, Draft, Fault, Said};
use serde::{Deserialize, Serialize};

use crate::ForetoldDraft;

/// The name of a sign in addresses and facts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignId(pub String);

/// What a sign foretells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignKind {
    /// 購入: a first or further purchase.
    Purchase,
    /// アップセル: a larger plan.
    Upsell,
    /// 離反: leaving.
    Churn,
    /// 買い忘れ: due by the customer's own rhythm, looked at, and not bought.
    Replenishment,
    /// フォロー: interest shown that nobody has answered yet.
    FollowUp,
}

impl SignKind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [SignKind; 5] = [
        SignKind::Purchase,
        SignKind::Upsell,
        SignKind::Churn,
        SignKind::Replenishment,
        SignKind::FollowUp,
    ];

    /// The kind a word names.
    pub fn from_word(word: &str) -> Option<SignKind> {
        SignKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The word for it in the API.
    pub fn word(self) -> &'static str {
        match self {
            SignKind::Purchase => "purchase",
            SignKind::Upsell => "upsell",
            SignKind::Churn => "churn",
            SignKind::Replenishment => "replenishment",
            SignKind::FollowUp => "follow_up",
        }
    }
}

/// How strong a sign is, 0 to 100.
pub type Strength = u8;

/// A file of signs: what they foretell is only named where it is not the usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignFile {
    /// The signs.
    pub signs: Vec<SignDraft>,
    /// What signs of a kind foretell.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub foretold: BTreeMap<SignKind, ForetoldDraft>,
}

/// A sign as it is written in a file: not yet checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignDraft {
    /// Its id.
    pub id: String,
    /// What it foretells.
    pub kind: SignKind,
    /// Its name.
    pub name: Said,
    /// The likely situation and feeling behind it.
    pub explanation: Said,
    /// What to do about it, in a few words.
    pub next_action: Said,
    /// What to say. `{customer}`, `{contact}` and `{value}` are filled in.
    pub script: Said,
    /// Within how many days what it foretells is expected.
    pub horizon_days: u16,
    /// From which strength on it counts.
    pub threshold: Strength,
    /// Whether it only waits to be tried: nobody carries a draft.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// What must hold for the sign to mean anything.
    #[serde(default)]
    pub requires: Option<Draft>,
    /// What it foretells, where that is not what signs of its kind foretell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Draft>,
    /// Its parts.
    pub parts: Vec<PartDraft>,
}

/// A part of a sign as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartDraft {
    /// What has been seen when it holds, in a few words.
    #[serde(default)]
    pub name: Said,
    /// What must hold.
    pub condition: Draft,
    /// How much it adds to the strength.
    pub weight: Strength,
}

/// A sign that can be read.
///
/// Invariant: it has at least one part, and its threshold can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Its id.
    pub id: SignId,
    /// What it foretells.
    pub kind: SignKind,
    /// Its name.
    pub name: Said,
    /// The likely situation behind it.
    pub explanation: Said,
    /// What to do about it.
    pub next_action: Said,
    /// What to say.
    pub script: Said,
    /// Within how many days what it foretells is expected.
    pub horizon_days: u16,
    /// From which strength on it counts.
    pub threshold: Strength,
    /// What must hold for it to mean anything.
    pub requires: Option<Condition>,
    /// What it foretells, where that is not what signs of its kind foretell.
    pub outcome: Option<Condition>,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// A part of a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What has been seen when it holds, in a few words; its condition says the rest.
    pub name: Said,
    /// What must hold.
    pub condition: Condition,
    /// How much it adds to the strength.
    pub weight: Strength,
}

impl SignDraft {
    /// The sign that was meant.
    ///
    /// # Errors
    /// Every fault of every condition in it, with its path.
    pub fn check(&self) -> Result<Sign, Vec<Fault>> {
        let mut faults = vec![];
        let mut checked = |path: String, draft: &Draft| match draft.check() {
            Ok(condition) => Some(condition),
            Err(found) => {
                let within =
                    |fault: Fault| Fault { path: format!("{path}{}", fault.path), ..fault };
                faults.extend(found.into_iter().map(within));
                None
            }
        };
        let requires = self.requires.as_ref().map(|draft| checked("/requires".into(), draft));
        let outcome = self.outcome.as_ref().map(|draft| checked("/outcome".into(), draft));
        let parts: Vec<Option<Part>> = self
            .parts
            .iter()
            .enumerate()
            .map(|(place, part)| {
                let condition = checked(format!("/parts/{place}/condition"), &part.condition)?;
                Some(Part { name: part.name.clone(), condition, weight: part.weight })
            })
            .collect();
        let reachable: u32 = self.parts.iter().map(|part| u32::from(part.weight)).sum();
        if self.parts.is_empty() || reachable < u32::from(self.threshold) || 100 < self.threshold {
            faults.push(Fault {
                path: "/threshold".into(),
                kind: condition::FaultKind::Number(self.threshold.to_string()),
            });
        }
        match (requires, parts.into_iter().collect::<Option<Vec<Part>>>()) {
            (requires, Some(parts)) if faults.is_empty() => Ok(Sign {
                id: SignId(self.id.clone()),
                kind: self.kind,
                name: self.name.clone(),
                explanation: self.explanation.clone(),
                next_action: self.next_action.clone(),
                script: self.script.clone(),
                horizon_days: self.horizon_days,
                threshold: self.threshold,
                requires: requires.flatten(),
                outcome: outcome.flatten(),
                parts,
            }),
            _ => Err(faults),
        }
    }
}

impl Sign {
    /// The strength when these parts hold: the sum of their weights, at most 100.
    pub fn strength(&self, holds: impl IntoIterator<Item = bool>) -> Strength {
        let sum: u32 = self
            .parts
            .iter()
            .zip(holds)
            .filter(|(_, holds)| *holds)
            .map(|(part, _)| u32::from(part.weight))
            .sum();
        sum.min(100) as Strength
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(weights: &[Strength], threshold: Strength) -> SignDraft {
        let login = Draft::from_json(r#"{"event":"login"}"#).unwrap();
        SignDraft {
            id: "s".into(),
            kind: SignKind::Churn,
            name: Said::default(),
            explanation: Said::default(),
            next_action: Said::default(),
            script: Said::default(),
            horizon_days: 30,
            threshold,
            draft: false,
            requires: None,
            outcome: None,
            parts: weights
                .iter()
                .map(|weight| PartDraft {
                    name: Said::default(),
                    condition: login.clone(),
                    weight: *weight,
                })
                .collect(),
        }
    }

    #[test]
    fn strength_is_the_sum_of_what_holds_and_at_most_a_hundred() {
        let sign = draft(&[60, 50, 10], 50).check().unwrap();
        assert_eq!(sign.strength([true, false, true]), 70);
        assert_eq!(sign.strength([true, true, true]), 100);
        assert_eq!(sign.strength([false, false, false]), 0);
    }

    #[test]
    fn a_threshold_nobody_can_reach_is_refused() {
        assert!(draft(&[20, 20], 50).check().is_err());
        assert!(draft(&[], 0).check().is_err());
    }
}
