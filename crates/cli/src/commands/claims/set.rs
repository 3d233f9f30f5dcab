//! `polso claims set`

use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::Context;
use crate::stages::claims::answers;
use crate::stages::claims::library;
use polso_claims::risk::{Level, Risk};
use polso_desk::{By, ClaimEdit, Desk, Edit, RumourEdit, Status};
use polso_domain::{ClaimId, Verdict};

/// Decide something about a claim: its status, risk, level, action, result, answer
///
/// Every change is kept with what was there before, who made it and when. What is set here stands: no rule and no later
/// import writes over it. An empty text takes a setting away again, so that the rules speak.
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Examples:\n  polso claims set warm-water-flushes-virus --status answered --action \"video of \
                             Tuesday\" --by ab\n  polso claims set n-2020-03-11-5f3a9c --withdraw --by ab"
)]
pub(super) struct Args {
    /// The claim's id
    #[arg(value_name = "ID")]
    id: String,
    /// Who decides: a code or initials, kept with the change
    #[arg(long, value_name = "CODE")]
    by: String,
    /// open, answered or closed
    #[arg(long, value_name = "STATUS", value_parser = status)]
    status: Option<Status>,
    /// low, medium, high; empty gives it back to the rules
    #[arg(long, value_name = "RISK", value_parser = risk)]
    risk: Option<String>,
    /// ignore, passive, direct; empty gives it back to the rules
    #[arg(long, value_name = "LEVEL", value_parser = level)]
    level: Option<String>,
    /// What is done about it
    #[arg(long, value_name = "TEXT")]
    action: Option<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    result: Option<String>,
    /// One of true, `mostly_true`, mixed, `mostly_false`, false, unproven, satire
    #[arg(long, value_name = "VERDICT", value_parser = verdict)]
    verdict: Option<Verdict>,
    /// The page that answers it
    #[arg(long, value_name = "URL")]
    link: Option<String>,
    /// The answer in one language, as LANG=TEXT
    #[arg(long, value_name = "LANG=TEXT", value_parser = in_language)]
    answer: Option<(String, String)>,
    /// The claim in one language, as LANG=TEXT: names a narrative in plain words
    #[arg(long, value_name = "LANG=TEXT", value_parser = in_language)]
    text: Option<(String, String)>,
    /// For a group of questions: the fact or message that answers it
    #[arg(long, value_name = "ID")]
    answered_by: Option<String>,
    /// Match it no more
    #[arg(long, conflicts_with = "restore")]
    withdraw: bool,
    /// Match it again
    #[arg(long)]
    restore: bool,
}

pub(super) fn run(args: &Args, context: Context<'_>) -> Result<Exit, Failure> {
    let mut desk = library::open(context)?;
    let id = super::known(&desk, &args.id)?.id;
    let by = By { who: &args.by, when: context.now };
    let claim = claim_edit(args);
    let mut changed = false;
    if claim != ClaimEdit::default() {
        changed |= desk.set_claim(&id, &claim, by)?;
    }
    let rumour = rumour_edit(args);
    if rumour != RumourEdit::default() {
        changed |= desk.set_rumour(&id, &rumour, by)?;
    }
    changed |= answer(args, &mut desk, &id)?;
    context.printer.data(if changed { format!("{id} changed") } else { format!("{id} is as it was") });
    if changed {
        context
            .printer
            .say("reports that are written say what was decided then; `polso report --day D` writes one anew");
    }
    Ok(Exit::Done)
}

fn claim_edit(args: &Args) -> ClaimEdit {
    ClaimEdit {
        verdict: args.verdict.clone(),
        link: edit(args.link.as_ref()),
        withdrawn: (args.withdraw || args.restore).then_some(args.withdraw),
        text: args.text.clone(),
        answer: args.answer.clone(),
        ..ClaimEdit::default()
    }
}

fn rumour_edit(args: &Args) -> RumourEdit {
    RumourEdit {
        status: args.status,
        action: edit(args.action.as_ref()),
        result: edit(args.result.as_ref()),
        risk: edit(args.risk.as_ref()),
        level: edit(args.level.as_ref()),
    }
}

/// Nothing typed changes nothing; an empty text clears.
fn edit(typed: Option<&String>) -> Edit<String> {
    match typed {
        None => Edit::Keep,
        Some(text) if text.is_empty() => Edit::Clear,
        Some(text) => Edit::Set(text.clone()),
    }
}

/// Notes which fact answers a group of questions.
fn answer(args: &Args, desk: &mut Desk, id: &ClaimId) -> Result<bool, Failure> {
    let Some(fact) = &args.answered_by else { return Ok(false) };
    let fact = super::known(desk, fact)?.id;
    let before = desk.mark(&answers::mark(id))?;
    desk.set_mark(&answers::mark(id), fact.as_str())?;
    Ok(before.as_deref() != Some(fact.as_str()))
}

fn status(word: &str) -> Result<Status, String> {
    Status::named(word).ok_or_else(|| "one of open, answered, closed".to_owned())
}

fn risk(word: &str) -> Result<String, String> {
    let fine = word.is_empty() || Risk::named(word).is_some();
    fine.then(|| word.to_owned()).ok_or_else(|| "one of low, medium, high".to_owned())
}

fn level(word: &str) -> Result<String, String> {
    let fine = word.is_empty() || Level::named(word).is_some();
    fine.then(|| word.to_owned()).ok_or_else(|| "one of ignore, passive, direct".to_owned())
}

fn verdict(word: &str) -> Result<Verdict, String> {
    match Verdict::named(word) {
        Verdict::Other(_) => Err("one of true, mostly_true, mixed, mostly_false, false, unproven, satire".to_owned()),
        verdict => Ok(verdict),
    }
}

fn in_language(typed: &str) -> Result<(String, String), String> {
    let pair = typed.split_once('=').filter(|(lang, text)| lang.len() == 2 && !text.trim().is_empty());
    pair.map(|(lang, text)| (lang.to_owned(), text.trim().to_owned())).ok_or_else(|| "for example it=Testo".to_owned())
}
