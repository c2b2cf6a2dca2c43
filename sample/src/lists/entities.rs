//! Who there is: customers, and groups of them that are easily taken for one.

use cleansing::Area;

use super::{
    ListKind,
    names::{FAMILIES, FIRM_TRADES, FIRM_WORDS, GIVEN},
};
use crate::dice::Dice;

/// A place where somebody is.
#[derive(Debug, Clone)]
pub(super) struct Home {
    pub(super) area: Area,
    pub(super) code: String,
    pub(super) number: [i64; 3],
    pub(super) building: Option<(&'static str, i64)>,
}

/// A person's name.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) family: (&'static str, &'static str),
    pub(super) given: (&'static str, &'static str),
    pub(super) born: (i64, i64, i64),
}

/// A company's name.
#[derive(Debug, Clone)]
pub(super) struct Firm {
    pub(super) core: String,
    pub(super) reading: String,
    pub(super) form: &'static str,
    pub(super) behind: bool,
    pub(super) site: Option<String>,
    pub(super) number: String,
    pub(super) domain: String,
}

/// A customer.
#[derive(Debug, Clone)]
pub(super) struct Entity {
    pub(super) person: Option<Person>,
    pub(super) firm: Option<Firm>,
    pub(super) department: &'static str,
    pub(super) home: Home,
    pub(super) phone: String,
    pub(super) email: String,
}

/// All that customers are drawn from.
pub(super) struct World {
    pub(super) kind: ListKind,
    areas: Vec<(String, Area)>,
}

const BUILDINGS: &[&str] = &[
    "グリーンハイツ",
    "サンシャインビル",
    "メゾン中央",
    "第二山田ビル",
    "コーポ桜",
    "パークタワー",
    "丸善ビルディング",
    "ライオンズ東",
    "レジデンス青葉",
    "センタービル",
];
const DEPARTMENTS: &[&str] =
    &["営業部", "総務部", "経理部", "情報システム部", "製造部", "人事部", "企画室", "購買課"];
const FREE: &[&str] = &["gmail.com", "yahoo.co.jp", "icloud.com", "docomo.ne.jp", "hotmail.co.jp"];

impl World {
    pub(super) fn new(kind: ListKind, seed: u64, rows: usize) -> World {
        let mut dice = Dice::for_purpose(seed, "areas", 0);
        let mut areas = Vec::new();
        let wanted = (rows / 4).clamp(200, 15_000);
        while areas.len() < wanted {
            let code = format!("{:07}", dice.between(10_000, 9_999_999));
            if let Some(area) = cleansing::area(&code).filter(|area| !area.town.is_empty()) {
                areas.push((code, area));
            }
        }
        World { kind, areas }
    }

    /// One customer, or some that have something in common.
    pub(super) fn group(&self, number: usize, dice: &mut Dice) -> Vec<Entity> {
        let first = self.entity(number, dice);
        let mut group = vec![first.clone()];
        match self.kind {
            ListKind::Persons if dice.chance(0.25) => {
                for _ in 0..=dice.weighted(&[60, 30, 10]) {
                    group.push(self.relative(&first, dice));
                }
            }
            ListKind::Persons if dice.chance(0.03) => group.push(self.namesake(&first, dice)),
            ListKind::Companies if dice.chance(0.15) => {
                for _ in 0..=dice.weighted(&[60, 30, 10]) {
                    group.push(self.branch(&first, dice));
                }
            }
            ListKind::Companies if dice.chance(0.06) => group.push(self.same_name(&first, dice)),
            ListKind::Companies if dice.chance(0.05) => {
                let mut other = self.entity(number + 1_000_000, dice);
                other.home = first.home.clone();
                other.phone = if dice.chance(0.3) { first.phone.clone() } else { other.phone };
                group.push(other);
            }
            ListKind::Contacts if dice.chance(0.45) => {
                for _ in 0..=dice.weighted(&[50, 25, 15, 10]) {
                    group.push(self.colleague(&first, dice));
                }
            }
            ListKind::Contacts if dice.chance(0.06) => {
                group.push(self.other_job(&first, number, dice))
            }
            _ => {}
        }
        group
    }

