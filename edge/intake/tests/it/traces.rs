//! What customers leave behind, each kind of file to its facts.

use crate::harness::{Done, bytes, import, import_with};
use expect_test::{Expect, expect};
use kizashi_intake::{
    Choices, Container, Kind, Mapping, PageRule, PageRules, Roster, Source, guess, look,
};

fn check(name: &str, text: &str, kind: Kind, expected: Expect) -> Done {
    let done = import(&bytes(name, text));
    let guessed = guess(&done.layout);
    assert_eq!(guessed.kind, kind, "{:?}", guessed.fields);
    let said: Vec<String> = done.lines().into_iter().chain(done.faults()).collect();
    expected.assert_eq(&(said.join("\n") + "\n"));
    done
}

/// Customers who are known by their addresses.
fn known() -> Roster {
    let mut roster = Roster::default();
    let list =
        import(&bytes("顧客.csv", "顧客番号,会社名,メール\nC1,A社,taro@a.jp\nC2,B社,hana@b.jp\n"));
    list.facts.iter().for_each(|fact| roster.learn(fact));
    roster
}

fn of_known(source: &Source) -> Done {
    let layout = look(source, &Choices::default()).unwrap();
    let guessed = guess(&layout);
    let fields = guessed.fields.into_iter().map(|field| field.field).collect();
    import_with(source, layout, &Mapping::new(guessed.kind, fields), &known())
}

