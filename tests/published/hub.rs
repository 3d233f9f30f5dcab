//! A hub on loopback: its paths, its headers, and a line that breaks.

use super::{added, fixture};
use crate::support::Place;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// What the hub has and does.
#[derive(Default)]
struct Hub {
    files: BTreeMap<String, Vec<u8>>,
    /// Answers that break off in the middle, counted down.
    breaks: Mutex<usize>,
    /// A hash that the weights do not have.
    lies: bool,
    /// Wants this token.
    token: Option<&'static str>,
    /// Request lines with their range.
    asked: Mutex<Vec<String>>,
}

impl Hub {
    fn with(family: &str) -> Self {
        let read = |file: &&str| std::fs::read(PathBuf::from(fixture(family)).join(file)).unwrap();
        let files = ["config.json", "tokenizer.json", "model.safetensors"];
        let mut files: BTreeMap<String, Vec<u8>> = files.iter().map(|file| ((*file).to_owned(), read(file))).collect();
        files.insert("README.md".to_owned(), b"---\nlicense: mit\nlanguage:\n- it\n- xx\n---\n".to_vec());
        Self { files, ..Self::default() }
    }

    /// Serves until the test ends; the address.
    fn open(self) -> (String, Arc<Self>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let hub = Arc::new(self);
        let served = Arc::clone(&hub);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                served.answer(stream.unwrap());
            }
        });
        (address, hub)
    }

    fn answer(&self, mut stream: TcpStream) {
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
        let Some(request) = lines.next() else { return };
        let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
        let header = |name: &str| headers.iter().find_map(|line| line.strip_prefix(name)).map(str::trim);
        let range = header("range:").unwrap_or_default().to_owned();
        self.asked.lock().unwrap().push(format!("{request} {range}"));
        let path = request.split(' ').nth(1).unwrap_or_default();
        let answer = if self.token.is_some_and(|token| header("authorization:") != Some(&format!("bearer {token}"))) {
            status("401 Unauthorized")
        } else if let Some(revision) = path.strip_prefix("/api/models/some/model/revision/") {
            match revision {
                "main" | COMMIT => self.about(),
                _ => status("404 Not Found"),
            }
        } else if let Some(file) = path.strip_prefix(&format!("/some/model/resolve/{COMMIT}/")) {
            self.file(file, &range)
        } else {
            status("404 Not Found")
        };
        stream.write_all(&answer).ok();
    }

    fn about(&self) -> Vec<u8> {
        let files: Vec<_> = self.files.keys().map(|file| serde_json::json!({ "rfilename": file })).collect();
        let body = serde_json::json!({ "sha": COMMIT, "siblings": files }).to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body.as_bytes()].concat()
    }

    /// A part of a file, as asked for; the middle of it is where lines break.
    fn file(&self, file: &str, range: &str) -> Vec<u8> {
        let Some(whole) = self.files.get(file) else { return status("404 Not Found") };
        let (from, to) = range.trim_start_matches("bytes=").split_once('-').unwrap_or_default();
        let from: usize = from.parse().unwrap_or(0);
        let to = to.parse().map_or(whole.len(), |to: usize| to + 1).min(whole.len());
        let part = &whole[from.min(to)..to];
        let hash = polso_classify::sha256(whole);
        let etag = match (file, self.lies) {
            ("model.safetensors", true) => "0".repeat(64),
            ("model.safetensors", false) => hash,
            _ => hash[..40].to_owned(),
        };
        let head = format!(
            "HTTP/1.1 206 Partial Content\r\nETag: \"{etag}\"\r\nX-Repo-Commit: {COMMIT}\r\nConnection: close\r\n\
             Content-Range: bytes {from}-{}/{}\r\nContent-Length: {}\r\n\r\n",
            to.saturating_sub(1),
            whole.len(),
            part.len()
        );
        let mut breaks = self.breaks.lock().unwrap();
        let broken = file == "model.safetensors" && part.len() > 1 && *breaks > 0;
        *breaks -= usize::from(broken);
        let sent = if broken { &part[..part.len() / 2] } else { part };
        [head.as_bytes(), sent].concat()
    }
}

