//! What each company lives through: when it becomes a customer, which signs it shows, what follows, when it leaves.
//!
//! ```text
//!   known ──── follow-up ──── purchase sign ──── won ═══ upsell sign ═══ larger plan ═══ churn sign ═══ cancelled
//!          prospect                              │  customer: logins, usage, supplies                   │
//! ```

use facts::{Millis, Timestamp};

use crate::{almanac::Almanac, dice::Dice, truth::SignName};

/// A sign that was shown, or an outcome without one.
#[derive(Debug, Clone)]
pub(crate) struct Episode {
    pub(crate) sign: SignName,
    /// From here on the sign holds. For an outcome without a sign: some time before it.
    pub(crate) at: Timestamp,
    /// What the sign foretells, if it came.
    pub(crate) outcome_at: Option<Timestamp>,
    /// Whether the sign is really shown.
    pub(crate) shown: bool,
    /// Whether it is shown at the end of the sample.
    pub(crate) is_now: bool,
    /// For a purchase: what became of the deal when it was not won.
    pub(crate) lost: bool,
}

/// One company's story.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    pub(crate) known_at: Timestamp,
    /// Since when it pays; nothing for a prospect.
    pub(crate) contract_from: Option<Timestamp>,
    pub(crate) cancelled_at: Option<Timestamp>,
    /// Place of its first plan.
    pub(crate) plan: usize,
    /// Logins on a usual working day.
    pub(crate) logins: f64,
    /// How full the plan is when nothing special happens.
    pub(crate) fill: f64,
    pub(crate) episodes: Vec<Episode>,
    /// Looks at prices once and again and means nothing by it.
    pub(crate) curious: bool,
    /// The first day of two or three quiet weeks that mean nothing: a move, a stocktaking, a works holiday.
    pub(crate) lull: Option<Timestamp>,
}

/// The kinds of story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    ChurnNow,
    UpsellNow,
    ChurnPast { leaves: bool },
    LeavesUnforetold,
    UpsellPast { upgrades: bool },
    UpgradesUnforetold,
    Steady,
    PurchasePast { wins: bool },
    WinsUnforetold,
    PurchaseNow,
    FollowUpNow,
    Quiet,
}

/// How many companies live each kind of story.
const KINDS: [(Kind, usize); 15] = [
    (Kind::ChurnNow, 18),
    (Kind::UpsellNow, 20),
    (Kind::ChurnPast { leaves: true }, 32),
    (Kind::ChurnPast { leaves: false }, 8),
    (Kind::LeavesUnforetold, 8),
    (Kind::UpsellPast { upgrades: true }, 36),
    (Kind::UpsellPast { upgrades: false }, 8),
    (Kind::UpgradesUnforetold, 10),
    (Kind::Steady, 26),
    (Kind::PurchasePast { wins: true }, 44),
    (Kind::PurchasePast { wins: false }, 12),
    (Kind::WinsUnforetold, 12),
    (Kind::PurchaseNow, 20),
    (Kind::FollowUpNow, 18),
    (Kind::Quiet, 28),
];

/// How many companies there are.
pub(crate) const COMPANIES: usize = 300;

/// Days from the churn sign to the end of the contract.
pub(crate) const CHURN_LEAD: (u32, u32) = (12, 50);
/// Days from the upsell sign to the larger plan.
pub(crate) const UPSELL_LEAD: (u32, u32) = (8, 35);
/// Days from the purchase sign to the order.
pub(crate) const PURCHASE_LEAD: (u32, u32) = (12, 55);
/// Days from the opened mail to the meeting.
pub(crate) const FOLLOW_UP_LEAD: (u32, u32) = (2, 18);

/// One story for each company, in the order of the companies.
pub(crate) fn stories(seed: u64, almanac: &Almanac) -> Vec<Story> {
    let mut kinds: Vec<Kind> =
        KINDS.iter().flat_map(|(kind, count)| std::iter::repeat_n(*kind, *count)).collect();
    assert!(kinds.len() == COMPANIES, "every company has one story");
    Dice::for_purpose(seed, "stories", 0).shuffle(&mut kinds);
    kinds
        .into_iter()
        .enumerate()
        .map(|(place, kind)| {
            Telling { almanac, dice: Dice::for_purpose(seed, "story", place + 1) }.story(kind)
        })
        .collect()
}

struct Telling<'a> {
    almanac: &'a Almanac,
    dice: Dice,
}

