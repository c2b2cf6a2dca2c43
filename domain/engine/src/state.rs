//! Who is where now, and when to look again.

use std::collections::{BTreeMap, BTreeSet};

use facts::{Fact, Timestamp};
use kernel::{Question, Working};
use roaring::RoaringBitmap;
use signs::Strength;

use crate::{
    Answers, Rules, Sheet, Wanted,
    lapses::{LOOK, Lapse, Lapses},
    rows::Rows,
};

/// Answers, memberships, carried signs and timers of all customers under one set of rules.
///
/// Invariant: every customer's next lapse stands in `timers` exactly once.
#[derive(Debug)]
pub struct Engine {
    pub(crate) known: RoaringBitmap,
    pub(crate) rows: Rows,
    /// The same as `segments`, by customer: whoever decides about one asks for many segments.
    pub(crate) memberships: Rows,
    pub(crate) segments: Vec<RoaringBitmap>,
    pub(crate) carriers: Vec<BTreeMap<u32, Carrying>>,
    timers: BTreeSet<(Timestamp, u32)>,
    /// By customer number.
    pub(crate) lapses: Vec<Lapses>,
}

/// How a customer carries a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carrying {
    /// How strong it is.
    pub strength: Strength,
    /// Since when it is carried without a break.
    pub since: Timestamp,
}

/// One change of what holds for a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Who, by number.
    pub customer: u32,
    /// Of what.
    pub what: What,
    /// True: from now on; false: no longer.
    pub entered: bool,
    /// When it became true: for a lapse that instant, for a fact the instant at which it was judged.
    pub at: Timestamp,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Membership of a segment, by number.
    Segment(u32),
    /// A sign, by number.
    Sign(u32),
}

/// When the host wants to look at a customer again, for reasons of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As it wanted before.
    AsBefore,
    /// Then; or not.
    At(Option<Timestamp>),
}

/// What answers mean for one customer: decided, and not yet done.
#[derive(Debug, Clone)]
pub struct Placement {
    /// Who, by number.
    pub customer: u32,
    /// When the answers were read.
    pub at: Timestamp,
    /// What changes.
    pub changes: Vec<Change>,
    /// Whether a sign is carried afterwards.
    pub carries: bool,
    known: bool,
    turned: Vec<(Question, bool)>,
    signs: Vec<(u32, Option<Carrying>)>,
    lapses: NewLapses,
}

/// How the lapses of a customer change.
#[derive(Debug, Clone)]
enum NewLapses {
    /// All of them are new.
    Anew(Lapses),
    /// Those of the questions asked, rising, make room for others.
    Exchange { asked: Vec<Question>, coming: Vec<Lapse> },
}

impl Engine {
    /// Nobody is placed yet.
    pub fn new(rules: &Rules) -> Engine {
        Engine {
            known: RoaringBitmap::new(),
            rows: Rows::new(rules.questions().n()),
            memberships: Rows::new(rules.segments().len()),
            segments: vec![RoaringBitmap::new(); rules.segments().len()],
            carriers: vec![BTreeMap::new(); rules.signs().len()],
            timers: BTreeSet::new(),
            lapses: vec![],
        }
    }

