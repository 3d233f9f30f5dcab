//! Whole tellings: once for each receiver, again after what passes, held in quiet hours, never with a secret in sight.

use super::http::Server;
use super::outbox::Memory;
use super::{event, morning, smtp};
use crate::send::{Config, Error, EventId, Fate, Kind, Level, Office, Outcome, Patience, Places, State, Told};
use polso_domain::{Timestamp, Zone};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::time::Duration;
use tempfile::TempDir;

const QUICK: Patience = Patience {
    in_a_run: 3,
    first_wait: Duration::from_millis(1),
    longest_wait: Duration::from_secs(2),
    next_run: Duration::from_mins(5),
};

const ID: &str = "report/2020-03-15/1";

/// A folder with secrets and a page.
fn place() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(dir.path().join("reports/2020-03-15")).unwrap();
    std::fs::create_dir_all(dir.path().join("drop")).unwrap();
    put(&dir, "reports/2020-03-15/index.html", "<!doctype html><p>the whole page</p>");
    put(&dir, "secret", "shared secret");
    dir
}

fn put(dir: &TempDir, name: &str, text: &str) {
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(dir.path().join(name)).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn office(dir: &TempDir, alert: Value) -> Office {
    let config: Config = serde_json::from_value(alert).unwrap();
    let places = Places { base: dir.path().to_owned(), reports: dir.path().join("reports") };
    Office::open(&config, places, &Zone::named("Europe/Rome").unwrap()).unwrap().with_patience(QUICK)
}

fn webhook(server: &Server) -> Value {
    json!({ "webhook": [{ "name": "press", "url": format!("{}/in", server.url), "secret_file": "secret" }] })
}

/// The receiver of these settings with further keys.
fn with(mut alert: Value, more: &Value) -> Value {
    let own = alert["webhook"][0].as_object_mut().unwrap();
    own.extend(more.as_object().unwrap().clone());
    alert
}

async fn tell(office: &Office, outbox: &mut Memory, now: Timestamp) -> Vec<Told> {
    office.tell(&[event()], outbox, now).await.unwrap()
}

fn minutes_later(minutes: i64) -> Timestamp {
    Timestamp::from_millis(morning().millis() + minutes * 60_000)
}

#[tokio::test]
async fn an_event_is_told_once_and_signed() {
    let (dir, server, mut outbox) = (place(), Server::saying(&[]).await, Memory::default());
    let office = office(&dir, webhook(&server));
    assert!(matches!(tell(&office, &mut outbox, morning()).await[..], [Told { outcome: Outcome::Sent, .. }]));
    assert!(tell(&office, &mut outbox, minutes_later(600)).await.is_empty());
    let heard = server.heard();
    assert_eq!(heard.len(), 1);
    assert_eq!(outbox.state("press", ID), Some((State::Sent, 1)));
    let body: Value = serde_json::from_str(&heard[0].body).unwrap();
    assert_eq!((&body["id"], &body["schema"]), (&json!(ID), &json!("polso.event/1")));
    assert_eq!(heard[0].headers["x-polso-timestamp"], "1584339300");
    assert!(heard[0].headers["x-polso-signature"].starts_with("sha256="));
    assert_eq!((heard[0].method.as_str(), heard[0].path.as_str()), ("POST", "/in"));
}

#[tokio::test]
async fn what_passes_is_tried_again_within_the_run() {
    let busy = [(500, ""), (429, "retry-after: 1\r\n")];
    let (dir, server, mut outbox) = (place(), Server::saying(&busy).await, Memory::default());
    let told = tell(&office(&dir, webhook(&server)), &mut outbox, morning()).await;
    assert!(matches!(told[0].outcome, Outcome::Sent), "{told:?}");
    let keys: Vec<String> = server.heard().iter().map(|heard| heard.headers["idempotency-key"].clone()).collect();
    assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test]
async fn what_does_not_pass_is_tried_in_later_runs_and_given_up() {
    let (dir, server, mut outbox) = (place(), Server::saying(&[(404, ""); 9]).await, Memory::default());
    let office = office(&dir, json!({ "tries": 2, "webhook": webhook(&server)["webhook"] }));
    let failed = |told: &[Told], up: bool| {
        let [Told { outcome: Outcome::Failed { given_up, error }, .. }] = told else { return false };
        matches!(error, Error::Refused { status: 404, .. }) && *given_up == up
    };
    assert!(failed(&tell(&office, &mut outbox, morning()).await, false));
    let too_soon = tell(&office, &mut outbox, minutes_later(4)).await;
    assert!(matches!(too_soon[0].outcome, Outcome::Later(at) if at == minutes_later(5)), "{too_soon:?}");
    // Without the event: what waits is told by itself.
    let again = office.tell(&[], &mut outbox, minutes_later(5)).await.unwrap();
    assert!(failed(&again, true), "{again:?}");
    assert!(tell(&office, &mut outbox, minutes_later(900)).await.is_empty());
    assert_eq!((server.heard().len(), outbox.state("press", ID)), (2, Some((State::GaveUp, 2))));
}

#[tokio::test]
async fn a_host_that_asks_for_long_silence_is_left_alone() {
    let (dir, server, mut outbox) =
        (place(), Server::saying(&[(429, "retry-after: 3600\r\n")]).await, Memory::default());
    let office = office(&dir, webhook(&server));
    let mut second = event();
    second.id = EventId::of(&["spike", "volume", "2020-03-15"]);
    second.kind = Kind::Spike;
    let told = office.tell(&[event(), second], &mut outbox, morning()).await.unwrap();
    assert!(
        matches!(told[0].outcome, Outcome::Failed { given_up: false, .. })
            && matches!(told[1].outcome, Outcome::NotTried)
    );
    assert_eq!(server.heard().len(), 1);
    let later = office.tell(&[], &mut outbox, minutes_later(60)).await.unwrap();
    assert!(later.len() == 2 && later.iter().all(|told| matches!(told.outcome, Outcome::Sent)), "{later:?}");
}

#[tokio::test]
async fn a_crash_before_the_yes_is_written_sends_again_under_the_same_key() {
    let (dir, server, mut outbox) = (place(), Server::saying(&[]).await, Memory::default());
    outbox.crashes = true;
    let office = office(&dir, webhook(&server));
    assert!(matches!(office.tell(&[event()], &mut outbox, morning()).await, Err(Error::Outbox(_))));
    assert_eq!(outbox.state("press", ID), Some((State::Waiting, 0)), "written before it was sent");
    outbox.crashes = false;
    tell(&office, &mut outbox, minutes_later(1)).await;
    let heard = server.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].headers["idempotency-key"], heard[1].headers["idempotency-key"]);
}

