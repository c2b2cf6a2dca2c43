//! Trying a condition out: exact counts for the whole and for each leaf, who comes and goes by time alone, what saving it
//! would change, and why a customer is in it or not.

mod funnel;

use ::segments::SegmentDraft;
use axum::extract::State;
use condition::{Condition, Draft, Language, Said, SegmentId, say_condition};
use facts::{HistoryBuilder, Timestamp};
use kernel::Scratch;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use std::{cmp::Reverse, sync::Arc};
use store::CustomerNo;
use utoipa::ToSchema;

use crate::{
    host::{
        App, Scope,
        asking::{Background, Gone, Questions},
        catalogue::Catalogue,
        speaking,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        preview::funnel::{FunnelStep, funnel},
        segments::faults_of_one,
        why::{Found, SegmentName, Why, stay},
        wire::{CustomerKind, CustomerName, Instant, Moved, SAMPLE, names},
    },
};

/// A condition to try.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trial {
    #[schema(value_type = Object)]
    condition: Draft,
    /// The saved segment that is being edited.
    #[serde(default)]
    segment: Option<String>,
}

/// A condition about which one customer is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrialWhy {
    #[schema(value_type = Object)]
    condition: Draft,
}

/// What a condition comes to.
#[derive(Serialize, ToSchema)]
pub(crate) struct Preview {
    as_of: Instant,
    /// How many are in. Exact.
    count: u64,
    /// How many customers there are.
    total: u64,
    sentence: String,
    sample: Vec<SampleRow>,
    leaves: Vec<LeafCount>,
    /// How many are left at each place, from the first to the last. The condition itself is no place.
    funnel: Vec<FunnelStep>,
    coming: Vec<Coming>,
    /// What saving would change; null when no saved segment is being edited.
    change: Option<Difference>,
    /// The other segments that have most members in common with this, five at most.
    overlap: Vec<Overlap>,
    /// Always empty: a condition with faults is answered 422.
    faults: Vec<Fault>,
}

/// A member, with the reason in short.
#[derive(Serialize, ToSchema)]
pub(crate) struct SampleRow {
    key: String,
    name: String,
    kind: CustomerKind,
    why: String,
}

/// How many fit one leaf alone. A leaf that is turned around stands there both ways.
#[derive(Serialize, ToSchema)]
pub(crate) struct LeafCount {
    /// A JSON pointer into the draft.
    path: String,
    sentence: String,
    count: u64,
}

/// Who comes and goes by time alone.
#[derive(Serialize, ToSchema)]
pub(crate) struct Coming {
    /// So many days from now.
    days: i64,
    enters: u64,
    leaves: u64,
}

/// Who is in by one definition and not by another.
#[derive(Serialize, ToSchema)]
pub(crate) struct Difference {
    enters: Moved,
    leaves: Moved,
}

/// Members in common with another segment.
#[derive(Serialize, ToSchema)]
pub(crate) struct Overlap {
    segment: String,
    name: String,
    both: u64,
    /// Of the members of this, in whole percent.
    of_this_percent: u64,
    /// Of the members of the other, in whole percent.
    of_other_percent: u64,
}

/// The days from now that are looked at.
const AHEAD: [i64; 3] = [1, 3, 7];
/// So many other segments are told of.
const OVERLAPS: usize = 5;

impl Difference {
    /// Who is in by `after` and not by `before`, and the other way round.
    pub(crate) fn of(
        app: &App,
        before: &RoaringBitmap,
        after: &RoaringBitmap,
    ) -> Answer<Difference> {
        Ok(Difference {
            enters: Moved::of(app, &(after - before))?,
            leaves: Moved::of(app, &(before - after))?,
        })
    }
}

/// A draft checked among the segments in force; `id` is the segment that it is to become.
pub(crate) fn checked(
    condition: Draft,
    id: Option<&str>,
    others: &[(SegmentId, Condition)],
) -> Answer<Condition> {
    let draft = SegmentDraft {
        id: id.unwrap_or("preview_").to_owned(),
        name: Said::default(),
        purpose: None,
        next_action: None,
        golden: None,
        owner: None,
        review_on: None,
        reviewed_on: None,
        condition,
    };
    let checked = ::segments::check_all(&[draft], others).map_err(faults_of_one)?;
    let condition = checked.into_iter().map(|one| one.condition).next();
    condition.ok_or_else(|| ApiError::ours("a draft", "no condition"))
}

