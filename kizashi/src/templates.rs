//! Prints what conditions can be begun with: the templates, and the schema of the written form. Needs no folder.

use std::process::ExitCode;

use condition::{Words, say_condition};
use segments::{SegmentDraft, SegmentFile, Template};
use serde_json::json;

use crate::{
    args,
    screen::{Failure, Screen},
};

pub(crate) fn templates(given: &args::Templates, screen: &Screen) -> Result<ExitCode, Failure> {
    let all = segments::templates().map_err(Failure::of)?;
    if given.templates.is_empty() {
        return list(&all, screen);
    }
    let mut chosen = vec![];
    for id in &given.templates {
        let template = all.iter().find(|template| template.id == *id).ok_or_else(|| {
            Failure::new(
                format!("ひな形 `{id}` はありません。`kizashi templates` で一覧できます"),
                format!("there is no template `{id}`; `kizashi templates` lists them"),
            )
        })?;
        chosen.push(segment_of(template, screen));
    }
    let file = serde_json::to_value(SegmentFile { segments: chosen }).map_err(Failure::of)?;
    screen.json(&file);
    Ok(ExitCode::SUCCESS)
}

/// The segment that a template becomes, with its texts in the language of the screen.
fn segment_of(template: &Template, screen: &Screen) -> SegmentDraft {
    let text = |said: &condition::Said| Some(said.get(screen.language).to_owned());
    SegmentDraft {
        id: template.id.clone(),
        name: template.name.clone(),
        purpose: text(&template.purpose),
        next_action: text(&template.next_action),
        golden: None,
        owner: None,
        review_on: None,
        reviewed_on: None,
        condition: template.condition.clone(),
    }
}

fn list(all: &[Template], screen: &Screen) -> Result<ExitCode, Failure> {
    let mut rows = vec![];
    for template in all {
        let condition =
            template.condition.check().map_err(|faults| Failure::of(format!("{faults:?}")))?;
        let (name, purpose) =
            (template.name.get(screen.language), template.purpose.get(screen.language));
        let sentence = say_condition(&condition, screen.language, &Words::plain());
        if screen.json {
            rows.push(json!({ "id": template.id, "name": name, "purpose": purpose, "sentence": sentence }));
        } else {
            screen.line(format!("{}  {name}", template.id));
            screen.line(format!("    {sentence}"));
        }
    }
    if screen.json {
        screen.json(&json!({ "templates": rows }));
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn schema(screen: &Screen) -> Result<ExitCode, Failure> {
    screen.json(&condition::schema());
    Ok(ExitCode::SUCCESS)
}
