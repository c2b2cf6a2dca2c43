//! Says in both languages why a found place counts, or why it does not.

use crate::{Dictionary, Flag, Grade, Hint, Hit, Says, State, When};

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Hit {
    /// Why this place counts or does not; `written` is the text it was found in.
    pub fn said(&self, written: &str, dictionary: &Dictionary) -> Spoken {
        let topic = dictionary.topics().iter().find(|topic| topic.id == self.topic);
        let (ja, en) = topic.map_or((self.topic.as_str(), self.topic.as_str()), |topic| {
            (topic.name.ja.as_str(), topic.name.en.as_str())
        });
        let quote = written.get(self.span.clone()).unwrap_or_default();
        let (state_ja, state_en) = state(self.state);
        let (grade_ja, grade_en) = grade(self.grade);
        let rule = format!("{}/{} v{}", self.topic, self.rule, self.rule_since);
        let mut spoken = Spoken {
            ja: format!("{ja}「{quote}」 — {state_ja}・{grade_ja}"),
            en: format!("{en} \"{quote}\" — {state_en}, {grade_en}"),
        };
        let turns: Vec<&str> =
            self.turns.iter().filter_map(|turn| written.get(turn.clone())).collect();
        if !turns.is_empty() {
            spoken.ja.push_str(&format!("（{}）", turns.join("・")));
            spoken.en.push_str(&format!(" ({})", turns.join(", ")));
        }
        for flag in &self.flags {
            let (ja, en) = of_flag(*flag);
            spoken.ja.push_str(&format!("・{ja}"));
            spoken.en.push_str(&format!(", {en}"));
        }
        let (counts_ja, counts_en) =
            if self.counts { ("数える", "counts") } else { ("数えない", "does not count") };
        spoken.ja.push_str(&format!(" → {counts_ja} [{rule}]"));
        spoken.en.push_str(&format!(" → {counts_en} [{rule}]"));
        spoken
    }
}

fn state(state: State) -> (&'static str, &'static str) {
    match state {
        State::Said => ("述べられている", "said"),
        State::Denied => ("打ち消されている", "denied"),
        State::Over => ("済んだこと", "over"),
        State::Open => ("決まっていない", "open"),
    }
}

fn grade(grade: Grade) -> (&'static str, &'static str) {
    match grade {
        Grade::Told => ("お客様の言葉", "told by the customer"),
        Grade::Stated => ("書き手の記述", "stated by the writer"),
        Grade::Hearsay => ("伝聞・様子", "hearsay"),
        Grade::Guess => ("見込み・可能性", "a guess"),
    }
}

fn of_flag(flag: Flag) -> (&'static str, &'static str) {
    match flag {
        Flag::Hypothetical => ("仮定の話", "hypothetical"),
        Flag::AskedByThem => ("お客様からの質問", "asked by the customer"),
        Flag::AskedByUs => ("こちらからの質問で、答えがない", "asked by us without an answer"),
        Flag::Past => ("以前のこと", "in the past"),
        Flag::ThirdParty => ("よその会社のこと", "about another firm"),
        Flag::Ours => ("当社のこと", "about ourselves"),
    }
}

impl Hint {
    /// What the hint says.
    pub fn said(&self) -> Spoken {
        let (ja, en) = match &self.says {
            Says::Yen(yen) => (format!("{yen} 円"), format!("{yen} yen")),
            Says::Count(count, unit) => (format!("{count} {unit}"), format!("{count} {unit}")),
            Says::Day { month, day, when } => {
                let day_ja = day.map_or(String::new(), |day| format!("{day}日"));
                let day_en = day.map_or(String::new(), |day| format!("-{day}"));
                let (ja, en) = of_when(*when);
                (format!("{month}月{day_ja}{ja}"), format!("{en}month {month}{day_en}"))
            }
            Says::Relative(written, when) => {
                let (ja, en) = of_when(*when);
                (format!("{written}{ja}"), format!("{en}{written}"))
            }
        };
        Spoken { ja, en }
    }
}

fn of_when(when: When) -> (&'static str, &'static str) {
    match when {
        When::At => ("", ""),
        When::From => ("以降", "from "),
        When::Until => ("まで", "until "),
    }
}
