//! A pattern as a sign that can be tried and edited.

use condition::{Draft, Language, Said};
use signs::{PartDraft, SignDraft, SignKind, Strength};

/// A draft of a sign that is carried where all of these hold. `say` says one of them.
pub fn draft_sign(
    (id, kind, horizon_days): (String, SignKind, u16),
    conditions: &[&Draft],
    say: impl Fn(usize, Language) -> String,
) -> SignDraft {
    let both = |n| Said::new(say(n, Language::Ja), say(n, Language::En));
    let weight: Strength = if conditions.len() < 2 { 60 } else { 50 };
    let parts = conditions.iter().enumerate();
    let parts = parts.map(|(n, condition)| PartDraft::plain(both(n), (*condition).clone(), weight));
    let all = |language: Language, and: &str| {
        let said: Vec<String> = (0..conditions.len()).map(|n| say(n, language)).collect();
        said.join(and)
    };
    SignDraft {
        id,
        kind,
        name: Said::new(all(Language::Ja, "、かつ"), all(Language::En, ", and ")),
        explanation: Said::new(
            "過去の行動から見つけた型です。過去で試し、理由を考えてから使い始めてください。",
            "Found in what customers did before. Try it on the past, and think about why, before it is used.",
        ),
        next_action: Said::new("状況を伺う", "Ask how things are"),
        script: Said::default(),
        horizon_days,
        threshold: if conditions.len() < 2 { 60 } else { 100 },
        draft: true,
        urgent: false,
        requires: None,
        outcome: None,
        parts: parts.collect(),
    }
}
