//! Bad input is normal input: each says what, where and what to do next, and loses nothing.

use crate::support::{Place, some_seeds};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;

const GOOD: &str =
    r#"{"id":"1","source":"forum","author":"seed_anna","text":"Oggi resto a casa","posted_at":"2020-03-09T10:00:00Z"}"#;

fn good(id: usize) -> String {
    GOOD.replace("\"1\"", &format!("\"{id}\""))
}

#[test]
fn a_truncated_gzip_keeps_what_came_before() {
    let place = Place::new();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(some_seeds(1_000).as_bytes()).unwrap();
    let whole = gzip.finish().unwrap();
    place.put("cut.gz", &whole[..whole.len() / 2]);
    let ran = place.run(&["import", "cut.gz"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("cannot be read beyond row") && ran.stderr.contains("hint:"), "{}", ran.stderr);
    place.put("whole.gz", &whole);
    place.run(&["import", "whole.gz"]);
    place.done(&["classify"]);
    let direct = Place::new();
    direct.put("whole.gz", &whole);
    direct.run(&["import", "whole.gz"]);
    direct.done(&["classify"]);
    let count = "SELECT count(*) AS n FROM observations";
    assert_eq!(place.count(count), direct.count(count));
}

#[test]
fn every_bad_row_is_counted_by_reason_and_kept() {
    let place = Place::new();
    let mut bytes = Vec::new();
    let mut line = |row: &[u8]| {
        bytes.extend_from_slice(row);
        bytes.push(b'\n');
    };
    line(good(1).as_bytes());
    line(b"{\"id\":\"2\",\"source\":\"forum\",\"author\":\"seed_anna\",\"text\":\"caff\xff\",\"posted_at\":\"2020-03-09T10:00:00Z\"}");
    line(b"{\"id\":\"3\",\"source\":\"forum\", no json");
    line(good(4).replace("\"4\"", "\"1.23E+18\"").as_bytes());
    line(good(5).replace("2020-03-09T10:00:00Z", "1970-01-01T00:00:00Z").as_bytes());
    line(good(6).replace("2020-03-09T10:00:00Z", "2300-01-01T00:00:00Z").as_bytes());
    line(good(7).replace("2020-03-09T10:00:00Z", "03/04/2020").as_bytes());
    line(good(8).replace("Oggi resto a casa", "").as_bytes());
    line(good(9).as_bytes());
    place.put("rows.jsonl", &bytes);
    let ran = place.run(&["import", "rows.jsonl"]);
    insta::assert_snapshot!(ran.shown(&place), @r"
    exit 1
    -- stdout
    -- stderr
    importing `rows.jsonl` as polso
      2 new posts
    missing: 1 row of `rows.jsonl` set aside: bad_encoding
    missing: 1 row of `rows.jsonl` set aside: malformed
    missing: 1 row of `rows.jsonl` set aside: missing_field
    missing: 1 row of `rows.jsonl` set aside: mangled_id
    missing: 1 row of `rows.jsonl` set aside: bad_time
    missing: 2 rows of `rows.jsonl` set aside: implausible_time
      the rows stand in `data/quarantine`
    ");
    let kept: Vec<String> =
        place.files("data/quarantine").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert_eq!(kept.concat().lines().count(), 7);
    assert!(!kept.concat().contains("seed_anna"), "{kept:?}");
    // The same again: counted in the message, kept once.
    assert_eq!(place.run(&["import", "rows.jsonl"]).code, 1);
    let again: Vec<String> =
        place.files("data/quarantine").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    assert_eq!(again, kept);
}

#[test]
fn a_line_of_a_hundred_megabytes_costs_no_memory() {
    let place = Place::with_settings("[import]\nmax_row_mib = 1\n");
    let mut bytes = format!("{}\n", good(1)).into_bytes();
    bytes.extend_from_slice(b"{\"id\":\"2\",\"text\":\"");
    bytes.resize(bytes.len() + 100_000_000, b'a');
    bytes.extend_from_slice(format!("\"}}\n{}\n", good(3)).as_bytes());
    place.put("long.jsonl", &bytes);
    let ran = place.run(&["import", "long.jsonl"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("2 new posts") && ran.stderr.contains("too_long"), "{}", ran.stderr);
}

#[test]
fn files_that_are_none_are_refused_before_anything_is_done() {
    let place = Place::new();
    place.put("empty.jsonl", b"");
    place.put("table.csv", b"id,text,author,date\n1,ciao,seed_anna,2020-03-09\n");
    place.put("colours.csv", b"colore,forma\nrosso,tondo\n");
    place.put("table.xlsx", b"PK\x03\x04rest");
    for (args, what) in [
        (&["import", "empty.jsonl"][..], "is empty"),
        (&["import", "none.jsonl"][..], "cannot open"),
        (&["import", "colours.csv"][..], "there is no column"),
        (&["import", "table.csv", "--map", "text=testo"][..], "there is no column `testo` for `text`"),
        (&["import", "table.csv", "--map", "testo=forma"][..], "there is no field `testo`"),
        (&["import", "table.xlsx"][..], "is a zip"),
        (&["import", "table.csv", "--format", "excel"][..], "there is no format `excel`"),
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(what) && ran.stderr.contains("hint:"), "{args:?}: {}", ran.stderr);
    }
}

#[test]
fn a_typing_error_in_the_settings_gets_a_caret() {
    let place = Place::with_settings("[privacy]\nkeep_text_dayz = 30\n");
    let ran = place.run(&["classify"]);
    insta::assert_snapshot!(ran.shown(&place), @r"
    exit 2
    -- stdout
    -- stderr
    error: the settings `polso.toml` cannot be used
    caused by: TOML parse error at line 2, column 1
      |
    2 | keep_text_dayz = 30
      | ^^^^^^^^^^^^^^
    unknown field `keep_text_dayz`, expected `keep_text_days` or `min_people`
    hint: every key and its meaning stands in the file that `polso init` writes
    ");
}

#[test]
fn a_lost_key_stops_everything() {
    let place = Place::new();
    place.put("posts.jsonl", GOOD.as_bytes());
    place.done(&["import", "posts.jsonl"]);
    std::fs::remove_file(place.path("data/state/key")).unwrap();
    let ran = place.run(&["import", "posts.jsonl"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no pseudonym key") && ran.stderr.contains("backup"), "{}", ran.stderr);
}

#[test]
fn a_damaged_part_is_named_and_never_skipped() {
    let place = Place::new();
    place.put("posts.jsonl", GOOD.as_bytes());
    place.done(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    let part = place.files("data/lake/observations").pop().unwrap();
    let bytes = std::fs::read(&part).unwrap();
    std::fs::write(&part, &bytes[..bytes.len() / 2]).unwrap();
    let ran = place.run(&["aggregate"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let name = part.file_name().unwrap().to_str().unwrap();
    assert!(ran.stderr.contains(name) && ran.stderr.contains("hint:"), "{}", ran.stderr);
    // The way out that the hint names.
    place.done(&["classify", "--from", "1"]);
    place.done(&["aggregate"]);
    assert_eq!(place.count("SELECT count(*) AS n FROM observations"), 1);
}

#[test]
fn a_damaged_model_is_refused_with_both_hashes() {
    let place = Place::with_settings("[classify]\nmodel = \"model\"\n");
    place.put_model("model");
    place.put("posts.jsonl", GOOD.as_bytes());
    place.done(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    place.put("more.jsonl", good(2).as_bytes());
    place.done(&["import", "more.jsonl"]);
    let validation = crate::support::card().validation_sha256.map(|_| "validation.csv");
    for file in ["model.onnx", "tokenizer.json"].into_iter().chain(validation) {
        place.put(&format!("model/{file}"), b"something else");
        let ran = place.run(&["classify"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(&format!("`{file}` of the model")), "{}", ran.stderr);
        assert!(ran.stderr.contains("has sha256") && ran.stderr.contains("its card says"), "{}", ran.stderr);
        place.put_model("model");
    }
    place.done(&["classify"]);
}

#[test]
fn texts_that_nobody_can_read_are_counted_with_the_reason() {
    let place = Place::new();
    let texts = ["😷😷 👍🏽", "https://example.org/a", "\\u200b\\u202e\\u2060", "ჩვენ სახლში ვრჩებით დღეს"];
    let long = "una giornata lunga e triste ".repeat(400);
    let rows: Vec<String> = texts
        .into_iter()
        .chain([long.as_str()])
        .enumerate()
        .map(|(i, text)| good(i).replace("Oggi resto a casa", text))
        .collect();
    place.put("posts.jsonl", rows.join("\n").as_bytes());
    place.run(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    let count = |scored: &str| place.count(&format!("SELECT count(*) AS n FROM observations WHERE {scored}"));
    assert!(count("scored = 'too_short'") >= 2);
    assert_eq!((count("scored = 'unsupported_language'"), count("scored = 'scored' AND truncated")), (1, 1));
    assert_eq!(count("scored = 'failed'"), 0);
}

#[test]
fn a_second_run_says_who_holds_the_lock() {
    let place = Place::new();
    place.done(&["classify"]);
    let held = std::fs::File::options().write(true).open(place.path("data/state/lock")).unwrap();
    held.lock().unwrap();
    let ran = place.run(&["classify"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("another polso is at work") && ran.stderr.contains("pid "), "{}", ran.stderr);
}

#[test]
fn a_full_disk_is_named_and_nothing_is_claimed() {
    // A limit on the size of any file this process may write: the kernel refuses the write as a full disk would.
    let place = Place::new();
    place.put("posts.jsonl", some_seeds(1_000).as_bytes());
    let polso = env!("CARGO_BIN_EXE_polso");
    let script = format!("trap '' XFSZ; ulimit -f 200; exec {polso} import posts.jsonl");
    let output = std::process::Command::new("sh").args(["-c", &script]).current_dir(place.path("")).output().unwrap();
    let ran = crate::support::Ran::from(output);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("error: cannot use the stream"), "{}", ran.stderr);
    // With room again the same command goes on and nothing is missing or doubled.
    place.run(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    assert_eq!(place.count("SELECT count(*) - count(DISTINCT post_id) AS n FROM observations"), 0);
    let full = place.run(&["query", "SELECT * FROM observations", "--format", "csv", "--out", "/dev/full"]);
    assert_eq!(full.code, 3, "{}", full.stderr);
    assert!(full.stderr.contains("free some space"), "{}", full.stderr);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let place = Place::new();
    place.put("afile", b"");
    let ran = place.run(&["--data", "afile/data", "classify"]);
    assert_ne!(ran.code, 0);
    assert!(ran.stderr.contains("afile/data"), "{}", ran.stderr);
    // Root may write anywhere; for everybody else a read-only folder is the usual case.
    let locked = place.path("locked");
    std::fs::create_dir(&locked).unwrap();
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o500)).unwrap();
    let ran = place.run(&["--data", "locked/data", "classify"]);
    let is_root = ran.code == 0;
    assert!(is_root || (ran.code == 2 && ran.stderr.contains("hint:")), "{}", ran.stderr);
}
