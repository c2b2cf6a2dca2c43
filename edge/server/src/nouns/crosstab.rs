//! Two measures side by side: exact counts for every cell, now and some days before, and who is in a cell.

use ::segments::{Axis, AxisFault, BANDS_MOST, Band, Seen, amount_of};
use axum::extract::State;
use condition::{Condition, Draft, Language, SegmentId};
use facts::{Decimal, Timestamp};
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

use crate::{
    host::{
        App, Scope,
        asking::{Background, Census, Gone, Questions},
        catalogue::Catalogue,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        language::Spoken,
        take::Json,
    },
    nouns::{
        preview::checked,
        wire::{CustomerName, Instant, Page, names},
    },
};

/// One side of a table. Edges and values that are left out are proposed from what is there.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum AxisBody {
    /// How long ago the last event of a name was; edges in days, rising.
    Recency {
        event: String,
        #[serde(default)]
        edges: Vec<u32>,
    },
    /// How many events of a name there were in so many days.
    Frequency {
        event: String,
        days: u32,
        #[serde(default)]
        edges: Vec<u32>,
    },
    /// What a property of these events comes to; edges are decimals as text.
    Amount {
        event: String,
        of: String,
        days: u32,
        #[serde(default)]
        edges: Vec<String>,
    },
    /// What an attribute says.
    Attribute {
        key: String,
        #[serde(default)]
        #[schema(value_type = Vec<Object>)]
        values: Vec<serde_json::Value>,
    },
    /// The first of some segments that somebody is in.
    Segments { ids: Vec<String> },
}

/// What stands in a cell beside the number of customers.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(tag = "show", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Shown {
    /// How many of them are in a segment.
    Share { segment: String },
    /// What a property of events comes to in so many days.
    Amount { event: String, of: String, days: u32 },
}

/// A table to count.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableBody {
    rows: AxisBody,
    /// Left out: one column of everybody.
    #[serde(default)]
    columns: Option<AxisBody>,
    /// Only the members of this segment.
    #[serde(default)]
    within: Option<String>,
    #[serde(default)]
    shown: Option<Shown>,
    /// So many days before, to compare with.
    #[serde(default)]
    before_days: Option<u32>,
}

/// Whom of a table to list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CellBody {
    table: TableBody,
    /// The row, from 0; all rows when left out.
    #[serde(default)]
    row: Option<usize>,
    /// The column, from 0; all columns when left out.
    #[serde(default)]
    column: Option<usize>,
    #[serde(default)]
    moved: Option<MovedBody>,
    #[serde(default)]
    after: Option<String>,
    #[serde(default)]
    limit: Option<usize>,
}

/// Only those who came to the cell, or went from it, since the instant before.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MovedBody {
    Entered,
    Left,
}

/// A table of exact counts.
#[derive(Serialize, ToSchema)]
pub(crate) struct CrossTable {
    as_of: Instant,
    /// The instant it is compared with.
    before: Option<Instant>,
    total: u64,
    /// The axes as they were drawn, with all edges and values.
    rows: AxisBody,
    columns: Option<AxisBody>,
    row_bands: Vec<BandRow>,
    column_bands: Vec<BandRow>,
    /// By row, then by column.
    cells: Vec<Vec<Cell>>,
}

/// One band of an axis.
#[derive(Serialize, ToSchema)]
pub(crate) struct BandRow {
    label: String,
    #[schema(value_type = Object)]
    condition: Draft,
    count: u64,
}

/// One cell.
#[derive(Serialize, ToSchema)]
pub(crate) struct Cell {
    count: u64,
    /// How many were in it at the instant before.
    before: Option<u64>,
    /// Who is in now and was not.
    entered: Option<u64>,
    /// Who was in and is not now.
    left: Option<u64>,
    /// What is shown beside the count, as a decimal.
    value: Option<String>,
}

/// Those in a cell.
#[derive(Serialize, ToSchema)]
pub(crate) struct CellCustomers {
    as_of: Instant,
    count: u64,
    rows: Vec<CustomerName>,
    /// `after` of the next page; null on the last one.
    next: Option<String>,
}

/// The most days a table is compared with.
const BEFORE_MOST: u32 = 3_660;

