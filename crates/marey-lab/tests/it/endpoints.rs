//! Endpoints, spoken to by a server of one answer per connection.

use std::{
    io::{Read, Write},
    net::TcpListener,
    time::Duration,
};

use marey_lab::{AskedTable, Endpoint, EndpointOptions, Failure, Question, System};
use marey_table::read::{ReadOptions, read};

/// Serves answers in order, one connection each, and returns the address.
fn serve(answers: Vec<(u16, String)>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for (status, body) in answers {
            let Ok((mut stream, _)) = listener.accept() else {
                return;
            };
            let mut seen = Vec::new();
            let mut chunk = [0; 4096];
            // The request ends with the last bracket of its JSON.
            while let Ok(n @ 1..) = stream.read(&mut chunk) {
                seen.extend_from_slice(&chunk[..n]);
                let text = String::from_utf8_lossy(&seen);
                let Some((head, sent)) = text.split_once("\r\n\r\n") else {
                    continue;
                };
                let length = head
                    .lines()
                    .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
                if length.is_none_or(|length: usize| sent.len() >= length)
                    && sent.trim_end().ends_with(['}', '0'])
                {
                    break;
                }
            }
            if status == 0 {
                std::thread::sleep(Duration::from_secs(4));
                continue;
            }
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    format!("http://{address}/v1?model=tiny")
}

fn completion(content: &str) -> String {
    serde_json::json!({ "choices": [{ "message": { "content": content } }], "usage": { "total_tokens": 7 } })
        .to_string()
}

#[test]
fn answers_are_read_and_failures_told() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("requests.jsonl");
    let address = serve(vec![
        (
            200,
            completion(r#"{"charts":[{"mark":"bar"},{"mark":"line"},{"mark":"arc"}]}"#),
        ),
        (200, completion("I would rather not")),
        (500, "down".into()),
        (200, "no json".into()),
        (0, String::new()),
    ]);
    let options = EndpointOptions {
        deadline: Duration::from_secs(2),
        ..EndpointOptions::default()
    };
    let endpoint = Endpoint::new(&address, &log, options).unwrap();
    let table = read("t.csv", b"secret,b\nx,1\n".to_vec(), &ReadOptions::default())
        .unwrap()
        .value;
    let table = AskedTable::new("t.csv", table);
    let question = Question {
        id: "i1",
        task: "nl2vis",
        table: &table,
        request: Some("bars please"),
        purpose: None,
        k: 2,
    };
    assert_eq!(endpoint.card().name, "tiny");
    assert_eq!(endpoint.answer(&question).unwrap().len(), 2);
    assert!(matches!(endpoint.answer(&question), Err(Failure::Malformed(_))));
    assert!(matches!(endpoint.answer(&question), Err(Failure::Refused(why)) if why.contains("500")));
    assert!(matches!(endpoint.answer(&question), Err(Failure::Malformed(_))));
    assert_eq!(endpoint.answer(&question), Err(Failure::Late { ms: 2000 }));
    let logged = std::fs::read_to_string(&log).unwrap();
    assert_eq!(logged.lines().count(), 5);
    assert!(
        logged.contains("\"total_tokens\":7")
            && logged.contains("prompt_hash")
            && logged.contains("\"seed\":1")
    );
    assert!(
        !logged.contains("secret") && !logged.contains("bars please"),
        "the log holds no text"
    );
}
