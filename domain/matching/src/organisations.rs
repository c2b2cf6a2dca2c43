//! Which records are one firm, which of them one site of it, and which contacts one person there.
//!
//! ```text
//!   organisation   the firm             corporate number; or the name and one more: mail domain, telephone, address
//!     site         where it is          the address down to 号, or the name of the branch
//!     person       who works there      the mail address, or the name; only within one organisation
//! ```
//! Nobody is joined on a name alone, and one person in two firms stays two. Records stay customers of their own: this says
//! only which of them belong together.

use std::collections::{BTreeMap, BTreeSet};

use cleansing::{is_free_mail, usual};

use crate::{
    measure::Measure,
    shape::{Shape, checked_corporate_number, shaped},
    sites::split_site,
};

/// What is known of one record of a firm. What is not known is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Firm {
    /// Its number; the record known first has the lowest.
    pub no: u32,
    /// The name as it was written, with its form and its branch.
    pub name: String,
    /// The name of the branch, where it has a place of its own.
    pub branch: String,
    /// What somebody said that it belongs to: goes before everything else.
    pub organisation: String,
    /// 法人番号.
    pub corporate_number: String,
    /// Telephone numbers.
    pub phone: String,
    /// Mail addresses.
    pub email: String,
    /// The address of the website.
    pub website: String,
    /// The postal code.
    pub postal_code: String,
    /// Prefecture, municipality and the rest, as far as they stand apart.
    pub address: [String; 3],
    /// Who works there.
    pub people: Vec<Worker>,
}

/// Somebody who works at a firm, as one record has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worker {
    /// The contact's key.
    pub key: String,
    /// The name.
    pub name: String,
    /// Its reading.
    pub kana: String,
    /// Mail addresses.
    pub email: String,
}

/// One firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// The name as it is usually written: the form in full, no branch.
    pub name: String,
    /// 法人番号, where one is known.
    pub corporate_number: Option<String>,
    /// Its sites, the one known first in front.
    pub sites: Vec<Site>,
    /// Its people, in the order in which they became known: each as the records that have them, by number and key.
    pub people: Vec<KnownAs>,
}

/// The contacts that are one person: the number of the record and the contact's key.
type KnownAs = Vec<(u32, String)>;

/// One site of a firm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The name of the branch; empty for the head office, and where nothing says it.
    pub branch: String,
    /// Its records, ascending, and why each belongs to the firm.
    pub records: Vec<(u32, Because)>,
}

/// Why a record belongs to its organisation: the strongest that it has in common with another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// Somebody said so.
    Told,
    /// The corporate number.
    CorporateNumber,
    /// The name, and the domain of its mail or website.
    Domain,
    /// The name and a telephone number.
    Phone,
    /// The name and the address.
    Address,
    /// It is the only one.
    Alone,
}

impl Organisation {
    /// The record known first: its number names the organisation.
    pub fn first(&self) -> u32 {
        self.sites.iter().map(Site::first).min().unwrap_or(0)
    }
}

impl Site {
    /// The record known first: its number names the site.
    pub fn first(&self) -> u32 {
        self.records.first().map_or(0, |(no, _)| *no)
    }
}

/// The name of a firm as it is usually written: one width, the form in full where it stood, without title and branch.
/// `㈱ﾔﾏﾀﾞ商事　大阪支店 御中` is `株式会社ヤマダ商事`.
pub fn firm_name(name: &str) -> String {
    let usual = usual(name);
    let (bare, _) = cleansing::without_title(&usual);
    let mut company = cleansing::company(&split_site(bare).0);
    company.core = split_site(&company.core).0;
    company.site.clear();
    company.whole()
}

