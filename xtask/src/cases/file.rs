//! One case: definitions, histories and probes.

use condition::{Condition, Draft, SegmentId};
use facts::{
    Calendar, ContactKey, CustomerKey, Decimal, EventName, Fact, Properties, Timestamp, Value,
    Weekday, What,
};
use serde_json::Value as Json;

use super::{
    drivers::{Told, World},
    fields::{Fields, list, text},
    notation,
};

/// A case, ready to be asked.
pub(super) struct Case {
    pub(super) world: World,
    pub(super) probes: Vec<Probe>,
}

/// Who should be in one definition at one instant.
pub(super) struct Probe {
    pub(super) at: Timestamp,
    pub(super) def: String,
    pub(super) segment: usize,
    pub(super) expected: Vec<(CustomerKey, bool)>,
}

impl Case {
    pub(super) fn read(json: &Json) -> Result<Case, String> {
        let mut fields = Fields::of(json, "")?;
        for word in ["id", "source", "title", "note"] {
            fields.take(word);
        }
        let calendar = calendar(&mut fields)?;
        let defs = fields.need("defs")?;
        let defs = defs.as_object().ok_or(format!("/defs: `{defs}` is no object"))?;
        let names: Vec<&str> = defs.keys().map(String::as_str).collect();
        let segments = defs
            .iter()
            .map(|(name, def)| segment(name, def, &names))
            .collect::<Result<Vec<_>, String>>()?;
        let who = fields.need("who")?;
        let who = who.as_object().ok_or(format!("/who: `{who}` is no object"))?;
        let customers: Vec<String> = who.keys().cloned().collect();
        let mut told = vec![];
        for (name, records) in who {
            for (n, record) in list(records, &format!("/who/{name}"))?.iter().enumerate() {
                told.extend(self::told(name, record, &format!("/who/{name}/{n}"))?);
            }
        }
        let probes = list(fields.need("probes")?, "/probes")?
            .iter()
            .enumerate()
            .map(|(n, probe)| self::probe(probe, &names, &customers, &format!("/probes/{n}")))
            .collect::<Result<Vec<_>, String>>()?;
        fields.no_more()?;
        Ok(Case { world: World::new(segments, calendar, told), probes })
    }
}

fn calendar(fields: &mut Fields<'_>) -> Result<Calendar, String> {
    let zone = fields.take("tz").map_or(Ok("UTC"), |zone| text(zone, "/tz"))?;
    let mut calendar = Calendar::new(zone).map_err(|why| why.to_string())?;
    if let Some(day) = fields.take_any(&["first_weekday", "week_start"]) {
        let day = match text(day, "/first_weekday")?.to_lowercase().as_str() {
            "monday" => Weekday::Monday,
            "tuesday" => Weekday::Tuesday,
            "wednesday" => Weekday::Wednesday,
            "thursday" => Weekday::Thursday,
            "friday" => Weekday::Friday,
            "saturday" => Weekday::Saturday,
            "sunday" => Weekday::Sunday,
            other => return Err(format!("/first_weekday: not understood: `{other}`")),
        };
        calendar = calendar.with_first_weekday(day);
    }
    if let Some(month) = fields.take_any(&["first_fiscal_month", "fiscal_start"]) {
        let number = month.as_u64().and_then(|month| u8::try_from(month).ok());
        let number = number
            .filter(|month| (1..=12).contains(month))
            .ok_or(format!("/first_fiscal_month: not understood: `{month}`"))?;
        calendar = calendar.with_first_fiscal_month(number);
    }
    Ok(calendar)
}

fn segment(name: &str, def: &Json, names: &[&str]) -> Result<(SegmentId, Condition), String> {
    let draft = Draft(notation::condition(def, names, &format!("/defs/{name}"))?);
    let condition = draft.check().map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        format!("/defs/{name}: {} was refused: {}", draft.0, faults.join("; "))
    })?;
    let id = names.iter().position(|known| *known == name).and_then(notation::id);
    Ok((id.ok_or(format!("/defs/{name}: no such definition"))?, condition))
}

