//! The reasons behind a membership, as sentences with what was found, what was asked for, and the records.

use condition::{
    Condition, Language, Leaf, SegmentId, Words, label_of_value, say_amount, say_condition,
    say_count, say_duration, say_event, say_moment, say_threshold,
};
use facts::{Calendar, Event, History, Timestamp, Value};
use kernel::{Because, Found, PlanFault};

/// Says reasons in one language.
pub struct Speaker<'a> {
    /// The language.
    pub language: Language,
    /// The calendar by which moments are said.
    pub calendar: &'a Calendar,
    /// The instant of the asking.
    pub now: Timestamp,
    /// The names of segments.
    pub words: Words<'a>,
}

/// One node of the reasons, said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What kind of node.
    pub kind: ReasonKind,
    /// What was asked, as a sentence.
    pub sentence: String,
    /// Whether it holds.
    pub holds: bool,
    /// What was found.
    pub found: Option<String>,
    /// What was asked for.
    pub threshold: Option<String>,
    /// The records that count, newest first.
    pub evidence: Vec<Evidence>,
    /// How many records count in all.
    pub evidence_total: usize,
    /// When this may turn if nothing happens.
    pub may_change_at: Option<Timestamp>,
    /// The reasons of the parts.
    pub children: Vec<Reason>,
}

/// The kinds of node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonKind {
    /// Every part must hold.
    All,
    /// One part must hold.
    Any,
    /// The part must not hold.
    Not,
    /// One question.
    Leaf,
    /// Another segment.
    Segment,
    /// For some value, or for some contacts.
    Some,
}

/// A record that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub text: String,
}

