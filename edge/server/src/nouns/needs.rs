//! Needs (ニーズ): what customers want solved, which offers meet it, and writing down what is known of one customer.

use ::offers::{Need, NeedDraft, NeedKind};
use axum::extract::State;
use condition::{Condition, Language, Leaf};
use facts::{EventName, Fact, History, Properties, Timestamp, Value, What};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{App, asking::Gone, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        offers::{Saying, definition, faults_said, note, or, refused},
        outcomes::UNDO_FOR,
        session::rep_name,
        signs::newest_records,
        why::EvidenceRow,
        wire::{Instant, short_text},
    },
    offers::{AskedNeed, Asking, Book, KnownNeed, NEED},
};

/// All needs.
#[derive(Serialize, ToSchema)]
pub(crate) struct Needs {
    needs: Vec<NeedRow>,
}

/// A need.
#[derive(Serialize, ToSchema)]
pub(crate) struct NeedRow {
    id: String,
    name: String,
    /// What to ask to find out; may be empty.
    question: String,
    /// What shows that a customer states it, as a sentence.
    stated_when: Option<String>,
    /// What shows that it is there without being said, as a sentence.
    latent_when: Option<String>,
    /// The offers that meet it.
    met_by: Vec<OfferName>,
    version: i32,
    retired: bool,
    /// The need as it is written in a file.
    #[schema(value_type = Object)]
    definition: NeedDraft,
    /// Why it cannot be asked, if so.
    faults: Vec<Fault>,
}

/// An offer by name.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct OfferName {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A need to write.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeedBody {
    /// The need as it is written in a file.
    #[schema(value_type = Object)]
    definition: NeedDraft,
    /// The version that was changed; left out for a new one.
    #[serde(default)]
    version: Option<i32>,
}

/// The needs of a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerNeeds {
    as_of: Instant,
    needs: Vec<NeedHeld>,
}

/// What is known of a need of a customer.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct NeedHeld {
    id: String,
    name: String,
    question: String,
    kind: NeedHeldKind,
    /// Where it is known from; null while nothing is known.
    source: Option<NeedSource>,
    /// Who recorded it.
    by: Option<String>,
    /// Since when it is recorded.
    since: Option<Instant>,
    note: Option<String>,
    /// What shows it, where nobody has recorded anything: in a sentence, and the newest records.
    shown_by: Option<String>,
    evidence: Vec<EvidenceRow>,
    /// The offers that meet it.
    met_by: Vec<OfferName>,
}

/// What is known of a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NeedHeldKind {
    Stated,
    Latent,
    /// There is no such need.
    Absent,
    Unknown,
}

/// Where a need is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NeedSource {
    /// A salesperson.
    Rep,
    /// A topic that was found in a report or a message.
    Report,
    /// A sign that the customer carries, or what a model says.
    Sign,
    /// What the customer did or is.
    Behaviour,
    /// A file or another program.
    Import,
}

/// What is known of a need, to be recorded.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeedNote {
    need: String,
    /// `unknown` takes back what was recorded.
    kind: NeedHeldKind,
    /// `rep` when left out.
    #[serde(default)]
    source: Option<NeedSource>,
    #[serde(default)]
    note: Option<String>,
    /// The record's own name, made by the client: sending it twice counts once.
    id: String,
}

/// What was recorded.
#[derive(Serialize, ToSchema)]
pub(crate) struct NeedTaken {
    /// By this number it can be undone.
    batch: u32,
    undo_until: Instant,
}

/// The event of recording.
const NOTED: &str = "need_noted";
/// What the sources of what people recorded here begin with.
pub(crate) const SOURCES: &str = "needs:";

impl NeedHeld {
    /// Whether an offer meets it.
    pub(crate) fn is_met_by(&self, offer: &str) -> bool {
        self.met_by.iter().any(|met| met.id == offer)
    }
}

impl NeedHeldKind {
    fn of(kind: NeedKind) -> NeedHeldKind {
        match kind {
            NeedKind::Stated => NeedHeldKind::Stated,
            NeedKind::Latent => NeedHeldKind::Latent,
            NeedKind::Absent => NeedHeldKind::Absent,
        }
    }

