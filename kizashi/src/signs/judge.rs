//! Says whether a sign was right about a customer.

use std::{path::Path, process::ExitCode};

use serde_json::json;

use crate::{
    api::{Api, in_path},
    screen::{Failure, Screen},
    show::in_words,
    signs::args::Verdict,
};

pub(crate) fn judge(
    folder: &Path,
    (sign, customer): (&str, &str),
    verdict: Verdict,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let path = format!("/signs/{}", in_path(sign));
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let id = format!("cli:{sign}:{customer}:{}", since.map_err(Failure::of)?.as_nanos());
    let body = json!({ "customer": customer, "right": verdict == Verdict::Right, "id": id });
    let taken = api.post(&format!("{path}/judgements"), &body)?;
    let mut told = api.get(&path)?["standing"].take();
    told["batch"] = taken["batch"].clone();
    match screen.json {
        true => screen.json(&told),
        false => screen.line(in_words(&told["sentence"])),
    }
    Ok(ExitCode::SUCCESS)
}
