//! More facts than memory: the real binary in a group of processes that may not have more, with a firm of four times
//! as much.

use std::{
    fs,
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::run::{json as json_of, kizashi, path, text};

const CAP: u64 = 96 << 20;
const ROWS: u64 = 660_000;
const CUSTOMERS: u64 = 3_000;

/// A group of processes that together may not have more than the cap; none where the test may not make one.
struct Group(PathBuf);

impl Group {
    fn make() -> Option<Group> {
        let name = format!("kizashi-test-{}", std::process::id());
        // The older kind of groups has a tree for memory alone, the newer one tree for all.
        let kinds =
            [("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max")];
        kinds.into_iter().find_map(|(tree, limit)| {
            let at = Path::new(tree).join(&name);
            fs::create_dir(&at).ok()?;
            let group = Group(at);
            fs::write(group.0.join(limit), CAP.to_string()).ok()?;
            Some(group)
        })
    }

    /// The program, run inside.
    fn kizashi(&self, args: &[&str]) -> Command {
        let plain = kizashi();
        let enter = "echo $$ > \"$0\" && exec \"$@\"";
        let mut inside = Command::new("sh");
        inside.args(["-c", enter, path(&self.0.join("cgroup.procs"))]).arg(plain.get_program());
        inside.args(["--json"]).args(args).args(["--memory", "96M"]);
        inside.env("LANG", "C.UTF-8").env_remove("KIZASHI_DATA");
        inside
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.kizashi(args).output().unwrap();
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert!(
            output.status.success(),
            "kizashi {args:?} ended with {}\n{out}\n{err}",
            output.status
        );
        serde_json::from_str(&out).unwrap_or(Value::Null)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        let _ = fs::remove_dir(&self.0);
    }
}

/// Logins with a note of noise, which no compression makes smaller.
fn write_events(file: &Path) {
    let mut out = BufWriter::new(fs::File::create(file).unwrap());
    writeln!(out, "customer_id,event,time,event_id,note").unwrap();
    let mut state = 1_u64;
    let mut noise = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state ^ (state >> 29)
    };
    for n in 0..ROWS {
        let day = 1 + n % 28;
        write!(out, "C{},login,2026-10-{day:02}T00:00:00Z,e{n},", n % CUSTOMERS).unwrap();
        for _ in 0..44 {
            write!(out, "{:016x}", noise()).unwrap();
        }
        writeln!(out).unwrap();
    }
    out.flush().unwrap();
}

fn bytes_in(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|at| if at.is_dir() { bytes_in(&at) } else { at.metadata().unwrap().len() }).sum()
}

#[test]
fn four_times_as_many_facts_as_memory_are_taken_in_and_asked() {
    let Some(group) = Group::make() else {
        println!("skipped: this test bounds the memory of a group of processes, which needs root");
        return;
    };
    let work = tempfile::tempdir().unwrap();
    let (file, folder) = (work.path().join("events.csv"), work.path().join("firm"));
    write_events(&file);
    let import = group.json(&["import", path(&file), "--data", path(&folder)]);
    assert_eq!(import["imports"][0]["counts"]["new"], ROWS, "{import}");
    assert!(4 * CAP < bytes_in(&folder.join("derived")), "the data is no larger than it should be");
    // Served from disk, asked about everybody.
    let mut server = group
        .kizashi(&["serve", "--listen", "127.0.0.1:0", "--data", path(&folder)])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let segments = work.path().join("s.yaml");
    let condition =
        "segments:\n  - id: often\n    condition: { event: login, count: { at_least: 200 } }\n";
    fs::write(&segments, condition).unwrap();
    let list = json_of(&["segments", "--add", path(&segments), "--data", path(&folder)]);
    assert_eq!(list["segments"][0]["count"], json!(CUSTOMERS), "{list}");
    assert!(server.try_wait().unwrap().is_none(), "the server is still there");
    server.kill().unwrap();
    server.wait().unwrap();
    let out = work.path().join("members");
    let files = ["--events", path(&file), "--segments", path(&segments), "--out", path(&out)];
    group.json(&[&["evaluate", "--at", "2026-11-21T00:00:00+09:00"], &files[..]].concat());
    let members =
        fs::read_dir(&out).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()));
    let members: usize =
        members.filter_map(Result::ok).map(|text| text.lines().count()).max().unwrap();
    assert!(CUSTOMERS as usize <= members, "{members}");
}