    fn recorded(self) -> Option<NeedKind> {
        match self {
            NeedHeldKind::Stated => Some(NeedKind::Stated),
            NeedHeldKind::Latent => Some(NeedKind::Latent),
            NeedHeldKind::Absent => Some(NeedKind::Absent),
            NeedHeldKind::Unknown => None,
        }
    }
}

impl NeedSource {
    fn word(self) -> &'static str {
        match self {
            NeedSource::Rep => "rep",
            NeedSource::Report => "report",
            NeedSource::Sign => "sign",
            NeedSource::Behaviour => "behaviour",
            NeedSource::Import => "import",
        }
    }

    fn from_word(word: &str) -> NeedSource {
        match word {
            "rep" => NeedSource::Rep,
            "report" => NeedSource::Report,
            "sign" => NeedSource::Sign,
            "behaviour" => NeedSource::Behaviour,
            _ => NeedSource::Import,
        }
    }

    /// What a condition looks at.
    fn of(condition: &Condition) -> NeedSource {
        let mut found = NeedSource::Behaviour;
        condition.each_leaf(&mut |leaf| match leaf {
            Leaf::Mentioned(_) => found = NeedSource::Report,
            Leaf::Score { .. } if found == NeedSource::Behaviour => found = NeedSource::Sign,
            _ => {}
        });
        found
    }
}

/// The offers in use that meet a need, by name.
pub(crate) fn met_by(book: &Book, need: &str, language: Language) -> Vec<OfferName> {
    let named = book.meeting(need).map(|known| OfferName {
        id: known.draft.id.clone(),
        name: or(known.draft.name.get(language), &known.draft.id).to_owned(),
    });
    named.collect()
}

/// All needs, those out of use too.
#[utoipa::path(get, path = "/api/v1/needs", tag = "offers", responses((status = 200, body = Needs)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Needs>> {
    let (book, saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    let needs = book.needs.iter().map(|known| row(&app, &book, known, &saying)).collect();
    Ok(axum::Json(Needs { needs }))
}

fn row(app: &App, book: &Book, known: &KnownNeed, saying: &Saying) -> NeedRow {
    let draft = &known.draft;
    let need = known.checked.as_ref().ok();
    let say = |of: &dyn Fn(&Need) -> Option<Condition>| {
        need.and_then(of).map(|condition| saying.condition(app, &condition))
    };
    let faults = known.checked.as_ref().err();
    NeedRow {
        id: draft.id.clone(),
        name: or(saying.said(&draft.name), &draft.id).to_owned(),
        question: saying.said(&draft.question).to_owned(),
        stated_when: say(&|need| need.stated_when.clone()),
        latent_when: say(&|need| need.latent_when.clone()),
        met_by: met_by(book, &draft.id, saying.language),
        version: known.version,
        retired: known.retired,
        definition: draft.clone(),
        faults: faults.map_or_else(Vec::new, |faults| faults_said(faults, saying.language)),
    }
}

/// Writes a need, new or changed. One that was taken out of use is in use again.
#[utoipa::path(put, path = "/api/v1/needs/{id}", tag = "offers", request_body = NeedBody,
    responses((status = 200, body = NeedRow)))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<NeedBody>,
) -> Answer<axum::Json<NeedRow>> {
    if given.definition.id != id {
        return Err(ApiError::invalid(
            "`id` はアドレスと同じにしてください",
            "write the same `id` as in the address",
        ));
    }
    let book = Book::read(&app).await?;
    book.check_need(&given.definition).map_err(refused)?;
    let (origin, by) = (caller.origin(), caller.name());
    let new = definition(NEED, &id, &given.definition, (given.version, origin), &by)?;
    app.registry.put_definition(new, app.clock.now().millis()).await?;
    note(&app, &by, "need_written", &format!("need:{id}")).await?;
    one(&app, &id, language).await
}

async fn one(app: &App, id: &str, language: Language) -> Answer<axum::Json<NeedRow>> {
    let (book, saying) = (Book::read(app).await?, Saying::new(app, language)?);
    let known = book.need(id).ok_or_else(ApiError::not_found)?;
    Ok(axum::Json(row(app, &book, known, &saying)))
}