#[tokio::test]
async fn redirects_are_not_followed_and_secrets_not_said() {
    let (dir, server, mut outbox) =
        (place(), Server::saying(&[(302, "location: http://127.0.0.1:1/x\r\n")]).await, Memory::default());
    put(&dir, "hook", &format!("{}/services/T0SECRET", server.url));
    let office = office(&dir, json!({ "slack": [{ "url_file": "hook" }] }));
    let told = tell(&office, &mut outbox, morning()).await;
    let Outcome::Failed { error, .. } = &told[0].outcome else { panic!("{told:?}") };
    assert!(matches!(error, Error::Refused { status: 302, .. }), "{error}");
    assert_eq!(server.heard()[0].path, "/services/T0SECRET");
    put(&dir, "hook", "http://127.0.0.1:1/services/T0SECRET");
    let told = tell(&office, &mut outbox, minutes_later(60)).await;
    assert!(!format!("{told:?}{:?}", outbox.entries).contains("T0SECRET"), "{told:?}");
}

#[tokio::test]
async fn quiet_hours_hold_back_until_the_first_run_after() {
    let (dir, server, mut outbox) = (place(), Server::saying(&[]).await, Memory::default());
    let quiet =
        |urgent: bool| with(webhook(&server), &json!({ "quiet_hours": "22:00-08:00", "urgent_in_quiet": urgent }));
    let held = tell(&office(&dir, quiet(true)), &mut outbox, morning()).await;
    assert!(matches!(held[0].outcome, Outcome::Held(until) if until == minutes_later(45)), "{held:?}");
    let mut urgent = event();
    (urgent.id, urgent.kind, urgent.level) =
        (EventId::of(&["rumour", "x", "direct", "2020-03-15"]), Kind::Rumour, Level::Urgent);
    let told = office(&dir, quiet(true)).tell(&[urgent.clone()], &mut outbox, morning()).await.unwrap();
    assert!(matches!((&told[0].outcome, &told[1].outcome), (Outcome::Held(_), Outcome::Sent)), "{told:?}");
    let told = office(&dir, quiet(false)).tell(&[], &mut outbox, minutes_later(45)).await.unwrap();
    assert!(matches!(told[..], [Told { outcome: Outcome::Sent, .. }]), "{told:?}");
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test]
async fn one_that_hangs_does_not_keep_the_others_waiting_or_out() {
    let (dir, server, mut outbox) = (place(), Server::saying(&[]).await, Memory::default());
    let office = office(
        &dir,
        json!({
            "mail": [{ "to": ["a@health.example"], "from": "b@health.example", "host": "mail.example", "tls": "none" }],
            "webhook": [{ "url": "http://127.0.0.1:1/", "secret_file": "secret" }, webhook(&server)["webhook"][0]],
            "file": [{ "folder": "drop" }],
        }),
    );
    let told = tell(&office, &mut outbox, morning()).await;
    let outcomes: Vec<bool> = told.iter().map(|told| matches!(told.outcome, Outcome::Sent)).collect();
    assert_eq!(outcomes, [false, false, true, true], "{told:?}");
    let names: Vec<String> = std::fs::read_dir(dir.path().join("drop"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(names.len() == 2 && names.contains(&"report_2020-03-15_1.html".to_owned()), "{names:?}");
}

#[tokio::test]
async fn a_mail_arrives_with_the_page_and_its_refusal_names_nobody() {
    let (dir, server, mut outbox) = (
        place(),
        smtp::Server::saying(&["450 later", "250 known", "550 no <anna@health.example>"]).await,
        Memory::default(),
    );
    let mail = json!({
        "to": ["anna@health.example"], "from": "polso@health.example",
        "host": "127.0.0.1", "port": server.port, "tls": "none",
    });
    let office = office(&dir, json!({ "mail": [mail] }));
    let told = tell(&office, &mut outbox, morning()).await;
    assert!(matches!(told[0].outcome, Outcome::Sent), "{told:?}");
    let said = server.said();
    assert!(said.contains("EHLO health.example") && said.contains("report-2020-03-15.html"), "{said}");
    let mut second = event();
    second.id = EventId::of(&["report", "2020-03-15", "2"]);
    let told = office.tell(&[second], &mut outbox, morning()).await.unwrap();
    let Outcome::Failed { error, .. } = &told[0].outcome else { panic!("{told:?}") };
    assert!(matches!(error, Error::Refused { status: 550, .. }) && !format!("{told:?}").contains("anna"), "{told:?}");
    assert!(office.knock(&office.receivers()[0]).await.is_ok());
}

#[tokio::test]
async fn a_server_that_falls_silent_is_not_waited_for_without_end() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mail = json!({
        "to": ["a@health.example"], "from": "b@health.example",
        "host": "127.0.0.1", "port": listener.local_addr().unwrap().port(), "tls": "none",
    });
    let office = office(&place(), json!({ "timeout_seconds": 1, "mail": [mail] }));
    let knocked = tokio::time::timeout(Duration::from_secs(10), office.knock(&office.receivers()[0])).await.unwrap();
    assert!(matches!(knocked, Err(Error::Unreachable { .. })), "{knocked:?}");
}

#[tokio::test]
async fn a_later_revision_takes_the_place_of_one_that_waits() {
    let (dir, server, mut outbox) = (place(), Server::saying(&[(404, "")]).await, Memory::default());
    let office = office(&dir, webhook(&server));
    tell(&office, &mut outbox, morning()).await;
    let mut second = event();
    second.id = EventId::of(&["report", "2020-03-15", "2"]);
    let told = office.tell(&[second], &mut outbox, minutes_later(60)).await.unwrap();
    assert!(matches!(&told[..], [Told { outcome: Outcome::Sent, id, .. }] if id.as_str().ends_with("/2")), "{told:?}");
    assert_eq!(outbox.state("press", ID), Some((State::PassedOver, 1)));
}

#[tokio::test]
async fn planning_and_testing_write_nothing_down() {
    let (dir, server, mut outbox) = (place(), Server::saying(&[]).await, Memory::default());
    let office = office(&dir, webhook(&server));
    let fate = |outbox: &Memory, now| office.plan(&[event()], outbox, now).unwrap()[0].2;
    assert_eq!(fate(&outbox, morning()), Fate::Due);
    assert_eq!(fate(&outbox, minutes_later(60 * 24 * 9)), Fate::Old);
    assert!(server.heard().is_empty() && outbox.entries.is_empty());
    office.test(&office.receivers()[0], &event(), morning()).await.unwrap();
    assert!(server.heard().len() == 1 && outbox.entries.is_empty());
    tell(&office, &mut outbox, morning()).await;
    assert_eq!(fate(&outbox, morning()), Fate::Told);
}

#[test]
fn settings_are_read_strictly() {
    let reads = |alert: Value| serde_json::from_value::<Config>(alert).is_ok();
    assert!(reads(json!({ "base_url": "https://polso.example/reports", "feed": { "authority": "health.example" } })));
    for wrong in [
        json!({ "base_url": "polso.example" }),
        json!({ "slack": [{ "url_file": "x", "quiet_hours": "22-7" }] }),
        json!({ "slack": [{ "url_file": "x", "events": ["test"] }] }),
        json!({ "slack": [{ "url_file": "x", "from_level": "high" }] }),
        json!({ "slack": [{ "url_file": "x", "url": "y" }] }),
        json!({ "mail": [{ "to": ["nobody"], "from": "a@b.example", "host": "x" }] }),
        json!({ "file": [{ "name": "../x", "folder": "x" }] }),
    ] {
        assert!(!reads(wrong.clone()), "{wrong}");
    }
    let twice: Config = serde_json::from_value(json!({ "file": [{ "folder": "x" }, { "folder": "y" }] })).unwrap();
    assert!(twice.receivers().unwrap_err().to_string().contains("two receivers are called `file`"));
    let url =
        serde_json::from_value::<Config>(json!({ "base_url": "https://polso.example/reports" })).unwrap().base_url;
    assert_eq!(url.unwrap().join("x").unwrap().as_str(), "https://polso.example/reports/x");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn however_it_goes_nothing_is_told_twice_and_nothing_is_lost(
        statuses in prop::collection::vec(prop_oneof![Just(200u16), Just(500), Just(404)], 0..12),
        runs in 1usize..8,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let answers: Vec<(u16, &str)> = statuses.iter().map(|status| (*status, "")).collect();
            let (dir, server, mut outbox) = (place(), Server::saying(&answers).await, Memory::default());
            let office = office(&dir, webhook(&server));
            for run in 0..runs {
                tell(&office, &mut outbox, minutes_later(600 * i64::try_from(run).unwrap())).await;
            }
            let asked = server.heard().len();
            let yes = (0..asked).filter(|i| statuses.get(*i).is_none_or(|status| *status == 200)).count();
            let (state, tries) = outbox.state("press", ID).unwrap();
            assert!(yes <= 1, "told {yes} times");
            assert_eq!(state == State::Sent, yes == 1);
            assert!(state != State::Waiting || usize::try_from(tries).unwrap() == runs, "tried in every run");
            assert!(state != State::GaveUp || tries == 5);
        });
    }
}
