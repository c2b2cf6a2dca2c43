//! The nasty inputs, cell by cell.

use crate::harness::{bytes, cell, cells, import_as};
use kizashi_intake::Kind;

fn each(field: &str, cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        assert_eq!(&cell(field, input), expected, "{field}: `{input}`");
    }
}

#[test]
fn japanese_dates_of_every_kind() {
    for input in [
        "令和7年4月1日",
        "R7.4.1",
        "R07/04/01",
        "Ｒ７．４．１",
        "㋿7年4月1日",
        "2025年4月1日",
        "2025/4/1",
        "2025-04-01",
        "2025.4.1",
        "２０２５／０４／０１",
        "20250401",
        "2025/4/1(火)",
        "1 Apr 2025",
        "Apr 1, 2025",
        "令7.4.1",
    ] {
        assert_eq!(cell("birthday", input), "2025-04-01", "`{input}`");
    }
    each(
        "birthday",
        &[
            ("令和元年5月1日", "2019-05-01"),
            ("平成31年4月30日", "2019-04-30"),
            ("平成31年5月1日", "2019-05-01"),
            ("S64.1.7", "1989-01-07"),
            ("H1/1/8", "1989-01-08"),
            ("大正15年12月24日", "1926-12-24"),
            ("4月1日", "! the year is missing"),
            ("2025/2/30", "! there is no such day (such as Excel's 1900-02-29)"),
            ("9:30", "! there is a time but no day"),
            ("きのう", "! this is no date"),
            ("45748", "2025-04-01"),
            ("60", "! this is no date"),
            ("未定", ""),
        ],
    );
}

#[test]
fn times_beyond_midnight_and_with_offsets() {
    each(
        "as_of",
        &[
            ("2025/3/31 24:00", "2025-03-31T15:00:00.000Z"),
            ("2025/3/31 26:30", "2025-03-31T17:30:00.000Z"),
            ("20250401093000", "2025-04-01T00:30:00.000Z"),
            ("20250401 0930", "2025-04-01T00:30:00.000Z"),
            ("20250401 0000", "2025-03-31T15:00:00.000Z"),
            ("2025-04-01T09:30:00Z", "2025-04-01T09:30:00.000Z"),
            ("2025-04-01T09:30:00.125+09:00", "2025-04-01T00:30:00.125Z"),
            ("2025-04-01 09:30:00 +0900", "2025-04-01T00:30:00.000Z"),
            ("2025-04-01 09:30:00 UTC", "2025-04-01T09:30:00.000Z"),
            ("2025年4月1日 午後3時5分", "2025-04-01T06:05:00.000Z"),
            ("2025/4/1 3:05 PM", "2025-04-01T06:05:00.000Z"),
            ("2025/4/1 12:00 AM", "2025-03-31T15:00:00.000Z"),
            ("21/Nov/2026:13:55:36 +0900", "2026-11-21T04:55:36.000Z"),
            ("Sat, 21 Nov 2026 09:00:00 +0900", "2026-11-21T00:00:00.000Z"),
            ("1732147200", "2024-11-21T00:00:00.000Z"),
            ("1732147200123", "2024-11-21T00:00:00.123Z"),
            ("45748.5", "2025-04-01T03:00:00.000Z"),
            ("2025/4/1 99:00", "! this is no date"),
        ],
    );
}

#[test]
fn the_order_of_a_date_is_the_columns_not_the_cells() {
    assert_eq!(cells("birthday", &["11/12/2026", "21/11/2026"]), ["2026-12-11", "2026-11-21"]);
    assert_eq!(cells("birthday", &["11/12/2026", "11/21/2026"]), ["2026-11-12", "2026-11-21"]);
    assert_eq!(cells("birthday", &["26/11/12", "26/11/21"]), ["2026-11-12", "2026-11-21"]);
    let wrong = cells("birthday", &["21/11/2026", "22/11/2026", "11/23/2026"]);
    assert_eq!(wrong[..2], ["2026-11-21", "2026-11-22"]);
    assert!(wrong[2].starts_with("! there is no such day"), "{wrong:?}");
    let doubt = import_as(
        &bytes("d.csv", "key,day\nA,11/12/2026\nB,10/12/2026\n"),
        Kind::Customers,
        &["customer", "birthday"],
    );
    assert!(doubt.notices()[0].contains("month/day/year"), "{:?}", doubt.notices());
}

