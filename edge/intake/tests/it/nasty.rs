//! Nasty inputs as firms have them, each a real file through the real reading: the copy, the facts, the report.

use crate::{
    cleaning::{column, copied, copied_with},
    harness::{bytes, import, import_as},
};
use kizashi_intake::{Choices, CsvWriter, Encoding, Kind, Part, Source, Unreadable, look, neutral};

fn cp932(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

#[test]
fn n01_cp932_with_characters_of_its_own() {
    let source = bytes("a.csv", cp932("番号,備考\r\n1,㈱①髙～ｱｲｳ\r\n2,普通の文\r\n"));
    let done = import_as(&source, Kind::Customers, &["customer", "attribute:備考"]);
    assert_eq!(done.layout.shape.encoding, Some(Encoding::Cp932));
    assert!(done.lines()[0].contains("備考=㈱①髙～ｱｲｳ"), "verbatim: {:?}", done.lines());
    assert_eq!(copied(&source).of("備考")[0], "(株)1髙〜アイウ");
}

#[test]
fn n02_short_cp932_without_other_kanji() {
    let source = bytes("a.csv", cp932("id,name\r\n1,abc\r\n2,林\r\n"));
    let layout = look(&source, &Choices::default()).unwrap();
    assert_eq!(layout.shape.encoding, Some(Encoding::Cp932));
    assert_eq!(copied(&source).of("name"), ["abc", "林"]);
}

#[test]
fn n09_the_end_mark_of_dos_and_zero_bytes() {
    let copy = copied(&bytes("a.csv", "no,name\r\n1,A\r\n2,B\0C\r\n3,D\r\n\u{1a}"));
    assert_eq!(copy.of("name"), ["A", "D"]);
    assert_eq!(copy.problems(), ["3 *: there is a NUL character (0x00) in the row"]);
    assert_eq!((copy.report.rows, copy.report.written), (3, 2));
}

#[test]
fn n11_doubled_and_empty_headers() {
    let copy =
        copied(&bytes("a.csv", "no,電話番号,電話番号,名前,\n1,03-1111-1111,03-2222-2222,A,x\n"));
    let names: Vec<&str> =
        copy.report.columns.iter().map(|column| column.header.as_str()).collect();
    assert_eq!(names, ["no", "電話番号", "電話番号 (2)", "名前", "列5"]);
    assert_eq!(copy.of("電話番号 (2)"), ["03-2222-2222"]);
    assert_eq!(copy.of("列5"), ["x"]);
}

#[test]
fn n12_a_quoted_cell_with_everything_in_it() {
    let copy = copied(&bytes("a.csv", "no,memo\r\n1,\"a, b\r\n\"\"c\"\"\"\r\n2,d\r\n"));
    assert_eq!(copy.of("memo"), ["a, b\r\n\"c\"", "d"]);
}

#[test]
fn n14_the_delimiter_is_the_one_that_fits() {
    for mark in [";", "|", "\t"] {
        let text =
            ["no*price*name", "1*1,234*A", "2*2,345,678*B", "3*12*C"].join("\n").replace('*', mark);
        let copy = copied(&bytes("a.csv", text));
        assert_eq!(copy.of("price"), ["1234", "2345678", "12"], "parted by `{mark}`");
    }
}

#[test]
fn n23_n24_n43_numbers_in_a_column_of_dates() {
    let copy = column("契約日", &["45748", "20250401", "20250401093000", "2025/4/1", "2025/2/30"]);
    assert_eq!(
        copy.of("契約日"),
        ["2025-04-01", "2025-04-01", "2025-04-01T09:30:00+09:00", "2025-04-01", ""]
    );
    assert!(copy.notes("契約日").contains("45748"));
    assert_eq!(copy.problems(), ["6 契約日: there is no such day (such as Excel's 1900-02-29)"]);
    let numbers = column("数量", &["45748", "12", "1,000"]);
    assert_eq!(numbers.of("数量"), ["45748", "12", "1000"]);
}

#[test]
fn n29_n31_n63_telephones() {
    let copy = column(
        "電話番号",
        &[
            "9012345678",
            "03-1234-5678/5679",
            "090-1111-2222 又は 03-3333-4444",
            "9.01235E+09",
            "０３（１２３４）５６７８ 内線12",
        ],
    );
    assert_eq!(
        copy.of("電話番号"),
        ["090-1234-5678", "03-1234-5678", "090-1111-2222", "", "03-1234-5678"]
    );
    assert_eq!(
        copy.part("電話番号", Part::International),
        [
            "+819012345678",
            "+81312345678 +81312345679",
            "+819011112222 +81333334444",
            "",
            "+81312345678"
        ]
    );
    assert_eq!(copy.part("電話番号", Part::Second)[1], "03-1234-5679");
    assert_eq!(copy.part("電話番号", Part::Extension)[4], "12");
    assert_eq!(copy.of("電話番号 [raw]")[3], "9.01235E+09");
    assert!(copy.problems()[0].starts_with("5 電話番号: a spreadsheet has thrown digits away"));
}

#[test]
fn n34_n35_japanese_years() {
    let copy = column(
        "日付",
        &[
            "令和7年4月1日",
            "R7.4.1",
            "R07/04/01",
            "Ｒ７．４．１",
            "㋿7年4月1日",
            "令和元年5月1日",
            "平成31年4月30日",
            "平成31年5月1日",
        ],
    );
    let expected =
        [["2025-04-01"; 5].as_slice(), &["2019-05-01", "2019-04-30", "2019-05-01"]].concat();
    assert_eq!(copy.of("日付"), expected);
    assert!(copy.notes("日付").contains("after the end of its era"));
}

#[test]
fn n39_a_day_without_a_year() {
    let file = bytes("a.csv", "no,日付\n1,4月1日\n2,2025年4月2日\n");
    let copy = copied(&file);
    assert_eq!(copy.of("日付"), ["", "2025-04-02"]);
    assert_eq!(copy.problems(), ["2 日付: the year is missing"]);
    let copy = copied_with(&file, &Choices::default(), Some(2024)).unwrap();
    assert_eq!(copy.of("日付"), ["2024-04-01", "2025-04-02"]);
}

#[test]
fn n40_hours_beyond_midnight() {
    let copy = column("日時", &["2025/3/31 24:00", "2025/3/31 26:30"]);
    assert_eq!(copy.of("日時"), ["2025-04-01T00:00:00+09:00", "2025-04-01T02:30:00+09:00"]);
}

#[test]
fn n44_n45_n46_amounts() {
    let copy = column(
        "金額",
        &[
            "１，２３４",
            "¥1,234-",
            "1,234円",
            "￥１２３４",
            "△1,000",
            "▲1,000",
            "(1,000)",
            "−1000",
            "1.2億",
            "3万5千",
            "十二",
        ],
    );
    assert_eq!(
        copy.of("金額"),
        [
            "1234",
            "1234",
            "1234",
            "1234",
            "-1000",
            "-1000",
            "-1000",
            "-1000",
            "120000000",
            "35000",
            "12"
        ]
    );
    assert_eq!(copy.part("金額", Part::Currency)[1], "JPY");
}

#[test]
fn n48_words_for_nothing_and_ditto_marks() {
    let copy = column(
        "部署",
        &["営業部", "〃", "同上", "なし", "無", "－", "—", "N/A", "未定", "不明", "空白", "総務部"],
    );
    let expected = [["営業部"; 3].as_slice(), &[""; 8], &["総務部"]].concat();
    assert_eq!(copy.of("部署"), expected);
    assert!(copy.notes("部署").contains("row above"));
}

#[test]
fn n50_the_legal_form_in_six_ways() {
    let copy = column(
        "会社名",
        &[
            "㈱山田製作所",
            "（株）山田製作所",
            "(株)山田製作所",
            "株式会社　山田製作所",
            "㍿山田製作所",
            "株)山田製作所",
            "山田製作所㈱",
            "㈲鈴木商店",
        ],
    );
    let whole = [["株式会社山田製作所"; 6].as_slice(), &["山田製作所株式会社", "有限会社鈴木商店"]]
        .concat();
    assert_eq!(copy.of("会社名"), whole);
    assert_eq!(copy.part("会社名", Part::Core)[..7], ["山田製作所"; 7]);
    assert_eq!(copy.part("会社名", Part::Form)[7], "有限会社");
    assert_eq!(copy.part("会社名", Part::Place), ["前", "前", "前", "前", "前", "前", "後", "前"]);
    assert_eq!(copy.part("会社名", Part::Key)[..7], ["山田製作所"; 7]);
}

#[test]
fn n52_names_of_companies_as_banks_write_them() {
    let copy = column("フリガナ", &["カ）ヤマダセイサクシヨ", "ﾔﾏﾀﾞｾｲｻｸｼﾖ(ｶ", "ヤマダセイサクショ"]);
    let keys = copy.part("フリガナ", Part::Key);
    assert_eq!(keys, [keys[0]; 3]);
    assert_eq!(copy.part("フリガナ", Part::Form), ["株式会社", "株式会社", ""]);
}

#[test]
fn n55_to_n59_names_of_persons() {
    let copy = column(
        "氏名",
        &[
            "髙橋",
            "高橋",
            "斎藤",
            "斉藤",
            "齋藤",
            "齊藤",
            "渡辺",
            "渡邊",
            "渡邉",
            "葛󠄀城",
            "葛城",
            "𠮷野",
            "か\u{3099}",
            "が",
            "山田　太郎",
            "山田 太郎",
            "山田太郎",
        ],
    );
    assert_eq!(copy.of("氏名")[0], "髙橋", "verbatim");
    assert_eq!(copy.of("氏名")[9], "葛󠄀城", "verbatim");
    assert_eq!(copy.of("氏名")[11], "𠮷野");
    assert_eq!(copy.of("氏名")[12], "が");
    let keys = copy.part("氏名", Part::Key);
    for group in [0..2, 2..6, 6..9, 9..11, 12..14, 14..17] {
        assert_eq!(keys[group.clone()], vec![keys[group.start]; group.len()], "{group:?}");
    }
    assert_ne!(keys[0], keys[2]);
    assert_eq!(copy.part("氏名", Part::Family)[14..], ["山田", "山田", ""]);
    let kana = column("氏名カナ", &["ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ　たろう", "ヤマダタロウ"]);
    assert_eq!(kana.of("氏名カナ"), ["ヤマダ タロウ", "ヤマダ タロウ", "ヤマダタロウ"]);
    assert_eq!(kana.part("氏名カナ", Part::Key), ["ヤマダタロウ"; 3]);
}

#[test]
fn n60_texts_that_want_to_be_run() {
    let names = [
        "<script>alert(1)</script>",
        "=HYPERLINK(\"http://x\")",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "+1+1",
        "-1+1",
        "@SUM(1)",
    ];
    let copy = column("氏名", &names);
    assert_eq!(copy.of("氏名"), names, "stored verbatim");
    let mut csv = CsvWriter::new(Vec::new()).unwrap();
    for row in &copy.rows {
        csv.row([&row[1]]).unwrap();
    }
    let written = String::from_utf8(csv.finish().unwrap()).unwrap();
    let lines: Vec<&str> = written.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], names[0]);
    assert_eq!(lines[1], "\"'=HYPERLINK(\"\"http://x\"\")\"");
    assert_eq!(lines[4..], ["'+1+1", "'-1+1", "'@SUM(1)"]);
    assert_eq!(
        (&*neutral("=1"), &*neutral("-1.5"), &*neutral("+81312345678")),
        ("'=1", "-1.5", "+81312345678")
    );
}

