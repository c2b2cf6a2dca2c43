//! What kind of page an address is: by rules that a firm edits, and by the words that most sites use.

use std::borrow::Cow;

use crate::{Said, said::said};

/// Rules in order; the first that fits an address counts. The firm's own come before those that are built in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageRules(Vec<PageRule>);

/// Addresses of a form are pages of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRule {
    /// The form of the path: `*` is anything, `{topic}` one step of the path that is kept as a property.
    form: Vec<Piece>,
    /// How it was written.
    written: String,
    /// The type: `pricing`, `case_study`, or one of the firm's own.
    page_type: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Anything,
    Step(String),
}

impl PageRule {
    /// A rule from its form and the type of page.
    ///
    /// # Errors
    /// A sentence when one of them cannot be.
    pub fn new(form: &str, page_type: &str) -> Result<PageRule, Said> {
        let page_type = page_type.trim();
        if page_type.is_empty() || 60 < page_type.len() || page_type.contains(char::is_control) {
            return Err(said!(
                "ページの種類は1〜60バイトで書いてください",
                "write a type of page of 1 to 60 bytes"
            ));
        }
        let form = form.trim();
        if form.is_empty() || 500 < form.len() {
            return Err(said!(
                "アドレスの形は1〜500バイトで書いてください",
                "write a form of 1 to 500 bytes"
            ));
        }
        if 10 < form.matches('*').count() {
            return Err(said!("「*」は10個までにしてください", "write at most 10 `*`"));
        }
        Ok(PageRule {
            form: pieces(form)?,
            written: form.to_owned(),
            page_type: page_type.to_owned(),
        })
    }

    /// Its form as it was written.
    pub fn form(&self) -> &str {
        &self.written
    }

    /// Its type of page.
    pub fn page_type(&self) -> &str {
        &self.page_type
    }
}

/// What a rule says of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'r> {
    /// The type of page.
    pub page_type: &'r str,
    /// The steps that are kept: `topic`, `feature`, `plan`.
    pub steps: Vec<(&'r str, String)>,
}

impl PageRules {
    /// Rules of a firm.
    pub fn new(rules: Vec<PageRule>) -> PageRules {
        PageRules(rules)
    }

    /// The firm's own rules.
    pub fn own(&self) -> &[PageRule] {
        &self.0
    }

    /// What the first rule that fits says.
    pub fn page<'r>(&'r self, url: &str) -> Option<Page<'r>> {
        let path = path_of(url);
        let rules = self.0.iter().chain(built_in());
        rules.into_iter().find_map(|rule| {
            let steps = fits(&rule.form, &path)?;
            Some(Page { page_type: &rule.page_type, steps })
        })
    }
}

/// The rules for words that most sites use.
pub fn built_in() -> &'static [PageRule] {
    static RULES: std::sync::OnceLock<Vec<PageRule>> = std::sync::OnceLock::new();
    RULES.get_or_init(|| {
        BUILT_IN
            .iter()
            .filter_map(|(form, page_type)| PageRule::new(form, page_type).ok())
            .collect()
    })
}

