//! Golden guesses for headers that real systems write.

use crate::harness::bytes;
use expect_test::{Expect, expect};
use kizashi_intake::{Choices, guess, look};

/// The kind, and every column with its field; `?` marks what is not sure.
fn check(name: &str, text: &str, expected: Expect) {
    let layout = look(&bytes(name, text), &Choices::default()).unwrap();
    let guessed = guess(&layout);
    let mut said = format!("{}{}", guessed.kind.id(), if guessed.sure { "" } else { "?" });
    for (column, field) in layout.columns.iter().zip(&guessed.fields) {
        let id = field.field.as_ref().map_or("-".to_owned(), |field| field.id());
        said.push_str(&format!("\n{} → {id}{}", column.header, if field.sure { "" } else { "?" }));
    }
    said.push('\n');
    expected.assert_eq(&said);
}

#[test]
fn crm_customers() {
    check(
        "顧客一覧.csv",
        "顧客番号,会社名,フリガナ,営業担当,業種,従業員数,郵便番号,都道府県,住所,電話番号,メールアドレス,契約プラン,契約更新日,重要度\n\
        C001,㈱山田,ヤマダ,佐藤,製造業,120名,100-0001,東京都,千代田区1-1,03-1234-5678,a@x.jp,スタンダード,2027/3/31,A\n",
        expect![[r#"
            customers
            顧客番号 → customer
            会社名 → name
            フリガナ → name_kana
            営業担当 → rep
            業種 → industry
            従業員数 → employees
            郵便番号 → postal_code
            都道府県 → prefecture
            住所 → address
            電話番号 → phone
            メールアドレス → email
            契約プラン → plan
            契約更新日 → contract_renews_on
            重要度 → attribute:重要度?
        "#]],
    );
}

#[test]
fn short_customers() {
    check(
        "data.csv",
        "取引先コード,取引先名,担当,代表電話,所在地\n101,山田製作所,佐藤,03-1111-2222,東京都千代田区\n",
        expect![[r#"
        customers
        取引先コード → customer
        取引先名 → name
        担当 → rep
        代表電話 → phone
        所在地 → address
    "#]],
    );
}

#[test]
fn members_of_a_shop() {
    check(
        "members.csv",
        "会員ID,氏名,氏名（カナ）,性別,生年月日,メールアドレス,携帯電話番号,メルマガ希望,会員登録日,職業\n\
        9,山田太郎,ヤマダタロウ,男性,S55.4.1,t@x.jp,090-1111-2222,希望する,2024/1/5,会社員\n",
        expect![[r#"
            customers
            会員ID → customer
            氏名 → name
            氏名（カナ） → name_kana
            性別 → sex
            生年月日 → birthday
            メールアドレス → email
            携帯電話番号 → phone
            メルマガ希望 → consent_mail
            会員登録日 → contract_started_on
            職業 → occupation
        "#]],
    );
}

#[test]
fn business_cards() {
    check(
        "名刺.csv",
        "会社名,部署名,役職,氏名,氏名フリガナ,e-mail,TEL,携帯電話\n㈱山田,営業部,部長,山田太郎,ヤマダタロウ,t@x.jp,03-1111-2222,090-1111-2222\n",
        expect![[r#"
        cards
        会社名 → customer_name
        部署名 → department
        役職 → title
        氏名 → name
        氏名フリガナ → name_kana
        e-mail → email
        TEL → phone
        携帯電話 → attribute:携帯電話?
    "#]],
    );
}

#[test]
fn salesforce_accounts() {
    check(
        "accounts.csv",
        "Account ID,Account Name,Account Owner,Industry,Employees,Billing State/Province,Billing Zip/Postal Code,Phone,Website,Type\n\
        001A,Yamada Inc,Sato,Manufacturing,120,Tokyo,100-0001,03-1234-5678,https://x.jp,Customer\n",
        expect![[r#"
            customers
            Account ID → customer
            Account Name → name
            Account Owner → rep
            Industry → industry
            Employees → employees
            Billing State/Province → prefecture
            Billing Zip/Postal Code → postal_code
            Phone → phone
            Website → website
            Type → attribute:Type?
        "#]],
    );
}

#[test]
fn salesforce_contacts() {
    check(
        "contacts.csv",
        "Contact ID,First Name,Last Name,Account Name,Title,Department,Email,Phone,Mailing City\n\
        003A,Taro,Yamada,Yamada Inc,Manager,Sales,t@x.jp,03-1111-2222,Chiyoda\n",
        expect![[r#"
            contacts
            Contact ID → contact
            First Name → given_name
            Last Name → family_name
            Account Name → customer_name
            Title → title
            Department → department
            Email → email
            Phone → phone
            Mailing City → attribute:Mailing City?
        "#]],
    );
}

#[test]
fn salesforce_opportunities() {
    check(
        "report.csv",
        "Opportunity ID,Opportunity Name,Account Name,Stage,Amount,Close Date,Opportunity Owner,Probability (%)\n\
        006A,Renewal,Yamada Inc,Closed Won,1500000,2026-11-01,Sato,100\n",
        expect![[r#"
            deals
            Opportunity ID → deal
            Opportunity Name → deal_name
            Account Name → customer_name
            Stage → stage
            Amount → amount
            Close Date → at
            Opportunity Owner → rep
            Probability (%) → property:Probability (%)
        "#]],
    );
}

#[test]
fn deals_in_japanese() {
    check(
        "商談一覧.csv",
        "案件番号,案件名,取引先名,フェーズ,見積金額,更新日,担当者\nD1,更新提案,山田製作所,見積提出,\"1,500,000\",2026/11/1,佐藤\n",
        expect![[r#"
        deals
        案件番号 → deal
        案件名 → deal_name
        取引先名 → customer_name
        フェーズ → stage
        見積金額 → amount
        更新日 → at
        担当者 → rep
    "#]],
    );
}

#[test]
fn orders_of_a_shop() {
    check(
        "orders.csv",
        "注文番号,注文日時,購入者メールアドレス,商品名,カテゴリ,数量,単価,小計,販売チャネル\nO1,2026/11/01 10:00,t@x.jp,トナー,消耗品,2,5000,10000,楽天\n",
        expect![[r#"
        purchases
        注文番号 → order
        注文日時 → at
        購入者メールアドレス → email
        商品名 → product
        カテゴリ → category
        数量 → quantity
        単価 → unit_price
        小計 → amount
        販売チャネル → channel
    "#]],
    );
}

#[test]
fn orders_of_an_english_shop() {
    check(
        "export.csv",
        "Order ID,Created at,Email,Lineitem name,Lineitem quantity,Lineitem price,Total\n1001,2026-11-01 10:00:00 +0900,t@x.jp,Toner,2,5000,10000\n",
        expect![[r#"
        purchases
        Order ID → order
        Created at → at
        Email → email
        Lineitem name → product
        Lineitem quantity → quantity
        Lineitem price → unit_price
        Total → amount
    "#]],
    );
}

#[test]
fn sales_of_a_core_system() {
    check(
        "URIAGE.csv",
        "得意先コード,得意先名,売上日,伝票番号,品名,数量,金額\n101,山田製作所,20261101,55,トナー,2,10000\n",
        expect![[r#"
        purchases
        得意先コード → customer
        得意先名 → customer_name
        売上日 → at
        伝票番号 → order
        品名 → product
        数量 → quantity
        金額 → amount
    "#]],
    );
}

#[test]
fn web_events() {
    check(
        "events.csv",
        "user_id,event,timestamp,page,dwell_seconds\nC1,page_viewed,2026-11-01T10:00:00Z,pricing,30\n",
        expect![[r#"
        events
        user_id → customer
        event → name
        timestamp → at
        page → property:page
        dwell_seconds → property:dwell_seconds
    "#]],
    );
}

#[test]
fn long_events_with_json() {
    check(
        "export.csv",
        "event_id,customer,name,at,properties\ne1,C1,login,2026-11-01T10:00:00Z,\"{\"\"page\"\":\"\"top\"\"}\"\n",
        expect![[r#"
        events
        event_id → id
        customer → customer
        name → name
        at → at
        properties → properties
    "#]],
    );
}

#[test]
fn actions_in_japanese() {
    check(
        "行動ログ.csv",
        "日時,顧客ID,イベント,ページ\n2026/11/1 10:00,C1,ページ閲覧,料金\n",
        expect![[r#"
        events
        日時 → at
        顧客ID → customer
        イベント → name
        ページ → property:page
    "#]],
    );
}

#[test]
fn daily_reports() {
    check(
        "日報.csv",
        "日付,営業担当,訪問先,日報本文,顧客の課題,温度感\n2026/11/1,佐藤,山田製作所,解約を検討中とのこと,費用,高\n",
        expect![[r#"
        reports
        日付 → at
        営業担当 → rep
        訪問先 → customer_name
        日報本文 → text
        顧客の課題 → issue
        温度感 → temperature
    "#]],
    );
}

#[test]
fn notes_of_visits() {
    check(
        "data.csv",
        "訪問日,報告者,会社名,商談内容,次回予定\n2026/11/1,佐藤,山田製作所,競合製品の話,来週訪問\n",
        expect![[r#"
        reports
        訪問日 → at
        報告者 → rep
        会社名 → customer_name
        商談内容 → text
        次回予定 → property:次回予定
    "#]],
    );
}

#[test]
fn values_speak_where_headers_do_not() {
    check(
        "a.csv",
        "code,c1,c2,c3\nC1,t@x.jp,03-1111-2222,東京都\nC2,u@x.jp,03-1111-3333,大阪府\n",
        expect![[r#"
        customers?
        code → attribute:code?
        c1 → email?
        c2 → phone?
        c3 → prefecture?
    "#]],
    );
}

#[test]
fn persons_are_customers_unless_they_belong_to_one() {
    let kind = |header: &str| {
        let rows = "A-1,山田太郎,t@x.jp,03-1234-5678\nA-2,鈴木花子,h@x.jp,03-1234-5679\n";
        let layout = look(&bytes("table.csv", format!("{header}\n{rows}")), &Choices::default());
        guess(&layout.unwrap()).kind.id()
    };
    for header in
        ["customer_id,name,email,phone", "顧客ID,氏名,メール,電話", "customer_id,name,a,b"]
    {
        assert_eq!(kind(header), "customers", "{header}");
    }
    for header in
        ["顧客ID,氏名,役職,電話", "customer_id,contact_id,email,phone", "取引先名,氏名,メール,電話"]
    {
        assert_eq!(kind(header), "contacts", "{header}");
    }
}
