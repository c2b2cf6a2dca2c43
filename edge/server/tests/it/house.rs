//! A server in a temporary folder, and clients that speak to it.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    sync::mpsc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use kizashi_server::{Ready, Running, ServeError, ServeOptions, serve};
use registry::HashCost;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::oneshot;

pub(crate) const PASSWORD: &str = "seven green umbrellas sing";

/// A running server. Dropping it stops it.
pub(crate) struct House {
    pub(crate) ready: Ready,
    folder: Option<TempDir>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl House {
    /// A new, empty workspace whose clock can be moved.
    pub(crate) fn open() -> House {
        House::of(TempDir::new().unwrap(), |_| {})
    }

    /// A server over a folder, with options changed.
    pub(crate) fn of(folder: TempDir, change: impl FnOnce(&mut ServeOptions)) -> House {
        crate::logs::keep();
        let mut options = ServeOptions::local(folder.path());
        options.hash_cost = HashCost::FOR_TESTS;
        options.test_clock = true;
        change(&mut options);
        let (tell, ready) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let shutdown = async move {
                let _ = stopped.await;
            };
            runtime.block_on(serve(options, move |ready| tell.send(ready).unwrap(), shutdown))
        });
        let Ok(ready) = ready.recv_timeout(Duration::from_secs(60)) else {
            panic!("the server did not start: {:?}", thread.join());
        };
        let house = House { ready, folder: Some(folder), stop: Some(stop), thread: Some(thread) };
        house.wait_until_judged();
        house
    }

    fn wait_until_judged(&self) {
        let until = Instant::now() + Duration::from_secs(60);
        while self.anyone().get("/health").json["status"] != "ok" {
            assert!(Instant::now() < until, "the server judges for ever");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.as_ref().unwrap().path().to_owned()
    }

    /// Stops the server properly and starts another one over the same folder.
    pub(crate) fn restart(self) -> House {
        self.restart_after(|_| {})
    }

    /// The same, with something done to the folder in between.
    pub(crate) fn restart_after(mut self, change: impl FnOnce(&Path)) -> House {
        let folder = self.folder.take().unwrap();
        self.end().unwrap();
        change(folder.path());
        House::of(folder, |_| {})
    }

    pub(crate) fn end(&mut self) -> Result<(), ServeError> {
        let Some(stop) = self.stop.take() else { return Ok(()) };
        stop.send(()).unwrap();
        self.thread.take().unwrap().join().unwrap()
    }

    /// A client that is not signed in.
    pub(crate) fn anyone(&self) -> Client {
        Client::new(&self.ready.url)
    }

    /// Sets the workspace up and is its owner.
    pub(crate) fn owner(&self) -> Client {
        let link = self.ready.setup_link.as_deref().expect("a workspace without owner");
        let token = link.split_once("token=").unwrap().1;
        let mut owner = self.anyone();
        let body = json!({"token": token, "email": "owner@example.com", "name": "Owner", "password": PASSWORD});
        let reply = owner.post("/session/setup", body);
        assert_eq!(reply.status, 200, "{}", reply.text);
        owner.take_cookie(&reply);
        owner
    }

    /// Someone the owner invites.
    pub(crate) fn join(&self, owner: &Client, name: &str, role: &str, rep: Option<&str>) -> Client {
        let invited = owner.post(
            "/people",
            json!({"email": format!("{name}@example.com"), "name": name, "role": role, "rep": rep}),
        );
        assert_eq!(invited.status, 201, "{}", invited.text);
        let link = invited.json["link"].as_str().unwrap();
        let token = link.split_once("token=").unwrap().1;
        let mut person = self.anyone();
        let body = json!({"token": token, "name": name, "password": PASSWORD});
        let reply = person.post("/session/join", body);
        assert_eq!(reply.status, 200, "{}", reply.text);
        person.take_cookie(&reply);
        person
    }

    /// The command line on the same machine.
    pub(crate) fn local(&self) -> Client {
        let running = Running::read(&self.path()).unwrap();
        Client { bearer: Some(running.token), ..self.anyone() }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// One client, with its cookie or key.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) agent: ureq::Agent,
    pub(crate) url: String,
    pub(crate) cookie: Option<String>,
    pub(crate) bearer: Option<String>,
    pub(crate) language: &'static str,
    /// Whether writes carry the header that pages of other sites cannot send.
    pub(crate) says_kizashi: bool,
}

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) json: Value,
    pub(crate) text: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) headers: Vec<(String, String)>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The answer's body, which must have come with success.
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {}", self.status, self.text);
        self.json
    }
}

impl Client {
    fn new(url: &str) -> Client {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Client {
            agent: agent.into(),
            url: url.to_owned(),
            cookie: None,
            bearer: None,
            language: "en",
            says_kizashi: true,
        }
    }

