//! Signs tried on the past: how often each was right, how early, and how much better than knowing nothing.
//!
//! What is told is about all customers together and names none of them, so that every rep may see it.

use std::{sync::Arc, time::Duration};

use axum::extract::State;
use axum::http::StatusCode;
use condition::{Language, Said};
use facts::Timestamp;
use kernel::Scratch;
use proving::{
    Band, CannotTry, Dates, Lead, Proof, Proving, Rate, Ratio, Tally, Verdict, say_drift, say_lack,
    say_proof,
};
use serde::{Deserialize, Serialize};
use signs::{Foretold, Sign};
use utoipa::ToSchema;

use crate::{
    host::{
        App, Workspace,
        asking::Background,
        works::{Work, Works},
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError, speak},
        language::Spoken,
        take::{Json, Path},
    },
    nouns::{
        foretold::{self, ForetoldSaid},
        signs::part_said,
        wire::Instant,
        work_state::{Looked, WorkTold},
    },
};

/// How trying a sign stands, and what came of it the last time.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignBacktest {
    #[serde(flatten)]
    work: WorkTold,
    /// What counts as right.
    foretold: ForetoldSaid,
    result: Option<ProofTold>,
}

/// What came of trying a sign.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProofTold {
    /// By what was known at this instant.
    as_of: Instant,
    /// Whether the sign or what it foretells was changed since.
    is_out_of_date: bool,
    /// All of it in a sentence or two.
    sentence: String,
    /// How it did lately against the time before, in a sentence; null where there is too little to compare.
    drift_sentence: Option<String>,
    /// What there is too little of.
    lacks: Vec<String>,
    /// The weightiest part, which stands for the plain rule.
    plain_rule: String,
    #[serde(flatten)]
    proof: ProofShown,
}

/// How a sign did at past dates. Where there is too little to judge, no rate of the sign is told.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct ProofShown {
    verdict: VerdictName,
    /// The first date at which anybody could be looked at.
    from: Option<Instant>,
    /// The last date.
    to: Option<Instant>,
    n_dates: usize,
    step_days: u16,
    horizon_days: u16,
    /// How often the outcome follows, whatever the sign says.
    base: Option<RateShown>,
    /// How often the sign was right.
    right: Option<RateShown>,
    /// How often its weightiest part alone was right.
    plain: Option<RateShown>,
    /// How many of the outcomes it foresaw.
    caught: Option<RateShown>,
    /// Right against base.
    lift: Option<RatioShown>,
    /// Right against the weightiest part alone.
    over_plain: Option<RatioShown>,
    leads: Vec<LeadShown>,
    median_lead_days: Option<u16>,
    bands: Vec<BandShown>,
    /// Whether it is right less often lately; null where there is too little to compare.
    #[serde(default)]
    drift: Option<DriftShown>,
}

/// How a sign did in the last quarter of the dates against the time before.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct DriftShown {
    before: RateShown,
    lately: RateShown,
    /// The first date that counts as lately.
    since: Instant,
    /// When the alarm was raised; null while there is none.
    alarm_at: Option<Instant>,
}

/// Whether a sign can be believed.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VerdictName {
    TooLittle,
    Foretells,
    Unclear,
    Misleads,
}

/// A share from 0 to 1 with its interval of 95 %.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct RateShown {
    hits: u64,
    of: u64,
    /// At so many customers.
    customers: u64,
    share: f64,
    low: f64,
    high: f64,
}

/// How many times as large, with its interval of 95 %.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct RatioShown {
    times: f64,
    low: f64,
    high: f64,
}

/// So many outcomes came from `from_days` to `to_days` whole days after the sign.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct LeadShown {
    from_days: u16,
    to_days: u16,
    n: u64,
}

/// How often the outcome followed where the sign was so strong.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct BandShown {
    from: u8,
    to: u8,
    rate: Option<RateShown>,
    is_enough: bool,
}

/// How a sign is to be tried.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProofBody {
    /// Over so many days; 364 when not said.
    #[serde(default)]
    back_days: Option<u16>,
    /// So many days between two dates; 7 when not said.
    #[serde(default)]
    step_days: Option<u16>,
}

