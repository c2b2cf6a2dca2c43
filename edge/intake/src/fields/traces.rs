//! The fields of files about what customers leave behind: pages seen, mails, inquiries, surveys, cards, usage, letters.

use super::{
    AT, CUSTOMER_NAME, CUSTOMER_NUMBER, EMAIL, PHONE,
    Reads::{self, Bool, Choice, Day, Email, Key, Number, Phone, Text},
    Spec, field, required,
};

pub(super) const PAGE_VIEWS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名", "company", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, super::happenings::CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    required("at", "閲覧日時", "when", Reads::At, AT),
    required(
        "url",
        "URL",
        "address",
        Text,
        "url ページurl 閲覧url アクセスurl リクエスト パス ページパス ページロケーション pageurl pagelocation pagepath \
        pageaddress requesturl request uri path landingpage 閲覧ページ ページ",
    ),
    field(
        "page_type",
        "ページの種類",
        "type of page",
        Text,
        "ページ種別 ページ種類 ページタイプ pagetype pagecategory",
    ),
    field(
        "page",
        "ページ名",
        "title of the page",
        Text,
        "ページ名 ページタイトル タイトル pagetitle title pagename",
    ),
    field(
        "dwell_seconds",
        "滞在秒数",
        "seconds on the page",
        Number,
        "滞在秒数 滞在時間 滞在時間秒 閲覧秒数 閲覧時間 dwellseconds timeonpage engagementtime duration seconds",
    ),
    field(
        "visitor",
        "訪問者",
        "visitor",
        Key,
        "訪問者 訪問者id 匿名id クッキー cookieid visitorid visitor anonymousid clientid userpseudoid",
    ),
    field("referrer", "参照元", "came from", Text, "参照元 リファラー リファラ referrer referer"),
    field("id", "記録番号", "record number", Key, "id eventid logid 記録番号 ログid"),
];

pub(super) const MAILS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名・氏名", "customer's name", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, super::happenings::CONTACTS),
    field("email", "メール", "e-mail", Email, MAIL_TO),
    required("at", "日時", "when", Reads::At, AT),
    required(
        "mail_event",
        "できごと",
        "what happened",
        Choice(MAIL_EVENTS),
        "イベント 種別 反応 反応種別 結果 ステータス 状態 アクション event eventtype type action activity status activitytype",
    ),
    field(
        "campaign",
        "メール名",
        "campaign",
        Text,
        "キャンペーン キャンペーン名 配信名 メール名 メルマガ名 件名 タイトル campaign campaignname subject emailname mailing broadcast title",
    ),
    field(
        "url",
        "クリックしたURL",
        "address clicked",
        Text,
        "url クリックurl リンク リンクurl link clickedurl",
    ),
    field(
        "reason",
        "理由",
        "reason",
        Text,
        "理由 エラー エラー理由 不達理由 reason bouncereason description",
    ),
    field("id", "記録番号", "record number", Key, "id eventid messageid 記録番号 配信id sgeventid"),
];

pub(super) const INQUIRIES: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名・氏名", "customer's name", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, super::happenings::CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    required("at", "受付日時", "when", Reads::At, INQUIRED_AT),
    required(
        "text",
        "内容",
        "text",
        Text,
        "問い合わせ内容 問合せ内容 お問い合わせ内容 お問合せ内容 質問内容 質問 相談内容 クレーム内容 内容 本文 詳細 メッセージ \
        description message body text inquiry question content comment",
    ),
    field(
        "kind",
        "種別",
        "kind",
        Choice(INQUIRY_KINDS),
        "種別 問い合わせ種別 問合せ種別 お問い合わせ種別 問い合わせ区分 問合せ区分 区分 分類 kind type category inquirytype tickettype",
    ),
    field(
        "topic",
        "話題",
        "topic",
        Text,
        "件名 題名 話題 トピック カテゴリ カテゴリー subject topic title",
    ),
    field(
        "channel",
        "経路",
        "channel",
        Text,
        "経路 チャネル 受付方法 受付経路 手段 channel via origin",
    ),
    field("status", "状況", "status", Text, "状況 対応状況 ステータス 状態 status state"),
    field(
        "id",
        "問い合わせ番号",
        "inquiry number",
        Key,
        "問い合わせ番号 問合せ番号 問い合わせid 受付番号 チケット番号 チケットid ケース番号 ticketid ticket ticketnumber caseid casenumber inquiryid id",
    ),
];

