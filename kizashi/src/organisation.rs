//! A firm from the terminal: its sites, their records, and its people.

use std::{path::Path, process::ExitCode};

use clap::Args;
use condition::Language;
use serde_json::Value as Json;

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
};

/// Say which firm, site and person a customer is, and who else is of that firm
#[derive(Debug, Args)]
#[command(
    after_help = "Records of one firm are found by the corporate number, or by the name together with a mail domain, a telephone number or an address; never by a name alone. Set the attribute `organisation` where that is not enough.\n\nExamples:\n  kizashi organisation C0042\n  kizashi organisation C0042 --json\n  kizashi customers C0042 C0077 --set organisation=山田グループ --yes"
)]
pub(crate) struct Organisation {
    /// The key of any of its records
    customer: String,
}

pub(crate) fn organisation(
    folder: &Path,
    given: &Organisation,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let ids = api.get(&format!("/customers/{}/organisation", in_path(&given.customer)))?;
    if screen.json {
        screen.json(&ids);
        return Ok(ExitCode::SUCCESS);
    }
    let firm = &ids["firm"];
    if firm.is_null() {
        screen.line(text(&ids, "person"));
        return Ok(ExitCode::SUCCESS);
    }
    screen.line(format!(
        "{}\t{}\t{}",
        text(&ids, "organisation"),
        text(firm, "name"),
        text(firm, "corporate_number")
    ));
    for site in rows(firm, "sites") {
        screen.line(format!(
            "  {}\t{}\t{}",
            text(site, "id"),
            text(site, "branch"),
            text(site, "address")
        ));
        for row in rows(site, "records") {
            let because = row["because"].as_str().unwrap_or_default();
            screen.line(format!(
                "    {}\t{}\t{}\t{because}",
                text(row, "key"),
                text(row, "name"),
                text(row, "rep")
            ));
        }
    }
    for person in rows(firm, "people") {
        let known: Vec<String> = rows(person, "known_as")
            .map(|one| format!("{}/{}", text(one, "customer"), text(one, "contact")))
            .collect();
        screen.line(format!(
            "  {}\t{}\t{}",
            text(person, "id"),
            text(person, "name"),
            known.join(" ")
        ));
    }
    if firm["more"] == true {
        screen.note(match screen.language {
            Language::Ja => "同じ名前の記録が多いため、一部だけを調べました",
            Language::En => "so many records have this name that only some were looked at",
        });
    }
    Ok(ExitCode::SUCCESS)
}

fn rows<'a>(json: &'a Json, name: &str) -> impl Iterator<Item = &'a Json> {
    json[name].as_array().into_iter().flatten()
}

fn text(json: &Json, name: &str) -> String {
    json[name].as_str().unwrap_or("-").to_owned()
}
