//! Segments from a file: all of it is taken in, or nothing; and before that, who would come and go.

use ::segments::{SegmentDraft, SegmentFile, check_all};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use condition::{Condition, Language, SegmentId};
use facts::Timestamp;
use roaring::RoaringBitmap;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    host::{
        App, Live, Scope,
        asking::{Background, Gone, Questions},
        catalogue::Catalogue,
    },
    http::{
        caller::Caller,
        error::{Answer, ApiError, Fault, fault_said},
        language::Spoken,
        take::{Text, read_json},
    },
    nouns::{
        preview::Difference,
        segments::{definition, edit, note},
        wire::Instant,
    },
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

/// All segments that are in use as a file, which can be taken in again as it is.
#[utoipa::path(get, path = "/api/v1/segments/files", tag = "segments",
    responses((status = 200, body = String, content_type = "application/yaml")))]
pub(crate) async fn write_file(State(app): State<App>) -> Answer<Response> {
    let segments = {
        let live = app.live()?;
        let in_use = live.catalogue.all.values().filter(|known| !known.retired);
        in_use.map(|known| known.draft.clone()).collect()
    };
    let text = serde_saphyr::to_string(&SegmentFile { segments });
    let text = text.map_err(|why| ApiError::ours("a file of segments", why))?;
    let headers = [
        (header::CONTENT_TYPE, "application/yaml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"segments.yaml\""),
    ];
    Ok((headers, text).into_response())
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
    let drafts = read::<SegmentFile>(&text)?.segments;
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

/// What taking a file in would change.
#[derive(Serialize, ToSchema)]
pub(crate) struct FileCompared {
    pub(crate) as_of: Instant,
    pub(crate) rows: Vec<FileRow>,
    /// How many are there and are the same.
    unchanged: usize,
}

/// One segment whose members may differ.
#[derive(Serialize, ToSchema)]
pub(crate) struct FileRow {
    id: String,
    name: String,
    kind: FileRowKind,
    /// How many are in now; null when it is not in use.
    before: Option<u64>,
    /// How many would be in.
    after: u64,
    #[serde(flatten)]
    difference: Difference,
}

/// Why a segment's members may differ.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FileRowKind {
    /// It is new, or comes into use again.
    Added,
    /// The file says something else.
    Changed,
    /// It refers to one that is added or changed.
    Follows,
}

/// Says who would come and go if a file of segments were taken in, and changes nothing.
#[utoipa::path(post, path = "/api/v1/segments/files/compare", tag = "segments",
    request_body(content = String, description = "YAML or JSON", content_type = "text/plain"),
    responses((status = 200, body = FileCompared)))]
pub(crate) async fn compare_file(
    State(app): State<App>,
    caller: Caller,
    Spoken(language): Spoken,
    Text(text): Text,
) -> Answer<axum::Json<FileCompared>> {
    let drafts = read::<SegmentFile>(&text)?.segments;
    let comparing = {
        let live = app.live()?;
        Comparing::new(&live, drafts, (live.scope(&caller), live.at, language))?
    };
    app.ask(move |app, gone| comparing.run(app, gone)).await.map(axum::Json)
}

/// The segments whose members may differ, as they are and as they would be.
pub(crate) struct Comparing {
    rows: Vec<(SegmentId, String, FileRowKind)>,
    /// The conditions of those that are in force.
    before: Questions,
    /// The conditions of all of them.
    after: Questions,
    in_force: Vec<bool>,
    unchanged: usize,
    scope: Scope,
    now: Timestamp,
}

