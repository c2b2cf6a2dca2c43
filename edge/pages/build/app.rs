//! Finds the finished web app on disk, or has npm build it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// What the one who builds asked for.
pub(crate) struct Wish {
    /// `KIZASHI_WEB_DIST`.
    pub(crate) dist: Option<PathBuf>,
    /// `KIZASHI_WEB`.
    pub(crate) mode: Mode,
    /// Whether this is an optimised build, which is likely to be used by somebody.
    pub(crate) release: bool,
}

/// How much the app is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The app where it is cheap or likely to be needed.
    Auto,
    /// Never the app.
    Skip,
    /// The app or no build at all.
    Require,
}

impl Mode {
    /// The mode of that name; `Auto` when nothing is named.
    pub(crate) fn named(name: Option<&str>) -> Result<Mode, String> {
        match name {
            None | Some("" | "auto") => Ok(Mode::Auto),
            Some("skip") => Ok(Mode::Skip),
            Some("require") => Ok(Mode::Require),
            Some(other) => {
                Err(format!("KIZASHI_WEB is `{other}`; say `auto`, `skip` or `require`"))
            }
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct App {
    /// The folder with the finished app; none means the placeholder.
    pub(crate) dist: Option<PathBuf>,
    /// What to say to the one who builds.
    pub(crate) warnings: Vec<String>,
    /// What to look at again when it changes.
    pub(crate) watched: Vec<PathBuf>,
}

/// Finds the app by the order that `build.rs` describes; `web` is the folder of its sources.
pub(crate) fn find(wish: &Wish, web: &Path) -> Result<App, String> {
    if let Some(dist) = &wish.dist {
        if !is_app(dist) {
            return Err(format!(
                "KIZASHI_WEB_DIST is `{}`, which holds no index.html",
                dist.display()
            ));
        }
        return Ok(App { dist: Some(dist.clone()), watched: vec![dist.clone()], ..App::default() });
    }
    if wish.mode == Mode::Skip {
        return Ok(App::default());
    }

    let dist = web.join("dist");
    // A path that does not exist would make cargo run the build script, and build all that hangs on it, every time.
    fs::create_dir_all(&dist).map_err(|why| format!("cannot make `{}`: {why}", dist.display()))?;
    let mut app = App { watched: vec![dist.clone()], ..App::default() };
    app.watched.extend(SOURCES.iter().map(|source| web.join(source)).filter(|path| path.exists()));

    if is_app(&dist) {
        if is_stale(web, &dist)
            .map_err(|why| format!("cannot read the sources of the web app: {why}"))?
        {
            app.warnings
                .push("the web app in `web/dist` is older than its sources; run `make web`".into());
        }
        app.dist = Some(dist);
    } else if wish.release || wish.mode == Mode::Require {
        match npm_build(web) {
            Ok(()) => app.dist = Some(dist),
            Err(why) if wish.mode == Mode::Require => return Err(why),
            Err(why) => {
                app.warnings.push(format!("{why}; a page that says so is put in its place"))
            }
        }
    } else {
        app.warnings.push(
            "the web app is not built and a placeholder takes its place; run `make web`".into(),
        );
    }
    Ok(app)
}

fn is_app(dist: &Path) -> bool {
    dist.join("index.html").is_file()
}

fn npm_build(web: &Path) -> Result<(), String> {
    for arguments in [&["ci", "--ignore-scripts", "--no-audit", "--no-fund"][..], &["run", "build"]]
    {
        let said = arguments.join(" ");
        let done =
            Command::new("npm").args(arguments).current_dir(web).output().map_err(|why| {
                format!("the web app cannot be built because npm does not start: {why}")
            })?;
        if !done.status.success() {
            let error = String::from_utf8_lossy(&done.stderr);
            let opening: Vec<_> =
                error.lines().filter(|line| !line.trim().is_empty()).take(3).collect();
            return Err(format!("`npm {said}` in `web` failed: {}", opening.join("; ")));
        }
    }
    if is_app(&web.join("dist")) {
        Ok(())
    } else {
        Err("`npm run build` in `web` left no dist/index.html".into())
    }
}

/// What the finished app is made from, inside `web`.
const SOURCES: [&str; 5] = ["index.html", "package-lock.json", "public", "src", "vite.config.ts"];

/// True when `dist/stamp.txt` names other sources than those in `web` now. A folder without a stamp is taken as it is.
fn is_stale(web: &Path, dist: &Path) -> io::Result<bool> {
    match fs::read_to_string(dist.join("stamp.txt")) {
        Ok(stamp) => Ok(stamp.trim() != stamp_of(web)?),
        Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(why) => Err(why),
    }
}

/// SHA-256 over each source file, by path: the path, a zero byte, the content, a zero byte.
pub(crate) fn stamp_of(web: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        walk(web, source, &mut files)?;
    }
    files.sort();
    let mut hash = Sha256::new();
    for path in files {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update(fs::read(web.join(&path))?);
        hash.update([0]);
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Adds the files at or below `path`, named from `root` with `/` between the parts.
pub(crate) fn walk(root: &Path, path: &str, files: &mut Vec<String>) -> io::Result<()> {
    let full = root.join(path);
    if full.is_dir() {
        for entry in fs::read_dir(full)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            let below = if path.is_empty() { name } else { format!("{path}/{name}") };
            walk(root, &below, files)?;
        }
    } else if full.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}