/// Takes a need out of use, unless an offer in use meets it.
#[utoipa::path(delete, path = "/api/v1/needs/{id}", tag = "offers", responses((status = 200, body = NeedRow)))]
pub(crate) async fn retire(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<NeedRow>> {
    let book = Book::read(&app).await?;
    let using: Vec<String> = met_by(&book, &id, language).into_iter().map(|one| one.name).collect();
    if !using.is_empty() {
        let names = using.join(", ");
        return Err(ApiError::conflict(
            format!("提案「{names}」がこのニーズに応えています。先にそちらから外してください"),
            format!("the offers “{names}” meet this need; take it out of them first"),
        ));
    }
    let now = app.clock.now().millis();
    app.registry.retire_definition(NEED, &id, caller.origin(), &caller.name(), now).await?;
    note(&app, &caller.name(), "need_switched_off", &format!("need:{id}")).await?;
    one(&app, &id, language).await
}

/// What is known of a customer's needs: recorded, or shown by reports, signs and behaviour.
#[utoipa::path(get, path = "/api/v1/customers/{key}/needs", tag = "offers",
    responses((status = 200, body = CustomerNeeds)))]
pub(crate) async fn of_customer(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(key): Path<String>,
) -> Answer<axum::Json<CustomerNeeds>> {
    let (customer, _) = app.find(&caller, &key)?;
    let (book, saying) = (Book::read(&app).await?, Saying::new(&app, language)?);
    app.ask(move |app, gone: &Gone| {
        let asking = book.asking(app, vec![], saying.now, gone)?;
        let history = app.history_of(customer)?;
        let needs = held(app, (&book, &asking), &history, &saying);
        Ok(CustomerNeeds { as_of: saying.now.into(), needs })
    })
    .await
    .map(axum::Json)
}

/// What is known of each need of a customer.
pub(crate) fn held(
    app: &App,
    (book, asking): (&Book, &Asking),
    history: &History,
    saying: &Saying,
) -> Vec<NeedHeld> {
    let answers = asking.answers(app, history, saying.now, &mut kernel::Scratch::default());
    let holds = |place: Option<usize>| place.filter(|place| answers.get(*place) == Some(&true));
    let one = |asked: &AskedNeed| {
        let AskedNeed { need, stated, latent } = asked;
        let bare = NeedHeld {
            id: need.id.clone(),
            name: or(saying.said(&need.name), &need.id).to_owned(),
            question: saying.said(&need.question).to_owned(),
            kind: NeedHeldKind::Unknown,
            source: None,
            by: None,
            since: None,
            note: None,
            shown_by: None,
            evidence: vec![],
            met_by: met_by(book, &need.id, saying.language),
        };
        if let Some(recorded) = recorded(need, history, saying.now) {
            return NeedHeld { ..recorded.told(bare) };
        }
        let shown = [(*stated, &need.stated_when, NeedHeldKind::Stated)]
            .into_iter()
            .chain([(*latent, &need.latent_when, NeedHeldKind::Latent)])
            .find_map(|(place, condition, kind)| Some((holds(place)?, condition.as_ref()?, kind)));
        let Some((place, condition, kind)) = shown else { return bare };
        let because = asking.because(app, place, history, saying.now);
        speaking(&saying.catalogue, &app.calendar, saying.now, saying.language, |speaker| {
            let newest = newest_records(std::iter::once(&because), 3);
            NeedHeld {
                kind,
                source: Some(NeedSource::of(condition)),
                shown_by: Some(speaker.in_short(&because)),
                evidence: newest.iter().map(|one| speaker.evidence(one, history).into()).collect(),
                ..bare
            }
        })
    };
    asking.needs.iter().map(one).collect()
}

/// What somebody recorded of a need.
struct Recorded {
    kind: NeedKind,
    since: Timestamp,
    source: NeedSource,
    by: Option<String>,
    note: Option<String>,
}

