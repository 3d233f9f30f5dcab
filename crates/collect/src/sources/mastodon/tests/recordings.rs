//! What a real instance said, where recordings of one are at hand: `POLSO_RECORDINGS` names their folder. They hold posts of
//! people and are no part of this project; nothing of them is printed.

use super::super::about::{About, Access};
use super::super::account::Policy;
use super::super::ask::Instance;
use super::super::read::{Read, Reader, Why};
use super::super::sse::Parser;
use super::super::{read, wire};
use super::*;
use polso_domain::SourceId;
use std::path::PathBuf;

#[expect(clippy::disallowed_methods, reason = "where recordings are is nothing that a library is told")]
fn cassettes() -> Option<Vec<String>> {
    let folder = PathBuf::from(std::env::var("POLSO_RECORDINGS").ok()?).join("mastodon");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let cassettes = files.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    Some(cassettes.map(|path| std::fs::read_to_string(path).unwrap()).collect())
}

/// The bodies of answers in a cassette: the scalars under `string:`, plain or in single or double quotes, folded over
/// lines as YAML does.
fn bodies(cassette: &str) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut lines = cassette.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(start) = line.trim_start().strip_prefix("string: ") else { continue };
        let depth = line.len() - line.trim_start().len();
        let mut pieces = vec![start];
        while let Some(next) =
            lines.next_if(|next| next.trim().is_empty() || next.len() - next.trim_start().len() > depth)
        {
            pieces.push(next.trim());
        }
        bodies.push(unfolded(&pieces));
    }
    bodies
}

fn unfolded(pieces: &[&str]) -> String {
    let quote = pieces[0].chars().next().filter(|first| matches!(first, '\'' | '"'));
    let mut text = String::new();
    for (n, piece) in pieces.iter().enumerate() {
        let joined = text.ends_with('\\') && quote == Some('"');
        if joined {
            text.pop();
        } else if piece.is_empty() {
            text.push('\n');
        } else if n > 0 && !text.ends_with('\n') {
            text.push(' ');
        }
        text.push_str(if joined { piece.strip_prefix('\\').unwrap_or(piece) } else { piece });
    }
    let bare = |quote: char| text.trim_start_matches(quote).strip_suffix(quote).unwrap_or(&text).to_owned();
    match quote {
        Some('\'') => bare('\'').replace("''", "'"),
        // The escapes of JSON are those of YAML, as far as cassettes need them.
        Some(_) => serde_json::from_str(&text).unwrap_or_default(),
        None => text,
    }
}

#[derive(Default)]
struct Counted {
    kept: usize,
    passed: usize,
    hidden: usize,
    about: usize,
    events: usize,
}

fn count(counted: &mut Counted, reader: &Reader, body: &str) {
    let mut look = |raw: &str| {
        assert!(read::probe(raw).0.is_some());
        match reader.read(raw, Why::Tagged(&|_| None), Timestamp::from_millis(NOW_MS + 24 * HOUR_MS)) {
            Ok(Read::Kept(kept)) => {
                assert!(!kept.post.text.contains('<') && kept.post.author.handle.contains('@'));
                counted.kept += 1;
            }
            Ok(Read::Passed { .. }) => counted.passed += 1,
            Ok(Read::Hidden { .. }) => counted.hidden += 1,
            Err(fault) => panic!("a real post is set aside: {}", fault.detail),
        }
    };
    let is_status = |value: &Value| value.get("account").is_some() && value.get("content").is_some();
    match serde_json::from_str::<Value>(body) {
        Ok(Value::Array(items)) => items.iter().filter(|item| is_status(item)).for_each(|item| look(&item.to_string())),
        Ok(value) if is_status(&value) => look(&value.to_string()),
        Ok(value) if value.get("descendants").is_some() => {
            let context: wire::Context = serde_json::from_value(value).unwrap();
            context.descendants.iter().for_each(|raw| look(raw.get()));
        }
        Ok(value) if value.get("configuration").is_some_and(|own| own.get("timelines_access").is_some()) => {
            let about = About::read(serde_json::from_value(value).unwrap());
            assert!(about.access(false) == Access::Whole && about.version.starts_with("4.6"));
            assert!(
                Instance::new("http://localhost:3000", None)
                    .unwrap()
                    .streaming(about.streaming.as_ref(), ["ws", "wss"])
                    .is_some()
            );
            counted.about += 1;
        }
        Err(_) if body.starts_with(":)") => {
            let mut parser = Parser::default();
            parser.push(body.as_bytes()).unwrap();
            counted.events += std::iter::from_fn(|| parser.next()).count();
        }
        Ok(_) | Err(_) => {}
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that did not run must say so")]
fn a_real_instance_is_understood() {
    let Some(cassettes) = cassettes() else {
        eprintln!("SKIPPED: set POLSO_RECORDINGS to read what a real Mastodon said");
        return;
    };
    let reader = |unlisted| Reader {
        source: SourceId::new("mastodon").unwrap(),
        instance: "localhost:3000".to_owned(),
        policy: Policy { respect_opt_outs: false, require_indexable: true, unlisted, keep_bots: true },
        matcher: Track {
            any: vec![Tag { name: "hoot".to_owned(), variants: Vec::new(), languages: Vec::new() }],
            ..Track::default()
        }
        .matcher(crate::track::Folding::Accents),
    };
    let mut counted = Counted::default();
    for body in cassettes.iter().flat_map(|cassette| bodies(cassette)) {
        count(&mut counted, &reader(true), &body);
    }
    let Counted { kept, passed, hidden, about, events } = counted;
    eprintln!("recordings: {kept} kept, {passed} passed, {hidden} hidden, {about} abouts, {events} events");
    assert!(kept >= 1 && passed >= 50 && about >= 2 && events >= 1);
}

#[test]
fn folded_scalars_are_unfolded() {
    let yaml = "    body:\n      string: '{\"a\":\"it''s\n        b\"}'\n    x: 1\n      string: \"{\\\"a\\\":\n        1}\"\n      string: plain\n";
    assert_eq!(bodies(yaml), ["{\"a\":\"it's b\"}", "{\"a\": 1}", "plain"]);
}
