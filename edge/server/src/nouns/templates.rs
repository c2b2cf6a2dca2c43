//! Segments to begin with, and what of them this workspace has facts for; the written form of conditions for programs.

use std::collections::BTreeSet;

use ::segments::{Needs, Template, TemplateGroup, templates};
use axum::extract::State;
use condition::{Condition, Draft, Language, say_condition};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::{App, catalogue::Catalogue, speaking},
    http::{
        error::{Answer, ApiError},
        language::Spoken,
    },
    nouns::segments::Names,
};

/// Segments to begin with.
#[derive(Serialize, ToSchema)]
pub(crate) struct Templates {
    templates: Vec<TemplateRow>,
}

/// One template.
#[derive(Serialize, ToSchema)]
pub(crate) struct TemplateRow {
    id: String,
    /// The requirement it is an example of.
    row: String,
    group: Group,
    names: Names,
    purpose: Names,
    next_action: Names,
    needs: TemplateNeeds,
    /// The needed names of which this workspace has no facts.
    missing: Vec<String>,
    sentence: String,
    #[schema(value_type = Object)]
    condition: Draft,
}

/// What a template looks at.
#[derive(Serialize, ToSchema)]
pub(crate) struct TemplateNeeds {
    /// Events by name; `login*` stands for every name that begins so.
    events: Vec<String>,
    /// Attributes by name.
    attributes: Vec<String>,
    /// Other segments; they are templates too.
    segments: Vec<String>,
}

/// What a template is for.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Group {
    Profile,
    Status,
    Persona,
    New,
    Purchase,
    Upsell,
    Grow,
    Content,
    Replenishment,
    Churn,
    Dormant,
    FollowUp,
    Industry,
    Experiment,
    Review,
}

impl From<TemplateGroup> for Group {
    fn from(group: TemplateGroup) -> Group {
        match group {
            TemplateGroup::Profile => Group::Profile,
            TemplateGroup::Status => Group::Status,
            TemplateGroup::Persona => Group::Persona,
            TemplateGroup::New => Group::New,
            TemplateGroup::Purchase => Group::Purchase,
            TemplateGroup::Upsell => Group::Upsell,
            TemplateGroup::Grow => Group::Grow,
            TemplateGroup::Content => Group::Content,
            TemplateGroup::Replenishment => Group::Replenishment,
            TemplateGroup::Churn => Group::Churn,
            TemplateGroup::Dormant => Group::Dormant,
            TemplateGroup::FollowUp => Group::FollowUp,
            TemplateGroup::Industry => Group::Industry,
            TemplateGroup::Experiment => Group::Experiment,
            TemplateGroup::Review => Group::Review,
        }
    }
}

/// The names of which there are facts.
pub(crate) struct Present {
    events: BTreeSet<String>,
    attributes: BTreeSet<String>,
}

impl Present {
    pub(crate) fn read(app: &App) -> Present {
        let names = app.store.names();
        let attributes = names.attributes.iter().chain(&names.contact_attributes);
        Present {
            events: names.events.iter().map(|event| event.name.to_string()).collect(),
            attributes: attributes.map(|one| one.key.to_string()).collect(),
        }
    }

    /// The needed names of which there are no facts.
    pub(crate) fn missing(&self, needs: &Needs) -> Vec<String> {
        let events = needs.events.iter().filter(|name| !self.has_event(name));
        let attributes = needs.attributes.iter().filter(|name| !self.attributes.contains(*name));
        events.chain(attributes).cloned().collect()
    }

    fn has_event(&self, name: &str) -> bool {
        match name.strip_suffix('*') {
            Some(beginning) => self.events.iter().any(|event| event.starts_with(beginning)),
            None => self.events.contains(name),
        }
    }
}

/// Segments to begin with, each with what it needs and what of that is missing here.
#[utoipa::path(get, path = "/api/v1/templates", tag = "segments",
    responses((status = 200, body = Templates)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Templates>> {
    let all = templates().map_err(|why| ApiError::ours("the templates", why))?;
    let catalogue = app.live()?.catalogue.clone();
    let present = Present::read(&app);
    let rows: Answer<Vec<TemplateRow>> = all
        .into_iter()
        .map(|template| {
            let checked = template.condition.check();
            let condition =
                checked.map_err(|faults| ApiError::ours("a template", format!("{faults:?}")))?;
            Ok(row(&app, &catalogue, &present, (template, &condition), language))
        })
        .collect();
    Ok(axum::Json(Templates { templates: rows? }))
}

fn row(
    app: &App,
    catalogue: &Catalogue,
    present: &Present,
    (template, condition): (Template, &Condition),
    language: Language,
) -> TemplateRow {
    let needs = Needs::of(condition);
    let sentence = speaking(catalogue, &app.calendar, app.clock.now(), language, |speaker| {
        say_condition(condition, language, &speaker.words)
    });
    TemplateRow {
        missing: present.missing(&needs),
        id: template.id,
        row: template.row,
        group: template.group.into(),
        names: Names::of(&template.name),
        purpose: Names::of(&template.purpose),
        next_action: Names::of(&template.next_action),
        needs: TemplateNeeds {
            events: needs.events.into_iter().collect(),
            attributes: needs.attributes.into_iter().collect(),
            segments: needs.segments.into_iter().collect(),
        },
        sentence,
        condition: template.condition,
    }
}

/// The written form of conditions as a JSON Schema, for editors and for programs that write conditions.
#[utoipa::path(get, path = "/api/v1/condition.schema.json", tag = "segments",
    responses((status = 200, body = Object, description = "JSON Schema, draft 2020-12")))]
pub(crate) async fn schema() -> axum::Json<serde_json::Value> {
    axum::Json(condition::schema())
}
