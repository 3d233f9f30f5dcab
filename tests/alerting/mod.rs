//! Who is told what a run brings: whole runs of the binary against receivers on loopback.

mod real;
mod receiver;

use crate::support::{Place, Ran, demo, root, seeds};
use receiver::Receiver;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

const DAY: &str = "2020-03-01";
const MORNING: &str = "2020-03-02T06:15:00Z";
const SECRET: &str = "what both sides know";

/// Posts of the day among the seeds.
fn of_the_day(from: usize, lines: usize) -> String {
    let posted = format!("\"posted_at\":\"{DAY}");
    let lines = seeds().lines().filter(|line| line.contains(&posted)).skip(from).take(lines);
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A place with posts of the day in its inbox, and these receivers.
fn place(alert: &str) -> Place {
    let place = Place::with_settings(&settings(alert));
    place.put("inbox/posts.jsonl", of_the_day(0, 120).as_bytes());
    put_secret(&place, "secret", SECRET);
    place
}

fn settings(alert: &str) -> String {
    format!("[import]\ninbox = \"inbox\"\n[aggregate]\nresamples = 100\n[report]\nlanguage = \"en\"\n[alert]\n{alert}")
}

fn put_secret(place: &Place, name: &str, text: &str) {
    let path = place.put(name, text.as_bytes());
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

fn webhook(receiver: &Receiver, more: &str) -> String {
    format!(
        "base_url = \"https://polso.example/reports\"\n[[alert.webhook]]\nname = \"press\"\nurl = \"{}\"\n\
         secret_file = \"secret\"\n{more}",
        receiver.url
    )
}

fn run_at(place: &Place, now: &str) -> Ran {
    place.run(&["--now", now, "run", "--day", DAY])
}

/// Whether a run did everything: 0, or 1 where only the posts' own coverage is missing something.
fn told_all(ran: &Ran) -> bool {
    ran.code <= 1 && !ran.stderr.contains("was not told")
}

#[test]
fn a_report_is_told_once_signed_and_says_what_the_page_says() {
    let receiver = Receiver::start();
    let place = place(&webhook(&receiver, ""));
    let first = run_at(&place, MORNING);
    assert!(told_all(&first) && first.stderr.contains("told press of report/2020-03-01/1"), "{}", first.stderr);
    let heard = receiver.heard();
    let report: Vec<Value> =
        heard.iter().map(receiver::Heard::json).filter(|event| event["kind"] == "report").collect();
    assert_eq!((report.len(), &report[0]["schema"]), (1, &Value::from("polso.event/1")), "{heard:?}");
    assert_eq!(report[0]["link"], "https://polso.example/reports/2020-03-01/index.html");
    let page: Value = serde_json::from_str(&place.read("data/reports/2020-03-01/report.json")).unwrap();
    let finding = &page["sections"][1]["blocks"][0]["items"][0];
    assert_eq!(report[0]["lines"][0]["headline"], finding["label"]);
    assert_eq!(report[0]["lines"][0]["evidence"], finding["text"]);
    assert!(verified(&heard[0]), "the receiver's program of docs/alerts.md");

    let again = run_at(&place, "2020-03-02T07:15:00Z");
    assert!(told_all(&again) && receiver.heard().is_empty(), "{}", again.stderr);
    let list = place.done(&["alert", "list"]);
    assert!(list.contains("press (webhook)") && list.contains("report/2020-03-01/1 sent"), "{list}");
    for file in place.files("data") {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()), "{}", file.display());
    }
}

/// Whether the program that docs/alerts.md shows to receivers takes a request. It is asked twice: a changed body must fail.
fn verified(heard: &receiver::Heard) -> bool {
    let docs = std::fs::read_to_string(root().join("docs/alerts.md")).unwrap();
    let program = docs.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let (stamp, signature) = (&heard.headers["x-polso-timestamp"], &heard.headers["x-polso-signature"]);
    let asked = "import sys\nstamp, signature, body, secret = sys.argv[1:]\n\
                 sys.exit(not is_genuine(stamp, signature, body.encode(), secret.encode(), now=int(stamp) + 5))";
    let ask = |body: &str| {
        let call = format!("{program}\n{asked}");
        Command::new("python3").args(["-c", &call, stamp, signature, body, SECRET]).stderr(Stdio::null()).status()
    };
    let Ok(genuine) = ask(&heard.body) else {
        println!("SKIPPED: there is no python3 to run the program of docs/alerts.md");
        return true;
    };
    genuine.success() && !ask(&format!("{} ", heard.body)).unwrap().success()
}

