//! Two years of one person who buys supplies online.

use facts::{Timestamp, Value};

use crate::{
    almanac::Almanac,
    cast::Person,
    dice::Dice,
    ledger::{Ledger, Who},
    supplies::{Forgotten, Need, Shopper, Turn, days, draw_product},
    words::{
        companies::{LEDGER_COLOURS, SHOP_SOURCES},
        people::OCCUPATIONS,
        products::SUPPLIES,
        web::SHOP_CAMPAIGNS,
    },
};

/// How many persons there are.
pub(crate) const PERSONS: usize = 3_000;

/// What kind of shopper a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Habit {
    Usual,
    /// Has only signed up, or only looks.
    Looks,
    /// Stopped at some time.
    Lapsed,
    ForgetsNow,
    ForgotOnce {
        bought: bool,
    },
}

const HABITS: [(Habit, usize); 6] = [
    (Habit::Usual, 1_400),
    (Habit::Looks, 470),
    (Habit::Lapsed, 330),
    (Habit::ForgetsNow, 190),
    (Habit::ForgotOnce { bought: true }, 470),
    (Habit::ForgotOnce { bought: false }, 140),
];

/// One habit for each person.
pub(crate) fn habits(seed: u64) -> Vec<Habit> {
    let mut habits: Vec<Habit> =
        HABITS.iter().flat_map(|(habit, count)| std::iter::repeat_n(*habit, *count)).collect();
    assert!(habits.len() == PERSONS, "every person has one habit");
    Dice::for_purpose(seed, "habits", 0).shuffle(&mut habits);
    habits
}

/// Lives one person's two years.
pub(crate) fn live(
    seed: u64,
    almanac: &Almanac,
    person: &Person,
    place: usize,
    habit: Habit,
    ledger: &mut Ledger,
) -> Option<(usize, Forgotten)> {
    let mut dice = Dice::for_purpose(seed, "shopper", place);
    let known_at = known_at(&mut dice, almanac, habit);
    let who = Who { customer: &person.key, contact: None };
    let consents = dice.chance(0.72);
    become_known(&mut dice, almanac, person, who, known_at, consents, ledger);
    if consents {
        read_mails(&mut dice, almanac, who, known_at, ledger);
    }
    let mut shopper = Shopper { almanac, who, company: false, since: known_at, orders: 0 };
    if habit == Habit::Looks {
        look_around(&mut dice, &shopper, known_at, ledger);
        return None;
    }
    buy(&mut dice, &mut shopper, known_at, habit, ledger)
}

/// Half of them were there before the sample begins; those who will have forgotten something came early enough.
fn known_at(dice: &mut Dice, almanac: &Almanac, habit: Habit) -> Timestamp {
    let early = matches!(habit, Habit::ForgetsNow | Habit::ForgotOnce { .. });
    if dice.chance(if early { 0.9 } else { 0.5 }) {
        return almanac.start().plus(dice.between(6 * 60, 23 * 60) * Timestamp::MINUTE);
    }
    let latest = if early { 500.0 } else { 0.2 };
    almanac.at_home(dice, almanac.days_ago(720.0), almanac.days_ago(latest))
}

fn become_known(
    dice: &mut Dice,
    almanac: &Almanac,
    person: &Person,
    who: Who<'_>,
    at: Timestamp,
    consents: bool,
    ledger: &mut Ledger,
) {
    let age_days = dice.between(21 * 365, 46 * 365) + dice.between(0, 22 * 365);
    let student = if age_days < 27 * 365 { 30 } else { 0 };
    let jobs = [30, 14, 12, 12, 6, 5, 6, 10, 7, 3, 8, student];
    let (occupation, usual) = OCCUPATIONS[dice.weighted(&jobs)];
    let income = (usual as f64 * dice.amid(0.7, 1.6)) as i64 * 10_000;
    let birthday = almanac.date(almanac.now.minus(age_days * Timestamp::DAY));
    let address = &person.address;
    let rep = person.rep.as_deref().map_or(Value::Missing, Value::from);
    let attributes = [
        ("name", Value::from(person.name.written.as_str())),
        ("name_kana", person.name.kana.as_str().into()),
        ("kind", "person".into()),
        ("rep", rep),
        ("postal_code", address.postal.into()),
        ("prefecture", address.prefecture.into()),
        ("city", address.city.into()),
        ("address", address.street.as_str().into()),
        ("phone", address.phone.as_str().into()),
        ("email", person.email.as_str().into()),
        ("birthday", Value::text(birthday.to_string())),
        ("sex", if person.name.woman { "female" } else { "male" }.into()),
        ("occupation", occupation.into()),
        ("annual_income", income.into()),
        ("consent_mail", consents.into()),
        ("source", (*dice.pick(&SHOP_SOURCES)).into()),
        ("ledger_colour", (*dice.pick(&LEDGER_COLOURS)).into()),
    ];
    ledger.became(who, at, attributes);
}