    /// What to ask of a customer who got new facts.
    pub fn touched<'f>(
        &self,
        rules: &Rules,
        customer: u32,
        facts: impl IntoIterator<Item = &'f Fact>,
        sheet: &mut Sheet,
    ) -> Wanted {
        if !self.known.contains(customer) {
            return Wanted::Everything;
        }
        let row = self.rows.of(customer);
        let answer = |question: Question| row.get(question);
        let mut touched = std::mem::take(&mut sheet.wanted);
        for fact in facts {
            rules.touched(fact, &answer, &mut touched);
        }
        touched.sort_unstable();
        touched.dedup();
        Wanted::These(touched)
    }

    /// What to ask of a customer because it has lapsed at `at`.
    pub fn lapsed(&self, customer: u32, at: Timestamp) -> Wanted {
        let Some(lapses) = self.lapses.get(customer as usize) else { return Wanted::Everything };
        match lapses.lapsed(at) {
            None => Wanted::Everything,
            Some(questions) => Wanted::These(questions.collect()).and(Wanted::nothing()),
        }
    }

    /// Whether the host wanted to look at a customer by `at`, or may have wanted to.
    pub fn wants_look(&self, customer: u32, at: Timestamp) -> bool {
        let Some(lapses) = self.lapses.get(customer as usize) else { return true };
        let (_, beyond) = lapses.all();
        [beyond, lapses.look()].into_iter().flatten().any(|look| look <= at)
    }

    /// What answers mean for a customer. Changes nothing.
    pub fn decide(
        &self,
        rules: &Rules,
        customer: u32,
        answers: &Answers,
        working: &mut Working,
    ) -> Placement {
        let was_known = self.known.contains(customer);
        let (row, memberships) = (self.rows.of(customer), self.memberships.of(customer));
        let before = |question: Question| was_known && row.get(question);
        let mut placement = Placement::new(customer, answers);
        placement.turned.extend(
            answers
                .read
                .iter()
                .filter(|(question, reading)| before(*question) != reading.value)
                .map(|(question, reading)| (*question, reading.value)),
        );
        let touched = match was_known == placement.known {
            true => rules.hang_on(placement.turned.iter().map(|(question, _)| *question)),
            false => rules.everything(),
        };
        let turned = &placement.turned;
        let now = |question: Question| match turned.binary_search_by_key(&question, |one| one.0) {
            Ok(place) => turned[place].1,
            Err(_) => before(question),
        };
        working.begin(rules.plan());
        let mut holds = |root: u32| {
            placement.known && rules.questions().holds(rules.plan(), root, &now, working)
        };
        let mut changes = vec![];
        let mut tell = |what, entered| {
            changes.push(Change { customer, what, entered, at: answers.at });
        };
        for segment in touched.segments {
            let is_in = holds(segment);
            if is_in != memberships.get(segment) {
                tell(What::Segment(segment), is_in);
            }
        }
        let mut signs = vec![];
        for sign in touched.signs {
            let before = self.carriers[sign as usize].get(&customer);
            let since = answers.since.iter().find(|(number, _)| *number == sign);
            let since = before.map(|before| before.since).or(since.map(|(_, since)| *since));
            let carrying = rules.signs()[sign as usize]
                .carried(&mut holds)
                .map(|strength| Carrying { strength, since: since.unwrap_or(answers.at) });
            if before.is_some() != carrying.is_some() {
                tell(What::Sign(sign), carrying.is_some());
            }
            signs.push((sign, carrying));
        }
        let untouched = (0..self.carriers.len())
            .filter(|n| signs.iter().all(|(sign, _)| *sign as usize != *n))
            .any(|n| self.carriers[n].contains_key(&customer));
        placement.carries = untouched || signs.iter().any(|(_, carrying)| carrying.is_some());
        placement.signs = signs;
        placement.changes = changes;
        placement
    }

    /// Takes over what was decided of a customer; nothing of that customer may have been taken over since.
    pub fn place(&mut self, placement: &Placement, look: Look) {
        let customer = placement.customer;
        set(&mut self.known, customer, placement.known);
        if placement.known {
            for (question, answer) in &placement.turned {
                self.rows.set(customer, *question, *answer);
            }
        } else {
            self.rows.clear(customer);
        }
        for change in &placement.changes {
            if let What::Segment(segment) = change.what {
                set(&mut self.segments[segment as usize], customer, change.entered);
                self.memberships.set(customer, segment, change.entered);
            }
        }
        for (sign, carrying) in &placement.signs {
            match carrying {
                Some(carrying) => self.carriers[*sign as usize].insert(customer, *carrying),
                None => self.carriers[*sign as usize].remove(&customer),
            };
        }
        self.set_lapses(placement, look);
    }

    /// The customers of whom something has lapsed at `now` and since when, earliest first. They stay due until they
    /// are placed again.
    pub fn due(&self, now: Timestamp, most: usize) -> Vec<(Timestamp, u32)> {
        self.timers.iter().take_while(|(at, _)| *at <= now).take(most).copied().collect()
    }

    /// When the next answer lapses.
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// When an answer of a customer lapses next.
    pub fn lapses_at(&self, customer: u32) -> Option<Timestamp> {
        self.lapses.get(customer as usize)?.next()
    }

    /// All known customers.
    pub fn known(&self) -> &RoaringBitmap {
        &self.known
    }

    /// The members of a segment.
    pub fn members(&self, segment: usize) -> &RoaringBitmap {
        &self.segments[segment]
    }

    /// Who carries a sign, and how, by customer number.
    pub fn carriers(&self, sign: usize) -> &BTreeMap<u32, Carrying> {
        &self.carriers[sign]
    }

    fn set_lapses(&mut self, placement: &Placement, look: Look) {
        let customer = placement.customer as usize;
        if self.lapses.len() <= customer {
            self.lapses.resize_with(customer + 1, Lapses::default);
        }
        let mut lapses = std::mem::take(&mut self.lapses[customer]);
        let before = lapses.next();
        let looked = lapses.look();
        match &placement.lapses {
            NewLapses::Anew(anew) => lapses = anew.clone(),
            NewLapses::Exchange { asked, coming } => {
                lapses.exchange(asked, coming.iter().copied());
            }
        }
        let looks = match look {
            Look::At(at) => at,
            Look::AsBefore => looked,
        };
        if looks != lapses.look() {
            let looks = looks.map(|at| Lapse { question: LOOK, at });
            lapses.exchange(&[LOOK], looks.into_iter());
        }
        self.set_timer(placement.customer, before, lapses.next());
        self.lapses[customer] = lapses;
    }

    /// Takes out the lapses of some questions, which are rising, and puts in others.
    pub(crate) fn exchange_lapses(
        &mut self,
        customer: u32,
        asked: &[Question],
        coming: impl Iterator<Item = Lapse>,
    ) {
        let Some(lapses) = self.lapses.get_mut(customer as usize) else { return };
        let mut lapses = std::mem::take(lapses);
        let before = lapses.next();
        lapses.exchange(asked, coming);
        self.set_timer(customer, before, lapses.next());
        self.lapses[customer as usize] = lapses;
    }

    fn set_timer(&mut self, customer: u32, before: Option<Timestamp>, now: Option<Timestamp>) {
        if before == now {
            return;
        }
        if let Some(before) = before {
            self.timers.remove(&(before, customer));
        }
        if let Some(now) = now {
            self.timers.insert((now, customer));
        }
    }

    pub(crate) fn put_lapses(&mut self, customer: u32, lapses: Lapses) {
        if self.lapses.len() <= customer as usize {
            self.lapses.resize_with(customer as usize + 1, Lapses::default);
        }
        self.set_timer(customer, None, lapses.next());
        self.lapses[customer as usize] = lapses;
    }
}

impl Placement {
    fn new(customer: u32, answers: &Answers) -> Placement {
        let coming = answers.read.iter().filter_map(|(question, reading)| {
            Some(Lapse { at: reading.holds_until?, question: *question })
        });
        let lapses = if answers.whole || !answers.known.value {
            NewLapses::Anew(Lapses::anew(coming.collect(), answers.known.holds_until))
        } else {
            let asked = answers.read.iter().map(|(question, _)| *question).collect();
            NewLapses::Exchange { asked, coming: coming.collect() }
        };
        Placement {
            customer,
            at: answers.at,
            changes: vec![],
            carries: false,
            known: answers.known.value,
            turned: vec![],
            signs: vec![],
            lapses,
        }
    }
}

/// Puts a customer in or takes one out; whether that changed anything.
fn set(members: &mut RoaringBitmap, customer: u32, is_in: bool) -> bool {
    if is_in { members.insert(customer) } else { members.remove(customer) }
}