#[test]
fn what_fails_is_named_tried_again_and_given_up() {
    let receiver = Receiver::start();
    let place = place(&webhook(&receiver, "").replace("[[alert", "tries = 2\n[[alert"));
    receiver.say(&[500, 503]);
    assert!(told_all(&run_at(&place, MORNING)), "500 and 503 pass within the run");
    assert!(receiver.heard().len() >= 3);

    place.run(&["--now", MORNING, "run", "--day", "2020-02-29", "--no-alerts"]);
    assert!(receiver.heard().is_empty());
    receiver.say(&[404, 404]);
    let other = ["run", "--day", "2020-02-29"];
    let failed = place.run(&[&["--now", MORNING], &other[..]].concat());
    assert_eq!(failed.code, 1, "{}", failed.stderr);
    assert!(failed.stderr.contains("press was not told of report/2020-02-29/1: "), "{}", failed.stderr);
    assert!(
        failed.stderr.contains("tried again in the next run") && failed.stderr.contains("hint:"),
        "{}",
        failed.stderr
    );
    let list = place.done(&["alert", "list"]);
    assert!(list.contains("report/2020-02-29/1 waiting") && list.contains("(404)"), "{list}");
    let second = place.run(&[&["--now", "2020-03-02T09:15:00Z"], &other[..]].concat());
    assert!(second.code == 1 && second.stderr.contains("it is given up"), "{}", second.stderr);
    let after = place.run(&[&["--now", "2020-03-02T19:15:00Z"], &other[..]].concat());
    assert!(!after.stderr.contains("press"), "{}", after.stderr);
}

#[test]
fn nights_are_quiet_and_previews_send_nothing() {
    let receiver = Receiver::start();
    let place = place(&webhook(&receiver, "quiet_hours = \"22:00-08:00\"\n"));
    let night = run_at(&place, MORNING);
    assert!(told_all(&night) && night.stderr.contains("is not disturbed now"), "{}", night.stderr);
    let preview = place.done(&["--now", "2020-03-02T07:30:00Z", "alert", "preview", "--day", DAY]);
    assert!(preview.contains("press: report/2020-03-01/1 (notice): would be told now"), "{preview}");
    assert!(preview.contains("\n== report/2020-03-01/1\nPublic mood on"), "{preview}");
    assert!(receiver.heard().is_empty());
    let morning = run_at(&place, "2020-03-02T07:30:00Z");
    assert!(told_all(&morning) && !receiver.heard().is_empty(), "{}", morning.stderr);
    let preview = place.done(&["--now", "2020-03-02T07:30:00Z", "alert", "preview", "--day", DAY]);
    assert!(preview.contains("told before"), "{preview}");
    let old = place.done(&["--now", "2020-03-20T07:30:00Z", "alert", "preview", "--day", DAY]);
    assert!(old.contains("told before") && old.lines().count() > 2, "{old}");
}

#[test]
fn a_day_is_news_once_when_it_is_over() {
    let receiver = Receiver::start();
    let place = place(&webhook(&receiver, ""));
    let during = place.run(&["--now", "2020-03-01T15:00:00Z", "run", "--day", "today"]);
    assert!(told_all(&during) && receiver.heard().is_empty(), "{}", during.stderr);
    run_at(&place, MORNING);
    assert_eq!(receiver.heard().len(), 1);
    place.put("inbox/late.jsonl", of_the_day(120, 20).as_bytes());
    run_at(&place, "2020-03-02T09:15:00Z");
    let page: Value = serde_json::from_str(&place.read("data/reports/2020-03-01/report.json")).unwrap();
    assert!(page["revision"].as_u64() > Some(1), "late posts made a revision");
    assert!(receiver.heard().is_empty(), "and that is no news");
}

