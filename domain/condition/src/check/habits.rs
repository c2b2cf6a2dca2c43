//! Reads leaves about habits: regularly, ratio, topics, and the default gap of a rhythm.

use facts::Decimal;
use serde_json::Value as Json;

use super::reader::{Fields, Reader, Spot, short};
use crate::{DefaultGap, FaultKind, Leaf, Mention, NumberTest, Ratio, Regularly};

impl Reader {
    pub(super) fn regularly(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        /// More periods than anybody looks back on.
        const MOST_PERIODS: u32 = 1_000;
        let events = self.events(fields, "regularly");
        let every = self.needed(fields, "every", Reader::length);
        let periods =
            self.needed(fields, "periods", |reader, spot| reader.at_least_one(spot, MOST_PERIODS));
        let in_at_least = match fields.take("in_at_least") {
            Some(spot) => self.at_least_one(&spot, periods.unwrap_or(MOST_PERIODS)),
            None => periods,
        };
        let count = self.how_often(fields);
        Some(Leaf::Regularly(Regularly {
            events: events?,
            every: every?,
            periods: periods?,
            in_at_least: in_at_least?,
            count: count?,
        }))
    }

    pub(super) fn ratio(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let above = self.measured_in(fields, "ratio");
        let below = self.measured_in(fields, "over");
        let percent = self
            .needed(fields, "percent", |reader, spot| reader.measured_test(spot, Reader::decimal));
        let base = match fields.take("base_at_least") {
            Some(spot) => self.decimal(&spot),
            None => Some(Decimal::ONE),
        };
        let window = self.window(fields);
        Some(Leaf::Ratio(Ratio {
            above: above?,
            below: below?,
            percent: percent?,
            base_at_least: base?,
            window: window?,
        }))
    }

    pub(super) fn mentions(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let topics = fields.take("mentions").and_then(|spot| match spot.json {
            Json::Array(_) => {
                let topics = self.list(&spot)?;
                if topics.is_empty() {
                    self.fault(&spot.path, FaultKind::Empty);
                    return None;
                }
                let read: Vec<_> = topics.iter().map(|topic| self.name(topic)).collect();
                read.into_iter().collect()
            }
            _ => self.name(&spot).map(|topic| vec![topic]),
        });
        let test = self.how_often(fields);
        let window = self.window(fields);
        Some(Leaf::Mentioned(Mention { topics: topics?, test: test?, window: window? }))
    }

    /// The test of a count; at least one when none was written.
    pub(super) fn how_often(&mut self, fields: &mut Fields<'_>) -> Option<NumberTest<u32>> {
        match fields.take("count") {
            Some(spot) => {
                self.measured_test(&spot, |reader, spot| reader.whole(spot, 1_000_000_000))
            }
            None => Some(NumberTest::AtLeast(1)),
        }
    }

    /// A length, or the attribute or property that says how many days.
    pub(super) fn default_gap(&mut self, spot: &Spot<'_>) -> Option<DefaultGap> {
        match spot.json {
            Json::String(_) => return self.length(spot).map(DefaultGap::Length),
            Json::Object(_) => {}
            _ => {
                self.fault(&spot.path, FaultKind::Shape("a length or an object"));
                return None;
            }
        }
        let mut fields = self.object(spot)?;
        let (attribute, property) = (fields.take("attribute"), fields.take("property"));
        let or = self.maybe(&mut fields, "else", Reader::length);
        self.no_more(&fields);
        match (attribute, property) {
            (Some(key), None) => {
                let key = self.name(&key);
                Some(DefaultGap::Attribute { key: key?, or: or? })
            }
            (None, Some(name)) => {
                let name = self.name(&name);
                Some(DefaultGap::Property { name: name?, or: or? })
            }
            _ => {
                self.fault(&spot.path, FaultKind::Needs("attribute"));
                None
            }
        }
    }

    /// What stands under a key that must be there.
    pub(super) fn needed<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        read: impl Fn(&mut Reader, &Spot<'_>) -> Option<T>,
    ) -> Option<T> {
        match fields.take(key) {
            Some(spot) => read(self, &spot),
            None => {
                self.fault(fields.path(), FaultKind::Needs(key));
                None
            }
        }
    }

    /// A whole number from 1 to `most`.
    pub(super) fn at_least_one(&mut self, spot: &Spot<'_>, most: u32) -> Option<u32> {
        let number = self.whole(spot, most)?;
        if number == 0 {
            self.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
            return None;
        }
        Some(number)
    }
}