#[test]
fn an_access_log_becomes_pages_that_people_saw() {
    let log = "\
10.0.0.1 - C1 [21/Nov/2026:09:00:00 +0900] \"GET /pricing/?x=1 HTTP/1.1\" 200 512 \"https://x.jp/\" \"Mozilla/5.0\"\n\
10.0.0.1 - C1 [21/Nov/2026:09:00:01 +0900] \"GET /style.css HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n\
10.0.0.2 - - [21/Nov/2026:09:00:02 +0900] \"GET /blog/ HTTP/1.1\" 200 512 \"-\" \"Googlebot/2.1\"\n\
10.0.0.2 - C2 [21/Nov/2026:09:00:03 +0900] \"GET /help/billing/faq HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0\"\n\
10.0.0.2 - C2 [21/Nov/2026:09:00:04 +0900] \"GET /%E6%96%99%E9%87%91 HTTP/1.1\" 200 5 \"-\" \"a \\\"quoted\\\" agent\"\n\
10.0.0.2 - C2 [21/Nov/2026:09:00:05 +0900] \"GET /gone HTTP/1.1\" 404 5 \"-\" \"Mozilla/5.0\"\n\
nonsense\n\
10.0.0.3 - - [21/Nov/2026:09:00:06 +0900] \"GET / HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0\"\n";
    let done = check(
        "access.log",
        log,
        Kind::PageViews,
        expect![[r#"
        C1 2026-11-21T00:00:00.000Z page_viewed url=/pricing/?x=1 referrer=https://x.jp/ page_type=pricing
        C2 2026-11-21T00:00:03.000Z page_viewed url=/help/billing/faq page_type=help topic=billing
        C2 2026-11-21T00:00:04.000Z page_viewed url=/料金 page_type=pricing
        7 * `nonsense` this is no line of an access log
        8 user id `` the row does not say which customer it is about
    "#]],
    );
    assert_eq!(done.layout.shape.container, Container::AccessLog);
}

#[test]
fn an_export_of_analytics_says_the_type_of_page_by_the_firms_rules() {
    let text = "user_id,event_timestamp,page_location,page_title,engagement_time\n\
        C1,2026-11-20 10:00:00,https://x.jp/ja/campaign/spring,春の案内,30\n\
        C1,2026-11-20 10:01:00,https://x.jp/ja/features/api/,API,12\n";
    let source = bytes("pageviews.csv", text);
    let layout = look(&source, &Choices::default()).unwrap();
    let guessed = guess(&layout);
    assert_eq!(guessed.kind, Kind::PageViews);
    let fields = guessed.fields.into_iter().map(|field| field.field).collect();
    let mut mapping = Mapping::new(guessed.kind, fields);
    mapping.pages =
        PageRules::new(vec![PageRule::new("*/campaign/{campaign}", "landing").unwrap()]);
    let done = import_with(&source, layout, &mapping, &Roster::default());
    expect![[r#"
        C1 2026-11-20T01:00:00.000Z page_viewed url=https://x.jp/ja/campaign/spring page=春の案内 dwell_seconds=30 page_type=landing campaign=spring
        C1 2026-11-20T01:01:00.000Z page_viewed url=https://x.jp/ja/features/api/ page=API dwell_seconds=12 page_type=feature feature=api"#]].assert_eq(&done.lines().join("\n"));
    for wrong in [("", "x"), ("/a{", "x"), ("/a{}", "x"), ("/a", "")] {
        assert!(PageRule::new(wrong.0, wrong.1).is_err(), "{wrong:?}");
    }
}

#[test]
fn a_mail_log_says_what_became_of_each_mail() {
    let text = "メールアドレス,イベント,日時,キャンペーン名,URL\n\
        taro@a.jp,配信,2026/11/1 9:00,秋の案内,\n\
        taro@a.jp,開封,2026/11/1 9:05,秋の案内,\n\
        hana@b.jp,click,2026/11/1 9:06,秋の案内,https://x.jp/pricing\n\
        hana@b.jp,bounce,2026/11/2 9:06,秋の案内,\n\
        who@c.jp,open,2026/11/2 9:06,秋の案内,\n";
    let source = bytes("配信結果.csv", text);
    let done = of_known(&source);
    expect![[r#"
        C1 2026-11-01T00:00:00.000Z mail_sent campaign=秋の案内
        C1 2026-11-01T00:05:00.000Z mail_opened campaign=秋の案内
        C2 2026-11-01T00:06:00.000Z mail_clicked campaign=秋の案内 url=https://x.jp/pricing
        C2 2026-11-02T00:06:00.000Z mail_bounced campaign=秋の案内
        6 メールアドレス `who@c.jp` no customer with this e-mail address is known"#]]
    .assert_eq(&done.lines().into_iter().chain(done.faults()).collect::<Vec<_>>().join("\n"));
}

#[test]
fn inquiries_surveys_cards_and_meters() {
    check(
        "問い合わせ.csv",
        "受付番号,顧客番号,受付日時,種別,件名,問い合わせ内容,対応状況\n7,C1,2026/11/1 9:00,クレーム,請求,金額が違う,対応中\n",
        Kind::Inquiries,
        expect![[r#"
            C1 2026-11-01T00:00:00.000Z inquired kind=complaint topic=請求 text=金額が違う status=対応中
        "#]],
    );
    check(
        "アンケート結果.csv",
        "タイムスタンプ,顧客番号,満足度,ご意見,検討中の機能\n2026/11/1 9:00,C1,4,助かっています,自動化\n",
        Kind::Surveys,
        expect![[r#"
            C1 2026-11-01T00:00:00.000Z survey_answered score=4 text=助かっています 検討中の機能=自動化
        "#]],
    );
    check(
        "名刺.csv",
        "会社名,部署,役職,氏名,メール,名刺交換日,展示会名,同意の根拠\nA社,営業部,部長,山田太郎,t@a.jp,2026/10/1,展示会2026,名刺交換\n",
        Kind::Cards,
        expect![[r#"
            A社/t@a.jp 2026-11-21T00:00:00.000Z = department=営業部 title=部長 name=山田太郎 email=t@a.jp card_received_on=2026-10-01 source=展示会2026 consent_basis=card
        "#]],
    );
    check(
        "利用状況.csv",
        "顧客番号,計測日,計測項目,使用量,上限\nC1,2026/11/1,ストレージ,85,100\nC1,2026/11/1,ユーザー数,9,10\n",
        Kind::Usage,
        expect![[r#"
            C1 2026-10-31T15:00:00.000Z usage_measured meter=storage used=85 limit=100
            C1 2026-10-31T15:00:00.000Z usage_measured meter=users used=9 limit=10
        "#]],
    );
}

#[test]
fn mail_of_any_encoding_becomes_letters() {
    let iso = encoding_rs::ISO_2022_JP.encode("見積書をお願いします。\n").0.into_owned();
    let mbox = [
        b"From x Sat Nov 21 09:00:00 2026\nFrom: =?UTF-8?B?5bGx55Sw?= <Taro@a.jp>\nTo: we@x.jp\nDate: Sat, 21 Nov 2026 09:00:00 +0900\nSubject: =?ISO-2022-JP?B?GyRCOCtAUSRqGyhC?=\nMessage-ID: <1@a.jp>\nContent-Type: text/plain; charset=ISO-2022-JP\n\n".as_slice(),
        &iso,
        b">From here it goes on\n-----Original Message-----\nold\n\nFrom y Sat Nov 21 10:00:00 2026\nFrom: we@x.jp\nTo: hana@b.jp\nDate: Sat, 21 Nov 2026 10:00:00 +0900\nSubject: Re\nMessage-ID: <2@x.jp>\n\nThank you\n\nFrom z\nFrom: who@c.jp\nTo: we@x.jp\nDate: Sat, 21 Nov 2026 11:00:00 +0900\nSubject: hi\n\n?\n",
    ]
    .concat();
    let source = Source::bytes("past.mbox", mbox);
    let done = of_known(&source);
    assert_eq!(done.layout.shape.container, Container::Mail);
    expect![[r#"
        C1 2026-11-21T00:00:00.000Z mail_received topic=見積り text=見積書をお願いします。
        From here it goes on
        C2 2026-11-21T01:00:00.000Z mail_written topic=Re text=Thank you
        23 from `who@c.jp` no customer with this e-mail address is known"#]]
    .assert_eq(&done.lines().into_iter().chain(done.faults()).collect::<Vec<_>>().join("\n"));
    let single = b"Received: by x\r\nFrom: taro@a.jp\r\nDate: Sat, 21 Nov 2026 09:00:00 +0900\r\nTo: we@x.jp\r\nSubject: s\r\n\r\nbody\r\n";
    assert_eq!(of_known(&bytes("a.eml", single)).facts.len(), 1);
}
