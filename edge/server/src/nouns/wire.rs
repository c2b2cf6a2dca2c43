//! Shapes that several answers share.

use condition::Language;
use engine::{Direction, Momentum};
use facts::Timestamp;
use jiff::civil::Date;
use roaring::RoaringBitmap;
use serde::{Deserialize, Deserializer, Serialize};
use signs::Sign;
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{App, Workspace, cards::Card},
    http::error::{Answer, ApiError},
};

/// An instant: RFC 3339 in UTC with milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = DateTime, example = "2026-11-21T00:00:00.000Z")]
pub(crate) struct Instant(pub(crate) String);

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Instant {
        Instant(at.to_string())
    }
}

impl Instant {
    pub(crate) fn of_millis(millis: i64) -> Instant {
        Timestamp::from_millis(millis).into()
    }

    pub(crate) fn read(&self) -> Answer<Timestamp> {
        read_instant(&self.0)
    }
}

/// Reads an instant with an offset.
pub(crate) fn read_instant(text: &str) -> Answer<Timestamp> {
    Timestamp::parse(text).map_err(|wrong| {
        ApiError::invalid(
            format!(
                "「{}」は日時として読めません。2026-11-21T09:00:00+09:00 の形で書いてください",
                wrong.0
            ),
            wrong.to_string(),
        )
    })
}

/// A local day of the workspace: `2026-11-21`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = Date, example = "2026-11-21")]
pub(crate) struct Day(pub(crate) String);

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date.to_string())
    }
}

impl Day {
    pub(crate) fn read(&self) -> Answer<Date> {
        let shown: String = self.0.chars().take(40).collect();
        self.0.parse().map_err(|_| {
            ApiError::invalid(
                format!("「{shown}」は日付として読めません。2026-11-21 の形で書いてください"),
                format!("`{shown}` is no day; write it like `2026-11-21`"),
            )
        })
    }
}

/// Company or person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CustomerKind {
    Company,
    Person,
}

impl CustomerKind {
    pub(crate) fn of(card: &Card) -> CustomerKind {
        if card.is_company { CustomerKind::Company } else { CustomerKind::Person }
    }
}

/// A customer by name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct CustomerName {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) kind: CustomerKind,
}

impl CustomerName {
    pub(crate) fn of(key: String, card: &Card) -> CustomerName {
        CustomerName { key, name: card.name.clone(), kind: CustomerKind::of(card) }
    }

    /// One of whom nothing is known any more, since all of it was taken back.
    pub(crate) fn unknown(key: String) -> CustomerName {
        CustomerName { name: key.clone(), key, kind: CustomerKind::Company }
    }
}

/// Customers who come or go: how many, and some of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct Moved {
    count: u64,
    /// Those known longest, ten at most.
    sample: Vec<CustomerName>,
}

impl Moved {
    pub(crate) fn of(app: &App, who: &RoaringBitmap) -> Answer<Moved> {
        Ok(Moved { count: who.len(), sample: names(app, who.iter().take(SAMPLE))? })
    }
}

/// So many stand for all in a sample.
pub(crate) const SAMPLE: usize = 10;

/// The names of some customers. One of whom nothing is known any more is left out.
pub(crate) fn names(app: &App, who: impl Iterator<Item = u32>) -> Answer<Vec<CustomerName>> {
    let live = app.live()?;
    let cards = who.filter_map(|one| Some((one, live.cards.get(one)?.clone())));
    let cards: Vec<(u32, Card)> = cards.collect();
    drop(live);
    Ok(cards.iter().map(|(one, card)| CustomerName::of(app.key_text(*one), card)).collect())
}

/// What a sign foretells.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SignKind {
    Purchase,
    Upsell,
    Churn,
    FollowUp,
    Replenishment,
}

impl From<signs::SignKind> for SignKind {
    fn from(kind: signs::SignKind) -> SignKind {
        match kind {
            signs::SignKind::Purchase => SignKind::Purchase,
            signs::SignKind::Upsell => SignKind::Upsell,
            signs::SignKind::Churn => SignKind::Churn,
            signs::SignKind::FollowUp => SignKind::FollowUp,
            signs::SignKind::Replenishment => SignKind::Replenishment,
        }
    }
}

