//! Embeds the finished web app. Which one is taken, in this order:
//!
//! 1. `KIZASHI_WEB_DIST=FOLDER`: that folder, for packagers who build the app elsewhere.
//! 2. `KIZASHI_WEB=skip`: none; the binary holds a page that says how to build it.
//! 3. `web/dist`, when there is one. `cargo` warns when the sources have changed since (`dist/stamp.txt`).
//! 4. `KIZASHI_WEB=require`, or `auto` (the default) in a release build: npm builds `web/dist`.
//! 5. `auto` in any other build: as with `skip`, and a warning. Tests, clippy and editors never start npm.
//!
//! When npm is missing or fails, `require` stops the build and `auto` goes on with the page of 2.

#[path = "build/app.rs"]
mod app;
#[path = "build/embed.rs"]
mod embed;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    match embed_app() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            println!("cargo::error={why}");
            ExitCode::FAILURE
        }
    }
}

fn embed_app() -> Result<(), String> {
    let pages = folder_from("CARGO_MANIFEST_DIR")?;
    let out = folder_from("OUT_DIR")?;
    println!("cargo::rerun-if-env-changed=KIZASHI_WEB_DIST");
    println!("cargo::rerun-if-env-changed=KIZASHI_WEB");
    for own in ["build.rs", "build", "src/placeholder.html"] {
        println!("cargo::rerun-if-changed={own}");
    }

    let wish = app::Wish {
        dist: env::var_os("KIZASHI_WEB_DIST").map(PathBuf::from),
        mode: app::Mode::named(env::var("KIZASHI_WEB").ok().as_deref())?,
        release: env::var("PROFILE").is_ok_and(|profile| profile == "release"),
    };
    let app = app::find(&wish, &pages.join("../../web"))?;
    for path in &app.watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    for warning in &app.warnings {
        println!("cargo::warning={warning}");
    }
    embed::write(app.dist.as_deref(), &pages.join("src/placeholder.html"), &out)
}

fn folder_from(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable)
        .map(PathBuf::from)
        .ok_or_else(|| format!("cargo did not set `{variable}`"))
}
