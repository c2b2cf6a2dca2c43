//! Firms, their sites and who works there: known answers, and what holds whatever the records are.

use kizashi_matching::{
    Because, Firm, Organisation, Worker, firm_name, organisation_keys, organisations,
};

fn firm(no: u32, name: &str) -> Firm {
    Firm { no, name: name.into(), ..Firm::default() }
}

fn at(address: &str) -> [String; 3] {
    [String::new(), String::new(), address.into()]
}

fn worker(key: &str, name: &str, email: &str) -> Worker {
    Worker { key: key.into(), name: name.into(), kana: String::new(), email: email.into() }
}

/// The records of each organisation, by site.
fn shape(found: &[Organisation]) -> Vec<Vec<Vec<u32>>> {
    let numbers = |site: &kizashi_matching::Site| site.records.iter().map(|(no, _)| *no).collect();
    found.iter().map(|one| one.sites.iter().map(numbers).collect()).collect()
}

#[test]
fn branches_of_one_firm_stand_under_it_each_where_it_is() {
    let head = Firm {
        email: "info@yamada.example.jp".into(),
        address: at("東京都千代田区丸の内1-1-1"),
        ..firm(1, "株式会社山田商事")
    };
    let osaka = Firm {
        email: "osaka@yamada.example.jp".into(),
        address: at("大阪府大阪市北区梅田2-2-2 梅田ビル5F"),
        ..firm(2, "(株)山田商事 大阪支店")
    };
    // The same address on another floor is the same site.
    let sales = Firm {
        website: "https://www.yamada.example.jp/osaka".into(),
        address: at("大阪市北区梅田２丁目２番２号"),
        ..firm(3, "山田商事(株)大阪営業部")
    };
    let other = Firm {
        email: "info@yamada-nagoya.example.jp".into(),
        address: at("愛知県名古屋市中区栄3-3-3"),
        ..firm(4, "株式会社山田商事")
    };
    let found = organisations(&[other, sales, osaka, head]);
    assert_eq!(shape(&found), [vec![vec![1], vec![2, 3]], vec![vec![4]]]);
    assert_eq!(found[0].first(), 1);
    assert_eq!(found[0].sites[1].branch, "大阪支店");
    assert_eq!(found[0].sites[1].records[1], (3, Because::Domain));
    assert_eq!(found[1].sites[0].records[0], (4, Because::Alone));
}

#[test]
fn a_firm_has_one_usual_name_however_it_is_written() {
    for (written, usual) in [
        ("㈱ﾔﾏﾀﾞ商事　大阪支店 御中", "株式会社ヤマダ商事"),
        ("山田商事(株)大阪支店", "山田商事株式会社"),
        ("山田商事（有）", "山田商事有限会社"),
        ("Ｙａｍａｄａ　co.,ltd.", "Yamada Co., Ltd."),
        ("山田商事本社", "山田商事"),
        ("海鳥", "海鳥"),
        ("", ""),
    ] {
        assert_eq!(firm_name(written), usual, "{written}");
        assert_eq!(firm_name(usual), usual, "the usual name of {usual}");
    }
}

#[test]
fn a_name_alone_ties_nobody_and_another_form_or_number_parts() {
    let phone = |no, name: &str| Firm { phone: "03-1234-5678".into(), ..firm(no, name) };
    assert_eq!(organisations(&[firm(1, "アシスト株式会社"), firm(2, "アシスト株式会社")]).len(), 2);
    assert_eq!(organisations(&[phone(1, "アシスト(株)"), phone(2, "株式会社アシスト")]).len(), 1);
    assert_eq!(
        organisations(&[phone(1, "株式会社アシスト"), phone(2, "有限会社アシスト")]).len(),
        2
    );
    // A record without a form does not bridge two forms.
    let three = [phone(1, "株式会社アシスト"), phone(2, "有限会社アシスト"), phone(3, "アシスト")];
    assert_eq!(shape(&organisations(&three)), [vec![vec![1, 3]], vec![vec![2]]]);
    let number = |no, corporate: &str, name: &str| Firm {
        corporate_number: corporate.into(),
        ..phone(no, name)
    };
    // 国税庁 7000012050002 and 総務省 2000012020001 check; the last digit of the third was mistyped.
    let renamed = [
        number(1, "7000012050002", "株式会社アシスト"),
        number(2, "T7000012050002", "新アシスト・ジャパン株式会社"),
        number(3, "2000012020001", "株式会社アシスト"),
        number(4, "7000012050003", "株式会社アシスト"),
    ];
    let found = organisations(&renamed);
    assert_eq!(shape(&found), [vec![vec![1, 2, 4]], vec![vec![3]]], "{found:?}");
    assert_eq!(found[0].sites[0].records[1].1, Because::CorporateNumber);
}

