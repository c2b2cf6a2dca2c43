//! The stories of the folder `stories`: what conditions mean, as files people can read. The README there says how a story is
//! written. Each is asked through every driver, of the reasons, and of the obvious evaluator.

use std::{collections::BTreeSet, fs, path::Path};

use condition::{Condition, Draft, SegmentId};
use facts::{
    Calendar, ContactKey, CustomerKey, Decimal, EventName, Fact, Properties, Timestamp, Value,
    Weekday, What,
};
use jiff::{civil::DateTime, tz::Disambiguation};
use serde_json::Value as Json;

use crate::{
    drivers::{Driver, Members, Question, Told, World},
    instants,
    obvious::{Almanac, Obvious, Pasts},
};

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// One story as it is read, line by line.
struct Story {
    title: String,
    zone: String,
    weekday: usize,
    fiscal_month: u8,
    segments: Vec<(SegmentId, Condition)>,
    told: Vec<Told>,
    asked: Vec<Asked>,
}

/// Who should be in a segment at an instant.
struct Asked {
    line: String,
    question: Question,
    expected: Members,
}

#[test]
fn every_story_is_told_alike_by_every_driver() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories");
    let mut files: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "story"));
    files.sort();
    let (mut n_stories, mut n_asked, mut faults) = (0, 0, vec![]);
    let mut titles = BTreeSet::new();
    let mut in_templates = BTreeSet::new();
    for file in files {
        for story in read(&fs::read_to_string(&file).unwrap()) {
            n_stories += 1;
            n_asked += story.asked.len();
            assert!(!story.asked.is_empty(), "nothing is asked in `{}`", story.title);
            assert!(titles.insert(story.title.clone()), "two stories `{}`", story.title);
            let ids = story.segments.iter().map(|(id, _)| id.as_str());
            let asked = ids.enumerate().filter(|(n, _)| story.is_told_both_ways(*n));
            in_templates.extend(asked.map(|(_, id)| id.to_owned()));
            faults.extend(told_wrong(story));
        }
    }
    for template in segments::templates().unwrap() {
        assert!(
            in_templates.contains(&template.id),
            "no story has `{}` with members and without",
            template.id
        );
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(80 <= n_stories && 250 <= n_asked, "only {n_stories} stories with {n_asked} questions");
}

/// Every answer that is not as the story has it.
fn told_wrong(story: Story) -> Vec<String> {
    let Story { title, zone, weekday, fiscal_month, segments, told, asked } = story;
    let almanac = Almanac::new(&zone, weekday as i64, i64::from(fiscal_month));
    let world = World::new(segments, calendar(&zone, weekday, fiscal_month), told);
    let questions: Vec<Question> = asked.iter().map(|asked| asked.question).collect();
    let plan = world.plan(world.segments.clone()).unwrap();
    let lengths = lengths_in(&world.segments);
    let mut faults = vec![];
    let mut compare = |who: &str, asked: &Asked, members: &Members| {
        if *members != asked.expected {
            faults.push(format!("{title}\n  {}\n  {who} says {members:?}", asked.line));
        }
    };
    for driver in Driver::ALL {
        let answers = driver.ask(&world, &questions).unwrap();
        for (asked, members) in asked.iter().zip(&answers) {
            compare(driver.name(), asked, members);
        }
    }
    for asked in &asked {
        let Question { at, segment } = asked.question;
        let is_member = |customer: &CustomerKey| {
            let told = world.told_of(customer, at);
            let edges = match told.is_empty() {
                true => vec![],
                false => instants::every_edge(&almanac, &told, &lengths, (at, at)),
            };
            let pasts = Pasts::new(edges);
            Obvious::new(&told, &world, &almanac, &pasts, at).is_member(&world.segments[segment].1)
        };
        let is_explained = |customer: &CustomerKey| {
            plan.explain(segment, &world.history(customer, at), at, &world.calendar).reading.value
        };
        let everybody = world.everybody();
        let obvious = everybody.iter().filter(|who| is_member(who)).cloned().collect();
        compare("the obvious evaluator", asked, &obvious);
        let explained = everybody.iter().filter(|who| is_explained(who)).cloned().collect();
        compare("the reason", asked, &explained);
    }
    faults
}

