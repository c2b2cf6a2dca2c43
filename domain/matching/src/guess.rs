//! What the columns of a table hold, by their headers and by some of their values.

use std::collections::HashSet;

use cleansing::usual;

use crate::{Column, Kind, shape::checked_corporate_number};

/// Guesses what each column holds; `rows` are the first rows, some hundred of them.
pub fn guess(headers: &[String], rows: &[Vec<String>]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (place, header) in headers.iter().enumerate() {
        let values: Vec<String> = rows
            .iter()
            .filter_map(|row| row.get(place))
            .map(|cell| usual(cell))
            .filter(|cell| !cell.is_empty())
            .collect();
        let values = Values { all: &values, rows: rows.len() };
        let kind = kind(header, &values);
        columns.push(Column { header: header.clone(), kind });
    }
    one_id(&mut columns);
    companies_have_sites(&mut columns);
    columns
}

/// Only one column is the row's id; further ones are numbers that somebody gave out, unless they are the same again.
fn one_id(columns: &mut [Column]) {
    let mut seen = false;
    for column in columns.iter_mut().filter(|column| column.kind == Kind::Id) {
        if seen {
            column.kind = Kind::Ignored;
        }
        seen = true;
    }
}

/// Without a company a department tells nothing.
fn companies_have_sites(columns: &mut [Column]) {
    if !columns.iter().any(|column| column.kind == Kind::Company) {
        for column in columns.iter_mut().filter(|column| column.kind == Kind::Site) {
            column.kind = Kind::Ignored;
        }
    }
}

struct Values<'a> {
    all: &'a [String],
    rows: usize,
}

impl Values<'_> {
    /// Whether so many of a hundred values are so.
    fn share(&self, of_hundred: usize, is: impl Fn(&str) -> bool) -> bool {
        let n = self.all.iter().filter(|value| is(value)).count();
        0 < n && self.all.len() * of_hundred <= 100 * n
    }

    fn different(&self) -> usize {
        self.all.iter().collect::<HashSet<_>>().len()
    }

    /// Whether no value stands twice and none is missing.
    fn unique(&self) -> bool {
        self.all.len() == self.rows && self.different() == self.rows
    }

    fn mean_length(&self) -> usize {
        self.all.iter().map(|value| value.chars().count()).sum::<usize>() / self.all.len().max(1)
    }
}

/// A header without what tells nothing: blanks, marks, what stands in brackets, digits at the end.
fn bare(header: &str) -> String {
    let usual = usual(header).to_lowercase();
    let front = usual.split(['(', '[', '（', '【', ':', '：']).next().unwrap_or_default();
    let front = if front.trim().is_empty() { usual.as_str() } else { front };
    let kept: String = front
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '/' | '*' | '※' | '・' | '#')
        })
        .collect();
    let kept = kept.trim_end_matches(|c: char| c.is_ascii_digit());
    if kept.is_empty() { usual } else { kept.to_owned() }
}

fn kind(header: &str, values: &Values<'_>) -> Kind {
    let name = bare(header);
    // 会社名(カナ): what stands in brackets tells that it is a reading.
    let whole = usual(header).to_lowercase();
    let reading = READINGS.iter().any(|word| whole.contains(word));
    let by_header = named(&name, reading, values);
    if by_header != Some(Kind::Ignored) && values.all.is_empty() {
        return by_header.unwrap_or(Kind::Ignored);
    }
    by_header.unwrap_or_else(|| by_values(values))
}