impl Comparing {
    pub(crate) fn new(
        live: &Live,
        drafts: Vec<SegmentDraft>,
        (scope, now, language): (Scope, Timestamp, Language),
    ) -> Answer<Comparing> {
        let (catalogue, background) = (&live.catalogue, Background::of(live));
        let old = background.segments();
        let written = check_all(&drafts, old).map_err(faults_of_file)?;
        let Sorted { new, unchanged } = sort(catalogue, drafts);
        let is_new = |id: &SegmentId| new.iter().any(|(draft, _)| draft.id == id.as_str());
        let written = written.into_iter().filter(|one| is_new(&one.id));
        let (mut names, mut moved, mut defined) = (vec![], vec![], vec![]);
        for segment in written {
            names.push(segment.name.get(language).to_owned());
            moved.push(segment.id.clone());
            defined.push((segment.id, segment.condition));
        }
        let n_written = moved.len();
        let foreground = background.with(defined);
        let all = foreground.segments();
        follow(all, &mut moved);
        let condition = |from: &[(SegmentId, Condition)], id: &SegmentId| {
            from.iter().find(|(known, _)| known == id).map(|(_, condition)| condition.clone())
        };
        let in_force: Vec<bool> = moved.iter().map(|id| condition(old, id).is_some()).collect();
        let before = moved.iter().filter_map(|id| condition(old, id)).collect();
        let after = moved.iter().filter_map(|id| condition(all, id)).collect();
        let before = Questions::new(before, &background)?;
        let after = Questions::new(after, &foreground)?;
        let rows = moved.into_iter().enumerate().map(|(place, id)| {
            let kind = match (place < n_written, in_force[place]) {
                (true, true) => FileRowKind::Changed,
                (true, false) => FileRowKind::Added,
                (false, _) => FileRowKind::Follows,
            };
            let name = names.get(place).cloned().or_else(|| catalogue.name(&id, language));
            let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_string());
            (id, name, kind)
        });
        let rows = rows.collect();
        Ok(Comparing { rows, before, after, in_force, unchanged, scope, now })
    }

    pub(crate) fn run(self, app: &App, gone: &Gone) -> Answer<FileCompared> {
        let members = |questions: Questions| {
            let questions = app.ready(questions, self.now, gone)?;
            let asked = [(self.now, questions.all())];
            let census = app.census(&questions, &asked, &self.scope, gone)?;
            Answer::Ok(census.into_iter().flat_map(|census| census.members).collect::<Vec<_>>())
        };
        let mut before = members(self.before)?.into_iter();
        let after = members(self.after)?;
        let mut rows = vec![];
        for (((id, name, kind), in_force), after) in
            self.rows.into_iter().zip(&self.in_force).zip(after)
        {
            let before = if *in_force { before.next() } else { None };
            let difference =
                Difference::of(app, before.as_ref().unwrap_or(&RoaringBitmap::new()), &after)?;
            rows.push(FileRow {
                id: id.to_string(),
                name,
                kind,
                before: before.map(|before| before.len()),
                after: after.len(),
                difference,
            });
        }
        Ok(FileCompared { as_of: self.now.into(), rows, unchanged: self.unchanged })
    }
}

/// Adds those that refer to one of these, however far.
fn follow(all: &[(SegmentId, Condition)], moved: &mut Vec<SegmentId>) {
    loop {
        let follows = |(id, condition): &&(SegmentId, Condition)| {
            !moved.contains(id) && condition.segments().iter().any(|to| moved.contains(to))
        };
        let Some((id, _)) = all.iter().find(follows) else { return };
        moved.push(id.clone());
    }
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

/// Reads a file of definitions, YAML or JSON.
pub(crate) fn read<T: serde::de::DeserializeOwned>(text: &str) -> Answer<T> {
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

pub(crate) fn faults_of_file(faults: Vec<::segments::SegmentFault>) -> ApiError {
    let told = faults.into_iter().map(|fault| {
        let (path, said) = fault_said(&fault.fault);
        (format!("/segments/{}{path}", fault.place), said)
    });
    ApiError::faults(told.collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    const WHOLE: &str = "\
# 見本
segments:
  - id: dormant
    names: { ja: 休眠, en: Dormant }
    purpose: &why |
      長く来ていない
    next_action: *why
    condition:
      all:
        - { event: login, last: 30d, count: { at_most: 0 } }
        - not: { attribute: plan, is: \"無料\" }
";

    /// Every form of file that is read so.
    fn used(text: &str) {
        if let Err(why) = read::<SegmentFile>(text) {
            assert!(!why.said().ja.is_empty() && why.said().en.len() < 4_000);
        }
        let _ = read::<Value>(text);
        let _ = read::<std::collections::BTreeMap<String, Vec<Value>>>(text);
    }

    #[test]
    fn aliases_that_grow_without_end_are_refused_and_deep_ones_too() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let many = vec![format!("*a{}", n - 1); 10].join(", ");
            bomb.push_str(&format!("a{n}: &a{n} [{many}]\n"));
        }
        let begun = std::time::Instant::now();
        assert!(read::<Value>(&bomb).is_err());
        for deep in ["[", "{a: ", "- ", "? "] {
            used(&deep.repeat(20_000));
        }
        assert!(begun.elapsed().as_secs() < 20);
        assert!(read::<Value>(WHOLE).is_ok());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_yaml(text in "[\\[\\]{}&*!|>%@`'\":,#?~\\\\0-9a-z\\- \n\tあ\u{0}\u{feff}]{0,160}", odd in "\\PC{0,60}") {
            used(&text);
            used(&odd);
        }

        #[test]
        fn any_file_of_segments_damaged(
            place in any::<prop::sample::Index>(), length in 0..30_usize, with in "[\\PC\n\t]{0,8}",
        ) {
            let starts: Vec<usize> = WHOLE.char_indices().map(|(at, _)| at).collect();
            let from = place.index(starts.len());
            let to = (from + length).min(starts.len() - 1);
            used(&format!("{}{with}{}", &WHOLE[..starts[from]], &WHOLE[starts[to]..]));
        }
    }
}
