//! What a column holds, by its header and by all its values.

use super::survey::Values;
use crate::{
    Reads, Said,
    cells::{folded, plain},
    guess,
    said::said,
};

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    /// Names of companies.
    Company,
    /// Names of persons.
    Person,
    /// A reading in kana.
    Kana,
    /// Telephone numbers.
    Phone,
    /// E-mail addresses.
    Email,
    /// Japanese postal codes.
    Postal,
    /// Addresses.
    Address,
    /// Prefectures.
    Prefecture,
    /// Dates, with or without a time.
    Date,
    /// Numbers and amounts of money.
    Number,
    /// Yes and no.
    Bool,
    /// Numbers and codes by which something is known.
    Key,
    /// Any text.
    Text,
}

impl Holds {
    /// Its name for machines.
    pub fn id(self) -> &'static str {
        match self {
            Holds::Company => "company",
            Holds::Person => "person",
            Holds::Kana => "kana",
            Holds::Phone => "phone",
            Holds::Email => "email",
            Holds::Postal => "postal_code",
            Holds::Address => "address",
            Holds::Prefecture => "prefecture",
            Holds::Date => "date",
            Holds::Number => "number",
            Holds::Bool => "yes_or_no",
            Holds::Key => "key",
            Holds::Text => "text",
        }
    }

    /// Its name for people.
    pub fn label(self) -> Said {
        match self {
            Holds::Company => said!("会社名", "company"),
            Holds::Person => said!("氏名", "person"),
            Holds::Kana => said!("読み", "reading in kana"),
            Holds::Phone => said!("電話番号", "telephone"),
            Holds::Email => said!("メール", "e-mail"),
            Holds::Postal => said!("郵便番号", "postal code"),
            Holds::Address => said!("住所", "address"),
            Holds::Prefecture => said!("都道府県", "prefecture"),
            Holds::Date => said!("日付", "date"),
            Holds::Number => said!("数・金額", "number"),
            Holds::Bool => said!("はい・いいえ", "yes or no"),
            Holds::Key => said!("番号・コード", "number or code"),
            Holds::Text => said!("文字", "text"),
        }
    }
}

/// Decides what a column holds. A header that names something is believed when half of the values agree; without one
/// nearly all values must.
pub(super) fn decide(header: &str, values: &Values) -> Holds {
    if let Some(named) = by_header(header, values)
        && fits(named, values, 2)
    {
        return named;
    }
    by_values(header, values)
}

/// Whether one in `share` values at least can be what the column is said to hold.
fn fits(holds: Holds, values: &Values, share: u64) -> bool {
    let n = values.n;
    let most = |count: u64| n <= share * count;
    match holds {
        Holds::Date => most(
            values.dates
                + values.digit_dates
                + values.typed_dates
                + values.numbers
                + values.typed_numbers,
        ),
        Holds::Number => {
            most(values.numbers + values.typed_numbers + values.typed_dates + values.amounts)
        }
        Holds::Email => 0 < values.emails || n == 0,
        Holds::Bool => most(values.bools + values.numbers + values.typed_numbers),
        // Whatever is written into a column of telephone numbers is meant as one.
        Holds::Phone | Holds::Postal => true,
        Holds::Company
        | Holds::Person
        | Holds::Kana
        | Holds::Address
        | Holds::Prefecture
        | Holds::Key
        | Holds::Text => true,
    }
}

fn by_values(header: &str, values: &Values) -> Holds {
    let n = values.n;
    if n == 0 {
        return Holds::Text;
    }
    let nearly_all = |count: u64| 10 * n <= 12 * count && 0 < count;
    let code = guess::names_a_code(header);
    if nearly_all(values.emails) {
        Holds::Email
    } else if nearly_all(values.postals) {
        Holds::Postal
    } else if nearly_all(values.dates + values.typed_dates)
        || (nearly_all(values.dates + values.digit_dates) && !code)
    {
        Holds::Date
    } else if nearly_all(values.phones) {
        Holds::Phone
    } else if nearly_all(values.companies) {
        Holds::Company
    } else if nearly_all(values.addresses) {
        Holds::Address
    } else if code {
        Holds::Key
    } else if nearly_all(values.numbers + values.typed_numbers) {
        Holds::Number
    } else {
        Holds::Text
    }
}

/// What the header names.
fn by_header(header: &str, values: &Values) -> Option<Holds> {
    let name = guess::bare(header);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    if has(&["カナ", "フリガナ", "ふりがな", "ヨミ", "よみ", "読み", "kana", "phonetic"])
    {
        return Some(Holds::Kana);
    }
    if has(&["可否", "許可", "同意", "希望", "有無", "フラグ", "optin", "consent"]) {
        return Some(Holds::Bool);
    }
    if has(&["メール", "email", "mailaddress"]) || name == "mail" {
        return Some(Holds::Email);
    }
    if has(&["電話", "携帯", "ファックス", "phone", "直通"])
        || ends(&["tel", "fax", "telno", "mobile"])
    {
        return Some(Holds::Phone);
    }
    if has(&["郵便", "〒", "postal", "postcode"]) || ends(&["zip", "zipcode"]) {
        return Some(Holds::Postal);
    }
    if has(&["住所", "所在地"]) || (ends(&["address", "street"]) && !has(&["ip", "mac", "url"]))
    {
        return Some(Holds::Address);
    }
    if has(&["都道府県", "prefecture"]) {
        return Some(Holds::Prefecture);
    }
    let prose = [
        "備考",
        "メモ",
        "コメント",
        "内容",
        "本文",
        "詳細",
        "説明",
        "所感",
        "課題",
        "note",
        "memo",
        "comment",
        "description",
        "text",
    ];
    if has(&prose) {
        return Some(Holds::Text);
    }
    by_known_word(&name, values).or_else(|| by_ending(&name, values))
}