/// Under what a record is looked for by others of its firm: records without one of these in common never belong together.
pub fn organisation_keys(name: &str, corporate_number: &str, organisation: &str) -> Vec<u64> {
    let name = shaped(Measure::Company, &[name]).and_then(|shaped| core_of(&shaped.shape));
    let number = checked_corporate_number(corporate_number);
    let told = Some(usual(organisation)).filter(|told| !told.trim().is_empty());
    let keys = [("n", name), ("c", number), ("o", told)];
    keys.into_iter().filter_map(|(kind, key)| Some(hash(kind, &key?))).collect()
}

fn hash(kind: &str, key: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    kind.bytes().chain([0]).chain(key.bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}

fn core_of(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Company(company) => Some(company.core.iter().collect()),
        _ => None,
    }
}

/// Tells firms apart: each record is in exactly one organisation. The order of the records does not matter.
pub fn organisations(firms: &[Firm]) -> Vec<Organisation> {
    let mut firms: Vec<&Firm> = firms.iter().collect();
    firms.sort_by_key(|firm| firm.no);
    let known: Vec<Known> = firms.iter().map(|firm| Known::of(firm)).collect();
    let mut groups = Groups::of(&known);
    let shared = shared(&known);
    for ((why, _), records) in &shared {
        for (place, record) in records.iter().enumerate() {
            // Whoever of the earlier ones it may be with.
            let earlier = &records[..place];
            if !earlier.iter().any(|other| groups.is_one(*other, *record)) {
                let _ = earlier.iter().any(|other| groups.join(*other, *record, *why));
            }
        }
    }
    let of_group = groups.all();
    of_group.iter().map(|group| organisation(group, &firms, &known, &shared)).collect()
}

type Shared = BTreeMap<(Because, String), Vec<usize>>;

/// What records have in common, the strongest first: by what, and which records.
fn shared(known: &[Known]) -> Shared {
    let mut shared = Shared::new();
    for (place, one) in known.iter().enumerate() {
        for key in one.evidence() {
            shared.entry(key).or_default().push(place);
        }
    }
    shared.retain(|_, records| 1 < records.len());
    shared
}

/// A record taken apart.
struct Known {
    core: String,
    form: Option<&'static str>,
    branch: String,
    told: Option<String>,
    number: Option<String>,
    domains: BTreeSet<String>,
    phones: Vec<String>,
    address: Option<String>,
}

impl Known {
    fn of(firm: &Firm) -> Known {
        let company = shaped(Measure::Company, &[&firm.name, &firm.branch]);
        let (core, form, branch) = match company.map(|shaped| shaped.shape) {
            Some(Shape::Company(company)) => {
                (company.core.iter().collect(), company.form, company.site)
            }
            _ => (String::new(), None, String::new()),
        };
        let mails = firm.people.iter().map(|worker| &worker.email).chain([&firm.email]);
        let hosts = mails.flat_map(|cell| mails_of(cell)).map(|(_, domain)| domain);
        let domains = hosts.chain(host_of(&firm.website)).filter(|domain| !is_free_mail(domain));
        Known {
            core,
            form,
            branch,
            told: Some(usual(&firm.organisation)).filter(|told| !told.trim().is_empty()),
            number: checked_corporate_number(&firm.corporate_number),
            domains: domains.collect(),
            phones: cleansing::phone_keys(&firm.phone),
            address: address_of(firm),
        }
    }

    /// What would tie it to others. A name counts only together with something else.
    fn evidence(&self) -> Vec<(Because, String)> {
        let told = self.told.iter().map(|told| (Because::Told, told.clone()));
        let number = self.number.iter().map(|number| (Because::CorporateNumber, number.clone()));
        let mut found: Vec<(Because, String)> = told.chain(number).collect();
        if self.core.is_empty() {
            return found;
        }
        let named = |key: &String| format!("{}\t{key}", self.core);
        found.extend(self.domains.iter().map(|key| (Because::Domain, named(key))));
        found.extend(self.phones.iter().map(|key| (Because::Phone, named(key))));
        found.extend(self.address.iter().map(|key| (Because::Address, named(key))));
        found
    }
}

