//! The three ids of a record: which firm it is of, which site of it, and who the people there are.

use axum::extract::State;
use condition::{Language, Said};
use matching::Because;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::{
        App, Scope,
        organisations::{FoundFirm, firm_of},
    },
    http::{caller::Caller, error::Answer, language::Spoken, take::Path},
    nouns::wire::{CustomerName, Instant},
};

/// Which firm, site and person a customer is. Ids are made of the record that was known first, so they stay as others
/// come.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerIds {
    as_of: Instant,
    /// `O17`: of a company the firm it belongs to; null for a person.
    organisation: Option<String>,
    /// `S17`: the site of that firm.
    site: Option<String>,
    /// `P17`: of a customer who is a person.
    person: Option<String>,
    /// The firm, with those of its records that the caller may see.
    firm: Option<FirmShown>,
}

/// A firm with its sites and people.
#[derive(Serialize, ToSchema)]
pub(crate) struct FirmShown {
    /// The usual name: the form in full, no branch.
    name: String,
    /// 法人番号, where a record has one that checks.
    corporate_number: Option<String>,
    /// How many records there are.
    records: usize,
    sites: Vec<SiteShown>,
    people: Vec<PersonShown>,
    /// Whether more records may belong to it than were looked at.
    more: bool,
}

/// One site of a firm.
#[derive(Serialize, ToSchema)]
pub(crate) struct SiteShown {
    id: String,
    /// The branch's name; null where nothing says one.
    branch: Option<String>,
    /// As the record known first has it.
    address: Option<String>,
    records: Vec<RecordShown>,
}

/// One record: a customer of its own.
#[derive(Serialize, ToSchema)]
pub(crate) struct RecordShown {
    #[serde(flatten)]
    customer: CustomerName,
    rep: Option<String>,
    last_event_at: Option<Instant>,
    /// Why it belongs to the firm, as a sentence; null for the only one.
    because: Option<String>,
}

/// Somebody at a firm; one person in two firms is two.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonShown {
    id: String,
    name: Option<String>,
    /// Under which records they are known.
    known_as: Vec<KnownAs>,
}

/// A contact of a record.
#[derive(Serialize, ToSchema)]
pub(crate) struct KnownAs {
    customer: String,
    contact: String,
}

/// Which firm, site and person a customer is, and who else is of that firm.
#[utoipa::path(get, path = "/api/v1/customers/{key}/organisation", tag = "customers",
    responses((status = 200, body = CustomerIds)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<CustomerIds>> {
    let (customer, _) = app.find(&caller, &key)?;
    let (as_of, scope) = {
        let live = app.live()?;
        (live.at, live.scope(&caller))
    };
    let ids = app
        .blocking(move |app| {
            let found = firm_of(app, customer)?;
            let looking = Looking { app, scope, language };
            Ok(CustomerIds {
                as_of: as_of.into(),
                organisation: found
                    .as_ref()
                    .map(|found| format!("O{}", found.organisation.first())),
                site: found.as_ref().and_then(|found| site_of(found, customer)),
                person: found.is_none().then(|| format!("P{customer}")),
                firm: found.map(|found| looking.firm(&found)),
            })
        })
        .await?;
    Ok(axum::Json(ids))
}

fn site_of(found: &FoundFirm, customer: u32) -> Option<String> {
    let mut sites = found.organisation.sites.iter();
    let own = sites.find(|site| site.records.iter().any(|(no, _)| *no == customer))?;
    Some(format!("S{}", own.first()))
}

/// Who looks, and what they may see.
struct Looking<'a> {
    app: &'a App,
    scope: Scope,
    language: Language,
}

impl Looking<'_> {
    fn firm(&self, found: &FoundFirm) -> FirmShown {
        let sites: Vec<SiteShown> = found
            .organisation
            .sites
            .iter()
            .map(|site| self.site(found, site))
            .filter(|site| !site.records.is_empty())
            .collect();
        FirmShown {
            name: found.organisation.name.clone(),
            corporate_number: found.organisation.corporate_number.clone(),
            records: sites.iter().map(|site| site.records.len()).sum(),
            sites,
            people: found
                .organisation
                .people
                .iter()
                .filter_map(|one| self.person(found, one))
                .collect(),
            more: found.more,
        }
    }

    fn site(&self, found: &FoundFirm, site: &matching::Site) -> SiteShown {
        let own = site.records.iter().filter(|(no, _)| self.scope.contains(*no));
        let known = own.clone().filter_map(|(no, _)| found.records.get(no));
        let address =
            known.map(|(_, firm)| firm.address.concat()).find(|address| !address.trim().is_empty());
        let record = |(no, because): &(u32, Because)| {
            let (card, _) = found.records.get(no)?;
            Some(RecordShown {
                customer: CustomerName::of(self.app.key_text(*no), card),
                rep: card.rep.as_deref().map(str::to_owned),
                last_event_at: card.last_event_at.map(Instant::from),
                because: said(*because).map(|said| said.get(self.language).to_owned()),
            })
        };
        SiteShown {
            id: format!("S{}", site.first()),
            branch: Some(site.branch.clone()).filter(|branch| !branch.is_empty()),
            address,
            records: own.filter_map(record).collect(),
        }
    }

    /// A person whom the caller may see somewhere.
    fn person(&self, found: &FoundFirm, known_as: &[(u32, String)]) -> Option<PersonShown> {
        let seen: Vec<&(u32, String)> =
            known_as.iter().filter(|(no, _)| self.scope.contains(*no)).collect();
        let workers = seen.iter().filter_map(|(no, key)| {
            let (_, firm) = found.records.get(no)?;
            firm.people.iter().find(|worker| worker.key == *key)
        });
        let name = workers.map(|worker| worker.name.clone()).find(|name| !name.is_empty());
        let (first, key) = known_as.first()?;
        (!seen.is_empty()).then(|| PersonShown {
            id: format!("P{first}-{:08x}", mark_of(key)),
            name,
            known_as: seen
                .into_iter()
                .map(|(no, key)| KnownAs { customer: self.app.key_text(*no), contact: key.clone() })
                .collect(),
        })
    }
}

/// A contact's key in an id: the key itself may be known to other reps only.
fn mark_of(key: &str) -> u32 {
    key.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn said(because: Because) -> Option<Said> {
    let (ja, en) = match because {
        Because::Told => ("所属する会社が入力されている", "the organisation was entered"),
        Because::CorporateNumber => ("法人番号が同じ", "the same corporate number"),
        Because::Domain => (
            "社名と、メールかウェブサイトのドメインが同じ",
            "the same name, and one domain of mail or website",
        ),
        Because::Phone => ("社名と電話番号が同じ", "the same name and telephone number"),
        Because::Address => ("社名と住所が同じ", "the same name and address"),
        Because::Alone => return None,
    };
    Some(Said::new(ja, en))
}
