//! The real server as a child process, and requests to it.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};

use crate::{
    load::told,
    machine, segments,
    workload::{Files, Form},
};

/// The program that is measured.
pub(crate) const PROGRAM: &str = "target/release/kizashi";

/// A running server; it ends with this value.
pub(crate) struct Server {
    process: Child,
    base: String,
    token: String,
    /// From the start of the process until everybody was judged.
    pub(crate) ready_after: Duration,
}

/// One connection that is kept; requests go one after the other.
pub(crate) struct Client {
    base: String,
    token: String,
    agent: ureq::Agent,
}

impl Server {
    /// Starts the server over a folder and waits until everybody is judged.
    pub(crate) fn start(folder: &Path) -> Result<Server, String> {
        let began = Instant::now();
        let mut process = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--json", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|fault| {
                format!(
                    "{PROGRAM}: {fault}; build it with `cargo build --release --package kizashi`"
                )
            })?;
        let out = process.stdout.take().ok_or("the server has no output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).map_err(told)?;
        let ready: Json =
            serde_json::from_str(&line).map_err(|fault| format!("`{line}`: {fault}"))?;
        let runtime = std::fs::read_to_string(folder.join("server.json")).map_err(told)?;
        let runtime: Json = serde_json::from_str(&runtime).map_err(told)?;
        let url = ready["url"].as_str().unwrap_or_default();
        let mut server = Server {
            process,
            base: format!("{}/api/v1", url.trim_end_matches('/')),
            token: runtime["token"].as_str().unwrap_or_default().to_owned(),
            ready_after: Duration::ZERO,
        };
        let client = server.client();
        while client.get("/health")?["status"] != "ok" {
            std::thread::sleep(Duration::from_millis(5));
        }
        server.ready_after = began.elapsed();
        Ok(server)
    }

    pub(crate) fn client(&self) -> Client {
        Client {
            base: self.base.clone(),
            token: self.token.clone(),
            agent: ureq::Agent::new_with_defaults(),
        }
    }

    /// Processor time so far.
    pub(crate) fn cpu(&self) -> Duration {
        machine::cpu(&self.process.id().to_string(), false)
    }

    /// Memory now and at most, in MB.
    pub(crate) fn memory(&self) -> (u64, u64) {
        let id = self.process.id().to_string();
        (machine::memory(&id), machine::peak_memory(&id))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Client {
    pub(crate) fn get(&self, path: &str) -> Result<Json, String> {
        let request = self
            .agent
            .get(format!("{}{path}", self.base))
            .header("Authorization", format!("Bearer {}", self.token));
        let mut response = request.call().map_err(|fault| format!("{path}: {fault}"))?;
        response.body_mut().read_json().map_err(told)
    }

    pub(crate) fn post(&self, path: &str, body: &Json) -> Result<Json, String> {
        self.post_text(path, &body.to_string())
    }

    /// Posts a body that was made before.
    pub(crate) fn post_text(&self, path: &str, body: &str) -> Result<Json, String> {
        let request = self
            .agent
            .post(format!("{}{path}", self.base))
            .header("Authorization", format!("Bearer {}", self.token))
            .header("Content-Type", "application/json");
        let mut response = request.send(body).map_err(|fault| format!("{path}: {fault}"))?;
        response.body_mut().read_json().map_err(told)
    }

    /// Defines the first `n` segments of the workload, and others beside them.
    pub(crate) fn define(&self, n: usize, others: &[(&str, Json)]) -> Result<(), String> {
        let of_workload = segments::drafts(n, Form::Plain)?;
        let others = others.iter().map(|(id, draft)| ((*id).to_owned(), draft.clone()));
        let all: Vec<Json> = of_workload
            .into_iter()
            .chain(others)
            .map(|(id, condition)| json!({ "id": id, "condition": condition }))
            .collect();
        self.post("/segments/files", &json!({ "segments": all })).map(drop)
    }
}

/// A copy of the loaded firm, which what is measured may change; removed at the end.
pub(crate) struct Copied(PathBuf);

impl Copied {
    pub(crate) fn of(files: &Files, form: Form) -> Result<Copied, String> {
        let copy = files.folder().join("copy");
        let _ = std::fs::remove_dir_all(&copy);
        let mut command = Command::new("cp");
        command.args(["--archive", "--reflink=auto"]).arg(files.firm(form)).arg(&copy);
        match command.status() {
            Ok(status) if status.success() => Ok(Copied(copy)),
            other => Err(format!("the firm could not be copied: {other:?}")),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