fn mails_of(cell: &str) -> Vec<(String, String)> {
    cell.split([';', ',', '、', ' ', '\n', '　']).filter_map(cleansing::email_key).collect()
}

fn host_of(website: &str) -> Option<String> {
    match shaped(Measure::Website, &[website])?.shape {
        Shape::Code(host) => Some(host.iter().collect()),
        _ => None,
    }
}

/// The address down to 号: the floor and the building do not matter. None without a number, since a town is no place.
fn address_of(firm: &Firm) -> Option<String> {
    let [prefecture, city, rest] = &firm.address;
    match shaped(Measure::Place, &[&firm.postal_code, prefecture, city, rest])?.shape {
        Shape::Place(place) if !place.number.is_empty() => {
            let text = |chars: &[char]| chars.iter().collect::<String>();
            Some(format!("{}|{}|{}", text(&place.city), text(&place.town), text(&place.number)))
        }
        _ => None,
    }
}

/// Who is together with whom, and what must not come together.
struct Groups {
    leader: Vec<usize>,
    marks: Vec<Marks>,
}

/// What the records of a group say of themselves.
#[derive(Clone, Default)]
struct Marks {
    told: BTreeSet<String>,
    numbers: BTreeSet<String>,
    forms: BTreeSet<&'static str>,
}

impl Groups {
    fn of(known: &[Known]) -> Groups {
        let marks = known.iter().map(|one| Marks {
            told: one.told.iter().cloned().collect(),
            numbers: one.number.iter().cloned().collect(),
            forms: one.form.into_iter().collect(),
        });
        Groups { leader: (0..known.len()).collect(), marks: marks.collect() }
    }

    fn leader(&self, mut one: usize) -> usize {
        while self.leader[one] != one {
            one = self.leader[one];
        }
        one
    }

    fn is_one(&self, a: usize, b: usize) -> bool {
        self.leader(a) == self.leader(b)
    }

    /// Puts two together unless something says that they are two firms; whether it did.
    fn join(&mut self, a: usize, b: usize, why: Because) -> bool {
        let (a, b) = (self.leader(a), self.leader(b));
        let (x, y) = (&self.marks[a], &self.marks[b]);
        let fits = match why {
            Because::Told => true,
            Because::CorporateNumber => agree(&x.told, &y.told),
            Because::Domain | Because::Phone | Because::Address | Because::Alone => {
                agree(&x.told, &y.told)
                    && agree(&x.numbers, &y.numbers)
                    && agree(&x.forms, &y.forms)
            }
        };
        if !fits {
            return false;
        }
        let (first, second) = (a.min(b), a.max(b));
        let joined = std::mem::take(&mut self.marks[second]);
        self.leader[second] = first;
        let marks = &mut self.marks[first];
        marks.told.extend(joined.told);
        marks.numbers.extend(joined.numbers);
        marks.forms.extend(joined.forms);
        true
    }

    /// Each group ascending, the one with the first record first.
    fn all(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for one in 0..self.leader.len() {
            groups.entry(self.leader(one)).or_default().push(one);
        }
        groups.into_values().collect()
    }
}

/// Whether two sides may say the same: one of them says nothing, or they have something in common.
fn agree<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
    a.is_empty() || b.is_empty() || !a.is_disjoint(b)
}

