//! Talks to the server of a folder: the one that is running, or one started inside this process for a moment.
//!
//! Commands that look at or change a firm go through the same interface as the page, so that both always agree.

use std::{
    io::Read,
    path::Path,
    sync::mpsc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use condition::Language;
use serde_json::Value as Json;

use crate::screen::{Failure, Screen};

/// A way to a folder's server.
pub(crate) struct Api {
    agent: ureq::Agent,
    base: String,
    token: String,
    language: Language,
    own: Option<Own>,
}

/// A server inside this process.
struct Own {
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), server::ServeError>>>,
}

/// What a running server leaves in its folder, readable by the folder's owner only.
#[derive(serde::Deserialize)]
struct Runtime {
    url: String,
    token: String,
}

impl Api {
    /// Reaches the folder's server, starting one inside when none is running; waits until it has counted everybody.
    pub(crate) fn reach(folder: &Path, screen: &Screen) -> Result<Api, Failure> {
        Api::reach_within(folder, None, screen)
    }

    /// [`Api::reach`]; a server that is started inside does with so many bytes of memory.
    pub(crate) fn reach_within(
        folder: &Path,
        memory: Option<u64>,
        screen: &Screen,
    ) -> Result<Api, Failure> {
        let mut api = match Api::running(folder, screen.language) {
            Some(api) => api,
            None => Api::inside(folder, memory, screen.language)?,
        };
        api.wait_until_counted(screen)?;
        Ok(api)
    }

    /// The server that is running on the folder, if there is one.
    pub(crate) fn running(folder: &Path, language: Language) -> Option<Api> {
        let text = std::fs::read_to_string(folder.join("server.json")).ok()?;
        let runtime: Runtime = serde_json::from_str(&text).ok()?;
        let api = Api::at(runtime, language, None);
        // A file left by a server that was killed leads nowhere.
        api.get("/health").is_ok().then_some(api)
    }

