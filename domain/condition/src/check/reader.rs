//! Walks a draft, gathers its faults and reads what is common to all leaves: names, lengths, windows.

use serde_json::{Map, Value as Json};

use crate::{CalendarWindow, Condition, Fault, FaultKind, Leaf, Length, SegmentId, Window};

/// One place in a draft: what stands there, and the path to it.
pub(super) struct Spot<'a> {
    pub(super) json: &'a Json,
    pub(super) path: String,
    depth: u8,
}

impl<'a> Spot<'a> {
    pub(super) fn top(json: &'a Json) -> Spot<'a> {
        Spot { json, path: String::new(), depth: 0 }
    }

    pub(super) fn below(&self, key: impl std::fmt::Display, json: &'a Json) -> Spot<'a> {
        Spot { json, path: format!("{}/{key}", self.path), depth: self.depth + 1 }
    }
}

/// An object of the draft whose keys are taken one by one; what is left over is a fault.
pub(super) struct Fields<'a> {
    spot: Spot<'a>,
    map: &'a Map<String, Json>,
    taken: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// The place of a key, when it was written. A null counts as not written.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Spot<'a>> {
        self.taken.push(key);
        let json = self.map.get(key)?;
        (!json.is_null()).then(|| self.spot.below(key, json))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.map.get(key).is_some_and(|json| !json.is_null())
    }

    pub(super) fn path(&self) -> &str {
        &self.spot.path
    }
}

/// The keys of which a condition has exactly one.
pub(crate) const HEADS: [&str; 26] = [
    "all",
    "any",
    "not",
    "some",
    "contacts",
    "company",
    "points",
    "attribute",
    "status",
    "tag",
    "list",
    "event",
    "measure",
    "mentions",
    "first",
    "last",
    "trend",
    "ratio",
    "rhythm",
    "regularly",
    "sequence",
    "segment",
    "score",
    "rank",
    "random",
    "known_for",
];

#[derive(Default)]
pub(super) struct Reader {
    pub(super) faults: Vec<Fault>,
}

const DEEPEST: u8 = 100;

impl Reader {
    pub(super) fn fault(&mut self, path: &str, kind: FaultKind) {
        self.faults.push(Fault { path: path.to_owned(), kind });
    }

    pub(super) fn condition(&mut self, spot: &Spot<'_>) -> Option<Condition> {
        if DEEPEST < spot.depth {
            self.fault(&spot.path, FaultKind::TooDeep);
            return None;
        }
        let mut fields = self.object(spot)?;
        // `last` is also the word of a window; it heads a condition only when nothing else does.
        let mut heads: Vec<&str> = HEADS.into_iter().filter(|head| fields.has(head)).collect();
        if 1 < heads.len() {
            heads.retain(|head| *head != "last");
        }
        if heads.contains(&"measure") {
            heads.retain(|head| *head != "event");
        }
        let [head] = heads[..] else {
            self.fault(&spot.path, FaultKind::Head);
            return None;
        };
        let condition = match head {
            "all" => self.branch(&mut fields, "all").map(Condition::All),
            "any" => self.branch(&mut fields, "any").map(Condition::Any),
            "not" => {
                let inner = fields.take("not")?;
                self.condition(&inner).map(|inner| Condition::Not(Box::new(inner)))
            }
            "some" => self.some(&mut fields),
            "contacts" => self.contacts(&mut fields),
            "company" => {
                let inner = fields.take("company")?;
                self.condition(&inner).map(|inner| Condition::Company(Box::new(inner)))
            }
            "points" => self.points(&mut fields),
            _ => self.leaf(head, &mut fields).map(Condition::Leaf),
        };
        self.no_more(&fields);
        condition
    }

