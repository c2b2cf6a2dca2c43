//! Which columns a model may learn from. Names of rows, copies of the label and what is known only afterwards are
//! noticed and left out, each with its reason.

use serde::{Deserialize, Serialize};

use super::{
    Column, Table,
    features::{Feature, Reading, choice, counted, mentions},
    measure::auc,
};

/// Why a column is not learnt from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Reason {
    /// It is the label.
    Label,
    /// It says when; a model that learns it knows nothing of the next time.
    Time,
    /// It says in which part a row is tried.
    Fold,
    /// Somebody asked to leave it out.
    Asked,
    /// It names rows, or whom they are about.
    Names,
    /// It is the same everywhere.
    Constant,
    /// It tells the label by itself nearly always, as only what is written down afterwards does.
    Leaks {
        /// The chance that it puts a positive row above another.
        auc: f64,
    },
    /// Whether it is filled tells the label nearly always.
    LeaksByHoles {
        /// The chance that a positive row is told by it.
        auc: f64,
    },
    /// It holds days after the row's own time.
    AfterTime {
        /// In how many rows.
        rows: usize,
    },
    /// It holds the same as another.
    CopyOf {
        /// The other.
        column: String,
    },
}

/// What was noticed in a column that is learnt from all the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Warning {
    /// It tells the label very well by itself: look whether it was known at that time.
    Strong {
        /// The column.
        column: String,
        /// The chance that it puts a positive row above another.
        auc: f64,
    },
    /// Rows with one value are all positive: look whether it is written down afterwards.
    OnlyPositive {
        /// The column.
        column: String,
        /// The value.
        value: String,
        /// How many rows have it.
        rows: usize,
    },
    /// Many words; the rarer ones count as one.
    ManyWords {
        /// The column.
        column: String,
        /// How many different words.
        words: usize,
    },
    /// The rows tried look different from the rows learnt from.
    Drifts {
        /// The column.
        column: String,
        /// The population stability index; .25 is much.
        index: f64,
    },
}

/// What each column is for.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Roles {
    /// What is learnt from.
    pub features: Vec<Feature>,
    /// The columns that are not, with the reason.
    pub left_out: Vec<(String, Reason)>,
    /// What was noticed.
    pub warnings: Vec<Warning>,
    /// Columns that name rows or whom they are about, for the results.
    pub names: Vec<String>,
}

/// What people say of the columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// The label.
    pub label: String,
    /// When each row is.
    pub time: Option<String>,
    /// In which part each row is tried.
    pub folds: Option<String>,
    /// Columns to leave out.
    pub without: Vec<String>,
    /// Columns to learn from whatever they look like.
    pub keep: Vec<String>,
}

/// From here on a column alone is too good to be true.
const LEAKS: f64 = 0.985;
/// From here on a column alone is suspiciously good.
const STRONG: f64 = 0.93;
/// Fewer rows of a value prove nothing.
const LEAST_PROOF: usize = 30;

/// Gives every column its role; `rows` are those with a label, and `positive` tells which of them are positive.
pub fn roles(table: &Table, said: &Said, rows: &[usize], positive: &[bool]) -> Roles {
    let mut found = Roles::default();
    let mut seen: Vec<(&str, &Column)> = Vec::new();
    for (name, column) in table.columns() {
        let reason = match asked(name, said) {
            Some(reason) => Some(reason),
            None if said.keep.iter().any(|kept| kept == name) => None,
            None => noticed(name, column, table, said, (rows, positive), &seen),
        };
        if reason == Some(Reason::Names) {
            found.names.push(name.to_owned());
        }
        if let Some(reason) = reason {
            found.left_out.push((name.to_owned(), reason));
            continue;
        }
        seen.push((name, column));
        warn(&mut found.warnings, name, column, (rows, positive));
        found.features.extend(recipes(name, column, said, table));
    }
    found
}

fn asked(name: &str, said: &Said) -> Option<Reason> {
    if name == said.label {
        Some(Reason::Label)
    } else if said.time.as_deref() == Some(name) {
        Some(Reason::Time)
    } else if said.folds.as_deref() == Some(name) {
        Some(Reason::Fold)
    } else if said.without.iter().any(|column| column == name) {
        Some(Reason::Asked)
    } else {
        None
    }
}

fn noticed(
    name: &str,
    column: &Column,
    table: &Table,
    said: &Said,
    (rows, positive): (&[usize], &[bool]),
    seen: &[(&str, &Column)],
) -> Option<Reason> {
    let holes = holes(column, rows);
    let by_holes = auc(&holes, positive);
    let by_holes = by_holes.max(1.0 - by_holes);
    if LEAKS <= by_holes {
        return Some(Reason::LeaksByHoles { auc: by_holes });
    }
    if is_constant(column) {
        return Some(Reason::Constant);
    }
    if let Some(n) = after_time(column, table, said) {
        return Some(Reason::AfterTime { rows: n });
    }
    let alone = alone(column, rows, positive);
    if names_rows(name, column) {
        return Some(Reason::Names);
    }
    if LEAKS <= alone {
        return Some(Reason::Leaks { auc: alone });
    }
    seen.iter()
        .find(|(_, other)| same(column, other))
        .map(|(other, _)| Reason::CopyOf { column: (*other).to_owned() })
}

