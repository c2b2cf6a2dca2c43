//! The fields of lists of customers and of the persons at them.

use super::{
    CUSTOMER_NAME, CUSTOMER_NUMBER, EMAIL, PHONE,
    Reads::{Bool, Choice, Day, Email, Key, Number, Phone, Postal, Text},
    Spec, field,
};

pub(super) const CUSTOMERS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("name", "会社名・氏名", "name", Text, NAME),
    field("name_kana", "フリガナ", "name in kana", Text, KANA),
    field("family_name", "姓", "family name", Text, FAMILY),
    field("given_name", "名", "given name", Text, GIVEN),
    field(
        "kind",
        "法人・個人",
        "company or person",
        Choice(KINDS),
        "法人個人区分 法人個人 個人法人区分 個人法人 顧客種別 会員種別 種別 kind customertype accounttype \
        type",
    ),
    field("rep", "営業担当", "sales rep", Text, CUSTOMERS_REP),
    field("email", "メール", "e-mail", Email, EMAIL),
    field("phone", "電話番号", "telephone", Phone, PHONE),
    field(
        "postal_code",
        "郵便番号",
        "postal code",
        Postal,
        "郵便番号 郵便 〒 郵便番号1 zip zipcode postalcode postcode billingzip billingpostalcode \
        billingzippostalcode mailingzip mailingpostalcode shippingzip",
    ),
    field(
        "prefecture",
        "都道府県",
        "prefecture",
        Text,
        "都道府県 都道府県名 県 県名 prefecture state stateprovince billingstate billingstateprovince \
        province region",
    ),
    field(
        "city",
        "市区町村",
        "city",
        Text,
        "市区町村 市区郡 市町村 市区 市区町村名 city billingcity mailingcity town",
    ),
    field(
        "address",
        "住所",
        "address",
        Text,
        "住所 所在地 番地 町域番地 本社所在地 本社住所 会社住所 住所1 address street billingstreet \
        billingaddress address1 streetaddress mailingstreet",
    ),
    field(
        "industry",
        "業種",
        "industry",
        Text,
        "業種 業界 業種名 業態 産業分類 業種分類 industry sector vertical",
    ),
    field(
        "employees",
        "従業員数",
        "employees",
        Number,
        "従業員数 従業員 社員数 従業員規模 従業員人数 employees numberofemployees employeecount \
        noofemployees companysize headcount",
    ),
    field(
        "website",
        "ウェブサイト",
        "website",
        Text,
        "ウェブサイト webサイト ホームページ url hp サイトurl 会社url website web domain homepage \
        companydomainname websiteurl",
    ),
    field(
        "corporate_number",
        "法人番号",
        "corporate number",
        Key,
        "法人番号 国税庁法人番号 corporatenumber 法人no",
    ),
    field(
        "branch",
        "拠点名",
        "branch",
        Text,
        "拠点名 支店名 営業所名 支社名 branch branchname officename",
    ),
    field(
        "organisation",
        "所属する会社",
        "organisation",
        Text,
        "所属する会社 親会社 親会社名 企業グループ 会社グループ parentaccount \
        parentcompany",
    ),
    field(
        "plan",
        "プラン",
        "plan",
        Choice(PLANS),
        "プラン 契約プラン プラン名 利用プラン 料金プラン plan planname subscriptionplan tier",
    ),
    field(
        "plan_price",
        "月額料金",
        "monthly price",
        Number,
        "月額料金 月額 月額費用 月額利用料 プラン料金 プラン月額 mrr planprice monthlyfee \
        monthlyprice",
    ),
    field(
        "users_used",
        "利用ユーザー数",
        "users in use",
        Number,
        "利用ユーザー数 利用中ユーザー数 ユーザー数 利用者数 利用人数 使用ユーザー数 \
        アクティブユーザー数 usersused activeusers seatsused users",
    ),
    field(
        "users_limit",
        "ユーザー上限",
        "user limit",
        Number,
        "ユーザー上限 上限ユーザー数 契約ユーザー数 契約id数 契約数 ユーザー数上限 利用者数上限 利用者上限 ライセンス数 \
        userslimit seats seatlimit licenses maxusers",
    ),
    field(
        "storage_used",
        "使用容量",
        "storage in use",
        Number,
        "使用容量 利用容量 ストレージ使用量 容量使用量 ディスク使用量 storageused",
    ),
    field(
        "storage_limit",
        "容量上限",
        "storage limit",
        Number,
        "容量上限 上限容量 契約容量 ストレージ上限 ストレージ容量 storagelimit maxstorage",
    ),
    field(
        "contract_started_on",
        "契約開始日",
        "contract started on",
        Day,
        "契約開始日 契約日 利用開始日 導入日 取引開始日 契約締結日 入会日 会員登録日 \
        contractstartdate contractstartedon startdate subscriptionstart contractstart",
    ),
    field(
        "contract_renews_on",
        "契約更新日",
        "contract renews on",
        Day,
        "契約更新日 更新日 契約満了日 契約終了日 更新予定日 次回更新日 契約更新予定日 契約期限 \
        contractenddate contractrenewson renewaldate enddate expirydate renewal contractend",
    ),
    field(
        "status",
        "ステータス",
        "status",
        Text,
        "ステータス 顧客ステータス 状態 契約状態 契約状況 会員ステータス 取引状況 状況 status \
        customerstatus lifecyclestage accountstatus leadstatus",
    ),
    field(
        "customer_kind",
        "新規・既存",
        "new or existing",
        Choice(CUSTOMER_KINDS),
        "新規既存 新規既存区分 顧客区分 取引区分 新既区分 customerkind",
    ),
    field(
        "birthday",
        "生年月日",
        "birthday",
        Day,
        "生年月日 誕生日 birthday birthdate dateofbirth dob",
    ),
    field("sex", "性別", "sex", Choice(SEXES), "性別 sex gender"),
    field("occupation", "職業", "occupation", Text, "職業 ご職業 occupation profession"),
    field(
        "annual_income",
        "年収",
        "annual income",
        Number,
        "年収 世帯年収 annualincome income householdincome",
    ),
    field(
        "consent_mail",
        "メール配信可否",
        "consents to mail",
        Bool,
        "メール配信可否 メール配信 メルマガ メルマガ配信 メルマガ希望 メルマガ購読 配信可否 配信許可 \
        dm可否 メール許諾 メールマガジン メールマガジン受信 consentmail optin emailoptin \
        marketingconsent acceptsmarketing newsletter subscribed acceptsemailmarketing",
    ),
    field(
        "source",
        "獲得経路",
        "source",
        Text,
        "獲得経路 流入元 流入経路 リードソース リード元 情報源 媒体 きっかけ 登録経路 source \
        leadsource originalsource channel acquisitionchannel",
    ),
    field("as_of", "この日から有効", "holds from", super::Reads::At, AS_OF),
];

