//! What a column can mean, for each kind of file: the names, their labels, and how their cells are read.

mod customers;
mod happenings;
mod traces;

use crate::{Said, said::said};

/// What the rows of a file are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 顧客一覧: one customer a row.
    Customers,
    /// 関係者一覧: one person at a company a row.
    Contacts,
    /// 行動: one event a row, its name in a column.
    Events,
    /// 購買: one line of an order a row, each a `purchased`.
    Purchases,
    /// 案件: one state of a deal a row, each a `deal_moved`.
    Deals,
    /// 営業日報: one report about one customer a row, each a `reported`.
    Reports,
    /// 閲覧: one page that was seen a row, each a `page_viewed`.
    PageViews,
    /// メール配信の記録: what became of one mail to one address a row.
    Mails,
    /// メール: one message a row, each a `mail_received` or a `mail_written`.
    Letters,
    /// 問い合わせ: one inquiry a row, each an `inquired`.
    Inquiries,
    /// アンケート: one answer sheet a row, each a `survey_answered`.
    Surveys,
    /// 名刺: one card a row, a contact with the basis on which we may write.
    Cards,
    /// 利用量: one reading of a meter a row, each a `usage_measured`.
    Usage,
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reads {
    /// A number or code by which something is known.
    Key,
    /// Text as written.
    Text,
    /// An exact number; 万, 億, ¥ and △ are understood.
    Number,
    /// Yes or no, in many spellings.
    Bool,
    /// A calendar day, kept as ISO text.
    Day,
    /// An instant.
    At,
    /// Telephone numbers.
    Phone,
    /// E-mail addresses.
    Email,
    /// A Japanese postal code.
    Postal,
    /// One of a few words; the outer pair is our word and how people write it.
    Choice(&'static [(&'static str, &'static str)]),
    /// A JSON object of properties.
    Json,
    /// What its values look like, decided over the whole column.
    Free,
}

/// What a column is taken for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Field {
    /// One of the fields of the kind of file.
    Known(&'static Spec),
    /// An attribute of the customer (or contact) that only this firm has.
    Attribute(String),
    /// A property of the event that only this firm has.
    Property(String),
}

/// One field of a kind of file.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Spec {
    /// Its name in the API: `customer`, `amount`.
    pub id: &'static str,
    /// Its label in Japanese.
    pub ja: &'static str,
    /// Its label in English.
    pub en: &'static str,
    /// How its cells are read.
    pub reads: Reads,
    /// Whether the file is of no use without it.
    pub required: bool,
    /// How headers spell it, folded: small letters, no blanks, no punctuation.
    pub(crate) words: &'static str,
}

/// A field as the page offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldOption {
    /// What [`Field::parse`] takes.
    pub id: &'static str,
    /// Its label.
    pub label: Said,
    /// Whether the file is of no use without it.
    pub required: bool,
}

/// The fields of a kind of file, in the order to offer them.
pub fn field_options(kind: Kind) -> Vec<FieldOption> {
    kind.specs()
        .iter()
        .map(|spec| FieldOption {
            id: spec.id,
            label: Said::new(spec.ja, spec.en),
            required: spec.required,
        })
        .collect()
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 13] = [
        Kind::Customers,
        Kind::Contacts,
        Kind::Events,
        Kind::Purchases,
        Kind::Deals,
        Kind::Reports,
        Kind::PageViews,
        Kind::Mails,
        Kind::Letters,
        Kind::Inquiries,
        Kind::Surveys,
        Kind::Cards,
        Kind::Usage,
    ];

    /// Its name in the API.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Customers => "customers",
            Kind::Contacts => "contacts",
            Kind::Events => "events",
            Kind::Purchases => "purchases",
            Kind::Deals => "deals",
            Kind::Reports => "reports",
            Kind::PageViews => "page_views",
            Kind::Mails => "mails",
            Kind::Letters => "letters",
            Kind::Inquiries => "inquiries",
            Kind::Surveys => "surveys",
            Kind::Cards => "cards",
            Kind::Usage => "usage",
        }
    }

    /// The kind of this name.
    pub fn parse(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Its label.
    pub fn label(self) -> Said {
        match self {
            Kind::Customers => said!("顧客一覧", "customers"),
            Kind::Contacts => said!("関係者一覧", "contacts"),
            Kind::Events => said!("行動履歴", "events"),
            Kind::Purchases => said!("購買履歴", "purchases"),
            Kind::Deals => said!("案件", "deals"),
            Kind::Reports => said!("営業日報", "daily reports"),
            Kind::PageViews => said!("ページ閲覧", "page views"),
            Kind::Mails => said!("メール配信の記録", "mail log"),
            Kind::Letters => said!("メールのやりとり", "e-mail"),
            Kind::Inquiries => said!("問い合わせ", "inquiries"),
            Kind::Surveys => said!("アンケート", "surveys"),
            Kind::Cards => said!("名刺", "business cards"),
            Kind::Usage => said!("利用量", "usage"),
        }
    }

    /// Whether its rows are about persons at companies.
    pub(crate) fn names_contacts(self) -> bool {
        matches!(self, Kind::Contacts | Kind::Cards)
    }

    /// Whether its rows say what a customer is rather than what happened.
    pub fn describes(self) -> bool {
        matches!(self, Kind::Customers | Kind::Contacts | Kind::Cards)
    }

    pub(crate) fn specs(self) -> &'static [Spec] {
        match self {
            Kind::Customers => customers::CUSTOMERS,
            Kind::Contacts => customers::CONTACTS,
            Kind::Events => happenings::EVENTS,
            Kind::Purchases => happenings::PURCHASES,
            Kind::Deals => happenings::DEALS,
            Kind::Reports => happenings::REPORTS,
            Kind::PageViews => traces::PAGE_VIEWS,
            Kind::Mails => traces::MAILS,
            Kind::Letters => traces::LETTERS,
            Kind::Inquiries => traces::INQUIRIES,
            Kind::Surveys => traces::SURVEYS,
            Kind::Cards => traces::CARDS,
            Kind::Usage => traces::USAGE,
        }
    }
}

