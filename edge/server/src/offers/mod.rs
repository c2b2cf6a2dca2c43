//! Offers of a workspace and the needs they meet: read from the registry, asked of one customer or of everybody.
//!
//! ```text
//!   Book (registry) ──▶ Asking  one history:  how each criterion stands, and why      (a customer's page, a row)
//!                  └──▶ Ranking everybody:    columns, a bit a customer, then sums    (a list, counts)
//! ```

mod goods;
mod next;
mod ranking;
mod supply;

use std::collections::BTreeMap;

use condition::{Condition, Language, Said, label_of_attribute};
use facts::{History, Timestamp};
use kernel::{Because, Scratch};
use offers::{Asked, Fault, Missing, Need, NeedDraft, Offer, OfferDraft};
use registry::{Definition, Origin};

use crate::{
    host::{
        App,
        asking::{Background, Gone, Questions},
    },
    http::error::Answer,
};

pub(crate) use goods::Goods;
pub(crate) use next::{Begins, GoodsTried, Next, NextOffers, Pair, Ready, learn};
pub(crate) use ranking::{Ranking, RankingKey, Tendency};
pub(crate) use supply::{Habit, HabitsKey, Supplies, SupplyAsked, learn_supplies};

/// The kind under which the registry keeps offers.
pub(crate) const OFFER: &str = "offer";
/// The kind under which the registry keeps needs.
pub(crate) const NEED: &str = "need";

/// A definition as it stands in the registry.
#[derive(Debug, Clone)]
pub(crate) struct Known<D, T> {
    pub(crate) draft: D,
    /// What was meant, or why it cannot be asked.
    pub(crate) checked: Result<T, Vec<Fault>>,
    pub(crate) version: i32,
    pub(crate) retired: bool,
    pub(crate) origin: Origin,
    pub(crate) by: String,
    /// When this version was written (ms).
    pub(crate) changed_at: i64,
}

pub(crate) type KnownOffer = Known<OfferDraft, Offer>;
pub(crate) type KnownNeed = Known<NeedDraft, Need>;

/// All offers and needs, with what their conditions may refer to.
pub(crate) struct Book {
    pub(crate) needs: Vec<KnownNeed>,
    pub(crate) offers: Vec<KnownOffer>,
    background: Background,
}

/// Some offers and needs, ready to be asked of histories.
pub(crate) struct Asking {
    pub(crate) offers: Vec<AskedOffer>,
    pub(crate) needs: Vec<AskedNeed>,
    questions: Questions,
    is_sign: Vec<String>,
}

/// An offer, and where the answers to it begin.
pub(crate) struct AskedOffer {
    pub(crate) offer: Offer,
    pub(crate) asked: Asked,
    first: usize,
    /// For each criterion, where its own condition is asked.
    criteria: Vec<usize>,
}

/// A need, and where the answers to what shows it are.
pub(crate) struct AskedNeed {
    pub(crate) need: Need,
    pub(crate) stated: Option<usize>,
    pub(crate) latent: Option<usize>,
}

impl<D, T> Known<D, T> {
    fn new(definition: Definition, draft: D, checked: Result<T, Vec<Fault>>) -> Known<D, T> {
        Known {
            draft,
            checked,
            version: definition.version,
            retired: definition.retired,
            origin: definition.origin,
            by: definition.by,
            changed_at: definition.created_at,
        }
    }

    /// What it is, while it is in use.
    pub(crate) fn in_force(&self) -> Option<&T> {
        self.checked.as_ref().ok().filter(|_| !self.retired)
    }
}

impl Book {
    /// Reads all of them. One that no longer checks stays, with its faults, and is asked of nobody.
    pub(crate) async fn read(app: &App) -> Answer<Book> {
        let background = Background::of(&*app.live()?);
        let mut book = Book { needs: vec![], offers: vec![], background };
        for definition in app.registry.definitions(NEED).await? {
            if let Some(draft) = readable::<NeedDraft>(&definition) {
                let checked = book.check_need(&draft);
                book.needs.push(Known::new(definition, draft, checked));
            }
        }
        for definition in app.registry.definitions(OFFER).await? {
            if let Some(draft) = readable::<OfferDraft>(&definition) {
                let checked = book.check_offer(&draft, &[]);
                book.offers.push(Known::new(definition, draft, checked));
            }
        }
        Ok(book)
    }

    /// The need that was meant.
    pub(crate) fn check_need(&self, draft: &NeedDraft) -> Result<Need, Vec<Fault>> {
        let need = draft.check()?;
        let shown = [("/stated_when", &need.stated_when), ("/latent_when", &need.latent_when)];
        let shown = shown.into_iter().filter_map(|(path, one)| Some((path, one.as_ref()?)));
        self.refuse_unknown_segments(shown)?;
        Ok(need)
    }

    /// The offer that was meant, among the needs in use and some that come with it.
    pub(crate) fn check_offer(
        &self,
        draft: &OfferDraft,
        others: &[Need],
    ) -> Result<Offer, Vec<Fault>> {
        let known = self.needs.iter().filter_map(KnownNeed::in_force).chain(others);
        let needs: BTreeMap<String, Need> =
            known.map(|need| (need.id.clone(), need.clone())).collect();
        let offer = draft.check(&needs)?;
        self.refuse_unknown_segments(offer.conditions().map(|one| ("", one)))?;
        Ok(offer)
    }