    fn entity(&self, number: usize, dice: &mut Dice) -> Entity {
        let person = (self.kind != ListKind::Companies).then(|| person(dice));
        let firm = (self.kind != ListKind::Persons).then(|| firm(number, dice));
        let home = self.home(dice);
        let email = email(person.as_ref(), firm.as_ref(), number, dice);
        let mobile = firm.is_none() && dice.chance(0.7);
        Entity {
            person,
            firm,
            department: dice.pick::<&str>(DEPARTMENTS),
            phone: phone(mobile, dice),
            home,
            email,
        }
    }

    pub(super) fn home(&self, dice: &mut Dice) -> Home {
        let (code, area) = dice.pick(&self.areas).clone();
        let building = dice
            .chance(0.4)
            .then(|| (*dice.pick(BUILDINGS), dice.between(1, 9) * 100 + dice.between(1, 12)));
        let number = [dice.between(1, 9), dice.between(1, 30), dice.between(1, 25)];
        Home { area, code, number, building }
    }

    fn relative(&self, of: &Entity, dice: &mut Dice) -> Entity {
        let mut other = of.clone();
        if let Some(first) = &of.person {
            let mut new = person(dice);
            new.family = first.family;
            if new.given == first.given {
                new.given = GIVEN
                    [(GIVEN.iter().position(|g| *g == first.given).unwrap_or(0) + 1) % GIVEN.len()];
            }
            other.person = Some(new);
        }
        if dice.chance(0.6) {
            other.phone = phone(true, dice);
        }
        other.email = if dice.chance(0.1) {
            of.email.clone()
        } else {
            email(other.person.as_ref(), None, 0, dice)
        };
        other
    }

    fn namesake(&self, of: &Entity, dice: &mut Dice) -> Entity {
        let mut other = self.entity(0, dice);
        if let (Some(new), Some(first)) = (&mut other.person, &of.person) {
            (new.family, new.given) = (first.family, first.given);
        }
        other.email = email(other.person.as_ref(), None, 0, dice);
        other
    }

    fn branch(&self, of: &Entity, dice: &mut Dice) -> Entity {
        let mut other = of.clone();
        other.home = self.home(dice);
        other.phone = phone(false, dice);
        if let Some(firm) = &mut other.firm {
            let pref = other.home.area.prefecture.trim_end_matches(['県', '府', '都']);
            let end = dice.pick(&["支店", "営業所", "支社"]);
            firm.site = Some(format!("{pref}{end}"));
            other.email =
                format!("{}@{}", dice.pick(&["info", "eigyo", "branch", "contact"]), firm.domain);
        }
        other
    }

    /// Another firm of the same name, elsewhere.
    fn same_name(&self, of: &Entity, dice: &mut Dice) -> Entity {
        let mut other = self.entity(0, dice);
        if let (Some(new), Some(first)) = (&mut other.firm, &of.firm) {
            new.core = first.core.clone();
            new.reading = first.reading.clone();
            if dice.chance(0.5) {
                new.form =
                    if first.form == "株式会社" { "有限会社" } else { "株式会社" };
            }
        }
        other
    }

    fn colleague(&self, of: &Entity, dice: &mut Dice) -> Entity {
        let mut other = of.clone();
        other.person = Some(person(dice));
        other.department = *dice.pick::<&str>(DEPARTMENTS);
        if dice.chance(0.4) {
            other.phone = next_phone(&of.phone, dice);
        }
        let office = dice.chance(0.1);
        other.email = match &other.firm {
            Some(firm) if office => format!("info@{}", firm.domain),
            firm => email(other.person.as_ref(), firm.as_ref(), 0, dice),
        };
        other
    }

    fn other_job(&self, of: &Entity, number: usize, dice: &mut Dice) -> Entity {
        let mut other = self.entity(number + 2_000_000, dice);
        other.person = of.person.clone();
        if dice.chance(0.3) {
            other.email = of.email.clone();
        } else {
            other.email = email(other.person.as_ref(), other.firm.as_ref(), 0, dice);
        }
        other
    }
}

/// Frequent names are drawn more often.
fn frequent<T: Copy>(list: &[T], dice: &mut Dice) -> T {
    let share = dice.share() * dice.share();
    list[((share * list.len() as f64) as usize).min(list.len() - 1)]
}

