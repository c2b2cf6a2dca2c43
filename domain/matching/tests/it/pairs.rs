//! Single pairs of which anybody would say what they are, in a list that gives them a background.

use kizashi_matching::{Apart, RowNo, Step, Verdict, explain};
use sample::{ListKind, doubled_list};

use crate::tables::{Table, dedupe, dedupe_apart};

/// A list with these rows in front.
fn with(kind: ListKind, rows: &[&str]) -> Table {
    let list = doubled_list(kind, 1_200, 5);
    let mut all: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect();
    all.extend(list.rows);
    (list.headers, all)
}

fn verdict(table: &Table, a: RowNo, b: RowNo) -> Option<Verdict> {
    let found = dedupe(table);
    let link = found.matches.links.iter().find(|link| (link.a, link.b) == (a, b));
    link.map(|link| link.verdict)
}

#[test]
fn one_company_in_many_hands_is_one() {
    let table = with(
        ListKind::Companies,
        &[
            "A|㈱髙﨑電気工業||１００－０００１|東京都千代田区千代田1丁目2番3号　第一ビル5F|03(3456)7890||",
            "B|株式会社高崎電気工業|ﾀｶｻｷﾃﾞﾝｷｺｳｷﾞｮｳ|100-0001|千代田区千代田1-2-3|0334567890|info@takasaki-denki.co.jp|",
            "C|高崎電気工業 (株)||1000001|東京都千代田区千代田一丁目2-3 第一ビル|+81-3-3456-7890（内線12）|INFO@takasaki-denki.co.jp|",
        ],
    );
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        assert_eq!(verdict(&table, a, b), Some(Verdict::Auto), "{a} {b}");
    }
}

#[test]
fn branches_stay_apart() {
    let table = with(
        ListKind::Companies,
        &[
            "A|株式会社灘波重機 大阪支店||530-0001|大阪府大阪市北区梅田1-2-3|06-6345-1111|info@nanbajuki.co.jp|",
            "B|株式会社灘波重機 福岡営業所||812-0011|福岡県福岡市博多区博多駅前2-1-1|092-411-2222|info@nanbajuki.co.jp|",
        ],
    );
    assert_ne!(verdict(&table, 0, 1), Some(Verdict::Auto));
}

#[test]
fn a_family_and_colleagues_stay_apart() {
    let family = with(
        ListKind::Persons,
        &[
            "A|山根　太一|ヤマネ タイチ|1975-04-01|248-0006|神奈川県鎌倉市小町1-2-3|0467-22-1234|",
            "B|山根　花江|ヤマネ ハナエ|1977-09-12|248-0006|神奈川県鎌倉市小町1-2-3|0467-22-1234|",
        ],
    );
    assert_ne!(verdict(&family, 0, 1), Some(Verdict::Auto));
    let colleagues = with(
        ListKind::Contacts,
        &[
            "A|灘波重機㈱|営業部|山根 太一|ヤマネ タイチ|530-0001|大阪府大阪市北区梅田1-2-3|06-6345-1111|yamane@nanbajuki.co.jp",
            "B|灘波重機株式会社|営業部|梶 良介|カジ リョウスケ|530-0001|大阪府大阪市北区梅田1-2-3|06-6345-1111|kaji@nanbajuki.co.jp",
        ],
    );
    assert_ne!(verdict(&colleagues, 0, 1), Some(Verdict::Auto));
}

#[test]
fn one_person_with_two_jobs_stays_two() {
    let table = with(
        ListKind::Contacts,
        &[
            "A|灘波重機㈱|営業部|山根 太一|ヤマネ タイチ|530-0001|大阪府大阪市北区梅田1-2-3|06-6345-1111|yamane@nanbajuki.co.jp",
            "B|株式会社潮見設計|設計部|山根 太一|ヤマネ タイチ|812-0011|福岡県福岡市博多区博多駅前2-1-1|092-411-2222|yamane@shiomi.co.jp",
        ],
    );
    assert_ne!(verdict(&table, 0, 1), Some(Verdict::Auto));
}

#[test]
fn a_name_alone_is_never_enough() {
    let table = with(
        ListKind::Persons,
        &[
            "A|勅使河原 麟太郎|テシガワラ リンタロウ||||||",
            "B|勅使河原麟太郎|テシガワラ リンタロウ||||||",
        ],
    );
    assert_ne!(verdict(&table, 0, 1), Some(Verdict::Auto));
}

