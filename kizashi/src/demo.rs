//! The sample firm: grown from a seed into a new folder, then served to this machine alone.

use std::path::{Path, PathBuf};

use facts::Timestamp;
use offers::OfferFile;
use registry::{NewDefinition, Origin, Registry};
use sample::Firm;
use segments::SegmentFile;
use store::{Options, Store, StoreError, Watch};

use crate::{
    args,
    evaluate::instant,
    screen::{Failure, Screen, follow},
    serve,
};

const SEGMENTS: &str = include_str!("demo_segments.yaml");
const OFFERS: &str = include_str!("demo_offers.yaml");

pub(crate) fn demo(
    data: &Option<PathBuf>,
    given: &args::Demo,
    screen: &Screen,
) -> Result<(), Failure> {
    let now = instant(given.now.as_deref())?;
    if let Some(folder) = &given.files {
        return write_files(folder, given.seed, now, screen);
    }
    let folder = data.clone().unwrap_or_else(|| PathBuf::from("kizashi-demo"));
    if !(given.keep && folder.join(MARK).exists()) {
        make_room(&folder)?;
        fill(&folder, (given.seed, now), given.memory.memory, screen)?;
    }
    let mut options = server::ServeOptions::local(&folder);
    options.bind = ([127, 0, 0, 1], given.port).into();
    options.demo = true;
    options.test_clock = given.test_clock;
    options.memory = given.memory.memory;
    serve::run(options, screen)
}

/// Tells a demo's folder from a firm's own, so that no demo ever clears what is not its own.
const MARK: &str = "this-is-a-demo";

fn make_room(folder: &Path) -> Result<(), Failure> {
    let used = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if used && !folder.join(MARK).exists() {
        return Err(Failure::new(
            format!(
                "`{}` には別のものが入っています。`--data` で空のフォルダを指定してください",
                folder.display()
            ),
            format!(
                "`{}` holds something else; name an empty folder with `--data`",
                folder.display()
            ),
        ));
    }
    if used {
        // The lock tells, not the file with the address: a server that is closing has taken that away already.
        let opened = Store::open(folder, Options::default(), &Watch::NONE);
        if matches!(opened, Err(StoreError::Held { .. })) {
            return Err(Failure::new(
                format!("`{}` のデモはまだ動いています。先に止めてください", folder.display()),
                format!("the demo in `{}` is still running; stop it first", folder.display()),
            ));
        }
        drop(opened);
        std::fs::remove_dir_all(folder).map_err(|fault| Failure::file(folder, fault))?;
    }
    std::fs::create_dir_all(folder).map_err(|fault| Failure::file(folder, fault))
}

fn fill(
    folder: &Path,
    (seed, now): (u64, Timestamp),
    memory: Option<u64>,
    screen: &Screen,
) -> Result<(), Failure> {
    let firm = Firm::generate(seed, now);
    let bar = screen.bar(screen.say("見本の会社を作っています", "growing the sample firm"));
    let show = follow(&bar);
    let watch = Watch { progress: Some(&show), cancel: None };
    let store = Store::open(folder, Options::within(memory), &watch)?;
    let mut staged = store.begin_import("sample", firm.name, now)?;
    for fact in firm.facts() {
        staged.add(fact)?;
    }
    staged.commit(&watch)?;
    store.close()?;
    bar.finish_and_clear();
    let runtime = tokio::runtime::Runtime::new().map_err(Failure::of)?;
    runtime.block_on(define(folder, firm.name, now)).map_err(Failure::of)?;
    let truth = serde_json::to_string_pretty(&firm.truth).map_err(Failure::of)?;
    let mark = folder.join(MARK);
    std::fs::write(&mark, truth).map_err(|fault| Failure::file(&mark, fault))
}

/// Puts the sample's segments, needs and offers and its name into the registry.
async fn define(folder: &Path, name: &str, now: Timestamp) -> Result<(), String> {
    let registry = Registry::open(&folder.join(registry::FILE_NAME))
        .await
        .map_err(|fault| fault.to_string())?;
    let file: SegmentFile = serde_saphyr::from_str(SEGMENTS).map_err(|fault| fault.to_string())?;
    let offers: OfferFile = serde_saphyr::from_str(OFFERS).map_err(|fault| fault.to_string())?;
    let mut definitions = vec![];
    let mut add = |kind: &str, id: &str, body: serde_json::Result<String>| {
        definitions.push(NewDefinition {
            kind: kind.to_owned(),
            id: id.to_owned(),
            body: body.map_err(|fault| fault.to_string())?,
            expected: None,
            origin: Origin::BuiltIn,
            by: "demo".into(),
        });
        Ok::<(), String>(())
    };
    for draft in &file.segments {
        add("segment", &draft.id, serde_json::to_string(draft))?;
    }
    for draft in &offers.needs {
        add("need", &draft.id, serde_json::to_string(draft))?;
    }
    for draft in &offers.offers {
        add("offer", &draft.id, serde_json::to_string(draft))?;
    }
    registry.put_definitions(definitions, now.millis()).await.map_err(|fault| fault.to_string())?;
    let name = serde_json::Value::from(name).to_string();
    registry
        .put_setting("workspace_name", &name, now.millis())
        .await
        .map_err(|fault| fault.to_string())?;
    registry.close().await.map_err(|fault| fault.to_string())
}

fn write_files(folder: &Path, seed: u64, now: Timestamp, screen: &Screen) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|fault| Failure::file(folder, fault))?;
    let firm = Firm::generate(seed, now);
    let truth = serde_json::to_vec_pretty(&firm.truth).map_err(Failure::of)?;
    let files = firm.files().into_iter().map(|file| (file.name.to_owned(), file.bytes));
    let own = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let (segments, offers) = (own("segments.yaml", SEGMENTS), own("offers.yaml", OFFERS));
    for (name, bytes) in files.chain([segments, offers, ("truth.json".into(), truth)]) {
        let path = folder.join(name);
        std::fs::write(&path, bytes).map_err(|fault| Failure::file(&path, fault))?;
        screen.line(path.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use segments::{Segment, check_all};

    #[test]
    fn every_sample_segment_can_be_evaluated() {
        let file: SegmentFile = serde_saphyr::from_str(SEGMENTS).unwrap();
        let segments: Vec<Segment> = check_all(&file.segments, &[]).unwrap();
        assert!(12 <= segments.len());
    }

    #[test]
    fn every_sample_offer_can_be_asked_and_is_said_in_both_languages() {
        let file: OfferFile = serde_saphyr::from_str(OFFERS).unwrap();
        let needs = file.needs.iter().map(|draft| (draft.id.clone(), draft.check().unwrap()));
        let needs = needs.collect();
        for draft in &file.offers {
            let offer =
                draft.check(&needs).unwrap_or_else(|faults| panic!("{}: {faults:?}", draft.id));
            let said =
                offer.criteria.iter().map(|one| &one.name).chain([&offer.name, &offer.summary]);
            assert!(said.into_iter().all(|said| !said.ja.is_empty() && !said.en.is_empty()));
        }
        assert_eq!(file.offers.len(), 3);
    }
}