impl AxisBody {
    fn read(&self) -> Answer<Axis> {
        Ok(match self.clone() {
            AxisBody::Recency { event, edges } => Axis::Recency { event, edges },
            AxisBody::Frequency { event, days, edges } => Axis::Frequency { event, days, edges },
            AxisBody::Amount { event, of, days, edges } => {
                let edges = edges.iter().map(|edge| decimal(edge)).collect::<Answer<_>>()?;
                Axis::Amount { event, of, days, edges }
            }
            AxisBody::Attribute { key, values } => Axis::Attribute { key, values },
            AxisBody::Segments { ids } => Axis::Segments { ids },
        })
    }

    fn of(axis: &Axis) -> AxisBody {
        match axis.clone() {
            Axis::Recency { event, edges } => AxisBody::Recency { event, edges },
            Axis::Frequency { event, days, edges } => AxisBody::Frequency { event, days, edges },
            Axis::Amount { event, of, days, edges } => {
                let edges = edges.iter().map(|edge| edge.normalize().to_string()).collect();
                AxisBody::Amount { event, of, days, edges }
            }
            Axis::Attribute { key, values } => AxisBody::Attribute { key, values },
            Axis::Segments { ids } => AxisBody::Segments { ids },
        }
    }
}

fn decimal(text: &str) -> Answer<Decimal> {
    let shown: String = text.chars().take(40).collect();
    text.trim().parse().map_err(|_| {
        ApiError::invalid(
            format!("境界「{shown}」は数として読めません"),
            format!("the edge `{shown}` is no number"),
        )
    })
}

fn undrawable(fault: AxisFault) -> ApiError {
    let (ja, en) = match fault {
        AxisFault::Edges => {
            ("境界は0より大きく、小さい順に並べてください", "write edges above 0, rising")
        }
        AxisFault::TooMany => ("区分が多すぎます", "there are too many bands"),
        AxisFault::Nothing => ("セグメントを一つ以上選んでください", "name at least one segment"),
        AxisFault::Days => ("日数は1〜3660にしてください", "write 1 to 3660 days"),
    };
    ApiError::invalid(
        format!("{ja}（区分は{BANDS_MOST}まで）"),
        format!("{en} (at most {BANDS_MOST} bands)"),
    )
}

/// A table ready to be counted.
struct Counting {
    rows: Axis,
    columns: Option<Axis>,
    within: Option<Condition>,
    share: Option<Condition>,
    amount: Option<(String, String, u32)>,
    before: Option<Timestamp>,
    background: Background,
    catalogue: Arc<Catalogue>,
    scope: Scope,
    now: Timestamp,
}

/// The bands of both sides, and who is in each of them at each instant.
struct Counted {
    row_bands: Vec<Band>,
    column_bands: Vec<Band>,
    now: Grid,
    before: Option<Grid>,
    share: Option<RoaringBitmap>,
}

/// Who is in each band at an instant.
struct Grid {
    rows: Vec<RoaringBitmap>,
    columns: Vec<RoaringBitmap>,
    everybody: RoaringBitmap,
}

impl Grid {
    /// Those in a cell; a side that is not named is not looked at.
    fn cell(&self, row: Option<usize>, column: Option<usize>) -> RoaringBitmap {
        let row = row.and_then(|row| self.rows.get(row));
        let column = column.and_then(|column| self.columns.get(column));
        match (row, column) {
            (Some(row), Some(column)) => row & column,
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => self.everybody.clone(),
        }
    }
}

impl Counting {
    fn read(app: &App, caller: &Caller, given: &TableBody) -> Answer<Counting> {
        let live = app.live()?;
        let background = Background::of(&live);
        let segment = |id: &str| {
            let id = SegmentId::new(id).filter(|id| live.rules.segment(id).is_some());
            let id = id.ok_or_else(ApiError::not_found)?;
            Answer::Ok(Condition::Leaf(condition::Leaf::Segment(id)))
        };
        let (mut share, mut amount) = (None, None);
        match &given.shown {
            Some(Shown::Share { segment: id }) => share = Some(segment(id)?),
            Some(Shown::Amount { event, of, days }) => {
                amount = Some((event.clone(), of.clone(), *days));
            }
            None => {}
        }
        let days = given.before_days.map(|days| i64::from(days.clamp(1, BEFORE_MOST)));
        Ok(Counting {
            rows: given.rows.read()?,
            columns: given.columns.as_ref().map(AxisBody::read).transpose()?,
            within: given.within.as_deref().map(segment).transpose()?,
            share,
            amount,
            before: days.map(|days| live.at.plus(-days * Timestamp::DAY)),
            background,
            catalogue: live.catalogue.clone(),
            scope: live.scope(caller),
            now: live.at,
        })
    }

