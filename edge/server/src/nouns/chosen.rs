//! Which customers are meant: some by their keys, or all that fit a filter as the list of customers has it.

use condition::SegmentId;
use roaring::RoaringBitmap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{
        App, Live,
        cards::{Card, fold},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
    },
    nouns::wire::CustomerKind,
};

/// So many customers can be named one by one; more are meant by a filter.
const KEYS_MOST: usize = 20_000;

/// What narrows the customers. What is left out does not.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    /// Only those whose name, reading or key has this in it.
    #[serde(default)]
    pub(crate) q: Option<String>,
    /// Only companies, or only persons.
    #[serde(default)]
    pub(crate) kind: Option<CustomerKind>,
    /// Only the members of this segment.
    #[serde(default)]
    pub(crate) segment: Option<String>,
    /// Only the customers of this rep.
    #[serde(default)]
    pub(crate) rep: Option<String>,
}

/// Some customers: those of `keys`, or those that fit `filter` but for `except`. One of the two is given.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chosen {
    /// Each must be one that the caller may see; 20,000 at most.
    #[serde(default)]
    keys: Option<Vec<String>>,
    /// An empty one means everybody whom the caller may see.
    #[serde(default)]
    filter: Option<Filter>,
    /// Left out of those that fit the filter.
    #[serde(default)]
    except: Vec<String>,
    /// How many they are, as it was shown to whoever decided; when they are another number now, nothing is done.
    #[serde(default)]
    expected: Option<u64>,
}

impl Filter {
    /// Whom the caller may see of those that fit.
    ///
    /// # Errors
    /// 404 for a segment that is not in force.
    pub(crate) fn of(&self, live: &Live, caller: &Caller) -> Answer<RoaringBitmap> {
        let mut all = live.scope(caller).of(live.engine.known());
        if let Some(rep) = &self.rep {
            all &= live.cards.of_rep(rep);
        }
        if let Some(segment) = &self.segment {
            let number = SegmentId::new(segment).and_then(|id| live.rules.segment(&id));
            all &= live.engine.members(number.ok_or_else(ApiError::not_found)?);
        }
        let sought = self.q.as_deref().map(|text| fold(text.trim()));
        let sought = sought.filter(|text| !text.is_empty());
        let fits = |card: &Card| {
            self.kind.is_none_or(|kind| kind == CustomerKind::of(card))
                && sought.as_ref().is_none_or(|sought| card.has(sought))
        };
        Ok(all.iter().filter(|one| live.cards.get(*one).is_some_and(fits)).collect())
    }
}

impl Chosen {
    /// The customers, as they are now.
    ///
    /// # Errors
    /// 422 when a key is nobody's whom the caller may see, or when neither or both of keys and filter are given; 409 when
    /// they are not as many as expected.
    pub(crate) fn of(&self, app: &App, caller: &Caller) -> Answer<RoaringBitmap> {
        let chosen = match (&self.keys, &self.filter) {
            (Some(keys), None) if keys.len() <= KEYS_MOST => numbers(app, caller, keys)?,
            (Some(_), None) => {
                return Err(ApiError::invalid(
                    format!("`keys` は {KEYS_MOST} 件までです。`filter` で選んでください"),
                    format!("`keys` holds at most {KEYS_MOST}; choose by `filter` instead"),
                ));
            }
            (None, Some(filter)) => {
                let except = numbers(app, caller, &self.except)?;
                filter.of(&*app.live()?, caller)? - except
            }
            (Some(_), Some(_)) | (None, None) => {
                return Err(ApiError::invalid(
                    "`keys` か `filter` のどちらか一つで顧客を選んでください",
                    "choose customers by either `keys` or `filter`",
                ));
            }
        };
        match self.expected {
            Some(expected) if expected != chosen.len() => Err(not_as_many(expected, chosen.len())),
            _ => Ok(chosen),
        }
    }
}

fn numbers(app: &App, caller: &Caller, keys: &[String]) -> Answer<RoaringBitmap> {
    let live = app.live()?;
    let scope = live.scope(caller);
    let number = |key: &String| {
        let known = facts::CustomerKey::new(key).ok().and_then(|key| app.store.number_of(&key));
        let seen = known.map(|no| no.0).filter(|no| scope.contains(*no));
        seen.filter(|no| live.cards.get(*no).is_some()).ok_or_else(|| {
            let shown: String = key.chars().take(60).collect();
            ApiError::invalid(
                format!("顧客「{shown}」は見つかりません"),
                format!("there is no customer `{shown}`"),
            )
        })
    };
    keys.iter().map(number).collect()
}

fn not_as_many(expected: u64, now: u64) -> ApiError {
    ApiError::conflict(
        format!(
            "対象が {expected} 件から {now} 件に変わりました。件数を確かめてから、もう一度実行してください"
        ),
        format!(
            "these were {expected} customers and are {now} now; look at the number and do it again"
        ),
    )
}
