"""What many people say within a few days: the part that rumours and questions have in common."""

from datetime import timedelta

from .calendar import instant, moment_in
from .words import Draft


class Wave:
    """One thing of the story that spreads. Everybody takes part once, as long as there are people left who have not."""

    table = ""  # the table of the story and of the templates that it stands in

    def __init__(self, name, scribe):
        self.name = name
        self.scribe = scribe
        self.dice = scribe.dice
        self.plan = scribe.story[self.table][name]
        self._took_part = set()

    def daily(self, step, act):
        """As many tasks a day as the plan lists under `step`: pairs of an instant and a function of that instant."""
        first = instant(self.plan["from"] + "T00:00")
        for number, count in enumerate(self.plan[step]):
            for _ in range(count):
                yield moment_in(self.dice, self.scribe.story, first + timedelta(days=number)), act

    def author(self, moment):
        """Somebody who can be heard at that instant, new to it if there is anyone."""
        lang = self.dice.share(self.plan["languages"])
        source = self.scribe.source_at(moment)
        crowd = self.scribe.crowd
        author = crowd.anyone(lang, source, self._took_part) or crowd.anyone(lang, source)
        self._took_part.add(author.handle)
        return author

    def words(self, author):
        """Its sentences in the author's language."""
        return self.scribe.words[author.lang].book[self.table][self.name]

    def draft(self, author, moment, template):
        """A template of it, filled."""
        draft = Draft("", "none")
        words, extra = self.scribe.words[author.lang], self.words(author)["slots"]
        draft.text = words.fill(template, draft, self.scribe.scene(author, moment), extra)
        return draft

    def tag(self, author, draft):
        """A hashtag of it, mostly."""
        if self.dice.chance(0.75):
            tag = self.dice.pick(self.plan["tags"][author.lang])
            self.scribe.words[author.lang].tag(draft, [tag])

    @staticmethod
    def standing(posts, author, moment):
        """What of these posts this author can see: same language, same source, not their own, at most two days old."""
        return [
            post
            for post in posts
            if post.lang == author.lang
            and post.source == author.source
            and post.author is not author
            and moment - post.at < timedelta(days=2)
        ]