fn person(dice: &mut Dice) -> Person {
    Person {
        family: frequent(FAMILIES, dice),
        given: frequent(GIVEN, dice),
        born: (dice.between(1940, 2006), dice.between(1, 12), dice.between(1, 28)),
    }
}

fn firm(number: usize, dice: &mut Dice) -> Firm {
    let (one, trade) = (dice.pick(FIRM_WORDS), dice.pick(FIRM_TRADES));
    // Of a million firms most have a second word.
    let (core, reading) = match dice.weighted(&[3, 3, 4]) {
        0 => {
            let family = dice.pick(FAMILIES);
            (format!("{}{}", family.0, trade.0), format!("{}{}", family.1, trade.1))
        }
        1 => (format!("{}{}", one.0, trade.0), format!("{}{}", one.1, trade.1)),
        _ => {
            let two = dice.pick(FIRM_WORDS);
            (format!("{}{}{}", one.0, two.0, trade.0), format!("{}{}{}", one.1, two.1, trade.1))
        }
    };
    let form = ["株式会社", "有限会社", "合同会社", "医療法人"][dice.weighted(&[70, 18, 9, 3])];
    let digits: String = (0..12).map(|_| char::from(b'0' + dice.between(0, 9) as u8)).collect();
    Firm {
        core,
        reading,
        form,
        behind: dice.chance(0.35),
        site: None,
        number: with_check_digit(&digits),
        domain: format!(
            "{}{}.co.jp",
            dice.pick(&[
                "towa", "sanei", "mirai", "link", "ark", "terra", "kk", "nihon", "east", "fuji"
            ]),
            number
        ),
    }
}

/// 国税庁: 9 - (Σ Pn × Qn mod 9).
fn with_check_digit(digits: &str) -> String {
    let each = |(place, byte): (usize, u8)| {
        u32::from(byte - b'0') * if place.is_multiple_of(2) { 1 } else { 2 }
    };
    let sum: u32 = digits.bytes().rev().enumerate().map(each).sum();
    format!("{}{digits}", 9 - sum % 9)
}

pub(super) fn phone(mobile: bool, dice: &mut Dice) -> String {
    let four = |dice: &mut Dice| dice.between(0, 9999);
    if mobile {
        let front = dice.pick(&["090", "080", "070"]);
        return format!("{front}-{:04}-{:04}", four(dice), four(dice));
    }
    match dice.weighted(&[3, 2, 5]) {
        0 => format!("03-{:04}-{:04}", dice.between(3000, 6999), four(dice)),
        1 => format!("06-{:04}-{:04}", dice.between(6000, 6999), four(dice)),
        _ => {
            format!("0{:02}-{:03}-{:04}", dice.between(42, 99), dice.between(200, 999), four(dice))
        }
    }
}

/// Another line of the same office.
fn next_phone(phone: &str, dice: &mut Dice) -> String {
    format!("{}{:02}", &phone[..phone.len() - 2], dice.between(0, 99))
}

fn email(person: Option<&Person>, firm: Option<&Firm>, number: usize, dice: &mut Dice) -> String {
    let local = match person {
        Some(person) => {
            let letters = format!("{:x}{:x}", hash(person.family.1), hash(person.given.1));
            match firm {
                Some(_) => format!("{}.{}", &letters[..4], letters.get(6..11).unwrap_or("x")),
                None => format!("{letters}{}", dice.between(1, 9999)),
            }
        }
        None => {
            let office = dice.pick(&["info", "contact", "office", "soumu", "mail"]);
            (*office).to_owned()
        }
    };
    match firm {
        Some(firm) if dice.chance(0.85) => format!("{local}@{}", firm.domain),
        _ if person.is_none() => {
            format!("firm{}{}@{}", number, dice.between(10, 99), dice.pick(FREE))
        }
        _ => format!("{local}@{}", dice.pick(FREE)),
    }
}

fn hash(text: &str) -> u32 {
    text.chars().fold(7_u32, |hash, c| hash.wrapping_mul(31).wrapping_add(u32::from(c))) % 0xffffff
}
