//! What a row says becomes a fact: whom it is about, when, what, and under which name it is kept.

use std::borrow::Cow;

use facts::{
    ContactKey, CustomerKey, Decimal, EventName, Fact, Properties, Timestamp, Value, What,
};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::{
    cell::Wrong,
    gathered::{Gathered, full_name},
    plan::{Fault, Plan, Role},
    wrong::{bad_key, empty, no_address, unknown_address, unknown_contact},
};
use crate::{
    CustomerBy, Kind,
    cells::{choices, folded, notes::Note, reach},
    problem::shortened,
    said::said,
};

/// A customer, perhaps a contact, and the name of the event.
type Correspondence = ((CustomerKey, Option<ContactKey>), Option<&'static str>);

impl Plan<'_> {
    /// Fills in what follows from the rest of the row.
    pub(super) fn complete(&self, gathered: &mut Gathered<'_>) {
        if gathered.family.is_some() || gathered.given.is_some() {
            let name = full_name(gathered.family.take(), gathered.given.take());
            if gathered.text("name").is_none() {
                gathered.pairs.push((Cow::Borrowed("name"), Value::from(name)));
            }
        }
        if let Some(price) = gathered.unit_price
            && gathered.number("amount").is_none()
        {
            let quantity = gathered.number("quantity").unwrap_or(Decimal::ONE);
            if let Some(amount) = price.checked_mul(quantity) {
                gathered.pairs.push((Cow::Borrowed("amount"), Value::Number(amount)));
            }
        }
        if self.mapping.kind == Kind::Deals
            && gathered.text("deal").is_none()
            && let Some(name) = gathered.text("deal_name")
        {
            gathered.pairs.push((Cow::Borrowed("deal"), Value::from(name)));
        }
    }

    /// The fact of a row that describes a customer or a contact.
    pub(super) fn became(&mut self, gathered: Gathered<'_>, row: u64) -> Result<Fact, Box<Fault>> {
        let email = gathered.text("email").map(|email| email.to_lowercase());
        let by = self.named_by(email.as_deref(), &gathered, row);
        let is_contact = self.mapping.kind.names_contacts();
        let name = if is_contact { gathered.name.as_deref() } else { None }.map(str::to_owned);
        let own_name = gathered.text("name");
        let customer = match by {
            CustomerBy::Number => {
                gathered.number.as_deref().map(|number| self.key(number)).transpose()?
            }
            CustomerBy::Email => match &email {
                Some(email) if !reach::is_email(email) => {
                    return Err(self.at_fault("email", no_address()));
                }
                Some(email) => Some(self.key(email)?),
                None => None,
            },
            CustomerBy::Name | CustomerBy::Contact => {
                let name = if is_contact { &name } else { &own_name };
                let known = |name: &String| match self.directory.customer_of_name(name) {
                    Some(known) if is_contact => Ok(known),
                    _ => self.key(name),
                };
                name.as_ref().map(known).transpose()?
            }
        };
        let customer = customer.ok_or_else(|| self.nobody(by))?;
        let contact = match is_contact {
            true => {
                let given = gathered.contact.as_deref().map(str::to_owned);
                let key =
                    given.or(email).or(own_name).ok_or_else(|| self.at_fault("name", empty()))?;
                Some(ContactKey::new(&key).map_err(|bad| self.at_fault("name", bad_key(&bad)))?)
            }
            false => None,
        };
        let at = gathered.at.unwrap_or(self.now);
        let properties = self.properties(&gathered.pairs, false)?;
        let id = Some(self.digest(&customer, contact.as_ref(), at, "", &properties));
        Ok(Fact { customer, contact, at, what: What::Became(properties), id })
    }

    /// By what a row names its customer: an address that several share names nobody.
    fn named_by(&mut self, email: Option<&str>, gathered: &Gathered<'_>, row: u64) -> CustomerBy {
        let by = self.mapping.customer_by().unwrap_or(CustomerBy::Number);
        let shared = by == CustomerBy::Email && email.is_some_and(|email| self.shared.holds(email));
        if !shared || gathered.text("name").is_none() {
            return by;
        }
        if let Some(step) = self.steps.iter_mut().find(|step| step.role == Role::Email) {
            step.note(Note::SharedAddress, row);
        }
        CustomerBy::Name
    }

    /// The fact of a row about something that happened.
    pub(super) fn happened(
        &mut self,
        mut gathered: Gathered<'_>,
        row: u64,
    ) -> Result<Fact, Box<Fault>> {
        let ((customer, contact), name) = match self.mapping.kind {
            Kind::Letters => self.correspondent(&gathered)?,
            _ => (self.whom(&gathered)?, None),
        };
        let at = gathered.at.ok_or_else(|| self.at_fault("at", empty()))?;
        let name = match self.mapping.kind {
            Kind::Events => {
                let written =
                    gathered.event.take().ok_or_else(|| self.at_fault("name", empty()))?;
                self.event_name(&written, row)?
            }
            Kind::Mails => {
                let what = gathered.text("mail_event").unwrap_or_default();
                if what.is_empty() {
                    return Err(self.at_fault("mail_event", empty()));
                }
                gathered.pairs.retain(|(name, _)| name != "mail_event");
                self.event_name(&format!("mail_{what}"), row)?
            }
            kind => self.event_name(name.unwrap_or(standing_name(kind)), row)?,
        };
        self.see_page(&mut gathered);
        for id in self.must_have() {
            if gathered.text(id).is_none() {
                return Err(self.at_fault(id, empty()));
            }
        }
        let properties = self.properties(&gathered.pairs, true)?;
        let id = match gathered.id {
            Some(id) => id.into_owned(),
            None => self.digest(&customer, contact.as_ref(), at, name.as_str(), &properties),
        };
        Ok(Fact { customer, contact, at, what: What::Happened { name, properties }, id: Some(id) })
    }

    /// With whom a message was exchanged, and which way it went: the first address that is a customer's.
    fn correspondent(&self, gathered: &Gathered<'_>) -> Result<Correspondence, Box<Fault>> {
        if gathered.number.is_some() || gathered.name.is_some() {
            return Ok((self.whom(gathered)?, None));
        }
        let find = |addresses: &[String]| {
            addresses.iter().find_map(|one| self.directory.customer_of_email(&one.to_lowercase()))
        };
        if let Some(known) = find(&gathered.from) {
            return Ok((known, Some("mail_received")));
        }
        match find(&gathered.to) {
            Some(known) => Ok((known, Some("mail_written"))),
            None => Err(self.with_value(
                "from",
                gathered.from.first().map_or("", String::as_str),
                unknown_address(),
            )),
        }
    }

    /// What kind of page was seen, where the file does not say.
    fn see_page(&self, gathered: &mut Gathered<'_>) {
        if self.mapping.kind != Kind::PageViews {
            return;
        }
        let Some(url) = gathered.text("url") else { return };
        let Some(page) = self.mapping.pages.page(&url) else { return };
        if gathered.text("page_type").is_none() {
            gathered.pairs.push((Cow::Borrowed("page_type"), Value::from(page.page_type)));
        }
        for (name, step) in page.steps {
            if gathered.text(name).is_none() {
                gathered.pairs.push((Cow::Owned(name.to_owned()), Value::from(step)));
            }
        }
    }

    /// Properties that must not be empty.
    fn must_have(&self) -> &'static [&'static str] {
        match self.mapping.kind {
            Kind::Deals => &["deal", "stage"],
            Kind::Reports | Kind::Inquiries => &["text"],
            Kind::PageViews => &["url"],
            Kind::Usage => &["used"],
            _ => &[],
        }
    }

    /// The customer of a row, and the contact: by the first of number, name, contact, address that is there.
    fn whom(
        &self,
        gathered: &Gathered<'_>,
    ) -> Result<(CustomerKey, Option<ContactKey>), Box<Fault>> {
        let contact = gathered.contact.as_deref();
        let address = gathered.address.as_deref().map(str::to_lowercase);
        let by_address =
            || address.as_deref().and_then(|address| self.directory.customer_of_email(address));
        let customer = if let Some(number) = &gathered.number {
            Some(self.key(number)?)
        } else if let Some(name) = &gathered.name {
            Some(match self.directory.customer_of_name(name) {
                Some(known) => known,
                None => self.key(name)?,
            })
        } else {
            None
        };
        if let Some(customer) = customer {
            let contact = match contact {
                Some(contact) => Some(
                    ContactKey::new(contact)
                        .map_err(|bad| self.at_fault("contact", bad_key(&bad)))?,
                ),
                None => by_address()
                    .filter(|(owner, _)| *owner == customer)
                    .and_then(|(_, contact)| contact),
            };
            return Ok((customer, contact));
        }
        if let Some(contact) = contact {
            let known = self.directory.customer_of_contact(contact);
            return match known {
                Some((customer, contact)) => Ok((customer, Some(contact))),
                None => Err(self.with_value("contact", contact, unknown_contact())),
            };
        }
        if let Some(address) = &address {
            return by_address()
                .ok_or_else(|| self.with_value("email", address, unknown_address()));
        }
        Err(self.nobody(self.mapping.customer_by().unwrap_or(CustomerBy::Number)))
    }

    fn key(&self, text: &str) -> Result<CustomerKey, Box<Fault>> {
        CustomerKey::new(text).map_err(|bad| self.with_value("customer", text, bad_key(&bad)))
    }

    fn event_name(&mut self, written: &str, row: u64) -> Result<EventName, Box<Fault>> {
        if let Some((name, translated)) = self.names.get(written) {
            let (name, translated) = (name.clone(), *translated);
            self.note_translation(translated, row);
            return Ok(name);
        }
        let standard = choices::standard_event(&folded(written));
        let name = EventName::new(standard.unwrap_or(written))
            .map_err(|bad| self.with_value("name", written, bad_key(&bad)))?;
        self.note_translation(standard.is_some(), row);
        // So many different names are no names; do not keep them all.
        if self.names.len() < 10_000 {
            self.names.insert(written.into(), (name.clone(), standard.is_some()));
        }
        Ok(name)
    }

    fn note_translation(&mut self, translated: bool, row: u64) {
        let step = self.steps.iter_mut().find(|step| step.role == Role::EventName);
        if let Some(step) = step.filter(|_| translated) {
            step.note(Note::NameTranslated, row);
        }
    }

    /// Packs the pairs; what is missing is left out of events and erases attributes.
    fn properties(
        &self,
        pairs: &[(Cow<'_, str>, Value)],
        happened: bool,
    ) -> Result<Properties, Box<Fault>> {
        let there = pairs.iter().filter(|(_, value)| !happened || *value != Value::Missing);
        Properties::new(there.map(|(name, value)| (&**name, value.clone()))).map_err(|bad| {
            Box::new(Fault {
                column: None,
                value: String::new(),
                reason: said!("保存できない値があります: {}", "a value cannot be kept: {}"; bad),
                fix: Some(said!("値を短くしてください", "make it shorter")),
            })
        })
    }

    /// A name for the record made from all it says, and its occurrence among equal rows of the file.
    fn digest(
        &mut self,
        customer: &CustomerKey,
        contact: Option<&ContactKey>,
        at: Timestamp,
        name: &str,
        properties: &Properties,
    ) -> String {
        let said = &mut self.scratch;
        said.clear();
        let contact = contact.map_or("", ContactKey::as_str);
        for part in [self.mapping.kind.id(), customer.as_str(), contact, name] {
            said.extend_from_slice(&(part.len() as u64).to_le_bytes());
            said.extend_from_slice(part.as_bytes());
        }
        said.extend_from_slice(&at.millis().to_le_bytes());
        said.extend_from_slice(properties.as_bytes());
        let short = xxh3_64(said);
        if !self.seen.insert(short) {
            let n = self.again.entry(short).or_insert(0);
            *n += 1;
            said.extend_from_slice(&n.to_le_bytes());
        }
        hexadecimal(xxh3_128(said))
    }

    fn at_fault(&self, id: &str, wrong: Wrong) -> Box<Fault> {
        self.with_value(id, "", wrong)
    }

    fn with_value(&self, id: &str, value: &str, wrong: Wrong) -> Box<Fault> {
        let column = self.steps.iter().find(|step| step.name == id).map(|step| step.column);
        Box::new(Fault { column, value: shortened(value), reason: wrong.0, fix: Some(wrong.1) })
    }

    fn nobody(&self, by: CustomerBy) -> Box<Fault> {
        let id = match by {
            CustomerBy::Number => "customer",
            CustomerBy::Email => "email",
            CustomerBy::Name if self.mapping.kind == Kind::Customers => "name",
            CustomerBy::Name => "customer_name",
            CustomerBy::Contact => "contact",
        };
        self.at_fault(
            id,
            (
                said!(
                    "どの顧客の行か分かりません(空です)",
                    "the row does not say which customer it is about"
                ),
                said!(
                    "顧客番号などを補ってください",
                    "fill in the customer number, or whatever names the customer"
                ),
            ),
        )
    }
}

fn hexadecimal(number: u128) -> String {
    let digit =
        |place: u32| char::from_digit((number >> (4 * place)) as u32 & 15, 16).unwrap_or('0');
    (0..32).rev().map(digit).collect()
}

/// The event that rows of a kind stand for.
fn standing_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Purchases => "purchased",
        Kind::Deals => "deal_moved",
        Kind::Reports => "reported",
        Kind::PageViews => "page_viewed",
        Kind::Letters => "mail_received",
        Kind::Inquiries => "inquired",
        Kind::Surveys => "survey_answered",
        Kind::Usage => "usage_measured",
        // Their rows name the event, or describe somebody.
        Kind::Mails | Kind::Events | Kind::Customers | Kind::Contacts | Kind::Cards => "",
    }
}
