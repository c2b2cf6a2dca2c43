//! Which addresses are pages of which type: the firm's own rules, before those that are built in.

use axum::extract::State;
use intake::{PageRule, PageRules, built_in_page_rules};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::Json,
    },
};

/// The setting under which the rules are kept.
const KEPT: &str = "page-rules";
/// The most rules of a firm.
const MOST: usize = 500;

/// Rules in order; the first that fits counts.
#[derive(Serialize, ToSchema)]
pub(crate) struct Rules {
    own: Vec<Rule>,
    built_in: Vec<Rule>,
}

/// The firm's own rules, in place of those there were.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRules {
    rules: Vec<Rule>,
}

/// Addresses of a form are pages of a type.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// The form of the path: `*` is anything, `{topic}` a step that is kept as a property.
    form: String,
    /// `pricing`, `case_study`, or one of the firm's own.
    page_type: String,
}

impl From<&PageRule> for Rule {
    fn from(rule: &PageRule) -> Rule {
        Rule { form: rule.form().to_owned(), page_type: rule.page_type().to_owned() }
    }
}

/// The rules.
#[utoipa::path(get, path = "/api/v1/page-rules", tag = "imports",
    responses((status = 200, body = Rules)))]
pub(crate) async fn show(State(app): State<App>) -> Answer<axum::Json<Rules>> {
    let own = of(&app).await?.own().iter().map(Rule::from).collect();
    Ok(axum::Json(Rules { own, built_in: built_in_page_rules().iter().map(Rule::from).collect() }))
}

/// Sets the firm's own rules; later imports follow them.
#[utoipa::path(put, path = "/api/v1/page-rules", tag = "imports", request_body = NewRules,
    responses((status = 200, body = Rules)))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<NewRules>,
) -> Answer<axum::Json<Rules>> {
    if MOST < given.rules.len() {
        return Err(ApiError::invalid(
            format!("規則は{MOST}個までです"),
            format!("there may be at most {MOST} rules"),
        ));
    }
    for (place, rule) in given.rules.iter().enumerate() {
        PageRule::new(&rule.form, &rule.page_type).map_err(|said| {
            ApiError::invalid(
                format!("{} 番目の規則: {}", place + 1, said.ja),
                format!("rule {}: {}", place + 1, said.en),
            )
        })?;
    }
    let json =
        serde_json::to_string(&given.rules).map_err(|why| ApiError::ours("the rules", why))?;
    let now = app.clock.real_now().millis();
    app.registry.put_profile(KEPT, &json, now).await?;
    app.registry.audit(&caller.name(), "page_rules_changed", KEPT, None, now).await?;
    show(State(app)).await
}

/// The firm's rules as the reader of files wants them.
pub(crate) async fn of(app: &App) -> Answer<PageRules> {
    let Some(json) = app.registry.profile(KEPT).await? else { return Ok(PageRules::default()) };
    let rules: Vec<Rule> =
        serde_json::from_str(&json).map_err(|why| ApiError::ours("the rules", why))?;
    let rules = rules.iter().filter_map(|rule| PageRule::new(&rule.form, &rule.page_type).ok());
    Ok(PageRules::new(rules.collect()))
}
