//! A mapping made ready: what to do with each column of a row.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use facts::{
    Calendar, ContactKey, CustomerKey, Decimal, EventName, Fact, Properties, Timestamp, Value, What,
};
use xxhash_rust::xxh3::Xxh3;

use super::{
    Format,
    cell::{self, Wrong},
    directory::Directory,
    json,
};
use crate::{
    Cell, CustomerBy, Field, Kind, Mapping, Notice, Reads, Row, Said,
    cells::{
        choices, clock::Clock, dates::DateRules, folded, notes::Note, reach, says_as_above, written,
    },
    layout::is_blank,
    problem::shortened,
    said::said,
};

/// Why a row became no fact.
pub(crate) struct Fault {
    /// The place of the column to blame.
    pub(crate) column: Option<usize>,
    /// What stands there.
    pub(crate) value: String,
    /// What is wrong.
    pub(crate) reason: Said,
    /// What to do.
    pub(crate) fix: Option<Said>,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Number,
    CustomerName,
    Contact,
    Address,
    EventName,
    At,
    Id,
    Json,
    Family,
    Given,
    UnitPrice,
    Phone,
    Email,
    Postal,
    Value,
}

struct Step<'a> {
    column: usize,
    role: Role,
    reads: Reads,
    name: &'a str,
    format: Format,
    unit: Decimal,
    above: String,
    notes: Vec<(Note, u64, u64)>,
}

/// A mapping made ready to turn rows into facts.
pub(crate) struct Plan<'a> {
    mapping: &'a Mapping,
    steps: Vec<Step<'a>>,
    clock: Clock<'a>,
    directory: &'a dyn Directory,
    now: Timestamp,
    names: HashMap<Box<str>, (EventName, bool)>,
    seen: HashSet<u64>,
    again: HashMap<u64, u32>,
}

/// What a row says, gathered from its cells.
#[derive(Default)]
struct Gathered<'c> {
    number: Option<Cow<'c, str>>,
    name: Option<Cow<'c, str>>,
    contact: Option<Cow<'c, str>>,
    address: Option<String>,
    event: Option<Cow<'c, str>>,
    at: Option<Timestamp>,
    id: Option<Cow<'c, str>>,
    family: Option<Cow<'c, str>>,
    given: Option<Cow<'c, str>>,
    unit_price: Option<Decimal>,
    pairs: Vec<(Cow<'c, str>, Value)>,
}

