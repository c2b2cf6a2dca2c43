//! Signing in and out, and who is signed in.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use registry::{LinkPurpose, Person, SignedIn};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use axum::extract::State;

use crate::{
    host::App,
    http::{
        access::{Permission, may},
        caller::{COOKIE, Caller, MaybeCaller, Who, cookie, is_from_this_machine},
        error::{Answer, ApiError},
        language::Spoken,
        take::Json,
    },
    nouns::wire::Instant,
};

/// Who is signed in, and where.
#[derive(Serialize, ToSchema)]
pub(crate) struct Session {
    user: Option<User>,
    /// Whether nobody has set the workspace up yet.
    setup_needed: bool,
    /// Whether this is the sample firm, signed in by itself.
    demo: bool,
    workspace: WorkspaceCard,
}

/// The workspace in brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkspaceCard {
    name: String,
    time_zone: String,
    now: Instant,
    version: &'static str,
}

/// A person who may sign in.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    /// The rep whose customers this person owns.
    pub(crate) rep: Option<String>,
    pub(crate) language: Language,
    /// The names of what this person may do.
    pub(crate) may: Vec<&'static str>,
}

/// What someone may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Role {
    Owner,
    Manager,
    Rep,
    Viewer,
}

/// The language in which someone is spoken to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Language {
    Ja,
    En,
}

/// Signing in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    email: String,
    password: String,
}

/// Setting the workspace up by the one-time link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUp {
    token: String,
    email: String,
    name: String,
    password: String,
}

/// Using an invitation, or a link to choose a new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Join {
    token: String,
    #[serde(default)]
    name: String,
    password: String,
}

/// Who has signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedInUser {
    user: User,
}

impl From<registry::Role> for Role {
    fn from(role: registry::Role) -> Role {
        match role {
            registry::Role::Owner => Role::Owner,
            registry::Role::Manager => Role::Manager,
            registry::Role::Rep => Role::Rep,
            registry::Role::Viewer => Role::Viewer,
        }
    }
}

impl From<Role> for registry::Role {
    fn from(role: Role) -> registry::Role {
        match role {
            Role::Owner => registry::Role::Owner,
            Role::Manager => registry::Role::Manager,
            Role::Rep => registry::Role::Rep,
            Role::Viewer => registry::Role::Viewer,
        }
    }
}

impl From<registry::Language> for Language {
    fn from(language: registry::Language) -> Language {
        match language {
            registry::Language::Ja => Language::Ja,
            registry::Language::En => Language::En,
        }
    }
}

impl From<Language> for registry::Language {
    fn from(language: Language) -> registry::Language {
        match language {
            Language::Ja => registry::Language::Ja,
            Language::En => registry::Language::En,
        }
    }
}

impl From<Person> for User {
    fn from(person: Person) -> User {
        let allowed = Permission::ALL.into_iter().filter(|what| may(person.role, *what));
        User {
            id: person.id,
            email: person.email,
            name: person.name,
            role: person.role.into(),
            rep: person.rep,
            language: person.language.into(),
            may: allowed.map(Permission::name).collect(),
        }
    }
}

/// Who is signed in. In a demo on this machine the first call signs in by itself.
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = 200, body = Session)))]
pub(crate) async fn show(
    State(app): State<App>,
    MaybeCaller(caller): MaybeCaller,
    parts: Parts,
) -> Answer<Response> {
    let person = match caller.map(|caller| caller.who) {
        Some(Who::Person(person)) => Some(*person),
        _ => None,
    };
    match (person, app.demo) {
        (None, Some(owner)) if is_from_this_machine(&parts.headers, &parts.extensions) => {
            let now = app.clock.real_now().millis();
            let signed_in = app.registry.start_session(owner, now).await?;
            let session = session(&app, Some(signed_in.person.clone())).await?;
            Ok((with_cookie(&signed_in, &parts.headers)?, axum::Json(session)).into_response())
        }
        (person, _) => Ok(axum::Json(session(&app, person).await?).into_response()),
    }
}

async fn session(app: &App, person: Option<Person>) -> Answer<Session> {
    Ok(Session {
        user: person.map(User::from),
        setup_needed: app.registry.setup_needed().await?,
        demo: app.demo.is_some(),
        workspace: WorkspaceCard {
            name: app.name.clone(),
            time_zone: app.calendar.zone_name().to_owned(),
            now: app.clock.now().into(),
            version: env!("CARGO_PKG_VERSION"),
        },
    })
}

