//! What a file is about and what its columns mean, guessed from headers and values.

use std::{cmp::Reverse, collections::HashSet, sync::OnceLock};

use crate::{
    Column, Field, Kind, Layout, Mapping, Reads, Spec,
    cells::{folded, looks, says_nothing},
};

/// A guess for a whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// What the rows are about.
    pub kind: Kind,
    /// Whether there is little doubt.
    pub sure: bool,
    /// One guess per column.
    pub fields: Vec<FieldGuess>,
}

/// A guess for one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldGuess {
    /// What it is taken for; `None` is not imported.
    pub field: Option<Field>,
    /// Whether there is little doubt.
    pub sure: bool,
}

/// Guesses the kind of a file and the meaning of its columns.
pub fn guess(layout: &Layout) -> Guess {
    let mut guesses: Vec<(f64, bool, Guess)> = Kind::ALL
        .into_iter()
        .map(|kind| {
            let matches = matched(layout, kind);
            let fields = completed(layout, kind, &matches);
            let mapping = Mapping::new(kind, fields.iter().map(|f| f.field.clone()).collect());
            let whole = mapping.faults().is_empty();
            let doubt =
                if whole && !is_beside_the_point(layout, kind, &matches) { 1.0 } else { 0.5 };
            let score = score(layout, kind, &matches) * doubt;
            (score, whole, Guess { kind, sure: false, fields })
        })
        .collect();
    // A stable sort: ties go to the kind that stands first.
    guesses.sort_by(|a, b| b.0.total_cmp(&a.0));
    // A list of cards is one of contacts, so they do not speak against each other.
    let first_names_contacts = guesses.first().is_some_and(|first| first.2.kind.names_contacts());
    let mut others = guesses.iter().skip(1);
    let second = others.find(|other| !(first_names_contacts && other.2.kind.names_contacts()));
    let second = second.map_or(0.0, |second| second.0);
    let (score, whole, mut best) = guesses.swap_remove(0);
    best.sure = whole && 6.0 <= score && 1.3 * second <= score;
    best
}

/// Guesses the meaning of the columns of a file whose kind is known.
pub fn guess_fields(layout: &Layout, kind: Kind) -> Vec<FieldGuess> {
    completed(layout, kind, &matched(layout, kind))
}

/// Whether a cell is a word that headers use.
pub(crate) fn is_known_header(cell: &str) -> bool {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let specs = Kind::ALL.into_iter().flat_map(Kind::specs);
        specs.flat_map(|spec| spec.words.split_whitespace()).collect()
    });
    words.contains(bare(cell).as_str()) || words.contains(folded(cell).as_str())
}

/// The field that a bare header is a word for, in whichever kind of file comes first.
pub(crate) fn known_field(bare: &str) -> Option<(&'static str, Reads)> {
    let specs = Kind::ALL.into_iter().flat_map(Kind::specs);
    let mut found = specs.filter(|spec| spec.words.split_whitespace().any(|word| word == bare));
    found.next().map(|spec| (spec.id, spec.reads))
}

/// Headers of codes, whose digits are no amount.
pub(crate) fn names_a_code(header: &str) -> bool {
    let folded = folded(header);
    ["番号", "コード", "id", "no", "cd", "code", "number", "key", "電話", "tel", "phone", "jan"]
        .iter()
        .any(|word| folded.ends_with(word))
}

/// A field that a column was matched to.
#[derive(Debug, Clone, Copy)]
struct Match {
    column: usize,
    spec: &'static Spec,
    sure: bool,
    /// Whether the header is a word that many kinds of file use.
    vague: bool,
}

/// The best matches of headers to fields, each column and each field once.
fn matched(layout: &Layout, kind: Kind) -> Vec<Match> {
    let mut candidates: Vec<(u32, usize, Match)> = Vec::new();
    for (place, column) in layout.columns.iter().enumerate() {
        let (whole, bare) = (folded(&column.header), bare(&column.header));
        for (order, spec) in kind.specs().iter().enumerate() {
            let Some(strength) = strength(spec, &whole, &bare, &column.samples) else { continue };
            let exact = 60 <= strength;
            let vague = VAGUE.contains(&bare.as_str());
            let found = Match { column: place, spec, sure: exact, vague };
            candidates.push((strength, order, found));
        }
    }
    candidates.sort_by_key(|(strength, order, found)| (Reverse(*strength), found.column, *order));
    let mut matches: Vec<Match> = Vec::new();
    for (_, _, candidate) in candidates {
        let taken = |m: &Match| m.column == candidate.column || m.spec.id == candidate.spec.id;
        if !matches.iter().any(taken) {
            matches.push(candidate);
        }
    }
    matches
}

