//! The fields of files about what happened: events, purchases, deals and daily reports.

use super::{
    AT, CUSTOMER_NAME, CUSTOMER_NUMBER, EMAIL,
    Reads::{self, Choice, Email, Json, Key, Number, Text},
    Spec, field, required,
};

pub(super) const EVENTS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名・氏名", "customer's name", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    required(
        "name",
        "イベント名",
        "event name",
        Key,
        "イベント イベント名 イベント種別 行動 行動名 行動種別 アクション アクション名 操作 種別 \
        活動種別 活動 活動内容 対応種別 event eventname eventtype name action activity activitytype \
        type",
    ),
    required("at", "日時", "when", Reads::At, AT),
    field(
        "id",
        "記録番号",
        "record number",
        Key,
        "id eventid イベントid 記録番号 ログid 履歴id 行動id 活動id recordid uuid messageid logid \
        insertid 活動番号",
    ),
    field(
        "properties",
        "プロパティ (JSON)",
        "properties (JSON)",
        Json,
        "properties props プロパティ eventproperties json params attributes eventparams",
    ),
];

pub(super) const PURCHASES: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名・氏名", "customer's name", Text, BUYER),
    field("contact", "関係者番号", "contact number", Key, CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    required(
        "at",
        "購入日時",
        "bought at",
        Reads::At,
        "購入日 購入日時 購買日 購買日時 注文日 注文日時 受注日 受注日時 売上日 売上日時 販売日 \
        販売日時 取引日 取引日時 出荷日 出荷日時 納品日 お買い上げ日 日付 日時 年月日 伝票日付 \
        計上日 purchasedat purchasedate orderdate orderedat createdat date at time timestamp \
        datetime orderdatetime processedat paidat saledate transactiondate invoicedate",
    ),
    field(
        "product",
        "商品",
        "product",
        Text,
        "商品 商品名 製品 製品名 品名 品目 品目名 商品名称 購入商品 購入商品名 アイテム アイテム名 \
        サービス名 メニュー product productname item itemname lineitemname sku description title \
        商品コード 商品番号 品番 jan stockcode productid productcode",
    ),
    field(
        "category",
        "カテゴリー",
        "category",
        Text,
        "カテゴリー カテゴリ 商品カテゴリ 商品カテゴリー 商品分類 分類 ジャンル 部門 大分類 category \
        productcategory producttype department",
    ),
    field(
        "quantity",
        "数量",
        "quantity",
        Number,
        "数量 個数 購入数 購入個数 購入数量 注文数 点数 売上数量 販売数量 本数 quantity qty \
        lineitemquantity count units",
    ),
    field(
        "amount",
        "金額",
        "amount",
        Number,
        "金額 購入金額 購買金額 売上金額 売上 売上高 合計 合計金額 小計 支払金額 請求金額 注文金額 \
        税込金額 税抜金額 受注金額 販売金額 取引金額 お買い上げ金額 支払総額 総額 商品小計 金額合計 \
        税込合計 amount total totalprice subtotal price revenue ordertotal totalamount linetotal \
        sales grandtotal orderamount",
    ),
    field(
        "unit_price",
        "単価",
        "unit price",
        Number,
        "単価 販売単価 商品単価 税込単価 税抜単価 価格 unitprice lineitemprice itemprice",
    ),
    field(
        "order",
        "注文番号",
        "order number",
        Key,
        "注文番号 注文id 受注番号 受注id オーダー番号 伝票番号 伝票no 購入番号 購入id 取引番号 取引id \
        注文no 受注no レシート番号 order orderid orderno ordernumber invoice invoiceno invoicenumber \
        transactionid receiptno",
    ),
    field(
        "channel",
        "チャネル",
        "channel",
        Text,
        "チャネル 販路 販売チャネル 購入経路 注文経路 店舗 店舗名 購入店舗 モール ストア channel \
        saleschannel store storename shop source",
    ),
    field(
        "id",
        "明細番号",
        "line number of its own",
        Key,
        "明細id 明細番号 行id 注文明細id 受注明細番号 id lineid lineitemid orderlineid purchaseid",
    ),
];

pub(super) const DEALS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名", "company", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    field(
        "deal",
        "案件番号",
        "deal number",
        Key,
        "案件番号 案件id 案件コード 案件no 商談番号 商談id 商談コード 商談no deal dealid dealno \
        opportunityid opportunity opportunitynumber recordid",
    ),
    field(
        "deal_name",
        "案件名",
        "deal name",
        Text,
        "案件名 案件 案件名称 商談名 商談 件名 案件タイトル dealname opportunityname name title",
    ),
    required(
        "stage",
        "ステージ",
        "stage",
        Choice(STAGES),
        "ステージ フェーズ 案件ステージ 商談ステージ 営業フェーズ 商談フェーズ 案件フェーズ 進捗 \
        進捗状況 ステータス 案件ステータス 商談状況 案件状況 状況 状態 段階 受失注 結果 stage \
        dealstage opportunitystage stagename status phase salesstage",
    ),
    required("at", "日付", "when", Reads::At, DEAL_AT),
    field(
        "amount",
        "金額",
        "amount",
        Number,
        "金額 案件金額 商談金額 見積金額 見積額 受注金額 受注額 予定金額 受注予定金額 売上予定 \
        売上見込 見込金額 見込額 想定金額 契約金額 売上金額 amount dealamount value dealvalue \
        expectedrevenue acv arr opportunityamount",
    ),
    field("rep", "営業担当", "sales rep", Text, DEAL_REP),
    field("id", "記録番号", "record number", Key, "id 記録番号 履歴id historyid eventid"),
];

