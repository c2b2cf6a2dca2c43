//! Conditions about what may not be known: whether one surely holds, and whether it could.
//!
//! The condition language is two-valued, and an attribute that is missing fails every test. For a fit that is too
//! hard: of a prospect little is known. Kleene's three values are told by two conditions of the same language, so that
//! the kernel stays the one evaluator:
//!
//! ```text
//!   surely    ⊆  the condition  ⊆  possibly
//!   met: surely       not met: not possibly       unknown: possibly and not surely
//! ```

use condition::{
    Condition, EventPattern, Events, HowMany, Leaf, Mention, NumberTest, Operand, Test, Window,
};

/// A condition told twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twofold {
    /// Holds whatever the unknown facts are.
    pub surely: Condition,
    /// Holds for some value of the unknown facts.
    pub possibly: Condition,
}

/// The events in which somebody writes about a customer: with none of them, no topic can have come up.
pub(crate) const TEXTS: [&str; 4] = ["reported", "inquired", "mail_received", Mention::EVENT];

/// The two conditions of one. What of behaviour is not recorded has not happened; attributes, topics, contacts and what
/// models say may be unknown. `is_sign` tells the names of signs, whose strength is always known.
pub fn twofold(condition: &Condition, is_sign: &dyn Fn(&str) -> bool) -> Twofold {
    let both = |parts: &[Condition]| -> (Vec<Condition>, Vec<Condition>) {
        let parts = parts.iter().map(|part| twofold(part, is_sign));
        parts.map(|part| (part.surely, part.possibly)).unzip()
    };
    match condition {
        Condition::All(parts) => {
            let (surely, possibly) = both(parts);
            Twofold { surely: Condition::All(surely), possibly: Condition::All(possibly) }
        }
        Condition::Any(parts) => {
            let (surely, possibly) = both(parts);
            Twofold { surely: Condition::Any(surely), possibly: Condition::Any(possibly) }
        }
        Condition::Not(inner) => {
            let Twofold { surely, possibly } = twofold(inner, is_sign);
            Twofold { surely: not(possibly), possibly: not(surely) }
        }
        Condition::Company(inner) => {
            let Twofold { surely, possibly } = twofold(inner, is_sign);
            let company = |inner| Condition::Company(Box::new(inner));
            Twofold { surely: company(surely), possibly: company(possibly) }
        }
        Condition::Contacts { how_many, satisfies } => {
            contacts(*how_many, &twofold(satisfies, is_sign))
        }
        Condition::Points { parts, .. } => {
            // Weights may be negative: the sum is known when every part is.
            let known = parts.iter().map(|(_, part)| {
                let Twofold { surely, possibly } = twofold(part, is_sign);
                Condition::Any(vec![surely, not(possibly)])
            });
            when_known(condition, known.collect())
        }
        Condition::Some { .. } => always_known(condition),
        Condition::Leaf(leaf) => when_known(condition, needed(leaf, is_sign)),
    }
}

/// The two conditions of one that is known exactly when another one holds.
pub(crate) fn known_when(condition: &Condition, known: &Condition) -> Twofold {
    when_known(condition, vec![known.clone()])
}

fn when_known(condition: &Condition, known: Vec<Condition>) -> Twofold {
    if known.is_empty() {
        return always_known(condition);
    }
    let unknown = known.iter().cloned().map(not);
    let possibly = Condition::Any(std::iter::once(condition.clone()).chain(unknown).collect());
    let surely = Condition::All(known.into_iter().chain([condition.clone()]).collect());
    Twofold { surely, possibly }
}

fn always_known(condition: &Condition) -> Twofold {
    Twofold { surely: condition.clone(), possibly: condition.clone() }
}

fn not(condition: Condition) -> Condition {
    match condition {
        Condition::Not(inner) => *inner,
        other => Condition::Not(Box::new(other)),
    }
}

