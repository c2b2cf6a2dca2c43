//! The files of this repository: what git holds or would take in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The top folder of the repository.
#[must_use]
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Every file that is in git or would be added, as paths from the root with `/` between the parts, in order.
pub fn files() -> Result<Vec<String>, String> {
    let done = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .map_err(|why| format!("git does not start: {why}"))?;
    if !done.status.success() {
        return Err(format!(
            "`git ls-files` failed: {}",
            String::from_utf8_lossy(&done.stderr).trim()
        ));
    }
    let listed = String::from_utf8_lossy(&done.stdout);
    // A file that was deleted but not yet committed is still listed.
    let mut files: Vec<String> =
        listed.split('\0').filter(|path| root().join(path).is_file()).map(str::to_owned).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

/// The text of a file of the repository.
pub fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|why| format!("cannot read `{path}`: {why}"))
}