/// How well a header and its values fit a field, up to 110; from 60 on we are sure.
fn strength(spec: &Spec, whole: &str, bare: &str, samples: &[String]) -> Option<u32> {
    let agree = agreement(spec.reads, samples);
    let place = spec.words.split_whitespace().position(|word| word == bare || word == whole);
    if let Some(place) = place {
        let early = 20_u32.saturating_sub(u32::try_from(place).unwrap_or(20));
        return match agree {
            // A firm may have plans and stages of its own, but a bare `Type` with other words is another type.
            Some(false) if matches!(spec.reads, Reads::Choice(_)) => {
                (!VAGUE.contains(&bare)).then_some(70 + early)
            }
            Some(false) => Some(25),
            Some(true) | None => Some(70 + early + if agree == Some(true) { 10 } else { 0 }),
        };
    }
    let inside = |word: &&str| {
        let long_enough = if word.is_ascii() { 5 <= word.len() } else { 3 <= word.chars().count() };
        long_enough && (bare.ends_with(word) || bare.starts_with(word))
    };
    let word = spec.words.split_whitespace().filter(inside).map(str::len).max()?;
    match agree {
        Some(false) => None,
        Some(true) | None => Some(20 + u32::try_from(word.min(30)).unwrap_or(30)),
    }
}

/// Whether the values can be read as the field wants them; `None` when there are none, or any text will do.
fn agreement(reads: Reads, samples: &[String]) -> Option<bool> {
    let values: Vec<&String> = samples.iter().filter(|sample| !says_nothing(sample)).collect();
    if values.is_empty() {
        return None;
    }
    let most = |test: &dyn Fn(&str) -> bool| {
        let n = values.iter().filter(|value| test(value)).count();
        Some(values.len() <= 2 * n)
    };
    match reads {
        Reads::Email => most(&looks::email),
        Reads::Number => most(&|v| crate::cells::numbers::number(v).is_ok()),
        Reads::Day | Reads::At => most(&is_time),
        Reads::Postal => {
            most(&|v| looks::postal_code(v) || v.bytes().filter(u8::is_ascii_digit).count() >= 4)
        }
        Reads::Phone => {
            most(&|v| looks::phone(v) || v.bytes().filter(u8::is_ascii_digit).count() >= 8)
        }
        Reads::Bool => most(&|v| crate::cells::choices::yes_or_no(v).is_some()),
        Reads::Json => most(&|v| v.trim_start().starts_with('{')),
        Reads::Choice(choices) => most(&|v| crate::cells::choices::choice(v, choices).1.is_none()),
        Reads::Key | Reads::Text | Reads::Free => None,
    }
}

fn is_time(value: &str) -> bool {
    let rules = crate::cells::dates::DateRules { order: None, base_year: Some(2000) };
    looks::date(value)
        || looks::date_of_digits(value)
        || crate::cells::dates::date(value, rules).is_ok()
}

/// A header without the unit or remark in brackets behind it.
pub(crate) fn bare(header: &str) -> String {
    let cut = header.find(['(', '（', '[', '［', '<', '【']).filter(|place| 0 < *place);
    let bare = folded(&header[..cut.unwrap_or(header.len())]);
    if bare.is_empty() { folded(header) } else { bare }
}

/// The fields of all columns: what matched, what the values show, and names of the firm's own for the rest.
fn completed(layout: &Layout, kind: Kind, matches: &[Match]) -> Vec<FieldGuess> {
    let mut taken: Vec<&str> = matches.iter().map(|found| found.spec.id).collect();
    let mut fields = Vec::new();
    for (place, column) in layout.columns.iter().enumerate() {
        if let Some(found) = matches.iter().find(|found| found.column == place) {
            fields.push(FieldGuess { field: Some(Field::Known(found.spec)), sure: found.sure });
            continue;
        }
        let by_values = seen_in_values(kind, column).filter(|field| match field {
            Field::Known(spec) => !taken.contains(&spec.id),
            _ => false,
        });
        if let Some(Field::Known(spec)) = &by_values {
            taken.push(spec.id);
        }
        fields.push(match by_values {
            Some(field) => FieldGuess { field: Some(field), sure: false },
            None => of_its_own(kind, column, layout.shape.header_row == 0),
        });
    }
    fields
}

