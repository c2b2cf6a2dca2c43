//! What came of trying a sign, as sentences.

use condition::Language;

use crate::{Drift, Lack, Proof, Verdict};

/// The whole in a sentence or two: nothing but what is lacking where there is too little.
pub fn say_proof(proof: &Proof, language: Language) -> String {
    if let Verdict::TooLittle(lacks) = &proof.verdict {
        let lacks: Vec<String> = lacks.iter().map(|lack| say_lack(*lack, language)).collect();
        return match language {
            Language::Ja => format!("まだ判断できるだけのデータがありません。{}", lacks.concat()),
            Language::En => format!("There is too little data to judge yet. {}", lacks.join(" ")),
        };
    }
    match language {
        Language::Ja => ja(proof),
        Language::En => en(proof),
    }
}

/// How a sign did lately against the time before, in a sentence.
pub fn say_drift(drift: &Drift, language: Language) -> String {
    let (before, lately) = (percent(drift.before.share), percent(drift.lately.share));
    let (hits, of) = (drift.lately.hits, drift.lately.of);
    match (drift.alarm, language) {
        (Some(_), Language::Ja) => format!(
            "最近は当たらなくなっています。以前は {before}、最近は {of} 回中 {hits} 回（{lately}）です。条件を見直してください。"
        ),
        (Some(_), Language::En) => format!(
            "It is no longer as good as it was: {before} before, {hits} of {of} lately ({lately}). Look at its conditions again."
        ),
        (None, Language::Ja) => {
            format!(
                "最近は {of} 回中 {hits} 回（{lately}）で、以前の {before} から悪くなったとは言えません。"
            )
        }
        (None, Language::En) => format!(
            "Lately {hits} of {of} ({lately}), which is not surely worse than the {before} before."
        ),
    }
}

/// What there is too little of.
pub fn say_lack(lack: Lack, language: Language) -> String {
    match (lack, language) {
        (Lack::Alerts { found, needed }, Language::Ja) => {
            format!("この兆しが出たのは {found} 回で、{needed} 回は必要です。")
        }
        (Lack::Customers { found, needed }, Language::Ja) => {
            format!("兆しが出た顧客は {found} 件で、{needed} 件は必要です。")
        }
        (Lack::Outcomes { found, needed }, Language::Ja) => {
            format!("予測の対象となる出来事は {found} 回で、{needed} 回は必要です。")
        }
        (Lack::Alerts { found, needed }, Language::En) => {
            format!("The sign came up {found} times; {needed} are needed.")
        }
        (Lack::Customers { found, needed }, Language::En) => {
            format!("It came up at {found} customers; {needed} are needed.")
        }
        (Lack::Outcomes { found, needed }, Language::En) => {
            format!("What it foretells came {found} times; {needed} are needed.")
        }
    }
}

/// A share in percent, with a digit after the point below ten.
fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 9.95 { format!("{percent:.1}%") } else { format!("{percent:.0}%") }
}

fn ja(proof: &Proof) -> String {
    let mut said = String::new();
    if let Some(right) = proof.right {
        said += &format!(
            "{} 回出たうち {} 回で、{} 日以内に予測どおりになりました（{}、95%区間 {}〜{}）。",
            right.of,
            right.hits,
            proof.horizon_days,
            percent(right.share),
            percent(right.low),
            percent(right.high)
        );
    }
    if let (Some(base), Some(lift)) = (proof.base, proof.lift) {
        said += &format!(
            "兆しを見ない場合は {} で、その {:.1} 倍です。",
            percent(base.share),
            lift.times
        );
    }
    if let Some(days) = proof.median_lead {
        said += &format!("{days} 日前（中央値）に気づけています。");
    }
    said += match proof.verdict {
        Verdict::Foretells | Verdict::TooLittle(_) => "",
        Verdict::Unclear => "ただし、偶然と区別がつきません。",
        Verdict::Misleads => "むしろ、兆しが出ていないときのほうが多く起きています。",
    };
    said
}

fn en(proof: &Proof) -> String {
    let mut said = vec![];
    if let Some(right) = proof.right {
        said.push(format!(
            "Of {} times it came up, it was right {} times within {} days ({}, 95% interval {} to {}).",
            right.of,
            right.hits,
            proof.horizon_days,
            percent(right.share),
            percent(right.low),
            percent(right.high)
        ));
    }
    if let (Some(base), Some(lift)) = (proof.base, proof.lift) {
        said.push(format!(
            "Without looking at the sign it is {}: {:.1} times as often.",
            percent(base.share),
            lift.times
        ));
    }
    if let Some(days) = proof.median_lead {
        said.push(format!("It came up {days} days before (median)."));
    }
    match proof.verdict {
        Verdict::Foretells | Verdict::TooLittle(_) => {}
        Verdict::Unclear => said.push("It cannot be told from chance.".into()),
        Verdict::Misleads => {
            said.push("It happens more often where the sign is not carried.".into());
        }
    }
    said.join(" ")
}
