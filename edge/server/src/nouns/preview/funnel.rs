//! How many are left at each place of a condition, read from the first row to the last.
//!
//! ```text
//!   everybody ──▶ a ──▶ b ──▶ ┌ c      each place has who comes to it, and who is left behind it;
//!                             └ d      where any is enough, those are who fits one of the rows so far
//! ```

use condition::Condition;
use facts::Timestamp;
use roaring::RoaringBitmap;
use serde::Serialize;
use utoipa::ToSchema;

use crate::host::leaves::Fitting;

/// How many come to one place of a condition, and how many are left behind it.
#[derive(Serialize, ToSchema)]
pub(crate) struct FunnelStep {
    /// A JSON pointer into the draft; of what stands under a `not`, to what is turned around.
    path: String,
    /// Who fits all that stands before this place.
    before: u64,
    /// Who is left when this place has been asked too; where any is enough, who fits this row or one above it.
    after: u64,
}

/// Goes through a condition with the customers in `everybody`; the leaves must have been asked for.
pub(super) fn funnel(
    condition: &Condition,
    (fitting, at): (&Fitting, Timestamp),
    everybody: &RoaringBitmap,
) -> Vec<FunnelStep> {
    let mut walk = Walk { fitting, at, steps: vec![] };
    walk.left(condition, String::new(), everybody);
    walk.steps
}

struct Walk<'f> {
    fitting: &'f Fitting,
    at: Timestamp,
    steps: Vec<FunnelStep>,
}

impl Walk<'_> {
    /// Who of `before` is left behind a condition; each of its places becomes a step.
    fn left(
        &mut self,
        condition: &Condition,
        path: String,
        before: &RoaringBitmap,
    ) -> RoaringBitmap {
        match condition {
            Condition::All(parts) => {
                let mut left = before.clone();
                for (place, part) in parts.iter().enumerate() {
                    let path = format!("{path}/all/{place}");
                    let after = self.left(part, path.clone(), &left);
                    self.step(part, path, &left, &after);
                    left = after;
                }
                left
            }
            Condition::Any(parts) => {
                let mut found = RoaringBitmap::new();
                for (place, part) in parts.iter().enumerate() {
                    let path = format!("{path}/any/{place}");
                    found |= self.left(part, path.clone(), before);
                    self.step(part, path, before, &found);
                }
                found
            }
            Condition::Not(inner) => before - self.left(inner, format!("{path}/not"), before),
            Condition::Some { .. }
            | Condition::Contacts { .. }
            | Condition::Company(_)
            | Condition::Points { .. }
            | Condition::Leaf(_) => before & self.fitting.members(condition, self.at),
        }
    }

    fn step(
        &mut self,
        part: &Condition,
        path: String,
        before: &RoaringBitmap,
        after: &RoaringBitmap,
    ) {
        let turned = matches!(part, Condition::Not(_));
        let path = if turned { format!("{path}/not") } else { path };
        self.steps.push(FunnelStep { path, before: before.len(), after: after.len() });
    }
}
