//! Each kind of file from header to facts.

use crate::harness::{bytes, import, import_as, import_with, line, mapping};
use expect_test::expect;
use facts::What;
use kizashi_intake::{Choices, CustomerBy, Directory, Field, Kind, Mapping, Roster, look};

#[test]
fn customers_are_told_apart_by_number_then_address_then_name() {
    let by = |text: &str| {
        let done = import(&bytes("顧客.csv", text));
        (done.facts[0].customer.to_string(), done.checked.customer_by)
    };
    assert_eq!(
        by("顧客番号,会社名,メール,業種\nＣ１,A社,a@x.jp,製造\n"),
        ("C1".into(), CustomerBy::Number)
    );
    assert_eq!(
        by("会社名,メール,業種\nA社,Hanako@X.jp,製造\n"),
        ("hanako@x.jp".into(), CustomerBy::Email)
    );
    assert_eq!(by("会社名,業種\n㈱A社,製造\n"), ("㈱A社".into(), CustomerBy::Name));
}

#[test]
fn a_customer_row_holds_from_its_own_day_or_from_the_import() {
    let done = import_as(
        &bytes("a.csv", "番号,名前,プラン,時点\nC1,A社,無料,2026/10/1\nC2,B社,,\n"),
        Kind::Customers,
        &["customer", "name", "plan", "as_of"],
    );
    expect![[r#"
        C1 2026-09-30T15:00:00.000Z = name=A社 plan=free
        C2 2026-11-21T00:00:00.000Z = name=B社"#]]
    .assert_eq(&done.lines().join("\n"));
}

#[test]
fn names_in_two_columns_become_one() {
    let done = import_as(
        &bytes("a.csv", "会社,姓,名\nA社,山田,太郎\nA社,Yamada,Taro\nA社,鈴木,\n"),
        Kind::Contacts,
        &["customer_name", "family_name", "given_name"],
    );
    let names: Vec<&str> =
        done.facts.iter().map(|fact| fact.contact.as_ref().unwrap().as_str()).collect();
    assert_eq!(names, ["山田 太郎", "Taro Yamada", "鈴木"]);
}

#[test]
fn contacts_belong_to_customers_known_by_name() {
    let mut roster = Roster::default();
    let customers =
        import(&bytes("顧客.csv", "顧客番号,会社名,業種\nC1,A社,製造\nC2,B社,小売\nC3,B社,小売\n"));
    customers.facts.iter().for_each(|fact| roster.learn(fact));
    let source = bytes(
        "c.csv",
        "会社名,担当者ID,氏名,メール,役割\nA社,P1,山田,y@x.jp,決裁者\nB社,P2,鈴木,s@x.jp,窓口\n",
    );
    let layout = look(&source, &Choices::default()).unwrap();
    let fields = ["customer_name", "contact", "name", "email", "role"];
    let done = import_with(&source, layout, &mapping(Kind::Contacts, &fields), &roster);
    expect![[r#"
        C1/P1 2026-11-21T00:00:00.000Z = name=山田 email=y@x.jp role=decides
        B社/P2 2026-11-21T00:00:00.000Z = name=鈴木 email=s@x.jp role=champions"#]]
    .assert_eq(&done.lines().join("\n"));
    done.facts.iter().for_each(|fact| roster.learn(fact));

    let source = bytes(
        "e.csv",
        "担当者ID,メール,イベント,日時\nP1,,ログイン,2026/11/1 9:00\n,S@x.jp,login,2026/11/2 9:00\nP9,,login,2026/11/3\n,z@x.jp,login,2026/11/3\n,,login,2026/11/3\n",
    );
    let layout = look(&source, &Choices::default()).unwrap();
    let events = import_with(
        &source,
        layout,
        &mapping(Kind::Events, &["contact", "email", "name", "at"]),
        &roster,
    );
    expect![[r#"
        C1/P1 2026-11-01T00:00:00.000Z login 
        B社/P2 2026-11-02T00:00:00.000Z login "#]]
    .assert_eq(&events.lines().join("\n"));
    expect![[r#"
        4 担当者ID `P9` nobody with this contact number is known
        5 メール `z@x.jp` no customer with this e-mail address is known
        6 担当者ID `` the row does not say which customer it is about"#]]
    .assert_eq(&events.faults().join("\n"));
}

#[test]
fn events_carry_their_properties() {
    let done = import(&bytes(
        "events.csv",
        "customer,event,time,id,properties,count,flag\n\
         C1,login,2026-11-01T00:00:00Z,e1,\"{\"\"page\"\":\"\"top\"\",\"\"n\"\":1.5,\"\"ok\"\":true,\"\"none\"\":null,\"\"deep\"\":[1]}\",3,yes\n\
         C1,ページ閲覧,2026-11-01T01:00:00+09:00,e2,,,no\n\
         C1,login,2026-11-01,e3,{broken,1,yes\n",
    ));
    expect![[r#"
        C1 2026-11-01T00:00:00.000Z login deep=[1] n=1.5 ok=true page=top count=3 flag=true
        C1 2026-10-31T16:00:00.000Z page_viewed flag=false"#]]
    .assert_eq(&done.lines().join("\n"));
    expect!["4 properties `{broken` this is no JSON object"].assert_eq(&done.faults().join("\n"));
    assert_eq!(done.facts[0].id.as_deref(), Some("e1"));
}

#[test]
fn purchases_deals_and_reports_have_their_standard_names() {
    let bought = import(&bytes(
        "注文.csv",
        "注文番号,顧客番号,注文日,商品名,数量,単価,金額\nO1,C1,2026/11/1,トナー,2,\"¥5,000\",\nO1,C1,2026/11/1,用紙,1,,300円\n",
    ));
    expect![[r#"
        C1 2026-10-31T15:00:00.000Z purchased order=O1 product=トナー quantity=2 unit_price=5000 amount=10000
        C1 2026-10-31T15:00:00.000Z purchased order=O1 product=用紙 quantity=1 amount=300"#]].assert_eq(&bought.lines().join("\n"));
    let moved = import(&bytes(
        "案件.csv",
        "案件名,会社名,ステージ,金額,更新日\n更新,A社,Closed Won,150万円,2026/11/1\n新規,B社,謎,,2026/11/1\n新規,B社,,,2026/11/1\n",
    ));
    expect![[r#"
        A社 2026-10-31T15:00:00.000Z deal_moved deal_name=更新 stage=won amount=1500000 deal=更新
        B社 2026-10-31T15:00:00.000Z deal_moved deal_name=新規 stage=謎 deal=新規"#]]
    .assert_eq(&moved.lines().join("\n"));
    expect!["4 ステージ `` there is no value"].assert_eq(&moved.faults().join("\n"));
    let reports = import(&bytes(
        "日報.csv",
        "日付,担当者,会社名,本文,課題,温度感\n2026/11/1,佐藤,A社,\"解約を\n検討\",費用,比較検討中\n2026/11/2,佐藤,A社,なし,,\n",
    ));
    expect![[r#"
        A社 2026-10-31T15:00:00.000Z reported rep=佐藤 text=解約を
        検討 issue=費用 temperature=comparing"#]]
    .assert_eq(&reports.lines().join("\n"));
    expect!["4 本文 `` there is no value"].assert_eq(&reports.faults().join("\n"));
}

#[test]
fn the_same_file_twice_gives_the_same_ids_and_equal_rows_differ() {
    let text = "customer,event,at\nC1,login,2026-11-01\nC1,login,2026-11-01\nC1,login,2026-11-02\n";
    let ids = |text: &str| -> Vec<String> {
        let done = import(&bytes("events.csv", text));
        done.facts.iter().map(|fact| fact.id.clone().unwrap()).collect()
    };
    let first = ids(text);
    assert_eq!(first, ids(text));
    assert_ne!(first[0], first[1]);
    assert_eq!(
        first[1],
        ids("customer,event,at\nC1,login,2026-11-02\nC1,login,2026-11-01\nC1,login,2026-11-01\n")
            [2]
    );
    assert_ne!(first[0], first[2]);
}

#[test]
fn a_mapping_says_all_that_is_missing() {
    let faults = |kind, fields: &[&str]| -> Vec<String> {
        mapping(kind, fields).faults().into_iter().map(|fault| fault.en).collect()
    };
    assert_eq!(
        faults(Kind::Events, &["-"]),
        [
            "choose the column that names the customer (number, name, contact number or e-mail)",
            "choose the column that holds `event name`",
            "choose the column that holds `when`",
        ]
    );
    assert_eq!(faults(Kind::Customers, &["name", "name"]), ["`name` is given to two columns"]);
    assert_eq!(faults(Kind::Contacts, &["customer"]).len(), 1);
    assert_eq!(faults(Kind::Deals, &["customer", "stage", "at"]).len(), 1);
    assert!(faults(Kind::Customers, &["email"]).is_empty());
}

#[test]
fn fields_have_names_that_come_back() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.id()), Some(kind));
        for option in kizashi_intake::field_options(kind) {
            let field = Field::parse(kind, option.id).unwrap();
            assert_eq!(field.id(), option.id);
            assert!(!option.label.ja.is_empty() && !option.label.en.is_empty());
        }
    }
    assert_eq!(Field::parse(Kind::Events, "attribute:page").unwrap().id(), "property:page");
    assert_eq!(Field::parse(Kind::Customers, "attribute:重要度").unwrap().id(), "attribute:重要度");
    assert!(Field::parse(Kind::Customers, "nonsense").is_err());
    assert!(Field::parse(Kind::Customers, "attribute: ").is_err());
}

#[test]
fn an_unsound_mapping_reads_nothing() {
    let source = bytes("a.csv", "a,b\n1,2\n");
    let layout = look(&source, &Choices::default()).unwrap();
    let (calendar, cancel) = (facts::Calendar::japan(), std::sync::atomic::AtomicBool::new(false));
    let job = kizashi_intake::Job {
        source: &source,
        shape: &layout.shape,
        mapping: &Mapping::new(Kind::Events, vec![None, None]),
        calendar: &calendar,
        now: crate::harness::now(),
        directory: &Roster::default(),
        cancel: &cancel,
    };
    assert!(kizashi_intake::check(&job, &mut |_| {}).is_err());
}

#[test]
fn a_roster_forgets_nobody_and_invents_nobody() {
    let done = import(&bytes("顧客.csv", "顧客番号,会社名,メール,業種\nC1,A社,Hanako@x.jp,製造\n"));
    let mut roster = Roster::default();
    done.facts.iter().for_each(|fact| roster.learn(fact));
    assert_eq!(roster.customer_of_email("hanako@x.jp").unwrap().0.as_str(), "C1");
    assert_eq!(roster.customer_of_name("A社").unwrap().as_str(), "C1");
    assert!(roster.customer_of_name("B社").is_none() && roster.customer_of_contact("P1").is_none());
    assert!(matches!(done.facts[0].what, What::Became(_)), "{}", line(&done.facts[0]));
}
