//! Random histories near the instants at which clocks, months and years are hard.

use facts::{
    Calendar, ContactKey, CustomerKey, EventName, Fact, Properties, Timestamp, Value, Weekday, What,
};
use jiff::{ToSpan, civil::Date};

use crate::{
    conditions::{EVENTS, LENGTHS, PAGES, PLANS, STAGES, TOPICS},
    dice::Dice,
    drivers::Told,
    obvious::Almanac,
};

/// Where and about when a history happens.
pub(crate) struct Setting {
    pub(crate) calendar: Calendar,
    pub(crate) almanac: Almanac,
    /// The hard instant everything is near to.
    pub(crate) center: Timestamp,
    /// Local days around it.
    pub(crate) days: Vec<Date>,
    pub(crate) name: String,
}

/// Zones with an instant in each at which something is hard.
const PLACES: [(&str, &str); 18] = [
    ("Asia/Tokyo", "2026-03-31T15:00:00Z"),
    ("Asia/Tokyo", "2025-12-31T15:00:00Z"),
    ("Asia/Tokyo", "2024-02-29T03:00:00Z"),
    ("Asia/Tokyo", "2026-09-30T15:00:00Z"),
    ("America/New_York", "2026-03-08T07:00:00Z"),
    ("America/New_York", "2026-11-01T06:00:00Z"),
    ("America/New_York", "2026-03-31T07:00:00Z"),
    ("America/New_York", "2026-05-01T04:00:00Z"),
    // The whole of December 30 is missing.
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    // Midnight is missing, and midnight comes twice.
    ("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
    ("America/Havana", "2026-11-01T05:00:00Z"),
    ("Asia/Beirut", "2026-10-24T21:00:00Z"),
    // The clock goes back from 00:01 to 23:01 of the day before.
    ("America/St_Johns", "2010-11-07T02:31:00Z"),
    // Half an hour.
    ("Australia/Lord_Howe", "2026-04-04T15:00:00Z"),
    ("Europe/London", "2026-10-25T01:00:00Z"),
    ("UTC", "2026-02-28T00:00:00Z"),
    ("UTC", "2028-02-29T00:00:00Z"),
    ("UTC", "2026-06-15T12:00:00Z"),
];

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

impl Setting {
    pub(crate) fn any(dice: &mut Dice) -> Setting {
        let (zone, center) = dice.pick(&PLACES);
        let weekday = if dice.once_in(2) { 0 } else { dice.below(7) };
        let month = if dice.once_in(2) { 4 } else { dice.between(1, 12) };
        let calendar = Calendar::new(zone)
            .unwrap()
            .with_first_weekday(WEEKDAYS[weekday])
            .with_first_fiscal_month(month as u8);
        let almanac = Almanac::new(zone, weekday as i64, month);
        let center = Timestamp::parse(center).unwrap();
        let today = almanac.date(center);
        let days = [-400, -366, -365, -31, -7, -2, -1, 0, 1, 2, 7, 31]
            .map(|away: i32| today.saturating_add(away.days()))
            .to_vec();
        let name = format!("{zone} near {center}, weeks from {weekday}, years from month {month}");
        Setting { calendar, almanac, center, days, name }
    }

    /// An instant near the hard one: often on an edge, sometimes shared by many.
    pub(crate) fn instant(&self, dice: &mut Dice) -> Timestamp {
        let hours = match dice.below(6) {
            0 => dice.between(-3, 3),
            1 | 2 => dice.between(-60, 60),
            3 => dice.between(-24 * 35, 24 * 20),
            4 => 24 * dice.between(-90, 30),
            _ => 24 * 7 * dice.between(-5, 3),
        };
        let off = match dice.below(6) {
            0 => -1,
            1 => 1,
            2 => dice.between(-40, 40) * Timestamp::MINUTE,
            _ => 0,
        };
        self.center.plus(hours * Timestamp::HOUR + off)
    }

    fn date_text(&self, dice: &mut Dice) -> Value {
        let day = dice.pick(&self.days);
        match dice.below(6) {
            0 => Value::from(self.instant(dice).to_string()),
            1 => Value::from(format!("{day}T07:30:00")),
            2 => Value::Missing,
            3 => Value::from(day.saturating_sub(dice.between(18, 40).years()).to_string()),
            4 => Value::from(dice.pick(&["2000-02-29", "1996-02-29", "2024-02-29"])),
            _ => Value::from(day.to_string()),
        }
    }

    fn fact(&self, dice: &mut Dice, at: Timestamp) -> Fact {
        let contact = dice.pick(&[None, None, Some("p1"), Some("p2")]);
        let what = if dice.once_in(4) {
            What::Became(self.attributes(dice))
        } else {
            let name = match dice.below(6) {
                0 => condition::Mention::EVENT,
                _ => dice.pick(&EVENTS),
            };
            let properties = self.particulars(dice, name);
            What::Happened { name: EventName::new(name).unwrap(), properties }
        };
        // Attributes of contacts are not the customer's own.
        let contact = contact.filter(|_| matches!(what, What::Happened { .. }) || dice.once_in(2));
        Fact {
            customer: CustomerKey::new("c").unwrap(),
            contact: contact.map(|key| ContactKey::new(key).unwrap()),
            at,
            what,
            id: dice.once_in(3).then(|| format!("id{}", dice.below(6))),
        }
    }

    /// What a customer is said to be at first: something of everything.
    fn profile(&self, dice: &mut Dice) -> Properties {
        let mut pairs = vec![("plan", one_of(dice, &PLANS))];
        pairs.extend(["seats", "limit"].map(|key| (key, some_number(dice))));
        pairs.extend(["due", "born"].map(|key| (key, self.date_text(dice))));
        Properties::new(pairs).unwrap()
    }

    fn attributes(&self, dice: &mut Dice) -> Properties {
        let mut pairs = vec![];
        for _ in 0..dice.between(0, 2) {
            let pair = match dice.below(9) {
                0 | 1 => ("plan", one_of(dice, &PLANS)),
                2 => ("seats", some_number(dice)),
                3 => ("limit", some_number(dice)),
                4 => ("score:model", some_number(dice)),
                5 => (dice.pick(&["tag:vip", "list:expo"]), yes_or_no(dice)),
                6 | 7 => ("stage", one_of(dice, &STAGES)),
                _ => (dice.pick(&["due", "born"]), self.date_text(dice)),
            };
            pairs.push(pair);
        }
        Properties::new(pairs).unwrap()
    }

    fn particulars(&self, dice: &mut Dice, name: &str) -> Properties {
        let mut pairs = vec![];
        if name == condition::Mention::EVENT {
            pairs.push((condition::Mention::TOPIC, one_of(dice, &TOPICS)));
            pairs.push((condition::Mention::NEGATED, yes_or_no(dice)));
        }
        if !dice.once_in(4) {
            pairs.push(("page", one_of(dice, &PAGES)));
        }
        if !dice.once_in(4) {
            pairs.push(("amount", some_number(dice)));
        }
        if dice.once_in(3) {
            pairs.push(("vip", Value::from(dice.once_in(2))));
        }
        if dice.once_in(4) {
            pairs.push(("day", self.date_text(dice)));
        }
        Properties::new(pairs).unwrap()
    }

    /// Facts of one customer: some late, some from the future, some of equal times, some sent twice.
    pub(crate) fn told(&self, dice: &mut Dice) -> Vec<Told> {
        let mut told: Vec<Told> = vec![];
        for _ in 0..dice.pick(&[3, 6, 9, 12, 15, 18]) {
            let at = match told.last() {
                Some(before) if dice.once_in(4) => before.fact.at,
                // Exactly a length after another, where it is decided which end is out.
                Some(before) if dice.once_in(4) => {
                    let length = condition::Length::parse(dice.pick(&LENGTHS)).unwrap();
                    before.fact.at.plus(length.millis)
                }
                _ => self.instant(dice),
            };
            let received = match dice.below(6) {
                0 => at.plus(dice.between(0, 90) * Timestamp::HOUR),
                1 => at.minus(dice.between(0, 90) * Timestamp::HOUR),
                _ => at,
            };
            told.push(Told { fact: self.fact(dice, at), received });
        }
        if !dice.once_in(4) {
            let at = self.center.plus(dice.between(-60, 2) * Timestamp::DAY);
            let what = What::Became(self.profile(dice));
            let fact = Fact { contact: None, id: None, at, what, ..told[0].fact.clone() };
            told.push(Told { fact, received: at });
        }
        told
    }
}

fn one_of(dice: &mut Dice, texts: &[&str]) -> Value {
    if dice.once_in(6) { Value::Missing } else { Value::from(dice.pick(texts)) }
}

fn yes_or_no(dice: &mut Dice) -> Value {
    match dice.below(4) {
        0 => Value::from("true"),
        1 => Value::Missing,
        2 => Value::from(false),
        _ => Value::from(true),
    }
}

fn some_number(dice: &mut Dice) -> Value {
    match dice.below(6) {
        0 => Value::from("4"),
        1 => Value::from("abc"),
        2 => Value::from(facts::Decimal::new(dice.between(-30, 70), 1)),
        _ => Value::from(dice.between(0, 6)),
    }
}
