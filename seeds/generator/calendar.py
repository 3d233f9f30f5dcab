"""Days and hours of the story, and the silences in them. Rome keeps UTC+1 during all of it."""

from datetime import datetime, timedelta, timezone

ROME = timezone(timedelta(hours=1))


def instant(text):
    """A time of the story, `YYYY-MM-DDTHH:MM` in Rome."""
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def day_of(moment):
    """The day in Rome, `YYYY-MM-DD`."""
    return moment.astimezone(ROME).date().isoformat()


def utc(moment):
    """RFC 3339 in UTC, to the second."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def days(story):
    """The first instants of the story's days."""
    first = instant(story["first_day"] + "T00:00")
    return [first + timedelta(days=n) for n in range(len(story["volume"]))]


def moment_in(dice, story, day):
    """Some instant of a day, drawn from its curve of hours."""
    curve = story["hours"]["weekend" if day.weekday() >= 5 else "weekday"]
    hour = dice.weighted(range(24), curve)
    return day + timedelta(hours=hour, seconds=dice.below(3600))


def is_silent(story, source, moment):
    """Whether the source was not heard at that instant."""
    return any(
        gap["source"] == source and instant(gap["from"]) <= moment < instant(gap["to"]) for gap in story["gap"]
    )
