//! What most tests need: a file from text, read by the guessed or a given mapping.

use std::{ops::ControlFlow, sync::atomic::AtomicBool};

use facts::{Calendar, Fact, Timestamp, What};
use kizashi_intake::{
    Checked, Choices, Directory, Field, Job, Kind, Layout, Mapping, Problem, Roster, Source, check,
    guess, look, read,
};

/// The instant of every import in these tests.
pub(crate) fn now() -> Timestamp {
    Timestamp::parse("2026-11-21T09:00:00+09:00").unwrap()
}

/// A file read to its end.
pub(crate) struct Done {
    pub(crate) layout: Layout,
    pub(crate) facts: Vec<Fact>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) checked: Checked,
}

pub(crate) fn bytes(name: &str, bytes: impl AsRef<[u8]>) -> Source {
    Source::bytes(name, bytes.as_ref().to_vec())
}

/// Reads a file as it is guessed.
pub(crate) fn import(source: &Source) -> Done {
    let layout = look(source, &Choices::default()).unwrap();
    let guessed = guess(&layout);
    let fields = guessed.fields.into_iter().map(|field| field.field).collect();
    import_with(source, layout, &Mapping::new(guessed.kind, fields), &Roster::default())
}

/// Reads a file by the names of its fields, one per column, `-` for none.
pub(crate) fn import_as(source: &Source, kind: Kind, fields: &[&str]) -> Done {
    let layout = look(source, &Choices::default()).unwrap();
    import_with(source, layout, &mapping(kind, fields), &Roster::default())
}

pub(crate) fn mapping(kind: Kind, fields: &[&str]) -> Mapping {
    let field = |id: &&str| (*id != "-").then(|| Field::parse(kind, id).unwrap());
    Mapping::new(kind, fields.iter().map(field).collect())
}

pub(crate) fn import_with(
    source: &Source,
    layout: Layout,
    mapping: &Mapping,
    directory: &dyn Directory,
) -> Done {
    let (calendar, cancel) = (Calendar::japan(), AtomicBool::new(false));
    let job = Job {
        source,
        shape: &layout.shape,
        mapping,
        calendar: &calendar,
        now: now(),
        directory,
        cancel: &cancel,
    };
    let (mut facts, mut problems) = (Vec::new(), Vec::new());
    let checked = read(&job, &mut |_| {}, &mut |problem| problems.push(problem), &mut |fact| {
        facts.push(fact);
        ControlFlow::Continue(())
    })
    .unwrap();
    let again = check(&job, &mut |_| {}).unwrap();
    assert_eq!(again.counts, checked.counts, "the check and the reading must agree");
    assert_eq!(again.problems, problems[..problems.len().min(1000)]);
    assert_eq!(checked.counts.rows, checked.counts.facts + checked.counts.rejected);
    Done { layout, facts, problems, checked }
}

impl Done {
    /// The facts in one line each.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.facts.iter().map(line).collect()
    }

    /// The problems in one line each, in English.
    pub(crate) fn faults(&self) -> Vec<String> {
        let line = |p: &Problem| {
            format!(
                "{} {} `{}` {}",
                p.row,
                p.column.as_deref().unwrap_or("*"),
                p.value,
                p.reason.en
            )
        };
        self.problems.iter().map(line).collect()
    }

    /// The notices in English.
    pub(crate) fn notices(&self) -> Vec<String> {
        self.checked.notices.iter().map(|n| format!("{} {}", n.rows, n.said.en)).collect()
    }
}

pub(crate) fn line(fact: &Fact) -> String {
    let contact = fact.contact.as_ref().map(|c| format!("/{c}")).unwrap_or_default();
    let (name, properties) = match &fact.what {
        What::Happened { name, properties } => (name.as_str(), properties),
        What::Became(properties) => ("=", properties),
    };
    let pairs: Vec<String> =
        properties.borrowed().iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}{contact} {} {name} {}", fact.customer, fact.at, pairs.join(" "))
}

/// What one cell of a column becomes: its value, or `! reason`.
pub(crate) fn cell(field: &str, text: &str) -> String {
    cells(field, &[text]).remove(0)
}

/// What the cells of one column become, as attributes of a customer.
pub(crate) fn cells(field: &str, texts: &[&str]) -> Vec<String> {
    let mut csv = String::from("key,value,end\n");
    for (place, text) in texts.iter().enumerate() {
        csv.push_str(&format!("c{place},\"{}\",x\n", text.replace('"', "\"\"")));
    }
    let done = import_as(&bytes("cells.csv", csv), Kind::Customers, &["customer", field, "-"]);
    let wanted = field.strip_prefix("attribute:").unwrap_or(field);
    let of = |place: usize| {
        let key = format!("c{place}");
        if let Some(fact) = done.facts.iter().find(|fact| fact.customer.as_str() == key) {
            let What::Became(properties) = &fact.what else { unreachable!("customers become") };
            return match wanted {
                "as_of" => fact.at.to_string(),
                _ => {
                    let value = properties.borrowed().get(wanted).to_owned();
                    match value {
                        facts::Value::Number(number) => format!("#{}", number.normalize()),
                        facts::Value::Bool(yes) => format!("?{yes}"),
                        other => other.to_string(),
                    }
                }
            };
        }
        let row = u64::try_from(place).unwrap() + 2;
        let problem = done.problems.iter().find(|problem| problem.row == row).unwrap();
        format!("! {}", problem.reason.en)
    };
    (0..texts.len()).map(of).collect()
}
