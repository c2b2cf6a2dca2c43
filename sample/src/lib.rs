//! A sample firm with two years of customers, grown from a seed, and the truth about the signs planted in it.
//!
//! ひよりデスク sells software for running a workplace (seats, reception, equipment) to companies, and supplies for it
//! (labels, badges, toner, coffee) to companies and persons online. Every name is invented. Nothing here reads a clock
//! or a disk: the same seed and the same instant give the same firm on every machine.
//!
//! ```text
//!   seed, now ─▶ cast (who) ─▶ stories (what they live through) ─▶ life, persons (day by day) ─▶ facts, files
//!                                      └──────────────────────────────────────────────────────▶ truth
//! ```

mod almanac;
mod cast;
mod diary;
mod dice;
mod episodes;
mod files;
mod ledger;
mod life;
mod lists;
mod persons;
mod planted;
mod stories;
mod supplies;
mod truth;
mod visits;
mod words;

use facts::{Fact, Timestamp};

use crate::{
    almanac::Almanac,
    cast::{Company, Person},
    diary::Diary,
    dice::Dice,
    ledger::Ledger,
    life::Life,
    persons::Habit,
    stories::{Episode, Story},
    supplies::{Forgotten, Turn},
    words::products::{RIVALS, SUPPLIES},
};

pub use cast::Rep;
pub use files::{CONTACT_COLUMNS, CUSTOMER_COLUMNS, SampleFile};
pub use lists::{DoubledList, ListKind, doubled_list};
pub use truth::{Carrier, Leak, Noise, Outcome, PlantedSign, Sentence, SignName, Truth};

/// The seed the demonstration uses.
pub const DEMO_SEED: u64 = 20_261_121;

/// The sample firm.
#[derive(Debug, Clone)]
pub struct Firm {
    /// What it is called.
    pub name: &'static str,
    /// Its salespeople; the attribute `rep` of customers names them.
    pub reps: Vec<Rep>,
    /// Rivals of its software, as reports and searches name them.
    pub rivals: Vec<&'static str>,
    /// What was planted.
    pub truth: Truth,
    facts: Vec<Fact>,
}

impl Firm {
    /// Grows the firm from a seed, with two years of history that end at `now`.
    pub fn generate(seed: u64, now: Timestamp) -> Firm {
        let almanac = Almanac::until(now);
        let reps = cast::reps(seed);
        let mut growing = Growing {
            seed,
            almanac: &almanac,
            ledger: Ledger::until(now),
            truth: blank(seed, now),
        };
        growing.live_companies(&cast::companies(seed, stories::COMPANIES, &reps));
        growing.live_persons(&cast::persons(seed, persons::PERSONS, &reps));
        let Growing { ledger, truth, .. } = growing;
        let facts = ledger.into_facts();
        Firm { name: "株式会社ひよりデスク", reps, rivals: RIVALS.into(), truth, facts }
    }

    /// All facts in time order, each with an id like `s-000123`, none after `now`.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// The facts themselves, for those who keep them.
    pub fn into_facts(self) -> Vec<Fact> {
        self.facts
    }

    /// The same firm as files for the import: customers (CP932), contacts (UTF-8 with mark), events, purchases, deals
    /// and daily reports (UTF-8). Attributes are there as they stand at the end; their history is not.
    pub fn files(&self) -> Vec<SampleFile> {
        files::files(&self.facts)
    }
}

struct Growing<'a> {
    seed: u64,
    almanac: &'a Almanac,
    ledger: Ledger,
    truth: Truth,
}

/// How many companies forget a purchase now, and once before.
const FORGETFUL: (usize, usize) = (16, 30);

