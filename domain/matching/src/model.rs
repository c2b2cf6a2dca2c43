//! What is learned, and how a pair is judged by it.
//!
//! Fellegi and Sunter (1969) know two kinds of pairs: the same customer, or two that have nothing to do with each other.
//! Lists of customers hold more kinds: a family at one address, colleagues who share all but their names, branches of
//! one firm, one person with two jobs. Such pairs agree in half of their cells, and a sum of weights over cells that
//! depend on each other would make them one customer. So a pair is of one of several [`Relation`]s; in each, a cell
//! agrees as cells of one customer do, or by chance, or in a way of its own:
//!
//! ```text
//!                    name      company   place     telephone
//!   same             same      same      same      same
//!   moved            same      same      chance    same
//!   household        own       chance    same      same
//!   colleague        chance    same      same      own
//!   unrelated        chance    chance    chance    chance
//! ```
//! The chance of "the same" is the share of the first two in the sum over all.

use crate::{
    compare::NO_TERM,
    kind::{Kind, Part},
    measure::{Measure, ONLY_DIGITS},
    plan::{Comparison, MOST},
    records::{Agreement, Records},
};

/// What two rows have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// One customer.
    Same,
    /// One customer, who moved between the two rows.
    Moved,
    /// Two persons of one household.
    Household,
    /// Two that share an address and nothing else.
    Neighbour,
    /// Two persons of one company.
    Colleague,
    /// Two branches of one company.
    Branch,
    /// One person in two companies: two customers.
    OtherJob,
    /// Nothing.
    Unrelated,
}

impl Relation {
    const ALL: [Relation; 8] = [
        Relation::Same,
        Relation::Moved,
        Relation::Household,
        Relation::Neighbour,
        Relation::Colleague,
        Relation::Branch,
        Relation::OtherJob,
        Relation::Unrelated,
    ];

    /// Whether the two rows are one customer.
    pub fn is_same(self) -> bool {
        matches!(self, Relation::Same | Relation::Moved)
    }

    /// Its name for people, in Japanese and in English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Relation::Same => ("同じ顧客", "the same customer"),
            Relation::Moved => ("同じ顧客(移転・転居)", "the same customer, moved"),
            Relation::Household => ("同じ世帯の別人", "two persons of one household"),
            Relation::Neighbour => ("同じ住所の別の顧客", "two at one address"),
            Relation::Colleague => ("同じ会社の別人", "two persons of one company"),
            Relation::Branch => ("同じ会社の別拠点", "two branches of one company"),
            Relation::OtherJob => ("同じ人の別の勤務先", "one person in two companies"),
            Relation::Unrelated => ("無関係", "nothing to do with each other"),
        }
    }
}

/// How a comparison comes out in a relation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// As for one customer.
    Same,
    /// By chance.
    Chance,
    /// In a way of its own: which of the model's own tables.
    Own(usize),
}

/// Chances by level; level 0 is not among them.
pub(crate) type Table = Vec<f64>;

/// A relation with its share of all pairs and the role of each comparison.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Class {
    pub(crate) relation: Relation,
    pub(crate) share: f64,
    pub(crate) roles: Vec<Role>,
}

/// What was learned of some tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(crate) classes: Vec<Class>,
    /// For each comparison the chances by level for one customer.
    pub(crate) same: Vec<Table>,
    /// For each comparison the chances by level for two drawn at random.
    pub(crate) chance: Vec<Table>,
    /// Tables of relations that have their own, as they were expected; which comparison each is for.
    pub(crate) own: Vec<Table>,
    /// What `same` was before anything was learned.
    before: Vec<Table>,
    /// For each comparison how often two drawn at random share a term.
    pub(crate) collisions: Vec<f64>,
    /// How often the e-mail addresses of two namesakes who have nothing to do with each other differ only in digits:
    /// people make their address from their name.
    pub(crate) namesakes: f64,
    naming: Naming,
}