impl Recorded {
    fn told(self, bare: NeedHeld) -> NeedHeld {
        NeedHeld {
            kind: NeedHeldKind::of(self.kind),
            source: Some(self.source),
            by: self.by,
            since: Some(self.since.into()),
            note: self.note,
            ..bare
        }
    }
}

fn recorded(need: &Need, history: &History, now: Timestamp) -> Option<Recorded> {
    let changes = history.changes(&Need::attribute(&need.id));
    let last = changes.iter().rev().find(|change| change.stamp.at <= now)?;
    let kind = NeedKind::from_word(history.value(last).as_text()?)?;
    let noted = history.track(NOTED).map(|track| history.events_of(track)).unwrap_or_default();
    // What was said in the same breath as the attribute; a need that a file brought has none.
    let said = noted.iter().rev().find(|event| {
        event.stamp.batch == last.stamp.batch
            && history.particulars(event).get("need").as_text() == Some(&need.id)
    });
    let text = |name: &str| {
        let value = history.particulars(said?).get(name).as_text()?;
        Some(value.to_owned())
    };
    Some(Recorded {
        kind,
        since: last.stamp.at,
        source: text("source").map_or(NeedSource::Import, |word| NeedSource::from_word(&word)),
        by: text("rep"),
        note: text("note"),
    })
}

/// Records what is known of a need of a customer. It can be taken back for an hour.
#[utoipa::path(post, path = "/api/v1/customers/{key}/needs", tag = "offers", request_body = NeedNote,
    responses((status = 200, body = NeedTaken)))]
pub(crate) async fn record(
    State(app): State<App>,
    caller: Caller,
    Path(key): Path<String>,
    Json(given): Json<NeedNote>,
) -> Answer<axum::Json<NeedTaken>> {
    let (_, customer) = app.find(&caller, &key)?;
    let book = Book::read(&app).await?;
    let known = book.need(&given.need).and_then(KnownNeed::in_force);
    let need = known
        .ok_or_else(|| ApiError::invalid("このニーズはありません", "there is no such need"))?;
    let (now, id) = (app.clock.now(), short_text(&given.id, 90)?);
    let kind = given.kind.recorded().map_or("unknown", NeedKind::word);
    let mut noted = vec![
        ("need", Value::from(need.id.as_str())),
        ("kind", Value::from(kind)),
        ("source", Value::from(given.source.unwrap_or(NeedSource::Rep).word())),
        ("rep", Value::from(rep_name(&caller).as_str())),
    ];
    if let Some(text) = given.note.as_deref().filter(|text| !text.trim().is_empty()) {
        noted.push(("note", Value::from(short_text(text, 1_000)?)));
    }
    let attribute = Need::attribute(&need.id);
    let value = given.kind.recorded().map_or(Value::Missing, |kind| Value::from(kind.word()));
    let of = |id: String, what: What| Fact {
        customer: customer.clone(),
        contact: None,
        at: now,
        id: Some(id),
        what,
    };
    let ours = |why: &dyn std::fmt::Display| ApiError::ours("a need", why.to_string());
    let happened = What::Happened {
        name: EventName::new(NOTED).map_err(|why| ours(&why))?,
        properties: Properties::new(noted).map_err(|why| ours(&why))?,
    };
    let became = Properties::new([(attribute.as_str(), value)]).map_err(|why| ours(&why))?;
    let facts = vec![of(id.clone(), happened), of(format!("{id}/is"), What::Became(became))];
    let label = format!("{} {kind}", need.id);
    let appended = app.take(source_of(&caller), label, facts).await?;
    if !appended.erased.is_empty() {
        return Err(ApiError::not_found());
    }
    let before = appended.duplicates.first().map(|duplicate| duplicate.batch);
    let batch = appended.batch.or(before).ok_or_else(|| ours(&"no batch"))?;
    Ok(axum::Json(NeedTaken { batch, undo_until: now.plus(UNDO_FOR).into() }))
}

/// The source of a caller's own records, so that nobody else's ids can stand in their way.
pub(crate) fn source_of(caller: &Caller) -> String {
    format!("{SOURCES}{}", caller.name())
}