impl<'a> Plan<'a> {
    pub(crate) fn new(
        mapping: &'a Mapping,
        formats: &[Format],
        headers: &[String],
        calendar: &'a Calendar,
        directory: &'a dyn Directory,
        now: Timestamp,
    ) -> Plan<'a> {
        let steps = mapping.fields.iter().enumerate().filter_map(|(column, field)| {
            let field = field.as_ref()?;
            let name = match field {
                Field::Known(spec) => spec.id,
                Field::Attribute(name) | Field::Property(name) => name,
            };
            Some(Step {
                column,
                role: role(mapping.kind, field),
                reads: field.reads(),
                name,
                format: formats.get(column).copied().unwrap_or_default(),
                unit: headers.get(column).map_or(Decimal::ONE, |header| unit(header)),
                above: String::new(),
                notes: Vec::new(),
            })
        });
        Plan {
            mapping,
            steps: steps.collect(),
            clock: Clock::new(calendar),
            directory,
            now,
            names: HashMap::new(),
            seen: HashSet::new(),
            again: HashMap::new(),
        }
    }

    /// The fact of a row, or why there is none.
    pub(crate) fn fact(&mut self, row: &Row<'_>) -> Result<Fact, Fault> {
        let mut steps = std::mem::take(&mut self.steps);
        let gathered = self.gather(&mut steps, row);
        self.steps = steps;
        let mut gathered = gathered?;
        self.complete(&mut gathered);
        match self.mapping.kind {
            Kind::Customers | Kind::Contacts => self.became(gathered),
            Kind::Events | Kind::Purchases | Kind::Deals | Kind::Reports => {
                self.happened(gathered, row.number)
            }
        }
    }

    /// What was read other than written.
    pub(crate) fn notices(&self, headers: &[String]) -> Vec<Notice> {
        let mut notices = Vec::new();
        for step in &self.steps {
            let column = headers.get(step.column).cloned();
            if step.format.order_in_doubt {
                notices.push(Notice {
                    column: column.clone(),
                    said: order_in_doubt(&step.format),
                    rows: 0,
                    first_row: 0,
                });
            }
            if step.unit != Decimal::ONE {
                let said = said!(
                    "見出しの単位に合わせて{}倍しました",
                    "numbers were multiplied by {}, as the header says";
                    step.unit
                );
                notices.push(Notice { column: column.clone(), said, rows: 0, first_row: 0 });
            }
            for (note, rows, first_row) in &step.notes {
                let (rows, first_row) = (*rows, *first_row);
                notices.push(Notice { column: column.clone(), said: note.said(), rows, first_row });
            }
        }
        notices
    }

    /// Reads the cells of a row, each by its step.
    fn gather<'c>(&mut self, steps: &mut [Step<'a>], row: &Row<'c>) -> Result<Gathered<'c>, Fault>
    where
        'a: 'c,
    {
        let mut gathered =
            Gathered { pairs: Vec::with_capacity(steps.len()), ..Gathered::default() };
        for step in steps.iter_mut() {
            let cell = row.cells.get(step.column).copied().unwrap_or(Cell::Empty);
            if let Cell::Text(text) = cell
                && says_as_above(text)
            {
                step.note(Note::AsAbove, row.number);
                let above = std::mem::take(&mut step.above);
                let cell = if above.is_empty() { Cell::Empty } else { Cell::Text(&above) };
                let mut copied = Gathered::default();
                let done = self.take_in(step, &cell, row.number, &mut copied);
                let copied = done.map(|()| copied.owned());
                step.above = above;
                gathered.unite(copied?);
                continue;
            }
            step.remember(&cell);
            self.take_in(step, &cell, row.number, &mut gathered)?;
        }
        Ok(gathered)
    }

    /// Reads one cell into what the row says.
    fn take_in<'c>(
        &mut self,
        step: &mut Step<'a>,
        cell: &Cell<'c>,
        row: u64,
        gathered: &mut Gathered<'c>,
    ) -> Result<(), Fault>
    where
        'a: 'c,
    {
        if is_blank(cell) {
            return Ok(());
        }
        if let Cell::Error(_) = cell {
            step.note(Note::TypedError, row);
            return Ok(());
        }
        let wrong = |wrong: Wrong| Fault {
            column: Some(step.column),
            value: shortened(&written(cell)),
            reason: wrong.0,
            fix: Some(wrong.1),
        };
        if let Cell::Text(text) = cell
            && text.contains('\u{fffd}')
        {
            return Err(wrong(characters_lost()));
        }
        let found = self.read_cell(step, cell, gathered).map_err(wrong)?;
        if let Some(note) = found {
            step.note(note, row);
        }
        Ok(())
    }

    fn read_cell<'c>(
        &mut self,
        step: &Step<'a>,
        cell: &Cell<'c>,
        gathered: &mut Gathered<'c>,
    ) -> Result<Option<Note>, Wrong>
    where
        'a: 'c,
    {
        let base_year = self.mapping.base_year;
        match step.role {
            Role::Number => gathered.number = cell::key(cell)?,
            Role::CustomerName => gathered.name = cell::text(cell),
            Role::Contact => gathered.contact = cell::key(cell)?,
            Role::EventName => gathered.event = cell::key(cell)?,
            Role::Id => gathered.id = cell::key(cell)?,
            Role::Family => gathered.family = cell::text(cell),
            Role::Given => gathered.given = cell::text(cell),
            Role::Address => {
                let Some(text) = cell::text(cell) else { return Ok(None) };
                gathered.address = reach::emails(&text).into_iter().next();
                if gathered.address.is_none() {
                    return Err(no_address());
                }
            }
            Role::At => {
                let rules = DateRules { order: step.format.order, base_year };
                let (when, note) = cell::when(cell, rules)?;
                gathered.at = when.map(|when| self.clock.instant(&when));
                let midnight =
                    when.is_some_and(|when| when.time.is_none()).then_some(Note::Midnight);
                return Ok(note.or(midnight));
            }
            Role::Json => {
                let Some(text) = cell::text(cell) else { return Ok(None) };
                json::properties(&text, &mut gathered.pairs).ok_or_else(no_object)?;
            }
            Role::UnitPrice => {
                let (value, note) = cell::number(cell, step.unit)?;
                gathered.unit_price = value.borrowed().as_number();
                gathered.pairs.push((Cow::Borrowed(step.name), value));
                return Ok(note);
            }
            Role::Phone => return take_phones(step.name, cell, gathered),
            Role::Email => return Ok(take_emails(step.name, cell, gathered)),
            Role::Postal => {
                let Some(text) = cell::text(cell) else { return Ok(None) };
                let prefecture = gathered.text("prefecture");
                let (code, note) = reach::postal_code(&text, prefecture.as_deref());
                gathered.pairs.push((Cow::Borrowed(step.name), Value::from(code)));
                return Ok(note);
            }
            Role::Value => {
                let (value, note) = cell::known(
                    cell,
                    step.reads,
                    &step.format,
                    base_year,
                    step.unit,
                    &mut self.clock,
                )?;
                gathered.pairs.push((Cow::Borrowed(step.name), value));
                return Ok(note);
            }
        }
        Ok(None)
    }

    /// Fills in what follows from the rest of the row.
    fn complete(&self, gathered: &mut Gathered<'_>) {
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
        if self.mapping.kind == Kind::Deals && gathered.text("deal").is_none() {
            if let Some(name) = gathered.text("deal_name") {
                gathered.pairs.push((Cow::Borrowed("deal"), Value::from(name)));
            }
        }
    }

    /// The fact of a row that describes a customer or a contact.
    fn became(&mut self, gathered: Gathered<'_>) -> Result<Fact, Fault> {
        let by = self.mapping.customer_by().unwrap_or(CustomerBy::Number);
        let email = gathered.text("email").map(|email| email.to_lowercase());
        let is_contact = self.mapping.kind == Kind::Contacts;
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

    /// The fact of a row about something that happened.
    fn happened(&mut self, mut gathered: Gathered<'_>, row: u64) -> Result<Fact, Fault> {
        let (customer, contact) = self.whom(&gathered)?;
        let at = gathered.at.ok_or_else(|| self.at_fault("at", empty()))?;
        let name = match self.mapping.kind {
            Kind::Events => {
                let written =
                    gathered.event.take().ok_or_else(|| self.at_fault("name", empty()))?;
                self.event_name(&written, row)?
            }
            kind => self.event_name(standing_name(kind), row)?,
        };
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

    /// Properties that must not be empty.
    fn must_have(&self) -> &'static [&'static str] {
        match self.mapping.kind {
            Kind::Deals => &["deal", "stage"],
            Kind::Reports => &["text"],
            Kind::Customers | Kind::Contacts | Kind::Events | Kind::Purchases => &[],
        }
    }

    /// The customer of a row, and the contact: by the first of number, name, contact, address that is there.
    fn whom(&self, gathered: &Gathered<'_>) -> Result<(CustomerKey, Option<ContactKey>), Fault> {
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

    fn key(&self, text: &str) -> Result<CustomerKey, Fault> {
        CustomerKey::new(text).map_err(|bad| self.with_value("customer", text, bad_key(&bad)))
    }

    fn event_name(&mut self, written: &str, row: u64) -> Result<EventName, Fault> {
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
    ) -> Result<Properties, Fault> {
        let there = pairs.iter().filter(|(_, value)| !happened || *value != Value::Missing);
        Properties::new(there.map(|(name, value)| (&**name, value.clone()))).map_err(|bad| Fault {
            column: None,
            value: String::new(),
            reason: said!("保存できない値があります: {}", "a value cannot be kept: {}"; bad),
            fix: Some(said!("値を短くしてください", "make it shorter")),
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
        let mut hash = Xxh3::new();
        let contact = contact.map_or("", ContactKey::as_str);
        for part in [self.mapping.kind.id(), customer.as_str(), contact, name] {
            hash.update(&(part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        hash.update(&at.millis().to_le_bytes());
        hash.update(properties.as_bytes());
        let short = hash.digest();
        if !self.seen.insert(short) {
            let n = self.again.entry(short).or_insert(0);
            *n += 1;
            hash.update(&n.to_le_bytes());
        }
        format!("{:032x}", hash.digest128())
    }

    fn at_fault(&self, id: &str, wrong: Wrong) -> Fault {
        self.with_value(id, "", wrong)
    }

    fn with_value(&self, id: &str, value: &str, wrong: Wrong) -> Fault {
        let column = self.steps.iter().find(|step| step.name == id).map(|step| step.column);
        Fault { column, value: shortened(value), reason: wrong.0, fix: Some(wrong.1) }
    }

    fn nobody(&self, by: CustomerBy) -> Fault {
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

impl Step<'_> {
    fn note(&mut self, note: Note, row: u64) {
        match self.notes.iter_mut().find(|(known, _, _)| *known == note) {
            Some((_, rows, _)) => *rows += 1,
            None => self.notes.push((note, 1, row)),
        }
    }

    /// Keeps the text for a ditto mark in the row below.
    fn remember(&mut self, cell: &Cell<'_>) {
        self.above.clear();
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.above.push_str(text),
            _ => self.above.push_str(&written(cell)),
        }
    }
}

impl<'c> Gathered<'c> {
    fn value(&self, name: &str) -> Option<&Value> {
        self.pairs.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn text(&self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::Missing => None,
            value => Some(value.to_string()),
        }
    }

    fn number(&self, name: &str) -> Option<Decimal> {
        self.value(name)?.borrowed().as_number()
    }

    /// Cuts the ties to the cell it was read from.
    fn owned<'d>(self) -> Gathered<'d> {
        let own = |text: Option<Cow<'c, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        Gathered {
            number: own(self.number),
            name: own(self.name),
            contact: own(self.contact),
            address: self.address,
            event: own(self.event),
            at: self.at,
            id: own(self.id),
            family: own(self.family),
            given: own(self.given),
            unit_price: self.unit_price,
            pairs: self
                .pairs
                .into_iter()
                .map(|(name, value)| (Cow::Owned(name.into_owned()), value))
                .collect(),
        }
    }

    fn unite(&mut self, other: Gathered<'c>) {
        self.number = self.number.take().or(other.number);
        self.name = self.name.take().or(other.name);
        self.contact = self.contact.take().or(other.contact);
        self.address = self.address.take().or(other.address);
        self.event = self.event.take().or(other.event);
        self.at = self.at.or(other.at);
        self.id = self.id.take().or(other.id);
        self.family = self.family.take().or(other.family);
        self.given = self.given.take().or(other.given);
        self.unit_price = self.unit_price.or(other.unit_price);
        self.pairs.extend(other.pairs);
    }
}

fn role(kind: Kind, field: &Field) -> Role {
    let Field::Known(spec) = field else { return Role::Value };
    match (spec.id, kind) {
        ("customer", _) => Role::Number,
        ("customer_name", _) => Role::CustomerName,
        ("contact", _) => Role::Contact,
        ("email", Kind::Customers | Kind::Contacts) => Role::Email,
        ("email", _) => Role::Address,
        ("name", Kind::Events) => Role::EventName,
        ("at" | "as_of", _) => Role::At,
        ("id", _) => Role::Id,
        ("properties", Kind::Events) => Role::Json,
        ("family_name", _) => Role::Family,
        ("given_name", _) => Role::Given,
        ("unit_price", _) => Role::UnitPrice,
        ("phone", _) => Role::Phone,
        ("postal_code", _) => Role::Postal,
        _ => Role::Value,
    }
}

/// The unit a header names: 金額(千円) is a thousand.
fn unit(header: &str) -> Decimal {
    let header = crate::cells::plain(header);
    let inside = header.split_once(['(', '[', '【']).map_or("", |(_, inside)| inside);
    match inside.trim_end_matches([')', ']', '】']).trim_start_matches("単位:") {
        "千円" => Decimal::from(1_000),
        "万円" => Decimal::from(10_000),
        "百万円" => Decimal::from(1_000_000),
        "億円" => Decimal::from(100_000_000),
        _ => Decimal::ONE,
    }
}

/// The event that rows of a kind stand for.
fn standing_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Purchases => "purchased",
        Kind::Deals => "deal_moved",
        Kind::Reports => "reported",
        Kind::Customers | Kind::Contacts | Kind::Events => "",
    }
}

/// 山田 太郎, but Taro Yamada.
fn full_name(family: Option<Cow<'_, str>>, given: Option<Cow<'_, str>>) -> String {
    match (family, given) {
        (Some(family), Some(given)) if family.is_ascii() && given.is_ascii() => {
            format!("{given} {family}")
        }
        (Some(family), Some(given)) => format!("{family} {given}"),
        (family, given) => family.or(given).unwrap_or_default().into_owned(),
    }
}

fn take_phones<'c>(
    name: &'c str,
    cell: &Cell<'_>,
    gathered: &mut Gathered<'c>,
) -> Result<Option<Note>, Wrong> {
    let Some(phones) = cell::phones(cell)? else {
        gathered.pairs.push((Cow::Borrowed(name), Value::Missing));
        return Ok(None);
    };
    let names = [name, "phone_2", "phone_3"];
    for (name, number) in names.into_iter().zip(phones.numbers) {
        gathered.pairs.push((Cow::Borrowed(name), Value::from(number)));
    }
    if let Some(extension) = phones.extension {
        gathered.pairs.push((Cow::Borrowed("phone_extension"), Value::from(extension)));
    }
    Ok(phones.note)
}

fn take_emails<'c>(name: &'c str, cell: &Cell<'_>, gathered: &mut Gathered<'c>) -> Option<Note> {
    let Some(text) = cell::text(cell) else {
        gathered.pairs.push((Cow::Borrowed(name), Value::Missing));
        return None;
    };
    let found = reach::emails(&text);
    if found.is_empty() {
        gathered.pairs.push((Cow::Borrowed(name), cell::to_value(text)));
        return Some(Note::EmailAsWritten);
    }
    for (name, address) in [name, "email_2", "email_3"].into_iter().zip(found) {
        gathered.pairs.push((Cow::Borrowed(name), Value::from(address)));
    }
    None
}

fn order_in_doubt(format: &Format) -> Said {
    use crate::DateOrder as D;
    let (ja, en) = match format.order {
        Some(D::YearMonthDay) => ("年/月/日", "year/month/day"),
        Some(D::MonthDayYear) => ("月/日/年", "month/day/year"),
        Some(D::DayMonthYear) | None => ("日/月/年", "day/month/year"),
    };
    Said::new(
        format!(
            "日付の並びが値だけでは決まらないため「{ja}」と読みました。違う場合は並びを選んでください"
        ),
        format!(
            "the values do not show the order of the dates; they were read as {en}; choose another if that is wrong"
        ),
    )
}

fn empty() -> Wrong {
    (said!("値がありません", "there is no value"), said!("値を補ってください", "fill it in"))
}

fn characters_lost() -> Wrong {
    (
        said!(
            "読めない文字があります(文字コード違いの可能性)",
            "there are characters that could not be read; the encoding may be another"
        ),
        said!("文字コードの選択を確かめてください", "check the encoding that is chosen"),
    )
}

fn no_address() -> Wrong {
    (
        said!("メールアドレスとして読めません", "this is no e-mail address"),
        said!("taro@example.jp のように書いてください", "write it like taro@example.jp"),
    )
}

fn no_object() -> Wrong {
    (
        said!("JSONのオブジェクトとして読めません", "this is no JSON object"),
        said!(
            "{{\"page\":\"pricing\"}} のように書いてください",
            "write it like {{\"page\":\"pricing\"}}"
        ),
    )
}

fn unknown_contact() -> Wrong {
    (
        said!("この関係者番号の人は登録されていません", "nobody with this contact number is known"),
        said!(
            "先に関係者一覧を取り込むか、顧客番号の列を加えてください",
            "import the contacts first, or add a column with the customer number"
        ),
    )
}

fn unknown_address() -> Wrong {
    (
        said!(
            "このメールアドレスの顧客は登録されていません",
            "no customer with this e-mail address is known"
        ),
        said!(
            "先に顧客一覧を取り込むか、顧客番号の列を加えてください",
            "import the customers first, or add a column with the customer number"
        ),
    )
}

fn bad_key(bad: &facts::BadKey) -> Wrong {
    (
        match bad {
            facts::BadKey::Empty(_) => said!("値がありません", "there is no value"),
            facts::BadKey::TooLong { most, has, .. } => said!(
                "長すぎます({1}バイト。上限は{0}バイト)", "this is too long ({1} bytes; {0} at most)"; most, has
            ),
            facts::BadKey::Control(_) => {
                said!(
                    "改行などの制御文字が入っています",
                    "there are line breaks or other control characters in it"
                )
            }
        },
        said!("短い番号や名前にしてください", "use a short number or name"),
    )
}