fn is_constant(column: &Column) -> bool {
    match column {
        Column::Empty => true,
        // A single value with holes still tells holes from values.
        _ => column.distinct() <= 1 && column.filled() == rows_of(column),
    }
}

fn rows_of(column: &Column) -> usize {
    match column {
        Column::Empty => 0,
        Column::Numbers(values) | Column::Days(values) => values.len(),
        Column::Words { codes, .. } => codes.len(),
    }
}

/// In how many rows a day lies after the row's own time, when that is more than a slip.
fn after_time(column: &Column, table: &Table, said: &Said) -> Option<usize> {
    let (Column::Days(values), Some(Column::Days(now))) =
        (column, said.time.as_deref().and_then(|time| table.column(time)))
    else {
        return None;
    };
    let later = values.iter().zip(now).filter(|(value, now)| *now < *value).count();
    (table.rows() / 100 < later).then_some(later)
}

/// Whether a column names rows, or whom they are about, rather than telling something of them.
fn names_rows(name: &str, column: &Column) -> bool {
    let (filled, distinct) = (column.filled(), column.distinct());
    let called = is_called_name(name);
    let many = 20.max(filled / 20) < distinct;
    match column {
        Column::Empty => false,
        Column::Days(_) => false,
        Column::Numbers(values) => {
            let whole = values.iter().all(|value| value.is_nan() || value.fract() == 0.0);
            let each = distinct == filled && 20 <= filled;
            whole && (called && many || each && counts_rows(values))
        }
        Column::Words { words, .. } => {
            called && many || !reads_as_text(words) && 20 <= filled && 9 * filled <= 10 * distinct
        }
    }
}

/// Numbers that count up row by row, or fill one stretch without gaps.
fn counts_rows(values: &[f64]) -> bool {
    let there: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    let rising = there.windows(2).all(|pair| pair[0] < pair[1]);
    let low = there.iter().copied().fold(f64::INFINITY, f64::min);
    let high = there.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    rising || high - low < 1.05 * there.len() as f64
}

/// Whether a header is a word for a name, a key or a row's number.
fn is_called_name(header: &str) -> bool {
    const ENDINGS: [&str; 8] = ["id", "uuid", "guid", "key", "email", "mail", "phone", "rownames"];
    const WHOLE: [&str; 12] = [
        "no",
        "no.",
        "#",
        "index",
        "unnamed: 0",
        "rownum",
        "row",
        "name",
        "customer",
        "household",
        "user",
        "account",
    ];
    const JAPANESE: [&str; 10] = [
        "番号",
        "コード",
        "氏名",
        "名前",
        "会社名",
        "顧客名",
        "メール",
        "電話",
        "メールアドレス",
        "キー",
    ];
    let small = header.trim().to_lowercase();
    if WHOLE.contains(&small.as_str()) || JAPANESE.iter().any(|word| small.ends_with(word)) {
        return true;
    }
    // `customer_id`, `customerId` and 顧客ID, but not `paid`.
    let parts: Vec<&str> = small.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    let camel = header.ends_with("Id") || header.ends_with("ID");
    camel || parts.last().is_some_and(|part| ENDINGS.contains(part)) || small == "rownames"
}

/// 1 for a hole, for each of the rows.
fn holes(column: &Column, rows: &[usize]) -> Vec<f64> {
    let hole = |row: &usize| match column {
        Column::Empty => true,
        Column::Numbers(values) | Column::Days(values) => values[*row].is_nan(),
        Column::Words { codes, .. } => codes[*row] == 0,
    };
    rows.iter().map(|row| f64::from(u8::from(hole(row)))).collect()
}

/// How well a column tells the label alone: by its order, or by the share of positives of each of its words, learnt on
/// the other half of the rows.
pub(super) fn alone(column: &Column, rows: &[usize], positive: &[bool]) -> f64 {
    match column {
        Column::Empty => 0.5,
        Column::Numbers(values) | Column::Days(values) => {
            let there: Vec<(f64, bool)> = rows
                .iter()
                .zip(positive)
                .map(|(row, yes)| (values[*row], *yes))
                .filter(|(value, _)| !value.is_nan())
                .collect();
            let (values, positive): (Vec<f64>, Vec<bool>) = there.into_iter().unzip();
            let found = auc(&values, &positive);
            found.max(1.0 - found)
        }
        Column::Words { codes, words } => {
            auc(&by_other_half(codes, words.len(), rows, positive), positive)
        }
    }
}

