//! Reads comparisons: of attributes and properties, and of numbers.

use facts::{Decimal, Value};
use serde_json::Value as Json;

use super::reader::{Fields, Reader, Spot, short};
use crate::{AgeTest, DayTest, FaultKind, Filter, MonthTest, NumberTest, Operand, Test};

/// Every comparison of a value by the key that writes it.
const COMPARISONS: [&str; 20] = [
    "is",
    "is_not",
    "in",
    "not_in",
    "contains",
    "does_not_contain",
    "starts_with",
    "ends_with",
    "less_than",
    "at_most",
    "more_than",
    "at_least",
    "between",
    "exists",
    "day_is",
    "day_in",
    "day_in_next",
    "month_is",
    "anniversary_in",
    "age",
];

impl Reader {
    /// The one comparison among the fields.
    pub(super) fn test(&mut self, fields: &mut Fields<'_>) -> Option<Test> {
        let written: Vec<&'static str> =
            COMPARISONS.into_iter().filter(|key| fields.has(key)).collect();
        let spots: Vec<Spot<'_>> =
            COMPARISONS.into_iter().filter_map(|key| fields.take(key)).collect();
        let ([key], [spot]) = (&written[..], &spots[..]) else {
            self.fault(fields.path(), FaultKind::OneComparison);
            return None;
        };
        match *key {
            "is" => self.operand(spot).map(Test::Is),
            "is_not" => self.operand(spot).map(Test::Is).map(not),
            "in" => self.values(spot).map(Test::In),
            "not_in" => self.values(spot).map(Test::In).map(not),
            "contains" => self.some_text(spot).map(Test::Contains),
            "does_not_contain" => self.some_text(spot).map(Test::Contains).map(not),
            "starts_with" => self.some_text(spot).map(Test::StartsWith),
            "ends_with" => self.some_text(spot).map(Test::EndsWith),
            "exists" => self.exists(spot),
            "day_is" => self.day(spot).map(Test::Day),
            "day_in" => self.window_within(spot).map(Test::DayIn),
            "day_in_next" => self.length(spot).map(Test::DayInNext),
            "month_is" => self.month(spot).map(Test::Month),
            "anniversary_in" => self.whole(spot, 365).map(|days| Test::Anniversary(days as u16)),
            "age" => self.age(spot).map(Test::Age),
            ordered => self.number_test(ordered, spot, Reader::ordered).map(Test::Number),
        }
    }

