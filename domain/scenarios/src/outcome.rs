//! What came of an approach, and the facts it becomes.

use facts::{
    BadProperty, Calendar, ContactKey, CustomerKey, EventName, Fact, Properties, Timestamp, Value,
    What,
};

use crate::rest::next_morning;

/// What came of turning to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// We talked.
    Connected,
    /// Nobody answered.
    NoAnswer,
    /// They asked to be called again.
    Callback,
    /// A meeting was set (商談化).
    Meeting,
    /// They said no.
    Lost,
    /// It was the wrong person to ask.
    WrongPerson,
    /// Not an approach: the rep put it off.
    Snooze,
}

/// A rep's report on one row of the call list.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// About whom.
    pub customer: CustomerKey,
    /// Who was spoken to.
    pub contact: Option<ContactKey>,
    /// Which sign led to it.
    pub sign: String,
    /// What came of it.
    pub outcome: Outcome,
    /// The rep's words.
    pub note: Option<String>,
    /// Until when to leave the customer alone, when the rep says so.
    pub until: Option<Timestamp>,
    /// Who reports.
    pub rep: String,
    /// The report's own name, so that sending it twice counts once.
    pub id: String,
}

/// Why a report is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReportFault {
    /// Putting off needs to say until when.
    #[error("say until when to put it off, later than now")]
    NeedsUntil,
    /// The note cannot be kept.
    #[error(transparent)]
    Property(#[from] BadProperty),
}

impl Outcome {
    const WORDS: [(&'static str, Outcome); 7] = [
        ("connected", Outcome::Connected),
        ("no_answer", Outcome::NoAnswer),
        ("callback", Outcome::Callback),
        ("meeting", Outcome::Meeting),
        ("lost", Outcome::Lost),
        ("wrong_person", Outcome::WrongPerson),
        ("snooze", Outcome::Snooze),
    ];

    /// The outcome a word names.
    pub fn from_word(word: &str) -> Option<Outcome> {
        Self::WORDS.iter().find(|(name, _)| *name == word).map(|(_, outcome)| *outcome)
    }

    /// The word for it in facts and in the API.
    pub fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, outcome)| *outcome == self)
            .map_or("connected", |(name, _)| name)
    }

    /// Until when a customer is left alone after this outcome, unless the rep names another time.
    pub fn rests_until(self, at: Timestamp, calendar: &Calendar) -> Timestamp {
        match self {
            Outcome::Connected => at.plus(7 * Timestamp::DAY),
            Outcome::NoAnswer | Outcome::Callback | Outcome::WrongPerson | Outcome::Snooze => {
                next_morning(at, calendar)
            }
            Outcome::Meeting => at.plus(30 * Timestamp::DAY),
            Outcome::Lost => at.plus(90 * Timestamp::DAY),
        }
    }
}

impl Report {
    /// The facts of a report made at `now`: the approach, and the meeting when one was set.
    ///
    /// # Errors
    /// [`ReportFault`] when putting off without saying until when, or with a note that cannot be kept.
    pub fn facts(&self, now: Timestamp) -> Result<Vec<Fact>, ReportFault> {
        if self.outcome == Outcome::Snooze && self.until.is_none_or(|until| until <= now) {
            return Err(ReportFault::NeedsUntil);
        }
        let mut facts = vec![match self.outcome {
            Outcome::Snooze => self.fact("snoozed", "", now, false)?,
            _ => self.fact("approached", "", now, true)?,
        }];
        if self.outcome == Outcome::Meeting {
            facts.push(self.fact("meeting_set", "/meeting", now, false)?);
        }
        Ok(facts)
    }

    fn fact(
        &self,
        name: &str,
        suffix: &str,
        at: Timestamp,
        with_outcome: bool,
    ) -> Result<Fact, ReportFault> {
        let mut pairs = vec![
            ("sign", Value::from(self.sign.as_str())),
            ("rep", Value::from(self.rep.as_str())),
        ];
        if with_outcome {
            pairs.push(("outcome", Value::from(self.outcome.word())));
        }
        if let Some(until) = self.until {
            pairs.push(("until", Value::from(until.to_string())));
        }
        if let Some(note) = self.note.as_deref().map(str::trim).filter(|note| !note.is_empty()) {
            pairs.push(("note", Value::from(note)));
        }
        let name = EventName::new(name).map_err(|_| BadProperty::Name(name.to_owned()))?;
        Ok(Fact {
            customer: self.customer.clone(),
            contact: self.contact.clone(),
            at,
            what: What::Happened { name, properties: Properties::new(pairs)? },
            id: Some(format!("{}{suffix}", self.id)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rest, rest};
    use facts::History;

    fn report(outcome: Outcome, until: Option<Timestamp>) -> Report {
        Report {
            customer: CustomerKey::new("C1").unwrap(),
            contact: None,
            sign: "churn".into(),
            outcome,
            note: Some(" 折り返し希望 ".into()),
            until,
            rep: "佐藤".into(),
            id: "r1".into(),
        }
    }

    #[test]
    fn a_customer_rests_after_an_outcome_and_comes_back() {
        let now = Timestamp::parse("2026-11-20T10:00:00+09:00").unwrap();
        let japan = Calendar::japan();
        let facts = report(Outcome::NoAnswer, None).facts(now).unwrap();
        let history = History::of(facts.iter().map(|fact| (fact, now)));
        let morning = Timestamp::parse("2026-11-21T09:00:00+09:00").unwrap();
        assert_eq!(rest(&history, now, &japan), Some(Rest { since: now, until: morning }));
        assert_eq!(rest(&history, morning, &japan), None);
        assert_eq!(rest(&history, now.minus(1), &japan), None, "not before it happened");
    }

    #[test]
    fn a_meeting_is_a_fact_of_its_own_and_putting_off_needs_an_end() {
        let now = Timestamp::from_millis(0);
        let facts = report(Outcome::Meeting, None).facts(now).unwrap();
        assert_eq!(
            facts.iter().map(|fact| fact.id.as_deref()).collect::<Vec<_>>(),
            [Some("r1"), Some("r1/meeting")]
        );
        assert_eq!(report(Outcome::Snooze, Some(now)).facts(now), Err(ReportFault::NeedsUntil));
    }
}
