//! Leaves about habits, belonging and place: regularly, ratio, statuses, stays, topics, shares and ranks.

use facts::{Decimal, Value};

use crate::{Events, Length, Measured, NumberTest, SegmentId, Window};

/// Something happens so often in at least so many of the last periods.
///
/// ```text
///   (t - 3P, t - 2P]   (t - 2P, t - P]   (t - P, t]        three periods of the length P
///   ────────●━━━━━━━━━━━━━━━━●━━━━━━━━━━━━━━━●──▶ t
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regularly {
    /// Which events.
    pub events: Events,
    /// The length P of a period.
    pub every: Length,
    /// How many periods are looked at, counted back from `t`; at least 1.
    pub periods: u32,
    /// In how many of them the count must pass; at least 1, at most `periods`.
    pub in_at_least: u32,
    /// The test of the number of events in one period.
    pub count: NumberTest<u32>,
}

/// A measure as a share of another in the same window; compared by multiplying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    /// What stands above the line.
    pub above: Measured,
    /// What stands below the line.
    pub below: Measured,
    /// The test of the share, in percent.
    pub percent: NumberTest<Decimal>,
    /// The least measure below the line; with less, or with nothing there, the leaf fails.
    pub base_at_least: Decimal,
    /// Where to look, for both.
    pub window: Window,
}

/// The gap assumed for a customer with too few gaps of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefaultGap {
    /// The same for everybody.
    Length(Length),
    /// So many days as an attribute says; the other one where it says no positive number.
    Attribute {
        /// The attribute.
        key: String,
        /// What stands in for it.
        or: Option<Length>,
    },
    /// So many days as a property of the last event says, which may come from its product or category.
    Property {
        /// The property.
        name: String,
        /// What stands in for it.
        or: Option<Length>,
    },
}

/// A place in an order of statuses. A status is an attribute with an order, and not a deal's stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The attribute.
    pub key: String,
    /// Its values from the lowest to the highest, at least one, each once. Other values have no place.
    pub order: Vec<Value>,
    /// What is asked.
    pub test: StatusTest,
}

/// What is asked of a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusTest {
    /// It went up in the window, from its last value with a place to a higher one.
    Rose(Window),
    /// It went down in the window.
    Fell(Window),
    /// It is this one or a higher one.
    AtLeast(Value),
    /// It is this one or a lower one.
    AtMost(Value),
}

/// When a customer came into another segment or went out of it, by its definition at every instant of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stayed {
    /// The other segment.
    pub segment: SegmentId,
    /// What is asked.
    pub test: StayTest,
}

/// What is asked of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StayTest {
    /// In now, and came in then.
    Entered(Window),
    /// Out now, and went out then.
    Left(Window),
    /// In now and, without a break, for at least so long.
    AtLeast(Length),
    /// In now, but for less than so long.
    LessThan(Length),
}

/// Topics of the dictionary that came up, not denied, in a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Any of these topics; at least one.
    pub topics: Vec<String>,
    /// The test of how often.
    pub test: NumberTest<u32>,
    /// Where to look.
    pub window: Window,
}

impl Mention {
    /// The event that tells of a mention, and its properties.
    pub const EVENT: &'static str = "mentioned";
    /// The property that names the topic.
    pub const TOPIC: &'static str = "topic";
    /// The property that is true where the topic was denied (「値上げの話は出ていない」).
    pub const NEGATED: &'static str = "negated";
}

/// A stable random share of all customers: those whose place among a million, by a hash of salt and key, lies in
/// `[from, from + share)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RandomShare {
    /// The salt; it belongs to the split and stays when anything is renamed.
    pub salt: String,
    /// How many of a million are in.
    pub share: u32,
    /// How many of a million lie before them.
    pub from: u32,
}

impl RandomShare {
    /// All places there are.
    pub const PLACES: u32 = 1_000_000;

    /// The place of a key among a million: FNV-1a over the salt, a zero byte and the key, stirred by the finishing
    /// step of SplitMix64, then scaled down. Written out here so that it stays the same for ever.
    pub fn place(&self, key: &str) -> u32 {
        let bytes = self.salt.bytes().chain([0]).chain(key.bytes());
        let mut hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^= hash >> 31;
        ((u128::from(hash) * u128::from(RandomShare::PLACES)) >> 64) as u32
    }

    /// Whether a key is in.
    pub fn holds(&self, key: &str) -> bool {
        let place = self.place(key);
        self.from <= place && place < self.from + self.share
    }
}

/// Among the first by a measure. Where the cut lies is found over all members of a base and given to the kernel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// What is measured.
    pub measured: Measured,
    /// Where to look.
    pub window: Window,
    /// How many are in.
    pub top: Top,
    /// Among the members of this segment; among all known customers when none is named.
    pub among: Option<SegmentId>,
}

/// How many of the first are in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Top {
    /// So many; at least 1.
    Count(u32),
    /// So many of a hundred; above 0, at most 100.
    Percent(Decimal),
}

/// How many contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HowMany {
    /// At least one.
    Any,
    /// Every one, and there is one.
    All,
    /// None of them; also where there is no contact.
    None,
    /// At least so many; at least 1.
    AtLeast(u32),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(salt: &str) -> RandomShare {
        RandomShare { salt: salt.into(), share: 500_000, from: 0 }
    }

    /// Worked out by hand from the definitions of FNV-1a and SplitMix64, in another language.
    #[test]
    fn places_are_what_the_written_hash_says() {
        let place = |salt: &str, key: &str| half(salt).place(key);
        assert_eq!(place("spring", "C-1"), 944_031);
        assert_eq!(place("spring", "C-2"), 961_000);
        assert_eq!(place("autumn", "C-1"), 858_490);
        assert_eq!(place("a", "顧客"), 656_610);
    }

    #[test]
    fn a_share_is_near_its_size_and_two_salts_are_independent() {
        let keys: Vec<String> = (0..20_000).map(|n| format!("C{n:06}")).collect();
        let count = |holds: &dyn Fn(&str) -> bool| keys.iter().filter(|key| holds(key)).count();
        let (a, b) = (half("a"), half("b"));
        // Four standard deviations of a fair draw.
        assert!(count(&|key| a.holds(key)).abs_diff(10_000) < 283);
        assert!(count(&|key| a.holds(key) && b.holds(key)).abs_diff(5_000) < 245);
        let rest = RandomShare { from: 500_000, ..a.clone() };
        assert!(keys.iter().all(|key| a.holds(key) != rest.holds(key)));
    }
}
