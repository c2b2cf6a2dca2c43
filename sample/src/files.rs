//! The sample as the files a firm would have, for trying the import.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};

use facts::{Calendar, Fact, Timestamp, What};

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampleFile {
    /// Its name, with the ending.
    pub name: &'static str,
    /// Its content as it lies on disk.
    pub bytes: Vec<u8>,
}

/// Attributes of customers and the headings of their columns in `customers.csv`.
pub const CUSTOMER_COLUMNS: [(&str, &str); 31] = [
    ("name", "顧客名"),
    ("name_kana", "フリガナ"),
    ("kind", "種別"),
    ("rep", "営業担当"),
    ("industry", "業種"),
    ("employees", "従業員数"),
    ("postal_code", "郵便番号"),
    ("prefecture", "都道府県"),
    ("city", "市区町村"),
    ("address", "住所"),
    ("phone", "電話番号"),
    ("email", "メールアドレス"),
    ("website", "ホームページ"),
    ("corporate_number", "法人番号"),
    ("status", "ステータス"),
    ("customer_kind", "新規/既存"),
    ("plan", "プラン"),
    ("plan_price", "月額料金"),
    ("users_used", "利用者数"),
    ("users_limit", "利用者数上限"),
    ("storage_used", "使用容量"),
    ("storage_limit", "容量上限"),
    ("contract_started_on", "契約開始日"),
    ("contract_renews_on", "契約更新日"),
    ("birthday", "生年月日"),
    ("sex", "性別"),
    ("occupation", "職業"),
    ("annual_income", "年収"),
    ("consent_mail", "メール配信同意"),
    ("source", "流入元"),
    ("ledger_colour", "台帳の色"),
];

/// Attributes of contacts and the headings of their columns in `contacts.csv`.
pub const CONTACT_COLUMNS: [(&str, &str); 7] = [
    ("name", "氏名"),
    ("name_kana", "フリガナ"),
    ("email", "メールアドレス"),
    ("phone", "電話番号"),
    ("title", "役職"),
    ("department", "部署"),
    ("role", "役割"),
];

/// An event that has a file of its own.
struct OwnFile {
    event: &'static str,
    file: &'static str,
    /// The heading of the instant.
    instant: &'static str,
    /// Properties and their headings.
    columns: &'static [(&'static str, &'static str)],
}

const OWN_FILES: [OwnFile; 3] = [
    OwnFile {
        event: "purchased",
        file: "purchases.csv",
        instant: "購入日時",
        columns: &[
            ("order", "注文番号"),
            ("product", "商品名"),
            ("category", "商品カテゴリ"),
            ("quantity", "数量"),
            ("amount", "金額"),
            ("channel", "チャネル"),
        ],
    },
    OwnFile {
        event: "deal_moved",
        file: "deals.csv",
        instant: "日時",
        columns: &[
            ("deal", "案件番号"),
            ("deal_name", "案件名"),
            ("stage", "ステージ"),
            ("amount", "金額"),
        ],
    },
    OwnFile {
        event: "reported",
        file: "daily_reports.csv",
        instant: "報告日時",
        columns: &[
            ("rep", "営業担当"),
            ("text", "報告内容"),
            ("issue", "顧客の課題"),
            ("temperature", "温度感"),
        ],
    },
];

/// All files of the sample.
pub(crate) fn files(facts: &[Fact]) -> Vec<SampleFile> {
    let mut files = vec![customers(facts), contacts(facts)];
    files.push(SampleFile { name: "events.csv", bytes: events(facts).into_bytes() });
    for own in OWN_FILES {
        files.push(SampleFile { name: own.file, bytes: own_file(facts, &own).into_bytes() });
    }
    files
}

/// What holds of each customer and contact at the end, by their keys; customers come before their contacts.
fn standing(facts: &[Fact]) -> BTreeMap<(&str, Option<&str>), BTreeMap<&str, String>> {
    let mut standing: BTreeMap<_, BTreeMap<&str, String>> = BTreeMap::new();
    for fact in facts {
        let What::Became(attributes) = &fact.what else { continue };
        let contact = fact.contact.as_ref().map(|contact| contact.as_str());
        let known = standing.entry((fact.customer.as_str(), contact)).or_default();
        for (name, value) in attributes.borrowed().iter() {
            known.insert(name, value.to_string());
        }
    }
    standing
}

