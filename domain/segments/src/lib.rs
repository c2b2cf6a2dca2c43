//! Named groups of customers: how a segment is written, what belongs to it beside its condition, and the reasons
//! behind a membership as sentences.

mod definition;
mod reason;
mod templates;

pub use definition::{Golden, Segment, SegmentDraft, SegmentFault, SegmentFile, check_all};
pub use reason::{Evidence, Reason, ReasonKind, Speaker, say_plan_fault};
pub use templates::{Needs, Template, TemplateGroup, templates};
