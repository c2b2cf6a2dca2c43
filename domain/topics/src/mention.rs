//! What a text mentions, as it is kept: each topic once for each way it is named and each way it is meant, however often
//! the text repeats it, so that a count of mentions counts texts and not the writer's zeal.

use std::{collections::BTreeSet, ops::Range};

use crate::{Flag, Grade, Hit, Report, State};

/// A topic that a text mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The topic.
    pub topic: String,
    /// The words for it, as they were written.
    pub term: String,
    /// The rule that found it, with its topic: `churn/not-renewing`.
    pub rule: String,
    /// The version of the dictionary in which that rule was last changed.
    pub rule_since: u32,
    /// Whether the topic is so.
    pub polarity: Polarity,
    /// Whom it is about.
    pub subject: Subject,
    /// How good the word for it is.
    pub grade: Grade,
    /// Whether the dictionary lets it count.
    pub counts: bool,
    /// Bytes of the written text: the words for it.
    pub span: Range<usize>,
    /// Bytes of the written text: the sentence they stand in.
    pub sentence: Range<usize>,
}

macro_rules! named {
    ($(#[$doc:meta])* $kind:ident { $($(#[$of:meta])* $name:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $kind { $($(#[$of])* $name),+ }
        impl $kind {
            /// Its name in facts and conditions.
            pub const fn word(self) -> &'static str {
                match self { $($kind::$name => $word),+ }
            }
        }
    };
}
named!(
    /// Whether a topic is so, all considered.
    Polarity {
        /// It is.
        Affirmed = "affirmed",
        /// It is not.
        Denied = "denied",
        /// It was, and is over.
        Resolved = "resolved",
        /// It is put off or given up.
        Postponed = "postponed",
        /// Only if something else happens.
        Hypothetical = "hypothetical",
        /// It was heard, or seems so.
        Hearsay = "hearsay",
        /// Nobody knows yet: undecided, or asked without an answer.
        Undecided = "undecided",
    }
);
named!(
    /// Whom a mention is about.
    Subject {
        /// The customer.
        Customer = "customer",
        /// Ourselves.
        Us = "us",
        /// Another firm.
        Other = "other",
    }
);

impl Grade {
    /// Its name in facts and conditions.
    pub const fn word(self) -> &'static str {
        match self {
            Grade::Told => "told",
            Grade::Stated => "stated",
            Grade::Hearsay => "hearsay",
            Grade::Guess => "guess",
        }
    }
}

impl Report {
    /// What the text mentions, in the order of the text; `written` is the text that was read.
    pub fn mentions(&self, written: &str) -> Vec<Mention> {
        let mut seen = BTreeSet::new();
        let all = self.hits.iter().map(|hit| hit.mention(written));
        all.filter(|one| {
            seen.insert((one.topic.clone(), one.term.clone(), one.counts, one.polarity))
        })
        .collect()
    }
}

impl Hit {
    fn mention(&self, written: &str) -> Mention {
        Mention {
            topic: self.topic.clone(),
            term: written.get(self.span.clone()).unwrap_or_default().to_owned(),
            rule: format!("{}/{}", self.topic, self.rule),
            rule_since: self.rule_since,
            polarity: self.polarity(),
            subject: match &self.flags {
                flags if flags.contains(&Flag::Ours) => Subject::Us,
                flags if flags.contains(&Flag::ThirdParty) => Subject::Other,
                _ => Subject::Customer,
            },
            grade: self.grade,
            counts: self.counts,
            span: self.span.clone(),
            sentence: self.sentence.clone(),
        }
    }

    /// A rule that asks for what is denied (「更新しない」 is churn) affirms its topic by it.
    fn polarity(&self) -> Polarity {
        let asked = [Flag::AskedByThem, Flag::AskedByUs];
        match self.state {
            _ if self.counts && self.grade == Grade::Hearsay => Polarity::Hearsay,
            _ if self.counts => Polarity::Affirmed,
            _ if self.flags.contains(&Flag::Hypothetical) => Polarity::Hypothetical,
            State::Denied if self.is_put_off => Polarity::Postponed,
            State::Denied => Polarity::Denied,
            State::Over => Polarity::Resolved,
            State::Open => Polarity::Undecided,
            State::Said if self.flags.contains(&Flag::Past) => Polarity::Resolved,
            State::Said if asked.iter().any(|flag| self.flags.contains(flag)) => {
                Polarity::Undecided
            }
            State::Said => Polarity::Affirmed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Dictionary, Letters};

    fn mentions(text: &str) -> Vec<Mention> {
        Dictionary::built_in().unwrap().read(text, &Letters).mentions(text)
    }

    #[test]
    fn what_a_text_repeats_is_mentioned_once() {
        let text = "競合の話が出た。競合がまた来た。";
        let mentions = mentions(text);
        let rivals: Vec<&Mention> =
            mentions.iter().filter(|one| one.topic == "competitor").collect();
        assert!(!rivals.is_empty(), "{mentions:?}");
        let terms: BTreeSet<&str> = rivals.iter().map(|one| one.term.as_str()).collect();
        assert_eq!(terms.len(), rivals.len(), "{rivals:?}");
        for one in rivals {
            assert_eq!(&text[one.span.clone()], one.term);
            assert!(text[one.sentence.clone()].contains(&one.term));
        }
    }
}