pub(super) const SURVEYS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名・氏名", "customer's name", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, super::happenings::CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    required("at", "回答日時", "when", Reads::At, SURVEYED_AT),
    field(
        "survey",
        "アンケート名",
        "survey",
        Text,
        "アンケート アンケート名 調査名 survey surveyname form formname",
    ),
    field(
        "score",
        "点数",
        "score",
        Number,
        "点数 スコア 満足度 総合満足度 評価 推奨度 nps npsスコア score rating satisfaction csat npsscore recommend",
    ),
    field(
        "text",
        "自由記述",
        "free text",
        Text,
        "自由記述 自由回答 自由意見 ご意見 ご要望 ご意見ご要望 感想 comment comments feedback freetext",
    ),
    field(
        "id",
        "回答番号",
        "answer number",
        Key,
        "回答番号 回答id 回答者id responseid answerid submissionid id",
    ),
];

pub(super) const CARDS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名", "company", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, super::customers::CONTACT_NUMBER),
    field(
        "name",
        "氏名",
        "name",
        Text,
        "氏名 名前 お名前 姓名 担当者名 名刺氏名 fullname name contactname",
    ),
    field("name_kana", "フリガナ", "name in kana", Text, super::customers::KANA),
    field("family_name", "姓", "family name", Text, super::customers::FAMILY),
    field("given_name", "名", "given name", Text, super::customers::GIVEN),
    field("email", "メール", "e-mail", Email, EMAIL),
    field("phone", "電話番号", "telephone", Phone, PHONE),
    field("title", "役職", "title", Text, "役職 役職名 肩書 肩書き 職位 title jobtitle position"),
    field(
        "department",
        "部署",
        "department",
        Text,
        "部署 部署名 所属 所属部署 部門 部門名 department dept division",
    ),
    field(
        "card_received_on",
        "名刺交換日",
        "card received on",
        Day,
        "名刺交換日 交換日 名刺取得日 取得日 来場日 参加日 受付日 cardexchangedate exchangedate cardreceivedon receivedon meton scandate",
    ),
    field(
        "source",
        "入手元",
        "where from",
        Text,
        "入手元 名刺入手元 展示会 展示会名 イベント名 セミナー セミナー名 取得元 獲得元 来場イベント 獲得経路 source event eventname leadsource exhibition seminar",
    ),
    field(
        "consent_basis",
        "同意の根拠",
        "basis of consent",
        Choice(CONSENT_BASES),
        "同意の根拠 同意根拠 同意 取得根拠 許諾根拠 利用目的同意 consentbasis consent legalbasis basis",
    ),
    field(
        "consent_mail",
        "メール配信可否",
        "consents to mail",
        Bool,
        "メール配信可否 メール配信 メルマガ メルマガ希望 配信可否 consentmail optin newsletter",
    ),
    field(
        "rep",
        "交換した人",
        "who met them",
        Text,
        "名刺所有者 所有者 交換者 担当 営業担当 担当営業 owner cardowner rep",
    ),
    field("as_of", "この日から有効", "holds from", Reads::At, super::customers::AS_OF),
];

pub(super) const USAGE: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名", "company", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, super::happenings::CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    required("at", "計測日時", "when", Reads::At, MEASURED_AT),
    field(
        "meter",
        "計測項目",
        "meter",
        Choice(METERS),
        "計測項目 メーター 利用項目 項目 指標 指標名 リソース meter metric metricname resource counter quotaname",
    ),
    required(
        "used",
        "利用量",
        "used",
        Number,
        "利用量 使用量 利用値 使用値 計測値 利用数 使用数 値 used usage value usedvalue consumption current",
    ),
    field(
        "limit",
        "上限",
        "limit",
        Number,
        "上限 上限値 契約上限 契約量 契約数 割当 limit quota cap allowance maximum max included",
    ),
    field("id", "記録番号", "record number", Key, "id 記録番号 計測id recordid measurementid"),
];