const IDS: &[&str] = &[
    "recid",
    "id",
    "recordid",
    "rowid",
    "no",
    "番号",
    "連番",
    "通番",
    "行番号",
    "レコードid",
    "管理番号",
    "顧客id",
    "顧客番号",
    "顧客コード",
    "顧客no",
    "customerid",
    "customerno",
    "customercode",
    "会員番号",
    "会員id",
    "memberid",
    "memberno",
    "取引先コード",
    "取引先id",
    "取引先番号",
    "得意先コード",
    "得意先番号",
    "企業コード",
    "企業id",
    "会社コード",
    "会社id",
    "companyid",
    "accountid",
    "contactid",
    "leadid",
    "personid",
    "uid",
    "key",
    "キー",
    "uniqueid",
    "sourceid",
    "externalid",
    "台帳番号",
    "ユーザーid",
    "userid",
    "クライアントid",
    "clientid",
    "partyid",
    "担当者id",
    "rec",
    "index",
    "seq",
    "整理番号",
    "code",
    "コード",
];
/// What a header of a reading says.
const READINGS: &[&str] = &[
    "カナ",
    "かな",
    "kana",
    "フリガナ",
    "ふりがな",
    "ヨミ",
    "よみ",
    "読み",
    "reading",
    "furigana",
    "ルビ",
];
const IGNORED: &[&str] = &[
    "備考",
    "メモ",
    "note",
    "notes",
    "memo",
    "comment",
    "comments",
    "remarks",
    "コメント",
    "登録日",
    "登録日時",
    "更新日",
    "更新日時",
    "作成日",
    "作成日時",
    "createdat",
    "updatedat",
    "created",
    "updated",
    "modified",
    "date",
    "日付",
    "最終購入日",
    "初回購入日",
    "契約日",
    "金額",
    "amount",
    "売上",
    "年商",
    "資本金",
    "従業員数",
    "employees",
    "revenue",
    "age",
    "年齢",
    "cluster",
    "clusterid",
    "label",
    "truth",
    "truthid",
    "trueid",
    "entityid",
    "entity",
    "groupid",
    "duplicate",
    "isduplicate",
    "duplicateof",
    "source",
    "流入元",
    "営業担当",
    "営業担当者",
    "自社担当",
    "rep",
    "ステータス",
    "status",
    "役職",
    "title",
    "jobtitle",
    "肩書",
    "肩書き",
    "敬称",
    "salutation",
    "blockingnumber",
    "ランク",
    "rank",
];

