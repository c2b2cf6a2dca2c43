//! One run of a model, from reading to the card.

use std::time::Instant;

use condition::{Said, SegmentId};
use forecast::{
    lookalike::{Alike, Among, Prospects, prospecting},
    propensity::{
        Column, NoModel, Said as SaidOfColumns, Table, Trial, Tried, Wanted, Warning, prepare,
    },
};
use lessons::{AS_OF, CUSTOMER, Gaze, LABEL, Outcome};

use crate::{
    host::App,
    models::{
        FORM, Found, Learn, ModelCard, ModelDraft, ProspectKept, Run, SharedKept, Stage, Stop,
        Weights, gaze_of, millis_since, reading, refused,
        scoring::{Scores, Scoring},
        value,
    },
};

/// So many prospects are told of with their reasons.
const PROSPECTS: usize = 500;
/// Points in common, and nearest members, told of each.
const TOLD: usize = 3;

/// Learns, scores everybody and writes the scores.
pub(super) fn run(
    app: &App,
    draft: &ModelDraft,
    run: &Run,
) -> Result<(ModelCard, Option<Weights>), Stop> {
    match &draft.learn {
        Learn::Propensity { outcome } => propensity(app, draft, outcome, run),
        Learn::Lookalike { segment } => lookalike(app, draft, segment, run),
        Learn::Value { event, amount } => value::run(app, draft, (event, amount), run),
    }
}

/// Attributes that say the outcome itself, or were written by us.
fn hidden(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Happens { event, .. } | Outcome::Stops { event, .. } => {
            vec![format!("{event}_at"), format!("{event}_on")]
        }
    }
}

fn propensity(
    app: &App,
    draft: &ModelDraft,
    outcome: &Outcome,
    run: &Run,
) -> Result<(ModelCard, Option<Weights>), Stop> {
    let begun = Instant::now();
    let gaze = gaze_of(app, &hidden(outcome));
    let read = reading::lessons(app, run, &gaze, outcome, (draft.horizon_days, draft.seed))?;
    let (customers, drawn) = (read.customers, read.drawn);
    let lessons: Vec<i64> = read.lessons.iter().map(|at| at.millis()).collect();
    let (table, _) = read.table(&gaze);
    let took_reading = millis_since(begun);
    let begun = Instant::now();
    let time = (1 < lessons.len()).then(|| AS_OF.to_owned());
    let mut without = vec![CUSTOMER.to_owned()];
    without.extend(time.is_none().then(|| AS_OF.to_owned()));
    without.extend(too_many_words(&table));
    let said = SaidOfColumns { label: LABEL.to_owned(), time, without, ..SaidOfColumns::default() };
    let wanted = Wanted {
        said,
        positive: Some("1".to_owned()),
        whom: Some(CUSTOMER.to_owned()),
        seed: draft.seed,
        ..Wanted::default()
    };
    let prepared = prepare(&table, &wanted).map_err(|why| refused(&why))?;
    let tried = tried(run, &prepared.trials())?;
    let trained = prepared.conclude(tried).ok_or_else(one_outcome_only)?;
    let took_learning = millis_since(begun);
    let begun = Instant::now();
    let model = trained.model;
    let scoring = Scoring { app, run, gaze: &gaze, model: &model, id: &draft.id };
    let asked = |history: &facts::History, at| outcome.is_asked(history, at);
    let Scores { as_of, scored, written, batch } = scoring.everybody(asked, |_, score| score)?;
    let card = ModelCard {
        form: FORM,
        as_of: as_of.millis(),
        customers,
        drawn,
        lessons,
        scored,
        written,
        took: [took_reading, took_learning, millis_since(begun)],
        batch,
        found: Found::Propensity { card: model.card.clone() },
    };
    Ok((card, Some(Weights { form: FORM, gaze, model })))
}

fn one_outcome_only() -> Stop {
    Stop::Refused(Said::new(
        "確かめるために隠した期間に、片方の結果しかありません",
        "the days held back have one outcome only",
    ))
}

/// More different words than this name customers rather than kinds of them, and each would be a column of its own.
const WORDS_MOST: usize = 24;

/// The columns of words that are not learnt from.
fn too_many_words(table: &Table) -> Vec<String> {
    let many = |(name, column): (&str, &Column)| {
        let is_own = [CUSTOMER, AS_OF, LABEL].contains(&name);
        let is_words = matches!(column, Column::Words { .. });
        (is_words && !is_own && WORDS_MOST < column.distinct()).then(|| name.to_owned())
    };
    table.columns().filter_map(many).collect()
}

