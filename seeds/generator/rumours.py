"""The claims that grow from a few posts to many, those who contradict them, and the official correction."""

from datetime import timedelta

from .calendar import instant, moment_in
from .words import Draft

PASS_ON, PASTE = 0.30, 0.35  # the rest finds words of its own


class Rumour:
    """One claim of the story. Everybody spreads it once, as long as there are people left who have not."""

    def __init__(self, name, scribe):
        self._scribe = scribe
        self._dice = scribe.dice
        self._name = name
        self._plan = scribe.story["rumour"][name]
        self._told = set()
        self._posts = {"spread": [], "correction": []}

    def tasks(self):
        """When to do what: pairs of an instant and a function of that instant."""
        first = instant(self._plan["from"] + "T00:00")
        for step, act in (("spread", self.spread), ("rebut", self.rebut)):
            for number, count in enumerate(self._plan[step]):
                for _ in range(count):
                    yield moment_in(self._dice, self._scribe.story, first + timedelta(days=number)), act
        yield instant(self._plan["correction"]["time"]), self.correct

    def spread(self, moment):
        """One more post of the claim: a repost, the chain message pasted, or somebody's own wording."""
        author = self._author(moment)
        earlier = self._standing("spread", author, moment)
        if earlier and self._dice.chance(PASS_ON):
            post = self._scribe.pass_on(author, self._dice.pick(earlier), moment, "repost")
        else:
            post = self._scribe.put(author, self._wording(author, moment), moment, theme=self._name)
        if post.kind != "repost":
            self._posts["spread"].append(post)

    def rebut(self, moment):
        """Somebody contradicts, or passes the correction on."""
        author = self._author(moment)
        corrections = self._standing("correction", author, moment)
        if corrections and self._dice.chance(0.5):
            self._scribe.pass_on(author, corrections[-1], moment, "repost")
            return
        draft = self._draft(author, moment, self._dice.pick(self._words(author)["rebuttals"]))
        earlier = self._standing("spread", author, moment)
        theme = self._name + " rebutted"
        if earlier and self._dice.chance(0.5):
            parent = self._dice.pick(earlier)
            draft.text = f"@{parent.author.handle} {draft.text}"
            draft.mentions.insert(0, parent.author.handle)
            self._scribe.put(author, draft, moment, theme=theme, kind="reply", parent=parent)
        else:
            self._tag(author, draft)
            self._scribe.put(author, draft, moment, theme=theme)

    def correct(self, moment):
        """The institutions say what is known."""
        for handle in self._plan["correction"]["author"].values():
            author = self._scribe.crowd.official(handle)
            draft = self._draft(author, moment, self._words(author)["correction"][0])
            self._tag(author, draft)
            post = self._scribe.put(author, draft, moment, theme=self._name + " corrected")
            self._posts["correction"].append(post)

    def _wording(self, author, moment):
        words = self._words(author)
        if self._dice.chance(PASTE / (1 - PASS_ON)):
            draft = self._draft(author, moment, self._dice.pick(words["chain"]))
            tag = self._plan["tags"][author.lang][0]
            draft.text += f" #{tag}"
            draft.hashtags.append(tag)
            return draft
        draft = self._draft(author, moment, self._dice.pick(words["texts"]))
        self._tag(author, draft)
        return draft

    def _draft(self, author, moment, template):
        draft = Draft("", "none")
        words, extra = self._scribe.words[author.lang], self._words(author)["slots"]
        draft.text = words.fill(template, draft, self._scribe.scene(author, moment), extra)
        return draft

    def _tag(self, author, draft):
        if self._dice.chance(0.75):
            tag = self._dice.pick(self._plan["tags"][author.lang])
            self._scribe.words[author.lang].tag(draft, [tag])

    def _author(self, moment):
        lang = self._dice.share(self._plan["languages"])
        source = self._scribe.source_at(moment)
        crowd = self._scribe.crowd
        author = crowd.anyone(lang, source, self._told) or crowd.anyone(lang, source)
        self._told.add(author.handle)
        return author

    def _standing(self, what, author, moment):
        """What of it this author can see: same language, same source, not their own, at most two days old."""
        return [
            post
            for post in self._posts[what]
            if post.lang == author.lang
            and post.source == author.source
            and post.author is not author
            and moment - post.at < timedelta(days=2)
        ]

    def _words(self, author):
        return self._scribe.words[author.lang].book["rumour"][self._name]