fn named(name: &str, reading: bool, values: &Values<'_>) -> Option<Kind> {
    let is = |words: &[&str]| words.contains(&name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if is(IGNORED) || has(&["登録日", "更新日", "作成日"]) {
        return Some(Kind::Ignored);
    }
    if has(&["法人番号", "corporatenumber", "houjin", "インボイス", "適格請求書"])
        || is(&["登録番号"])
    {
        return Some(Kind::CorporateNumber);
    }
    if is(IDS) {
        let is_id = values.unique() || values.all.is_empty();
        return Some(if is_id { Kind::Id } else { Kind::Code });
    }
    if has(&["メール", "email", "mail", "eメール"]) && !has(&["同意", "配信", "consent"])
    {
        return Some(Kind::Email);
    }
    if has(&["fax", "ファックス", "ファクス"]) {
        return Some(Kind::Fax);
    }
    if has(&["電話", "tel", "phone", "携帯", "mobile", "cell", "連絡先番号"]) && !has(&["hotel"])
    {
        return Some(Kind::Phone);
    }
    if has(&["郵便", "postal", "postcode", "zip", "〒"]) || is(&["pcode"]) {
        return Some(Kind::Postal);
    }
    if has(&["生年月日", "誕生日", "birth", "生まれ"]) || is(&["dob", "bday"]) {
        return Some(Kind::Birth);
    }
    if is(&["性別", "sex", "gender"]) {
        return Some(Kind::Choice);
    }
    if has(&["website", "ホームページ", "url", "webサイト", "サイト"])
        || is(&["web", "hp", "domain", "ドメイン"])
    {
        return Some(Kind::Website);
    }
    let company = has(&[
        "会社",
        "企業",
        "法人名",
        "社名",
        "取引先",
        "得意先",
        "仕入先",
        "company",
        "organi",
        "employer",
        "firm",
        "勤務先",
        "屋号",
        "事業者",
        "店名",
    ]) || is(&["org", "corp", "account", "accountname", "business", "businessname"]);
    if reading || is(&["セイ", "メイ", "せい", "めい"]) {
        return Some(if company { Kind::CompanyReading } else { Kind::Reading });
    }
    if has(&["担当者", "氏名", "代表者", "fullname", "contactname", "personname", "お名前"])
        || is(&["contact", "ご担当"])
    {
        return Some(Kind::Person);
    }
    if company && !has(&["住所", "所在", "address", "部署"]) {
        return Some(Kind::Company);
    }
    if has(&["部署", "部門", "支店", "拠点", "営業所", "事業所", "department", "branch", "所属"])
        || is(&["site", "office", "dept"])
    {
        return Some(Kind::Site);
    }
    if is(&["surname", "lastname", "familyname", "lname", "last", "姓", "苗字", "名字", "sname"])
    {
        return Some(Kind::Family);
    }
    if is(&["givenname", "firstname", "fname", "forename", "first", "名", "下の名前", "given"])
    {
        return Some(Kind::Given);
    }
    if is(&[
        "name",
        "名前",
        "名称",
        "顧客名",
        "顧客",
        "客先",
        "客先名",
        "お客様名",
        "customername",
        "customer",
        "会員名",
        "client",
        "clientname",
        "宛名",
    ]) {
        return Some(if values.share(20, looks_like_company) {
            Kind::Company
        } else {
            Kind::Person
        });
    }
    if is(&["都道府県", "県", "state", "prefecture", "province", "region", "pref", "county"]) {
        return Some(Kind::Region);
    }
    if is(&[
        "市区町村",
        "市町村",
        "市区郡",
        "city",
        "suburb",
        "town",
        "locality",
        "municipality",
        "区",
    ]) {
        return Some(Kind::City);
    }
    if is(&["streetnumber", "housenumber", "houseno", "streetno", "stnumber"]) {
        return Some(Kind::House);
    }
    if has(&[
        "住所",
        "所在地",
        "address",
        "番地",
        "町名",
        "町域",
        "丁目",
        "建物",
        "ビル",
        "マンション",
        "street",
        "addr",
        "building",
    ]) {
        return Some(Kind::Address);
    }
    has(&[
        "socsec",
        "ssn",
        "社員番号",
        "licence",
        "license",
        "passport",
        "マイナンバー",
        "taxid",
        "abn",
        "番号",
        "コード",
        "code",
        "number",
    ])
    .then_some(Kind::Code)
}

fn looks_like_company(text: &str) -> bool {
    let lower = text.to_lowercase();
    cleansing::company(text).form.is_some()
        || ["商店", "工業", "製作所", "商事", "事務所", "医院", "クリニック"]
            .iter()
            .any(|end| text.ends_with(end))
        || ["inc", "ltd", "llc", "corp", "pty"]
            .iter()
            .any(|end| lower.trim_end_matches('.').ends_with(end))
}

fn by_values(values: &Values<'_>) -> Kind {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let only = |text: &str, also: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || also.contains(c))
    };
    let phone = |text: &str| {
        (9..=13).contains(&digits(text))
            && only(text, "-+() ")
            && (text.starts_with(['0', '+', '(']))
    };
    let postal = |text: &str| {
        let bare = text.trim_start_matches('〒');
        digits(bare) == 7 && bare.len() == 8 && bare.as_bytes().get(3) == Some(&b'-')
    };
    let address = |text: &str| {
        cleansing::PREFECTURES.iter().any(|name| text.starts_with(name)) && 6 < text.chars().count()
    };
    let date = |text: &str| {
        crate::dates::digits(text).is_some_and(|found| {
            found.len() == 8 && (found.starts_with("19") || found.starts_with("20"))
        }) && digits(text) <= 8
    };
    let kana = |text: &str| {
        2 < text.chars().count()
            && text.chars().all(|c| matches!(c, '\u{3041}'..='\u{30ff}' | ' ' | ')' | '('))
    };
    if values.share(60, |text| cleansing::email_key(text).is_some()) {
        Kind::Email
    } else if values.share(80, |text| checked_corporate_number(text).is_some()) {
        Kind::CorporateNumber
    } else if values.share(80, postal) {
        Kind::Postal
    } else if values.share(80, phone) {
        Kind::Phone
    } else if values.share(60, address) {
        Kind::Address
    } else if values.share(50, |text| cleansing::company(text).form.is_some()) {
        Kind::Company
    } else if values.share(80, |text| cleansing::PREFECTURES.contains(&text)) {
        Kind::Region
    } else if values.share(90, date) {
        // A date whose header does not say birth is when something happened.
        Kind::Ignored
    } else if values.share(90, kana) && values.all.len() < 3 * values.different() {
        Kind::Reading
    } else if values.unique()
        || 30 < values.mean_length()
        || values.different() < 2
        || values.share(95, |text| only(text, ".,- "))
    {
        Kind::Ignored
    } else {
        Kind::Text
    }
}