/// What came of trying a sign, as it is kept.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptProof {
    /// The form in which it is kept; what has another is as good as none.
    version: u32,
    as_of: i64,
    /// What was tried, to see whether it was changed since.
    tried: String,
    said: Said,
    lacks: Vec<Said>,
    #[serde(default)]
    drift_said: Option<Said>,
    proof: ProofShown,
}

const VERSION: u32 = 1;

impl From<Rate> for RateShown {
    fn from(rate: Rate) -> RateShown {
        let Rate { hits, of, customers, share, low, high } = rate;
        RateShown { hits, of, customers, share, low, high }
    }
}

impl From<Ratio> for RatioShown {
    fn from(Ratio { times, low, high }: Ratio) -> RatioShown {
        RatioShown { times, low, high }
    }
}

impl From<Proof> for ProofShown {
    fn from(proof: Proof) -> ProofShown {
        let rate = |rate: Option<Rate>| rate.map(RateShown::from);
        let lead = |Lead { from, to, n }: Lead| LeadShown { from_days: from, to_days: to, n };
        let band = |Band { from, to, rate, is_enough }: Band| BandShown {
            from,
            to,
            rate: rate.map(RateShown::from),
            is_enough,
        };
        ProofShown {
            verdict: match proof.verdict {
                Verdict::TooLittle(_) => VerdictName::TooLittle,
                Verdict::Foretells => VerdictName::Foretells,
                Verdict::Unclear => VerdictName::Unclear,
                Verdict::Misleads => VerdictName::Misleads,
            },
            from: proof.dates.map(|(from, _)| from.into()),
            to: proof.dates.map(|(_, to)| to.into()),
            n_dates: proof.n_dates,
            step_days: proof.step_days,
            horizon_days: proof.horizon_days,
            base: rate(proof.base),
            right: rate(proof.right),
            plain: rate(proof.plain),
            caught: rate(proof.caught),
            lift: proof.lift.map(RatioShown::from),
            over_plain: proof.over_plain.map(RatioShown::from),
            leads: proof.leads.into_iter().map(lead).collect(),
            median_lead_days: proof.median_lead,
            bands: proof.bands.into_iter().map(band).collect(),
            drift: proof.drift.map(|drift| DriftShown {
                before: drift.before.into(),
                lately: drift.lately.into(),
                since: drift.since.into(),
                alarm_at: drift.alarm.map(Instant::from),
            }),
        }
    }
}

impl KeptProof {
    fn of(proof: Proof, as_of: Timestamp, tried: String) -> KeptProof {
        let both =
            |say: &dyn Fn(Language) -> String| Said::new(say(Language::Ja), say(Language::En));
        let lacks = match &proof.verdict {
            Verdict::TooLittle(lacks) => lacks.clone(),
            Verdict::Foretells | Verdict::Unclear | Verdict::Misleads => vec![],
        };
        KeptProof {
            version: VERSION,
            as_of: as_of.millis(),
            tried,
            said: both(&|language| say_proof(&proof, language)),
            drift_said: proof.drift.map(|drift| both(&|language| say_drift(&drift, language))),
            lacks: lacks
                .into_iter()
                .map(|lack| both(&|language| say_lack(lack, language)))
                .collect(),
            proof: proof.into(),
        }
    }
}

impl KeptProof {
    /// Raises the alarm, or takes it back.
    fn tell_trust(&self, app: &Workspace, sign: &str) {
        let drift = self.proof.drift.as_ref();
        let alarm = drift.is_some_and(|drift| drift.alarm_at.is_some());
        app.trust.set_fallen(sign, self.drift_said.clone().filter(|_| alarm));
    }
}

/// A result as the API tells it, for those who try signs without a server.
pub fn proof_json(proof: Proof, language: Language) -> serde_json::Value {
    let (sentence, drift) = (say_proof(&proof, language), proof.drift);
    let mut told = serde_json::to_value(ProofShown::from(proof)).unwrap_or_default();
    told["sentence"] = sentence.into();
    told["drift_sentence"] = drift.map(|drift| say_drift(&drift, language)).into();
    told
}

/// Under which the last result of a sign is kept.
fn kept_under(sign: &str) -> String {
    format!("proof/{sign}")
}