/// Tries a condition on all customers.
#[utoipa::path(post, path = "/api/v1/preview", tag = "segments", request_body = Trial,
    responses((status = 200, body = Preview)))]
pub(crate) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<Trial>,
) -> Answer<axum::Json<Preview>> {
    let trying = Trying::new(&app, &caller, given, language)?;
    app.ask(move |app, gone| trying.run(app, gone)).await.map(axum::Json)
}

/// A condition ready to be tried: who is in follows from who fits each leaf.
struct Trying {
    condition: Condition,
    leaves: Vec<(String, Condition)>,
    sentence: String,
    background: Background,
    /// The saved segment, with its condition while it is in force: one that is not has no members.
    saved: Option<(String, Option<Condition>)>,
    catalogue: Arc<Catalogue>,
    scope: Scope,
    now: Timestamp,
    language: Language,
}

impl Trying {
    fn new(app: &App, caller: &Caller, given: Trial, language: Language) -> Answer<Trying> {
        let live = app.live()?;
        let (catalogue, now) = (live.catalogue.clone(), app.trying_at(&live));
        let background = Background::of(&live);
        let id = given.segment.as_deref();
        let condition = checked(given.condition, id, background.segments())?;
        let sentence = speaking(&catalogue, &app.calendar, now, language, |speaker| {
            say_condition(&condition, language, &speaker.words)
        });
        let mut leaves = vec![];
        collect_leaves(&condition, String::new(), &mut leaves);
        let mut saved = None;
        if let Some(id) = given.segment {
            let known = catalogue.all.get(&id).ok_or_else(ApiError::not_found)?;
            let in_force = known.segment.as_ref().filter(|_| !known.retired);
            saved = Some((id, in_force.map(|segment| segment.condition.clone())));
        }
        let scope = live.scope(caller);
        Ok(Trying {
            condition,
            leaves,
            sentence,
            background,
            saved,
            catalogue,
            scope,
            now,
            language,
        })
    }

    fn run(self, app: &App, gone: &Gone) -> Answer<Preview> {
        let ahead = AHEAD.map(|days| (days, self.now.plus(days * Timestamp::DAY)));
        let mut tried = vec![(&self.condition, self.now)];
        tried.extend(ahead.iter().map(|(_, at)| (&self.condition, *at)));
        tried.extend(self.leaves.iter().map(|(_, leaf)| (leaf, self.now)));
        let saved = self.saved.iter().filter_map(|(_, condition)| condition.as_ref());
        tried.extend(saved.map(|condition| (condition, self.now)));
        let fitting = app.fitting(&tried, &self.background, gone)?;
        let within =
            |condition: &Condition, at: Timestamp| self.scope.of(&fitting.members(condition, at));
        let members = within(&self.condition, self.now);
        let change = self.saved.as_ref().map(|(_, condition)| {
            let saved = condition.as_ref().map(|condition| within(condition, self.now));
            Difference::of(app, &saved.unwrap_or_default(), &members)
        });
        let coming = ahead.into_iter().map(|(days, at)| {
            let then = within(&self.condition, at);
            let (enters, leaves) = (then.difference_len(&members), members.difference_len(&then));
            Coming { days, enters, leaves }
        });
        let leaves = self.leaves.iter().map(|(path, leaf)| LeafCount {
            path: path.clone(),
            sentence: self
                .speaking(app, |speaker| say_condition(leaf, self.language, &speaker.words)),
            count: within(leaf, self.now).len(),
        });
        let everybody = self.scope.of(fitting.known(self.now));
        Ok(Preview {
            as_of: self.now.into(),
            count: members.len(),
            total: everybody.len(),
            funnel: funnel(&self.condition, (&fitting, self.now), &everybody),
            sentence: self.sentence.clone(),
            coming: coming.collect(),
            leaves: leaves.collect(),
            sample: self.sample(app, &members, gone)?,
            change: change.transpose()?,
            overlap: self.overlap(app, &members)?,
            faults: vec![],
        })
    }