fn organisation(
    group: &[usize],
    firms: &[&Firm],
    known: &[Known],
    shared: &Shared,
) -> Organisation {
    let is_in: BTreeSet<usize> = group.iter().copied().collect();
    let why = |record: usize| {
        let own = known[record].evidence().into_iter().filter(|key| {
            let others = shared.get(key).into_iter().flatten();
            others.filter(|other| **other != record).any(|other| is_in.contains(other))
        });
        own.map(|(why, _)| why).min().unwrap_or(Because::Alone)
    };
    let sites = sites(group, known);
    let site = |records: Vec<usize>| Site {
        branch: records
            .iter()
            .map(|record| known[*record].branch.clone())
            .find(|branch| !branch.is_empty())
            .unwrap_or_default(),
        records: records.iter().map(|record| (firms[*record].no, why(*record))).collect(),
    };
    let of_group = group.iter().map(|record| firms[*record]);
    Organisation {
        name: group.first().map_or_else(String::new, |record| firm_name(&firms[*record].name)),
        corporate_number: group.iter().find_map(|record| known[*record].number.clone()),
        sites: sites.into_iter().map(site).collect(),
        people: people(of_group),
    }
}

/// The records of one firm by where they are: one address is one place, and so is one branch that is not at two.
fn sites(group: &[usize], known: &[Known]) -> Vec<Vec<usize>> {
    let mut sites: Vec<Vec<usize>> = vec![];
    // Those with an address first: they say where the branches are.
    let (placed, others): (Vec<usize>, Vec<usize>) =
        group.iter().partition(|record| known[**record].address.is_some());
    for record in placed {
        let here = |site: &&mut Vec<usize>| known[site[0]].address == known[record].address;
        match sites.iter_mut().find(here) {
            Some(site) => site.push(record),
            None => sites.push(vec![record]),
        }
    }
    for record in others {
        let branch = &known[record].branch;
        let is_it =
            |site: &&mut Vec<usize>| site.iter().any(|other| known[*other].branch == *branch);
        match sites.iter_mut().find(is_it) {
            Some(site) => site.push(record),
            None => sites.push(vec![record]),
        }
    }
    sites.iter_mut().for_each(|site| site.sort_unstable());
    sites.sort_unstable();
    sites
}

/// Who of the contacts of one firm are one person.
fn people<'f>(firms: impl Iterator<Item = &'f Firm>) -> Vec<KnownAs> {
    let mut people: Vec<(Vec<Face>, KnownAs)> = vec![];
    for (firm, worker) in firms.flat_map(|firm| firm.people.iter().map(move |one| (firm, one))) {
        let face = Face::of(worker);
        let named = (firm.no, worker.key.clone());
        // One and the same contact may be known to two records under one key.
        let known = people.iter_mut().find(|(faces, _)| {
            faces.iter().any(|other| other.is(&face)) && !faces.iter().any(|it| it.is_not(&face))
        });
        match known {
            Some((faces, records)) => {
                faces.push(face);
                records.push(named);
            }
            None => people.push((vec![face], vec![named])),
        }
    }
    people.into_iter().map(|(_, records)| records).collect()
}

/// By what a person is known within a firm.
struct Face {
    name: Option<String>,
    kana: Option<String>,
    mails: BTreeSet<(String, String)>,
}

impl Face {
    fn of(worker: &Worker) -> Face {
        let name = |measure, text: &str| match shaped(measure, &[text])?.shape {
            Shape::Person(name) => Some(name.whole.iter().collect()),
            _ => None,
        };
        Face {
            name: name(Measure::Person, &worker.name),
            kana: name(Measure::Reading, &worker.kana),
            mails: mails_of(&worker.email).into_iter().collect(),
        }
    }

    /// Whether something says that they are one: the name, or a mail address.
    fn is(&self, other: &Face) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        same(&self.name, &other.name) || !self.mails.is_disjoint(&other.mails)
    }

    /// Whether something says that they are two: another name behind one mail address, another reading, or each has an
    /// address of their own at one domain.
    fn is_not(&self, other: &Face) -> bool {
        let two = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        let own = |face: &Face| -> BTreeSet<String> {
            face.mails.iter().map(|(_, domain)| domain.clone()).collect()
        };
        let apart = self.mails.is_disjoint(&other.mails)
            && own(self).intersection(&own(other)).any(|domain| !is_free_mail(domain));
        two(&self.name, &other.name) || two(&self.kana, &other.kana) || apart
    }
}
