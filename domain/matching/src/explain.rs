//! Why a pair was judged as it was: a sum, step by step, in bits. Each bit doubles the odds.
//!
//! ```text
//!   before comparing      −15.2   of all pairs so few are one customer
//!   name: the same        + 9.1   佐藤 is frequent, so it counts less
//!   telephone: the same   +12.8
//!   address: different    − 3.1
//!   might be a family     − 0.4
//!   ─────────────────────────────
//!                         + 3.2   90 %
//! ```

use crate::{
    Plan,
    model::{Class, Judged, Model, Relation, Role},
    records::{Agreement, Records, RowNo},
};

/// One step of the sum.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// How rare such pairs are at all.
    Start,
    /// A comparison: its place in the plan and its level from 1.
    Compared {
        /// Which comparison.
        comparison: usize,
        /// Which of its levels.
        level: usize,
    },
    /// What else the pair might be.
    MightBe(Relation),
}

impl Step {
    /// What the step is, in Japanese and in English.
    pub fn said(&self, plan: &Plan) -> (String, String) {
        match self {
            Step::Start => (
                "比べる前(同じ顧客の組はまれ)".to_owned(),
                "before comparing: few pairs are one customer".to_owned(),
            ),
            Step::Compared { comparison, level } => {
                let Some(comparison) = plan.comparisons().get(*comparison) else {
                    return (String::new(), String::new());
                };
                let level = level.checked_sub(1);
                let level = level.and_then(|level| comparison.measure.levels().get(level));
                let (ja, en) = level.map_or(("", ""), |level| (level.ja, level.en));
                (format!("{}: {ja}", comparison.label), format!("{}: {en}", comparison.label))
            }
            Step::MightBe(relation) => {
                let (ja, en) = relation.label();
                (format!("ほかの見方: {ja}"), format!("what else it might be: {en}"))
            }
        }
    }
}

/// The whole sum.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// The steps, each with its bits.
    pub steps: Vec<(Step, f64)>,
    /// What they come to.
    pub judged: Judged,
}

/// Explains a pair.
pub fn explain(records: &Records, model: &Model, a: RowNo, b: RowNo) -> Waterfall {
    explained(records, model, &records.agreement(a, b))
}

pub(crate) fn explained(records: &Records, model: &Model, agreement: &Agreement) -> Waterfall {
    let judged = model.judge(records, agreement);
    let chances = model.chances(records, agreement);
    let likely = |class: &Class| model.likely(class, agreement, &chances);
    let likeliest = |same: bool| {
        let of_kind = model.classes.iter().filter(|class| class.relation.is_same() == same);
        of_kind.max_by(|x, y| likely(x).total_cmp(&likely(y)))
    };
    let (Some(same), Some(other), Some(unrelated)) =
        (likeliest(true), likeliest(false), model.classes.last())
    else {
        return Waterfall { steps: Vec::new(), judged };
    };
    let mut steps = vec![(Step::Start, (same.share / unrelated.share).log2())];
    for (place, role) in same.roles.iter().enumerate() {
        let level = agreement.levels[place] as usize;
        if level == 0 {
            continue;
        }
        let usual = match role {
            Role::Same => model.same[place][level - 1],
            Role::Chance => chances[place],
            Role::Own(own) => model.own[*own][level - 1],
        };
        let bits = (usual / chances[place]).log2();
        steps.push((Step::Compared { comparison: place, level }, bits));
    }
    let sum: f64 = steps.iter().map(|(_, bits)| bits).sum();
    steps.push((Step::MightBe(other.relation), judged.weight - sum));
    Waterfall { steps, judged }
}
