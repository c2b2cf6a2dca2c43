//! Reads the leaves of a condition.

use super::reader::{Fields, Reader, Spot, short};
use crate::{
    EventPattern, Events, FaultKind, Leaf, Measure, Measured, Rhythm, Sequence, Share, Step, Test,
    Trend, TrendTest,
};
use facts::Decimal;

/// Every measure by the word that names it.
pub(crate) const MEASURES: [(&str, Measure); 7] = [
    ("count", Measure::Count),
    ("sum", Measure::Sum),
    ("average", Measure::Average),
    ("least", Measure::Least),
    ("most", Measure::Most),
    ("distinct", Measure::Distinct),
    ("days", Measure::Days),
];

/// The word that names a measure.
pub(super) fn measure_word(measure: Measure) -> &'static str {
    MEASURES.iter().find(|(_, named)| *named == measure).map_or("count", |(word, _)| word)
}

impl Reader {
    pub(super) fn attribute(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let key = fields.take("attribute").and_then(|spot| self.name(&spot));
        let held = fields.take("held");
        let test = self.test(fields);
        let Some(held) = held else {
            return Some(Leaf::Attribute { key: key?, test: test? });
        };
        let how_long = self.held(&held);
        let (at_least, length) = how_long?;
        match test? {
            Test::Is(crate::Operand::Value(value)) => {
                Some(Leaf::Held { key: key?, value, at_least, length })
            }
            _ => {
                self.fault(&held.path, FaultKind::Needs("is"));
                None
            }
        }
    }

    pub(super) fn held(&mut self, spot: &Spot<'_>) -> Option<(bool, crate::Length)> {
        let mut fields = self.object(spot)?;
        let (at_least, less_than) = (fields.take("at_least"), fields.take("less_than"));
        self.no_more(&fields);
        match (at_least, less_than) {
            (Some(spot), None) => self.length(&spot).map(|length| (true, length)),
            (None, Some(spot)) => self.length(&spot).map(|length| (false, length)),
            _ => {
                self.fault(&spot.path, FaultKind::OneComparison);
                None
            }
        }
    }

    pub(super) fn pattern(&mut self, spot: &Spot<'_>) -> Option<EventPattern> {
        let name = self.name(spot)?;
        Some(match name.strip_suffix('*') {
            Some(prefix) => EventPattern::Prefix(prefix.to_owned()),
            None => EventPattern::Exact(name),
        })
    }

    pub(super) fn events(&mut self, fields: &mut Fields<'_>, key: &'static str) -> Option<Events> {
        let name = match fields.take(key) {
            Some(spot) => self.pattern(&spot),
            None => {
                self.fault(fields.path(), FaultKind::Needs(key));
                None
            }
        };
        let filters = self.filters(fields, "where");
        Some(Events { name: name?, filters: filters? })
    }

    pub(super) fn count(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let events = self.events(fields, "event");
        let test = self.how_often(fields);
        let window = self.window(fields);
        Some(Leaf::Count { events: events?, test: test?, window: window? })
    }

    pub(super) fn measure(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let measured = self.measured(fields);
        let test = match fields.take("is") {
            Some(spot) => self.measured_test(&spot, Reader::decimal),
            None => {
                self.fault(fields.path(), FaultKind::Needs("is"));
                None
            }
        };
        let window = self.window(fields);
        Some(Leaf::Measure { measured: measured?, test: test?, window: window? })
    }

    pub(super) fn measured(&mut self, fields: &mut Fields<'_>) -> Option<Measured> {
        let measure = match fields.take("measure") {
            Some(spot) => self.measure_named(&spot),
            None => Some(Measure::Count),
        };
        let of = fields.take("of").map(|spot| self.name(&spot));
        let events = self.events(fields, "event");
        let measure = measure?;
        let of = match (of, measure) {
            // Events and days are counted, whatever they carry.
            (of, Measure::Count | Measure::Days) => {
                if let Some(name) = of {
                    name?;
                }
                String::new()
            }
            (Some(name), _) => name?,
            (None, _) => {
                self.fault(fields.path(), FaultKind::Needs("of"));
                return None;
            }
        };
        Some(Measured { measure, of, events: events? })
    }