/// Signs in by e-mail address and password.
#[utoipa::path(post, path = "/api/v1/session", tag = "session", request_body = SignIn,
    responses((status = 200, body = SignedInUser)))]
pub(crate) async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Json(given): Json<SignIn>,
) -> Answer<Response> {
    let now = app.clock.real_now().millis();
    let signed_in = app.registry.sign_in(&given.email, &given.password, now).await;
    let signed_in = signed_in.inspect_err(|why| {
        tracing::warn!(why = kind_of_refusal(why), "a sign-in was refused");
    })?;
    app.registry.audit(&who(&signed_in), "signed_in", "session", None, now).await?;
    welcome(signed_in, &headers)
}

/// What kind of refusal it was; never the address.
fn kind_of_refusal(why: &registry::Error) -> &'static str {
    match why {
        registry::Error::SignInWrong => "wrong",
        registry::Error::SignInWait { .. } => "wait",
        registry::Error::SignInLocked => "locked",
        _ => "other",
    }
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204)))]
pub(crate) async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Answer<Response> {
    if let Some(token) = cookie(&headers) {
        app.registry.end_session(token).await?;
    }
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, gone)]).into_response())
}

/// Makes the first owner by the one-time link that the server printed.
#[utoipa::path(post, path = "/api/v1/session/setup", tag = "session", request_body = SetUp,
    responses((status = 200, body = SignedInUser)))]
pub(crate) async fn set_up(
    State(app): State<App>,
    Spoken(language): Spoken,
    headers: HeaderMap,
    Json(given): Json<SetUp>,
) -> Answer<Response> {
    let now = app.clock.real_now().millis();
    let language = match language {
        condition::Language::Ja => registry::Language::Ja,
        condition::Language::En => registry::Language::En,
    };
    let SetUp { token, email, name, password } = given;
    let signed_in = app.registry.set_up(&token, &email, &name, language, &password, now).await?;
    app.registry.audit(&who(&signed_in), "set_up", "workspace", None, now).await?;
    welcome(signed_in, &headers)
}

/// Uses an invitation, or a link to choose a new password.
#[utoipa::path(post, path = "/api/v1/session/join", tag = "session", request_body = Join,
    responses((status = 200, body = SignedInUser)))]
pub(crate) async fn join(
    State(app): State<App>,
    headers: HeaderMap,
    Json(given): Json<Join>,
) -> Answer<Response> {
    let now = app.clock.real_now().millis();
    let Join { token, name, password } = given;
    let link = app.registry.open_link(&token, now).await?;
    let signed_in = match link.purpose {
        LinkPurpose::PasswordReset => app.registry.reset_password(&token, &password, now).await?,
        _ => app.registry.join(&token, &name, &password, now).await?,
    };
    app.registry.audit(&who(&signed_in), "joined", "workspace", None, now).await?;
    welcome(signed_in, &headers)
}

fn who(signed_in: &SignedIn) -> String {
    format!("person:{}", signed_in.person.id)
}

fn welcome(signed_in: SignedIn, headers: &HeaderMap) -> Answer<Response> {
    let cookie = with_cookie(&signed_in, headers)?;
    let user = User::from(signed_in.person);
    Ok((cookie, axum::Json(SignedInUser { user })).into_response())
}

/// The header that sets the cookie. Only a proxy that speaks HTTPS outward says so, and then the cookie stays there.
fn with_cookie(signed_in: &SignedIn, headers: &HeaderMap) -> Answer<HeaderMap> {
    const THIRTY_DAYS: u32 = 30 * 24 * 60 * 60;
    let secure = headers.get("x-forwarded-proto").is_some_and(|value| value == "https");
    let secure = if secure { "; Secure" } else { "" };
    let token = signed_in.token.expose();
    let cookie =
        format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={THIRTY_DAYS}{secure}");
    let mut value =
        HeaderValue::from_str(&cookie).map_err(|why| ApiError::ours("the cookie", why))?;
    value.set_sensitive(true);
    Ok(HeaderMap::from_iter([(header::SET_COOKIE, value)]))
}

/// Who reports an outcome: the rep the person is, else the person's name.
pub(crate) fn rep_name(caller: &Caller) -> String {
    match (&caller.rep, &caller.who) {
        (Some(rep), _) => rep.clone(),
        (None, Who::Person(person)) => person.name.clone(),
        (None, _) => caller.name(),
    }
}
