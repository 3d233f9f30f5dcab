//! `id,action,owner,due,status,opened,closed,note,claim`: what is being done, a row an action.

use super::Error;
use super::table::{self, Columns, Row};
use polso_domain::{Action, ActionStatus};
use polso_privacy::scrub_loose;
use std::path::Path;

const COLUMNS: Columns =
    Columns { needed: &["id", "action", "owner", "due", "status", "opened"], optional: &["closed", "note", "claim"] };

/// The longest id, in bytes.
const LONGEST_ID: usize = 32;

/// Reads a file, in its order.
pub(super) fn read(path: &Path) -> Result<Vec<Action>, Error> {
    let mut actions: Vec<Action> = Vec::new();
    for row in table::rows(path, &COLUMNS)? {
        let action = action(&row)?;
        if actions.iter().any(|other| other.id == action.id) {
            return Err(row.wrong("id", format!("`{}` stands there twice", action.id), "give each action its own id"));
        }
        actions.push(action);
    }
    Ok(actions)
}

fn action(row: &Row) -> Result<Action, Error> {
    let status = row.word("status", ActionStatus::named, "one of open, doing, done, dropped")?;
    let (opened, closed) = (row.needed_day("opened")?, row.day("closed")?);
    let is_over = matches!(status, ActionStatus::Done | ActionStatus::Dropped);
    match closed {
        None if is_over => {
            let hint = "say on which day it was done or dropped, as YYYY-MM-DD";
            return Err(row.wrong("closed", format!("empty, and the action is {}", status.as_str()), hint));
        }
        Some(_) if !is_over => {
            let what = format!("a day, and the action is {}", status.as_str());
            return Err(row.wrong("closed", what, "empty the cell, or set the status to done or dropped"));
        }
        Some(closed) if closed < opened => {
            return Err(row.wrong("closed", "before the day it was opened", "check both days"));
        }
        _ => {}
    }
    Ok(Action {
        id: id(row)?,
        action: row.needed("action")?,
        owner: row.needed("owner")?,
        due: row.day("due")?,
        status,
        opened,
        closed,
        note: row.text("note")?,
        claim: row.claim("claim")?,
    })
}

/// An id is shown as it is, so it may not be spelt like an account.
fn id(row: &Row) -> Result<String, Error> {
    let raw = row.raw("id");
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let fine = (1..=LONGEST_ID).contains(&raw.len()) && raw.chars().all(allowed) && scrub_loose(raw) == raw;
    let hint = "letters, digits, `-` and `.`, at most 32 of them, such as 2020-03-a1";
    fine.then(|| raw.to_owned()).ok_or_else(|| row.wrong("id", "not spelt like an id", hint))
}
