//! Segments to begin with: examples of every kind, each with its purpose and what to do with its members.
//!
//! A template is a definition like any other. Names of products, trades and the like in it are samples to be replaced.

use std::collections::BTreeSet;

use condition::{
    Condition, DefaultGap, Draft, EventPattern, Events, Filter, Leaf, Mention, Operand, Said,
    SegmentId, Test,
};
use serde::{Deserialize, Serialize};

/// The templates as they are written, in the order in which they are shown.
const FILES: [&str; 4] = [
    include_str!("templates/who.json"),
    include_str!("templates/growing.json"),
    include_str!("templates/staying.json"),
    include_str!("templates/acting.json"),
];

/// What a template is for, as the gallery groups them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateGroup {
    /// Who somebody is.
    Profile,
    /// Where somebody stands.
    Status,
    /// People who fit a persona.
    Persona,
    /// Leads and firms we do not know well yet.
    New,
    /// Close to buying.
    Purchase,
    /// Ready for more.
    Upsell,
    /// Good customers and how to have more of them.
    Grow,
    /// What is read and what is not.
    Content,
    /// Due to buy again.
    Replenishment,
    /// About to leave.
    Churn,
    /// Gone quiet.
    Dormant,
    /// Waiting for us.
    FollowUp,
    /// For one trade.
    Industry,
    /// For comparing versions.
    Experiment,
    /// For keeping segments in order.
    Review,
}

/// A template as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its id, which is the id of the segment made from it.
    pub id: String,
    /// The requirement it is an example of.
    pub row: String,
    /// What it is for.
    pub group: TemplateGroup,
    /// Its name.
    pub name: Said,
    /// Why such a segment exists.
    pub purpose: Said,
    /// What to do with its members.
    pub next_action: Said,
    /// Who is in.
    pub condition: Draft,
}

/// What a condition looks at: the data somebody must have for it to say anything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// Events by name; `login*` stands for every name that begins so.
    pub events: BTreeSet<String>,
    /// Attributes of the customer or, under `contacts`, of a contact.
    pub attributes: BTreeSet<String>,
    /// Other segments, which are templates too where a template refers to them.
    pub segments: BTreeSet<String>,
}

/// Every template.
///
/// # Errors
/// None in a released program: a test reads and checks every one.
pub fn templates() -> Result<Vec<Template>, String> {
    let mut all = vec![];
    for file in FILES {
        let some: Vec<Template> = serde_json::from_str(file).map_err(|why| why.to_string())?;
        all.extend(some);
    }
    Ok(all)
}

impl Needs {
    /// What a condition looks at.
    pub fn of(condition: &Condition) -> Needs {
        let mut needs = Needs::default();
        needs.of_quantifiers(condition);
        condition.each_leaf(&mut |leaf| needs.of_leaf(leaf));
        needs.segments.extend(condition.segments().into_iter().map(SegmentId::to_string));
        needs
    }

