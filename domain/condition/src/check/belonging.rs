//! Reads leaves about belonging and place: statuses, stays in segments, contacts, points, scores, shares and ranks.

use facts::{Decimal, Value};
use serde_json::Value as Json;

use super::reader::{Fields, Reader, Spot, short};
use crate::{
    Condition, FaultKind, HowMany, Leaf, RandomShare, Rank, Status, StatusTest, StayTest, Stayed,
    Top, Window,
};

impl Reader {
    /// Another segment: being in it, or since when.
    pub(super) fn segment(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let id = fields.take("segment").and_then(|spot| self.segment_id(&spot));
        let entered = self.maybe(fields, "entered", Reader::some_window);
        let left = self.maybe(fields, "left", Reader::some_window);
        let held = self.maybe(fields, "held", Reader::held);
        let tests = [
            entered?.map(StayTest::Entered),
            left?.map(StayTest::Left),
            held?.map(|(at_least, length)| match at_least {
                true => StayTest::AtLeast(length),
                false => StayTest::LessThan(length),
            }),
        ];
        let mut tests = tests.into_iter().flatten();
        match (tests.next(), tests.next()) {
            (None, _) => id.map(Leaf::Segment),
            (Some(test), None) => Some(Leaf::Stayed(Stayed { segment: id?, test })),
            (Some(_), Some(_)) => {
                self.fault(fields.path(), FaultKind::OneComparison);
                None
            }
        }
    }

    /// A window in an object of its own.
    fn some_window(&mut self, spot: &Spot<'_>) -> Option<Window> {
        let mut fields = self.object(spot)?;
        let window = self.window(&mut fields);
        self.no_more(&fields);
        window
    }