fn status(line: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

/// Adds `some/model` from a hub; exit code and what was said.
fn add(place: &Place, address: &str, options: &[&str], token: Option<&str>) -> (i32, String) {
    let mut command = place.command(&[&["model", "add", "some/model"], options].concat());
    command.env("HF_ENDPOINT", address).env_remove("HF_TOKEN");
    if let Some(token) = token {
        command.env("HF_TOKEN", token);
    }
    let output = command.output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
}

#[test]
fn a_model_is_fetched_at_a_commit_with_what_its_readme_says() {
    let (address, hub) = Hub::with("bert").open();
    let place = Place::new();
    let (code, said) = add(&place, &address, &[], None);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("licence: mit") && said.contains("reads sentiment in it,"), "{said}");
    let card = place.read("data/models/model/card.toml");
    assert!(card.contains(&format!("some/model@{COMMIT}")), "{card}");
    // What was fetched stands where it belongs, and nowhere else.
    assert_eq!(added(&place), ["model"]);
    assert!(!place.path("data/models/.fetched/model").exists());
    let asked = hub.asked.lock().unwrap();
    assert!(asked.iter().filter(|line| line.contains("/resolve/")).all(|line| line.contains(COMMIT)), "{asked:?}");
}

#[test]
fn a_broken_line_is_mended_and_what_was_there_is_not_fetched_again() {
    let (address, hub) = Hub { breaks: Mutex::new(2), ..Hub::with("bert") }.open();
    let place = Place::new();
    let (code, said) = add(&place, &address, &[], None);
    assert_eq!(code, 0, "{said}");
    let asked = hub.asked.lock().unwrap();
    let weights: Vec<&String> =
        asked.iter().filter(|line| line.contains("safetensors") && !line.ends_with("0-0")).collect();
    assert!(weights.len() == 3 && weights[0].ends_with("bytes=0-") && !weights[2].ends_with("bytes=0-"), "{weights:?}");
}

#[test]
fn a_line_that_stays_broken_leaves_nothing_but_its_part() {
    let (address, hub) = Hub { breaks: Mutex::new(4), ..Hub::with("bert") }.open();
    let place = Place::new();
    let (code, said) = add(&place, &address, &[], None);
    assert!(code == 2 && said.contains("cannot be fetched") && said.contains("hint:"), "{code} {said}");
    assert_eq!(added(&place), Vec::<String>::new());
    // The next try goes on from there.
    let (code, said) = add(&place, &address, &[], None);
    assert_eq!(code, 0, "{said}");
    let asked = hub.asked.lock().unwrap();
    let last = asked.iter().rev().find(|line| line.contains("safetensors") && !line.ends_with("0-0")).unwrap();
    assert!(!last.ends_with("bytes=0-"), "{asked:?}");
}

#[test]
fn what_has_another_hash_is_refused() {
    let (address, _) = Hub { lies: true, ..Hub::with("bert") }.open();
    let place = Place::new();
    let (code, said) = add(&place, &address, &[], None);
    assert!(code == 2 && said.contains("has sha256") && said.contains("hint:"), "{said}");
    assert_eq!(added(&place), Vec::<String>::new());
}

#[test]
fn doors_that_stay_shut_are_told_apart() {
    let (address, _) = Hub { token: Some("secret-of-mine"), ..Hub::with("bert") }.open();
    let place = Place::new();
    let (code, said) = add(&place, &address, &[], None);
    assert!(code == 2 && said.contains("HF_TOKEN") && !said.contains("secret-of-mine"), "{said}");
    let (code, said) = add(&place, &address, &[], Some("secret-of-mine"));
    assert!(code == 0 && !said.contains("secret-of-mine"), "{said}");
    let (address, _) = Hub::default().open();
    let empty = Place::new();
    let (code, said) = add(&empty, &address, &[], None);
    assert!(code == 2 && said.contains("has no `config.json`"), "{said}");
    let mut command = empty.command(&["model", "add", "some/other"]);
    let output = command.env("HF_ENDPOINT", &address).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("the hub has no model `some/other`"));
    // Nobody listens there: what to do without a network.
    let (code, said) = add(&empty, "http://127.0.0.1:9", &[], None);
    assert!(code == 2 && said.contains("polso model add FOLDER"), "{said}");
}

#[test]
fn a_tokenizer_may_come_from_another_model_and_a_pickle_is_not_fetched() {
    let mut hub = Hub::with("bert");
    hub.files.remove("tokenizer.json");
    let (address, _) = hub.open();
    let place = Place::new();
    let (code, said) = add(&place, &address, &[], None);
    assert!(code == 2 && said.contains("--tokenizer"), "{said}");
    let (code, said) = add(&place, &address, &["--tokenizer", &fixture("bert")], None);
    assert_eq!(code, 0, "{said}");
    let mut hub = Hub::with("bert");
    hub.files.remove("model.safetensors");
    hub.files.insert("pytorch_model.bin".to_owned(), vec![0; 8]);
    let (address, hub) = hub.open();
    let (code, said) = add(&Place::new(), &address, &[], None);
    assert!(code == 2 && said.contains("pickle"), "{said}");
    assert!(hub.asked.lock().unwrap().iter().all(|line| !line.contains("/resolve/")));
}
