//! Which column of a file of purchases is the customer, which the day and which the amount: by headers, else by values.

use std::collections::{BTreeMap, BTreeSet};

use intake::{Cell, Plain};

use super::{
    args,
    rows::{Rows, text},
};
use crate::screen::{Failure, Screen};

/// The columns of a purchase.
pub(crate) struct Columns {
    pub(crate) customer: usize,
    pub(crate) date: usize,
    pub(crate) amount: Option<Amount>,
    /// Other columns that name the same customers.
    others: Vec<usize>,
}

/// Where the amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// In a column.
    In(usize),
    /// The price of one, and how many.
    Times(usize, usize),
}

impl Columns {
    /// The customer of a row.
    pub(crate) fn key(&self, rows: &Rows, cells: &[Cell<'_>]) -> Option<String> {
        let key = cells.get(self.customer).map(text)?;
        // Some programs write whole numbers with a point when others are missing.
        let key = key.strip_suffix(".0").map_or(key.clone(), str::to_owned);
        let nothing = matches!(rows.plain(cells, self.customer), Plain::Nothing);
        (!nothing && !key.is_empty()).then_some(key)
    }

    /// What was paid; `None` where nothing is said.
    pub(crate) fn amount(&self, rows: &Rows, cells: &[Cell<'_>]) -> Option<f64> {
        let number = |column: usize| match rows.plain(cells, column) {
            Plain::Number(number) => Some(number),
            // 00012 is an amount where amounts stand.
            Plain::Words(words) => words.parse().ok(),
            Plain::Nothing | Plain::Day(_) => None,
        };
        match self.amount? {
            Amount::In(column) => number(column),
            Amount::Times(price, quantity) => Some(number(price)? * number(quantity)?),
        }
    }

    /// The other names of a row's customer.
    pub(crate) fn others(&self, _: &Rows, cells: &[Cell<'_>]) -> Vec<String> {
        self.others.iter().map(|column| cells.get(*column).map(text).unwrap_or_default()).collect()
    }

    /// The headers of [`Columns::others`].
    pub(crate) fn other_names(&self, rows: &Rows) -> Vec<String> {
        self.others.iter().map(|column| rows.headers[*column].clone()).collect()
    }

    /// Says what was guessed.
    pub(crate) fn tell(&self, rows: &Rows, screen: &Screen) {
        let name = |column: usize| rows.headers[column].clone();
        let amount = match self.amount {
            None => screen.say("なし", "none").to_owned(),
            Some(Amount::In(column)) => name(column),
            Some(Amount::Times(price, quantity)) => format!("{} × {}", name(price), name(quantity)),
        };
        let (customer, date) = (name(self.customer), name(self.date));
        screen.note(screen.say(
            &format!("列: 顧客 = {customer}、日付 = {date}、金額 = {amount}"),
            &format!("columns: customer = {customer}, day = {date}, amount = {amount}"),
        ));
    }
}

/// The columns of a habit.
pub(crate) struct HabitColumns {
    pub(crate) customer: usize,
    pub(crate) product: usize,
    pub(crate) date: usize,
}

/// Guesses the columns of customer, product and day, where they are not given.
pub(crate) fn habits(
    rows: &Rows,
    given: &args::Replenish,
    screen: &Screen,
) -> Result<HabitColumns, Failure> {
    let seen = look(rows, screen)?;
    let named = |given: &Option<String>| given.as_deref().map(|name| rows.column(name)).transpose();
    let (customer, product) = (named(&given.customer)?, named(&given.product)?);
    let date = named(&given.date)?
        .or_else(|| guess_date(rows, &seen, customer))
        .ok_or_else(|| not_found(rows, "日付", "days", "--date"))?;
    let by_word = |taken: Option<usize>| {
        let free = (0..seen.len()).filter(|column| *column != date && Some(*column) != taken);
        let named =
            free.filter_map(|column| Some((fits(&rows.headers[column], PRODUCTS)?, column)));
        named.min().map(|(_, column)| column)
    };
    let product = product
        .or_else(|| by_word(customer))
        .ok_or_else(|| not_found(rows, "商品", "products", "--product"))?;
    let taken = |column: usize| column == date || column == product;
    let customer = customer
        .or_else(|| guess_customer(rows, &seen, date, taken))
        .ok_or_else(|| not_found(rows, "顧客", "customers", "--customer"))?;
    let name = |column: usize| &rows.headers[column];
    let (c, p, d) = (name(customer), name(product), name(date));
    screen.note(screen.say(
        &format!("列: 顧客 = {c}、商品 = {p}、日付 = {d}"),
        &format!("columns: customer = {c}, product = {p}, day = {d}"),
    ));
    Ok(HabitColumns { customer, product, date })
}

fn not_found(rows: &Rows, ja: &str, en: &str, option: &str) -> Failure {
    Failure::new(
        format!(
            "{ja}の列が見つかりません。{option} で指定してください。列は {} です",
            rows.headers.join("、")
        ),
        format!(
            "no column of {en} was found; name it by {option}; the columns are {}",
            rows.headers.join(", ")
        ),
    )
}

/// What is seen of a column in the first rows.
#[derive(Default)]
struct Seen {
    values: BTreeMap<String, usize>,
    n: usize,
    days: usize,
    real_days: usize,
    numbers: usize,
    fractions: usize,
    negatives: usize,
}

const LOOKED_AT: usize = 20_000;

const CUSTOMERS: &[&str] = &[
    "customerid",
    "customer",
    "custid",
    "cust",
    "customerno",
    "customercode",
    "clientid",
    "client",
    "userid",
    "user",
    "householdid",
    "household",
    "memberid",
    "member",
    "accountid",
    "account",
    "buyerid",
    "buyer",
    "cardid",
    "visitorid",
    "id",
    "顧客id",
    "顧客番号",
    "顧客コード",
    "顧客",
    "会員番号",
    "会員id",
    "会員",
    "お客様番号",
    "お客様id",
    "得意先コード",
    "得意先",
    "取引先コード",
    "取引先",
    "ユーザーid",
    "顧客名",
    "氏名",
];
const DATES: &[&str] = &[
    "date",
    "day",
    "purchasedate",
    "orderdate",
    "invoicedate",
    "transactiondate",
    "purchasedat",
    "orderedat",
    "at",
    "time",
    "timestamp",
    "datetime",
    "transactiontimestamp",
    "購入日",
    "購入日時",
    "注文日",
    "注文日時",
    "受注日",
    "売上日",
    "取引日",
    "日付",
    "日時",
    "来店日",
];
const AMOUNTS: &[&str] = &[
    "amount",
    "sales",
    "value",
    "spend",
    "total",
    "revenue",
    "price",
    "salesvalue",
    "dollars",
    "dollarvalue",
    "totalprice",
    "totalamount",
    "linetotal",
    "monetary",
    "paymentvalue",
    "ordervalue",
    "subtotal",
    "payment",
    "金額",
    "購入金額",
    "売上",
    "売上金額",
    "売上高",
    "合計",
    "合計金額",
    "支払額",
    "支払金額",
    "税込金額",
    "注文金額",
];
const PRODUCTS: &[&str] = &[
    "product",
    "productid",
    "item",
    "itemid",
    "sku",
    "stockcode",
    "category",
    "productcategory",
    "article",
    "productname",
    "商品",
    "商品コード",
    "商品名",
    "品目",
    "品番",
    "商品カテゴリ",
    "カテゴリ",
];
const PRICES: &[&str] = &["unitprice", "price", "単価", "価格"];
const QUANTITIES: &[&str] = &["quantity", "qty", "units", "数量", "個数", "点数"];

/// Guesses the columns, where they are not given.
pub(crate) fn guess(rows: &Rows, given: &args::Clv, screen: &Screen) -> Result<Columns, Failure> {
    let seen = look(rows, screen)?;
    let named = |given: &Option<String>| given.as_deref().map(|name| rows.column(name)).transpose();
    let (customer, date) = (named(&given.customer)?, named(&given.date)?);
    let date = date
        .or_else(|| guess_date(rows, &seen, customer))
        .ok_or_else(|| not_found(rows, "日付", "days", "--date"))?;
    let (amount, no_amount) = match given.amount.as_deref() {
        Some("-") => (None, true),
        Some(name) => (Some(Amount::In(rows.column(name)?)), false),
        None => (None, false),
    };
    let taken = |column: usize| column == date || amount == Some(Amount::In(column));
    let customer = customer
        .or_else(|| guess_customer(rows, &seen, date, taken))
        .ok_or_else(|| not_found(rows, "顧客", "customers", "--customer"))?;
    let others = alike(rows, customer, date, screen)?;
    let amount = if no_amount {
        None
    } else {
        amount.or_else(|| guess_amount(rows, &seen, customer, date, &others))
    };
    Ok(Columns { customer, date, amount, others })
}

fn look(rows: &Rows, screen: &Screen) -> Result<Vec<Seen>, Failure> {
    let mut seen: Vec<Seen> = rows.headers.iter().map(|_| Seen::default()).collect();
    let mut n = 0;
    rows.each(screen, |_, cells| {
        n += 1;
        if LOOKED_AT < n {
            return;
        }
        for (column, seen) in seen.iter_mut().enumerate() {
            let plain = rows.plain(cells, column);
            if plain == Plain::Nothing {
                continue;
            }
            seen.n += 1;
            seen.days += usize::from(rows.day(cells, column).is_some());
            seen.real_days += usize::from(matches!(plain, Plain::Day(_)));
            if let Plain::Number(number) = plain {
                seen.numbers += 1;
                seen.fractions += usize::from(number.fract() != 0.0);
                seen.negatives += usize::from(number < 0.0);
            }
            *seen.values.entry(cells.get(column).map(text).unwrap_or_default()).or_default() += 1;
        }
    })?;
    Ok(seen)
}

/// A header without blanks, marks and capitals.
fn folded(header: &str) -> String {
    header.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How well a header fits a list of words: the whole of it, or its end; the earlier words first.
fn fits(header: &str, words: &[&str]) -> Option<usize> {
    let header = folded(header);
    words.iter().position(|word| header == *word).or_else(|| {
        let ends = |word: &&str| {
            3 <= word.chars().count() && (header.ends_with(*word) || header.starts_with(*word))
        };
        words.iter().position(ends).map(|place| 100 + place)
    })
}

fn most(part: usize, all: usize) -> bool {
    0 < all && 19 * all <= 20 * part
}

fn guess_date(rows: &Rows, seen: &[Seen], customer: Option<usize>) -> Option<usize> {
    let candidates = (0..seen.len())
        .filter(|column| Some(*column) != customer && most(seen[*column].days, seen[*column].n));
    candidates.min_by_key(|column| {
        let word = fits(&rows.headers[*column], DATES).unwrap_or(1_000);
        // Digits that look like days may be numbers of something else.
        (word, usize::from(!most(seen[*column].real_days, seen[*column].n)), *column)
    })
}

/// By its header; else the column nearest to the date that names things more than once, or as if they could be.
fn guess_customer(
    rows: &Rows,
    seen: &[Seen],
    date: usize,
    taken: impl Fn(usize) -> bool,
) -> Option<usize> {
    let free = || (0..seen.len()).filter(|column| !taken(*column) && 0 < seen[*column].n);
    let named = free().filter_map(|column| {
        let word = fits(&rows.headers[column], CUSTOMERS)?;
        // A key comes again, unless everybody bought once.
        Some((word, column))
    });
    if let Some((_, column)) = named.min() {
        return Some(column);
    }
    let names = free().filter(|column| {
        let seen = &seen[*column];
        let repeats = seen.values.len() < seen.n;
        let whole = seen.fractions == 0 && seen.negatives == 0 && !most(seen.days, seen.n);
        whole && repeats && 20.min(seen.n / 20) < seen.values.len()
    });
    names.min_by_key(|column| (column.abs_diff(date), usize::from(date < *column)))
}

/// Columns whose values go together with the customer's one by one: other numbers of the same customers.
fn alike(
    rows: &Rows,
    customer: usize,
    date: usize,
    screen: &Screen,
) -> Result<Vec<usize>, Failure> {
    let mut pairs: Vec<(BTreeMap<String, String>, BTreeSet<String>, bool)> =
        rows.headers.iter().map(|_| (BTreeMap::new(), BTreeSet::new(), true)).collect();
    let mut n = 0;
    rows.each(screen, |_, cells| {
        n += 1;
        if LOOKED_AT < n {
            return;
        }
        let key = cells.get(customer).map(text).unwrap_or_default();
        for (column, (of_key, values, still)) in pairs.iter_mut().enumerate() {
            if !*still || column == customer || column == date {
                continue;
            }
            let value = cells.get(column).map(text).unwrap_or_default();
            match of_key.get(&key) {
                Some(known) => *still = *known == value,
                None => {
                    *still = !value.is_empty() && values.insert(value.clone());
                    of_key.insert(key.clone(), value);
                }
            }
        }
    })?;
    let same = pairs.iter().enumerate().filter(|(column, (of_key, _, still))| {
        *still
            && *column != customer
            && *column != date
            && of_key.len() < n.min(LOOKED_AT)
            && 1 < of_key.len()
    });
    Ok(same.map(|(column, _)| column).collect())
}

fn guess_amount(
    rows: &Rows,
    seen: &[Seen],
    customer: usize,
    date: usize,
    others: &[usize],
) -> Option<Amount> {
    let free: Vec<usize> = (0..seen.len())
        .filter(|column| {
            let seen = &seen[*column];
            *column != customer
                && *column != date
                && !others.contains(column)
                && most(seen.numbers, seen.n)
        })
        .collect();
    let by_word = |words: &[&str]| {
        let named =
            free.iter().filter_map(|column| Some((fits(&rows.headers[*column], words)?, *column)));
        named.min().map(|(_, column)| column)
    };
    let (price, quantity) = (by_word(PRICES), by_word(QUANTITIES));
    let amount = by_word(AMOUNTS);
    match (price, quantity) {
        (Some(price), Some(quantity)) if amount.is_none_or(|amount| amount == price) => {
            return Some(Amount::Times(price, quantity));
        }
        _ => {}
    }
    if let Some(amount) = amount {
        return Some(Amount::In(amount));
    }
    let names = |column: &usize| {
        fits(&rows.headers[*column], QUANTITIES).is_none() && !is_key(&rows.headers[*column])
    };
    let candidates: Vec<usize> = free.iter().copied().filter(names).collect();
    let with_fractions = candidates.iter().rev().find(|column| 0 < seen[**column].fractions);
    // Without headers the last number after the day is the likeliest; with headers a word would have said so.
    let made_up = rows.headers.iter().all(|header| header.starts_with('列'));
    let last = candidates.iter().rev().find(|column| made_up && date < **column);
    with_fractions.or(last).map(|column| Amount::In(*column))
}

fn is_key(header: &str) -> bool {
    let header = folded(header);
    ["id", "no", "code", "番号", "コード", "week", "year", "month"]
        .iter()
        .any(|word| header.ends_with(word))
}
