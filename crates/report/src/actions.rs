//! The list of actions, sorted by how pressing they are: late, due next, new, done, going on.
//!
//! An action may name what it is about. Where that is only counted in the rumour log, so is the action (see `rumours`).

use crate::block::{Block, Cell, Table};
use crate::card::Said;
use crate::words::Words;
use crate::{Error, Page, rumours};
use polso_domain::{Action, ClaimId, Day, Standing};

/// Rows of a table on the page; `report.json` holds all.
const ROWS: usize = 12;

/// Actions of a page about some days.
pub(crate) struct Tracker<'a> {
    upto: Day,
    /// In the order of the page.
    told: Vec<(Standing, &'a Action)>,
    /// Those that may not be told.
    counted: Vec<(Standing, &'a Action)>,
}

impl<'a> Page<'a> {
    /// The actions of the page's day; `None` when nobody keeps a list.
    pub(crate) fn tracker(&self) -> Option<Tracker<'a>> {
        let told = |claim: &ClaimId| rumours::is_told_or_unknown(self.log, claim);
        let actions = self.beside.actions.as_deref()?;
        Some(Tracker::of(actions, (self.day.day, self.day.day), told))
    }
}

impl<'a> Tracker<'a> {
    /// Sorts actions for a page about the days `from` to `upto`; `is_told` says whether a claim may be told.
    pub(crate) fn of(all: &'a [Action], (from, upto): (Day, Day), is_told: impl Fn(&ClaimId) -> bool) -> Self {
        let mut found: Vec<(Standing, &Action)> =
            all.iter().filter_map(|action| Some((action.standing(from, upto)?, action))).collect();
        // What has waited longest first; the file's order breaks ties.
        found.sort_by_key(|(standing, action)| (*standing, action.due.is_none(), action.due, action.opened));
        let (told, counted) = found.into_iter().partition(|(_, action)| action.claim.as_ref().is_none_or(&is_told));
        Self { upto, told, counted }
    }

    /// All of them, and whether they may be told, those that may first.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Standing, &'a Action, bool)> {
        let told = self.told.iter().map(|(standing, action)| (*standing, *action, true));
        told.chain(self.counted.iter().map(|(standing, action)| (*standing, *action, false)))
    }

    /// How many are late.
    pub(crate) fn late(&self) -> usize {
        self.all().filter(|(standing, ..)| *standing == Standing::Late).count()
    }

    /// The page's last day.
    pub(crate) fn upto(&self) -> Day {
        self.upto
    }

    /// How many, then a table for each standing.
    pub(crate) fn blocks(&self, words: &Words) -> Result<Vec<Block>, Error> {
        let count = |which: &[Standing]| self.all().filter(|(standing, ..)| which.contains(standing)).count();
        if self.all().next().is_none() {
            return Ok(vec![Block::Paragraph(words.say("actions-none")?)]);
        }
        let going = count(&[Standing::Late, Standing::DueNext, Standing::Opened, Standing::Open]);
        let with =
            [("open", going.into()), ("late", self.late().into()), ("closed", count(&[Standing::Closed]).into())];
        let mut blocks = vec![Block::Paragraph(words.with("actions-counts", &with)?)];
        for standing in Standing::ALL {
            let rows: Vec<&Action> =
                self.told.iter().filter(|(own, _)| own == standing).map(|(_, action)| *action).collect();
            if rows.is_empty() {
                continue;
            }
            blocks.push(Block::Table(self.table(words, *standing, &rows)?));
            let hidden = rows.len().saturating_sub(ROWS);
            if hidden > 0 {
                blocks.push(Block::Note(words.with("actions-more", &[("actions", hidden.into())])?));
            }
        }
        if !self.counted.is_empty() {
            blocks.push(Block::Note(words.with("actions-counted", &[("actions", self.counted.len().into())])?));
        }
        Ok(blocks)
    }

    fn table(&self, words: &Words, standing: Standing, actions: &[&Action]) -> Result<Table, Error> {
        let shown = &actions[..actions.len().min(ROWS)];
        let noted = shown.iter().any(|action| action.note.is_some());
        let mut rows = Vec::with_capacity(shown.len());
        for action in shown {
            let due = action.due.map_or_else(|| words.say("actions-no-due"), |due| words.short_date(due))?;
            let mut row = vec![
                Cell::Said(Said::plain(&action.action), None),
                Cell::Said(Said::plain(&action.owner), None),
                Cell::Text(due),
                Cell::Text(words.name("action", action.status_on(self.upto).as_str())?),
            ];
            if noted {
                row.push(Cell::Said(Said::plain(action.note.as_deref().unwrap_or("–")), None));
            }
            rows.push(row);
        }
        let mut columns = vec![
            words.column("column-action")?,
            words.column("column-owner")?,
            words.column("column-due")?,
            words.column("column-state")?,
        ];
        if noted {
            columns.push(words.column("column-note")?);
        }
        Ok(Table { caption: self.caption(words, standing)?, columns, rows })
    }

    fn caption(&self, words: &Words, standing: Standing) -> Result<String, Error> {
        let by = |id: &str, day: Day| words.with(id, &[("day", words.short_date(day)?.into())]);
        match standing {
            Standing::Late => by("actions-late", self.upto),
            Standing::DueNext => by("actions-due-next", self.upto.plus(1)),
            Standing::Opened => words.say("actions-opened"),
            Standing::Closed => words.say("actions-closed"),
            Standing::Open => words.say("actions-open"),
        }
    }
}
