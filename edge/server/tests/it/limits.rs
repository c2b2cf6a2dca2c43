//! What is too large, too deep or no JSON is refused in our own words, and every answer is guarded.

use serde_json::json;

use crate::house::{House, raw};

#[test]
fn a_body_over_ten_megabytes_is_refused_before_it_is_read() {
    let house = House::open();
    let local = house.local();
    let token = local.bearer.clone().unwrap();
    let host = house.ready.url.strip_prefix("http://").unwrap();
    // Only announced, never sent: who waits for the body would not answer.
    let answer = raw(
        &house.ready.url,
        &format!(
            "POST /api/v1/events HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: 20000000\r\nConnection: close\r\n\r\n{{"
        ),
    );
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("\"code\":\"too_large\""), "{answer}");
    let chunk = "x".repeat(1024 * 1024);
    let mut request = format!(
        "POST /api/v1/events HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    );
    for _ in 0..11 {
        request.push_str(&format!("{:x}\r\n{chunk}\r\n", chunk.len()));
    }
    request.push_str("0\r\n\r\n");
    let answer = raw(&house.ready.url, &request);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    let house = House::open();
    let owner = house.owner();
    let send = |kind: &str, body: &str| {
        owner.send("POST", "/events", &[("Content-Type", kind)], body.as_bytes().to_vec())
    };
    let json_kind = "application/json";
    for body in ["", "{", "{\"source\":", "[1,2]", "{\"source\":1}", "nonsense", "{\"unknown\":1}"]
    {
        let reply = send(json_kind, body);
        assert_eq!(reply.status, 400, "{body}: {}", reply.text);
        assert_eq!(reply.json["code"], "malformed");
        assert!(reply.json["request_id"].as_str().unwrap().len() == 16);
    }
    let deep = format!("{{\"source\":\"s\",\"events\":{}{}}}", "[".repeat(100), "]".repeat(100));
    assert_eq!(send(json_kind, &deep).status, 400);
    assert_eq!(send("text/plain", "{}").status, 415);
    assert_eq!(send(json_kind, "\u{feff}{}").status, 400);
}

#[test]
fn errors_speak_the_callers_language() {
    let house = House::open();
    let mut anyone = house.anyone();
    let english = anyone.get("/customers").json["message"].as_str().unwrap().to_owned();
    anyone.language = "ja,en;q=0.5";
    let japanese = anyone.get("/customers").json["message"].as_str().unwrap().to_owned();
    assert!(english.is_ascii() && !japanese.is_ascii(), "{english} / {japanese}");
}

#[test]
fn unknown_paths_and_methods_answer_in_json_and_pages_in_html() {
    let house = House::open();
    let owner = house.owner();
    for path in ["/nothing", "/customers/a/b/c"] {
        let reply = owner.get(path);
        assert_eq!((reply.status, reply.json["code"].as_str()), (404, Some("not_found")), "{path}");
    }
    assert_eq!(owner.get("/!/api").status, 404);
    assert_eq!(owner.write("PUT", "/customers", json!({})).status, 405);
    let page = owner.get("/!/segments/loyal");
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert_eq!(owner.get("/!/assets/no-such-file.js").status, 404);
    assert_eq!(owner.write("POST", "/!/segments", json!({})).status, 405);
}

#[test]
fn every_answer_carries_its_guards() {
    let house = House::open();
    let anyone = house.anyone();
    for path in ["/health", "/customers", "/nothing", "/!/", "/!/assets/none.js"] {
        let reply = anyone.get(path);
        let policy = reply.header("content-security-policy").unwrap_or("");
        assert!(policy.contains("default-src 'self'"), "{path}");
        assert!(!policy.contains("script-src") && !policy.contains("unsafe-eval"), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(reply.header("x-frame-options"), Some("DENY"), "{path}");
        assert!(reply.header("x-request-id").is_some(), "{path}");
    }
    assert_eq!(anyone.get("/health").header("cache-control"), Some("no-store"));
}

#[test]
fn a_request_with_too_many_headers_is_refused() {
    let house = House::open();
    let many: String = (0..150).map(|n| format!("X-H{n}: 1\r\n")).collect();
    let request = format!("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
    let answer = raw(&house.ready.url, &request);
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
}