/// For each row the share of positives among the rows of the other half with the same word.
fn by_other_half(codes: &[u32], n_words: usize, rows: &[usize], positive: &[bool]) -> Vec<f64> {
    let yes = positive.iter().filter(|yes| **yes).count() as f64;
    let mean = yes / (positive.len() as f64).max(1.0);
    let mut halves = [vec![(0.0, 0.0); n_words + 1], vec![(0.0, 0.0); n_words + 1]];
    for (place, (row, yes)) in rows.iter().zip(positive).enumerate() {
        let count = &mut halves[place % 2][codes[*row] as usize];
        *count = (count.0 + 1.0, count.1 + f64::from(u8::from(*yes)));
    }
    let of = |(place, row): (usize, &usize)| {
        let (n, yes) = halves[1 - place % 2][codes[*row] as usize];
        (yes + mean) / (n + 1.0)
    };
    rows.iter().enumerate().map(of).collect()
}

fn same(a: &Column, b: &Column) -> bool {
    match (a, b) {
        (Column::Numbers(a), Column::Numbers(b)) | (Column::Days(a), Column::Days(b)) => {
            a.iter().zip(b).all(|(a, b)| a == b || a.is_nan() && b.is_nan())
        }
        // Codes are given in the order of first sight, so equal columns have equal codes whatever the words.
        (Column::Words { codes: a, .. }, Column::Words { codes: b, .. }) => a == b,
        _ => false,
    }
}

fn warn(
    warnings: &mut Vec<Warning>,
    name: &str,
    column: &Column,
    (rows, positive): (&[usize], &[bool]),
) {
    let auc = alone(column, rows, positive);
    if STRONG <= auc {
        warnings.push(Warning::Strong { column: name.to_owned(), auc });
    }
    let Column::Words { codes, words } = column else { return };
    if 60 < words.len() && !is_text(codes, words) {
        warnings.push(Warning::ManyWords { column: name.to_owned(), words: words.len() });
    }
    let mut counts = vec![(0, 0); words.len() + 1];
    for (row, yes) in rows.iter().zip(positive) {
        let count = &mut counts[codes[*row] as usize];
        *count = (count.0 + 1, count.1 + usize::from(*yes));
    }
    let all = positive.iter().filter(|yes| **yes).count();
    let rare = 2 * all <= rows.len();
    for (word, (n, yes)) in words.iter().zip(&counts[1..]) {
        // One in ten of all positives at least, and every one of its rows.
        if rare && LEAST_PROOF <= *n && n == yes && all <= 10 * yes {
            let value = word.clone();
            warnings.push(Warning::OnlyPositive { column: name.to_owned(), value, rows: *n });
        }
    }
}

/// Whether words are texts rather than choices: mostly different from each other, and made like sentences.
fn is_text(codes: &[u32], words: &[String]) -> bool {
    let filled: usize = counted(codes, words.len()).iter().sum();
    30 < words.len() && filled <= 4 * words.len() && reads_as_text(words)
}

/// Whether half of some words are sentences rather than names: they have a mark of one, four words, or the length of
/// one, where a character of Japanese counts as two letters.
fn reads_as_text(words: &[String]) -> bool {
    let sentence = |text: &&String| {
        let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        40 <= width
            || text.contains(['。', '、', '！', '？'])
            || 4 <= text.split_whitespace().count()
    };
    words.len() <= 2 * words.iter().filter(sentence).count()
}

fn recipes(name: &str, column: &Column, said: &Said, table: &Table) -> Vec<Feature> {
    let feature = |reading| Feature { column: name.to_owned(), reading };
    let has_days = |time: &String| matches!(table.column(time), Some(Column::Days(_)));
    match column {
        Column::Empty => vec![],
        Column::Numbers(values) if is_called_name(name) => {
            // A number that names one of a few things is a choice.
            let known = distinct(values);
            let words: Vec<String> = known.iter().map(|value| format!("{value}")).collect();
            let code = |value: &f64| {
                let place = known.binary_search_by(|one| one.total_cmp(value)).ok();
                place.map_or(0, |place| u32::try_from(place + 1).unwrap_or(0))
            };
            let codes: Vec<u32> = values.iter().map(code).collect();
            vec![feature(choice(&codes, &words))]
        }
        Column::Numbers(_) => vec![feature(Reading::Number)],
        Column::Days(_) => match said.time.clone().filter(has_days) {
            Some(time) => vec![feature(Reading::DaysBefore { time })],
            None => vec![feature(Reading::Number)],
        },
        Column::Words { codes, words } if is_text(codes, words) => {
            let mut found = vec![feature(Reading::Length)];
            found.extend(mentions(codes, words).into_iter().map(feature));
            found
        }
        Column::Words { codes, words } => vec![feature(choice(codes, words))],
    }
}

fn distinct(values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    sorted
}
