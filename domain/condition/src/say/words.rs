//! What attributes, properties and their values are called in both languages.
//!
//! Only names every workspace shares stand here; anything else is called as it was written.

use super::Language;

/// A word in both languages. English is in lower case, as inside a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) ja: &'static str,
    pub(super) en: &'static str,
}

impl Word {
    pub(super) const fn new(ja: &'static str, en: &'static str) -> Word {
        Word { ja, en }
    }

    pub(super) fn of(self, language: Language) -> &'static str {
        match language {
            Language::Ja => self.ja,
            Language::En => self.en,
        }
    }
}

/// The word for an attribute.
pub(super) fn attribute(key: &str) -> Option<Word> {
    find(ATTRIBUTES, key)
}

/// The word for a property of an event.
pub(super) fn property(key: &str) -> Option<Word> {
    find(PROPERTIES, key)
}

/// The word for a value of an attribute or property.
pub(super) fn value(key: &str, value: &str) -> Option<Word> {
    VALUES.iter().find(|(k, v, _)| *k == key && *v == value).map(|(_, _, word)| *word)
}

/// The unit a number of this attribute or property is counted in; English names only what its label does not.
pub(super) fn unit(key: &str) -> Word {
    match key {
        "amount" | "plan_price" | "annual_income" => Word::new("円", " yen"),
        "dwell_seconds" => Word::new("秒", " seconds"),
        "employees" | "users_used" | "users_limit" => Word::new("人", ""),
        _ => Word::new("", ""),
    }
}

/// The first letter of a label in upper case.
pub(super) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn find(table: &[(&str, Word)], key: &str) -> Option<Word> {
    table.iter().find(|(k, _)| *k == key).map(|(_, word)| *word)
}

const ATTRIBUTES: &[(&str, Word)] = &[
    ("name", Word::new("名前", "name")),
    ("name_kana", Word::new("フリガナ", "name reading")),
    ("kind", Word::new("種別", "kind of customer")),
    ("rep", Word::new("営業担当", "sales rep")),
    ("industry", Word::new("業種", "industry")),
    ("employees", Word::new("従業員数", "number of employees")),
    ("prefecture", Word::new("都道府県", "prefecture")),
    ("city", Word::new("市区町村", "city")),
    ("address", Word::new("住所", "address")),
    ("postal_code", Word::new("郵便番号", "postal code")),
    ("phone", Word::new("電話番号", "phone number")),
    ("email", Word::new("メールアドレス", "mail address")),
    ("website", Word::new("ウェブサイト", "website")),
    ("corporate_number", Word::new("法人番号", "corporate number")),
    ("branch", Word::new("拠点名", "branch")),
    ("organisation", Word::new("所属する会社", "organisation")),
    ("plan", Word::new("プラン", "plan")),
    ("plan_price", Word::new("月額料金", "monthly price")),
    ("users_used", Word::new("利用ユーザー数", "number of users")),
    ("users_limit", Word::new("ユーザー上限", "user limit")),
    ("storage_used", Word::new("ストレージ使用量", "storage used")),
    ("storage_limit", Word::new("ストレージ上限", "storage limit")),
    ("contract_started_on", Word::new("契約開始日", "contract start date")),
    ("contract_renews_on", Word::new("契約更新日", "contract renewal date")),
    ("status", Word::new("顧客ステータス", "customer status")),
    ("customer_kind", Word::new("顧客区分", "customer type")),
    ("birthday", Word::new("生年月日", "date of birth")),
    ("sex", Word::new("性別", "sex")),
    ("occupation", Word::new("職業", "occupation")),
    ("annual_income", Word::new("年収", "annual income")),
    ("consent_mail", Word::new("メール配信の同意", "consent to mail")),
    ("source", Word::new("獲得経路", "source")),
    ("title", Word::new("役職", "title")),
    ("department", Word::new("部署", "department")),
    ("role", Word::new("役割", "role")),
];

const PROPERTIES: &[(&str, Word)] = &[
    ("page", Word::new("ページ", "page")),
    ("page_type", Word::new("ページの種類", "page type")),
    ("product", Word::new("商品", "product")),
    ("plan", Word::new("対象プラン", "required plan")),
    ("topic", Word::new("話題", "topic")),
    ("dwell_seconds", Word::new("滞在時間", "time on page")),
    ("url", Word::new("URL", "address")),
    ("document", Word::new("資料", "document")),
    ("seminar", Word::new("セミナー", "seminar")),
    ("campaign", Word::new("メールの件名", "mail campaign")),
    ("category", Word::new("カテゴリ", "category")),
    ("quantity", Word::new("数量", "quantity")),
    ("amount", Word::new("金額", "amount")),
    ("order", Word::new("注文番号", "order number")),
    ("channel", Word::new("購入経路", "channel")),
    ("kind", Word::new("種類", "kind")),
    ("text", Word::new("本文", "text")),
    ("words", Word::new("検索語", "search words")),
    ("feature", Word::new("機能", "feature")),
    ("advanced", Word::new("高度な機能か", "advanced")),
    ("meter", Word::new("測定対象", "meter")),
    ("used", Word::new("使用量", "amount used")),
    ("limit", Word::new("上限", "limit")),
    ("deal", Word::new("案件番号", "deal number")),
    ("deal_name", Word::new("案件名", "deal name")),
    ("stage", Word::new("段階", "stage")),
    ("note", Word::new("メモ", "note")),
    ("rep", Word::new("営業担当", "sales rep")),
    ("issue", Word::new("課題", "issue")),
    ("temperature", Word::new("温度感", "warmth")),
    ("remark", Word::new("印象に残った一言", "remark")),
    ("comment", Word::new("コメント", "comment")),
    ("hunch", Word::new("肌感", "hunch")),
    ("term", Word::new("言い方", "words for it")),
    ("negated", Word::new("打ち消しか", "denied")),
    ("polarity", Word::new("肯定・否定", "whether it is so")),
    ("subject", Word::new("誰のことか", "whom it is about")),
    ("grade", Word::new("根拠の強さ", "how good the word is")),
    ("rule", Word::new("見つけた規則", "rule that found it")),
    ("quote", Word::new("引用", "quote")),
    ("outcome", Word::new("結果", "outcome")),
    ("sign", Word::new("サイン", "sign")),
    ("until", Word::new("期限", "until")),
    ("reason", Word::new("理由", "reason")),
    ("store", Word::new("店舗", "store")),
    ("survey", Word::new("アンケート", "survey")),
    ("contact", Word::new("先方担当者", "contact")),
];

