//! Takes backups, and makes folders of them.

use std::{
    fs::{self, File},
    io::{self, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use condition::Language;
use facts::Timestamp;
use serde_json::json;
use store::{BackedUp, Options, Store, Watch, check_backup, restore};

use crate::{
    api::Api,
    args,
    screen::{Failure, Screen, follow},
};

/// Takes a backup of a folder into a new file, whether it is being served or not; the file is read back and checked
/// before it gets its name.
pub(crate) fn backup(
    folder: &Path,
    given: &args::Backup,
    screen: &Screen,
) -> Result<ExitCode, Failure> {
    if given.check {
        let made = checked(&given.file, screen)?;
        tell(&made, ("壊れていません", "whole"), screen);
        return Ok(ExitCode::SUCCESS);
    }
    crate::doctor::exists(folder)?;
    if given.file.exists() {
        return Err(Failure::new(
            format!("`{}` はすでにあります。別の名前を指定してください", given.file.display()),
            format!("`{}` is there already; name another file", given.file.display()),
        ));
    }
    let part = Part(with_ending(&given.file, ".part"));
    let file = private_file(&part.0).map_err(|fault| Failure::file(&part.0, fault))?;
    match Api::running(folder, screen.language) {
        Some(api) => {
            let mut out = &file;
            api.download("/backup", &mut out)?;
        }
        None => {
            let runtime = tokio::runtime::Runtime::new().map_err(Failure::of)?;
            let out = file.try_clone().map_err(|fault| Failure::file(&part.0, fault))?;
            let at = Timestamp::from_millis(jiff::Timestamp::now().as_millisecond());
            runtime.block_on(server::backup_folder(folder, at, out)).map_err(Failure::of)?;
        }
    }
    file.sync_all().map_err(|fault| Failure::file(&part.0, fault))?;
    let made = checked(&part.0, screen)?;
    fs::rename(&part.0, &given.file).map_err(|fault| Failure::file(&given.file, fault))?;
    sync_folder_of(&given.file)?;
    tell(
        &made,
        ("バックアップしました。読み戻して確かめました", "backed up, read back and found whole"),
        screen,
    );
    Ok(ExitCode::SUCCESS)
}

/// Makes a new folder of a backup: every byte of it is checked before anything is written.
pub(crate) fn restore_folder(given: &args::Restore, screen: &Screen) -> Result<ExitCode, Failure> {
    let ledger = given
        .erased
        .as_ref()
        .map(|path| fs::read(path).map_err(|fault| Failure::file(path, fault)));
    let ledger = ledger.transpose()?;
    let made = checked(&given.file, screen)?;
    let bar = screen.bar(screen.say("復元", "restoring"));
    let show = follow(&bar);
    let watch = Watch { progress: Some(&show), cancel: None };
    let mut from = open(&given.file)?;
    restore(&mut from, &Options::default(), &given.folder, &watch)?;
    let registry = given.folder.join(registry::FILE_NAME);
    if registry.exists() {
        keep_private(&registry).map_err(|fault| Failure::file(&registry, fault))?;
    }
    let store = Store::open(&given.folder, Options::default(), &watch)?;
    let at = Timestamp::from_millis(jiff::Timestamp::now().as_millisecond());
    let mut erased = 0;
    if let Some(ledger) = ledger {
        erased = store.erase_again(&ledger, at, &watch)?.customers.len();
    }
    let digest = store.digest(&watch)?;
    let (customers, events) = (store.customers_n(), store.events_n());
    store.close()?;
    bar.finish_and_clear();
    if screen.json {
        screen.json(&json!({
            "at": made.at.to_string(), "customers": customers, "events": events, "erased": erased,
            "digest": format!("{digest:032x}"),
        }));
        return Ok(ExitCode::SUCCESS);
    }
    let folder = given.folder.display();
    screen.line(match screen.language {
        Language::Ja => format!(
            "`{folder}` に復元しました（{} 時点）: 顧客 {customers} 件、行動 {events} 件。指紋 {digest:032x}",
            made.at
        ),
        Language::En => format!(
            "restored into `{folder}`, as of {}: {customers} customers and {events} events; fingerprint {digest:032x}",
            made.at
        ),
    });
    if 0 < erased {
        screen.line(match screen.language {
            Language::Ja => format!("その後に消去された顧客 {erased} 件を、あらためて消去しました"),
            Language::En => format!("{erased} customers who were erased since were erased again"),
        });
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(made: &BackedUp, (ja, en): (&str, &str), screen: &Screen) {
    let (at, files, bytes) = (made.at, made.files, made.bytes);
    if screen.json {
        screen.json(&json!({ "at": at.to_string(), "files": files, "bytes": bytes }));
        return;
    }
    screen.line(match screen.language {
        Language::Ja => format!("{ja}（{at} 時点、{files} ファイル、{bytes} バイト）"),
        Language::En => format!("{en}: as of {at}, {files} files, {bytes} bytes"),
    });
}

fn checked(path: &Path, screen: &Screen) -> Result<BackedUp, Failure> {
    let bar = screen.bar(screen.say("確認", "checking"));
    let show = follow(&bar);
    let checked = check_backup(&mut open(path)?, &Watch { progress: Some(&show), cancel: None });
    bar.finish_and_clear();
    checked.map_err(|fault| Failure::file(path, fault))
}

fn open(path: &Path) -> Result<impl Read, Failure> {
    let file = File::open(path).map_err(|fault| Failure::file(path, fault))?;
    Ok(BufReader::with_capacity(1 << 20, file))
}

/// A file on its way to becoming a backup; what is left of it goes.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // After the renaming there is none.
        let _ = fs::remove_file(&self.0);
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// A backup holds everything, so only its owner may read it.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn keep_private(path: &Path) -> io::Result<()> {
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(path, mode)
}

fn sync_folder_of(path: &Path) -> Result<(), Failure> {
    let above = path.parent().filter(|above| !above.as_os_str().is_empty());
    let above = above.unwrap_or(Path::new("."));
    let synced = File::open(above).and_then(|folder| folder.sync_all());
    synced.map_err(|fault| Failure::file(above, fault))
}

/// Copies an answer into a file, as it comes.
pub(crate) fn copy(mut from: impl Read, out: &mut impl Write) -> Result<u64, Failure> {
    io::copy(&mut from, out).map_err(|fault| {
        Failure::new(
            format!("途中で切れました: {fault}"),
            format!("it broke off in the middle: {fault}"),
        )
    })
}