    fn leaf(&mut self, head: &str, fields: &mut Fields<'_>) -> Option<Leaf> {
        match head {
            "attribute" => self.attribute(fields),
            "event" => self.count(fields),
            "measure" => self.measure(fields),
            "first" => self.first(fields),
            "last" => self.last(fields),
            "trend" => self.trend(fields),
            "rhythm" => self.rhythm(fields),
            "sequence" => self.sequence(fields),
            "regularly" => self.regularly(fields),
            "ratio" => self.ratio(fields),
            "segment" => self.segment(fields),
            "status" => self.status(fields),
            "tag" => fields.take("tag").and_then(|spot| self.name(&spot)).map(Leaf::Tagged),
            "list" => fields.take("list").and_then(|spot| self.name(&spot)).map(Leaf::Listed),
            "mentions" => self.mentions(fields),
            "random" => self.random(fields),
            "score" => self.score(fields),
            "rank" => self.rank(fields),
            _ => {
                let spot = fields.take("known_for")?;
                self.length(&spot).map(Leaf::Known)
            }
        }
    }

    fn branch(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Vec<Condition>> {
        let spot = fields.take(key)?;
        let parts = self.list(&spot)?;
        if parts.is_empty() {
            self.fault(&spot.path, FaultKind::Empty);
        }
        // No early return: each part must have the chance to report its faults.
        let read: Vec<Option<Condition>> = parts.iter().map(|part| self.condition(part)).collect();
        read.into_iter().collect()
    }

    fn some(&mut self, fields: &mut Fields<'_>) -> Option<Condition> {
        let property = fields.take("some").and_then(|spot| self.name(&spot));
        let of = fields.take("of").map(|spot| self.pattern(&spot));
        let Some(inner) = fields.take("satisfies") else {
            self.fault(fields.path(), FaultKind::Needs("satisfies"));
            return None;
        };
        let satisfies = Box::new(self.condition(&inner)?);
        let of = match of {
            Some(read) => Some(read?),
            None => None,
        };
        Some(Condition::Some { property: property?, of, satisfies })
    }

    pub(super) fn object<'a>(&mut self, spot: &Spot<'a>) -> Option<Fields<'a>> {
        match spot.json {
            Json::Object(map) => Some(Fields {
                spot: Spot { json: spot.json, path: spot.path.clone(), depth: spot.depth },
                map,
                taken: vec![],
            }),
            _ => {
                self.fault(&spot.path, FaultKind::Shape("an object"));
                None
            }
        }
    }

    /// Every key nobody asked for is a fault, so that a misspelt option is never ignored.
    pub(super) fn no_more(&mut self, fields: &Fields<'_>) {
        for key in fields.map.keys().filter(|key| !fields.taken.contains(&key.as_str())) {
            self.fault(&format!("{}/{key}", fields.path()), FaultKind::UnknownKey(short(key)));
        }
    }

    pub(super) fn list<'a>(&mut self, spot: &Spot<'a>) -> Option<Vec<Spot<'a>>> {
        match spot.json {
            Json::Array(items) => Some(
                items.iter().enumerate().map(|(place, item)| spot.below(place, item)).collect(),
            ),
            _ => {
                self.fault(&spot.path, FaultKind::Shape("a list"));
                None
            }
        }
    }

    pub(super) fn text<'a>(&mut self, spot: &Spot<'a>) -> Option<&'a str> {
        let text = spot.json.as_str();
        if text.is_none() {
            self.fault(&spot.path, FaultKind::Shape("a text"));
        }
        text
    }

    pub(super) fn segment_id(&mut self, spot: &Spot<'_>) -> Option<SegmentId> {
        let id = self.text(spot)?;
        let known = SegmentId::new(id);
        if known.is_none() {
            self.fault(&spot.path, FaultKind::SegmentName(short(id)));
        }
        known
    }

    pub(super) fn name(&mut self, spot: &Spot<'_>) -> Option<String> {
        let name = self.text(spot)?.trim();
        if name.is_empty() || 100 < name.len() || name.chars().any(char::is_control) {
            self.fault(&spot.path, FaultKind::Name(short(name)));
            return None;
        }
        Some(name.to_owned())
    }

    pub(super) fn length(&mut self, spot: &Spot<'_>) -> Option<Length> {
        let text = self.text(spot)?;
        let length = Length::parse(text.trim());
        match length {
            None => self.fault(&spot.path, FaultKind::Length(short(text))),
            Some(length) if length.millis == 0 => {
                self.fault(&spot.path, FaultKind::EmptyWindow);
                return None;
            }
            Some(_) => {}
        }
        length
    }

    pub(super) fn whole(&mut self, spot: &Spot<'_>, most: u32) -> Option<u32> {
        let number = match spot.json {
            Json::Number(number) => number.as_u64(),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        let fits = number.and_then(|n| u32::try_from(n).ok()).filter(|n| *n <= most);
        if fits.is_none() {
            self.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
        }
        fits
    }

    /// The one window of a leaf; the whole history when none was written.
    pub(super) fn window(&mut self, fields: &mut Fields<'_>) -> Option<Window> {
        const WINDOWS: [&str; 7] =
            ["last", "ago", "older_than", "calendar", "last_days", "last_months", "from"];
        let written: Vec<&str> = WINDOWS.into_iter().filter(|key| fields.has(key)).collect();
        let only_end = fields.has("to") && !fields.has("from");
        if 1 < written.len() || only_end {
            for key in WINDOWS.into_iter().chain(["to"]) {
                fields.take(key);
            }
            let kind = if only_end { FaultKind::Needs("from") } else { FaultKind::OneWindow };
            self.fault(fields.path(), kind);
            return None;
        }
        let Some(key) = written.first() else {
            return Some(Window::Always);
        };
        match *key {
            "last" => fields.take("last").and_then(|spot| self.length(&spot)).map(Window::Last),
            "older_than" => {
                fields.take("older_than").and_then(|spot| self.length(&spot)).map(Window::OlderThan)
            }
            "ago" => fields.take("ago").and_then(|spot| self.ago(&spot)),
            "calendar" => fields.take("calendar").and_then(|spot| self.calendar(&spot)),
            "last_days" => fields
                .take("last_days")
                .and_then(|spot| self.whole(&spot, 366_000))
                .map(Window::LastDays),
            "last_months" => {
                let spot = fields.take("last_months")?;
                let months = self.whole(&spot, 12_000)?;
                if months == 0 {
                    self.fault(&spot.path, FaultKind::EmptyWindow);
                    return None;
                }
                Some(Window::LastMonths(months))
            }
            _ => self.days(fields),
        }
    }

    fn ago(&mut self, spot: &Spot<'_>) -> Option<Window> {
        let ends = self.list(spot)?;
        let [from, to] = &ends[..] else {
            self.fault(&spot.path, FaultKind::Shape("a list of two"));
            return None;
        };
        let (from, to) = (self.length(from), self.length(to));
        let (from, to) = (from?, to?);
        if from.millis <= to.millis {
            self.fault(&spot.path, FaultKind::EmptyWindow);
            return None;
        }
        Some(Window::Ago { from, to })
    }

    fn calendar(&mut self, spot: &Spot<'_>) -> Option<Window> {
        let word = self.text(spot)?;
        let window = CalendarWindow::named(word);
        if window.is_none() {
            let allowed: Vec<&str> = CalendarWindow::NAMES.iter().map(|(name, _)| *name).collect();
            self.fault(
                &spot.path,
                FaultKind::Word { written: short(word), allowed: allowed.join(", ") },
            );
        }
        window.map(Window::Calendar)
    }

    fn days(&mut self, fields: &mut Fields<'_>) -> Option<Window> {
        let from = fields.take("from").and_then(|spot| self.date(&spot));
        let to = match fields.take("to") {
            Some(spot) => self.date(&spot),
            None => Some(jiff::civil::Date::constant(9998, 12, 30)),
        };
        let (from, to) = (from?, to?);
        if to < from {
            self.fault(fields.path(), FaultKind::EmptyWindow);
            return None;
        }
        Some(Window::Days { from, to })
    }

    fn date(&mut self, spot: &Spot<'_>) -> Option<jiff::civil::Date> {
        let text = self.text(spot)?;
        let date = text
            .trim()
            .parse()
            .ok()
            .filter(|date: &jiff::civil::Date| (1..=9998).contains(&date.year()));
        if date.is_none() {
            self.fault(&spot.path, FaultKind::Date(short(text)));
        }
        date
    }
}

/// The beginning of what was written, for a message.
pub(super) fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
