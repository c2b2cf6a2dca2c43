//! Needs (ニーズ): what customers want solved, told by them (顕在) or read between the lines (潜在).
//!
//! What a rep records is the attribute `need:ID`, with its past, so that conditions can ask for it and taking it back
//! is another fact. Where nobody has recorded anything, conditions may show a need: a topic in the reports, a sign.

use condition::{Condition, Draft, Leaf, Said, SegmentId, Test};
use facts::Value;
use serde::{Deserialize, Serialize};

use crate::{Fault, fault::checked};

/// What is known of a customer's need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NeedKind {
    /// 顕在: the customer says so.
    Stated,
    /// 潜在: others see it, the customer does not say so.
    Latent,
    /// The customer has no such need.
    Absent,
}

impl NeedKind {
    /// Every kind.
    pub const ALL: [NeedKind; 3] = [NeedKind::Stated, NeedKind::Latent, NeedKind::Absent];

    /// The value of the attribute.
    pub fn word(self) -> &'static str {
        match self {
            NeedKind::Stated => "stated",
            NeedKind::Latent => "latent",
            NeedKind::Absent => "absent",
        }
    }

    /// The kind a value of the attribute says.
    pub fn from_word(word: &str) -> Option<NeedKind> {
        NeedKind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A need as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeedDraft {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What to ask to find out.
    #[serde(default)]
    pub question: Said,
    /// What shows that the customer states it, where nobody has recorded anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated_when: Option<Draft>,
    /// What shows that it is there without being said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latent_when: Option<Draft>,
}

/// A need, sound in every part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Said,
    /// What to ask to find out.
    pub question: Said,
    /// What shows that the customer states it.
    pub stated_when: Option<Condition>,
    /// What shows that it is there without being said.
    pub latent_when: Option<Condition>,
}

impl NeedDraft {
    /// The need that was meant.
    ///
    /// # Errors
    /// Every fault, with its path.
    pub fn check(&self) -> Result<Need, Vec<Fault>> {
        let mut faults = vec![];
        if SegmentId::new(&self.id).is_none() {
            faults.push(Fault::id("/id"));
        }
        if self.name.ja.is_empty() && self.name.en.is_empty() {
            faults.push(Fault::no_name("/name"));
        }
        let mut one = |path: &str, draft: &Option<Draft>| {
            draft.as_ref().and_then(|draft| checked(path, draft, &mut faults))
        };
        let stated_when = one("/stated_when", &self.stated_when);
        let latent_when = one("/latent_when", &self.latent_when);
        if !faults.is_empty() {
            return Err(faults);
        }
        let (id, name, question) = (self.id.clone(), self.name.clone(), self.question.clone());
        Ok(Need { id, name, question, stated_when, latent_when })
    }
}

impl Need {
    /// The attribute in which a need is recorded.
    pub fn attribute(id: &str) -> String {
        format!("need:{id}")
    }

    fn recorded(&self, test: Test) -> Condition {
        Condition::Leaf(Leaf::Attribute { key: Need::attribute(&self.id), test })
    }

    /// That somebody recorded something.
    pub fn is_recorded(&self) -> Condition {
        self.recorded(Test::Exists)
    }

    fn shown(&self) -> Vec<Condition> {
        self.stated_when.iter().chain(&self.latent_when).cloned().collect()
    }

    /// That the need is there: recorded as stated or latent, or shown where nothing is recorded.
    pub fn is_there(&self) -> Condition {
        let words = [NeedKind::Stated, NeedKind::Latent].map(|kind| Value::from(kind.word()));
        let recorded = self.recorded(Test::In(words.to_vec()));
        let shown = self.shown();
        if shown.is_empty() {
            return recorded;
        }
        let unrecorded = Condition::Not(Box::new(self.is_recorded()));
        Condition::Any(vec![recorded, Condition::All(vec![unrecorded, Condition::Any(shown)])])
    }

    /// That it is known whether the need is there.
    pub fn is_known(&self) -> Condition {
        let mut ways = vec![self.is_recorded()];
        ways.extend(self.shown());
        Condition::Any(ways)
    }
}
