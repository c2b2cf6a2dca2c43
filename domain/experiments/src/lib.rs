//! Which of two ways did better, how sure that is, and whether the groups were drawn as meant.
//!
//! ```text
//!   what was seen of each group ──▶ Arm ──▶ compare ──▶ difference, interval, p          at the planned end
//!                                    │   └▶ always  ──▶ interval that holds at every look  while it runs
//!                                    └────▶ better  ──▶ the probability that one is better, exact for shares
//! ```
//! Sources: Welch 1947; Deng, Xu, Kohavi and Walker 2013 (what was known before takes noise away); Waudby-Smith et al. 2021
//! (intervals that hold at every look); Fabijan et al. 2019 (groups drawn otherwise than meant).

mod arm;
mod chances;
mod compare;
mod planning;

pub use arm::{Arm, Before, exact_between, share_between};
pub use chances::{
    chi_square_above, normal_below, normal_quantile, student_below, student_quantile,
};
pub use compare::{Always, Belief, Compared, Prior, Scale, always, belief, better, compare};
pub use planning::{drawn_as_meant, needed, weeks};
