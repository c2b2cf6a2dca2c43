//! The signs every workspace begins with. They are definitions like any other.
//!
//! A few are in force from the first day. The others are drafts: they are tried on the firm's own past first, and taken
//! into force by one click.
//!
//! The sign of leaving rests on two kinds of evidence, use that falls and words that say so, and no kind reaches its threshold
//! alone: many whose use falls for a month stay. On firms of the sample generator with the seeds 11, 12 and 13 a drop of logins
//! alone was right 7 times of 100 and the sign with it no more; weighed so that both kinds are needed it is right 44 to 69 times of 100 and
//! foresees 16 of 22 to 22 of 26 instead of 17 of 22 to 24 of 28. On seeds that were not looked at before, 21 to 23, it is the same.

use crate::{Sign, SignDraft};

/// The recipes as they are written, in the order in which they are shown.
const RECIPES: [&str; 18] = [
    include_str!("recipes/purchase.json"),
    include_str!("recipes/upsell.json"),
    include_str!("recipes/churn.json"),
    include_str!("recipes/forgotten_replenishment.json"),
    include_str!("recipes/follow_up_request.json"),
    include_str!("recipes/new_lead_alike.json"),
    include_str!("recipes/reawakened.json"),
    include_str!("recipes/cart_left.json"),
    include_str!("recipes/hesitating.json"),
    include_str!("recipes/read_again.json"),
    include_str!("recipes/opens_without_clicking.json"),
    include_str!("recipes/comparing_now.json"),
    include_str!("recipes/help_topic.json"),
    include_str!("recipes/growing_use.json"),
    include_str!("recipes/gone_silent.json"),
    include_str!("recipes/churn_points.json"),
    include_str!("recipes/rival_named.json"),
    include_str!("recipes/due_again.json"),
];

/// Every recipe as it is written, drafts too, in the order in which they are shown.
///
/// # Errors
/// None in a released program: a test reads every recipe.
pub fn recipes() -> Result<Vec<SignDraft>, String> {
    RECIPES
        .iter()
        .map(|text| serde_json::from_str(text).map_err(|fault| fault.to_string()))
        .collect()
}

/// The signs that are in force from the first day: purchase (R81), upsell (R82), churn (R83), forgotten replenishment
/// (R98) and the request nobody has followed up (R184).
///
/// # Errors
/// None in a released program: a test reads every recipe.
pub fn built_in() -> Result<Vec<Sign>, String> {
    let in_force = recipes()?.into_iter().filter(|draft| !draft.draft);
    in_force
        .map(|draft| draft.check().map_err(|faults| format!("{}: {faults:?}", draft.id)))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_recipe_can_be_read_and_says_all_in_both_languages() {
        let drafts = recipes().unwrap();
        let mut ids = BTreeSet::new();
        for draft in &drafts {
            let sign = draft.check().unwrap_or_else(|faults| panic!("{}: {faults:?}", draft.id));
            assert!(ids.insert(draft.id.clone()), "{} is there twice", draft.id);
            let mut said = vec![&sign.name, &sign.explanation, &sign.next_action, &sign.script];
            said.extend(sign.parts.iter().map(|part| &part.name));
            assert!(
                said.iter().all(|said| !said.ja.is_empty() && !said.en.is_empty()),
                "{}",
                draft.id
            );
        }
        assert_eq!(built_in().unwrap().len(), 5);
    }
}