#[test]
fn a_test_says_what_is_wrong_and_check_knocks() {
    let receiver = Receiver::start();
    let more = format!(
        "[[alert.slack]]\nurl_file = \"hook\"\n[[alert.file]]\nfolder = \"nowhere\"\n\
         [[alert.mail]]\nto = [\"press@health.example\"]\nfrom = \"polso@health.example\"\nhost = \"127.0.0.1\"\n\
         port = {}\ntls = \"none\"\n",
        closed_port()
    );
    let place = place(&webhook(&receiver, &more));
    place.put("hook", receiver.url.as_bytes());
    std::fs::set_permissions(place.path("hook"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let tested = place.run(&["alert", "test"]);
    assert_eq!(tested.code, 1, "{}{}", tested.stdout, tested.stderr);
    for line in ["✔ press: took the test", "✖ slack: others may read", "chmod 600", "✖ file: cannot write", "✖ mail: "]
    {
        assert!(tested.stdout.contains(line), "{line}\n{}", tested.stdout);
    }
    assert_eq!(receiver.heard()[0].json()["kind"], "test");
    assert!(place.done(&["alert", "test", "press"]).starts_with("✔ press"));
    let unknown = place.run(&["alert", "test", "nobody"]);
    assert!(unknown.code == 2 && unknown.stderr.contains("one of mail, slack, press, file"), "{}", unknown.stderr);
    let checked = place.run(&["check"]);
    assert!(checked.code == 2 && checked.stdout.contains("✔ press: ") && checked.stdout.contains("✖ file: "));
}

/// A port that nobody listens on.
fn closed_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_run_that_fails_is_told_and_keeps_its_own_error() {
    let receiver = Receiver::start();
    let place = place(&webhook(&receiver, "events = [\"failed\"]\n"));
    run_at(&place, MORNING);
    assert!(receiver.heard().is_empty(), "reports are not wanted");
    let part = place.files("data/lake/observations").pop().unwrap();
    std::fs::write(&part, b"no parquet").unwrap();
    let failed = run_at(&place, "2020-03-02T07:15:00Z");
    assert_eq!(failed.code, 3, "{}", failed.stderr);
    assert!(failed.stderr.contains("error: ") && failed.stderr.contains("told press of failed/2020-03-01/2020-03-02"));
    let heard = receiver.heard();
    assert_eq!((heard.len(), &heard[0].json()["level"]), (1, &Value::from("urgent")));
    assert_eq!(run_at(&place, "2020-03-02T08:15:00Z").code, 3);
    assert!(receiver.heard().is_empty(), "once a day");
}

#[test]
fn wrong_settings_are_found_before_anything_is_done() {
    let place = place("[[alert.file]]\nfolder = \"a\"\n[[alert.file]]\nfolder = \"b\"\n");
    let ran = run_at(&place, MORNING);
    assert!(ran.code == 2 && ran.stderr.contains("two receivers are called `file`"), "{}", ran.stderr);
    assert!(!place.path("data/reports/2020-03-01").exists());
    let place = self::place("[[alert.slack]]\nurl_file = \"x\"\nquiet_hours = \"22-7\"\n");
    let ran = run_at(&place, MORNING);
    assert!(ran.code == 2 && ran.stderr.contains("22:00-07:00"), "{}", ran.stderr);
}

#[test]
fn rumours_to_be_answered_are_told_with_the_answer_and_the_feed_is_written() {
    let (told, _) = demo();
    let place = Place::with_settings(&settings(
        "[[alert.file]]\nfolder = \"drop\"\n[alert.feed]\nauthority = \"health.example\"\n",
    ));
    let copied = Command::new("cp").arg("-r").arg(told.path("demo/data")).arg(place.path("data")).status().unwrap();
    assert!(copied.success());
    std::fs::create_dir(place.path("drop")).unwrap();
    std::fs::create_dir(place.path("inbox")).unwrap();
    let decide = ["claims", "set", "warm-water-flushes-virus", "--level", "direct", "--by", "anna-m"];
    place.done(&[&["--now", "2020-03-15T20:00:00Z"], &decide[..]].concat());
    let ran = place.run(&["--now", "2020-03-15T23:30:00Z", "run", "--day", "2020-03-15"]);
    assert!(told_all(&ran), "{}", ran.stderr);
    let drops: Vec<Value> = place
        .files("drop")
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    let rumours: Vec<&Value> = drops.iter().filter(|event| event["kind"] == "rumour").collect();
    assert_eq!(rumours.len(), 1, "{drops:?}");
    assert_eq!(rumours[0]["id"], "rumour/warm-water-flushes-virus/direct/2020-03-15");
    assert_eq!(rumours[0]["level"], "urgent");
    let title = rumours[0]["title"].as_str().unwrap();
    assert!(title.starts_with("To be answered directly: "), "the answer, and not the rumour: {title}");
    assert!(
        drops.iter().any(|event| event["id"] == "report/2020-03-15/2"),
        "a revision is news if nobody was told before"
    );
    let feed = place.read("data/reports/feed.xml");
    let entries = feed.matches("<entry>").count();
    assert!(entries == 1 && feed.contains("tag:health.example,2020-03-15:polso/report"), "{entries}\n{feed}");
    let names = seeds()
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).unwrap()["author"].as_str().map(str::to_owned));
    let everything = format!("{feed}{drops:?}");
    for name in names {
        assert!(!everything.contains(&name), "{name}");
    }
}