#[test]
fn n67_n68_several_addresses_in_a_cell() {
    let copy = column(
        "メール",
        &["a@x.jp; b@x.jp, '山田 <c@x.jp>'", "taro+news@gmail.com", "taro@gmail.com"],
    );
    assert_eq!(copy.of("メール"), ["a@x.jp", "taro+news@gmail.com", "taro@gmail.com"]);
    assert_eq!(copy.part("メール", Part::Second)[0], "b@x.jp");
    assert_eq!(copy.part("メール", Part::Third)[0], "c@x.jp");
}

#[test]
fn n69_an_address_of_an_office_names_no_customer() {
    let rows: String = (0..40).map(|n| format!("会社{n},info@x.jp\n")).collect();
    let done = import(&bytes("顧客.csv", format!("会社名,メール\n{rows}")));
    let customers: std::collections::BTreeSet<&str> =
        done.facts.iter().map(|fact| fact.customer.as_str()).collect();
    assert_eq!(customers.len(), 40, "forty firms with one address stay forty");
}

#[test]
fn n30_n70_n71_postal_codes() {
    let copy = copied(&bytes(
        "a.csv",
        "会社名,郵便番号,住所\nA社,〒１００－０００１,\nB社,1000001,\nC社,100-0001,丸の内1-1\nD社,498-0000,\nE社,600000,北海道札幌市中央区\n",
    ));
    assert_eq!(copy.of("郵便番号"), ["100-0001", "100-0001", "100-0001", "498-0000", "060-0000"]);
    assert_eq!(
        copy.of("住所"),
        ["東京都千代田区千代田", "東京都千代田区千代田", "丸の内1-1", "", "北海道札幌市中央区"]
    );
    assert!(copy.notes("郵便番号").contains("leading 0"));
}

