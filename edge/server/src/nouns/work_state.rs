//! How long work stands that goes on in the background, told in the same way whatever the work is.

use std::sync::Arc;

use condition::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::works::{End, Work},
    http::error::speak,
};

/// How a work stands.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkTold {
    state: WorkState,
    /// While it is at work.
    progress: Option<WorkProgress>,
    /// Why it failed.
    error: Option<String>,
}

/// Where a work stands.
#[derive(Clone, Copy, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WorkState {
    /// It was never begun.
    Never,
    /// It waits for its turn or is at work.
    Running,
    /// There is a result.
    Done,
    /// It was stopped before there was one.
    Cancelled,
    /// It could not be done.
    Failed,
}

/// How much has been done: customers looked at, or bytes.
#[derive(Serialize, ToSchema)]
pub(crate) struct WorkProgress {
    done: u64,
    /// 0 while that is not known.
    total: u64,
}

impl WorkProgress {
    pub(crate) fn of<T>(work: &Work<T>) -> WorkProgress {
        let (done, total) = work.far();
        WorkProgress { done, total }
    }
}

/// A work as it was looked at. It is looked at before what came of it is read: what came of one that has ended is kept
/// by then.
pub(crate) struct Looked<T> {
    work: Option<Arc<Work<T>>>,
    end: Option<Option<End<T>>>,
}

impl<T> Looked<T> {
    pub(crate) fn at(work: Option<Arc<Work<T>>>) -> Looked<T> {
        let end = work.as_ref().map(|work| work.end());
        Looked { work, end }
    }

    /// How it stands, when there is a result of it or of an earlier one, or when there is none.
    pub(crate) fn told(self, has_result: bool, language: Language) -> WorkTold {
        let (state, error) = match self.end {
            Some(None) => (WorkState::Running, None),
            Some(Some(End::Cancelled)) => (WorkState::Cancelled, None),
            Some(Some(End::Failed(why))) => (WorkState::Failed, Some(speak(why.said(), language))),
            Some(Some(End::Done(_))) | None if has_result => (WorkState::Done, None),
            Some(Some(End::Done(_))) | None => (WorkState::Never, None),
        };
        let running = self.work.filter(|_| state == WorkState::Running);
        let progress = running.map(|work| WorkProgress::of(&work));
        WorkTold { state, progress, error }
    }
}
