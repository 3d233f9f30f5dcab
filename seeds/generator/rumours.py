"""The claims that go round, those who contradict them, and the official correction."""

from .calendar import instant
from .waves import Wave

PASS_ON, PASTE = 0.30, 0.35  # the rest finds words of its own


class Rumour(Wave):
    """One claim of the story."""

    table = "rumour"

    def __init__(self, name, scribe):
        super().__init__(name, scribe)
        self._posts = {"spread": [], "correction": []}

    def tasks(self):
        """When to do what: pairs of an instant and a function of that instant."""
        yield from self.daily("spread", self.spread)
        yield from self.daily("rebut", self.rebut)
        if "correction" in self.plan:
            yield instant(self.plan["correction"]["time"]), self.correct

    def spread(self, moment):
        """One more post of the claim: a repost, the chain message pasted, or somebody's own wording."""
        author = self.author(moment)
        earlier = self.standing(self._posts["spread"], author, moment)
        if earlier and self.dice.chance(PASS_ON):
            post = self.scribe.pass_on(author, self.dice.pick(earlier), moment, "repost")
        else:
            post = self.scribe.put(author, self._wording(author, moment), moment, theme=self.name)
        if post.kind != "repost":
            self._posts["spread"].append(post)

    def rebut(self, moment):
        """Somebody contradicts, or passes the correction on."""
        author = self.author(moment)
        corrections = self.standing(self._posts["correction"], author, moment)
        if corrections and self.dice.chance(0.5):
            self.scribe.pass_on(author, corrections[-1], moment, "repost")
            return
        draft = self.draft(author, moment, self.dice.pick(self.words(author)["rebuttals"]))
        earlier = self.standing(self._posts["spread"], author, moment)
        theme = self.name + " rebutted"
        if earlier and self.dice.chance(0.5):
            parent = self.dice.pick(earlier)
            draft.text = f"@{parent.author.handle} {draft.text}"
            draft.mentions.insert(0, parent.author.handle)
            self.scribe.put(author, draft, moment, theme=theme, kind="reply", parent=parent)
        else:
            self.tag(author, draft)
            self.scribe.put(author, draft, moment, theme=theme)

    def correct(self, moment):
        """The institutions say what is known."""
        for handle in self.plan["correction"]["author"].values():
            author = self.scribe.crowd.official(handle)
            draft = self.draft(author, moment, self.words(author)["correction"][0])
            self.tag(author, draft)
            post = self.scribe.put(author, draft, moment, theme=self.name + " corrected")
            self._posts["correction"].append(post)

    def _wording(self, author, moment):
        words = self.words(author)
        if self.dice.chance(PASTE / (1 - PASS_ON)):
            draft = self.draft(author, moment, self.dice.pick(words["chain"]))
            tag = self.plan["tags"][author.lang][0]
            draft.text += f" #{tag}"
            draft.hashtags.append(tag)
            return draft
        draft = self.draft(author, moment, self.dice.pick(words["texts"]))
        self.tag(author, draft)
        return draft
