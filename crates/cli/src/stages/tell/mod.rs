//! briefs → events → those who want to know. The last stage of a run: whatever happens here, the reports are there.

mod outbox;

use super::collect::runtime;
use super::report::Brief;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::pipeline::{Context, Ran};
use outbox::DeskOutbox;
use polso_alert::send::{Event, EventId, Fate, Kind, Level, Line, Office, Outcome, Places, Receiver, Told};
use polso_desk::ToldRow;
use polso_domain::Day;
use polso_report::Notice;

/// Everybody who is to be told, and the ways there.
pub(crate) fn office(context: Context<'_>) -> Result<Office, Failure> {
    let settings = context.settings;
    let places = Places { base: settings.base.clone(), reports: settings.data.reports() };
    Ok(Office::open(&settings.alert, places, &settings.zone)?)
}

/// Tells what these reports bring, and whatever waits from earlier runs. What could not be told is named: the reports are
/// there, and nothing that happens here takes them back.
#[tracing::instrument(name = "tell", skip_all)]
pub(crate) fn all(context: Context<'_>, ran: &Ran) -> Exit {
    everything(context, ran).unwrap_or_else(|failure| {
        context.printer.missing(format_args!("nobody was told: {failure}"));
        Exit::Missing
    })
}

fn everything(context: Context<'_>, ran: &Ran) -> Result<Exit, Failure> {
    let is_news = is_news(context, ran.own.day)?;
    let renewed = ran.renewed.iter().flat_map(|brief| events(context, brief, Level::Info));
    let events: Vec<Event> = events(context, &ran.own, level(is_news)).into_iter().chain(renewed).collect();
    let told = deliver(context, &events)?;
    if let Some(exit) = told.filter(|_| is_news) {
        context.settings.data.desk()?.set_mark(&mark(ran.own.day), "told")?;
        return Ok(exit);
    }
    Ok(told.unwrap_or(Exit::Done))
}

/// The report of a day is news once: when the day is over. What was reported of it while it went on, and what late posts
/// change afterwards, is good to know.
fn is_news(context: Context<'_>, day: Day) -> Result<bool, Failure> {
    let is_over = day < context.settings.zone.day_of(context.now);
    Ok(is_over && context.settings.data.desk()?.mark(&mark(day))?.is_none())
}

fn level(is_news: bool) -> Level {
    if is_news { Level::Notice } else { Level::Info }
}

/// Says in the desk that the day's report was handed out as news.
fn mark(day: Day) -> String {
    format!("news/{day}")
}

/// Tells that a run failed. The failure itself is what the user must read: what goes wrong here is only named.
pub(crate) fn failed(context: Context<'_>, day: Day, failure: &Failure) {
    if failure.exit() != Exit::Failed {
        return;
    }
    let language = context.settings.language;
    let told = polso_report::failed(language, day, &failure.to_string()).map_err(Failure::from).and_then(|notice| {
        // Once a day: a run that cron repeats each hour fails each hour.
        let today = context.settings.zone.day_of(context.now);
        let id = EventId::of(&["failed", &day.to_string(), &today.to_string()]);
        let event = event(context, (id, day), (Kind::Failed, Level::Urgent), &notice);
        // The page of that day, if there is one, is of an earlier run.
        deliver(context, &[Event { page: None, day: today, ..event }])
    });
    if let Err(error) = told {
        context.printer.missing(format_args!("nobody was told of the failure: {error}"));
    }
}

/// What would become of a day's events, receiver by receiver, and of what waits.
pub(crate) fn plan(context: Context<'_>, brief: &Brief) -> Result<Vec<(Receiver, Event, Fate)>, Failure> {
    let outbox = DeskOutbox(context.settings.data.desk()?);
    let events = events(context, brief, level(is_news(context, brief.day)?));
    Ok(office(context)?.plan(&events, &outbox, context.now)?)
}

/// The event that tries whether a receiver can be reached.
pub(crate) fn test(context: Context<'_>) -> Result<Event, Failure> {
    let notice = polso_report::test(context.settings.language)?;
    let id = EventId::of(&["test", &context.now.millis().to_string()]);
    let today = context.settings.zone.day_of(context.now);
    let event = event(context, (id, today), (Kind::Test, Level::Urgent), &notice);
    Ok(Event { page: None, ..event })
}

/// What a receiver was told last, or waits for.
pub(crate) fn last(context: Context<'_>, receiver: &Receiver) -> Result<Option<ToldRow>, Failure> {
    Ok(context.settings.data.desk()?.told_last(&receiver.name)?)
}

/// What a report has to tell: that it is there, at this level, and what cannot wait.
fn events(context: Context<'_>, brief: &Brief, level: Level) -> Vec<Event> {
    let day = brief.day.to_string();
    let id = EventId::of(&["report", &day, &brief.revision.to_string()]);
    let report = event(context, (id, brief.day), (Kind::Report, level), &brief.words.report);
    let alarms = brief.words.alarms.iter().map(|alarm| {
        let parts: Vec<&str> = alarm.about.iter().map(String::as_str).collect();
        let kind = if parts.first() == Some(&"rumour") { Kind::Rumour } else { Kind::Spike };
        let level = if kind == Kind::Rumour { Level::Urgent } else { Level::Notice };
        event(context, (EventId::of(&parts), brief.day), (kind, level), &alarm.notice)
    });
    std::iter::once(report).chain(alarms).collect()
}

fn event(context: Context<'_>, (id, day): (EventId, Day), (kind, level): (Kind, Level), notice: &Notice) -> Event {
    let Notice { title, points, see, foot } = notice.clone();
    Event {
        id,
        kind,
        level,
        day,
        lang: context.settings.language.code().to_owned(),
        title,
        lines: points.into_iter().map(|point| Line { headline: point.headline, evidence: point.evidence }).collect(),
        page: Some(format!("{day}/index.html")),
        see,
        foot,
    }
}

/// Hands everything to the post office and names what did not arrive; `None` where there is nobody to tell.
fn deliver(context: Context<'_>, events: &[Event]) -> Result<Option<Exit>, Failure> {
    let office = office(context)?;
    if office.receivers().is_empty() {
        return Ok(None);
    }
    let mut outbox = DeskOutbox(context.settings.data.desk()?);
    let told = runtime()?.block_on(office.tell(events, &mut outbox, context.now))?;
    Ok(Some(told.iter().fold(Exit::Done, |exit, told| exit.or(say(context, told)))))
}

fn say(context: Context<'_>, told: &Told) -> Exit {
    let (receiver, id, printer) = (&told.receiver, &told.id, context.printer);
    let why = match &told.outcome {
        Outcome::Sent => {
            printer.say(format_args!("told {receiver} of {id}"));
            return Exit::Done;
        }
        Outcome::Held(_) => {
            printer.say(format_args!("{receiver} is not disturbed now: {id} waits"));
            return Exit::Done;
        }
        Outcome::Later(_) => "it failed before and is tried again later".to_owned(),
        Outcome::NotTried => "it cannot be reached".to_owned(),
        Outcome::Failed { error, given_up: true } => format!("{error}; it is given up"),
        Outcome::Failed { error, given_up: false } => format!("{error}; it is tried again in the next run"),
    };
    printer.missing(format_args!("{receiver} was not told of {id}: {why}"));
    if let Outcome::Failed { error, .. } = &told.outcome
        && let Some(hint) = error.hint()
    {
        printer.missing(format_args!("  hint: {hint}"));
    }
    Exit::Missing
}
