//! The web app, inside the binary: each finished file with its compressed forms, found by the path of a request.
//!
//! `build.rs` says where the files come from. Sending them, with cache and security headers, is the server's part.

/// One file of the web app, in every form in which it can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// The file as it is.
    pub bytes: &'static [u8],
    /// The file compressed with brotli, where that is smaller.
    pub br: Option<&'static [u8]>,
    /// The file compressed with gzip, where that is smaller.
    pub gz: Option<&'static [u8]>,
    /// The value of the `Content-Type` header.
    pub content_type: &'static str,
    /// The value of the `ETag` header: weak, because the three forms share it.
    pub etag: &'static str,
    /// True when the file's name changes with its content, so that a browser may keep it for ever.
    pub immutable: bool,
}

/// A file under the path it is asked for by, without the leading slash.
struct File {
    path: &'static str,
    page: Page,
}

// `FILES: &[File]`, sorted by path, and `BUILT: bool`.
include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// The page for the path of a request: the file of that name, or else the app's first page, because the app knows its
/// own paths (`/segments/loyal`) and customers' keys may hold any character.
///
/// `None` for a file that is not there: a browser that asks for an old script must not get HTML.
#[must_use]
pub fn find(path: &str) -> Option<Page> {
    let path = path.trim_start_matches('/');
    if path.is_empty() {
        return Some(index());
    }
    match file(path) {
        Some(page) => Some(page),
        None if names_a_file(path) => None,
        None => Some(index()),
    }
}

/// The app's first page, which every path of the app begins with.
#[must_use]
pub fn index() -> Page {
    let Some(page) = file("index.html") else {
        panic!("the build script embeds an index.html or refuses to build");
    };
    page
}

/// True when the real app is inside, false when only a page that says how to build it is.
#[must_use]
pub fn built() -> bool {
    BUILT
}

/// Every path that has a file, in order.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|file| file.path)
}

fn file(path: &str) -> Option<Page> {
    let place = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    Some(FILES[place].page)
}

/// True for what can only be a file of the app: anything in its `assets` folder, and a name with a dot at the top.
fn names_a_file(path: &str) -> bool {
    path.starts_with("assets/") || (!path.contains('/') && path.contains('.'))
}