/// A column that is none of our fields keeps its header as its name; without header or values it is left out.
fn of_its_own(kind: Kind, column: &Column, headless: bool) -> FieldGuess {
    let made_up = headless || column.header == format!("列{}", column.index + 1);
    if made_up || column.samples.is_empty() {
        return FieldGuess { field: None, sure: !headless };
    }
    let name = standard_property(kind, &bare(&column.header)).unwrap_or(&column.header);
    FieldGuess { field: Some(Field::free(kind, name)), sure: !kind.describes() }
}

/// The standard name of an event's property that a firm calls by a Japanese word.
fn standard_property(kind: Kind, header: &str) -> Option<&'static str> {
    let known =
        PROPERTIES.iter().find(|(_, words)| words.split_whitespace().any(|word| word == header));
    known.map(|(name, _)| *name).filter(|_| kind == Kind::Events)
}

const PROPERTIES: &[(&str, &str)] = &[
    ("page", "ページ 閲覧ページ ページ名"),
    ("page_type", "ページ種別 ページ種類"),
    ("url", "閲覧url ページurl"),
    ("dwell_seconds", "滞在秒数 滞在時間秒 閲覧秒数"),
    ("document", "資料 資料名 ダウンロード資料"),
    ("seminar", "セミナー セミナー名"),
    ("campaign", "キャンペーン キャンペーン名 施策 施策名"),
    ("product", "商品 商品名 製品 製品名"),
    ("amount", "金額"),
    ("quantity", "数量"),
    ("feature", "機能 機能名"),
    ("plan", "プラン プラン名"),
    ("topic", "話題 トピック"),
    ("text", "本文 内容"),
    ("store", "店舗 店舗名"),
    ("reason", "理由 解約理由"),
];

/// What the values alone show.
fn seen_in_values(kind: Kind, column: &Column) -> Option<Field> {
    let all = |test: &dyn Fn(&str) -> bool| {
        !column.samples.is_empty() && column.samples.iter().all(|sample| test(sample))
    };
    let id = if all(&looks::email) {
        "email"
    } else if all(&looks::postal_code) {
        "postal_code"
    } else if all(&looks::phone) {
        "phone"
    } else if all(&looks::prefecture) {
        "prefecture"
    } else if all(&looks::url) {
        "website"
    } else if all(&|v| looks::date(v) || looks::date_of_digits(v)) {
        "at"
    } else if all(&looks::money) {
        "amount"
    } else if all(&|v| v.trim_start().starts_with("{\"")) {
        "properties"
    } else {
        return None;
    };
    Field::known(kind, id)
}

/// Whether a kind of which all rows tell the same sort of thing cannot read a column that says, row by row, what
/// happened: such a file is one of events, whatever its first rows are about.
fn is_beside_the_point(layout: &Layout, kind: Kind, matches: &[Match]) -> bool {
    let tells_one_thing = match kind {
        Kind::PageViews
        | Kind::Mails
        | Kind::Letters
        | Kind::Inquiries
        | Kind::Surveys
        | Kind::Usage => true,
        Kind::Customers
        | Kind::Contacts
        | Kind::Events
        | Kind::Purchases
        | Kind::Deals
        | Kind::Reports
        | Kind::Cards => false,
    };
    let events = matched(layout, Kind::Events);
    let is_numbered = events.iter().any(|found| found.spec.id == "id" && found.sure);
    let cannot_read = |found: &Match| match matches.iter().find(|own| own.column == found.column) {
        Some(own) => agreement(own.spec.reads, &layout.columns[own.column].samples) == Some(false),
        // Analytics name what happened on a page, too, but give it no number.
        None => kind != Kind::PageViews || is_numbered,
    };
    let says_what_happened = |found: &&Match| found.spec.id == "name" && found.sure && !found.vague;
    tells_one_thing && events.iter().filter(says_what_happened).any(cannot_read)
}

/// How much speaks for a kind.
fn score(layout: &Layout, kind: Kind, matches: &[Match]) -> f64 {
    let weight = |found: &Match| {
        let weight = weights(kind)
            .iter()
            .find(|(ids, _)| ids.split_whitespace().any(|id| id == found.spec.id))
            .map_or(1.0, |(_, weight)| *weight);
        let doubt = if found.sure { 1.0 } else { 0.4 };
        weight * doubt * if found.vague { 0.4 } else { 1.0 }
    };
    let columns: f64 = matches.iter().map(weight).sum();
    let columns = if is_of_people_somewhere(kind, matches) { columns } else { 0.5 * columns };
    let name = folded(&layout.file);
    let named = file_words(kind).split_whitespace().any(|word| name.contains(word));
    columns + if named { 4.0 } else { 0.0 }
}

