//! `kill -9` at any moment: what is counted and reported in the end equals an undisturbed run.
//!
//! `POLSO_KILLS` sets the number of kills; a few are enough for every day, `tests/kill.sh` does fifty.

use crate::support::{Place, seeds};
use std::process::Stdio;
use std::time::Duration;

const SETTINGS: &str = "[import]\ninbox = \"inbox\"\n[classify]\nbatch_tokens = 512\n";
const DAY: &str = "2020-03-04";

fn place(key: &[u8]) -> Place {
    let place = Place::with_settings(SETTINGS);
    // Several files and two passes of deletions and edits, which begin in March, so that kills land in every stage.
    let is_february = |line: &&str| !line.contains("\"posted_at\":\"2020-03-");
    let lines: Vec<&str> = seeds().lines().skip_while(is_february).take(1_200).collect();
    for (number, chunk) in lines.chunks(300).enumerate() {
        place.put(&format!("inbox/{number}.jsonl"), chunk.join("\n").as_bytes());
    }
    place.put("data/state/key", key);
    let path = place.path("data/state/key");
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    place
}

/// What a reader of the results sees.
fn result(place: &Place) -> [String; 4] {
    let rows = "SELECT source, post_id, posted_at, kind, lang, text, text_key, negative, needs_checking, scored \
                FROM observations ORDER BY source, post_id";
    let ledger = "SELECT * FROM ledger ORDER BY source, hour";
    [
        place.done(&["query", rows, "--format", "csv"]),
        place.done(&["query", ledger, "--format", "csv"]),
        place.read(&format!("data/reports/{DAY}/report.json")),
        place.read(&format!("data/reports/{DAY}/index.html")),
    ]
}

#[test]
fn killed_and_repeated_equals_undisturbed() {
    let key = [b'7'; 64];
    let undisturbed = place(&key);
    let started = std::time::Instant::now();
    undisturbed.run(&["run", "--day", DAY]);
    let whole = started.elapsed();
    let expected = result(&undisturbed);

    let kills = std::env::var("POLSO_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(6_u32);
    // A full-period generator: the moments differ, and differ in the same way every time.
    let mut random = 20_200_309_u32;
    let (mut disturbed, mut killed) = (place(&key), 0);
    for _ in 0..20 * kills {
        if killed == kills {
            break;
        }
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let wait = whole.mul_f64(f64::from(random >> 16) / 65_536.0).max(Duration::from_millis(5));
        if was_killed(&disturbed, wait) {
            killed += 1;
        } else {
            // It came to its end, through however many kills: that is a result to compare, and a new start.
            assert_eq!(result(&disturbed), expected, "after {killed} kills");
            disturbed = place(&key);
        }
    }
    assert_eq!(killed, kills, "runs ended too soon to be killed");
    disturbed.run(&["run", "--day", DAY]);
    assert_eq!(result(&disturbed), expected, "after {killed} kills");
}

/// As a kill between summing up and reporting leaves it: the page of a day before is a revision behind.
#[test]
fn a_page_that_fell_behind_is_made_again() {
    let place = place(&[b'7'; 64]);
    let before = ["run", "--day", "2020-03-03"];
    place.run(&before);
    let path = "data/reports/2020-03-03/report.json";
    let whole = place.read(path);
    place.put(path, whole.replace("\"revision\": 1", "\"revision\": 0").as_bytes());
    place.run(&["run", "--day", DAY]);
    assert_eq!(place.read(path), whole);
}

/// Starts the day's work and kills it after a while; `false` when it had ended by then.
fn was_killed(place: &Place, wait: Duration) -> bool {
    let mut command = place.command(&["--quiet", "run", "--day", DAY]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}
