//! Lists in which the same customer stands more than once, and the truth about who is who: for measuring what finds
//! them. Every name is invented.
//!
//! Beside rows of one customer, written by different hands, the lists hold what looks like it and is not: families,
//! colleagues, branches, firms of one name, shared telephones, neighbours, one person with two jobs.

mod entities;
mod names;
mod wear;

use crate::dice::Dice;
use entities::{Entity, World};

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// Persons at home.
    Persons,
    /// Companies and their branches.
    Companies,
    /// Persons in companies.
    Contacts,
}

/// A list and the truth about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubledList {
    /// The headers; the first is the row's id.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// For each row the number of the customer.
    pub truth: Vec<u32>,
}

impl ListKind {
    /// The headers of a list.
    pub fn headers(self) -> &'static [&'static str] {
        match self {
            ListKind::Persons => &[
                "会員番号",
                "氏名",
                "フリガナ",
                "生年月日",
                "郵便番号",
                "住所",
                "電話番号",
                "メールアドレス",
            ],
            ListKind::Companies => &[
                "顧客コード",
                "会社名",
                "会社名カナ",
                "郵便番号",
                "住所",
                "電話番号",
                "メール",
                "法人番号",
            ],
            ListKind::Contacts => {
                &["ID", "会社名", "部署", "氏名", "フリガナ", "郵便番号", "住所", "TEL", "E-mail"]
            }
        }
    }
}

/// Makes a list of about so many rows.
pub fn doubled_list(kind: ListKind, rows: usize, seed: u64) -> DoubledList {
    let mut dice = Dice::for_purpose(seed, "doubled list", rows);
    let world = World::new(kind, seed, rows);
    let (mut made, mut truth) = (Vec::new(), Vec::new());
    let mut number = 0;
    while made.len() < rows {
        for entity in world.group(number, &mut dice) {
            let customer = truth.last().map_or(0, |last: &u32| last + 1);
            for row in written(&world, &entity, &mut dice) {
                made.push(row);
                truth.push(customer);
            }
        }
        number += 1;
    }
    shuffled(kind, made, truth, &mut dice)
}

/// One customer as one to four hands wrote it.
fn written(world: &World, entity: &Entity, dice: &mut Dice) -> Vec<Vec<String>> {
    let hands = 1 + dice.weighted(&[68, 24, 6, 2]);
    (0..hands).map(|hand| wear::row(world, entity, hand, dice)).collect()
}

fn shuffled(
    kind: ListKind,
    rows: Vec<Vec<String>>,
    truth: Vec<u32>,
    dice: &mut Dice,
) -> DoubledList {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    dice.shuffle(&mut order);
    let mut list = DoubledList {
        headers: kind.headers().iter().map(|header| (*header).to_owned()).collect(),
        rows: Vec::with_capacity(rows.len()),
        truth: Vec::with_capacity(rows.len()),
    };
    for (place, from) in order.into_iter().enumerate() {
        let mut row = vec![format!("{:07}", place + 1)];
        row.extend(rows[from].iter().cloned());
        list.rows.push(row);
        list.truth.push(truth[from]);
    }
    list
}
