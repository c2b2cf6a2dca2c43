//! Writes daily reports (営業日報): a few sentences that suit how things stand with the customer.

use crate::{
    dice::Dice,
    words::{
        lines,
        products::{FEATURES, RIVALS, SUPPLIES},
        reports as plain, reports_bad as bad,
    },
};

/// How things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// A customer without anything special.
    Calm,
    /// A prospect without anything special.
    Distant,
    /// A prospect about to buy.
    Keen,
    /// A customer about to take a larger plan.
    Growing,
    /// A customer about to leave.
    Sour,
}

/// A report's parts.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) text: String,
    /// 顧客の課題.
    pub(crate) issue: String,
    pub(crate) temperature: &'static str,
}

/// The sentences, read once.
#[derive(Debug)]
pub(crate) struct Diary {
    openings: Vec<&'static str>,
    next_steps: Vec<&'static str>,
    problems: Vec<&'static str>,
    /// Sentences by topic, in the order of [`weights`].
    topics: Vec<Vec<&'static str>>,
}

impl Diary {
    pub(crate) fn read() -> Diary {
        Diary {
            openings: lines(plain::OPENINGS),
            next_steps: lines(plain::NEXT_STEPS),
            problems: lines(plain::PROBLEMS),
            topics: [
                plain::PRAISE,
                plain::GROWTH,
                plain::INTEREST,
                plain::PEOPLE,
                plain::SUPPLIES,
                bad::RIVAL_TALK,
                bad::RIVAL_DENIED,
                bad::BUDGET,
                bad::BUDGET_DENIED,
                bad::TROUBLE,
                bad::TROUBLE_DENIED,
                bad::LEAVING,
                bad::LEAVING_DENIED,
                bad::POSTPONED,
                bad::HEARSAY,
            ]
            .map(lines)
            .into(),
        }
    }

    /// One report.
    pub(crate) fn write(&self, dice: &mut Dice, mood: Mood) -> Entry {
        let mut text = String::new();
        if dice.chance(0.8) {
            text.push_str(&filled(dice, self.openings.as_slice()));
        }
        let issue = filled(dice, &self.problems);
        if dice.chance(0.55) {
            text.push_str(&issue);
        }
        let mut last = usize::MAX;
        for _ in 0..dice.between(1, 2) {
            let topic = dice.weighted(&weights(mood));
            if topic != last {
                text.push_str(&filled(dice, &self.topics[topic]));
            }
            last = topic;
        }
        if dice.chance(0.5) {
            text.push_str(&filled(dice, &self.next_steps));
        }
        Entry { text, issue, temperature: temperature(dice, mood) }
    }
}

/// How likely each topic is: praise, growth, interest, people, supplies, rival, rival denied, budget, budget denied,
/// trouble, trouble denied, leaving, leaving denied, put off, hearsay.
fn weights(mood: Mood) -> [u32; 15] {
    match mood {
        Mood::Calm => [30, 4, 0, 9, 16, 3, 4, 5, 5, 3, 12, 0, 4, 3, 6],
        Mood::Distant => [0, 0, 14, 8, 2, 10, 4, 12, 4, 0, 0, 0, 0, 24, 10],
        Mood::Keen => [0, 2, 50, 4, 2, 9, 6, 6, 8, 0, 0, 0, 0, 4, 4],
        Mood::Growing => [16, 46, 0, 5, 6, 1, 2, 4, 8, 0, 6, 0, 2, 3, 4],
        Mood::Sour => [2, 0, 0, 8, 2, 22, 1, 10, 1, 28, 2, 16, 1, 6, 6],
    }
}

fn temperature(dice: &mut Dice, mood: Mood) -> &'static str {
    let weights = match mood {
        Mood::Calm => [1, 2, 7],
        Mood::Distant => [1, 4, 5],
        Mood::Keen | Mood::Growing => [6, 3, 1],
        Mood::Sour => [1, 3, 6],
    };
    ["now", "comparing", "cold"][dice.weighted(&weights)]
}

/// One of the sentences with its gaps filled.
fn filled(dice: &mut Dice, sentences: &[&str]) -> String {
    let sentence = *dice.pick(sentences);
    if !sentence.contains('{') {
        return sentence.to_owned();
    }
    let advanced: Vec<&str> =
        FEATURES.iter().filter(|feature| feature.2).map(|feature| feature.0).collect();
    sentence
        .replace("{rival}", dice.pick::<&str>(&RIVALS))
        .replace("{product}", dice.pick(&SUPPLIES).0)
        .replace("{feature}", dice.pick::<&str>(&advanced))
        .replace("{role}", dice.pick::<&str>(&plain::ROLES))
        .replace("{month}", &format!("{}月", dice.between(1, 12)))
        .replace("{n}", &dice.between(3, 24).to_string())
}