/// The header is one that files of customers, orders or reports have.
fn by_known_word(name: &str, values: &Values) -> Option<Holds> {
    let (id, reads) = guess::known_field(name)?;
    Some(match reads {
        Reads::Number => Holds::Number,
        Reads::Bool => Holds::Bool,
        Reads::Day | Reads::At => Holds::Date,
        Reads::Phone => Holds::Phone,
        Reads::Email => Holds::Email,
        Reads::Postal => Holds::Postal,
        Reads::Key => Holds::Key,
        Reads::Text if matches!(id, "name" | "customer_name" | "rep") => named(name, values),
        Reads::Text if id == "family_name" || id == "given_name" => Holds::Person,
        Reads::Text if id == "address" => Holds::Address,
        Reads::Text if id == "prefecture" => Holds::Prefecture,
        Reads::Text | Reads::Choice(_) | Reads::Json | Reads::Free => return None,
    })
}

/// A name is a company's or a person's: the header may say so, else the values do.
fn named(name: &str, values: &Values) -> Holds {
    let company = [
        "会社",
        "企業",
        "法人",
        "社名",
        "取引先",
        "得意先",
        "団体",
        "組織",
        "company",
        "account",
        "organi",
        "勤務先",
    ];
    let person = ["氏名", "担当", "姓名", "person", "owner", "rep"];
    if person.iter().any(|word| name.contains(word)) {
        return Holds::Person;
    }
    if company.iter().any(|word| name.contains(word))
        || 10 * values.companies >= 2 * values.n.max(1)
    {
        return Holds::Company;
    }
    Holds::Person
}

fn by_ending(name: &str, values: &Values) -> Option<Holds> {
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if guess::names_a_code(name) {
        return Some(Holds::Key);
    }
    if ends(&["会社", "企業", "社名", "法人", "法人名", "取引先", "仕入先", "得意先", "company"])
    {
        return Some(Holds::Company);
    }
    if ends(&["氏名", "姓名", "担当者", "代表者", "代表者名", "担当者名", "person"])
    {
        return Some(Holds::Person);
    }
    if ends(&[
        "日",
        "日付",
        "日時",
        "年月日",
        "期日",
        "期限",
        "date",
        "datetime",
        "timestamp",
        "時刻",
    ]) || (ends(&["at", "on"]) && 0 < values.dates)
    {
        return Some(Holds::Date);
    }
    let amounts = [
        "金額",
        "価格",
        "単価",
        "売上",
        "年商",
        "予算",
        "費用",
        "料金",
        "資本金",
        "残高",
        "利益",
        "amount",
        "price",
        "cost",
        "revenue",
        "budget",
        "sales",
    ];
    if has(&amounts)
        || ends(&["額", "高", "数", "率", "量", "人", "円", "count", "qty", "rate", "total"])
    {
        return Some(Holds::Number);
    }
    None
}

/// Whether a text is a company's name by its legal form.
pub(super) fn names_a_company(text: &str) -> bool {
    if text.len() < 3 || 300 < text.len() {
        return false;
    }
    let plain = plain(text);
    plain.contains(MARKS) && FORMS.iter().any(|form| plain.contains(form))
        || plain.contains(['c', 'C']) && folded(text).ends_with("inc")
}

/// Of each form one character that stands in few other texts.
const MARKS: [char; 9] = ['社', '人', '組', '(', ')', 'C', 'I', 'K', 'L'];

const FORMS: &[&str] = &[
    "株式会社",
    "(株)",
    "有限会社",
    "(有)",
    "合同会社",
    "(同)",
    "合資会社",
    "(資)",
    "合名会社",
    "(名)",
    "(社)",
    "(財)",
    "一般社団法人",
    "一般財団法人",
    "公益社団法人",
    "公益財団法人",
    "学校法人",
    "医療法人",
    "社会福祉法人",
    "宗教法人",
    "特定非営利活動法人",
    "NPO法人",
    "協同組合",
    "独立行政法人",
    "株)",
    "カ)",
    "(カ",
    "ユ)",
    "(ユ",
    "ド)",
    "(ド",
    "Co., Ltd",
    "Co.,Ltd",
    "Inc.",
    "K.K.",
    "LLC",
    "Ltd.",
];

#[cfg(test)]
mod tests {
    use super::{FORMS, MARKS};

    #[test]
    fn every_form_has_a_mark() {
        for form in FORMS {
            assert!(form.contains(MARKS), "{form}");
        }
    }
}