    fn inside(folder: &Path, memory: Option<u64>, language: Language) -> Result<Api, Failure> {
        let (tell, ready) = mpsc::channel();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let mut options = server::ServeOptions::local(folder);
        options.memory = memory;
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().map_err(server::ServeError::from)?;
            let shutdown = async move {
                let _ = stopped.await;
            };
            runtime.block_on(server::serve(options, move |ready| drop(tell.send(ready)), shutdown))
        });
        let own = Own { stop: Some(stop), thread: Some(thread) };
        match ready.recv() {
            Ok(_) => {
                let path = folder.join("server.json");
                let text =
                    std::fs::read_to_string(&path).map_err(|fault| Failure::file(&path, fault))?;
                let runtime =
                    serde_json::from_str(&text).map_err(|fault| Failure::file(&path, fault))?;
                Ok(Api::at(runtime, language, Some(own)))
            }
            Err(_) => Err(own.failure()),
        }
    }

    fn at(runtime: Runtime, language: Language, own: Option<Own>) -> Api {
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
        let base = format!("{}/api/v1", runtime.url.trim_end_matches('/'));
        Api { agent: config.into(), base, token: runtime.token, language, own }
    }

    fn wait_until_counted(&mut self, screen: &Screen) -> Result<(), Failure> {
        let bar = screen.bar(screen.say("評価", "evaluating"));
        let began = Instant::now();
        loop {
            let health = self.get("/health")?;
            if health["status"] == "ok" {
                bar.finish_and_clear();
                return Ok(());
            }
            if let (Some(done), Some(total)) =
                (health["evaluated"]["done"].as_u64(), health["evaluated"]["total"].as_u64())
            {
                bar.set_length(total);
                bar.set_position(done);
            }
            if Duration::from_secs(3_600) < began.elapsed() {
                return Err(Failure::new(
                    "サーバーの準備が1時間たっても終わりません",
                    "the server is not ready after an hour",
                ));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Where the server is: `http://127.0.0.1:7373`.
    pub(crate) fn base_url(&self) -> String {
        let base = self.base.trim_end_matches('/');
        base.strip_suffix("/api/v1").unwrap_or(base).to_owned()
    }

    pub(crate) fn get(&self, path: &str) -> Result<Json, Failure> {
        let request = self.agent.get(format!("{}{path}", self.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        Api::answer(request.header("Accept-Language", self.tag()).call())
    }

    pub(crate) fn post(&self, path: &str, body: &Json) -> Result<Json, Failure> {
        let text = body.to_string();
        self.send("POST", path, "application/json", text.len() as u64, text.as_bytes())
    }

    pub(crate) fn put(&self, path: &str, body: &Json) -> Result<Json, Failure> {
        let text = body.to_string();
        self.send("PUT", path, "application/json", text.len() as u64, text.as_bytes())
    }

    pub(crate) fn patch(&self, path: &str, body: &Json) -> Result<Json, Failure> {
        let text = body.to_string();
        self.send("PATCH", path, "application/json", text.len() as u64, text.as_bytes())
    }

    /// Asks for something large and writes the answer into a file, as it comes.
    pub(crate) fn download(
        &self,
        path: &str,
        out: &mut impl std::io::Write,
    ) -> Result<(), Failure> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        let answer = request.header("Accept-Language", self.tag()).send_empty();
        match answer {
            Ok(mut response) if response.status().is_success() => {
                crate::backup::copy(response.body_mut().as_reader(), out).map(drop)
            }
            other => Api::answer(other).map(drop),
        }
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Json, Failure> {
        let request = self.agent.delete(format!("{}{path}", self.base));
        let request = request.header("Authorization", format!("Bearer {}", self.token));
        Api::answer(request.header("Accept-Language", self.tag()).call())
    }

    /// Sends text as it is.
    pub(crate) fn post_text(&self, path: &str, kind: &str, text: &str) -> Result<Json, Failure> {
        self.send("POST", path, kind, text.len() as u64, text.as_bytes())
    }

    /// Sends a file as a form of one field, streamed from disk.
    pub(crate) fn upload(&self, path: &str, file: &Path) -> Result<Json, Failure> {
        const BORDER: &str = "kizashi-7d1f0c52b9";
        let opened = std::fs::File::open(file).map_err(|fault| Failure::file(file, fault))?;
        let length = opened.metadata().map_err(|fault| Failure::file(file, fault))?.len();
        let name: String = file
            .file_name()
            .map_or_else(|| "file".into(), |name| name.to_string_lossy().into_owned());
        let name = name.replace(['"', '\r', '\n'], "_");
        let head = format!(
            "--{BORDER}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let tail = format!("\r\n--{BORDER}--\r\n");
        let total = head.len() as u64 + length + tail.len() as u64;
        let body = head.as_bytes().chain(opened.take(length)).chain(tail.as_bytes());
        self.send("POST", path, &format!("multipart/form-data; boundary={BORDER}"), total, body)
    }

    fn send(
        &self,
        method: &str,
        path: &str,
        kind: &str,
        length: u64,
        mut body: impl Read,
    ) -> Result<Json, Failure> {
        let url = format!("{}{path}", self.base);
        let request = match method {
            "PATCH" => self.agent.patch(url),
            "PUT" => self.agent.put(url),
            _ => self.agent.post(url),
        };
        let request = request
            .header("Authorization", format!("Bearer {}", self.token))
            .header("Accept-Language", self.tag())
            .header("Content-Type", kind)
            .header("Content-Length", length.to_string());
        Api::answer(request.send(ureq::SendBody::from_reader(&mut body)))
    }

    fn answer(
        result: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
    ) -> Result<Json, Failure> {
        let mut response = result.map_err(|fault| {
            Failure::new(
                format!("サーバーに届きません: {fault}"),
                format!("the server cannot be reached: {fault}"),
            )
        })?;
        let status = response.status();
        let text = response
            .body_mut()
            .with_config()
            .limit(1 << 30)
            .read_to_string()
            .map_err(Failure::of)?;
        let json: Json = if text.is_empty() {
            Json::Null
        } else {
            serde_json::from_str(&text).unwrap_or(Json::String(text))
        };
        if status.is_success() {
            return Ok(json);
        }
        let mut said =
            json["message"].as_str().map_or_else(|| format!("{status}: {json}"), str::to_owned);
        for fault in json["faults"].as_array().into_iter().flatten() {
            let of = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
            said.push_str(&format!("\n  {}: {}", of("path"), of("message")));
        }
        Err(Failure::of(said))
    }

    fn tag(&self) -> &'static str {
        match self.language {
            Language::Ja => "ja",
            Language::En => "en",
        }
    }
}

impl Own {
    /// Why the server inside did not come up.
    fn failure(mut self) -> Failure {
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Err(fault))) => Failure::of(fault),
            _ => Failure::new("サーバーを始められませんでした", "the server could not be started"),
        }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // Everything acknowledged is on disk already; a failure while closing loses nothing.
            let _ = thread.join();
        }
    }
}

impl Drop for Api {
    fn drop(&mut self) {
        drop(self.own.take());
    }
}

/// A name for what is sent once, however often it is sent.
pub(crate) fn new_id() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    format!("cli-{}-{}", now.unwrap_or_default().as_nanos(), std::process::id())
}

/// A key or id as it may stand in an address.
pub(crate) fn in_path(text: &str) -> String {
    let keep = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes()
        .map(|byte| if keep(byte) { (byte as char).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