/// Which comparisons are of names, and which of e-mail addresses: the second often follow from the first.
#[derive(Debug, Clone, PartialEq, Default)]
struct Naming {
    names: Vec<(usize, usize)>,
    emails: Vec<usize>,
}

/// What [`Model::namesakes`] is before anything was learned.
pub(crate) const NAMESAKES: f64 = 0.02;

/// How likely a pair is one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// From 0 to 1.
    pub probability: f64,
    /// The binary logarithm of its odds.
    pub weight: f64,
    /// What the two most likely have to do with each other.
    pub relation: Relation,
    /// How many independent things speak for one customer.
    pub witnesses: u8,
}

/// The most a share or a chance is trusted to be small.
const LEAST: f64 = 1e-9;

/// What was learned, as numbers.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Figures {
    shares: Vec<f64>,
    same: Vec<Table>,
    chance: Vec<Table>,
    collisions: Vec<f64>,
    namesakes: f64,
}

impl Model {
    pub(crate) fn figures(&self) -> Figures {
        Figures {
            shares: self.classes.iter().map(|class| class.share).collect(),
            same: self.same.clone(),
            chance: self.chance.clone(),
            collisions: self.collisions.clone(),
            namesakes: self.namesakes,
        }
    }

    /// The model of a plan with these numbers; `None` when they are of another plan.
    pub(crate) fn from_figures(plan: &crate::Plan, figures: Figures) -> Option<Model> {
        let mut model = Model::expected(&Records::new(plan.clone()));
        let sizes = |tables: &[Table]| tables.iter().map(Vec::len).collect::<Vec<_>>();
        let fits = model.classes.len() == figures.shares.len()
            && sizes(&model.same) == sizes(&figures.same)
            && sizes(&model.chance) == sizes(&figures.chance)
            && model.collisions.len() == figures.collisions.len();
        if !fits {
            return None;
        }
        for (class, share) in model.classes.iter_mut().zip(figures.shares) {
            class.share = share;
        }
        model.same = figures.same;
        model.chance = figures.chance;
        model.collisions = figures.collisions;
        model.namesakes = figures.namesakes;
        Some(model)
    }

    /// What is expected before anything was learned.
    pub(crate) fn expected(records: &Records) -> Model {
        let comparisons = records.plan().comparisons();
        let mut model = Model {
            classes: Vec::new(),
            same: comparisons.iter().map(|c| usual(c.measure)).collect(),
            chance: comparisons.iter().map(|c| by_chance(c.measure)).collect(),
            own: Vec::new(),
            before: comparisons.iter().map(|c| usual(c.measure)).collect(),
            collisions: (0..comparisons.len()).map(|place| records.collision(place)).collect(),
            namesakes: NAMESAKES,
            naming: Naming::of(comparisons),
        };
        let has = |part: Part| comparisons.iter().any(|c| c.part == part);
        let places = comparisons.iter().filter(|c| c.part == Part::Place).count();
        let named = comparisons
            .iter()
            .any(|c| matches!(c.kind, Kind::Person | Kind::Family | Kind::Given | Kind::Reading));
        for relation in Relation::ALL {
            let there = match relation {
                Relation::Same | Relation::Unrelated => true,
                Relation::Moved => 1 < places,
                Relation::Household => named && (0 < places || has(Part::Reach)),
                Relation::Neighbour => 0 < places,
                Relation::Colleague => named && has(Part::Company),
                Relation::Branch => has(Part::Company),
                Relation::OtherJob => named && has(Part::Company),
            };
            if there {
                let roles = comparisons.iter().map(|c| role(relation, c, &mut model.own)).collect();
                model.classes.push(Class { relation, share: 0.0, roles });
            }
        }
        model
    }

    /// What was expected of a comparison before anything was learned.
    pub(crate) fn expected_same(&self, comparison: usize) -> &Table {
        &self.before[comparison]
    }