/// What was tried, as a text in which any change shows.
fn tried(sign: &Sign, foretold: &Foretold) -> String {
    let Sign { horizon_days, threshold, requires, parts, .. } = sign;
    let asked: Vec<_> = parts.iter().map(|part| (&part.condition, part.weight)).collect();
    format!("{horizon_days} {threshold} {requires:?} {asked:?} {foretold:?}")
}

/// A sign and what it foretells.
async fn sign_of(app: &App, id: &str) -> Answer<(Sign, Foretold)> {
    let (sign, segments) = {
        let live = app.live()?;
        let known = live.catalogue.sign(id).ok_or_else(ApiError::not_found)?;
        let faulty = || {
            ApiError::invalid(
                "この兆しには誤りがあるため、試せません",
                "this sign has faults and cannot be tried",
            )
        };
        (known.sign.clone().ok_or_else(faulty)?, live.rules.segments().to_vec())
    };
    let (draft, _) = foretold::draft_of(app, sign.kind).await?;
    let foretold = foretold::checked(&draft, &segments)?.for_sign(&sign);
    Ok((sign, foretold))
}

/// How a sign did on the past, and whether it is being tried now.
#[utoipa::path(get, path = "/api/v1/signs/{id}/backtest", tag = "signs",
    responses((status = 200, body = SignBacktest)))]
pub(crate) async fn show(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SignBacktest>> {
    let (sign, foretold) = sign_of(&app, &id).await?;
    told(&app, &sign, &foretold, language).await.map(axum::Json)
}

async fn told(
    app: &App,
    sign: &Sign,
    foretold: &Foretold,
    language: Language,
) -> Answer<SignBacktest> {
    let looked = Looked::at(app.proofs.find(&sign.id.0));
    let kept = kept_of(app, &sign.id.0).await?;
    let now = tried(sign, foretold);
    let plain_rule = part_said(app, sign, proving::weightiest(sign), language)?;
    Ok(SignBacktest {
        work: looked.told(kept.is_some(), language),
        foretold: foretold::said(app, foretold, language)?,
        result: kept.map(|kept| ProofTold {
            as_of: Instant::of_millis(kept.as_of),
            is_out_of_date: kept.tried != now,
            sentence: kept.said.get(language).to_owned(),
            drift_sentence: kept.drift_said.as_ref().map(|said| said.get(language).to_owned()),
            lacks: kept.lacks.iter().map(|lack| lack.get(language).to_owned()).collect(),
            plain_rule,
            proof: kept.proof,
        }),
    })
}

/// Begins to try a sign on the past of all customers, in the background; one that runs goes on.
#[utoipa::path(post, path = "/api/v1/signs/{id}/backtest", tag = "signs", request_body = ProofBody,
    responses((status = 202, body = SignBacktest)))]
pub(crate) async fn begin(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Path(id): Path<String>,
    Json(given): Json<ProofBody>,
) -> Answer<(StatusCode, axum::Json<SignBacktest>)> {
    let (sign, foretold) = sign_of(&app, &id).await?;
    let (back, step) = (given.back_days.unwrap_or(BACK_DAYS), given.step_days.unwrap_or(STEP_DAYS));
    if step == 0 || back == 0 || Dates::MOST < usize::from(back / step) + 1 {
        let most = Dates::MOST;
        return Err(ApiError::invalid(
            format!(
                "`back_days` と `step_days` は 1 以上で、日付が {most} 個以内になるようにしてください"
            ),
            format!("`back_days` and `step_days` are at least 1, and make at most {most} dates"),
        ));
    }
    begin_with(&app, &sign, &foretold, (back, step))?;
    let real_now = app.clock.real_now().millis();
    app.registry.audit(&caller.name(), "sign_tried", &format!("sign:{id}"), None, real_now).await?;
    Ok((StatusCode::ACCEPTED, axum::Json(told(&app, &sign, &foretold, language).await?)))
}

/// Over so many days a sign is tried, where nobody says otherwise, and so many lie between two dates.
const BACK_DAYS: u16 = 364;
const STEP_DAYS: u16 = 7;

