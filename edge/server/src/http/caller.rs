//! Who is calling: a person by the session cookie, a program by its key, or the command line on this machine.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Extensions, HeaderMap, header, request::Parts},
};
use registry::{Person, Role};

use crate::{
    host::Workspace,
    http::{
        access::{Permission, may},
        error::{Answer, ApiError},
    },
};

/// The name of the session's cookie.
pub(crate) const COOKIE: &str = "kizashi_session";

/// Someone who is signed in, as an argument of a handler.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) who: Who,
    pub(crate) role: Role,
    /// The rep whose customers the caller owns.
    pub(crate) rep: Option<String>,
    /// Whether a browser's cookie says who it is, so that other sites' pages could make it speak.
    by_cookie: bool,
}

/// What kind of caller it is.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    /// A person who signed in.
    Person(Box<Person>),
    /// A program with a key.
    Key(i64),
    /// The command line on the server's own machine.
    Local,
}

/// A caller, if there is one.
#[derive(Debug, Clone)]
pub(crate) struct MaybeCaller(pub(crate) Option<Caller>);

impl Caller {
    /// How the registry and the store name the caller: `person:1`.
    pub(crate) fn name(&self) -> String {
        match &self.who {
            Who::Person(person) => format!("person:{}", person.id),
            Who::Key(id) => format!("key:{id}"),
            Who::Local => "local".to_owned(),
        }
    }

    pub(crate) fn may(&self, permission: Permission) -> bool {
        may(self.role, permission)
    }

    /// Where definitions that the caller writes come from.
    pub(crate) fn origin(&self) -> registry::Origin {
        match self.who {
            Who::Person(_) => registry::Origin::Page,
            Who::Key(_) => registry::Origin::Api,
            Who::Local => registry::Origin::File,
        }
    }

    fn of_person(person: Person, by_cookie: bool) -> Caller {
        let (role, rep) = (person.role, person.rep.clone());
        Caller { who: Who::Person(Box::new(person)), role, rep, by_cookie }
    }

    pub(crate) fn is_by_cookie(&self) -> bool {
        self.by_cookie
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Caller> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(ApiError::not_signed_in)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeCaller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<MaybeCaller, Self::Rejection> {
        Ok(MaybeCaller(parts.extensions.get::<Caller>().cloned()))
    }
}

/// Finds out who is calling. A key that is no good is an error even where nobody needs to be signed in.
pub(crate) async fn recognise(
    workspace: &Workspace,
    headers: &HeaderMap,
    from: &Extensions,
) -> Answer<Option<Caller>> {
    let now = workspace.clock.real_now().millis();
    if let Some(token) = bearer(headers) {
        if same(token, &workspace.local_token) && is_from_this_machine(headers, from) {
            let caller = Caller { who: Who::Local, role: Role::Owner, rep: None, by_cookie: false };
            return Ok(Some(caller));
        }
        let key = workspace.registry.key(token, now).await?.ok_or_else(ApiError::not_signed_in)?;
        let caller = Caller { who: Who::Key(key.id), role: key.role, rep: None, by_cookie: false };
        return Ok(Some(caller));
    }
    let Some(token) = cookie(headers) else { return Ok(None) };
    let person = workspace.registry.session(token, now).await?;
    Ok(person.map(|person| Caller::of_person(person, true)))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim)
}

/// The session's token in the cookies of a request.
pub(crate) fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// Headers that a proxy adds: with any of them the caller may be anywhere.
const FORWARDED: [&str; 6] =
    ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// Whether the request was made on this machine, by name, through no proxy. The name is looked at because a page of
/// another site can let its own name point here.
pub(crate) fn is_from_this_machine(headers: &HeaderMap, from: &Extensions) -> bool {
    let peer = from.get::<ConnectInfo<SocketAddr>>();
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok());
    peer.is_some_and(|peer| peer.0.ip().to_canonical().is_loopback())
        && host.is_some_and(is_loopback_name)
        && !FORWARDED.iter().any(|name| headers.contains_key(*name))
}

fn is_loopback_name(host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Compares secrets in a time that does not tell how much of them agrees.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_are_this_machine() {
        for name in ["localhost", "LOCALHOST:80", "127.0.0.1:8080", "127.8.0.1", "[::1]:80"] {
            assert!(is_loopback_name(name), "{name}");
        }
        for name in [
            "kizashi.example",
            "localhost.example:80",
            "10.0.0.1",
            "[::2]",
            "",
            "127.0.0.1.example",
        ] {
            assert!(!is_loopback_name(name), "{name}");
        }
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=1; kizashi_session2=x".parse().unwrap());
        assert_eq!(cookie(&headers), None);
        headers.append(header::COOKIE, "b=2; kizashi_session=tok".parse().unwrap());
        assert_eq!(cookie(&headers), Some("tok"));
    }
}
