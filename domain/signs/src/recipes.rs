//! The signs every workspace begins with. They are definitions like any other.

use crate::{Sign, SignDraft};

/// The recipes as they are written, in the order in which they are shown.
const RECIPES: [&str; 5] = [
    include_str!("recipes/purchase.json"),
    include_str!("recipes/upsell.json"),
    include_str!("recipes/churn.json"),
    include_str!("recipes/forgotten_replenishment.json"),
    include_str!("recipes/follow_up_request.json"),
];

/// The signs every workspace begins with: purchase (R81), upsell (R82), churn (R83), forgotten replenishment (R98)
/// and the request nobody has followed up (R184).
///
/// # Errors
/// None in a released program: a test reads every recipe.
pub fn built_in() -> Result<Vec<Sign>, String> {
    RECIPES.iter().map(|text| read(text)).collect()
}

fn read(text: &str) -> Result<Sign, String> {
    let draft: SignDraft = serde_json::from_str(text).map_err(|fault| fault.to_string())?;
    draft.check().map_err(|faults| format!("{}: {faults:?}", draft.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipe_can_be_read_and_reaches_its_threshold() {
        let signs = built_in().unwrap();
        assert_eq!(signs.len(), RECIPES.len());
        for sign in &signs {
            assert!(!sign.name.ja.is_empty() && !sign.name.en.is_empty(), "{:?}", sign.id);
            assert!(
                sign.parts.iter().all(|part| !part.name.ja.is_empty() && !part.name.en.is_empty()),
                "{:?}",
                sign.id
            );
            assert!(!sign.script.ja.is_empty() && !sign.script.en.is_empty(), "{:?}", sign.id);
        }
    }
}
