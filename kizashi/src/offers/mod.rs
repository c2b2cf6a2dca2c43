//! Offers from the terminal: which there are, whom each fits best and why, and what customers need.

pub(crate) mod args;
mod edit;
mod tell;

use std::{path::Path, process::ExitCode};

use serde_json::{Value as Json, json};

use crate::{
    api::{Api, in_path},
    interrupt,
    screen::{Failure, Screen},
    signs,
};
use args::{OfferCommand, OfferCustomers, OfferLearn, OfferNeed};

pub(crate) fn run(
    folder: &Path,
    given: &args::Offer,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    match &given.command {
        OfferCommand::List => show(folder, "/offers", tell::offers, screen),
        OfferCommand::Needs => show(folder, "/needs", tell::needs, screen),
        OfferCommand::Customers(given) => customers(folder, given, screen),
        OfferCommand::Match { offer, customer } => {
            let path = format!("/offers/{}/match/{}", in_path(offer), in_path(customer));
            show(folder, &path, tell::matched, screen)
        }
        OfferCommand::Of { customer } => {
            let path = format!("/customers/{}/offers", in_path(customer));
            show(folder, &path, tell::of_customer, screen)
        }
        OfferCommand::Need(given) => need(folder, given, screen),
        OfferCommand::Next { customer } => {
            let path = format!("/customers/{}/next-offers", in_path(customer));
            show(folder, &path, tell::next, screen)
        }
        OfferCommand::Proposals { customer } => {
            let path = format!("/customers/{}/proposals", in_path(customer));
            show(folder, &path, tell::proposals, screen)
        }
        OfferCommand::Propose { customer, offer, variant, arrangement } => {
            let path = format!("/customers/{}/proposals", in_path(customer));
            let body = json!({"offer": offer, "variant": variant, "arrangement": arrangement});
            record(folder, &path, body, screen)
        }
        OfferCommand::Answer { customer, proposal, result } => {
            let (customer, proposal) = (in_path(customer), in_path(proposal));
            let path = format!("/customers/{customer}/proposals/{proposal}/answer");
            record(folder, &path, json!({"result": result}), screen)
        }
        OfferCommand::Review { offer } => {
            let path = format!("/offers/{}/review", in_path(offer));
            show(folder, &path, tell::review, screen)
        }
        OfferCommand::Learn(given) => learn(folder, given, screen),
        OfferCommand::Add { file } => edit::add(folder, file, screen),
        OfferCommand::Print { offers } => edit::print(folder, offers, screen),
        OfferCommand::On { offer } => edit::on(folder, offer, screen),
        OfferCommand::Off { offer } => edit::off(folder, offer, screen),
    }
}

fn show(
    folder: &Path,
    path: &str,
    tell: fn(&Json, &Screen),
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let told = Api::reach(folder, screen)?.get(path)?;
    match screen.json {
        true => screen.json(&told),
        false => tell(&told, screen),
    }
    Ok(ExitCode::SUCCESS)
}

fn customers(folder: &Path, given: &OfferCustomers, screen: &Screen) -> Result<ExitCode, Failure> {
    let mut path = format!("/offers/{}/customers?limit={}", in_path(&given.offer), given.limit);
    for (key, value) in [("variant", &given.variant), ("q", &given.query)] {
        if let Some(value) = value {
            path += &format!("&{key}={}", in_path(value));
        }
    }
    show(folder, &path, tell::customers, screen)
}

fn need(folder: &Path, given: &OfferNeed, screen: &Screen) -> Result<ExitCode, Failure> {
    let api = Api::reach(folder, screen)?;
    let path = format!("/customers/{}/needs", in_path(&given.customer));
    let Some((need, kind)) = given.need.as_ref().zip(given.kind) else {
        let told = api.get(&path)?;
        match screen.json {
            true => screen.json(&told),
            false => tell::needs_held(&told, screen),
        }
        return Ok(ExitCode::SUCCESS);
    };
    drop(api);
    let body = json!({"need": need, "kind": kind.word(), "note": given.note});
    record(folder, &path, body, screen)
}

/// Writes something down under a name of its own.
fn record(folder: &Path, path: &str, mut body: Json, screen: &Screen) -> Result<ExitCode, Failure> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let now = now.map_or(0, |since| since.as_nanos());
    body["id"] = format!("cli-{now}-{}", std::process::id()).into();
    let told = Api::reach(folder, screen)?.post(path, &body)?;
    match screen.json {
        true => screen.json(&told),
        false => screen.line(screen.say("記録しました", "recorded")),
    }
    Ok(ExitCode::SUCCESS)
}

fn learn(folder: &Path, given: &OfferLearn, screen: &Screen) -> Result<ExitCode, Failure> {
    const PATH: &str = "/next-offers";
    let api = Api::reach(folder, screen)?;
    let mut told = match given.last {
        true => api.get(PATH)?,
        false => {
            let stop = interrupt::flag()?;
            let (event, property) = (&given.event, &given.property);
            let body = json!({"event": event, "property": property, "horizon_days": given.horizon});
            api.post(PATH, &body)?;
            signs::until_done(&api, PATH, &stop, screen)?
        }
    };
    match screen.json {
        true => screen.json(&told["result"].take()),
        false => tell::together(&told["result"], screen),
    }
    Ok(ExitCode::SUCCESS)
}
