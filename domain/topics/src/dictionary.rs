//! The dictionary of topics: a YAML text that people edit, checked as a whole into something that can be used. Its own
//! examples are tried whenever it is loaded or saved.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    Cut,
    pattern::{Pattern, Sets},
    scope::{Flag, State},
};

/// The dictionary as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DictionaryDraft {
    /// Its version; every saved change has a new one.
    pub version: u32,
    /// Sets of words that patterns name with `@`: alternatives with `|` between them.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// What turns a statement round or casts doubt on it: lists of patterns by name.
    #[serde(default)]
    pub modifiers: BTreeMap<String, Vec<String>>,
    /// The topics.
    pub topics: Vec<TopicDraft>,
}

/// A topic as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicDraft {
    /// Its name for conditions and files: `budget_cut`.
    pub id: String,
    /// Its name for people.
    pub name: Name,
    /// Whether it foretells something.
    #[serde(default)]
    pub class: Class,
    /// Whether a trouble can be over: 「解消済み」 takes it away.
    #[serde(default)]
    pub resolvable: bool,
    /// Whether it is often a cause: 「予算不足で見送り」 does not deny it.
    #[serde(default)]
    pub causes: bool,
    /// Whether what is called difficult will not be: 「継続は難しい」.
    #[serde(default)]
    pub hard_is_no: bool,
    /// Whether it counts only of the customer and not of other firms.
    #[serde(default)]
    pub of_customer: bool,
    /// Whether it counts only of the customer and not of ourselves.
    #[serde(default)]
    pub theirs: bool,
    /// What does not take it away.
    #[serde(default)]
    pub despite: Vec<FlagDraft>,
    /// What is looked for.
    pub rules: Vec<RuleDraft>,
}

/// A name in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

/// What a topic is to a seller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// It foretells something: act on it.
    #[default]
    Sign,
    /// Good to know.
    Remark,
}

/// A rule as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleDraft {
    /// Its name within the topic.
    pub id: String,
    /// The version of the dictionary in which it was last changed.
    #[serde(default)]
    pub since: Option<u32>,
    /// Patterns, any of which is enough.
    pub find: Vec<String>,
    /// In which state it counts; said, when left out.
    #[serde(default)]
    pub when: Vec<StateDraft>,
    /// What does not take it away, besides what the topic names.
    #[serde(default)]
    pub despite: Vec<FlagDraft>,
    /// Patterns that take it away when they share a word with it or stand in its clause.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Sentences in which the topic must be found.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences in which the topic must not be found.
    #[serde(default)]
    pub no: Vec<String>,
}

macro_rules! written {
    ($(#[$doc:meta])* $draft:ident => $kind:ident { $($name:ident),+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[expect(missing_docs, reason = "the type it stands for explains each")]
        pub enum $draft { $($name),+ }
        impl From<$draft> for $kind {
            fn from(draft: $draft) -> $kind {
                match draft { $($draft::$name => $kind::$name),+ }
            }
        }
    };
}
written!(
    /// A [`State`] as it is written.
    StateDraft => State { Said, Denied, Over, Open }
);
written!(
    /// A [`Flag`] as it is written.
    FlagDraft => Flag { Hypothetical, AskedByThem, AskedByUs, Past, ThirdParty, Ours }
);

/// Why a dictionary cannot be used, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place: `topics/churn/renewal-off/find/2`.
    pub place: String,
    /// The sentence in Japanese.
    pub ja: String,
    /// The sentence in English.
    pub en: String,
}

/// A dictionary that is sound in every part.
#[derive(Debug, Clone)]
pub struct Dictionary {
    version: u32,
    pub(crate) sets: Sets,
    pub(crate) modifiers: Modifiers,
    pub(crate) topics: Vec<Topic>,
}

/// A topic of a sound dictionary.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its name for conditions and files.
    pub id: String,
    /// Its name for people.
    pub name: Name,
    /// What it is to a seller.
    pub class: Class,
    pub(crate) resolvable: bool,
    pub(crate) causes: bool,
    pub(crate) hard_is_no: bool,
    pub(crate) of_customer: bool,
    pub(crate) theirs: bool,
    pub(crate) despite: Vec<Flag>,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) since: u32,
    pub(crate) find: Vec<Pattern>,
    pub(crate) when: Vec<State>,
    pub(crate) despite: Vec<Flag>,
    pub(crate) unless: Vec<Pattern>,
    yes: Vec<String>,
    no: Vec<String>,
}

