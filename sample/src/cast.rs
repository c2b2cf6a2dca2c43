//! Who is in the sample: the firm's reps, the companies with their contacts, and the persons.

use std::collections::BTreeSet;

use facts::{ContactKey, CustomerKey};
use serde::Serialize;

use crate::{
    dice::Dice,
    ledger::{contact_key, customer_key},
    words::{
        companies::{DEPARTMENTS, Form, STEMS, TRADES, heads},
        kana::letters,
        pairs,
        people::{FAMILY, MEN, WOMEN},
        places::{BUILDINGS, DISTRICTS, PLACES, TOWNS},
    },
};

/// One of the firm's salespeople (営業担当).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rep {
    /// As the attribute `rep` names them.
    pub name: String,
    /// How the name is read.
    pub kana: String,
    /// Looks after persons who buy online instead of companies.
    pub online: bool,
}

/// A full name and how it is read.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) written: String,
    pub(crate) kana: String,
    /// For mail addresses: family and given name in letters.
    pub(crate) letters: String,
    pub(crate) woman: bool,
}

/// Where somebody is.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    pub(crate) postal: &'static str,
    pub(crate) prefecture: &'static str,
    pub(crate) city: &'static str,
    pub(crate) street: String,
    pub(crate) phone: String,
}

/// A company that is, was or may become a customer.
#[derive(Debug, Clone)]
pub(crate) struct Company {
    pub(crate) key: CustomerKey,
    pub(crate) number: usize,
    pub(crate) name: String,
    pub(crate) kana: String,
    pub(crate) site: String,
    pub(crate) trade: &'static str,
    pub(crate) address: Address,
    pub(crate) corporate_number: String,
    pub(crate) rep: String,
    pub(crate) contacts: Vec<Contact>,
}

/// A person at a company.
#[derive(Debug, Clone)]
pub(crate) struct Contact {
    pub(crate) key: ContactKey,
    pub(crate) name: Name,
    pub(crate) email: String,
    pub(crate) phone: String,
    pub(crate) title: String,
    pub(crate) department: &'static str,
    pub(crate) role: &'static str,
    /// How much of the company's activity is theirs.
    pub(crate) weight: u32,
}

/// Somebody who buys supplies for themselves.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) key: CustomerKey,
    pub(crate) name: Name,
    pub(crate) email: String,
    pub(crate) address: Address,
    pub(crate) rep: Option<String>,
}

/// The word lists, read once.
struct Names {
    family: Vec<(&'static str, &'static str)>,
    men: Vec<(&'static str, &'static str)>,
    women: Vec<(&'static str, &'static str)>,
}

impl Names {
    fn read() -> Names {
        Names { family: pairs(FAMILY), men: pairs(MEN), women: pairs(WOMEN) }
    }

    fn draw(&self, dice: &mut Dice, women: f64) -> Name {
        let woman = dice.chance(women);
        let family = dice.pick(&self.family);
        let given = dice.pick(if woman { &self.women } else { &self.men });
        Name {
            written: format!("{} {}", family.0, given.0),
            kana: format!("{} {}", family.1, given.1),
            letters: format!("{}.{}", letters(family.1), letters(given.1)),
            woman,
        }
    }
}

/// Eight reps for companies and one for the online shop.
pub(crate) fn reps(seed: u64) -> Vec<Rep> {
    let names = Names::read();
    let mut dice = Dice::for_purpose(seed, "reps", 0);
    let mut taken = BTreeSet::new();
    let mut reps = Vec::new();
    while reps.len() < 9 {
        let name = names.draw(&mut dice, 0.4);
        let family = name.written.split(' ').next().unwrap_or_default().to_owned();
        if taken.insert(family) {
            reps.push(Rep { name: name.written, kana: name.kana, online: reps.len() == 8 });
        }
    }
    reps
}

/// So many companies, no two of the same name.
pub(crate) fn companies(seed: u64, count: usize, reps: &[Rep]) -> Vec<Company> {
    let names = Names::read();
    let mut dice = Dice::for_purpose(seed, "companies", 0);
    let mut kinds: Vec<_> = pairs(STEMS)
        .into_iter()
        .flat_map(|stem| {
            TRADES.iter().flat_map(move |(trade, words, form)| {
                pairs(words).into_iter().map(move |word| (stem, *trade, word, *form))
            })
        })
        .collect();
    dice.shuffle(&mut kinds);
    kinds.truncate(count);
    let field: Vec<&Rep> = reps.iter().filter(|rep| !rep.online).collect();
    kinds
        .into_iter()
        .enumerate()
        .map(|(place, (stem, trade, word, form))| {
            let number = place + 1;
            let mut dice = Dice::for_purpose(seed, "company", number);
            let (name, kana) = company_name(&mut dice, stem, word, form);
            let host = format!("{}-{}.example", letters(stem.1), letters(word.1));
            let address = address(&mut dice, true);
            let contacts = contacts(&mut dice, &names, number, &host, form);
            Company {
                key: customer_key(&format!("C-{number:04}")),
                number,
                name,
                kana,
                site: format!("https://www.{host}"),
                trade,
                address,
                corporate_number: corporate_number(number),
                // The first reps have been here longer and look after more.
                rep: field[dice.weighted(&[16, 15, 14, 13, 12, 11, 10, 9])].name.clone(),
                contacts,
            }
        })
        .collect()
}

