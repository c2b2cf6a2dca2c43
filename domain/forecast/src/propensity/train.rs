//! From a table with a label to a model: roles of columns, rows held back, every learner tried on them, the winner and
//! why, and a card that says all of it.
//!
//! ```text
//!   Table ──prepare──▶ Prepared ──trials──▶ Trial, Trial, … and the last on all rows   (may run beside each other)
//!                                              │ run
//!                                              ▼
//!                         conclude ◀──── Tried, Tried, …   ──▶ Trained { model, card, scores of the rows held back }
//! ```

use super::{
    Column, Frame, Table,
    boosting::Way,
    card::{Card, Drop, LabelCard, Outcome, Winner},
    features::{Feature, Reading},
    learn::{LEARNERS, Learner, Learnt, Lesson, learn},
    measure::{auc, loss, measure, tenths},
    model::Model,
    roles::{Roles, Said, Warning, alone, roles},
    splits::{HeldBack, NoSplit, Split, drawn, given, later, whom},
};
use crate::chance::Chance;

/// What is wanted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// What is said of the columns.
    pub said: Said,
    /// Which value of the label counts as positive; found out when not given.
    pub positive: Option<String>,
    /// The column that says whom rows are about; found out when not given.
    pub whom: Option<String>,
    /// Columns by which a score may only go one way.
    pub ways: Vec<(String, Way)>,
    /// The seed.
    pub seed: u64,
}

/// Why nothing can be learnt from a table.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoModel {
    /// There is no such column.
    #[error("there is no column `{0}`")]
    NoColumn(String),
    /// The label has not two values.
    #[error(
        "the label `{label}` has {values} different values; two are needed, or say which one counts as positive"
    )]
    NotTwo {
        /// The label.
        label: String,
        /// How many values it has.
        values: usize,
    },
    /// No row has the value that counts as positive.
    #[error("no row of `{label}` is `{positive}`")]
    NoPositive {
        /// The label.
        label: String,
        /// The value.
        positive: String,
    },
    /// Too few rows of one kind.
    #[error(
        "{positives} positive rows of {rows} are too few to learn from; {LEAST_ROWS} rows with {LEAST_POSITIVES} of each kind are needed"
    )]
    TooFew {
        /// Rows with a label.
        rows: usize,
        /// Positive ones.
        positives: usize,
    },
    /// No column is left to learn from.
    #[error("no column is left to learn from")]
    NoFeatures,
    /// Rows cannot be held back as wanted.
    #[error(transparent)]
    NoSplit(#[from] NoSplit),
}

/// Fewer rows are refused.
pub const LEAST_ROWS: usize = 100;
/// Fewer rows of one kind are refused.
pub const LEAST_POSITIVES: usize = 20;
/// More rows than this are not learnt from: a part is drawn by the seed.
const MOST_ROWS: usize = 200_000;

/// A table made ready.
#[derive(Debug)]
pub struct Prepared {
    frame: Frame,
    /// Rows with a label, in order.
    rows: Vec<usize>,
    /// For every row of the table.
    positive: Vec<bool>,
    whom: Vec<u32>,
    ways: Vec<Way>,
    roles: Roles,
    label: LabelCard,
    held_back: HeldBack,
    splits: Vec<Split>,
    times: Option<(String, String)>,
    rule: Option<Rule>,
    seed: u64,
}

/// The plainest score: one column.
#[derive(Debug)]
struct Rule {
    feature: usize,
    /// Whether less of it is more likely positive.
    falls: bool,
}

/// Learning from some rows, and scoring those held back. The last trial learns from everything.
#[derive(Debug, Clone, Copy)]
pub struct Trial<'a> {
    prepared: &'a Prepared,
    split: Option<&'a Split>,
}

/// What came of a trial.
#[derive(Debug)]
pub struct Tried {
    learnt: Learnt,
    /// For each learner the scores of the rows held back.
    scores: [Vec<f64>; 3],
}

/// A model, what is known of it, and the scores of the rows that were held back while it was tried.
#[derive(Debug)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// For each row of the table its score while it was held back, if it ever was.
    pub held_scores: Vec<Option<f64>>,
}