#[test]
fn numbers_as_they_are_written() {
    each(
        "employees",
        &[
            ("１，２３４", "#1234"),
            ("¥1,234-", "#1234"),
            ("1,234円", "#1234"),
            ("￥１２３４", "#1234"),
            ("△1,000", "#-1000"),
            ("▲1,000", "#-1000"),
            ("(1,000)", "#-1000"),
            ("−1000", "#-1000"),
            ("-1000", "#-1000"),
            ("1.2億", "#120000000"),
            ("3万5千", "#35000"),
            ("十二", "#12"),
            ("二千五百", "#2500"),
            ("300万円", "#3000000"),
            ("3百万円", "#3000000"),
            ("85%", "#0.85"),
            ("120名", "#120"),
            ("50〜99名", "#50"),
            ("100人以上", "#100"),
            ("0.1", "#0.1"),
            ("不明", ""),
            ("12,34", "! this is no number"),
            ("1234-", "! this is no number"),
            ("abc", "! this is no number"),
            ("3千5百2千", "! this is no number"),
            (
                "1.2E+05",
                "! a spreadsheet has thrown digits away (as in 9.01E+09); what stood here cannot be known",
            ),
        ],
    );
}

#[test]
fn the_unit_in_a_header_counts() {
    let done = import_as(
        &bytes(
            "deals.csv",
            "会社名,案件名,ステージ,日付,金額（千円）\nA社,更新,受注,2026/11/1,1500\n",
        ),
        Kind::Deals,
        &["customer_name", "deal_name", "stage", "at", "amount"],
    );
    assert_eq!(
        done.lines(),
        [
            "A社 2026-10-31T15:00:00.000Z deal_moved deal_name=更新 stage=won amount=1500000 deal=更新"
        ]
    );
}

#[test]
fn words_for_nothing_and_as_above() {
    for input in ["なし", "無", "－", "—", "N/A", "未定", "不明", "-", "null"] {
        assert_eq!(cell("industry", input), "", "`{input}`");
    }
    assert_eq!(
        cells("industry", &["製造", "〃", "同上", "小売"]),
        ["製造", "製造", "製造", "小売"]
    );
    assert_eq!(cells("attribute:区分", &["甲", "〃"]), ["甲", "甲"]);
}

#[test]
fn yes_and_no() {
    for (yes, no) in [
        ("○", "×"),
        ("はい", "いいえ"),
        ("有", "無"),
        ("TRUE", "false"),
        ("1", "0"),
        ("希望する", "希望しない"),
    ] {
        assert_eq!(cells("consent_mail", &[yes, no]), ["?true", "?false"], "{yes} {no}");
    }
    assert_eq!(cell("consent_mail", "たぶん"), "! this is neither yes nor no");
}

#[test]
fn telephone_numbers() {
    each(
        "phone",
        &[
            ("9012345678", "090-1234-5678"),
            ("03-1234-5678/5679", "03-1234-5678"),
            ("０３－１２３４－５６７８", "03-1234-5678"),
            ("03(1234)5678 内線123", "03-1234-5678"),
            ("0312345678", "03-1234-5678"),
            ("+81-90-1234-5678", "090-1234-5678"),
            ("0120444444", "0120-444-444"),
            ("非公開", ""),
            ("ab12", "ab12"),
            (
                "9.01235E+09",
                "! a spreadsheet has thrown digits away (as in 9.01E+09); what stood here cannot be known",
            ),
        ],
    );
    let second = |text: &str| {
        let done = import_as(
            &bytes("p.csv", format!("key,tel\nA,\"{text}\"\n")),
            Kind::Customers,
            &["customer", "phone"],
        );
        done.lines().remove(0)
    };
    assert!(second("03-1234-5678/5679").ends_with("phone=03-1234-5678 phone_2=03-1234-5679"));
    assert!(
        second("090-1111-2222 又は 03-1234-5678")
            .ends_with("phone=090-1111-2222 phone_2=03-1234-5678")
    );
    assert!(second("03-1234-5678 内線123").ends_with("phone=03-1234-5678 phone_extension=123"));
}

