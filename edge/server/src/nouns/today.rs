//! Today (今日): whom to contact first, why, by when and with which words.

use axum::extract::State;
use condition::Said;
use engine::Rules;
use facts::{HistoryBuilder, Timestamp};
use kernel::{Because, Found};
use rayon::prelude::*;
use roaring::RoaringBitmap;
use scenarios::{Candidate, Held, Hundredths, Row, fill, order, person_to_call};
use serde::{Deserialize, Serialize};
use signs::SignKind;
use std::collections::{BTreeMap, BTreeSet};
use store::CustomerNo;
use utoipa::{IntoParams, ToSchema};

use crate::{
    host::{App, Live, asking::Gone, cards::Card, catalogue::Catalogue, speaking},
    http::{access::Permission, caller::Caller, error::Answer, language::Spoken, take::Query},
    nouns::{
        customers::ContactRow,
        fits::OfferFit,
        matches::best_of,
        next_offers::{NextRow, proven, worth_a_word},
        offers::Saying,
        signs::{in_one, newest_evidence},
        why::EvidenceRow,
        wire::{CustomerName, Instant, MomentumShown, SignHeld},
    },
    offers::{Asking, Book, NextOffers, Ready},
};

/// Whose list, and how much of it.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Only the customers of this rep; a rep always sees own ones only.
    rep: Option<String>,
    /// How many rows; 50 when not said, at most 200.
    limit: Option<usize>,
}

/// Today's call list.
#[derive(Serialize, ToSchema)]
pub(crate) struct Today {
    as_of: Instant,
    rep: Option<String>,
    /// How many rows there are for each rep.
    reps: Vec<RepCount>,
    /// How many rows there are in all.
    total: usize,
    /// How many outcomes were reported today.
    done_today: usize,
    /// When the list may change if nothing happens.
    next_change_at: Option<Instant>,
    rows: Vec<TodayRow>,
}

/// A rep, and how many customers wait.
#[derive(Serialize, ToSchema)]
pub(crate) struct RepCount {
    rep: String,
    count: usize,
}

/// One customer to contact.
#[derive(Serialize, ToSchema)]
pub(crate) struct TodayRow {
    customer: CustomerName,
    rep: Option<String>,
    priority: f64,
    sum: Sum,
    /// The sign that leads.
    sign: SignHeld,
    other_signs: Vec<SignHeld>,
    /// Which way the leading sign goes.
    momentum: MomentumShown,
    reason: String,
    evidence: Vec<EvidenceRow>,
    /// By when to contact them.
    due: Instant,
    /// What to say.
    script: String,
    next_action: String,
    contact: Option<ContactRow>,
    /// The offer that fits best, where one fits by half at least; none beside a sign of leaving.
    offer: Option<OfferFit>,
    /// What to offer next, where something speaks for it and such suggestions proved better than what sells best.
    next: Option<NextRow>,
    /// When somebody of ours last turned to them.
    recent_contact_at: Option<Instant>,
}

/// The parts of the sum by which the list is ordered.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sum {
    strength: u8,
    value: f64,
    time_left: f64,
    /// 1, or 0.5 for a sign whose past and people speak against it.
    standing: f64,
    recent_contact: f64,
    /// The sum written out: `82 × 1.4 × 1.2 − 15 = 122.76`.
    text: String,
}

/// Today's call list.
#[utoipa::path(get, path = "/api/v1/today", tag = "today", params(Wanted),
    responses((status = 200, body = Today)))]
