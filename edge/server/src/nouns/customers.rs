//! Customers: the list, and one of them with everything that holds for them now.

use axum::extract::State;
use condition::{Language, label_of_attribute, label_of_value};
use facts::{Decimal, History, Timestamp, ValueRef};
use kernel::Scratch;
use scenarios::persons;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{App, Live, cards::Card, catalogue::Catalogue, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Path, Query},
    },
    nouns::{
        chosen::Filter,
        signs::SignDetail,
        why::stay,
        wire::{CustomerKind, Instant, Page, SignHeld},
    },
};

/// Which customers.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// `next` of the page before.
    after: Option<String>,
    /// How many rows; 100 when not said, at most 500.
    limit: Option<usize>,
    /// Only those whose name, reading or key has this in it.
    q: Option<String>,
    /// Only companies, or only persons.
    kind: Option<CustomerKind>,
    /// Only the members of this segment.
    segment: Option<String>,
    /// Only the customers of this rep.
    rep: Option<String>,
}

/// Customers.
#[derive(Serialize, ToSchema)]
pub(crate) struct Customers {
    as_of: Instant,
    /// How many there are on all pages.
    total: u64,
    rows: Vec<CustomerRow>,
    next: Option<String>,
}

/// One customer in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerRow {
    key: String,
    name: String,
    kind: CustomerKind,
    rep: Option<String>,
    industry: Option<String>,
    last_event_at: Option<Instant>,
    signs: Vec<SignHeld>,
}

/// Everything that holds for a customer now.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerDetail {
    as_of: Instant,
    key: String,
    name: String,
    kind: CustomerKind,
    rep: Option<String>,
    /// The keys of all records that are this one customer, this one's first.
    records: Vec<String>,
    attributes: Vec<AttributeRow>,
    contacts: Vec<ContactRow>,
    memberships: Vec<Membership>,
    signs: Vec<SignDetail>,
    deals: Vec<Deal>,
    /// What the customer is worth a year, in yen.
    value: String,
}

/// An attribute's value.
#[derive(Serialize, ToSchema)]
pub(crate) struct AttributeRow {
    key: String,
    label: String,
    value: String,
    /// Since when it is this value without a break.
    since: Instant,
}

/// A person at a company.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ContactRow {
    key: String,
    name: Option<String>,
    role: Option<String>,
    title: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

/// A segment the customer is in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Membership {
    segment: String,
    name: String,
    since: Option<Instant>,
    may_change_at: Option<Instant>,
}

/// A deal (案件) as it stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct Deal {
    key: String,
    name: String,
    stage: String,
    amount: Option<String>,
    changed_at: Instant,
}

impl From<scenarios::Person> for ContactRow {
    fn from(person: scenarios::Person) -> ContactRow {
        let scenarios::Person { key, name, role, title, phone, email } = person;
        ContactRow { key, name, role, title, phone, email }
    }
}

/// The customers the caller may see, in the order in which they became known.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(Wanted),
    responses((status = 200, body = Customers)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Query(wanted): Query<Wanted>,
) -> Answer<axum::Json<Customers>> {
    let page = Page { after: wanted.after.clone(), limit: wanted.limit, q: None };
    let (first, limit) = (page.first_customer()?, page.limit());
    let Wanted { q, kind, segment, rep, .. } = wanted;
    let filter = Filter { q, kind, segment, rep };
    let live = app.live()?;
    let all = filter.of(&live, &caller)?;
    let mut rest = all.range(first..).filter_map(|one| Some((one, live.cards.get(one)?)));
    let chosen: Vec<(u32, Card, Vec<SignHeld>)> = rest
        .by_ref()
        .take(limit)
        .map(|(one, card)| (one, card.clone(), held(&app, &live, one, language)))
        .collect();
    let next = rest.next().and_then(|_| chosen.last()).map(|(last, ..)| last.to_string());
    let as_of = live.at.into();
    drop(live);
    let rows = chosen.into_iter().map(|(customer, card, signs)| CustomerRow {
        key: app.key_text(customer),
        kind: CustomerKind::of(&card),
        name: card.name,
        rep: card.rep.as_deref().map(str::to_owned),
        industry: card.industry.as_deref().map(str::to_owned),
        last_event_at: card.last_event_at.map(Instant::from),
        signs,
    });
    Ok(axum::Json(Customers { as_of, total: all.len(), rows: rows.collect(), next }))
}

/// The signs a customer carries, strongest first.
pub(crate) fn held(app: &App, live: &Live, customer: u32, language: Language) -> Vec<SignHeld> {
    let numbered = live.rules.signs().iter().enumerate();
    let mut held: Vec<SignHeld> = numbered
        .filter_map(|(n, rule)| {
            let carrying = live.engine.carriers(n).get(&customer)?;
            let held = (carrying.strength, carrying.since);
            Some(SignHeld::of(app, (&rule.sign, customer), held, language))
        })
        .collect();
    held.sort_by_key(|held| std::cmp::Reverse(held.strength));
    held
}

