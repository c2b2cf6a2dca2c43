//! What the standard events are called, and how a customer is said to do them.

use super::words::Word;

/// How one event is spoken of.
#[derive(Debug)]
pub(super) struct EventWords {
    pub(super) name: &'static str,
    /// 「ページ閲覧」, "page view".
    pub(super) label: Word,
    /// "page views".
    pub(super) plural: &'static str,
    pub(super) ja: Ja,
    pub(super) en: En,
    /// Filters that become the object of the sentence: 「料金ページ」を見た.
    pub(super) objects: &'static [Object],
}

/// `object` `particle` `past`: ページ を 見た.
#[derive(Debug)]
pub(super) struct Ja {
    /// The usual object; empty for a verb without one.
    pub(super) object: &'static str,
    pub(super) particle: &'static str,
    /// 見た
    pub(super) past: &'static str,
    /// 見ていない
    pub(super) not: &'static str,
    /// 見て, or ログインし: goes on to another clause.
    pub(super) stem: &'static str,
    /// What follows 「料金ページの」 to make a noun of it; empty when the object is the noun itself.
    pub(super) noun: &'static str,
}

/// `past` `object`: viewed a page.
#[derive(Debug)]
pub(super) struct En {
    /// logged in
    pub(super) past: &'static str,
    /// (has) logged in
    pub(super) participle: &'static str,
    /// did not log in
    pub(super) past_not: &'static str,
    /// The usual object; empty for a verb without one.
    pub(super) object: &'static str,
}

/// An object made of one property's value, which stands at `{}`.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) property: &'static str,
    pub(super) how: How,
    pub(super) words: Word,
}

/// Which tests of the property make the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It is this value.
    Value(&'static str),
    /// It is any one value.
    Is,
    /// It has a text in it.
    Contains,
}

/// The words for an event; `None` for a name of the firm's own.
pub(super) fn event(name: &str) -> Option<&'static EventWords> {
    EVENTS.iter().find(|words| words.name == name)
}

/// The words for "any event at all".
pub(super) const ANY: &EventWords = &EventWords {
    name: "*",
    label: Word::new("行動", "activity"),
    plural: "events",
    ja: ja("行動", "が", "あった", "ない", "あり", ""),
    en: en("had", "had", "did not have", "activity"),
    objects: &[],
};

const fn ja(
    object: &'static str,
    particle: &'static str,
    past: &'static str,
    not: &'static str,
    stem: &'static str,
    noun: &'static str,
) -> Ja {
    Ja { object, particle, past, not, stem, noun }
}

const fn en(
    past: &'static str,
    participle: &'static str,
    past_not: &'static str,
    object: &'static str,
) -> En {
    En { past, participle, past_not, object }
}

const fn is(property: &'static str, ja: &'static str, en: &'static str) -> Object {
    Object { property, how: How::Is, words: Word::new(ja, en) }
}

const fn has(property: &'static str, ja: &'static str, en: &'static str) -> Object {
    Object { property, how: How::Contains, words: Word::new(ja, en) }
}

const fn when(
    property: &'static str,
    value: &'static str,
    ja: &'static str,
    en: &'static str,
) -> Object {
    Object { property, how: How::Value(value), words: Word::new(ja, en) }
}

