//! # Ask in a service
//!
//! We will put the model behind HTTP with the standard library alone: one model for all threads, tables that are
//! read once, bodies of bounded size, and an answer to everything that comes in. Then we will ask it three times.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use marey::{
    AskOptions, AskableTable,
    model::Model,
    table::{
        Table,
        read::{ReadOptions, read},
    },
};
use marey_examples::sample;
use serde_json::{Value, json};

/// Longest body that is read: a request is a sentence.
const MOST_BYTES: u64 = 16 << 10;

/// Answers one request about the table: a status as in HTTP, and a body.
fn answer(body: &[u8], askable: &AskableTable<'_>, model: &Model) -> (u16, Value) {
    let Ok(asked) = serde_json::from_slice::<Value>(body) else {
        return (400, json!({ "error": "the body is no JSON" }));
    };
    let Some(request) = asked["request"].as_str() else {
        return (422, json!({ "error": "`request` is missing, or is no text" }));
    };
    match askable.ask(request, Some(model), &AskOptions::default()) {
        Ok(charts) => (200, json!(charts)),
        Err(error) => (503, json!({ "error": error.to_string() })),
    }
}

/// Reads one HTTP request and writes its answer.
fn serve(stream: TcpStream, askable: &AskableTable<'_>, model: &Model) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?.take(MOST_BYTES));
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    let mut body = Vec::new();
    reader.take(length).read_to_end(&mut body)?;
    let (status, body) = answer(&body, askable, model);
    let body = body.to_string();
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a body and gives back what came.
fn send(address: &str, body: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(
        stream,
        "POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

fn main() -> anyhow::Result<()> {
    let name = "penguins.json";
    let table: Arc<Table> = Arc::new(read(name, sample(name)?, &ReadOptions::default())?.value);
    let model = Arc::new(Model::pretrained()?);
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();

    let bodies = [
        r#"{"request": "average body mass by species"}"#,
        r#"{"request": ""}"#,
        "{",
    ];
    let service = thread::spawn(move || -> std::io::Result<()> {
        let askable = AskableTable::new(&table);
        // A service would go on for ever, with a thread or task for each stream: both are shared by reference.
        for stream in listener.incoming().take(bodies.len()) {
            serve(stream?, &askable, &model)?;
        }
        Ok(())
    });
    for body in bodies {
        let answer = send(&address, body)?;
        let (head, rest) = answer.split_once("\r\n\r\n").unwrap_or_default();
        let shown: String = rest.chars().take(200).collect();
        println!(
            "{body}\n  {}\n  {shown}…",
            head.lines().next().unwrap_or_default()
        );
    }
    service
        .join()
        .map_err(|_| anyhow::anyhow!("the service ended early"))??;
    Ok(())
}
