//! Packs: all segments a trade begins with, put in and taken out by one call.

use ::segments::{Channel, Family, Message, Pack, PackSegment, SegmentDraft, check_all, packs};
use axum::extract::State;
use condition::{Draft, Language, say_condition};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{App, Live, catalogue::SEGMENT, speaking},
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        segment_uses::Uses,
        segments::{GoldenName, Names, definition, edit, faults_of_one, note},
        templates::Present,
    },
};

/// Every pack.
#[derive(Serialize, ToSchema)]
pub(crate) struct Packs {
    packs: Vec<PackRow>,
}

/// All segments a trade begins with.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackRow {
    id: String,
    name: String,
    lead: String,
    segments: Vec<PackSegmentRow>,
    /// How many of them are in use just as they stand here.
    installed: usize,
}

/// One segment of a pack.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackSegmentRow {
    id: String,
    family: FamilyName,
    golden: Option<GoldenName>,
    name: String,
    names: Names,
    purpose: String,
    /// How to treat its members.
    principle: String,
    next_action: String,
    messages: Vec<MessageRow>,
    sentence: String,
    #[schema(value_type = Object)]
    condition: Draft,
    /// The names it looks at of which this workspace has no facts.
    missing: Vec<String>,
    state: PackState,
}

/// Words to begin with.
#[derive(Serialize, ToSchema)]
pub(crate) struct MessageRow {
    channel: ChannelName,
    subject: String,
    body: String,
}

/// How words reach a customer.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ChannelName {
    Mail,
    Call,
    Line,
}

/// What a segment of a pack is one of.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FamilyName {
    Golden,
    Rfm,
    Lifecycle,
    Temperature,
    Trade,
}

/// Whether a segment of a pack is in use.
#[derive(Clone, Copy, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum PackState {
    /// No segment of its id is in use.
    Absent,
    /// It is in use just as it stands here.
    Same,
    /// A segment of its id is in use and says something else.
    Other,
}

/// How to put a pack in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InstallBody {
    /// Also writes a new version of segments that say something else; their older versions stay.
    #[serde(default)]
    replace: bool,
}

/// What came of putting a pack in.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackInstalled {
    /// The ids of segments that are new or in use again.
    added: Vec<String>,
    /// Those that have a new version.
    replaced: Vec<Replaced>,
    /// Those that say something else and were left as they are.
    kept: Vec<String>,
    /// How many were there just so.
    unchanged: usize,
}

/// A segment that has a new version.
#[derive(Serialize, ToSchema)]
pub(crate) struct Replaced {
    id: String,
    /// The version before, which can be restored.
    before: i32,
}

/// What came of taking a pack out.
#[derive(Serialize, ToSchema)]
pub(crate) struct PackRemoved {
    /// The ids of the segments that are no more in use; each can be restored.
    removed: Vec<String>,
    /// Those that were changed since, or that others refer to.
    kept: Vec<String>,
}

impl From<Family> for FamilyName {
    fn from(family: Family) -> FamilyName {
        match family {
            Family::Golden => FamilyName::Golden,
            Family::Rfm => FamilyName::Rfm,
            Family::Lifecycle => FamilyName::Lifecycle,
            Family::Temperature => FamilyName::Temperature,
            Family::Trade => FamilyName::Trade,
        }
    }
}

impl MessageRow {
    fn of(message: &Message, language: Language) -> MessageRow {
        MessageRow {
            channel: match message.channel {
                Channel::Mail => ChannelName::Mail,
                Channel::Call => ChannelName::Call,
                Channel::Line => ChannelName::Line,
            },
            subject: message.subject.get(language).to_owned(),
            body: message.body.get(language).to_owned(),
        }
    }
}

fn state(live: &Live, segment: &PackSegment) -> PackState {
    match live.catalogue.all.get(&segment.id).filter(|known| !known.retired) {
        None => PackState::Absent,
        Some(known) if segment.is(&known.draft) => PackState::Same,
        Some(_) => PackState::Other,
    }
}

fn all() -> Answer<Vec<Pack>> {
    packs().map_err(|why| ApiError::ours("the packs", why))
}

fn one(id: &str) -> Answer<Pack> {
    all()?.into_iter().find(|pack| pack.id == id).ok_or_else(ApiError::not_found)
}

/// All segments a trade begins with, for each trade, each with what it needs and whether it is in use.
#[utoipa::path(get, path = "/api/v1/packs", tag = "segments", responses((status = 200, body = Packs)))]
pub(crate) async fn list(
    State(app): State<App>,
    Spoken(language): Spoken,
) -> Answer<axum::Json<Packs>> {
    let present = Present::read(&app);
    let live = app.live()?;
    let packs = all()?.into_iter().map(|pack| {
        let segments = pack.segments.iter();
        let segments: Vec<PackSegmentRow> = segments
            .map(|segment| row(&app, &live, &present, segment, language))
            .collect::<Answer<_>>()?;
        Ok(PackRow {
            name: pack.name.get(language).to_owned(),
            lead: pack.lead.get(language).to_owned(),
            id: pack.id,
            installed: segments.iter().filter(|one| one.state == PackState::Same).count(),
            segments,
        })
    });
    Ok(axum::Json(Packs { packs: packs.collect::<Answer<_>>()? }))
}

