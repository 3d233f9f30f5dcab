//! Real servers: WordPress behind nginx, as `tests/servers/wordpress.sh` brings them up. Run where the variable
//! `POLSO_REAL_SERVERS` is set, as `.ci/run` does after installing them; elsewhere the test says that it was skipped.

use crate::support::{Place, root};
use std::path::PathBuf;
use std::process::Command;

/// A WordPress that goes down with the test.
struct WordPress {
    dir: PathBuf,
    url: String,
    log: PathBuf,
}

impl WordPress {
    fn up(dir: PathBuf) -> Self {
        let said = script(&["up", dir.to_str().unwrap()]);
        let value = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix(&format!("{name}=")));
            line.unwrap_or_else(|| panic!("{name} is not in\n{said}")).trim_matches('\'').to_owned()
        };
        Self { url: value("SITE_URL"), log: value("ACCESS_LOG").into(), dir }
    }

    /// What an author or reader does; the id of what came of it.
    fn act(&self, words: &[&str]) -> String {
        let mut all = vec!["act", self.dir.to_str().unwrap()];
        all.extend(words);
        let said = script(&all);
        let done: serde_json::Value = serde_json::from_str(said.lines().last().unwrap()).unwrap();
        done["id"].to_string().trim_matches('"').to_owned()
    }
}

impl Drop for WordPress {
    fn drop(&mut self) {
        script(&["down", self.dir.to_str().unwrap()]);
    }
}

fn script(words: &[&str]) -> String {
    let mut command = Command::new(root().join("tests/servers/wordpress.sh"));
    command.args(words).env("POLSO_SERVERS_OWNER", std::process::id().to_string());
    let output = command.output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{words:?}\n{out}{err}");
    out.into_owned()
}

#[test]
fn a_real_site_is_heard_edited_and_forgotten() {
    if std::env::var_os("POLSO_REAL_SERVERS").is_none() {
        println!("SKIPPED: POLSO_REAL_SERVERS is not set; see tests/servers/README.md");
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let site = WordPress::up(scratch.path().join("wordpress"));
    let post = site.act(&["post", "Flu clinics", "<p>The #flu clinics are open &amp; free.</p>", "--author", "anna_1"]);
    site.act(&["post", "Gardens", "<p>Roses are red.</p>", "--author", "bruno_2"]);
    let kind = site.act(&["comment", &post, "seed_carla_3", "Thank you, @seed_anna_1, the flu is no joke."]);
    let url = &site.url;
    let place = Place::with_settings(&format!(
        "[track]\nhashtags = [\"flu\"]\n[collect]\ncontact = \"press@health.example\"\nprivate_hosts = [\"127.0.0.1\"]\n\
         recheck_hours = 0\n[[collect.wordpress]]\nsite = \"{url}\"\nname = \"blog\"\n\
         [[collect.feed]]\nurl = \"{url}/feed/\"\nname = \"feed\"\n\
         [[collect.feed]]\nurl = \"{url}/gone\"\nname = \"gone\"\n\
         [[collect.feed]]\nurl = \"{url}/forbidden\"\nname = \"shut\"\n",
    ));

    let first = place.run(&["collect"]);
    assert_eq!(first.code, 1, "two doors are shut\n{}", first.stderr);
    assert!(first.stderr.contains("missing: shut (closed)"), "{}", first.stderr);
    assert!(first.stderr.contains("missing: gone (failed)"), "{}", first.stderr);
    assert!(first.stderr.contains("blog: 2 new posts"), "a post and a comment\n{}", first.stderr);
    let again = place.run(&["collect", "--source", "blog", "--source", "feed"]);
    assert!(again.code == 0 && !again.stderr.contains(" 1 new"), "{}", again.stderr);
    let asked = std::fs::read_to_string(&site.log).unwrap();
    assert!(asked.contains("polso/") && asked.contains("304"), "asked politely, with conditions\n{asked}");

    site.act(&["edit", &post, "<p>The #flu clinics are closed today.</p>"]);
    site.act(&["delete-comment", &kind]);
    place.done(&["collect", "--source", "blog"]);
    let rechecked = place.run(&["collect", "--recheck", "--source", "blog"]);
    assert!(rechecked.stderr.contains("1 are gone"), "{}", rechecked.stderr);
    place.done(&["classify"]);
    let texts = place.done(&["query", "SELECT text FROM posts WHERE source = 'blog'", "--format", "csv"]);
    assert!(texts.contains("closed today") && !texts.contains("no joke") && !texts.contains("free"), "{texts}");
    let states =
        place.done(&["query", "SELECT source, sum(closed) AS closed FROM ledger GROUP BY source ORDER BY source"]);
    assert!(states.contains("shut"), "{states}");
    for file in place.files("data") {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(5).any(|window| window == b"seed_"), "a name in {}", file.display());
    }
}