fn begin_with(app: &App, sign: &Sign, foretold: &Foretold, (back, step): (u16, u16)) -> Answer<()> {
    let now = app.clock.now();
    let dates = Dates::before(now, &app.calendar, sign.horizon_days, step, back);
    let background = Background::of(&*app.live()?);
    let (others, strengths) = background.all();
    let proving = Proving::new(sign.clone(), foretold, dates, others, strengths);
    let proving = proving.map_err(cannot_try)?;
    let key = tried(sign, foretold);
    let id = sign.id.0.clone();
    let keep_as = id.clone();
    app.begin_work(
        works,
        &id,
        move |app, work| Ok(KeptProof::of(try_it(app, work, &proving)?, now, key)),
        move |app, kept| async move { keep(&app, &keep_as, &kept).await },
    );
    Ok(())
}

/// Raises the alarms again that were up when the server stopped, and from then on tries signs again that were tried
/// longer than a week ago, until the workspace is to stop.
pub(crate) async fn keep_watch(app: App) {
    const LOOK_EVERY: Duration = Duration::from_secs(3_600);
    let mut stop = app.stop.subscribe();
    loop {
        if let Err(why) = watch_once(&app).await {
            tracing::warn!(why = %speak(why.said(), Language::En), "signs could not be tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

async fn watch_once(app: &App) -> Answer<()> {
    const GROWS_OLD: i64 = 7 * Timestamp::DAY;
    let in_force: Vec<String> = {
        let live = app.live()?;
        live.rules.signs().iter().map(|rule| rule.sign.id.0.clone()).collect()
    };
    let now = app.clock.now();
    for id in in_force {
        let Some(kept) = kept_of(app, &id).await? else { continue };
        kept.tell_trust(app, &id);
        if now.since(Timestamp::from_millis(kept.as_of)) < GROWS_OLD {
            continue;
        }
        let (sign, foretold) = sign_of(app, &id).await?;
        begin_with(app, &sign, &foretold, (BACK_DAYS, STEP_DAYS))?;
    }
    Ok(())
}

/// What came of trying a sign the last time.
async fn kept_of(app: &App, sign: &str) -> Answer<Option<KeptProof>> {
    let kept = app.registry.setting(&kept_under(sign)).await?;
    let kept: Option<KeptProof> = kept.and_then(|json| serde_json::from_str(&json).ok());
    Ok(kept.filter(|kept| kept.version == VERSION))
}

fn works(app: &Workspace) -> &Works<KeptProof> {
    &app.proofs
}

fn cannot_try(why: CannotTry) -> ApiError {
    match why {
        CannotTry::Rank => ApiError::invalid(
            "この兆しは順位を使っています。過去の線引きは残っていないため、過去では試せません",
            "this sign uses a rank; where its line was drawn in the past is not kept, so it cannot be tried there",
        ),
        CannotTry::Plan(faults) => ApiError::invalid(
            "この兆しが使うセグメントが見つからないか、互いに参照し合っています",
            format!("segments this sign refers to are missing or refer to each other: {faults:?}"),
        ),
    }
}

fn try_it(app: &App, work: &Work<KeptProof>, proving: &Proving) -> Answer<Proof> {
    let begin = || (Scratch::default(), Tally::new(proving.dates()));
    let pieces = work.over_everybody(app, begin, |(scratch, tally), _, history| {
        proving.add(history, &app.calendar, scratch, tally);
    })?;
    let mut all = Tally::new(proving.dates());
    pieces.iter().for_each(|(_, tally)| all.merge(tally));
    Ok(Proof::of(&all, proving.dates(), proving.sign().parts.len()))
}

async fn keep(app: &App, sign: &str, kept: &Arc<KeptProof>) -> Answer<()> {
    let json = serde_json::to_string(&**kept).map_err(|why| ApiError::ours("a proof", why))?;
    let now = app.clock.real_now().millis();
    app.registry.put_setting(&kept_under(sign), &json, now).await?;
    kept.tell_trust(app, sign);
    Ok(())
}

/// Stops trying a sign; the result of the time before stays.
#[utoipa::path(delete, path = "/api/v1/signs/{id}/backtest", tag = "signs",
    responses((status = 200, body = SignBacktest)))]
pub(crate) async fn cancel(
    State(app): State<App>,
    Spoken(language): Spoken,
    Path(id): Path<String>,
) -> Answer<axum::Json<SignBacktest>> {
    let (sign, foretold) = sign_of(&app, &id).await?;
    app.proofs.cancel(&id);
    told(&app, &sign, &foretold, language).await.map(axum::Json)
}