impl Telling<'_> {
    fn story(mut self, kind: Kind) -> Story {
        match kind {
            Kind::ChurnNow
            | Kind::UpsellNow
            | Kind::ChurnPast { .. }
            | Kind::LeavesUnforetold
            | Kind::UpsellPast { .. }
            | Kind::UpgradesUnforetold
            | Kind::Steady => self.old_customer(kind),
            Kind::PurchasePast { .. } | Kind::WinsUnforetold => self.new_customer(kind),
            Kind::PurchaseNow | Kind::FollowUpNow | Kind::Quiet => self.prospect(kind),
        }
    }

    /// A customer since before the sample begins.
    fn old_customer(&mut self, kind: Kind) -> Story {
        let start = self.almanac.start();
        let known_at = start.plus(self.dice.between(9, 17) * Timestamp::HOUR);
        let mut story = self.blank(known_at);
        story.contract_from = Some(story.known_at);
        match kind {
            Kind::ChurnNow => {
                let at = self.almanac.days_ago(self.dice.amid(0.05, 1.2));
                story.episodes.push(shown(SignName::Churn, at, None, true));
                if self.dice.chance(0.4) {
                    let at = self.days_ago(220, 600);
                    let outcome = self.later(at, UPSELL_LEAD);
                    story.episodes.push(shown(SignName::Upsell, at, Some(outcome), false));
                }
            }
            Kind::UpsellNow => {
                let at = self.almanac.days_ago(self.dice.amid(0.05, 1.2));
                story.episodes.push(shown(SignName::Upsell, at, None, true));
            }
            Kind::ChurnPast { leaves } => {
                let at = self.days_ago(75, 640);
                let outcome = self.later(at, CHURN_LEAD);
                story.cancelled_at = leaves.then_some(outcome);
                story.episodes.push(shown(SignName::Churn, at, story.cancelled_at, false));
            }
            Kind::LeavesUnforetold => {
                let outcome = self.days_ago(30, 650);
                story.cancelled_at = Some(outcome);
                story.episodes.push(unforetold(SignName::Churn, outcome));
            }
            Kind::UpsellPast { upgrades } => {
                let at = self.days_ago(110, 630);
                let outcome = self.later(at, UPSELL_LEAD);
                let outcome = upgrades.then_some(outcome);
                story.episodes.push(shown(SignName::Upsell, at, outcome, false));
            }
            Kind::UpgradesUnforetold => {
                let outcome = self.days_ago(20, 650);
                story.episodes.push(unforetold(SignName::Upsell, outcome));
            }
            _ => {
                if self.dice.chance(0.35) {
                    // Full for ever, and content with it.
                    story.fill = self.dice.amid(0.81, 0.92);
                }
            }
        }
        if story.episodes.iter().any(|episode| episode.sign == SignName::Churn && episode.shown) {
            // A fall can only be seen where there was something to fall from.
            story.logins = self.dice.amid(1.35, 2.7);
            story.lull = None;
        }
        story
    }

    /// A prospect that became a customer, or came close to it.
    fn new_customer(&mut self, kind: Kind) -> Story {
        let at = self.days_ago(75, 600);
        let known_at = self.before(at, 40, 160);
        let mut story = self.blank(known_at);
        let outcome = self.later(at, PURCHASE_LEAD);
        match kind {
            Kind::PurchasePast { wins: false } => {
                let mut episode = shown(SignName::Purchase, at, None, false);
                episode.lost = self.dice.chance(0.6);
                story.episodes.push(episode);
            }
            Kind::PurchasePast { wins: true } => {
                story.contract_from = Some(outcome);
                story.episodes.push(shown(SignName::Purchase, at, Some(outcome), false));
            }
            _ => {
                story.contract_from = Some(outcome);
                story.episodes.push(unforetold(SignName::Purchase, outcome));
            }
        }
        self.earlier_follow_ups(&mut story, at);
        let grown = outcome.plus(150 * Timestamp::DAY);
        let latest = self.almanac.days_ago(110.0);
        if story.contract_from.is_some() && grown < latest && self.dice.chance(0.4) {
            let at = self.almanac.in_office(&mut self.dice, grown, latest);
            let outcome = self.later(at, UPSELL_LEAD);
            story.episodes.push(shown(SignName::Upsell, at, Some(outcome), false));
        }
        story
    }

    fn prospect(&mut self, kind: Kind) -> Story {
        let known_at = self.days_ago(140, 700);
        let mut story = self.blank(known_at);
        let at = self.almanac.days_ago(self.dice.amid(0.05, 1.2));
        match kind {
            Kind::PurchaseNow => story.episodes.push(shown(SignName::Purchase, at, None, true)),
            Kind::FollowUpNow => {
                let at = self.almanac.days_ago(self.dice.amid(0.05, 6.0));
                story.episodes.push(shown(SignName::FollowUp, at, None, true));
            }
            _ => story.curious = self.dice.chance(0.5),
        }
        let quiet_from = self.almanac.days_ago(60.0);
        self.earlier_follow_ups(&mut story, quiet_from);
        story
    }

    /// Up to two requests for materials while it was a prospect, more than a month before `until`.
    fn earlier_follow_ups(&mut self, story: &mut Story, until: Timestamp) {
        let first = story.known_at.plus(8 * Timestamp::DAY);
        let last = until.minus(25 * Timestamp::DAY);
        let half = first.plus((last.since(first) / 2).max(0));
        for (from, to) in [(first, half.minus(10 * Timestamp::DAY)), (half, last)] {
            if to < from.plus(Timestamp::DAY) || self.dice.chance(0.3) {
                continue;
            }
            let at = self.almanac.in_office(&mut self.dice, from, to);
            let opened = self.dice.chance(0.62);
            let meets = self.dice.chance(if opened { 0.78 } else { 0.15 });
            let outcome = meets.then(|| self.later(at, FOLLOW_UP_LEAD));
            let mut episode = shown(SignName::FollowUp, at, outcome, false);
            episode.shown = opened;
            story.episodes.push(episode);
        }
    }

    fn blank(&mut self, known_at: Timestamp) -> Story {
        Story {
            known_at,
            contract_from: None,
            cancelled_at: None,
            plan: [1, 2][self.dice.weighted(&[6, 4])],
            logins: self.dice.long_tailed(0.38, 4.0),
            fill: self.dice.amid(0.32, 0.66),
            episodes: Vec::new(),
            curious: self.dice.chance(0.15),
            lull: self.dice.chance(0.3).then(|| self.days_ago(2, 650)),
        }
    }

    /// An instant of a working day so many days ago.
    fn days_ago(&mut self, least: i64, most: i64) -> Timestamp {
        let (from, to) = (self.almanac.days_ago(most as f64), self.almanac.days_ago(least as f64));
        self.almanac.in_office(&mut self.dice, from, to)
    }

    /// An instant so many days before another, not before the sample begins.
    fn before(&mut self, at: Timestamp, least: i64, most: i64) -> Timestamp {
        let earlier = at.minus(self.dice.between(least, most) * Timestamp::DAY);
        let start = self.almanac.start().plus(9 * Timestamp::HOUR);
        self.working(if earlier < start { start } else { earlier })
    }

    /// A working instant within a lead after `at`, both ends kept.
    fn later(&mut self, at: Timestamp, lead: (u32, u32)) -> Timestamp {
        let days = |days: u32| Millis::from(days) * Timestamp::DAY;
        self.almanac.in_office(&mut self.dice, at.plus(days(lead.0)), at.plus(days(lead.1)))
    }

    fn working(&mut self, at: Timestamp) -> Timestamp {
        self.almanac.next_office(&mut self.dice, at)
    }
}

