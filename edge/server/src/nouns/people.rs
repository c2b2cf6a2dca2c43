//! People of the workspace: inviting them and changing what they may do.

use axum::extract::State;
use axum::http::StatusCode;
use registry::{NewPerson, PersonChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::App,
    http::{
        caller::Caller,
        error::Answer,
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        session::{Language, Role, User},
        wire::{Instant, double},
    },
};

/// Everyone, active or not.
#[derive(Serialize, ToSchema)]
pub(crate) struct People {
    people: Vec<Person>,
}

/// Someone of the workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct Person {
    #[serde(flatten)]
    user: User,
    active: bool,
    /// To the minute.
    last_seen: Option<Instant>,
}

/// Someone to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Invitation {
    email: String,
    name: String,
    role: Role,
    #[serde(default)]
    rep: Option<String>,
}

/// Who was invited, and the path by which they join.
#[derive(Serialize, ToSchema)]
pub(crate) struct Invited {
    person: Person,
    /// Works once; shown once.
    link: String,
}

/// A one-time path.
#[derive(Serialize, ToSchema)]
pub(crate) struct OneTimeLink {
    /// Works once; shown once.
    link: String,
}

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonPatch {
    role: Option<Role>,
    #[serde(default, deserialize_with = "double")]
    #[schema(value_type = Option<String>)]
    rep: Option<Option<String>>,
    active: Option<bool>,
    name: Option<String>,
    language: Option<Language>,
}

impl From<registry::Person> for Person {
    fn from(person: registry::Person) -> Person {
        let (active, last_seen) = (person.active, person.last_seen.map(Instant::of_millis));
        Person { user: person.into(), active, last_seen }
    }
}

/// Everyone of the workspace.
#[utoipa::path(get, path = "/api/v1/people", tag = "people", responses((status = 200, body = People)))]
pub(crate) async fn list(State(app): State<App>) -> Answer<axum::Json<People>> {
    let people = app.registry.people().await?;
    Ok(axum::Json(People { people: people.into_iter().map(Person::from).collect() }))
}

/// Invites someone.
#[utoipa::path(post, path = "/api/v1/people", tag = "people", request_body = Invitation,
    responses((status = 201, body = Invited)))]
pub(crate) async fn invite(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<Invitation>,
) -> Answer<(StatusCode, axum::Json<Invited>)> {
    let now = app.clock.real_now().millis();
    let by = caller.name();
    let language = match language {
        condition::Language::Ja => registry::Language::Ja,
        condition::Language::En => registry::Language::En,
    };
    let person = NewPerson {
        email: given.email,
        name: given.name,
        role: given.role.into(),
        rep: given.rep.filter(|rep| !rep.trim().is_empty()),
        language,
    };
    let (person, link) = app.registry.invite(person, &by, now).await?;
    let on = format!("person:{}", person.id);
    app.registry.audit(&by, "person_invited", &on, Some(person.role.as_str()), now).await?;
    let link = join_path(&link);
    Ok((StatusCode::CREATED, axum::Json(Invited { person: person.into(), link })))
}

/// A new link for someone: an invitation, or one to choose a new password.
#[utoipa::path(post, path = "/api/v1/people/{id}/link", tag = "people",
    responses((status = 200, body = OneTimeLink)))]
pub(crate) async fn renew_link(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<i64>,
) -> Answer<axum::Json<OneTimeLink>> {
    let now = app.clock.real_now().millis();
    let by = caller.name();
    let (purpose, link) = app.registry.renew_link(id, &by, now).await?;
    let on = format!("person:{id}");
    app.registry.audit(&by, "link_made", &on, Some(purpose.as_str()), now).await?;
    Ok(axum::Json(OneTimeLink { link: join_path(&link) }))
}

/// Changes what someone may do, and the like.
#[utoipa::path(patch, path = "/api/v1/people/{id}", tag = "people", request_body = PersonPatch,
    responses((status = 200, body = Person)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<i64>,
    Json(given): Json<PersonPatch>,
) -> Answer<axum::Json<Person>> {
    let change = PersonChange {
        role: given.role.map(Into::into),
        rep: given.rep,
        active: given.active,
        name: given.name,
        language: given.language.map(Into::into),
    };
    let person = app.registry.change_person(id, change).await?;
    let detail = format!("role {}, active {}", person.role.as_str(), person.active);
    let now = app.clock.real_now().millis();
    let on = format!("person:{id}");
    app.registry.audit(&caller.name(), "person_changed", &on, Some(&detail), now).await?;
    Ok(axum::Json(person.into()))
}

fn join_path(link: &registry::Link) -> String {
    format!("/join?token={}", link.token.expose())
}
