//! A real mail server and a real Matrix home server, as `tests/servers/mail.sh` and `matrix.sh` bring them up. Run where
//! the variable `POLSO_REAL_SERVERS` is set, as `.ci/run` does after installing them; elsewhere it is said that they were
//! skipped.

use super::{DAY, MORNING, place, put_secret, run_at, settings, told_all};
use crate::support::root;
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;

/// A server that goes down with the test.
struct Server {
    script: PathBuf,
    dir: tempfile::TempDir,
    lines: String,
}

impl Server {
    /// The server of that script, or `None` where real servers are not asked for.
    fn up(name: &str) -> Option<Self> {
        if std::env::var_os("POLSO_REAL_SERVERS").is_none() {
            println!("SKIPPED: POLSO_REAL_SERVERS is not set; see tests/servers/README.md");
            return None;
        }
        let script = root().join(format!("tests/servers/{name}.sh"));
        let mut server = Self { script, dir: tempfile::tempdir().unwrap(), lines: String::new() };
        server.lines = server.ask("up");
        Some(server)
    }

    fn ask(&self, verb: &str) -> String {
        let mut command = Command::new(&self.script);
        command.arg(verb).arg(self.dir.path()).env("POLSO_SERVERS_OWNER", std::process::id().to_string());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{verb}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn value(&self, name: &str) -> &str {
        let line = self.lines.lines().find_map(|line| line.strip_prefix(&format!("{name}=")));
        line.unwrap_or_else(|| panic!("{name} is not in\n{}", self.lines)).trim_matches('\'')
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ask("down");
    }
}

/// The mails that the server took, in order.
fn mails(server: &Server) -> Vec<String> {
    let folder = std::fs::read_dir(server.value("MAILS")).unwrap();
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn mailbox(server: &Server, name: &str, port: &str, more: &str) -> String {
    format!(
        "[[alert.mail]]
name = \"{name}\"
from = \"polso <polso@health.example>\"
\
         host = \"localhost\"
port = {}
{more}",
        server.value(port)
    )
}

#[test]
fn a_real_mail_server_takes_the_report_over_tls_and_with_a_login() {
    let Some(server) = Server::up("mail") else { return };
    let login = format!("user = \"{}\"\npassword_file = \"password\"\n", server.value("SMTP_USER"));
    let ca = format!("ca_file = \"{}\"\n", server.value("CA_FILE"));
    let receivers = [
        mailbox(&server, "page", "STARTTLS_PORT", &format!("to = [\"press@health.example\"]\n{login}")),
        mailbox(&server, "inline", "TLS_PORT", "to = [\"desk@health.example\"]\ntls = \"tls\"\nattach = \"inline\"\n"),
        mailbox(
            &server,
            "late",
            "STARTTLS_PORT",
            &format!("to = [\"late@health.example\"]\n{login}attach = \"none\"\n"),
        ),
        mailbox(&server, "nobody", "STARTTLS_PORT", &format!("to = [\"nobody@health.example\"]\n{login}")),
    ]
    .concat();
    let place = place(&format!("{ca}{receivers}"));
    put_secret(&place, "password", server.value("SMTP_PASSWORD"));
    let first = run_at(&place, MORNING);
    assert_eq!(first.code, 1, "{}", first.stderr);
    assert!(first.stderr.contains("nobody was not told") && !first.stderr.contains("nobody@"), "{}", first.stderr);
    let taken = mails(&server);
    let reports: Vec<&String> = taken.iter().filter(|mail| mail.contains("X-Polso-Event: report/")).collect();
    let to = |who: &str| reports.iter().find(|mail| mail.starts_with(who)).unwrap_or_else(|| panic!("{who} {taken:?}"));
    for header in ["Message-ID: <", "Date: Mon, 02 Mar 2020 06:1", "List-Id: <polso.health.example>"] {
        assert!(to("press@").contains(header), "{header}\n{}", to("press@"));
    }
    assert!(to("press@").contains("filename=\"report-2020-03-01.html\""));
    assert!(to("desk@").contains("<!DOCTYPE html>") || to("desk@").contains("<!doctype html>"));
    assert!(!to("late@").contains("filename="), "451 passes within the run");
    run_at(&place, "2020-03-02T06:16:00Z");
    assert_eq!(mails(&server).len(), taken.len(), "each mail once");

    // A certificate of nobody we trust: nothing is said, the password least of all.
    place.put("polso.toml", settings(&receivers).as_bytes());
    let wary = place.run(&["alert", "test", "page"]);
    assert!(wary.code == 1 && wary.stdout.contains("UnknownIssuer"), "{}", wary.stdout);
    // A server that offers no login in the open gets no password either.
    let open = receivers.replace("password_file = \"password\"\n", "password_file = \"password\"\ntls = \"none\"\n");
    place.put("polso.toml", settings(&open).as_bytes());
    assert_eq!(place.run(&["alert", "test", "page"]).code, 1);
    assert_eq!(mails(&server).len(), taken.len());
}

#[test]
fn a_real_matrix_room_hears_of_it_once_even_after_a_crash() {
    let Some(server) = Server::up("matrix") else { return };
    let place = place(&format!(
        "[[alert.matrix]]\nhomeserver = \"{}\"\nroom = \"{}\"\ntoken_file = \"{}\"\nevents = [\"report\"]\n",
        server.value("MATRIX_URL"),
        server.value("ROOM"),
        server.value("TOKEN_FILE")
    ));
    assert!(place.done(&["alert", "test"]).starts_with("✔ matrix"));
    let told = run_at(&place, MORNING);
    assert!(told_all(&told), "{}", told.stderr);
    let said =
        || -> Vec<Value> { server.ask("messages").lines().map(|line| serde_json::from_str(line).unwrap()).collect() };
    let heard = said();
    assert_eq!(heard.len(), 2, "a test and a report\n{heard:?}");
    assert!(heard[1]["body"].as_str().unwrap().contains("Public mood on"), "{heard:?}");
    // As if the power had gone before the yes was written down: the outbox is lost, the home server knows the event.
    for file in ["polso.db", "polso.db-wal", "polso.db-shm"] {
        std::fs::remove_file(place.path("data/state").join(file)).ok();
    }
    let again = run_at(&place, MORNING);
    assert!(again.stderr.contains(&format!("told matrix of report/{DAY}/1")), "{}", again.stderr);
    assert_eq!(said().len(), 2, "sent again under the same name, and dropped");
}
