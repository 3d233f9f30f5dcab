"""Plays the story from its first to its last instant."""

import tomllib
from datetime import timedelta

from .afterthoughts import Afterthoughts
from .calendar import days, instant, moment_in, utc
from .dice import Dice
from .people import Crowd, invent
from .questions import Question
from .rumours import Rumour
from .scribe import Scribe
from .words import Words

LANGUAGES = ("it", "en", "fi")  # each has a file of its own, all others share `other.toml`


def play(folder):
    """All posts in the order of time, and all lines, edits, deletions and silences included."""
    with open(folder / "story.toml", "rb") as file:
        story = tomllib.load(file)
    dice = Dice(story["seed"])
    others = Words(folder / "templates" / "other.toml", dice)
    words = {lang: others for lang in story["languages"]}
    words |= {lang: Words(folder / "templates" / f"{lang}.toml", dice) for lang in LANGUAGES}
    scribe = Scribe(dice, story, Crowd(dice, invent(dice, story)), words)
    afterthoughts = Afterthoughts(scribe)
    tasks = list(_tasks(scribe)) + list(afterthoughts.tasks())
    for wave in (Rumour, Question):
        for name in story[wave.table]:
            tasks += wave(name, scribe).tasks()
    for moment, act in sorted(tasks, key=lambda task: task[0]):
        act(moment)
    return scribe.posts, _lines(scribe, afterthoughts)


def _tasks(scribe):
    dice, story = scribe.dice, scribe.story
    for day, volume in zip(days(story), story["volume"]):
        for _ in range(volume):
            yield moment_in(dice, story, day), scribe.ordinary
        for person in scribe.crowd.officials():
            moment = day + timedelta(hours=9 + dice.below(10), minutes=dice.below(60))
            yield moment, lambda at, person=person: scribe.official(person, at)


def _lines(scribe, afterthoughts):
    """Rows sorted by when they became known; a silence is known when it ends."""
    rows = [(post.at, post.line()) for post in scribe.posts] + afterthoughts.followups
    for gap in scribe.story["gap"]:
        start, end = instant(gap["from"]), instant(gap["to"])
        rows.append((end, {"type": "gap", **gap, "from": utc(start), "to": utc(end)}))
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]
