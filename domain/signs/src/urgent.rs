//! What comes before everything else: a loyal customer who shows signs of leaving.

use condition::{Draft, Said, SegmentId};
use serde_json::json;

use crate::{PartDraft, Sign, SignDraft, SignKind};

/// The id of the urgent sign.
pub const LOYAL_LEAVING: &str = "loyal_leaving";

/// The urgent sign that is carried while a customer is in one of the loyal segments and carries one of the signs of leaving, from
/// and to the exact instants at which both hold. `None` where there are no such segments or signs.
pub fn loyal_leaving<'a>(
    loyal: &[&SegmentId],
    signs: impl IntoIterator<Item = &'a Sign>,
) -> Option<SignDraft> {
    let leaving: Vec<&Sign> = (signs.into_iter())
        .filter(|sign| sign.kind == SignKind::Churn && sign.id.0 != LOYAL_LEAVING)
        .collect();
    let horizon_days = leaving.iter().map(|sign| sign.horizon_days).min()?;
    if loyal.is_empty() {
        return None;
    }
    let loyal: Vec<_> = loyal.iter().map(|id| json!({ "segment": id.as_str() })).collect();
    let carried =
        |sign: &&Sign| json!({ "score": sign.id.0, "is": { "at_least": sign.threshold } });
    let leaving: Vec<_> = leaving.iter().map(carried).collect();
    let part = |ja: &str, en: &str, any: Vec<serde_json::Value>| {
        PartDraft::plain(Said::new(ja, en), Draft(json!({ "any": any })), 50)
    };
    Some(SignDraft {
        id: LOYAL_LEAVING.into(),
        kind: SignKind::Churn,
        name: Said::new("優良顧客の離反の兆し", "A loyal customer about to leave"),
        explanation: Said::new(
            "大切なお客様に、離れる兆しが重なりました。数字の上ではまだ優良でも、気持ちは動き始めています。ほかの何より先に会いに行く相手です。",
            "One of your best customers shows signs of leaving. By the figures they are still loyal, but their mind is on the move. See them before anybody else.",
        ),
        next_action: Said::new(
            "責任者と一緒に、今日連絡する",
            "Call today, together with whoever is responsible",
        ),
        script: Said::new(
            "{customer}の{contact}さま、いつも大切にお使いいただき、ありがとうございます。最近のご利用で、私どもが至らない点がなかったか気にかかり、直接お話を伺いたくご連絡しました。",
            "Hello {contact}, you have been with us for long and we are grateful. I would like to hear from you in person whether something has not been right lately.",
        ),
        horizon_days,
        threshold: 100,
        draft: false,
        urgent: true,
        requires: None,
        outcome: None,
        parts: vec![
            part("優良顧客である", "A loyal customer", loyal),
            part("離反の兆しがある", "Shows signs of leaving", leaving),
        ],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::built_in;

    #[test]
    fn it_needs_both_a_loyal_segment_and_a_sign_of_leaving() {
        let (signs, loyal) = (built_in().unwrap(), SegmentId::new("loyal").unwrap());
        let draft = loyal_leaving(&[&loyal], &signs).unwrap();
        let sign = draft.check().unwrap();
        assert!(sign.urgent && sign.strength([true, true]) == 100);
        assert!(sign.strength([true, false]) < sign.threshold);
        assert_eq!(sign.parts[1].condition.scores(), ["churn"]);
        assert_eq!(loyal_leaving(&[], &signs), None);
        assert_eq!(
            loyal_leaving(&[&loyal], signs.iter().filter(|one| one.kind != SignKind::Churn)),
            None
        );
    }
}