impl Growing<'_> {
    fn live_companies(&mut self, companies: &[Company]) {
        let stories = stories::stories(self.seed, self.almanac);
        let turns = self.forgetful(&stories);
        let diary = Diary::read();
        for ((company, story), turn) in companies.iter().zip(&stories).zip(turns) {
            let mut life =
                Life::new(self.seed, self.almanac, &diary, company, story, &mut self.ledger);
            life.live();
            let forgotten = life.buy_supplies(turn);
            for episode in story.episodes.iter().filter(|episode| episode.is_now) {
                life.stay_awake(episode.sign, episode.at);
            }
            let key = company.key.as_str();
            for episode in &story.episodes {
                self.tell_episode(key, episode);
            }
            self.tell_forgotten(key, forgotten);
        }
    }

    /// Which companies forget a purchase: long-standing customers only, as a rhythm takes time to show.
    fn forgetful(&self, stories: &[Story]) -> Vec<Option<Turn>> {
        let mut dice = Dice::for_purpose(self.seed, "forgetful", 0);
        let mut turns = vec![None; stories.len()];
        let since = self.almanac.days_ago(500.0);
        let mut steady: Vec<usize> = (0..stories.len())
            .filter(|place| {
                let story = &stories[*place];
                story.contract_from.is_some_and(|from| from < since) && story.cancelled_at.is_none()
            })
            .collect();
        dice.shuffle(&mut steady);
        for (nth, place) in steady.into_iter().take(FORGETFUL.0 + FORGETFUL.1).enumerate() {
            turns[place] = Some(if nth < FORGETFUL.0 {
                Turn::ForgottenNow
            } else {
                Turn::ForgottenOnce { bought: dice.chance(0.78) }
            });
        }
        turns
    }

    fn live_persons(&mut self, persons: &[Person]) {
        let habits: Vec<Habit> = persons::habits(self.seed);
        for (place, (person, habit)) in persons.iter().zip(habits).enumerate() {
            let ledger = &mut self.ledger;
            let forgotten = persons::live(self.seed, self.almanac, person, place, habit, ledger);
            self.tell_forgotten(person.key.as_str(), forgotten);
        }
    }

    fn tell_forgotten(&mut self, customer: &str, forgotten: Option<(usize, Forgotten)>) {
        let Some((product, forgotten)) = forgotten else { return };
        let carrier = Carrier {
            customer: customer.to_owned(),
            product: Some(SUPPLIES[product].0.to_owned()),
            at: forgotten.at.to_string(),
            outcome_at: forgotten.outcome_at.map(|at| at.to_string()),
        };
        self.tell(SignName::Replenishment, carrier, forgotten.is_now);
    }

    fn tell_episode(&mut self, customer: &str, episode: &Episode) {
        if !episode.shown {
            if let Some(at) = episode.outcome_at {
                self.tell_outcome(episode.sign, customer, at);
            }
            return;
        }
        let carrier = Carrier {
            customer: customer.to_owned(),
            product: None,
            at: episode.at.to_string(),
            outcome_at: episode.outcome_at.map(|at| at.to_string()),
        };
        self.tell(episode.sign, carrier, episode.is_now);
    }

    fn tell(&mut self, sign: SignName, carrier: Carrier, is_now: bool) {
        let planted = self.truth.signs.iter_mut().find(|planted| planted.sign == sign);
        if let Some(planted) = planted {
            let carriers = if is_now { &mut planted.carriers_now } else { &mut planted.past };
            carriers.push(carrier);
        }
    }

    fn tell_outcome(&mut self, sign: SignName, customer: &str, at: Timestamp) {
        let planted = self.truth.signs.iter_mut().find(|planted| planted.sign == sign);
        if let Some(planted) = planted {
            let outcome = Outcome { customer: customer.to_owned(), at: at.to_string() };
            planted.outcomes_without.push(outcome);
        }
    }
}

/// The truth about a firm in which nothing has happened yet.
fn blank(seed: u64, now: Timestamp) -> Truth {
    let signs = [
        SignName::Purchase,
        SignName::Upsell,
        SignName::Churn,
        SignName::Replenishment,
        SignName::FollowUp,
    ];
    Truth {
        seed,
        now: now.to_string(),
        signs: signs.map(planted::sign).into(),
        noise: planted::noise(),
        leaks: planted::leaks(),
    }
}