    /// A measure in an object of its own.
    pub(super) fn measured_in(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<Measured> {
        let Some(spot) = fields.take(key) else {
            self.fault(fields.path(), FaultKind::Needs(key));
            return None;
        };
        let mut inner = self.object(&spot)?;
        let measured = self.measured(&mut inner);
        self.no_more(&inner);
        measured
    }

    fn measure_named(&mut self, spot: &Spot<'_>) -> Option<Measure> {
        let word = self.text(spot)?;
        let measure = MEASURES.iter().find(|(name, _)| *name == word).map(|(_, measure)| *measure);
        if measure.is_none() {
            let allowed = MEASURES.map(|(name, _)| name).join(", ");
            self.fault(&spot.path, FaultKind::Word { written: short(word), allowed });
        }
        measure
    }

    pub(super) fn first(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let events = self.events(fields, "first");
        let window = self.window(fields);
        let if_none = self.if_none(fields);
        Some(Leaf::First { events: events?, window: window?, if_none: if_none? })
    }

    /// The word `last` heads this leaf, so its rolling window is written `in_last`.
    pub(super) fn last(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let name = fields.take("last").and_then(|spot| self.pattern(&spot));
        let has = self.filters(fields, "has");
        let window = match fields.take("in_last") {
            Some(spot) => self.length(&spot).map(crate::Window::Last),
            None => self.window_but_last(fields),
        };
        let if_none = self.if_none(fields);
        Some(Leaf::Last { name: name?, has: has?, window: window?, if_none: if_none? })
    }

    /// The answer where there is no such event at all.
    fn if_none(&mut self, fields: &mut Fields<'_>) -> Option<bool> {
        let Some(spot) = fields.take("if_none") else { return Some(false) };
        let answer = spot.json.as_bool();
        if answer.is_none() {
            self.fault(&spot.path, FaultKind::Shape("true or false"));
        }
        answer
    }

    fn window_but_last(&mut self, fields: &mut Fields<'_>) -> Option<crate::Window> {
        match fields.take("window") {
            Some(spot) => {
                let mut inner = self.object(&spot)?;
                let window = self.window(&mut inner);
                self.no_more(&inner);
                window
            }
            None => Some(crate::Window::Always),
        }
    }

    pub(super) fn trend(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let measured = self.measured_in(fields, "trend");
        let now = self.window_field(fields, "now");
        let before = self.window_field(fields, "before");
        let test = match fields.take("is") {
            Some(spot) => self.trend_test(&spot),
            None => {
                self.fault(fields.path(), FaultKind::Needs("is"));
                None
            }
        };
        let base = match fields.take("base_at_least") {
            Some(spot) => self.decimal(&spot),
            None => Some(Decimal::ONE),
        };
        Some(Leaf::Trend(Trend {
            measured: measured?,
            now: now?,
            before: before?,
            test: test?,
            base_at_least: base?,
        }))
    }

    pub(super) fn window_field(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
    ) -> Option<crate::Window> {
        let Some(spot) = fields.take(key) else {
            self.fault(fields.path(), FaultKind::Needs(key));
            return None;
        };
        let mut inner = self.object(&spot)?;
        let window = self.window(&mut inner);
        self.no_more(&inner);
        window
    }

    fn trend_test(&mut self, spot: &Spot<'_>) -> Option<TrendTest> {
        let mut fields = self.object(spot)?;
        let (most, least) = (fields.take("at_most"), fields.take("at_least"));
        self.no_more(&fields);
        let (side, at_most) = match (most, least) {
            (Some(side), None) => (side, true),
            (None, Some(side)) => (side, false),
            _ => {
                self.fault(&spot.path, FaultKind::OneComparison);
                return None;
            }
        };
        let mut inner = self.object(&side)?;
        let (percent, plus) = (inner.take("percent"), inner.take("plus"));
        self.no_more(&inner);
        match (percent, plus) {
            (Some(spot), None) => {
                let share = Share { percent: self.decimal(&spot)? };
                Some(if at_most { TrendTest::AtMost(share) } else { TrendTest::AtLeast(share) })
            }
            (None, Some(spot)) => {
                let difference = self.decimal(&spot)?;
                Some(if at_most {
                    TrendTest::AtMostPlus(difference)
                } else {
                    TrendTest::AtLeastPlus(difference)
                })
            }
            _ => {
                self.fault(&side.path, FaultKind::OneComparison);
                None
            }
        }
    }

    pub(super) fn rhythm(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let events = self.events(fields, "rhythm");
        let overdue_by = match fields.take("overdue_by") {
            Some(spot) => {
                let by = self
                    .decimal(&spot)
                    .filter(|by| Decimal::ZERO < *by && *by <= Decimal::ONE_THOUSAND);
                if by.is_none() {
                    self.fault(&spot.path, FaultKind::Number(short(&spot.json.to_string())));
                }
                by
            }
            None => Some(Decimal::ONE),
        };
        let gaps = match fields.take("gaps_at_least") {
            Some(spot) => self.whole(&spot, 1_000),
            None => Some(2),
        };
        let default_gap = self.maybe(fields, "default_gap", Reader::default_gap);
        Some(Leaf::Rhythm(Rhythm {
            events: events?,
            overdue_by: overdue_by?,
            gaps_at_least: gaps?.max(1),
            default_gap: default_gap?,
        }))
    }

    pub(super) fn sequence(&mut self, fields: &mut Fields<'_>) -> Option<Leaf> {
        let spot = fields.take("sequence")?;
        let spots = self.list(&spot)?;
        let steps: Vec<Option<Step>> = spots.iter().map(|spot| self.step(spot)).collect();
        let window = self.window(fields);
        let never_between = self.maybe(fields, "never_between", Reader::these);
        let never_since = self.maybe(fields, "never_since", Reader::these);
        let then_no = self.maybe(fields, "then_no", Reader::none_for);
        let steps: Option<Vec<Step>> = steps.into_iter().collect();
        let mut steps = steps?.into_iter();
        let Some(first) = steps.next() else {
            self.fault(&spot.path, FaultKind::Empty);
            return None;
        };
        if first.within.is_some() {
            self.fault(&format!("{}/0/within", spot.path), FaultKind::UnknownKey("within".into()));
        }
        Some(Leaf::Sequence(Sequence {
            first: first.events,
            then: steps.collect(),
            window: window?,
            never_between: never_between?,
            never_since: never_since?,
            then_no: then_no?,
        }))
    }

    /// What an option reads, `Some(None)` when it was not written.
    pub(super) fn maybe<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        read: impl Fn(&mut Reader, &Spot<'_>) -> Option<T>,
    ) -> Option<Option<T>> {
        match fields.take(key) {
            Some(spot) => read(self, &spot).map(Some),
            None => Some(None),
        }
    }

    fn step(&mut self, spot: &Spot<'_>) -> Option<Step> {
        let mut fields = self.object(spot)?;
        let events = self.events(&mut fields, "event");
        let within = self.maybe(&mut fields, "within", Reader::length);
        self.no_more(&fields);
        Some(Step { events: events?, within: within? })
    }

    fn these(&mut self, spot: &Spot<'_>) -> Option<Events> {
        let mut fields = self.object(spot)?;
        let events = self.events(&mut fields, "event");
        self.no_more(&fields);
        events
    }

    fn none_for(&mut self, spot: &Spot<'_>) -> Option<(Events, crate::Length)> {
        let mut fields = self.object(spot)?;
        let events = self.events(&mut fields, "event");
        let length = match fields.take("for") {
            Some(spot) => self.length(&spot),
            None => {
                self.fault(&spot.path, FaultKind::Needs("for"));
                None
            }
        };
        self.no_more(&fields);
        Some((events?, length?))
    }
}