const VALUES: &[(&str, &str, Word)] = &[
    ("page_type", "pricing", Word::new("料金ページ", "pricing page")),
    ("page_type", "case_study", Word::new("導入事例ページ", "case study page")),
    ("page_type", "product", Word::new("商品ページ", "product page")),
    ("page_type", "feature", Word::new("機能ページ", "feature page")),
    ("page_type", "help", Word::new("ヘルプページ", "help page")),
    ("page_type", "cancel", Word::new("解約ページ", "cancellation page")),
    ("page_type", "blog", Word::new("ブログ記事", "blog article")),
    ("page_type", "top", Word::new("トップページ", "top page")),
    ("plan", "free", Word::new("フリー", "Free")),
    ("plan", "starter", Word::new("スターター", "Starter")),
    ("plan", "standard", Word::new("スタンダード", "Standard")),
    ("plan", "premium", Word::new("プレミアム", "Premium")),
    ("kind", "company", Word::new("法人", "company")),
    ("kind", "person", Word::new("個人", "person")),
    ("kind", "visitor", Word::new("Web の訪問者", "web visitor")),
    ("kind", "question", Word::new("質問", "question")),
    ("kind", "complaint", Word::new("苦情", "complaint")),
    ("kind", "feature_request", Word::new("機能要望", "feature request")),
    ("customer_kind", "new", Word::new("新規顧客", "new")),
    ("customer_kind", "existing", Word::new("既存顧客", "existing")),
    ("sex", "male", Word::new("男性", "male")),
    ("sex", "female", Word::new("女性", "female")),
    ("role", "decides", Word::new("決裁者", "decision maker")),
    ("role", "influences", Word::new("影響者", "influencer")),
    ("role", "champions", Word::new("推進者", "champion")),
    ("role", "uses", Word::new("利用者", "user")),
    ("stage", "opened", Word::new("新規案件", "opened")),
    ("stage", "quoted", Word::new("見積", "quoted")),
    ("stage", "won", Word::new("受注", "won")),
    ("stage", "lost", Word::new("失注", "lost")),
    ("stage", "paused", Word::new("保留", "paused")),
    ("temperature", "now", Word::new("今すぐ客", "ready now")),
    ("temperature", "comparing", Word::new("比較検討中", "comparing")),
    ("temperature", "cold", Word::new("温度低", "cold")),
    ("hunch", "rising", Word::new("上向き", "rising")),
    ("hunch", "steady", Word::new("変わらず", "steady")),
    ("hunch", "at_risk", Word::new("気がかり", "at risk")),
    ("polarity", "affirmed", Word::new("述べられた", "said to be so")),
    ("polarity", "denied", Word::new("打ち消された", "denied")),
    ("polarity", "resolved", Word::new("済んだ", "over")),
    ("polarity", "postponed", Word::new("見送られた", "put off")),
    ("polarity", "hypothetical", Word::new("仮定の", "hypothetical")),
    ("polarity", "hearsay", Word::new("伝え聞いた", "heard")),
    ("polarity", "undecided", Word::new("未定の", "undecided")),
    ("subject", "customer", Word::new("お客様", "the customer")),
    ("subject", "us", Word::new("当社", "us")),
    ("subject", "other", Word::new("よその会社", "another firm")),
    ("grade", "told", Word::new("お客様の言葉", "told by the customer")),
    ("grade", "stated", Word::new("書き手の記述", "stated by the writer")),
    ("grade", "hearsay", Word::new("伝聞", "hearsay")),
    ("grade", "guess", Word::new("見込み", "a guess")),
    ("outcome", "connected", Word::new("通話できた", "connected")),
    ("outcome", "no_answer", Word::new("応答なし", "no answer")),
    ("outcome", "callback", Word::new("折り返し", "call back")),
    ("outcome", "meeting", Word::new("商談化", "meeting")),
    ("outcome", "lost", Word::new("失注", "lost")),
    ("outcome", "wrong_person", Word::new("担当違い", "wrong person")),
    ("outcome", "snooze", Word::new("あとで", "snoozed")),
    ("meter", "users", Word::new("ユーザー数", "users")),
    ("meter", "storage", Word::new("ストレージ", "storage")),
];
