//! Ways in that stay open: tags of websites, and a folder that is watched.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
};

/// Tags of websites: two lines in the firm's own pages tell what visitors read.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  kizashi tag --make site --origin https://www.example.jp --event signup\n  kizashi tag                          the tags, with what to put into the pages\n  kizashi tag --drop site\n\nThe secret that is shown when a tag is made proves who a visitor is: the site's server hands HMAC-SHA256(secret, customer's key) in hexadecimal digits to the page, which calls kizashi('identify', key, proof)."
)]
pub(crate) struct Tag {
    /// Make a tag of this name, or change where it works
    #[arg(long, value_name = "NAME", requires = "origin")]
    make: Option<String>,
    /// A site on which it works; may be given several times
    #[arg(long, value_name = "https://HOST")]
    origin: Vec<String>,
    /// An event beside page views that it may tell; may be given several times
    #[arg(long, value_name = "NAME")]
    event: Vec<String>,
    /// Take a tag away; what its pages send is refused from then on
    #[arg(long, value_name = "NAME", conflicts_with = "make")]
    drop: Option<String>,
}

pub(crate) fn tag(folder: &Path, given: &Tag, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    if let Some(name) = &given.drop {
        api.delete(&format!("/tags/{}", in_path(name)))?;
    }
    let mut secret = None;
    if let Some(name) = &given.make {
        let body = json!({ "origins": given.origin, "events": given.event });
        let made = api.put(&format!("/tags/{}", in_path(name)), &body)?;
        secret = made["secret"].as_str().map(str::to_owned);
    }
    let list = api.get("/tags")?;
    if screen.json {
        screen.json(&json!({ "tags": list["tags"], "secret": secret }));
        return Ok(ExitCode::SUCCESS);
    }
    for tag in list["tags"].as_array().into_iter().flatten() {
        let text = |name: &str| tag[name].as_str().unwrap_or("-").to_owned();
        let listed = |name: &str| {
            let all = tag[name].as_array().into_iter().flatten().filter_map(Json::as_str);
            all.collect::<Vec<_>>().join(" ")
        };
        let (name, seen) = (text("name"), text("last_seen_at"));
        screen.line(format!("{name}\t{}\t{seen}\t{}", listed("origins"), listed("events")));
        screen.line(text("snippet").replace("{base}", &api.base_url()));
    }
    if let Some(secret) = secret {
        screen
            .line(format!("{}\t{secret}", screen.say("秘密（今だけ表示）", "secret, shown once")));
    }
    Ok(ExitCode::SUCCESS)
}

/// A folder of which each new file is imported by itself.
#[derive(Debug, Args)]
#[command(
    after_help = "Each new file in the folder is imported once, as files with the same columns were read before, and moved to done/ or failed/. A file with new columns waits on the imports page until somebody says what they are. A file is taken when it has not changed for some seconds; names like x.part are left alone. The server must be running.\n\nExamples:\n  kizashi watch /srv/exports\n  kizashi watch                        which folder, and what lies in it\n  kizashi watch --off"
)]
pub(crate) struct Watch {
    /// The folder, on the machine of the server
    #[arg(value_name = "FOLDER")]
    watched: Option<PathBuf>,
    /// Watch no folder any more
    #[arg(long, conflicts_with = "watched")]
    off: bool,
}

pub(crate) fn watch(folder: &Path, given: &Watch, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    if given.off {
        api.put("/watch-folder", &json!({ "folder": null }))?;
    } else if let Some(watched) = &given.watched {
        let watched = from_the_root(watched)?;
        api.put("/watch-folder", &json!({ "folder": watched }))?;
    }
    let now = api.get("/watch-folder")?;
    if screen.json {
        screen.json(&now);
        return Ok(ExitCode::SUCCESS);
    }
    match now["folder"].as_str() {
        Some(watched) => screen.line(watched),
        None => screen.note(screen.say("監視しているフォルダはありません", "no folder is watched")),
    }
    if let Some(fault) = now["fault"].as_str() {
        screen.note(fault);
    }
    for file in now["files"].as_array().into_iter().flatten() {
        let said = match file["state"].as_str() {
            Some("importing") => screen.say("取り込み中", "being imported"),
            Some("waiting") => screen.say("列の決定待ち", "waits for its columns to be told"),
            _ => screen.say("到着中", "arriving"),
        };
        screen.line(format!("  {}\t{said}", file["file"].as_str().unwrap_or_default()));
    }
    Ok(ExitCode::SUCCESS)
}

/// A folder from the root on, since the server may stand elsewhere.
pub(crate) fn from_the_root(folder: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(folder).map_err(|fault| Failure::file(folder, fault))
}