    /// Proposes the edges that were left out.
    fn propose(&mut self, app: &App, gone: &Gone) -> Answer<()> {
        let axes = [Some(self.rows.clone()), self.columns.clone()];
        if axes.iter().flatten().all(|axis| !axis.is_open()) {
            return Ok(());
        }
        let begin = || [Seen::default(), Seen::default()];
        let pieces = app.over_everybody(gone, begin, |seen, customer, history| {
            if !self.scope.contains(customer) {
                return;
            }
            for (seen, axis) in seen.iter_mut().zip(&axes) {
                if let Some(axis) = axis.as_ref().filter(|axis| axis.is_open()) {
                    seen.add(axis, history, self.now);
                }
            }
        })?;
        let [mut of_rows, mut of_columns] = begin();
        for [rows, columns] in pieces {
            of_rows.merge(rows);
            of_columns.merge(columns);
        }
        let [rows, columns] = axes;
        self.rows = rows.map_or_else(|| self.rows.clone(), |axis| of_rows.fill(axis));
        self.columns = columns.map(|axis| of_columns.fill(axis));
        Ok(())
    }

    fn count(&mut self, app: &App, gone: &Gone) -> Answer<Counted> {
        self.propose(app, gone)?;
        let row_bands = self.rows.bands().map_err(undrawable)?;
        let columns = self.columns.as_ref().map(Axis::bands).transpose().map_err(undrawable)?;
        let column_bands = columns.unwrap_or_default();
        let drafts = row_bands.iter().chain(&column_bands);
        let mut asked = drafts
            .map(|band| checked(band.condition.clone(), None, self.background.segments()))
            .collect::<Answer<Vec<Condition>>>()?;
        asked.extend(self.within.clone());
        let n = asked.len();
        asked.extend(self.share.clone());
        let questions = Questions::new(asked, &self.background)?;
        let questions = app.ready(questions, self.now, gone)?;
        let mut instants = vec![(self.now, questions.all())];
        instants.extend(self.before.map(|before| (before, (0..n).collect())));
        let census = app.census(&questions, &instants, &self.scope, gone)?;
        let mut census = census.into_iter();
        let mut first =
            census.next().ok_or_else(|| ApiError::ours("a table", "nothing was counted"))?;
        let share = self.share.as_ref().and_then(|_| first.members.pop());
        let sides = (row_bands.len(), self.within.is_some());
        let now = grid(first, sides);
        let before = census.next().map(|census| grid(census, sides));
        Ok(Counted { row_bands, column_bands, now, before, share })
    }

    /// The sum of a property over each cell, by row and column.
    fn amounts(&self, app: &App, grid: &Grid, gone: &Gone) -> Answer<Option<Vec<Vec<Decimal>>>> {
        let Some((event, of, days)) = &self.amount else { return Ok(None) };
        let n_columns = grid.columns.len().max(1);
        let nothing = || vec![vec![Decimal::ZERO; n_columns]; grid.rows.len()];
        let pieces = app.over_everybody(gone, nothing, |sums, customer, history| {
            if !grid.everybody.contains(customer) {
                return;
            }
            let within =
                |side: &[RoaringBitmap]| side.iter().position(|one| one.contains(customer));
            let Some(row) = within(&grid.rows) else { return };
            let column = within(&grid.columns).unwrap_or(0);
            let sum = amount_of(history, (event, of), *days, self.now);
            sums[row][column] = sums[row][column].saturating_add(sum);
        })?;
        let mut all = nothing();
        for piece in pieces {
            for (all, some) in all.iter_mut().flatten().zip(piece.into_iter().flatten()) {
                *all = all.saturating_add(some);
            }
        }
        Ok(Some(all))
    }