fn shown(sign: SignName, at: Timestamp, outcome_at: Option<Timestamp>, is_now: bool) -> Episode {
    Episode { sign, at, outcome_at, shown: true, is_now, lost: false }
}

fn unforetold(sign: SignName, outcome: Timestamp) -> Episode {
    let at = outcome.minus(20 * Timestamp::DAY);
    Episode { sign, at, outcome_at: Some(outcome), shown: false, is_now: false, lost: false }
}

impl Story {
    /// Whether the company pays at an instant.
    pub(crate) fn pays(&self, at: Timestamp) -> bool {
        self.contract_from.is_some_and(|from| from <= at)
            && self.cancelled_at.is_none_or(|end| at < end)
    }

    /// How busy it is compared with its usual self.
    pub(crate) fn zeal(&self, at: Timestamp) -> f64 {
        let fallen = self.episodes.iter().any(|episode| {
            let begins = episode.at.minus(30 * Timestamp::DAY);
            // Those who stay come back about ten days after the sign.
            let ends = match (episode.outcome_at, episode.is_now) {
                (Some(end), _) => end,
                (None, true) => Timestamp::MAX,
                (None, false) => episode.at.plus(10 * Timestamp::DAY),
            };
            episode.sign == SignName::Churn && episode.shown && begins <= at && at < ends
        });
        let resting = |from: Timestamp| from <= at && at < from.plus(18 * Timestamp::DAY);
        match (fallen, self.lull.is_some_and(resting)) {
            (true, _) => 0.15,
            (false, true) => 0.25,
            (false, false) => 1.0,
        }
    }

    /// The place of its plan at an instant.
    pub(crate) fn plan_at(&self, at: Timestamp) -> usize {
        let upgrades = self.episodes.iter().filter(|episode| {
            episode.sign == SignName::Upsell && episode.outcome_at.is_some_and(|end| end <= at)
        });
        (self.plan + upgrades.count()).min(3)
    }

    /// The share of its users' limit that is used at an instant.
    pub(crate) fn filled(&self, at: Timestamp) -> f64 {
        let mut filled = self.fill;
        for episode in &self.episodes {
            if episode.sign != SignName::Upsell || !episode.shown {
                continue;
            }
            let begins = episode.at.minus(70 * Timestamp::DAY);
            let ends = match (episode.outcome_at, episode.is_now) {
                (Some(end), _) => end,
                (None, true) => Timestamp::MAX,
                (None, false) => episode.at.plus(25 * Timestamp::DAY),
            };
            if begins <= at && at < ends {
                let risen = at.since(begins) as f64 / (58 * Timestamp::DAY) as f64;
                filled = self.fill + (0.9 - self.fill) * risen.min(1.0);
            }
        }
        filled
    }
}