fn told(who: &str, record: &Json, place: &str) -> Result<Vec<Told>, String> {
    let mut fields = Fields::of(record, place)?;
    let at = instant(fields.text("t")?, place)?;
    let received = match fields.take("recv") {
        Some(received) => instant(text(received, place)?, place)?,
        None => at,
    };
    let id = fields.take("id").map(|id| id.as_str().map_or(id.to_string(), str::to_owned));
    let contact = match fields.take("contact") {
        Some(key) => {
            Some(ContactKey::new(text(key, place)?).map_err(|why| format!("{place}: {why}"))?)
        }
        None => None,
    };
    let mut whats = vec![];
    if let Some(set) = fields.take("set") {
        whats.push(What::Became(properties(set, place)?));
    }
    for (key, prefix, value) in [
        ("tag", "tag:", true),
        ("untag", "tag:", false),
        ("list", "list:", true),
        ("unlist", "list:", false),
    ] {
        if let Some(name) = fields.take(key) {
            let mark = format!("{prefix}{}", text(name, place)?);
            let mark = Properties::new([(mark.as_str(), Value::from(value))]);
            whats.push(What::Became(mark.map_err(|why| format!("{place}: {why}"))?));
        }
    }
    if let Some(keys) = fields.take("unset") {
        let keys = list(keys, place)?.iter().map(|key| text(key, place));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        let gone = Properties::new(keys.into_iter().map(|key| (key, Value::Missing)));
        whats.push(What::Became(gone.map_err(|why| format!("{place}: {why}"))?));
    }
    if let Some(name) = fields.take_any(&["ev", "event"]) {
        let name = EventName::new(text(name, place)?).map_err(|why| format!("{place}: {why}"))?;
        let properties = match fields.take_any(&["p", "props"]) {
            Some(particulars) => properties(particulars, place)?,
            None => Properties::default(),
        };
        whats.push(What::Happened { name, properties });
    }
    fields.no_more()?;
    if whats.is_empty() {
        return Err(format!("{place}: neither `ev` nor `set`"));
    }
    let customer = CustomerKey::new(who).map_err(|why| format!("{place}: {why}"))?;
    let tell = |what| {
        let (customer, contact, id) = (customer.clone(), contact.clone(), id.clone());
        Told { fact: Fact { customer, contact, at, what, id }, received }
    };
    Ok(whats.into_iter().map(tell).collect())
}

fn properties(json: &Json, place: &str) -> Result<Properties, String> {
    let map = json.as_object().ok_or(format!("{place}: `{json}` is no object"))?;
    let pairs = map
        .iter()
        .map(|(key, json)| Ok((key.as_str(), value(json, place)?)))
        .collect::<Result<Vec<_>, String>>()?;
    Properties::new(pairs).map_err(|why| format!("{place}: {why}"))
}

fn value(json: &Json, place: &str) -> Result<Value, String> {
    match json {
        Json::Null => Ok(Value::Missing),
        Json::Bool(yes) => Ok(Value::Bool(*yes)),
        Json::String(text) => Ok(Value::text(text.as_str())),
        Json::Number(number) => {
            let text = number.to_string();
            let number = text.parse().or_else(|_| Decimal::from_scientific(&text));
            number.map(Value::Number).map_err(|why| format!("{place}: `{text}`: {why}"))
        }
        Json::Array(_) | Json::Object(_) => Err(format!("{place}: not understood: `{json}`")),
    }
}

fn probe(json: &Json, names: &[&str], customers: &[String], place: &str) -> Result<Probe, String> {
    let mut fields = Fields::of(json, place)?;
    let at = instant(fields.text("t")?, place)?;
    let def = fields.text("def")?;
    let segment = names
        .iter()
        .position(|known| *known == def)
        .ok_or(format!("{place}: no definition is called `{def}`"))?;
    let expected = fields.need("expect")?;
    if let Json::Array(members) = expected {
        // A list names all who are in.
        let members = members.iter().map(|who| text(who, place)).collect::<Result<Vec<_>, _>>()?;
        let expected = customers.iter().map(|who| {
            let key = CustomerKey::new(who).map_err(|why| format!("{place}: {why}"))?;
            Ok((key, members.contains(&who.as_str())))
        });
        let expected = expected.collect::<Result<Vec<_>, String>>()?;
        fields.take("note");
        fields.no_more()?;
        return Ok(Probe { at, def: def.to_owned(), segment, expected });
    }
    let map = expected.as_object().ok_or(format!("{place}: not understood: `{expected}`"))?;
    let expected = map
        .iter()
        .map(|(who, is_in)| {
            let who = CustomerKey::new(who).map_err(|why| format!("{place}: {why}"))?;
            let is_in =
                is_in.as_bool().ok_or(format!("{place}: `{is_in}` is neither in nor out"))?;
            Ok((who, is_in))
        })
        .collect::<Result<Vec<_>, String>>()?;
    fields.take("note");
    fields.no_more()?;
    Ok(Probe { at, def: def.to_owned(), segment, expected })
}

fn instant(text: &str, place: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).map_err(|why| format!("{place}: {why}"))
}