    /// Judges a pair.
    pub(crate) fn judge(&self, records: &Records, agreement: &Agreement) -> Judged {
        let (mut same, mut other) = (0.0_f64, 0.0_f64);
        let mut best = (Relation::Unrelated, -1.0);
        let chances = self.chances(records, agreement);
        for class in &self.classes {
            let likely = self.likely(class, agreement, &chances);
            if class.relation.is_same() {
                same += likely;
            } else {
                other += likely;
            }
            if best.1 < likely {
                best = (class.relation, likely);
            }
        }
        let (same, other) = (same.max(f64::MIN_POSITIVE), other.max(f64::MIN_POSITIVE));
        Judged {
            probability: same / (same + other),
            weight: (same / other).log2(),
            relation: best.0,
            witnesses: self.witnesses(records, agreement, &chances),
        }
    }

    /// For each comparison the chance that two drawn at random agree as this pair does, the frequency of what they
    /// share taken into account.
    pub(crate) fn chances(&self, records: &Records, agreement: &Agreement) -> [f64; MOST] {
        let mut chances = [1.0; MOST];
        for (place, chance) in self.chance.iter().enumerate() {
            let level = agreement.levels[place];
            if level == 0 {
                continue;
            }
            let plain = chance[level as usize - 1];
            if self.follows_from_name(place, |place| agreement.levels[place]) {
                chances[place] = self.namesakes;
                continue;
            }
            let term = agreement.terms[place];
            chances[place] = if term == NO_TERM {
                plain
            } else {
                let scale = records.frequency(place, term) / self.collisions[place].max(LEAST);
                (plain * scale).clamp(LEAST, 0.999)
            };
        }
        chances
    }

    /// Whether the outcome of a comparison is one that a shared name explains: addresses that differ only in digits.
    pub(crate) fn follows_from_name(&self, place: usize, level: impl Fn(usize) -> u8) -> bool {
        level(place) == ONLY_DIGITS
            && self.naming.emails.contains(&place)
            && self.naming.share_a_name(level)
    }

    /// The e-mail comparisons of two who share a name, with their levels.
    pub(crate) fn addresses_of_namesakes(&self, level: impl Fn(usize) -> u8 + Copy) -> Vec<u8> {
        if !self.naming.share_a_name(level) {
            return Vec::new();
        }
        self.naming.emails.iter().map(|place| level(*place)).filter(|level| *level != 0).collect()
    }

    /// The share of a class times the chance of what was seen in it.
    pub(crate) fn likely(
        &self,
        class: &Class,
        agreement: &Agreement,
        chances: &[f64; MOST],
    ) -> f64 {
        let mut likely = class.share;
        for (place, role) in class.roles.iter().enumerate() {
            let level = agreement.levels[place] as usize;
            if level != 0 {
                likely *= match role {
                    Role::Same => self.same[place][level - 1],
                    Role::Chance => chances[place],
                    Role::Own(own) => self.own[*own][level - 1],
                };
            }
        }
        likely
    }

    /// Independent things that speak for one customer: names count once, all that tells of the place counts once.
    fn witnesses(&self, records: &Records, agreement: &Agreement, chances: &[f64; MOST]) -> u8 {
        let mut seen = 0_u16;
        for (place, comparison) in records.plan().comparisons().iter().enumerate() {
            let level = agreement.levels[place] as usize;
            if level == 0 || self.same[place][level - 1] < 4.0 * chances[place] {
                continue;
            }
            let bit = match comparison.kind {
                Kind::Person | Kind::Given | Kind::Family | Kind::Reading => 0,
                Kind::Company | Kind::CompanyReading | Kind::Site => 1,
                Kind::Postal | Kind::Region | Kind::City | Kind::House | Kind::Address => 2,
                Kind::Phone | Kind::Fax => 3,
                Kind::Email | Kind::Website => 4,
                Kind::Birth => 5,
                Kind::CorporateNumber => 6,
                Kind::Code => 7,
                Kind::Choice => continue,
                Kind::Text | Kind::Id | Kind::Ignored => 8,
            };
            seen |= 1 << bit;
        }
        u8::try_from(seen.count_ones()).unwrap_or(u8::MAX)
    }
}

