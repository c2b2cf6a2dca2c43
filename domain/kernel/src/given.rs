//! What a plan is given beside its conditions: the strengths of signs and the cuts of ranks. Both are arguments, so that
//! evaluation stays a function of nothing else.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use condition::{Condition, Rank, SegmentId, Top};
use facts::{
    Decimal, Timestamp,
    pack::{Unpack, push_bytes, push_i64, push_u64},
};

use crate::leaves::{Quantity, times};

/// Signs by id, and cuts by the rank they are of.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// How strong each sign is; a score of this id means it, by its definition at the instant asked about.
    pub strengths: BTreeMap<String, StrengthOf>,
    /// Where each rank is cut. A rank without a cut holds for nobody.
    pub cuts: BTreeMap<RankKey, Cut>,
}

impl Given {
    /// The segments a condition refers to, also through the signs whose strength it asks for.
    pub fn needed_by<'a>(&'a self, condition: &'a Condition) -> Vec<&'a SegmentId> {
        let scores = condition.scores().into_iter();
        let strengths = scores.filter_map(|id| self.strengths.get(id));
        let through_signs = strengths.flat_map(StrengthOf::segments);
        condition.segments().into_iter().chain(through_signs).collect()
    }
}

/// How the strength of a sign comes together: its conditions are segments of the same plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrengthOf {
    /// Where this does not hold, the strength is 0.
    pub requires: Option<SegmentId>,
    /// What adds how much where it holds.
    pub parts: Vec<(i32, SegmentId)>,
    /// More is never reached.
    pub most: i32,
}

impl StrengthOf {
    /// The segments it is made of.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &SegmentId> {
        self.requires.iter().chain(self.parts.iter().map(|(_, id)| id))
    }
}

/// A rank told apart from every other: equal ranks share one cut.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RankKey(String);

impl RankKey {
    /// The key of a rank.
    pub fn of(rank: &Rank) -> RankKey {
        RankKey(format!("{rank:?}"))
    }
}

/// Appends cuts, so that [`unpack_cuts`] gives them again.
pub fn pack_cuts(cuts: &BTreeMap<RankKey, Option<Cut>>, out: &mut Vec<u8>) {
    push_u64(out, cuts.len() as u64);
    for (RankKey(rank), cut) in cuts {
        push_bytes(out, rank.as_bytes());
        push_u64(out, cut.is_some().into());
        if let Some(Cut { least: Standing(Quantity { sum, parts }), taken_at }) = cut {
            push_bytes(out, &sum.serialize());
            push_u64(out, *parts);
            push_i64(out, taken_at.millis());
        }
    }
}

/// Reads cuts; `None` when they are not what was packed.
pub fn unpack_cuts(rest: &mut Unpack<'_>) -> Option<BTreeMap<RankKey, Option<Cut>>> {
    let mut cuts = BTreeMap::new();
    for _ in 0..rest.u64()? {
        let rank = RankKey(rest.text()?.to_owned());
        let cut = match rest.u64()? {
            0 => None,
            _ => {
                let sum = Decimal::deserialize(rest.bytes()?.try_into().ok()?);
                let least = Standing(Quantity { sum, parts: rest.u64()? });
                Some(Cut { least, taken_at: Timestamp::from_millis(rest.i64()?) })
            }
        };
        cuts.insert(rank, cut);
    }
    Some(cuts)
}

/// How high one customer stands by the measure of a rank.
#[derive(Debug, Clone, Copy)]
pub struct Standing(pub(crate) Quantity);

impl Standing {
    /// The standing of a measure that is a plain number, which is every one but an average.
    pub fn of(measure: Decimal) -> Standing {
        Standing(Quantity { sum: measure, parts: 1 })
    }

    /// The measure, rounded only for the eye.
    pub fn shown(self) -> Option<Decimal> {
        self.0.shown()
    }
}

impl Ord for Standing {
    fn cmp(&self, other: &Standing) -> Ordering {
        let (a, b) = (self.0, other.0);
        times(a.sum, b.parts.into()).cmp(&times(b.sum, a.parts.into()))
    }
}

impl PartialOrd for Standing {
    fn partial_cmp(&self, other: &Standing) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Standing {
    fn eq(&self, other: &Standing) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Standing {}

/// Where a rank is cut: whoever stands as high is in, ties included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// The lowest standing that is in.
    pub least: Standing,
    /// The instant at which the standings were read.
    pub taken_at: Timestamp,
}

impl Cut {
    /// The cut among the members of the base. `standings` holds those that have a measure, in any order; `n_members`
    /// counts all members, which is what a percentage is of. `None` where nobody is in.
    pub fn of(
        rank: &Rank,
        mut standings: Vec<Standing>,
        n_members: usize,
        taken_at: Timestamp,
    ) -> Option<Cut> {
        let wanted = match rank.top {
            Top::Count(n) => n as usize,
            Top::Percent(percent) => {
                let share = times(Decimal::from(n_members), percent) / Decimal::ONE_HUNDRED;
                usize::try_from(share.ceil()).unwrap_or(usize::MAX)
            }
        };
        let place = wanted.min(standings.len()).checked_sub(1)?;
        let (_, least, _) = standings.select_nth_unstable_by(place, |a, b| b.cmp(a));
        Some(Cut { least: *least, taken_at })
    }
}