    pub(crate) fn take_cookie(&mut self, reply: &Reply) {
        let cookie = reply.header("set-cookie").expect("a cookie");
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], vec![])
    }

    pub(crate) fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, &[], vec![])
    }

    pub(crate) fn post(&self, path: &str, body: Value) -> Reply {
        self.write("POST", path, body)
    }

    pub(crate) fn write(&self, method: &str, path: &str, body: Value) -> Reply {
        let body = body.to_string().into_bytes();
        self.send(method, path, &[("Content-Type", "application/json")], body)
    }

    pub(crate) fn upload(&self, name: &str, bytes: &[u8]) -> Reply {
        let mut body = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend(bytes);
        body.extend(b"\r\n--XX--\r\n");
        let kind = "multipart/form-data; boundary=XX";
        self.send("POST", "/imports", &[("Content-Type", kind)], body)
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Reply {
        let url = match path.starts_with("/!") {
            true => format!("{}{}", self.url, &path[2..]),
            false => format!("{}/api/v1{path}", self.url),
        };
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request = request.header("Accept-Language", self.language);
        if let Some(cookie) = &self.cookie {
            request = request.header("Cookie", cookie);
        }
        if let Some(bearer) = &self.bearer {
            request = request.header("Authorization", format!("Bearer {bearer}"));
        }
        if self.says_kizashi {
            request = request.header("X-Kizashi", "1");
        }
        let request = request.body(body).unwrap();
        let mut response = self.agent.run(request).unwrap();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or("").to_owned()))
            .collect();
        let mut bytes = vec![];
        response.body_mut().as_reader().read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { status: response.status().as_u16(), json, text, bytes, headers }
    }

    /// Asks again until the answer fits; background work has no other end that a client could see.
    pub(crate) fn get_until(&self, path: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let json = self.get(path).ok();
            if fits(&json) {
                return json;
            }
            assert!(Instant::now() < until, "{path} never came to fit: {json}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Begins to listen to the stream of news; `hello` has come when this returns.
    pub(crate) fn listen(&self) -> Listening {
        let host = self.url.strip_prefix("http://").unwrap();
        let mut socket = TcpStream::connect(host).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let cookie = self.cookie.as_deref().unwrap_or("");
        write!(socket, "GET /api/v1/stream HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n")
            .unwrap();
        let mut listening = Listening { lines: BufReader::new(socket) };
        listening.next("hello");
        listening
    }

    /// Loads facts: customers with a name and a rep.
    pub(crate) fn know(&self, customers: &[(&str, &str, &str)]) {
        let rows: Vec<Value> = customers
            .iter()
            .map(|(key, name, rep)| {
                json!({"key": key, "attributes": {"name": name, "rep": rep, "kind": "company"}})
            })
            .collect();
        self.post("/customers", json!({"source": "crm", "customers": rows})).ok();
    }

    /// Sends one event that happens now.
    pub(crate) fn event(&self, id: &str, customer: &str, name: &str) -> Value {
        let event = json!({"id": id, "customer": customer, "name": name});
        self.post("/events", json!({"source": "web", "events": [event]})).ok()
    }

    pub(crate) fn segment(&self, id: &str, condition: Value) -> Value {
        let body = json!({"id": id, "names": {"ja": id, "en": id}, "condition": condition});
        self.post("/segments", body).ok()
    }

    /// Moves the clock; everything that falls due has been done when this returns.
    pub(crate) fn wait_days(&self, days: i64) {
        self.post("/clock", json!({"by_seconds": days * 86_400})).ok();
    }
}

/// The stream of news.
pub(crate) struct Listening {
    lines: BufReader<TcpStream>,
}

impl Listening {
    /// The data of the next message of this name.
    pub(crate) fn next(&mut self, name: &str) -> Value {
        self.next_that(name, |_| true)
    }

    /// The data of the next message of this name that fits.
    pub(crate) fn next_that(&mut self, name: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            let read = self.lines.read_line(&mut line).expect("a message in time");
            assert!(read != 0, "the stream ended");
            let line = line.trim_end();
            if let Some(given) = line.strip_prefix("event:") {
                event = given.trim().to_owned();
            } else if let Some(data) = line.strip_prefix("data:") {
                let data: Value = serde_json::from_str(data.trim()).unwrap();
                if event == name && fits(&data) {
                    return data;
                }
            }
        }
    }

    /// Whether the stream has ended, reading on until it does.
    pub(crate) fn ends(mut self) -> bool {
        let mut rest = vec![];
        self.lines.read_to_end(&mut rest).is_ok()
    }
}

/// Sends bytes as they are and reads the whole answer.
pub(crate) fn raw(url: &str, request: &str) -> String {
    let mut socket = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // A server that has refused may hang up before all is sent; what it said can be read.
    let _ = socket.write_all(request.as_bytes());
    let mut answer = vec![];
    let _ = socket.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
