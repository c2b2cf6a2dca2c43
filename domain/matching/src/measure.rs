//! How two cells of a kind are compared: the levels from equal to different, each with what is expected of it before
//! anything was learned.

/// How cells are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// A word: equal, alike, swapped with its partner.
    Word,
    /// A street in letters.
    Street,
    /// A person's whole name.
    Person,
    /// A name in kana.
    Reading,
    /// A company's name.
    Company,
    /// A company's name in kana.
    CompanyReading,
    /// A number or code.
    Code,
    /// A postal code.
    Postal,
    /// A house number.
    House,
    /// A corporate number with its check digit.
    CorporateNumber,
    /// The host of a website.
    Website,
    /// Telephone numbers.
    Phone,
    /// E-mail addresses.
    Email,
    /// A date of birth.
    Date,
    /// A Japanese address.
    Place,
    /// One of few words.
    Choice,
}

/// One level of agreement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    /// In Japanese.
    pub ja: &'static str,
    /// In English.
    pub en: &'static str,
    /// How often one customer's two rows are on this level, before anything was learned.
    pub usual: f64,
    /// Whether the two share a term, so that how frequent it is counts.
    pub shares_term: bool,
}

const fn same(ja: &'static str, en: &'static str, usual: f64) -> Level {
    Level { ja, en, usual, shares_term: true }
}

const fn less(ja: &'static str, en: &'static str, usual: f64) -> Level {
    Level { ja, en, usual, shares_term: false }
}

const DIFFERENT: (&str, &str) = ("違う", "different");

const WORD: &[Level] = &[
    same("同じ", "the same", 0.78),
    less("ほぼ同じ", "nearly the same", 0.11),
    less("似ている", "alike", 0.04),
    less("入れ替わり", "swapped", 0.02),
    less(DIFFERENT.0, DIFFERENT.1, 0.05),
];
const PERSON: &[Level] = &[
    same("同じ", "the same", 0.84),
    less("読みが同じ", "the same when read", 0.02),
    less("ほぼ同じ", "nearly the same", 0.08),
    less("姓が同じ", "the same family name", 0.015),
    less("名が同じ", "the same given name", 0.015),
    less(DIFFERENT.0, DIFFERENT.1, 0.03),
];
const COMPANY: &[Level] = &[
    same("同じ", "the same", 0.62),
    same("法人格の有無だけ違う", "one without its legal form", 0.14),
    same("前株・後株だけ違う", "the legal form on the other side", 0.04),
    same("法人格が違う", "another legal form", 0.015),
    less("名称がほぼ同じ", "nearly the same name", 0.09),
    less("名称の一部が同じ", "one name inside the other", 0.03),
    same("一方だけ拠点名がある", "only one names a branch", 0.02),
    less("別の拠点", "another branch", 0.005),
    less(DIFFERENT.0, DIFFERENT.1, 0.04),
];
const CODE: &[Level] = &[
    same("同じ", "the same", 0.9),
    less("1字違い", "one character off", 0.06),
    less(DIFFERENT.0, DIFFERENT.1, 0.04),
];
const POSTAL: &[Level] = &[
    same("同じ", "the same", 0.82),
    less("1字違い", "one digit off", 0.06),
    less("上3桁が同じ", "the same first three", 0.04),
    less(DIFFERENT.0, DIFFERENT.1, 0.08),
];
const CORPORATE: &[Level] = &[
    same("同じ", "the same", 0.95),
    less("打ち間違い", "mistyped", 0.035),
    less(DIFFERENT.0, DIFFERENT.1, 0.003),
];
const PHONE: &[Level] = &[
    same("同じ", "the same", 0.78),
    less("1桁違い", "one digit off", 0.06),
    less("局番が同じ", "the same exchange", 0.05),
    less(DIFFERENT.0, DIFFERENT.1, 0.11),
];
const EMAIL: &[Level] = &[
    same("同じ", "the same", 0.76),
    less("ほぼ同じ", "nearly the same", 0.07),
    less("数字だけ違う", "only the digits differ", 0.01),
    less("@の前が同じ", "the same before the @", 0.04),
    less("会社のドメインが同じ", "the same domain of a firm", 0.04),
    less(DIFFERENT.0, DIFFERENT.1, 0.08),
];
/// The level of e-mail addresses that differ only in their digits: tanaka1@ and tanaka2@ are as often two namesakes.
pub(crate) const ONLY_DIGITS: u8 = 3;
const DATE: &[Level] = &[
    same("同じ", "the same", 0.88),
    less("1字違い・月日逆", "one digit off, or day and month swapped", 0.06),
    less("年・月・日の二つが同じ", "two of year, month and day", 0.03),
    less(DIFFERENT.0, DIFFERENT.1, 0.03),
];
const PLACE: &[Level] = &[
    same("同じ", "the same", 0.52),
    same("建物名以外は同じ", "the same but for the building", 0.2),
    same("番地まで同じで別の部屋", "the same number, another room", 0.01),
    less("番地がほぼ同じ", "nearly the same number", 0.08),
    less("町名まで同じ", "the same town", 0.05),
    less("市区町村まで同じ", "the same municipality", 0.04),
    less(DIFFERENT.0, DIFFERENT.1, 0.1),
];
const CHOICE: &[Level] = &[same("同じ", "the same", 0.92), less(DIFFERENT.0, DIFFERENT.1, 0.08)];

impl Measure {
    /// The levels, the best first. Level 0 of an outcome is "nothing known"; level n is the n-th of these.
    pub fn levels(self) -> &'static [Level] {
        match self {
            Measure::Word | Measure::Street => WORD,
            Measure::Person | Measure::Reading => PERSON,
            Measure::Company | Measure::CompanyReading => COMPANY,
            Measure::Code | Measure::House | Measure::Website => CODE,
            Measure::Postal => POSTAL,
            Measure::CorporateNumber => CORPORATE,
            Measure::Phone => PHONE,
            Measure::Email => EMAIL,
            Measure::Date => DATE,
            Measure::Place => PLACE,
            Measure::Choice => CHOICE,
        }
    }
}
