//! Right and wrong: what those who know a customer say of a sign there.

use axum::extract::State;
use condition::Language;
use facts::{EventName, Fact, Properties, Value, What};
use proving::{CLICKS_LEAST, Counts, Regard};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    host::{
        App,
        trust::{Click, SOURCES},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError},
        take::{Json, Path},
    },
    nouns::{
        outcomes::UNDO_FOR,
        proofs::RateShown,
        session::rep_name,
        wire::{Instant, short_text},
    },
};

/// A click on a sign of a customer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgementBody {
    /// The customer's key.
    customer: String,
    /// Whether the sign was right.
    right: bool,
    /// Since when it was carried, for a sign that is not carried any more.
    #[serde(default)]
    since: Option<Instant>,
    /// The click's own name, made by the client: sending it twice counts once.
    id: String,
}

/// A click that is on disk.
#[derive(Serialize, ToSchema)]
pub(crate) struct JudgementTaken {
    /// By this number it can be undone.
    batch: u32,
    undo_until: Instant,
}

/// How a sign stands with people and with its past.
#[derive(Serialize, ToSchema)]
pub(crate) struct Standing {
    right: u64,
    wrong: u64,
    /// The share that was right, with its interval; null without clicks.
    rate: Option<RateShown>,
    regard: RegardName,
    /// All of it in a sentence.
    sentence: String,
    /// How it is said that the sign is no longer as good as it was; null while it is.
    fallen: Option<String>,
    /// Whether its rows on Today count half because of this.
    counts_half: bool,
}

/// What clicks come to.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RegardName {
    /// Too few clicks, or of two minds.
    Open,
    /// More often right than not.
    Trusted,
    /// More often wrong than right.
    Doubted,
}

impl Standing {
    pub(crate) fn of(app: &App, sign: &str, counts: &Counts, language: Language) -> Standing {
        let regard = Regard::of(counts);
        let fallen = app.trust.fallen(sign).map(|said| said.get(language).to_owned());
        Standing {
            right: counts.hits,
            wrong: counts.of - counts.hits,
            rate: counts.rate().map(RateShown::from),
            regard: match regard {
                Regard::Open => RegardName::Open,
                Regard::Trusted => RegardName::Trusted,
                Regard::Doubted => RegardName::Doubted,
            },
            sentence: said(counts, regard, language),
            counts_half: regard == Regard::Doubted || fallen.is_some(),
            fallen,
        }
    }
}

fn said(counts: &Counts, regard: Regard, language: Language) -> String {
    let (right, of) = (counts.hits, counts.of);
    let (clicks, customers) = CLICKS_LEAST;
    match (regard, language) {
        _ if of == 0 => match language {
            Language::Ja => "当たり・外れはまだ記録されていません。".to_owned(),
            Language::En => "Nobody has said right or wrong yet.".to_owned(),
        },
        (Regard::Trusted, Language::Ja) => format!("現場では {of} 件中 {right} 件が当たりです。"),
        (Regard::Trusted, Language::En) => {
            format!("Those who know say {right} of {of} were right.")
        }
        (Regard::Doubted, Language::Ja) => {
            format!("現場では {of} 件中 {right} 件しか当たっていません。条件を見直してください。")
        }
        (Regard::Doubted, Language::En) => {
            format!(
                "Those who know say only {right} of {of} were right. Look at its conditions again."
            )
        }
        (Regard::Open, Language::Ja) => format!(
            "現場では {of} 件中 {right} 件が当たりです。{clicks} 件・顧客 {customers} 件に満たないか、差がはっきりしないため、まだ判断しません。"
        ),
        (Regard::Open, Language::En) => format!(
            "Those who know say {right} of {of} were right. That is fewer than {clicks} clicks at {customers} customers, or not clear enough to judge by."
        ),
    }
}

/// Says whether a sign was right about a customer. The last click on it counts, and can be taken back for an hour.
#[utoipa::path(post, path = "/api/v1/signs/{id}/judgements", tag = "signs", request_body = JudgementBody,
    responses((status = 200, body = JudgementTaken)))]
pub(crate) async fn judge(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<String>,
    Json(given): Json<JudgementBody>,
) -> Answer<axum::Json<JudgementTaken>> {
    let (customer, key) = app.find(&caller, &given.customer)?;
    let carrying = {
        let live = app.live()?;
        live.catalogue.sign(&id).ok_or_else(ApiError::not_found)?;
        let number = live.rules.signs().iter().position(|rule| rule.sign.id.0 == id);
        number.and_then(|number| live.engine.carriers(number).get(&customer).copied())
    };
    let since = given.since.as_ref().map(Instant::read).transpose()?;
    let since = since.or(carrying.map(|carrying| carrying.since)).ok_or_else(|| {
        ApiError::invalid(
            "この顧客にいまこの兆しは出ていません。いつの兆しかを `since` に書いてください",
            "the customer does not carry this sign now; say in `since` of which time you speak",
        )
    })?;
    let now = app.clock.now();
    let click =
        Click { sign: id, customer, since: since.millis(), right: given.right, at: now.millis() };
    let verdict = if click.right { "right" } else { "wrong" };
    let strength = carrying.map_or(0, |carrying| carrying.strength);
    let ours = |why: &dyn std::fmt::Display| ApiError::ours("a judgement", why.to_string());
    let properties = [
        ("sign", Value::from(click.sign.as_str())),
        ("verdict", Value::from(verdict)),
        ("strength", Value::from(i64::from(strength))),
        ("rep", Value::from(rep_name(&caller).as_str())),
    ];
    let fact = Fact {
        customer: key,
        contact: None,
        at: now,
        id: Some(short_text(&given.id, 100)?),
        what: What::Happened {
            name: EventName::new("sign_judged").map_err(|why| ours(&why))?,
            properties: Properties::new(properties).map_err(|why| ours(&why))?,
        },
    };
    let appended =
        app.take(source_of(&caller), format!("{} {verdict}", click.sign), vec![fact]).await?;
    let before = appended.duplicates.first().map(|duplicate| duplicate.batch);
    let batch = appended.batch.or(before).ok_or_else(|| ours(&"no batch"))?;
    // Also what was sent before and broke off between the store and the registry.
    if appended.batch.is_some() || !app.trust.has(batch) {
        app.keep_click(batch, click).await?;
    }
    Ok(axum::Json(JudgementTaken { batch, undo_until: now.plus(UNDO_FOR).into() }))
}

/// The source of a caller's own clicks, so that nobody else's ids can stand in their way.
pub(crate) fn source_of(caller: &Caller) -> String {
    format!("{SOURCES}{}", caller.name())
}
