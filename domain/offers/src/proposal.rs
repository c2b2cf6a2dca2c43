//! Proposals (提案の記録): what was foretold when an offer was proposed, what came of it, and where that was wrong.
//!
//! A proposal is the event `proposed` with the level and how each criterion stood at that moment, so that its history
//! never changes with the offer; its answer is the event `proposal_answered` with the same `proposal`.

use std::collections::BTreeMap;

use experiments::exact_between;
use facts::{History, Timestamp};

use crate::{MatchLevel, Met};

/// The event of a proposal.
pub const PROPOSED: &str = "proposed";
/// The event of its answer.
pub const ANSWERED: &str = "proposal_answered";
/// What the names of properties begin with that say how a criterion stood.
pub const CRITERION: &str = "criterion:";

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProposalResult {
    /// Nobody has said yet.
    Open,
    /// They took it.
    Won,
    /// They did not.
    Lost,
}

impl ProposalResult {
    /// The word for it in facts.
    pub fn word(self) -> &'static str {
        match self {
            ProposalResult::Open => "open",
            ProposalResult::Won => "won",
            ProposalResult::Lost => "lost",
        }
    }

    fn from_word(word: &str) -> ProposalResult {
        match word {
            "won" => ProposalResult::Won,
            "lost" => ProposalResult::Lost,
            _ => ProposalResult::Open,
        }
    }
}

/// A proposal as it was foretold, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its own name.
    pub id: String,
    /// The offer.
    pub offer: String,
    /// The variant, where it was one.
    pub variant: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The level when it was proposed.
    pub level: MatchLevel,
    /// How each criterion stood, by its id.
    pub criteria: BTreeMap<String, Met>,
    /// Who proposed it.
    pub rep: Option<String>,
    /// In which words.
    pub note: Option<String>,
    /// What came of it.
    pub result: ProposalResult,
    /// When that was said.
    pub answered_at: Option<Timestamp>,
}

/// The proposals to a customer up to an instant, oldest first; the last answer to each counts.
pub fn proposals(history: &History, now: Timestamp) -> Vec<Proposal> {
    let events = |name: &str| {
        let events = history.track(name).map(|track| history.events_of(track)).unwrap_or_default();
        &events[..events.partition_point(|event| event.stamp.at <= now)]
    };
    let mut answers: BTreeMap<String, (ProposalResult, Timestamp)> = BTreeMap::new();
    for event in events(ANSWERED) {
        let said = history.particulars(event);
        let word = said.get("result").as_text().unwrap_or_default();
        let result = ProposalResult::from_word(word);
        answers.insert(said.get("proposal").to_string(), (result, event.stamp.at));
    }
    let told = events(PROPOSED).iter().map(|event| {
        let said = history.particulars(event);
        let text = |name: &str| said.get(name).as_text().map(str::to_owned);
        let number = |name: &str| {
            let number = said.get(name).as_number();
            number.and_then(|number| number.to_string().parse().ok()).unwrap_or(0)
        };
        let criteria = said.iter().filter_map(|(name, value)| {
            let id = name.strip_prefix(CRITERION)?;
            Some((id.to_owned(), Met::from_word(value.as_text()?)?))
        });
        let id = said.get("proposal").to_string();
        let answer = answers.get(&id);
        let (level, at_most): (u8, u8) = (number("level"), number("at_most"));
        Proposal {
            offer: text("offer").unwrap_or_default(),
            variant: text("variant"),
            at: event.stamp.at,
            level: MatchLevel { level, at_most: at_most.max(level) },
            criteria: criteria.collect(),
            rep: text("rep"),
            note: text("note"),
            result: answer.map_or(ProposalResult::Open, |(result, _)| *result),
            answered_at: answer.map(|(_, at)| *at),
            id,
        }
    });
    told.collect()
}

/// How often something was won, of how many that were answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Won {
    /// How many were won.
    pub won: u64,
    /// Of how many.
    pub of: u64,
}

impl Won {
    fn add(&mut self, won: bool) {
        self.won += u64::from(won);
        self.of += 1;
    }

    fn merge(&mut self, other: Won) {
        self.won += other.won;
        self.of += other.of;
    }

    /// The share with its exact interval of 95 %; none where nothing was answered.
    pub fn share(&self) -> Option<(f64, f64, f64)> {
        let (low, high) = exact_between(self.won, self.of, 0.95);
        (0 < self.of).then(|| (self.won as f64 / self.of as f64, low, high))
    }
}

/// What came of proposals, by what was foretold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// How many were made.
    pub proposed: u64,
    /// How many were answered.
    pub all: Won,
    /// By level: 0 to 19, 20 to 39, and so on.
    pub bands: [Won; 5],
    /// By criterion: where it was met (or settled), not met, and not known.
    pub criteria: BTreeMap<String, [Won; 3]>,
}

/// What a criterion told beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Too few answers on one side.
    TooLittle,
    /// More is won where it is met.
    Right,
    /// Nothing can be said.
    Unclear,
    /// Less is won where it is met: it is wrong.
    Wrong,
}

/// Fewer answers than these on either side say nothing.
const ANSWERS_LEAST: u64 = 10;

impl Review {
    /// Adds one proposal.
    pub fn add(&mut self, proposal: &Proposal) {
        self.proposed += 1;
        let won = match proposal.result {
            ProposalResult::Open => return,
            ProposalResult::Won => true,
            ProposalResult::Lost => false,
        };
        self.all.add(won);
        self.bands[usize::from(proposal.level.level / 20).min(4)].add(won);
        for (id, state) in &proposal.criteria {
            let place = match state {
                Met::Met | Met::Settled => 0,
                Met::Unmet => 1,
                Met::Unknown => 2,
            };
            self.criteria.entry(id.clone()).or_default()[place].add(won);
        }
    }

    /// Adds what came of others.
    pub fn merge(&mut self, other: &Review) {
        self.proposed += other.proposed;
        self.all.merge(other.all);
        self.bands.iter_mut().zip(&other.bands).for_each(|(ours, theirs)| ours.merge(*theirs));
        for (id, theirs) in &other.criteria {
            let ours = self.criteria.entry(id.clone()).or_default();
            ours.iter_mut().zip(theirs).for_each(|(ours, theirs)| ours.merge(*theirs));
        }
    }
}

/// Whether a criterion told anything: by the intervals of both sides, which do not overlap where it did.
pub fn told_by([met, unmet, _]: &[Won; 3]) -> Told {
    if met.of < ANSWERS_LEAST || unmet.of < ANSWERS_LEAST {
        return Told::TooLittle;
    }
    let (Some((_, met_low, met_high)), Some((_, unmet_low, unmet_high))) =
        (met.share(), unmet.share())
    else {
        return Told::TooLittle;
    };
    match () {
        () if unmet_high < met_low => Told::Right,
        () if met_high < unmet_low => Told::Wrong,
        () => Told::Unclear,
    }
}
