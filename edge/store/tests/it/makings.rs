//! Facts to test with.

use facts::{ContactKey, CustomerKey, EventName, Fact, Properties, Timestamp, Value, What};
use store::Batch;

pub(crate) const NOW: i64 = 1_795_219_200_000;

pub(crate) fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(NOW + millis)
}

pub(crate) fn customer(key: &str) -> CustomerKey {
    CustomerKey::new(key).unwrap()
}

pub(crate) fn event(key: &str, name: &str, millis: i64, id: Option<&str>) -> Fact {
    Fact {
        customer: customer(key),
        contact: None,
        at: at(millis),
        what: What::Happened {
            name: EventName::new(name).unwrap(),
            properties: Properties::new([
                ("page", Value::from(format!("/{name}/{}", millis.rem_euclid(7)))),
                ("amount", Value::from(millis.rem_euclid(1000))),
            ])
            .unwrap(),
        },
        id: id.map(str::to_owned),
    }
}

pub(crate) fn became(key: &str, millis: i64, values: &[(&str, Value)]) -> Fact {
    Fact {
        what: What::Became(Properties::new(values.iter().cloned()).unwrap()),
        ..event(key, "x", millis, None)
    }
}

pub(crate) fn of_contact(contact: &str, fact: Fact) -> Fact {
    Fact { contact: Some(ContactKey::new(contact).unwrap()), ..fact }
}

pub(crate) fn batch(source: &str, facts: Vec<Fact>) -> Batch {
    Batch { source: source.into(), label: "".into(), received_at: at(0), old: false, facts }
}

/// How many times to try: as many as usual, or as often as `KIZASHI_TRIALS` says.
pub(crate) fn trials(usual: u64) -> u64 {
    let given = std::env::var("KIZASHI_TRIALS").ok();
    given.map_or(usual, |given| given.parse().unwrap()).max(usual)
}

/// A source of chance that repeats for a seed (splitmix64).
#[derive(Clone)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub(crate) fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    /// Any fact: few customers and ids, so that they meet.
    pub(crate) fn fact(&mut self) -> Fact {
        let key = format!("C{}", self.below(12));
        let millis = self.below(100_000) as i64 - 90_000;
        let id = (!self.one_in(4)).then(|| format!("id{}", self.below(400)));
        let mut fact = match self.below(4) {
            0 => {
                let address = format!("P{}@Example.JP", self.below(20));
                let plan = ["free", "pro", ""][self.below(3) as usize];
                match self.below(3) {
                    0 => became(&key, millis, &[("email", address.into()), ("plan", plan.into())]),
                    1 => became(&key, millis, &[("age", Value::from(self.below(90) as i64))]),
                    _ => became(&key, millis, &[]),
                }
            }
            n => event(&key, ["", "login", "page_viewed", "purchased"][n as usize], millis, None),
        };
        fact.id = id;
        if self.one_in(3) { of_contact(&format!("K{}", self.below(9)), fact) } else { fact }
    }

    pub(crate) fn facts(&mut self, most: u64) -> Vec<Fact> {
        (0..1 + self.below(most)).map(|_| self.fact()).collect()
    }
}
