//! Who is where now, and when to look again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use facts::Timestamp;
use roaring::RoaringBitmap;
use signs::Strength;

use crate::{Rules, Verdict};

/// Memberships, carried signs and timers of all customers under one set of rules.
///
/// Invariant: every customer's next lapse stands in `timers` exactly once.
#[derive(Debug)]
pub struct Engine {
    known: RoaringBitmap,
    segments: Vec<RoaringBitmap>,
    carriers: Vec<BTreeMap<u32, Carrying>>,
    timers: BTreeSet<(Timestamp, u32)>,
    lapses: HashMap<u32, Timestamp>,
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
    /// When it was noticed, which for a lapse is when it became true.
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

impl Engine {
    /// Nobody is placed yet.
    pub fn new(rules: &Rules) -> Engine {
        Engine {
            known: RoaringBitmap::new(),
            segments: vec![RoaringBitmap::new(); rules.segments().len()],
            carriers: vec![BTreeMap::new(); rules.signs().len()],
            timers: BTreeSet::new(),
            lapses: HashMap::new(),
        }
    }

    /// Takes over what the rules said of a customer at `now`, and tells what changed.
    pub fn place(&mut self, customer: u32, verdict: &Verdict, now: Timestamp) -> Vec<Change> {
        set(&mut self.known, customer, verdict.known);
        self.set_timer(customer, verdict.lapses_at);
        let mut changes = vec![];
        let mut tell =
            |what: What, entered: bool| changes.push(Change { customer, what, entered, at: now });
        for (number, members) in self.segments.iter_mut().enumerate() {
            let number = number as u32;
            let is_in = verdict.segments.binary_search(&number).is_ok();
            if set(members, customer, is_in) {
                tell(What::Segment(number), is_in);
            }
        }
        for (number, carriers) in self.carriers.iter_mut().enumerate() {
            let number = number as u32;
            let carried = verdict.signs.iter().find(|(sign, _, _)| *sign == number);
            match (carried, carriers.get(&customer).copied()) {
                (Some((_, strength, _)), Some(before)) => {
                    carriers
                        .insert(customer, Carrying { strength: *strength, since: before.since });
                }
                (Some((_, strength, since)), None) => {
                    carriers.insert(
                        customer,
                        Carrying { strength: *strength, since: since.unwrap_or(now) },
                    );
                    tell(What::Sign(number), true);
                }
                (None, Some(_)) => {
                    carriers.remove(&customer);
                    tell(What::Sign(number), false);
                }
                (None, None) => {}
            }
        }
        changes
    }

    /// The customers whose verdict has lapsed at `now`, earliest first. They stay due until they are placed again.
    pub fn due(&self, now: Timestamp, most: usize) -> Vec<u32> {
        self.timers
            .iter()
            .take_while(|(at, _)| *at <= now)
            .take(most)
            .map(|(_, customer)| *customer)
            .collect()
    }

    /// When the next verdict lapses.
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.timers.first().map(|(at, _)| *at)
    }

    /// When a customer's verdict lapses.
    pub fn lapses_at(&self, customer: u32) -> Option<Timestamp> {
        self.lapses.get(&customer).copied()
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

    fn set_timer(&mut self, customer: u32, lapses_at: Option<Timestamp>) {
        let before = match lapses_at {
            Some(at) => self.lapses.insert(customer, at),
            None => self.lapses.remove(&customer),
        };
        if let Some(before) = before {
            self.timers.remove(&(before, customer));
        }
        if let Some(at) = lapses_at {
            self.timers.insert((at, customer));
        }
    }
}

/// Puts a customer in or takes one out; whether that changed anything.
fn set(members: &mut RoaringBitmap, customer: u32, is_in: bool) -> bool {
    if is_in { members.insert(customer) } else { members.remove(customer) }
}