/// Runs the trials one after the other: the other cores are the server's.
fn tried(run: &Run, trials: &[Trial<'_>]) -> Result<Vec<Tried>, Stop> {
    let mut tried = vec![];
    for (place, trial) in trials.iter().enumerate() {
        run.at(Stage::Learning, place as u64, trials.len() as u64);
        run.check()?;
        tried.push(trial.run());
    }
    run.check()?;
    Ok(tried)
}

fn lookalike(
    app: &App,
    draft: &ModelDraft,
    segment: &str,
    run: &Run,
) -> Result<(ModelCard, Option<Weights>), Stop> {
    let begun = Instant::now();
    let gaze = gaze_of(app, &[]);
    let listed = {
        let live = app.live()?;
        let number = SegmentId::new(segment).and_then(|id| live.rules.segment(&id));
        let number = number.ok_or_else(|| {
            Stop::Refused(Said::new(
                "もとになるセグメントが使われていません",
                "the segment that it is about is not in use",
            ))
        })?;
        live.engine.members(number).clone()
    };
    let read = reading::now(app, run, &gaze, &listed, draft.seed)?;
    let (customers, drawn) = (read.customers, read.drawn);
    let who: Vec<u32> = read.rows.iter().map(|(customer, ..)| *customer).collect();
    let marks: Vec<bool> = who.iter().map(|customer| listed.contains(*customer)).collect();
    let (table, _) = read.table(&gaze);
    let took_reading = millis_since(begun);
    let begun = Instant::now();
    let mut own = [AS_OF, LABEL].map(str::to_owned).to_vec();
    own.extend(too_many_words(&table));
    let prospecting = prospecting(table, marks, &[CUSTOMER.to_owned()], &own, draft.seed)
        .map_err(|why| too_few_members(&why, listed.len()))?;
    let tried = tried(run, &prospecting.prepared().trials())?;
    let prospects = prospecting.conclude(tried).ok_or_else(one_outcome_only)?;
    let kept = told(&prospects, &gaze, &who, run)?;
    let took_learning = millis_since(begun);
    let begun = Instant::now();
    let unseen: std::collections::HashMap<u32, f64> =
        prospects.ranked.iter().map(|one| (who[one.row], one.likeness)).collect();
    let model = prospects.model.clone();
    let scoring = Scoring { app, run, gaze: &gaze, model: &model, id: &draft.id };
    let known =
        |history: &facts::History, at| history.known_since().is_some_and(|since| since <= at);
    let likeness = |customer: u32, score: f64| match listed.contains(customer) {
        true => 1.0,
        false => unseen.get(&customer).copied().unwrap_or((score / prospects.of_listed).min(1.0)),
    };
    let Scores { as_of, scored, written, batch } = scoring.everybody(known, likeness)?;
    let mut shown = model.card.clone();
    // What tells the members apart by itself is what they have in common, and nothing that leaked.
    shown
        .warnings
        .retain(|one| !matches!(one, Warning::Strong { .. } | Warning::OnlyPositive { .. }));
    let found = Found::Lookalike {
        card: shown,
        members: listed.len(),
        of_listed: prospects.of_listed,
        prospects: kept,
    };
    let card = ModelCard {
        form: FORM,
        as_of: as_of.millis(),
        customers,
        drawn,
        lessons: vec![as_of.millis()],
        scored,
        written,
        took: [took_reading, took_learning, millis_since(begun)],
        batch,
        found,
    };
    Ok((card, Some(Weights { form: FORM, gaze, model })))
}

fn too_few_members(why: &NoModel, members: u64) -> Stop {
    match why {
        NoModel::TooFew { .. } | NoModel::NoPositive { .. } => Stop::Refused(Said::new(
            format!(
                "似ている方を探すには、もとのセグメントに20人以上が必要です（いま{members}人）。ほかの方も20人以上必要です"
            ),
            format!(
                "to find those alike, the segment needs 20 members (it has {members}), and there must be 20 others"
            ),
        )),
        other => refused(other),
    }
}

/// The first prospects with what they have in common with the members and whom they are nearest to.
fn told(
    prospects: &Prospects,
    gaze: &Gaze,
    who: &[u32],
    run: &Run,
) -> Result<Vec<ProspectKept>, Stop> {
    let alike = prospects.alike();
    let mut kept = vec![];
    for one in prospects.ranked.iter().take(PROSPECTS) {
        run.check()?;
        kept.push(ProspectKept {
            customer: who[one.row],
            likeness: one.likeness,
            shared: shared(&alike, gaze, one.row),
            nearest: alike.nearest(one.row, TOLD).into_iter().map(|row| who[row]).collect(),
        });
    }
    Ok(kept)
}

fn shared(alike: &Alike<'_>, gaze: &Gaze, row: usize) -> Vec<SharedKept> {
    let found = alike.in_common(row, TOLD * 2).into_iter();
    found
        .filter(|one| gaze.look(&one.column).is_some())
        .take(TOLD)
        .map(|one| {
            let (members, rest, is_share) = match one.among {
                Among::Share { listed, rest } => (listed, rest, true),
                Among::Middle { listed, rest } => (listed, rest, false),
            };
            SharedKept { column: one.column, value: one.value, members, rest, is_share }
        })
        .collect()
}
