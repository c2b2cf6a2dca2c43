//! `kizashi experiment`: which of two ways did better, from a plain file or from counts.

pub(crate) mod args;
mod gather;

use std::process::ExitCode;

use condition::Language;
use experiments::{
    Arm, Compared, Scale, always, better, compare, drawn_as_meant, needed, share_between, weeks,
};
use serde_json::{Value as Json, json};

use crate::screen::{Failure, Screen};

/// Groups as unequal as this are no accident.
const DRAWN_WRONG: f64 = 0.001;
/// A real difference is found with this probability.
const POWER: f64 = 0.8;

pub(crate) fn experiment(given: &args::Experiment, screen: &Screen) -> Result<ExitCode, Failure> {
    if !(0.5..1.0).contains(&given.confidence) {
        return Err(Failure::new(
            "--confidence は 0.5 以上 1 未満で指定してください",
            "--confidence is a share from 0.5 to below 1",
        ));
    }
    if let [now, wanted] = given.plan.as_slice() {
        return plan(given, (*now, *wanted), screen);
    }
    let groups: Vec<(String, Arm)> = if given.shares.is_empty() {
        gather::groups(given, screen)?
    } else {
        let named = given.shares.iter().enumerate();
        named.map(|(n, (hits, of))| (group_name(n), Arm::Share { hits: *hits, n: *of })).collect()
    };
    let seen: Vec<u64> = groups.iter().map(|(_, arm)| arm.n()).collect();
    let equal = vec![1.0; groups.len()];
    let weights = if given.weights.is_empty() { &equal } else { &given.weights };
    let drawn = drawn_as_meant(&seen, weights).ok_or_else(|| {
        Failure::new(
            format!("--weights には 0 より大きい数を {} 個書いてください", groups.len()),
            format!("write {} weights above 0", groups.len()),
        )
    })?;
    let (control, others) = groups
        .split_first()
        .ok_or_else(|| Failure::new("グループがありません", "there is no group"))?;
    let told: Vec<Told> = others.iter().map(|other| Told::of(control, other, given)).collect();
    if screen.json {
        screen.json(&json!({
            "drawn_as_meant_p": drawn,
            "drawn_as_meant": DRAWN_WRONG <= drawn,
            "groups": groups.iter().map(|group| group_json(group, given.confidence)).collect::<Vec<_>>(),
            "comparisons": told.iter().map(Told::json).collect::<Vec<_>>(),
        }));
    } else {
        say(&groups, &told, drawn, given, screen);
    }
    Ok(if drawn < DRAWN_WRONG { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn group_name(n: usize) -> String {
    if n == 0 { "control".to_owned() } else { format!("treatment {n}") }
}

/// A group against the control.
struct Told {
    name: String,
    absolute: Option<Compared>,
    relative: Option<Compared>,
    any_day: Option<Compared>,
    better: Option<f64>,
    /// How many are needed in each group to see such a difference.
    needed: Option<u64>,
}

impl Told {
    fn of(
        (_, control): &(String, Arm),
        (name, arm): &(String, Arm),
        given: &args::Experiment,
    ) -> Told {
        let at_end = |scale| compare(control, arm, scale, given.confidence);
        let shares = match (control, arm) {
            (Arm::Share { hits: xa, n: na }, Arm::Share { hits: xb, n: nb }) => {
                Some(((*xa, *na), (*xb, *nb)))
            }
            _ => None,
        };
        Told {
            name: name.clone(),
            absolute: at_end(Scale::Absolute),
            relative: at_end(Scale::Relative),
            any_day: given.planned.and_then(|planned| {
                always(control, arm, Scale::Absolute, (given.confidence, planned))
            }),
            better: shares.map(|(control, treatment)| better(control, treatment)),
            needed: shares
                .and_then(|_| needed(control.mean(), arm.mean(), given.confidence, POWER)),
        }
    }

    fn json(&self) -> Json {
        let one = |compared: &Option<Compared>| {
            compared.map(|one| {
                json!({"effect": one.effect, "error": one.error, "low": one.low, "high": one.high, "p": one.p})
            })
        };
        json!({
            "group": self.name,
            "absolute": one(&self.absolute),
            "relative": one(&self.relative),
            "any_day": one(&self.any_day),
            "better": self.better,
            "needed_in_each": self.needed,
        })
    }
}

fn group_json((name, arm): &(String, Arm), confidence: f64) -> Json {
    let between = match arm {
        Arm::Share { hits, n } => Some(share_between(*hits, *n, confidence)),
        Arm::Mean { .. } | Arm::Beside { .. } => None,
    };
    json!({
        "name": name, "n": arm.n(), "mean": arm.mean(),
        "low": between.map(|(low, _)| low), "high": between.map(|(_, high)| high),
    })
}

fn say(
    groups: &[(String, Arm)],
    told: &[Told],
    drawn: f64,
    given: &args::Experiment,
    screen: &Screen,
) {
    if drawn < DRAWN_WRONG {
        screen.line(screen.say(
            &format!("グループの人数が、割り付けどおりではありません（p = {drawn:.2e}）。原因がわかるまで、以下の差は読まないでください"),
            &format!("the groups were not drawn as meant (p = {drawn:.2e}); until the cause is known, read nothing into the differences below"),
        ));
    }
    for (name, arm) in groups {
        let between = match arm {
            Arm::Share { hits, n } => {
                let (low, high) = share_between(*hits, *n, given.confidence);
                format!("  {hits}/{n}  ({low:.4}–{high:.4})")
            }
            Arm::Mean { .. } | Arm::Beside { .. } => String::new(),
        };
        screen.line(format!("{name:<16} n {:>8}  {:.4}{between}", arm.n(), arm.mean()));
    }
    for one in told {
        screen.line(String::new());
        screen.line(&one.name);
        let line = |ja: &str, en: &str, compared: &Option<Compared>| {
            if let Some(Compared { effect, low, high, p, .. }) = compared {
                let name = screen.say(ja, en).to_owned();
                screen.line(format!("  {name}  {effect:+.4}  ({low:+.4}–{high:+.4})  p {p:.4}"));
            }
        };
        line("差", "difference", &one.absolute);
        line("比", "relative", &one.relative);
        line("いつ見てもよい区間", "at any look", &one.any_day);
        if let Some(better) = one.better {
            screen.line(match screen.language {
                Language::Ja => format!("  上回る確率  {:.1} %", better * 100.0),
                Language::En => format!("  probability of being better  {:.1} %", better * 100.0),
            });
        }
        if one.absolute.is_none() {
            screen.line(screen.say("  くらべるには少なすぎます", "  too few to compare"));
        }
        let decided = one.absolute.is_some_and(|one| 0.0 < one.low || one.high < 0.0);
        if let Some(n) = one.needed.filter(|_| !decided) {
            screen.line(match screen.language {
                Language::Ja => format!("  この差が本当なら、各グループ {n} 人で確かめられます"),
                Language::En => {
                    format!("  if this difference is real, {n} in each group would show it")
                }
            });
        }
    }
}

fn plan(
    given: &args::Experiment,
    (now, wanted): (f64, f64),
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    let n = needed(now, wanted, given.confidence, POWER).ok_or_else(|| {
        Failure::new(
            "割合は 0 から 1 の、互いに違う二つの数で書いてください",
            "write two different shares from 0 to 1",
        )
    })?;
    let weeks = given.a_week.and_then(|a_week| weeks(n, a_week));
    if screen.json {
        screen.json(
            &json!({"in_each": n, "weeks": weeks, "power": POWER, "confidence": given.confidence}),
        );
        return Ok(ExitCode::SUCCESS);
    }
    screen.line(match screen.language {
        Language::Ja => format!("各グループ {n} 人が必要です（検出力 80 %）"),
        Language::En => format!("{n} are needed in each group (power 80 %)"),
    });
    if let Some(weeks) = weeks {
        screen.line(match screen.language {
            Language::Ja => format!("およそ {weeks} 週間かかります"),
            Language::En => format!("that takes about {weeks} weeks"),
        });
    }
    Ok(ExitCode::SUCCESS)
}