/// What must be known for a leaf to say anything.
fn needed(leaf: &Leaf, is_sign: &dyn Fn(&str) -> bool) -> Vec<Condition> {
    match leaf {
        Leaf::Mentioned(_) => vec![Condition::Any(TEXTS.map(happened).to_vec())],
        Leaf::Score { id, .. } if !is_sign(id) => vec![exists(&format!("score:{id}"))],
        _ => attributes(leaf).into_iter().map(exists).collect(),
    }
}

/// The attributes without which a leaf says nothing.
pub(crate) fn attributes(leaf: &Leaf) -> Vec<&str> {
    match leaf {
        Leaf::Attribute { key, test } => {
            let mut keys = vec![];
            if !is_about_being_there(test) {
                keys.push(key.as_str());
                beside(test, &mut keys);
            }
            keys
        }
        Leaf::Held { key, .. } => vec![key],
        Leaf::Status(status) => vec![&status.key],
        Leaf::Count { .. }
        | Leaf::Measure { .. }
        | Leaf::First { .. }
        | Leaf::Last { .. }
        | Leaf::Trend(_)
        | Leaf::Rhythm(_)
        | Leaf::Sequence(_)
        | Leaf::Regularly(_)
        | Leaf::Ratio(_)
        | Leaf::Segment(_)
        | Leaf::Stayed(_)
        | Leaf::Tagged(_)
        | Leaf::Listed(_)
        | Leaf::Mentioned(_)
        | Leaf::Random(_)
        | Leaf::Score { .. }
        | Leaf::Rank(_)
        | Leaf::Known(_) => vec![],
    }
}

fn is_about_being_there(test: &Test) -> bool {
    match test {
        Test::Exists => true,
        Test::Not(inner) => is_about_being_there(inner),
        _ => false,
    }
}

/// The attributes on the right side of a test.
fn beside<'t>(test: &'t Test, keys: &mut Vec<&'t str>) {
    let mut add = |operand: &'t Operand| {
        if let Operand::Attribute { key, .. } = operand {
            keys.push(key);
        }
    };
    match test {
        Test::Is(operand) => add(operand),
        Test::Number(
            NumberTest::AtLeast(one)
            | NumberTest::AtMost(one)
            | NumberTest::MoreThan(one)
            | NumberTest::LessThan(one)
            | NumberTest::Exactly(one),
        ) => add(one),
        Test::Number(NumberTest::Between(low, high)) => {
            add(low);
            add(high);
        }
        Test::Not(inner) => beside(inner, keys),
        _ => {}
    }
}

fn exists(key: &str) -> Condition {
    Condition::Leaf(Leaf::Attribute { key: key.to_owned(), test: Test::Exists })
}

fn happened(name: &str) -> Condition {
    count(EventPattern::Exact(name.to_owned()), 1)
}

fn count(name: EventPattern, least: u32) -> Condition {
    let events = Events { name, filters: vec![] };
    let test = NumberTest::AtLeast(least);
    Condition::Leaf(Leaf::Count { events, test, window: Window::Always })
}

/// What contacts satisfy; with no contact known, nothing is known of them.
fn contacts(how_many: HowMany, inner: &Twofold) -> Twofold {
    let of = |how_many, inner: &Condition| Condition::Contacts {
        how_many,
        satisfies: Box::new(inner.clone()),
    };
    let anybody = of(HowMany::Any, &count(EventPattern::Prefix(String::new()), 0));
    // "None of them" turns the two sides round.
    let (sure, open) = match how_many {
        HowMany::None => (&inner.possibly, &inner.surely),
        HowMany::Any | HowMany::All | HowMany::AtLeast(_) => (&inner.surely, &inner.possibly),
    };
    let surely = Condition::All(vec![anybody.clone(), of(how_many, sure)]);
    let possibly = Condition::Any(vec![of(how_many, open), not(anybody)]);
    Twofold { surely, possibly }
}