#[test]
fn what_people_say_is_apart_stays_apart() {
    let rows = [
        "A|山根　太一|ヤマネ タイチ|1975-04-01|248-0006|神奈川県鎌倉市小町1-2-3|0467-22-1234|",
        "B|山根太一|ヤマネ タイチ|1975-04-01|248-0006|神奈川県鎌倉市小町1-2-3|0467-22-1234|",
        "C|山根太一|ヤマネ タイチ|1975-04-01|248-0006|鎌倉市小町1-2-3|0467-22-1234|",
    ];
    let table = with(ListKind::Persons, &rows);
    assert_eq!(verdict(&table, 0, 1), Some(Verdict::Auto));
    let found = dedupe_apart(&table, &Apart::from([(0, 1)]));
    let of = &found.matches.customer_of;
    assert_ne!(of[0], of[1], "not by way of a third either");
    assert!(of[2] == of[0] || of[2] == of[1], "the third is one of them");
}

#[test]
fn the_steps_of_an_explanation_add_up() {
    let table = with(
        ListKind::Persons,
        &[
            "A|山根　太一|ヤマネ タイチ|1975-04-01|248-0006|神奈川県鎌倉市小町1-2-3|0467-22-1234|",
            "B|山根太市||1975-04-01|248-0006|神奈川県鎌倉市小町1-2-3||",
        ],
    );
    let found = dedupe(&table);
    let waterfall = explain(&found.records, &found.model, 0, 1);
    let sum: f64 = waterfall.steps.iter().map(|(_, bits)| bits).sum();
    assert!((sum - waterfall.judged.weight).abs() < 1e-9);
    let compared = waterfall.steps.iter().filter(|(step, _)| matches!(step, Step::Compared { .. }));
    assert_eq!(
        compared.count(),
        3,
        "name, birth and address: the postal code follows from the address"
    );
}

#[test]
fn tables_of_no_rows_or_one_row_or_only_empty_cells_are_no_trouble() {
    for rows in [0, 1, 2, 40] {
        let header = vec!["氏名".to_owned(), "電話番号".to_owned()];
        let found = dedupe(&(header, vec![vec![String::new(), String::new()]; rows]));
        assert!(found.matches.links.is_empty());
        assert_eq!(found.matches.customer_of.len(), rows);
    }
}

#[test]
fn ten_rows_are_judged_sensibly() {
    let table = crate::tables::table(
        "id|name|phone|email|birthday
         1|Anna Kowalski|0412 345 678|anna.k@example.com|1980-02-03
         2|Kowalski, Anna|+61 412345678|anna.k@example.com|1980-02-03
         3|Ben Carter|0411 111 222|ben@example.com|1990-05-06
         4|Cara Novak|0413 333 444|cara@example.com|1975-07-08
         5|Dan Olsen|0414 444 555|dan@example.com|1966-11-12
         6|Eve Moreau|0415 555 666|eve@example.com|1999-12-01",
    );
    let found = dedupe(&table);
    let auto: Vec<(RowNo, RowNo)> = found
        .matches
        .links
        .iter()
        .filter(|l| l.verdict == Verdict::Auto)
        .map(|l| (l.a, l.b))
        .collect();
    assert_eq!(auto, [(0, 1)]);
}

/// A name and an address made from it are one thing told twice: namesakes number theirs.
#[test]
fn namesakes_whose_addresses_differ_only_in_digits_are_not_even_asked_about() {
    let namesakes = with(
        ListKind::Persons,
        &[
            "A|榊原　美咲|サカキバラ ミサキ||||090-1111-2222|sakakibara1@gmail.com",
            "B|榊原　美咲|サカキバラ ミサキ||||080-3333-4444|sakakibara2@gmail.com",
            "C|戸田　奈々|トダ ナナ|1991-02-03|||090-5555-6666|toda.nana3@gmail.com",
            "D|戸田奈々|トダ ナナ|1991-02-03|||090-5555-6666|toda.nana4@gmail.com",
        ],
    );
    assert_eq!(verdict(&namesakes, 0, 1), None);
    assert_eq!(verdict(&namesakes, 2, 3), Some(Verdict::Auto), "all else says that they are one");
    let found = dedupe(&namesakes);
    let said: Vec<(String, f64)> = explain(&found.records, &found.model, 0, 1)
        .steps
        .iter()
        .map(|(step, bits)| (step.said(found.records.plan()).0, *bits))
        .collect();
    let bits = said.iter().find(|(ja, _)| ja.ends_with("数字だけ違う")).unwrap().1;
    assert!(bits < 1.0, "{said:?}");
}
