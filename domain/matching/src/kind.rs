//! What a column can hold, and which part of a customer it tells of.

/// What the cells of a column are, as far as comparing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The row's own id; never compared.
    Id,
    /// A person's whole name.
    Person,
    /// A person's given name alone.
    Given,
    /// A person's family name alone.
    Family,
    /// A person's name in kana.
    Reading,
    /// A company's name.
    Company,
    /// A company's name in kana.
    CompanyReading,
    /// A department or an office of a company.
    Site,
    /// A postal code.
    Postal,
    /// A prefecture or state.
    Region,
    /// A municipality or suburb.
    City,
    /// A house number alone.
    House,
    /// A street, a building, or a whole address.
    Address,
    /// Telephone numbers.
    Phone,
    /// Fax numbers.
    Fax,
    /// E-mail addresses.
    Email,
    /// The address of a website.
    Website,
    /// A date of birth.
    Birth,
    /// 法人番号: thirteen digits, the first of which checks the others.
    CorporateNumber,
    /// A number or code that somebody else gave out.
    Code,
    /// One of few words, such as a sex.
    Choice,
    /// Any other short text.
    Text,
    /// Not compared.
    Ignored,
}

/// Which part of a customer a comparison tells of: those of one part tend to be shared, and to change, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Who the person is.
    Person,
    /// Which company it is.
    Company,
    /// Where it is.
    Place,
    /// How it is reached.
    Reach,
    /// Numbers given out, each to one customer.
    Number,
    /// Everything else.
    Other,
}

impl Kind {
    /// All kinds, in the order in which they are listed to people.
    pub const ALL: [Kind; 23] = [
        Kind::Id,
        Kind::Person,
        Kind::Given,
        Kind::Family,
        Kind::Reading,
        Kind::Company,
        Kind::CompanyReading,
        Kind::Site,
        Kind::Postal,
        Kind::Region,
        Kind::City,
        Kind::House,
        Kind::Address,
        Kind::Phone,
        Kind::Fax,
        Kind::Email,
        Kind::Website,
        Kind::Birth,
        Kind::CorporateNumber,
        Kind::Code,
        Kind::Choice,
        Kind::Text,
        Kind::Ignored,
    ];

    /// Its name for machines.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Id => "id",
            Kind::Person => "person",
            Kind::Given => "given",
            Kind::Family => "family",
            Kind::Reading => "reading",
            Kind::Company => "company",
            Kind::CompanyReading => "company_reading",
            Kind::Site => "site",
            Kind::Postal => "postal",
            Kind::Region => "region",
            Kind::City => "city",
            Kind::House => "house",
            Kind::Address => "address",
            Kind::Phone => "phone",
            Kind::Fax => "fax",
            Kind::Email => "email",
            Kind::Website => "website",
            Kind::Birth => "birth",
            Kind::CorporateNumber => "corporate_number",
            Kind::Code => "code",
            Kind::Choice => "choice",
            Kind::Text => "text",
            Kind::Ignored => "ignored",
        }
    }

    /// The kind of a name for machines.
    pub fn of_id(id: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// Its name for people, in Japanese and in English.
    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Kind::Id => ("行のID", "the row's id"),
            Kind::Person => ("氏名", "person"),
            Kind::Given => ("名", "given name"),
            Kind::Family => ("姓", "family name"),
            Kind::Reading => ("氏名の読み", "person's reading"),
            Kind::Company => ("会社名", "company"),
            Kind::CompanyReading => ("会社名の読み", "company's reading"),
            Kind::Site => ("拠点・部署", "office or department"),
            Kind::Postal => ("郵便番号", "postal code"),
            Kind::Region => ("都道府県・州", "prefecture or state"),
            Kind::City => ("市区町村", "city or suburb"),
            Kind::House => ("番地", "house number"),
            Kind::Address => ("住所", "address"),
            Kind::Phone => ("電話番号", "telephone"),
            Kind::Fax => ("FAX", "fax"),
            Kind::Email => ("メール", "e-mail"),
            Kind::Website => ("ウェブサイト", "website"),
            Kind::Birth => ("生年月日", "date of birth"),
            Kind::CorporateNumber => ("法人番号", "corporate number"),
            Kind::Code => ("番号・コード", "number or code"),
            Kind::Choice => ("区分", "choice"),
            Kind::Text => ("文字", "text"),
            Kind::Ignored => ("比べない", "not compared"),
        }
    }

    /// Which part of a customer it tells of.
    pub fn part(self) -> Part {
        match self {
            Kind::Person | Kind::Given | Kind::Family | Kind::Reading | Kind::Birth => Part::Person,
            Kind::Company
            | Kind::CompanyReading
            | Kind::Site
            | Kind::Website
            | Kind::CorporateNumber => Part::Company,
            Kind::Postal | Kind::Region | Kind::City | Kind::House | Kind::Address => Part::Place,
            Kind::Phone | Kind::Fax | Kind::Email => Part::Reach,
            Kind::Code => Part::Number,
            Kind::Choice | Kind::Text | Kind::Id | Kind::Ignored => Part::Other,
        }
    }
}