impl Speaker<'_> {
    /// Says a tree of reasons.
    pub fn reason(&self, because: &Because, history: &History) -> Reason {
        Reason {
            kind: kind(&because.condition),
            sentence: say_condition(&because.condition, self.language, &self.words),
            holds: because.reading.value,
            found: self.found(because),
            threshold: match &because.condition {
                Condition::Leaf(leaf) => {
                    Some(say_threshold(leaf, self.language)).filter(|said| !said.is_empty())
                }
                _ => None,
            },
            evidence: because.evidence.iter().map(|event| self.evidence(event, history)).collect(),
            evidence_total: because.evidence_total,
            may_change_at: because.reading.holds_until,
            children: because.children.iter().map(|child| self.reason(child, history)).collect(),
        }
    }

    /// One record as a sentence.
    pub fn evidence(&self, event: &Event, history: &History) -> Evidence {
        let name = history
            .tracks()
            .iter()
            .find(|track| {
                history.events_of(track).iter().any(|one| one.stamp.seq == event.stamp.seq)
            })
            .map_or("", |track| history.name(track));
        let particulars = history.particulars(event);
        Evidence { at: event.stamp.at, text: say_event(name, particulars, self.language) }
    }

    /// The shortest useful reason for a list: the holding leaves of a member, with what was found.
    pub fn in_short(&self, because: &Because) -> String {
        let mut leaves = vec![];
        holding_leaves(because, &mut leaves);
        // What a customer did says more than which group they are in.
        leaves.sort_by_key(|leaf| kind(&leaf.condition) == ReasonKind::Segment);
        let said: Vec<String> =
            leaves.into_iter().take(3).map(|leaf| self.leaf_in_short(leaf)).collect();
        let joint = match self.language {
            Language::Ja => "、",
            Language::En => "; ",
        };
        said.join(joint)
    }

    /// What was found at the leaf that says most of a part that holds, for a list that names the part in words of its
    /// own: behaviour before attributes.
    pub fn found_in(&self, because: &Because) -> Option<String> {
        let mut leaves = vec![];
        holding_leaves(because, &mut leaves);
        leaves.sort_by_key(|leaf| matches!(leaf.found, Found::Value { .. } | Found::Known(_)));
        leaves.into_iter().filter(|leaf| kind(&leaf.condition) != ReasonKind::Not).find_map(
            |leaf| match &leaf.found {
                Found::Value { value, .. } => Some(self.value(leaf, value, None)),
                _ => self.found(leaf),
            },
        )
    }

    fn leaf_in_short(&self, leaf: &Because) -> String {
        let sentence = say_condition(&leaf.condition, self.language, &self.words);
        match (self.found(leaf), self.language) {
            (Some(found), Language::Ja) => format!("{sentence}（{found}）"),
            (Some(found), Language::En) => format!("{sentence} ({found})"),
            (None, _) => sentence,
        }
    }

    fn found(&self, because: &Because) -> Option<String> {
        let nothing = || self.one_of("記録なし", "nothing on record");
        let amount =
            |number: &Option<facts::Decimal>| number.as_ref().map_or_else(nothing, say_amount);
        match &because.found {
            Found::Parts => None,
            Found::Count(n) => Some(say_count(u64::from(*n), self.language)),
            Found::Measure(number) => Some(amount(number)),
            Found::Trend { now, before } => Some(match self.language {
                Language::Ja => format!("前 {} → 今 {}", amount(before), amount(now)),
                Language::En => format!("{} before, {} now", amount(before), amount(now)),
            }),
            Found::Value { value: Value::Missing, .. } => Some(self.one_of("値なし", "no value")),
            Found::Value { value, since } => Some(self.value(because, value, *since)),
            Found::When(at) => Some(at.map_or_else(nothing, |at| self.moment(at))),
            Found::Rhythm { last, gap } => Some(self.rhythm(*last, *gap)),
            Found::Regularly { periods } => Some(match (self.language, periods) {
                (Language::Ja, n) => format!("{n}期間"),
                (Language::En, 1) => "1 period".to_owned(),
                (Language::En, n) => format!("{n} periods"),
            }),
            Found::Ratio { above, below } => Some(format!("{} / {}", amount(above), amount(below))),
            Found::Stay { is_in, since } => Some(self.stay(*is_in, *since)),
            Found::Contacts { satisfying, known } => Some(self.contacts(satisfying, *known)),
            Found::Random { percent } => Some(match (self.language, percent) {
                (Language::Ja, Some(percent)) => format!("位置 {}%", say_amount(percent)),
                (Language::En, Some(percent)) => format!("drawn at {}%", say_amount(percent)),
                (_, None) => nothing(),
            }),
            Found::Rank { value, cut, taken_at } => {
                Some(self.rank(&amount(value), cut.as_ref().zip(*taken_at)))
            }
            Found::Some(value) => value.as_ref().map(|value| match self.language {
                Language::Ja => format!("「{value}」"),
                Language::En => format!("“{value}”"),
            }),
            Found::Known(since) => Some(since.map_or_else(nothing, |at| self.moment(at))),
        }
    }

    fn value(&self, because: &Because, value: &Value, since: Option<Timestamp>) -> String {
        let key = match &because.condition {
            Condition::Leaf(Leaf::Attribute { key, .. } | Leaf::Held { key, .. }) => key.as_str(),
            Condition::Leaf(Leaf::Status(status)) => status.key.as_str(),
            _ => "",
        };
        let label = label_of_value(key, &value.to_string(), self.language);
        match (since, self.language) {
            (Some(since), Language::Ja) => format!("{label}（{}から）", self.moment(since)),
            (Some(since), Language::En) => format!("{label} (since {})", self.moment(since)),
            (None, _) => label,
        }
    }

    fn rhythm(&self, last: Option<Timestamp>, gap: Option<facts::Millis>) -> String {
        match (last, gap, self.language) {
            (None, ..) => self.one_of("記録なし", "nothing on record"),
            (Some(last), None, Language::Ja) => {
                format!("前回 {}、間隔はまだ分からない", self.moment(last))
            }
            (Some(last), None, Language::En) => {
                format!("last on {}, interval not known yet", self.moment(last))
            }
            (Some(last), Some(gap), language) => {
                let (gap, passed) =
                    (say_duration(gap, language), say_duration(self.now.since(last), language));
                match language {
                    Language::Ja => format!("いつもの間隔 {gap}、前回から {passed}"),
                    Language::En => format!("usual interval {gap}, {passed} since the last"),
                }
            }
        }
    }

    fn stay(&self, is_in: bool, since: Option<Timestamp>) -> String {
        let since = since.map(|since| self.moment(since));
        match (self.language, is_in, since) {
            (Language::Ja, true, Some(since)) => format!("{since}から入っている"),
            (Language::Ja, true, None) => "それより前から入っている".to_owned(),
            (Language::Ja, false, Some(since)) => format!("{since}に出た"),
            (Language::Ja, false, None) => "入っていない".to_owned(),
            (Language::En, true, Some(since)) => format!("in since {since}"),
            (Language::En, true, None) => "in since before that".to_owned(),
            (Language::En, false, Some(since)) => format!("out since {since}"),
            (Language::En, false, None) => "not in it".to_owned(),
        }
    }

    fn contacts(&self, satisfying: &[String], known: usize) -> String {
        /// More names would not be read.
        const MOST: usize = 5;
        let n = satisfying.len();
        let mut names = satisfying[..n.min(MOST)].to_vec();
        names.extend((MOST < n).then(|| "…".to_owned()));
        let said = match self.language {
            Language::Ja => format!("{known}人中{n}人"),
            Language::En => format!("{n} of {known}"),
        };
        match (self.language, names.is_empty()) {
            (_, true) => said,
            (Language::Ja, false) => format!("{said}（{}）", names.join("、")),
            (Language::En, false) => format!("{said} ({})", names.join(", ")),
        }
    }

    fn rank(&self, value: &str, cut: Option<(&facts::Decimal, Timestamp)>) -> String {
        let cut = cut.map(|(cut, taken_at)| (say_amount(cut), self.moment(taken_at)));
        match (self.language, cut) {
            (Language::Ja, Some((cut, at))) => format!("{value}（基準 {cut}、{at}時点）"),
            (Language::Ja, None) => format!("{value}（基準はまだ計算されていない）"),
            (Language::En, Some((cut, at))) => format!("{value} (cut at {cut} on {at})"),
            (Language::En, None) => format!("{value} (the cut has not been taken yet)"),
        }
    }

    fn moment(&self, at: Timestamp) -> String {
        say_moment(at, self.now, self.calendar, self.language)
    }

    fn one_of(&self, ja: &str, en: &str) -> String {
        match self.language {
            Language::Ja => ja.to_owned(),
            Language::En => en.to_owned(),
        }
    }
}

