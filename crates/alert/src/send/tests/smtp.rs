//! The least that a mail server must say, on loopback and without TLS. A real one stands in the whole runs of the
//! binary.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

pub(super) struct Server {
    pub(super) port: u16,
    /// Everything that clients said, a line each.
    pub(super) heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers the recipients in turn with these, then with 250 for ever.
    pub(super) async fn saying(recipients: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new(Mutex::new(recipients.iter().rev().map(|answer| (*answer).to_owned()).collect::<Vec<_>>()));
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(talk(socket, Arc::clone(&left), Arc::clone(&log)));
            }
        });
        Self { port, heard }
    }

    pub(super) fn said(&self) -> String {
        self.heard.lock().unwrap().join("\n")
    }
}

async fn talk(socket: TcpStream, left: Arc<Mutex<Vec<String>>>, log: Arc<Mutex<Vec<String>>>) -> Option<()> {
    let mut socket = BufReader::new(socket);
    socket.write_all(b"220 here\r\n").await.ok()?;
    let mut in_data = false;
    loop {
        let mut line = String::new();
        if socket.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        log.lock().unwrap().push(line.clone());
        let answer = match line.split([' ', ':']).next().unwrap_or_default() {
            _ if in_data && line != "." => continue,
            "." => "250 taken".to_owned(),
            "DATA" => "354 go on".to_owned(),
            "RCPT" => left.lock().unwrap().pop().unwrap_or_else(|| "250 known".to_owned()),
            "QUIT" => "221 bye".to_owned(),
            _ => "250 well".to_owned(),
        };
        in_data = line == "DATA";
        socket.write_all(format!("{answer}\r\n").as_bytes()).await.ok()?;
    }
}