/// Whether a list of persons says that they are persons of a customer: what they do there, or by a key or name beside the
/// customer's own. A key, a name and an address are what a list of customers has, too.
fn is_of_people_somewhere(kind: Kind, matches: &[Match]) -> bool {
    let has = |id: &str| matches.iter().any(|found| found.spec.id == id);
    !matches!(kind, Kind::Contacts | Kind::Cards)
        || ["title", "department", "role", "contact", "card_received_on", "consent_basis"]
            .into_iter()
            .any(has)
        || has("customer_name") && (has("name") || has("family_name"))
}

/// How telling each field is of its kind; fields not named count 1.
fn weights(kind: Kind) -> &'static [(&'static str, f64)] {
    match kind {
        Kind::Customers => &[
            (
                "industry employees corporate_number plan contract_started_on contract_renews_on birthday annual_income",
                3.0,
            ),
            (
                "prefecture city address postal_code website sex customer_kind consent_mail kind occupation",
                2.0,
            ),
            ("name plan_price users_used users_limit storage_used storage_limit", 2.0),
            ("name_kana phone email customer rep status source", 1.0),
        ],
        Kind::Contacts => &[
            ("title department contact role", 4.0),
            ("customer_name customer name", 1.5),
            ("family_name given_name name_kana email phone", 1.0),
        ],
        Kind::Events => &[("name", 5.0), ("properties", 4.0), ("at", 2.0), ("id customer", 1.0)],
        Kind::Purchases => &[
            ("product order quantity", 4.0),
            ("amount unit_price", 2.5),
            ("at category channel", 1.0),
        ],
        Kind::Deals => &[("deal deal_name stage", 5.0), ("amount", 2.0), ("at rep", 1.0)],
        Kind::Reports => &[("text", 5.0), ("issue temperature", 4.0), ("at rep", 1.0)],
        Kind::PageViews => {
            &[("url", 5.0), ("page_type dwell_seconds visitor referrer", 4.0), ("at", 1.5)]
        }
        Kind::Mails => &[("mail_event", 4.5), ("campaign", 3.0), ("at email", 1.5)],
        Kind::Letters => &[("from to", 5.0), ("topic text", 2.0), ("at", 1.0)],
        Kind::Inquiries => {
            &[("text", 4.0), ("kind channel", 3.0), ("id", 2.0), ("at topic status", 1.0)]
        }
        Kind::Surveys => &[("survey", 4.0), ("score", 4.0), ("text", 2.0), ("at", 1.0)],
        Kind::Cards => &[
            ("card_received_on consent_basis", 5.0),
            ("source", 3.0),
            ("title department", 3.5),
            ("customer_name customer name", 1.5),
        ],
        Kind::Usage => &[("meter used limit", 5.0), ("at", 1.0)],
    }
}

fn file_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Customers => "顧客 取引先一覧 会員 得意先 customer account compan client member",
        Kind::Contacts => "関係者 担当者 コンタクト 責任者 contact people lead",
        Kind::Events => "行動 イベント ログ 活動 event activit log",
        Kind::Purchases => "購買 購入 注文 受注明細 売上 販売 purchase order sales transaction",
        Kind::Deals => "案件 商談 deal opportunit pipeline",
        Kind::Reports => "日報 訪問記録 report",
        Kind::PageViews => "アクセス 閲覧 pageview page_view access weblog analytics",
        Kind::Mails => {
            "メール配信 配信結果 配信履歴 メルマガ 開封 mail_log maillog mailing newsletter campaign"
        }
        Kind::Letters => "メール受信 受信メール mbox eml letter",
        Kind::Inquiries => "問い合わせ 問合せ お問い合わせ サポート inquir ticket support case",
        Kind::Surveys => "アンケート 調査 survey nps questionnaire",
        Kind::Cards => "名刺 展示会 businesscard business_card card exhibition",
        Kind::Usage => "利用量 使用量 利用状況 usage meter quota",
    }
}

/// Headers that say little about what a file is about.
const VAGUE: &[&str] = &[
    "name",
    "type",
    "title",
    "status",
    "date",
    "at",
    "time",
    "description",
    "source",
    "department",
    "id",
    "channel",
    "user",
    "種別",
    "内容",
    "備考",
    "メモ",
    "コメント",
    "詳細",
    "件名",
    "ステータス",
    "状況",
    "状態",
    "名前",
    "氏名",
    "部門",
    "分類",
    "日付",
    "日時",
    "更新日",
    "note",
    "notes",
    "comment",
    "comments",
    "memo",
    "category",
    "amount",
    "value",
    "結果",
    "role",
    "value",
    "state",
    "region",
    "count",
];