/// The customer list as Japanese Excel writes it: CP932.
fn customers(facts: &[Fact]) -> SampleFile {
    let headings = CUSTOMER_COLUMNS.iter().map(|(_, heading)| *heading);
    let mut text = String::new();
    push_row(&mut text, std::iter::once("顧客番号").chain(headings));
    for ((customer, contact), known) in standing(facts) {
        if contact.is_none() {
            let cells =
                CUSTOMER_COLUMNS.iter().map(|(name, _)| known.get(name).map_or("", String::as_str));
            push_row(&mut text, std::iter::once(customer).chain(cells));
        }
    }
    let (bytes, _, unmappable) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!unmappable, "the word lists hold only characters that CP932 has");
    SampleFile { name: "customers.csv", bytes: bytes.into_owned() }
}

/// The contacts as a newer tool writes them: UTF-8 with a mark at the front.
fn contacts(facts: &[Fact]) -> SampleFile {
    let headings = CONTACT_COLUMNS.iter().map(|(_, heading)| *heading);
    let mut text = String::from("\u{feff}");
    push_row(&mut text, ["顧客番号", "関係者番号"].into_iter().chain(headings));
    for ((customer, contact), known) in standing(facts) {
        let Some(contact) = contact else { continue };
        let cells =
            CONTACT_COLUMNS.iter().map(|(name, _)| known.get(name).map_or("", String::as_str));
        push_row(&mut text, [customer, contact].into_iter().chain(cells));
    }
    SampleFile { name: "contacts.csv", bytes: text.into_bytes() }
}

/// All events that have no file of their own, one column for each property.
fn events(facts: &[Fact]) -> String {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns: Vec<&str> = Vec::new();
    for (_, _, properties) in loose_events(facts) {
        for (name, _) in properties.iter() {
            places.entry(name).or_insert_with(|| {
                columns.push(name);
                columns.len() - 1
            });
        }
    }
    let calendar = Calendar::japan();
    let mut text = String::new();
    let heads = ["日時", "顧客番号", "関係者番号", "イベント", "イベントID"];
    push_row(&mut text, heads.into_iter().chain(columns.iter().copied()));
    for (fact, name, properties) in loose_events(facts) {
        let mut cells = vec![String::new(); columns.len()];
        for (property, value) in properties.iter() {
            cells[places[property]] = value.to_string();
        }
        let at = local(&calendar, fact.at);
        push_row(
            &mut text,
            heads_of(fact, &at, name).into_iter().chain(cells.iter().map(String::as_str)),
        );
    }
    text
}

fn loose_events(facts: &[Fact]) -> impl Iterator<Item = (&Fact, &str, facts::PropertiesRef<'_>)> {
    facts.iter().filter_map(|fact| match &fact.what {
        What::Happened { name, properties }
            if OWN_FILES.iter().all(|own| own.event != name.as_str()) =>
        {
            Some((fact, name.as_str(), properties.borrowed()))
        }
        What::Happened { .. } | What::Became(_) => None,
    })
}

/// One kind of event in a file of its own.
fn own_file(facts: &[Fact], own: &OwnFile) -> String {
    let calendar = Calendar::japan();
    let mut text = String::new();
    let heads = [own.instant, "顧客番号", "関係者番号", "ID"];
    push_row(&mut text, heads.into_iter().chain(own.columns.iter().map(|(_, heading)| *heading)));
    for fact in facts {
        let What::Happened { name, properties } = &fact.what else { continue };
        if name.as_str() != own.event {
            continue;
        }
        let cells: Vec<String> = own
            .columns
            .iter()
            .map(|(property, _)| properties.borrowed().get(property).to_string())
            .collect();
        let at = local(&calendar, fact.at);
        let [at, customer, contact, _, id] = heads_of(fact, &at, own.event);
        let heads = [at, customer, contact, id];
        push_row(&mut text, heads.into_iter().chain(cells.iter().map(String::as_str)));
    }
    text
}

fn heads_of<'a>(fact: &'a Fact, at: &'a str, name: &'a str) -> [&'a str; 5] {
    let contact = fact.contact.as_ref().map_or("", |contact| contact.as_str());
    [at, fact.customer.as_str(), contact, name, fact.id.as_deref().unwrap_or_default()]
}

/// An instant as people in Tokyo write it, to the second.
fn local(calendar: &Calendar, at: Timestamp) -> String {
    let local = calendar.local(at);
    let mut text = local.date().to_string();
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    let written = write!(text, " {hour:02}:{minute:02}:{second:02}");
    assert!(written.is_ok(), "writing into memory cannot fail");
    text
}

/// One row, quoted where needed, with the line end that Excel writes.
fn push_row<'a>(text: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&quoted(cell));
    }
    text.push_str("\r\n");
}

fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains(['"', ',', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}
