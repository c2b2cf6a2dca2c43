//! Segments from a file: all of it is taken in, or nothing.

use ::segments::{SegmentDraft, SegmentFile, check_all};
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::{App, catalogue::Catalogue},
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault, fault_said},
        take::{Text, read_json},
    },
    nouns::segments::{definition, edit, note},
};

/// What became of a file of segments.
#[derive(Serialize, ToSchema)]
pub(crate) struct FileTaken {
    /// How many were new.
    added: usize,
    /// How many were there and are different now.
    changed: usize,
    /// How many were there and are the same.
    unchanged: usize,
    /// Always empty: a file with faults is answered 422 and changes nothing.
    faults: Vec<Fault>,
}

/// Takes in a file of segments, YAML or JSON.
#[utoipa::path(post, path = "/api/v1/segments/files", tag = "segments",
    request_body(content = String, description = "YAML or JSON", content_type = "text/plain"),
    responses((status = 200, body = FileTaken)))]
pub(crate) async fn take_file(
    State(app): State<App>,
    caller: Caller,
    Text(text): Text,
) -> Answer<axum::Json<FileTaken>> {
    let drafts = read(&text)?.segments;
    let (by, told) = (caller.name(), tokio::sync::oneshot::channel());
    let (tell, told) = told;
    edit(&app, async move |app| {
        let sorted = {
            let live = app.live()?;
            check_all(&drafts, &live.catalogue.conditions()).map_err(faults_of_file)?;
            sort(&live.catalogue, drafts)
        };
        let new = sorted.new.iter();
        let new = new.map(|(draft, seen)| definition(draft, *seen, registry::Origin::File, &by));
        let new = new.collect::<Answer<Vec<_>>>()?;
        app.registry.put_definitions(new, app.clock.now().millis()).await?;
        note(&app, &by, "segment_file_taken", &sorted.new.len().to_string()).await?;
        let _ = tell.send(sorted.counted());
        Ok(())
    })
    .await?;
    told.await.map(axum::Json).map_err(|why| ApiError::ours("a segments file", why))
}

/// The drafts of a file beside what is there.
struct Sorted {
    /// Those to write, with the version that is there.
    new: Vec<(SegmentDraft, Option<i32>)>,
    unchanged: usize,
}

impl Sorted {
    fn counted(&self) -> FileTaken {
        let added = self.new.iter().filter(|(_, seen)| seen.is_none()).count();
        let changed = self.new.len() - added;
        FileTaken { added, changed, unchanged: self.unchanged, faults: vec![] }
    }
}

fn sort(catalogue: &Catalogue, drafts: Vec<SegmentDraft>) -> Sorted {
    let mut sorted = Sorted { new: vec![], unchanged: 0 };
    for draft in drafts {
        match catalogue.all.get(&draft.id) {
            Some(known) if known.draft == draft && !known.retired => sorted.unchanged += 1,
            Some(known) => sorted.new.push((draft, Some(known.version))),
            None => sorted.new.push((draft, None)),
        }
    }
    sorted
}

fn read(text: &str) -> Answer<SegmentFile> {
    if text.trim_start().starts_with('{') {
        return read_json(text.as_bytes());
    }
    serde_saphyr::from_str(text).map_err(|wrong| {
        let wrong: String = wrong.to_string().chars().take(400).collect();
        ApiError::malformed(
            format!("YAML を読めません: {wrong}"),
            format!("the YAML cannot be read: {wrong}"),
        )
    })
}

fn faults_of_file(faults: Vec<::segments::SegmentFault>) -> ApiError {
    let told = faults.into_iter().map(|fault| {
        let (path, said) = fault_said(&fault.fault);
        (format!("/segments/{}{path}", fault.place), said)
    });
    ApiError::faults(told.collect())
}
