//! Trying a dictionary on a text before it is put in force.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        error::{Answer, Fault, speak},
        language::Spoken,
        take::Json,
    },
    nouns::{
        dictionary::read_draft,
        reports::{TextShown, read_aloud},
    },
};

/// A dictionary and a text to try it on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TryBody {
    /// The dictionary; the one in force when left out.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    draft: Option<serde_json::Value>,
    text: String,
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Tried {
    /// The text with what is found in it; null when the dictionary cannot be used.
    text: Option<TextShown>,
    /// What is wrong with the dictionary, and which of its examples come out otherwise.
    faults: Vec<Fault>,
}

/// The longest text to try, in letters.
const TEXT_MOST: usize = 10_000;

/// Tries a dictionary, its examples included; nothing is kept.
#[utoipa::path(post, path = "/api/v1/dictionary/try", tag = "reports", request_body = TryBody,
    responses((status = 200, body = Tried)))]
pub(crate) async fn attempt(
    State(app): State<App>,
    Spoken(language): Spoken,
    Json(given): Json<TryBody>,
) -> Answer<axum::Json<Tried>> {
    let text: String = given.text.chars().take(TEXT_MOST).collect();
    let draft = given.draft.as_ref().map(read_draft).transpose()?;
    let tried = app.blocking(move |app| {
        let cut = app.mentions.cut();
        let in_force = app.mentions.in_force();
        let read = |dictionary| Some(read_aloud(dictionary, cut, ("text", &text), language));
        let Some(draft) = draft else {
            return Ok(Tried { text: read(&in_force.dictionary), faults: vec![] });
        };
        Ok(match draft.check() {
            Ok(dictionary) => Tried {
                text: read(&dictionary),
                faults: told(dictionary.try_examples(cut), language),
            },
            Err(faults) => Tried { text: None, faults: told(faults, language) },
        })
    });
    Ok(axum::Json(tried.await?))
}

fn told(faults: Vec<topics::Fault>, language: condition::Language) -> Vec<Fault> {
    let one = |fault: topics::Fault| Fault {
        path: format!("/{}", fault.place),
        message: speak(&condition::Said::new(fault.ja, fault.en), language),
    };
    faults.into_iter().map(one).collect()
}
