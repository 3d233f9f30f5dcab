"""Posts that are taken back or rewritten later. Their texts stand in the templates under [once] and nowhere else."""

from datetime import timedelta

from .calendar import day_of, days, is_silent, moment_in
from .words import Draft


class Afterthoughts:
    """Writes them in their turn and keeps the lines that follow."""

    def __init__(self, scribe):
        self._scribe = scribe
        self._dice = scribe.dice
        self.followups = []

    def tasks(self):
        """When to write which: pairs of an instant and a function of that instant."""
        for kind, act in (("deleted", self._delete), ("edited", self._edit)):
            entries = [(lang, e) for lang in ("it", "en", "fi") for e in self._scribe.words[lang].book["once"][kind]]
            last = len(entries) - 1
            for number in range(last + 1):
                # Spread over the days, the last included; every seventh entry in turn mixes the languages.
                lang, entry = entries[number * 7 % len(entries)]
                day = self._days()[number * (len(self._days()) - 1) // last]
                yield self._before_evening(day), lambda at, lang=lang, entry=entry, act=act: act(at, lang, entry)

    def _delete(self, moment, lang, text):
        post = self._write(moment, lang, text)
        gone = self._later(post, 20 + self._dice.below(260))
        self.followups.append((gone, {"type": "delete", "id": post.id, "source": post.source}))

    def _edit(self, moment, lang, versions):
        post = self._write(moment, lang, versions[0])
        changed = self._later(post, 4 + self._dice.below(200))
        tags = "".join(f" #{tag}" for tag in post.draft.hashtags)
        text = self._fill(versions[1], post.draft, post.author, moment) + tags
        self.followups.append((changed, post.line(text)))

    def _write(self, moment, lang, text):
        author = self._scribe.crowd.anyone(lang, self._scribe.source_at(moment))
        draft = Draft("", "neutral")
        draft.text = self._fill(text, draft, author, moment)
        words = self._scribe.words[lang]
        words.tag(draft, [next(iter(words.book["tags"]))])
        return self._scribe.put(author, draft, moment, theme="afterthought")

    def _fill(self, text, draft, author, moment):
        return self._scribe.words[author.lang].fill(text, draft, self._scribe.scene(author, moment))

    def _later(self, post, minutes):
        """Some minutes later, or when the source is heard again."""
        moment = post.at + timedelta(minutes=minutes)
        while is_silent(self._scribe.story, post.source, moment):
            moment += timedelta(minutes=30)
        return moment

    def _days(self):
        story = self._scribe.story
        return [day for day in days(story) if day_of(day) >= story["afterthoughts"]["from"]]

    def _before_evening(self, day):
        """An instant early enough that the follow-up falls on the same day."""
        while True:
            moment = moment_in(self._dice, self._scribe.story, day)
            if 7 <= moment.hour < 18:
                return moment