    fn refuse_unknown_segments<'c>(
        &self,
        conditions: impl Iterator<Item = (&'static str, &'c Condition)>,
    ) -> Result<(), Vec<Fault>> {
        let there = |id: &&condition::SegmentId| {
            self.background.segments().iter().any(|(known, _)| known == *id)
        };
        let faults = conditions.flat_map(|(path, one)| {
            let lacking = one.segments().into_iter().filter(|id| !there(id));
            lacking.map(move |id| Fault {
                path: path.to_owned(),
                said: Said::new(
                    format!("セグメント `{id}` がないか、使えません"),
                    format!("there is no segment `{id}` in use"),
                ),
            })
        });
        let faults: Vec<Fault> = faults.collect();
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    /// An offer by id.
    pub(crate) fn offer(&self, id: &str) -> Option<&KnownOffer> {
        self.offers.iter().find(|one| one.draft.id == id)
    }

    /// A need by id.
    pub(crate) fn need(&self, id: &str) -> Option<&KnownNeed> {
        self.needs.iter().find(|one| one.draft.id == id)
    }

    /// The offers in use.
    pub(crate) fn in_force(&self) -> impl Iterator<Item = &Offer> {
        self.offers.iter().filter_map(KnownOffer::in_force)
    }

    /// The offers in use that meet a need.
    pub(crate) fn meeting<'b>(&'b self, need: &'b str) -> impl Iterator<Item = &'b KnownOffer> {
        self.offers.iter().filter(move |one| {
            !one.retired && one.draft.needs.iter().any(|meets| meets.need == need)
        })
    }

    /// Makes some offers, and all needs in use, ready to be asked of histories at an instant. Reads the disk when ranks are
    /// asked for.
    pub(crate) fn asking(
        &self,
        app: &App,
        offers: Vec<Offer>,
        now: Timestamp,
        gone: &Gone,
    ) -> Answer<Asking> {
        let mut all: Vec<Condition> = vec![];
        let mut add = |conditions: Vec<Condition>| {
            let first = all.len();
            all.extend(conditions);
            first
        };
        let is_sign = self.background.signs();
        let offers = offers.into_iter().map(|offer| {
            let asked = offer.asked(&|id| is_sign.iter().any(|sign| sign == id));
            let first = add(asked.conditions.clone());
            let own = offer.criteria.iter().map(|one| one.condition.clone());
            let own_first = add(own.collect());
            let criteria = (own_first..own_first + offer.criteria.len()).collect();
            AskedOffer { offer, asked, first, criteria }
        });
        let offers = offers.collect();
        let mut one = |condition: &Option<Condition>| condition.clone().map(|one| add(vec![one]));
        let needs = self.needs.iter().filter_map(KnownNeed::in_force).map(|need| AskedNeed {
            stated: one(&need.stated_when),
            latent: one(&need.latent_when),
            need: need.clone(),
        });
        let needs = needs.collect();
        let questions = app.ready(Questions::new(all, &self.background)?, now, gone)?;
        Ok(Asking { offers, needs, questions, is_sign })
    }
}

fn readable<D: serde::de::DeserializeOwned>(definition: &Definition) -> Option<D> {
    let read = serde_json::from_str(&definition.body);
    read.inspect_err(|why| tracing::error!(id = definition.id, %why, "a definition is unreadable"))
        .ok()
}

impl Asking {
    /// Which of all that is asked hold for a history, in order.
    pub(crate) fn answers(
        &self,
        app: &App,
        history: &History,
        now: Timestamp,
        scratch: &mut Scratch,
    ) -> Vec<bool> {
        let readings = self.questions.plan().evaluate(history, now, &app.calendar, scratch);
        readings.iter().map(|reading| reading.value).collect()
    }

    /// Why what stands at a place holds, or does not.
    pub(crate) fn because(
        &self,
        app: &App,
        place: usize,
        history: &History,
        now: Timestamp,
    ) -> Because {
        self.questions.plan().explain(place, history, now, &app.calendar)
    }

    /// Whether something is the name of a sign.
    pub(crate) fn is_sign(&self, id: &str) -> bool {
        self.is_sign.iter().any(|sign| sign == id)
    }
}

impl AskedOffer {
    /// The answer to one of the conditions of [`Asked`].
    pub(crate) fn holds(&self, answers: &[bool], condition: usize) -> bool {
        answers.get(self.first + condition).copied().unwrap_or(false)
    }

    /// Where a criterion's own condition is asked.
    pub(crate) fn place(&self, criterion: usize) -> usize {
        self.criteria[criterion]
    }
}

/// A fact that is missing, in words; `offer` and `needs` name what it belongs to.
pub(crate) fn said_missing(
    fact: &Missing,
    offer: &Offer,
    needs: &[AskedNeed],
    language: Language,
) -> String {
    let of = |ja: String, en: String| match language {
        Language::Ja => ja,
        Language::En => en,
    };
    match fact {
        Missing::Need(id) => {
            let need = needs.iter().find(|one| one.need.id == *id);
            let name = need.map_or(id.as_str(), |one| one.need.name.get(language));
            of(format!("ニーズ「{name}」の有無"), format!("whether there is the need “{name}”"))
        }
        Missing::Attribute(key) => label_of_attribute(key, language),
        Missing::OfContact(key) => {
            let label = label_of_attribute(key, language);
            of(format!("先方担当者の{label}"), format!("{label} of the people there"))
        }
        Missing::Contacts => of("先方担当者".into(), "the people there".into()),
        Missing::Texts => of("日報・問い合わせの記録".into(), "what was talked about".into()),
        Missing::Score(id) => of(format!("予測「{id}」"), format!("the forecast “{id}”")),
        Missing::Told(place) => {
            let name = offer.criteria.get(*place).map_or("", |one| one.name.get(language));
            of(format!("「{name}」が分かる記録"), format!("what tells “{name}”"))
        }
    }
}