#[test]
fn n72_n73_addresses() {
    let copy = column(
        "住所",
        &[
            "東京都千代田区丸の内1丁目1番1号",
            "千代田区丸の内１－１－１",
            "千代田区丸ノ内一丁目1-1",
            "三重県桑名郡木曽岬町大字和泉字村前123番地4",
            "京都府京都市中京区寺町通御池上る上本能寺前町488",
            "千葉県市川市八幡1-1-1 市川ビル3F",
        ],
    );
    assert_eq!(copy.part("住所", Part::Key)[..3], ["丸の内|1-1-1"; 3]);
    assert_eq!(copy.part("住所", Part::City)[3..], ["桑名郡木曽岬町", "京都市中京区", "市川市"]);
    assert_eq!(copy.part("住所", Part::Prefecture)[3..], ["三重県", "京都府", "千葉県"]);
    assert_eq!(copy.part("住所", Part::Number)[3..], ["123-4", "488", "1-1-1"]);
    assert_eq!(copy.part("住所", Part::Rest)[5], "市川ビル3F");
    assert!(copy.of("住所")[4].contains("寺町通御池上る"), "nothing is dropped");
}

#[test]
fn an_empty_file_and_a_picture_are_said_to_be_none() {
    for (name, file) in [("a.csv", &b""[..]), ("a.png", b"\x89PNG\r\n\x1a\n")] {
        let source = Source::bytes(name, file.to_vec());
        let failed = copied_with(&source, &Choices::default(), None);
        assert!(matches!(failed, Err(Unreadable::Broken { .. })), "{name}");
    }
}
