//! Offers (提案・商材): what is proposed, which needs it meets, and how well it fits a customer.
//!
//! ```text
//!   criterion ──▶ surely    holds whatever the unknown facts are  ─┐
//!             └─▶ possibly  could hold                            ─┤──▶ met, not met, unknown ──▶ level and the most it can be
//!   one condition each, asked of one history or of everybody's columns ┘
//! ```
//! A criterion is a condition of the condition language, so that it is exact at every instant and can be asked why. A
//! fact that is not known makes a criterion unknown and not failed: the level has a range, and the facts that would
//! narrow it most are named.
//!
//! What is bought together is another way to what to propose: [`Learned`].
//!
//! Read in this order: [`Offer`], [`Twofold`], [`Asked`].

mod amount;
mod check;
mod draft;
mod fault;
mod level;
mod missing;
mod need;
mod next;
mod proposal;
mod unsure;

pub use draft::{
    Amount, Criterion, CriterionDraft, MeetsDraft, Offer, OfferDraft, OfferFile, PairDraft, Source,
    Trait, Variant, VariantDraft,
};
pub use fault::Fault;
pub use level::{Asked, Helpful, Judged, MatchLevel, Met, Ranked};
pub use missing::{Missing, missing};
pub use need::{Need, NeedDraft, NeedKind};
pub use next::{Bag, From, Learned, SUGGESTED, Suggestion, TRIED_LEAST, Together, Tried, Verdict};
pub use proposal::{
    ANSWERED, CRITERION, PROPOSED, Proposal, ProposalResult, Review, Told, Won, proposals, told_by,
};
pub use unsure::{Twofold, twofold};
