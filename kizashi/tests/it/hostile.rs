//! Files made to do harm: the server lives, says what is wrong and where, keeps its memory, and nothing is half in.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::run::{Running, json, path, run, text};

/// Kilobytes a process holds.
fn held(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// The files, each with a word of what is said of it.
fn hostile(folder: &Path) -> Vec<(PathBuf, &'static str)> {
    let at = |name: &str| folder.join(name);
    // Half a gigabyte of one line, and of one cell whose quotation mark never closes; they take no room on the disk.
    let line = at("line.csv");
    File::create(&line).unwrap().set_len(512 << 20).unwrap();
    let quote = at("quote.csv");
    let mut file = File::create(&quote).unwrap();
    file.write_all("顧客番号,会社名\nC1,\"".as_bytes()).unwrap();
    file.set_len(512 << 20).unwrap();
    // A hundred megabytes without a line break that are text.
    let letters = at("letters.csv");
    let mut file = BufWriter::new(File::create(&letters).unwrap());
    for _ in 0..100 {
        file.write_all(&[b'a'; 1 << 20]).unwrap();
    }
    file.flush().unwrap();
    let bomb = at("bomb.xlsx");
    let mut zip = zip::ZipWriter::new(File::create(&bomb).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    for part in ["[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml"] {
        zip.start_file(part, options).unwrap();
        for _ in 0..60 {
            zip.write_all(&[b' '; 1 << 20]).unwrap();
        }
    }
    zip.finish().unwrap();
    let nothing = at("nothing.csv");
    std::fs::write(&nothing, "\u{feff}\n\n \n").unwrap();
    vec![
        (line, "no end"),
        (quote, "no end"),
        (letters, "no end"),
        (bomb, "beyond our limits"),
        (nothing, "no rows"),
    ]
}

#[test]
fn hostile_files_hurt_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Running::start(&["serve", "-d", path(&data), "--listen", "127.0.0.1:0"]);
    let idle = held(server.child.id());
    for (file, word) in hostile(folder.path()) {
        let output = run(&["import", "-d", path(&data), path(&file)]);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{}: {said}", file.display());
        assert!(said.contains(word), "{}: {said}", file.display());
    }
    let grown = held(server.child.id()).saturating_sub(idle) / 1024;
    assert!(grown < 256, "the server grew by {grown} MB");
    // A file that is half good goes in by its good half, which is said; then it can be taken back whole.
    let mixed = folder.path().join("mixed.csv");
    std::fs::write(&mixed, "顧客番号,会社名\nC1,A社\nC2,\"B社\nC3,C社\nC4,=1+1\n").unwrap();
    let done = json_of_mixed(&data, &mixed);
    assert_eq!((&done["counts"]["new"], &done["counts"]["rejected"]), (&3.into(), &1.into()));
    assert_eq!(done["problems"][0]["row"], 3);
    let id = done["id"].to_string();
    json(&["undo", "-d", path(&data), &id]);
    assert!(server.stop().success());
}

/// Imports the file; that a row was left out is the program's exit code.
fn json_of_mixed(data: &Path, file: &Path) -> serde_json::Value {
    let output = run(&["--json", "import", "-d", path(data), path(file)]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    told["imports"][0].clone()
}