pub(super) const LETTERS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名", "company", Text, CUSTOMER_NAME),
    required(
        "at",
        "日時",
        "when",
        Reads::At,
        "送信日時 受信日時 日時 日付 date sent sentat received receivedat at time",
    ),
    required(
        "from",
        "差出人",
        "from",
        Text,
        "差出人 送信者 送信元 from sender fromaddress 差出人アドレス",
    ),
    required("to", "宛先", "to", Text, "宛先 受信者 送信先 to recipient recipients toaddress cc"),
    field("topic", "件名", "subject", Text, "件名 題名 タイトル subject title"),
    field("text", "本文", "text", Text, "本文 内容 body text message content"),
    field("id", "メッセージID", "message id", Key, "messageid メッセージid id"),
];

const MAIL_TO: &str = "メール メールアドレス 宛先 宛先メール 配信先 配信先メールアドレス eメール mail email emailaddress \
        mailaddress recipient to subscriber subscriberemail recipientemail";

const INQUIRED_AT: &str = "受付日時 受付日 問い合わせ日時 問い合わせ日 問合せ日時 問合せ日 お問い合わせ日時 お問い合わせ日 お問合せ日 \
        起票日 起票日時 発生日時 発生日 登録日時 作成日時 作成日 日時 日付 createdat created createdtime opened openedat date at time timestamp";

const SURVEYED_AT: &str = "回答日時 回答日 送信日時 実施日 実施日時 タイムスタンプ 日時 日付 timestamp submittedat answeredat completedat \
        responsedate enddate date at time recordeddate";

const MEASURED_AT: &str = "計測日時 計測日 集計日 対象日 対象月 年月日 日付 日時 利用日 measuredat date day at time timestamp period recordedat";

const MAIL_EVENTS: &[(&str, &str)] = &[
    (
        "sent",
        "sent send delivered delivery processed 送信 配信 配信済 配信済み 送信済 送信済み 送達 到達",
    ),
    ("opened", "opened open 開封 開封済 開封済み 既読"),
    ("clicked", "clicked click クリック クリック済 クリックスルー"),
    (
        "bounced",
        "bounced bounce hardbounce softbounce dropped 不達 バウンス エラー 配信エラー 未達 送信失敗",
    ),
    ("unsubscribed", "unsubscribed unsubscribe optout 配信停止 解除 登録解除 購読解除 退会"),
    ("complained", "complained complaint spamreport spam 迷惑メール 迷惑メール報告"),
];

const INQUIRY_KINDS: &[(&str, &str)] = &[
    ("question", "question 質問 問い合わせ 問合せ 相談 操作方法 使い方 howto 照会 資料請求"),
    ("complaint", "complaint クレーム 苦情 不具合 障害 不満 トラブル incident bug problem エラー"),
    (
        "feature_request",
        "featurerequest feature request 要望 機能要望 改善要望 機能追加 追加要望 提案",
    ),
];

const CONSENT_BASES: &[(&str, &str)] = &[
    ("consent", "consent 同意 同意あり 本人同意 同意済 同意済み 書面同意 optin オプトイン 有 あり"),
    ("card", "card 名刺交換 名刺 名刺の交付 businesscard"),
    ("contract", "contract 契約 契約履行 取引 取引関係 既存取引"),
    ("none", "none 同意なし 未同意 拒否 optout オプトアウト"),
];

const METERS: &[(&str, &str)] = &[
    ("users", "users ユーザー ユーザー数 利用者数 アカウント数 シート数 seats ユーザ数"),
    ("storage", "storage ストレージ 容量 データ容量 ディスク 使用容量 disk"),
    ("api_calls", "apicalls api api呼び出し apiコール apiリクエスト requests"),
];