macro_rules! modifiers {
    ($($(#[$doc:meta])* $name:ident),+) => {
        /// What casts another light on what was found.
        #[derive(Debug, Clone, Default)]
        pub(crate) struct Modifiers { $($(#[$doc])* pub(crate) $name: Vec<Pattern>),+ }

        const MODIFIERS: &[&str] = &[$(stringify!($name)),+];

        impl Modifiers {
            fn set(&mut self, name: &str, patterns: Vec<Pattern>) {
                match name { $(stringify!($name) => self.$name = patterns,)+ _ => {} }
            }
        }
    };
}
modifiers! {
    /// ない, なし, not.
    negation,
    /// Looks like a negation and is none: かもしれない.
    not_turning,
    /// 見送り, 断る.
    stopped,
    /// 解消, 済み.
    resolved,
    /// 防ぐ, 撤回.
    averted,
    /// 難しい: no, for what somebody may want.
    difficult,
    /// ではなく: not this but that.
    not_but,
    /// 案内したが: the answer follows.
    offered,
    /// かどうか, 未定.
    undecided,
    /// たら, 場合: what follows is another statement.
    conditional,
    /// もし before it.
    supposing,
    /// 理由, 時期: what follows is about a detail.
    detail,
    /// 以前は.
    once,
    /// その, 結局: how the next statement takes up the one before.
    takes_up,
    /// 伺ったところ.
    asked_by_us,
    /// 聞かれた.
    asked_by_them,
    /// あるとのこと, as an answer.
    affirming,
    /// Words for other firms.
    others,
    /// 「A社」.
    firms,
    /// Words for our own firm.
    ours,
    /// Words for whom the report is about, and for us.
    this_side,
    /// とのこと, と言われた.
    told,
    /// らしい.
    hearsay,
    /// かもしれない, 可能性.
    guess
}

/// At most so many topics, rules and letters of a pattern: more than anyone writes by hand.
const TOPICS_MOST: usize = 200;
const RULES_MOST: usize = 2_000;

impl DictionaryDraft {
    /// The dictionary that comes with the program, as it is written.
    pub const BUILT_IN: &str = include_str!("built_in.yaml");

    /// Reads the written form, YAML or JSON.
    pub fn read(yaml: &str) -> Result<DictionaryDraft, Fault> {
        serde_saphyr::from_str(yaml).map_err(|why| Fault {
            place: String::new(),
            ja: format!("辞書を読めません: {why}"),
            en: format!("the dictionary cannot be read: {why}"),
        })
    }

    /// The dictionary that comes with the program.
    pub fn built_in() -> Result<DictionaryDraft, Fault> {
        DictionaryDraft::read(DictionaryDraft::BUILT_IN)
    }

    /// Checks every part; all faults at once.
    pub fn check(&self) -> Result<Dictionary, Vec<Fault>> {
        let mut checking = Checking { draft: self, sets: Sets::default(), faults: vec![] };
        checking.size();
        let mut modifiers = Modifiers::default();
        for (name, patterns) in &self.modifiers {
            if !MODIFIERS.contains(&name.as_str()) {
                let known = MODIFIERS.join(", ");
                checking.fault(
                    &format!("modifiers/{name}"),
                    format!("知らない修飾です。使えるもの: {known}"),
                    format!("there is no such modifier; there are {known}"),
                );
            }
            let patterns = checking.patterns(&format!("modifiers/{name}"), patterns);
            modifiers.set(name, patterns);
        }
        let topics: Vec<Topic> = self.topics.iter().map(|topic| checking.topic(topic)).collect();
        let Checking { sets, faults, .. } = checking;
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Dictionary { version: self.version, sets, modifiers, topics })
    }
}

struct Checking<'a> {
    draft: &'a DictionaryDraft,
    sets: Sets,
    faults: Vec<Fault>,
}

impl Checking<'_> {
    fn fault(&mut self, place: &str, ja: impl Into<String>, en: impl Into<String>) {
        self.faults.push(Fault { place: place.to_owned(), ja: ja.into(), en: en.into() });
    }

    fn size(&mut self) {
        let rules: usize = self.draft.topics.iter().map(|topic| topic.rules.len()).sum();
        if TOPICS_MOST < self.draft.topics.len() || RULES_MOST < rules {
            self.fault(
                "topics",
                format!("話題は {TOPICS_MOST}、規則は {RULES_MOST} までです"),
                format!("there can be {TOPICS_MOST} topics and {RULES_MOST} rules at most"),
            );
        }
        let mut seen = BTreeSet::new();
        for topic in &self.draft.topics {
            if !seen.insert(&topic.id) {
                self.fault(
                    &format!("topics/{}", topic.id),
                    "同じ名前の話題が二つあります",
                    "two topics have this name",
                );
            }
        }
    }

    fn topic(&mut self, draft: &TopicDraft) -> Topic {
        let place = format!("topics/{}", draft.id);
        let fits =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        if draft.id.is_empty() || !draft.id.chars().all(fits) || 60 < draft.id.len() {
            self.fault(
                &place,
                "話題の名前は英小文字・数字・_ で 60 字までです",
                "a topic's name is made of small letters, digits and _, 60 at most",
            );
        }
        if draft.name.ja.trim().is_empty() || draft.name.en.trim().is_empty() {
            self.fault(
                &format!("{place}/name"),
                "日本語と英語の表示名が要ります",
                "a name in Japanese and in English is needed",
            );
        }
        let mut seen = BTreeSet::new();
        for rule in &draft.rules {
            if !seen.insert(&rule.id) {
                self.fault(
                    &format!("{place}/{}", rule.id),
                    "この話題に同じ名前の規則が二つあります",
                    "two rules of this topic have this name",
                );
            }
        }
        Topic {
            id: draft.id.clone(),
            name: draft.name.clone(),
            class: draft.class,
            resolvable: draft.resolvable,
            causes: draft.causes,
            hard_is_no: draft.hard_is_no,
            of_customer: draft.of_customer,
            theirs: draft.theirs,
            despite: draft.despite.iter().map(|flag| Flag::from(*flag)).collect(),
            rules: draft.rules.iter().map(|rule| self.rule(&place, rule)).collect(),
        }
    }

    fn rule(&mut self, topic: &str, draft: &RuleDraft) -> Rule {
        let place = format!("{topic}/{}", draft.id);
        if draft.find.is_empty() {
            self.fault(&place, "探すパターンが一つもありません", "no pattern is named to find");
        }
        let when: Vec<State> = draft.when.iter().map(|state| State::from(*state)).collect();
        Rule {
            id: draft.id.clone(),
            since: draft.since.unwrap_or(self.draft.version).min(self.draft.version),
            find: self.patterns(&format!("{place}/find"), &draft.find),
            when: if when.is_empty() { vec![State::Said] } else { when },
            despite: draft.despite.iter().map(|flag| Flag::from(*flag)).collect(),
            unless: self.patterns(&format!("{place}/unless"), &draft.unless),
            yes: draft.yes.clone(),
            no: draft.no.clone(),
        }
    }

    fn patterns(&mut self, place: &str, written: &[String]) -> Vec<Pattern> {
        let mut patterns = vec![];
        for (number, written) in written.iter().enumerate() {
            match self.sets.pattern(written, &self.draft.words) {
                Ok(pattern) => patterns.push(pattern),
                Err((ja, en)) => self.fault(&format!("{place}/{number}"), ja, en),
            }
        }
        patterns
    }
}

impl Dictionary {
    /// The dictionary that comes with the program.
    pub fn built_in() -> Result<Dictionary, Vec<Fault>> {
        DictionaryDraft::built_in().map_err(|fault| vec![fault])?.check()
    }

    /// Its version.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Its topics, in the order they are written.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// Tries the examples of every rule; each that comes out otherwise is a fault.
    pub fn try_examples(&self, cut: &dyn Cut) -> Vec<Fault> {
        let mut faults = vec![];
        for topic in &self.topics {
            for rule in &topic.rules {
                faults.extend(self.try_rule(topic, rule, cut));
            }
        }
        faults
    }

    fn try_rule(&self, topic: &Topic, rule: &Rule, cut: &dyn Cut) -> Vec<Fault> {
        let place = format!("topics/{}/{}", topic.id, rule.id);
        let comes_up = |text: &&String| {
            self.read(text, cut).hits.iter().any(|hit| hit.counts && hit.topic == topic.id)
        };
        let missed = rule.yes.iter().filter(|text| !comes_up(text));
        let missed = missed.map(|text| Fault {
            place: place.clone(),
            ja: format!("例文「{text}」を見つけられません"),
            en: format!("the example \"{text}\" is not found"),
        });
        let wrong = rule.no.iter().filter(comes_up);
        let wrong = wrong.map(|text| Fault {
            place: place.clone(),
            ja: format!("例文「{text}」を誤って見つけます"),
            en: format!("the example \"{text}\" is found and must not be"),
        });
        missed.chain(wrong).collect()
    }
}
