//! What cargo knows of the workspace: our crates and what each of them uses.

use std::process::Command;

use serde_json::Value;

use crate::repository;

/// The answer of `cargo metadata` for the machine at hand, so that nothing is downloaded for other systems.
pub fn metadata() -> Result<Value, String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let done = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host()])
        .current_dir(repository::root())
        .output()
        .map_err(|why| format!("cargo does not start: {why}"))?;
    if !done.status.success() {
        return Err(format!(
            "`cargo metadata` failed: {}",
            String::from_utf8_lossy(&done.stderr).trim()
        ));
    }
    serde_json::from_slice(&done.stdout)
        .map_err(|why| format!("`cargo metadata` said something unreadable: {why}"))
}

const fn host() -> &'static str {
    if cfg!(all(target_os = "linux", target_arch = "aarch64")) {
        "aarch64-unknown-linux-gnu"
    } else if cfg!(all(target_os = "macos", target_arch = "aarch64")) {
        "aarch64-apple-darwin"
    } else {
        "x86_64-unknown-linux-gnu"
    }
}

/// What a dependency is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// The crate itself.
    Normal,
    /// Its tests.
    Tests,
    /// Its build script.
    Build,
}

/// One of our crates.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its plain word, without the prefix.
    pub name: String,
    /// Its folder from the root: `domain/kernel`.
    pub folder: String,
    /// Names of what it uses; ours as plain words.
    pub uses: Vec<(String, Use)>,
}

/// Our crates, as `metadata` has them, by name.
pub fn members(metadata: &Value) -> Result<Vec<Member>, String> {
    let root = text(metadata, "workspace_root")?;
    let mut members = Vec::new();
    for package in list(metadata, "packages")? {
        // Only our own crates have no source: the others come from a registry.
        if !package["source"].is_null() {
            continue;
        }
        let manifest = text(package, "manifest_path")?;
        let folder =
            manifest.trim_start_matches(root).trim_matches('/').trim_end_matches("/Cargo.toml");
        let uses = list(package, "dependencies")?.iter().map(used).collect::<Result<_, _>>()?;
        members.push(Member {
            name: plain(text(package, "name")?),
            folder: folder.to_owned(),
            uses,
        });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

fn used(dependency: &Value) -> Result<(String, Use), String> {
    let name = plain(text(dependency, "name")?);
    match dependency["kind"].as_str() {
        None => Ok((name, Use::Normal)),
        Some("dev") => Ok((name, Use::Tests)),
        Some("build") => Ok((name, Use::Build)),
        Some(other) => {
            Err(format!("`cargo metadata` knows a kind of dependency that we do not: `{other}`"))
        }
    }
}

fn plain(name: &str) -> String {
    name.strip_prefix("kizashi-").unwrap_or(name).to_owned()
}

pub(crate) fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str, String> {
    value[key].as_str().ok_or_else(|| format!("`{key}` is missing or no text"))
}

pub(crate) fn list<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>, String> {
    value[key].as_array().ok_or_else(|| format!("`{key}` is missing or no list"))
}