/// Makes a table ready, or says why nothing can be learnt from it.
///
/// # Errors
/// [`NoModel`], with what to do.
pub fn prepare(table: &Table, wanted: &Wanted) -> Result<Prepared, NoModel> {
    let said = &wanted.said;
    let named = [Some(&said.label), said.time.as_ref(), said.folds.as_ref(), wanted.whom.as_ref()];
    let asked = named.into_iter().flatten().chain(&said.without).chain(&said.keep);
    let ways = wanted.ways.iter().map(|(column, _)| column);
    if let Some(missing) = asked.chain(ways).find(|name| table.column(name).is_none()) {
        return Err(NoModel::NoColumn(missing.clone()));
    }
    let (label, rows, yes) = labelled(table, &said.label, wanted.positive.as_deref())?;
    let mut roles = roles(table, said, &rows, &yes);
    let about = wanted.whom.clone().or_else(|| repeated(table, &roles));
    let whom = whom(table, about.as_deref());
    let seen = (rows.as_slice(), yes.as_slice());
    let (held_back, splits) = match (&said.folds, &said.time) {
        (Some(column), _) => given(table, column, seen)?,
        (None, Some(column)) => later(table, column, seen)?,
        (None, None) => drawn(&whom, about.as_deref(), seen, wanted.seed)?,
    };
    if roles.features.is_empty() {
        return Err(NoModel::NoFeatures);
    }
    let frame = Frame::read(&roles.features, table);
    let mut positive = vec![false; table.rows()];
    for (row, yes) in rows.iter().zip(&yes) {
        positive[*row] = *yes;
    }
    if let (HeldBack::Later { .. } | HeldBack::Test { .. }, Some(split)) =
        (&held_back, splits.first())
    {
        roles.warnings.extend(drifts(table, &roles.features, split));
    }
    let way_of = |feature: &Feature| {
        let wanted = wanted.ways.iter().find(|(column, _)| *column == feature.column);
        wanted.filter(|_| feature.reading == Reading::Number).map_or(Way::Any, |(_, way)| *way)
    };
    let ways = roles.features.iter().map(way_of).collect();
    let times = said.time.as_ref().and_then(|name| span(table, name, &rows));
    let rule = splits.first().and_then(|split| rule(&frame, split, &positive));
    let seed = wanted.seed;
    Ok(Prepared {
        frame,
        rows,
        positive,
        whom,
        ways,
        roles,
        label,
        held_back,
        splits,
        times,
        rule,
        seed,
    })
}

impl Prepared {
    /// Everything that is to be run; in any order, or beside each other.
    pub fn trials(&self) -> Vec<Trial<'_>> {
        let held = self.splits.iter().map(Some).chain([None]);
        held.map(|split| Trial { prepared: self, split }).collect()
    }

    /// Chooses the winner by what came of the trials, which are in the order of [`Prepared::trials`].
    pub fn conclude(self, mut tried: Vec<Tried>) -> Option<Trained> {
        let last = tried.pop()?;
        let held: Vec<usize> =
            self.splits.iter().flat_map(|split| split.held.iter().copied()).collect();
        let yes: Vec<bool> = held.iter().map(|row| self.positive[*row]).collect();
        let scores = LEARNERS.map(|learner| {
            tried
                .iter()
                .flat_map(|one| one.scores[learner as usize].iter().copied())
                .collect::<Vec<f64>>()
        });
        let outcomes = LEARNERS
            .iter()
            .zip(&scores)
            .map(|(learner, scores)| {
                let measures = measure(scores, &yes, self.seed)?;
                Some(Outcome { learner: *learner, measures })
            })
            .collect::<Option<Vec<Outcome>>>()?;
        let winner = winner(&scores, &yes);
        let of_winner = &scores[winner.learner as usize];
        let mut held_scores = vec![None; self.frame.rows];
        for (row, score) in held.iter().zip(of_winner) {
            held_scores[*row] = Some(*score);
        }
        let rule = self.rule.as_ref().map(|rule| self.rule_outcome(rule, &held, &yes));
        let card = Card {
            rows: self.frame.rows,
            label: self.label,
            features: self.roles.features.iter().map(Feature::name).collect(),
            left_out: self
                .roles
                .left_out
                .into_iter()
                .map(|(column, reason)| Drop { column, reason })
                .collect(),
            warnings: self.roles.warnings,
            times: self.times,
            held_back: self.held_back,
            learnt_rows: self.rows.len().min(MOST_ROWS),
            seed: self.seed,
            tenths: tenths(of_winner, &yes),
            outcomes,
            winner,
            rule,
            settings: last.learnt.settings,
            importance: vec![],
        };
        let mut model = Model {
            features: self.roles.features,
            names: self.roles.names,
            learnt: last.learnt,
            card,
        };
        model.weigh(&self.frame, &self.rows);
        Some(Trained { model, held_scores })
    }

    fn rule_outcome(&self, rule: &Rule, held: &[usize], yes: &[bool]) -> (String, f64) {
        let values = numbers(&self.frame, rule.feature);
        let side = if rule.falls { -1.0 } else { 1.0 };
        let of = |row: &usize| {
            if values[*row].is_nan() { f64::NEG_INFINITY } else { side * values[*row] }
        };
        let scores: Vec<f64> = held.iter().map(of).collect();
        (self.roles.features[rule.feature].name(), auc(&scores, yes))
    }
}