/// One customer.
#[utoipa::path(get, path = "/api/v1/customers/{key}", tag = "customers",
    responses((status = 200, body = CustomerDetail)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<CustomerDetail>> {
    let (customer, key) = app.find(&caller, &key)?;
    let standing = Standing::read(&app, customer, language)?;
    let detail = app
        .blocking(move |app| {
            let mut builder = facts::HistoryBuilder::new();
            app.store.history(store::CustomerNo(customer), &mut builder)?;
            let seen = Seen { app, history: builder.finish(), standing, language };
            Ok(seen.detail(key.to_string()))
        })
        .await?;
    Ok(axum::Json(detail))
}

/// What the live state says of a customer.
struct Standing {
    now: Timestamp,
    card: Card,
    rules: Arc<engine::Rules>,
    catalogue: Arc<Catalogue>,
    signs: Vec<(usize, SignHeld)>,
    records: Vec<String>,
    segments: Vec<usize>,
}

impl Standing {
    fn read(app: &App, customer: u32, language: Language) -> Answer<Standing> {
        let live = app.live()?;
        let numbered = live.rules.signs().iter().enumerate();
        let signs = numbered.filter_map(|(n, rule)| {
            let carrying = live.engine.carriers(n).get(&customer)?;
            let held = (carrying.strength, carrying.since);
            Some((n, SignHeld::of(app, (&rule.sign, customer), held, language)))
        });
        let segments = 0..live.rules.segments().len();
        Ok(Standing {
            now: live.at,
            card: live.cards.get(customer).cloned().ok_or_else(ApiError::not_found)?,
            rules: live.rules.clone(),
            catalogue: live.catalogue.clone(),
            signs: signs.collect(),
            records: {
                let united = app.store.united();
                let numbers = [&[customer], united.members(customer)].concat();
                numbers.into_iter().map(|no| app.key_text(no)).collect()
            },
            segments: segments.filter(|n| live.engine.members(*n).contains(customer)).collect(),
        })
    }
}

/// A history, and how it is looked at.
struct Seen<'a> {
    app: &'a App,
    history: &'a History,
    standing: Standing,
    language: Language,
}

impl Seen<'_> {
    fn detail(mut self, key: String) -> CustomerDetail {
        let now = self.standing.now;
        let brief = scenarios::brief(self.history, now, &self.app.calendar);
        let signs = std::mem::take(&mut self.standing.signs);
        let Standing { rules, catalogue, card, .. } = &self.standing;
        let signs = signs.into_iter().map(|(number, held)| {
            speaking(catalogue, &self.app.calendar, now, self.language, |speaker| {
                SignDetail::explained(rules, number, held, self.history, speaker)
            })
        });
        CustomerDetail {
            as_of: now.into(),
            key,
            name: card.name.clone(),
            kind: CustomerKind::of(card),
            rep: card.rep.as_deref().map(str::to_owned),
            records: self.standing.records.clone(),
            attributes: attributes(self.history, now, self.language),
            contacts: persons(self.history, now).into_iter().map(ContactRow::from).collect(),
            memberships: self.memberships(),
            signs: signs.collect(),
            deals: deals(self.history, now),
            value: brief.yearly.normalize().to_string(),
        }
    }

    fn memberships(&self) -> Vec<Membership> {
        let mut scratch = Scratch::default();
        let Standing { rules, catalogue, segments, now, .. } = &self.standing;
        let one = |number: &usize| {
            let asked = (rules.plan(), rules.calendar());
            let (reading, since) = stay(asked, *number, self.history, *now, &mut scratch);
            let id = &rules.segments()[*number].0;
            let name = catalogue.name(id, self.language);
            reading.value.then(|| Membership {
                segment: id.to_string(),
                name: name.unwrap_or_else(|| id.to_string()),
                since: since.map(Instant::from),
                may_change_at: reading.holds_until.map(Instant::from),
            })
        };
        segments.iter().filter_map(one).collect()
    }
}

/// The attributes that have a value, in the order of their names.
fn attributes(history: &History, now: Timestamp, language: Language) -> Vec<AttributeRow> {
    let mut current: BTreeMap<&str, (ValueRef<'_>, Timestamp)> = BTreeMap::new();
    for (contact, key, change) in history.all_changes() {
        if contact.is_some() || key.is_empty() || now < change.stamp.at {
            continue;
        }
        let value = history.value(change);
        let entry = current.entry(key).or_insert((value, change.stamp.at));
        if entry.0 != value {
            *entry = (value, change.stamp.at);
        }
    }
    let filled = current.into_iter().filter(|(_, (value, _))| !value.is_missing());
    filled
        .map(|(key, (value, since))| AttributeRow {
            key: key.to_owned(),
            label: label_of_attribute(key, language),
            value: label_of_value(key, &value.to_string(), language),
            since: since.into(),
        })
        .collect()
}

/// Each deal as its latest move left it, latest first.
fn deals(history: &History, now: Timestamp) -> Vec<Deal> {
    let Some(track) = history.track("deal_moved") else { return vec![] };
    let mut deals: BTreeMap<String, (Timestamp, Deal)> = BTreeMap::new();
    for event in history.events_of(track).iter().filter(|event| event.stamp.at <= now) {
        let particulars = history.particulars(event);
        let text = |name: &str| particulars.get(name).to_string();
        let key = match text("deal") {
            key if key.is_empty() => text("deal_name"),
            key => key,
        };
        let amount = particulars.get("amount").as_number();
        let before = deals.remove(&key);
        let (name_before, amount_before) = match before {
            Some((_, deal)) => (deal.name, deal.amount),
            None => (key.clone(), None),
        };
        let deal = Deal {
            key: key.clone(),
            name: Some(text("deal_name")).filter(|name| !name.is_empty()).unwrap_or(name_before),
            stage: text("stage"),
            amount: amount.map(|amount: Decimal| amount.normalize().to_string()).or(amount_before),
            changed_at: event.stamp.at.into(),
        };
        deals.insert(key, (event.stamp.at, deal));
    }
    let mut deals: Vec<(Timestamp, Deal)> = deals.into_values().collect();
    deals.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    deals.into_iter().map(|(_, deal)| deal).collect()
}