pub(super) const CONTACTS: &[Spec] = &[
    field("customer", "顧客番号", "customer number", Key, CUSTOMER_NUMBER),
    field("customer_name", "会社名", "company", Text, CUSTOMER_NAME),
    field("contact", "関係者番号", "contact number", Key, CONTACT_NUMBER),
    field(
        "name",
        "氏名",
        "name",
        Text,
        "氏名 名前 お名前 担当者名 担当者 ご担当者名 ご担当者 先方担当者 先方担当者名 担当者氏名 \
        コンタクト名 連絡先名 取引先責任者名 取引先責任者 関係者名 関係者 姓名 お客様氏名 fullname \
        contactname name contact personname",
    ),
    field("name_kana", "フリガナ", "name in kana", Text, KANA),
    field("family_name", "姓", "family name", Text, FAMILY),
    field("given_name", "名", "given name", Text, GIVEN),
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
        "role",
        "役割",
        "role",
        Choice(ROLES),
        "役割 決裁権 決裁区分 立場 関与 購買関与 キーマン区分 role buyingrole contactrole",
    ),
    field("as_of", "この日から有効", "holds from", super::Reads::At, AS_OF),
];

/// How headers call the number by which a person at a company is known.
pub(super) const CONTACT_NUMBER: &str = "関係者番号 関係者id 担当者id 担当者コード 担当者番号 コンタクトid 取引先責任者id 連絡先id \
        名刺id contactid contactkey contactno personid leadid";

const NAME: &str = "会社名 企業名 取引先名 取引先 得意先名 得意先 顧客名 顧客 お客様名 法人名 名称 会社 社名 \
        貴社名 企業 団体名 組織名 アカウント名 氏名 名前 お名前 会員名 顧客氏名 お客様氏名 姓名 \
        会員氏名 accountname account company companyname customername organization organisation \
        organizationname client clientname name fullname";

pub(super) const KANA: &str = "フリガナ ふりがな カナ かな 読み 読み仮名 ヨミガナ よみがな 会社名カナ 会社名フリガナ \
        企業名カナ 企業名フリガナ 氏名カナ 氏名フリガナ 顧客名カナ 顧客名フリガナ 名前カナ \
        取引先名カナ 取引先名フリガナ 担当者名カナ カナ氏名 カナ名 氏名かな 名称カナ namekana kana \
        kananame phoneticname";

pub(super) const FAMILY: &str = "姓 苗字 名字 氏 lastname familyname surname";
pub(super) const GIVEN: &str = "名 firstname givenname forename";

/// In a list of customers a bare 担当 is our own salesperson.
const CUSTOMERS_REP: &str = "担当 担当者 担当者名 営業担当 営業担当者 営業担当者名 担当営業 自社担当 自社担当者 弊社担当 \
        弊社担当者 当社担当 当社担当者 営業 営業員 取引先所有者 所有者 担当ユーザー owner ownername \
        accountowner rep salesrep salesrepresentative salesperson assignedto accountmanager \
        companyowner contactowner leadowner";

pub(super) const AS_OF: &str =
    "基準日 時点 データ基準日 適用日 有効日 変更日 asof asofdate effectivedate validfrom";

const KINDS: &[(&str, &str)] = &[
    ("company", "法人 企業 会社 団体 company corporate business organization b2b"),
    ("person", "個人 一般 person individual consumer b2c"),
];

const PLANS: &[(&str, &str)] = &[
    ("free", "free フリー 無料 無料プラン フリープラン トライアル無料"),
    ("starter", "starter スターター スタータープラン ライト"),
    ("standard", "standard スタンダード スタンダードプラン 標準"),
    ("premium", "premium プレミアム プレミアムプラン"),
];

const CUSTOMER_KINDS: &[(&str, &str)] =
    &[("new", "新規 新規顧客 new 新"), ("existing", "既存 既存顧客 existing 継続 既")];

const SEXES: &[(&str, &str)] =
    &[("male", "男 男性 male m おとこ"), ("female", "女 女性 female f おんな")];

const ROLES: &[(&str, &str)] = &[
    ("decides", "決裁者 決裁 意思決定者 決定者 最終決裁者 decides decisionmaker economicbuyer"),
    ("influences", "影響者 影響 インフルエンサー influences influencer evaluator"),
    ("champions", "推進者 推進 キーマン 窓口 champions champion"),
    ("uses", "利用者 ユーザー 現場 実務担当 uses user enduser"),
];
