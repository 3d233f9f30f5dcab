//! Importing: formats, folding, repeating.

use crate::support::{Place, some_seeds};
use std::io::Write;

const V1: &str = r#"{"created_at":"Mon Mar 09 20:19:24 +0000 2020","id":1237100000000000000,"id_str":"1237100000000000001","full_text":"Io resto a casa e leggo un libro, @seed_bruno! #iorestoacasa","lang":"it","user":{"id_str":"77","screen_name":"seed_anna","name":"Seed Anna","followers_count":12},"retweet_count":1,"favorite_count":2,"entities":{"hashtags":[{"text":"iorestoacasa"}],"urls":[],"user_mentions":[{"screen_name":"seed_bruno","name":"Seed Bruno","id_str":"78"}]}}"#;

#[test]
fn the_same_file_twice_adds_nothing() {
    let place = Place::new();
    let posts = some_seeds(300);
    place.put("posts.jsonl", posts.as_bytes());
    place.done(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    let rows = place.count("SELECT count(*) AS n FROM observations");
    let second = place.run(&["import", "posts.jsonl"]);
    assert!(second.stderr.contains("0 new posts"), "{}", second.stderr);
    let said = place.run(&["classify"]).stderr;
    assert!(said.contains("nothing new"), "{said}");
    assert_eq!(place.count("SELECT count(*) AS n FROM observations"), rows);
}

#[test]
fn compressed_files_hold_the_same_posts() {
    let place = Place::new();
    let posts = some_seeds(50);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(posts.as_bytes()).unwrap();
    place.put("posts.jsonl.gz", &gzip.finish().unwrap());
    place.put("posts.jsonl.zst", &zstd::encode_all(posts.as_bytes(), 1).unwrap());
    let utf16: Vec<u8> =
        "\u{feff}".chars().chain(posts.chars()).collect::<String>().encode_utf16().flat_map(u16::to_le_bytes).collect();
    place.put("posts-utf16.jsonl", &utf16);
    let first = place.run(&["import", "posts.jsonl.gz"]);
    assert!(first.stderr.contains("50 new posts"), "{}", first.stderr);
    for copy in ["posts.jsonl.zst", "posts-utf16.jsonl"] {
        let again = place.run(&["import", copy]);
        assert!(again.stderr.contains("0 new posts") && again.code == 0, "{copy}: {}", again.stderr);
    }
}

#[test]
fn a_deletion_takes_the_post_out_of_the_lake() {
    let place = Place::new();
    place.put("posts.jsonl", V1.as_bytes());
    place.done(&["import", "posts.jsonl"]);
    place.done(&["classify"]);
    assert_eq!(place.count("SELECT count(*) AS n FROM observations"), 1);
    place.put("delete.jsonl", br#"{"delete":{"status":{"id_str":"1237100000000000001","user_id_str":"77"}}}"#);
    place.done(&["import", "delete.jsonl", "--format", "twitter-v1"]);
    place.done(&["classify"]);
    assert_eq!(place.count("SELECT count(*) AS n FROM observations"), 0);
    let late = place.run(&["import", "posts.jsonl"]);
    assert!(late.stderr.contains("0 new posts, 1 kept out"), "{}", late.stderr);
}

#[test]
fn an_edit_replaces_and_moves_the_day() {
    let place = Place::new();
    let edited = V1.replace("leggo un libro", "scrivo una lettera");
    place.put("one.jsonl", V1.as_bytes());
    place.put("two.jsonl", edited.as_bytes());
    for file in ["one.jsonl", "two.jsonl"] {
        place.done(&["import", file]);
        place.done(&["classify"]);
    }
    let rows = place.done(&["query", "SELECT text FROM observations", "--format", "json"]);
    assert_eq!(rows.lines().count(), 1, "{rows}");
    assert!(rows.contains("scrivo una lettera"), "{rows}");
}

#[test]
fn columns_are_mapped_by_name_and_by_path() {
    let place = Place::new();
    place.put(
        "a.csv",
        "codice;chi;quando;testo\n7;seed_anna;2020-03-09 10:00:00;Oggi resto a casa con mio fratello\n".as_bytes(),
    );
    place.done(&[
        "import",
        "a.csv",
        "--map",
        "id=codice",
        "--map",
        "author=chi",
        "--map",
        "posted_at=quando",
        "--map",
        "text=testo",
        "--timezone",
        "Europe/Rome",
        "--source",
        "tabella",
    ]);
    place.put("b.jsonl", br#"{"id":"8","text":"We all stay at home today","date":"2020-03-09T10:00:00Z","author":{"screen_name":"seed_bruno"}}"#);
    place.done(&["import", "b.jsonl", "--map", "author=author.screen_name", "--map", "posted_at=date"]);
    place.done(&["classify"]);
    let rows = place.done(&[
        "query",
        "SELECT source, post_id, posted_at, lang FROM observations ORDER BY post_id",
        "--format",
        "csv",
    ]);
    insta::assert_snapshot!(rows, @r"
    source,post_id,posted_at,lang
    tabella,7,2020-03-09T09:00:00.000Z,it
    import,8,2020-03-09T10:00:00.000Z,en
    ");
}

#[test]
fn the_inbox_is_read_once_and_cron_learns_what_is_missing() {
    let place = Place::with_settings("[import]\ninbox = \"inbox\"\n[report]\nexpected_sources = [\"twitter\"]\n");
    place.put("inbox/posts.jsonl", V1.as_bytes());
    let first = place.run(&["run", "--day", "2020-03-09"]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    let second = place.run(&["run", "--day", "2020-03-09"]);
    assert!(!second.stderr.contains("importing"), "{}", second.stderr);
    assert_eq!((second.code, &second.stdout), (0, &first.stdout));
    let silent = place.run(&["run", "--day", "2020-03-10"]);
    assert_eq!(silent.code, 1, "a day without posts is never a quiet success");
    assert!(silent.stderr.contains("missing: no posts were heard on 2020-03-10"), "{}", silent.stderr);
    assert!(place.read("data/reports/2020-03-10/report.json").contains("\"no_data\""));
}
