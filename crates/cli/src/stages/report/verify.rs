//! The same page again: a report is made in memory, as it was made then, and held against the files that were written.
//!
//! Where they differ, something that a page is made of has changed since. What, is found by comparing the two `report.json`.

use super::files::{Files, JSON};
use super::week;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::settings::Settings;
use polso_domain::{Day, Week};
use serde_json::Value;
use std::fmt::{self, Display};
use std::path::Path;

/// Which report.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    Day(Day),
    Week(Week),
}

impl Display for Which {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Week(week) => week.fmt(f),
        }
    }
}

/// Makes a report again and says of each file whether it is the same; [`Exit::Missing`] if one is not.
#[tracing::instrument(name = "verify", skip_all, fields(%which))]
pub(crate) fn verify(context: Context<'_>, which: Which) -> Result<Exit, Failure> {
    let folder = context.settings.data.report(which);
    let written = written(&folder, which)?;
    let settings = as_then(context.settings, &written);
    let context = Context { settings: &settings, ..context };
    let files = match which {
        Which::Day(day) => super::make(context, super::stored(context, day)?)?.0,
        Which::Week(week) => week::make(context, week)?.0,
    };
    let mut same = true;
    for (name, bytes) in &files.files {
        let difference = difference(&folder.join(name), bytes)?;
        let hash = blake3::hash(bytes).to_hex();
        let fine = difference.is_none();
        same &= fine;
        let said = difference.unwrap_or_else(|| format!("the same, blake3 {}", &hash[..16]));
        context.printer.check(fine, format_args!("{which}/{name}: {said}"));
    }
    if same {
        return Ok(Exit::Done);
    }
    for reason in reasons(&written, &files, context.settings) {
        context.printer.say(reason);
    }
    Ok(Exit::Missing)
}

/// What `report.json` says of the report that was written.
fn written(folder: &Path, which: Which) -> Result<Value, Failure> {
    let path = folder.join(JSON);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let option = if matches!(which, Which::Day(_)) { "day" } else { "week" };
            let hint = format!("`polso report --{option} {which}` writes one");
            return Err(Failure::usage(format!("{which} has no report"), hint));
        }
        Err(error) => return Err(Failure::io("read", path)(error)),
    };
    // A file that is no JSON differs, and the comparison says where.
    Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// The settings with what a report may be given beside them.
fn as_then(settings: &Settings, written: &Value) -> Settings {
    let language = written["lang"].as_str().and_then(|code| code.parse().ok());
    Settings { language: language.unwrap_or(settings.language), ..settings.clone() }
}

/// How a file differs from what it should be; `None` when it does not.
fn difference(path: &Path, made: &[u8]) -> Result<Option<String>, Failure> {
    let found = match std::fs::read(path) {
        Ok(found) => found,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Some("not there".to_owned())),
        Err(error) => return Err(Failure::io("read", path)(error)),
    };
    if found == made {
        return Ok(None);
    }
    let at = found.iter().zip(made).take_while(|(a, b)| a == b).count();
    let is_text = std::str::from_utf8(&found).is_ok() && std::str::from_utf8(made).is_ok();
    Ok(Some(if is_text {
        format!("differs from line {} on", made[..at].split(|byte| *byte == b'\n').count())
    } else {
        format!("differs from byte {} on", at + 1)
    }))
}

/// What changed since the report was written, as far as the two files tell.
fn reasons(then: &Value, files: &Files, settings: &Settings) -> Vec<&'static str> {
    let now: Value = serde_json::from_slice(files.get(JSON)).unwrap_or(Value::Null);
    let differ = |keys: &[&str]| keys.iter().any(|key| then[*key] != now[*key]);
    let summed_up_otherwise = now["config_hash"].as_str().is_some_and(|hash| hash != settings.hash);
    let other_numbers = differ(&["data_hash", "revision", "days"]);
    let mut reasons = Vec::new();
    for (holds, reason) in [
        (other_numbers, "the numbers changed since: late posts, edits, deletions, claims, or a day before it"),
        (differ(&["config_hash"]) || summed_up_otherwise, "the settings changed since"),
        (
            // The log follows its posts: only where those stayed, people changed it.
            !other_numbers
                && differ(&["narratives", "questions", "rumour_log_changes", "rumour_log_withheld", "label_quality"]),
            "the desk changed since: claims, decisions or reviews",
        ),
        (
            differ(&["events", "outside", "actions", "beside_unread"]),
            "the files that stand beside the numbers changed since",
        ),
    ] {
        if holds {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() {
        reasons.push(
            "no number, decision or file beside it changed: the page was edited, or the settings of the page or polso itself \
             changed since",
        );
    }
    reasons
}