/// So many persons.
pub(crate) fn persons(seed: u64, count: usize, reps: &[Rep]) -> Vec<Person> {
    let names = Names::read();
    let online = reps.iter().find(|rep| rep.online);
    (1..=count)
        .map(|number| {
            let mut dice = Dice::for_purpose(seed, "person", number);
            let name = names.draw(&mut dice, 0.52);
            let host = dice.pick(&["example.jp", "example.com", "mail.example", "post.example.jp"]);
            let mut address = address(&mut dice, false);
            address.phone = mobile(&mut dice);
            Person {
                key: customer_key(&format!("P-{number:05}")),
                email: format!("{}{number}@{host}", name.letters),
                name,
                address,
                rep: online.filter(|_| dice.chance(0.35)).map(|rep| rep.name.clone()),
            }
        })
        .collect()
}

fn company_name(
    dice: &mut Dice,
    stem: (&str, &str),
    word: (&str, &str),
    form: Form,
) -> (String, String) {
    let (before, form) = match form {
        Form::Share => (dice.chance(0.62), "株式会社"),
        Form::Limited => (dice.chance(0.6), *dice.pick(&["株式会社", "株式会社", "有限会社"])),
        Form::Partners => (dice.chance(0.3), "合同会社"),
        Form::School => (true, "学校法人"),
        Form::Clinic => (true, "医療法人"),
    };
    let plain = format!("{}{}", stem.0, word.0);
    let kana = format!("{}{}", stem.1, word.1);
    (if before { format!("{form}{plain}") } else { format!("{plain}{form}") }, kana)
}

fn address(dice: &mut Dice, company: bool) -> Address {
    let in_district = dice.chance(if company { 0.6 } else { 0.35 });
    let place = if in_district {
        dice.between(0, DISTRICTS as i64 - 1)
    } else {
        dice.between(0, PLACES.len() as i64 - 1)
    };
    let (postal, prefecture, city, area) = PLACES[place as usize];
    let mut street = format!(
        "{}{}-{}-{}",
        dice.pick(&TOWNS),
        dice.between(1, 5),
        dice.between(1, 24),
        dice.between(1, 18)
    );
    if company && dice.chance(0.4) {
        street = format!("{street} {}{}階", dice.pick(&BUILDINGS), dice.between(2, 9));
    }
    // No exchange begins with 0: such a number reaches nobody.
    let phone = format!("{area}-0000-{:04}", dice.between(0, 9_999));
    Address { postal, prefecture, city, street, phone }
}

/// A mobile number that nobody has.
fn mobile(dice: &mut Dice) -> String {
    format!("{}-0000-{:04}", dice.pick(&["090", "080", "070"]), dice.between(0, 9_999))
}

/// Three to twelve people, the first of whom decides.
fn contacts(
    dice: &mut Dice,
    names: &Names,
    company: usize,
    host: &str,
    form: Form,
) -> Vec<Contact> {
    let count = dice.long_tailed(3.0, 12.0) as usize;
    let mut mails = BTreeSet::new();
    (1..=count)
        .map(|number| {
            let name = names.draw(dice, 0.42);
            let mut email = format!("{}@{host}", name.letters);
            if !mails.insert(email.clone()) {
                email = format!("{}{number}@{host}", name.letters);
            }
            let (role, department, title) = position(dice, number, form);
            Contact {
                key: contact_key(&format!("C-{company:04}-{number:02}")),
                name,
                email,
                // People at companies are reached on the move.
                phone: mobile(dice),
                title,
                department,
                role,
                weight: match role {
                    "decides" => 2,
                    "influences" => 5,
                    "champions" => 14,
                    _ => 4 + dice.long_tailed(2.0, 16.0) as u32,
                },
            }
        })
        .collect()
}

/// What the n-th contact does: one who decides, one who champions, one who influences, then mostly users.
fn position(dice: &mut Dice, number: usize, form: Form) -> (&'static str, &'static str, String) {
    let (department, titles) = DEPARTMENTS[dice.weighted(&[34, 18, 8, 10, 10, 10, 6, 4])];
    let role = match number {
        1 => "decides",
        2 => "champions",
        3 => "influences",
        _ => ["uses", "influences", "champions", "decides"][dice.weighted(&[72, 16, 8, 4])],
    };
    if role == "decides" && dice.chance(0.4) {
        return (role, "役員", (*dice.pick(heads(form))).to_owned());
    }
    let title = match role {
        "decides" => titles[0],
        "uses" => titles[titles.len() - 1],
        _ => titles[1],
    };
    (role, department, title.to_owned())
}

/// Thirteen digits with a right check digit, from a register office that does not exist.
fn corporate_number(number: usize) -> String {
    let body = format!("9999010{number:05}");
    let sum: u32 = body
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| u32::from(digit - b'0') * if place % 2 == 0 { 1 } else { 2 })
        .sum();
    format!("{}{body}", 9 - sum % 9)
}
