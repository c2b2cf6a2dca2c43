//! One sign: its parts, their weights, what it means and what to do about it.

use std::collections::BTreeMap;

use condition::{Condition, Draft, Fault, FaultKind, Length, Said};
use serde::{Deserialize, Serialize};

use crate::{
    ForetoldDraft,
    steps::{Growth, NoGrowth, Step, steps},
};

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
    /// Whether it goes before all signs that are not urgent, however strong they are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub urgent: bool,
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
    /// The most it adds: up to it, each record beyond those the condition asks for adds the weight again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Strength>,
    /// After each such time (`7d`) a record adds half of what it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_life: Option<String>,
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
    /// Whether it goes before all signs that are not urgent.
    pub urgent: bool,
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
    /// Whether it grows with more records, and fades with their age.
    pub growth: Growth,
    /// Invariant: the first is the condition itself; what those that hold add is what the part adds.
    pub(crate) steps: Vec<Step>,
}

impl SignDraft {
    /// The sign that was meant.
    ///
    /// # Errors
    /// Every fault of every condition in it, with its path.
    pub fn check(&self) -> Result<Sign, Vec<Fault>> {
        let mut faults = vec![];
        let mut sound = |path: String, draft: &Draft| {
            draft.check().map_err(|found| faults.extend(within(&path, found))).ok()
        };
        let requires = self.requires.as_ref().map(|draft| sound("/requires".into(), draft));
        let outcome = self.outcome.as_ref().map(|draft| sound("/outcome".into(), draft));
        let mut parts = vec![];
        for (place, part) in self.parts.iter().enumerate() {
            match part.check() {
                Ok(part) => parts.push(part),
                Err(found) => faults.extend(within(&format!("/parts/{place}"), found)),
            }
        }
        let reachable: u32 = self.parts.iter().map(|part| u32::from(part.most())).sum();
        if self.parts.is_empty() || reachable < u32::from(self.threshold) || 100 < self.threshold {
            let kind = FaultKind::Number(self.threshold.to_string());
            faults.push(Fault { path: "/threshold".into(), kind });
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Sign {
            id: SignId(self.id.clone()),
            kind: self.kind,
            name: self.name.clone(),
            explanation: self.explanation.clone(),
            next_action: self.next_action.clone(),
            script: self.script.clone(),
            horizon_days: self.horizon_days,
            threshold: self.threshold,
            urgent: self.urgent,
            requires: requires.flatten(),
            outcome: outcome.flatten(),
            parts,
        })
    }
}

fn within(path: &str, faults: Vec<Fault>) -> impl Iterator<Item = Fault> {
    faults.into_iter().map(move |fault| Fault { path: format!("{path}{}", fault.path), ..fault })
}

impl PartDraft {
    /// A part that adds its weight once, as long as it holds.
    pub fn plain(name: Said, condition: Draft, weight: Strength) -> PartDraft {
        PartDraft { name, condition, weight, cap: None, half_life: None }
    }

    fn most(&self) -> Strength {
        self.cap.unwrap_or(self.weight)
    }

    fn check(&self) -> Result<Part, Vec<Fault>> {
        let condition = self
            .condition
            .check()
            .map_err(|found| within("/condition", found).collect::<Vec<Fault>>())?;
        let one = |key: &str, kind| vec![Fault { path: format!("/{key}"), kind }];
        let half_life = match &self.half_life {
            None => None,
            Some(text) => Some(
                Length::parse(text)
                    .ok_or_else(|| one("half_life", FaultKind::Length(text.clone())))?,
            ),
        };
        let growth = Growth { cap: self.cap, half_life };
        Part::new(self.name.clone(), condition, self.weight, growth).map_err(|why| match why {
            NoGrowth::Cap => one("cap", FaultKind::Number(self.most().to_string())),
            NoGrowth::Count => one("cap", FaultKind::NoGrowth),
            NoGrowth::Window => one("half_life", FaultKind::NoFading),
        })
    }
}

impl Part {
    /// A part of a condition that is checked already.
    ///
    /// # Errors
    /// [`NoGrowth`].
    pub fn new(
        name: Said,
        condition: Condition,
        weight: Strength,
        growth: Growth,
    ) -> Result<Part, NoGrowth> {
        let steps = steps(&condition, weight, growth)?;
        Ok(Part { name, condition, weight, growth, steps })
    }

    /// The conditions it comes of, each with what it adds. The first is the condition itself.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The most it adds.
    pub fn most(&self) -> Strength {
        self.growth.cap.unwrap_or(self.weight)
    }
}

impl Sign {
    /// The steps of all parts, part by part.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.parts.iter().flat_map(|part| &part.steps)
    }

    /// The strength when these steps hold, told in the order of [`Sign::steps`]: what the parts add, at most 100.
    pub fn strength(&self, holds: impl IntoIterator<Item = bool>) -> Strength {
        let held = self.steps().zip(holds).filter(|(_, holds)| *holds);
        let sum: u32 = held.map(|(step, _)| u32::from(step.adds)).sum();
        sum.min(100) as Strength
    }

    /// What each part adds when these steps hold, told in the order of [`Sign::steps`].
    pub fn points(&self, holds: &[bool]) -> Vec<Strength> {
        let mut rest = holds;
        let points = |part: &Part| {
            let (own, others) = rest.split_at(part.steps.len().min(rest.len()));
            rest = others;
            let held = part.steps.iter().zip(own).filter(|(_, holds)| **holds);
            held.map(|(step, _)| step.adds).sum()
        };
        self.parts.iter().map(points).collect()
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
            urgent: false,
            requires: None,
            outcome: None,
            parts: weights
                .iter()
                .map(|weight| PartDraft::plain(Said::default(), login.clone(), *weight))
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

    #[test]
    fn each_part_tells_what_it_adds_also_where_it_grows() {
        let mut draft = draft(&[10, 60], 50);
        draft.parts[0].cap = Some(25);
        let sign = draft.check().unwrap();
        assert_eq!(sign.points(&[true, true, false, true]), [20, 60]);
        assert_eq!(sign.strength([true, true, false, true]), 80);
        draft.parts[0].half_life = Some("7d".into());
        let faults = draft.check().unwrap_err();
        assert_eq!(faults[0].path, "/parts/0/half_life", "{faults:?}");
    }

    #[test]
    fn a_sign_that_was_written_before_parts_grew_reads_as_it_did() {
        let old = r#"{"id":"s","kind":"churn","name":{"ja":"","en":""},"explanation":{"ja":"","en":""},
            "next_action":{"ja":"","en":""},"script":{"ja":"","en":""},"horizon_days":30,"threshold":40,
            "parts":[{"condition":{"event":"login"},"weight":40}]}"#;
        let draft: SignDraft = serde_json::from_str(old).unwrap();
        let again = serde_json::to_string(&draft).unwrap();
        assert!(!again.contains("cap") && !again.contains("urgent"), "{again}");
        let sign = draft.check().unwrap();
        assert_eq!((sign.strength([true]), sign.urgent), (40, false));
    }
}