impl Trial<'_> {
    /// Learns, and scores what was held back.
    pub fn run(&self) -> Tried {
        let prepared = self.prepared;
        let (rows, held) = match self.split {
            Some(split) => (split.learn.as_slice(), split.held.as_slice()),
            None => (prepared.rows.as_slice(), &[][..]),
        };
        let rows = drawn_rows(rows, prepared.seed);
        let lesson = Lesson {
            frame: &prepared.frame,
            rows: &rows,
            positive: &prepared.positive,
            whom: &prepared.whom,
            ways: &prepared.ways,
            seed: prepared.seed,
        };
        let learnt = learn(&lesson);
        let scores = LEARNERS.map(|learner| learnt.scores_of(&prepared.frame, learner, held));
        Tried { learnt, scores }
    }
}

/// The rows themselves, or as many drawn from them as can be learnt from in a reasonable time.
fn drawn_rows(rows: &[usize], seed: u64) -> Vec<usize> {
    let mut drawn = rows.to_vec();
    if MOST_ROWS < rows.len() {
        Chance::new(seed, 5).shuffle(&mut drawn);
        drawn.truncate(MOST_ROWS);
        drawn.sort_unstable();
    }
    drawn
}

/// The label, the rows that have one, and which of them are positive.
fn labelled(
    table: &Table,
    label: &str,
    wanted: Option<&str>,
) -> Result<(LabelCard, Vec<usize>, Vec<bool>), NoModel> {
    let column = table.column(label).ok_or_else(|| NoModel::NoColumn(label.to_owned()))?;
    let distinct = column.distinct();
    let values = if distinct <= 50 { different(column, table.rows()) } else { vec![] };
    let positive = match wanted {
        Some(wanted) => wanted.to_owned(),
        None if values.len() == 2 => which_is_positive(&values),
        None => return Err(NoModel::NotTwo { label: label.to_owned(), values: distinct }),
    };
    let texts = (0..table.rows()).map(|row| column.text(row));
    let there: Vec<(usize, bool)> = texts
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(row, text)| (row, text == positive))
        .collect();
    let (rows, yes): (Vec<usize>, Vec<bool>) = there.into_iter().unzip();
    let positives = yes.iter().filter(|yes| **yes).count();
    if positives == 0 {
        return Err(NoModel::NoPositive { label: label.to_owned(), positive });
    }
    if rows.len() < LEAST_ROWS || positives.min(rows.len() - positives) < LEAST_POSITIVES {
        return Err(NoModel::TooFew { rows: rows.len(), positives });
    }
    let card = LabelCard { column: label.to_owned(), positive, rows: rows.len(), positives };
    Ok((card, rows, yes))
}

/// The different values with how often each occurs.
fn different(column: &Column, rows: usize) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for text in (0..rows).map(|row| column.text(row)).filter(|text| !text.is_empty()) {
        *counts.entry(text).or_default() += 1;
    }
    counts.into_iter().collect()
}

/// Of two values the one that says yes; else the larger number; else the rarer word.
fn which_is_positive(values: &[(String, usize)]) -> String {
    const YES: [&str; 26] = [
        "yes",
        "y",
        "true",
        "t",
        "1",
        "positive",
        "churn",
        "churned",
        "left",
        "lost",
        "cancelled",
        "canceled",
        "bought",
        "won",
        "converted",
        "good",
        "はい",
        "有",
        "有り",
        "あり",
        "○",
        "済",
        "解約",
        "離反",
        "購入",
        "成約",
    ];
    const NO: [&str; 17] = [
        "no",
        "n",
        "false",
        "f",
        "0",
        "-1",
        "negative",
        "stayed",
        "active",
        "retained",
        "none",
        "いいえ",
        "無",
        "無し",
        "なし",
        "×",
        "継続",
    ];
    let is = |list: &[&str], value: &str| list.contains(&value.trim().to_lowercase().as_str());
    let (a, b) = (&values[0], &values[1]);
    let a_is = match (is(&YES, &a.0), is(&YES, &b.0)) {
        (true, false) => true,
        (false, true) => false,
        _ if is(&NO, &a.0) != is(&NO, &b.0) => is(&NO, &b.0),
        _ => match (a.0.parse::<f64>(), b.0.parse::<f64>()) {
            (Ok(x), Ok(y)) => y < x,
            _ => a.1 < b.1,
        },
    };
    if a_is { a.0.clone() } else { b.0.clone() }
}

/// The column of names whose names come again most, when they do: rows about one customer.
fn repeated(table: &Table, roles: &Roles) -> Option<String> {
    let again = |name: &String| {
        let column = table.column(name)?;
        let distinct = column.distinct();
        (10 * distinct <= 9 * column.filled() && 20 < distinct).then(|| (distinct, name.clone()))
    };
    roles.names.iter().filter_map(again).max().map(|(_, name)| name)
}

