//! A firm of any size from a seed: customers of very different activity, twelve kinds of event over two years.

use facts::{CustomerKey, EventName, Fact, Properties, Timestamp, Value, What};

/// The instant at which everything is evaluated.
pub(crate) const NOW: Timestamp = Timestamp::from_millis(1_793_491_200_000);

/// The kinds of event and how often each comes, of a hundred.
pub(crate) const EVENTS: [(&str, u64); 12] = [
    ("login", 26),
    ("page_viewed", 32),
    ("document_downloaded", 4),
    ("mail_opened", 10),
    ("mail_clicked", 4),
    ("purchased", 6),
    ("inquired", 3),
    ("trial_started", 1),
    ("feature_used", 9),
    ("meeting_held", 1),
    ("cart_added", 3),
    ("seminar_registered", 1),
];

/// A small seeded generator (splitmix64, Steele, Lea and Flood 2014).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.roll()) * u128::from(n)) >> 64) as u64
    }
}

/// What a customer is called.
pub(crate) fn key(customer: u32) -> CustomerKey {
    named(format!("C{customer:07}"), CustomerKey::new)
}

fn named<T, E: std::fmt::Debug>(text: String, make: impl Fn(&str) -> Result<T, E>) -> T {
    match make(&text) {
        Ok(made) => made,
        Err(fault) => unreachable!("`{text}` is a good name: {fault:?}"),
    }
}

/// The attributes of every customer.
pub(crate) fn customers(n: u32) -> impl Iterator<Item = Fact> {
    const PLANS: [&str; 5] = ["free", "starter", "standard", "premium", "none"];
    const INDUSTRIES: [&str; 6] = ["製造", "小売", "情報", "建設", "医療", "教育"];
    let mut dice = Dice::new(7);
    (0..n).map(move |customer| {
        let at = NOW.minus((dice.below(900) as i64 + 1) * Timestamp::DAY);
        let pairs = [
            ("plan", Value::from(PLANS[dice.below(5) as usize])),
            ("industry", Value::from(INDUSTRIES[dice.below(6) as usize])),
            ("employees", Value::from(dice.below(2_000) as i64 + 1)),
        ];
        Fact {
            customer: key(customer),
            contact: None,
            at,
            what: What::Became(packed(&pairs)),
            id: None,
        }
    })
}

/// Events of all customers in the order of their times over two years; activity falls off with the square root of
/// the customer's place, and eight of a hundred customers have none.
pub(crate) fn events(customers: u32, n: u64) -> impl Iterator<Item = Fact> {
    let mut dice = Dice::new(11);
    let span = 730 * Timestamp::DAY;
    (0..n).map(move |place| {
        let customer = loop {
            // The square of an even draw gives the skew.
            let draw = dice.below(1 << 20);
            let customer = ((u128::from(draw * draw) * u128::from(customers)) >> 40) as u32;
            if customer % 25 > 1 {
                break customer;
            }
        };
        let at =
            NOW.minus(span).plus((i128::from(span) * i128::from(place) / i128::from(n)) as i64);
        let mut kind = dice.below(100);
        let name = EVENTS.iter().find(|(_, share)| {
            let found = kind < *share;
            kind = kind.saturating_sub(*share);
            found
        });
        let name = name.map_or("login", |(name, _)| name);
        let item = Value::from(format!("i{:03}", dice.below(200)));
        let properties = match name {
            "purchased" => {
                packed(&[("item", item), ("amount", Value::from(500 + dice.below(40_000) as i64))])
            }
            "login" => Properties::default(),
            _ => packed(&[("item", item)]),
        };
        let name = named(name.to_owned(), EventName::new);
        Fact {
            customer: key(customer),
            contact: None,
            at,
            what: What::Happened { name, properties },
            id: Some(format!("e{place}")),
        }
    })
}

fn packed(pairs: &[(&str, Value)]) -> Properties {
    match Properties::new(pairs.iter().cloned()) {
        Ok(properties) => properties,
        Err(fault) => unreachable!("these properties are short and few: {fault}"),
    }
}
