//! A place to run polso in, and what a run says.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The seeds, for tests that need all of them.
pub(crate) fn seeds() -> &'static str {
    include_str!("../seeds/posts.jsonl")
}

/// The first so many lines of the seeds, for tests that real-looking posts will do: reading all of them takes a while.
pub(crate) fn some_seeds(lines: usize) -> String {
    seeds().lines().take(lines).flat_map(|line| [line, "\n"]).collect()
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The card of the model that is compiled in.
pub(crate) fn card() -> polso_classify::Card {
    polso_classify::Bundle::card_of(polso_classify::BUNDLED).unwrap()
}

/// A folder with settings and a data folder of its own.
pub(crate) struct Place {
    dir: TempDir,
}

/// What a run left behind.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::with_settings("")
    }

    pub(crate) fn with_settings(settings: &str) -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        place.put("polso.toml", settings.as_bytes());
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        let path = self.path(name);
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// A copy of the model that is compiled in, as a folder.
    pub(crate) fn put_model(&self, name: &str) {
        for file in std::fs::read_dir(root().join("models").join(polso_classify::BUNDLED)).unwrap() {
            let path = file.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            self.put(&format!("{name}/{file}"), &std::fs::read(&path).unwrap());
        }
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polso"));
        command.args(args).current_dir(self.dir.path()).stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// Runs what must go well.
    pub(crate) fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}\n{}{}", ran.stdout, ran.stderr);
        ran.stdout
    }

    /// The single number a query answers with.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        let answer = self.done(&["query", sql, "--format", "csv"]);
        answer.lines().nth(1).unwrap().parse().unwrap()
    }

    /// Every file below a folder, in name order.
    pub(crate) fn files(&self, below: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.path(below)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { found.push(path) }
            }
        }
        found.sort();
        found
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Ran {
    /// Exit code and both streams, with what differs from run to run taken out.
    pub(crate) fn shown(&self, place: &Place) -> String {
        let raw = format!("exit {}\n-- stdout\n{}-- stderr\n{}", self.code, self.stdout, self.stderr);
        raw.replace(&place.dir.path().display().to_string(), "<place>")
    }
}

/// The demo, run once for all tests that only look.
pub(crate) fn demo() -> &'static (Place, Ran) {
    static DEMO: OnceLock<(Place, Ran)> = OnceLock::new();
    DEMO.get_or_init(|| {
        let place = Place::new();
        let ran = place.run(&["demo", "--out", "demo"]);
        (place, ran)
    })
}