pub(crate) async fn show(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Query(wanted): Query<Wanted>,
) -> Answer<axum::Json<Today>> {
    let limit = wanted.limit.unwrap_or(50).clamp(1, 200);
    let rep = match caller.may(Permission::SeeAllCustomers) {
        true => wanted.rep.filter(|rep| !rep.is_empty()),
        false => Some(caller.rep.clone().unwrap_or_default()),
    };
    let list = List::read(&app, &caller, rep.as_deref(), limit)?;
    let midnight = app.calendar.start_of(app.calendar.date(list.now));
    let done_today = app.tally.count(midnight, rep.as_deref());
    let (book, together) = (Book::read(&app).await?, NextOffers::read(&app).await?);
    let List { now, reps, total, next_change_at, rules, catalogue, rows } = list;
    let rows = app
        .blocking(move |app| {
            let asking =
                book.asking(app, book.in_force().cloned().collect(), now, &Gone::default())?;
            let saying = Saying { catalogue, now, language };
            let ready = together.as_ref().and_then(proven);
            let advice = Advice { asking: &asking, book: &book, together: ready.as_ref() };
            let shown = Shown { rules: &rules, advice, saying: &saying };
            let row = |(row, card)| shown.row(app, row, &card);
            rows.into_par_iter().map(row).collect::<Answer<Vec<TodayRow>>>()
        })
        .await?;
    Ok(axum::Json(Today {
        as_of: now.into(),
        rep: rep.filter(|rep| !rep.is_empty()),
        reps,
        total,
        done_today,
        next_change_at: next_change_at.map(Instant::from),
        rows,
    }))
}

/// The ordered list, before its rows are told.
struct List {
    now: Timestamp,
    reps: Vec<RepCount>,
    total: usize,
    next_change_at: Option<Timestamp>,
    rules: std::sync::Arc<Rules>,
    catalogue: std::sync::Arc<Catalogue>,
    rows: Vec<(Row, Card)>,
}

impl List {
    fn read(app: &App, caller: &Caller, rep: Option<&str>, limit: usize) -> Answer<List> {
        let live = app.live()?;
        let (now, doubted) = (live.at, app.trust.doubted());
        let signs = live.rules.signs().len();
        let carriers: RoaringBitmap =
            (0..signs).flat_map(|n| live.engine.carriers(n).keys().copied()).collect();
        let own = live.scope(caller).of(&carriers);
        let candidates = own.iter().filter_map(|customer| candidate(&live, &doubted, customer));
        let mut rows = order(candidates, now, &app.calendar);
        let mut reps: BTreeMap<String, usize> = BTreeMap::new();
        let rep_of = |row: &Row| live.cards.get(row.customer).and_then(|card| card.rep.as_deref());
        for row in &rows {
            if let Some(rep) = rep_of(row) {
                *reps.entry(rep.to_owned()).or_default() += 1;
            }
        }
        rows.retain(|row| rep.is_none_or(|rep| rep_of(row) == Some(rep)));
        let lapses = own.iter().filter_map(|customer| live.engine.lapses_at(customer));
        Ok(List {
            now,
            reps: reps.into_iter().map(|(rep, count)| RepCount { rep, count }).collect(),
            total: rows.len(),
            next_change_at: lapses.min(),
            rules: live.rules.clone(),
            catalogue: live.catalogue.clone(),
            rows: rows
                .into_iter()
                .filter_map(|row| Some((live.cards.get(row.customer)?.clone(), row)))
                .map(|(card, row)| (row, card))
                .take(limit)
                .collect(),
        })
    }
}

fn candidate<'l>(
    live: &'l Live,
    doubted: &BTreeSet<String>,
    customer: u32,
) -> Option<Candidate<'l>> {
    let numbered = live.rules.signs().iter().enumerate();
    let signs = numbered.filter_map(|(n, rule)| {
        let carrying = live.engine.carriers(n).get(&customer)?;
        Some(Held {
            sign: n as u32,
            kind: rule.sign.kind,
            strength: carrying.strength,
            urgent: rule.sign.urgent,
            doubted: doubted.contains(&rule.sign.id.0),
            since: carrying.since,
            horizon_days: rule.sign.horizon_days,
        })
    });
    Some(Candidate { customer, brief: live.briefs.get(&customer)?, signs: signs.collect() })
}

/// What is needed to say what to propose.
#[derive(Clone, Copy)]
struct Advice<'a> {
    asking: &'a Asking,
    book: &'a Book,
    together: Option<&'a Ready<'a>>,
}

/// How rows are told.
#[derive(Clone, Copy)]
struct Shown<'a> {
    rules: &'a Rules,
    advice: Advice<'a>,
    saying: &'a Saying,
}

