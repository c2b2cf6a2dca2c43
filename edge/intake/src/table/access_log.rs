//! Access logs of web servers in the common and the combined form, one request a line.

use std::{io, ops::ControlFlow};

use super::{Cell, Flow, Row, RowFault, records::Feed};
use crate::{pages, problem::shortened, said::said};

/// The columns a log has.
pub(crate) const COLUMNS: [&str; 7] =
    ["host", "user id", "at", "url", "referrer", "agent", "visitor"];
/// The longest line.
const LONGEST: usize = 64 << 10;

/// One request.
#[derive(Debug, PartialEq, Eq)]
struct Request<'l> {
    host: &'l str,
    user: &'l str,
    at: &'l str,
    method: &'l str,
    url: &'l str,
    status: &'l str,
    referrer: &'l str,
    agent: &'l str,
    /// A cookie, which some firms log behind the agent.
    visitor: &'l str,
}

/// Whether a text is such a log: most of its first lines are.
pub(crate) fn is_one(head: &str) -> bool {
    let lines: Vec<&str> = head.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let good = lines.iter().filter(|line| parsed(line).is_some()).count();
    0 < good && lines.len() <= good + lines.len() / 4
}

/// Hands over the requests of people for pages: no pictures and scripts, no machines, nothing that failed.
pub(crate) fn each(
    mut feed: impl Feed,
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> io::Result<()> {
    let mut text = String::new();
    let mut number = 0_u64;
    let mut goes_on = true;
    // The rest of a line that is too long is passed over.
    let mut skipping = false;
    while goes_on {
        goes_on = feed.more(&mut text)?;
        if !goes_on && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let mut at = 0;
        while let Some(end) = text[at..].find('\n') {
            let line = &text[at..at + end];
            at += end + 1;
            if std::mem::take(&mut skipping) {
                continue;
            }
            number += 1;
            if one(line, number, take).is_break() {
                return Ok(());
            }
        }
        text.drain(..at);
        if LONGEST < text.len() {
            if !skipping {
                number += 1;
                if take(Err(no_request(&text, number))).is_break() {
                    return Ok(());
                }
            }
            skipping = true;
            text.clear();
        }
    }
    Ok(())
}

fn one(line: &str, number: u64, take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow) -> Flow {
    let line = line.trim_end_matches('\r');
    if line.trim().is_empty() || line.starts_with('#') {
        return ControlFlow::Continue(());
    }
    let Some(request) = parsed(line) else { return take(Err(no_request(line, number))) };
    if !request.is_of_a_page() {
        return ControlFlow::Continue(());
    }
    let url = pages::decoded(request.url);
    let cell = |text| if matches!(text, "" | "-") { Cell::Empty } else { Cell::Text(text) };
    let cells = [
        request.host,
        request.user,
        request.at,
        &url,
        request.referrer,
        request.agent,
        request.visitor,
    ];
    take(Ok(Row { number, cells: &cells.map(cell) }))
}

fn no_request(line: &str, number: u64) -> RowFault {
    let mut end = line.len().min(400);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    RowFault {
        number,
        value: shortened(&line[..end]),
        reason: said!("アクセスログの行として読めません", "this is no line of an access log"),
        fix: said!(
            "Apache・nginxの combined 形式の行か確かめてください",
            "check that it is a line of the combined form of Apache or nginx"
        ),
    }
}

impl Request<'_> {
    fn is_of_a_page(&self) -> bool {
        let good = self.status.starts_with('2') || self.status == "304";
        let path = self.url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let picture = ASSETS.iter().any(|ending| path.ends_with(ending));
        let agent = self.agent.to_ascii_lowercase();
        let machine = MACHINES.iter().any(|word| agent.contains(word));
        good && matches!(self.method, "GET" | "POST") && !picture && !machine
    }
}

const ASSETS: &[&str] = &[
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif",
    ".ico", ".woff", ".woff2", ".ttf", ".eot", ".mp4", ".webm", ".mp3", ".xml", ".txt", ".json",
];

const MACHINES: &[&str] = &[
    "bot",
    "crawl",
    "spider",
    "slurp",
    "curl/",
    "wget/",
    "python-",
    "go-http",
    "java/",
    "headless",
    "monitor",
    "uptime",
    "pingdom",
    "facebookexternal",
    "feedfetcher",
    "scan",
    "httpclient",
    "okhttp",
    "axios",
    "libwww",
];

/// Takes a line apart.
fn parsed(line: &str) -> Option<Request<'_>> {
    let (front, rest) = line.split_once('[')?;
    let mut front = front.split_ascii_whitespace();
    let (host, _, user) = (front.next()?, front.next()?, front.next().unwrap_or("-"));
    let (at, rest) = rest.split_once(']')?;
    if at.len() < 20 || !at.contains('/') || !at.contains(':') {
        return None;
    }
    let (request, rest) = quoted(rest)?;
    let mut words = request.split(' ');
    let (method, url) = (words.next()?, words.next()?);
    let mut numbers = rest.split_ascii_whitespace();
    let status = numbers
        .next()
        .filter(|status| status.len() == 3 && status.bytes().all(|b| b.is_ascii_digit()))?;
    let (referrer, rest) = quoted(rest).unwrap_or_default();
    let (agent, rest) = quoted(rest).unwrap_or_default();
    let (visitor, _) = quoted(rest).unwrap_or_default();
    Some(Request { host, user, at, method, url, status, referrer, agent, visitor })
}

/// The next text in quotation marks, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let (_, rest) = text.split_once('"')?;
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        match c {
            '\\' => escaped = !escaped,
            '"' if !escaped => return Some((&rest[..at], &rest[at + 1..])),
            _ => escaped = false,
        }
    }
    None
}
