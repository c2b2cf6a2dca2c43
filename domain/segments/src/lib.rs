//! Named groups of customers: how a segment is written, what belongs to it beside its condition, and the reasons
//! behind a membership as sentences.

mod contrast;
mod crosstab;
mod definition;
mod packs;
mod reason;
mod templates;

pub use contrast::{Contrast, LATELY, Profile, Standing, Trait};
pub use crosstab::{Axis, AxisFault, BANDS_MOST, Band, Seen, amount_of};
pub use definition::{Golden, Segment, SegmentDraft, SegmentFault, SegmentFile, check_all};
pub use packs::{Channel, Family, Message, Pack, PackSegment, packs};
pub use reason::{Evidence, Reason, ReasonKind, Speaker, say_plan_fault};
pub use templates::{Needs, Template, TemplateGroup, templates};