impl Shown<'_> {
    fn row(self, app: &App, row: Row, card: &Card) -> Answer<TodayRow> {
        let (rules, Saying { catalogue, now, language }) = (self.rules, self.saying);
        let (now, language) = (*now, *language);
        let mut builder = HistoryBuilder::new();
        app.store.history(CustomerNo(row.customer), &mut builder)?;
        let history = builder.finish();
        let number = row.lead.sign as usize;
        let sign = &rules.signs()[number].sign;
        let parts = rules.explain_sign(number, history, now);
        let (reason, evidence) = speaking(catalogue, &app.calendar, now, language, |speaker| {
            let events = newest_evidence(&parts, 5);
            let told = events.iter().map(|event| speaker.evidence(event, history).into());
            (in_one(sign, &parts, speaker), told.collect())
        });
        let person = person_to_call(history, sign.kind, now);
        let called = person.as_ref().and_then(|person| person.name.as_deref());
        let value = parts.iter().find_map(|part| value_found(&part.because));
        let script = self.said(&sign.script);
        let brief = scenarios::brief(history, now, &app.calendar);
        let held = |held: &Held| {
            let sign = &rules.signs()[held.sign as usize].sign;
            SignHeld::of(app, (sign, row.customer), (held.strength, held.since), language)
        };
        Ok(TodayRow {
            customer: CustomerName::of(app.key_text(row.customer), card),
            rep: card.rep.as_deref().map(str::to_owned),
            priority: number_of(row.priority.sum),
            sum: Sum::of(&row.priority),
            sign: held(&row.lead),
            other_signs: row.others.iter().map(held).collect(),
            momentum: rules.momentum(number, history, now).into(),
            reason,
            evidence,
            due: row.due.into(),
            script: fill(script, &card.name, called, value.as_deref(), language),
            next_action: self.said(&sign.next_action).to_owned(),
            contact: person.map(ContactRow::from),
            offer: match sign.kind {
                SignKind::Churn => None,
                _ => best_of(app, self.advice.asking, history, self.saying),
            },
            next: match sign.kind {
                SignKind::Churn => None,
                _ => {
                    let Advice { book, together, .. } = self.advice;
                    together.and_then(|ready| worth_a_word(ready, history, now, (book, language)))
                }
            },
            recent_contact_at: brief.last_approach.map(Instant::from),
        })
    }

    fn said(self, said: &Said) -> &str {
        said.get(self.saying.language)
    }
}

/// The value for which "for some" holds, such as the product that is due.
fn value_found(because: &Because) -> Option<String> {
    match &because.found {
        Found::Some(Some(value)) if because.reading.value => Some(value.to_string()),
        _ => because.children.iter().find_map(value_found),
    }
}

impl Sum {
    fn of(priority: &scenarios::Priority) -> Sum {
        let scenarios::Priority { strength, value, time_left, standing, recent_contact, sum } =
            *priority;
        let factors = [value, time_left].into_iter().chain((standing != 100).then_some(standing));
        let factors: String = factors.map(|factor| format!(" × {}", written(factor))).collect();
        let text = format!("{strength}{factors} − {} = {}", written(recent_contact), written(sum));
        Sum {
            strength,
            value: number_of(value),
            time_left: number_of(time_left),
            standing: number_of(standing),
            recent_contact: number_of(recent_contact),
            text,
        }
    }
}

fn number_of(hundredths: Hundredths) -> f64 {
    hundredths as f64 / 100.0
}

/// Two digits after the point, without zeros at the end.
fn written(hundredths: Hundredths) -> String {
    facts::Decimal::new(hundredths, 2).normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_written_as_people_write_it() {
        let priority = scenarios::Priority {
            strength: 82,
            value: 140,
            time_left: 120,
            standing: 100,
            recent_contact: 1_500,
            sum: 12_276,
        };
        assert_eq!(Sum::of(&priority).text, "82 × 1.4 × 1.2 − 15 = 122.76");
        let doubted = scenarios::Priority { standing: 50, sum: 5_388, ..priority };
        assert_eq!(Sum::of(&doubted).text, "82 × 1.4 × 1.2 × 0.5 − 15 = 53.88");
    }
}
