//! Fills a script's gaps with what is known. What is put in is text and nothing else.

use condition::Language;

/// The script with `{customer}`, `{contact}` and `{value}` filled in; neutral words stand in for what is not known.
pub fn fill(
    script: &str,
    customer: &str,
    contact: Option<&str>,
    value: Option<&str>,
    language: Language,
) -> String {
    let (nobody, nothing) = match language {
        Language::Ja => ("ご担当者", "いつもの商品"),
        Language::En => ("there", "your usual product"),
    };
    let mut filled = String::new();
    let mut rest = script;
    // One walk from left to right, so that a name with braces in it is never filled again.
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let gaps = [
            ("{customer}", customer),
            ("{contact}", contact.unwrap_or(nobody)),
            ("{value}", value.unwrap_or(nothing)),
        ];
        match gaps.iter().find(|(gap, _)| after.starts_with(gap)) {
            Some((gap, known)) => {
                filled.push_str(known);
                rest = &after[gap.len()..];
            }
            None => {
                filled.push('{');
                rest = &after[1..];
            }
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once_and_names_stay_text() {
        let said = fill(
            "{customer}の{contact}さま {other}",
            "{contact}㈱",
            Some("林"),
            None,
            Language::Ja,
        );
        assert_eq!(said, "{contact}㈱の林さま {other}");
        assert_eq!(fill("{value}", "", None, None, Language::En), "your usual product");
    }
}