    pub(super) fn filters(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<Vec<Filter>> {
        let Some(spot) = fields.take(key) else { return Some(vec![]) };
        // One filter need not be wrapped in a list.
        let spots = if spot.json.is_object() { vec![spot] } else { self.list(&spot)? };
        let read: Vec<Option<Filter>> = spots.iter().map(|spot| self.filter(spot)).collect();
        read.into_iter().collect()
    }

    fn filter(&mut self, spot: &Spot<'_>) -> Option<Filter> {
        let mut fields = self.object(spot)?;
        let property = match fields.take("property") {
            Some(spot) => self.name(&spot),
            None => {
                self.fault(&spot.path, FaultKind::Needs("property"));
                None
            }
        };
        let test = self.test(&mut fields);
        self.no_more(&fields);
        Some(Filter { property: property?, test: test? })
    }

    /// The one comparison of a measured number, such as `{"at_least": 3}`; `exactly` and `is` are the same.
    pub(super) fn measured_test<N: PartialOrd>(
        &mut self,
        spot: &Spot<'_>,
        read: impl Fn(&mut Reader, &Spot<'_>) -> Option<N> + Copy,
    ) -> Option<NumberTest<N>> {
        const KEYS: [&str; 7] =
            ["at_least", "at_most", "more_than", "less_than", "exactly", "is", "between"];
        let mut fields = self.object(spot)?;
        let written: Vec<&'static str> = KEYS.into_iter().filter(|key| fields.has(key)).collect();
        let spots: Vec<Spot<'_>> = KEYS.into_iter().filter_map(|key| fields.take(key)).collect();
        self.no_more(&fields);
        let ([key], [value]) = (&written[..], &spots[..]) else {
            self.fault(&spot.path, FaultKind::OneComparison);
            return None;
        };
        let test = self.number_test(key, value, read)?;
        if let NumberTest::Between(low, high) = &test
            && high < low
        {
            self.fault(&value.path, FaultKind::EmptyWindow);
            return None;
        }
        Some(test)
    }

    fn number_test<N>(
        &mut self,
        key: &str,
        spot: &Spot<'_>,
        read: impl Fn(&mut Reader, &Spot<'_>) -> Option<N>,
    ) -> Option<NumberTest<N>> {
        if key == "between" {
            let ends = self.list(spot)?;
            let [low, high] = &ends[..] else {
                self.fault(&spot.path, FaultKind::Shape("a list of two"));
                return None;
            };
            let (low, high) = (read(self, low), read(self, high));
            return Some(NumberTest::Between(low?, high?));
        }
        let number = read(self, spot)?;
        Some(match key {
            "at_least" => NumberTest::AtLeast(number),
            "at_most" => NumberTest::AtMost(number),
            "more_than" => NumberTest::MoreThan(number),
            "less_than" => NumberTest::LessThan(number),
            _ => NumberTest::Exactly(number),
        })
    }

    pub(super) fn decimal(&mut self, spot: &Spot<'_>) -> Option<Decimal> {
        let number = match spot.json {
            Json::Number(number) => decimal_of(number),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
        }
        number
    }

    pub(super) fn value(&mut self, spot: &Spot<'_>) -> Option<Value> {
        match spot.json {
            Json::Bool(yes) => Some(Value::Bool(*yes)),
            Json::String(text) if !text.is_empty() => Some(Value::text(text.as_str())),
            Json::Number(_) => self.decimal(spot).map(Value::Number),
            _ => {
                self.fault(&spot.path, FaultKind::Shape("a text, a number or true/false"));
                None
            }
        }
    }

    fn values(&mut self, spot: &Spot<'_>) -> Option<Vec<Value>> {
        let spots = self.list(spot)?;
        if spots.is_empty() {
            self.fault(&spot.path, FaultKind::Empty);
            return None;
        }
        let read: Vec<Option<Value>> = spots.iter().map(|spot| self.value(spot)).collect();
        read.into_iter().collect()
    }

    fn operand(&mut self, spot: &Spot<'_>) -> Option<Operand> {
        if !spot.json.is_object() {
            return self.value(spot).map(Operand::Value);
        }
        let mut fields = self.object(spot)?;
        let key = match fields.take("attribute") {
            Some(spot) => self.name(&spot),
            None => {
                self.fault(&spot.path, FaultKind::Needs("attribute"));
                None
            }
        };
        let times = match fields.take("times") {
            Some(spot) => self.decimal(&spot),
            None => Some(Decimal::ONE),
        };
        self.no_more(&fields);
        Some(Operand::Attribute { key: key?, times: times? })
    }

    /// A right side that has an order: a number, a date or another attribute.
    fn ordered(&mut self, spot: &Spot<'_>) -> Option<Operand> {
        let operand = self.operand(spot)?;
        let fits = match &operand {
            Operand::Attribute { .. } | Operand::Value(Value::Number(_)) => true,
            Operand::Value(Value::Text(text)) => {
                text.trim().parse::<Decimal>().is_ok()
                    || text.trim().parse::<jiff::civil::Date>().is_ok()
                    || facts::Timestamp::parse(text).is_ok()
            }
            Operand::Value(Value::Bool(_) | Value::Missing) => false,
        };
        if !fits {
            self.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
        }
        fits.then_some(operand)
    }

    fn some_text(&mut self, spot: &Spot<'_>) -> Option<String> {
        let text = self.text(spot)?;
        if text.is_empty() {
            self.fault(&spot.path, FaultKind::Empty);
            return None;
        }
        Some(text.to_owned())
    }

    fn exists(&mut self, spot: &Spot<'_>) -> Option<Test> {
        match spot.json {
            Json::Bool(true) => Some(Test::Exists),
            Json::Bool(false) => Some(not(Test::Exists)),
            _ => {
                self.fault(&spot.path, FaultKind::Shape("true or false"));
                None
            }
        }
    }

    fn window_within(&mut self, spot: &Spot<'_>) -> Option<crate::Window> {
        let mut fields = self.object(spot)?;
        let window = self.window(&mut fields);
        self.no_more(&fields);
        match window {
            Some(crate::Window::Always) => {
                self.fault(&spot.path, FaultKind::Empty);
                None
            }
            window => window,
        }
    }

    fn day(&mut self, spot: &Spot<'_>) -> Option<DayTest> {
        let word = self.text(spot)?;
        match word {
            "today" => Some(DayTest::Today),
            "yesterday" => Some(DayTest::Yesterday),
            "tomorrow" => Some(DayTest::Tomorrow),
            _ => {
                let allowed = "today, yesterday, tomorrow".to_owned();
                self.fault(&spot.path, FaultKind::Word { written: short(word), allowed });
                None
            }
        }
    }

    fn month(&mut self, spot: &Spot<'_>) -> Option<MonthTest> {
        match spot.json.as_str() {
            Some("this") => return Some(MonthTest::This),
            Some("next") => return Some(MonthTest::Next),
            _ => {}
        }
        match self.whole(spot, 12)? {
            0 => {
                self.fault(&spot.path, FaultKind::Number("0".into()));
                None
            }
            month => Some(MonthTest::Named(month as u8)),
        }
    }

    fn age(&mut self, spot: &Spot<'_>) -> Option<AgeTest> {
        let mut fields = self.object(spot)?;
        let (low, high) = (fields.take("at_least"), fields.take("at_most"));
        self.no_more(&fields);
        if low.is_none() && high.is_none() {
            self.fault(&spot.path, FaultKind::OneComparison);
            return None;
        }
        let mut years = |spot: Option<Spot<'_>>| match spot {
            Some(spot) => self.whole(&spot, 200).map(|years| Some(years as u16)),
            None => Some(None),
        };
        let (low, high) = (years(low), years(high));
        let (at_least, at_most) = (low?, high?);
        if at_least.zip(at_most).is_some_and(|(low, high)| high < low) {
            self.fault(&spot.path, FaultKind::EmptyWindow);
            return None;
        }
        Some(AgeTest { at_least, at_most })
    }
}

fn not(test: Test) -> Test {
    Test::Not(Box::new(test))
}

/// The exact decimal a JSON number spells.
fn decimal_of(number: &serde_json::Number) -> Option<Decimal> {
    let text = number.to_string();
    text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
}