    pub(super) fn status(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let key = fields.take("status").and_then(|spot| self.name(&spot));
        let order = self.needed(fields, "order", Reader::order);
        let rose = self.maybe(fields, "rose", Reader::some_window);
        let fell = self.maybe(fields, "fell", Reader::some_window);
        let mut place = |reader: &mut Reader, key: &'static str| match fields.take(key) {
            Some(spot) => reader.placed(&spot, order.as_deref()).map(Some),
            None => Some(None),
        };
        let at_least = place(self, "at_least");
        let at_most = place(self, "at_most");
        let tests = [
            rose?.map(StatusTest::Rose),
            fell?.map(StatusTest::Fell),
            at_least?.map(StatusTest::AtLeast),
            at_most?.map(StatusTest::AtMost),
        ];
        let mut tests = tests.into_iter().flatten();
        match (tests.next(), tests.next()) {
            (Some(test), None) => Some(Leaf::Status(Status { key: key?, order: order?, test })),
            _ => {
                self.fault(fields.path(), FaultKind::OneComparison);
                None
            }
        }
    }

    /// The values of a status from the lowest to the highest.
    fn order(&mut self, spot: &Spot<'_>) -> Option<Vec<Value>> {
        let spots = self.list(spot)?;
        if spots.is_empty() {
            self.fault(&spot.path, FaultKind::Empty);
            return None;
        }
        let read: Vec<Option<Value>> = spots.iter().map(|spot| self.value(spot)).collect();
        let order: Vec<Value> = read.into_iter().collect::<Option<_>>()?;
        for (place, value) in order.iter().enumerate() {
            // A number and the text that spells it are one value.
            if order[..place].iter().any(|earlier| earlier.to_string() == value.to_string()) {
                self.fault(&spots[place].path, FaultKind::Twice(short(&value.to_string())));
                return None;
            }
        }
        Some(order)
    }

    /// A value that has a place in the order.
    fn placed(&mut self, spot: &Spot<'_>, order: Option<&[Value]>) -> Option<Value> {
        let value = self.value(spot)?;
        let order = order?;
        if order.contains(&value) {
            return Some(value);
        }
        let allowed: Vec<String> = order.iter().map(Value::to_string).collect();
        let written = short(&value.to_string());
        self.fault(&spot.path, FaultKind::Word { written, allowed: allowed.join(", ") });
        None
    }

    pub(super) fn random(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let salt = fields.take("random").and_then(|spot| self.name(&spot));
        let share = self.needed(fields, "percent", Reader::of_a_million);
        let from = match fields.take("from_percent") {
            Some(spot) => self.of_a_million(&spot),
            None => Some(0),
        };
        let (share, from) = (share?, from?);
        if share == 0 || RandomShare::PLACES < share + from {
            self.fault(&format!("{}/percent", fields.path()), FaultKind::EmptyShare);
            return None;
        }
        Some(Leaf::Random(RandomShare { salt: salt?, share, from }))
    }

    /// A percentage with at most four digits after the point, as so many of a million.
    fn of_a_million(&mut self, spot: &Spot<'_>) -> Option<u32> {
        let percent = self.decimal(spot)?;
        let fits = (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&percent)
            && percent.normalize().scale() <= 4;
        if !fits {
            self.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
            return None;
        }
        u32::try_from((percent * Decimal::from(10_000)).normalize().mantissa()).ok()
    }

    pub(super) fn score(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let id = fields.take("score").and_then(|spot| self.name(&spot));
        let test =
            self.needed(fields, "is", |reader, spot| reader.measured_test(spot, Reader::decimal));
        Some(Leaf::Score { id: id?, test: test? })
    }

    pub(super) fn rank(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let measured = self.measured_in(fields, "rank");
        let (count, percent) = (fields.take("top"), fields.take("top_percent"));
        let top = match (count, percent) {
            (Some(spot), None) => self.at_least_one(&spot, 1_000_000_000).map(Top::Count),
            (None, Some(spot)) => self.percent(&spot).map(Top::Percent),
            _ => {
                self.fault(fields.path(), FaultKind::Needs("top"));
                None
            }
        };
        let among = self.maybe(fields, "among", Reader::segment_id);
        let window = self.window(fields);
        Some(Leaf::Rank(Rank { measured: measured?, window: window?, top: top?, among: among? }))
    }

    /// A percentage above 0, at most 100.
    fn percent(&mut self, spot: &Spot<'_>) -> Option<Decimal> {
        let percent = self.decimal(spot)?;
        if percent <= Decimal::ZERO || Decimal::ONE_HUNDRED < percent {
            self.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
            return None;
        }
        Some(percent)
    }

    pub(super) fn contacts(&mut self, fields: &mut Fields<'_>) -> Option<Condition> {
        let how_many = fields.take("contacts").and_then(|spot| self.how_many(&spot));
        let satisfies = self.needed(fields, "satisfies", Reader::condition);
        Some(Condition::Contacts { how_many: how_many?, satisfies: Box::new(satisfies?) })
    }

    fn how_many(&mut self, spot: &Spot<'_>) -> Option<HowMany> {
        match spot.json {
            Json::String(word) => match word.as_str() {
                "any" => Some(HowMany::Any),
                "all" => Some(HowMany::All),
                "none" => Some(HowMany::None),
                _ => {
                    let allowed = "any, all, none, {at_least: 2}".to_owned();
                    self.fault(&spot.path, FaultKind::Word { written: short(word), allowed });
                    None
                }
            },
            Json::Object(_) => {
                let mut fields = self.object(spot)?;
                let n = self.needed(&mut fields, "at_least", |reader, spot| {
                    reader.at_least_one(spot, 1_000_000)
                });
                self.no_more(&fields);
                n.map(HowMany::AtLeast)
            }
            _ => {
                self.fault(&spot.path, FaultKind::Shape("a word or an object"));
                None
            }
        }
    }

    pub(super) fn points(&mut self, fields: &mut Fields<'_>) -> Option<Condition> {
        let parts = fields.take("points").and_then(|spot| {
            let spots = self.list(&spot)?;
            if spots.is_empty() {
                self.fault(&spot.path, FaultKind::Empty);
            }
            // No early return: each part must have the chance to report its faults.
            let read: Vec<_> = spots.iter().map(|part| self.weighed(part)).collect();
            read.into_iter().collect::<Option<Vec<_>>>()
        });
        let test =
            self.needed(fields, "is", |reader, spot| reader.measured_test(spot, Reader::decimal));
        Some(Condition::Points { parts: parts?, test: test? })
    }

    fn weighed(&mut self, spot: &Spot<'_>) -> Option<(i32, Condition)> {
        let mut fields = self.object(spot)?;
        let weight = self.needed(&mut fields, "weight", |reader, spot| {
            let weight = spot.json.as_i64().filter(|weight| weight.abs() <= 1_000_000);
            if weight.is_none() {
                reader.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
            }
            weight.map(|weight| weight as i32)
        });
        let when = self.needed(&mut fields, "when", Reader::condition);
        self.no_more(&fields);
        Some((weight?, when?))
    }
}