/// The holding parts below a node that are no branches, in order.
fn holding_leaves<'a>(because: &'a Because, leaves: &mut Vec<&'a Because>) {
    match &because.condition {
        Condition::All(_) | Condition::Any(_) => {
            let holding = because.children.iter().filter(|child| child.reading.value);
            holding.for_each(|child| holding_leaves(child, leaves));
        }
        _ => leaves.push(because),
    }
}

fn kind(condition: &Condition) -> ReasonKind {
    match condition {
        Condition::All(_) => ReasonKind::All,
        Condition::Any(_) => ReasonKind::Any,
        Condition::Not(_) => ReasonKind::Not,
        Condition::Some { .. } | Condition::Contacts { .. } => ReasonKind::Some,
        Condition::Company(_) => ReasonKind::All,
        Condition::Points { .. } => ReasonKind::Leaf,
        Condition::Leaf(Leaf::Segment(_) | Leaf::Stayed(_)) => ReasonKind::Segment,
        Condition::Leaf(_) => ReasonKind::Leaf,
    }
}

/// A fault of references as a sentence.
pub fn say_plan_fault(fault: &PlanFault, language: Language) -> String {
    let kind = match fault {
        PlanFault::Unknown { refers_to, .. } => {
            condition::FaultKind::UnknownSegment(refers_to.to_string())
        }
        PlanFault::Cycle(circle) => {
            let written: Vec<&str> = circle.iter().map(SegmentId::as_str).collect();
            condition::FaultKind::Cycle(written.join(" → "))
        }
    };
    match language {
        Language::Ja => kind.ja(),
        Language::En => kind.en(),
    }
}