/// Every length of time that the conditions of a story name.
fn lengths_in(segments: &[(SegmentId, Condition)]) -> Vec<i64> {
    fn collect(json: &Json, lengths: &mut Vec<i64>) {
        match json {
            Json::String(text) => {
                lengths.extend(condition::Length::parse(text).map(|one| one.millis))
            }
            Json::Array(items) => items.iter().for_each(|item| collect(item, lengths)),
            Json::Object(fields) => fields.values().for_each(|value| collect(value, lengths)),
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
    let mut lengths = vec![];
    segments.iter().for_each(|(_, condition)| collect(&Draft::from(condition).0, &mut lengths));
    lengths
}

fn calendar(zone: &str, weekday: usize, fiscal_month: u8) -> Calendar {
    Calendar::new(zone)
        .unwrap()
        .with_first_weekday(WEEKDAYS[weekday].1)
        .with_first_fiscal_month(fiscal_month)
}

/// The stories of a file. A line that begins with a space belongs to the line before it.
fn read(text: &str) -> Vec<Story> {
    let mut lines: Vec<String> = vec![];
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match lines.last_mut() {
            Some(before) if line.starts_with(' ') => {
                before.push(' ');
                before.push_str(line.trim());
            }
            _ => lines.push(line.to_owned()),
        }
    }
    let mut stories: Vec<Story> = vec![];
    for line in lines {
        if let Some(title) = line.strip_prefix("== ") {
            stories.push(Story {
                title: title.to_owned(),
                zone: "Asia/Tokyo".to_owned(),
                weekday: 0,
                fiscal_month: 4,
                segments: vec![],
                told: vec![],
                asked: vec![],
            });
        } else {
            let story = stories.last_mut().unwrap_or_else(|| panic!("no story before `{line}`"));
            story.read_line(&line);
        }
    }
    stories
}

impl Story {
    /// Whether somebody is expected in a segment and somebody out of it.
    fn is_told_both_ways(&self, segment: usize) -> bool {
        let everybody: BTreeSet<_> = self.told.iter().map(|told| &told.fact.customer).collect();
        let mut asked = self.asked.iter().filter(|asked| asked.question.segment == segment);
        let has_members = asked.clone().any(|asked| !asked.expected.is_empty());
        has_members && asked.any(|asked| asked.expected.len() < everybody.len())
    }

    fn read_line(&mut self, line: &str) {
        let (head, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        match head {
            "zone" => self.zone = rest.to_owned(),
            "week" => {
                let place = WEEKDAYS.iter().position(|(name, _)| *name == rest);
                self.weekday = place.unwrap_or_else(|| panic!("no weekday in `{line}`"));
            }
            "fiscal" => self.fiscal_month = rest.parse().unwrap(),
            "define" => {
                let (id, draft) = rest.split_once(' ').unwrap();
                let draft = Draft::from_json(draft).unwrap_or_else(|why| panic!("{line}: {why}"));
                let condition = draft.check().unwrap_or_else(|faults| panic!("{line}: {faults:?}"));
                self.segments.push((SegmentId::new(id).unwrap(), condition));
            }
            "template" => self.template(rest),
            "ask" => self.ask(line, rest),
            who => self.tell(line, who, rest),
        }
    }

    /// Takes a template, and those it refers to.
    fn template(&mut self, id: &str) {
        let all = segments::templates().unwrap();
        let template = all.iter().find(|template| template.id == id);
        let template = template.unwrap_or_else(|| panic!("no template `{id}`"));
        let condition = template.condition.check().unwrap();
        for other in condition.segments() {
            if self.segments.iter().all(|(known, _)| known != other) {
                self.template(other.as_str());
            }
        }
        self.segments.push((SegmentId::new(id).unwrap(), condition));
    }

    fn ask(&mut self, line: &str, rest: &str) {
        let (question, members) =
            rest.split_once("->").unwrap_or_else(|| panic!("no `->` in `{line}`"));
        let (at, segment) = self.instant(question);
        let segment = self.segments.iter().position(|(id, _)| id.as_str() == segment.trim());
        let segment = segment.unwrap_or_else(|| panic!("nothing defined in `{line}`"));
        let members: Vec<&str> = members.split_whitespace().collect();
        let expected = match members[..] {
            ["nobody"] => Members::new(),
            _ => members.into_iter().map(|who| CustomerKey::new(who).unwrap()).collect(),
        };
        assert!(line.contains("nobody") || !expected.is_empty(), "say `nobody` in `{line}`");
        let title = &self.title;
        let line = format!("{line}   ({title})");
        self.asked.push(Asked { line, question: Question { at, segment }, expected });
    }

    /// `WHO WHEN EVENT {…}` or `WHO WHEN is {…}`, then `by CONTACT`, `id ID`, `received WHEN` as needed.
    fn tell(&mut self, line: &str, who: &str, rest: &str) {
        let (at, rest) = self.instant(rest);
        let rest = rest.trim();
        let (name, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Json>();
        let (given, options) = match rest.trim_start().starts_with('{') {
            true => {
                let json = stream.next().unwrap().unwrap_or_else(|why| panic!("{line}: {why}"));
                (json, &rest[stream.byte_offset()..])
            }
            false => (Json::Object(serde_json::Map::new()), rest),
        };
        let properties = properties(&given);
        let what = match name {
            "is" => What::Became(properties),
            name => What::Happened { name: EventName::new(name).unwrap(), properties },
        };
        let customer = CustomerKey::new(who).unwrap();
        let mut told =
            Told { fact: Fact { customer, contact: None, at, what, id: None }, received: at };
        let mut options = options.trim();
        while !options.is_empty() {
            let (option, value) = options.split_once(' ').unwrap_or_else(|| panic!("`{line}`"));
            let value = value.trim();
            if option == "received" {
                (told.received, options) = self.instant(value);
            } else {
                let (value, after) = value.split_once(' ').unwrap_or((value, ""));
                match option {
                    "by" => told.fact.contact = Some(ContactKey::new(value).unwrap()),
                    "id" => told.fact.id = Some(value.to_owned()),
                    other => panic!("`{other}` means nothing in `{line}`"),
                }
                options = after;
            }
            options = options.trim();
        }
        self.told.push(told);
    }

    /// Reads an instant (`2026-06-15T03:00:00Z`) or a local date and time (`2026-06-15 12:00`), and gives what follows.
    fn instant<'l>(&self, text: &'l str) -> (Timestamp, &'l str) {
        let text = text.trim();
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        if let Ok(at) = Timestamp::parse(word) {
            return (at, rest);
        }
        let rest = rest.trim();
        let (time, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let local: DateTime = format!("{word}T{time}")
            .parse()
            .unwrap_or_else(|why| panic!("no instant at `{text}`: {why}"));
        let calendar = calendar(&self.zone, self.weekday, self.fiscal_month);
        (calendar.instant(local, Disambiguation::Reject), rest)
    }
}

fn properties(json: &Json) -> Properties {
    let value = |json: &Json| match json {
        Json::Null => Value::Missing,
        Json::Bool(yes) => Value::Bool(*yes),
        Json::String(text) => Value::text(text.as_str()),
        other => Value::Number(other.to_string().parse::<Decimal>().unwrap()),
    };
    let pairs = json.as_object().unwrap().iter().map(|(key, json)| (key.as_str(), value(json)));
    Properties::new(pairs).unwrap()
}
