//! What was planted in the sample, for tests and for the miner of signs to be measured against.

use serde::{Deserialize, Serialize};

/// Everything that was planted. Instants are texts in RFC 3339 form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// The seed the sample grew from.
    pub seed: u64,
    /// The instant at which the sample ends.
    pub now: String,
    /// One entry for each kind of sign.
    pub signs: Vec<PlantedSign>,
    /// What looks like behaviour and foretells nothing.
    pub noise: Vec<Noise>,
    /// What is recorded with an outcome, or just before it, because of it: useless for foretelling.
    pub leaks: Vec<Leak>,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// One kind of sign, whom it was planted on and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PlantedSign {
    /// Which sign.
    pub sign: SignName,
    /// When a customer carries it.
    pub condition: Sentence,
    /// The same in the condition language.
    pub draft: serde_json::Value,
    /// Its parts, each of which foretells something by itself.
    pub features: Vec<Sentence>,
    /// What follows.
    pub outcome: Sentence,
    /// The outcome as an event in the condition language.
    pub outcome_draft: serde_json::Value,
    /// The least and most days from the instant the sign holds to the outcome.
    pub lead_days: (u32, u32),
    /// Who carries it at the end of the sample.
    pub carriers_now: Vec<Carrier>,
    /// Who carried it earlier, and what followed.
    pub past: Vec<Carrier>,
    /// Outcomes that came without the sign.
    pub outcomes_without: Vec<Outcome>,
}

/// The kinds of sign that are planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignName {
    /// About to buy for the first time.
    Purchase,
    /// About to take a larger plan.
    Upsell,
    /// About to leave.
    Churn,
    /// Forgot to buy again (買い忘れ).
    Replenishment,
    /// Asked for materials, opened our mail, has no meeting.
    FollowUp,
}

/// A customer with the sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carrier {
    /// The customer's key.
    pub customer: String,
    /// The product, where the sign is about one.
    pub product: Option<String>,
    /// An instant at which the sign holds.
    pub at: String,
    /// When the outcome followed; nothing when it did not, or has not yet.
    pub outcome_at: Option<String>,
}

/// An outcome at a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The customer's key.
    pub customer: String,
    /// When.
    pub at: String,
}

/// A thing that means nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Noise {
    /// What it looks like.
    pub what: Sentence,
    /// A condition that finds it.
    pub draft: serde_json::Value,
}

/// A consequence that looks like a sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leak {
    /// The name of the event or attribute.
    pub name: String,
    /// Why it may not be used.
    pub why: Sentence,
}

impl Truth {
    /// What was planted of one sign.
    pub fn of(&self, sign: SignName) -> Option<&PlantedSign> {
        self.signs.iter().find(|planted| planted.sign == sign)
    }
}