fn span(table: &Table, name: &str, rows: &[usize]) -> Option<(String, String)> {
    let column = table.column(name)?;
    let mut texts: Vec<(f64, String)> = rows
        .iter()
        .map(|row| {
            let order = match column {
                Column::Numbers(values) | Column::Days(values) => values[*row],
                Column::Words { .. } | Column::Empty => 0.0,
            };
            (order, *row)
        })
        .filter(|(order, _)| !order.is_nan())
        .map(|(order, row)| (order, column.text(row)))
        .collect();
    texts.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    Some((texts.first()?.1.clone(), texts.last()?.1.clone()))
}

/// The number that alone tells the rows to learn from best.
fn rule(frame: &Frame, split: &Split, positive: &[bool]) -> Option<Rule> {
    let yes: Vec<bool> = split.learn.iter().map(|row| positive[*row]).collect();
    let mut best: Option<(f64, Rule)> = None;
    for (feature, values) in frame.values.iter().enumerate() {
        let super::Values::Numbers(values) = values else { continue };
        let column = Column::Numbers(values.clone());
        let found = alone(&column, &split.learn, &yes);
        if best.as_ref().is_none_or(|(most, _)| *most < found) {
            let there: Vec<(f64, bool)> = split
                .learn
                .iter()
                .zip(&yes)
                .map(|(row, yes)| (values[*row], *yes))
                .filter(|(value, _)| !value.is_nan())
                .collect();
            let (values, yes): (Vec<f64>, Vec<bool>) = there.into_iter().unzip();
            best = Some((found, Rule { feature, falls: auc(&values, &yes) < 0.5 }));
        }
    }
    best.map(|(_, rule)| rule)
}

fn numbers(frame: &Frame, feature: usize) -> &[f64] {
    match &frame.values[feature] {
        super::Values::Numbers(values) => values,
        super::Values::Choices { .. } => &[],
    }
}

/// Columns whose values in the rows held back are unlike those learnt from (population stability index over tenths).
fn drifts(table: &Table, features: &[Feature], split: &Split) -> Vec<Warning> {
    let mut found = Vec::new();
    for feature in features {
        let super::Values::Numbers(values) = feature.read(table) else { continue };
        let mut sorted: Vec<f64> =
            split.learn.iter().map(|row| values[*row]).filter(|value| !value.is_nan()).collect();
        if sorted.len() < 100 || split.held.len() < 100 {
            continue;
        }
        sorted.sort_by(f64::total_cmp);
        let mut cuts: Vec<f64> = (1..10).map(|tenth| sorted[sorted.len() * tenth / 10]).collect();
        cuts.dedup();
        let shares = |rows: &[usize]| {
            let mut counts = vec![0.5; cuts.len() + 2];
            for row in rows {
                let value = values[*row];
                let bin =
                    if value.is_nan() { 0 } else { 1 + cuts.partition_point(|cut| *cut <= value) };
                counts[bin] += 1.0;
            }
            let all: f64 = counts.iter().sum();
            counts.into_iter().map(|count| count / all).collect::<Vec<f64>>()
        };
        let (before, after) = (shares(&split.learn), shares(&split.held));
        let index: f64 = before.iter().zip(&after).map(|(b, a)| (a - b) * (a / b).ln()).sum();
        if 0.25 <= index {
            found.push(Warning::Drifts { column: feature.name(), index });
        }
    }
    found
}

/// The least loss wins; but the logistic model, which can be read term by term, wins before it when its loss is not more
/// by more than the error of that difference.
fn winner(scores: &[Vec<f64>; 3], yes: &[bool]) -> Winner {
    let losses: Vec<Vec<f64>> = scores
        .iter()
        .map(|scores| scores.iter().zip(yes).map(|(score, yes)| loss(*score, *yes)).collect())
        .collect();
    let mean = |losses: &[f64]| losses.iter().sum::<f64>() / losses.len() as f64;
    let means: Vec<f64> = losses.iter().map(|losses| mean(losses)).collect();
    let best = (0..3).reduce(|a, b| if means[b] < means[a] { b } else { a }).unwrap_or(0);
    let worse: Vec<f64> = losses[0].iter().zip(&losses[best]).map(|(a, b)| a - b).collect();
    let (by, n) = (mean(&worse), worse.len() as f64);
    let spread = worse.iter().map(|one| (one - by).powi(2)).sum::<f64>();
    let error = (spread / (n - 1.0).max(1.0) / n).sqrt();
    let learner = if by <= error { Learner::Logistic } else { LEARNERS[best] };
    Winner { learner, best: LEARNERS[best], logistic_worse_by: by, error }
}