fn row(
    app: &App,
    live: &Live,
    present: &Present,
    segment: &PackSegment,
    language: Language,
) -> Answer<PackSegmentRow> {
    let checked = segment.condition.check();
    let condition = checked.map_err(|faults| ApiError::ours("a pack", format!("{faults:?}")))?;
    let text = |said: &condition::Said| said.get(language).to_owned();
    Ok(PackSegmentRow {
        id: segment.id.clone(),
        family: segment.family.into(),
        golden: segment.golden.map(GoldenName::from),
        name: text(&segment.name),
        names: Names::of(&segment.name),
        purpose: text(&segment.purpose),
        principle: text(&segment.principle),
        next_action: text(&segment.next_action),
        messages: segment.messages.iter().map(|one| MessageRow::of(one, language)).collect(),
        sentence: speaking(&live.catalogue, &app.calendar, app.clock.now(), language, |speaker| {
            say_condition(&condition, language, &speaker.words)
        }),
        missing: present.missing(&::segments::Needs::of(&condition)),
        condition: segment.condition.clone(),
        state: state(live, segment),
    })
}

/// Puts all segments of a pack in use.
#[utoipa::path(post, path = "/api/v1/packs/{id}/install", tag = "segments",
    request_body = InstallBody, responses((status = 200, body = PackInstalled)))]
pub(crate) async fn install(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<InstallBody>,
) -> Answer<axum::Json<PackInstalled>> {
    let pack = one(&id)?;
    let (origin, by) = (caller.origin(), caller.name());
    let (tell, told) = tokio::sync::oneshot::channel();
    edit(&app, async move |app| {
        let (came, new) = {
            let live = app.live()?;
            let (came, new) = sort(&live, &pack, given.replace, language);
            let drafts: Vec<SegmentDraft> = new.iter().map(|(draft, _)| draft.clone()).collect();
            check_all(&drafts, &live.catalogue.conditions()).map_err(faults_of_one)?;
            (came, new)
        };
        let new = new.iter().map(|(draft, seen)| definition(draft, *seen, origin, &by));
        let new = new.collect::<Answer<Vec<_>>>()?;
        app.registry.put_definitions(new, app.clock.now().millis()).await?;
        note(&app, &by, "pack_installed", &pack.id).await?;
        let _ = tell.send(came);
        Ok(())
    })
    .await?;
    told.await.map(axum::Json).map_err(|why| ApiError::ours("a pack", why))
}

/// What is to be written, with the version that is there.
fn sort(
    live: &Live,
    pack: &Pack,
    replace: bool,
    language: Language,
) -> (PackInstalled, Vec<(SegmentDraft, Option<i32>)>) {
    let mut came = PackInstalled { added: vec![], replaced: vec![], kept: vec![], unchanged: 0 };
    let mut new = vec![];
    for segment in &pack.segments {
        let id = segment.id.clone();
        let seen = live.catalogue.all.get(&id).map(|known| known.version);
        match state(live, segment) {
            PackState::Same => came.unchanged += 1,
            PackState::Other if !replace => came.kept.push(id),
            PackState::Other => {
                came.replaced.extend(seen.map(|before| Replaced { id, before }));
                new.push((segment.draft(language), seen));
            }
            PackState::Absent => {
                came.added.push(id);
                new.push((segment.draft(language), seen));
            }
        }
    }
    (came, new)
}

/// Takes the segments of a pack out of use, as far as they are unchanged and nothing else refers to them.
#[utoipa::path(post, path = "/api/v1/packs/{id}/remove", tag = "segments",
    responses((status = 200, body = PackRemoved)))]
pub(crate) async fn remove(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<axum::Json<PackRemoved>> {
    let pack = one(&id)?;
    let (origin, by) = (caller.origin(), caller.name());
    let (tell, told) = tokio::sync::oneshot::channel();
    edit(&app, async move |app| {
        let uses = Uses::read(&app).await?;
        let came = leaving(&*app.live()?, &pack, &uses);
        let now = app.clock.now().millis();
        for id in &came.removed {
            app.registry.retire_definition(SEGMENT, id, origin, &by, now).await?;
        }
        note(&app, &by, "pack_removed", &pack.id).await?;
        let _ = tell.send(came);
        Ok(())
    })
    .await?;
    told.await.map(axum::Json).map_err(|why| ApiError::ours("a pack", why))
}

/// Which segments of a pack can go: those that nothing but others that go refers to.
fn leaving(live: &Live, pack: &Pack, uses: &Uses) -> PackRemoved {
    let same = pack.segments.iter().filter(|one| state(live, one) == PackState::Same);
    let mut removed: Vec<String> = same.map(|one| one.id.clone()).collect();
    loop {
        let stays = |id: &String| {
            let used = live.catalogue.used_by(id);
            uses.has(id) || used.iter().any(|user| !removed.contains(user))
        };
        let Some(place) = removed.iter().position(stays) else { break };
        removed.remove(place);
    }
    let in_use = pack.segments.iter().filter(|one| state(live, one) != PackState::Absent);
    let kept = in_use.map(|one| one.id.clone()).filter(|id| !removed.contains(id)).collect();
    PackRemoved { removed, kept }
}