    fn sample(&self, app: &App, members: &RoaringBitmap, gone: &Gone) -> Answer<Vec<SampleRow>> {
        let questions = Questions::new(vec![self.condition.clone()], &self.background)?;
        let questions = app.ready(questions, self.now, gone)?;
        let plan = questions.plan();
        let mut builder = HistoryBuilder::new();
        let mut rows = vec![];
        for customer in members.iter().take(SAMPLE) {
            app.store.history(CustomerNo(customer), &mut builder)?;
            let because = plan.explain(0, builder.finish(), self.now, &app.calendar);
            let why = self.speaking(app, |speaker| speaker.in_short(&because));
            let named = names(app, std::iter::once(customer))?;
            rows.extend(named.into_iter().map(|CustomerName { key, name, kind }| SampleRow {
                key,
                name,
                kind,
                why: why.clone(),
            }));
        }
        Ok(rows)
    }

    fn overlap(&self, app: &App, members: &RoaringBitmap) -> Answer<Vec<Overlap>> {
        let live = app.live()?;
        let edited = self.saved.as_ref().map(|(id, _)| id.as_str());
        let mut overlaps = vec![];
        for (number, (id, _)) in live.rules.segments().iter().enumerate() {
            let other = self.scope.of(live.engine.members(number));
            let both = members.intersection_len(&other);
            if edited == Some(id.as_str()) || both == 0 {
                continue;
            }
            let name = live.catalogue.name(id, self.language);
            overlaps.push(Overlap {
                segment: id.to_string(),
                name: name.unwrap_or_else(|| id.to_string()),
                both,
                of_this_percent: both * 100 / members.len(),
                of_other_percent: both * 100 / other.len(),
            });
        }
        overlaps.sort_by_key(|one| (Reverse(one.both), Reverse(one.of_other_percent)));
        overlaps.truncate(OVERLAPS);
        Ok(overlaps)
    }

    fn speaking<T>(&self, app: &App, say: impl FnOnce(&::segments::Speaker<'_>) -> T) -> T {
        speaking(&self.catalogue, &app.calendar, self.now, self.language, say)
    }
}

/// Why a customer is in a condition that is not saved, or is not.
#[utoipa::path(post, path = "/api/v1/preview/why/{customer}", tag = "segments",
    request_body = TrialWhy, responses((status = 200, body = Why)))]
pub(crate) async fn why(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(customer): Path<String>,
    Json(given): Json<TrialWhy>,
) -> Answer<axum::Json<Why>> {
    let (catalogue, background, now) = {
        let live = app.live()?;
        (live.catalogue.clone(), Background::of(&live), live.at)
    };
    let condition = checked(given.condition, None, background.segments())?;
    let questions = Questions::new(vec![condition], &background)?;
    let questions = app.ask(move |app, gone| app.ready(questions, now, gone)).await?;
    let unsaved = match language {
        Language::Ja => "この条件",
        Language::En => "this condition",
    };
    let segment = SegmentName { id: String::new(), name: unsaved.to_owned() };
    let calendar = app.calendar.clone();
    let found = Found::read(&app, &caller, &customer)?;
    found
        .explained(&app, segment, &catalogue, (now, language), move |history| {
            let plan = questions.plan();
            let mut scratch = Scratch::default();
            let (reading, since) = stay((plan, &calendar), 0, history, now, &mut scratch);
            (reading, since, plan.explain(0, history, now, &calendar))
        })
        .await
        .map(axum::Json)
}

/// The leaves of a condition, each with its path in the draft.
fn collect_leaves(condition: &Condition, path: String, leaves: &mut Vec<(String, Condition)>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            let head = if matches!(condition, Condition::All(_)) { "all" } else { "any" };
            for (place, part) in parts.iter().enumerate() {
                collect_leaves(part, format!("{path}/{head}/{place}"), leaves);
            }
        }
        Condition::Not(inner) => {
            collect_leaves(inner, format!("{path}/not"), leaves);
            if !matches!(**inner, Condition::All(_) | Condition::Any(_)) {
                leaves.push((path, condition.clone()));
            }
        }
        Condition::Points { parts, .. } => {
            leaves.push((path.clone(), condition.clone()));
            for (place, (_, part)) in parts.iter().enumerate() {
                collect_leaves(part, format!("{path}/points/{place}/when"), leaves);
            }
        }
        // What stands inside "for some value", or is asked of contacts, means nothing alone.
        Condition::Some { .. }
        | Condition::Contacts { .. }
        | Condition::Company(_)
        | Condition::Leaf(_) => leaves.push((path, condition.clone())),
    }
}