const EVENTS: &[EventWords] = &[
    EventWords {
        name: "login",
        label: Word::new("ログイン", "login"),
        plural: "logins",
        ja: ja("", "", "ログインした", "ログインしていない", "ログインし", "ログイン"),
        en: en("logged in", "logged in", "did not log in", ""),
        objects: &[],
    },
    EventWords {
        name: "identified",
        label: Word::new("サイトでの本人確認", "identification on the site"),
        plural: "identifications on the site",
        ja: ja("サイトで本人", "と", "確認された", "確認されていない", "確認され", "確認"),
        en: en(
            "was identified on the site",
            "was identified on the site",
            "was not identified on the site",
            "",
        ),
        objects: &[],
    },
    EventWords {
        name: "page_viewed",
        label: Word::new("ページ閲覧", "page view"),
        plural: "page views",
        ja: ja("ページ", "を", "見た", "見ていない", "見て", "閲覧"),
        en: en("viewed", "viewed", "did not view", "a page"),
        objects: &[
            when("page_type", "pricing", "料金ページ", "the pricing page"),
            when("page_type", "case_study", "導入事例ページ", "a case study page"),
            when("page_type", "product", "商品ページ", "a product page"),
            when("page_type", "feature", "機能ページ", "a feature page"),
            when("page_type", "help", "ヘルプページ", "a help page"),
            when("page_type", "cancel", "解約ページ", "the cancellation page"),
            when("page_type", "blog", "ブログ記事", "a blog article"),
            when("page_type", "top", "トップページ", "the top page"),
            is("page_type", "種類が{}のページ", "a page of type {}"),
            is("page", "ページ{}", "the page {}"),
            is("product", "{}のページ", "a page about {}"),
            is("topic", "{}についてのページ", "a page about {}"),
            has("page", "{}を名前に含むページ", "a page with {} in its name"),
            has("url", "{}をURLに含むページ", "a page with {} in its address"),
        ],
    },
    EventWords {
        name: "document_downloaded",
        label: Word::new("資料ダウンロード", "document download"),
        plural: "document downloads",
        ja: ja(
            "資料",
            "を",
            "ダウンロードした",
            "ダウンロードしていない",
            "ダウンロードし",
            "ダウンロード",
        ),
        en: en("downloaded", "downloaded", "did not download", "a document"),
        objects: &[is("document", "資料{}", "the document {}")],
    },
    EventWords {
        name: "materials_requested",
        label: Word::new("資料請求", "request for materials"),
        plural: "requests for materials",
        ja: ja("資料", "を", "請求した", "請求していない", "請求し", "請求"),
        en: en("requested", "requested", "did not request", "materials"),
        objects: &[is("document", "資料{}", "the materials {}")],
    },
    EventWords {
        name: "seminar_registered",
        label: Word::new("セミナー申込", "seminar registration"),
        plural: "seminar registrations",
        ja: ja("セミナー", "に", "申し込んだ", "申し込んでいない", "申し込んで", "申込"),
        en: en("registered", "registered", "did not register", "for a seminar"),
        objects: &[is("seminar", "セミナー{}", "for the seminar {}")],
    },
    EventWords {
        name: "mail_sent",
        label: Word::new("メール送信", "mail sent"),
        plural: "mails sent",
        ja: ja("メール", "が", "送られた", "送られていない", "送られ", "送信"),
        en: en("was sent", "been sent", "was not sent", "a mail"),
        objects: &[is("campaign", "メール{}", "the mail {}")],
    },
    EventWords {
        name: "mail_opened",
        label: Word::new("メール開封", "mail opened"),
        plural: "mails opened",
        ja: ja("メール", "を", "開封した", "開封していない", "開封し", "開封"),
        en: en("opened", "opened", "did not open", "a mail"),
        objects: &[is("campaign", "メール{}", "the mail {}")],
    },
    EventWords {
        name: "mail_clicked",
        label: Word::new("メール内クリック", "mail click"),
        plural: "mail clicks",
        ja: ja(
            "メール内のリンク",
            "を",
            "クリックした",
            "クリックしていない",
            "クリックし",
            "クリック",
        ),
        en: en("clicked", "clicked", "did not click", "a link in a mail"),
        objects: &[is("campaign", "メール{}のリンク", "a link in the mail {}")],
    },
    EventWords {
        name: "purchased",
        label: Word::new("購入", "purchase"),
        plural: "purchases",
        ja: ja("", "を", "購入した", "購入していない", "購入し", "購入"),
        en: en("made", "made", "did not make", "a purchase"),
        objects: &[
            is("product", "{}", "a purchase of {}"),
            is("category", "カテゴリ{}の商品", "a purchase in the category {}"),
        ],
    },
    EventWords {
        name: "cart_added",
        label: Word::new("カート追加", "cart addition"),
        plural: "cart additions",
        ja: ja(
            "商品",
            "を",
            "カートに入れた",
            "カートに入れていない",
            "カートに入れて",
            "カート追加",
        ),
        en: en("put", "put", "did not put", "a product in the cart"),
        objects: &[
            is("product", "{}", "{} in the cart"),
            is("category", "カテゴリ{}の商品", "a product of the category {} in the cart"),
        ],
    },
    EventWords {
        name: "inquired",
        label: Word::new("問い合わせ", "inquiry"),
        plural: "inquiries",
        ja: ja("問い合わせ", "を", "した", "していない", "し", ""),
        en: en("sent", "sent", "did not send", "an inquiry"),
        objects: &[
            when("kind", "question", "質問の問い合わせ", "a question"),
            when("kind", "complaint", "苦情の問い合わせ", "a complaint"),
            when("kind", "feature_request", "機能要望の問い合わせ", "a feature request"),
            is("topic", "{}についての問い合わせ", "an inquiry about {}"),
            has("text", "{}を含む問い合わせ", "an inquiry with {} in its text"),
        ],
    },
    EventWords {
        name: "help_searched",
        label: Word::new("ヘルプ検索", "help search"),
        plural: "help searches",
        ja: ja("ヘルプ", "を", "検索した", "検索していない", "検索し", "検索"),
        en: en("searched the help", "searched the help", "did not search the help", ""),
        objects: &[
            is("words", "ヘルプで{}", "for {}"),
            has("words", "ヘルプで{}を含む言葉", "for words with {} in them"),
        ],
    },
    EventWords {
        name: "feature_used",
        label: Word::new("機能利用", "feature use"),
        plural: "feature uses",
        ja: ja("機能", "を", "使った", "使っていない", "使って", "利用"),
        en: en("used", "used", "did not use", "a feature"),
        objects: &[
            is("feature", "機能{}", "the feature {}"),
            when("advanced", "true", "高度な機能", "an advanced feature"),
            when("advanced", "false", "基本機能", "a basic feature"),
        ],
    },
    EventWords {
        name: "usage_measured",
        label: Word::new("利用量の測定", "usage measurement"),
        plural: "usage measurements",
        ja: ja("利用量", "が", "測定された", "測定されていない", "測定され", "測定"),
        en: en("had", "had", "did not have", "its usage measured"),
        objects: &[
            when("meter", "users", "利用ユーザー数", "its number of users measured"),
            when("meter", "storage", "ストレージ使用量", "its storage measured"),
        ],
    },
    EventWords {
        name: "deal_moved",
        label: Word::new("案件の動き", "deal move"),
        plural: "deal moves",
        ja: ja("案件の動き", "が", "あった", "ない", "あり", ""),
        en: en("had", "had", "did not have", "a deal move"),
        objects: &[
            when("stage", "opened", "新規案件", "a new deal"),
            when("stage", "quoted", "見積", "a quote"),
            when("stage", "won", "受注", "a won deal"),
            when("stage", "lost", "失注", "a lost deal"),
            when("stage", "paused", "案件の保留", "a paused deal"),
        ],
    },
    EventWords {
        name: "meeting_set",
        label: Word::new("商談設定", "meeting set"),
        plural: "meetings set",
        ja: ja("商談", "が", "設定された", "設定されていない", "設定され", "設定"),
        en: en("had", "had", "did not have", "a meeting set"),
        objects: &[],
    },
    EventWords {
        name: "meeting_held",
        label: Word::new("商談実施", "meeting held"),
        plural: "meetings held",
        ja: ja("商談", "が", "行われた", "行われていない", "行われ", "実施"),
        en: en("had", "had", "did not have", "a meeting"),
        objects: &[],
    },
    EventWords {
        name: "reported",
        label: Word::new("営業日報", "daily report"),
        plural: "daily reports",
        ja: ja("営業日報", "が", "あった", "ない", "あり", ""),
        en: en("had", "had", "did not have", "a daily report"),
        objects: &[
            is("temperature", "温度感が{}の営業日報", "a daily report with the warmth {}"),
            is("issue", "課題が{}の営業日報", "a daily report on the issue {}"),
            has("text", "{}を含む営業日報", "a daily report with {} in its text"),
            is("hunch", "肌感が{}の営業日報", "a daily report with the hunch {}"),
        ],
    },
    EventWords {
        name: "mentioned",
        label: Word::new("話題の言及", "mention of a topic"),
        plural: "mentions of a topic",
        ja: ja("話題", "が", "出た", "出ていない", "出て", "話題"),
        en: en("mentioned", "mentioned", "did not mention", "a topic"),
        objects: &[is("topic", "{}の話題", "the topic {}"), is("term", "{}の話題", "{}")],
    },
    EventWords {
        name: "approached",
        label: Word::new("アプローチ", "approach"),
        plural: "approaches",
        ja: ja("アプローチ", "を", "受けた", "受けていない", "受けて", ""),
        en: en("was approached", "been approached", "was not approached", ""),
        objects: &[is("outcome", "結果が{}のアプローチ", "with the outcome {}")],
    },
    EventWords {
        name: "snoozed",
        label: Word::new("後回し", "snooze"),
        plural: "snoozes",
        ja: ja("", "", "後回しにされた", "後回しにされていない", "後回しにされ", "後回し"),
        en: en("was put off", "been put off", "was not put off", ""),
        objects: &[],
    },
    EventWords {
        name: "cancelled",
        label: Word::new("解約", "cancellation"),
        plural: "cancellations",
        ja: ja("", "", "解約した", "解約していない", "解約し", "解約"),
        en: en("cancelled", "cancelled", "did not cancel", ""),
        objects: &[],
    },
    EventWords {
        name: "visited",
        label: Word::new("来店", "visit"),
        plural: "visits",
        ja: ja("", "に", "来店した", "来店していない", "来店し", "来店"),
        en: en("visited", "visited", "did not visit", "a store"),
        objects: &[is("store", "{}", "the store {}")],
    },
    EventWords {
        name: "survey_answered",
        label: Word::new("アンケート回答", "survey answer"),
        plural: "survey answers",
        ja: ja("アンケート", "に", "答えた", "答えていない", "答えて", "回答"),
        en: en("answered", "answered", "did not answer", "a survey"),
        objects: &[is("survey", "アンケート{}", "the survey {}")],
    },
    EventWords {
        name: "replied",
        label: Word::new("返信", "reply"),
        plural: "replies",
        ja: ja("", "", "返信した", "返信していない", "返信し", "返信"),
        en: en("replied", "replied", "did not reply", ""),
        objects: &[],
    },
];
