//! A receiver of hooks on loopback that says what a test tells it to, and keeps what it heard.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Debug, Clone)]
pub(super) struct Heard {
    /// Names in lower case.
    pub(super) headers: HashMap<String, String>,
    pub(super) body: String,
}

impl Heard {
    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// It listens as long as the tests run.
pub(super) struct Receiver {
    pub(super) url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Receiver {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let (heard, answers) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
        let house = (Arc::clone(&heard), Arc::clone(&answers));
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                if let Some(question) = hear(&socket) {
                    house.0.lock().unwrap().push(question);
                    let status = house.1.lock().unwrap().pop().unwrap_or(200);
                    let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                    (&socket).write_all(answer.as_bytes()).ok();
                }
            }
        });
        Self { url, heard, answers }
    }

    /// Answers the next questions with these statuses, then with 200 again.
    pub(super) fn say(&self, statuses: &[u16]) {
        *self.answers.lock().unwrap() = statuses.iter().rev().copied().collect();
    }

    /// What was heard since the last look.
    pub(super) fn heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.heard.lock().unwrap())
    }
}

fn hear(socket: &TcpStream) -> Option<Heard> {
    let mut reader = BufReader::new(socket);
    let mut headers = HashMap::new();
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length: &String| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Heard { headers, body: String::from_utf8(body).ok()? })
}