#[test]
fn what_somebody_said_goes_before_everything() {
    let told = |no, name: &str, organisation: &str| Firm {
        organisation: organisation.into(),
        phone: "03-1234-5678".into(),
        ..firm(no, name)
    };
    let found = organisations(&[
        told(1, "株式会社山田商事", "山田グループ"),
        told(2, "ヤマダ物流株式会社", "山田グループ"),
        told(3, "株式会社山田商事", "別の山田"),
        told(4, "株式会社山田商事", ""),
    ]);
    assert_eq!(found.len(), 2);
    assert_eq!(shape(&found)[1], [vec![3]]);
    assert_eq!(found[0].sites[0].records[0].1, Because::Told);
}

#[test]
fn free_mail_and_shared_boxes_tell_nothing_and_one_person_in_two_firms_stays_two() {
    let free = |no| Firm { email: "yamada@gmail.com".into(), ..firm(no, "山田商事") };
    assert_eq!(organisations(&[free(1), free(2)]).len(), 2);
    let with = |no, name: &str, people: Vec<Worker>| Firm {
        phone: format!("03-0000-000{}", no / 10),
        people,
        ..firm(no, name)
    };
    let found = organisations(&[
        with(
            10,
            "株式会社山田商事",
            vec![
                worker("a", "佐藤 健", "sato@yamada.example.jp"),
                worker("b", "鈴木 一郎", "info@yamada.example.jp"),
            ],
        ),
        with(
            11,
            "株式会社山田商事 大阪支店",
            vec![
                worker("c", "佐藤健 様", ""),
                worker("d", "高橋 花子", "info@yamada.example.jp"),
                worker("e", "佐藤 健", "sato2@yamada.example.jp"),
            ],
        ),
        with(20, "海鳥物産株式会社", vec![worker("f", "佐藤 健", "sato@umidori.example.jp")]),
    ]);
    let people = |place: usize| -> Vec<Vec<&str>> {
        let keys = |one: &Vec<(u32, String)>| -> Vec<String> {
            one.iter().map(|(_, key)| key.clone()).collect()
        };
        found[place]
            .people
            .iter()
            .map(|one| keys(one).into_iter().map(|key| &*Box::leak(key.into_boxed_str())).collect())
            .collect()
    };
    // Two of one name, each with an address of their own, are two; the shared box is of neither.
    assert_eq!(people(0), [vec!["a", "c"], vec!["b"], vec!["d"], vec!["e"]]);
    assert_eq!(people(1), [vec!["f"]]);
}

#[test]
fn who_belongs_together_can_be_found_by_a_key_and_order_does_not_matter() {
    let mut seed = 11_u64;
    let mut dice = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    let mut together = 0;
    for _ in 0..300 {
        let mut firms: Vec<Firm> = (0..8)
            .map(|no| Firm {
                name: format!(
                    "{}{}{}",
                    ["株式会社", "有限会社", ""][dice(3) as usize],
                    ["山田商事", "海鳥", "アシスト"][dice(3) as usize],
                    ["", " 大阪支店", " 福岡営業所"][dice(3) as usize]
                ),
                organisation: ["", "", "", "組"][dice(4) as usize].into(),
                corporate_number: ["", "", "7000012050002", "2000012020001"][dice(4) as usize]
                    .into(),
                phone: ["", "03-1111-1111", "06-2222-2222"][dice(3) as usize].into(),
                email: ["", "a@x.example.jp", "b@y.example.jp", "c@gmail.com"][dice(4) as usize]
                    .into(),
                address: at(["", "東京都港区芝1-1-1", "大阪市北区梅田2-2-2"][dice(3) as usize]),
                ..firm(no, "")
            })
            .collect();
        let found = organisations(&firms);
        let mut all: Vec<u32> = shape(&found).concat().concat();
        all.sort_unstable();
        assert_eq!(all, (0..8).collect::<Vec<u32>>(), "each record is in one organisation, once");
        for one in &found {
            let records: Vec<u32> =
                one.sites.iter().flat_map(|site| &site.records).map(|(no, _)| *no).collect();
            together += usize::from(1 < records.len());
            let said: std::collections::BTreeSet<&str> = records
                .iter()
                .map(|no| firms[*no as usize].corporate_number.as_str())
                .filter(|number| !number.is_empty())
                .collect();
            let told = records.iter().any(|no| !firms[*no as usize].organisation.is_empty());
            assert!(said.len() <= 1 || told, "two numbers are two firms: {firms:?}");
            for no in records {
                let of = |no: u32| {
                    let firm = &firms[no as usize];
                    organisation_keys(&firm.name, &firm.corporate_number, &firm.organisation)
                };
                let reached = one.sites.iter().flat_map(|site| &site.records).any(|(other, _)| {
                    *other != no && of(*other).iter().any(|key| of(no).contains(key))
                });
                assert!(
                    reached || one.sites.iter().map(|site| site.records.len()).sum::<usize>() == 1
                );
            }
        }
        firms.reverse();
        assert_eq!(organisations(&firms), found);
    }
    assert!(300 < together, "only {together} organisations of more than one record");
}