    fn table(mut self, app: &App, gone: &Gone, language: Language) -> Answer<CrossTable> {
        let counted = self.count(app, gone)?;
        let amounts = self.amounts(app, &counted.now, gone)?;
        let n_columns = counted.column_bands.len().max(1);
        let cell = |row: usize, column: usize| {
            let value = amounts.as_ref().map(|sums| sums[row][column].normalize().to_string());
            cell(&counted, (row, column), value)
        };
        let cells = (0..counted.row_bands.len())
            .map(|row| (0..n_columns).map(|column| cell(row, column)).collect());
        let bands = |bands: &[Band], members: &[RoaringBitmap]| {
            let named = bands.iter().zip(members).map(|(band, members)| BandRow {
                label: self.label(band, language),
                condition: band.condition.clone(),
                count: members.len(),
            });
            named.collect()
        };
        Ok(CrossTable {
            as_of: self.now.into(),
            before: self.before.map(Instant::from),
            total: counted.now.everybody.len(),
            row_bands: bands(&counted.row_bands, &counted.now.rows),
            column_bands: bands(&counted.column_bands, &counted.now.columns),
            cells: cells.collect(),
            rows: AxisBody::of(&self.rows),
            columns: self.columns.as_ref().map(AxisBody::of),
        })
    }

    /// A band of a segment goes by the segment's name.
    fn label(&self, band: &Band, language: Language) -> String {
        let said = band.label.get(language);
        let name = SegmentId::new(said).and_then(|id| self.catalogue.name(&id, language));
        name.unwrap_or_else(|| said.to_owned())
    }
}

/// The bitmaps of one instant sorted into rows and columns, all within the segment that was named.
fn grid(census: Census, (n_rows, is_within): (usize, bool)) -> Grid {
    let Census { known, mut members } = census;
    let within = if is_within { members.pop() } else { None };
    let everybody = within.map_or_else(|| known.clone(), |within| &within & &known);
    members.iter_mut().for_each(|one| *one &= &everybody);
    let columns = members.split_off(n_rows.min(members.len()));
    Grid { rows: members, columns, everybody }
}

fn cell(counted: &Counted, (row, column): (usize, usize), value: Option<String>) -> Cell {
    let of = |grid: &Grid| grid.cell(Some(row), (!grid.columns.is_empty()).then_some(column));
    let now = of(&counted.now);
    let before = counted.before.as_ref().map(of);
    let shared = counted.share.as_ref().map(|share| share.intersection_len(&now).to_string());
    Cell {
        count: now.len(),
        entered: before.as_ref().map(|before| now.difference_len(before)),
        left: before.as_ref().map(|before| before.difference_len(&now)),
        before: before.map(|before| before.len()),
        value: value.or(shared),
    }
}

/// Counts a table of one or two measures. Everybody the caller may see is in exactly one cell.
#[utoipa::path(post, path = "/api/v1/crosstab", tag = "segments", request_body = TableBody,
    responses((status = 200, body = CrossTable)))]
pub(crate) async fn table(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Json(given): Json<TableBody>,
) -> Answer<axum::Json<CrossTable>> {
    let counting = Counting::read(&app, &caller, &given)?;
    app.ask(move |app, gone| counting.table(app, gone, language)).await.map(axum::Json)
}

/// Those in a cell of a table, or those who came or went.
#[utoipa::path(post, path = "/api/v1/crosstab/customers", tag = "segments",
    request_body = CellBody, responses((status = 200, body = CellCustomers)))]
pub(crate) async fn customers(
    State(app): State<App>,
    caller: Caller,
    Json(given): Json<CellBody>,
) -> Answer<axum::Json<CellCustomers>> {
    let CellBody { table, row, column, moved, after, limit } = given;
    let mut counting = Counting::read(&app, &caller, &table)?;
    let as_of = counting.now.into();
    let who = app
        .ask(move |app, gone| {
            let counted = counting.count(app, gone)?;
            let n = (counted.row_bands.len(), counted.column_bands.len().max(1));
            if row.is_some_and(|row| n.0 <= row) || column.is_some_and(|column| n.1 <= column) {
                return Err(ApiError::not_found());
            }
            let now = counted.now.cell(row, column);
            let before = counted.before.map(|grid| grid.cell(row, column)).unwrap_or_default();
            Ok(match moved {
                None => now,
                Some(MovedBody::Entered) => now - before,
                Some(MovedBody::Left) => before - now,
            })
        })
        .await?;
    let page = Page { after, limit, q: None };
    let (rows, next) = page.of(&who)?;
    let rows = names(&app, rows.into_iter())?;
    Ok(axum::Json(CellCustomers { as_of, count: who.len(), rows, next }))
}