impl Naming {
    fn of(comparisons: &[Comparison]) -> Naming {
        let mut naming = Naming::default();
        for (place, comparison) in comparisons.iter().enumerate() {
            match comparison.kind {
                Kind::Person
                | Kind::Given
                | Kind::Family
                | Kind::Reading
                | Kind::Company
                | Kind::CompanyReading => {
                    naming.names.push((place, comparison.measure.levels().len()));
                }
                Kind::Email => naming.emails.push(place),
                _ => {}
            }
        }
        naming
    }

    /// Whether any name, or a part of one, is shared.
    fn share_a_name(&self, level: impl Fn(usize) -> u8) -> bool {
        self.names.iter().any(|(place, last)| {
            let level = usize::from(level(*place));
            level != 0 && level < *last
        })
    }
}

pub(crate) fn usual(measure: Measure) -> Table {
    let sum: f64 = measure.levels().iter().map(|level| level.usual).sum();
    measure.levels().iter().map(|level| level.usual / sum).collect()
}

/// Two drawn at random are nearly always different.
fn by_chance(measure: Measure) -> Table {
    let n = measure.levels().len();
    (1..=n).map(|level| if level == n { 1.0 - 0.001 * (n - 1) as f64 } else { 0.001 }).collect()
}

fn role(relation: Relation, comparison: &Comparison, own: &mut Vec<Table>) -> Role {
    let mut table = |table: &[f64]| {
        own.push(table.to_vec());
        Role::Own(own.len() - 1)
    };
    let part = comparison.part;
    match (relation, comparison.kind) {
        (Relation::Same, _) => Role::Same,
        (Relation::Unrelated, _) => Role::Chance,
        (Relation::Moved, _) => {
            if part == Part::Place {
                Role::Chance
            } else {
                Role::Same
            }
        }
        (Relation::Household, Kind::Family) => Role::Same,
        (Relation::Household, Kind::Phone | Kind::Fax) => table(&[0.4, 0.02, 0.02, 0.56]),
        (Relation::Household, Kind::Email) => table(&[0.12, 0.01, 0.01, 0.01, 0.05, 0.8]),
        (Relation::Neighbour, Kind::Phone | Kind::Fax) => table(&[0.2, 0.01, 0.09, 0.7]),
        (Relation::Household, Kind::Person | Kind::Reading) => {
            table(&[0.0005, 0.001, 0.0085, 0.9, 0.01, 0.08])
        }
        (Relation::Neighbour | Relation::Household, _) => {
            if part == Part::Place {
                Role::Same
            } else {
                Role::Chance
            }
        }
        (Relation::Colleague, Kind::Phone | Kind::Fax) => table(&[0.6, 0.05, 0.2, 0.15]),
        (Relation::Colleague | Relation::Branch, Kind::Email) => {
            table(&[0.02, 0.02, 0.01, 0.02, 0.78, 0.15])
        }
        (Relation::Colleague, _) => match part {
            Part::Company | Part::Place => Role::Same,
            _ => Role::Chance,
        },
        (Relation::Branch, Kind::Company | Kind::CompanyReading) => {
            table(&[0.2, 0.08, 0.02, 0.01, 0.02, 0.02, 0.25, 0.39, 0.01])
        }
        (Relation::Branch, Kind::CorporateNumber | Kind::Website) => Role::Same,
        (Relation::Branch, _) => Role::Chance,
        (Relation::OtherJob, Kind::Phone) => table(&[0.15, 0.02, 0.03, 0.8]),
        (Relation::OtherJob, Kind::Email) => table(&[0.15, 0.01, 0.01, 0.08, 0.01, 0.74]),
        (Relation::OtherJob, _) => {
            if part == Part::Person {
                Role::Same
            } else {
                Role::Chance
            }
        }
    }
}