#[test]
fn addresses_of_all_kinds() {
    each(
        "email",
        &[
            ("a@x.jp; b@x.jp, '山田 <c@x.jp>'", "a@x.jp"),
            ("taro+news@gmail.com", "taro+news@gmail.com"),
            ("ｔａｒｏ＠ｘ．ｊｐ", "taro@x.jp"),
            ("メールなし", "メールなし"),
        ],
    );
    let done = import_as(
        &bytes("m.csv", "key,mail\nA,\"a@x.jp; b@x.jp, '山田 <c@x.jp>'\"\n"),
        Kind::Customers,
        &["customer", "email"],
    );
    assert!(
        done.lines()[0].ends_with("email=a@x.jp email_2=b@x.jp email_3=c@x.jp"),
        "{:?}",
        done.lines()
    );
    each(
        "postal_code",
        &[
            ("〒１００－０００１", "100-0001"),
            ("1000001", "100-0001"),
            ("100-0001", "100-0001"),
            ("600000", "060-0000"),
            ("12", "12"),
        ],
    );
    let tokyo = import_as(
        &bytes("z.csv", "key,県,〒\nA,東京都,600000\nB,北海道,600000\n"),
        Kind::Customers,
        &["customer", "prefecture", "postal_code"],
    );
    assert!(tokyo.lines()[0].ends_with("postal_code=600000"), "{:?}", tokyo.lines());
    assert!(tokyo.lines()[1].ends_with("postal_code=060-0000"), "{:?}", tokyo.lines());
}

#[test]
fn names_stay_as_they_are_written() {
    for name in [
        "㈱山田製作所",
        "髙橋﨑",
        "葛󠄀",
        "𠮷野",
        "<script>alert(1)</script>",
        "=HYPERLINK(\"x\")",
        "{{7*7}}",
        "カ）ヤマダ",
    ] {
        assert_eq!(cell("name", name), name);
    }
    assert_eq!(
        cell("name", "か\u{3099}く"),
        "がく",
        "a voiced mark that stands apart is put together"
    );
    assert_eq!(cell("name", "\u{fa19}社"), "\u{fa19}社", "a compatibility character is kept");
    assert_eq!(cell("name", "　山田　太郎 "), "山田　太郎");
}

#[test]
fn words_of_a_few() {
    each("sex", &[("男性", "male"), ("Ｆ", "female"), ("回答しない", "回答しない")]);
    each(
        "plan",
        &[("スタンダード", "standard"), ("PREMIUM", "premium"), ("特別プラン", "特別プラン")],
    );
    each("kind", &[("法人", "company"), ("個人", "person")]);
}

#[test]
fn columns_of_the_firms_own_keep_their_kind() {
    assert_eq!(cells("attribute:点", &["1,200", "△3", "-"]), ["#1200", "#-3", ""]);
    assert_eq!(cells("attribute:点", &["1", "2", "多い"]), ["1", "2", "多い"]);
    assert_eq!(
        cells("attribute:枝", &["0123", "0456"]),
        ["0123", "0456"],
        "leading zeros are no numbers"
    );
    assert_eq!(cells("attribute:会員", &["有", "無"]), ["?true", "?false"]);
    assert_eq!(cells("attribute:日", &["2026/1/5", "R8.2.3"]), ["2026-01-05", "2026-02-03"]);
    assert_eq!(
        cells("attribute:時", &["2026/1/5 9:00", "2026/1/6"]),
        ["2026-01-05T00:00:00.000Z", "2026-01-05T15:00:00.000Z"]
    );
}