pub(super) const REPORTS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名", "company", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, CONTACTS),
    field("email", "メール", "e-mail", Email, EMAIL),
    required(
        "at",
        "日付",
        "when",
        Reads::At,
        "日付 日時 年月日 報告日 報告日時 訪問日 訪問日時 商談日 商談日時 活動日 活動日時 面談日 \
        対応日 実施日 作成日 作成日時 記入日 登録日 提出日 date at visitdate reportdate reportedat \
        createdat createddate activitydate time timestamp datetime",
    ),
    required(
        "text",
        "本文",
        "text",
        Text,
        "本文 日報 日報本文 内容 報告内容 営業日報 商談内容 活動内容 訪問内容 面談内容 報告 詳細 メモ \
        コメント 備考 所感 議事録 打合せ内容 対応内容 text report note notes comments comment \
        description body memo summary",
    ),
    field(
        "issue",
        "顧客の課題",
        "the customer's issue",
        Text,
        "課題 顧客の課題 顧客課題 お客様の課題 問題点 困りごと ニーズ 要望 issue issues challenge \
        painpoint needs",
    ),
    field(
        "temperature",
        "温度感",
        "temperature",
        Choice(TEMPERATURES),
        "温度感 温度 見込度 見込み度 見込度合 確度 ランク 見込ランク 案件確度 temperature warmth \
        rating leadrating probability",
    ),
    field("rep", "営業担当", "sales rep", Text, REPORT_REP),
    field(
        "id",
        "日報番号",
        "report number",
        Key,
        "日報番号 日報id 報告id 報告番号 id reportid 活動id 記録番号 recordid",
    ),
];

/// In files about what happened a contact is a reference, also when a name stands there.
pub(super) const CONTACTS: &str = "関係者番号 関係者id 関係者 担当者id 担当者コード 担当者番号 コンタクトid 取引先責任者id \
        連絡先id 先方担当者id contact contactid contactkey contactno personid whoid";

const BUYER: &str = "会社名 企業名 取引先名 取引先 得意先名 得意先 顧客名 顧客 お客様名 お客様 氏名 名前 お名前 \
        購入者名 購入者 注文者名 注文者 注文者氏名 購入者氏名 会員名 会社 社名 販売先 販売先名 \
        請求先名 請求先 accountname account company companyname customername client billingname \
        buyername buyer";

const DEAL_AT: &str = "日付 日時 ステージ変更日 ステージ変更日時 フェーズ変更日 更新日 更新日時 最終更新日 \
        最終更新日時 変更日 変更日時 登録日 登録日時 作成日 作成日時 受注日 失注日 完了日 クローズ日 \
        受注予定日 完了予定日 決定日 商談日 date at time timestamp stagechangedat changedat \
        lastmodifieddate lastmodified updatedat createdat createddate closedate closedat \
        laststagechangedate lastupdated";

const DEAL_REP: &str = "担当 担当者 担当者名 営業担当 営業担当者 営業担当者名 担当営業 自社担当 自社担当者 案件担当 \
        案件担当者 商談担当者 商談所有者 案件所有者 所有者 owner ownername rep salesrep salesperson \
        dealowner opportunityowner assignedto accountowner";

const REPORT_REP: &str = "担当 担当者 担当者名 営業担当 営業担当者 営業担当者名 報告者 報告者名 記入者 作成者 訪問者 \
        営業 氏名 社員名 rep owner author salesrep salesperson createdby assignedto reporter 名前";

/// How sales tools call the stages of a deal.
const STAGES: &[(&str, &str)] = &[
    (
        "opened",
        "opened open 新規 オープン 商談中 進行中 アプローチ アプローチ中 初回訪問 初回商談 ヒアリング \
        リード 見込み 見込 案件化 発生 交渉前 検討中 prospecting qualification qualified \
        needsanalysis discovery new appointmentscheduled qualifiedtobuy 案件発生 valueproposition \
        iddecisionmakers perceptionanalysis 提案前 課題把握",
    ),
    (
        "quoted",
        "quoted quote 見積 見積提出 見積提示 見積中 見積済 見積もり 提案 提案中 提案済 交渉 交渉中 \
        価格交渉 条件交渉 クロージング 最終交渉 稟議 稟議中 内示 proposal proposalpricequote \
        proposalquote negotiation negotiationreview presentationscheduled decisionmakerboughtin \
        contractsent",
    ),
    ("won", "won 受注 成約 契約 受注済 受注確定 成立 契約済 closedwon win 成約済"),
    ("lost", "lost 失注 不成約 失注済 敗戦 却下 見送り closedlost lose 取下げ"),
    ("paused", "paused 保留 中断 停止 凍結 延期 ペンディング 休止 onhold pending hold"),
];

const TEMPERATURES: &[(&str, &str)] = &[
    ("now", "now 今すぐ 今すぐ客 高 高い a hot 熱い high ホット 至急"),
    ("comparing", "comparing 比較検討 比較検討中 検討中 比較 中 普通 b warm medium ウォーム"),
    ("cold", "cold 低 低い c 温度低 冷たい コールド low 情報収集 見込み薄 d"),
];