/// Four campaigns a year.
fn read_mails(
    dice: &mut Dice,
    almanac: &Almanac,
    who: Who<'_>,
    known_at: Timestamp,
    ledger: &mut Ledger,
) {
    let opens = dice.amid(0.05, 0.55);
    for day in &almanac.days {
        let date = day.date;
        if date.day() != 5 || date.month() % 3 != 0 || day.start < known_at {
            continue;
        }
        let campaign = SHOP_CAMPAIGNS[(date.month() / 3 - 1) as usize];
        let sent = day.start.plus(18 * Timestamp::HOUR);
        ledger.happened(who, sent, "mail_sent", [("campaign", campaign.into())]);
        if dice.chance(opens) {
            let at = sent.plus(dice.between(4, 2_800) * Timestamp::MINUTE);
            ledger.happened(who, at, "mail_opened", [("campaign", campaign.into())]);
            if dice.chance(0.25) {
                let at = at.plus(dice.between(5, 200) * Timestamp::SECOND);
                ledger.happened(who, at, "mail_clicked", [("campaign", campaign.into())]);
            }
        }
    }
}

/// Looks without buying: a few views, some of them of one product again and again, a cart left behind.
fn look_around(dice: &mut Dice, shopper: &Shopper<'_>, known_at: Timestamp, ledger: &mut Ledger) {
    let now = shopper.almanac.now;
    for _ in 0..dice.long_tailed(0.6, 14.0) as usize {
        let at = shopper.almanac.at_home(dice, known_at, now);
        let product = draw_product(dice);
        shopper.view(ledger, dice, product, at);
        if dice.chance(0.2) {
            shopper.put_in_cart(ledger, product, at.plus(2 * Timestamp::MINUTE));
        }
    }
    if dice.chance(0.15) {
        let product = draw_product(dice);
        let middle = shopper.almanac.at_home(dice, known_at, now);
        for _ in 0..dice.between(3, 6) {
            let at = shopper.almanac.at_home(dice, middle.minus(days(7.0)), middle);
            shopper.view(ledger, dice, product, at);
        }
    }
}

fn buy(
    dice: &mut Dice,
    shopper: &mut Shopper<'_>,
    known_at: Timestamp,
    habit: Habit,
    ledger: &mut Ledger,
) -> Option<(usize, Forgotten)> {
    let turn = match habit {
        Habit::ForgetsNow => Turn::ForgottenNow,
        Habit::ForgotOnce { bought } => Turn::ForgottenOnce { bought },
        Habit::Usual | Habit::Looks | Habit::Lapsed => Turn::GoesOn,
    };
    let wanted = [1, 2, 3][dice.weighted(&[60, 27, 13])];
    let pace = dice.long_tailed(0.75, 3.2);
    let mut products: Vec<usize> = Vec::new();
    let mut found = None;
    while products.len() < wanted {
        let product = draw_product(dice);
        if products.contains(&product) {
            continue;
        }
        let turn = if products.is_empty() { turn } else { Turn::GoesOn };
        products.push(product);
        let usual = SUPPLIES[product].3 as f64;
        let gap = if turn == Turn::GoesOn {
            (usual * pace * dice.amid(0.85, 1.2)).max(12.0)
        } else {
            (usual * dice.amid(0.85, 1.2)).min(52.0)
        };
        let from = known_at.plus(days(dice.amid(0.01, gap)));
        let until = match habit {
            Habit::Lapsed => from.plus(days(dice.amid(20.0, 420.0))),
            _ => Timestamp::MAX,
        };
        let quantity = dice.long_tailed(0.7, 6.0) as i64;
        let need = Need { product, gap, quantity, from, until, turn };
        let forgotten = shopper.live(ledger, dice, &need);
        found = found.or(forgotten.map(|forgotten| (product, forgotten)));
    }
    found
}