/// A sign that a customer carries now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct SignHeld {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: SignKind,
    /// 0 to 100.
    pub(crate) strength: u8,
    /// Whether it goes before all signs that are not urgent.
    pub(crate) urgent: bool,
    /// Since when it is carried without a break.
    pub(crate) since: Instant,
    /// Whether the last click on it, for as long as it has been carried now, says right; null without a click.
    pub(crate) judged_right: Option<bool>,
}

/// How strong a sign was at the ends of the last weeks, and is now.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MomentumShown {
    /// Three, two and one week ago.
    before: [u8; 3],
    now: u8,
    /// How many points more than the average of the three weeks before.
    gain: i16,
    direction: DirectionName,
}

/// Which way a sign goes: rising and falling are ten points and more.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DirectionName {
    Rising,
    Steady,
    Falling,
}

impl From<Momentum> for MomentumShown {
    fn from(momentum: Momentum) -> MomentumShown {
        MomentumShown {
            before: momentum.before,
            now: momentum.now,
            gain: momentum.gain(),
            direction: match momentum.direction() {
                Direction::Rising => DirectionName::Rising,
                Direction::Steady => DirectionName::Steady,
                Direction::Falling => DirectionName::Falling,
            },
        }
    }
}

impl SignHeld {
    /// How a customer carries a sign.
    pub(crate) fn of(
        app: &Workspace,
        (sign, customer): (&Sign, u32),
        (strength, since): (u8, Timestamp),
        language: Language,
    ) -> SignHeld {
        SignHeld {
            id: sign.id.0.clone(),
            name: sign.name.get(language).to_owned(),
            kind: sign.kind.into(),
            strength,
            urgent: sign.urgent,
            since: since.into(),
            judged_right: app.trust.of(&sign.id.0, customer, since),
        }
    }
}

/// Which rows of a long list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next` of the page before.
    pub(crate) after: Option<String>,
    /// How many rows; 100 when not said, at most 500.
    pub(crate) limit: Option<usize>,
    /// Only those whose name, reading or key has this in it.
    pub(crate) q: Option<String>,
}

/// How many rows of a page there are at most.
const ROWS_MOST: usize = 500;

/// How many rows a page has: as many as were asked for, or as it usually has.
pub(crate) fn page_length(asked: Option<usize>, usual: usize) -> usize {
    asked.unwrap_or(usual).clamp(1, ROWS_MOST)
}

/// 400: what should tell where a page begins was told by none.
pub(crate) fn no_cursor(name: &str) -> ApiError {
    ApiError::malformed(
        format!("`{name}` が正しくありません"),
        format!("`{name}` is none of our cursors"),
    )
}

impl Page {
    pub(crate) fn limit(&self) -> usize {
        page_length(self.limit, 100)
    }

    /// The customers on the page, of all of them, and `after` of the next page.
    pub(crate) fn of(&self, all: &RoaringBitmap) -> Answer<(Vec<u32>, Option<String>)> {
        let mut rest = all.range(self.first_customer()?..);
        let rows: Vec<u32> = rest.by_ref().take(self.limit()).collect();
        let more = rest.next().is_some();
        let next = rows.last().filter(|_| more).map(u32::to_string);
        Ok((rows, next))
    }

    /// The customer after whom the page begins, by number.
    pub(crate) fn first_customer(&self) -> Answer<u32> {
        let Some(after) = &self.after else { return Ok(0) };
        let first = after.parse::<u32>().ok().and_then(|after| after.checked_add(1));
        first.ok_or_else(|| no_cursor("after"))
    }
}

/// Tells a value that is left out from one that is null.
pub(crate) fn double<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Deserialize::deserialize(from).map(Some)
}

/// A text for programs and people; refused when empty, long or with control characters.
pub(crate) fn short_text(text: &str, most: usize) -> Answer<String> {
    let text = text.trim();
    let fits = (1..=most).contains(&text.chars().count()) && !text.contains(char::is_control);
    if fits {
        return Ok(text.to_owned());
    }
    Err(ApiError::invalid(
        format!("1〜{most} 文字で、改行などを含まない文字列にしてください"),
        format!("write a text of 1 to {most} characters without line breaks"),
    ))
}