impl Field {
    /// Reads a field's name: one of [`field_options`], `attribute:NAME`, or `property:NAME`.
    ///
    /// # Errors
    /// A sentence when the kind of file has no such field.
    pub fn parse(kind: Kind, id: &str) -> Result<Field, Said> {
        if let Some(field) = Field::known(kind, id) {
            return Ok(field);
        }
        // The page offers `attribute:NAME` for every kind; for what happened it is a property.
        let name = id.strip_prefix("attribute:").or_else(|| id.strip_prefix("property:"));
        match name.map(str::trim) {
            Some(name) if !name.is_empty() && name.len() <= 100 => Ok(Field::free(kind, name)),
            Some(_) => Err(said!(
                "「{}」の名前は1〜100バイトにしてください",
                "`{}` must have a name of 1 to 100 bytes";
                id
            )),
            None => Err(said!(
                "「{}」という項目は{}にありません",
                "`{}` is no field of a file of kind `{}`";
                id, kind.id()
            )),
        }
    }

    /// The field of a kind with this name.
    pub fn known(kind: Kind, id: &str) -> Option<Field> {
        kind.specs().iter().find(|spec| spec.id == id).map(Field::Known)
    }

    /// The field that keeps a column under a name of the firm's own, cut to what a name may have.
    pub fn free(kind: Kind, name: &str) -> Field {
        let mut end = name.len().min(100);
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        let name = name[..end].trim().to_owned();
        if kind.describes() { Field::Attribute(name) } else { Field::Property(name) }
    }

    /// The name that [`Field::parse`] reads.
    pub fn id(&self) -> String {
        match self {
            Field::Known(spec) => spec.id.to_owned(),
            Field::Attribute(name) => format!("attribute:{name}"),
            Field::Property(name) => format!("property:{name}"),
        }
    }

    /// How its cells are read.
    pub fn reads(&self) -> Reads {
        match self {
            Field::Known(spec) => spec.reads,
            Field::Attribute(_) | Field::Property(_) => Reads::Free,
        }
    }
}

/// Short spelling for the tables of fields.
const fn field(
    id: &'static str,
    ja: &'static str,
    en: &'static str,
    reads: Reads,
    words: &'static str,
) -> Spec {
    Spec { id, ja, en, reads, required: false, words }
}

/// A field without which the file is of no use.
const fn required(
    id: &'static str,
    ja: &'static str,
    en: &'static str,
    reads: Reads,
    words: &'static str,
) -> Spec {
    Spec { id, ja, en, reads, required: true, words }
}

/// How headers call the number by which a customer is known.
const CUSTOMER_NUMBER: &str = "顧客番号 顧客id 顧客コード 顧客no 顧客cd 顧客キー 会員番号 会員id 会員コード 会員no \
        取引先番号 取引先コード 取引先id 取引先no 取引先cd 得意先コード 得意先番号 得意先id 得意先cd \
        企業id 企業コード 企業番号 会社コード 会社id 会社番号 お客様番号 お客様コード お客様id \
        お客さま番号 ユーザーid ユーザid アカウントid 契約者番号 カスタマーid customer customerid \
        customerno customernumber customercode customerkey accountid accountnumber accountno \
        companyid companycode clientid clientcode userid user memberid membernumber organizationid \
        cust custid custno customerreference";

/// How headers call a company or other customer by name, beside its number.
const CUSTOMER_NAME: &str = "会社名 企業名 取引先名 取引先 得意先名 得意先 顧客名 顧客 お客様名 お客様 法人名 会社 社名 \
        貴社名 御社名 企業 団体名 組織名 アカウント名 勤務先 勤務先名 所属会社 訪問先 訪問先名 \
        購入者名 購入者 注文者名 注文者 会員名 accountname account company companyname customername \
        organization organisation organizationname client clientname relatedto 店名 店舗名称 販売先 \
        販売先名 請求先名 請求先";

/// How headers call an e-mail address.
const EMAIL: &str = "メール メールアドレス eメール eメールアドレス 電子メール 電子メールアドレス mail email \
        emailaddress mailaddress pcメールアドレス pcメール 連絡先メール 連絡先メールアドレス \
        会員メールアドレス 購入者メールアドレス 注文者メールアドレス 担当者メールアドレス \
        担当者メール useremail customeremail contactemail buyeremail";

/// How headers call a telephone number.
const PHONE: &str = "電話番号 電話 tel 代表電話 代表電話番号 電話番号1 連絡先電話番号 連絡先 携帯電話 携帯 \
        携帯番号 携帯電話番号 直通電話 直通 telno tel番号 phone phonenumber telephone mobile \
        mobilephone businessphone workphone telephonenumber";

/// How headers call the instant of something that happened.
const AT: &str = "日時 日付 年月日 発生日時 発生日 イベント日時 イベント日 行動日時 行動日 タイムスタンプ 時刻 \
        実施日 実施日時 登録日時 アクセス日時 閲覧日時 閲覧日 ログイン日時 送信日時 受付日時 受付日 \
        対応日 対応日時 来店日 来店日時 利用日 利用日時 at time timestamp date datetime eventtime \
        eventdate eventtimestamp occurredat happenedat createdat createdtime createddate ts eventat \
        activitydate clienttimestamp servertimestamp";