const BUILT_IN: &[(&str, &str)] = &[
    ("*/cancel*", "cancel"),
    ("*/unsubscribe*", "cancel"),
    ("*/withdraw*", "cancel"),
    ("*/taikai*", "cancel"),
    ("*/kaiyaku*", "cancel"),
    ("*解約*", "cancel"),
    ("*退会*", "cancel"),
    ("*/help/{topic}*", "help"),
    ("*/help*", "help"),
    ("*/faq*", "help"),
    ("*/support*", "help"),
    ("*/manual*", "help"),
    ("*/docs/{topic}*", "help"),
    ("*/pricing*", "pricing"),
    ("*/price*", "pricing"),
    ("*/plans*", "pricing"),
    ("*/plan/{plan}*", "pricing"),
    ("*/plan", "pricing"),
    ("*/ryokin*", "pricing"),
    ("*/ryoukin*", "pricing"),
    ("*料金*", "pricing"),
    ("*価格*", "pricing"),
    ("*/case*", "case_study"),
    ("*/jirei*", "case_study"),
    ("*/customers/*", "case_study"),
    ("*/success*", "case_study"),
    ("*事例*", "case_study"),
    ("*/features/{feature}*", "feature"),
    ("*/feature/{feature}*", "feature"),
    ("*/feature*", "feature"),
    ("*/function*", "feature"),
    ("*/kinou*", "feature"),
    ("*機能*", "feature"),
    ("*/blog*", "blog"),
    ("*/column*", "blog"),
    ("*/news*", "blog"),
    ("*/article*", "blog"),
    ("*/product*", "product"),
    ("*/item*", "product"),
    ("*/goods*", "product"),
    ("*/service*", "product"),
    ("*/shohin*", "product"),
    ("*商品*", "product"),
    ("*製品*", "product"),
    ("/", "top"),
    ("/index*", "top"),
    ("", "top"),
];

fn pieces(form: &str) -> Result<Vec<Piece>, Said> {
    let mut pieces = Vec::new();
    let mut rest = form;
    while !rest.is_empty() {
        let end = rest.find(['*', '{']).unwrap_or(rest.len());
        if 0 < end {
            pieces.push(Piece::Text(rest[..end].to_lowercase()));
        }
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix('*') {
            pieces.push(Piece::Anything);
            rest = after;
        } else if let Some(after) = rest.strip_prefix('{') {
            let Some((name, after)) = after.split_once('}') else {
                return Err(said!("「{{」が閉じていません", "a `{{` is never closed"));
            };
            if name.is_empty()
                || 60 < name.len()
                || !name.chars().all(|c| c.is_alphanumeric() || c == '_')
            {
                return Err(said!(
                    "「{{ }}」の中には property の名前を書いてください",
                    "write the name of a property between `{{` and `}}`"
                ));
            }
            pieces.push(Piece::Step(name.to_owned()));
            rest = after;
        }
    }
    Ok(pieces)
}

/// The path of an address in small letters, percent signs decoded; what asks (`?`) and what points (`#`) is left out.
fn path_of(url: &str) -> String {
    let url = url.trim();
    let after_host = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => url,
    };
    let path = after_host.split(['?', '#']).next().unwrap_or_default();
    decoded(path).to_lowercase()
}

/// Text with its percent signs decoded, where they make UTF-8.
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.filter(|_| bytes[at] == b'%').and_then(|pair| u8::from_str_radix(pair, 16).ok())
        {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(plain).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Whether a path has a form, and the steps that it keeps.
fn fits<'r>(form: &'r [Piece], path: &str) -> Option<Vec<(&'r str, String)>> {
    let Some((first, rest)) = form.split_first() else {
        return path.is_empty().then(Vec::new);
    };
    match first {
        Piece::Text(text) => fits(rest, path.strip_prefix(text.as_str())?),
        Piece::Anything if rest.is_empty() => Some(Vec::new()),
        Piece::Anything => {
            let starts = path.char_indices().map(|(at, _)| at).chain([path.len()]);
            starts.filter(|at| may_begin(rest, &path[*at..])).find_map(|at| fits(rest, &path[at..]))
        }
        Piece::Step(name) => {
            let end = path.find('/').unwrap_or(path.len());
            if end == 0 {
                return None;
            }
            let mut steps = fits(rest, &path[end..])?;
            let step = path[..end].trim_end_matches(".html").trim_end_matches(".htm").to_owned();
            steps.insert(0, (name, step));
            Some(steps)
        }
    }
}

/// A quick look at whether going on from here can lead anywhere.
fn may_begin(form: &[Piece], path: &str) -> bool {
    match form.first() {
        Some(Piece::Text(text)) => path.starts_with(text.as_str()),
        _ => true,
    }
}