    /// The events named beside the leaves: those on which values are looked for.
    fn of_quantifiers(&mut self, condition: &Condition) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| self.of_quantifiers(part));
            }
            Condition::Points { parts, .. } => {
                parts.iter().for_each(|(_, part)| self.of_quantifiers(part));
            }
            Condition::Some { of, satisfies, .. } => {
                of.iter().for_each(|name| self.of_name(name));
                self.of_quantifiers(satisfies);
            }
            Condition::Not(inner)
            | Condition::Company(inner)
            | Condition::Contacts { satisfies: inner, .. } => self.of_quantifiers(inner),
            Condition::Leaf(_) => {}
        }
    }

    fn of_leaf(&mut self, leaf: &Leaf) {
        match leaf {
            Leaf::Attribute { key, test } => {
                self.attributes.insert(key.clone());
                self.of_test(test);
            }
            Leaf::Held { key, .. } => self.of_key(key),
            Leaf::Status(status) => self.of_key(&status.key),
            Leaf::Count { events, .. } | Leaf::First { events, .. } => self.of_events(events),
            Leaf::Measure { measured, .. } => self.of_events(&measured.events),
            Leaf::Last { name, has, .. } => {
                self.of_name(name);
                self.of_filters(has);
            }
            Leaf::Trend(trend) => self.of_events(&trend.measured.events),
            Leaf::Rhythm(rhythm) => {
                self.of_events(&rhythm.events);
                if let Some(DefaultGap::Attribute { key, .. }) = &rhythm.default_gap {
                    self.of_key(key);
                }
            }
            Leaf::Regularly(regularly) => self.of_events(&regularly.events),
            Leaf::Ratio(ratio) => {
                self.of_events(&ratio.above.events);
                self.of_events(&ratio.below.events);
            }
            Leaf::Sequence(sequence) => {
                self.of_events(&sequence.first);
                sequence.then.iter().for_each(|step| self.of_events(&step.events));
                let nevers = [&sequence.never_between, &sequence.never_since].into_iter().flatten();
                nevers.for_each(|events| self.of_events(events));
                sequence.then_no.iter().for_each(|(events, _)| self.of_events(events));
            }
            Leaf::Mentioned(_) => {
                self.events.insert(Mention::EVENT.to_owned());
            }
            Leaf::Rank(rank) => self.of_events(&rank.measured.events),
            Leaf::Tagged(name) => self.of_key(&format!("tag:{name}")),
            Leaf::Listed(name) => self.of_key(&format!("list:{name}")),
            Leaf::Score { id, .. } => self.of_key(&format!("score:{id}")),
            Leaf::Segment(_) | Leaf::Stayed(_) | Leaf::Random(_) | Leaf::Known(_) => {}
        }
    }

    fn of_key(&mut self, key: &str) {
        self.attributes.insert(key.to_owned());
    }

    fn of_name(&mut self, name: &EventPattern) {
        self.events.insert(match name {
            EventPattern::Exact(name) => name.clone(),
            EventPattern::Prefix(prefix) => format!("{prefix}*"),
        });
    }

    fn of_events(&mut self, events: &Events) {
        self.of_name(&events.name);
        self.of_filters(&events.filters);
    }

    fn of_filters(&mut self, filters: &[Filter]) {
        filters.iter().for_each(|filter| self.of_test(&filter.test));
    }

    /// The attributes on the right side of a test.
    fn of_test(&mut self, test: &Test) {
        let mut right = |operand: &Operand| {
            if let Operand::Attribute { key, .. } = operand {
                self.attributes.insert(key.clone());
            }
        };
        match test {
            Test::Is(operand) => right(operand),
            Test::Number(number) => {
                number.map(|operand| right(operand));
            }
            Test::Not(inner) => self.of_test(inner),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use condition::{Language, Words, say_condition};
    use kernel::Plan;

    use super::*;

    #[test]
    fn every_template_is_sound_and_says_why_it_exists() {
        let all = templates().unwrap();
        let mut sentences = BTreeMap::new();
        let mut plan = vec![];
        for template in &all {
            let condition = template
                .condition
                .check()
                .unwrap_or_else(|faults| panic!("{}: {faults:?}", template.id));
            let said = [&template.name, &template.purpose, &template.next_action];
            assert!(
                said.iter().all(|said| !said.ja.is_empty() && !said.en.is_empty()),
                "{}",
                template.id
            );
            for language in [Language::Ja, Language::En] {
                let said = say_condition(&condition, language, &Words::plain());
                assert_eq!(sentences.insert(said, &template.id), None, "{}", template.id);
            }
            plan.push((SegmentId::new(&template.id).unwrap(), condition));
        }
        let rows: BTreeSet<&str> = all.iter().map(|template| template.row.as_str()).collect();
        assert_eq!((all.len(), rows.len()), (43, 41));
        assert!(Plan::new(plan).is_ok(), "templates refer to templates only");
    }

    #[test]
    fn what_a_template_needs_is_read_from_its_condition() {
        let all = templates().unwrap();
        let needs = |id: &str| {
            let template = all.iter().find(|template| template.id == id).unwrap();
            Needs::of(&template.condition.check().unwrap())
        };
        let list = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(" ");
        let limit = needs("near-the-limit");
        assert_eq!(list(&limit.attributes), "storage_limit storage_used users_limit users_used");
        let forgot = needs("forgot-to-buy-again");
        assert_eq!(list(&forgot.events), "page_viewed purchased");
        assert_eq!(list(&needs("talks-of-a-competitor").events), "mentioned");
        assert_eq!(list(&needs("lead-like-the-best").attributes), "customer_kind score:lookalike");
        assert_eq!(list(&needs("just-became-priority").segments), "priority-follow-up");
        assert_eq!(list(&needs("champion-in-it").attributes), "department plan");
    }
}
