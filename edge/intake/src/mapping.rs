//! Which column of a file is what, checked before anything is read.

use std::collections::BTreeMap;

use crate::{Field, Kind, Mended, PageRules, Said, said::said};

/// What each column is taken for. Sound only when [`Mapping::faults`] is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What the rows are about.
    pub kind: Kind,
    /// One entry per column; `None` is not imported.
    pub fields: Vec<Option<Field>>,
    /// The order of day, month and year where people have fixed it, by column; else the values decide.
    pub orders: BTreeMap<usize, DateOrder>,
    /// The year of dates written without one (4月1日); without it such dates are problems.
    pub base_year: Option<i16>,
    /// What kind of page an address is, for files of pages that were seen.
    pub pages: PageRules,
    /// What people put right of single cells.
    pub mended: Mended,
}

/// The order in which a date with slashes is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 2026/11/21 or 26/11/21.
    YearMonthDay,
    /// 11/21/2026.
    MonthDayYear,
    /// 21/11/2026.
    DayMonthYear,
}

/// By what a file's rows name the customer; said to people, because everything hangs on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerBy {
    /// By the customer number.
    Number,
    /// By e-mail address.
    Email,
    /// By name as written.
    Name,
    /// By the number of a contact.
    Contact,
}

impl CustomerBy {
    /// The sentence for people.
    pub fn said(self) -> Said {
        match self {
            CustomerBy::Number => {
                said!("顧客は顧客番号で区別します", "customers are told apart by their number")
            }
            CustomerBy::Email => said!(
                "顧客はメールアドレスで区別します",
                "customers are told apart by their e-mail address"
            ),
            CustomerBy::Name => said!(
                "顧客は名前(書かれたとおり)で区別します",
                "customers are told apart by their name as written"
            ),
            CustomerBy::Contact => said!(
                "顧客は関係者番号から引きます",
                "customers are found by the number of their contact"
            ),
        }
    }
}

impl Mapping {
    /// A mapping of the given columns with everything else left to the values.
    pub fn new(kind: Kind, fields: Vec<Option<Field>>) -> Mapping {
        Mapping {
            kind,
            fields,
            orders: BTreeMap::new(),
            base_year: None,
            pages: PageRules::default(),
            mended: Mended::default(),
        }
    }

    /// By what the rows name their customer: the first there is of number, e-mail (for lists of customers), name,
    /// contact, e-mail.
    pub fn customer_by(&self) -> Option<CustomerBy> {
        if self.has("customer") {
            return Some(CustomerBy::Number);
        }
        match self.kind {
            Kind::Customers if self.has("email") => Some(CustomerBy::Email),
            Kind::Customers => {
                (self.has("name") || self.has("family_name") || self.has("given_name"))
                    .then_some(CustomerBy::Name)
            }
            Kind::Contacts | Kind::Cards => self.has("customer_name").then_some(CustomerBy::Name),
            Kind::Letters => Some(CustomerBy::Email),
            _ => {
                if self.has("customer_name") {
                    Some(CustomerBy::Name)
                } else if self.has("contact") {
                    Some(CustomerBy::Contact)
                } else {
                    self.has("email").then_some(CustomerBy::Email)
                }
            }
        }
    }

    /// Every reason why files cannot be read by this mapping; empty when it is sound.
    pub fn faults(&self) -> Vec<Said> {
        let mut faults = Vec::new();
        if self.customer_by().is_none() {
            faults.push(self.nobody_named());
        }
        for spec in self.kind.specs().iter().filter(|spec| spec.required && !self.has(spec.id)) {
            faults.push(Said {
                ja: format!("「{}」の列を選んでください", spec.ja),
                en: format!("choose the column that holds `{}`", spec.en),
            });
        }
        if self.kind == Kind::Deals && !self.has("deal") && !self.has("deal_name") {
            faults.push(said!(
                "「案件番号」か「案件名」の列を選んでください",
                "choose the column that holds `deal number` or `deal name`"
            ));
        }
        if self.kind.names_contacts()
            && !["contact", "email", "name", "family_name"].iter().any(|id| self.has(id))
        {
            faults.push(said!(
                "「関係者番号」「メール」「氏名」のどれかの列を選んでください",
                "choose the column that holds `contact number`, `e-mail` or `name`"
            ));
        }
        self.doubles(&mut faults);
        faults
    }

    fn nobody_named(&self) -> Said {
        match self.kind {
            Kind::Customers => said!(
                "「顧客番号」「メール」「会社名・氏名」のどれかの列を選んでください",
                "choose the column that holds `customer number`, `e-mail` or `name`"
            ),
            Kind::Contacts | Kind::Cards => said!(
                "「顧客番号」か「会社名」の列を選んでください",
                "choose the column that holds `customer number` or `company`"
            ),
            _ => said!(
                "顧客を表す列(顧客番号・会社名・関係者番号・メール)を選んでください",
                "choose the column that names the customer (number, name, contact number or e-mail)"
            ),
        }
    }

    fn doubles(&self, faults: &mut Vec<Said>) {
        for (place, field) in self.fields.iter().enumerate() {
            let Some(field) = field else { continue };
            if self.fields[..place].iter().flatten().any(|earlier| earlier == field) {
                faults.push(said!(
                    "「{}」に2つの列が割り当てられています",
                    "`{}` is given to two columns";
                    field.id()
                ));
            }
        }
    }

    /// The column of a known field.
    pub(crate) fn column(&self, id: &str) -> Option<usize> {
        let is = |field: &Option<Field>| matches!(field, Some(Field::Known(spec)) if spec.id == id);
        self.fields.iter().position(is)
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.fields
            .iter()
            .flatten()
            .any(|field| matches!(field, Field::Known(spec) if spec.id == id))
    }
}
